#!/usr/bin/env bats
# supervision-reply: orders of supervision are answered.

load lib/base
load lib/loop
load lib/supervision

@test "acknowledged, then replied: it leaves the list; the breach stays" {
    late
    gives 0 $'3\tacknowledge a supervision\tdispatched\t2026-03-16T23:59:59+08:00\tjustice\t甲' "" \
        supervision-accept 3
    same "$(supervision-list --org justice | cut -f 1,6)" $'3\t2026-03-17T09:00:00+08:00'
    refuses "supervision-accept: 3: acknowledge a supervision: none waits for it" supervision-accept 3
    quiet supervision-reply --text 已约谈，三日内答复 --now 2026-03-18T09:00 3
    gives 1 "" "" supervision-list --org justice
    same "$(sql "SELECT acknowledged_at, replied_at, reply FROM supervision WHERE ticket_id = 3")" \
        "1773709200|1773795600|已约谈，三日内答复"
    same "$(sql 'SELECT count(*) FROM v_supervision')" 7
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event WHERE ticket_id = 3 ORDER BY id DESC LIMIT 1")" \
        'supervision-replied|{"by":"justice","text":"已约谈，三日内答复","supervision":"all","orders":[7]}'
    at 2026-03-18T09:00
    sound
}

@test "a level alone; a reply acknowledges; assists may" {
    late
    quiet supervision-reply --level 橙色 --text 说明 --by housing-construction 1
    same "$(sql "SELECT level, replied_at IS NOT NULL, acknowledged_at IS NOT NULL
        FROM supervision WHERE ticket_id = 1 ORDER BY id" | xargs)" "yellow|0|0 orange|1|1 red|0|0"
    quiet supervision-reply --text 全部说明 1
    same "$(sql "SELECT group_concat(reply, ' ') FROM (SELECT * FROM supervision WHERE ticket_id = 1 ORDER BY id) x")" \
        "全部说明 说明 全部说明"
    sound
}

@test "owed after the answer and the close; by whoever held it when it fired" {
    late
    quiet ticket-answer --text 迟到的答复 --without 无 1
    quiet ticket-rate --score 5 1
    same "$(supervision-list --org tax | wc -l)" 3
    quiet supervision-reply --text 检查 1
    gives 1 "" "" supervision-list --org tax
    # 3 goes to another organisation: the order stays with the one that it was given to
    quiet ticket-confer --reason 不清 3
    quiet ticket-confer --lead tax --basis 纪要 --words 甲 3
    quiet ticket-suspend -n --reason 等待上级批复 --basis x 3
    same "$(supervision-list --org justice | cut -f 1,2)" $'3\tyellow'
    quiet supervision-accept --by justice 3
    quiet supervision-reply --text 原承办单位说明 --by justice 3
    gives 1 "" "" supervision-list --org justice
    # one that never had to do with it has nothing to say
    refuses "supervision-accept: 2: acknowledge a supervision: that organisation does not handle it" \
        supervision-accept --by justice 2
    sound
}

@test "one that has left replies to its own orders, not to the next one's" {
    late
    quiet ticket-confer --reason 不清 3
    quiet ticket-confer --lead tax --basis 纪要 --words 甲 3
    at 2026-03-25T09:00
    quiet escalate 3 # five working days after the ruling it is tax's own
    same "$(sql "SELECT level, o.code FROM supervision s JOIN org o ON o.id = s.org_id WHERE ticket_id = 3 ORDER BY s.id")" \
        $'yellow|justice\nyellow|tax'
    quiet supervision-reply --text 说明 --by justice 3
    same "$(supervision-list | awk '$1 == 3' | cut -f 2,4)" $'yellow\ttax'
    refuses "supervision-reply: 3: reply to a supervision: none waits for it" supervision-reply --text 说明 --by justice 3
    sound
}

@test "replies are taken from a file" {
    late
    printf 'id,备注,时间\n1,一,2026-03-17 08:00\n3,三,2026-03-17 08:30\n4,四,\n' >s.csv
    run --separate-stderr supervision-reply --csv s.csv --rejects rejects.csv
    same "$status $(cut -f 1 <<<"$output" | paste -sd ' ')" "2 1 3"
    same "$(supervision-list | cut -f 1 | sort -u)" 2
    same "$(sed 1d rejects.csv | cut -d , -f 2)" 4
    sound
}

@test "what is refused has its reason, and nothing is written" {
    late
    refuses "supervision-reply: 3: reply to a supervision: the text is missing" supervision-reply 3
    refuses "supervision-reply: 3: reply to a supervision: none waits for it" \
        supervision-reply --text x --at 2026-03-16T23:59:59 3
    gives 2 "" "supervision-reply: name the tickets, or a file with --csv; see supervision-reply -h" \
        supervision-reply --text x
}

@test "several orders wait: all are answered, or the one that is named" {
    late
    quiet supervision-order --to tax --reason 一 1
    quiet supervision-order --to tax --reason 二 1
    same "$(supervision-list --org tax --level order | cut -f 9 | xargs)" "8 9"
    quiet supervision-reply --order 9 --text 九已办 1
    same "$(supervision-list --org tax | cut -f 9 | sort -n | xargs)" "1 2 3 8"
    quiet supervision-accept --order 2 1
    same "$(supervision-list --org tax | awk -F '\t' '$6 != "-" { print $9 }')" 2
    quiet supervision-reply --level 督办 --text 八已办 1
    same "$(supervision-list --org tax | cut -f 9 | sort -n | xargs)" "1 2 3"
    quiet supervision-reply --text 全部 1
    gives 1 "" "" supervision-list --org tax
    same "$(sql "SELECT group_concat(reply, ' ') FROM (SELECT * FROM supervision WHERE org_id = (SELECT id FROM org WHERE code = 'tax') ORDER BY id) x")" \
        "全部 全部 全部 八已办 九已办"
    refuses "supervision-reply: 1: reply to a supervision: none waits for it" supervision-reply --order 9 --text x 1
    refuses "supervision-reply: 3: reply to a supervision: no order 9 on this ticket" supervision-reply --order 9 --text x 3
    sound
}

@test "who is ordered replies, party or not; nobody replies for it" {
    late
    quiet supervision-order --to 市教育局 --reason 领导批示 1 3
    # the lead's reply is not education's, nor is it told that there is one
    quiet supervision-reply --text 已整改 1
    same "$(supervision-list --ticket 1 | cut -f 4,9)" $'education\t8'
    refuses "supervision-reply: 1: reply to a supervision: none waits for it" supervision-reply --by tax --order 8 --text x 1
    quiet supervision-accept --by education 1
    quiet supervision-reply --order 8 --text 已核查 1 # named, it falls to whom it was given to
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE ticket_id = 1 ORDER BY id DESC LIMIT 1")" \
        '{"by":"education","text":"已核查","supervision":"all","orders":[8]}'
    printf 'order,text\n9,三的\n7,七的\n99,没有\n' >s.csv
    gives 2 $'3\treply to a supervision\tdispatched\t2026-03-16T23:59:59+08:00\tjustice\t甲
3\treply to a supervision\tdispatched\t2026-03-16T23:59:59+08:00\tjustice\t甲' "supervision-reply: s.csv:4: no such order" \
        supervision-reply -q --csv s.csv --rejects r.csv
    gives 1 "" "" supervision-list --ticket 3
    sound
}
