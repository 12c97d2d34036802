#!/usr/bin/env bats
# ticket-withdraw: the enterprise takes its request back (撤回). findings/use 2.6: it could not.

load lib/base
load lib/loop

@test "closed as withdrawn, by the enterprise or the center that heard it" {
    at 2026-03-02T09:00
    center
    for _ in 1 2 3; do new 2026-03-02T09:00; done >/dev/null
    gives 0 $'1\twithdraw\tclosed\t2026-03-09T23:59:59+08:00\t-\t甲' "" ticket-withdraw --text 已自行解决 1
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'closed|{"text":"已自行解决","closed_as":"withdrawn"}'
    same "$(ticket-show -F table 1 | awk '/办结方式/ { print $3 }')" 撤回
    quiet ticket-route --to tax --assist justice 2
    quiet ticket-withdraw --by center --reason 企业来电撤回 2
    quiet ticket-confer --reason 不清 3
    quiet ticket-withdraw --text 不必了 3
    at 2026-04-20T00:05
    gives 0 "" "" escalate
    sound
}

@test "what is refused has its reason, and nothing is written" {
    at 2026-03-02T09:00
    center
    for _ in 1 2 3; do new 2026-03-02T09:00; done >/dev/null
    quiet ticket-route --to tax --assist justice 1
    refuses "ticket-withdraw: 1: withdraw: say what the enterprise said: --text, or --reason" ticket-withdraw 1
    for org in tax justice; do # or a department is rid of what it should answer
        refuses "ticket-withdraw: 1: withdraw: who handles the ticket does not withdraw it" \
            ticket-withdraw --by $org --text 企业撤回 1
    done
    quiet ticket-merge --into 2 3
    refuses "ticket-withdraw: 2: withdraw: 1 request joined in it would end with it" \
        ticket-withdraw --text 撤回 2
    quiet ticket-answer --text 答 --without 无需 1
    refuses "ticket-withdraw: 1: withdraw: it is answered (已答复); now: 评价 申请作办结 未评价办结 作废" \
        ticket-withdraw --text 撤回 1
}
