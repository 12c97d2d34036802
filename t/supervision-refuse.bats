#!/usr/bin/env bats
# supervision-refuse: a reply that settles nothing is given back.

load lib/base
load lib/loop
load lib/supervision

# Mission B8, S3 (2019 plan): "中心一次督办、限期; 整改不力 -> 营商办二次督办; 仍不到位 -> 问责". RULES 4: "The supervisor
# can refuse a reply that settles nothing."
@test "the reply is owed again, by the level's days from then; the first one stays in its event" {
    late
    at 2026-03-18T09:00
    quiet supervision-reply --level orange --text 敷衍 1
    same "$(supervision-list --replied | cut -f 9)" 2
    at 2026-03-19T10:00
    gives 0 $'1\trefuse a reply\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲' "" \
        supervision-refuse --by 市营商办 --reason 未说明整改 2
    gives 1 "" "" supervision-list --replied
    same "$(supervision-list --ticket 1 --level orange | cut -f 5,11,12)" $'2026-03-23T23:59:59+08:00\twaiting\t-'
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event WHERE ticket_id = 1 ORDER BY id DESC LIMIT 2")" \
        'supervision-refused|{"by":"business-environment-office","reason":"未说明整改","orders":[2],"reply_due":1774281599}
supervision-replied|{"by":"tax","text":"敷衍","supervision":"orange","orders":[2]}'
    # again, with a reply that came in time by the new date
    at 2026-03-20T10:00
    quiet supervision-reply --order 2 --text 已约谈到人 1
    same "$(supervision-list --replied | cut -f 9,11)" $'2\treplied'
    at 2026-04-01T09:00
    figure() { report-monthly -F tsv 2026-03 | awk -F '\t' -v f="$1" '$1 == "org" && $2 == "tax" && $4 == f { print $5 }'; }
    same "$(figure replies-refused) $(figure orders) $(figure orders-on-time)" "1 3 1"
    same "$(report-monthly --ids replies-refused 2026-03 | cut -f 1)" 1
    sound
}

@test "only who gave the order, or the center" {
    late
    quiet supervision-order --to tax --reason 一 --by 市政府办 1
    quiet supervision-reply --text 已整改 1
    refuses "supervision-refuse: 8: refuse a reply: only who gave the order, or the center, may" \
        supervision-refuse --by 市营商办 --reason x 8
    refuses "supervision-refuse: 3: refuse a reply: only who gave the order, or the center, may" \
        supervision-refuse --by 市营商办 --reason x 3
    refuses "supervision-refuse: 3: refuse a reply: that organisation does not supervise" \
        supervision-refuse --by tax --reason x 3
    sed -i 's/^  supervisors: .*/  supervisors: []/' config/center.yaml # what it ordered it still judges
    quiet supervision-refuse --by 市政府办 --reason x --reply-days 1 8
    quiet supervision-refuse --reason x 3
    same "$(supervision-list --ticket 1 | cut -f 5,9)" $'2026-03-18T23:59:59+08:00\t3\n2026-03-18T23:59:59+08:00\t8'
    sound
}

@test "by lists, and from a file" {
    late
    quiet supervision-reply --text 已阅 1 2
    sh_run "supervision-list --replied --org tax | cut -f 9 | supervision-refuse -q --reason 未整改 - | wc -l"
    same "$status:$output:$stderr" 0:3:
    printf '督办编号,理由,单位\n4,未整改,\n5,未整改,市营商办\n1,再退,\n' >r.csv
    call supervision-refuse -q --csv r.csv --rejects rejects.csv
    same "$status $(wc -l <<<"$output") $stderr" "2 2 supervision-refuse: r.csv:4: refuse a reply: order 1 has none"
    same "$(supervision-list --replied | cut -f 9)" 6
    sound
}

@test "what is refused has its reason, a wrong command line too" {
    late
    quiet supervision-reply --text 已整改 3
    refuses "supervision-refuse: 1: refuse a reply: order 1 has none" supervision-refuse --reason x 1
    refuses "supervision-refuse: 7: refuse a reply: the reason is missing" supervision-refuse 7
    refuses "supervision-refuse: 7: refuse a reply: the reason is blank" supervision-refuse --reason ' ' 7
    refuses "supervision-refuse: 7: refuse a reply: that is before the reply" \
        supervision-refuse --reason x --at 2026-03-17T08:00 7
    refuses "supervision-refuse: 99: no such order" supervision-refuse --reason x 99
    printf '系统编号,理由\n3,x\n' >r.csv
    refuses "supervision-refuse: r.csv:2: refuse a reply: the order is missing
supervision-refuse: 1 bad row: nothing was done; --rejects FILE does the rest" supervision-refuse -q --csv r.csv
    gives 2 "" "supervision-refuse: name the orders by their numbers, or a file with --csv; see supervision-refuse -h" \
        supervision-refuse --reason x
}

@test "center-check compares what became of orders with their events" {
    late
    quiet supervision-reply --level orange --text 敷衍 1
    quiet supervision-refuse --reason 未整改 2
    quiet supervision-reply --level yellow --text 已整改 1
    sound
    sql "UPDATE supervision SET reply = '改过' WHERE id = 1; UPDATE supervision SET refused_at = NULL, acknowledged_at = NULL WHERE id = 2"
    gives 1 $'supervision\t1\torder: reply is 改过, its events give 已整改
supervision\t2\torder: acknowledged_at is nothing, its events give 1773709200
supervision\t2\torder: refused_at is nothing, its events give 1773709200' "" center-check -q
}
