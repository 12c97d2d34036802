#!/usr/bin/env bats
# ticket-suspend: the clock stands still, for a reason of the list, with the center's consent, not
# for ever; and the arithmetic of qifu-rules(7).

load lib/base
load lib/loop

# Ticket 1, of Monday 2 March 2026, due on the 9th; led by tax, which finance assists.
dispatched() {
    center
    new 2026-03-02T09:00 >ids
    quiet ticket-route --now 2026-03-02T10:00 --to tax --assist finance 1
    at 2026-03-04T15:00
}

ask() { ticket-suspend --reason 等待上级批复 --basis 函〔2026〕1号 "$@"; }

# suspended TIME ID: asked and granted then
suspended() { quiet ask --now "$1" "$2" && quiet ticket-suspend --approve --now "$1" "$2"; }

@test "asked and granted: the clock stands still until the cap" {
    dispatched
    gives 0 $'1\task for a suspension\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ask 1
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'suspension-asked|{"by":"tax","reason":"等待上级批复","basis":"函〔2026〕1号"}'
    # 2 of 5 days are used on 4 March; 30 working days later it is 16 April (Qingming: 4 to 6 April)
    gives 0 $'1\tgrant a suspension\tdispatched\t2026-04-21T23:59:59+08:00\ttax\t甲' "" ticket-suspend --approve 1
    same "$(fields 1 suspended suspended_until due next_level)" "suspended=2026-03-04T15:00:00+08:00
suspended_until=2026-04-16T23:59:59+08:00
due=2026-04-21T23:59:59+08:00
next_level=2026-04-22T00:00:00+08:00"
    same "$(sql "SELECT from_at, until_at, reason, round FROM suspension")" \
        "$(date -d 2026-03-04T15:00+08:00 +%s)|$(date -d 2026-04-16T23:59:59+08:00 +%s)|等待上级批复|1"
    same "$(sql "SELECT r.due_at = t.due_at FROM route r JOIN ticket t ON t.id = r.ticket_id WHERE role = 'lead'")" 1
    gives 0 "" "" escalate --now 2026-04-01
    sound
}

@test "refused: the clock runs on, and it may be asked again" {
    dispatched
    quiet ask 1
    gives 0 $'1\trefuse a suspension\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲' "" \
        ticket-suspend --refuse --text 不属可挂起情形 1
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'suspension-refused|{"by":"center","text":"不属可挂起情形"}'
    same "$(sql "SELECT count(*) FROM suspension")" 0
    quiet ask 1
    sound
}

@test "reason and basis are needed, the reason is one of the list" {
    dispatched
    refuses "ticket-suspend: 1: ask for a suspension: the reason is missing: --reason (等待诉求人补充材料, 等待上级批复, 司法或仲裁程序进行中, 需现场鉴定检测, 不可抗力); the basis is missing: --basis" ticket-suspend 1
    refuses "ticket-suspend: 1: ask for a suspension: the basis is missing: --basis" ticket-suspend --reason 不可抗力 1
    refuses 'ticket-suspend: 1: ask for a suspension: "等待上级批示" is none of the configured reasons (等待诉求人补充材料, 等待上级批复, 司法或仲裁程序进行中, 需现场鉴定检测, 不可抗力)' \
        ticket-suspend --reason 等待上级批示 --basis x 1
    refuses 'ticket-suspend: 1: ask for a suspension: "忙" is none of the configured reasons (等待诉求人补充材料, 等待上级批复, 司法或仲裁程序进行中, 需现场鉴定检测, 不可抗力)' \
        ticket-suspend --reason 忙 --basis x 1
    cp -r "$QIFU_CONFIG" share
    sed -i 's/^  suspension_reasons: .*/  suspension_reasons: [忙]/' share/center.yaml
    quiet ticket-suspend -C share --reason 忙 --basis x 1
}

@test "at most two in a round, as the configuration says; the next round has its own" {
    dispatched
    quiet ask 1
    refuses "ticket-suspend: 1: ask for a suspension: it was asked already and waits for the center" ask 1
    quiet ticket-suspend --approve 1
    refuses "ticket-suspend: 1: ask for a suspension: its clock stands still already" ask 1
    quiet ticket-resume --now 2026-03-05T09:00 1
    suspended 2026-03-06T09:00 1
    quiet ticket-resume --now 2026-03-09T09:00 1
    at 2026-03-10T09:00
    refuses "ticket-suspend: 1: ask for a suspension: this round has had its 2" ask 1
    cp -r "$QIFU_CONFIG" share
    sed -i 's/^  suspensions: 2 /  suspensions: 3 /' share/center.yaml
    quiet ask -C share -n 1
    sed -i 's/^  suspensions: 3 /  suspensions: 0 /' share/center.yaml
    quiet ticket-answer --text x --without y 1
    quiet ticket-rate --score 2 1
    quiet ticket-follow --outcome redo --text x 1
    same "$(fields 1 due)" due=2026-03-17T23:59:59+08:00
    suspended 2026-03-11T09:00 1
    quiet ticket-resume --now 2026-03-13T09:00 1
    same "$(fields 1 due)" due=2026-03-19T23:59:59+08:00
    sound
}

@test "the lead asks, the center decides; states" {
    dispatched
    new 2026-03-02T09:00 >ids
    refuses "ticket-suspend: 1: ask for a suspension: that organisation does not lead it" ask --by finance 1
    refuses "ticket-suspend: 1: ask for a suspension: that organisation does not lead it" ask --by center 1
    refuses "ticket-suspend: 2: ask for a suspension: it is received (待派发); now: 派发 答复 会商 并单 不予受理 转办 撤回 作废" ask 2
    refuses "ticket-suspend: 1: grant a suspension: none was asked for" ticket-suspend --approve 1
    refuses "ticket-suspend: 1: refuse a suspension: none was asked for" ticket-suspend --refuse 1
    quiet ask 1
    refuses "ticket-suspend: 1: grant a suspension: only the center may" ticket-suspend --approve --by tax 1
    refuses "ticket-suspend: 1: grant a suspension: that is before it was asked for" \
        ticket-suspend --approve --at 2026-03-04T14:59 1
    refuses "ticket-suspend: 1: 2026-03-04T15:01:00+08:00 lies in the future" \
        ticket-suspend --approve --at 2026-03-04T15:01 1
    refuses "ticket-suspend: 1: 2026-03-02T08:00:00+08:00 lies before 2026-03-02T09:00:00+08:00, when the clock started" \
        ticket-suspend --approve --at 2026-03-02T08:00 1
    refuses "ticket-suspend: one of --approve and --refuse; see ticket-suspend -h" ticket-suspend --approve --refuse 1
    refuses "ticket-suspend: name the tickets, or a file with --csv; see ticket-suspend -h" ticket-suspend --approve
    quiet ticket-answer --text x --without y 1
    same "$(sql "SELECT count(*) FROM request WHERE decided_at IS NULL")" 0
    sound
}

@test "pauses do not overlap: a later one starts after an earlier one is over" {
    dispatched
    quiet ask 1
    quiet ticket-suspend --approve 1
    quiet ticket-resume --now 2026-03-10T09:00 1
    at 2026-03-10T10:00
    quiet ask --at 2026-03-09T10:00 1
    refuses "ticket-suspend: 1: grant a suspension: an earlier pause lasts longer" \
        ticket-suspend --approve --at 2026-03-09T11:00 1
    quiet ticket-suspend --approve --at 2026-03-10T09:00 1
    sound
}

# clock KIND RECEIVED DAYS [STEP...]: a ticket that goes through the steps, each ACT@TIME, counts
# these days up to its deadline, as the ledger says, and is due at the end of the last of them.
clock() {
    local kind=$1 received=$2 days=$3 step act now id
    shift 3
    id=$(ticket-new -q --now "$received" --kind "$kind" --title "$kind" | cut -f1)
    quiet ticket-route --now "$received" --to tax "$id" || return
    for step; do
        act=${step%@*} now=${step#*@}
        case $act in
        suspend) suspended "$now" "$id" ;;
        resume) quiet ticket-resume --now "$now" "$id" ;;
        extend-*)
            quiet ticket-extend --now "$now" --days "${act#extend-}" --reason x "$id" &&
                quiet ticket-extend --now "$now" --approve "$id"
            ;;
        esac || return
    done
    ticket-show --now "$now" --explain "$id" >"ledger.$id" || return
    same "$(awk -F '\t' -v limit="$(wc -w <<<"$days")" '$4 == "yes" && $5 <= limit { print $2 }' \
        "ledger.$id" | cut -c 6- | xargs)" "$days" || return
    same "$(fields "$id" due)" "due=${received%%-*}-${days##* }T${END:-23:59:59}+08:00" || return
    same "$(sql "SELECT r.due_at = t.due_at FROM route r JOIN ticket t ON t.id = r.ticket_id AND t.id = $id")" 1
}

@test "vectors: the working days left resume on the next working day" {
    center
    # qifu-rules(7): due 10-10, suspended with 2 days used, resumed on the day that it was due
    clock 投诉 2025-09-26T10:00 "09-28 09-29 10-11 10-13 10-14" \
        suspend@2025-09-29T10:00 resume@2025-10-10T09:00
    # over the Spring Festival of 2020, which was made longer
    clock 投诉 2020-01-22T10:00 "01-23 02-06 02-07 02-10 02-11" \
        suspend@2020-01-23T16:00 resume@2020-02-05T09:00
    # resumed amid the holiday
    clock 投诉 2020-01-19T10:00 "01-20 02-03 02-04 02-05 02-06" \
        suspend@2020-01-20T16:00 resume@2020-01-28T09:00
    # over the Spring Festival of 2026, from a working Saturday
    clock 咨询求助 2026-02-13T10:00 "02-14 02-25 02-26" \
        suspend@2026-02-14T10:00 resume@2026-02-24T10:00
    # on the day of receipt: nothing is used
    clock 投诉 2026-03-02T10:00 "03-09 03-10 03-11 03-12 03-13" \
        suspend@2026-03-02T15:00 resume@2026-03-06T10:00
    # for an hour: nothing is lost
    clock 投诉 2026-03-02T10:00 "03-03 03-04 03-05 03-06 03-09" \
        suspend@2026-03-04T10:00 resume@2026-03-04T11:00
    sound
}

@test "vectors: two suspensions in a round" {
    center
    clock 投诉 2026-03-02T10:00 "03-03 03-06 03-09 03-17 03-18" \
        suspend@2026-03-03T10:00 resume@2026-03-05T10:00 suspend@2026-03-09T10:00 resume@2026-03-16T10:00
    # the second on the day on which the first ended: that day does not count yet
    clock 投诉 2026-03-02T10:00 "03-03 03-11 03-12 03-13 03-16" \
        suspend@2026-03-03T10:00 resume@2026-03-05T10:00 suspend@2026-03-05T15:00 resume@2026-03-10T10:00
    same "$(cut -f 2,4-6 ledger.2 | sed -n '2,10p')" "$(printf '2026-03-%s\n' \
        $'03\tyes\t1\tworkday' $'04\tno\t1\tpaused' $'05\tno\t1\tpaused' $'06\tno\t1\tpaused' \
        $'07\tno\t1\tweekend' $'08\tno\t1\tweekend' $'09\tno\t1\tpaused' $'10\tno\t1\tpaused' \
        $'11\tyes\t2\tworkday')"
    sound
}

@test "vectors: an extension and a suspension, in either order" {
    center
    clock 投诉 2026-03-02T10:00 "03-03 03-04 03-05 03-06 03-09 03-10 03-23 03-24" \
        extend-3@2026-03-04T10:00 suspend@2026-03-10T10:00 resume@2026-03-20T10:00
    clock 投诉 2026-03-02T10:00 "03-03 03-04 03-12 03-13 03-16 03-17 03-18" \
        suspend@2026-03-04T10:00 resume@2026-03-11T10:00 extend-2@2026-03-16T10:00
    sound
}

@test "vectors: the close of business at 17:30" {
    cp -r "$QIFU_CONFIG" share
    export QIFU_CONFIG=$T/share END=17:30:00
    sed -i 's/^day_end: "24:00" /day_end: "17:30" /' share/center.yaml
    center
    clock 投诉 2026-03-02T18:00 "03-03 03-04 03-09 03-10 03-11" \
        suspend@2026-03-04T10:00 resume@2026-03-06T17:45
    same "$(fields 1 next_level)" next_level=2026-03-11T17:30:01+08:00
    # to the cap
    clock 投诉 2026-03-02T18:00 "03-03 04-16 04-17 04-20 04-21" suspend@2026-03-03T10:00
    same "$(fields 2 suspended_until)" suspended_until=2026-04-15T17:30:00+08:00
    sound
}

@test "the cap ends the pause by itself" {
    center
    clock 投诉 2026-03-02T10:00 "03-03 04-16 04-17 04-20 04-21" suspend@2026-03-03T10:00
    same "$(fields 1 suspended_until)" suspended_until=2026-04-15T23:59:59+08:00
    gives 0 "" "" escalate --now 2026-04-21T23:59:59
    same "$(escalate --now 2026-04-22 | cut -f 2,5)" $'yellow\t0'
    # the clock runs: what stands still refuses is allowed, without a word from anyone
    clock 投诉 2026-03-02T10:00 "03-03 04-16 04-17 04-20 04-21 04-22" \
        suspend@2026-03-03T10:00 extend-1@2026-04-17T10:00
    clock 投诉 2026-03-02T10:00 "03-03 04-16 04-24 04-27 04-28" \
        suspend@2026-03-03T10:00 suspend@2026-04-16T10:00 resume@2026-04-23T10:00
    # a return ends it for good
    clock 投诉 2026-03-02T10:00 "03-03 04-16 04-17 04-20 04-21" suspend@2026-03-03T10:00
    at 2026-04-20T10:00
    quiet ticket-confer --reason 不清 4
    same "$(fields 4 state suspended suspended_until)" state=conference
    # a cap of two days
    cp -r "$QIFU_CONFIG" share
    export QIFU_CONFIG=$T/share
    sed -i 's/^  suspension_days: 30 /  suspension_days: 2 /' share/center.yaml
    clock 投诉 2026-03-02T10:00 "03-03 03-06 03-09 03-10 03-11" suspend@2026-03-03T10:00
    sound
}

@test "an overdue ticket: fired levels survive, the days overdue stand still" {
    dispatched
    quiet escalate --now 2026-03-10T00:05
    # 10 and 11 March have ended when it resumes; the 23rd and 24th come after
    suspended 2026-03-11T10:00 1
    same "$(fields 1 due suspended_until)" "suspended_until=2026-04-23T23:59:59+08:00
due=2026-03-09T23:59:59+08:00"
    # the lead's clock and the assist's, of which each has a level
    both() { sla-check --now "$1" 1 | cut -f 2-4,9; }
    same "$(both 2026-03-19)" $'yellow\t2026-03-09T23:59:59+08:00\t2\tlead
yellow\t2026-03-09T23:59:59+08:00\t2\tassist'
    quiet supervision-reply --text 待批复 --by tax --now 2026-03-11T11:00 1
    gives 0 "" "" escalate --now 2026-03-19
    quiet ticket-resume --now 2026-03-20T10:00 1
    same "$(fields 1 due next_level)" "due=2026-03-09T23:59:59+08:00
next_level=2026-03-24T00:00:00+08:00"
    same "$(both 2026-03-23T10:00)" $'yellow\t2026-03-09T23:59:59+08:00\t2\tlead
yellow\t2026-03-09T23:59:59+08:00\t2\tassist'
    same "$(both 2026-03-24T10:00)" $'orange\t2026-03-09T23:59:59+08:00\t3\tlead
yellow\t2026-03-09T23:59:59+08:00\t3\tassist'
    same "$(escalate --now 2026-03-24T10:00 | cut -f 2,5)" $'orange\t3'
    same "$(ticket-show --explain --now 2026-03-24T10:00 1 | awk -F '\t' '$4 == "yes" { print $2 " " $5 }' | cut -c 6-)" \
        "03-03 1
03-04 2
03-05 3
03-06 4
03-09 5
03-10 6
03-11 7
03-23 8
03-24 9
03-25 10
03-26 11"
    same "$(sql "SELECT lead, level, level_began FROM v_supervision ORDER BY level_began, lead")" \
        "finance|yellow|2026-03-10T00:00:00+08:00
tax|yellow|2026-03-10T00:00:00+08:00
tax|orange|2026-03-24T00:00:00+08:00"
    sound
}

@test "a suspension fires what was passed before it, without a sweep" {
    dispatched
    suspended 2026-03-17T10:00 1
    same "$(sql "SELECT lead, level, level_began FROM v_supervision ORDER BY level_began, lead")" \
        "finance|yellow|2026-03-10T00:00:00+08:00
tax|yellow|2026-03-10T00:00:00+08:00
tax|orange|2026-03-13T00:00:00+08:00
tax|red|2026-03-17T00:00:00+08:00"
    sound
}

@test "one that is granted with a moment before levels that a sweep has fired revokes them" {
    center
    new 2026-03-02T09:00 >ids
    new 2026-03-02T09:00 >>ids
    quiet ticket-route --now 2026-03-02T10:00 --to tax 1 2
    quiet escalate --now 2026-03-13T09:00
    at 2026-03-13T10:00
    quiet ask --at 2026-03-06T10:00 1
    refuses "ticket-suspend: 1: grant a suspension: that is before it was asked for" \
        ticket-suspend --approve --at 2026-03-06T09:59 1
    quiet ticket-suspend --approve --at 2026-03-06T11:00 1
    same "$(sql "SELECT level, revoked, revoked_for FROM v_supervision WHERE ticket_id = 1 ORDER BY id")" \
        "yellow|2026-03-13T10:00:00+08:00|suspended
orange|2026-03-13T10:00:00+08:00|suspended"
    same "$(sql "SELECT level IS NULL FROM v_ticket WHERE id = 1")" 1
    # 4 of 5 days are used on the 6th; 30 working days later it is 20 April
    same "$(fields 1 due next_level)" "due=2026-04-21T23:59:59+08:00
next_level=2026-04-22T00:00:00+08:00"
    # after orange began: both levels stay
    quiet ask --at 2026-03-06T10:00 2
    quiet ticket-suspend --approve 2
    same "$(sql "SELECT level FROM v_supervision WHERE ticket_id = 2 AND revoked IS NULL ORDER BY id" | xargs)" \
        "yellow orange"
    same "$(sql "SELECT level FROM v_ticket WHERE id = 2")" orange
    sound
}

@test "gross and net days stand side by side; an answer ends a pause" {
    dispatched
    suspended 2026-03-04T15:00 1
    # gross: 3 to 13 March but the weekend; net: 3, 4
    at 2026-03-13T10:00
    gives 0 $'1\tanswer\tanswered\t2026-03-18T23:59:59+08:00\ttax\t甲' "" ticket-answer --text x --without y 1
    same "$(sql "SELECT gross_days, net_days FROM round")" "9|2"
    same "$(sql "SELECT until_at - from_at FROM suspension")" $((8 * 86400 + 19 * 3600))
    same "$(fields 1 suspended suspended_until held)" "held=tax 2"
    sound
}

@test "suspensions are asked for and granted from files" {
    dispatched
    printf '工单id,挂起原因,依据,时间\n1,不可抗力,x,2026-03-03 10:00\n' >ask.csv
    printf 'id,at\n1,2026-03-03 11:00\n' >grant.csv
    quiet ticket-suspend --csv ask.csv
    quiet ticket-suspend --approve --csv grant.csv
    quiet ticket-resume --csv <(printf 'id,at\n1,2026-03-04 11:00\n')
    same "$(fields 1 due)" due=2026-03-10T23:59:59+08:00
    sound
}
