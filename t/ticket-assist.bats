#!/usr/bin/env bats
# ticket-assist: assists that join a dispatched ticket later, or are released.

load lib/base
load lib/loop

# Ticket 1, of Monday 2 March 2026, dispatched at once to tax, which finance assists; 2 in the pool.
dispatched() {
    center
    new 2026-03-02T09:00 >ids
    new 2026-03-02T09:00 >>ids
    quiet ticket-route --now 2026-03-02T10:00 --to tax --assist finance 1
    at 2026-03-04T15:00
}

@test "RULES 5: assists can be added later: each has a clock of its own from then" {
    dispatched
    gives 0 $'1\tadd assists\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲' "" \
        ticket-assist --add 市司法局 --add commerce --basis 联席会议意见 1
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event WHERE type <> 'rows-told' ORDER BY id DESC LIMIT 1")" \
        'assist-added|{"by":"center","basis":"联席会议意见","assists":["justice","commerce"]}'
    same "$(fields 1 lead assist party)" "lead=tax
assist=finance
assist=justice
assist=commerce
party=tax lead due 2026-03-09T23:59:59+08:00 accept-due 2026-03-03T23:59:59+08:00
party=finance assist due 2026-03-09T23:59:59+08:00 accept-due 2026-03-03T23:59:59+08:00
party=justice assist due 2026-03-11T23:59:59+08:00 accept-due 2026-03-05T23:59:59+08:00
party=commerce assist due 2026-03-11T23:59:59+08:00 accept-due 2026-03-05T23:59:59+08:00"
    same "$(sql "SELECT limit_days, basis FROM route WHERE id = 3")" "5|联席会议意见"
    # they do what every assist does
    quiet ticket-accept --by justice 1
    quiet ticket-answer --by justice --text x 1
    refuses "ticket-answer: 1: answer: 2 assists have not filed a part; --without REASON answers without" ticket-answer --text x 1
    [[ $(ticket-show -F table 1) == *'徐州市企业服务中心增加协办：徐州市司法局、徐州市商务局（依据：联席会议意见）。'* ]]
    sound
}

@test "RULES 5: assists can be released: the part ends, the lead waits no longer" {
    dispatched
    gives 0 $'1\trelease assists\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲' "" \
        ticket-assist --release finance --reason 不涉及资金 1
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'assist-released|{"by":"center","reason":"不涉及资金","assists":["finance"]}'
    same "$(fields 1 assist former)" "former=finance assist from 2026-03-02T10:00:00+08:00 until 2026-03-04T15:00:00+08:00"
    same "$(sql "SELECT excused IS NULL FROM v_route WHERE org = 'finance'")" 1
    refuses "ticket-accept: 1: accept: that organisation does not handle it" ticket-accept --by finance 1
    quiet ticket-accept 1
    # again, with a clock from now
    quiet ticket-assist --add finance 1
    same "$(fields 1 state party | tail -1)" "party=finance assist due 2026-03-11T23:59:59+08:00 accept-due 2026-03-05T23:59:59+08:00"
    quiet ticket-assist --release finance --reason x 1
    quiet ticket-answer --text x 1
    # the next round is for those who hold it then
    quiet ticket-rate --score 1 1
    quiet ticket-follow --outcome redo --text x 1
    same "$(fields 1 state assist)" "state=dispatched"
    sound
}

@test "what is refused has its reason, and nothing is written" {
    dispatched
    refuses "ticket-assist: 1: add assists: tax leads it already" ticket-assist --add tax 1
    refuses "ticket-assist: 1: add assists: finance assists it already" ticket-assist --add justice --add finance 1
    refuses "ticket-assist: 1: add assists: only the center may" ticket-assist --add justice --by tax 1
    refuses "ticket-assist: 1: release assists: the reason is missing: --reason" ticket-assist --release finance 1
    refuses "ticket-assist: 1: release assists: the reason is blank" ticket-assist --release finance --reason ' ' 1
    refuses "ticket-assist: 1: release assists: tax does not assist it" ticket-assist --release tax --reason x 1
    refuses "ticket-assist: 1: release assists: justice does not assist it" ticket-assist --release finance --release justice --reason x 1
    refuses "ticket-assist: 1: release assists: only the center may" ticket-assist --release finance --reason x --by finance 1
    refuses "ticket-assist: 1: 2026-03-02T09:30:00+08:00 lies before 2026-03-02T10:00:00+08:00, when it was dispatched" \
        ticket-assist --add justice --at 2026-03-02T09:30 1
    refuses "ticket-assist: 1: 2026-03-04T15:00:01+08:00 lies in the future" ticket-assist --add justice --at 2026-03-04T15:00:01 1
    refuses "ticket-assist: 2: add assists: it is received (待派发); now: 派发 答复 会商 并单 不予受理 转办 撤回 作废" ticket-assist --add justice 2
    refuses 'ticket-assist: unknown organisation "taxx" (did you mean tax?)' ticket-assist --add taxx 1
    refuses "ticket-assist: one of --add and --release; see ticket-assist -h" ticket-assist --add justice --release finance --reason x 1
    refuses "ticket-assist: one of --add and --release; see ticket-assist -h" ticket-assist 1
    refuses "ticket-assist: name the tickets, or a file with --csv; see ticket-assist -h" ticket-assist --add justice
    quiet ticket-answer --by finance --text x 1
    refuses "ticket-assist: 1: release assists: finance has filed its part already" ticket-assist --release finance --reason x 1
    # nobody signs in, or is released, before it assists
    quiet ticket-assist --add justice 1
    refuses "ticket-accept: 1: accept: that is before its dispatch" ticket-accept --by justice --at 2026-03-04T14:00 1
    refuses "ticket-assist: 1: release assists: that is before justice assisted" \
        ticket-assist --release justice --reason x --at 2026-03-04T14:00 1
    sound
}

@test "more than sixteen assists are refused" {
    dispatched
    mapfile -t codes < <(org-list | cut -f 1 | grep -vxE 'tax|finance|center' | head -16)
    codes=("${codes[@]/#/--add=}")
    refuses "ticket-assist: 1: add assists: more than 16 would assist" ticket-assist "${codes[@]}" 1
    quiet ticket-assist "${codes[@]:0:15}" 1
    same "$(fields 1 assist | wc -l)" 16
    sound
}

@test "--csv names the tickets; -n leaves nothing; night and day" {
    dispatched
    quiet ticket-route --now 2026-03-04T12:00 --to tax --assist finance 2
    printf 'id,at,reason\n1,2026-03-04 14:30,不需要\n2,2026-03-04 23:30,不需要\n' >rows.csv
    at 2026-03-04T23:59:59
    before=$(everything)
    quiet ticket-assist -nq --release finance --csv rows.csv
    same "$(everything)" "$before"
    gives 0 $'1\trelease assists\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲
2\trelease assists\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-assist --release finance --csv rows.csv
    same "$(sql "SELECT ended FROM v_route WHERE org = 'finance'")" "2026-03-04T14:30:00+08:00
2026-03-04T23:30:00+08:00"
    sound
}
