#!/usr/bin/env bats
# qifu: the programs by subject; the desk's morning on one screen.

load lib/base

@test "the list: name, subject, purpose" {
    gives 0 $'qifu\t中心\tlist the programs, the desk\'s morning, the words of codes, or the acts' "" bash -c 'qifu | grep ^qifu'
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
    same "$(qifu words | awk -F '\t' 'NF != 3 || $3 == "-" || !/^(event|state|act|notice|kind|channel|region|level|order|figure|rating|role|day|limit)\t/')" ""
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

@test "a wrong command line is refused, with what would be right" {
    gives 2 "" 'qifu: unknown command "state" (status, words, acts, reading, or none); see qifu -h' qifu state
    gives 2 "" 'qifu: no operand is expected behind status; see qifu -h' qifu status now
    gives 2 "" "qifu: none.db: no database there; center-init creates one" qifu status -d none.db
}
