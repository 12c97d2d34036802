#!/usr/bin/env bats
# duty-check: who owes what how often, and whether entries of registers fulfil it.

load lib/base
load lib/loop

# firms: 60 firms in three districts, every third of them above the threshold.
firms() {
    local i code
    {
        echo 代码,名称,地区,资质
        for i in $(seq 60); do
            echo "$(uscc "$i"),企业$i,$(sed -n "$((i % 3 + 1))p" <<<$'鼓楼区\n云龙区\n铜山区'),$( ((i % 4)) || echo 规上工业企业)"
        done
    } >firms.csv
    enterprise-add -q --as-of 2025-01-01 --csv firms.csv >out
}

# uscc N: a credit code with its check character.
uscc() {
    awk -v n="$1" 'BEGIN {
        signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"; code = sprintf("91320300MA%07d", n); w = 1
        for (i = 1; i <= 17; i++) { sum += (index(signs, substr(code, i, 1)) - 1) * w; w = w * 3 % 31 }
        print code substr(signs, (31 - sum % 31) % 31 + 1, 1) }'
}

# visits: a made-up year and a half of visits, most by the firm's own district, as the registers read it.
visits() {
    awk -F , -v seed=7 'BEGIN { print "走访日期,走访单位,企业,方式" }
        function roll(n) { seed = (seed * 16807) % 2147483647; return seed % n }
        NR > 1 { code[NR - 2] = $1; region[NR - 2] = $3 }
        END {
            split("鼓楼区 云龙区 铜山区 市工信局", all, " ")
            for (i = 0; i < 150; i++) {
                f = roll(60); month = roll(18)
                by = roll(5) ? region[f] : all[roll(4) + 1]
                print sprintf("%d-%02d-%02d", 2025 + int(month / 12), month % 12 + 1, roll(28) + 1) "," by "," code[f] "," (roll(3) ? "上门" : "电话")
            }
        }' firms.csv | awk -F , '!seen[$1 $2 $3]++' >visits.csv
}

@test "a year and a half of entries: what duty-check says equals an independent count" {
    at 2026-07-01T09:00
    center
    firms
    visits
    quiet register-add --csv visits.csv visits
    # each county, its own firms, at the door, in a year
    for year in 2025 2026; do
        awk -F , -v year=$year 'NR == FNR { if (FNR > 1) { region[$1] = $3; all[$3]++ } next }
            FNR > 1 && substr($1, 1, 4) == year && $4 == "上门" && region[$3] == $2 && !seen[$3]++ { kept[$2]++ }
            END { for (r in all) printf "%s %d %d\n", r, all[r], kept[r] }' firms.csv visits.csv
    done | sort >expected
    duty-check --duty door-visit --from 2025-01-01 -F json | jq -r '"\(.who) \(.need) \(.have)"' |
        sed 's/320302/鼓楼区/; s/320303/云龙区/; s/320312/铜山区/' | sort >got
    same "$(<got)" "$(<expected)"
    same "$(wc -l <got)" 6
    # large firms, by whoever, in each half
    for half in "2025-01-01 2025-06-30" "2025-07-01 2025-12-31" "2026-01-01 2026-06-30"; do
        awk -F , -v from="${half% *}" -v to="${half#* }" 'NR == FNR { if (FNR > 1 && $4 != "") { region[$1] = $3; all[$3]++ } next }
            FNR > 1 && $1 >= from && $1 <= to && region[$3] && !seen[$3]++ { kept[region[$3]]++ }
            END { for (r in all) printf "%s %d %d\n", r, all[r], kept[r] }' firms.csv visits.csv
    done | sort >expected
    duty-check --duty large-firms --from 2025-01-01 --to 2026-06-30 -F json | jq -r '"\(.who) \(.need) \(.have)"' |
        sed 's/320302/鼓楼区/; s/320303/云龙区/; s/320312/铜山区/' | sort >got
    same "$(<got)" "$(<expected)"
    # the firms that are missing make up the difference, by county, and by tag
    for who in 320302 320303 320312; do
        need=$(duty-check --duty door-visit --who $who --from 2026-01-01 -F json | jq '.need - .have')
        same "$(duty-check --duty door-visit --who $who --from 2026-01-01 --enterprises | wc -l)" "$need"
        need=$(duty-check --duty door-visit --tag 规上工业企业 --who $who --from 2026-01-01 -F json | jq '.need - .have')
        same "$(duty-check --duty door-visit --tag 规上工业企业 --who $who --from 2026-01-01 --enterprises | wc -l)" "$need"
    done
    [ "$(duty-check --duty door-visit --from 2026-01-01 --enterprises | wc -l)" -gt 20 ]
}

@test "periods and states: kept, open, soon, missed; those that lie ahead; not before it holds" {
    at 2026-05-25T09:00
    center
    printf '日期,类型,主持领导\n2026-03-31,恳谈会,市长\n2026-04-01,座谈会,市长\n2026-04-02,恳谈会,市委书记\n' >m.csv
    quiet register-add --csv m.csv meetings
    gives 0 $'talk-month\tmayor\t2026-04\tmissed\t1\t0\t0.0%\t2026-04-30\t-\ntalk-month\tmayor\t2026-05\tsoon\t1\t0\t0.0%\t2026-05-31\t6' \
        "" duty-check --duty 市长每月恳谈会
    same "$(duty-check --duty talk-month --from 2026-03-15 --to 2026-06-15 | cut -f 3,4 | paste -sd ';')" \
        $'2026-03\tkept;2026-04\tmissed;2026-05\tsoon;2026-06\topen'
    same "$(duty-check --duty talk-month --from 2010-01-01 --to 2020-02-01 | cut -f 3 | xargs)" "2020-01 2020-02"
    same "$(duty-check --duty case-bulletin | cut -f 2-4 | paste -sd ';')" $'center\t2026-Q1\tmissed;center\t2026-Q2\topen'
    quiet register-add --field 案例=a --field 类型=示范案例 --field 涉及单位=tax --field 通报日期=2026-06-01 cases
    same "$(duty-check --duty case-bulletin --state kept | cut -f 3)" 2026-Q2
    same "$(duty-check --who 市税务局 --duty policy-talks --state open -F table | tail -n 1 | awk '{ print $2, $3, $5, $6 }')" "国家税务总局徐州市税务局 2026 5 0"
}

@test "a quota that stands at any time, and a limit on how often" {
    at 2026-05-25T09:00
    center
    firms
    quota() { duty-check --duty watch-points --who 320302 | cut -f 4-6 | tr '\t' ' '; }
    same "$(quota)" "missed 50 0"
    { echo 名称,类别,县区,聘任日期; seq 50 | sed 's/.*/点&,small,鼓楼区,2026-01-01/'; } >w.csv
    quiet register-add --csv w.csv watchers
    same "$(quota)" "kept 50 50"
    quiet register-act --text 撤销 watchers leave 1
    same "$(quota)" "missed 50 49"
    printf '检查日期,检查单位,企业,检查事项,检查类型\n2026-01-05,tax,企业1,账,双随机\n2026-02-05,tax,企业1,账,双随机\n2026-03-05,tax,企业2,账,双随机\n' >i.csv
    quiet register-add --csv i.csv inspections
    limit() { duty-check --duty inspections-most --who tax --from 2026-01-01 | cut -f 4-6 | tr '\t' ' '; }
    same "$(limit)" "kept 0 0"
    quiet register-add --field 日期=2026-04-01 --field 检查单位=tax --field 企业=企业1 --field 事项=账 --field 检查类型=其他 inspections
    same "$(limit)" "exceeded 0 1"
    same "$(duty-check --duty inspections-most --who tax --enterprises | cut -f 2,5)" $'企业1\t2026'
}

@test "a register that nobody thought of: by a file alone, with a duty and a figure in the bulletin" {
    cp -r "$QIFU_CONFIG" config
    cat >config/registers/rooms.yaml <<'END'
register: rooms
name: 会议室借用
fields:
  - {field: date, name: 日期, type: date}
  - {field: room, name: 会议室}
  - {field: org, name: 借用单位, type: organisation, required: true}
  - {field: people, name: 人数, type: number, unit: 人}
key: [date, room]
answers: org
states:
  - {state: lent, name: 借出}
  - {state: returned, name: 归还, ends: true}
acts:
  - {act: give-back, name: 归还, to: returned}
due: {field: date}
figures:
  - {figure: loans, name: 会议室借用, counts: date}
  - {figure: people, name: 会议室人数, counts: date, sum: people}
  - {figure: late, name: 逾期未还, counts: late, of: loans}
END
    cat >>config/duties.yaml <<'END'
  - duty: room-use
    name: 税务局每季度用一次会议室
    who: {org: tax}
    register: rooms
    by: org
    at: date
    every: quarter
    since: 2026-01-01
END
    export QIFU_CONFIG=$T/config
    at 2026-01-01
    center-init -q --demo
    at 2026-04-20T09:00
    printf '日期,会议室,借用单位,人数\n2026-03-02,三楼,tax,12人\n2026-03-03,三楼,工信局,8\n2026-04-01,三楼,tax,5\n' >r.csv
    quiet register-add --csv r.csv rooms
    quiet register-act rooms give-back 1
    same "$(report-monthly -F tsv 2026-03 | awk -F '\t' '$1 == "total" && /rooms/ { print $4, $5, $6 }')" $'rooms.loans 2 -\nrooms.people 20 -\nrooms.late 0 2'
    same "$(report-monthly -F tsv 2026-04 | awk -F '\t' '$1 == "total" && /rooms/ { print $4, $5, $6, $7 }')" $'rooms.loans 1 - 2\nrooms.people 5 - 20\nrooms.late 2 1 0'
    same "$(report-monthly --ids rooms.loans 2026-03 | cut -f 1-3,5 | tr '\t' ' ')" \
        $'1 rooms 2026-03-02/三楼 tax\n2 rooms 2026-03-03/三楼 industry'
    [[ $(report-monthly 2026-03) == *"、台账"*会议室人数*20* ]]
    same "$(report-period --by org -F tsv 2026-Q1 | awk -F '\t' '$1 == "org" && /rooms.loans/ { print $2, $5 }' | sort)" $'industry 1\ntax 1'
    same "$(duty-check --duty room-use | cut -f 3,4 | paste -sd ';')" $'2026-Q1\tkept;2026-Q2\tkept'
    gives 0 "" "" center-check -q
}

@test "faults of duties.yaml by file and line; without the file nothing is owed" {
    cp -r "$QIFU_CONFIG" config
    cat >config/duties.yaml <<'END'
duties:
  - duty: a
    who: {group: nosuch}
    register: visits
    by: nobody
    at: kind
    every: week
    since: today
  - duty: b
    who: {choice: king}
    register: meetings
    by: leader
    at: date
    where: {place: here}
    each: org
    tag: nosuch
    every: year
    since: 2026-01-01
END
    call duty-check -C config
    same "$status" 2
    same "$(sed 's|.*duties.yaml:||; s/ (.*//; s/;.*//' <<<"$stderr")" '5: unknown field "nobody"
6: "kind" is of another type
7: "every" must be month, quarter, half, year or standing
8: not a date: "today"
3: unknown group "nosuch"
15: "org" is of another type
16: unknown tag "nosuch"
10: "king" is no choice of the field that "by" names
14: "where" is one field that is a choice, and which'
    rm config/duties.yaml
    center
    gives 1 "" "" duty-check -C config
}

@test "misuse" {
    center
    call duty-check --duty nosuch
    [[ $stderr == 'duty-check: unknown duty "nosuch" (door-visit '* ]]
    gives 2 "" 'duty-check: unknown state "late" (kept 已履行, open 进行中, soon 即将到期, missed 未履行, exceeded 超限); see duty-check -h' duty-check --state late
    gives 2 "" "duty-check: --to lies before --from; see duty-check -h" duty-check --from 2026-02-01 --to 2026-01-01
    gives 2 "" 'duty-check: unknown tag "nosuch"; profile.yaml lists them' duty-check --tag nosuch
}
