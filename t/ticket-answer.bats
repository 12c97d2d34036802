#!/usr/bin/env bats
# ticket-answer: the lead answers for the whole, an assist files its part, the center answers what
# nobody leads; one by one and by CSV, in time and late.

load lib/base
load lib/loop

# Tickets of Monday 2 March 2026, due on the 9th: 1 and 2 led by tax, 1 assisted by finance and
# justice; 3 in the pool.
three() {
    center
    new 2026-03-02T09:00 >ids
    new 2026-03-02T09:00 --source 12345 --ref A2 >>ids
    new 2026-03-02T09:00 --source 12345 --ref A3 >>ids
    quiet ticket-route --now 2026-03-02T10:00 --to tax --assist finance --assist justice 1
    quiet ticket-route --now 2026-03-02T10:00 --to tax 2
    at 2026-03-05T15:00
}

@test "the lead answers: the clock stops, the round is judged" {
    three
    gives 0 $'2\tanswer\tanswered\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-answer --text 可以退税 2
    same "$(fields 2 state answered next_level level overdue)" "state=answered
answered=2026-03-05T15:00:00+08:00"
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'answered|{"by":"tax","text":"可以退税","how":"answered","gross":3,"net":3}'
    same "$(sql "SELECT round, answered_at <= due_at, limit_days, gross_days, net_days,
        lead = (SELECT id FROM org WHERE code = 'tax') FROM round")" "1|1|5|3|3|1"
    same "$(sql "SELECT answered_at = first_answered_at FROM ticket WHERE id = 2")" 1
    gives 0 "" "" sla-check 2
    gives 0 "" "" escalate --now 2026-05-01 2
    refuses "ticket-answer: 2: answer: it is answered (已答复); now: 评价 申请作办结 未评价办结 作废" \
        ticket-answer --text x 2
    sound
}

@test "--resolved settles a ticket" {
    three
    quiet ticket-answer --resolved --text 已退税 2
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" '{"by":"tax","text":"已退税","how":"resolved","gross":3,"net":3}'
    same "$(fields 2 state)" state=answered
}

@test "the assists file their parts, then the lead answers" {
    three
    refuses "ticket-answer: 1: answer: 2 assists have not filed a part; --without REASON answers without" \
        ticket-answer --text x 1
    gives 0 $'1\tanswer\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-answer --by finance --text 财政意见 1
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'assist-answered|{"by":"finance","text":"财政意见"}'
    same "$(fields 1 state party)" "state=dispatched
party=tax lead due 2026-03-09T23:59:59+08:00 accept-due 2026-03-03T23:59:59+08:00
party=finance assist due 2026-03-09T23:59:59+08:00 accept-due 2026-03-03T23:59:59+08:00 answered 2026-03-05T15:00:00+08:00
party=justice assist due 2026-03-09T23:59:59+08:00 accept-due 2026-03-03T23:59:59+08:00"
    refuses "ticket-answer: 1: answer: this assist has filed its part already" ticket-answer --by finance --text x 1
    refuses "ticket-answer: 1: answer: 1 assist has not filed a part; --without REASON answers without" \
        ticket-answer --text x 1
    quiet ticket-accept 1
    quiet ticket-answer --by justice --text 司法意见 1
    same "$(sql "SELECT count(*) FROM round")" 0
    gives 0 $'1\tanswer\tanswered\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-answer --text x 1
    sound
}

@test "--without: the lead answers before its assists, and says why" {
    three
    gives 0 $'1\tanswer\tanswered\t2026-03-09T23:59:59+08:00\ttax\t甲' "" \
        ticket-answer --text x --without 协办无需意见 1
    # the assists' clocks run on: their yellow comes next
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        '{"by":"tax","text":"x","how":"answered","without":"协办无需意见","gross":3,"net":3,"next":'"$(date -d 2026-03-10T00:00+08:00 +%s)"'}'
    # an assist files its part also afterwards; the answer stands
    gives 0 $'1\tanswer\tanswered\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-answer --by finance --text 财政意见 1
    refuses "ticket-answer: 1: answer: this assist has filed its part already" ticket-answer --by finance --text x 1
    sound
}

@test "a ticket that nobody leads is answered by the center, and by nobody else" {
    three
    refuses "ticket-answer: 3: answer: that organisation does not handle it" ticket-answer --by tax --text x 3
    gives 0 $'3\tanswer\tanswered\t2026-03-09T23:59:59+08:00\t-\t甲' "" ticket-answer --text 窗口当场答复 3
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        '{"by":"center","text":"窗口当场答复","how":"answered","gross":3,"net":3}'
    same "$(sql "SELECT lead IS NULL, gross_days FROM round")" "1|3"
    same "$(fields 3 held)" "held=center 3"
    # one that is led is not the center's
    refuses "ticket-answer: 2: answer: that organisation does not handle it" ticket-answer --by center --text x 2
    refuses "ticket-answer: 2: answer: that organisation does not handle it" ticket-answer --by finance --text x 2
    refuses 'ticket-answer: unknown organisation "taxes" (did you mean tax?)' ticket-answer --by taxes --text x 2
    quiet ticket-confer --reason 不清 2
    refuses "ticket-answer: 2: answer: it is conference (会商中); now: 会商裁定 并单 撤回 作废" ticket-answer --text x 2
    sound
}

@test "a late answer records the breach, without a sweep" {
    three
    at 2026-03-13T10:00
    quiet ticket-answer --text x 2
    same "$(sql "SELECT level, level_began, swept, lead FROM v_supervision ORDER BY id")" \
        "yellow|2026-03-10T00:00:00+08:00|2026-03-13T10:00:00+08:00|tax
orange|2026-03-13T00:00:00+08:00|2026-03-13T10:00:00+08:00|tax"
    same "$(sql "SELECT answered_at > due_at, gross_days FROM round")" "1|9"
    # the orders are owed a reply all the same: without one red follows
    same "$(sql "SELECT level, datetime(next_level_at + 28800, 'unixepoch') FROM ticket WHERE id = 2")" \
        "orange|2026-03-18 00:00:00"
    quiet supervision-reply --text 已整改 2
    gives 0 "" "" escalate --now 2026-06-01 2
    # answered by the center itself: no handler was late, its own dispatch was
    quiet ticket-answer --text x --at 2026-03-09T23:59:59 3
    same "$(sql "SELECT level, lead FROM v_supervision WHERE ticket_id = 3")" "dispatch-late|center"
    sound
}

@test "a late answer is late from its second on, on each party's own clock" {
    three
    at 2026-03-10T10:00
    quiet ticket-answer --by finance --text x --at 2026-03-09T23:59:59 1
    quiet ticket-answer --by tax --text x --without y --at 2026-03-10 1
    quiet ticket-answer --by tax --text x --at 2026-03-09T23:59:59 2
    same "$(sql "SELECT ticket_id, lead, role, level FROM v_supervision ORDER BY lead")" \
        "1|justice|assist|yellow
1|tax|lead|yellow"
    same "$(escalate 1 2)" ""
    sound
}

@test "a breach that a sweep has fired survives an answer that its handler enters for a day before" {
    three
    quiet escalate --now 2026-03-13T00:05 2
    at 2026-03-13T10:00
    quiet ticket-answer --text x --at 2026-03-06 2
    same "$(sql "SELECT level FROM v_supervision WHERE ticket_id = 2 ORDER BY id" | xargs)" "yellow orange"
    same "$(sql "SELECT answered_at <= due_at FROM round")" 1
    # until the center believes it
    quiet supervision-revoke --approve 2
    same "$(sql "SELECT level FROM v_supervision WHERE ticket_id = 2 AND revoked IS NULL")" ""
    sound
}

@test "--at: not in the future, not before the start; entered again it is harmless" {
    three
    refuses "ticket-answer: 2: 2026-03-05T15:00:01+08:00 lies in the future" ticket-answer --text x --at 2026-03-05T15:00:01 2
    refuses "ticket-answer: 2: 2026-03-02T08:59:59+08:00 lies before 2026-03-02T09:00:00+08:00, when the clock started" \
        ticket-answer --text x --at 2026-03-02T08:59:59 2
    quiet ticket-answer --text x --at 2026-03-02T09:00 2
    quiet ticket-answer --text x --at 2026-03-03T09:00 --by finance 1
    quiet ticket-answer --text x --at 2026-03-04T09:00 --without y 1
    before=$(everything)
    gives 0 "" "" ticket-answer --text x --at 2026-03-02T09:00 2
    gives 0 "" "" ticket-answer --text x --at 2026-03-02T09:00 --by tax 2
    gives 0 "" "" ticket-answer --text x --at 2026-03-03T09:00 --by finance 1
    gives 0 "" "" ticket-answer --text x --at 2026-03-04T09:00 1
    same "$(everything)" "$before"
    # after a redo too: the answer of the first round is no answer of the second
    quiet ticket-rate --score 1 2
    quiet ticket-follow --outcome redo --text x 2
    before=$(everything)
    gives 0 "" "" ticket-answer --text x --at 2026-03-02T09:00 2
    same "$(everything)" "$before"
    refuses "ticket-answer: 2: 2026-03-04T09:00:00+08:00 lies before 2026-03-05T15:00:00+08:00, when the clock started" \
        ticket-answer --text x --at 2026-03-04T09:00 2
    sound
}

@test "--csv: by id, by source and ref, headers in Chinese, GB18030, times as spreadsheets write them" {
    three
    printf '系统编号,答复意见,答复时间\n2,可以,2026/3/5 9:32:09\n' >acts.csv
    gives 0 $'2\tanswer\tanswered\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-answer --csv acts.csv
    same "$(fields 2 answered)" answered=2026-03-05T09:32:09+08:00
    printf '承办单位,留言编号,来源,答复意见,答复时间,无关\n徐州市企业服务中心,A3,12345,"可,\n以",2026/3/3,x\n' | iconv -f UTF-8 -t GB18030 >acts.csv
    gives 0 $'3\tanswer\tanswered\t2026-03-09T23:59:59+08:00\t-\t甲' "ticket-answer: acts.csv:1: no field is called 无关: not read" \
        ticket-answer --csv acts.csv
    same "$(sql "SELECT json_extract(data, '\$.text') FROM v_event WHERE type = 'answered' ORDER BY id DESC LIMIT 1")" $'可,\n以'
    same "$(fields 3 answered)" answered=2026-03-03T00:00:00+08:00
    # the parts of a ticket in one file, and options for what the rows do not say
    printf 'id,by,text,at,without\n1,finance,财政,2026-03-04 10:00,\n1,,税务,2026-03-04 11:00,司法无需意见\n' >acts.csv
    gives 0 $'1\tanswer\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲
1\tanswer\tanswered\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-answer --resolved --csv - <acts.csv
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        '{"by":"tax","text":"税务","how":"resolved","without":"司法无需意见","gross":2,"net":2,"next":'"$(date -d 2026-03-10T00:00+08:00 +%s)"'}'
    before=$(everything)
    gives 0 "" "ticket-answer: 2 already there" ticket-answer --csv acts.csv
    same "$(everything)" "$before"
    sound
}

@test "--csv: --source for rows that name none" {
    three
    printf 'ref,text\nA2,x\n' >acts.csv
    refuses 'ticket-answer: acts.csv:2: no ticket has source "center" and ref "A2"
ticket-answer: 1 bad row: nothing was done; --rejects FILE does the rest' ticket-answer --csv acts.csv
    gives 0 $'2\tanswer\tanswered\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-answer --source 12345 --csv acts.csv
}

@test "--csv: all or nothing; --rejects keeps the bad rows and does the rest" {
    three
    printf 'id,at,by,text\n2,2026-03-05,tax,x\n99,2026-03-05,,x\n3,soon,,x\n3,2026-03-05,nobody,x\n1,2026-03-05,,x\nx,,,x\n3,2026-03-06,,x\n,,,x\n' >acts.csv
    faults='ticket-answer: acts.csv:3: no such ticket
ticket-answer: acts.csv:4: not a time: "soon" (write 2020-05-27 or 2020-05-27T09:00)
ticket-answer: acts.csv:5: unknown organisation "nobody"; org-list shows them
ticket-answer: acts.csv:6: answer: 2 assists have not filed a part; --without REASON answers without
ticket-answer: acts.csv:7: not an id: "x"
ticket-answer: acts.csv:8: 2026-03-06T00:00:00+08:00 lies in the future
ticket-answer: acts.csv:9: no ticket has source "center" and ref ""'
    refuses "$faults
ticket-answer: 7 bad rows: nothing was done; --rejects FILE does the rest" ticket-answer --csv acts.csv
    gives 2 $'2\tanswer\tanswered\t2026-03-09T23:59:59+08:00\ttax\t甲' "$faults" \
        ticket-answer --csv acts.csv --rejects bad.csv
    same "$(sqlite3 :memory: ".import --csv bad.csv bad" "SELECT count(*), group_concat(id, ' ') FROM bad")" "7|99 3 3 1 x 3 "
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'answered'")" 1
    sound
}

@test "a wrong command line is refused, with what would be right" {
    three
    refuses "ticket-answer: name the tickets, or a file with --csv; see ticket-answer -h" ticket-answer --text x
    refuses "ticket-answer: tickets are named by --csv or by operands, not both; see ticket-answer -h" \
        ticket-answer --csv x 1
    refuses "ticket-answer: 77: no such ticket" ticket-answer --text x 77
    refuses "ticket-answer: nowhere.csv: No such file or directory" ticket-answer --csv nowhere.csv
    before=$(everything)
    quiet ticket-answer -n --text x 2 3
    same "$(everything)" "$before"
    sh_run "printf '2\tx\n3\n' | ticket-answer --text x - | cut -f1,3"
    same "$status:$output:$stderr" $'0:2\tanswered\n3\tanswered:'
}

@test "real messages: their replies by one file; on time by kind as counted independently" {
    need_data messages/messages-with-replies.csv
    need_data calendar/workdays-2007-2026.csv
    # a department's clock as the ticket's, from a source that is believed: what is late is as counted
    cp -r "$TREE/share" share
    export QIFU_CONFIG=$T/share
    sed -i 's/^party_clock: from-dispatch/party_clock: ticket/' share/center.yaml
    center
    file=$DATA/messages/messages-with-replies.csv
    quiet ticket-new -q --source 12345 --csv "$file"
    ticket-route -q >out || [ $? -eq 1 ]
    ticket-answer -q --without 网友留言 --source 12345 --csv "$file" >answered 2>err
    same "$(cat err)" ""
    same "$(wc -l <answered) $(cut -f3 answered | sort -u)" "2816 answered"
    same "$(sql "SELECT count(*) FROM ticket WHERE state = 'answered'; SELECT count(*) FROM round")" $'2816\n2816'
    # again: nothing
    gives 0 "" "ticket-answer: 2816 already there" bash -c "ticket-answer --source 12345 --csv \"$file\" 2>&1 >out | grep -v 'no field is called 留言用户' >&2"
    # which kind a message is of is what the center says; when it was due and answered is not
    sql "SELECT ref || char(9) || kind FROM ticket" >kinds
    "$TREE/t/lib/on-time" "$file" "$DATA/calendar/workdays-2007-2026.csv" kinds >expected
    sql "SELECT kind, count(*), sum(r.answered_at <= r.due_at) FROM ticket t
         JOIN round r ON r.ticket_id = t.id GROUP BY kind ORDER BY kind" >counted
    same "$(cat counted)" "$(cat expected)"
    same "$(awk -F '|' '{ all += $2; good += $3 } END { print all, (good > 100 && good < 2700) }' expected)" "2816 1"
    # a lead is yellow exactly where its answer was late, and of those without one none is
    same "$(sql "SELECT count(*) > 2200, sum((answered_at > due_at) != EXISTS
        (SELECT 1 FROM supervision s WHERE s.ticket_id = r.ticket_id AND level = 'yellow'))
        FROM round r WHERE lead IS NOT NULL")" "1|0"
    same "$(sql "SELECT count(*) FROM v_supervision WHERE role = 'dispatch' AND level <> 'dispatch-late'")" 0
    same "$(sql "SELECT count(*) FROM supervision s JOIN round r USING (ticket_id) WHERE s.role = 'lead' AND r.lead IS NULL")" 0
    # the one date without a time, and those of spreadsheets
    sqlite3 :memory: ".import --csv $file m" ".mode tabs" "SELECT 留言编号, 答复时间 FROM m" >replies
    awk -F '\t' '{ split($2, t, /[\/ :-]/)
        printf "%s\t%04d-%02d-%02dT%02d:%02d:%02d+08:00\n", $1, t[1], t[2], t[3], t[4], t[5], t[6] }' replies |
        sort >expected
    same "$(grep -vc ' ' replies) $(grep -c / replies)" "1 2816"
    sql "SELECT ref || char(9) || answered FROM v_ticket" | sort | cmp - expected
    sound
}
