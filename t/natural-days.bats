#!/usr/bin/env bats
# Kinds whose limit is of natural days, kinds of the same day, and what comes after the close.

load lib/base

own_config() {
    cp -r "$TREE/share" "$T/share"
    export QIFU_CONFIG=$T/share
}

# arrears DAYS: that kind's limit
arrears() {
    own_config
    sed -i "/kind: arrears/,/unit:/s/days: 30/days: $1/" share/center.yaml
}

# new KIND TIME: takes in a ticket, prints its id.
new() { ticket-new -q --kind "$1" --at "$2" --title "$1" | cut -f1; }
# given KIND TIME: the same, and dispatches it at once, so that the lead's clock is the ticket's.
given() {
    local id
    id=$(new "$@") && ticket-route -q --by city-government-office --to tax --at "$2" "$id" >/dev/null && echo "$id"
}
# due ID: when the ticket is due, whoever has it
due() { sla-check --now 2000-01-01 "$1" | cut -f10; }

# ends KIND RECEIVED DAY
ends() { same "$2 $(due "$(new "$1" "$2")")" "$2 $3T23:59:59+08:00"; }

# overdue ID TIME DAYS: so many working days at that second, or left
overdue() { same "$2 $(sla-check --now "$2" "$1" | cut -f4)" "$2 $3"; }

@test "natural days roll over rest days, not over a make-up Saturday, as workday add --natural does" {
    arrears 15
    center
    ends 拖欠账款 2025-09-18T10:00 2025-10-09
    ends 拖欠账款 2025-09-26T23:59 2025-10-11
    ends 拖欠账款 2026-02-01T10:00 2026-02-24
    while read -r day; do
        ends arrears "${day}T10:00" "$(workday add --natural "$day" 15)" || return
    done < <(workday list 2025-12-20 2026-01-20 | cut -f1)
}

@test "30 days, what ships: provisional past the calendar's end" {
    at 2026-03-02T10:00
    center
    gives 0 $'1\t2026-04-01T23:59:59+08:00\tarrears' "" ticket-new --kind 拖欠中小企业账款 --title 工程款
    at 2026-12-10T10:00
    gives 0 $'2\t2027-01-11T23:59:59+08:00\tarrears' "" ticket-new --kind 清欠 --title 工程款
    same "$(sql "SELECT group_concat(provisional) FROM v_ticket")" 0,1
}

@test "what is left and what is overdue are working days" {
    arrears 15
    center
    id=$(given 拖欠账款 2025-09-18T10:00)
    overdue "$id" 2025-09-18T12:00 -10
    overdue "$id" 2025-09-30T12:00 -1
    overdue "$id" 2025-10-04T12:00 -1
    overdue "$id" 2025-10-09T23:59:59 0
    overdue "$id" 2025-10-10T23:59:59 0
    overdue "$id" 2025-10-11T00:00 1
    overdue "$id" 2025-10-12T12:00 2
    overdue "$id" 2025-10-14T00:00 3
}

@test "the ledger shows every natural day counted, and to where the last one rolls" {
    arrears 15
    center
    id=$(new 拖欠账款 2025-09-18T10:00)
    sla-check --explain "$id" >ledger
    same "$(cut -f 2,4,5,6 ledger | tr '\t' ' ' | sed -n '1,4p;15,23p')" "2025-09-18 no 0 receipt
2025-09-19 yes 1 workday
2025-09-20 yes 2 weekend
2025-09-21 yes 3 weekend
2025-10-02 yes 14 holiday
2025-10-03 yes 15 holiday
2025-10-04 no 15 holiday
2025-10-05 no 15 holiday
2025-10-06 no 15 holiday
2025-10-07 no 15 holiday
2025-10-08 no 15 holiday
2025-10-09 no 15 rolled
2025-10-10 yes 16 workday"
    [[ $(head -n 1 ledger) == *"拖欠中小企业账款：15 个自然日（当日不计，民法典第201条；末日遇休息日顺延，第203条；"* ]]
    [[ $(sed -n 22p ledger) == *"期限 2025-10-09T23:59:59+08:00"* ]]
    [[ $(sla-check --explain -F table "$id" | sed 's/  */ /g') == *"2025-10-09 周四 不计 15 顺延 "* ]]
    # one that ends on a working day rolls nowhere
    id=$(new 拖欠账款 2025-09-26T10:00)
    same "$(sla-check --explain "$id" | grep -c rolled)" 0
}

@test "a pause stops the count of natural days too" {
    arrears 15
    at 2025-09-18T10:00
    center
    id=$(new 拖欠账款 2025-09-18T10:00)
    ticket-route -q --to tax "$id" >out
    at 2025-09-20T10:00
    ticket-suspend -q --reason 等待上级批复 --basis x "$id" >out
    ticket-suspend -q --approve "$id" >out
    at 2025-09-27T10:00
    ticket-resume -q "$id" >out
    # 2 days until the 20th, 13 after the 27th: 10 October
    same "$(due "$id")" 2025-10-10T23:59:59+08:00
    same "$(sla-check --explain "$id" | awk -F '\t' '$6 == "paused" { print $2, $4, $5 }' | sed -n '1p;$p')" \
        $'2025-09-21 no 2\n2025-09-27 no 2'
    at 2025-10-13T10:00
    same "$(escalate | cut -f2)" yellow
    gives 0 "" "" sla-check --recompute
    ticket-answer -q --text x "$id" >out
    # net days are working days
    same "$(sql "SELECT gross_days, net_days FROM round")" "13|8"
    gives 0 "" "" center-check -q
}

@test "an extension of the kind's own days and number: 90 natural days at most" {
    at 2026-03-02T10:00
    center
    new arrears 2026-03-02T10:00
    ticket-route -q --to tax 1 >out
    gives 2 "" "ticket-extend: 1: ask for an extension: the days are missing: --days (1 to 60 natural days)" \
        ticket-extend --reason 疑难 1
    gives 2 "" "ticket-extend: 1: ask for an extension: of 1 to 60 natural days" ticket-extend --days 61 --reason 疑难 1
    ticket-extend -q --days 60 --reason 疑难 --basis 负责人批准 1 >out
    ticket-extend -q --approve 1 >out
    same "$(due 1)" "$(workday add --natural 2026-03-02 90)T23:59:59+08:00"
    gives 0 "" "" sla-check --recompute
    # back for another round: its clock is of natural days again
    ticket-answer -q --text x 1 >out
    ticket-rate -q --score 2 1 >out
    at 2026-03-10T10:00
    ticket-follow -q --outcome redo --text x 1 >out
    same "$(due 1)" "$(workday add --natural 2026-03-10 30)T23:59:59+08:00"
    gives 0 "" "" center-check -q
    own_config
    sed -i '/kind: arrears/,/extension_days/s/extension_days: 60/extension_days: 0/' share/center.yaml
    gives 2 "" "ticket-extend: 1: ask for an extension: this kind has none" ticket-extend --days 5 --reason 疑难 1
}

@test "an assist's part has natural days too" {
    at 2026-03-02T10:00
    center
    new arrears 2026-03-02T10:00
    at 2026-03-05T10:00
    ticket-route -q --to tax --assist finance 1 >out
    same "$(sql "SELECT due FROM v_route WHERE role = 'assist'")" \
        "$(workday add --natural 2026-03-05 30)T23:59:59+08:00"
}

@test "where the configuration's unit changes, open tickets change with --recompute" {
    arrears 15
    at 2026-03-02T10:00
    center
    id=$(new 拖欠账款 2026-03-02T10:00)
    same "$(due "$id")" 2026-03-17T23:59:59+08:00
    sed -i 's/unit: natural/unit: working/' share/center.yaml
    sla-check -q --recompute >out
    same "$(due "$id")" 2026-03-23T23:59:59+08:00
    gives 0 "" "" center-check -q
}

@test "a unit that is none" {
    own_config
    sed -i 's/unit: natural/unit: calendar/' share/center.yaml
    run --separate-stderr center-init -q
    same "$stderr" "center-init: $QIFU_CONFIG/center.yaml:$(grep -n 'unit: calendar' share/center.yaml | cut -d: -f1): \"unit\" must be working or natural"
}

@test "urgent: on the day of receipt, or the next working day" {
    center
    ends 紧急 2026-03-02T10:00 2026-03-02
    ends 急件 2026-02-28T10:00 2026-02-28 # a make-up Saturday
    ends urgent 2026-03-07T10:00 2026-03-09
    ticket-route -q --by city-government-office --to tax --at 2026-03-07T10:00 3 >out
    overdue 3 2026-03-07T12:00 -1
    overdue 3 2026-03-09T12:00 0
    overdue 3 2026-03-10T23:59 0
    overdue 3 2026-03-11T00:00 1
    gives 0 $'4\t'"$(date +%F)"$'T23:59:59+08:00\turgent' "" ticket-new --now "$(date +%F)T08:00" --title 加急：厂区停电 ||
        [ "$(workday is "$(date +%F)")" != yes ]
}

@test "after the close of business: the next working day, where the configuration says so" {
    own_config
    sed -i 's/^rest_day_receipt: counts-as-is/rest_day_receipt: next-working-day/
        s/^day_end: "24:00"/day_end: "17:30"/' share/center.yaml
    center
    close() { same "$2 $(due "$(new "$1" "$2")")" "$2 $3T17:30:00+08:00"; }
    close 政策咨询 2026-11-20T17:30:00 2026-11-23
    close 政策咨询 2026-11-20T18:00 2026-11-24 # a Friday: Monday's, due on Tuesday
    close 政策咨询 2026-11-21T10:00 2026-11-24
    close 政策咨询 2026-11-21T18:00 2026-11-24
    close 政策咨询 2026-11-22T18:00 2026-11-24
    close 政策咨询 2026-11-23T17:30:01 2026-11-25
    close 政策咨询 2026-02-27T18:00 2026-03-02 # the next day is a make-up Saturday
    close 紧急 2026-11-23T18:00 2026-11-24
    close 拖欠账款 2026-03-02T18:00 2026-04-02
    # the ledger and a recomputation start on the same day
    same "$(sla-check --explain 2 | head -n 2 | cut -f 2,4)" $'2026-11-23\tno\n2026-11-24\tyes'
    escalate >out # what the center has not dispatched by its own clock
    gives 0 "" "" sla-check --recompute
    sed -i 's/^day_end: "17:30"/day_end: "24:00"/' share/center.yaml
    same "$(due "$(new 政策咨询 2026-11-20T23:59:59)")" 2026-11-23T23:59:59+08:00
}
