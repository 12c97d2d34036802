#!/usr/bin/env bats
# ruling-retire: a ruling leaves the dispatch catalogue, for a reason; rulings against their events.

load lib/base
load lib/loop

# S17: "ticket-confer --lead 市体育局 --basis 一次性 --words 企业 1; from then on 拖欠企业工程款不还 -> sports".
too_wide() {
    center
    new 2026-03-02T09:00 --title 体育场馆企业停车 >ids
    new 2026-03-02T09:00 --title 拖欠企业工程款不还 >>ids
    at 2026-03-03T15:00
    quiet ticket-confer --reason 职责交叉 1
    quiet ticket-confer --lead 市体育局 --basis 一次性 --words 企业 1
}

@test "S17: a ruling can be withdrawn: the catalogue leaves it out from then on" {
    too_wide
    same "$(ticket-route -n 2 | cut -f 2,4)" $'sports\truling-1'
    gives 0 $'1\t1\t2026-03-03T15:00:00+08:00\tsports\t-\t企业\t-\t一次性\t-\t2026-03-03T15:00:00+08:00\t词语过宽' "" \
        ruling-retire --reason 词语过宽 1
    same "$(sql "SELECT ticket_id, type, data FROM v_event ORDER BY id DESC LIMIT 1")" \
        '1|ruling-retired|{"by":"center","reason":"词语过宽","ruling":1}'
    [[ $(ticket-route -n 2 | cut -f 4) != ruling-* ]]
    # the ticket that it was about stays where it is, and its history tells
    same "$(fields 1 state lead rule)" $'state=dispatched\nlead=sports\nrule=ruling-1'
    [[ $(ticket-show -F table 1) == *'徐州市企业服务中心停用会商裁定（第 1 号）（理由：词语过宽）。'* ]]
    sound
}

@test "S17: --once: none without a rule: it holds for its case, and is never in the catalogue" {
    center
    new 2026-03-02T09:00 --title 体育场馆企业停车 >ids
    new 2026-03-02T09:00 --title 体育场馆企业停车 >>ids
    at 2026-03-03T15:00
    quiet ticket-confer --reason 职责交叉 1
    gives 0 $'1\trule\tdispatched\t2026-03-09T23:59:59+08:00\tsports\t体育场馆企业停车' "" \
        ticket-confer --lead 市体育局 --basis 一次性 --once 1
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE type = 'ruled'")" '{"by":"center","basis":"一次性","ruling":1,"once":1}'
    same "$(fields 1 rule basis)" $'rule=ruling-1\nbasis=一次性'
    [[ $(ticket-show -F table 1) == *'徐州市企业服务中心作出会商裁定（第 1 号）（依据：一次性；仅限本件）。'* ]]
    [[ $(ticket-route -n 2 | cut -f 4) != ruling-* ]]
    refuses "ruling-retire: 1: retire a ruling: it is once (仅限本件)" ruling-retire --reason x 1
    # it is a ruling all the same
    refuses "ticket-return: 1: return: ruled by a conference: 一次性; the center can open a new conference" \
        ticket-return --reason 不属于本单位职责 --basis x 1
    quiet ticket-confer --reason 情况变化 1
    refuses "ticket-confer: 1: rule: what holds once has no words and no category" \
        ticket-confer --lead tax --basis x --once --words y 1
    refuses "ticket-confer: a ruling needs --lead; see ticket-confer -h" ticket-confer --once 1
    sound
}

@test "what is refused has its reason, and nothing is written" {
    too_wide
    refuses "ruling-retire: 7: no such ruling; ruling-list --all shows them" ruling-retire --reason x 7
    refuses "ruling-retire: 1: 2026-03-03T15:00:01+08:00 lies in the future" ruling-retire --reason x --at 2026-03-03T15:00:01 1
    refuses "ruling-retire: 1: 2026-03-03T14:00:00+08:00 lies before 2026-03-03T15:00:00+08:00, when it was ruled" ruling-retire --reason x --at 2026-03-03T14:00 1
    refuses "ruling-retire: 1: retire a ruling: only a convener may: 徐州市企业服务中心, 徐州市人民政府办公室, 徐州市营商办" ruling-retire --reason x --by tax 1
    refuses "ruling-retire: --reason is missing; see ruling-retire -h" ruling-retire 1
    refuses "ruling-retire: the reason is blank; see ruling-retire -h" ruling-retire --reason '　' 1
    refuses "ruling-retire: name the rulings; see ruling-retire -h" ruling-retire --reason x
    refuses "ruling-retire: an option's value is not UTF-8; see ruling-retire -h" ruling-retire --reason $'\xff' 1
    before=$(everything)
    quiet ruling-retire -n --reason x 1
    same "$(everything)" "$before"
    at 2026-03-04T23:30 # late at night
    sh_run 'ruling-list | ruling-retire --reason 职责调整 --by 市政府办 --at 2026-03-04T09:00 - | cut -f 1,10,11'
    same "$status:$output:$stderr" $'0:1\t2026-03-04T09:00:00+08:00\t职责调整:'
    refuses "ruling-retire: 1: retire a ruling: it is retired (已停用)" ruling-retire --reason x 1
    before=$(everything)
    same "$(ruling-retire --reason 职责调整 1 | cut -f 1,10)" $'1\t2026-03-04T09:00:00+08:00'
    same "$(everything)" "$before"
    same "$(sql "SELECT json_extract(data, '\$.by') FROM v_event ORDER BY id DESC LIMIT 1")" city-government-office
    sound
}

# changed SQL COMPLAINT: with this change center-check says so of ruling 1, and of nothing else.
changed() {
    keep whole.db
    sql "$1"
    gives 1 $'rulings\t1\t'"$2" "" center-check -q || return
    back whole.db
}

@test "center-check: rulings against their events" {
    id() { sql "SELECT id FROM org WHERE code = '$1'"; }
    center
    new 2026-03-02T09:00 >ids
    new 2026-03-02T09:00 >ids
    at 2026-03-03T15:00
    quiet ticket-confer --reason 职责交叉 1 2
    quiet ticket-confer --lead tax --assist finance --basis '纪要"1"号' --words '占道 停"车' --category 城管 1
    quiet ticket-confer --lead tax --basis 纪要2号 --once 2
    sound
    changed "UPDATE ruling SET basis = 'x' WHERE id = 1" 'basis is x, its events give 纪要"1"号'
    changed "UPDATE ruling SET category = NULL WHERE id = 1" 'category is nothing, its events give 城管'
    changed "UPDATE ruling SET words = '[]' WHERE id = 1" 'words is [], its events give ["占道","停\\"车"]'
    changed "UPDATE ruling SET assists = '[]' WHERE id = 1" 'assists is [], its events give ["finance"]'
    changed "UPDATE ruling SET once = 1 WHERE id = 1" 'once is 1, its events give 0'
    changed "UPDATE ruling SET lead = (SELECT id FROM org WHERE code = 'justice') WHERE id = 1" "lead is $(id justice), its events give $(id tax)"
    changed "UPDATE ruling SET retired_at = 1772553600, retired_for = 'x' WHERE id = 1" $'retired_at is 1772553600, its events give nothing\nrulings\t1\tretired_for is x, its events give nothing'
    changed "DELETE FROM ruling WHERE id = 1" 'the row is nothing, its events give one'
    quiet ruling-retire --reason 职责调整 1
    sound
    changed "UPDATE ruling SET retired_for = 'x' WHERE id = 1" 'retired_for is x, its events give 职责调整'
    sql "INSERT INTO ruling SELECT 3, ticket_id, at, lead, assists, words, category, basis, 0, NULL, NULL, NULL FROM ruling WHERE id = 1"
    gives 1 $'rulings\t3\tthe row is there, its events give nothing' "" center-check -q
}
