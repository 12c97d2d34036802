#!/usr/bin/env bats
# ticket-note: remarks, and the mark of confidential tickets (what that hides: mask.bats).

load lib/base
load lib/loop

two() {
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00 --source 12345 --ref A1 >new
    new 2026-03-02T09:00 --source 12345 --ref A2 >>new
    quiet ticket-route --to tax 1
}

@test "a remark changes nothing but the log" {
    two
    before=$(sql 'SELECT * FROM ticket')
    gives 0 $'1\tnote\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲
2\tnote\treceived\t2026-03-09T23:59:59+08:00\t-\t甲' "" ticket-note --text 已电话联系 1 2
    same "$(sql 'SELECT * FROM ticket')" "$before"
    same "$(sql "SELECT group_concat(type || data, ' ') FROM v_event WHERE id > (SELECT max(id) FROM v_event) - 2")" \
        'noted{"text":"已电话联系"} noted{"text":"已电话联系"}'
    quiet ticket-note --text 局里的备注 --by 市税务局 --at 2026-03-02T09:00 1
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" '{"by":"tax","text":"局里的备注"}'
    sound
}

@test "the mark of confidence is set and taken away by the center only" {
    two
    quiet ticket-note --confidential --text 应要求 1
    same "$(sql 'SELECT group_concat(confidential) FROM ticket')" 1,0
    same "$(sql 'SELECT data FROM event ORDER BY id DESC LIMIT 1')" '{"by":"center","text":"应要求","confidential":1}'
    quiet ticket-note --public 1
    same "$(sql 'SELECT group_concat(confidential) FROM ticket')" 0,0
    refuses "ticket-note: 1: mark confidential or public: only the center may" \
        ticket-note --confidential --by tax 1
    sound
}

@test "what is refused has its reason, and nothing is written" {
    two
    refuses "ticket-note: 1: note: the text is missing" ticket-note 1
    refuses "ticket-note: 1: note: the text is missing" ticket-note --text '' 1
    refuses "ticket-note: 1: 2026-03-01T09:00:00+08:00 lies before 2026-03-02T09:00:00+08:00, when the clock started" \
        ticket-note --text x --at 2026-03-01T09:00 1
    refuses 'ticket-note: unknown organisation "没有"; org-list shows them' ticket-note --text x --by 没有 1
    refuses "ticket-note: an option's value is not UTF-8; see ticket-note -h" ticket-note --text $'\xff' 1
    gives 2 "" "ticket-note: name the tickets, or a file with --csv; see ticket-note -h" ticket-note --text x
    gives 2 "" "ticket-note: one of --confidential and --public; see ticket-note -h" \
        ticket-note --public --confidential 1
}

@test "remarks are taken from a file" {
    two
    printf '编号,备注\nA1,一\nA2,"二\n行"\n' >n.csv
    quiet ticket-note --csv n.csv --source 12345
    same "$(sql "SELECT json_extract(data, '\$.text') FROM v_event WHERE type = 'noted'")" $'一\n二\n行'
    gives 2 "" "ticket-note: tickets are named by --csv or by operands, not both; see ticket-note -h" \
        ticket-note --csv n.csv 1
    gives 2 "" "ticket-note: --source, --encoding and --rejects go with --csv; see ticket-note -h" \
        ticket-note --source x --text x 1
    sound
}
