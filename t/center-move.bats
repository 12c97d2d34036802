#!/usr/bin/env bats
# center-move: a center's copy in another database, from where the tests run (a file, or a server) to a
# file and on; what it refuses, and what a kill leaves. t/postgresql.bats moves to servers.

load lib/base

# A center with a ticket that joins one of a later number, an entry that points to a ticket and one that
# points to it, firms, and texts that are hard to write.
story() {
    at 2026-03-02
    center
    ticket-new -q --title $'tab\there' --body $'two\nlines \\ and \\N' --at 2026-02-27 >out
    ticket-new -q --title x --at 2026-02-26 >out
    ticket-merge -q --reason same --into 2 1 >out
    ticket-new -q --title y --phone 13800000001 | ticket-route -q --to tax --assist justice - >out
    ticket-note -q --text "电话 13912345678" 3 >out
    record-erase -q --law 法 --reason 申请 --field text 3 >out
    enterprise-add -q --code 91320300MA00002690 --name n4 >out
    policy-add -q "$TREE/share/demo/policies/arrears-2020.yaml" >out
    register-add -q --field 编号=1 --field 问题=路灯 --field 责任单位=tax --field 整改期限=2026-02-27 problems >out
    escalate -q >out
    ticket-new -q --title z --entry 1 >out
    same "$(sql 'SELECT ticket_id FROM v_entry') $(ticket-list -q --entry 1 | cut -f 1)" "4 5"
}

@test "to a file, and on: the same log, the same tables, the same lists; what it was stays" {
    story
    before=$(sql .dump)
    center-move one.db >moved
    same "$(sql .dump)" "$before"
    same "$(tail -n 1 moved)" "$(printf 'log\t%s\t%s' "$(sql 'SELECT max(id) FROM event')" "$(center-check --log)")"
    same "$(center-check --log -d one.db)" "$(center-check --log)"
    same "$(ticket-list -d one.db; ticket-show -d one.db 1 2 3; policy-list -d one.db)" "$(ticket-list; ticket-show 1 2 3; policy-list)"
    gives 0 "$(cat moved)" "" center-move one.db two.db
    gives 0 "" "" center-check -q -d one.db
    same "$(sqlite3 one.db .dump)" "$(sqlite3 two.db .dump)"
    # it goes on from there
    gives 0 "6" "" bash -c "ticket-new -d two.db -q --title z | cut -f 1"
    gives 0 "" "" center-check -q -d two.db
}

@test "each table with its rows, each row of the digest counts" {
    story
    center-move "$QIFU_DB" one.db >moved
    same "$(cut -f 1 moved | sort)" "$( (sqlite3 one.db "SELECT name FROM sqlite_schema WHERE type = 'table'"; echo log) | sort)"
    while IFS=$'\t' read -r table rows _; do
        [ "$table" = log ] || same "$table $rows" "$table $(sqlite3 one.db "SELECT count(*) FROM $table")"
    done <moved
    for change in "label SET name = name || ' ' WHERE name = (SELECT min(name) FROM label)" \
        "ticket SET next_level_at = 1 WHERE id = 3" "route SET basis = 'x' WHERE id = 2"; do
        cp one.db changed.db
        sqlite3 changed.db "UPDATE $change"
        rm -f other.db
        center-move changed.db other.db >again
        same "$(diff moved again | grep -c '^>')" 1
    done
}

@test "what is there is not written over" {
    center
    center-move -q "$QIFU_DB" one.db
    gives 2 "" "center-move: one.db: is there already; a center is moved to a file that is not" center-move "$QIFU_DB" one.db
    gives 2 "" "center-move: one.db: is there already; a center is moved to a file that is not" center-move -n "$QIFU_DB" one.db
    gives 2 "" "center-move: none.db: no database there; center-init creates one" center-move none.db two.db
    gives 2 "" "center-move: no/where/two.db: there is no folder no; make it, or correct the name" center-move one.db no/where/two.db
    gives 2 "" "center-move: name the database to make, or both: FROM and TO; see center-move -h" center-move
    gives 2 "" "center-move: name the database to make, or both: FROM and TO; see center-move -h" center-move a b c
    gives 2 "" "center-move: -d names the database to copy: without FROM; see center-move -h" center-move -d one.db one.db two.db
    [ ! -e two.db ]
}

@test "with -n nothing is made" {
    story
    center-move "$QIFU_DB" one.db >moved
    gives 0 "$(cat moved)" "" center-move -n "$QIFU_DB" two.db
    same "$(ls ./*two* 2>/dev/null)" ""
}

@test "a broken log and a column too many are not moved" {
    story
    center-move -q "$QIFU_DB" one.db
    cp one.db broken.db
    sqlite3 broken.db "DROP TRIGGER event_is_fixed; UPDATE event SET actor = 'someone' WHERE id = 5"
    gives 2 "" "center-move: broken.db: event 5 of its log does not follow from the one before it: see center-check(1); nothing of this was kept" \
        center-move broken.db two.db
    sqlite3 one.db "ALTER TABLE org ADD COLUMN colour TEXT"
    gives 2 "" "center-move: one.db: table org is not as the schema has it: see center-check(1)" center-move one.db two.db
    same "$(ls ./*two* 2>/dev/null)" ""
}

@test "while it runs nobody writes, and readers read" {
    needs_file "the sqlite3 shell has the lock"
    center
    mkfifo orders
    sqlite3 "$QIFU_DB" <orders >held 3>&- &
    holder=$!
    exec 9>orders
    printf 'BEGIN IMMEDIATE;\n.print holding\n' >&9
    for _ in $(seq 500); do [ ! -s held ] || break; sleep 0.02; done
    gives 75 "" "center-move: $QIFU_DB: the database is busy; try again later" center-move "$QIFU_DB" one.db
    gives 1 "" "" ticket-list
    exec 9>&-
    wait $holder
    [ ! -e one.db ]
}

@test "killed at any time: no center there, or a whole one" {
    story
    { echo 编号,标题; seq 3000 | sed 's/$/,一件很长很长的事情/'; } >big.csv
    ticket-new -q --no-ref --received now --csv big.csv >out
    head=$(center-check --log)
    whole=0 none=0
    for after in 0.01 0.03 0.05 0.07 0.09 0.12 0.15 0.2 0.3 0.5; do
        rm -f to.db*
        center-move -q "$QIFU_DB" to.db 3>&- &
        mover=$!
        sleep $after
        kill -9 $mover 2>/dev/null || true
        wait $mover 2>/dev/null || true
        if [ -e to.db ]; then
            same "$(center-check --log -d to.db)" "$head"
            whole=$((whole + 1))
        else
            none=$((none + 1))
        fi
    done
    [ $none -gt 0 ]
    rm -f to.db*
    gives 0 "" "" center-move -q "$QIFU_DB" to.db
    same "$(center-check --log -d to.db)" "$head"
    gives 0 "" "" center-check -q -d to.db
}
