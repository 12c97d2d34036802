#!/usr/bin/env bats
# center-check: a sound center is silent; what is broken is named.

load lib/base
load lib/stock

# A center with three tickets: 1 in the pool, 2 dispatched, 3 dispatched and escalated.
busy_center() {
    at 2020-05-27T09:00
    center
    for title in 一 二 三; do
        ticket-new --kind other --title "$title"
    done >tickets
    ticket-route --to 市住建局 --basis 职责分工 2 3 >routed
    at 2020-06-04T09:00
    escalate 3 >escalated
    same "$(sql 'SELECT group_concat(state) FROM ticket')" received,dispatched,dispatched
    same "$(sql 'SELECT count(*) FROM supervision')" 1
}

@test "a sound center is silent" {
    busy_center
    gives 0 "" "" center-check
    gives 0 $'check\tid\tproblem' "" center-check -H
    gives 0 "" "" center-check -F json
    gives 0 "" "" center-check -F table
    gives 0 "" "" center-check -q
}

@test "on a terminal it says what it looked at" {
    need_terminal
    busy_center
    # how far it is stands before, on a machine that takes its time
    sh_run 'script -qec "center-check" typescript </dev/null | sed "s/\r$//; s/.*\r//"'
    same "$status" 0
    same "$output" "center-check: $QIFU_DB: schema $(sql 'PRAGMA user_version'), 3 tickets, no problem; a demo center (演示数据)"
    sh_run 'script -qec "center-check -q" typescript </dev/null'
    same "$status$output" 0
}

@test "a tampered row is named" {
    busy_center
    sql "UPDATE ticket SET state = 'closed' WHERE id = 1"
    gives 1 $'replay\t1\tstate is closed, its events give received' "" center-check
    lead=$(sql "SELECT id FROM org WHERE code = 'housing-construction'")
    other=$(sql "SELECT id FROM org WHERE code = 'center'")
    sql "UPDATE ticket SET state = 'received' WHERE id = 1;
        UPDATE ticket SET lead = $other WHERE id = 2"
    gives 1 $'replay\t2\tlead is '"$other, its events give $lead" "" center-check
    sql "UPDATE ticket SET lead = NULL WHERE id = 2"
    gives 1 $'replay\t2\tlead is nothing, its events give '"$lead" "" center-check
    sql "UPDATE ticket SET lead = (SELECT lead FROM ticket WHERE id = 3) WHERE id = 2"
    gives 0 "" "" center-check
    due=$(sql 'SELECT due_at FROM ticket WHERE id = 3')
    sql "UPDATE ticket SET due_at = due_at + 86400, kind = 'help' WHERE id = 3"
    gives 1 $'replay\t3\tkind is help, its events give other
replay\t3\tdue_at is '"$((due + 86400)), its events give $due" "" center-check
    gives 1 '{"check":"replay","id":"3","problem":"kind is help, its events give other"}
{"check":"replay","id":"3","problem":"due_at is '"$((due + 86400)), its events give $due\"}" "" \
        center-check -F json
    gives 1 "检查    编号  问题
replay  3     kind is help, its events give other
replay  3     due_at is $((due + 86400)), its events give $due" "" center-check -F table
}

@test "level, calendar, provisional, next level: each is compared" {
    busy_center
    next=$(sql 'SELECT next_level_at FROM ticket WHERE id = 1')
    sql "UPDATE ticket SET level = 'red', provisional = 1, next_level_at = NULL WHERE id = 1"
    gives 1 $'replay\t1\tprovisional is 1, its events give 0
replay\t1\tlevel is red, its events give nothing
replay\t1\tnext_level_at is nothing, its events give '"$next" "" center-check
}

@test "a supervision or a route without its event, an event without its ticket's change" {
    busy_center
    sql 'DELETE FROM supervision'
    gives 1 $'supervision\t1\torder: the row is nothing, its events give one' "" center-check
    sql 'DELETE FROM route WHERE ticket_id = 2'
    gives 1 $'replay\t2\troute 1: the row is nothing, its events give one
supervision\t1\torder: the row is nothing, its events give one' "" center-check
}

@test "a deleted event is missed" {
    busy_center
    run ! sql "DELETE FROM event WHERE ticket_id = 2 AND type = 'dispatched'"
    gone=$(sql "SELECT id FROM event WHERE ticket_id = 2 AND type = 'dispatched'")
    sql "DROP TRIGGER event_is_kept; DELETE FROM event WHERE ticket_id = 2 AND type = 'dispatched'"
    IFS='|' read -r at_ due lead next < <(sql 'SELECT dispatched_at, accept_due_at, lead, next_level_at FROM ticket WHERE id = 2')
    late=$(date -d 2020-05-28T00:00+08:00 +%s) # the center's own level, had it not been dispatched
    run --separate-stderr center-check
    same "$status$stderr" 1
    same "$(grep -v 'check\b\|_whole is' <<<"$output" | cut -f 2- | sort)" "$(sort <<<"-	trigger event_is_kept is missing
2	state is dispatched, its events give received
2	lead is $lead, its events give nothing
2	dispatched_at is $at_, its events give nothing
2	accept_due_at is $due, its events give nothing
2	pooled_at is nothing, its events give $at_
2	next_level_at is $next, its events give $late
2	route 1: the row is there, its events give nothing")"
    # the log itself says where the gap is
    run --separate-stderr center-check --log
    same "$status:$output:$stderr" $'1:log\t'"$((gone + 1))"$'\tthis event does not follow from the one before it:'
}

@test "a changed event is noticed" {
    busy_center
    run ! sql "UPDATE event SET at = at + 60 WHERE ticket_id = 1"
    sql "DROP TRIGGER event_is_fixed; UPDATE event SET at = at + 60 WHERE ticket_id = 1"
    started=$(sql 'SELECT started_at FROM ticket WHERE id = 1')
    run --separate-stderr center-check
    same "$status$stderr" 1
    [[ $output == *"started_at is $started, its events give $((started + 60))"* ]]
    id=$(sql 'SELECT id FROM event WHERE ticket_id = 1')
    gives 1 $'log\t'"$id"$'\tthis event does not follow from the one before it' "" center-check --log
}

@test "a broken foreign key is found" {
    busy_center
    lead=$(sql 'SELECT lead FROM ticket WHERE id = 2')
    sql "PRAGMA foreign_keys=OFF; DELETE FROM org WHERE code = 'housing-construction'"
    run --separate-stderr center-check
    same "$status$stderr" 1
    served || same "$(grep -c '^foreign-keys' <<<"$output")" "$(sql 'PRAGMA foreign_key_check' | wc -l)"
    [[ $output == *$'foreign-keys\t2\ta row of ticket points to a row of org that is not there'* ]]
    [[ $output == *$'organisations\t'"$lead"$'\thousing-construction: the row is nothing, its events give one'* ]]
}

@test "a supervisor that is not an organisation" {
    busy_center
    cp -r "$TREE/share" share
    sed -i '0,/supervisor: center/s//supervisor: centre/' share/center.yaml
    gives 1 $'configuration\t-\tlevel yellow is supervised by "centre", which is not an organisation' "" \
        center-check -C share
}

@test "a broken file: what was found is printed, and what ended the check" {
    needs_file "pages are damaged"
    at 2020-05-27T09:00
    center
    for i in $(seq 300); do
        printf '{"title":"%s","body":"%0400d"}\n' "$i" 1
    done | ticket-new --no-ref --received now --jsonl - >tickets
    cp center.db good
    # a page in the midst of the tickets' tree is overwritten
    page=$(sql "SELECT pageno FROM dbstat WHERE name = 'ticket' AND pagetype = 'leaf' LIMIT 1 OFFSET 9")
    size=$(sql 'PRAGMA page_size')
    head -c "$size" /dev/zero | dd of=center.db bs="$size" seek="$((page - 1))" conv=notrunc status=none
    run --separate-stderr center-check
    same "$status" 2
    same "$stderr" "center-check: $QIFU_DB: cannot read: database disk image is malformed"
    [[ $output == *integrity*[Pp]"age $page:"* ]]
    run --separate-stderr center-check -F table
    same "$status" 2
    [[ $output == *integrity*[Pp]"age $page:"* ]]
    # an index that lost an entry; newer versions of sqlite3 guard the schema by themselves
    cp good center.db
    sqlite3 -cmd '.dbconfig defensive off' "$QIFU_DB" "PRAGMA writable_schema=ON; UPDATE sqlite_master SET rootpage =
        (SELECT rootpage FROM sqlite_master WHERE name = 'supervision_level_at')
        WHERE name = 'event_ticket'" >out
    run --separate-stderr center-check
    [ "$status" != 0 ]
    [[ $output == *integrity* ]]
    # half a file
    head -c 40960 good >center.db
    run --separate-stderr center-check
    same "$status$output" 2
    same "$stderr" "center-check: $QIFU_DB: cannot set up the connection: database disk image is malformed"
}

@test "side files of another owner" {
    needs_file "there are none"
    [ "$(id -u)" = 0 ] || skip "only root can give files away"
    busy_center
    : >center.db-wal
    : >center.db-shm
    chown 65534:65534 center.db-wal
    gives 1 $'owners\t-\t'"$QIFU_DB-wal belongs to 65534:65534, the database to 0:0" "" center-check
    : >center.db-wal
    : >center.db-shm
    chown 65534:0 center.db-wal
    chown 0:65534 center.db-shm
    gives 1 $'owners\t-\t'"$QIFU_DB-wal belongs to 65534:0, the database to 0:0"$'
owners\t-\t'"$QIFU_DB-shm belongs to 0:65534, the database to 0:0" "" center-check
    # another user of the service's group shuts nobody out
    : >center.db-wal
    chown 65534:0 center.db-wal
    chmod 660 center.db-wal
    gives 0 "" "" center-check
}

@test "what cannot be checked is an error, not a problem" {
    needs_file "t/postgresql.bats has it"
    gives 2 "" "center-check: $QIFU_DB: no database there; center-init creates one" center-check
    # what stands in the way is named: a name that is too long needs no rights to fail
    long=$(printf 'x%.0s' {1..300})
    gives 2 "" "center-check: $long: File name too long" center-check -d "$long"
    [ ! -e "$QIFU_DB" ]
    echo 'this is a text and no database at all' >center.db
    run --separate-stderr center-check
    same "$status$output" 2
    [[ $stderr == "center-check: $QIFU_DB: "*"file is not a database" ]]
    rm center.db
    sql 'CREATE TABLE x (a)'
    gives 2 "" "center-check: $QIFU_DB: not a center's database; center-init creates one" center-check
    gives 2 "" "center-check: no operand is expected; see center-check -h" center-check 1
}

@test "a policy written beside its events is named, column by column" {
    at 2026-03-09T09:00
    center
    papers 1 2 "staff > 3" | policy-add -q --csv - >out
    policy-pin -q p1 >out
    gives 0 "" "" center-check
    # named COLUMN VALUE PROBLEM: exactly this is found, and it is mended again
    named() {
        local was
        was=$(sql "SELECT quote($1) FROM policy WHERE code = 'p1'")
        sql "UPDATE policy SET $1 = $2 WHERE code = 'p1'"
        gives 1 "policies	1	p1: $3" "" center-check || return
        sql "UPDATE policy SET $1 = $was WHERE code = 'p1'"
    }
    named state "'withdrawn'" "state is withdrawn, its events give published"
    named pinned 0 "pinned is 0, its events give 1"
    named published_at 1 "published_at is 1, its events give 1773018000"
    named interpreted_at 5 "interpreted_at is 5, its events give nothing"
    named collected_at 7 "collected_at is 7, its events give 1773018000"
    named ended_at 5 "ended_at is 5, its events give nothing"
    named ended_reason "'x'" "ended_reason is x, its events give nothing"
    named superseded_by 2 "superseded_by is 2, its events give nothing"
    named criteria "'staff > 4'" "criteria is staff > 4, its events give staff > 3"
    named title "'x'" "title is x, its events give 关于第1件的通知"
    named valid_to 0 "valid_to is 0, its events give nothing"
    sql "UPDATE policy_version SET content = replace(content, '关于第1件的通知', 'x') WHERE policy_id = 1"
    gives 1 "" "" bash -c "center-check | sed 's/ is [0-9a-f]*, its events give [0-9a-f]*//' >found; exit 1"
    same "$(cat found)" $'policies\t1\tp1 version 1: the digest of its content\npolicies\t1\tp1: title is 关于第1件的通知, its events give x'
    sql "UPDATE policy_version SET content = replace(content, '"x"', '"关于第1件的通知"') WHERE policy_id = 1"
    gives 0 "" "" center-check
    # a policy that no event has added
    sql "INSERT INTO policy (code, version, state, title, collected_at) VALUES ('q', 1, 'draft', 't', 5)"
    same "$(center-check | cut -f 3)" "q: the row is there, its events give nothing"
}
