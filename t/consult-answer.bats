#!/usr/bin/env bats
# consult-answer: opinions come back, one by one or from a file.

load lib/base
load lib/loop
load lib/consult

@test "an opinion answers its giver's ticket; further ones and late ones do not mind" {
    opened
    at 2026-03-04T10:00
    gives 0 $'1\t1\ttax\tadded' "" consult-answer --by 市税务局 --text 第二条应明确期限 1
    same "$(sql 'SELECT state, answered_at IS NOT NULL FROM ticket WHERE id = 1')" "answered|1"
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE ticket_id = 1 AND type = 'answered'")" \
        '{"by":"tax","text":"第二条应明确期限","how":"answered","gross":2,"net":2}'
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE type = 'opinion-given'")" \
        '{"consultation":1,"opinion":1,"by":"tax","text":"第二条应明确期限"}'
    # the same again is the same
    gives 0 $'1\t1\ttax\tsame' "" consult-answer --by tax --text 第二条应明确期限 1
    gives 0 $'2\t1\ttax\tadded' "" consult-answer --by tax --text 删去第三条 --at 2026-03-04T09:30 1
    # one who has answered the ticket may still give an opinion, and one that has given it back too
    quiet ticket-answer --text 无意见 2
    quiet ticket-return --reason 不属于本单位职责 --basis x 3
    quiet ticket-return --approve 3
    gives 0 $'3\t1\tchamber\tadded' "" consult-answer --by 示例商会 --text '门槛太高' 1
    same "$(sql 'SELECT group_concat(state) FROM v_ticket')" "answered,answered,received"
    gives 0 "1	贴息办法	finance	2026-03-13	3	3	3	0	0	3	-	-" "" consult-list
    refuses "consult-answer: consultation 1 was not sent to that organisation" \
        consult-answer --by commerce --text x 1
    refuses "consult-answer: 7: no such consultation" consult-answer --by tax --text x 7
    refuses "consult-answer: 2026-03-05T00:00:00+08:00 lies in the future" \
        consult-answer --by tax --text x --at 2026-03-05 1
    refuses "consult-answer: 2026-03-01T00:00:00+08:00 lies before 2026-03-02T09:00:00+08:00, when the draft was sent out" \
        consult-answer --by tax --text x --at 2026-03-01 1
    sound
}

@test "opinions from a file, by id or title" {
    opened
    at 2026-03-05T10:00
    cat >o.csv <<-'END'
	征求意见,单位,意见,反馈时间
	1,市税务局,一,2026-03-03 09:00
	贴息办法,司法局,二,
	贴息办法,示例商会,三,2026/3/4 10:00
	END
    gives 0 $'1\t1\ttax\tadded\n2\t1\tjustice\tadded\n3\t1\tchamber\tadded' "" consult-answer --csv o.csv
    same "$(sql 'SELECT group_concat(state) FROM v_ticket')" "answered,answered,answered"
    gives 0 $'1\t1\ttax\tsame\n2\t1\tjustice\tsame\n3\t1\tchamber\tsame' "" consult-answer --csv o.csv
    cat >o.csv <<-'END'
	征求意见,单位,意见,反馈时间
	2,市税务局,一,
	1,市税务居,一,
	1,tax,,
	1,commerce,一,
	1,tax,四,昨天
	1,tax,四,
	END
    refuses 'consult-answer: o.csv:2: unknown consultation "2"
consult-answer: o.csv:3: unknown organisation "市税务居" (did you mean 市税务局?)
consult-answer: o.csv:4: no text
consult-answer: o.csv:5: consultation 1 was not sent to that organisation
consult-answer: o.csv:6: not a time: "昨天" (write 2020-05-27 or 2020-05-27T09:00)
consult-answer: 5 bad rows: nothing was done; --rejects FILE does the rest' consult-answer --csv o.csv
    run --separate-stderr consult-answer -q --csv o.csv --rejects bad.csv
    same "$status$output" $'24\t1\ttax\tadded'
    same "$(wc -l <bad.csv)" 6
    sound
}

@test "a wrong command line is refused, with what would be right" {
    world
    end="; see consult-answer -h"
    gives 2 "" "consult-answer: --text is missing$end" consult-answer --by tax 1
    gives 2 "" "consult-answer: --by is missing$end" consult-answer --text x 1
    gives 2 "" "consult-answer: name one consultation$end" consult-answer --by tax --text x
    gives 2 "" "consult-answer: no operand is expected$end" consult-answer --csv x 1
    gives 2 "" "consult-answer: --by, --text and --at go with one opinion, not with a file$end" \
        consult-answer --csv x --text y
    gives 2 "" "consult-answer: --encoding and --rejects go with --csv$end" \
        consult-answer --by tax --text x --rejects y 1
}
