#!/usr/bin/env bats
# ticket-follow: whom to call after a bad rating, and what came of the call.

load lib/base
load lib/loop

# 1 and 2 rated badly, 3 well, 4 not at all.
rated() {
    at 2026-03-02T09:00
    center
    for id in 1 2 3 4; do
        new 2026-03-02T09:00 --enterprise 某公司 --contact 张三 --phone 13812341234
    done >ids
    quiet ticket-route --to tax - <ids
    quiet ticket-answer --text 答 1 2 3 4
    at 2026-03-03T09:00
    quiet ticket-rate --score 1 1
    quiet ticket-rate --score 2 2
    quiet ticket-rate --score 3 3
}

@test "the list: every bad rating not followed up yet" {
    rated
    gives 0 $'1\t1\t2026-03-03T09:00:00+08:00\ttax\t某公司\t张*\t138****1234\t甲
2\t2\t2026-03-03T09:00:00+08:00\ttax\t某公司\t张*\t138****1234\t甲' "" ticket-follow
    quiet ticket-follow --outcome explained --text 已说明 1
    same "$(ticket-follow | cut -f 1)" 2
    # after a redo and another bad rating it is to be called again
    quiet ticket-follow --outcome redo --text 未解决 2
    gives 0 "" "" ticket-follow
    quiet ticket-answer --text 再答 2
    quiet ticket-rate --score 2 2
    same "$(ticket-follow | cut -f 1,2)" $'2\t2'
    run --separate-stderr ticket-follow -F json
    same "$(sqlite3 :memory: "SELECT json_extract('$output', '\$.phone')")" '138****1234'
}

@test "the list has one header, its own" {
    rated
    same "$(ticket-follow -H | cut -f 1)" $'id\n1\n2'
    same "$(ticket-follow -F csv | wc -l)" 3
}

@test "--unmask shows whom to call; the log notes each" {
    rated
    same "$(ticket-follow --unmask | cut -f 1,6,7)" $'1\t张三\t13812341234\n2\t张三\t13812341234'
    same "$(sql "SELECT group_concat(ticket_id) FROM v_event WHERE type = 'unmasked'")" 1,2
    sound
}

@test "a follow-up ends in redo, explained or invalid" {
    rated
    at 2026-03-04T09:00
    gives 0 $'1\tfollow up\tdispatched\t2026-03-11T23:59:59+08:00\ttax\t甲' "" ticket-follow --outcome redo --text x 1
    gives 0 $'2\tfollow up\trated\t2026-03-09T23:59:59+08:00\ttax\t甲' "" \
        ticket-follow --outcome explained --text 已说明 2
    gives 0 $'2\tfollow up\tclosed\t2026-03-09T23:59:59+08:00\ttax\t甲' "" \
        ticket-follow --outcome invalid --text 申诉成立 2
    same "$(sql "SELECT group_concat(type || ifnull(json_extract(data, '\$.outcome'), ''), ' ') FROM event
        WHERE id > (SELECT max(id) FROM event WHERE type = 'rated')")" "closed redoredo followedexplained followedinvalid closed" ||
        same "$(sql "SELECT group_concat(type || ifnull(json_extract(data, '\$.outcome'), ''), ' ') FROM event
        WHERE at = (SELECT max(at) FROM event)")" "redoredo followedexplained followedinvalid closed"
    sound
}

@test "what is refused has its reason, and nothing is written" {
    rated
    refuses "ticket-follow: 1: follow up: the outcome is redo, explained or invalid" \
        ticket-follow --outcome 重做 --text x 1
    refuses "ticket-follow: 1: follow up: say what the enterprise said, with --text" \
        ticket-follow --outcome explained 1
    refuses "ticket-follow: 1: follow up: say what the enterprise said, with --text" \
        ticket-follow --outcome redo 1
    refuses "ticket-follow: 1: follow up: that is before the rating" \
        ticket-follow --outcome redo --text x --at 2026-03-03T08:00 1
    refuses "ticket-follow: 3: follow up: it is closed (已办结); now: 备注" \
        ticket-follow --outcome redo --text x 3
    refuses "ticket-follow: 4: follow up: it is answered (已答复); now: 评价 申请作办结 未评价办结 作废" \
        ticket-follow --outcome redo --text x 4
    refuses "ticket-follow: 1: follow up: only the center may" \
        ticket-follow --outcome redo --text x --by tax 1
    gives 2 "" "ticket-follow: --outcome is missing; see ticket-follow -h" ticket-follow 1
    gives 2 "" "ticket-follow: name the tickets; see ticket-follow -h" ticket-follow --outcome redo
}

@test "outcomes are taken from a file" {
    rated
    printf 'id,回访结果,回访内容\n1,redo,未解决\n2,invalid,误评\n' >f.csv
    quiet ticket-follow --csv f.csv
    same "$(sql "SELECT group_concat(state || outcome, ' ') FROM ticket WHERE outcome IS NOT NULL")" \
        "dispatchedredo closedinvalid"
    sound
}
