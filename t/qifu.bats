#!/usr/bin/env bats
# qifu: the programs by subject; the desk's morning on one screen.

load lib/base

@test "the list: name, subject, purpose" {
    gives 0 $'qifu\t中心\tlist the programs, the desk\'s morning, what changed, the words of codes, or the acts' "" bash -c 'qifu | grep ^qifu'
    same "$(qifu -F json | jq -r 'select(.program == "escalate") | .subject')" 督办
}

@test "the list needs no center and no configuration" {
    gives 0 "$(qifu)" "" env -i "$BIN/qifu" -C "$T/nowhere" -d "$T/nowhere"
    same "$(ls -A)" .stderr
}

@test "the morning of an empty center is all zeros" {
    at 2026-03-02T08:30
    center
    gives 0 $'pool\t0\tticket-list --state received
due-today\t0\tsla-check --due-within 0
late\t0\tsla-check --overdue
level-yellow\t0\tticket-list --open --level yellow
level-orange\t0\tticket-list --open --level orange
level-red\t0\tticket-list --open --level red
level-dispatch-late\t0\tsla-check --level dispatch-late
waiting\t0\tticket-list --waiting
orders\t0\tsupervision-list
orders-late\t0\tsupervision-list --late
follow-up\t0\tticket-follow
problem\t0\tticket-list --problem
sources\t63\tpolicy-source --missing
calendar\t210\tworkday count 2026-03-02 2026-12-31
no-members\t0\tmember-add
demo\t1\t-' "" qifu status
}

# A center at 2026-03-12 08:30 with something for every line.
busy_center() {
    at 2026-03-12T08:30
    center
    {
        echo 编号,标题,类型,受理时间
        echo 1,甲,投诉,2026-03-12 08:00 # in the pool, due on 03-19
        echo 2,乙,投诉,2026-03-05       # due today
        echo 3,丙,投诉,2026-03-04       # late since last night
        echo 4,丁,投诉,2026-02-28       # orange
        echo 5,戊,投诉,2026-02-24       # red
        echo 6,己,投诉,2026-03-09       # more time is asked for
        echo 7,庚,投诉,2026-03-09       # rated badly
        echo 8,辛,投诉,2026-03-09       # rated badly, and explained
        echo 9,壬,投诉,2026-03-11       # in the pool since yesterday
    } | ticket-new -q --csv - >ids
    while IFS=$'\t' read -r id day; do
        ticket-route -q --by city-government-office --to tax --at "$day" "$id" >out
    done < <(sql "SELECT id, substr(received, 1, 10) FROM v_ticket WHERE id BETWEEN 2 AND 8" | tr '|' '\t')
    escalate -q >out
    ticket-extend -q --days 2 --reason 核查 6 >out
    ticket-answer -q --text 已办 7 8 >out
    ticket-rate -q --score 1 7 8 >out
    ticket-follow -q --outcome explained --text 已说明 8 >out
    policy-source -q --looked gov-cn >out
}

@test "each line counts what its command lists" {
    busy_center
    call qifu status
    same "$status$stderr" 0
    same "$(cut -f 1,2 <<<"$output" | xargs)" \
        "pool 2 due-today 2 late 4 level-yellow 1 level-orange 1 level-red 1 level-dispatch-late 1 waiting 1 orders 7 orders-late 0 follow-up 1 problem 0 sources 62 calendar 202 no-members 0 demo 1"
    while IFS=$'\t' read -r what count command; do
        case $what in
        demo | no-members) continue ;;
        calendar) same "$what $($command)" "$what $count" ;;
        *) same "$what $($command | wc -l)" "$what $count" ;;
        esac
    done <<<"$output"
}

@test "what was received later than now is no work of today" {
    at 2026-03-12T08:30
    center
    ticket-new -q --kind 投诉 --title 甲 --at 2026-03-05 | ticket-route -q --by city-government-office --to tax --at 2026-03-05 - >out
    gives 0 $'0\n0' "" bash -c 'qifu status --now 2026-03-04 | sed -n 2,3p | cut -f 2'
    gives 0 $'1\n0' "" bash -c 'qifu status --now 2026-03-12T23:59:59 | sed -n 2,3p | cut -f 2'
    gives 0 $'0\n1' "" bash -c 'qifu status --now 2026-03-13 | sed -n 2,3p | cut -f 2'
}

@test "every code has a word, once" {
    export QIFU_DB=none # it needs no center
    run --separate-stderr qifu words
    same "$status$stderr" 0
    gives 0 $'of\tcode\tword' "" bash -c 'qifu words -H | head -n 1'
    same "$(qifu words | awk -F '\t' 'NF != 3 || $3 == "-" || !/^(event|state|act|notice|mail|kind|channel|region|level|order|figure|rating|role|day|limit)\t/')" ""
    same "$(qifu words | cut -f 1,2 | sort | uniq -d)" ""
    gives 2 "" "qifu: no operand is expected behind words; see qifu -h" qifu words x
}

@test "for people: one screen, in the office's words; for programs: codes" {
    busy_center
    qifu status -F table >screen
    [ "$(wc -l <screen)" -le 20 ]
    same "$(sed -n '1p;5p;8,9p' screen)" "事项                数量  查看
未办结·黄色            1  ticket-list --open --level yellow
未办结·派发超时        1  sla-check --level dispatch-late
待中心批复             1  ticket-list --waiting"
    same "$(qifu status -F json | sed -n 9p)" '{"what":"orders","count":7,"command":"supervision-list"}'
    same "$(qifu status -H | head -n 1)" $'what\tcount\tcommand'
}

# What the log has is told whole, and in its order; the moments are those of the entry.
@test "log: what was entered since a moment, over all records, in the office's words" {
    at 2026-05-03T09:00
    center
    ticket-new -q --title 甲 --contact 欧阳锋 --at 2026-05-02T10:00 >out
    at 2026-05-04T08:00
    ticket-route -q --to tax 1 >out
    policy-add -q "$TREE/share/demo/policies/arrears-2020.yaml" >out 2>&1 || policy-add -q "$TREE"/share/demo/policies/*.yaml >out
    at 2026-05-05T09:30
    ticket-answer -q --text 已办 1 >out
    liaison-add -q --name 李四 --org tax --phone 13905161234 >out
    gives 0 "$(printf '%s\t%s\tticket\t1\t甲\tanswered\troot\t国家税务总局徐州市税务局答复：“已办”' "$(sql "SELECT id FROM event WHERE type = 'answered'")" 2026-05-05T09:30:00+08:00)" \
        "" bash -c 'qifu log | grep answered'
    same "$(qifu log --since today | cut -f 3,4,6,8 | tr '\t' '|')" "ticket|1|answered|国家税务总局徐州市税务局答复：“已办”
liaison|1|liaison-added|登记助企员：名称 李四；单位 国家税务总局徐州市税务局"
    same "$(qifu log --since 昨天 | cut -f 6 | sort -u | xargs)" "answered dispatched liaison-added policy-added policy-published"
    same "$(qifu log --since yesterday --until 2026-05-04 | cut -f 6 | sort -u | xargs)" "dispatched policy-added policy-published"
    same "$(qifu log --since 2026-05-05T09:30:01; echo $?)" 1
    same "$(qifu log --since 2026-05-01 | cut -f 1)" "$(seq "$(sql "SELECT count(*) FROM event")")"
    for second in 2026-05-03T09:00 2026-05-03T09:00:01 2026-05-04T08:00 2026-05-05T09:30; do
        same "$second $(qifu log --since $second | wc -l)" "$second $(sql "SELECT count(*) FROM event WHERE recorded_at >= $(date -d "$second+08:00" +%s)")"
    done
    # nobody's telephone, nothing of a confidential ticket, no JSON and no code
    ticket-note -q --confidential 1 >out
    same "$(qifu log --since 2026-05-01 | awk -F '\t' '$3 == "ticket" { print $5, $8 }' | sort -u)" "- 保密标记
- 受理
- 派发
- 答复"
    run ! grep -qE '1390516|欧阳锋|甲' <(qifu log --since 2026-05-01)
    same "$(qifu log --since 2026-05-05 -F table | sed -n '2,3s/  *root.*//p' | sed 's/^ *[0-9]*  *//')" "$(printf '2026-05-05 09:30  工单    1     -     答复\n2026-05-05 09:30  助企员  1     -     登记助企员')"
}

@test "log: members read of the log what they read of the tickets" {
    load lib/members
    at 2026-05-04T09:00
    center
    ticket-new -q --title 甲 >out && ticket-new -q --title 乙 >out
    ticket-route -q --to tax 1 >out && ticket-route -q --to justice 2 >out
    name_passers
    member-add -q --org center --role operator --role administrator "$(id -un)" >out
    member-add -q --org tax --role handler li >out
    same "$(as li qifu log | cut -f 4,6 | tr '\t' ' ' | xargs)" "1 received 1 dispatched"
    [ "$(qifu log | wc -l)" = "$(sql "SELECT count(*) FROM event")" ]
}

@test "every type of event is told in words" {
    load lib/full
    full_center
    qifu log --since 2020-01-01 >told
    same "$(cut -f 6 told | sort -u)" "$(sql "SELECT type FROM event GROUP BY type" | sort -u)"
    same "$(awk -F '\t' '$8 ~ /[{}\[]/ || $8 == "-"' told)" ""
    qifu words | awk -F '\t' '$1 == "event" { print $2 "\t" $3 }' >words
    same "$(awk -F '\t' 'FNR == NR { word[$1] = $2; next } $3 != "ticket" && index($8, word[$6]) != 1' words told)" ""
}

@test "help: programs by a word, Chinese or English, of their name, their page or their acts" {
    while IFS='|' read -r words programs; do
        # shellcheck disable=SC2086
        same "$words: $(qifu help $words | cut -f 1 | xargs)" "$words: $programs"
    done <<'END'
退单|ticket-return
延期|ticket-extend
派单|ticket-route route-check route-learn
好差评|ticket-rate
并单|ticket-merge
催办|sla-check notice-send
挂图作战|register-wall
bulletin|report-monthly
Bad Ratings|ticket-follow
台账 show|register-show
tickets whole|ticket-show
END
    gives 0 $'ticket-return\t诉求\tgive them back (退单)' "" qifu help 退单
    gives 1 "" "" qifu help 鸡毛
    gives 2 "" "qifu: help needs a word: what is to be done, or a part of a name; see qifu -h" qifu help
    # neither a center nor a configuration is needed
    QIFU_DB=/nowhere/c.db QIFU_CONFIG=/nowhere qifu help 退单 >out
}

@test "a wrong command line is refused, with what would be right" {
    gives 2 "" 'qifu: unknown command "state" (help, status, log, words, acts, reading, or none); see qifu -h' qifu state
    gives 2 "" 'qifu: --since and --until go with log; see qifu -h' qifu status --since today
    gives 2 "" 'qifu: --center goes with status; see qifu -h' qifu log --center tax
    gives 2 "" 'qifu: no operand is expected behind status; see qifu -h' qifu status now
    gives 2 "" "qifu: none.db: no database there; center-init creates one" qifu status -d none.db
}
