#!/usr/bin/env bats
# ticket-confer: a conference on who answers for a ticket, its ruling, and what the ruling means for
# the next like ticket.

load lib/base
load lib/loop

# Ticket 1, of Monday 2 March 2026, led by tax.
dispatched() {
    center
    new 2026-03-02T09:00 --title '共享单车占用厂区通道' --category 城市管理/停车 >ids
    quiet ticket-route --now 2026-03-02T10:00 --to tax --assist finance 1
    at 2026-03-03T15:00
}

@test "a conference is opened: nobody leads, the clock runs on" {
    dispatched
    gives 0 $'1\topen a conference\tconference\t2026-03-09T23:59:59+08:00\t-\t共享单车占用厂区通道' "" \
        ticket-confer --participants '税务局、司法局' --reason 职责交叉 1
    same "$(sql "SELECT type, json_remove(data, '\$.next', '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'conference-opened|{"by":"center","reason":"职责交叉","participants":"税务局、司法局"}'
    same "$(fields 1 state lead dispatched due)" "state=conference
due=2026-03-09T23:59:59+08:00"
    same "$(sql "SELECT count(*) FROM route WHERE ended_at IS NULL")" 0
    refuses "ticket-confer: 1: open a conference: it is conference (会商中); now: 会商裁定 并单 撤回 作废" ticket-confer --reason 不清 1
    # the enterprise's deadline passes; no party has it, and the center has not let it lie
    gives 0 "" "" escalate --now 2026-03-10
    sound
}

@test "the ruling dispatches, and the next like ticket goes there by it" {
    dispatched
    new 2026-03-03T09:00 --title '占道的共享单车' --category 城市管理 >ids # not alike: another category
    new 2026-03-03T09:00 --title '厂门口共享单车占满' --category 城市管理/停车/厂区 >ids
    new 2026-03-03T09:00 --title '厂门口停车' --body '单车 占了位置' --category 城市管理/停车 >ids # lacks a word
    quiet ticket-confer --reason 不清 1
    gives 0 $'1\trule\tdispatched\t2026-03-09T23:59:59+08:00\tjustice\t共享单车占用厂区通道' "" \
        ticket-confer --lead 市司法局 --assist 市财政局 --assist 税务局 --basis 会商纪要第3号 \
        --words '共享单车 占' --category 城市管理/停车 --participants 三家 1
    same "$(sql "SELECT type, json_remove(data, '\$.next', '\$.rows') FROM v_event WHERE ticket_id = 1 ORDER BY id DESC LIMIT 2" | tac)" \
        'ruled|{"by":"center","basis":"会商纪要第3号","participants":"三家","ruling":1,"words":["共享单车","占"],"category":"城市管理/停车"}
dispatched|{"lead":"justice","assists":["finance","tax"],"rule":"ruling-1","basis":"会商纪要第3号","accept_due":1772639999}'
    same "$(fields 1 lead assist rule basis dispatched accept_due due)" "lead=justice
assist=finance
assist=tax
rule=ruling-1
basis=会商纪要第3号
dispatched=2026-03-03T15:00:00+08:00
accept_due=2026-03-04T23:59:59+08:00
due=2026-03-09T23:59:59+08:00"
    same "$(sql "SELECT ticket_id, at, lead = (SELECT id FROM org WHERE code = 'justice'), assists, words, category, basis FROM ruling")" \
        "1|$(date -d 2026-03-03T15:00+08:00 +%s)|1|[\"finance\",\"tax\"]|[\"共享单车\",\"占\"]|城市管理/停车|会商纪要第3号"
    gives 0 $'3\tjustice\tfinance tax\truling-1\t会商纪要第3号' "" ticket-route 3
    run --separate-stderr ticket-route 2 4
    same "$stderr$(grep -c ruling <<<"$output")" 0
    [[ $(ticket-route --explain 3) == *$'ruling-1\t会商纪要第3号\ttext 共享单车, 占; category 城市管理/停车; like 1 ruled justice '* ]]
    sound
}

@test "the newest ruling stands first, before the catalogue" {
    dispatched
    for org in justice finance; do
        new 2026-03-03T09:00 --title '增值税发票怎么开' >>more
        id=$(tail -1 more)
        quiet ticket-confer --reason 不清 "$id"
        quiet ticket-confer --lead $org --basis 纪要 --words 发票 "$id"
    done
    new 2026-03-03T09:00 --title '增值税发票丢了' >ids
    gives 0 $'4\tfinance\t-\truling-2\t纪要' "" ticket-route 4
}

@test "a conference from the pool, and after a sign-in; a ruling for the one who had it before" {
    dispatched
    new 2026-03-03T09:00 >ids
    gives 0 $'2\topen a conference\tconference\t2026-03-10T23:59:59+08:00\t-\t甲' "" ticket-confer --reason 不清 2
    quiet ticket-accept 1
    quiet ticket-confer --reason 不清 1
    quiet ticket-confer --lead tax --basis 纪要 --category 城市管理 1
    same "$(fields 1 state lead rule accepted)" $'state=dispatched\nlead=tax\nrule=ruling-1'
    same "$(sql "SELECT count(*) FROM route WHERE ticket_id = 1 AND ended_at IS NULL")" 1
    sound
}

@test "a ruling needs a conference, a lead, a basis and words" {
    dispatched
    refuses "ticket-confer: 1: rule: it is dispatched (已派发); now: 签收 答复 申请退单 会商 改派 增加协办 解除协办 申请延期 申请挂起 恢复 并单 转办 撤回 作废" \
        ticket-confer --lead tax --basis x --words y 1
    quiet ticket-confer --reason 不清 1
    refuses "ticket-confer: 1: rule: the basis is missing" ticket-confer --lead tax --words y 1
    refuses "ticket-confer: 1: rule: words or a category must say which tickets are alike; or it holds only for this case: --once" \
        ticket-confer --lead tax --basis x 1
    refuses "ticket-confer: 1: rule: words or a category must say which tickets are alike; or it holds only for this case: --once" \
        ticket-confer --lead tax --basis x --words '  ' 1
    refuses 'ticket-confer: unknown organisation "taxx" (did you mean tax?)' ticket-confer --lead taxx --basis x --words y 1
    for option in --assist --words --category; do
        refuses "ticket-confer: a ruling needs --lead; see ticket-confer -h" ticket-confer $option tax 1
    done
    refuses "ticket-confer: --words once, with all words; see ticket-confer -h" \
        ticket-confer --lead tax --basis x --words y --words z 1
    refuses "ticket-confer: 1: rule: only a convener may: 徐州市企业服务中心, 徐州市人民政府办公室, 徐州市营商办" ticket-confer --by tax --lead tax --basis x --words y 1
}

@test "who may open one, and in which state" {
    dispatched
    refuses "ticket-confer: 1: open a conference: only a convener may: 徐州市企业服务中心, 徐州市人民政府办公室, 徐州市营商办" ticket-confer --reason 不清 --by tax 1
    quiet ticket-suspend --reason 等待上级批复 --basis x 1
    quiet ticket-suspend --approve 1
    refuses "ticket-confer: 1: open a conference: its clock stands still; resume it first" ticket-confer --reason 不清 1
    quiet ticket-resume 1
    quiet ticket-extend --days 1 --reason x 1
    quiet ticket-confer --reason 不清 1
    # what the handler had asked for fell away with its part
    same "$(sql "SELECT granted FROM request WHERE act = 'extension'")" 0
    quiet ticket-confer --lead tax --basis x --words y 1
    refuses "ticket-confer: 1: 2026-03-03T15:00:01+08:00 lies in the future" ticket-confer --reason 不清 --at 2026-03-03T15:00:01 1
    refuses "ticket-confer: 1: 2026-03-02T08:00:00+08:00 lies before 2026-03-02T09:00:00+08:00, when the clock started" \
        ticket-confer --reason 不清 --at 2026-03-02T08:00 1
    refuses "ticket-confer: 77: no such ticket" ticket-confer --reason 不清 77
    refuses "ticket-confer: name the tickets; see ticket-confer -h" ticket-confer
    sound
}

@test "one ruling for several tickets; -n leaves none" {
    dispatched
    new 2026-03-03T09:00 >ids
    quiet ticket-confer --reason 不清 1 2
    before=$(everything)
    quiet ticket-confer -n --lead justice --basis x --words y 1 2
    same "$(everything)" "$before"
    sh_run 'ticket-list | ticket-confer --lead justice --basis x --words y - | cut -f1-3 | sort'
    same "$status:$output:$stderr" $'0:1\trule\tdispatched\n2\trule\tdispatched:'
    sound
}
