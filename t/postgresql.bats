#!/usr/bin/env bats
# A center on a PostgreSQL server: making it, what it refuses, writers and lost connections, the guarded
# log, upgrades, and the same bytes as from a file. The other tests run on one by
# make check DATABASE=postgresql.

load lib/base
load lib/loop
load lib/members

# A server of this file's own, where there is none for all.
setup_file() {
    [ -z "${QIFU_TEST_SERVER-}" ] || return 0
    # in a folder that the server's user can reach, unlike those of bats
    QIFU_TEST_SERVER=$(mktemp -d) && rmdir "$QIFU_TEST_SERVER" || return
    export QIFU_TEST_SERVER OWN_SERVER=1
    local status=0
    "$BATS_TEST_DIRNAME/lib/postgres" start "$QIFU_TEST_SERVER" || status=$?
    if [ $status -eq 3 ]; then : >"$BATS_FILE_TMPDIR/none"; else return $status; fi
}

teardown_file() {
    if [ -n "${OWN_SERVER-}" ] && [ -d "$QIFU_TEST_SERVER" ]; then "$BATS_TEST_DIRNAME/lib/postgres" stop "$QIFU_TEST_SERVER"; fi
}

eval "lib_$(declare -f setup)"
setup() {
    lib_setup
    [ ! -e "$BATS_FILE_TMPDIR/none" ] || skip "no PostgreSQL server is installed"
}

ORGANISATIONS=$(grep -c '^  - code:' "$TREE/share/organisations.yaml")

# database NAME [OPTION...]: an empty one, called $SERVED_NAME; $made is its address.
database() {
    local name=${SERVED}_$1
    shift
    server "DROP DATABASE IF EXISTS $name WITH (FORCE)"
    server "CREATE DATABASE $name TEMPLATE template0 $*"
    made="postgresql://qifu@/$name?host=$QIFU_TEST_SERVER"
}

# psql on the center.
shell() { psql -qAtX -v ON_ERROR_STOP=1 "$QIFU_DB" "$@"; }

@test "center-init makes a center in an empty database; a second run is harmless" {
    gives 0 "$QIFU_DB"$'\tcreated\t'"$ORGANISATIONS organisations added, 0 changed" "" center-init
    gives 0 "" "" center-check -q
    same "$(sql "SELECT count(*) FROM event WHERE type = 'center-created'")" 1
    before=$(sql .dump)
    gives 0 "$QIFU_DB"$'\tup to date\t0 organisations added, 0 changed' "" center-init
    same "$(sql .dump)" "$before"
    gives 0 "$QIFU_DB"$'\t徐州市企业服务中心' "" center-init -n
}

@test "words of a connection string are a name too; a path is a file" {
    center-init -q
    gives 0 "" "" center-check -q -d "host=$QIFU_TEST_SERVER user=qifu dbname=$SERVED"
    gives 2 "" "center-check: ./host=x: no database there; center-init creates one" center-check -d ./host=x
    gives 0 "" "" center-init -q -d "$T/a=b.db"
    [ -f a=b.db ]
}

@test "what is no center's database is refused, and stays as it is" {
    database other ENCODING UTF8 LOCALE "'C.UTF-8'"
    gives 2 "" "ticket-list: $made: not a center's database; center-init makes it one" ticket-list -d "$made"
    psql -q "$made" -c "CREATE TABLE cookies (host text)"
    gives 2 "" "center-init: $made: this is a database of something else" center-init -d "$made"
    same "$(psql -At "$made" -c '\dt')" "public|cookies|table|qifu"
    run --separate-stderr ticket-list -d "postgresql://qifu@/nobody_made_it?host=$QIFU_TEST_SERVER"
    same "$status$output" 2
    [[ $stderr == "ticket-list: postgresql://qifu@/nobody_made_it?host=$QIFU_TEST_SERVER: cannot connect: "*"does not exist" ]]
    run --separate-stderr ticket-list -d "postgresql:///x?host=$T"
    same "$status$output" 2
    [[ $stderr == "ticket-list: postgresql:///x?host=$T: cannot connect: "* ]]
    same "$(wc -l <<<"$stderr")" 1
}

@test "a database must be of UTF8 and sort by its bytes" {
    database latin ENCODING LATIN1 LOCALE "'C'"
    gives 2 "" "center-init: $made: the database's encoding is LATIN1, it must be UTF8" center-init -d "$made"
    database icu ENCODING UTF8 LOCALE_PROVIDER icu ICU_LOCALE "'zh-CN'" LOCALE "'C'"
    gives 2 "" "center-init: $made: the database does not sort by bytes: make it by createdb -T template0 -E UTF8 --locale=C.UTF-8 NAME" \
        center-init -d "$made"
    database plain ENCODING UTF8 LOCALE "'C'"
    gives 0 "" "" center-init -q -d "$made"
}

@test "a newer schema is refused by name" {
    center
    shell -c "UPDATE qifu_schema SET version = 99"
    gives 2 "" "ticket-list: $QIFU_DB: its schema is version 99, this program knows $(grep -c '^-- step' "$TREE/common/schema.sql"): install the newer qifu" \
        ticket-list
}

@test "a password is in no message, and nowhere in the center" {
    local secret=kaimen.97531
    secretly=${QIFU_DB/qifu@/qifu:$secret@}
    gives 0 "user=qifu dbname=$SERVED host=$QIFU_TEST_SERVER"$'\tcreated\t'"$ORGANISATIONS organisations added, 0 changed" "" \
        bash -c "$(declare -f server on_server copy_on_server); T=$T SERVED=$SERVED; on_server && command center-init -d '$secretly'"
    gives 0 "" "" center-check -q -d "$secretly"
    gives 2 "" "ticket-new: user=qifu dbname=$SERVED host=$QIFU_TEST_SERVER: --now and QIFU_NOW are for questions and dry runs (-n): what is written bears the machine's time; --at says when something happened, and center-init --demo makes a center whose clock they set" \
        ticket-new -d "$secretly" --title x --now 2020-01-01
    run --separate-stderr ticket-list -d "host=$T password=$secret dbname=x"
    same "$status$output" 2
    [[ $stderr == "ticket-list: dbname=x host=$T: cannot connect: "* && $stderr != *$secret* ]]
    for bad in "postgresql://qifu:$secret%zz@/x" "postgresql://qifu:$secret@[::1/x" "password=$secret dbname" "host='$secret"; do
        run --separate-stderr ticket-list -d "$bad"
        same "$status$output" 2
        [[ $stderr == "ticket-list: the name of the database (-d or QIFU_DB) is no connection string of PostgreSQL: "* && $stderr != *$secret* ]]
    done
    run ! grep -rq "$secret" "$T"
    run ! grep -q "$secret" <(pg_dump -d "$QIFU_DB" --data-only)
}

@test "the log is guarded, whatever role a session has" {
    center
    ticket-new -q --title x >out
    for statement in "UPDATE event SET at = 1" "DELETE FROM event" "TRUNCATE event CASCADE" "DELETE FROM ticket" \
        "UPDATE ticket SET body = 'y'" "UPDATE ticket SET title = 'y'" "TRUNCATE ticket CASCADE" \
        "DELETE FROM setting WHERE name = 'demo'" "UPDATE setting SET value = '0' WHERE name = 'demo'"; do
        for role in origin replica; do
            run --separate-stderr shell -c "SET session_replication_role = $role" -c "$statement"
            [ "$status" != 0 ] || same "$role: $statement" refused
        done
    done
    gives 0 "" "" center-check -q
}

@test "what is not as the schema has it is named" {
    center
    shell <<'SQL'
CREATE FUNCTION evil() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER evil AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION evil();
CREATE TABLE more (a int);
CREATE INDEX slow ON ticket (title);
ALTER TABLE event DISABLE TRIGGER event_is_fixed;
DROP INDEX route_ticket;
CREATE OR REPLACE VIEW v_push AS SELECT 1::bigint AS id, ''::text AS policy, ''::text AS enterprise,
    ''::text AS association, ''::text AS via, ''::text AS at;
ALTER TABLE org DROP CONSTRAINT org_code_check;
SQL
    gives 1 "schema	-	index route_ticket is missing
schema	-	index slow is none of a center's
schema	-	table more is none of a center's
schema	-	table org is not as the schema has it
schema	-	trigger event_is_fixed is not as the schema has it
schema	-	trigger evil is none of a center's
schema	-	view v_push is not as the schema has it" "" center-check
}

@test "rows that point to nothing are named" {
    center
    at 2026-03-02
    ticket-new -q --title x | ticket-route -q --to tax - >out
    shell -c "SET session_replication_role = replica" -c "DELETE FROM org WHERE code = 'tax'"
    run --separate-stderr center-check
    same "$status$stderr" 1
    [[ $output == *"foreign-keys	1	a row of route points to a row of org that is not there"* ]]
}

@test "what only reads, reads; a write is refused in one line" {
    center
    ticket-new -q --title x >out
    reading="$QIFU_DB&options=-cdefault_transaction_read_only%3Don"
    same "$(ticket-list -d "$reading" | cut -f 1)" 1
    gives 2 "" "ticket-note: $reading: cannot begin to write: the server only reads (it is a standby, or set so)" \
        ticket-note -d "$reading" --text x 1
}

@test "a connection that is lost: one line, status 2, nothing is kept, the next run works" {
    center
    { echo 编号,标题; seq 20000 | sed 's/$/,一件很长很长的事情/'; } >big.csv
    ticket-new -q --no-ref --received now --csv big.csv >out 2>err 3>&- &
    writer=$!
    for _ in $(seq 500); do
        if [ "$(shell -c "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'INSERT INTO ticket%'")" = 1 ]; then break; fi
        sleep 0.02
    done
    wait $writer || status=$?
    same "$status $(cat out)" "2 "
    [[ $(<err) == "ticket-new: $QIFU_DB: cannot "*": the connection to the server was lost; nothing of this was kept" ]]
    same "$(sql "SELECT count(*) FROM ticket")" 0
    gives 0 "" "" bash -c "ticket-new -q --title after >out"
    gives 0 "" "" center-check -q
}

@test "eight at once make one center, and write one log" {
    on_server
    for i in $(seq 8); do
        command center-init >"out.$i" 2>"err.$i" 3>&- &
        pids[i]=$!
    done
    for i in $(seq 8); do wait "${pids[i]}" || echo "init $i: $?" >>failed; done
    same "$(cat failed err.* 2>/dev/null)" ""
    same "$(cut -f2 out.* | sort | uniq -c | xargs)" "1 created 7 up to date"
    for i in $(seq 8); do
        for n in $(seq 5); do ticket-new -q --title "t$i $n" --ref "r$i.$n"; done >"out.$i" 2>"err.$i" 3>&- &
        pids[i]=$!
    done
    for i in $(seq 8); do wait "${pids[i]}" || echo "writer $i: $?" >>failed; done
    same "$(cat failed err.* 2>/dev/null)" ""
    same "$(cat out.* | cut -f1 | sort -n | xargs)" "$(seq 40 | xargs)"
    gives 0 "" "" center-check -q
}

# steps N: the steps of schema.sql up to N, in schema.N.
steps() { sed "/^-- step $(($1 + 1)):/,\$d" "$TREE/common/schema.sql" >"schema.$1"; }

@test "an older database is upgraded: a table made anew keeps its rows, its keys and who points to it" {
    newest=$(grep -c '^-- step' "$TREE/common/schema.sql")
    center
    ticket-new -q --title x | ticket-route -q --to tax --assist justice - >out
    before=$(sql "SELECT * FROM v_ticket; SELECT * FROM v_route; SELECT * FROM v_event")
    steps "$newest"
    cat "schema.$newest" - >more <<SQL

-- step $((newest + 1)): a test
CREATE TABLE org_new (
    id         INTEGER PRIMARY KEY,
    code       TEXT NOT NULL UNIQUE CHECK (code <> ''), -- its code; no more
    name       TEXT NOT NULL UNIQUE CHECK (name <> '' AND name <> ';'),
    peer_group TEXT NOT NULL,
    contact    TEXT,
    phone      TEXT,
    above      INTEGER REFERENCES org
) STRICT;
INSERT INTO org_new SELECT id, code, name, peer_group, contact, phone, NULL FROM org;
DROP TABLE org;
ALTER TABLE org_new RENAME TO org;
CREATE INDEX org_above ON org (above) WHERE above IS NOT NULL;
ALTER TABLE route ADD COLUMN weight INTEGER NOT NULL DEFAULT 7;
CREATE TRIGGER route_is_kept BEFORE DELETE ON route
BEGIN
    SELECT RAISE(ABORT, 'routes are kept');
END;
DROP VIEW v_route;
CREATE VIEW v_route AS SELECT id, weight FROM route;
SQL
    gives 0 "" "" "$QIFU_BIN/../schema" "$QIFU_DB" more
    same "$(sql "SELECT version FROM qifu_schema") $(sql "SELECT min(weight), count(*) FROM v_route")" "$((newest + 1)) 7|2"
    same "$(sql "SELECT count(*) FROM org") $(sql "SELECT name FROM v_ticket t JOIN org ON org.code = t.lead")" \
        "$ORGANISATIONS 国家税务总局徐州市税务局"
    # the ids go on, the keys hold, the trigger fires
    same "$(shell -c "INSERT INTO org (code, name, peer_group) VALUES ('a', 'b', 'c') RETURNING id")" $((ORGANISATIONS + 1))
    run ! shell -c "DELETE FROM org WHERE code = 'tax'"
    run ! shell -c "DELETE FROM route"
    # as a new one is made
    database fresh ENCODING UTF8 LOCALE "'C.UTF-8'"
    gives 0 "" "" "$QIFU_BIN/../schema" "$made" more
}

@test "center-move: from a file to a server, on to another and back, and nothing changes" {
    local served=$QIFU_DB QIFU_DB=$T/file.db
    center
    ticket-new -q --title $'tab\there' --body $'two\nlines \\ and \\N' | ticket-route -q --to tax --assist justice - >out
    ticket-note -q --text 13912345678 1 >out
    # an entry points to a ticket, another ticket to the entry
    register-add -q --field 编号=1 --field 问题=路灯 --field 责任单位=tax --field 整改期限=2020-01-06 problems >out
    escalate -q >out
    ticket-new -q --title z --entry 1 >out
    same "$(ticket-list -q --entry 1 | cut -f 1)$(sql 'SELECT ticket_id FROM v_entry')" 32
    database other ENCODING UTF8 LOCALE "'C.UTF-8'"
    copy_on_server qifu_empty
    center-move file.db "$served" >there
    gives 0 "$(cat there)" "" center-move "$served" "$made"
    gives 0 "$(cat there)" "" center-move "$made" back.db
    same "$(sqlite3 back.db .dump)" "$(sqlite3 file.db .dump)"
    same "$(center-check --log -d "$made")" "$(center-check --log)"
    gives 0 "" "" center-check -q -d "$made"
    gives 2 "" "center-move: $made: there is a center already; one is moved to where there is none" center-move "$served" "$made"
    gives 2 "" "center-move: $made: there is a center already; one is moved to where there is none" center-move -n "$served" "$made"
    gives 2 "" "center-move: $made: there is a center already; one is moved to where there is none" center-move "$made" "$made"
    # it goes on from there: ids, keys, triggers
    gives 0 4 "" bash -c "ticket-new -d '$made' -q --title z | cut -f 1"
    gives 0 "" "" center-check -q -d "$made"
}

@test "center-move: what changes on the way is seen, and nothing is kept" {
    local served=$QIFU_DB
    center
    database other ENCODING UTF8 LOCALE "'C.UTF-8'"
    gives 0 "" "" "$QIFU_BIN/../schema" "$made" "$TREE/common/schema.sql"
    psql -q "$made" <<'SQL'
CREATE FUNCTION public.evil() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN new.name = new.name || ''!''; RETURN new; END';
CREATE TRIGGER evil BEFORE INSERT ON public.label FOR EACH ROW WHEN (new.code = 'hotline') EXECUTE FUNCTION public.evil();
SQL
    gives 2 "" "center-move: $made: table label does not hold what $served has; nothing of this was kept" center-move "$served" "$made"
    same "$(psql -qAt "$made" -c "SELECT count(*) FROM public.setting") $(psql -qAt "$made" -c "SELECT count(*) FROM public.event")" "0 0"
    psql -q "$made" -c "DROP TRIGGER evil ON public.label; DROP FUNCTION public.evil()"
    gives 0 "" "" center-move -q "$served" "$made"
}

@test "center-move: killed at any time it leaves an empty database or a whole center" {
    local served=$QIFU_DB
    center
    { echo 编号,标题; seq 2000 | sed 's/$/,一件很长很长的事情/'; } >big.csv
    ticket-new -q --no-ref --received now --csv big.csv >out
    head=$(center-check --log)
    database other ENCODING UTF8 LOCALE "'C.UTF-8'"
    none=0
    for after in 0.02 0.05 0.1 0.15 0.2 0.3 0.4; do
        center-move -q "$served" "$made" 3>&- &
        mover=$!
        sleep $after
        kill -9 $mover 2>/dev/null || true
        wait $mover 2>/dev/null || true
        [ "$(psql -qAt "$made" -c "SELECT to_regclass('public.event') IS NOT NULL")" != t ] || [ "$(psql -qAt "$made" -c "SELECT count(*) FROM public.event")" = 0 ] || break
        none=$((none + 1))
    done
    [ $none -gt 0 ]
    # the server still works off what was sent before the kill
    for _ in $(seq 100); do
        status=0
        center-move -q "$served" "$made" 2>err || status=$?
        if [ $status -ne 75 ]; then break; fi
    done
    [ $status -eq 0 ] || [[ $(<err) == *"there is a center already"* ]]
    same "$(center-check --log -d "$made")" "$head"
    gives 0 "" "" center-check -q -d "$made"
}

@test "the programs are not linked with libpq" {
    run ! grep -q 'NEEDED.*libpq' <(readelf -d "$BIN/center-init" "$BIN/ticket-list")
}

@test "the same bytes from a file and from a server, and the same log" {
    thorough
    local served=$QIFU_DB
    QIFU_DB=$T/file.db "$TREE/t/lib/story" >file.out 2>file.err
    copy_on_server qifu_empty
    QIFU_DB=$served "$TREE/t/lib/story" >server.out 2>server.err
    same "$(diff file.out server.out | head -20)" ""
    same "$(diff file.err server.err | head -20)" ""
    [ "$(wc -l <file.out)" -gt 2000 ]
    [[ $(tail -n 1 server.out) =~ ^[0-9a-f]{64}$ ]]
}

@test "the demo: the same bytes from a file and from a server, and the same log" {
    thorough
    local served=$QIFU_DB
    sh "$TREE/share/demo/run" "$T/a" >file.out 2>file.err
    copy_on_server qifu_empty
    sed 's|^export QIFU_DB=.*|export LC_ALL=C|; s|^demo=.*|demo='"$TREE/share/demo|"'; s|^if command -v sqlite3|if false|' \
        "$TREE/share/demo/run" >run
    QIFU_DB=$served sh run "$T/b" >server.out 2>server.err
    same "$(diff <(sed "s|$T/a/center.db|DB|; s|$T/a|DIR|g; /^# The views are for/,/^$/d" file.out) \
        <(sed "s|$T/b/center.db|DB|; s|${served//|/.}|DB|; s|$T/b|DIR|g" server.out) | head -20)" ""
    same "$(QIFU_DB=$T/a/center.db center-check --log)" "$(QIFU_DB=$served center-check --log)"
}

# connected ROLE COMMAND...: connects as that role.
connected() { QIFU_DB=${QIFU_DB/qifu@/$1@} "${@:2}"; }
# by_role ROLE SQL: psql as that role.
by_role() { psql -qAtX -v ON_ERROR_STOP=1 "${QIFU_DB/qifu@/$1@}" -c "$2"; }

@test "who connects is who acts; readers read; nobody writes in another's name" {
    at 2026-03-02T10:00
    cp -r "$TREE/share" members
    echo "name_passers: [$(id -un), web]" >>members/center.yaml
    members
    for _ in 1 2; do psql -qX -v ON_ERROR_STOP=1 -f "$TREE/share/postgresql/members.sql" "$QIFU_DB" 2>notices; done
    # other tests of the server may have made them
    for role in "li:qifu_members" "desk:qifu_members" "admin:qifu_administrators" "watch:qifu_readers" "web:qifu_members, qifu_passers"; do
        server "DO \$\$ BEGIN CREATE ROLE ${role%%:*} LOGIN IN ROLE ${role#*:}; EXCEPTION WHEN duplicate_object THEN END \$\$"
    done
    quiet connected desk ticket-new --title 甲
    quiet connected desk ticket-route --to tax 1
    quiet connected li ticket-answer --text 好 1
    same "$(sql "SELECT actor, type FROM v_event WHERE ticket_id = 1 ORDER BY id")" 'desk|received
desk|dispatched
li|answered'
    # a name is passed on by who may, and by nobody else
    quiet as li connected web ticket-note --text 一 1
    quiet as desk connected li ticket-note --text 二 1
    same "$(sql "SELECT actor, json_extract(data, '$.via') FROM v_event WHERE type = 'noted' ORDER BY id")" 'li|web
li|'
    quiet connected admin member-add --org justice --role handler wang
    gives 2 "" "member-add: change a member: only the center may" connected li member-add --org tax --role supervisor li
    # reading, by the programs
    same "$(connected watch ticket-list | wc -l)$(connected li ticket-list | wc -l)" 11
    connected watch ticket-note --text x 1 >out 2>err && return 1
    grep -q 'permission denied\|read' err
    # and past them
    for statement in "INSERT INTO event (id, ticket_id, type, at, recorded_at, actor, data, hash) SELECT max(id) + 1, 1, 'noted', 0, 0, 'chief', '{}', '\x00' FROM event" \
        "UPDATE event SET actor = 'chief' WHERE id = 5" "DELETE FROM event" "TRUNCATE event" "ALTER TABLE event DISABLE TRIGGER ALL" \
        "INSERT INTO member SELECT 'li', org_id, 'administrator', 0 FROM member WHERE name = 'admin'" \
        "UPDATE member SET roles = 'administrator' WHERE name = 'li'" "UPDATE org SET name = 'x' WHERE code = 'tax'" \
        "UPDATE qifu_schema SET version = 1" "DELETE FROM ticket" "SET ROLE qifu" "DROP POLICY events_are_ones_own ON event"; do
        call by_role li "$statement"
        [ "$status" != 0 ] || same "$statement" "refused"
    done
    call by_role watch "UPDATE ticket SET title = 'x'"
    [[ $stderr == *"permission denied"* ]]
    gives 0 "" "" as watch center-check
}
