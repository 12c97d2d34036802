#!/usr/bin/env bats
# Who holds a ticket: each party, lead or assist, has a clock of its own from its dispatch on
# (qifu-rules(7)); how long the center had it before is kept beside it.

load lib
load loop

# parties [ID]: each turn of a ticket: organisation, role, from, working days, due, in the pool
# since, until, excused; moments as the city's.
parties() {
    sql "SELECT o.code, r.role, datetime(r.at + 28800, 'unixepoch'), r.limit_days,
        datetime(r.due_at + 28800, 'unixepoch'), datetime(r.pooled_at + 28800, 'unixepoch'),
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
    same "$(parties)" "tax|lead|2026-03-04 10:00:00|5|2026-03-11 23:59:59|2026-03-02 09:00:00||
finance|assist|2026-03-04 10:00:00|5|2026-03-11 23:59:59|||"
    same "$(fields 1 due)" due=2026-03-09T23:59:59+08:00 # the enterprise's
    # 收到电子工单的次日起: on a rest day the first day is the next working day
    new 2026-03-02T09:00 --kind help >ids
    quiet ticket-route --now 2026-03-07T10:00 --to tax 2
    same "$(parties 2)" "tax|lead|2026-03-07 10:00:00|3|2026-03-11 23:59:59|2026-03-02 09:00:00||"
    at 2026-03-10
    sound
}

@test "party_clock: ticket counts a party's days from the receipt" {
    received
    cp -r "$QIFU_CONFIG" share
    sed -i 's/^party_clock: .*/party_clock: ticket/' share/center.yaml
    quiet ticket-route -C share --now 2026-03-04T10:00 --to tax --assist finance 1
    same "$(parties)" "tax|lead|2026-03-04 10:00:00|5|2026-03-09 23:59:59|2026-03-02 09:00:00||
finance|assist|2026-03-04 10:00:00|5|2026-03-09 23:59:59|||"
}

@test "scenario 27: lead extended, assist not: the assist's part stays due" {
    received
    quiet ticket-route --now 2026-03-03T10:00 --to tax --assist finance 1
    at 2026-03-04T10:00
    quiet ticket-extend --days 4 --reason x 1
    quiet ticket-extend --approve 1
    same "$(parties)" "tax|lead|2026-03-03 10:00:00|9|2026-03-16 23:59:59|2026-03-02 09:00:00||
finance|assist|2026-03-03 10:00:00|5|2026-03-10 23:59:59|||"
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
    same "$(parties)" "tax|lead|2026-03-03 10:00:00|5|2026-03-17 23:59:59|2026-03-02 09:00:00||
finance|assist|2026-03-03 10:00:00|5|2026-03-10 23:59:59|||"
    # who gets it afterwards has a whole clock
    quiet ticket-confer --reason 不清 1
    at 2026-03-12T10:00
    quiet ticket-confer --lead justice --basis x --words y 1
    same "$(parties | tail -1)" "justice|lead|2026-03-12 10:00:00|5|2026-03-19 23:59:59|2026-03-11 10:00:00||"
    sound
}

@test "the next round: fresh clocks, and no days of the center before it" {
    received
    quiet ticket-route --now 2026-03-03T10:00 --to tax --assist finance 1
    at 2026-03-05T10:00
    quiet ticket-answer --text x --without y 1
    quiet ticket-rate --score 1 1
    quiet ticket-follow --outcome redo --text 仍未解决 1
    same "$(parties | tail -2)" "tax|lead|2026-03-05 10:00:00|5|2026-03-12 23:59:59|||
finance|assist|2026-03-05 10:00:00|5|2026-03-12 23:59:59|||"
    sound
}

@test "a recomputed limit moves the parties' deadlines too" {
    received
    quiet ticket-route --now 2026-03-04T10:00 --to tax --assist finance 1
    cp -r "$QIFU_CONFIG" share
    sed -i '/^  - kind: complaint/,/days:/s/days: 5/days: 6/' share/center.yaml
    at 2026-03-05T10:00
    quiet sla-check -C share --recompute
    same "$(parties)" "tax|lead|2026-03-04 10:00:00|6|2026-03-12 23:59:59|2026-03-02 09:00:00||
finance|assist|2026-03-04 10:00:00|6|2026-03-12 23:59:59|||"
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
    same "$(parties)" "tax|lead|2026-03-03 10:00:00|5|2026-03-10 23:59:59|2026-03-02 09:00:00|2026-03-04 10:00:00|returned
finance|assist|2026-03-03 10:00:00|5|2026-03-10 23:59:59||2026-03-04 10:00:00|returned
justice|lead|2026-03-05 10:00:00|5|2026-03-12 23:59:59|2026-03-04 10:00:00|2026-03-06 10:00:00|"
    sound
}
