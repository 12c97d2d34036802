#!/usr/bin/env bats
# policy-consult: a draft goes out as tickets, opinions come back, each is adopted or not, and reported.

load lib
load loop

# A center with an association and a draft.
world() {
    at 2026-03-02T09:00
    center
    quiet association-add --code chamber --name 示例商会 --contact 赵六 --phone 13812341234
    printf '第一条 为了……\r\n第二条 电话13987654321\r\n' >draft.txt
}

# opened: consultation 1 of the finance bureau, sent to tax, justice and the chamber, until 2026-03-13.
opened() {
    world
    policy-consult --open --title 贴息办法 --draft draft.txt --from 市财政局 --until 2026-03-13 \
        --to 市税务局 --to justice --association chamber >tickets
}

@test "a draft goes out: a ticket to each addressee, due with the last day" {
    world
    gives 0 $'1\ttax\n2\tjustice\n3\tchamber' "" policy-consult --open --title 贴息办法 --draft draft.txt \
        --from 市财政局 --until 2026-03-13 --to 市税务局 --to justice --association chamber
    same "$(sql "SELECT t.id, source, ref, channel, kind, title, state, limit_days, o.code
        FROM ticket t JOIN org o ON o.id = t.lead WHERE t.id = 3")" \
        "3|consultation|1:chamber|platform|other|征求意见：贴息办法|dispatched|9|chamber"
    same "$(sql 'SELECT body FROM ticket WHERE id = 1')" $'第一条 为了……\n第二条 电话13987654321'
    same "$(sql 'SELECT DISTINCT basis FROM route')" 征求意见
    same "$(sla-check 1 | cut -f 2)" "$(sla-check 2 | cut -f 2)"
    same "$(sql "SELECT date(due_at + 28800, 'unixepoch') FROM ticket WHERE id = 1")" 2026-03-13
    same "$(sql "SELECT data FROM event WHERE type = 'consultation-opened'")" \
        '{"consultation":1,"org":"finance","title":"贴息办法","until":"2026-03-13","to":["tax","justice","chamber"]}'
    gives 0 "1	贴息办法	finance	2026-03-13	3	0	0	0	0	0" "" policy-consult
    # no ladder before the last day is over
    at 2026-03-13T18:00
    gives 0 "" "" escalate
    # the calendar anew: the last day stays the last day
    gives 0 "" "" sla-check --recompute
    sound
}

@test "opened again: only what is missing" {
    opened
    again="policy-consult --open --title 贴息办法 --draft draft.txt --from finance"
    gives 0 "" "" $again --until 2026-03-13 --to tax
    before=$(everything)
    gives 0 $'-\tcommerce' "" $again --until 2026-03-13 --to tax --to commerce --to commerce -n
    same "$(everything)" "$before"
    gives 0 $'4\tcommerce' "" $again --until 2026-03-13 --to tax --to commerce --to commerce
    same "$(sql "SELECT json_extract(data, '\$.to') FROM event WHERE type = 'consultation-opened' ORDER BY id DESC LIMIT 1")" \
        '["commerce"]'
    refuses "policy-consult: consultation 1 has this title, with the last day 2026-03-13" \
        $again --until 2026-03-14 --to commerce
    echo 别的 >draft.txt
    refuses "policy-consult: consultation 1 has this title, with another draft" \
        $again --until 2026-03-13 --to commerce
    # another drafter may use the title
    gives 0 $'5\ttax' "" policy-consult --open --title 贴息办法 --draft draft.txt --from commerce \
        --until 2026-03-13 --to tax
    sound
}

@test "an opinion answers its giver's ticket; further ones and late ones do not mind" {
    opened
    at 2026-03-04T10:00
    gives 0 $'1\t1\ttax\tadded' "" policy-consult --opinion --by 市税务局 --text 第二条应明确期限 1
    same "$(sql 'SELECT state, answered_at IS NOT NULL FROM ticket WHERE id = 1')" "answered|1"
    same "$(sql "SELECT data FROM event WHERE ticket_id = 1 AND type = 'answered'")" \
        '{"by":"tax","text":"第二条应明确期限","how":"answered"}'
    same "$(sql "SELECT data FROM event WHERE type = 'opinion-given'")" \
        '{"consultation":1,"opinion":1,"by":"tax","text":"第二条应明确期限"}'
    # the same again is the same
    gives 0 $'1\t1\ttax\tsame' "" policy-consult --opinion --by tax --text 第二条应明确期限 1
    gives 0 $'2\t1\ttax\tadded' "" policy-consult --opinion --by tax --text 删去第三条 --at 2026-03-04T09:30 1
    # one who has answered the ticket may still give an opinion, and one that has given it back too
    quiet ticket-answer --text 无意见 2
    quiet ticket-return --reason 不属于本单位职责 --basis x 3
    quiet ticket-return --approve 3
    gives 0 $'3\t1\tchamber\tadded' "" policy-consult --opinion --by 示例商会 --text '门槛太高' 1
    same "$(sql 'SELECT group_concat(state) FROM ticket')" "answered,answered,received"
    gives 0 "1	贴息办法	finance	2026-03-13	3	3	3	0	0	3" "" policy-consult
    refuses "policy-consult: consultation 1 was not sent to that organisation" \
        policy-consult --opinion --by commerce --text x 1
    refuses "policy-consult: 7: no such consultation" policy-consult --opinion --by tax --text x 7
    refuses "policy-consult: 2026-03-05T00:00:00+08:00 lies in the future" \
        policy-consult --opinion --by tax --text x --at 2026-03-05 1
    refuses "policy-consult: 2026-03-01T00:00:00+08:00 lies before the draft was sent out" \
        policy-consult --opinion --by tax --text x --at 2026-03-01 1
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
    gives 0 $'1\t1\ttax\tadded\n2\t1\tjustice\tadded\n3\t1\tchamber\tadded' "" policy-consult --opinion --csv o.csv
    same "$(sql 'SELECT group_concat(state) FROM ticket')" "answered,answered,answered"
    gives 0 $'1\t1\ttax\tsame\n2\t1\tjustice\tsame\n3\t1\tchamber\tsame' "" policy-consult --opinion --csv o.csv
    cat >o.csv <<-'END'
	征求意见,单位,意见,反馈时间
	2,市税务局,一,
	1,市税务居,一,
	1,tax,,
	1,commerce,一,
	1,tax,四,昨天
	1,tax,四,
	END
    refuses 'policy-consult: o.csv:2: unknown consultation "2"
policy-consult: o.csv:3: unknown organisation "市税务居" (did you mean 市税务局?)
policy-consult: o.csv:4: no text
policy-consult: o.csv:5: consultation 1 was not sent to that organisation
policy-consult: o.csv:6: not a time: "昨天"
policy-consult: 5 bad rows: nothing was done; --rejects FILE does the rest' policy-consult --opinion --csv o.csv
    run --separate-stderr policy-consult -q --opinion --csv o.csv --rejects bad.csv
    same "$status$output" $'24\t1\ttax\tadded'
    same "$(wc -l <bad.csv)" 6
    sound
}

# decided: opinions 1 to 4, of which 1 and 2 are adopted, 3 declined, 4 not decided.
decided() {
    opened
    at 2026-03-05T10:00
    printf '单位,意见,编号\ntax,一,1\ntax,二|竖线,1\njustice,三,1\nchamber,四,1\n' >o.csv
    quiet policy-consult --opinion --csv o.csv
    at 2026-03-16T10:00
    quiet policy-consult --adopt --reason 合理 1 2
    quiet policy-consult --decline --reason '无上位法依据，见13812345678' 3
}

@test "each is adopted or not, with a reason; deciding again" {
    decided
    gives 0 "1	tax	2026-03-05T10:00:00+08:00	adopted	合理	2026-03-16T10:00:00+08:00	-	一
2	tax	2026-03-05T10:00:00+08:00	adopted	合理	2026-03-16T10:00:00+08:00	-	二|竖线
3	justice	2026-03-05T10:00:00+08:00	declined	无上位法依据，见13812345678	2026-03-16T10:00:00+08:00	-	三
4	chamber	2026-03-05T10:00:00+08:00	-	-	-	-	四" "" policy-consult 1
    gives 0 "1	贴息办法	finance	2026-03-13	3	3	4	2	1	1" "" policy-consult
    before=$(everything)
    gives 0 $'1\t1\ttax\tsame' "" policy-consult --adopt --reason 合理 1
    same "$(everything)" "$before"
    gives 0 $'1\t1\ttax\tdeclined' "" policy-consult --decline --reason 重新研究 1
    same "$(sql "SELECT group_concat(json_extract(data, '\$.adopted') || json_extract(data, '\$.reason'), ' ')
        FROM event WHERE type = 'opinion-decided' AND json_extract(data, '\$.opinion') = 1")" "1合理 0重新研究"
    # the list of opinions feeds the decision; a bad id does not stop the good ones
    gives 2 $'4\t1\tchamber\tadopted' "policy-consult: 9: no such opinion" bash -c \
        "{ policy-consult 1 | grep 四; echo 9; } | policy-consult --adopt --reason 可行 -"
    gives 2 "" "policy-consult: 2: no such consultation" policy-consult 2
}

@test "back to those who gave them: what is decided, each once" {
    decided
    run --separate-stderr policy-consult --feedback -n 1
    same "$status$stderr $(cut -f 1 <<<"$output" | xargs)" "0 1 2 3"
    gives 0 "1	1	贴息办法	tax	国家税务总局徐州市税务局	-	-	一	adopted	合理
2	1	贴息办法	tax	国家税务总局徐州市税务局	-	-	二|竖线	adopted	合理
3	1	贴息办法	justice	徐州市司法局	-	-	三	declined	无上位法依据，见13812345678" "" policy-consult --feedback 1
    gives 1 "" "" policy-consult --feedback 贴息办法
    same "$(sql "SELECT data FROM event WHERE type = 'opinion-reported'")" '{"consultation":1,"opinions":[1,2,3]}'
    # decided later, or anew: told then; the contact is masked in a table
    quiet policy-consult --adopt --reason 可行 4
    quiet policy-consult --adopt --reason 已修改 3
    run --separate-stderr policy-consult --feedback -n -F table 1
    [[ $output == *'赵*'*'138****1234'* && $output != *赵六* && $output != *13812341234* ]]
    same "$(policy-consult --feedback 1 | cut -f 1,6,7 | xargs)" "3 - - 4 赵六 13812341234"
    same "$(policy-consult --feedback --again 1 | cut -f 1 | xargs)" "1 2 3 4"
    same "$(sql "SELECT count(*) FROM event WHERE type = 'opinion-reported'")" 2
    sound
}

@test "the report on paper" {
    decided
    run --separate-stderr policy-consult --report -F md 1
    same "$status$stderr" 0
    same "$(grep '^#' <<<"$output")" "# 《贴息办法》征求意见采纳情况
## 一、征求情况
## 二、反馈情况
## 三、意见及采纳情况
## 四、征求意见稿"
    [[ $output == *'| 结果 | 征求3家，反馈3家 |'* && $output == *'| 意见 | 4条：采纳2，未采纳1，待定1 |'* ]]
    [[ $output == *'| 2 | 国家税务总局徐州市税务局 | 二\|竖线 | 采纳 | 合理 |'* ]]
    [[ $output == *'| 3 | 徐州市司法局 | 三 | 未采纳 | 无上位法依据，见138****5678 |'* ]]
    [[ $output == *'139****4321' && $output != *13987654321* ]]
    # as text: the same, without marks
    run --separate-stderr policy-consult --report 1
    same "$status$stderr" 0
    [[ $output == '《贴息办法》征求意见采纳情况'* && $output == *未采纳* && $output != *'|'*'---'* ]]
    [ "$(policy-consult --report -F text 1)" = "$output" ]
    gives 2 "" "policy-consult: 9: no such consultation" policy-consult --report 9
}

@test "drafts: GB18030, standard input, what is no text" {
    world
    rest="--from finance --until 2026-03-13 --to tax"
    iconv -f UTF-8 -t GB18030 draft.txt >gb.txt
    quiet policy-consult --open --title 一 --draft gb.txt $rest
    quiet bash -c "policy-consult --open --title 二 --draft - $rest <draft.txt"
    same "$(sql 'SELECT count(DISTINCT draft) FROM consultation')" 1
    printf '\0\1' >binary
    : >empty
    gives 2 "" "policy-consult: binary: no text in UTF-8 or GB18030" policy-consult --open --title 三 --draft binary $rest
    gives 2 "" "policy-consult: empty: the file is empty" policy-consult --open --title 三 --draft empty $rest
    gives 2 "" "policy-consult: none: No such file or directory" policy-consult --open --title 三 --draft none $rest
    run --separate-stderr policy-consult --open --title 三 --draft . $rest
    same "$status$output" 2
    gives 2 "" '"tax" is no association; --to sends to any organisation' bash -c \
        "policy-consult --open --title 三 --draft draft.txt $rest --association tax 2>&1 >/dev/null | sed 's/^policy-consult: //' >&2; exit 2"
    gives 2 "" "policy-consult: --until lies in the past" policy-consult --open --title 三 --draft draft.txt \
        --from finance --until 2026-03-01 --to tax
}

@test "misuse" {
    world
    end="; see policy-consult -h"
    open="policy-consult --open --title x --draft y --from finance --until 2026-03-13"
    gives 2 "" "policy-consult: --to is missing (or --association)$end" $open
    gives 2 "" "policy-consult: no operand is expected$end" $open --to tax 1
    gives 2 "" "policy-consult: --title is missing$end" policy-consult --open --to tax
    gives 2 "" "policy-consult: --title is missing$end" $open --title '' --to tax
    gives 2 "" "policy-consult: one of --open, --opinion, --adopt, --decline, --report and --feedback$end" \
        policy-consult --adopt --decline 1
    gives 2 "" "policy-consult: --reason is missing$end" policy-consult --adopt 1
    gives 2 "" "policy-consult: name the opinions$end" policy-consult --adopt --reason x
    gives 2 "" "policy-consult: --text is missing$end" policy-consult --opinion --by tax 1
    gives 2 "" "policy-consult: name one consultation$end" policy-consult --opinion --by tax --text x
    gives 2 "" "policy-consult: name one consultation$end" policy-consult --report 1 2
    gives 2 "" "policy-consult: --by, --text and --at go with one opinion, not with a file$end" \
        policy-consult --opinion --csv x --text y
    gives 2 "" "policy-consult: --encoding and --rejects go with --csv$end" \
        policy-consult --opinion --by tax --text x --rejects y 1
    gives 2 "" "policy-consult: --again goes with --feedback$end" policy-consult --again
    gives 2 "" "policy-consult: --csv goes with --opinion$end" policy-consult --adopt --reason x --csv y
    gives 2 "" "policy-consult: unknown format \"md\" (table, tsv, csv or json; of a report text or md)$end" \
        policy-consult -F md
    gives 1 "" "" policy-consult
}
