#!/usr/bin/env bats
# Who holds a ticket: each party, lead or assist, has a clock of its own from its dispatch on
# (qifu-rules(7)).

load lib/base
load lib/loop

# parties [ID]: each turn of a ticket: organisation, role, from, working days, due, until, excused;
# moments as the city's.
parties() {
    sql "SELECT o.code, r.role, datetime(r.at + 28800, 'unixepoch'), r.limit_days,
        datetime(r.due_at + 28800, 'unixepoch'),
        datetime(r.ended_at + 28800, 'unixepoch'), r.excused
        FROM route r JOIN org o ON o.id = r.org_id WHERE r.ticket_id = ${1:-1} ORDER BY r.id"
}

# Ticket 1, a complaint (5 working days) of Monday 2 March 2026.
received() {
    center
    new 2026-03-02T09:00 --kind complaint >ids
}

@test "RULES 4: each party has its own clock from the moment it was dispatched to it" {
    received
    quiet ticket-route --now 2026-03-04T10:00 --to tax --assist finance 1
    same "$(parties)" "tax|lead|2026-03-04 10:00:00|5|2026-03-11 23:59:59||
finance|assist|2026-03-04 10:00:00|5|2026-03-11 23:59:59||"
    same "$(fields 1 due)" due=2026-03-09T23:59:59+08:00 # the enterprise's
    # 收到电子工单的次日起: on a rest day the first day is the next working day
    new 2026-03-02T09:00 --kind help >ids
    quiet ticket-route --now 2026-03-07T10:00 --to tax 2
    same "$(parties 2)" "tax|lead|2026-03-07 10:00:00|3|2026-03-11 23:59:59||"
    at 2026-03-10
    sound
}

@test "party_clock: ticket counts a party's days from the receipt" {
    received
    cp -r "$QIFU_CONFIG" share
    sed -i 's/^party_clock: .*/party_clock: ticket/' share/center.yaml
    quiet ticket-route -C share --now 2026-03-04T10:00 --to tax --assist finance 1
    same "$(parties)" "tax|lead|2026-03-04 10:00:00|5|2026-03-09 23:59:59||
finance|assist|2026-03-04 10:00:00|5|2026-03-09 23:59:59||"
}

@test "scenario 27: lead extended, assist not: the assist's part stays due" {
    received
    quiet ticket-route --now 2026-03-03T10:00 --to tax --assist finance 1
    at 2026-03-04T10:00
    quiet ticket-extend --days 4 --reason x 1
    quiet ticket-extend --approve 1
    same "$(parties)" "tax|lead|2026-03-03 10:00:00|9|2026-03-16 23:59:59||
finance|assist|2026-03-03 10:00:00|5|2026-03-10 23:59:59||"
    sound
}

@test "a party's clock stands still with the ticket's, and only while the party has it" {
    received
    quiet ticket-route --now 2026-03-03T10:00 --to tax --assist finance 1
    at 2026-03-04T10:00
    quiet ticket-answer --by finance --text x 1 # its part is in: its clock is over
    quiet ticket-suspend --reason 等待上级批复 --basis x 1
    quiet ticket-suspend --approve 1
    at 2026-03-11T10:00
    quiet ticket-resume 1 # one of 5 days was used
    same "$(parties)" "tax|lead|2026-03-03 10:00:00|5|2026-03-17 23:59:59||
finance|assist|2026-03-03 10:00:00|5|2026-03-10 23:59:59||"
    # who gets it afterwards has a whole clock
    quiet ticket-confer --reason 不清 1
    at 2026-03-12T10:00
    quiet ticket-confer --lead justice --basis x --words y 1
    same "$(parties | tail -1)" "justice|lead|2026-03-12 10:00:00|5|2026-03-19 23:59:59||"
    sound
}

@test "the next round: fresh clocks, and no days of the center before it" {
    received
    quiet ticket-route --now 2026-03-03T10:00 --to tax --assist finance 1
    at 2026-03-05T10:00
    quiet ticket-answer --text x --without y 1
    quiet ticket-rate --score 1 1
    quiet ticket-follow --outcome redo --text 仍未解决 1
    same "$(parties | tail -2)" "tax|lead|2026-03-05 10:00:00|5|2026-03-12 23:59:59||
finance|assist|2026-03-05 10:00:00|5|2026-03-12 23:59:59||"
    sound
}

@test "a recomputed limit moves the parties' deadlines too" {
    received
    quiet ticket-route --now 2026-03-04T10:00 --to tax --assist finance 1
    cp -r "$QIFU_CONFIG" share
    sed -i '/^  - kind: complaint/,/days:/s/days: 5/days: 6/' share/center.yaml
    at 2026-03-05T10:00
    quiet sla-check -C share --recompute
    same "$(parties)" "tax|lead|2026-03-04 10:00:00|6|2026-03-12 23:59:59||
finance|assist|2026-03-04 10:00:00|6|2026-03-12 23:59:59||"
}

@test "a granted return excuses its parties, a conference does not" {
    received
    quiet ticket-route --now 2026-03-03T10:00 --to tax --assist finance 1
    at 2026-03-04T10:00
    quiet ticket-return --reason 不属于本单位职责 --basis 三定方案 1
    quiet ticket-return --approve 1
    quiet ticket-route --now 2026-03-05T10:00 --to justice 1
    at 2026-03-06T10:00
    quiet ticket-confer --reason 不清 1
    same "$(parties)" "tax|lead|2026-03-03 10:00:00|5|2026-03-10 23:59:59|2026-03-04 10:00:00|returned
finance|assist|2026-03-03 10:00:00|5|2026-03-10 23:59:59|2026-03-04 10:00:00|returned
justice|lead|2026-03-05 10:00:00|5|2026-03-12 23:59:59|2026-03-06 10:00:00|"
    sound
}

# A ticket that tax leads and finance assists, since 2 March at 10.
dispatched() {
    received
    quiet ticket-route --now 2026-03-02T10:00 --to tax --assist finance 1
    at 2026-03-04T15:00
}

@test "use 2.6: re-dispatch after the center's own mistake: no return is counted" {
    dispatched
    quiet ticket-accept 1
    gives 0 $'1\tjustice\tcommerce\t-\t人工派发' "" ticket-route --redispatch --to 市司法局 --assist 市商务局 --reason 误派 1
    same "$(sql "SELECT type, json_remove(data, '\$.next', '\$.rows') FROM v_event ORDER BY id DESC LIMIT 2" | tac)" \
        'redispatched|{"by":"center","reason":"误派","from_lead":"tax","from_assists":["finance"]}
dispatched|{"lead":"justice","assists":["commerce"],"basis":"人工派发","accept_due":1772726399}'
    same "$(sql "SELECT state, returns, accepted_at IS NULL FROM ticket")" "dispatched|0|1"
    same "$(fields 1 lead assist due dispatched accepted former party)" "lead=justice
assist=commerce
dispatched=2026-03-04T15:00:00+08:00
due=2026-03-09T23:59:59+08:00
party=justice lead due 2026-03-11T23:59:59+08:00 accept-due 2026-03-05T23:59:59+08:00
party=commerce assist due 2026-03-11T23:59:59+08:00 accept-due 2026-03-05T23:59:59+08:00
former=tax lead from 2026-03-02T10:00:00+08:00 until 2026-03-04T15:00:00+08:00 redispatched
former=finance assist from 2026-03-02T10:00:00+08:00 until 2026-03-04T15:00:00+08:00 redispatched"
    # the center did not leave it lying: it has no days before the second turn
    same "$(parties | tail -2)" "justice|lead|2026-03-04 15:00:00|5|2026-03-11 23:59:59||
commerce|assist|2026-03-04 15:00:00|5|2026-03-11 23:59:59||"
    [[ $(ticket-show -F table 1) == *'徐州市企业服务中心改派（理由：误派；原主办 国家税务总局徐州市税务局；原协办 徐州市财政局）。'* ]]
    [[ $(ticket-show -F table 1) == *'原承办方'*'国家税务总局徐州市税务局（主办） 2026-03-02 10:00 至 2026-03-04 15:00，改派'* ]]
    sound
}

@test "a redispatch: the assist may lead, the lead may assist; what was asked falls away" {
    dispatched
    quiet ticket-extend --days 2 --reason x 1
    quiet ticket-route --redispatch --to finance --assist tax --reason 误派 --basis 三定方案 1
    same "$(sql "SELECT org, role, basis FROM v_route WHERE ended IS NULL")" $'finance|lead|三定方案\ntax|assist|三定方案'
    same "$(sql "SELECT granted FROM request")" 0
    # its new lead may give it back: from its own dispatch on
    at 2026-03-06T10:00
    quiet ticket-return --reason 不属于本单位职责 --basis 三定方案 1
    quiet ticket-return --approve 1
    same "$(sql "SELECT state, returns FROM ticket")" "received|1"
    sound
}

@test "a redispatch is refused: without reason, to its lead, by others, out of turn" {
    dispatched
    route() { ticket-route --redispatch "$@"; }
    refuses "ticket-route: 1: redispatch: the reason is missing: --reason" route --to justice 1
    refuses "ticket-route: 1: redispatch: the reason is blank" route --to justice --reason '　' 1
    refuses "ticket-route: 1: redispatch: tax leads it already" route --to tax --reason x 1
    refuses "ticket-route: 1: redispatch: only a convener may: 徐州市企业服务中心, 徐州市人民政府办公室, 徐州市营商办" route --to justice --reason x --by tax 1
    refuses "ticket-route: --redispatch goes with --to; see ticket-route -h" route --reason x 1
    refuses "ticket-route: --reason goes with --redispatch; see ticket-route -h" ticket-route --to justice --reason x 1
    refuses "ticket-route: 1: 2026-03-02T09:59:00+08:00 lies before 2026-03-02T10:00:00+08:00, when it was dispatched" \
        route --to justice --reason x --at 2026-03-02T09:59 1
    quiet ticket-accept --by finance --at 2026-03-04T12:00 1
    refuses "ticket-route: 1: redispatch: that is before what finance did or got" route --to justice --reason x --at 2026-03-04T11:00 1
    quiet ticket-suspend --reason 等待上级批复 --basis x 1
    quiet ticket-suspend --approve 1
    refuses "ticket-route: 1: redispatch: its clock stands still; resume it first" route --to justice --reason x 1
    quiet ticket-resume 1
    before=$(everything)
    quiet ticket-route -n --redispatch --to justice --reason x 1
    same "$(everything)" "$before"
    quiet ticket-answer --text x --without y 1
    refuses "ticket-route: 1: redispatch: it is answered (已答复); now: 评价 申请作办结 未评价办结 作废" route --to justice --reason x 1
    sound
}

@test "S5: after the lead's answer the assist's part is still taken, and judged by its own moment" {
    dispatched
    quiet ticket-answer --text 已办 --without 协办未答 1
    quiet ticket-rate --score 5 1
    at 2026-03-12T10:00 # it was due on 9 March
    gives 0 $'1\tanswer\tclosed\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-answer --by 市财政局 --text 财政意见 1
    same "$(sql "SELECT state, answered_at = first_answered_at, closed_as FROM ticket")" "closed|1|satisfied"
    same "$(sql "SELECT org, due, answered FROM v_route")" "tax|2026-03-09T23:59:59+08:00|2026-03-04T15:00:00+08:00
finance|2026-03-09T23:59:59+08:00|2026-03-12T10:00:00+08:00"
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" 'assist-answered|{"by":"finance","text":"财政意见"}'
    refuses "ticket-answer: 1: answer: this assist has filed its part already" ticket-answer --by finance --text x 1
    # entered again it is harmless
    gives 0 "" "" ticket-answer --by finance --text 财政意见 --at 2026-03-12T10:00 1
    # the lead has answered, and others have nothing to say
    refuses "ticket-answer: 1: answer: it is closed (已办结); now: 备注" ticket-answer --text x 1
    refuses "ticket-answer: 1: answer: it is closed (已办结); now: 备注" ticket-answer --by justice --text x 1
    sound
}

@test "a part after the answer: rated too, of the present round, not of a repeat" {
    dispatched
    quiet ticket-answer --text x --without y 1
    quiet ticket-rate --score 2 1
    gives 0 $'1\tanswer\trated\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-answer --by finance --text 一 1
    quiet ticket-follow --outcome redo --text 仍未解决 1
    quiet ticket-answer --by finance --text 二 1 # the new round's
    same "$(sql "SELECT round, answered IS NOT NULL FROM v_route WHERE org = 'finance'")" $'1|1\n2|1'
    new 2026-03-02T09:00 >ids
    quiet ticket-route --to tax --assist finance 2
    quiet ticket-merge --into 1 2
    refuses "ticket-answer: 2: answer: it was closed without an answer; no part is owed" ticket-answer --by finance --text x 2
    sound
}

@test "A10: S4 由市政府办公室协调派发并指定牵头部门: a convener names the lead" {
    received
    at 2026-03-02T15:00
    gives 0 $'1\ttax\t-\t-\t市政府办指定' "" ticket-route --to tax --by 市政府办 --basis 市政府办指定 1
    same "$(sql "SELECT json_remove(data, '\$.next', '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        '{"by":"city-government-office","lead":"tax","basis":"市政府办指定","accept_due":1772553599}'
    [[ $(ticket-show -F table 1) == *'徐州市人民政府办公室派发给国家税务总局徐州市税务局主办'* ]]
    new 2026-03-02T09:00 >ids
    refuses "ticket-route: 2: dispatch: only a convener may: 徐州市企业服务中心, 徐州市人民政府办公室, 徐州市营商办" \
        ticket-route --to tax --by finance 2
    refuses "ticket-route: --by goes with --to; see ticket-route -h" ticket-route --by center 2
    refuses "ticket-route: --at goes with --to; see ticket-route -h" ticket-route --at 2026-03-02 2
    quiet ticket-route --to tax --at 2026-03-02T10:00 2
    same "$(fields 2 dispatched)" dispatched=2026-03-02T10:00:00+08:00
    quiet ticket-return --reason 不属于本单位职责 --basis x --at 2026-03-02T12:00 2
    quiet ticket-return --approve --at 2026-03-02T12:00 2
    refuses "ticket-route: 2: dispatch: that is before it came to the center" ticket-route --to justice --at 2026-03-02T11:00 2
    sound
}

@test "A9: S3 重大问题由市营商办综合协调组牵头会商会办: a convener opens a conference and rules" {
    dispatched
    quiet ticket-confer --by 市营商办 --reason 重大问题 1
    same "$(sql "SELECT type, json_remove(data, '\$.next', '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'conference-opened|{"by":"business-environment-office","reason":"重大问题"}'
    refuses "ticket-confer: 1: rule: only a convener may: 徐州市企业服务中心, 徐州市人民政府办公室, 徐州市营商办" \
        ticket-confer --by finance --lead justice --basis x --words y 1
    quiet ticket-confer --by city-government-office --lead justice --basis 会商纪要 --words y 1
    same "$(sql "SELECT json_extract(data, '\$.by') FROM v_event WHERE type = 'ruled'")" city-government-office
    sound
}

@test "conveners are organisations; without the key the center alone" {
    dispatched
    cp -r "$QIFU_CONFIG" share
    sed -i '/^conveners:/d' share/center.yaml
    refuses "ticket-confer: 1: open a conference: only a convener may: 徐州市企业服务中心" \
        ticket-confer -C share --by city-government-office --reason x 1
    quiet ticket-confer -n -C share --reason x 1
    echo 'conveners: [center, nobody]' >>share/center.yaml
    refuses 'center-init: share/center.yaml: conveners: no organisation "nobody"; org-add adds one' center-init -C share
    refuses 'ticket-confer: share/center.yaml: conveners: no organisation "nobody"; org-add adds one' \
        ticket-confer -C share --reason x 1
    gives 1 $'configuration\t-\tconvener "nobody" is not an organisation' "" center-check -q -C share
}

@test "scenario 32: third return after the ruling: refused, ruled; the center can open a new conference" {
    dispatched
    for org in justice commerce; do
        quiet ticket-return --reason 不属于本单位职责 --basis 三定方案 1
        quiet ticket-return --approve 1
        [ "$org" != justice ] || quiet ticket-route --to justice 1
    done
    same "$(fields 1 state)" state=conference
    quiet ticket-confer --lead commerce --basis 会商纪要第3号 --words y 1
    refuses "ticket-return: 1: return: ruled by a conference: 会商纪要第3号; the center can open a new conference" \
        ticket-return --reason 不属于本单位职责 --basis 三定方案 1
    quiet ticket-confer --reason 情况变化 1
    quiet ticket-confer --lead tax --basis 会商纪要第4号 --words y 1
    same "$(fields 1 state lead)" $'state=dispatched\nlead=tax'
    sound
}

@test "RULES 5: what waits for a decision: who asked may not grant, the center neither" {
    received
    at 2026-03-02T10:00
    quiet ticket-route --to center 1
    quiet ticket-return --reason 不属于本单位职责 --basis x 1
    refuses "ticket-return: 1: grant a return: who asked does not grant; another convener may: --by" ticket-return --approve 1
    refuses "ticket-return: 1: grant a return: only the center may" ticket-return --approve --by tax 1
    quiet ticket-return --refuse 1 # one may think better of it
    quiet ticket-extend --days 2 --reason x 1
    refuses "ticket-extend: 1: grant an extension: who asked does not grant; another convener may: --by" ticket-extend --approve 1
    quiet ticket-extend --approve --by city-government-office 1
    quiet ticket-suspend --reason 等待上级批复 --basis x 1
    refuses "ticket-suspend: 1: grant a suspension: who asked does not grant; another convener may: --by" ticket-suspend --approve 1
    quiet ticket-suspend --refuse --by 市营商办 1
    quiet ticket-answer --text x 1
    quiet ticket-close --explained --reason x --basis y 1
    refuses "ticket-close: 1: grant an explained close: who asked does not grant; another convener may: --by" ticket-close --approve --by center 1
    quiet ticket-close --approve --by 市营商办 1
    # what others asked the center alone decides
    new 2026-03-02T09:00 >ids
    quiet ticket-route --to tax 2
    quiet ticket-extend --days 2 --reason x 2
    refuses "ticket-extend: 2: grant an extension: only the center may" ticket-extend --approve --by 市营商办 2
    # a convener that leads does not grant to itself either
    new 2026-03-02T09:00 >ids
    quiet ticket-route --to 市营商办 3
    quiet ticket-extend --days 2 --reason x 3
    refuses "ticket-extend: 3: grant an extension: only the center may" ticket-extend --approve --by 市营商办 3
    quiet ticket-extend --approve 3
    sound
}

@test "decisions at night, on a rest day, and in the last second are decisions" {
    dispatched
    quiet ticket-return --reason 不属于本单位职责 --basis 三定方案 --at 2026-03-04T15:00 1
    at 2026-03-07T23:59:59 # a Saturday
    quiet ticket-return --approve 1
    quiet ticket-route --to justice 1
    quiet ticket-route --redispatch --to commerce --reason 误派 1
    same "$(parties | tail -2)" "justice|lead|2026-03-07 23:59:59|5|2026-03-13 23:59:59|2026-03-07 23:59:59|redispatched
commerce|lead|2026-03-07 23:59:59|5|2026-03-13 23:59:59||"
    sound
}

@test "center-check counts the assists that the events name" {
    dispatched
    quiet ticket-assist --add justice 1
    sound
    sql "DELETE FROM route WHERE org_id = (SELECT id FROM org WHERE code = 'justice')"
    gives 1 $'replay\t1\troute 3: the row is nothing, its events give one' "" center-check -q
}

@test "each party that enters its answer late has the center's word for itself" {
    dispatched # due on 2026-03-09
    at 2026-03-12T09:00
    same "$(escalate | cut -f 1,2,6)" $'1\tyellow\ttax\n1\tyellow\tfinance'
    quiet ticket-answer --by finance --text x --at 2026-03-05 1
    quiet ticket-answer --text x --at 2026-03-06 1
    same "$(ticket-list --waiting | cut -f 1,2)" $'1\trevocation\n1\trevocation'
    quiet supervision-revoke --refuse 1
    quiet supervision-revoke --approve 1
    same "$(sql "SELECT lead, revoked_for FROM v_supervision")" $'tax|late-entry-granted\nfinance|'
    refuses "supervision-revoke: 1: grant a late entry: none waits for it" supervision-revoke --approve 1
    sound
}

@test "an order of an earlier round that has no reply begins its next level after a redo too, in that round" {
    at 2026-03-02T09:00 # Monday; due on 2026-03-09
    center
    for _ in 1 2; do quiet ticket-new --title 甲; done
    quiet ticket-route --to tax 1 2
    at 2026-03-10T00:05
    escalate >fired # yellow; to be replied to by 2026-03-12
    at 2026-03-10T10:00
    quiet ticket-answer --text 已答复 1 2
    quiet ticket-rate --score 2 1 2
    quiet ticket-follow --outcome redo --text 仍未解决 1 2 # due again on 2026-03-17
    quiet supervision-reply --text 已督促 2
    same "$(fields 1 level next_level)" 'next_level=2026-03-13T00:00:00+08:00'
    same "$(fields 2 level next_level)" 'next_level=2026-03-18T00:00:00+08:00'
    at 2026-03-13T00:05
    gives 0 $'1\torange\tbusiness-environment-office\ttax\tlead' "" bash -c 'escalate | cut -f 1-3,6,8'
    gives 0 "" "" escalate
    same "$(fields 1 level next_level)" 'next_level=2026-03-18T00:00:00+08:00'
    same "$(sql "SELECT round, level, level_began FROM v_supervision WHERE ticket_id = 1 ORDER BY id")" \
        $'1|yellow|2026-03-10T00:00:00+08:00\n1|orange|2026-03-13T00:00:00+08:00'
    [[ $(ticket-show -F table 1) == *'第 1 轮的督办未回复，达到橙色级别，由徐州市营商办督办'* ]]
    at 2026-03-18T00:05 # orange was not replied to either; the second round is late by itself
    escalate >fired
    same "$(sql "SELECT ticket_id, level, round FROM v_supervision
        WHERE swept > '2026-03-18' ORDER BY ticket_id, level_began, level DESC" | xargs)" '1|yellow|2 1|red|1 2|yellow|2'
    same "$(accountability-list | wc -l)" 1
    sound
}
