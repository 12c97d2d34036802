#!/usr/bin/env bats
# center-rebuild: a center made anew from its log is the same in every table, also after an erasure,
# and what was written past the programs is not in it.

load lib/base
load lib/full

@test "from the log alone: every table of a center that has something in each is the same" {
    full_center
    gives 0 "" "" center-check -q
    before=$(sql .dump)
    call center-rebuild new.db
    same "$status:$stderr:$(cut -f 4 <<<"$output" | sort -u)" 0::yes
    same "$(sql .dump)" "$before"
    same "$(cut -f 1 <<<"$output" | sort)" "$( (sqlite3 new.db "SELECT name FROM sqlite_schema WHERE type = 'table'"; echo log) | sort)"
    # as center-move has it, which copies the tables: but for what the rebuilding has last
    center-move copy.db >moved
    same "$(cut -f 1-3 <<<"$output" | sort)" "$(sort moved)"
    gives 0 "" "" center-check -q -d new.db
    same "$(center-check --log -d new.db)" "$(center-check --log)"
    # nothing is empty, so that nothing is the same because it is not there
    same "$(awk -F '\t' '$2 == 0 { print $1 }' moved)" upgrade_event
    gives 2 "" "center-rebuild: new.db: is there already; a center is moved to a file that is not" center-rebuild new.db
}

@test "what was written past the programs is named, and is not in the new one" {
    full_center
    before=$(center-move -n copy.db)
    due=$(sql "SELECT due_at FROM route WHERE id = 1")
    sql "UPDATE route SET due_at = 7 WHERE id = 1; DELETE FROM supervision WHERE id = 2;
        UPDATE enterprise SET phone = '13911111111' WHERE id = 1; DELETE FROM log_node"
    call center-rebuild new.db
    same "$status" 1
    same "$(awk -F '\t' '$4 == "no" { print $1 }' <<<"$output" | sort | xargs)" "enterprise log_node route supervision"
    same "$(sort <<<"$stderr")" "$(sort <<END
center-rebuild: 1: 91320300MA00002690: phone is 13911111111, its events give 0516-1
center-rebuild: 1: route 1: due_at is 7, its events give $due
center-rebuild: 2: order: the row is nothing, its events give one
END
)"
    same "$(cut -f 1-3 <<<"$output" | sort)" "$(sort <<<"$before")"
}

@test "after an erasure: the same in every table, and the person is in none" {
    full_center
    record-erase -q --law L --reason W --name 欧阳锋 --phone 13905161234 >gone
    [ "$(wc -l <gone)" -gt 10 ]
    call center-rebuild new.db
    same "$status:$stderr:$(cut -f 4 <<<"$output" | sort -u)" 0::yes
    run ! grep -aE '欧阳锋|13905161234' <(sqlite3 new.db .dump)
    gives 0 "" "" center-check -q -d new.db
}

@test "a log that does not hold is rebuilt from by nobody" {
    full_center
    sql "DROP TRIGGER event_is_fixed; UPDATE event SET at = at - 1 WHERE id = 100"
    call center-rebuild -q new.db
    same "$status:$output" 2:
    [[ $stderr == *"event 100 of its log does not follow from the one before it"* && ! -e new.db ]]
}
