#!/usr/bin/env bats
# ticket-refer: to another system (转办), with its number there; and back.
# S2 task 6: 12345-110 联动: 转接, 双哨联办联处. 国办函〔2025〕66号: emergencies go to 110, 119, 120 at once.

load lib/base
load lib/loop

@test "to another system, with its number there" {
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00 >/dev/null
    gives 0 $'1\trefer\tclosed\t2026-03-09T23:59:59+08:00\t-\t甲' "" \
        ticket-refer --to 信访 --number XF-17 --reason 属于信访事项 --basis 信访工作条例 1
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'closed|{"by":"center","reason":"属于信访事项","basis":"信访工作条例","closed_as":"referred","to":"petition","number":"XF-17"}'
    [[ $(ticket-show -F table 1) == *"徐州市企业服务中心转办至信访系统（理由：属于信访事项；依据：信访工作条例；编号 XF-17）。"* ]]
    sound
}

@test "to 110 at once: its number there may be missing" {
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00 >/dev/null
    quiet ticket-refer --to 公安 --reason 正在发生的纠纷 1
    same "$(fields 1 closed_as)" closed_as=referred
}

@test "from a handler's hands: its pause ends, and nothing is owed any more" {
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00 >/dev/null
    quiet ticket-route --to tax --assist justice 1
    quiet ticket-suspend --reason 等待上级批复 --basis 办法 1
    quiet ticket-suspend --approve 1
    quiet ticket-refer --to petition --number 7 --reason 属于信访事项 --now 2026-03-04T09:00 1
    same "$(sql "SELECT datetime(until_at + 28800, 'unixepoch') FROM suspension")" "2026-03-04 09:00:00"
    at 2026-04-20T00:05
    gives 0 "" "" escalate # nobody owes anything
    sound
}

@test "back into the pool: the clock that began with the receipt has run on" {
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00 >/dev/null
    quiet ticket-route --to tax 1
    quiet ticket-refer --to petition --number 7 --reason 属于信访事项 1
    at 2026-03-04T09:00
    gives 0 $'1\ttake back what was referred\treceived\t2026-03-09T23:59:59+08:00\t-\t甲' "" \
        ticket-refer --back --reason 对方不予受理 1
    same "$(fields 1 state closed closed_as lead dispatched due)" $'state=received\ndue=2026-03-09T23:59:59+08:00'
    [[ $(ticket-show -F table 1) == *"转办退回，徐州市企业服务中心重新办理，2026-03-09 23:59 到期（理由：对方不予受理）。"* ]]
    same "$(sql "SELECT pooled_at = $(date -d 2026-03-04T09:00+08:00 +%s), next_level_at IS NOT NULL FROM ticket")" '1|1'
    same "$(sql "SELECT ended FROM v_route")" 2026-03-02T09:00:00+08:00 # when it was referred
    quiet ticket-route --to tax 1 # the same one again
    quiet ticket-answer --text 已办 1
    sound
}

@test "what is refused has its reason, and nothing is written" {
    at 2026-03-02T09:00
    center
    for _ in 1 2; do new 2026-03-02T09:00; done >/dev/null
    list='(110 公安110, 119 消防119, 120 急救120, hotline 12345热线, petition 信访系统, other-city 外市企业服务平台)'
    refuses "ticket-refer: 1: refer: to what: --to $list" ticket-refer --reason x 1
    refuses "ticket-refer: 1: unknown system to refer to \"城管\" $list" ticket-refer --to 城管 --reason x 1
    refuses "ticket-refer: 1: refer: the reason is missing: --reason" ticket-refer --to 110 1
    refuses "ticket-refer: 1: refer: its number there is missing: --number" ticket-refer --to petition --reason x 1
    refuses "ticket-refer: 1: refer: the number is blank" ticket-refer --to petition --number ' ' --reason x 1
    refuses "ticket-refer: 1: refer: only the center may" ticket-refer --by tax --to 110 --reason x 1
    gives 2 "" "ticket-refer: --back goes without --to and --number; see ticket-refer -h" \
        ticket-refer --back --to 110 --reason x 1
    call ticket-refer --back --reason x 1
    [[ $status$stderr == "2ticket-refer: 1: take back what was referred: it is received (待派发); now: "* ]]
    quiet ticket-void --reason 测试 1
    refuses "ticket-refer: 1: take back what was referred: it is closed (已办结); now: 备注" \
        ticket-refer --back --reason x 1
    quiet ticket-refer --to 110 --reason x 2
    refuses "ticket-refer: 2: take back what was referred: the reason is missing: --reason" ticket-refer --back 2
    new 2026-03-02T08:00 >/dev/null
    quiet ticket-refer --to 110 --reason x 3
    refuses "ticket-refer: 3: take back what was referred: that is before it was referred" \
        ticket-refer --back --reason x --at 2026-03-02T08:30 3
}

@test "from a file: each its number there" {
    at 2026-03-02T09:00
    center
    for i in 1 2; do new 2026-03-02T09:00 --source 12345 --ref "A$i"; done >/dev/null
    printf '工单编号,对方编号,原因\nA1,X1,属于信访事项\nA2,X2,属于信访事项\n' >r.csv
    call ticket-refer --source 12345 --to petition --csv r.csv
    same "$status$stderr" 0
    same "$(sql "SELECT group_concat(json_extract(data, '$.number')) FROM v_event WHERE type = 'closed'")" X1,X2
}
