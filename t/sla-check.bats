#!/usr/bin/env bats
# sla-check: the clock of open tickets, at the seconds where it changes; ledgers; recomputing.

load lib/base

own_config() {
    cp -r "$TREE/share" "$T/share"
    export QIFU_CONFIG=$T/share
}

# new KIND TIME [OPTION...]: takes in a ticket, prints its id.
new() {
    local kind=$1 time=$2
    shift 2
    ticket-new -q --kind "$kind" --at "$time" --title "$kind" "$@" | cut -f1
}

# given KIND TIME [OPTION...]: the same, and dispatches it to tax at once: the lead's clock is the ticket's.
given() {
    local id
    id=$(new "$@") && ticket-route -q --by city-government-office --to tax --at "$2" "$id" >/dev/null && echo "$id"
}

# due ID: when the ticket is due, whoever has it
due() { sla-check --now 2000-01-01 "$1" | cut -f10; }

# clock ID TIME LEVEL OVERDUE: at this second the one clock that runs stands at this level.
clock() {
    same "$1 at $2: $(sla-check --now "$2" "$1" | cut -f2,4)" "$1 at $2: $3"$'\t'"$4"
}

# vector RECEIVED DUE1 DUE3 DUE5 OVERDUE1 OVERDUE3 OVERDUE5: a row of qifu-rules(7)
vector() {
    local day id
    id=$(given 政策咨询 "$1T10:00") && same "$(due "$id")" "$2T23:59:59+08:00" || return
    id=$(given 建议 "$1T10:00") && same "$(due "$id")" "$3T23:59:59+08:00" || return
    for day in "$1" "$1T23:59:59" "$1T08:30:00"; do # the hour of receipt does not matter
        id=$(given 投诉 "$day") && same "$(due "$id")" "$4T23:59:59+08:00" || return
    done
    clock "$id" "$1T23:59:59" - -5 && clock "$id" "$4T23:59:59" - 0 || return
    clock "$id" "$4T24:00:00" yellow 0 && clock "$id" "$5T23:59:59" yellow 0 || return
    clock "$id" "$5T24:00:00" yellow 1 && clock "$id" "$6T23:59:59" yellow 2 || return
    clock "$id" "$6T24:00:00" orange 3 && clock "$id" "$7T23:59:59" orange 4 || return
    clock "$id" "$7T24:00:00" red 5
}

@test "golden vectors: due times, levels and overdue days at their seconds" {
    center
    vector 2020-01-19 2020-01-20 2020-01-22 2020-02-03 2020-02-04 2020-02-06 2020-02-10
    vector 2020-01-22 2020-01-23 2020-02-04 2020-02-06 2020-02-07 2020-02-11 2020-02-13
    vector 2019-04-30 2019-05-05 2019-05-07 2019-05-09 2019-05-10 2019-05-14 2019-05-16
    vector 2025-01-24 2025-01-26 2025-02-05 2025-02-07 2025-02-08 2025-02-11 2025-02-13
    vector 2025-09-28 2025-09-29 2025-10-09 2025-10-11 2025-10-13 2025-10-15 2025-10-17
    vector 2026-02-13 2026-02-14 2026-02-25 2026-02-27 2026-02-28 2026-03-03 2026-03-05
    vector 2026-09-18 2026-09-20 2026-09-22 2026-09-24 2026-09-28 2026-09-30 2026-10-09
}

@test "a deadline past the announced years is provisional" {
    at 2026-12-31T12:00
    center
    given 政策咨询 2026-12-30T10:00
    given 政策咨询 2026-12-31T10:00
    gives 0 $'1\t-\t2026-12-31T23:59:59+08:00\t0\ttax\tpolicy-consultation\t政策咨询\t-\tlead\t2026-12-31T23:59:59+08:00
2\t-\t2027-01-04T23:59:59+08:00\t-1\ttax\tpolicy-consultation\t政策咨询\tprovisional\tlead\t2027-01-04T23:59:59+08:00' "" \
        sla-check -q --now 2026-12-31T12:00
    gives 0 "编号  级别  答复期限          时限           主办                      类型      标题      暂定  职责  工单期限
   2  -     2027-01-04 23:59  剩余1个工作日  国家税务总局徐州市税务局  政策咨询  政策咨询  暂定  主办  2027-01-04 23:59" "" \
        sla-check -q -F table --now 2026-12-31T12:00 2
}

@test "for people: what is left, today, late by less than a day, late by days" {
    at 2026-03-02T09:00
    center
    given 政策咨询 2026-03-02T08:00
    words() { sla-check -F table --now "$1" 1 | tail -n 1 | tr -s ' ' | cut -d ' ' -f 6; }
    same "$(words 2026-03-02T09:00)" 剩余1个工作日
    same "$(words 2026-03-03T09:00)" 今日到期
    same "$(words 2026-03-04T09:00)" 超期不足1个工作日
    same "$(words 2026-03-05T09:00)" 超期1个工作日
    same "$(sla-check -F csv --now 2026-03-05T09:00 1 | tail -n 1 | cut -d , -f 4)" 超期1个工作日
}

@test "day_end 17:30: the deadline is the close of business" {
    own_config
    sed -i 's/^day_end: "24:00"/day_end: "17:30"/' share/center.yaml
    center
    id=$(given 投诉 2026-02-13T10:00)
    same "$(due "$id")" 2026-02-27T17:30:00+08:00
    # received after the close: still that day
    same "$(due "$(new 投诉 2026-02-13T20:00)")" 2026-02-27T17:30:00+08:00
    clock "$id" 2026-02-27T17:30:00 - 0
    clock "$id" 2026-02-27T17:30:01 yellow 0
    clock "$id" 2026-02-28T17:30:00 yellow 0
    clock "$id" 2026-02-28T17:30:01 yellow 1
    clock "$id" 2026-03-03T17:30:00 yellow 2
    clock "$id" 2026-03-03T17:30:01 orange 3
    clock "$id" 2026-03-05T17:30:00 orange 4
    clock "$id" 2026-03-05T17:30:01 red 5
    run --separate-stderr sla-check --explain "$id"
    [[ ${lines[0]} == *"day_end 17:30；"* ]]
    same "$(grep -c '期限 2026-02-27T17:30:00+08:00；黄色自 2026-02-27T17:30:01+08:00' <<<"$output")" 1
    same "$(tail -1 <<<"$output" | cut -f2,8)" $'2026-03-05\t红色自 2026-03-05T17:30:01+08:00'
}

@test "rest_day_receipt: as it is, or the next working day" {
    center
    same "$(due "$(new 政策咨询 2026-03-07T10:00)")" 2026-03-09T23:59:59+08:00 # a Saturday
    own_config
    sed -i 's/^rest_day_receipt: counts-as-is/rest_day_receipt: next-working-day/' share/center.yaml
    id=$(new 政策咨询 2026-03-07T11:00)
    same "$(due "$id")" 2026-03-10T23:59:59+08:00
    ticket-route -q --by city-government-office --to tax --at 2026-03-07T11:00 "$id" >out
    clock "$id" 2026-03-07T12:00 - -2 # what is left after today: Monday and Tuesday
    clock "$id" 2026-03-08T12:00 - -2
    clock "$id" 2026-03-09T12:00 - -1
    same "$(due "$(new 政策咨询 2026-03-06T10:00)")" 2026-03-09T23:59:59+08:00 # a working day
    same "$(due "$(new 政策咨询 2026-02-28T10:00)")" 2026-03-02T23:59:59+08:00 # a make-up Saturday
    run --separate-stderr sla-check --explain "$id"
    same "$(cut -f2,4,5 <<<"$output" | head -2)" $'2026-03-09\tno\t0\n2026-03-10\tyes\t1'
    [[ ${lines[0]} == *"受理 2026-03-07T11:00:00+08:00；政策咨询：1 个工作日"*"rest_day_receipt next-working-day；"* ]]
}

# six [new]: six tickets as they stand on Tuesday 2026-03-10 at noon, dispatched to tax on the day of
# their receipt, or in the pool.
six() {
    center
    local take=${1:-given}
    $take 投诉 2026-03-02     # due 03-09: yellow 0
    $take 求助 2026-03-02     # due 03-05: yellow 2
    $take 政策咨询 2026-03-09 # due 03-10: today
    $take 投诉 2026-03-10     # due 03-17
    $take 求助 2026-02-27     # due 03-03: orange 4
    $take 求助 2026-02-24     # due 02-27: red 7
    at 2026-03-10T12:00
}

# The ids that `run` has seen printed, on one line.
ids_of() { cut -f1 <<<"$output" | paste -sd' '; }

@test "all open tickets, the most urgent first" {
    six
    gives 0 $'6\tred\t2026-02-27T23:59:59+08:00\t7\ttax\thelp\t求助\t-\tlead\t2026-02-27T23:59:59+08:00
5\torange\t2026-03-03T23:59:59+08:00\t4\ttax\thelp\t求助\t-\tlead\t2026-03-03T23:59:59+08:00
2\tyellow\t2026-03-05T23:59:59+08:00\t2\ttax\thelp\t求助\t-\tlead\t2026-03-05T23:59:59+08:00
1\tyellow\t2026-03-09T23:59:59+08:00\t0\ttax\tcomplaint\t投诉\t-\tlead\t2026-03-09T23:59:59+08:00
3\t-\t2026-03-10T23:59:59+08:00\t0\ttax\tpolicy-consultation\t政策咨询\t-\tlead\t2026-03-10T23:59:59+08:00
4\t-\t2026-03-17T23:59:59+08:00\t-5\ttax\tcomplaint\t投诉\t-\tlead\t2026-03-17T23:59:59+08:00' "" sla-check
    # what comes later is not there yet
    run --separate-stderr sla-check --now 2026-03-02T00:00
    same "$(ids_of)" "6 5 2 1"
}

@test "--overdue, --due-within and --level keep those that meet them" {
    six
    run --separate-stderr sla-check --overdue
    same "$(ids_of)" "6 5 2 1"
    run --separate-stderr sla-check --due-within 0
    same "$(ids_of)" "3"
    run --separate-stderr sla-check --due-within 4
    same "$(ids_of)" "3"
    run --separate-stderr sla-check --due-within 5
    same "$(ids_of)" "3 4"
    run --separate-stderr sla-check --level yellow
    same "$(ids_of)" "2 1"
    run --separate-stderr sla-check --level 橙色
    same "$(ids_of)" "5"
    run --separate-stderr sla-check --level red --overdue
    same "$(ids_of)" "6"
    gives 0 "" "" sla-check --level red --due-within 9
    # the due second itself is not overdue
    run --separate-stderr sla-check --overdue --now 2026-03-09T23:59:59
    same "$(ids_of)" "6 5 2"
    run --separate-stderr sla-check --due-within 0 --now 2026-03-09T23:59:59
    same "$(ids_of)" "1"
    gives 2 "" 'sla-check: unknown level "yelow" (did you mean yellow?); see sla-check -h' \
        sla-check --level yelow
}

@test "--due-within on a rest day counts the working days that are left" {
    center
    given 政策咨询 2026-03-06 # a Friday: due on Monday
    gives 0 "" "" sla-check --due-within 0 --now 2026-03-08T12:00
    run --separate-stderr sla-check --due-within 1 --now 2026-03-08T12:00
    same "$(ids_of)" "1"
}

@test "filters: --org as lead, as assist, and the center whose the pool is" {
    six new
    ticket-route --by city-government-office --to tax --assist finance --at 2026-03-02 1 >out
    ticket-route --by city-government-office --to tax --assist finance --at 2026-03-10 4 >out
    ticket-route --by city-government-office --to finance --at 2026-02-24 6 >out
    run --separate-stderr sla-check --org tax
    same "$(cut -f1,2,5,9 <<<"$output")" $'1\tyellow\ttax\tlead\n4\t-\ttax\tlead'
    run --separate-stderr sla-check --org 市财政局
    same "$(cut -f1,2,5,9 <<<"$output")" $'6\tred\tfinance\tlead\n1\tyellow\tfinance\tassist\n4\t-\tfinance\tassist'
    run --separate-stderr sla-check --org 市财政局 --overdue
    same "$(ids_of)" "6 1"
    run --separate-stderr sla-check --org center
    same "$(cut -f1,2,9 <<<"$output")" $'5\tdispatch-late\tdispatch\n2\tdispatch-late\tdispatch\n3\tdispatch-late\tdispatch'
    gives 0 "" "" sla-check --org education
    gives 2 "" 'sla-check: unknown organisation "市财政居" (did you mean 市财政局?)' \
        sla-check --org 市财政居
}

# Scenario 26: "assist late, lead on time: the assist's lateness shows somewhere".
@test "each clock of a ticket has its line, also the assist's that goes on after the lead's answer" {
    at 2026-03-02T09:00
    center
    new 投诉 2026-03-02T09:00
    ticket-route -q --to tax --assist finance 1 >out
    at 2026-03-06T09:00
    ticket-extend -q --days 2 --reason 核查 1 >out
    ticket-extend -q --approve 1 >out
    gives 0 $'1\tyellow\t2026-03-09T23:59:59+08:00\t0\tfinance\tcomplaint\t投诉\t-\tassist\t2026-03-11T23:59:59+08:00
1\t-\t2026-03-11T23:59:59+08:00\t-1\ttax\tcomplaint\t投诉\t-\tlead\t2026-03-11T23:59:59+08:00' "" \
        sla-check --now 2026-03-10T09:00
    same "$(sla-check --now 2026-03-10T09:00 1 | cut -f5 | sort | xargs)" "finance tax"
    at 2026-03-10T10:00
    ticket-answer -q --text x --without 协办逾期 1 >out
    same "$(sla-check | cut -f1,2,5,9)" $'1\tyellow\tfinance\tassist'
    same "$(sla-check 1)" "$(sla-check)"
    ticket-answer -q --by finance --text y 1 >out
    gives 0 "" "" sla-check
}

# Scenario 41: "ticket in the pool until red: no accountability against nobody; center owes".
@test "a ticket in the pool has the center's clock, from its receipt, or from the next working day" {
    at 2026-03-02T09:00
    center
    id=$(new 投诉 2026-03-02T09:00)
    clock "$id" 2026-03-02T23:59:59 - 0
    clock "$id" 2026-03-02T24:00:00 dispatch-late 0
    clock "$id" 2026-03-04T00:00:00 dispatch-late 1
    clock "$id" 2026-04-01T00:00:00 dispatch-late "$(workday count 2026-03-02 2026-03-31)"
    at 2026-03-08T09:00
    id=$(new 投诉 2026-03-07T09:00) # a Saturday: Monday's
    gives 0 $'2\t-\t2026-03-09T23:59:59+08:00\t-1\tcenter\tcomplaint\t投诉\t-\tdispatch\t2026-03-13T23:59:59+08:00' "" \
        sla-check --now 2026-03-08T10:00 2
    # a kind of its own limit
    id=$(new 拖欠账款 2026-03-08T09:00)
    same "$(sla-check --now 2026-03-08T10:00 3 | cut -f3,9)" "$(workday add 2026-03-09 10)"$'T23:59:59+08:00\tdispatch'
}

@test "-e: exit status 1 when a ticket was printed" {
    six
    run --separate-stderr sla-check -e --overdue
    same "$(ids_of)" "6 5 2 1"
    same "$status" 1
    run --separate-stderr sla-check -e 4
    same "$status" 1
    gives 0 "" "" sla-check -e --overdue --now 2026-02-27
    gives 0 "" "" sla-check -e --overdue 4
    gives 2 "" "sla-check: 9: no such ticket" sla-check -e 9
}

@test "ids as operands and from standard input" {
    six
    run --separate-stderr sla-check 4 1
    same "$(ids_of)" "4 1"
    run --separate-stderr sla-check --overdue 4 1
    same "$(ids_of)" "1"
    sh_run 'printf "5\tx\t\n\r\n88\nx\n2\r\n" | sla-check 1 - 4'
    same "$(ids_of)" "1 5 2 4"
    same "$stderr" $'sla-check: 88: no such ticket\nsla-check: standard input:4: not an id: "x"'
    same "$status" 2
    for id in 0 -1 1x 99999999999999999999 "" " 1"; do
        gives 2 "" "sla-check: not an id: \"$id\"" sla-check -- "$id"
    done
}

@test "answered tickets have no clock" {
    six
    ticket-answer -q --text x 1 6 >out
    run --separate-stderr sla-check
    same "$(ids_of)" "5 2 3 4"
    gives 0 "" "" sla-check 1 6
}

@test "--explain: a ledger, day by day" {
    center
    given 政策咨询 2026-02-13T10:00
    n='春节 国办发明电〔2025〕7号 国务院办公厅关于2026年部分节假日安排的通知'
    gives 0 "1	2026-02-13	friday	no	0	receipt	-	受理 2026-02-13T10:00:00+08:00；政策咨询：1 个工作日（当日不计，民法典第201条；day_end 24:00；rest_day_receipt counts-as-is；日历 china）；派发 2026-02-13T10:00:00+08:00；期限（派发） 2026-02-13T23:59:59+08:00	1	-
1	2026-02-14	saturday	yes	1	make-up	$n	期限 2026-02-14T23:59:59+08:00	1	tax
1	2026-02-15	sunday	no	1	holiday	$n	黄色自 2026-02-15T00:00:00+08:00	1	-
1	2026-02-16	monday	no	1	holiday	$n	-	1	-
1	2026-02-17	tuesday	no	1	holiday	$n	-	1	-
1	2026-02-18	wednesday	no	1	holiday	$n	-	1	-
1	2026-02-19	thursday	no	1	holiday	$n	-	1	-
1	2026-02-20	friday	no	1	holiday	$n	-	1	-
1	2026-02-21	saturday	no	1	holiday	$n	-	1	-
1	2026-02-22	sunday	no	1	holiday	$n	-	1	-
1	2026-02-23	monday	no	1	holiday	$n	-	1	-
1	2026-02-24	tuesday	yes	2	workday	-	-	1	tax
1	2026-02-25	wednesday	yes	3	workday	-	-	1	tax
1	2026-02-26	thursday	yes	4	workday	-	-	1	tax
1	2026-02-27	friday	yes	5	workday	-	橙色自 2026-02-27T00:00:00+08:00	1	tax
1	2026-02-28	saturday	yes	6	make-up	$n	-	1	tax
1	2026-03-01	sunday	no	6	weekend	-	红色自 2026-03-01T00:00:00+08:00	1	-" "" sla-check --explain 1
    run --separate-stderr sla-check --explain -F json 1
    same "${lines[1]}" '{"id":1,"date":"2026-02-14","weekday":"saturday","counted":"yes","count":1,"reason":"make-up","notice":"'"$n"'","mark":"期限 2026-02-14T23:59:59+08:00","round":1,"holder":"tax"}'
    run --separate-stderr sla-check --explain -F table 1
    same "$(sed -n 3p <<<"$output" | sed 's/  */ /g')" \
        " 1 2026-02-14 周六 计 1 调休上班 $n 期限 2026-02-14T23:59:59+08:00 1 国家税务总局徐州市税务局"
    # in the pool: the center's days, its deadline, its level
    new 政策咨询 2026-02-13T10:00
    same "$(sla-check --explain 2 | cut -f 2,4,8,10 | sed 's/；政策.*；期/；期/')" \
        $'2026-02-13\tno\t受理 2026-02-13T10:00:00+08:00；期限（派发） 2026-02-13T23:59:59+08:00\t-
2026-02-14\tyes\t期限 2026-02-14T23:59:59+08:00；派发超时自（派发） 2026-02-14T00:00:00+08:00\tcenter'
    gives 2 "" "sla-check: --explain needs the tickets' ids; see sla-check -h" sla-check --explain
}

# ledger RECEIVED DUE1 DUE3 DUE5 OVERDUE1 OVERDUE3 OVERDUE5: the days that a complaint's ledger counts
ledger() {
    local id
    id=$(given 投诉 "$1")
    sla-check --explain "$id" >ledger || return
    same "$(awk -F '\t' '$4 == "yes" && $5 ~ /^(1|3|5|6|8|10)$/ { print $2 }' ledger | xargs)" \
        "$2 $3 $4 $5 $6 $7" || return
    # no day is left out, and count agrees with workday
    same "$(head -1 ledger | cut -f2,4,5)" "$1"$'\tno\t0' || return
    same "$(awk -F '\t' -v d="$1" '{ print d "\t" $2 }' ledger | workday count -)" \
        "$(cut -f5 ledger)" || return
    same "$(awk -F '\t' '($4 == "yes") != ($5 != last) && NR > 1; { last = $5 }' ledger)" "" || return
    # it ends on the day after the last one, when red begins
    same "$(wc -l <ledger)" $((($(date -d "$7" +%s) - $(date -d "$1" +%s)) / 86400 + 2))
}

@test "--explain counts the days of the golden vectors" {
    center
    ledger 2020-01-19 2020-01-20 2020-01-22 2020-02-03 2020-02-04 2020-02-06 2020-02-10
    ledger 2020-01-22 2020-01-23 2020-02-04 2020-02-06 2020-02-07 2020-02-11 2020-02-13
    ledger 2019-04-30 2019-05-05 2019-05-07 2019-05-09 2019-05-10 2019-05-14 2019-05-16
    ledger 2025-01-24 2025-01-26 2025-02-05 2025-02-07 2025-02-08 2025-02-11 2025-02-13
    ledger 2025-09-28 2025-09-29 2025-10-09 2025-10-11 2025-10-13 2025-10-15 2025-10-17
    ledger 2026-02-13 2026-02-14 2026-02-25 2026-02-27 2026-02-28 2026-03-03 2026-03-05
    ledger 2026-09-18 2026-09-20 2026-09-22 2026-09-24 2026-09-28 2026-09-30 2026-10-09
}

@test "--explain names the amended notice, and days that are not announced" {
    center
    id=$(new 政策咨询 2020-01-23)
    run --separate-stderr sla-check --explain "$id"
    same "$(cut -f2,4,6 <<<"$output" | sed -n '2p;9p;10p;11p;12p')" \
        $'2020-01-24\tno\tholiday\n2020-01-31\tno\tholiday\n2020-02-01\tno\tholiday\n2020-02-02\tno\tholiday\n2020-02-03\tyes\tworkday'
    # 30 January stands in the first notice, 31 January in the later one
    [[ ${lines[7]} == *2020-01-30*〔2019〕16号* ]]
    [[ ${lines[8]} == *2020-01-31*〔2020〕1号* ]]
    at 2026-12-31T18:00
    id=$(new 政策咨询 2026-12-31)
    run --separate-stderr sla-check --explain "$id"
    same "$(cut -f2-7 <<<"$output" | sed -n '2p;3p')" \
        $'2027-01-01\tfriday\tno\t0\tlaw\t元旦 国务院令第795号 全国年节及纪念日放假办法（2024年修订）\n2027-01-02\tsaturday\tno\t0\tweekend\t该年度安排未公布，暂定'
}

# A notice for 2027 such as may come; the days are invented.
announce_2027() {
    cat >"$T/share/calendars/china/2027.yaml" <<'EOF'
calendar: china
source: invented for this test
licence: none needed
notices:
  - title: 2027 (invented)
    issued: 2026-12-01
    url: https://example.org/2027
    covers: 2027
    off:
      2027-01-01..2027-01-04: 元旦
    work:
      2027-01-10: 元旦
EOF
}

@test "from 1 November on it says how many days are left, and which deadlines wait for the notice" {
    local ends='2026-12-31, where the calendar "china" ends: 2027 is not announced'
    own_config
    at 2026-10-30T09:00
    center
    given 投诉 2026-10-30T09:00 >out
    gives 0 "" "" sla-check --overdue --now 2026-10-31T23:59:59
    gives 0 "" "sla-check: 60 days are left until $ends; no open deadline depends on it" \
        sla-check --org finance --now 2026-11-01
    at 2026-12-30T09:00
    given 政策咨询 2026-12-30T09:00 >out # due on the last day
    given 投诉 2026-12-30T09:00 >out
    gives 0 "" "sla-check: 1 day is left until $ends; 1 open deadline depends on it" sla-check --due-within 0
    new 建议 2026-12-30T09:00 >out
    # once a run, whatever is asked; the status is not touched
    gives 0 "" "sla-check: 1 day is left until $ends; 2 open deadlines depend on it" sla-check --org finance
    gives 0 "" "sla-check: 0 days are left until $ends; 2 open deadlines depend on it" \
        sla-check -e --org finance --now 2026-12-31T23:59:59
    call sla-check --explain 1 2 3
    same "$status: $stderr" "0: sla-check: 1 day is left until $ends; 2 open deadlines depend on it"
    gives 0 "" "" sla-check -q --org finance
    # center-check says it too, and finds nothing wrong
    gives 0 "" "center-check: 1 day is left until $ends; 2 open deadlines depend on it" center-check
    gives 0 "" "" center-check -q
    gives 0 "$(sql 'SELECT lower(hex(hash)) FROM event ORDER BY id DESC LIMIT 1')" "" center-check --log
    # what is answered depends on nothing any more
    ticket-answer -q --text x 3 >out
    gives 0 "" "sla-check: 1 day is left until $ends; 1 open deadline depends on it" sla-check --org finance
    announce_2027
    gives 0 "" "" sla-check --org finance
    gives 0 "" "" center-check
}

@test "a demo whose clock nobody sets does not speak of the calendar's end" {
    own_config
    rm "$T"/share/calendars/china/20{20,21,22,23,24,25,26}.yaml # so that it ended long ago
    unset QIFU_NOW
    center-init -q --demo
    gives 0 "" "" sla-check
    gives 0 "" "" center-check
    center-init -q -d proper.db
    call sla-check -d proper.db
    [[ $stderr == 'sla-check: the calendar "china" ended on 2019-12-31, '*' days ago: 2020 is not announced; no open deadline depends on it' ]]
    call center-check -d proper.db
    [[ $stderr == 'center-check: the calendar "china" ended on 2019-12-31, '* ]]
}

@test "--recompute: when the year's notice comes, provisional deadlines are settled" {
    own_config
    center
    at 2026-12-31T18:00
    given 政策咨询 2026-12-31T09:00 # 2027-01-04, then 01-05
    given 投诉 2026-12-31T09:00     # 2027-01-08, then 01-10
    given 政策咨询 2026-12-30T09:00 # 2026-12-31, the same
    at 2027-01-04T09:00
    given 政策咨询 2027-01-04T09:00 # 2027-01-05, the same, but settled
    same "$(sql "SELECT id, provisional FROM v_ticket" | xargs)" "1|1 2|1 3|0 4|1"
    same "$(escalate | cut -f1,2,9)" $'3\tyellow\t-' # certain: what is known of 2027 does not matter
    gives 0 "" 'sla-check: the calendar "china" ended on 2026-12-31, 4 days ago: 2027 is not announced; 3 open deadlines depend on it' \
        sla-check --recompute
    announce_2027
    expected=$'1\t2027-01-04T23:59:59+08:00\t2027-01-05T23:59:59+08:00\t-\t政策咨询\tdeadline\t-\t-\t-\t-
2\t2027-01-08T23:59:59+08:00\t2027-01-10T23:59:59+08:00\t-\t投诉\tdeadline\t-\t-\t-\t-
4\t2027-01-05T23:59:59+08:00\t2027-01-05T23:59:59+08:00\t-\t政策咨询\tdeadline\t-\t-\t-\t-'
    before=$(sql .dump)
    gives 0 "$expected" "" sla-check --recompute -n
    same "$(sql .dump)" "$before"
    gives 1 "$expected" "" sla-check --recompute -n -e
    gives 0 "$expected" "" sla-check --recompute
    gives 0 "" "" sla-check --recompute
    gives 0 "" "" sla-check --recompute -e
    same "$(sql "SELECT id, provisional, calendar_id FROM ticket" | xargs)" "1|0|2 2|0|2 3|0|1 4|0|2"
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'recomputed'")" 3
    clock 1 2027-01-05T23:59:59 - 0
    clock 1 2027-01-05T24:00:00 yellow 0
    gives 0 "" "" center-check
}

# S2: "after the notice sla-check --recompute moves the deadline to 01-04 and the yellow stays".
@test "--recompute: what was answered by a guess is judged by the notice; provisional levels are settled" {
    own_config
    center
    at 2026-12-31T18:00
    given 政策咨询 2026-12-31T09:00
    given 政策咨询 2026-12-31T09:00
    escalate --now 2027-01-05T08:00 >fired
    same "$(cut -f1-3,8,9 fired)" $'1\tyellow\tcenter\tlead\tprovisional\n2\tyellow\tcenter\tlead\tprovisional'
    ticket-answer -q --text x --now 2027-01-05T08:30 2 >out
    announce_2027
    expected=$'1\t2027-01-04T23:59:59+08:00\t2027-01-05T23:59:59+08:00\t-\t政策咨询\tdeadline\t-\t-\t-\t-
1\t-\t2027-01-05T00:00:00+08:00\t-\t政策咨询\trevoked\tyellow\tlead\ttax\tnot-due
2\t2027-01-04T23:59:59+08:00\t2027-01-05T23:59:59+08:00\t-\t政策咨询\tdeadline\t-\t-\t-\t-
2\t-\t2027-01-05T00:00:00+08:00\t-\t政策咨询\trevoked\tyellow\tlead\ttax\tnot-due'
    gives 0 "$expected" "" sla-check --recompute -n --now 2027-01-05T09:00
    gives 0 "$expected" "" sla-check --recompute --now 2027-01-05T09:00
    gives 0 "" "" sla-check --recompute --now 2027-01-05T09:00
    same "$(sql "SELECT state, substr(due, 1, 10), provisional FROM v_ticket WHERE id = 2")" "answered|2027-01-05|0"
    same "$(sql "SELECT ticket_id, level, revoked, revoked_for FROM v_supervision")" \
        "1|yellow|2027-01-05T09:00:00+08:00|recomputed
2|yellow|2027-01-05T09:00:00+08:00|recomputed"
    same "$(sql "SELECT count(*) FROM v_ticket WHERE level IS NOT NULL")" 0
    # by the new deadline yellow begins on the 6th, orange three days after the 5th
    same "$(escalate --now 2027-01-06 | cut -f1,2,9)" $'1\tyellow\t-'
    gives 0 "" "" escalate --now 2027-01-08T23:59:59
    gives 0 $'1\torange\tbusiness-environment-office\t2027-01-05T23:59:59+08:00\t3\ttax\t政策咨询\tlead\t-' "" \
        escalate --now 2027-01-09
    gives 0 "" "" center-check
}

@test "--recompute: a limit was changed; an unknown kind is left alone" {
    own_config
    center
    at 2026-03-02T12:00
    new 投诉 2026-03-02
    new 举报 2026-03-02
    sed -i '/kind: complaint/,/days:/ s/days: 5/days: 2/; s/kind: report$/kind: denunciation/' \
        share/center.yaml
    gives 2 $'1\t2026-03-09T23:59:59+08:00\t2026-03-04T23:59:59+08:00\t-\t投诉\tdeadline\t-\t-\t-\t-' \
        'sla-check: 2: kind "report" is not in the configuration: its deadline stays' \
        sla-check --recompute
    gives 0 "" "" center-check
}

@test "options that do not go together" {
    center
    for options in "--recompute 1" "--recompute --overdue" "--recompute --explain 1"; do
        gives 2 "" "sla-check: --recompute computes all open tickets and takes nothing else; see sla-check -h" \
            sla-check $options
    done
    gives 2 "" "sla-check: --explain takes ids, not filters; see sla-check -h" \
        sla-check --explain --overdue 1
    gives 2 "" "sla-check: one of --overdue, --due-within and --remind; see sla-check -h" \
        sla-check --overdue --due-within 1
    gives 2 "" "sla-check: --org goes without ids; see sla-check -h" sla-check --org tax 1
    gives 2 "" 'sla-check: "x" is not a whole number from 0 to 10000; see sla-check -h' \
        sla-check --due-within x
    gives 2 "" 'sla-check: not a time: "gestern" (write 2020-05-27 or 2020-05-27T09:00); see sla-check -h' \
        sla-check --now gestern
}

@test "whatever is asked, nothing is changed" {
    six
    before=$(sql .dump)
    for options in "" "--overdue" "-e" "--explain 1" "-n"; do
        run --separate-stderr sla-check $options
        same "$stderr" ""
    done
    same "$(sql .dump)" "$before"
}
