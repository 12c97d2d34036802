#!/usr/bin/env bats
# consult-decide: each opinion is adopted or not, with a reason.

load lib/base
load lib/loop
load lib/consult

@test "each is adopted or not, with a reason; deciding again" {
    decided
    gives 0 "1	tax	2026-03-05T10:00:00+08:00	adopted	合理	2026-03-16T10:00:00+08:00	-	一
2	tax	2026-03-05T10:00:00+08:00	adopted	合理	2026-03-16T10:00:00+08:00	-	二|竖线
3	justice	2026-03-05T10:00:00+08:00	declined	无上位法依据，见138****5678	2026-03-16T10:00:00+08:00	-	三
4	chamber	2026-03-05T10:00:00+08:00	-	-	-	-	四" "" consult-list 1
    gives 0 "1	贴息办法	finance	2026-03-13	3	3	4	2	1	1	-	-" "" consult-list
    before=$(everything)
    gives 0 $'1\t1\ttax\tsame' "" consult-decide --adopt --reason 合理 1
    same "$(everything)" "$before"
    gives 0 $'1\t1\ttax\tdeclined' "" consult-decide --decline --reason 重新研究 1
    same "$(sql "SELECT group_concat(json_extract(data, '\$.adopted') || json_extract(data, '\$.reason'), ' ')
        FROM event WHERE type = 'opinion-decided' AND json_extract(data, '\$.opinion') = 1")" "1合理 0重新研究"
    # the list of opinions feeds the decision; a bad id does not stop the good ones
    gives 2 $'4\t1\tchamber\tadopted' "consult-decide: 9: no such opinion" bash -c \
        "{ consult-list 1 | grep 四; echo 9; } | consult-decide --adopt --reason 可行 -"
    gives 2 "" "consult-list: 2: no such consultation" consult-list 2
}

@test "by whom and when: --by, --at, and a row for each of a file" {
    decided
    gives 2 "" "consult-decide: 4: decide: the draft is not that organisation's" \
        consult-decide --by tax --adopt --reason x 4
    gives 2 "" "consult-decide: 4: 2026-03-17T00:00:00+08:00 lies in the future" \
        consult-decide --at 2026-03-17 --adopt --reason x 4
    gives 2 "" "consult-decide: 4: 2026-03-04T00:00:00+08:00 lies before 2026-03-05T10:00:00+08:00, when it was given" \
        consult-decide --at 2026-03-04 --adopt --reason x 4
    printf '编号,采纳情况,理由,单位,时间\n1,未采纳,再议,市财政局,2026-03-10\n4,采纳,可行,,\n' >d.csv
    gives 0 $'1\t1\ttax\tdeclined\n4\t1\tchamber\tadopted' "" consult-decide --csv d.csv
    same "$(sql "SELECT data, at FROM v_event WHERE type = 'opinion-decided' ORDER BY id DESC LIMIT 1 OFFSET 1")" \
        '{"consultation":1,"opinion":1,"by":"finance","adopted":0,"reason":"再议"}|2026-03-10T00:00:00+08:00'
    printf 'id,result\nx,maybe\n3,declined\n' >bad.csv
    gives 2 "" 'consult-decide: bad.csv:2: unknown opinion "x"; unknown result "maybe" (adopted 采纳, declined 未采纳); no reason
consult-decide: bad.csv:3: no reason
consult-decide: 2 bad rows: nothing was done; --rejects FILE does the rest' consult-decide --csv bad.csv
    printf 'id\n3\n' | gives 0 $'3\t1\tjustice\tadopted' "" consult-decide --adopt --reason 合理 --csv -
    gives 0 "" "" center-check
}

@test "a wrong command line is refused, with what would be right" {
    world
    end="; see consult-decide -h"
    gives 2 "" "consult-decide: one of --adopt and --decline$end" consult-decide --adopt --decline --reason x 1
    gives 2 "" "consult-decide: one of --adopt and --decline$end" consult-decide --reason x 1
    gives 2 "" "consult-decide: --reason is missing$end" consult-decide --adopt 1
    gives 2 "" "consult-decide: name the opinions$end" consult-decide --adopt --reason x
    gives 1 "" "" consult-list
}
