#!/usr/bin/env bats
# ticket-void: what should not be there (作废). findings/use 2.6: "void a test or a mistake" could not be done.

load lib/base
load lib/loop

@test "closed as void, in every state but closed; it stays readable" {
    at 2026-03-02T09:00
    center
    for _ in 1 2; do new 2026-03-02T09:00; done >/dev/null
    gives 0 $'1\tvoid\tclosed\t2026-03-09T23:59:59+08:00\t-\t甲' "" ticket-void --reason 测试工单 1
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'closed|{"by":"center","reason":"测试工单","closed_as":"void"}'
    same "$(ticket-show -F table 1 | awk '/办结方式/ { print $3 }')" 作废
    quiet ticket-route --to tax 2
    quiet ticket-answer --text 已办 2
    quiet ticket-rate --score 1 2
    quiet ticket-void --reason 重复录入 2 # a bad rating of a test is followed up by nobody
    gives 0 "" "" ticket-follow
    at 2026-04-20T00:05
    gives 0 "" "" escalate
    sound
}

@test "what is refused has its reason, and nothing is written" {
    at 2026-03-02T09:00
    center
    for _ in 1 2 3; do new 2026-03-02T09:00; done >/dev/null
    refuses "ticket-void: 1: void: the reason is missing: --reason" ticket-void 1
    refuses "ticket-void: 1: void: the reason is blank" ticket-void --reason ' ' 1
    refuses "ticket-void: 1: void: only the center may" ticket-void --by tax --reason x 1
    quiet ticket-merge --into 1 2
    refuses "ticket-void: 1: void: 1 request joined in it would end with it" ticket-void --reason x 1
    refuses "ticket-void: 2: void: it is closed (已办结); now: 备注" ticket-void --reason x 2
    new 2026-03-02T08:00 >/dev/null
    quiet ticket-answer --text 答 4
    refuses "ticket-void: 4: void: that is before the answer" ticket-void --reason x --at 2026-03-02T08:30 4
    before=$(everything)
    quiet ticket-void -n --reason x 3
    same "$(everything)" "$before"
}
