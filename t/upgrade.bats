#!/usr/bin/env bats
# A database of an older schema is brought up to date by whoever opens it first, whole or not at all.

load lib

# gives STATUS STDOUT STDERR COMMAND...
gives() {
    local status_=$1 out_=$2 err_=$3
    shift 3
    run --separate-stderr "$@"
    same "$output" "$out_" && same "$stderr" "$err_" && same "$status" "$status_"
}

NEWEST=$(grep -c '^-- step [0-9]*:' "$TREE/common/schema.sql")

# old.db: a center as step 1 of the schema made it, with one ticket; `old` puts it at QIFU_DB.
make_old() {
    {
        echo 'PRAGMA journal_mode = WAL;'
        sed '/^-- step 2:/,$d' "$TREE/common/schema.sql"
        cat <<'EOF'
INSERT INTO setting VALUES ('center', '中心'), ('utc_offset', '28800'), ('utc_offset_text', '+08:00');
INSERT INTO calendar_version (id, name, horizon, digest, first_used_at)
    VALUES (1, 'china', '2026-12-31', 'x', 1772380800);
INSERT INTO org (id, code, name, peer_group) VALUES (1, 'center', '中心', 'supervisor'),
    (2, 'business-environment-office', '营商办', 'supervisor'),
    (3, 'discipline-commission', '纪委监委', 'supervisor'), (4, 'tax', '税务局', 'city-department');
INSERT INTO ticket (id, source, channel, kind, kind_by, title, body, received_at, state, due_at,
                    provisional, calendar_id, next_level_at)
    VALUES (1, 'center', 'window', 'complaint', 'given', '旧工单', '', 1772380800, 'received',
            1773071999, 0, 1, 1773072000);
INSERT INTO event (ticket_id, type, at, recorded_at, actor, data)
    VALUES (1, 'received', 1772380800, 1772380800, 'root',
            '{"kind":"complaint","by":"given","due":1773071999,"next":1773072000,"calendar":1}');
PRAGMA application_id = 0x71696675;
PRAGMA user_version = 1;
EOF
    } | sqlite3 old.db >old.out
}

old() {
    rm -f "$QIFU_DB" "$QIFU_DB-wal" "$QIFU_DB-shm"
    cp old.db "$QIFU_DB"
}

version() { sql "PRAGMA user_version"; }

# The objects of a file, as a fresh center has them.
objects() { sqlite3 "$1" "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"; }

# The database is whole and of the newest schema.
upgraded() {
    same "$1: $(version)" "$1: $NEWEST" &&
        same "$1: $(sql "PRAGMA integrity_check")" "$1: ok" &&
        same "$1: $(objects "$QIFU_DB")" "$1: $(objects fresh.db)" &&
        same "$1: $(sql "SELECT id, title, received FROM v_ticket WHERE id = 1")" \
            "$1: 1|旧工单|2026-03-02T00:00:00+08:00"
}

@test "the schema's steps are numbered without a gap" {
    [ "$NEWEST" -ge 2 ]
    same "$(sed -n 's/^-- step \([0-9]*\):.*/\1/p' "$TREE/common/schema.sql" | xargs)" \
        "$(seq "$NEWEST" | xargs)"
    center
    same "$(version)" "$NEWEST"
}

@test "whichever program opens an old database, it is upgraded" {
    make_old
    same "$(sqlite3 old.db "PRAGMA user_version; SELECT count(*) FROM sqlite_master WHERE type = 'view'" | xargs)" "1 0"
    center-init -q -d fresh.db
    at 2026-03-10
    declare -A good=(
        [report-monthly]=2026-03 [ticket-new]="--title x" [ticket-show]=1 [ticket-route]="--to tax 1"
        [org-add]="--code c1 --name n1 --group utility" [policy-match]="--all"
    )
    for p in $(ls "$BIN"); do
        case $p in workday | calendar-check) continue ;; esac
        old
        run --separate-stderr "$p" ${good[$p]}
        # organisations of the old center have other names than the configuration's: init may complain
        if [ "$p" != center-init ]; then
            same "$p: $stderr" "$p: "
            [ "$status" -le 1 ]
        fi
        upgraded "$p"
    done
}

@test "what the old database held goes on" {
    make_old
    center-init -q -d fresh.db
    old
    gives 0 "" "" center-check
    upgraded center-check
    gives 0 $'1\ttax\t-\t-\t人工派发' "" ticket-route --now 2026-03-03 --to tax 1
    gives 0 $'1\tyellow\tcenter\t2026-03-09T23:59:59+08:00\t0\ttax\t旧工单' "" escalate --now 2026-03-10
    gives 0 "" "" center-check
}

@test "twenty at once upgrade it once" {
    make_old
    center-init -q -d fresh.db
    for round in 1 2 3 4 5; do
        old
        for i in $(seq 20); do
            sla-check --now 2026-03-10 >"out.$i" 2>"err.$i" 3>&- &
            pids[i]=$!
        done
        for i in $(seq 20); do
            wait "${pids[i]}" || echo "$i: $?" >>failed
        done
        same "$(cat failed err.* 2>/dev/null)" ""
        same "$(cut -f1,2 out.* | uniq -c | xargs)" "20 1 yellow"
        upgraded "round $round"
    done
}

@test "an upgrade that fails half way leaves nothing behind" {
    make_old
    last=$(sed -n "/^-- step $NEWEST:/,\$s/^CREATE [A-Z ]*\(VIEW\|TABLE\|INDEX\|TRIGGER\) \([a-z_]*\).*/\2/p" \
        "$TREE/common/schema.sql" | tail -1)
    sqlite3 old.db "CREATE TABLE $last (in_the_way TEXT) STRICT"
    old
    before=$(sql .dump)
    # a program that dies leaves its memory to the system, which the leak sanitizer calls a leak
    ASAN_OPTIONS=detect_leaks=0 run --separate-stderr ticket-list
    same "$status:$output" "2:"
    same "$(wc -l <<<"$stderr")" 1
    [[ $stderr == "ticket-list: $QIFU_DB: cannot upgrade the database: "*"$last"* ]]
    same "$(version)" 1
    same "$(sql .dump)" "$before"
    sql "DROP TABLE $last"
    center-init -q -d fresh.db
    gives 0 "" "" center-check
    upgraded later
}

@test "kill -9 during an upgrade is harmless" {
    make_old
    center-init -q -d fresh.db
    done_=0
    for round in $(seq 20); do
        old
        sla-check >out 2>err 3>&- &
        pid=$!
        sleep "0.00$((RANDOM % 10))"
        kill -9 $pid 2>/dev/null || true
        wait $pid 2>/dev/null || true
        v=$(version)
        same "$(sql "PRAGMA integrity_check")" ok
        if [ "$v" = "$NEWEST" ]; then
            done_=$((done_ + 1))
        else
            same "$v" 1
            same "$(objects "$QIFU_DB")" "$(objects old.db)"
        fi
        gives 0 $'1\tred' "" bash -c "sla-check --now 2026-04-01 | cut -f1,2"
        upgraded "round $round"
    done
    echo "$done_ of 20 were upgraded before the kill"
}

@test "a copy made by VACUUM INTO works as the original did: readers stop no writer" {
    center
    ticket-new -q --title x >out
    sql "VACUUM INTO '$T/copy.db'"
    gives 0 "" "" center-check -d copy.db
    same "$(sqlite3 copy.db "PRAGMA journal_mode")" wal
}

@test "a newer schema is refused by name" {
    center
    sql "PRAGMA user_version = $((NEWEST + 7))"
    gives 2 "" "sla-check: $QIFU_DB: its schema is version $((NEWEST + 7)), this program knows $NEWEST: install the newer qifu" \
        sla-check
    gives 2 "" "center-init: $QIFU_DB: its schema is version $((NEWEST + 7)), this program knows $NEWEST: install the newer qifu" \
        center-init
    same "$(version)" $((NEWEST + 7))
}
