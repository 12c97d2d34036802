#!/usr/bin/env bats
# kb-add: entries of the knowledge base come in once, and are changed by whose they are.

load lib/base

@test "from options, from Markdown, from a table; again; changed" {
    at 2026-04-01T10:00
    center
    gives 0 "1	a	退税	added" "" kb-add --code a --title 退税 --text 三日内退。 --org 市税务局 --until 2026-12-31
    gives 0 "1	a	退税	same" "" kb-add --code a --title 退税 --text 三日内退。 --org tax --until 2026-12-31
    printf '# 开户\n\n到窗口办。\n\n- 带执照\n' >b.md
    gives 0 "2	b	开户	added" "" kb-add --code b --markdown b.md
    printf '%s\n' 编号,问题,答案,责任单位,有效期至 a,退税,五日内退。,市税务局,2026/12/31 c,注销,公告二十日。,, >k.csv
    gives 0 "1	a	退税	changed
3	c	注销	added" "" kb-add -q --csv k.csv
    gives 0 "1	a	退税	same
3	c	注销	same" "" kb-add -q --csv k.csv
    same "$(sql "SELECT type, count(*) FROM v_event WHERE type LIKE 'knowledge%' GROUP BY 1")" "knowledge-added|3
knowledge-changed|1"
    same "$(kb-find 开户 | cut -f 3,7)" '开户	到窗口办。\n\n- 带执照'
    # what it said before is not found any more
    same "$(kb-find 三日 | wc -l) $(kb-find 五日 | cut -f 1)" "0 1"
    gives 0 "" "" center-check
}

@test "what is refused" {
    at 2026-04-01T10:00
    center
    printf '%s\n' code,title,text,org,until,policy,by a,,x,taxx,2026-02-30,none, b,t,x,tax,,,justice c,t,x,justice,,,justice >k.csv
    run --separate-stderr kb-add -q --csv k.csv
    same "$status:$output" "2:"
    grep -q '^kb-add: k.csv:2: no title; unknown organisation "taxx" (did you mean tax?); until: not a time: "2026-02-30"; .*none' <<<"$stderr"
    grep -qx "kb-add: k.csv:3: entry b is not that organisation's" <<<"$stderr"
    same "$(wc -l <<<"$stderr")" 3
    # who owns it may change it, and not hand it to others
    kb-add -q --code c --title t --text x --org justice --by justice >out
    gives 2 "" "kb-add: entry c is not that organisation's" kb-add --code c --title t --text y --org tax --by tax
    gives 0 "1	c	t	changed" "" kb-add --code c --title t --text y --org justice --by justice
    gives 2 "" "kb-add: --markdown goes without --title, --text and tables; see kb-add -h" kb-add --code d --markdown k.csv --title x
    gives 2 "" "kb-add: k.csv: it starts with no heading, or nothing follows it; see kb-add -h" kb-add --code d --markdown k.csv
    gives 2 "" "kb-add: no title; no text" kb-add --code d
}

@test "each value that differs from its events is named, and each pair of the index" {
    at 2026-04-01T10:00
    center
    kb-add -q --code a --title 退税 --text 退税 --org tax >out
    gives 0 "" "" center-check
    sql "UPDATE kb_entry SET text = 'x'; DELETE FROM kb_pair; INSERT INTO kb_pair VALUES ('天气', 1, 3)"
    center-check >found || true
    same "$(sort found)" "knowledge	1	a: text is x, its events give 退税
knowledge	1	天气: the row is there, its events give nothing
knowledge	1	退税: the row is nothing, its events give one"
}
