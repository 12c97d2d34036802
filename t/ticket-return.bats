#!/usr/bin/env bats
# ticket-return: a handler gives a ticket back with reason and basis, in time; the center decides.
# The second return goes to conference.

load lib/base
load lib/loop

R=不属于本单位职责

# Ticket 1, of Monday 2 March 2026, dispatched at once to tax, which finance assists.
dispatched() {
    center
    new 2026-03-02T09:00 >ids
    quiet ticket-route --now 2026-03-02T10:00 --to tax --assist finance 1
    at 2026-03-03T15:00
}

ask() { ticket-return --reason $R --basis 三定方案 "$@"; }

@test "asked and granted: back in the pool, the clock runs on" {
    dispatched
    gives 0 $'1\treturn\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ask 1
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'return-asked|{"by":"tax","reason":"不属于本单位职责","basis":"三定方案"}'
    refuses "ticket-return: 1: return: it was asked already and waits for the center" ask 1
    gives 0 $'1\tgrant a return\treceived\t2026-03-09T23:59:59+08:00\t-\t甲' "" ticket-return --approve 1
    same "$(fields 1 state lead received dispatched accept_due due party)" "state=received
received=2026-03-02T09:00:00+08:00
due=2026-03-09T23:59:59+08:00"
    same "$(sql "SELECT returns FROM ticket")" 1
    same "$(sql "SELECT type, json_remove(data, '\$.next', '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" 'returned|{"by":"center"}'
    # another gets it, with a clock of its own for the sign-in; the days before were tax's
    quiet ticket-route --to justice 1
    same "$(fields 1 lead accept_due due)" "lead=justice
accept_due=2026-03-04T23:59:59+08:00
due=2026-03-09T23:59:59+08:00"
    same "$(ticket-show --now 2026-03-05T12:00 1 | awk -F '\t' '$2 == "held" { print $3 }' | sort)" "justice 3"
    sound
}

@test "refused: the handler keeps it, and may ask again" {
    dispatched
    quiet ask 1
    gives 0 $'1\trefuse a return\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲' "" \
        ticket-return --refuse --text 属于你单位职责 1
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'return-refused|{"by":"center","text":"属于你单位职责"}'
    same "$(sql "SELECT returns FROM ticket; SELECT granted FROM request")" $'0\n0'
    quiet ask 1
    sound
}

@test "reason and basis are needed, the reason is one of the list" {
    dispatched
    refuses "ticket-return: 1: return: the reason is missing: --reason (不属于本单位职责, 不属于本辖区, 信息不全无法办理, 已由其他单位办理); the basis is missing: --basis" ticket-return 1
    refuses "ticket-return: 1: return: the reason is missing: --reason (不属于本单位职责, 不属于本辖区, 信息不全无法办理, 已由其他单位办理)" ticket-return --reason "" --basis x 1
    refuses "ticket-return: 1: return: the basis is missing: --basis" ticket-return --reason $R 1
    refuses 'ticket-return: 1: return: "不属于本单位职能" is none of the configured reasons (不属于本单位职责, 不属于本辖区, 信息不全无法办理, 已由其他单位办理)' \
        ticket-return --reason 不属于本单位职能 --basis x 1
    refuses 'ticket-return: 1: return: "no" is none of the configured reasons (不属于本单位职责, 不属于本辖区, 信息不全无法办理, 已由其他单位办理)' \
        ticket-return --reason no --basis x 1
    cp -r "$QIFU_CONFIG" share
    sed -i 's/^  return_reasons: .*/  return_reasons: [人手不足]/' share/center.yaml
    quiet ticket-return -C share --reason 人手不足 --basis x 1
}

@test "within two working days of the dispatch, as the configuration says" {
    center
    # dispatched on Thursday: Friday and Monday are the two days
    new 2026-03-05T09:00 >ids
    quiet ticket-route --now 2026-03-05T10:00 --to tax 1
    at 2026-03-11T09:00
    refuses "ticket-return: 1: return: more than 2 working days have passed since its dispatch" ask 1
    refuses "ticket-return: 1: return: more than 2 working days have passed since its dispatch" ask --at 2026-03-10T00:00 1
    cp -r "$QIFU_CONFIG" share
    sed -i 's/^  return_days: 2 /  return_days: 4 /' share/center.yaml
    quiet ask -n -C share 1
    sed -i 's/^  return_days: 4 /  return_days: 3 /' share/center.yaml
    refuses "ticket-return: 1: return: more than 3 working days have passed since its dispatch" ask -C share 1
    quiet ask --at 2026-03-09T23:59:59 1
    # what was asked in time may be granted later
    quiet ticket-return --approve 1
    # over the Spring Festival: 14 and 24 February
    new 2026-02-13T09:00 >ids
    quiet ticket-route --now 2026-02-13T10:00 --to tax 2
    refuses "ticket-return: 2: return: more than 2 working days have passed since its dispatch" \
        ask --at 2026-02-25T00:00 2
    quiet ask --at 2026-02-24T23:59:59 2
    sound
}

@test "the second return goes to conference" {
    dispatched
    quiet ask 1
    quiet ticket-return --approve 1
    quiet ticket-route --to justice 1
    quiet ask 1
    gives 0 $'1\tgrant a return\tconference\t2026-03-09T23:59:59+08:00\t-\t甲' "" ticket-return --approve 1
    same "$(sql "SELECT group_concat(type) FROM (SELECT type FROM v_event WHERE ticket_id = 1 ORDER BY id) x")" \
        received,dispatched,return-asked,returned,dispatched,return-asked,returned,conference-opened
    same "$(sql "SELECT returns FROM ticket")" 2
    run --separate-stderr ticket-route 1
    same "$status:${output%%$'\t'*}" 1:1
    same "$(sql "SELECT state FROM v_ticket")" conference
    sound
}

@test "the lead asks, the center decides; nobody else" {
    dispatched
    refuses "ticket-return: 1: return: that organisation does not lead it" ask --by finance 1
    refuses "ticket-return: 1: return: that organisation does not lead it" ask --by center 1
    refuses "ticket-return: 1: grant a return: none was asked for" ticket-return --approve 1
    refuses "ticket-return: 1: refuse a return: none was asked for" ticket-return --refuse 1
    quiet ask --by tax 1
    refuses "ticket-return: 1: grant a return: only the center may" ticket-return --approve --by tax 1
    refuses "ticket-return: 1: refuse a return: only the center may" ticket-return --refuse --by finance 1
    quiet ticket-return --approve --by center 1
}

@test "states: not from the pool, not after the answer; the clock must run" {
    dispatched
    new 2026-03-02T09:00 >ids
    refuses "ticket-return: 2: return: it is received (待派发); now: 派发 答复 会商 并单 不予受理 转办 撤回 作废" ask 2
    quiet ticket-accept 1
    quiet ask 1
    quiet ticket-suspend --reason 等待上级批复 --basis x 1
    quiet ticket-suspend --approve 1
    refuses "ticket-return: 1: grant a return: its clock stands still; resume it first" ticket-return --approve 1
    quiet ticket-return --refuse 1
    refuses "ticket-return: 1: return: its clock stands still; resume it first" ask 1
    quiet ticket-resume 1
    quiet ask 1
    # the answer drops what was asked
    quiet ticket-answer --text x --without y 1
    run ! ticket-return --approve 1
    same "$(sql "SELECT count(*) FROM request WHERE decided_at IS NULL")" 0
    sound
}

@test "--at: the center does not decide before it was asked" {
    dispatched
    quiet ask --at 2026-03-03T12:00 1
    refuses "ticket-return: 1: grant a return: that is before it was asked for" \
        ticket-return --approve --at 2026-03-03T11:59 1
    refuses "ticket-return: 1: refuse a return: that is before it was asked for" \
        ticket-return --refuse --at 2026-03-03T11:59 1
    refuses "ticket-return: 1: 2026-03-04T00:00:00+08:00 lies in the future" ticket-return --approve --at 2026-03-04 1
    refuses "ticket-return: 1: 2026-03-02T00:00:00+08:00 lies before 2026-03-02T09:00:00+08:00, when the clock started" \
        ticket-return --approve --at 2026-03-02 1
    quiet ticket-return --approve --at 2026-03-03T12:00 1
    same "$(sql "SELECT ended_at - at FROM route LIMIT 1")" $((26 * 3600))
}

@test "--csv, all or nothing; usage" {
    dispatched
    new 2026-03-02T09:00 >ids
    new 2026-03-02T09:00 >ids
    quiet ticket-route --to tax 2
    printf '工单id,退单原因,依据\n1,%s,三定方案\n2,,三定方案\n3,%s,\n' $R $R >acts.csv
    refuses "ticket-return: acts.csv:3: return: the reason is missing: --reason (不属于本单位职责, 不属于本辖区, 信息不全无法办理, 已由其他单位办理)
ticket-return: acts.csv:4: return: it is received (待派发); now: 派发 答复 会商 并单 不予受理 转办 撤回 作废
ticket-return: 2 bad rows: nothing was done; --rejects FILE does the rest" ticket-return --csv acts.csv
    gives 2 $'1\treturn\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲' "ticket-return: acts.csv:3: return: the reason is missing: --reason (不属于本单位职责, 不属于本辖区, 信息不全无法办理, 已由其他单位办理)
ticket-return: acts.csv:4: return: it is received (待派发); now: 派发 答复 会商 并单 不予受理 转办 撤回 作废" \
        ticket-return --csv acts.csv --rejects bad.csv
    same "$(sqlite3 :memory: ".import --csv bad.csv bad" "SELECT 工单id, 依据 FROM bad")" $'2|三定方案\n3|'
    refuses "ticket-return: one of --approve and --refuse; see ticket-return -h" ticket-return --approve --refuse 1
    refuses "ticket-return: name the tickets, or a file with --csv; see ticket-return -h" ticket-return --approve
    sound
}
