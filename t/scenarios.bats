#!/usr/bin/env bats
# The days of an enterprise service center, one after the other: what the rules demand in 57 scenarios,
# through all the programs that a scenario needs. Above each stands the sentence that decides it; RULES.md
# is the specification, and the plans are those of qifu-rules(7).

load lib/base
load lib/loop

# begin TIME: a fresh center.
begin() {
    at "$1"
    center
}

# given KIND ORG [OPTION...]: takes a request in now and dispatches it at once, prints its id.
given() {
    local kind=$1 org=$2
    shift 2
    ticket-new -q --kind "$kind" --title 甲 | ticket-route -q --to "$org" "$@" - | cut -f 1
}

# levels [ID]: which levels stand: whose, which, since when.
levels() {
    sql "SELECT lead, level, substr(level_began, 1, 19) FROM v_supervision
        WHERE ticket_id = ${1:-1} AND revoked IS NULL ORDER BY id"
}

# figure MONTH FIGURE [SCOPE CODE]: value, and denominator.
figure() {
    report-monthly -F tsv "$1" | awk -F '\t' -v figure="$2" -v scope="${3:-total}" -v code="${4-}" \
        '$1 == scope && (code == "" || $2 == code) && $4 == figure { print $5 "/" $6 }'
}

# day ID: the day on which the ticket is due.
day() { sql "SELECT substr(due, 1, 10) FROM v_ticket WHERE id = ${1:-1}"; }

# with SED...: a configuration of the test's own.
with() {
    cp -r "$TREE/share" "$T/share"
    export QIFU_CONFIG=$T/share
    sed -i "$@" share/center.yaml
}

# RULES 3, the enterprise service center's plan: "政策咨询类 1 个工作日, 咨询求助、建议类 3 个工作日, 其他事项 5 个工作日"
@test "01 the six kinds have 1, 3, 3, 5, 5 and 5 working days" {
    begin 2026-11-23T09:00
    for kind in 政策咨询 咨询求助 建议 投诉 举报 其他; do ticket-new -q --title 甲 --kind $kind; done >new
    same "$(cut -f 2 new | cut -c 6-19 | xargs)" \
        "11-24T23:59:59 11-26T23:59:59 11-26T23:59:59 11-30T23:59:59 11-30T23:59:59 11-30T23:59:59"
    sound
}

# RULES 2, Civil Code 201: "The day of receipt is not counted. Day 1 is the first working day after it."
@test "02 received in the last second before a holiday" {
    begin 2026-09-24T23:59:59
    new 2026-09-24T23:59:59 --kind 政策咨询 >ids
    same "$(day)" 2026-09-28
    sound
}

# RULES 2: "Received on a rest day: nothing else changes"
@test "03 received in the first second of a holiday" {
    begin 2026-09-25T00:00
    new 2026-09-25T00:00 --kind 政策咨询 >ids
    same "$(day)" 2026-09-28
    sound
}

# RULES 1: "make-up working days (Saturdays and Sundays that count)"
@test "04 a make-up Saturday counts" {
    begin 2026-09-30T23:59
    new 2026-09-30T23:59 --kind 建议 >ids
    same "$(day) $(sla-check -q --explain 1 | awk '$4 == "yes" && NR < 12 { print $2 }' | xargs)" \
        "2026-10-10 2026-10-08 2026-10-09 2026-10-10"
    sound
}

# RULES 2: as 03, with 5 working days over a make-up Saturday
@test "05 received in the middle of the National Day's week" {
    begin 2026-10-03T10:00
    new 2026-10-03T10:00 --kind 投诉 >ids
    same "$(day)" 2026-10-13
    sound
}

# RULES 2, Civil Code 201 and 203: the golden vectors, natural days, the suspension
@test "06 the golden vectors hold for tickets" {
    while read -r received days; do
        same "$received $(for n in 1 3 5; do workday add "$received" $n; done | cut -f 1 | cut -c 6- | xargs)" \
            "$received ${days% /*}"
        over=$(workday add "$received" 5 | cut -f 1)
        same "$received $(for n in 1 3 5; do workday add "$over" $n; done | cut -f 1 | cut -c 6- | xargs)" \
            "$received ${days#*/ }"
    done <<'VECTORS'
2020-01-19 01-20 01-22 02-03 / 02-04 02-06 02-10
2020-01-22 01-23 02-04 02-06 / 02-07 02-11 02-13
2019-04-30 05-05 05-07 05-09 / 05-10 05-14 05-16
2025-01-24 01-26 02-05 02-07 / 02-08 02-11 02-13
2025-09-28 09-29 10-09 10-11 / 10-13 10-15 10-17
2026-02-13 02-14 02-25 02-27 / 02-28 03-03 03-05
2026-09-18 09-20 09-22 09-24 / 09-28 09-30 10-09
2026-12-31 01-04 01-06 01-08 / 01-11 01-13 01-15
VECTORS
    known() { workday add --as-known 2020-01-22 2020-01-22 "$1"; }
    same "$(known 1) $(known 3) $(known 5)" "2020-01-23 2020-02-01 2020-02-04"
    same "$(workday add --natural 2025-09-18 15) $(workday add --natural 2025-09-26 15)" "2025-10-09 2025-10-11"
    begin 2025-09-26T10:00
    given 投诉 tax >ids
    same "$(day)" 2025-10-10
    at 2025-09-29T10:00
    quiet ticket-suspend --reason 等待上级批复 --basis b 1
    quiet ticket-suspend --approve 1
    at 2025-10-10T10:00
    quiet ticket-resume 1
    same "$(day)" 2025-10-14
    sound
}

# RULES 2: "The deadline is the end of day n: 24:00, kept as 23:59:59"
@test "07 answered in the due second: on time, no level" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    at 2026-11-09T23:59:59
    quiet ticket-answer --text 答 1
    gives 0 "" "" escalate --now 2026-11-20
    same "$(levels)" ""
    at 2026-12-01T09:00
    same "$(figure 2026-11 on-time)" 1/1
    sound
}

# RULES 4: "yellow: overdue"; "each with its own moment and the moment of the sweep"
@test "08 answered one second later, before any sweep: yellow at once" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    at 2026-11-10T00:00:00
    quiet ticket-answer --text 答 1
    same "$(levels)" "tax|yellow|2026-11-10T00:00:00"
    at 2026-12-01T09:00
    same "$(figure 2026-11 on-time) $(figure 2026-11 overdue-yellow)" "0/1 1/-"
    sound
}

# RULES 4: "Where facts that are entered later show that it did not begin (an answer given before it, ...), it is
# revoked by an event that names its cause: the order and its accountability end ... figures leave it out"
@test "09 answered in time, entered the next morning after the sweep: no breach" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    quiet escalate --now 2026-11-10T00:05
    same "$(levels)" "tax|yellow|2026-11-10T00:00:00"
    at 2026-11-10T09:00
    quiet ticket-answer --text 答 --at 2026-11-09T17:00 1
    same "$(levels)" ""
    same "$(sql "SELECT revoked, revoked_for FROM v_supervision")" "2026-11-10T09:00:00+08:00|answered"
    gives 1 "" "" supervision-list
    at 2026-12-01T09:00
    same "$(figure 2026-11 on-time) $(figure 2026-11 overdue-yellow)" "1/1 0/-"
    sound
}

# RULES 4: as 09; "From a source that center.yaml trusts (the hotline's file) this happens in the same transaction"
@test "10 answered a day late, entered four days later by the hotline's file: yellow alone" {
    begin 2026-11-02T10:00
    ticket-new -q --title 甲 --kind 投诉 --source 12345 --ref F1 | ticket-route -q --to tax - >out
    quiet escalate --now 2026-11-10T00:05
    at 2026-11-11T10:00
    quiet supervision-reply --text 已答复企业 1 # without it orange would follow from the order
    quiet escalate --now 2026-11-14T00:05
    same "$(levels | cut -d '|' -f 2 | xargs)" "yellow orange"
    at 2026-11-14T09:00
    printf '工单编号,答复时间,答复内容\nF1,2026-11-10 15:00,已答复\n' >answers.csv
    quiet ticket-answer --csv answers.csv --source 12345
    same "$(levels)" "tax|yellow|2026-11-10T00:00:00"
    sound
}

# RULES 4, the plan of 2023: "超期3个工作日未办结的转为橙色预警…超期5个工作日的转为红色预警"
@test "11 the ladder to the second" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    for second in 09T23:59:59=0 10T00:00:00=1 12T23:59:59=0 13T00:00:00=1 16T23:59:59=0 17T00:00:00=1; do
        same "$second $(escalate --now "2026-11-${second%=*}" | wc -l)" "$second ${second#*=}"
    done
    same "$(levels)" "tax|yellow|2026-11-10T00:00:00
tax|orange|2026-11-13T00:00:00
tax|red|2026-11-17T00:00:00"
    same "$(sql "SELECT supervisor, document, accountability FROM v_supervision ORDER BY id")" "center|一次督办|0
business-environment-office|市营商办督办|0
discipline-commission|二次督办|1"
    same "$(accountability-list | wc -l)" 1
    at 2026-11-17
    sound
}

# RULES 4: "A sweep after days of downtime fires every level passed, each with its own moment and the moment of the
# sweep." "Each level fires once per party and round"
@test "12 several sweeps, and days without one: each level once" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    for day in 14 14 14 18 18 30 30; do escalate --now 2026-11-${day}T00:05 | cut -f 2; done >fired
    same "$(xargs <fired)" "yellow orange red"
    same "$(sql "SELECT level_began, swept FROM v_supervision ORDER BY id")" \
        "2026-11-10T00:00:00+08:00|2026-11-14T00:05:00+08:00
2026-11-13T00:00:00+08:00|2026-11-14T00:05:00+08:00
2026-11-17T00:00:00+08:00|2026-11-18T00:05:00+08:00"
    at 2026-11-30T00:05
    sound
}

# RULES 1, 全国年节及纪念日放假办法 article 2: "they are days off without any notice: ... 2027-01-01"
@test "13 a policy consultation of 31 December is not due on 1 January" {
    begin 2026-12-31T09:00
    new 2026-12-31T09:00 --kind 政策咨询 >ids
    same "$(day) $(sql 'SELECT provisional FROM v_ticket')" "2027-01-04 1"
    run workday is 2027-01-01
    same "$status" 1
    gives 0 "" "" center-check -q
    sound
}

# RULES 1: "A level that begins past the horizon fires as provisional: it is shown and told to the handler, opens no
# accountability and goes to no outside supervisor until the notice is loaded"
@test "14 due on 31 December: orange after three working days, the holiday none, and provisional" {
    begin 2026-12-24T10:00
    given 投诉 tax >ids
    same "$(day)" 2026-12-31
    quiet escalate --now 2027-01-01T00:05
    at 2027-01-04T10:00
    quiet supervision-reply --text 已整改 1
    gives 0 "" "" escalate -q --now 2027-01-06T23:59:59
    quiet escalate -q --now 2027-01-07T00:00:00
    same "$(sql "SELECT level, level_began, supervisor, provisional FROM v_supervision ORDER BY id")" \
        "yellow|2027-01-01T00:00:00+08:00|center|0
orange|2027-01-07T00:00:00+08:00|center|1"
    gives 1 "" "" supervision-list --supervisor 市营商办
    at 2027-01-07
    sound
}

# RULES 1: "`--recompute` then confirms, moves or revokes it."
@test "15 the notice of 2027 comes on 2 January" {
    begin 2026-12-31T09:00
    given 政策咨询 tax >ids
    at 2027-01-02T09:00
    quiet escalate -q
    with ''
    printf '%s\n' 'calendar: china' 'source: s' 'licence: l' 'notices:' '  - title: t' '    issued: 2027-01-02' \
        '    url: https://example.org/' '    covers: 2027' '    off:' '      2027-01-01..2027-01-03: 元旦' \
        >share/calendars/china/2027.yaml
    gives 0 $'1\t2027-01-04T23:59:59+08:00\t2027-01-04T23:59:59+08:00' "" bash -c 'sla-check --recompute | cut -f 1-3'
    same "$(day) $(sql 'SELECT provisional FROM v_ticket')" "2027-01-04 0"
    gives 0 "" "" escalate --now 2027-01-04T23:59:59
    quiet escalate --now 2027-01-05T00:00
    same "$(sql "SELECT level, level_began, provisional FROM v_supervision")" "yellow|2027-01-05T00:00:00+08:00|0"
    at 2027-01-05
    sound
}

# RULES 5: "extension: asked before due, reason, approved, at most 10 working days more ...; counts from the
# original start." RULES 1: "a deadline ... past the horizon is marked so wherever it is printed"
@test "16 an extension by ten working days over the turn of the year" {
    begin 2026-12-21T10:00
    given 投诉 tax >ids
    quiet ticket-extend --days 10 --reason x 1
    quiet ticket-extend --approve 1
    same "$(day)" 2027-01-12
    same "$(sla-check -q | cut -f 3,8)" $'2027-01-12T23:59:59+08:00\tprovisional'
    sound
}

# RULES 5: "extension: asked before due"
@test "17 an extension asked for in the due second, and a second later" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    given 投诉 tax >>ids
    at 2026-11-09T23:59:59
    quiet ticket-extend --days 3 --reason x 1
    at 2026-11-10T00:00:00
    call ticket-extend --days 3 --reason x 2
    same "$status $output" "2 "
    [[ $stderr == "ticket-extend: 2: ask for an extension: "* ]]
    sound
}

# RULES 4: "A level says what was known." RULES 5: the extension "counts from the original start"
@test "18 asked for before the deadline, granted after it: yellow stays, the deadline is new" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    at 2026-11-09T10:00
    quiet ticket-extend --days 3 --reason x 1
    quiet escalate --now 2026-11-10T00:05
    at 2026-11-10T10:00
    quiet ticket-extend --approve 1
    same "$(day)" 2026-11-12
    same "$(levels)" "tax|yellow|2026-11-10T00:00:00"
    sound
}

# RULES 5: "at most 10 working days more and once per round"
@test "19 eleven days, and a second extension in a round, are refused" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    call ticket-extend --days 11 --reason x 1
    same "$status $output" "2 "
    [[ $stderr == *": 1: ask for an extension: "*10* ]]
    quiet ticket-extend --days 10 --reason x 1
    quiet ticket-extend --approve 1
    call ticket-extend --days 1 --reason x 1
    same "$status $output $(day)" "2  2026-11-23"
    sound
}

# RULES 4: "While a clock stands still no level begins"
@test "20 suspended when it is overdue: the level stays, the rest of the ladder waits" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    quiet escalate --now 2026-11-10T00:05
    at 2026-11-12T10:00
    quiet supervision-reply --text 已整改 1
    quiet ticket-suspend --reason 等待上级批复 --basis b 1
    quiet ticket-suspend --approve 1
    gives 0 "" "" escalate --now 2026-11-20T00:05
    same "$(levels)" "tax|yellow|2026-11-10T00:00:00"
    at 2026-11-20T10:00
    quiet ticket-resume 1 # on a Friday; three working days over, the 10th to 12th: orange waits for the clock alone
    quiet escalate --now 2026-11-21
    same "$(levels | tail -1)" "tax|orange|2026-11-21T00:00:00"
    at 2026-11-21
    sound
}

# RULES 4: "a suspension granted before the due second stands from that second on"
@test "21 suspended on the day of the deadline before it: no yellow" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    at 2026-11-09T17:30
    quiet ticket-suspend --reason 等待上级批复 --basis b 1
    quiet ticket-suspend --approve 1
    gives 0 "" "" escalate --now 2026-11-10T00:10
    gives 0 "" "" escalate --now 2026-11-20T00:10
    same "$(levels)" ""
    sound
}

# RULES 5: "suspension: ...; the working days left resume on the next working day."
@test "22 a suspension over New Year: what is left goes on with the next working day" {
    begin 2026-12-28T10:00
    given 投诉 tax >ids
    at 2026-12-29T10:00
    quiet ticket-suspend --reason 等待上级批复 --basis b 1
    quiet ticket-suspend --approve 1
    at 2027-01-05T10:00
    quiet ticket-resume 1 # four of five days are left
    same "$(day) $(sql 'SELECT provisional FROM v_ticket')" "2027-01-11 1"
    sound
}

# RULES 5: "Gross and net days."
@test "23 answered while its clock stands still: eight days gross, one net" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    at 2026-11-03T10:00
    quiet ticket-suspend --reason 等待上级批复 --basis b 1
    quiet ticket-suspend --approve 1
    at 2026-11-12T10:00
    quiet ticket-answer --text 答 1
    same "$(sql "SELECT gross_days, net_days FROM round")" "8|1"
    [[ $(ticket-show 1) == *8*1* ]]
    same "$(levels)" ""
    sound
}

# redone TIME: ticket 1, of tax with commerce, was answered on 3 November and is to be done again since TIME.
redone() {
    begin 2026-11-02T10:00
    given 投诉 tax --assist commerce >ids
    at 2026-11-03T10:00
    quiet ticket-answer --by commerce --text 协办 1
    quiet ticket-answer --text 第一次答复 1
    quiet ticket-rate --score 1 1
    at "$1"
    quiet ticket-follow --outcome redo --text 未解决 1
}

# RULES 5, the plan of 2023: "企业有进一步办理需求的,交办承办单位继续办理": then redo
@test "24 to be done again at a minute to midnight: a fresh clock from the next working day" {
    redone 2026-11-04T23:59
    same "$(day)" 2026-11-11
    same "$(sql "SELECT org, role, due FROM v_route WHERE round = 2 ORDER BY id")" "tax|lead|2026-11-11T23:59:59+08:00
commerce|assist|2026-11-11T23:59:59+08:00"
    [[ $(ticket-show 1) == *第一次答复* ]]
    sound
}

# RULES 4: "Each level fires once per party and round"
@test "25 late in the second round: a ladder of its own" {
    redone 2026-11-04T10:00
    quiet escalate --now 2026-11-20T00:05
    same "$(levels | grep ^tax)" "tax|yellow|2026-11-12T00:00:00
tax|orange|2026-11-17T00:00:00
tax|red|2026-11-19T00:00:00"
    same "$(sql "SELECT DISTINCT round FROM v_supervision") $(accountability-list | wc -l)" "2 1"
    at 2026-12-01T09:00
    same "$(figure 2026-11 on-time)" 1/1 # of the first round
    sound
}

# RULES 4: "Assists are judged like leads, on a ladder of their own (choice: yellow only), shown by sla-check with their
# role, reminded, and counted apart."
@test "26 the lead in time, an assist late: it shows" {
    begin 2026-11-02T10:00
    given 投诉 tax --assist commerce >ids
    at 2026-11-09T10:00
    quiet ticket-answer --text 答 --without 协办未答 1
    at 2026-11-10T00:05
    quiet escalate
    same "$(levels)" "commerce|yellow|2026-11-10T00:00:00"
    same "$(sla-check --overdue | cut -f 1,2,5,9)" $'1\tyellow\tcommerce\tassist'
    quiet ticket-answer --by commerce --text 协办 1
    at 2026-12-01T09:00
    same "$(figure 2026-11 on-time)" 1/1
    sound
}

# RULES 4: "Each party (lead, assist) has its own clock"
@test "27 the lead's time is extended, the assist's is not" {
    begin 2026-11-02T10:00
    given 投诉 tax --assist commerce >ids
    quiet ticket-extend --days 10 --reason x 1
    quiet ticket-extend --approve 1
    at 2026-11-16T09:00
    same "$(sla-check --overdue | cut -f 1,3,5,9)" $'1\t2026-11-09T23:59:59+08:00\tcommerce\tassist'
    quiet escalate
    same "$(levels)" "commerce|yellow|2026-11-10T00:00:00"
    sound
}

# RULES 5: "repeats are joined to the one received first, whatever its number; the survivor keeps the earliest running
# deadline and every level"
@test "28 the ticket received first is not joined to a later one" {
    begin 2026-11-02T10:00
    given 政策咨询 tax >ids
    at 2026-11-03T10:00
    given 其他 tax >>ids
    call ticket-merge --into 2 1
    same "$status $output" "2 "
    quiet ticket-merge --into 1 2
    same "$(day 1) $(sql "SELECT callers, merged_into FROM ticket WHERE id = 1")" "2026-11-03 2|"
    at 2026-11-10T10:00
    quiet ticket-answer --text 答 1
    same "$(levels | cut -d '|' -f 2 | xargs)" "yellow orange"
    at 2026-12-01T09:00
    same "$(figure 2026-11 on-time)" 0/1
    sound
}

# RULES 5: as 28
@test "29 a red ticket and one of today: the breach stays in the rate" {
    begin 2026-11-02T10:00
    given 政策咨询 tax >ids
    at 2026-11-12T10:00
    quiet escalate
    given 政策咨询 tax >>ids
    call ticket-merge --into 2 1
    same "$status" 2
    quiet ticket-merge --into 1 2
    quiet ticket-answer --text 答 1
    same "$(levels | cut -d '|' -f 2 | xargs)" "yellow orange red"
    at 2026-12-01T09:00
    same "$(figure 2026-11 due) $(figure 2026-11 on-time)" "1/- 0/1"
    sound
}

# RULES 5: "joining across enterprises asks for a reason"
@test "30 two enterprises, one matter: not without a reason" {
    begin 2026-11-02T10:00
    new 2026-11-02T10:00 --enterprise 甲公司 >ids
    new 2026-11-02T10:00 --enterprise 乙公司 >>ids
    call ticket-merge --into 1 2
    same "$status $output" "2 "
    [[ $stderr == *reason* ]]
    quiet ticket-merge --into 1 --reason 同一路段停电 2
    same "$(sql "SELECT callers FROM ticket WHERE id = 1")" 2
    sound
}

# ruled: ticket 1 was given back by tax and commerce, and a conference gave it to finance.
ruled() {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    quiet ticket-return --reason 不属于本单位职责 --basis b 1
    quiet ticket-return --approve 1
    quiet ticket-route --to commerce 1
    quiet ticket-return --reason 不属于本单位职责 --basis b 1
    quiet ticket-return --approve 1
    same "$(sql "SELECT state FROM v_ticket WHERE id = 1")" conference
    quiet ticket-confer --lead finance --basis 会议纪要 --words 甲 1
}

# RULES 5: "the second return of a ticket goes to conference, whose ruling names lead and assists"; "a ruling goes into
# the catalogue"
@test "31 given back twice: a conference, and its ruling heads the catalogue" {
    ruled
    same "$(sql "SELECT state, lead FROM v_ticket WHERE id = 1")" "dispatched|finance"
    same "$(ticket-new -q --title 甲 | ticket-route -q - | cut -f 2,4)" $'finance\truling-1'
    sound
}

# RULES 5: "after a ruling there is no third return, only a new conference opened by the center"
@test "32 after the ruling it is not given back" {
    ruled
    call ticket-return --reason 不属于本单位职责 --basis b 1
    same "$status $output" "2 "
    quiet ticket-confer --reason 新情况 1
    same "$(sql "SELECT state FROM v_ticket WHERE id = 1")" conference
    sound
}

# RULES 5: "return (退单): within 2 working days of dispatch"
@test "33 given back on the second working day, and on the third" {
    begin 2026-11-06T10:00
    given 投诉 tax >ids
    given 投诉 tax >>ids
    at 2026-11-10T23:59:59
    quiet ticket-return --reason 不属于本单位职责 --basis b 1
    at 2026-11-11T00:00
    call ticket-return --reason 不属于本单位职责 --basis b 2
    same "$status $output" "2 "
    sound
}

# RULES 5: "2, 1: follow-up of every one (100 %) ..., then redo, explained close, or invalid"
@test "34 a bad rating: no explained close before the follow-up" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    quiet ticket-answer --text 答 1
    quiet ticket-rate --score 1 1
    quiet ticket-close --explained --reason 政策不允许 --basis b 1
    gives 2 "" "ticket-close: 1: grant an explained close: its rating was not followed up yet" ticket-close --approve 1
    same "$(ticket-follow | cut -f 1)" 1
    quiet ticket-follow --outcome explained --text 已解释 1
    quiet ticket-close --approve 1
    same "$(sql "SELECT state, closed_as FROM v_ticket")" "closed|explained"
    sound
}

# late_rating: a rating of 1 for closed ticket 1 is taken, and followed up.
late_rating() {
    quiet ticket-rate --score 1 1
    same "$(ticket-follow | cut -f 1)" 1
    quiet ticket-follow --outcome redo --text 未解决 1
    same "$(sql "SELECT state, round FROM v_ticket")" "dispatched|2"
}

# RULES 5: "A rating that comes within 15 working days (choice) after an unrated or explained close is taken and
# followed up like any other."
@test "35 closed as explained two minutes after the answer: the enterprise can still rate" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    quiet ticket-answer --text 答 1
    at 2026-11-02T10:02
    quiet ticket-close --explained --reason 政策不允许 --basis b 1
    quiet ticket-close --approve 1
    at 2026-11-20T10:00
    late_rating
    sound
}

# RULES 5: as 35
@test "36 a bad rating after the close without one is heard" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    quiet ticket-answer --text 答 1
    at 2026-11-11T09:00
    quiet ticket-close --unrated
    same "$(sql "SELECT closed_as FROM v_ticket")" not-rated
    at 2026-11-12T09:00
    late_rating
    sound
}

# RULES 5: "invalid (out of the rate, listed)"
@test "37 a rating found invalid is out of the rate" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    given 投诉 tax >>ids
    quiet ticket-answer --text 答 1 2
    quiet ticket-rate --score 1 1
    quiet ticket-rate --score 5 2
    quiet ticket-follow --outcome invalid --text 误按 1
    at 2026-12-01T09:00
    same "$(figure 2026-11 satisfied) $(figure 2026-11 rated)" "1/1 1/-"
    sound
}

# RULES 5: "rating, five levels, by the enterprise (or the center that heard it; never by a party of the ticket)"
@test "38 a handler does not rate itself" {
    begin 2026-11-02T10:00
    given 投诉 tax --assist commerce >ids
    quiet ticket-answer --text 答 --without 协办未答 1
    refused=$(everything)
    for org in tax commerce; do
        call ticket-rate --by $org --score 5 1
        same "$status $output" "2 "
    done
    same "$(everything)" "$refused"
    quiet ticket-rate --by center --score 5 1
    sound
}

# RULES 5: "with reason and basis"; a blank one is none
@test "39 blank reasons are refused" {
    begin 2026-11-02T10:00
    given 投诉 tax --assist commerce >ids
    refused=$(everything)
    for words in "ticket-answer --text 答 --without" "ticket-suspend --reason 等待上级批复 --basis" \
        "ticket-extend --days 1 --reason" "ticket-return --reason 不属于本单位职责 --basis" "ticket-confer --reason"; do
        for blank in '' ' ' '　'; do
            call $words "$blank" 1
            same "$words: $status $output" "$words: 2 "
        done
    done
    same "$(everything)" "$refused"
    sound
}

# RULES 4: "对平台交办超期工单": "Each party has its own clock from the moment it was dispatched to it"; "The center has
# a clock too: dispatch on the day of receipt"
@test "40 dispatched three days after the deadline, answered in an hour: the center's breach" {
    begin 2026-11-02T10:00
    new 2026-11-02T10:00 --kind 政策咨询 >ids
    at 2026-11-06T09:00
    quiet ticket-route --to tax 1
    at 2026-11-06T10:00
    quiet ticket-answer --text 答 1
    same "$(levels)" "center|dispatch-late|2026-11-03T00:00:00"
    at 2026-12-01T09:00
    same "$(figure 2026-11 on-time) $(figure 2026-11 party-on-time org tax)" "0/1 1/1" # the enterprise's, the department's
    sound
}

# RULES 4: "a ticket that lies in the pool past it is the center's breach, supervised by the business-environment office,
# never an order against nobody"
@test "41 a ticket lies in the pool for weeks: the center owes, nobody is brought to account" {
    begin 2026-11-02T10:00
    new 2026-11-02T10:00 --kind 政策咨询 >ids
    quiet escalate --now 2026-11-20T00:05
    at 2026-11-20T09:00
    same "$(supervision-list | cut -f 1-4)" $'1\tdispatch-late\tbusiness-environment-office\tcenter'
    gives 1 "" "" accountability-list
    sound
}

# RULES 7: "where complaints about a department's execution pass a threshold, a supervision ticket is opened"
# The plan of 2019: "企业反映强烈"
@test "42 five dissatisfied answers: one order of supervision, once" {
    begin 2026-11-02T10:00
    { echo 编号,政策类型,部门,评分,意见; seq 5 | sed 's/.*/&,loans,市税务局,1,不落实/'; } |
        survey-add -q --csv - --source 问卷 >out
    survey-supervise >opened
    same "$(cut -f 2,3 opened)" $'tax\t5'
    gives 0 "" "" survey-supervise
    same "$(supervision-list | cut -f 2-4)" $'order\tcenter\ttax'
    sound
}

# RULES 4: "consultations (征求意见), survey tickets and other errands of the center are no requests of enterprises; no
# ladder judges an association, and they are in no figure of requests"
@test "43 an association gives no opinion: no level, no request" {
    begin 2026-11-02T10:00
    quiet association-add --code a1 --name 测试协会
    echo 第一条 >draft
    quiet consult-open --title 办法 --draft draft --from finance --until 2026-11-06 --association a1
    gives 0 "" "" escalate --now 2026-12-16
    at 2026-12-16T09:00
    gives 1 "" "" supervision-list
    same "$(figure 2026-11 received) $(figure 2026-11 due)" "0/- 0/-"
    sound
}

# RULES 4: "An order without a reply in time raises the next level". The plan of 2019: "对于整改落实不力的部门单位,由市营商办
# 进行二次督办,对于二次督办仍不能整改到位的,进行严肃问责处理"
@test "44 an order is not replied to in time: it shows, and the next level begins" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    at 2026-11-10T10:00
    quiet ticket-answer --text 答 1
    same "$(levels)" "tax|yellow|2026-11-10T00:00:00"
    at 2026-11-13T00:00 # the reply was due by the end of the 12th
    same "$(supervision-list --late | cut -f 2,4,11)" $'yellow\ttax\tlate'
    quiet escalate
    same "$(levels | tail -1)" "tax|orange|2026-11-13T00:00:00"
    quiet escalate --now 2026-11-18T00:00
    same "$(levels | tail -1)" "tax|red|2026-11-18T00:00:00"
    at 2026-11-18
    sound
}

# RULES 4: "replies late or missing are figures"
@test "45 a late reply is kept as late" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    at 2026-11-10T10:00
    quiet ticket-answer --text 答 1
    at 2026-11-13T10:00
    quiet supervision-reply --level yellow --text 已整改 1
    same "$(supervision-list --replied --late | cut -f 2,11)" $'yellow\treplied-late'
    at 2026-12-01T09:00
    same "$(figure 2026-11 orders-late)" 1/2 # orange began meanwhile
    sound
}

# The list of tasks of 2023 is addressed to "徐州经济技术开发区、徐州高新技术产业开发区、徐州淮海国际港务区"
@test "46 the zones of the city are regions" {
    begin 2026-11-02T10:00
    printf '%s\n' 工单编号,标题,区域,受理时间 Z1,路灯,徐州高新技术产业开发区,2026-11-02 Z2,路灯,高新区,2026-11-02 \
        Z3,路灯,徐州淮海国际港务区,2026-11-02 Z4,路灯,港务区,2026-11-02 Z5,路灯,铜山,2026-11-02 >z.csv
    ticket-new -q --csv z.csv --source 12345 >out
    same "$(sql "SELECT region FROM v_ticket" | xargs)" "xuzhou-hitech xuzhou-hitech huaihai-port huaihai-port 320312"
    sound
}

# 优化营商环境条例 article 62: "向社会公开征求意见一般不少于30日". RULES.md does not speak of it.
@test "47 a draft that is out for one day" {
    begin 2026-11-02T10:00
    echo 第一条 >draft
    call consult-open --title 办法 --draft draft --from finance --until 2026-11-03 --to tax
    same "$status" 0
    same "$(sql "SELECT substr(due, 1, 10) FROM v_ticket")" 2026-11-03
    sound
}

# paper ID OPTION...: a policy that is applied for, and a line for each field that is another.
paper() {
    local id=$1 field
    shift
    printf '%s\n' "id: $id" "title: 关于$id的通知" "document: 徐示〔2026〕$id号" 'issuer: 市税务局' 'level: city' \
        'kind: application' 'class: jobs' 'summary: 摘要' 'interpreter: 王某' "phone: '83730000'" 'issued: 2026-10-26' \
        'valid_from: 2026-10-26' 'valid_to: 2026-11-30' 'apply: https://example.org/' 'applicants: 企业' \
        'conditions: 条件' 'materials: 材料' \
        'procedure: 流程' 'promised: 5日' 'criteria: staff >= 10' >"$id.yaml"
    for field; do sed -i "s|^${field%%:*}: .*|$field|" "$id.yaml"; done
}

# RULES 7: "A policy that lacks one is refused with the name of what is missing"; "Application policies are listed by
# days left"; "expired ones are withdrawn and never pushed"; "a missing fact is never a no"
@test "48 policies: late, expired, in order, with what is missing, with an unknown fact" {
    begin 2026-11-02T10:00
    paper a
    paper b 'valid_to: 2026-11-10'
    paper c 'valid_to: 2026-11-01'
    quiet policy-add a.yaml b.yaml c.yaml
    sed '/^materials/d' a.yaml | sed 's/^id: a/id: d/; s/a号/d号/' >d.yaml
    call policy-add d.yaml
    same "$status $output" "2 "
    [[ $stderr == *materials* ]]
    same "$(policy-list | cut -f 1 | xargs)" "b a"
    quiet enterprise-add --code 91320300MA00002690 --name 甲公司
    same "$(policy-match --all | cut -f 1,3 | xargs)" "b unknown a unknown"
    same "$(policy-push -q | wc -l)" 0
    same "$(policy-check --only expired,late-published | cut -f 1,2 | sort | xargs)" \
        "a late-published b late-published c expired c late-published"
    sound
}

# RULES 7: "expired ones are ... never pushed". Of those that are not valid yet it does not speak: that they are pushed
# before it is the center's choice.
@test "49 a policy is pushed thirteen days before it is valid" {
    begin 2026-11-02T10:00
    paper a 'valid_from: 2026-11-15'
    quiet policy-add a.yaml
    quiet enterprise-add --code 91320300MA00002690 --name 甲公司 --staff 20 --as-of 2026-01-01
    same "$(policy-push | cut -f 2,5)" $'a\t91320300MA00002690'
    same "$(policy-push | wc -l)" 0
    sound
}

# RULES 5: "corrected (更正): kind, receipt, ...; reason; the first entry stays readable; the deadline is computed anew
# from the receipt and levels follow section 4"
@test "50 a wrong kind is corrected, with a reason, and the deadline with it" {
    begin 2026-11-02T10:00
    given 政策咨询 tax >ids
    quiet escalate --now 2026-11-04T00:05
    same "$(levels)" "tax|yellow|2026-11-04T00:00:00"
    at 2026-11-04T09:00
    call ticket-correct --kind 投诉 --reason ' ' 1
    same "$status" 2
    quiet ticket-correct --kind 投诉 --reason 录入错误 1
    same "$(day) $(levels)" "2026-11-09 "
    [[ $(ticket-show 1) == *policy-consultation*complaint* ]]
    sound
}

# RULES 5: "what waits for a decision (returns, extensions, suspensions, explained closes, revocations) is one list, oldest
# first, and who asked may not grant"
@test "51 what waits for the center's word is a list" {
    begin 2026-11-02T10:00
    for _ in 1 2 3 4 5; do given 投诉 tax; done >ids
    quiet escalate --now 2026-11-10T00:05
    at 2026-11-10T09:00
    quiet ticket-suspend --reason 等待上级批复 --basis b 3
    at 2026-11-10T09:01
    given 投诉 tax >>ids
    quiet ticket-return --reason 不属于本单位职责 --basis b 6
    quiet ticket-answer --text 答 4
    quiet ticket-close --explained --reason 政策不允许 --basis b 4
    at 2026-11-12T09:00
    quiet ticket-extend --days 2 --reason x 6
    quiet ticket-answer --text 答 --at 2026-11-06T09:00 5
    same "$(ticket-list --waiting | cut -f 1,2 | tr '\t\n' ' ;')" \
        "3 suspension;6 return;4 close;6 extension;5 revocation;"
    call ticket-extend --approve --by tax 6
    same "$status" 2
    sound
}

# RULES 2: "Received on a rest day: nothing else changes (choice: or "received" means the next working day)."
@test "52 what comes on a Saturday counts from the next working day, where rest_day_receipt says so" {
    begin 2026-11-21T10:00
    new 2026-11-21T10:00 --kind 政策咨询 >ids
    with 's/^rest_day_receipt: .*/rest_day_receipt: next-working-day/'
    new 2026-11-21T10:00 --kind 政策咨询 >>ids
    same "$(day 1) $(day 2)" "2026-11-23 2026-11-24"
    sound
}

# RULES 6: "Month of a figure is by what it counts: received in, due in, answered in, rated in."
@test "53 due in November, extended into December: the months of the figures" {
    begin 2026-11-23T10:00
    given 投诉 tax >ids
    same "$(day)" 2026-11-30
    quiet ticket-extend --days 5 --reason x 1
    quiet ticket-extend --approve 1
    same "$(day)" 2026-12-07
    at 2027-01-04T09:00
    for month in 2026-11 2026-12; do echo "$(figure $month due) $(figure $month extended)"; done >figures
    same "$(cat figures)" $'0/- 1/1\n1/- 0/0'
    sound
}

# RULES 4: "The ladder is data: level, threshold, organisation, document, reply due, accountability flag."
@test "54 a fourth level is a line of YAML" {
    with '/^  - level: dispatch-late/i\  - {level: black, name: 黑色, after: 10, supervisor: united-front, document: 通报}'
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    quiet escalate --now 2026-11-24T00:00
    same "$(levels)" "tax|yellow|2026-11-10T00:00:00
tax|orange|2026-11-13T00:00:00
tax|red|2026-11-17T00:00:00
tax|black|2026-11-24T00:00:00"
    at 2026-11-24
    sound
}

# RULES 7: "expired ones are withdrawn and never pushed"
@test "55 superseded, and past its last day: gone from the list" {
    begin 2026-11-02T10:00
    paper a
    paper b 'valid_to: 2026-11-05'
    paper c
    echo 'supersedes: a' >>c.yaml
    quiet policy-add a.yaml b.yaml
    quiet policy-add c.yaml
    same "$(policy-list | cut -f 1 | xargs)" "b c"
    at 2026-11-06T10:00
    same "$(policy-list | cut -f 1 | xargs)" c
    same "$(policy-list --state superseded --all | cut -f 1)" a
    same "$(policy-check --only expired | cut -f 1,2)" $'b\texpired'
    sound
}

# RULES 4: "A party that gave the ticket back in time, and was right, owes nothing: its levels are revoked when the return
# is granted, and the next party starts on a clock of its own."
@test "56 misrouted: yellow leaves who gave it back, and the next has a clock of its own" {
    begin 2026-11-02T10:00
    given 政策咨询 commerce >ids
    at 2026-11-03T16:00
    quiet ticket-return --reason 不属于本单位职责 --basis b 1
    quiet escalate --now 2026-11-04T00:05
    same "$(levels)" "commerce|yellow|2026-11-04T00:00:00"
    at 2026-11-04T10:00
    quiet ticket-return --approve 1
    same "$(levels)" ""
    quiet ticket-route --to finance 1
    gives 0 "" "" escalate --now 2026-11-05T23:59:59
    quiet escalate --now 2026-11-06T00:00
    same "$(levels)" "finance|yellow|2026-11-06T00:00:00"
    gives 1 "" "" supervision-list --org commerce
    at 2026-12-01T09:00
    same "$(figure 2026-11 party-due org commerce) $(figure 2026-11 party-due org finance)" "0/- 1/-"
    sound
}

# RULES 3: "Sign-in by the handler: 1 working day"
@test "57 a missed sign-in is in a list" {
    begin 2026-11-02T10:00
    given 投诉 tax >ids
    given 投诉 tax >>ids
    quiet ticket-accept 2
    at 2026-11-03T23:59:59
    gives 1 "" "" ticket-list --accept-overdue
    at 2026-11-04T00:00
    same "$(ticket-list --accept-overdue | cut -f 1-3)" $'1\t2026-11-03T23:59:59+08:00\ttax'
    sound
}
