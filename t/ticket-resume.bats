#!/usr/bin/env bats
# ticket-resume: a suspended clock runs again from the next working day on.

load lib/base
load lib/loop

# Ticket 1, of Monday 2 March 2026, led by tax, which finance assists; its clock stands still since
# the 4th. Ticket 2 in the pool.
suspended() {
    center
    new 2026-03-02T09:00 >ids
    new 2026-03-02T09:00 --source 12345 --ref A2 >>ids
    quiet ticket-route --now 2026-03-02T10:00 --to tax --assist finance 1
    quiet ticket-suspend --now 2026-03-04T10:00 --reason 不可抗力 --basis x 1
    quiet ticket-suspend --now 2026-03-04T11:00 --approve 1
    at 2026-03-10T15:00
}

@test "the days left resume on the next working day" {
    suspended
    gives 0 $'1\tresume\tdispatched\t2026-03-13T23:59:59+08:00\ttax\t甲' "" ticket-resume --text 材料已补齐 1
    same "$(fields 1 state suspended suspended_until due next_level)" "state=dispatched
due=2026-03-13T23:59:59+08:00
next_level=2026-03-14T00:00:00+08:00"
    same "$(sql "SELECT type, json_remove(data, '\$.calendar', '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'resumed|{"by":"tax","text":"材料已补齐","due":'"$(date -d 2026-03-13T23:59:59+08:00 +%s)"',"provisional":0,"next":'"$(date -d 2026-03-14T00:00+08:00 +%s)"'}'
    same "$(sql "SELECT until_at FROM suspension")" "$(date -d 2026-03-10T15:00+08:00 +%s)"
    same "$(sql "SELECT r.due_at = t.due_at FROM route r JOIN ticket t ON t.id = r.ticket_id WHERE role = 'lead'")" 1
    same "$(ticket-show --explain 1 | awk -F '\t' '$2 >= "2026-03-04" && $2 <= "2026-03-11" { print $4, $5, $6, $10 }')" \
        "yes 2 workday tax
no 2 paused -
no 2 paused -
no 2 weekend -
no 2 weekend -
no 2 paused -
no 2 paused -
yes 3 workday tax"
    refuses "ticket-resume: 1: resume: its clock is running" ticket-resume 1
    sound
}

@test "the state before stays: accepted is accepted" {
    suspended
    gives 0 $'1\taccept\taccepted\t2026-04-21T23:59:59+08:00\ttax\t甲' "" ticket-accept 1
    gives 0 $'1\tresume\taccepted\t2026-03-13T23:59:59+08:00\ttax\t甲' "" ticket-resume 1
    sound
}

@test "the lead alone, where the clock stands still, in these states" {
    suspended
    refuses "ticket-resume: 1: resume: that organisation does not lead it" ticket-resume --by finance 1
    refuses "ticket-resume: 1: resume: that organisation does not lead it" ticket-resume --by center 1
    refuses "ticket-resume: 2: resume: it is received (待派发); now: 派发 答复 会商 并单 不予受理 转办 撤回 作废" ticket-resume 2
    quiet ticket-route --to tax 2
    refuses "ticket-resume: 2: resume: its clock is running" ticket-resume 2
    quiet ticket-answer --text x --without y 1
    run ! ticket-resume 1
    [[ $stderr$output == *"resume: it is answered (已答复); now: 评价 "* ]]
    refuses "ticket-resume: 77: no such ticket" ticket-resume 77
}

@test "--at: after the suspension, not in the future" {
    suspended
    refuses "ticket-resume: 1: resume: that is before the suspension" ticket-resume --at 2026-03-04T10:59:59 1
    refuses "ticket-resume: 1: 2026-03-10T15:00:01+08:00 lies in the future" ticket-resume --at 2026-03-10T15:00:01 1
    refuses "ticket-resume: 1: 2026-03-02T08:00:00+08:00 lies before 2026-03-02T09:00:00+08:00, when the clock started" \
        ticket-resume --at 2026-03-02T08:00 1
    # entered five days late
    gives 0 $'1\tresume\tdispatched\t2026-03-10T23:59:59+08:00\ttax\t甲' "" ticket-resume --at 2026-03-05T10:00 1
    sound
}

@test "after the cap: the clock has run since, and what it passed has fired" {
    suspended
    at 2026-04-23T09:00
    gives 0 $'1\tresume\tdispatched\t2026-04-21T23:59:59+08:00\ttax\t甲' "" ticket-resume 1
    # of the lead and of the assist, whose clock stood still as long
    same "$(sql "SELECT lead, role, level, level_began FROM v_supervision ORDER BY role")" \
        "finance|assist|yellow|2026-04-22T00:00:00+08:00
tax|lead|yellow|2026-04-22T00:00:00+08:00"
    same "$(fields 1 suspended suspended_until next_level)" next_level=2026-04-25T00:00:00+08:00
    same "$(sql "SELECT until_at FROM suspension")" "$(date -d 2026-04-16T23:59:59+08:00 +%s)"
    sound
}

@test "standard input, --csv, -n, usage" {
    suspended
    before=$(everything)
    gives 0 $'1\tresume\tdispatched\t2026-03-13T23:59:59+08:00\ttax\t甲' "" bash -c 'echo 1 | ticket-resume -n -'
    same "$(everything)" "$before"
    printf '系统编号,时间\n1,2026/3/9 9:00\n2,2026/3/9 9:00\n' >acts.csv
    refuses "ticket-resume: acts.csv:3: resume: it is received (待派发); now: 派发 答复 会商 并单 不予受理 转办 撤回 作废
ticket-resume: 1 bad row: nothing was done; --rejects FILE does the rest" ticket-resume --csv acts.csv
    gives 2 $'1\tresume\tdispatched\t2026-03-12T23:59:59+08:00\ttax\t甲' \
        "ticket-resume: acts.csv:3: resume: it is received (待派发); now: 派发 答复 会商 并单 不予受理 转办 撤回 作废" \
        ticket-resume --csv acts.csv --rejects bad.csv
    same "$(wc -l <bad.csv)" 2
    refuses "ticket-resume: name the tickets, or a file with --csv; see ticket-resume -h" ticket-resume
    sound
}
