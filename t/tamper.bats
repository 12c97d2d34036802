#!/usr/bin/env bats
# What somebody changes who can write the database and knows how it is made: guards dropped, the log's
# chain computed anew. center-check names what the log gives otherwise; where the log itself was
# written anew, a head that a witness has cosigned before does not fit it any more.

load lib/base
load lib/full

# The guards of the database, which its owner can drop.
guards() { sql "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema WHERE type = 'trigger'"; }

# past SQL: changes the center without guards, keys and checks.
past() {
    guards >drop
    sqlite3 "$QIFU_DB" "PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON; $(cat drop) $1"
}

# ---- every column

# Tables whose rows are not made of events: what is the log's own, and by what each is held; the mark up
# to which notice-send has looked, which says nothing of what happened.
LOGS="'event', 'erasure', 'log_node', 'upgrade_event', 'notice_seen'"
# What was received of a ticket is under a digest: not the column is named, but the ticket.
DIGESTED='ticket.source ticket.ref ticket.channel ticket.title ticket.body ticket.enterprise ticket.uscc
ticket.contact ticket.phone ticket.region ticket.category ticket.extra'

# A line for each column that is in no key: table, column, what it becomes, and the SQL. What a version
# of a policy said (content) has a test of its own: the policy is what it says.
columns() {
    sql "SELECT t.name || char(9) || c.name || char(9) || v.value || char(9) || 'UPDATE ' || t.name || ' SET ' || c.name ||
            ' = ' || CASE c.type WHEN 'TEXT' THEN '''' || v.value || '''' ELSE v.value END || ' WHERE (' || k.list ||
            ') = (SELECT ' || k.list || ' FROM ' || t.name || ' LIMIT 1);'
        FROM sqlite_schema t JOIN pragma_table_info(t.name) c
        JOIN (SELECT s.name, group_concat(p.name) list FROM sqlite_schema s JOIN pragma_table_info(s.name) p WHERE s.type = 'table' AND p.pk > 0 GROUP BY s.name) k
          ON k.name = t.name
        JOIN (SELECT s.name, q.cid, CASE q.type WHEN 'TEXT' THEN char(34) || 'tamper' ELSE '' END || (700000 + s.rowid * 100 + q.cid) ||
                CASE q.type WHEN 'TEXT' THEN char(34) ELSE '' END value
                FROM sqlite_schema s JOIN pragma_table_info(s.name) q) v ON v.name = t.name AND v.cid = c.cid
        WHERE t.type = 'table' AND t.name NOT IN ($LOGS) AND c.pk = 0 AND c.name <> 'content' ORDER BY t.name, c.cid"
}

@test "each column of each table: one value changed, and center-check says which" {
    needs_file "how SQLite lists its tables"
    full_center
    columns >all
    [ "$(wc -l <all)" -gt 200 ]
    past "$(cut -f 4 all)"
    run --separate-stderr center-check -q
    same "$status$stderr" 1
    while IFS=$'\t' read -r table column value _; do
        [[ $output == *"$column is $value,"* || " $(xargs <<<"$DIGESTED") " == *" $table.$column "* ]] || echo "$table.$column"
    done <all >unseen
    same "$(cat unseen)" ""
}

@test "what was received of a ticket, and what a policy said, is named by its digest" {
    needs_file "how SQLite lists its tables"
    full_center
    past "UPDATE ticket SET body = 'x' WHERE id = 3; UPDATE ticket SET ref = 'x' WHERE id = 7;
        UPDATE policy_version SET content = replace(content, '徐工信', '徐')"
    run --separate-stderr center-check -q
    same "$(grep -v '^schema' <<<"$output" | sed 's/ is [0-9a-f]*, its.*//')" "policies	1	arrears-2020 version 1: the digest of its content
replay	3	the digest of what was received
replay	7	the digest of what was received
policies	1	arrears-2020: document is 徐工信示〔2020〕1号, its events give 徐示〔2020〕1号"
}

@test "a row that is gone, of each table, and one that is too many" {
    needs_file "how SQLite lists its tables"
    full_center
    tables=$(sql "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ($LOGS, 'ticket', 'policy_version')")
    past "$(for table in $tables; do echo "DELETE FROM $table WHERE $(sql "SELECT '(' || group_concat(name) || ') = (SELECT ' || group_concat(name) ||
        ' FROM $table LIMIT 1)' FROM pragma_table_info('$table') WHERE pk > 0");"; done)"
    run --separate-stderr center-check -q
    same "$(grep -c 'the row is nothing, its events give one' <<<"$output")" "$(wc -w <<<"$tables")"
    # what stands under a digest is missed by it
    full_center
    past "DELETE FROM policy_version"
    [[ $(center-check -q) == *"policies	1	arrears-2020 version 1: the digest of its content is "* ]]
    full_center
    past "INSERT INTO suspension SELECT 99, ticket_id, round, from_at, until_at, reason FROM suspension;
        INSERT INTO round SELECT ticket_id, 9, lead, started_at, limit_days, due_at, answered_at, gross_days, net_days, calendar_id FROM round LIMIT 1;
        INSERT INTO label VALUES ('kind', 'x', 'x')"
    run --separate-stderr center-check -q
    same "$(grep -c 'the row is there, its events give nothing' <<<"$output")" 3
}

@test "what is the log's own: an event, what was kept of an erased text, its tree" {
    needs_file "how SQLite lists its tables"
    full_center
    past "UPDATE log_node SET hash = zeroblob(32)"
    run --separate-stderr center-check -q
    [[ $output == *"heads	1	the log's tree has another digest of the 256 events from here"* ]]
    for change in "UPDATE event SET actor = 'x' WHERE id = 120" "UPDATE erasure SET seal = zeroblob(32) WHERE seal NOTNULL" \
        "UPDATE erasure SET salt = zeroblob(16) WHERE salt NOTNULL" "UPDATE event SET seed = zeroblob(16) WHERE id = 150"; do
        full_center
        past "$change"
        [[ "$(center-check -q; center-check --log)" == *"the digest of what was received is"* ||
            "$(center-check --log)" == *"does not follow from the one before it"* ]]
    done
}

# ---- the log written anew

# Each: what is done, the log by SQL and the tables to match it. The attacker has no center's key.
REWRITTEN="a rating of 1 becomes 5|UPDATE event SET data = replace(data, '\"rating\":1', '\"rating\":5') WHERE type = 'rated'; UPDATE ticket SET rating = 5 WHERE rating = 1
who did it|UPDATE event SET actor = '市长' WHERE type = 'dispatched'
an answer before it was due|UPDATE event SET at = at - 864000 WHERE type = 'answered'; UPDATE ticket SET first_answered_at = first_answered_at - 864000; UPDATE route SET answered_at = answered_at - 864000; UPDATE round SET answered_at = answered_at - 864000
when it was entered|UPDATE event SET recorded_at = recorded_at - 1 WHERE id = 130
what an answer said|UPDATE event SET data = replace(data, '已答复', '未答复') WHERE type = 'answered'
a level becomes a note|UPDATE event SET type = 'noted' WHERE type = 'escalated'; DELETE FROM supervision
the deadline of a request|UPDATE event SET data = replace(data, '\"limit\":5', '\"limit\":9') WHERE type = 'received'; UPDATE ticket SET limit_days = 9 WHERE limit_days = 5
what was received|UPDATE event SET data = json_set(data, '\$.content', lower(hex(zeroblob(32)))) WHERE id = (SELECT min(id) FROM event WHERE type = 'received')
the name of a unit|UPDATE event SET data = replace(data, '甲局', '丁局') WHERE type = 'org-added'; UPDATE org SET name = '丁局' WHERE name = '甲局'
a score of a questionnaire|UPDATE event SET data = replace(data, '\"score\":1', '\"score\":5') WHERE type = 'survey-answered'; UPDATE survey_answer SET score = 5
the configuration|UPDATE event SET data = replace(data, '\"sm3\":\"', '\"sm3\":\"0') WHERE type = 'configured'
when a part is due|UPDATE event SET data = replace(data, '\"due\":177', '\"due\":178') WHERE type = 'dispatched'; UPDATE route SET due_at = due_at + 10000000
what a policy said|UPDATE event SET data = json_set(data, '\$.content', lower(hex(zeroblob(32)))) WHERE type = 'policy-added'
the telephone of an enterprise|UPDATE event SET data = replace(data, '0516-1', '0516-2') WHERE type = 'enterprise-added'; UPDATE enterprise SET phone = '0516-2' WHERE phone = '0516-1'
to whom a policy was sent|UPDATE event SET data = replace(data, '\"a1\"', '\"c1\"') WHERE type = 'policy-pushed'
the one who is held to account|UPDATE event SET data = replace(data, '欧阳锋', '欧阳克') WHERE type = 'accountability-person'; UPDATE accountability_person SET name = '欧阳克'
the last events cut off|DELETE FROM event WHERE id > 200
an event taken out|DELETE FROM event WHERE id = 120; UPDATE event SET id = id - 1 WHERE id > 120
two events that change places|UPDATE event SET id = -120 WHERE id = 120; UPDATE event SET id = 120 WHERE id = 121; UPDATE event SET id = 121 WHERE id = -120
an event put in|UPDATE event SET id = -id - 1 WHERE id > 150; UPDATE event SET id = -id WHERE id < 0; INSERT INTO event (id, type, at, recorded_at, actor, data, hash, seed) SELECT 151, 'unmasked', at, recorded_at, actor, '{}', hash, x'' FROM event WHERE id = 150"

# The chain of digests anew, as qifu-log(7) has it.
rechain() {
    sql "SELECT e.id || char(9) || coalesce(ticket_id, 0) || char(9) || at || char(9) || recorded_at || char(9) ||
        type || char(9) || actor || char(9) || data || char(9) || coalesce(hex(seed), '-') || char(9) ||
        coalesce((SELECT group_concat(key || CASE WHEN seal IS NULL THEN 's' || hex(salt) ELSE 'x' || hex(seal) END, ' ')
            FROM erasure s WHERE s.event_id = e.id), '') FROM event e ORDER BY e.id" | "$TREE/t/lib/log-digest" |
        sed "s/\(.*\) \(.*\)/UPDATE event SET hash = x'\2' WHERE id = \1;/" >hashes
    { echo "BEGIN;"; cat hashes; echo "DELETE FROM log_node; COMMIT;"; } | sqlite3 "$QIFU_DB"
}

# Whether the log as it is extends what the witness has cosigned.
extends() {
    log-prove --since cosigned >extension 2>err && log-verify -k log.pub --since cosigned extension >verdict 2>>err
}

# caught LINE: the log is whole in itself, and yet it is not the one that was cosigned.
caught() {
    full_center
    past "${1#*|}"
    rechain
    [[ $(center-check --log) =~ ^[0-9a-f]{64}$ ]] || { echo "${1%%|*}: the chain"; return 1; }
    # who has stolen the center's key too signs what he has written
    past "DELETE FROM event WHERE type = 'head-signed' AND id = (SELECT max(id) FROM event)"
    log-head --key log.key >forged 2>>err || :
    ! extends || { echo "${1%%|*}: it extends"; return 1; }
}

@test "where the log was written anew, with every digest, a head that was cosigned before says so" {
    needs_file "the attacker works with the sqlite3 shell"
    full_center
    cp "$BATS_RUN_TMPDIR"/full.keys/* .
    log-key --witness witness.example/w w.key >w.pub
    log-cosign -k w.key -l log.pub -r w.record log.head >cosigned
    ticket-note -q --text 无 3 >out
    log-head --key log.key >next
    extends # the honest log does
    number=0
    while IFS= read -r line; do
        number=$((number + 1))
        [ -n "${QIFU_THOROUGH-}" ] || [ $((number % 9)) = 1 ] || continue
        caught "$line"
    done <<<"$REWRITTEN"
    same "$number" 20
}
