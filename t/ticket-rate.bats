#!/usr/bin/env bats
# ticket-rate: the enterprise's rating, by number or by word, by operand or from a file.

load lib/base
load lib/loop

# Tickets 1 to 4, answered on 2026-03-03; 5 is not.
answered() {
    at 2026-03-02T09:00
    center
    for id in 1 2 3 4 5; do new 2026-03-02T09:00 --source 12345 --ref "A$id"; done >ids
    quiet ticket-route --to tax - <ids
    at 2026-03-03T09:00
    quiet ticket-answer --text 答 1 2 3 4
    at 2026-03-04T09:00
}

due=2026-03-09T23:59:59+08:00

@test "3 to 5 close, 1 and 2 wait for the follow-up" {
    answered
    gives 0 "1	rate	closed	$due	tax	甲
2	rate	closed	$due	tax	甲" "" ticket-rate --score 3 1 2
    gives 0 "3	rate	rated	$due	tax	甲" "" ticket-rate --score 2 --text 太慢 3
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event WHERE ticket_id = 3 ORDER BY id DESC LIMIT 1")" \
        'rated|{"text":"太慢","rating":2,"follow_due":1773071999}' # 3 working days after: 03-09T23:59:59
    same "$(sql "SELECT group_concat(type) FROM v_event WHERE ticket_id = 1 AND id > (SELECT max(id) FROM v_event WHERE type = 'answered')")" \
        rated,closed
    gives 0 "编号  事项  状态    答复期限          主办                      标题
   4  评价  待回访  2026-03-09 23:59  国家税务总局徐州市税务局  甲" "" ticket-rate -F table --score 非常不满意 4
    sound
}

@test "who handled the ticket does not rate it" {
    at 2026-03-02T09:00
    center
    id=$(ticket-new --title x | cut -f 1)
    quiet ticket-route --to tax --assist justice "$id"
    quiet ticket-return --reason 不属于本单位职责 --basis y "$id"
    quiet ticket-return --approve "$id"
    quiet ticket-route --to 市商务局 --assist justice "$id"
    quiet ticket-answer --text 已办 --without 无需 "$id"
    for org in 市商务局 justice tax; do # the lead, an assist, the lead of before
        gives 2 "" "ticket-rate: $id: rate: who handled the ticket does not rate it" ticket-rate --by $org --score 5 "$id"
    done
    printf 'id,by,score\n%s,市商务局,5\n' "$id" >r.csv
    gives 2 "" "ticket-rate: r.csv:2: rate: who handled the ticket does not rate it
ticket-rate: 1 bad row: nothing was done; --rejects FILE does the rest" ticket-rate --csv r.csv
    call ticket-rate --score 1 "$id"
    same "$status$stderr" 0
}

@test "what is no rating is refused" {
    answered
    for word in 0 6 一般 '' 55 -1 5.0; do
        run --separate-stderr ticket-rate --score "$word" 1
        same "$status$output" 2
        [[ $stderr == "ticket-rate: unknown rating \"$word\""* ]]
    done
    run --separate-stderr ticket-rate --score 非常满 1
    [[ $stderr == *"did you mean 非常满意?"* ]]
    refuses "ticket-rate: 1: rate: the score is missing (1 to 5)" ticket-rate 1
}

@test "the moment: not before the answer, not in the future; twice the same is once" {
    answered
    refuses "ticket-rate: 1: rate: that is before the answer" \
        ticket-rate --score 5 --at 2026-03-03T08:59:59 1
    refuses "ticket-rate: 1: 2026-03-04T09:00:01+08:00 lies in the future" \
        ticket-rate --score 5 --at 2026-03-04T09:00:01 1
    quiet ticket-rate --score 5 --at 2026-03-03T10:00 1
    before=$(everything)
    gives 0 "" "" ticket-rate --score 5 --at 2026-03-03T10:00 1
    same "$(everything)" "$before"
    refuses "ticket-rate: 1: rate: it is closed (已办结); now: 备注" \
        ticket-rate --score 4 --at 2026-03-03T10:00 1
}

@test "good and bad operands, standard input" {
    answered
    run --separate-stderr bash -c 'printf "1\tx\n5\nzwei\n99\n2\n" | ticket-rate --score 5 -'
    same "$status" 2
    same "$(cut -f 1,3 <<<"$output")" $'1\tclosed\n2\tclosed'
    same "$(sort <<<"$stderr")" "ticket-rate: 5: rate: it is dispatched (已派发); now: 签收 答复 申请退单 会商 改派 增加协办 解除协办 申请延期 申请挂起 恢复 并单 转办 撤回 作废
ticket-rate: 99: no such ticket
ticket-rate: standard input:3: not an id: \"zwei\""
    sound
}

@test "a file: by id and by the source's number, words and numbers; twice is once" {
    answered
    printf '工单编号,满意度,评价时间,备注\nA1,非常满意,2026-03-03 10:00,好\nA2,1,2026/3/3 10:00:00,差\nA3,满意,2026-03-03T10:00,\n' >r.csv
    quiet ticket-rate --csv r.csv --source 12345
    same "$(sql "SELECT group_concat(rating || state, ' ') FROM ticket WHERE rating IS NOT NULL")" "5closed 1rated 4closed"
    before=$(everything)
    gives 0 "" "ticket-rate: 3 already there" ticket-rate --csv r.csv --source 12345
    same "$(everything)" "$before"
    # all or nothing
    printf 'id,score\n4,5\n5,5\n4,七\n' >bad.csv
    run --separate-stderr ticket-rate --csv bad.csv
    same "$status$output" 2
    [[ $stderr == *"bad.csv:3: rate: it is dispatched"*"bad.csv:4: unknown rating \"七\""*"2 bad rows: nothing was done"* ]]
    same "$(everything)" "$before"
    run --separate-stderr ticket-rate --csv bad.csv --rejects rejects.csv
    same "$status $(cut -f 1,3 <<<"$output")" $'2 4\tclosed'
    same "$(wc -l <rejects.csv)" 3
    sound
}

@test "a wrong command line is refused, with what would be right" {
    answered
    gives 2 "" "ticket-rate: name the tickets, or a file with --csv; see ticket-rate -h" ticket-rate --score 5
    before=$(everything)
    quiet ticket-rate -n --score 5 1
    same "$(everything)" "$before"
}

# S11: "Ratings that come late are lost. Unrated close on 11-11, rating 1 on 11-12: refused; explained close
# two minutes after the answer: the enterprise's 1 is refused." S1: 处理不满意绝不放过.
# unrated: tickets 1 to 4 are closed as not rated on 2026-03-11, 5 as explained on 2026-03-03.
unrated() {
    answered
    quiet ticket-answer --text 答 --at 2026-03-03T09:00 5
    quiet ticket-close --explained --reason 法律不允许 --basis 条例 --at 2026-03-03T09:02 5
    quiet ticket-close --approve --at 2026-03-03T09:02 5
    at 2026-03-11T09:00
    quiet ticket-close --unrated
}

# Scenario 36: "bad rating after not rated closing: heard somehow: refused".
@test "a bad rating after an unrated close reopens the follow-up" {
    unrated
    at 2026-03-12T09:00
    gives 0 "1	rate	rated	$due	tax	甲" "" ticket-rate --score 1 --text 没有解决 1
    same "$(sql "SELECT group_concat(type) FROM v_event WHERE ticket_id = 1 AND id > (SELECT max(id) FROM v_event WHERE type = 'closed')")" \
        rated,reopened
    same "$(fields 1 state closed closed_as rating)" $'state=rated\nrating=1'
    same "$(ticket-follow | cut -f 1)" 1
    [[ $(ticket-show -F table 1) == *重启回访* ]]
    quiet ticket-follow --outcome redo --text 仍未解决 1
    same "$(fields 1 state round due)" $'state=dispatched\nround=2\ndue=2026-03-19T23:59:59+08:00'
    sound
}

# Scenario 35: "explained close 2 minutes after the answer, unrated: enterprise can still rate".
@test "after an explained close too: it is followed up, and closed as explained again, once" {
    unrated
    at 2026-03-12T09:00
    quiet ticket-rate --score 2 5
    refuses "ticket-rate: 5: rate: it is rated (待回访); now: 回访 申请作办结 作废" ticket-rate --score 1 5
    quiet ticket-close --explained --reason 法律不允许 --basis 条例 5
    refuses "ticket-close: 5: grant an explained close: its rating was not followed up yet" ticket-close --approve 5
    quiet ticket-follow --outcome explained --text 已说明 5
    quiet ticket-close --approve 5
    same "$(fields 5 state closed_as)" $'state=closed\nclosed_as=explained'
    refuses "ticket-rate: 5: rate: it was rated already, with 2" ticket-rate --score 1 5
    sound
}

@test "a good one leaves it closed and counts; each in the figures of the month" {
    unrated
    at 2026-03-12T09:00
    gives 0 "1	rate	closed	$due	tax	甲" "" ticket-rate --score 4 1
    same "$(fields 1 state closed_as rating closed)" $'state=closed\nrating=4\nclosed=2026-03-11T09:00:00+08:00\nclosed_as=not-rated'
    quiet ticket-rate --score 1 2
    same "$(report-monthly --ids rated 2026-03 | cut -f 1 | xargs)" "1 2"
    same "$(report-monthly --ids satisfied 2026-03 | cut -f 1)" 1
    refuses "ticket-rate: 1: rate: it was rated already, with 4" ticket-rate --score 5 1
    # the very same row again is known
    printf '工单编号,评价,时间\nA3,1,2026-03-12 08:00\n' >r.csv
    quiet ticket-rate --csv r.csv --source 12345
    gives 0 "" "ticket-rate: 1 already there" ticket-rate --csv r.csv --source 12345
    quiet ticket-rate --score 3 --at 2026-03-04T09:00 4 # given before the close, entered after it
    sound
}

@test "fifteen working days after the close, as configured" {
    unrated # Wednesday 11 March: until 1 April
    at 2026-04-01T23:59:59
    quiet ticket-rate --score 1 1
    at 2026-04-02T00:00
    refuses "ticket-rate: 2: rate: it was closed, and a rating taken until 2026-04-01T23:59:59+08:00, 15 working days after" \
        ticket-rate --score 1 2
    quiet ticket-rate --score 1 --at 2026-04-01T20:00 2 # given in time
    cp -r "$TREE/share" conf
    sed -i 's/  late_rating_days: 15/  late_rating_days: 16/' conf/center.yaml
    QIFU_CONFIG=$T/conf quiet ticket-rate --score 1 3
    refuses "ticket-rate: 4: rate: who handled the ticket does not rate it" \
        ticket-rate --by tax --score 5 --at 2026-03-12T09:00 4
}
