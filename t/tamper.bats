#!/usr/bin/env bats
# What somebody changes who can write the database and knows how it is made: guards dropped, the log's
# chain computed anew. center-check names what the log gives otherwise; where the log itself was
# written anew, a head that a witness has cosigned before does not fit it any more.

load lib/base
load lib/full
load lib/numbered

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
        "UPDATE erasure SET salt = zeroblob(16) WHERE salt NOTNULL" "UPDATE event SET seed = zeroblob(16) WHERE id = (SELECT min(id) FROM event WHERE type = 'answered' AND length(seed) > 0)"; do
        full_center
        past "$change"
        [[ "$(center-check -q; center-check --log)" == *"the digest of what was received is"* ||
            "$(center-check --log)" == *"does not follow from the one before it"* ]]
    done
}

# ---- what one would do, and to what end (t/lib/tamperings)

# A paragraph of t/lib/tamperings, each word of it in the variable of its name.
read_tampering() { # PARAGRAPH
    local key value
    name='' records='' named='' log='' digest='' caught=fork
    while IFS= read -r line; do
        read -r key value <<<"$line"
        case $key in
        records | named | log | digest | caught) printf -v "$key" %s "$value" ;;
        *) name=$line ;;
        esac
    done <<<"$1"
}

# each COMMAND: for each of the tamperings; what it prints is what is not as it should be.
each() {
    local name records named log digest caught paragraph
    number=0
    while IFS= read -r -d '' paragraph; do
        read_tampering "$paragraph"
        number=$((number + 1))
        "$@"
    done < <(awk 'BEGIN { RS = ""; ORS = "\0" } !/^#/' "$TREE/t/lib/tamperings")
    [ "$number" -ge 50 ]
}

# What they are done to: numbered_center, with money that was granted and without its head, and then one,
# log.head, that a witness has cosigned (cosigned).
victim() {
    local made=$BATS_FILE_TMPDIR/victim mine=$BATS_FILE_TMPDIR/$BASHPID
    export QIFU_NOW=2026-04-20T09:00
    if [ ! -e "$made" ]; then
        numbered_center
        rewritten "DELETE FROM event WHERE type = 'head-signed'; UPDATE event SET id = (SELECT count(*) FROM event e WHERE e.id <= event.id)"
        policy-record -q --type granted --enterprise 91110108551385082Q --amount 50万 arrears-2020
        cp "$QIFU_DB" before.db
        log-head --key log.key >log.head
        log-key --witness witness.example/w w.key >w.pub
        log-cosign -k w.key -l log.pub -r w.record log.head >cosigned
        mkdir "$mine" && mv before.db log.* w.pub cosigned "$mine" && cp "$QIFU_DB" "$mine/center.db"
        mv -T "$mine" "$made" 2>/dev/null || [ -e "$made" ] # another test may do it too
    fi
    cp "$made"/* .
}

# content ticket|policy ID: the digest of it as it is now, in the event that names it.
content() {
    local digest
    if [ "$1" = ticket ]; then
        digest=$(sql "SELECT hex(e.seed) || char(9) || source || char(9) || coalesce(ref, '-') || char(9) || channel || char(9) ||
            coalesce(region, '-') || char(9) || coalesce(category, '-') || char(9) || title || char(9) || body || char(9) ||
            coalesce(enterprise, '-') || char(9) || coalesce(uscc, '-') || char(9) || coalesce(contact, '-') || char(9) || coalesce(phone, '-') || char(9) ||
            coalesce(t.extra, '-') FROM ticket t JOIN event e ON e.ticket_id = t.id AND e.type = 'received' WHERE t.id = $2" |
            "$TREE/t/lib/log-digest" --content)
        past "UPDATE event SET data = json_replace(data, '$.content', '$digest') WHERE type = 'received' AND ticket_id = $2"
    else
        digest=$(printf %s "$(sql "SELECT content FROM policy_version WHERE policy_id = $2")" | "$TREE/t/lib/log-digest" --sm3)
        past "UPDATE event SET data = json_replace(data, '$.content', '$digest') WHERE type = 'policy-added'"
    fi
}

# The chain of digests anew, as qifu-log(7) has it.
rechain() {
    sql "SELECT e.id || char(9) || coalesce(ticket_id, 0) || char(9) || at || char(9) || recorded_at || char(9) ||
        type || char(9) || actor || char(9) || data || char(9) || coalesce(hex(seed), '-') || char(9) ||
        coalesce((SELECT group_concat(key || CASE WHEN seal IS NULL THEN 's' || hex(salt) ELSE 'x' || hex(seal) END, ' ')
            FROM erasure s WHERE s.event_id = e.id), '') FROM event e ORDER BY e.id" | "$TREE/t/lib/log-digest" |
        sed "s/\(.*\) \(.*\)/UPDATE event SET hash = x'\2' WHERE id = \1;/" >hashes
    { echo "BEGIN;"; cat hashes; echo "DELETE FROM log_node; COMMIT;"; } | sqlite3 "$QIFU_DB"
}

# rewritten LOG [ticket|policy ID]: what is done to the log by somebody who knows how it is made: its
# digests computed anew, and all records and guards as the log then has it. He has the center's key.
rewritten() {
    past "$1"
    [ $# = 1 ] || content "$2" "$3"
    rechain
    rm -f rebuilt
    center-rebuild "$QIFU_DB" rebuilt >out 2>err
    mv rebuilt "$QIFU_DB"
}

# What of an attack on the records alone center-check does not say.
unseen() {
    [ -z "$records" ] || [[ $found == *$'\n'"$named"* ]] || echo "$name: $named"
}

make_all() { printf '%s;\n' "$records" >>all; }

# Each by itself, so that none hides another, and the log without its digests.
unseen_alone() {
    victim
    if [ -n "$records" ]; then
        past "$records"
        found=$'\n'$(center-check -q) || :
        unseen
    fi
    # what is cut off at the end leaves a chain
    [ -n "$log" ] && [ "$caught" != stale ] || return 0
    victim
    past "$log"
    [[ $(center-check --log) == "log"* ]] || echo "$name: center-check --log"
}

@test "what is done to the records alone center-check names, and what is done to the log alone" {
    needs_file "the attacker works with the sqlite3 shell"
    victim
    : >all
    each make_all
    past "$(grep -v '^;' all)"
    found=$'\n'$(center-check -q) || :
    same "$(each unseen)" ""
    [ -z "${QIFU_THOROUGH-}" ] || same "$(each unseen_alone)" ""
}

# A head over the first N events.
head_over() {
    cp "$QIFU_DB" short.db
    guards >drop
    sqlite3 short.db "$(cat drop) DELETE FROM event WHERE id > $1; DELETE FROM log_node"
    QIFU_NOW=2026-04-20T09:00 log-head -d short.db --key log.key
}

# What is done to the log is whole in itself, and yet not the log that was cosigned.
uncaught() {
    [ -n "$log$digest" ] || return 0
    [ -n "${QIFU_THOROUGH-}" ] || [ $((number % 12)) = 1 ] || return 0
    cp before.db "$QIFU_DB"
    past "$records"
    rewritten "$log" $digest
    log-head --key log.key >forged
    QIFU_NOW=2026-04-21T09:00
    ticket-note -q --text 无 6 >out
    log-head --key log.key >today
    same "$name: $(center-check -q)" "$name: "
    [[ $(center-check --log) =~ ^[0-9a-f]{64}$ ]] || echo "$name: center-check --log"
    # the programs do not lead from one history to another; who has made it can try
    call log-prove --since cosigned
    same "$name: $status ${stderr:0:19}" "$name: 1 log-prove: cosigned"
    [ "$(sed -n 2p forged)" = 316 ] || head_over 316 >forged
    log-prove --since forged >extension 2>/dev/null || cp today extension
    same "$name: $(log-verify -k log.pub --since cosigned extension | cut -f 3)" "$name: $caught"
    QIFU_NOW=2026-04-20T09:00
}

@test "who writes the log anew, with every digest, and signs it, is caught by a head that was cosigned" {
    needs_file "the attacker works with the sqlite3 shell"
    victim
    log-prove --since cosigned >extension # the honest log does extend it
    same "$(log-verify -k log.pub --since cosigned extension | cut -f 3)" holds
    each uncaught >missed 2>&1 || :
    same "$(cat missed)" ""
}
