#!/usr/bin/env bats
# Random legal acts by several processes at once: whatever they do, the log, the tickets and the
# tables beside them agree. QIFU_ACTS says how many.

load lib/base
load lib/loop

ACTS=${QIFU_ACTS:-$(case $BIN in */sanitize/*) echo 200 ;; *) [ -n "${QIFU_THOROUGH-}" ] && echo 5000 || echo 400 ;; esac)}
PROCESSES=4

# Nothing is found by this query.
none() { same "$1: $(sql "$2")" "$1: "; }

# What must hold of every center at any time.
invariants() {
    none "open and without an owner" "SELECT id, state FROM ticket WHERE state IN ('dispatched', 'accepted')
        AND lead IS NULL" || return
    none "in nobody's hands, yet with a lead" "SELECT id, state FROM ticket
        WHERE state IN ('received', 'conference') AND lead IS NOT NULL" || return
    none "the lead is the lead of the routes" "SELECT t.id, t.state, t.lead, r.org_id FROM ticket t
        LEFT JOIN route r ON r.ticket_id = t.id AND r.round = t.round AND r.role = 'lead'
            AND r.ended_at IS NULL WHERE r.org_id IS NOT t.lead" || return
    none "nobody handles what is not dispatched" "SELECT t.id FROM ticket t JOIN route r
        ON r.ticket_id = t.id AND r.round = t.round AND r.ended_at IS NULL
        WHERE t.state IN ('received', 'conference')" || return
    none "lead and assist at once" "SELECT ticket_id FROM route WHERE ended_at IS NULL
        GROUP BY ticket_id, round, org_id HAVING count(*) > 1" || return
    none "accepted by its lead" "SELECT t.id FROM ticket t LEFT JOIN route r ON r.ticket_id = t.id
        AND r.round = t.round AND r.role = 'lead' AND r.ended_at IS NULL
        WHERE t.accepted_at IS NOT r.accepted_at AND t.state IN ('dispatched', 'accepted')" || return
    none "the lead's limit is the ticket's" "SELECT t.id FROM ticket t JOIN route r
        ON r.ticket_id = t.id AND r.round = t.round AND r.role = 'lead' AND r.ended_at IS NULL
        WHERE r.limit_days <> t.limit_days AND t.answered_at IS NULL AND t.closed_at IS NULL" || return
    none "a part is due before the ticket, dispatched when it came in or later" "SELECT t.id FROM ticket t
        JOIN route r ON r.ticket_id = t.id AND r.round = t.round AND r.role = 'lead'
        AND r.ended_at IS NULL WHERE r.due_at < t.due_at AND t.answered_at IS NULL
        AND t.closed_at IS NULL" || return
    none "ended before it began" "SELECT id FROM route WHERE ended_at < at OR accepted_at < at" || return
    none "a pause that ends before it begins" "SELECT id FROM suspension WHERE until_at < from_at" || return
    none "pauses overlap" "SELECT a.id, b.id FROM suspension a JOIN suspension b
        ON b.ticket_id = a.ticket_id AND b.id > a.id AND b.from_at < a.until_at" || return
    none "stands still without a pause" "SELECT t.id FROM ticket t LEFT JOIN suspension s
        ON s.ticket_id = t.id AND s.round = t.round AND s.from_at = t.suspended_at
        AND s.until_at = t.suspended_until WHERE t.suspended_at IS NOT NULL AND s.id IS NULL" || return
    none "stands still though nobody works on it" "SELECT id FROM ticket WHERE suspended_at IS NOT NULL
        AND state NOT IN ('dispatched', 'accepted')" || return
    # An empty pause is what an end that is dated before its beginning leaves of it.
    none "a pause outlasts the answer" "SELECT s.id FROM suspension s JOIN round r
        ON r.ticket_id = s.ticket_id AND r.round = s.round
        WHERE s.until_at > r.answered_at AND s.until_at > s.from_at" || return
    none "a pause outlasts the ticket" "SELECT s.id FROM suspension s JOIN ticket t
        ON t.id = s.ticket_id WHERE s.until_at > t.closed_at AND s.until_at > s.from_at" || return
    none "asked, and its time is over" "SELECT r.id, r.act, t.state FROM request r JOIN ticket t
        ON t.id = r.ticket_id WHERE r.decided_at IS NULL AND NOT
        (r.round = t.round AND (t.state IN ('dispatched', 'accepted') AND r.act <> 'close'
         OR t.state IN ('answered', 'rated') AND r.act = 'close'))" || return
    none "decided and not decided" "SELECT id FROM request
        WHERE (decided_at IS NULL) <> (granted IS NULL) OR decided_at < asked_at" || return
    none "more extensions than one in a round" "SELECT ticket_id FROM request WHERE act = 'extension'
        AND granted = 1 GROUP BY ticket_id, round HAVING count(*) > 1" || return
    none "more pauses than two in a round" "SELECT ticket_id FROM suspension
        GROUP BY ticket_id, round HAVING count(*) > 2" || return
    none "rounds judged, and answers given" "SELECT t.id FROM ticket t WHERE
        (SELECT count(*) FROM round r WHERE r.ticket_id = t.id) <>
        (SELECT count(*) FROM event e WHERE e.ticket_id = t.id AND e.type = 'answered')" || return
    none "the round's judgment is the ticket's" "SELECT t.id FROM ticket t JOIN round r
        ON r.ticket_id = t.id AND r.round = t.round WHERE r.answered_at IS NOT t.answered_at
        OR r.due_at <> t.due_at OR r.limit_days <> t.limit_days OR r.lead IS NOT t.lead" || return
    none "the first answer is the first round's" "SELECT t.id FROM ticket t WHERE t.first_answered_at IS NOT
        (SELECT answered_at FROM round r WHERE r.ticket_id = t.id ORDER BY round LIMIT 1)" || return
    none "net days are more than gross days" "SELECT ticket_id FROM round
        WHERE net_days > gross_days OR net_days < 0" || return
    # what the center dispatched late is not late by its lead's own clock
    none "a late answer without a breach" "SELECT r.ticket_id, r.round FROM round r WHERE EXISTS (SELECT 1 FROM route p
            WHERE p.ticket_id = r.ticket_id AND p.round = r.round AND p.org_id = r.lead AND p.role = 'lead'
            AND p.answered_at = r.answered_at AND p.answered_at > p.due_at)
        AND NOT EXISTS (SELECT 1 FROM supervision s WHERE s.ticket_id = r.ticket_id
            AND s.round = r.round AND s.level = 'yellow')
        AND NOT EXISTS (SELECT 1 FROM event e WHERE e.ticket_id = r.ticket_id AND e.type = 'corrected')" || return
    none "callers" "SELECT id FROM ticket t WHERE callers <> 1 + (SELECT ifnull(sum(callers), 0)
        FROM ticket o WHERE o.merged_into = t.id)" || return
    none "closed without saying how, or open and saying it" "SELECT id FROM ticket WHERE
        (state = 'closed') <> (closed_at IS NOT NULL) OR (closed_at IS NULL) <> (closed_as IS NULL)" || return
    none "a bad rating closed without a word" "SELECT id FROM ticket WHERE rating <= 2
        AND state = 'closed' AND outcome IS NOT 'explained' AND outcome IS NOT 'invalid'
        AND closed_as <> 'void'" || return
    none "replied before it was acknowledged" "SELECT id FROM supervision WHERE replied_at < acknowledged_at
        OR replied_at IS NOT NULL AND (acknowledged_at IS NULL OR reply IS NULL)"
}

@test "random acts by four processes at once leave everything in order" {
    thorough
    at 2026-03-02T09:00
    center
    for i in $(seq 200); do
        echo "{\"title\":\"诉求$i\",\"kind\":\"$( ((i % 3)) && echo 其他 || echo 建议)\"}"
    done | ticket-new -q --no-ref --received now --jsonl - >new
    same "$(wc -l <new)" 200
    unset QIFU_NOW
    pids=()
    for i in $(seq $PROCESSES); do
        "$TREE/t/lib/random-acts" "$i" $((ACTS / PROCESSES)) 600 >"done.$i" 2>"faults.$i" 3>&- &
        pids+=($!)
    done
    failed=
    for pid in "${pids[@]}"; do
        wait "$pid" || failed=1
    done
    same "$(cat faults.*)$failed" ""
    read -r acts refused < <(awk '{ a += $1; r += $2 } END { print a, r }' done.*)
    echo "# $acts acts, $refused refused, $(sql 'SELECT count(*) FROM event') events" >&3
    [ "$acts" -ge "$ACTS" ]
    # the acts were of every kind, not notes alone
    if [ "$ACTS" -ge 1000 ]; then
        same "$(sql "SELECT count(DISTINCT type) FROM event WHERE type IN ('dispatched', 'redispatched', 'accepted',
            'assist-accepted', 'assist-added', 'assist-released', 'answered', 'assist-answered', 'return-asked', 'returned',
            'return-refused', 'conference-opened', 'ruled', 'extension-asked', 'extended',
            'extension-refused', 'suspension-asked', 'suspended', 'suspension-refused', 'resumed',
            'rated', 'followed', 'redo', 'close-asked', 'close-refused', 'closed', 'noted', 'marked',
            'escalated', 'supervision-acknowledged', 'supervision-replied', 'corrected',
            'referred-back', 'supervision-ordered', 'supervision-refused')")" 35
        same "$(sql "SELECT count(DISTINCT act), count(DISTINCT state) FROM entry_move")" "6|3"
        same "$(sql "SELECT count(DISTINCT type) FROM event WHERE type LIKE 'entry-%'")" 4
    fi
    sound
    invariants
}

@test "an end that is dated before the pause began leaves everything in order" {
    at 2026-03-02T09:00
    center
    for id in 1 2 3; do
        new 2026-03-02T09:00
        quiet ticket-route --to tax $id
        quiet ticket-suspend --now 2026-03-02T09:30 --reason 等待上级批复 --basis y $id
        quiet ticket-suspend --now 2026-03-02T10:00 --approve $id
    done
    quiet ticket-merge --now 2026-03-02T09:50 --into 3 1
    quiet ticket-answer --now 2026-03-02T09:50 --text x 2
    same "$(sql "SELECT until_at - from_at FROM suspension WHERE ticket_id < 3" | xargs)" "0 0"
    sound
    invariants
}

@test "the invariants see what is wrong" {
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00
    quiet ticket-route --to tax 1
    invariants
    sql "UPDATE ticket SET lead = NULL WHERE id = 1"
    run invariants
    [ "$status" != 0 ]
}

@test "an end that is dated before the pause was resumed leaves everything in order" {
    at 2026-03-02T09:00
    center
    for id in 1 2 3; do
        new 2026-03-02T09:00
        quiet ticket-route --to tax $id
        quiet ticket-suspend --reason 等待上级批复 --basis y $id
        quiet ticket-suspend --approve $id
        quiet ticket-resume --now 2026-03-05T09:00 $id
    done
    quiet ticket-refer --now 2026-03-05T10:00 --at 2026-03-04T09:00 --to 110 --reason x 1
    quiet ticket-answer --now 2026-03-05T10:00 --at 2026-03-04T09:00 --text x 2
    sound
    invariants
    same "$(sql "SELECT datetime(due_at + 28800, 'unixepoch') FROM round")" "2026-03-11 23:59:59"
}
