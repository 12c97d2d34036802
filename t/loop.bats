#!/usr/bin/env bats
# Whole stories of the loop: what is told of a ticket at its end.

load lib/base
load lib/loop

# held ID: the responsibility days of the ticket, by organisation.
held() { ticket-show "$1" | awk -F '\t' '$2 == "held" { print $3 }' | paste -sd ' '; }
held_sum() { ticket-show "$1" | awk -F '\t' '$2 == "held" { sub(/.* /, "", $3); s += $3 } END { print s + 0 }'; }

# A ticket received on Monday 2026-03-02, answered in time on Wednesday, rated 1 on Thursday.
unhappy() {
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00 >new
    quiet ticket-route --to tax --assist justice 1
    quiet ticket-accept 1
    quiet ticket-answer --text 第一次答复 --without 协办已会签 --now 2026-03-04T15:00 1
    at 2026-03-05T10:00
    quiet ticket-rate --score 1 --text 没有解决 1
}

@test "redo: a fresh clock, the first and the final answer, each round's judgment" {
    unhappy
    at 2026-03-06T10:00 # Friday
    gives 0 $'1\tfollow up\tdispatched\t2026-03-13T23:59:59+08:00\ttax\t甲' "" \
        ticket-follow --outcome redo --text 企业称仍未到账 1
    same "$(fields 1 state round due accept_due accepted answered first_answered rating closed outcome)" \
        "state=dispatched
accept_due=2026-03-09T23:59:59+08:00
first_answered=2026-03-04T15:00:00+08:00
outcome=redo
round=2
due=2026-03-13T23:59:59+08:00"
    # both hold it again, with clocks of their own
    same "$(sql "SELECT round, o.code, role, accepted_at IS NULL, answered_at IS NULL FROM route r
        JOIN org o ON o.id = r.org_id ORDER BY r.id")" "1|tax|lead|0|0
1|justice|assist|1|1
2|tax|lead|1|1
2|justice|assist|1|1"
    refuses "ticket-answer: 1: answer: 1 assist has not filed a part; --without REASON answers without" \
        ticket-answer --text 第二次答复 1
    quiet ticket-accept --now 2026-03-09T09:00 1
    quiet ticket-answer --by justice --text 协办意见 --now 2026-03-10T09:00 1
    quiet ticket-answer --text 第二次答复 --now 2026-03-18T09:00 1 # three working days late
    quiet ticket-rate --score 非常满意 --now 2026-03-19T09:00 1
    same "$(fields 1 state answered first_answered rating closed closed_as due)" \
        "state=closed
answered=2026-03-18T09:00:00+08:00
first_answered=2026-03-04T15:00:00+08:00
rating=5
closed=2026-03-19T09:00:00+08:00
closed_as=satisfied
due=2026-03-13T23:59:59+08:00"
    same "$(sql "SELECT round, o.code, datetime(started_at + 28800, 'unixepoch'), limit_days,
        datetime(due_at + 28800, 'unixepoch'), datetime(answered_at + 28800, 'unixepoch'),
        gross_days, net_days FROM round JOIN org o ON o.id = lead ORDER BY round")" \
        "1|tax|2026-03-02 09:00:00|5|2026-03-09 23:59:59|2026-03-04 15:00:00|2|2
2|tax|2026-03-06 10:00:00|5|2026-03-13 23:59:59|2026-03-18 09:00:00|8|8"
    # the second round's breach, and none of the first
    same "$(sql 'SELECT round, level FROM v_supervision')" "2|yellow"
    sound
}

@test "redo after redo: every round stays" {
    unhappy
    for day in 06 16 24; do
        quiet ticket-follow --outcome redo --text 仍不满意 --now 2026-03-${day}T09:00 1
        quiet ticket-answer --text 再答 --without 无 --now 2026-03-${day}T10:00 1
        quiet ticket-rate --score 不满意 --now 2026-03-${day}T11:00 1
    done
    same "$(sql 'SELECT count(*), min(round), max(round), count(DISTINCT answered_at) FROM round')" "4|1|4|4"
    same "$(fields 1 round first_answered answered)" "answered=2026-03-24T10:00:00+08:00
first_answered=2026-03-04T15:00:00+08:00
round=4"
    sound
}

@test "each round's days are told apart by --explain" {
    unhappy
    quiet ticket-follow --outcome redo --text 重办 --now 2026-03-06T10:00 1
    quiet ticket-answer --text 再答 --without 无 --now 2026-03-10T10:00 1
    at 2026-03-10T11:00
    ticket-show --explain 1 >days
    same "$(cut -f 9 days | uniq | paste -sd ' ')" "1 2"
    same "$(awk -F '\t' '$9 == 2 { print $2, $4, $5, $10 }' days | head -5)" \
        "2026-03-06 no 0 -
2026-03-07 no 0 -
2026-03-08 no 0 -
2026-03-09 yes 1 tax
2026-03-10 yes 2 tax"
    same "$(awk -F '\t' '$9 == 1 && $10 == "tax" { n++ } END { print n }' days)" 2
}

@test "five levels of rating, by number and by word" {
    at 2026-03-02T09:00
    center
    for i in $(seq 10); do new 2026-03-02T09:00; done >new
    quiet ticket-route --to tax - <new
    quiet ticket-answer --text 答 - <new
    i=0
    for score in 5 非常满意 4 满意 3 基本满意 2 不满意 1 非常不满意; do
        i=$((i + 1))
        quiet ticket-rate --score $score $i
    done
    same "$(sql "SELECT group_concat(rating || state || ifnull(closed_as, ''), ' ') FROM ticket")" \
        "5closedsatisfied 5closedsatisfied 4closedsatisfied 4closedsatisfied 3closedsatisfied 3closedsatisfied 2rated 2rated 1rated 1rated"
    sound
}

@test "an invalid rating closes; the rating stays on record" {
    unhappy
    quiet ticket-follow --outcome invalid --text 误操作 --now 2026-03-06T10:00 1
    same "$(fields 1 state rating outcome closed_as)" "state=closed
rating=1
outcome=invalid
closed_as=invalid"
    sound
}

@test "explained close: followed up, asked, refused, asked again, granted" {
    unhappy
    at 2026-03-06T10:00
    quiet ticket-close --explained --reason 政策不允许 --basis 条例第三条 1
    # every bad rating is followed up first
    refuses "ticket-close: 1: grant an explained close: its rating was not followed up yet" \
        ticket-close --approve 1
    quiet ticket-follow --outcome explained --text 企业表示理解 1
    quiet ticket-close --refuse --text 依据不足 1
    same "$(fields 1 state outcome closed)" state=rated # to be followed up again
    refuses "ticket-close: 1: grant an explained close: none was asked for" ticket-close --approve 1
    quiet ticket-close --explained --reason 政策不允许 --basis 条例第四条 1
    refuses "ticket-close: 1: ask for an explained close: it was asked already and waits for the center" \
        ticket-close --explained --reason 政策不允许 --basis 条例第四条 1
    refuses "ticket-close: 1: grant an explained close: its rating was not followed up yet" \
        ticket-close --approve 1
    quiet ticket-follow --outcome explained --text 再次说明 1
    quiet ticket-close --approve 1
    same "$(fields 1 state closed_as closed)" "state=closed
closed=2026-03-06T10:00:00+08:00
closed_as=explained"
    same "$(sql 'SELECT group_concat(granted) FROM request')" "0,1"
    sound
}

@test "a blank is no reason, in no act" {
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00
    quiet ticket-route --to tax --assist justice 1
    gives 2 "" "ticket-answer: 1: answer: the why is blank" ticket-answer --text x --without '' 1
    gives 2 "" "ticket-answer: 1: answer: the text is blank" ticket-answer --text ' ' --without x 1
    gives 2 "" "ticket-suspend: 1: ask for a suspension: the basis is blank" \
        ticket-suspend --reason 等待上级批复 --basis ' ' 1
    gives 2 "" "ticket-extend: 1: ask for an extension: the reason is blank" ticket-extend --days 2 --reason $'\t' 1
    gives 2 "" "ticket-note: 1: note: the text is blank" ticket-note --text ' ' 1
    gives 2 "" "ticket-confer: 1: open a conference: the reason is blank" ticket-confer --reason '　 ' 1
}

@test "not rated: closed after the wait, once, by a sweep that does no harm" {
    at 2026-03-02T09:00
    center
    for i in 1 2 3; do new 2026-03-02T09:00; done >new
    quiet ticket-route --to tax - <new
    quiet ticket-answer --text 答 --now 2026-03-04T15:00 1
    quiet ticket-answer --text 答 --now 2026-03-05T15:00 2
    at 2026-03-11T23:59:59 # the fifth working day ends
    gives 0 "" "" ticket-close --unrated
    at 2026-03-12T00:00:00
    gives 0 $'1\tclose as not rated\tclosed\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-close --unrated -n
    gives 0 $'1\tclose as not rated\tclosed\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-close --unrated
    before=$(everything)
    gives 0 "" "" ticket-close --unrated
    same "$(everything)" "$before"
    quiet ticket-rate -n --score 5 1 # the enterprise is still heard: see ticket-rate.bats
    refuses "ticket-close: 2: close as not rated: 5 working days must pass after the answer" \
        ticket-close --unrated 2
    same "$(sql "SELECT group_concat(ifnull(closed_as, state), ' ') FROM v_ticket")" "not-rated answered dispatched"
    sound
}

@test "a breach once recorded survives the answer, the close, the merge and the suspension" {
    at 2026-03-02T09:00
    center
    for i in 1 2 3 4 5 6; do new 2026-03-02T09:00; done >new
    quiet ticket-route --to tax 1 2 3 4 5
    quiet ticket-suspend --reason 等待上级批复 --basis 办法 --now 2026-03-09T09:00 4
    at 2026-03-11T09:00 # two days late
    quiet escalate 1 2 3 4
    sql "SELECT * FROM supervision" >before
    same "$(wc -l <before)" 4
    quiet ticket-answer --text 答 1 2
    quiet ticket-rate --score 5 1
    quiet ticket-merge --into 6 3
    quiet ticket-suspend --approve 4
    at 2026-03-13T09:00 # on which a reply to the orders is due
    quiet ticket-resume 4
    quiet ticket-extend --approve 4 || true
    quiet ticket-answer --text 答 4
    sql "SELECT * FROM supervision WHERE ticket_id < 5" >after
    same "$(cat after)" "$(cat before)"
    same "$(sql "SELECT group_concat(ifnull(level, '-')) FROM v_ticket WHERE id < 5")" yellow,yellow,yellow,yellow
    sound
}

@test "late answers and sweeps in any order give the same breaches" {
    thorough
    cp -r "$TREE/share" unanswered
    sed -i 's/^unanswered: .*/unanswered: nothing/' unanswered/center.yaml # the clock alone
    export QIFU_CONFIG=$T/unanswered
    # order: which of sweep and answer come when; the breach is that of the answer's moment
    story() {
        no_center
        at 2026-03-02T09:00
        center
        new 2026-03-02T09:00 >new
        quiet ticket-route --to tax 1
        for step in "$@"; do
            case $step in
                sweep@*) quiet escalate --now "${step#*@}" ;;
                answer@*) quiet ticket-answer --text 答 --now "${step#*@}" 1 ;;
                late@*) quiet ticket-answer --text 答 --now 2026-04-01T09:00 --at "${step#*@}" 1 ;;
                grant) quiet supervision-revoke --approve --now 2026-04-01T09:30 1 ;;
                refuse) quiet supervision-revoke --refuse --now 2026-04-01T09:30 1 ;;
                close) quiet ticket-rate --score 5 --now 2026-04-01T10:00 1 ;;
            esac
        done
        sound || return
        sql "SELECT group_concat(level || ' ' || datetime(level_at + 28800, 'unixepoch')) FROM supervision
            WHERE revoked_at IS NULL"
    }
    yellow="yellow 2026-03-10 00:00:00"
    orange="orange 2026-03-13 00:00:00"
    red="red 2026-03-17 00:00:00"
    same "$(story answer@2026-03-09T23:59:59 sweep@2026-04-01)" ""
    same "$(story answer@2026-03-10T00:00:00 sweep@2026-04-01)" "$yellow"
    same "$(story sweep@2026-03-10 answer@2026-03-10T09:00 sweep@2026-04-01 close)" "$yellow"
    same "$(story sweep@2026-03-10 answer@2026-03-13T09:00 close sweep@2026-04-01)" "$yellow,$orange"
    same "$(story answer@2026-03-13T09:00 sweep@2026-04-01)" "$yellow,$orange"
    same "$(story answer@2026-03-20T09:00 close)" "$yellow,$orange,$red"
    same "$(story sweep@2026-03-20 late@2026-03-20T09:00)" "$yellow,$orange,$red"
    # entered afterwards by the handler itself: from then on, until the center says otherwise
    same "$(story late@2026-03-11T09:00)" "$yellow"
    same "$(story late@2026-03-11T09:00 sweep@2026-04-01T09:15)" "$yellow,$orange,$red"
    same "$(story late@2026-03-11T09:00 refuse close sweep@2026-04-01T11:00)" "$yellow,$orange,$red"
    same "$(story late@2026-03-11T09:00 grant)" "$yellow"
    same "$(story sweep@2026-03-13 late@2026-03-11T09:00 grant)" "$yellow"
    same "$(story sweep@2026-03-13 late@2026-03-06T09:00 grant close)" ""
}

@test "merge counts the callers of all that were joined" {
    at 2026-03-02T09:00
    center
    for i in 1 2 3 4 5; do new 2026-03-02T09:00; done >new
    quiet ticket-merge --into 1 2 3
    quiet ticket-merge --into 5 4
    quiet ticket-merge --into 1 5
    same "$(sql "SELECT group_concat(id || ':' || callers || ':' || ifnull(merged_into, ''), ' ') FROM ticket")" \
        "1:5: 2:1:1 3:1:1 4:1:5 5:2:1"
    same "$(fields 1 state callers)" $'state=received\ncallers=5'
    same "$(fields 4 state closed_as merged_into)" $'state=closed\nclosed_as=merged\nmerged_into=5'
    sound
}

@test "pending questions fall away when the ticket is answered, returned, closed" {
    at 2026-03-02T09:00
    center
    for i in 1 2 3 4 5; do new 2026-03-02T09:00; done >new
    quiet ticket-route --to tax - <new
    open() { sql "SELECT group_concat(act, ' ') FROM request WHERE ticket_id = $1 AND decided_at IS NULL"; }
    for i in 1 2 3 4; do
        quiet ticket-extend --days 3 --reason 忙 $i
        quiet ticket-suspend --reason 等待上级批复 --basis 办法 $i
        quiet ticket-return --reason 不属于本单位职责 --basis 三定 $i
        same "$(open $i)" "extension suspension return"
    done
    at 2026-03-03T09:00
    quiet ticket-answer --text 答 1
    quiet ticket-return --approve 2
    quiet ticket-merge --into 5 3
    quiet ticket-confer --reason 不清 4
    for i in 1 2 3 4; do same "$i: $(open $i)" "$i: "; done
    same "$(sql "SELECT group_concat(granted, '') FROM request WHERE ticket_id = 2")" 001
    quiet ticket-route --to tax 2
    for act in extend suspend return; do
        run --separate-stderr ticket-$act --approve 2
        same "$status$output" 2
        [[ $stderr == *"none was asked for" ]]
    done
    quiet ticket-close --explained --reason 不允许 --basis 条例 1
    quiet ticket-rate --score 4 1
    same "$(open 1)" ""
    sound
}

@test "responsibility days: the working days of the ticket's life, each in one pair of hands" {
    at 2026-03-02T09:00 # Monday
    center
    new 2026-03-02T09:00 >new
    # in the pool Tue, Wed; tax from Thursday 03-05; returned Mon 03-09; justice from Tue 03-10
    quiet ticket-route --to tax --now 2026-03-05T09:00 1
    quiet ticket-return --reason 不属于本单位职责 --basis 三定 --now 2026-03-06T09:00 1
    quiet ticket-return --approve --now 2026-03-09T09:00 1
    quiet ticket-route --to justice --now 2026-03-10T09:00 1
    quiet ticket-answer --text 答 --now 2026-03-12T09:00 1
    at 2026-03-12T10:00
    same "$(held 1)" "center 3 justice 3 tax 2" || same "$(held 1)" "center 3 tax 2 justice 3"
    same "$(held_sum 1)" "$(sql 'SELECT sum(net_days) FROM round')"
    # the redo's own day does not count, as the day of receipt does not
    quiet ticket-rate --score 1 1
    quiet ticket-follow --outcome redo --text 重办 --now 2026-03-17T09:00 1
    quiet ticket-answer --text 再答 --now 2026-03-19T09:00 1
    at 2026-03-19T10:00
    same "$(held_sum 1) $(sql 'SELECT sum(net_days) FROM round')" "10 10"
    # the same by --explain
    same "$(ticket-show --explain 1 | awk -F '\t' '$10 != "-" { n++ } END { print n }')" 10
}

@test "responsibility days leave out a pause, and go on after its cap" {
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00 >new
    new 2026-03-02T09:00 >>new
    quiet ticket-route --to tax 1 2
    quiet ticket-suspend --reason 等待上级批复 --basis 办法 1 2
    quiet ticket-suspend --approve --now 2026-03-04T09:00 1 2 # two used
    quiet ticket-resume --now 2026-03-11T09:00 1
    quiet ticket-answer --text 答 --now 2026-03-13T09:00 1
    at 2026-03-13T10:00
    same "$(held 1) $(sql 'SELECT gross_days, net_days FROM round WHERE ticket_id = 1')" "tax 4 9|4"
    # 2 is never resumed: it stands still for 30 working days, then runs again by itself
    until=$(sql "SELECT date(until_at + 28800, 'unixepoch') FROM suspension WHERE ticket_id = 2")
    same "$until" 2026-04-16
    quiet ticket-answer --text 答 --now 2026-04-21T09:00 2
    at 2026-04-21T10:00
    same "$(held 2) $(sql 'SELECT net_days FROM round WHERE ticket_id = 2')" "tax 5 5"
    sound
}
