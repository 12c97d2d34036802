#!/usr/bin/env bats
# report-monthly: the figures of a month, the tickets behind them, the formats.

load lib/base

FIGURES="received dispatched accept-due accepted-on-time answered due on-time party-due party-on-time assist-due \
assist-on-time overdue-yellow overdue-orange overdue-red overdue-dispatch-late rated satisfied redo returned \
extended suspended gross-days net-days open open-overdue"
MORE_FIGURES="due-provisional overdue-assist follow-due follow-on-time orders orders-on-time orders-late \
orders-missing replies-refused ordered-by-hand accountability"
LATER_FIGURES="finished resolved first-answered at-once gross-days-median net-days-median first-dispatched \
center-days center-days-median followed appeals appeals-granted sent-right"
COUNTED_LATER="finished resolved first-answered at-once first-dispatched followed sent-right" # report-period.bats has the others
APART="rated-invalid revoked provisional entered-late excused merged declined referred withdrawn void"
POLICY_FIGURES="policy-collected policy-published policy-interpreted policy-pushed policy-views policy-collect-due \
policy-collect-late policy-publish-due policy-publish-late policy-interpret-due policy-interpret-late"
LATER_POLICY_FIGURES="policy-stock policy-application policy-general policy-explained policy-reached \
policy-grants policy-granted policy-amount policy-applied policy-refused"
ALL_FIGURES="$FIGURES $MORE_FIGURES $LATER_FIGURES $APART $POLICY_FIGURES $LATER_POLICY_FIGURES"

# figures of tickets: those lines of the list that are not of policies
of_tickets() { awk -F '\t' '$4 !~ /^policy-/'; }

# plain: of a line of the list the values of FIGURES, then FIGURE:VALUE of the others that are not 0; replies
# to supervision have a test of their own, and LATER_FIGURES have theirs in report-period.bats
earlier() { awk -F '\t' -v later=" $LATER_FIGURES " '!index(later, " " $4 " ")'; }
plain() {
    of_tickets | earlier | awk -F '\t' '$4 !~ /^(orders|replies-|ordered-|accountability)/' | awk -F '\t' -v most="$(wc -w <<<"$FIGURES")" 'NR <= most { printf "%s ", $5; next }
        $5 { printf "%s:%s ", $4, $5 }' | sed 's/ $//'
}

# new KIND CHANNEL TIME: takes in a ticket.
new() { ticket-new -q --kind "$1" --channel "$2" --at "$3" --title "$1" >out; }

# answered ID TIME, rated ID SCORE TIME
answered() { ticket-answer --text 答复 --now "$2" "$1" >out; }
rated() { ticket-rate --score "$2" --at "$3" "$1" >out; }

# Five tickets around the turn of the year. 2026-01-01..03 is off, 2026-01-04 (Sunday) is worked.
five() {
    center
    at 2026-03-05T12:00
    new 投诉 热线 2025-12-24T09:00         # 1: due 2025-12-31, never answered
    new 求助 平台 2025-12-31T23:59:59      # 2: due 2026-01-06, answered in its last second
    new 政策咨询 热线 2026-01-01T00:00     # 3: due 2026-01-04, answered a second late, stays in the pool
    new 求助 窗口 2026-01-30T09:00         # 4: due 2026-02-04, answered on the day before
    new 投诉 热线 2026-01-31T23:59:59      # 5: due 2026-02-06, never answered
    # each but the last in the second in which it is too late, or later; 3 too waits until the day is over
    ticket-route --now 2025-12-25 --to tax 1 >out                # to be signed in by 12-26, tax's by 01-04
    ticket-route --now 2026-01-04 --to tax 2 >out                # 01-05; never; by 01-07, and answered on 01-06
    ticket-route --now 2026-01-31T23:59:59 --to education 4 >out # 02-02 (Monday), 02-04
    ticket-route --now 2026-02-01 --to education 5 >out          # 02-02, 02-06
    ticket-accept --at 2026-02-02T23:59:59 4 >out                # in its last second
    ticket-accept --at 2026-02-03T00:00:00 5 >out                # a second late
    answered 2 2026-01-06T23:59:59 # 01-04, 05, 06: 3 working days
    answered 3 2026-01-05T00:00:00 # 01-04, 05: 2
    answered 4 2026-02-03T10:00:00 # 02-02, 03: 2
    rated 2 3 2026-01-31T23:59:59
    rated 3 2 2026-02-01T00:00:00
    rated 4 5 2026-02-04T09:00:00
    escalate --now 2026-01-10 >out # 1: yellow 01-05, orange 01-08, red 01-10
    escalate --now 2026-02-20 >out # 5: yellow 02-07, orange 02-12, red 02-14
}

# month MONTH VALUES...: the total's figures, in the order of FIGURES, then FIGURE:VALUE
month() {
    local name=$1
    shift
    same "$name: $(report-monthly -F tsv "$name" | awk -F '\t' '$1 == "total"' | plain)" "$name: $*"
}

# ids MONTH FIGURE IDS
ids() { same "$1 $2: $(report-monthly --ids "$2" "$1" | cut -f1 | xargs)" "$1 $2: $3"; }

# line SCOPE CODE MONTH: its figures, as month has them
line() { report-monthly -F tsv "$3" | awk -F '\t' -v s="$1" -v c="$2" '$1 == s && $2 == c' | plain; }

@test "figures of the total, by hand, over a year's end" {
    five
    same "$(report-monthly -F tsv 2026-01 | awk -F '\t' '$1 == "total" { print $4 }' | xargs)" "$ALL_FIGURES"
    #             rec dis acd aot ans due ont pdu pon adu aon yel ora red dla rat sat rdo ret ext sus gro net opn ovr
    month 2025-11 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    month 2025-12 2 1 1 0 0 1 0 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0 0 2 0
    month 2026-01 3 2 1 0 2 2 1 2 1 0 0 1 1 1 3 1 1 0 0 0 0 5 5 3 1
    month 2026-02 0 1 2 1 1 2 1 2 1 0 0 1 1 1 0 2 1 0 0 0 0 2 2 2 2 follow-due:1
    month 2026-03 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 2 2
}

@test "a rating that was found invalid is in no rate, and a figure of its own" {
    five
    ticket-follow --now 2026-02-02T10:00 --outcome invalid --text 打错了 3 >out
    rates() { report-monthly -F tsv 2026-02 | awk -F '\t' '$1 == "total" && $4 ~ /^(rated|satisfied)/ { print $4, $5 "/" $6 }' | xargs; }
    same "$(rates)" "rated 1/- satisfied 1/1 rated-invalid 1/-"
    ids 2026-02 rated 4
    ids 2026-02 rated-invalid 3
    # the bad rating of an earlier round counts, though the later one was invalid
    new 投诉 热线 2026-02-10T09:00
    ticket-route --now 2026-02-10T10:00 --to tax 6 >out
    answered 6 2026-02-11T09:00
    rated 6 1 2026-02-11T10:00
    ticket-follow --now 2026-02-11T11:00 --outcome redo --text 未解决 6 >out
    answered 6 2026-02-12T09:00
    rated 6 2 2026-02-12T10:00
    ticket-follow --now 2026-02-12T11:00 --outcome invalid --text 打错了 6 >out
    same "$(rates)" "rated 2/- satisfied 1/2 rated-invalid 2/-"
    ids 2026-02 rated "4 6"
    ids 2026-02 rated-invalid "3 6"
}

@test "each figure lists the tickets behind it" {
    five
    ids 2025-12 received "1 2"
    ids 2025-12 dispatched "1"
    ids 2025-12 accept-due "1"
    ids 2025-12 accepted-on-time ""
    ids 2025-12 due "1"
    ids 2025-12 open "1 2"
    ids 2025-12 open-overdue ""
    ids 2026-01 received "3 4 5"
    ids 2026-01 dispatched "2 4"
    ids 2026-01 accept-due "2"
    ids 2026-01 accepted-on-time ""
    ids 2026-01 answered "2 3"
    ids 2026-01 due "2 3"
    ids 2026-01 on-time "2"
    ids 2026-01 party-due "1 2"
    ids 2026-01 party-on-time "2"
    ids 2026-01 assist-due ""
    ids 2026-01 overdue-dispatch-late "2 3 4"
    ids 2026-01 overdue-yellow "1"
    ids 2026-01 overdue-orange "1"
    ids 2026-01 overdue-red "1"
    ids 2026-01 rated "2"
    ids 2026-01 satisfied "2"
    ids 2026-01 redo ""
    ids 2026-01 returned ""
    ids 2026-01 extended ""
    ids 2026-01 suspended ""
    ids 2026-01 gross-days "2 3"
    ids 2026-01 net-days "2 3"
    ids 2026-01 open "1 4 5"
    ids 2026-01 open-overdue "1"
    ids 2026-02 dispatched "5"
    ids 2026-02 accept-due "4 5"
    ids 2026-02 accepted-on-time "4"
    ids 2026-02 answered "4"
    ids 2026-02 rated "3 4"
    ids 2026-02 satisfied "4"
    ids 2026-02 gross-days "4"
    ids 2026-02 net-days "4"
    ids 2026-02 overdue-red "5"
    ids 2026-02 on-time "4"
    ids 2026-02 party-due "4 5"
    ids 2026-02 party-on-time "4"
    ids 2026-02 follow-due "3"
    ids 2026-02 follow-on-time ""
    ids 2025-12 overdue-dispatch-late "1"
    ids 2025-12 party-due ""
    gives 0 $'1\t2025-12-31T23:59:59+08:00\tcomplaint\ttax\t投诉' "" \
        report-monthly --ids open-overdue 2026-01
    gives 0 $'id\tdue\tkind\tlead\ttitle\n3\t2026-01-04T23:59:59+08:00\tpolicy-consultation\t-\t政策咨询\n4\t2026-02-04T23:59:59+08:00\thelp\teducation\t求助\n5\t2026-02-06T23:59:59+08:00\tcomplaint\teducation\t投诉' \
        "" report-monthly -H --ids received 2026-01
    # of the running month too
    gives 0 "" "" report-monthly --ids received 2026-03
}

@test "by organisation, kind and channel" {
    five
    # rec dis acd aot ans due ont pdu pon adu aon yel ora red dla rat sat rdo ret ext sus gro net opn ovr
    same "$(line org tax 2026-01)" "0 1 1 0 1 1 1 2 1 0 0 1 1 1 0 1 1 0 0 0 0 3 3 1 1"
    same "$(line org education 2026-01)" "2 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 2 0"
    same "$(line org - 2026-01)" "1 0 0 0 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 2 2 0 0"
    same "$(line org center 2026-01)" "0 0 0 0 0 0 0 0 0 0 0 0 0 0 3 0 0 0 0 0 0 0 0 0 0"
    same "$(line kind complaint 2026-01)" "1 0 0 0 0 0 0 1 0 0 0 1 1 1 0 0 0 0 0 0 0 0 0 2 1"
    same "$(line kind help 2026-01)" "1 2 1 0 1 1 1 1 1 0 0 0 0 0 2 1 1 0 0 0 0 3 3 1 0"
    same "$(line kind policy-consultation 2026-01)" "1 0 0 0 1 1 0 0 0 0 0 0 0 0 1 0 0 0 0 0 0 2 2 0 0"
    same "$(line channel hotline 2026-01)" "2 0 0 0 1 1 0 1 0 0 0 1 1 1 1 0 0 0 0 0 0 2 2 2 1"
    same "$(line channel platform 2026-01)" "0 1 1 0 1 1 1 1 1 0 0 0 0 0 1 1 1 0 0 0 0 3 3 0 0"
    same "$(line channel window 2026-01)" "1 1 0 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0 0 1 0"
}

@test "comparison with the month before and the same month of the year before" {
    five
    # of FIGURE MONTH: value, denominator, then those of the month before, of the year before
    of() { report-monthly -F tsv "$2" | awk -F '\t' -v f="$1" '$1 == "total" && $4 == f' | cut -f5-; }
    same "$(of received 2026-01)" $'3\t-\t2\t-\t0\t-'
    same "$(of on-time 2026-01)" $'1\t2\t0\t1\t0\t0'
    same "$(of on-time 2026-02)" $'1\t2\t1\t2\t0\t0'
    same "$(of party-on-time 2026-02)" $'1\t2\t1\t2\t0\t0'
    same "$(of follow-on-time 2026-02)" $'0\t1\t0\t0\t0\t0'
    same "$(of received 2027-01)" $'0\t-\t0\t-\t3\t-'
    same "$(of answered 2027-02)" $'0\t-\t0\t-\t1\t-'
    same "$(of open 2026-02)" $'2\t-\t3\t-\t0\t-'
    same "$(of accepted-on-time 2026-02)" $'1\t2\t0\t1\t0\t0'
    same "$(of satisfied 2026-02)" $'1\t2\t1\t1\t0\t0'
    same "$(of redo 2026-02)" $'0\t2\t0\t1\t0\t0'
    same "$(of gross-days 2026-02)" $'2\t1\t5\t2\t0\t0'
    same "$(of net-days 2027-01)" $'0\t0\t0\t0\t5\t2'
    for figure in returned extended suspended; do # of dispatched
        same "$(of $figure 2026-01)" $'0\t2\t0\t1\t0\t0'
    done
}

@test "the running month ends now, and says so" {
    five
    at 2026-02-05T12:00
    #             rec dis acd aot ans due ont pdu pon adu aon yel ora red dla rat sat rdo ret ext sus gro net opn ovr
    month 2026-02 0 1 2 1 1 1 1 1 1 0 0 0 0 0 0 2 1 0 0 0 0 2 2 2 1 follow-due:1
    run --separate-stderr report-monthly 2026-02
    same "${lines[1]}" "本月未结束，数据截至 2026-02-05T12:00:00+08:00。"
    at 2026-02-28T23:59:58
    run --separate-stderr report-monthly 2026-02
    same "${lines[1]}" "本月未结束，数据截至 2026-02-28T23:59:58+08:00。"
    at 2026-03-01
    run --separate-stderr report-monthly 2026-02
    same "${lines[1]}" "一、总体情况（本月、上月、去年同期）"
}

@test "a deadline is due when its second has come, in the running month" {
    five
    at 2026-02-04T23:59:58
    same "$(report-monthly --ids due 2026-02)" ""
    at 2026-02-05
    same "$(report-monthly --ids due 2026-02 | cut -f1)" 4
}

# Five tickets of March 2026 and all that can happen to one. 4 to 6 April are off.
busy() {
    center
    at 2026-05-05T12:00
    new 投诉 热线 2026-03-02T09:00 # 1: due 03-09, suspended, answered, redone in round 2
    new 投诉 平台 2026-03-02T09:00 # 2: due 03-09, given back, extended, answered
    new 投诉 热线 2026-03-26T10:00 # 3: a repeat of 4, merged after its sign-in was due
    new 投诉 窗口 2026-03-26T09:00 # 4: due 04-02, given back, never answered
    new 求助 窗口 2026-03-30T09:30 # 5: another repeat, merged before its sign-in was due
    # 1: lead and assist sign in by 03-03; the clock stands still from 03-05 to 03-10, so that it is due 03-13
    ticket-route --now 2026-03-02T10:00 --to tax --assist finance 1 >out
    ticket-accept --by finance --at 2026-03-03T23:59:59 1 >out # in time
    ticket-accept --at 2026-03-04T00:00:00 1 >out              # a second late
    ticket-suspend --reason 等待上级批复 --basis 函1号 --at 2026-03-04T10:00 1 >out
    ticket-suspend --refuse --at 2026-03-04T11:00 1 >out
    ticket-suspend --reason 等待上级批复 --basis 函2号 --at 2026-03-04T12:00 1 >out
    ticket-suspend --approve --at 2026-03-04T15:00 1 >out
    ticket-resume --at 2026-03-10T09:00 1 >out
    ticket-answer --text 协办意见 --by finance --now 2026-03-11T09:00 1 >out # finance's is due on 03-13 too
    answered 1 2026-03-13T23:59:59 # 03, 04, [05, 06, 09, 10,] 11, 12, 13: 9 days, 5 of them net
    rated 1 1 2026-03-31T09:00
    ticket-follow --outcome redo --text 未解决 --at 2026-03-31T23:59:59 1 >out # round 2: due 04-08
    # answered in the last second of the sign-in, by the lead alone: 04-01 is 1 day
    ticket-answer --text 再答 --without 无需协办 --now 2026-04-01T23:59:59 1 >out
    rated 1 5 2026-04-03T09:00
    # 2: the center has it over two nights; tax gives it back before its sign-in is due, and owes nothing;
    # justice asks twice for more time, is granted 2 days: 03-11, its own 03-16
    ticket-route --now 2026-03-03T10:00 --to tax 2 >out
    ticket-return --reason 不属于本单位职责 --basis 三定方案 --at 2026-03-03T11:00 2 >out
    ticket-return --approve --at 2026-03-04T10:00 2 >out
    ticket-route --now 2026-03-05T09:00 --to justice 2 >out
    ticket-accept --at 2026-03-06T09:00 2 >out
    ticket-extend --days 9 --reason 需会商 --at 2026-03-06T10:00 2 >out
    ticket-extend --refuse --at 2026-03-06T11:00 2 >out
    ticket-extend --days 2 --reason 需会商 --at 2026-03-06T12:00 2 >out
    ticket-extend --approve --at 2026-03-09T10:00 2 >out
    answered 2 2026-03-11T12:00 # 03 to 06, 09 to 11: 7 days
    # 4: the center has it over three days; tax is asked to sign in by 03-31, does not, asks in March to give
    # it back, is granted so in April, when its own would have been due on 04-07; education's is 04-09
    ticket-route --now 2026-03-26T11:00 --to tax 3 >out # by 03-27
    ticket-route --now 2026-03-30T10:00 --to tax 4 5 >out
    ticket-merge --into 4 --at 2026-03-31T10:00 3 5 >out
    ticket-return --reason 不属于本辖区 --basis 区划 --at 2026-03-31T12:00 4 >out
    ticket-return --approve --at 2026-04-01T09:00 4 >out
    ticket-route --now 2026-04-01T10:00 --to education 4 >out
}

@test "all that can happen to a ticket, by hand: figures and ids" {
    busy
    #             rec dis acd aot ans due ont pdu pon adu aon yel ora red dla rat sat rdo ret ext sus gro net opn ovr
    month 2026-02 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    month 2026-03 5 6 5 2 2 2 2 2 2 1 1 0 0 0 3 1 0 1 1 1 1 16 12 2 0 excused:1 merged:2
    month 2026-04 0 1 3 1 1 1 0 1 0 0 0 0 0 0 0 1 1 0 1 0 0 1 1 1 1 follow-due:1 follow-on-time:1 excused:1
    ids 2026-03 received "1 2 3 4 5"
    ids 2026-03 dispatched "1 2 2 3 4 5"
    ids 2026-03 accept-due "1 1 2 3 4" # not the one given back, not the one merged before
    ids 2026-03 accepted-on-time "1 2" # the assist's, justice's
    ids 2026-03 answered "1 2"
    ids 2026-03 due "1 2" # 3 was merged
    ids 2026-03 on-time "1 2"
    ids 2026-03 party-due "1 2" # not tax's, which was right to give 2 back
    ids 2026-03 party-on-time "1 2"
    ids 2026-03 assist-due "1"
    ids 2026-03 assist-on-time "1"
    ids 2026-03 overdue-dispatch-late "2 2 4"
    ids 2026-03 excused "2"
    ids 2026-03 merged "3 5"
    ids 2026-03 rated "1"
    ids 2026-03 satisfied ""
    ids 2026-03 redo "1"
    ids 2026-03 returned "2"
    ids 2026-03 extended "2"
    ids 2026-03 suspended "1"
    ids 2026-03 gross-days "1 2"
    ids 2026-03 net-days "1 2"
    ids 2026-03 open "1 4"
    ids 2026-03 open-overdue ""
    ids 2026-04 dispatched "4" # the second round of 1 is none
    ids 2026-04 accept-due "1 1 4"
    ids 2026-04 accepted-on-time "1" # by its answer
    ids 2026-04 answered "1"
    ids 2026-04 due "4" # neither the second round of 1 nor 5, which was merged
    ids 2026-04 on-time ""
    ids 2026-04 party-due "4"
    ids 2026-04 party-on-time ""
    ids 2026-04 excused "4"
    ids 2026-04 follow-due "1"
    ids 2026-04 follow-on-time "1"
    ids 2026-04 rated "1"
    ids 2026-04 satisfied "1"
    ids 2026-04 redo ""
    ids 2026-04 returned "4"
    ids 2026-04 extended ""
    ids 2026-04 suspended ""
    ids 2026-04 gross-days "1"
    ids 2026-04 net-days "1"
    ids 2026-04 open "4"
    ids 2026-04 open-overdue "4"
    # a sign-in is due when its second has come
    at 2026-04-01T23:59:58
    ids 2026-04 accept-due ""
    at 2026-04-01T23:59:59
    ids 2026-04 accept-due "1 1"
}

@test "all that can happen to a ticket, by hand: who it counts for" {
    busy
    # rec dis acd aot ans due ont pdu pon adu aon yel ora red dla rat sat rdo ret ext sus gro net opn ovr
    same "$(line org tax 2026-03)" "3 5 3 0 1 1 1 1 1 0 0 0 0 0 0 1 0 1 1 0 1 9 5 1 0 excused:1 merged:2"
    same "$(line org justice 2026-03)" "1 1 1 1 1 1 1 1 1 0 0 0 0 0 0 0 0 0 0 1 0 7 7 0 0"
    same "$(line org finance 2026-03)" "0 0 1 1 0 0 0 0 0 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0"
    same "$(line org education 2026-03)" "1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0"
    same "$(line org center 2026-03)" "0 0 0 0 0 0 0 0 0 0 0 0 0 0 3 0 0 0 0 0 0 0 0 0 0"
    same "$(line kind complaint 2026-03)" "4 5 5 2 2 2 2 2 2 1 1 0 0 0 3 1 0 1 1 1 1 16 12 2 0 excused:1 merged:1"
    same "$(line kind help 2026-03)" "1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 merged:1"
    same "$(line channel hotline 2026-03)" "2 2 3 1 1 1 1 1 1 1 1 0 0 0 0 1 0 1 0 0 1 9 5 1 0 merged:1"
    same "$(line channel platform 2026-03)" "1 2 1 1 1 1 1 1 1 0 0 0 0 0 2 0 0 0 1 1 0 7 7 0 0 excused:1"
    same "$(line channel window 2026-03)" "2 2 1 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0 0 1 0 merged:1"
    same "$(line org tax 2026-04)" "0 0 1 1 1 0 0 0 0 0 0 0 0 0 0 1 1 0 1 0 0 1 1 0 0 \
follow-due:1 follow-on-time:1 excused:1"
    same "$(line org finance 2026-04)" "0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"
    same "$(line org education 2026-04)" "0 1 1 0 0 1 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 1"
    # rates and means as printed; the tables by organisation have the brief figures alone
    run --separate-stderr report-monthly 2026-03
    same "$(sed -n 5,27p <<<"$output" | awk 'NR < 12 || NR > 15 { print $1, $2, $3 }' |
        sed 's/ 0$//; s/ 0\/0$//')" "受理 5
派发 6
签收到期 5
按时签收 2/5 (40.0%)
答复 2
到期 2
按时答复 2/2 (100.0%)
单位到期 2
单位按时答复 2/2 (100.0%)
协办到期 1
协办按时 1/1 (100.0%)
评价 1
满意 0/1 (0.0%)
重办 1/1 (100.0%)
退单 1/6 (16.7%)
延期 1/6 (16.7%)
挂起 1/6 (16.7%)
毛工作日 16/2 (8.0)
净工作日 12/2 (6.0)"
    same "$(grep -E '^(单位|类型|渠道) ' <<<"$output" | awk '{ $1 = ""; print }' | sort -u)" \
        " 受理 派发 答复 到期 按时答复 单位到期 单位按时答复 黄色 橙色 红色 派发超时 满意 期末在办 期末超期"
    same "$(grep -A 1 '^协办单位 ' <<<"$output" | awk '{ $1 = $1; print }')" "协办单位 协办到期 协办按时 协办预警
徐州市财政局 1 1/1 (100.0%) 0"
}

@test "the bulletin is printed as text" {
    five
    gives 0 "徐州市企业服务中心（演示数据） 2026年1月企业诉求办理通报

一、总体情况（本月、上月、去年同期）
指标               2026-01       2025-12  2025-01
受理                     3             2        0
派发                     2             1        0
签收到期                 1             1        0
按时签收        0/1 (0.0%)    0/1 (0.0%)      0/0
答复                     2             0        0
到期                     2             1        0
按时答复       1/2 (50.0%)    0/1 (0.0%)      0/0
单位到期                 2             0        0
单位按时答复   1/2 (50.0%)           0/0      0/0
协办到期                 0             0        0
协办按时               0/0           0/0      0/0
黄色                     1             0        0
橙色                     1             0        0
红色                     1             0        0
派发超时                 3             1        0
评价                     1             0        0
满意          1/1 (100.0%)           0/0      0/0
重办            0/1 (0.0%)           0/0      0/0
退单            0/2 (0.0%)    0/1 (0.0%)      0/0
延期            0/2 (0.0%)    0/1 (0.0%)      0/0
挂起            0/2 (0.0%)    0/1 (0.0%)      0/0
毛工作日         5/2 (2.5)           0/0      0/0
净工作日         5/2 (2.5)           0/0      0/0
期末在办                 3             2        0
期末超期                 1             0        0
期限暂定                 0             0        0
协办预警                 0             0        0
回访到期                 0             0        0
按时回访               0/0           0/0      0/0
督办应复                 5             1        0
督办按时        0/5 (0.0%)    0/1 (0.0%)      0/0
督办逾期        0/5 (0.0%)    0/1 (0.0%)      0/0
督办未复      5/5 (100.0%)  1/1 (100.0%)      0/0
督办退回                 0             0        0
人工督办                 0             0        0
启动问责                 1             0        0
办结          2/2 (100.0%)    0/1 (0.0%)      0/0
解决            0/2 (0.0%)           0/0      0/0
首轮答复                 2             0        0
一次办结      2/2 (100.0%)           0/0      0/0
毛中位天数             2.5             —        —
净中位天数             2.5             —        —
首次派发                 2             1        0
平台工作日       1/2 (0.5)     1/1 (1.0)      0/0
平台中位天数           0.5           1.0        —
已回访                 0/0           0/0      0/0
申诉                     0             0        0
申诉同意               0/0           0/0      0/0
派单准确      2/2 (100.0%)  1/1 (100.0%)      0/0

二、承办单位
单位                      受理  派发  答复  到期      按时答复  单位到期  单位按时答复  黄色  橙色  红色  派发超时          满意  期末在办  期末超期
徐州市教育局                 2     1     0     0           0/0         0           0/0     0     0     0         0           0/0         2         0
（待派发）                   1     0     1     1    0/1 (0.0%)         0           0/0     0     0     0         0           0/0         0         0
国家税务总局徐州市税务局     0     1     1     1  1/1 (100.0%)         2   1/2 (50.0%)     1     1     1         0  1/1 (100.0%)         1         1
徐州市企业服务中心           0     0     0     0           0/0         0           0/0     0     0     0         3           0/0         0         0

三、诉求类型
类型      受理  派发  答复  到期      按时答复  单位到期  单位按时答复  黄色  橙色  红色  派发超时          满意  期末在办  期末超期
咨询求助     1     2     1     1  1/1 (100.0%)         1  1/1 (100.0%)     0     0     0         2  1/1 (100.0%)         1         0
投诉         1     0     0     0           0/0         1    0/1 (0.0%)     1     1     1         0           0/0         2         1
政策咨询     1     0     1     1    0/1 (0.0%)         0           0/0     0     0     0         1           0/0         0         0

四、来源渠道
渠道       受理  派发  答复  到期      按时答复  单位到期  单位按时答复  黄色  橙色  红色  派发超时          满意  期末在办  期末超期
12345热线     2     0     1     1    0/1 (0.0%)         1    0/1 (0.0%)     1     1     1         1           0/0         2         1
窗口          1     1     0     0           0/0         0           0/0     0     0     0         1           0/0         1         0
平台          0     1     1     1  1/1 (100.0%)         1  1/1 (100.0%)     0     0     0         1  1/1 (100.0%)         0         0

五、不计入（本月、上月、去年同期）
指标      2026-01  2025-12  2025-01  不计入
评价无效        0        0        0  评价、满意（回访核实为误评）
撤销预警        0        0        0  各级别预警（事后查明并未发生）
暂定预警        0        0        0  各级别预警（待放假安排公布后核定）
补录            0        0        0  按时（平台认可前按录入时间判定）
免责            0        0        0  单位到期、协办到期（退单获准或被改派）
并单            0        0        0  到期、单位到期、协办到期（随首件答复）
不予受理        0        0        0  签收、到期、按时、满意、重办、回访
转办            0        0        0  签收、到期、按时、满意、重办、回访
撤回            0        0        0  签收、到期、按时、满意、重办、回访
作废            0        0        0  本项以外的各项指标

六、统计口径
月份：受理、派发（首轮）、答复、评价、重办、退单、延期、挂起按各自发生的月份计；签收按签收期限、到期与按时按期限、回访按回访期限、各级别按该级别起算时刻所在月份计；尚未到期的不计。
企业口径：到期、按时答复按工单自受理至答复的时限计，即告知企业的期限，只计首轮。
单位口径：单位到期、单位按时答复按承办单位自派发起的本单位时限计，只计首轮；派发前的时间不计入单位，派发超时计入平台。退单获准、被改派的单位免责；协办单位另计，办结时尚未到期的不计。
撤销：事后查明并未发生的预警予以撤销，不计入各级别。暂定：涉及放假安排尚未公布日期的预警，公布前不计入各级别。补录：承办单位逾期补录的答复，平台认可前按录入时间判定是否按时，认可后按实际时间。
不予受理、转办、撤回的工单不计入各项比率（退单、延期、挂起除外），作废的不计入任何其他指标，均在“不计入”中列出；征求意见、问卷督办等平台自办事项不计入任何指标。
督办：督办应复按回复期限，督办退回、人工督办、启动问责按各自发生的月份，均以被督办单位计，已撤销的不计。
满意为评价 3 至 5 分，评价无效的不计；毛工作日含挂起、净工作日不含，均为平均每件答复；比率均为分子/分母。
办结为到期件中截至期末已答复的；解决为答复时即办结的；一次办结为首轮答复后未发回重办的；中位数、平台工作日（受理至首次派发）均以工作日计；已回访为低分评价中已回访的，不论是否按期；派单准确为首次派发后未退单、未改派、未裁定由他单位主办的。
申诉按提出时间计；同意申诉不改变本通报的指标，是否在考核中剔除由考核办法规定。
每个指标的工单、政策由 report-monthly --ids 列出。" "" report-monthly 2026-01
    whole=$output
    run --separate-stderr report-monthly -F text 2026-01
    same "$output" "$whole"
}

@test "the bulletin as Markdown, csv, tsv, json" {
    five
    run --separate-stderr report-monthly -F md 2026-01
    same "$status$stderr" 0
    same "$(head -8 <<<"$output")" "# 徐州市企业服务中心（演示数据） 2026年1月企业诉求办理通报

## 一、总体情况（本月、上月、去年同期）

| 指标 | 2026-01 | 2025-12 | 2025-01 |
| --- | ---: | ---: | ---: |
| 受理 | 3 | 2 | 0 |
| 派发 | 2 | 1 | 0 |"
    same "$(grep -E '^\| (签收到期|按时签收|评价|满意|重办|退单|毛工作日|净工作日) \| [0-9/.()% ]+\| [0-9/.()% ]+\| [0-9/.()% ]+\|$' \
        <<<"$output")" "| 签收到期 | 1 | 1 | 0 |
| 按时签收 | 0/1 (0.0%) | 0/1 (0.0%) | 0/0 |
| 评价 | 1 | 0 | 0 |
| 满意 | 1/1 (100.0%) | 0/0 | 0/0 |
| 重办 | 0/1 (0.0%) | 0/0 | 0/0 |
| 退单 | 0/2 (0.0%) | 0/1 (0.0%) | 0/0 |
| 毛工作日 | 5/2 (2.5) | 0/0 | 0/0 |
| 净工作日 | 5/2 (2.5) | 0/0 | 0/0 |"
    # every table row has as many cells as its table's head
    same "$(awk -F '|' '/^\|/ { if (!in_table) n = NF; in_table = 1; if (NF != n) print; next } { in_table = 0 }' \
        <<<"$output")" ""
    run --separate-stderr report-monthly -F csv 2026-01
    same "${lines[0]}" $'\xef\xbb\xbf范围,代码,名称,指标,本月,分母,上月,上月分母,去年同期,去年同期分母\r'
    same "${lines[7]}" $'total,,合计,on-time,1,2,0,1,0,0\r'
    same "${lines[22]}" $'total,,合计,gross-days,5,2,0,0,0,0\r'
    run --separate-stderr report-monthly -F tsv 2026-01
    same "${lines[6]}" $'total\t-\t合计\ton-time\t1\t2\t0\t1\t0\t0'
    same "$(wc -l <<<"$output")" 754 # 3 kinds, 3 channels: 59 figures each; the total, 4 organisations: 80
    run --separate-stderr report-monthly -H -F tsv 2026-01
    same "${lines[0]}" $'scope\tcode\tname\tfigure\tvalue\tof\tbefore\tbefore_of\tyear_before\tyear_before_of'
    report-monthly -F json 2026-01 >j
    same "$(sed -n 7p j)" '{"scope":"total","code":null,"name":"合计","figure":"on-time","value":1,"of":2,"before":0,"before_of":1,"year_before":0,"year_before_of":0}'
    same "$(sqlite3 :memory: "SELECT count(*), sum(json_valid(line)) FROM
        (SELECT json_extract('[' || replace(rtrim(readfile('j'), char(10)), char(10), ',') || ']',
            '\$[' || value || ']') AS line FROM generate_series(0, 615))")" "616|616"
}

@test "an empty month, an empty center" {
    center
    at 2026-03-05
    month 2026-02 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    run --separate-stderr report-monthly 2026-02
    same "$status$stderr" 0
    same "$(grep '0/0' <<<"$output" | awk '{ print $1 }' | xargs)" \
        "按时签收 按时答复 单位按时答复 协办按时 满意 重办 退单 延期 挂起 毛工作日 净工作日 按时回访 \
督办按时 督办逾期 督办未复 办结 解决 一次办结 平台工作日 已回访 申诉同意 派单准确"
    same "$(grep -cE ' 0/0 +0/0 +0/0$' <<<"$output")" 22
    gives 0 "" "" report-monthly --ids open 2026-02
}

@test "for everybody: no person, no appeal; and a page that links the months" {
    at 2026-03-02T09:00
    center
    ticket-new -q --kind 投诉 --title 事项 --contact 王经理 --phone 13812341234 --enterprise 某某公司 |
        ticket-route -q --to tax - >out
    ticket-answer -q --text 答复 --now 2026-03-11 1 >out
    ticket-appeal -q --figure due --reason 王经理本人已说明 --basis 第六条 --now 2026-03-11 1 >out
    policy-source -q --look gov-cn --now 2026-03-05 >out
    at 2026-05-10
    person=$(sed -n 's/.*person: *\([^,}]*\).*/\1/p' "$QIFU_CONFIG/sources.yaml" | head -n 1)
    [ -n "$person" ]
    for format in text md html; do
        report-monthly -F $format 2026-03 >inside
        report-monthly -F $format --public 2026-03 >public
        grep -q 王经理本人 inside && grep -q "$person" inside && grep -q -e --ids inside
        run ! grep -E "王经理|13812341234|某某公司|$person|--ids|、申诉" public
        same "$(grep -c 国家税务总局徐州市税务局 public)" "$(($(grep -c 国家税务总局徐州市税务局 inside) - 1))" # but for the appeal
    done
    ticket-new -q --title 二 --now 2026-05-04 >out
    same "$(report-monthly --index 2026 | tail -n +3)" "2026年5月：受理 1，按时答复 0/0，满意 0/0（未结束）
2026年3月：受理 1，按时答复 0/1 (0.0%)，满意 0/0"
    same "$(report-monthly -F html --index 2026-01..2026-04 | grep -o '<a href[^/]*</a>')" '<a href="2026-03.html">2026年3月</a>'
    gives 2 "" 'report-monthly: not months: "2026-03-02" (write 2020, or 2020-01..2020-11); see report-monthly -h' \
        report-monthly --index 2026-03-02
    gives 2 "" "report-monthly: --ids lists what is behind a figure, not for everybody; see report-monthly -h" \
        report-monthly --public --ids due 2026-03
}

@test "what is no month, no figure, no format" {
    center
    for month in 2026 2026-13 2026-00 2026-1 26-01 2026-01-01 January ""; do
        gives 2 "" "report-monthly: not a month: \"$month\" (write 2020-05); see report-monthly -h" \
            report-monthly "$month"
    done
    gives 2 "" "report-monthly: name one month, YYYY-MM; see report-monthly -h" report-monthly
    gives 2 "" "report-monthly: name one month, YYYY-MM; see report-monthly -h" \
        report-monthly 2026-01 2026-02
    gives 2 "" "report-monthly: unknown figure \"late\" ($(sed 's/ /, /g' <<<"$ALL_FIGURES"); of registers: qifu words); see report-monthly -h" \
        report-monthly --ids late 2026-01
    gives 2 "" 'report-monthly: unknown format "pdf" (text, table, tsv, csv, json, md, html or xlsx); see report-monthly -h' \
        report-monthly -F pdf 2026-01
    gives 2 "" 'report-monthly: unknown format "pdf" (text, table, tsv, csv, json, md, html or xlsx); see report-monthly -h' \
        report-monthly -F md -F pdf 2026-01
}

@test "another ladder makes other figures" {
    cp -r "$TREE/share" share
    export QIFU_CONFIG=$T/share
    sed -i '/^ladder:/,$d' share/center.yaml
    printf 'ladder:\n  - {level: black, name: 黑色, after: 2, supervisor: tax}\n' >>share/center.yaml
    center
    new 政策咨询 热线 2026-03-02
    ticket-route --now 2026-03-02 --to tax 1 >out
    escalate --now 2026-03-06 >out
    at 2026-04-01
    same "$(report-monthly -F tsv 2026-03 | earlier | awk -F '\t' '$1 == "total" && $5 { print $4 ":" $5 }' | xargs)" \
        "received:1 dispatched:1 accept-due:1 due:1 party-due:1 overdue-black:1 open:1 open-overdue:1 orders:1 orders-missing:1"
    same "$(report-monthly -F tsv 2026-03 | awk -F '\t' '$1 == "total" && /overdue-/ { print $4 }' | xargs)" \
        "overdue-black overdue-assist"
    same "$(report-monthly --ids overdue-black 2026-03 | cut -f1)" 1
}

# What each figure counts, said once more in SQL, from the log where it tells: FIGURE MONTH GROUP-COLUMN
# (total, org, kind, channel; ticket)
recount() {
    local m="strftime('%Y-%m', %s, 'unixepoch', '+8 hours') = '$2'" from="ticket t" lead=t.lead what="count(*)" where
    local last="unixepoch('$2-01', '+1 month', '-8 hours')"
    local first="FROM round f WHERE f.ticket_id = t.id AND f.round = 1"
    local due="(SELECT f.due_at $first)" present="coalesce((SELECT f.due_at $first), t.due_at)"
    local log="event e JOIN ticket t ON t.id = e.ticket_id" routes="route r JOIN ticket t ON t.id = r.ticket_id"
    local levels="supervision s JOIN ticket t ON t.id = s.ticket_id"
    # how it ended, if it did: what was referred can come back
    local how="(SELECT CASE x.type WHEN 'closed' THEN x.data ->> 'closed_as' END FROM event x
        WHERE x.ticket_id = t.id AND x.type IN ('closed', 'referred-back', 'reopened') ORDER BY x.id DESC LIMIT 1)"
    local kept="coalesce($how, '') NOT IN ('declined', 'referred', 'withdrawn')"
    local owed="$kept AND t.merged_into IS NULL"
    local undone="t.received_at < $last
        AND NOT EXISTS (SELECT 1 FROM event e WHERE e.ticket_id = t.id AND e.type = 'answered' AND e.at < $last
            AND NOT EXISTS (SELECT 1 FROM event o WHERE o.ticket_id = t.id AND o.type = 'redo' AND o.id > e.id AND o.at < $last))
        AND NOT EXISTS (SELECT 1 FROM event e WHERE e.ticket_id = t.id AND e.at < $last
            AND e.data ->> 'closed_as' IN ('merged', 'declined', 'withdrawn'))
        AND NOT ($how IS 'referred' AND t.closed_at < $last)"
    # the lead of an event's round: the last dispatch before it
    local led="(SELECT id FROM org WHERE code = (SELECT json_extract(d.data, '$.lead') FROM event d
        WHERE d.ticket_id = e.ticket_id AND d.type = 'dispatched' AND d.id < e.id ORDER BY d.id DESC))"
    # a party's part was done, or owed no more; 9e18 is never
    local done="coalesce(CASE WHEN r.entered_at IS NULL OR r.late_granted IS 1 THEN r.answered_at ELSE r.entered_at END, 9e18)"
    local over="min(coalesce(r.ended_at, 9e18), coalesce(t.closed_at, 9e18), coalesce((SELECT min(o.at) FROM event o
        WHERE o.ticket_id = t.id AND o.type = 'redo'), 9e18))"
    local party="r.round = 1 AND r.excused IS NULL AND $owed AND ${m/\%s/r.due_at}"
    local in_time="r.answered_at > 0 AND min($done, $over) <= r.due_at"
    local follow="e.type = 'rated' AND ${m/\%s/(e.data ->> \'follow_due\')} AND $kept"
    case $1 in
        received) where=${m/\%s/t.received_at} ;;
        dispatched) from=$log lead="(SELECT id FROM org WHERE code = json_extract(e.data, '$.lead'))"
            where="e.type = 'dispatched' AND ${m/\%s/e.at}" ;;
        accept-due | accepted-on-time) from=$routes lead=r.org_id
            where="${m/\%s/r.accept_due_at} AND NOT coalesce(r.ended_at <= r.accept_due_at, 0) AND $kept AND NOT EXISTS
                (SELECT 1 FROM event e WHERE e.ticket_id = t.id AND e.data ->> 'closed_as' = 'merged' AND e.at <= r.accept_due_at)"
            [ "$1" = accept-due ] || where+=" AND (r.accepted_at <= r.accept_due_at
                OR r.accepted_at IS NULL AND r.answered_at <= r.accept_due_at)" ;;
        answered) from=$log lead=$led where="e.type = 'answered' AND ${m/\%s/e.at}" ;;
        gross-days | net-days) what="sum(r.${1/-/_})"
            from="$log JOIN round r ON r.ticket_id = t.id AND r.answered_at = e.at" lead=$led
            where="e.type = 'answered' AND ${m/\%s/e.at}" ;;
        due) lead="coalesce((SELECT f.lead $first), t.lead)" where="${m/\%s/$present} AND $owed" ;;
        # the answer that the log has first, at its entry where it waits for the center's word
        on-time) lead="(SELECT f.lead $first)" where="${m/\%s/$due} AND $owed AND (SELECT CASE
            WHEN e.data ->> 'entered_late' AND NOT EXISTS (SELECT 1 FROM event g WHERE g.ticket_id = t.id
                AND g.type = 'late-entry-granted') THEN e.data ->> 'entered_late' ELSE e.at END
            FROM event e WHERE e.ticket_id = t.id AND e.type = 'answered' ORDER BY e.id LIMIT 1) <= $due" ;;
        party-due) from=$routes lead=r.org_id
            where="$party AND r.role = 'lead' AND ($in_time OR min($done, $over) > r.due_at)" ;;
        party-on-time) from=$routes lead=r.org_id where="$party AND r.role = 'lead' AND $in_time" ;;
        assist-due) from=$routes lead=r.org_id
            where="$party AND r.role = 'assist' AND (r.answered_at > 0 OR $over > r.due_at)" ;;
        assist-on-time) from=$routes lead=r.org_id where="$party AND r.role = 'assist' AND $in_time" ;;
        excused) from=$routes lead=r.org_id
            where="r.round = 1 AND r.excused > '' AND $owed AND ${m/\%s/r.due_at}" ;;
        entered-late) from=$routes lead=r.org_id where="${m/\%s/r.entered_at}" ;;
        rated) from=$log where="e.type = 'rated' AND ${m/\%s/e.at} AND $kept AND NOT ($how IS 'invalid' AND t.rated_at = e.at)" ;;
        rated-invalid) from=$log where="e.type = 'rated' AND ${m/\%s/e.at} AND $how = 'invalid' AND t.rated_at = e.at" ;;
        satisfied) from=$log where="e.type = 'rated' AND ${m/\%s/e.at} AND $kept AND e.data ->> 'rating' IN (3, 4, 5)" ;;
        redo) from=$log where="e.type = 'redo' AND ${m/\%s/e.at} AND $kept" ;;
        follow-due) from=$log where=$follow ;;
        follow-on-time) from=$log where="$follow AND (SELECT min(f.at) FROM event f WHERE f.ticket_id = t.id
            AND f.id > e.id AND f.data ->> 'outcome' > '') <= e.data ->> 'follow_due'" ;;
        returned) from=$log lead=$led where="e.type = 'returned' AND ${m/\%s/e.at}" ;;
        extended) from=$log lead=$led where="e.type = 'extended' AND ${m/\%s/e.at}" ;;
        suspended) from=$log lead=$led where="e.type = 'suspended' AND ${m/\%s/e.at}" ;;
        open) where=$undone ;;
        # the last deadline that the log gives the round which ran then
        open-overdue) where="$undone AND (SELECT d.data ->> 'due' FROM event d WHERE d.ticket_id = t.id
            AND d.data ->> 'due' IS NOT NULL AND d.id < coalesce((SELECT min(x.id) FROM event x
                WHERE x.ticket_id = t.id AND x.type = 'redo' AND x.at >= $last), 9e18)
            ORDER BY d.id DESC LIMIT 1) + 1 < $last" ;;
        overdue-assist) from=$levels lead=s.org_id
            where="${m/\%s/s.level_at} AND s.role = 'assist' AND s.revoked_at IS NULL" ;;
        overdue-*) from=$levels lead=s.org_id
            where="${m/\%s/s.level_at} AND s.level = '${1#overdue-}' AND s.role <> 'assist' AND s.revoked_at IS NULL" ;;
        revoked) from=$levels lead=s.org_id where="${m/\%s/s.level_at} AND s.revoked_at > 0" ;;
        provisional | due-provisional) where=0 ;; # these years were announced
        merged | declined | referred | withdrawn | void) where="$how = '$1' AND ${m/\%s/t.closed_at}" ;;
        orders | orders-*) from=$levels lead=s.org_id where="${m/\%s/s.reply_due_at} AND s.revoked_at IS NULL" ;;&
        orders) ;;
        orders-on-time) where+=" AND s.replied_at <= s.reply_due_at" ;;
        orders-late) where+=" AND s.replied_at > s.reply_due_at" ;;
        orders-missing) where+=" AND s.replied_at IS NULL" ;;
        replies-refused) from=$log where="e.type = 'supervision-refused' AND ${m/\%s/e.at}" ;;
        ordered-by-hand) from=$log where="e.type = 'supervision-ordered' AND ${m/\%s/e.at}" ;;
        finished) lead="(SELECT f.lead $first)" where="${m/\%s/$due} AND $owed AND (SELECT f.answered_at $first) < $last" ;;
        resolved) from=$log lead=$led where="e.type = 'answered' AND ${m/\%s/e.at} AND e.data ->> 'how' = 'resolved'" ;;
        first-answered | at-once) from=$log lead=$led
            where="e.type = 'answered' AND ${m/\%s/e.at} AND NOT EXISTS (SELECT 1 FROM event o WHERE o.ticket_id = t.id
                AND o.type = 'redo' AND o.id < e.id)" ;;&
        first-answered) ;;
        at-once) where+=" AND NOT EXISTS (SELECT 1 FROM event o WHERE o.ticket_id = t.id AND o.type = 'redo')" ;;
        first-dispatched) from=$log lead="(SELECT id FROM org WHERE code = 'center')"
            where="e.type = 'dispatched' AND ${m/\%s/e.at} AND NOT EXISTS (SELECT 1 FROM event d
                WHERE d.ticket_id = t.id AND d.type = 'dispatched' AND d.id < e.id)" ;;
        sent-right) from=$log lead="(SELECT id FROM org WHERE code = 'center')"
            where="e.type = 'dispatched' AND ${m/\%s/e.at} AND NOT EXISTS (SELECT 1 FROM event d
                WHERE d.ticket_id = t.id AND (d.type IN ('returned', 'redispatched') OR d.type = 'dispatched' AND
                (d.id < e.id OR d.data ->> 'lead' <> e.data ->> 'lead')))" ;;
        followed) from=$log where="$follow AND EXISTS (SELECT 1 FROM event f WHERE f.ticket_id = t.id
            AND f.id > e.id AND f.data ->> 'outcome' > '')" ;;
        accountability) from=$levels lead=s.org_id where="s.accountability = 1 AND s.revoked_at IS NULL
            AND ${m/\%s/s.swept_at}" ;;
        *) false ;;
    esac
    [ "$1" = void ] || where+=" AND $how IS NOT 'void'"
    [ "$3" != ticket ] || what="count(*)" # how often it is listed
    sql "SELECT $3, sum(n) FROM (SELECT '-' AS total, ticket, kind, channel, n,
        coalesce((SELECT code FROM org WHERE id = lead), '-') AS org
        FROM (SELECT t.id AS ticket, $lead AS lead, t.kind, t.channel, $what AS n FROM $from
        WHERE t.source NOT IN ('survey', 'consultation') AND $where
        GROUP BY 1, 2)) GROUP BY 1 ORDER BY 1" | tr '|' '\t'
}

# each CONDITION COMMAND...: the act for the tickets of which CONDITION holds
each() {
    local condition=$1
    shift
    sql "SELECT id FROM ticket t WHERE $condition" >each
    [ ! -s each ] || "$@" - <each >out
}

# parts CONDITION: the assists of the tickets of which CONDITION holds file theirs
parts() {
    local org
    for org in $(sql "SELECT DISTINCT code FROM org JOIN route ON org_id = org.id WHERE role = 'assist'"); do
        each "$1 AND state IN ('dispatched', 'accepted') AND EXISTS (SELECT 1 FROM route r JOIN org o ON o.id = r.org_id
            WHERE r.ticket_id = t.id AND r.round = t.round AND r.role = 'assist' AND r.ended_at IS NULL
            AND r.answered_at IS NULL AND o.code = '$org')" ticket-answer --text 协办意见 --by "$org"
    done
}

# rate FIGURE MONTH: its numerator/denominator of the whole
rate() { report-monthly -F tsv "$2" | awk -F '\t' -v f="$1" '$1 == "total" && $4 == f { print $5 "/" $6 }'; }

# some MONTH [SCOPE CODE]: the figures that are not 0
some() {
    report-monthly -F tsv "$1" | earlier | awk -F '\t' -v s="${2-total}" -v c="${3--}" \
        '$1 == s && $2 == c && $5 && $4 !~ /^order/ { print $4 ":" $5 }' | xargs
}

# asked TIME [ORG [TIME]]: a question of policy (1 working day), dispatched to ORG at TIME
asked() {
    new 政策咨询 热线 "$1"
    [ -z "${2-}" ] || ticket-route --now "${3-$1}" --to "$2" "$(sql 'SELECT max(id) FROM ticket')" >out
}

@test "scenario 6: the department answers in an hour what the center left lying for three days past due" {
    center
    at 2026-03-02T09:00
    asked 2026-03-02T09:00 tax 2026-03-06T10:00 # due 03-03, tax's 03-09
    answered 1 2026-03-06T11:00
    at 2026-03-20
    escalate >out
    same "$(rate on-time 2026-03)" 0/1
    same "$(rate party-on-time 2026-03)" 1/1
    same "$(some 2026-03 org tax)" "received:1 dispatched:1 accept-due:1 accepted-on-time:1 answered:1 due:1 \
party-due:1 party-on-time:1 gross-days:4 net-days:4"
    same "$(some 2026-03 org center)" overdue-dispatch-late:1
    ids 2026-03 overdue-dispatch-late 1
    ids 2026-03 overdue-yellow ""
    # side by side in the parts 一 and 二
    report-monthly 2026-03 >bulletin
    same "$(sed -n '/^按时答复/p; /^单位按时答复/p' bulletin | awk '{ print $1, $2 }')" "按时答复 0/1
单位按时答复 1/1"
    same "$(sed -n '/^单位  /,/^$/p' bulletin | awk '{ $1 = $1; print }')" "单位 受理 派发 答复 到期 按时答复 单位到期 \
单位按时答复 黄色 橙色 红色 派发超时 满意 期末在办 期末超期
国家税务总局徐州市税务局 1 1 1 1 0/1 (0.0%) 1 1/1 (100.0%) 0 0 0 0 0/0 0 0
徐州市企业服务中心 0 0 0 0 0/0 0 0/0 0 0 0 1 0/0 0 0"
}

@test "declined, referred, withdrawn: in no rate, each a figure of its own; void in that alone" {
    center
    at 2026-03-02T09:00
    asked 2026-03-02T09:00     # 1: declined
    asked 2026-03-02T09:00 tax # 2: withdrawn, long overdue
    asked 2026-03-02T09:00 tax # 3: void, long overdue
    asked 2026-03-02T09:00 tax # 4: referred, long overdue
    at 2026-03-02T15:00
    ticket-decline --reason 属于信访事项 --basis 信访工作条例 1 >out
    at 2026-03-04T09:00
    escalate >out
    same "$(some 2026-03)" "received:4 dispatched:3 accept-due:3 due:3 party-due:3 overdue-yellow:3 open:3 \
open-overdue:3 declined:1"
    ticket-withdraw --text 不办了 2 >out
    ticket-void --reason 测试 3 >out
    ticket-refer --to hotline --number 7 --reason 属热线 4 >out
    # the orders given to 2 and 4 stand, that given to 3 is void with it
    same "$(some 2026-03)" "received:3 dispatched:2 overdue-yellow:2 declined:1 referred:1 withdrawn:1 void:1"
    ids 2026-03 declined 1
    ids 2026-03 withdrawn 2
    ids 2026-03 void 3
    ids 2026-03 referred 4
    ids 2026-03 received "1 2 4"
    same "$(report-monthly 2026-03 | sed -n '/^不予受理 /,/^作废/p' | awk '{ print $1, $2, $3, $4 }')" "不予受理 1 0 0
转办 1 0 0
撤回 1 0 0
作废 1 0 0"
    # the month in which it ended
    ids 2026-02 void ""
    # what comes back counts again
    ticket-refer --back --reason 不属热线 4 >out
    same "$(some 2026-03)" "received:3 dispatched:2 accept-due:1 due:1 party-due:1 overdue-yellow:2 open:1 \
open-overdue:1 declined:1 withdrawn:1 void:1"
}

@test "withdrawn in a later round: neither the numerator nor the denominator has it" {
    center
    at 2026-03-02T09:00
    asked 2026-03-02T09:00 tax
    answered 1 2026-03-03T09:00
    at 2026-03-03T11:00
    rated 1 1 2026-03-03T10:00
    ticket-follow --outcome redo --text 未解决 1 >out
    at 2026-03-05
    same "$(some 2026-03)" "received:1 dispatched:1 accept-due:2 accepted-on-time:1 answered:1 due:1 on-time:1 \
party-due:1 party-on-time:1 rated:1 redo:1 gross-days:1 net-days:1 open:1 open-overdue:1"
    ticket-withdraw --text 不办了 1 >out # yellow in its second
    same "$(some 2026-03)" "received:1 dispatched:1 answered:1 overdue-yellow:1 gross-days:1 net-days:1 withdrawn:1"
    at 2026-03-20 # nor has that of follow-ups
    same "$(some 2026-03)" "received:1 dispatched:1 answered:1 overdue-yellow:1 gross-days:1 net-days:1 withdrawn:1"
}

@test "a late entry counts from its entry, until the center says otherwise; what it revokes is listed" {
    center
    at 2026-03-02T10:00
    asked 2026-03-02T10:00 tax # 1: due 03-03, tax's too: believed
    asked 2026-03-02T10:00 tax # 2: refused
    asked 2026-03-02T10:00 tax # 3: answered in time, of which nobody doubts
    answered 3 2026-03-03T15:00
    at 2026-03-09T10:00
    escalate >out # yellow since 03-04, orange since 03-07
    ticket-answer --text 答复 --at 2026-03-03T15:00 1 2 >out
    of() { for figure in on-time party-on-time; do rate $figure 2026-03; done | xargs; }
    same "$(of)" "1/3 1/3"
    ids 2026-03 entered-late "1 2"
    ids 2026-03 overdue-yellow "1 2"
    ids 2026-03 overdue-orange "1 2"
    ids 2026-03 revoked ""
    supervision-revoke --approve 1 >out
    same "$(of)" "2/3 2/3"
    ids 2026-03 on-time "1 3"
    ids 2026-03 party-on-time "1 3"
    ids 2026-03 overdue-yellow "2"
    ids 2026-03 overdue-orange "2"
    ids 2026-03 revoked "1 1"
    same "$(some 2026-03 org tax | grep -o 'revoked:.*')" "revoked:2 entered-late:2"
    supervision-revoke --refuse 2 >out
    same "$(of)" "2/3 2/3"
    ids 2026-03 overdue-yellow "2"
    # it stays counted as entered late
    ids 2026-03 entered-late "1 2"
    gives 0 "" "" center-check
}

@test "bad ratings: followed up by their day, late, not at all" {
    center
    at 2026-03-02T09:00
    for id in 1 2 3 4; do asked 2026-03-02T09:00 tax; done
    at 2026-03-04T10:00
    for id in 1 2 3 4; do
        answered $id 2026-03-03T09:00
        rated $id $((id == 4 ? 4 : 1 + id % 2)) 2026-03-04T10:00 # followed up by 03-09
    done
    at 2026-03-09T23:59:58
    same "$(rate follow-on-time 2026-03)" 0/0 # none is due yet
    ticket-follow --outcome explained --text 已说明 1 >out
    at 2026-03-10
    ticket-follow --outcome redo --text 未解决 2 >out
    same "$(rate follow-on-time 2026-03)" 1/3
    ids 2026-03 follow-due "1 2 3"
    ids 2026-03 follow-on-time 1
    same "$(report-monthly 2026-03 | awk '/^按时回访/ { print $2 }')" 1/3
}

@test "errands of the center count nowhere" {
    center
    at 2026-03-02T09:00
    echo 草案 >draft
    consult-open --title 草案 --draft draft --from tax --until 2026-03-04 --to finance --to justice >out
    printf '%s\n' 政策类型,部门,评分,意见 其他,市税务局,1,x{1,2,3,4,5} >survey.csv
    survey-add --csv survey.csv >out
    survey-supervise >out
    same "$(sql 'SELECT count(*) FROM ticket')" 3
    at 2026-03-20
    escalate >out
    same "$(some 2026-03)" ""
    ticket-answer --text 已整改 --at 2026-03-03T10:00 3 >out
    ticket-void --reason 测试 1 >out
    same "$(some 2026-03)" ""
    ids 2026-03 open ""
    ids 2026-03 void ""
    # beside a request of an enterprise
    asked 2026-03-19T09:00
    same "$(some 2026-03)" "received:1 open:1"
}

@test "assists are due apart; a part is owed no more once the ticket is closed" {
    center
    at 2026-03-02T09:00
    new 求助 热线 2026-03-02T09:00 # 3 working days: 03-05
    new 求助 热线 2026-03-02T09:00
    new 求助 热线 2026-03-02T09:00
    ticket-route --to tax --assist finance --assist justice 1 2 3 >out
    at 2026-03-04T09:00
    ticket-answer --by finance --text 协办意见 1 2 3 >out
    ticket-answer --text 答复 --without 先行答复 1 2 3 >out
    at 2026-03-05T09:00
    ticket-rate --score 5 1 >out                             # closed before justice's part was due
    ticket-rate --score 1 2 >out                             # and begun anew before
    ticket-follow --outcome redo --text 未解决 2 >out
    at 2026-03-06T09:00
    escalate >out # justice owes its part of 3
    same "$(rate assist-on-time 2026-03)" 3/4
    ids 2026-03 assist-due "1 2 3 3"
    ids 2026-03 assist-on-time "1 2 3"
    ids 2026-03 overdue-assist 3
    ids 2026-03 overdue-yellow ""
    same "$(report-monthly 2026-03 | sed -n '/^协办单位/,/^$/p' | awk '{ $1 = $1; print }')" "协办单位 协办到期 协办按时 协办预警
徐州市司法局 1 0/1 (0.0%) 1
徐州市财政局 3 3/3 (100.0%) 0"
}

@test "an association is no party whose clock is judged" {
    center
    at 2026-03-02T09:00
    association-add --code chamber --name 某商会 >out
    asked 2026-03-02T09:00 chamber
    at 2026-03-09
    escalate >out
    same "$(some 2026-03)" "received:1 dispatched:1 accept-due:1 due:1 open:1 open-overdue:1"
}

@test "past the calendar's horizon: provisional levels and deadlines, said in a line" {
    center
    at 2026-12-30T09:00
    asked 2026-12-30T09:00 tax # due 12-31
    at 2026-12-31T09:00
    asked 2026-12-31T09:00 tax # due on 2027-01-04, as far as one knows
    at 2027-01-11
    escalate -q >out 2>err
    same "$(report-monthly 2026-12 2>err | grep -c 暂定：本月)" 0
    same "$(report-monthly 2027-01 2>err | sed -n '/^暂定：/p' | head -1)" \
        "暂定：本月有 1 件工单的答复期限、$(sql "SELECT count(*) FROM supervision WHERE provisional = 1") 项预警涉及\
放假安排尚未公布的日期，公布后重新核定。"
    ids 2027-01 due-provisional 2
    ids 2027-01 due 2
    ids 2027-01 overdue-yellow 1 # began on the horizon's midnight
    same "$(report-monthly --ids provisional 2027-01 | cut -f 1 | xargs)" \
        "$(sql "SELECT ticket_id FROM supervision WHERE provisional = 1 ORDER BY 1" | xargs)"
    same "$(sql "SELECT count(*) FROM supervision WHERE provisional = 1 AND ticket_id = 2 AND level = 'yellow'")" 1
}

# policy CODE COLLECTED PUBLISHED INTERPRETED: one of industry's, issued on Monday 2026-02-02, so collected
# by 02-03, published by 02-05 and interpreted by 02-09; - is not done.
policy() {
    printf '%s: %s\n' id "$1" title 政策 document "文 $1 号" issuer 市工信局 level 市级 kind 其他类 class loans \
        summary 摘要 interpreter 张三 phone '"12345"' issued 2026-02-02 collected "$2" published "$3" \
        interpreted "$4" | grep -v ': -$' >"$1.yaml"
    policy-add -q ${5:-} "$1.yaml" >out
}

@test "policies: figures of the total and of their organisation, each with the policies behind it" {
    center
    at 2026-02-20T09:00
    policy in-time 2026-02-03 2026-02-05 2026-02-09
    policy late 2026-02-04 2026-02-06 2026-02-10
    policy never 2026-02-03 - - --draft
    policy-list -F tsv --all >out
    #      collected published interpreted pushed views due late due late due late stock: application, general, explained
    for scope in "total -" "org industry"; do
        set -- $scope
        same "$scope: $(report-monthly -F tsv 2026-02 | awk -F '\t' -v s="$1" -v c="$2" \
            '$1 == s && $2 == c && /policy-/ { print $5 }' | xargs)" "$scope: 3 2 2 0 0 3 1 3 2 3 2 2 0 2 2 0 0 0 0 0 0"
    done
    same "$(report-monthly -F tsv 2026-02 | grep -cE '^(kind|channel).*policy-')" 0
    same "$(report-monthly --ids policy-collected 2026-02 | cut -f 1 | xargs)" "in-time late never"
    same "$(report-monthly --ids policy-collect-late 2026-02 | cut -f 1 | xargs)" late
    same "$(report-monthly --ids policy-publish-late 2026-02 | cut -f 1 | xargs)" "late never"
    gives 0 $'late\tpublished\tindustry\t政策\nnever\tdraft\tindustry\t政策' "" \
        report-monthly --ids policy-interpret-late 2026-02
    report-monthly --ids policy-interpret-late 2026-02 | policy-show - >out
    # before its limit has passed nothing is due
    same "$(report-monthly --now 2026-02-05T23:59:59 --ids policy-publish-due 2026-02)" ""
    same "$(report-monthly --now 2026-02-06 --ids policy-publish-late 2026-02 | cut -f 1 | xargs)" "late never"
    # and in the month after, what was done then is in no figure of this one but the stock
    same "$(report-monthly -F tsv 2026-03 | awk -F '\t' '/policy-(stock|general|explained)/ { next } /policy-/ { n += $5 } END { print n + 0 }')" 0
}

@test "demo data: every figure of every line equals a count in SQL, and its list of ids" {
    needs_file "the oracle speaks SQLite's SQL"
    center
    ticket-new -q --csv "$TREE/share/demo/tickets.csv" >ids
    # an errand of the center, which counts nowhere
    echo 草案 >draft
    consult-open --now 2020-05-04 --title 草案 --draft draft --from tax --until 2020-05-08 --to finance >out
    # handled over the months, by a simple rule
    for week in 2019-05-15 2019-06-10 2020-04-20 2020-05-11 2020-05-25; do
        export QIFU_NOW=$week
        escalate >out
        held="state IN ('dispatched', 'accepted')"
        parts "id % 3 <> 1"
        # entered weeks later than it is said to have been, and believed or not
        each "$held AND id % 9 = 0 AND dispatched_at = unixepoch('${before-$week}', '-8 hours')" \
            ticket-answer --text 答复 --without 无需协办 --at "$(date -d "${before-$week} 1 day" +%F)"
        before=$week
        late="EXISTS (SELECT 1 FROM request q WHERE q.ticket_id = t.id AND q.act = 'revocation' AND q.decided_at IS NULL)"
        each "$late AND id % 4 = 0" supervision-revoke --approve
        each "$late AND id % 4 = 1" supervision-revoke --refuse
        each "$held AND id % 3 = 1 AND errand = 0" ticket-answer --text 答复 --without 无需协办
        each "$held AND id % 3 = 2 AND errand = 0" ticket-answer --text 办结 --without 无需协办 --resolved
        each "$held AND id % 17 = 3" ticket-refer --to hotline --number 1 --reason 属热线
        each "closed_as = 'referred' AND id % 2 = 0" ticket-refer --back --reason 热线退回
        each "$held AND id % 19 = 5 AND callers = 1" ticket-withdraw --text 不办了
        each "$held AND id % 23 = 6 AND callers = 1" ticket-void --reason 测试
        each "state = 'received' AND id % 5 = 1 AND returns = 0 AND received_at BETWEEN
            unixepoch('$week', '-1 days', '-8 hours') AND unixepoch('$week', '-8 hours')" \
            ticket-decline --reason 属于信访事项 --basis 信访工作条例
        each "state = 'rated' AND rating = 2 AND id % 2" ticket-follow --outcome invalid --text 误评
        for score in 1 2 3 4 5; do
            each "state = 'answered' AND id % 7 = $score" ticket-rate --score $score
        done
        ticket-list --state received --received-to $week | ticket-route -q - >out || true
        held+=" AND dispatched_at = unixepoch('$week', '-8 hours')"
        export QIFU_NOW=${week}T23:00
        each "$held AND id % 4 = 0" ticket-accept
        parts "id % 3 = 1"
        each "$held AND id % 5 = 0 AND due_at > unixepoch('$week')" ticket-extend --days 2 --reason 需会商
        each "$held AND id % 10 = 0 AND due_at > unixepoch('$week')" ticket-extend --approve
        each "$held AND id % 6 = 1" ticket-suspend --reason 不可抗力 --basis 函
        each "$held AND id % 12 = 1" ticket-suspend --approve
        each "$held AND id % 11 = 2 AND suspended_at IS NULL" ticket-return --reason 不属于本辖区 --basis 区划
        each "$held AND id % 22 = 2 AND suspended_at IS NULL" ticket-return --approve
        each "state = 'received' AND returns = 1" ticket-route --to justice
        each "$held AND id % 29 = 9" ticket-route --redispatch --to justice --reason 派错
        each "state = 'rated' AND rating = 1" ticket-follow --outcome redo --text 未解决
        first=$(sql "SELECT id FROM ticket WHERE $held AND suspended_at IS NULL AND errand = 0
            ORDER BY received_at, id LIMIT 1")
        each "$held AND id % 13 = 3 AND id <> $first AND errand = 0" ticket-merge --reason 同一事项 --into "$first"
        export QIFU_NOW=${week}T23:59:59
        escalate >out
    done
    escalate --now 2020-06-20 >out
    at 2020-07-15
    nonzero=0
    months=(2020-05)
    [ -z "${QIFU_THOROUGH-}" ] || months=(2019-05 2019-06 2020-04 2020-05 2020-06)
    for month in "${months[@]}"; do
        report-monthly -F tsv $month >report
        for figure in $(sample $FIGURES $MORE_FIGURES $APART $COUNTED_LATER); do
            for scope in total org kind channel; do
                printed=$(awk -F '\t' -v s=$scope -v f=$figure '$1 == s && $4 == f && $5 > 0 {
                    print $2 "\t" $5 }' report | sort)
                counted=$(recount $figure $month $scope | awk -F '\t' '$2 > 0')
                same "$month $scope $figure: $printed" "$month $scope $figure: $counted"
            done
            value=$(awk -F '\t' -v f=$figure '$1 == "total" && $4 == f { print $5 }' report)
            nonzero=$((nonzero + (value > 0)))
            case $figure in
                # a sum lists what it is divided by
                *-days) value=$(awk -F '\t' -v f=$figure '$1 == "total" && $4 == f { print $6 }' report) ;;
            esac
            report-monthly --ids $figure $month >listed
            same "$month $figure: $(wc -l <listed)" "$month $figure: $value"
            # a numerator is a part of its denominator
            of=$(case $figure in
                accepted-on-time) echo accept-due ;; on-time) echo due ;; satisfied) echo rated ;;
                party-on-time | assist-on-time | follow-on-time) echo "${figure/on-time/due}" ;; esac)
            [ -z "$of" ] || same "$month $figure: $(comm -23 <(sort listed) <(report-monthly --ids "$of" $month | sort))" \
                "$month $figure: "
            # each ticket as often as it counts: it may have two rounds, a lead and assists
            same "$month $figure: $(cut -f1 listed | uniq -c | awk '{ print $2 "\t" $1 }')" \
                "$month $figure: $(recount $figure $month ticket)"
        done
        cut -f 4,5 report >>reports
    done
    [ -n "${QIFU_THOROUGH-}" ] || return 0
    # the data does put something into every figure, and into most of every month
    same "$(awk '$2 && $1 !~ /^(orders-|replies-|ordered-|accountability|appeals)/ { some[$1] } END { for (f in some) print f }' reports |
        sort | xargs)" \
        "$(tr ' ' '\n' <<<"$FIGURES $MORE_FIGURES $LATER_FIGURES $APART" | grep -vE 'provisional|^orders-|^replies-|^ordered-|^accountability|^appeals' | sort | xargs)"
    printf 'figures that are not 0: %s\n' $nonzero
    [ $nonzero -ge 70 ]
}

@test "what was open at a month's end stays so, whatever a redo does later" {
    center
    at 2026-03-02T10:00 && ticket-new --kind 投诉 --title a >/dev/null && ticket-route --to tax 1 >/dev/null
    at 2026-03-04T10:00 && ticket-answer --text x 1 >/dev/null
    at 2026-03-20T10:00 && ticket-new --kind 投诉 --title b >/dev/null && ticket-route --to tax 2 >/dev/null
    at 2026-04-01T10:00 && ticket-answer --text x 2 >/dev/null && ticket-rate --score 1 1 2 >/dev/null
    at 2026-05-01T10:00
    same "$(report-monthly --ids open 2026-03 | cut -f 1,5)" $'2\tb'
    same "$(report-monthly --ids open-overdue 2026-03 | cut -f 1)" 2
    ticket-follow --outcome redo --text x --at 2026-04-02T10:00 1 2 >/dev/null
    same "$(report-monthly --ids open 2026-03 | cut -f 1)" 2
    same "$(report-monthly --ids open-overdue 2026-03 | cut -f 1)" 2
    same "$(report-monthly --ids open 2026-04 | cut -f 1)" $'1\n2'
}

# ids FIGURE MONTH: the tickets behind it
ids() { report-monthly --ids "$1" "$2" | cut -f 1 | xargs; }

@test "what lasts for months is counted in each of them, however long ago it came in" {
    cp -r "$TREE/share" "$T/share"
    export QIFU_CONFIG=$T/share
    sed -i "/kind: arrears/,/unit:/s/days: 30/days: 60/" share/center.yaml # natural days: due on 03-06
    at 2026-01-05T10:00
    center
    for ticket in 1 2 3 4 5; do
        new 拖欠账款 热线 2026-01-05T09:00
    done
    ticket-route -q --to tax 1 2 3 >out
    ticket-answer -q --text 答复 --now 2026-04-10 1 >out # 1: late, rated badly
    ticket-rate -q --score 2 --now 2026-05-20 1 >out     # 2: never answered
    ticket-answer -q --text 答复 --now 2026-02-20 3 >out # 3: in time, done again, answered again
    ticket-rate -q --score 1 --now 2026-02-25 3 >out
    ticket-follow -q --outcome redo --text 未付 --now 2026-02-26 3 >out
    ticket-answer -q --text 已付 --now 2026-05-06 3 >out
    ticket-withdraw -q --reason 已自行解决 --now 2026-03-20 4 >out
    ticket-answer -q --text 答复 --now 2026-01-06 5 >out # 4 stayed in the pool until then; 5: soon
    at 2026-07-01T10:00
    same "$(ids open 2026-01)" "1 2 3 4"
    same "$(ids open 2026-02)" "1 2 3 4"
    same "$(ids open 2026-03)" "1 2 3"
    same "$(ids open 2026-04)" "2 3"
    same "$(ids open 2026-05)" "2"
    same "$(ids open 2026-06)" "2"
    same "$(ids due 2026-03)" "1 2 3 5"
    same "$(ids on-time 2026-03)" "3 5"
    same "$(ids party-due 2026-03)" "1 2 3"
    same "$(ids party-on-time 2026-03)" "3"
    same "$(ids accept-due 2026-01)" "1 2 3"
    same "$(ids answered 2026-04)" "1"
    same "$(ids rated 2026-05)" "1"
    same "$(ids follow-due 2026-05)" "1"
    same "$(ids withdrawn 2026-03)" "4"
}
