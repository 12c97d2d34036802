#!/usr/bin/env bats
# supervision-revoke: the center's word on answers that a handler entered late (补录).

load lib/base
load lib/loop

# Consultations 1 to 3 of Monday 2 March 2026 from the hotline, F1 to F3, led by tax, 1 and 3 assisted by finance;
# due on the 3rd. Yellow since the 4th, orange since the 7th, as the sweep of the 9th finds; on the 10th tax enters
# that it answered on the 2nd, a week ago.
late_entries() {
    at 2026-03-02T09:00
    center
    for i in 1 2 3; do new 2026-03-02T09:00 --kind 政策咨询 --source 12345 --ref "F$i" >>ids; done
    quiet ticket-route --to tax 2
    quiet ticket-route --to tax --assist finance 1 3
    quiet escalate --now 2026-03-09T00:05
    at 2026-03-10T09:00
    quiet ticket-answer --text 已答复 --without 无 --at 2026-03-02T15:00 1 2 3
}

# The orders of the ticket that stand, and what revoked the others.
standing() { sql "SELECT lead, level FROM v_supervision WHERE ticket_id = $1 AND revoked IS NULL ORDER BY level_began, lead" | paste -sd ' '; }
revoked() { sql "SELECT lead, level, revoked_for FROM v_supervision WHERE ticket_id = $1 AND revoked IS NOT NULL ORDER BY level_began, lead" | paste -sd ' '; }

@test "what waits, and what counts until it is decided" {
    late_entries
    same "$(ticket-list --waiting | cut -f 1,2,3)" "$(printf '%s\trevocation\ttax\n' 1 2 3)"
    same "$(sql "SELECT ticket_id, act, reason FROM request WHERE decided_at IS NULL" | xargs)" \
        "1|revocation|补录 2|revocation|补录 3|revocation|补录"
    # until then it counts from its entry: nothing is revoked, and what began before the entry has fired
    same "$(standing 2)" "tax|yellow tax|orange"
    same "$(sql "SELECT data ->> 'entered_late' FROM v_event WHERE type = 'answered' AND ticket_id = 2")" \
        "$(date -d 2026-03-10T09:00+08:00 +%s)"
    sound
}

@test "nothing waits where it would not matter, or is believed" {
    at 2026-03-02T09:00
    center
    for i in 1 2 3 4; do new 2026-03-02T09:00 --source 12345 --ref "F$i" >>ids; done # due on the 9th
    new 2026-03-02T09:00 --kind 政策咨询 >>ids
    quiet ticket-route --to tax 1 2 3 4 5
    at 2026-03-06T09:00
    quiet ticket-answer --text x --at 2026-03-02T15:00 1 # late, and in time all the same
    at 2026-03-10T09:00
    quiet ticket-answer --text x --at 2026-03-09T15:00 2 # the day before
    printf 'ref,at,text\nF3,2026-03-02 15:00,x\n' >file.csv
    quiet ticket-answer --csv file.csv --source 12345 # from the hotline's file
    printf 'ref,at,by,text\nF4,2026-03-02 15:00,tax,x\n' >file.csv
    quiet ticket-answer --csv file.csv --source 12345
    quiet ticket-answer --text x 5 # late, and it says so
    gives 1 "" "" ticket-list --waiting
    same "$(standing 1)$(standing 2)$(standing 3)$(standing 4)" ""
    refuses "supervision-revoke: 1: grant a late entry: none waits for it" supervision-revoke --approve 1
    refuses "supervision-revoke: 5: refuse a late entry: none waits for it" supervision-revoke --refuse 5
    sound
}

@test "a correction that makes the deadline earlier asks about what was entered late before it" {
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00 --kind 其他 | ticket-route -q --to tax - >ids # due on the 9th
    at 2026-03-06T09:00
    quiet ticket-answer --text x --at 2026-03-02T15:00 1 # late, and in time all the same
    gives 1 "" "" ticket-list --waiting
    quiet ticket-correct --kind 政策咨询 --reason 录入错误 1 # due on the 3rd
    same "$(ticket-list --waiting | cut -f 1,2,3)" $'1\trevocation\ttax'
    same "$(standing 1)" "tax|yellow"
    quiet supervision-revoke --approve 1
    same "$(standing 1);$(revoked 1)" ";tax|yellow|late-entry-granted"
    quiet ticket-correct --kind 其他 --reason 录入错误 1
    quiet ticket-correct --kind 政策咨询 --reason 录入错误 1
    gives 1 "" "" ticket-list --waiting
    sound
}

# Scenario 9: "answered on time, entered next morning, after the sweep: no breach"; S1: "Needed: the answer's
# moment decides: levels whose level_at lies after it are withdrawn by an event, shown struck out".
@test "approved: levels that began after the answer are revoked, those of others stay" {
    late_entries
    gives 0 $'1\tgrant a late entry\tanswered\t2026-03-03T23:59:59+08:00\ttax\t甲' "" \
        supervision-revoke --approve --text 已核对通话记录 1
    same "$(standing 1)" "finance|yellow"
    same "$(revoked 1)" "tax|yellow|late-entry-granted tax|orange|late-entry-granted"
    same "$(sql "SELECT json_remove(data, '\$.next', '\$.rows') FROM v_event WHERE type = 'late-entry-granted'")" \
        '{"by":"center","text":"已核对通话记录","org":"tax","late_round":1,"entered":1773104400}'
    same "$(sql "SELECT level IS NULL FROM v_ticket WHERE id = 1")" 1
    same "$(supervision-list --org tax | cut -f 1 | sort -u | xargs)" "2 3"
    # the others wait on
    same "$(ticket-list --waiting | cut -f 1 | xargs)" "2 3"
    same "$(standing 3)" "finance|yellow tax|yellow tax|orange"
    same "$(report-monthly --ids overdue-orange --now 2026-04-01 2026-03 | cut -f 1 | sort -u | xargs)" "2 3"
    same "$(ticket-show 1 | grep -c revoked)" 2
    sound
}

# Scenario 10: "answered 1 day late, entered 4 days later: yellow only".
@test "approved: what began before the answer stays" {
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00 --kind 政策咨询 >ids
    quiet ticket-route --to tax 1
    quiet escalate --now 2026-03-09T00:05
    at 2026-03-10T09:00
    quiet ticket-answer --text x --at 2026-03-04T15:00 1
    quiet supervision-revoke --approve 1
    same "$(standing 1)" "tax|yellow"
    same "$(sql "SELECT level FROM v_ticket")" yellow
    sound
}

@test "refused: all stays, and it is decided" {
    late_entries
    before=$(standing 2)
    gives 0 $'2\trefuse a late entry\tanswered\t2026-03-03T23:59:59+08:00\ttax\t甲' "" \
        supervision-revoke --refuse --text 无记录 2
    same "$(standing 2)" "$before"
    same "$(revoked 2)" ""
    same "$(sql "SELECT json_remove(data, '\$.next', '\$.rows') FROM v_event WHERE type = 'late-entry-refused'")" \
        '{"by":"center","text":"无记录","org":"tax","late_round":1,"entered":1773104400}'
    refuses "supervision-revoke: 2: grant a late entry: none waits for it" supervision-revoke --approve 2
    # also after what is reckoned anew
    quiet sla-check --recompute
    same "$(standing 2)" "$before"
    sound
}

@test "by the center, or by nobody" {
    late_entries
    refuses "supervision-revoke: 1: grant a late entry: only the center may" supervision-revoke --approve --by tax 1
    refuses "supervision-revoke: 1: grant a late entry: only the center may" supervision-revoke --approve --by 市营商办 1
    refuses "supervision-revoke: 1: refuse a late entry: only the center may" supervision-revoke --refuse --by finance 1
    refuses "supervision-revoke: 1: grant a late entry: the text is blank" supervision-revoke --approve --text ' ' 1
    refuses "supervision-revoke: 1: grant a late entry: that is before it was asked for" \
        supervision-revoke --approve --at 2026-03-10T08:59 1
    refuses "supervision-revoke: 1: 2026-03-10T09:01:00+08:00 lies in the future" \
        supervision-revoke --approve --at 2026-03-10T09:01 1
    quiet supervision-revoke --approve --by center 1
}

@test "twice: the second time nothing waits" {
    late_entries
    quiet supervision-revoke --approve 1
    refuses "supervision-revoke: 1: grant a late entry: none waits for it" supervision-revoke --approve 1
    refuses "supervision-revoke: 1: refuse a late entry: none waits for it" supervision-revoke --refuse 1
}

@test "an assist that enters its part late waits like a lead" {
    late_entries
    quiet supervision-revoke --refuse 1 # tax
    at 2026-03-11T09:00
    quiet ticket-answer --by finance --text 财政意见 --at 2026-03-03T15:00 1
    same "$(ticket-list --waiting | awk '$1 == 1 { print $2, $3 }')" "revocation finance"
    quiet supervision-revoke --approve 1
    same "$(standing 1)" "tax|yellow tax|orange"
    same "$(revoked 1)" "finance|yellow|late-entry-granted"
    sound
}

@test "a round that is over can be decided too" {
    late_entries
    quiet ticket-rate --score 1 --now 2026-03-11T09:00 2
    quiet ticket-follow --outcome redo --text 未解决 --now 2026-03-11T10:00 2
    at 2026-03-11T11:00
    quiet supervision-revoke --approve 2
    same "$(standing 2)" ""
    same "$(revoked 2)" "tax|yellow|late-entry-granted tax|orange|late-entry-granted"
    same "$(fields 2 round due)" "round=2
due=2026-03-12T23:59:59+08:00"
    same "$(sql "SELECT lead, level, round FROM v_supervision WHERE revoked IS NULL AND ticket_id = 2")" ""
    same "$(escalate --now 2026-03-13 2 | cut -f 2)" yellow
    sound
}

@test "standard input, --csv, -n, usage" {
    late_entries
    before=$(everything)
    gives 0 $'1\tgrant a late entry\tanswered\t2026-03-03T23:59:59+08:00\ttax\t甲' "" \
        bash -c 'echo 1 | supervision-revoke -n --approve -'
    same "$(everything)" "$before"
    printf '留言编号,来源,备注\nF1,12345,已核\nF2,12345,已核\nF9,12345,\n' >acts.csv
    refuses 'supervision-revoke: acts.csv:4: no ticket has source "12345" and ref "F9"
supervision-revoke: 1 bad row: nothing was done; --rejects FILE does the rest' supervision-revoke --approve --csv acts.csv
    gives 2 $'1\tgrant a late entry\tanswered\t2026-03-03T23:59:59+08:00\ttax\t甲
2\tgrant a late entry\tanswered\t2026-03-03T23:59:59+08:00\ttax\t甲' \
        'supervision-revoke: acts.csv:4: no ticket has source "12345" and ref "F9"' \
        supervision-revoke --approve --csv acts.csv --rejects bad.csv
    same "$(wc -l <bad.csv)" 2
    same "$(standing 1)|$(standing 2)" "finance|yellow|"
    same "$(ticket-list --waiting | cut -f 1)" 3
    refuses "supervision-revoke: say --approve or --refuse; see supervision-revoke -h" supervision-revoke 3
    refuses "supervision-revoke: one of --approve and --refuse; see supervision-revoke -h" \
        supervision-revoke --approve --refuse 3
    refuses "supervision-revoke: name the tickets, or a file with --csv; see supervision-revoke -h" \
        supervision-revoke --approve
    refuses "supervision-revoke: 77: no such ticket" supervision-revoke --approve 77
    sound
}
