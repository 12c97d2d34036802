#!/usr/bin/env bats
# A register that nobody thought of, the loan of meeting rooms, by YAML alone: entries, acts, what is
# late, a duty, figures of the bulletin; and where such YAML is wrong.

load lib/base
load lib/loop

# configured: a configuration of its own with the register and a duty.
configured() {
    at "$1"
    mkdir -p conf
    cp -r "$TREE"/share/*.yaml "$TREE"/share/*.csv "$TREE"/share/{calendars,registers,notices} conf
    cat >conf/registers/rooms.yaml <<'END'
register: rooms
name: 会议室借用
entry: 借用
fields:
  - {field: date, name: 日期, type: date, required: true}
  - field: room
    name: 会议室
    type: choice
    required: true
    of:
      - {choice: third, name: 三楼会议室, also: [三楼]}
      - {choice: hall, name: 报告厅}
  - {field: org, name: 借用单位, type: organisation, required: true}
  - {field: people, name: 人数, type: number, unit: 人}
  - {field: fee, name: 费用, type: money, unit: 元}
  - {field: keeper, name: 保管人, type: person}
key: [date, room]
answers: org
due: {from: date, days: 2}
states:
  - {state: lent, name: 借出}
  - {state: returned, name: 已归还, ends: true}
acts:
  - {act: give-back, name: 归还, to: returned, needs: [fee]}
figures:
  - {figure: lent, name: 会议室借用, counts: date}
  - {figure: hall, name: 报告厅借用, counts: date, where: {room: hall}, of: lent}
  - {figure: people, name: 会议人数, counts: date, sum: people}
  - {figure: late, name: 会议室未归还, counts: late}
END
    cat >conf/duties.yaml <<'END'
duties:
  - duty: hall-month
    name: 每月使用报告厅一次
    who: {org: [tax, finance]}
    register: rooms
    by: org
    at: date
    where: {room: hall}
    every: month
    since: 2026-01-01
END
    export QIFU_CONFIG=$T/conf
    center
}

@test "lent, given back, late, owed and counted in the bulletin" {
    configured 2026-03-10T09:00
    printf '日期,会议室,借用单位,人数,保管人\n2026-03-02,三楼,市税务局,12人,张三\n2026-03-03,报告厅,tax,80,\n2026-03-09,报告厅,市财政局,40,\n' >rooms.csv
    quiet register-add --csv rooms.csv rooms
    same "$(register-add --csv rooms.csv rooms | cut -f 3 | sort -u)" same
    gives 2 "" "register-act: 1: give-back needs fee (费用)" register-act --by tax rooms give-back 1
    same "$(register-act --by tax --field 费用=0.5万元 rooms give-back 1 | cut -f 3,4)" $'give-back\treturned'
    call register-act --by finance --field 费用=1 rooms give-back 2
    same "$status" 2
    # two working days after the day: of the three one was given back, one is late
    same "$(register-list --late --columns id,org,due,late rooms)" $'2\ttax\t2026-03-05T23:59:59+08:00\tyes'
    same "$(duty-check --duty hall-month --from 2026-03-01 | cut -f 1-6)" $'hall-month\tfinance\t2026-03\tkept\t1\t1
hall-month\ttax\t2026-03\tkept\t1\t1'
    same "$(duty-check --from 2026-02-01 --to 2026-02-28 --duty 每月使用报告厅一次 | cut -f 2,4)" $'finance\tmissed\ntax\tmissed'
    report-monthly -F md 2026-03 >bulletin
    grep -q '会议室借用.*3' bulletin
    report-period -F tsv 2026-03 | awk -F '\t' '$1 == "total" && $4 ~ /^rooms/ { print $4, $5, $6 }' >figures
    same "$(cat figures)" "rooms.lent 3 -
rooms.hall 2 3
rooms.people 132 -
rooms.late 1 -"
    same "$(report-period --ids rooms.hall 2026-03 | cut -f 1 | xargs)" "2 3"
    register-wall -F html rooms | grep -q '报告厅'
    same "$(register-list --columns keeper rooms | head -n 1)" "张*"
    gives 0 "" "" center-check -q
}

@test "what is wrong in such YAML is named by file and line" {
    configured 2026-03-10T09:00
    sed -i -e 's/type: money/type: gold/' -e 's/to: returned/to: gone/' -e 's/where: {room: hall}, of: lent/where: {room: cellar}, of: lend/' \
        conf/registers/rooms.yaml
    call register-list rooms
    same "$status" 2
    for line in 15 24 27; do
        [[ $stderr == *"registers/rooms.yaml:$line: "* ]] || { echo "$line" "$stderr" >&2; return 1; }
    done
}
