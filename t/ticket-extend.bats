#!/usr/bin/env bats
# ticket-extend: asked before due, at most so many days, once a round; the center grants or refuses;
# the new limit counts from the original start.

load lib/base
load lib/loop

# Ticket 1, of Monday 2 March 2026, due on the 9th; led by tax, which finance assists.
dispatched() {
    center
    new 2026-03-02T09:00 >ids
    quiet ticket-route --now 2026-03-02T10:00 --to tax --assist finance 1
    at 2026-03-04T15:00
}

ask() { ticket-extend --reason 需现场核查 "$@"; }

@test "asked and granted: the limit counts from the original start" {
    dispatched
    gives 0 $'1\task for an extension\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲' "" \
        ask --days 3 --basis 办法第9条 1
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'extension-asked|{"by":"tax","reason":"需现场核查","basis":"办法第9条","days":3}'
    same "$(fields 1 due next_level)" $'due=2026-03-09T23:59:59+08:00\nnext_level=2026-03-10T00:00:00+08:00'
    gives 0 $'1\tgrant an extension\tdispatched\t2026-03-12T23:59:59+08:00\ttax\t甲' "" ticket-extend --approve 1
    # the lead's: the assist's clock, the next to run out, stays
    same "$(fields 1 due next_level)" $'due=2026-03-12T23:59:59+08:00\nnext_level=2026-03-10T00:00:00+08:00'
    same "$(sql "SELECT limit_days FROM ticket; SELECT due_at = (SELECT due_at FROM ticket) FROM route ORDER BY id")" \
        $'8\n1\n0'
    same "$(sql "SELECT type, json_extract(data, '\$.by', '\$.limit') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'extended|["center",8]'
    ticket-show --explain 1 >ledger
    same "$(awk -F '\t' '$4 == "yes" && $5 <= 8 { print $2 }' ledger | cut -c 6- | xargs)" \
        "03-03 03-04 03-05 03-06 03-09 03-10 03-11 03-12"
    [[ $(grep $'\t2026-03-04\t' ledger) == *"延期 2026-03-04T15:00:00+08:00"* ]]
    [[ $(grep $'\t2026-03-12\t' ledger) == *"期限 2026-03-12T23:59:59+08:00"* ]]
    same "$(sla-check --now 2026-03-10 1 | cut -f 2-5,9,10)" $'-\t2026-03-12T23:59:59+08:00\t-2\ttax\tlead\t2026-03-12T23:59:59+08:00
yellow\t2026-03-09T23:59:59+08:00\t0\tfinance\tassist\t2026-03-12T23:59:59+08:00'
    same "$(escalate --now 2026-03-12T23:59:59 | cut -f 2,6)" $'yellow\tfinance'
    same "$(escalate --now 2026-03-13 | cut -f 2,6)" $'yellow\ttax'
    sound
}

@test "an extension over a holiday skips its days" {
    center
    # Friday 13 February 2026: 14, 24, 25, 26, 27, 28 February, 2 and 3 March
    new 2026-02-13T09:00 >ids
    quiet ticket-route --now 2026-02-13T10:00 --to tax 1
    at 2026-02-27T23:59:59
    quiet ask --days 3 1
    quiet ticket-extend --approve 1
    same "$(fields 1 due)" due=2026-03-03T23:59:59+08:00
}

@test "refused: the deadline stays, and it may be asked again" {
    dispatched
    quiet ask --days 3 1
    gives 0 $'1\trefuse an extension\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲' "" \
        ticket-extend --reject --text 理由不足 1
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'extension-refused|{"by":"center","text":"理由不足"}'
    quiet ask --days 2 1
    quiet ticket-extend --approve 1
    same "$(fields 1 due)" due=2026-03-11T23:59:59+08:00
    sound
}

@test "at most ten days, with a reason, as the configuration says" {
    dispatched
    refuses "ticket-extend: 1: ask for an extension: the days are missing: --days (1 to 10 working days)" ask 1
    refuses "ticket-extend: 1: ask for an extension: the days are missing: --days (1 to 10 working days); the reason is missing: --reason" \
        ticket-extend 1
    for days in "--days 11" "--days 1000"; do
        refuses "ticket-extend: 1: ask for an extension: of 1 to 10 working days" ask $days 1
    done
    refuses "ticket-extend: 1: ask for an extension: the reason is missing: --reason" ticket-extend --days 3 1
    refuses 'ticket-extend: "0" is not a whole number from 1 to 1000; see ticket-extend -h' ask --days 0 1
    cp -r "$QIFU_CONFIG" share
    sed -i 's/^  extension_days: 10 /  extension_days: 4 /' share/center.yaml
    refuses "ticket-extend: 1: ask for an extension: of 1 to 4 working days" ask -C share --days 5 1
    quiet ask --days 10 1
    quiet ticket-extend --approve 1
    same "$(fields 1 due)" due=2026-03-23T23:59:59+08:00
}

@test "once a round, as the configuration says; the next round has its own" {
    dispatched
    quiet ask --days 3 1
    refuses "ticket-extend: 1: ask for an extension: it was asked already and waits for the center" ask --days 3 1
    quiet ticket-extend --approve 1
    refuses "ticket-extend: 1: ask for an extension: this round has had its 1" ask --days 3 1
    cp -r "$QIFU_CONFIG" share
    sed -i 's/^  extensions: 1 /  extensions: 2 /' share/center.yaml
    quiet ask -C share -n --days 3 1
    quiet ticket-answer --text x --without y 1
    quiet ticket-rate --score 2 1
    quiet ticket-follow --outcome redo --text x 1
    same "$(fields 1 due)" due=2026-03-11T23:59:59+08:00
    quiet ask --days 3 1
    quiet ticket-extend --approve 1
    same "$(fields 1 due)" due=2026-03-16T23:59:59+08:00
    sound
}

@test "not once it is overdue; what was asked in time may be granted after, and the breach stays" {
    dispatched
    quiet ticket-answer --by finance --text 已核 1
    at 2026-03-10T09:00
    refuses "ticket-extend: 1: ask for an extension: it is overdue" ask --days 3 1
    refuses "ticket-extend: 1: ask for an extension: it is overdue" ask --days 3 --at 2026-03-10 1
    quiet ask --days 3 --at 2026-03-09T23:59:59 1
    gives 0 $'1\tgrant an extension\tdispatched\t2026-03-12T23:59:59+08:00\ttax\t甲' "" ticket-extend --approve 1
    same "$(sql "SELECT level, level_began FROM v_supervision")" "yellow|2026-03-10T00:00:00+08:00"
    # yellow has fired, and is replied to; orange follows from the new deadline
    quiet supervision-reply --text 加快办理 1
    same "$(fields 1 next_level)" next_level=2026-03-18T00:00:00+08:00
    gives 0 "" "" escalate --now 2026-03-17T23:59:59
    same "$(escalate --now 2026-03-18 | cut -f 2)" orange
    sound
}

# Scenario 18: "asked before due, granted after: yellow stays, new due".
@test "the breach stays whoever has fired it, and whatever is done after" {
    dispatched
    quiet ticket-answer --by finance --text 已核 1
    quiet escalate --now 2026-03-10T00:05
    at 2026-03-10T09:00
    quiet ask --days 3 --at 2026-03-09T10:00 1
    quiet ticket-extend --approve 1
    quiet ticket-accept 1
    quiet sla-check --recompute
    same "$(sql "SELECT level, level_began, due, revoked IS NULL FROM v_supervision")" \
        "yellow|2026-03-10T00:00:00+08:00|2026-03-09T23:59:59+08:00|1"
    same "$(sql "SELECT level FROM v_ticket")" yellow
    # granted with a moment before it began, it did not begin
    new 2026-03-02T09:00 >ids
    quiet ticket-route --by city-government-office --to tax --at 2026-03-02T10:00 2
    quiet escalate
    quiet ask --days 3 --at 2026-03-09T10:00 2
    quiet ticket-extend --approve --at 2026-03-09T11:00 2
    same "$(sql "SELECT level, revoked_for FROM v_supervision WHERE ticket_id = 2 AND role = 'lead'")" "yellow|extended"
    sound
}

@test "the lead asks, the center decides; the clock must run; states" {
    dispatched
    new 2026-03-02T09:00 >ids
    refuses "ticket-extend: 1: ask for an extension: that organisation does not lead it" ask --days 3 --by finance 1
    refuses "ticket-extend: 2: ask for an extension: it is received (待派发); now: 派发 答复 会商 并单 不予受理 转办 撤回 作废" \
        ask --days 3 2
    refuses "ticket-extend: 1: grant an extension: none was asked for" ticket-extend --approve 1
    refuses "ticket-extend: 1: refuse an extension: none was asked for" ticket-extend --reject 1
    quiet ask --days 3 1
    refuses "ticket-extend: 1: grant an extension: only the center may" ticket-extend --approve --by tax 1
    refuses "ticket-extend: 1: grant an extension: that is before it was asked for" \
        ticket-extend --approve --at 2026-03-04T14:59 1
    refuses "ticket-extend: 1: 2026-03-04T15:01:00+08:00 lies in the future" \
        ticket-extend --approve --at 2026-03-04T15:01 1
    quiet ticket-extend --reject 1
    quiet ticket-suspend --reason 等待上级批复 --basis x 1
    quiet ticket-suspend --approve 1
    refuses "ticket-extend: 1: ask for an extension: its clock stands still" ask --days 3 1
    quiet ticket-resume 1
    quiet ask --days 3 1
    # the answer drops what was asked
    quiet ticket-answer --text x --without y 1
    same "$(sql "SELECT count(*) FROM request WHERE decided_at IS NULL")" 0
    sound
}

@test "extensions are asked for from a file, and a wrong command line is refused" {
    dispatched
    new 2026-03-02T09:00 >ids
    quiet ticket-route --to tax 2
    printf '工单id,延期天数,延期原因\n1,三天,x\n2,3x,x\n1,11,x\n2,99999999999999999999,x\n1,0,x\n' >acts.csv
    refuses 'ticket-extend: acts.csv:2: not a number of days: "三天"
ticket-extend: acts.csv:3: not a number of days: "3x"
ticket-extend: acts.csv:4: ask for an extension: of 1 to 10 working days
ticket-extend: acts.csv:5: not a number of days: "99999999999999999999"
ticket-extend: acts.csv:6: not a number of days: "0"
ticket-extend: 5 bad rows: nothing was done; --rejects FILE does the rest' ticket-extend --csv acts.csv
    printf '工单id,延期天数,延期原因\n1,3,x\n2,4,x\n' >acts.csv
    quiet ticket-extend --csv acts.csv
    printf 'id\n1\n2\n' >acts.csv
    gives 0 $'1\tgrant an extension\tdispatched\t2026-03-12T23:59:59+08:00\ttax\t甲
2\tgrant an extension\tdispatched\t2026-03-13T23:59:59+08:00\ttax\t甲' "" ticket-extend --approve --csv acts.csv
    refuses "ticket-extend: one of --approve and --refuse; see ticket-extend -h" ticket-extend --approve --reject 1
    refuses "ticket-extend: name the tickets, or a file with --csv; see ticket-extend -h" ticket-extend --days 3
    sound
}
