#!/usr/bin/env bats
# How a ticket is named: by its id, and by the number that its source gave it.

load lib/base

# Tickets 1 and 2 of two sources with the same number, 3 with one of its own, 4 without any.
tickets() {
    at 2026-03-02T09:00
    center
    printf '编号,标题,承办说明\nX1,甲,\n' >a.csv
    ticket-new --csv a.csv --received now --source 12345 >out
    ticket-new --csv a.csv --received now --source 平台 >>out
    printf '编号,标题\nX2,乙\n' >b.csv
    ticket-new --csv b.csv --received now --source 12345 >>out
    ticket-new --title 丙 >>out
}

@test "by the source's number, and by source and number" {
    tickets
    same "$(ticket-show ref:X2 | grep -c '	ref	X2$')" 1
    same "$(ticket-show 平台:X1 | head -n 1 | cut -f 1)" 2
    same "$(sla-check ref:X2 | cut -f 1)" 3
    gives 0 $'3\tnote\treceived\t2026-03-09T23:59:59+08:00\t-\t乙' "" ticket-note --text x ref:X2
    printf 'ref:X2\trest\n12345:X1\n' >ids
    same "$(ticket-note --text x - <ids | cut -f 1 | paste -sd ' ')" "3 1"
}

@test "several, none, half a name" {
    tickets
    gives 2 "" 'ticket-note: several tickets have the number "X1": 1 of 12345, 2 of 平台; write SOURCE:X1' \
        ticket-note --text x ref:X1
    gives 2 "" "ticket-note: no ticket has the source's number \"X9\"" ticket-note --text x ref:X9
    gives 2 "" 'ticket-note: no ticket has source "平台" and ref "X2"' ticket-note --text x 平台:X2
    for word in : ref: :X1 1:; do
        gives 2 "" "ticket-show: not an id: \"$word\"" ticket-show "$word" || [ "$word" = 1: ]
    done
    gives 2 "" 'ticket-show: standard input:1: not an id: "ref"' ticket-show - <<<ref
}

@test "as the first ticket, and in the rows of a file" {
    tickets
    gives 2 "" "ticket-merge: --into: no ticket has the source's number \"X9\"" ticket-merge --into ref:X9 2
    gives 2 "" 'ticket-merge: --into: not an id: "x"' ticket-merge --into x 2
    gives 0 $'2\tmerge\tclosed\t2026-03-09T23:59:59+08:00\t-\t甲' "" ticket-merge --into ref:X2 2
    printf '工单id,备注\nref:X2,x\n' >rows.csv
    ticket-route --to 市税务局 3 >out
    printf '工单id,签收时间\nref:X2,2026-03-02 09:00\n' >rows.csv
    gives 0 $'3\taccept\taccepted\t2026-03-09T23:59:59+08:00\ttax\t乙' "" ticket-accept --csv rows.csv
}

@test "the header of -H is passed over, once, and only as the first line" {
    tickets
    sh_run 'ticket-list -H | ticket-note --text x - | cut -f 1 | paste -sd " "'
    same "$status $output $stderr" "0 1 2 3 4 "
    gives 2 "" 'ticket-show: standard input:3: not an id: "id"' ticket-show - <<<$'\n\nid'
    gives 0 "$(org-list tax)" "" bash -c 'org-list -H tax | org-list $(tail -n 1 | cut -f 1)'
}

@test "an operand that is the value of a forgotten option: nothing is done" {
    tickets
    gives 2 "" 'ticket-route: not an id: "市科技局" (did you mean --to "市科技局"?); see ticket-route -h' \
        ticket-route 3 市科技局
    same "$(ticket-list --state received | wc -l)" 4
    ticket-route --to 市税务局 3 >out
    gives 2 "" 'ticket-answer: not an id: "已办理" (did you mean --text "已办理"?); see ticket-answer -h' \
        ticket-answer 3 已办理
    ticket-answer --text x 3 >out
    gives 2 "" 'ticket-rate: not an id: "满意" (did you mean --score "满意"?); see ticket-rate -h' ticket-rate 3 满意
    # what could be a mistyped id is reported and skipped, as ever
    gives 2 $'3\tnote\tanswered\t2026-03-09T23:59:59+08:00\ttax\t乙' 'ticket-note: not an id: "x4"' \
        ticket-note --text x x4 3
}
