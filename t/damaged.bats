#!/usr/bin/env bats
# A database that somebody changed or damaged: nothing reads past its memory, center-check names it.

load lib/base

@test "organisations with any id, and missing ones" {
    at 2026-03-02
    center
    ticket-new -q --title 一 | ticket-route -q --to tax --assist commerce - >out
    tax=$(sql "SELECT id FROM org WHERE code = 'tax'")
    for id in -5 -100000 9223372036854775807 -9223372036854775808; do
        sql "INSERT INTO org (id, code, name, peer_group) VALUES ($id, 'zz', '甲', 'utility')"
        run --separate-stderr ticket-list
        same "$status$stderr $(cut -f 1,6 <<<"$output")" "0 1	tax"
        run --separate-stderr org-list zz
        same "$status$stderr $(cut -f 1,2 <<<"$output")" "0 zz	甲"
        [ "$id" -gt 0 ] || {
            run --separate-stderr center-check
            same "$status$stderr$output" "1organisations	$id	organisation zz has an id below 1
organisations	$id	zz: the row is there, its events give nothing"
        }
        sql "DELETE FROM org WHERE code = 'zz'"
    done
    sql "DELETE FROM org WHERE code = 'tax'"
    for p in ticket-list "ticket-show 1" "sla-check --now 2026-04-01" "supervision-dossier 1"; do
        run --separate-stderr $p
        same "$p: $status$stderr" "$p: 0"
        [[ $output == *"organisation $tax"* ]] || same "$p" "$output"
    done
    run --separate-stderr center-check
    same "$status$stderr" 1
    [[ $output == *"foreign-keys	1	a row of route points to a row of org that is not there"* ]]
}

@test "tables, indexes, triggers and views that are not the schema's are named" {
    needs_file "t/postgresql.bats has it"
    center
    gives 0 "" "" center-check
    sql "CREATE TRIGGER evil AFTER INSERT ON event BEGIN UPDATE org SET name = 'x' WHERE id = 1; END;
        CREATE TABLE more (a); CREATE INDEX slow ON ticket (title); DROP TRIGGER event_is_fixed;
        DROP INDEX route_ticket; DROP VIEW v_push; CREATE VIEW v_push AS SELECT 1"
    gives 1 "schema	-	index route_ticket is missing
schema	-	index slow is none of a center's
schema	-	table more is none of a center's
schema	-	trigger event_is_fixed is missing
schema	-	trigger evil is none of a center's
schema	-	view v_push is not as the schema has it" "" center-check
}
