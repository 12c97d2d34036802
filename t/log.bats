#!/usr/bin/env bats
# The log's chain: what was changed, removed, moved or put in is named; what is whole prints its
# last digest, which an implementation of the manual's words computes as well.

load lib/base
load lib/loop

# Ten events about tickets and those of the center before them.
small_log() {
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00 >new
    new 2026-03-02T09:00 >>new
    quiet ticket-route --to tax 1 2
    quiet ticket-accept 1
    quiet ticket-answer --text '"引号"、换行
与反斜杠\' 1
    quiet ticket-rate --score 5 1
    quiet ticket-note --text 备注 2
    LAST=$(sql 'SELECT max(id) FROM event')
    FIRST=$(sql 'SELECT min(id) FROM event WHERE ticket_id = 1')
}

# What log-digest reads.
events() {
    sql "SELECT id || char(9) || ifnull(ticket_id, 0) || char(9) || at || char(9) || recorded_at || char(9) ||
        type || char(9) || actor || char(9) || data || char(9) || ifnull(hex(seed), '-') FROM event ORDER BY id"
}

# The digest of each event is what an implementation of qifu-log(7) says that knows nothing of ours.
independent() {
    events | "$TREE/t/lib/log-digest" >computed
    sql "SELECT id || ' ' || lower(hex(hash)) FROM event ORDER BY id" >stored
    same "$(cat stored)" "$(cat computed)" || return
    INDEPENDENT=$(tail -1 computed)
    INDEPENDENT=${INDEPENDENT#* }
}

# Removes the triggers that keep the log from being changed.
open_log() { sql 'DROP TRIGGER event_is_fixed; DROP TRIGGER event_is_kept'; }

# names ID: center-check --log names that event, and only that.
names() {
    gives 1 $'log\t'"$1"$'\tthis event does not follow from the one before it' "" center-check --log
}

@test "a whole log prints its digest, and an implementation of the manual computes the same" {
    same "$(printf abc | "$TREE/t/lib/log-digest" --sm3)" \
        66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0 # GB/T 32905, example 1
    small_log
    independent
    gives 0 "$INDEPENDENT" "" center-check --log
    gives 0 "$INDEPENDENT" "" center-check --log # looking changes nothing
    gives 0 "$INDEPENDENT" "" center-check --log -q
}

@test "an empty center has a chain too" {
    at 2026-03-02T09:00
    center
    gives 0 "$(sql 'SELECT lower(hex(hash)) FROM event ORDER BY id DESC LIMIT 1')" "" center-check --log
}

@test "the database refuses to change or delete an event" {
    small_log
    for statement in "UPDATE event SET at = at + 1 WHERE id = $LAST" "DELETE FROM event WHERE id = $LAST" \
        "UPDATE event SET hash = zeroblob(32)" "REPLACE INTO event SELECT * FROM event WHERE id = $LAST"; do
        run ! sql "PRAGMA recursive_triggers=ON; $statement"
    done
    gives 0 "$(sql "SELECT lower(hex(hash)) FROM event WHERE id = $LAST")" "" center-check --log
}

@test "one byte of one event: it is named" {
    small_log
    open_log
    keep good.db
    id=$((FIRST + 2))
    for change in "at = at + 1" "recorded_at = recorded_at - 1" "actor = actor || 'x'" \
        "type = 'notd'" "data = replace(data, '{', '{ ')" "ticket_id = 3 - ticket_id" \
        "ticket_id = NULL" "hash = zeroblob(32)"; do
        back good.db
        sql "UPDATE event SET $change WHERE id = $id"
        names $id || { echo "after: $change" >&2; return 1; }
    done
    # a letter of a text
    back good.db
    id=$(sql "SELECT id FROM event WHERE type = 'noted'")
    sql "UPDATE event SET data = replace(data, '备注', '备住') WHERE id = $id"
    names "$id"
    run --separate-stderr center-check --log -F json
    same "$status$output" "1{\"check\":\"log\",\"id\":\"$id\",\"problem\":\"this event does not follow from the one before it\"}"
    # the first and the last
    for id in 1 "$LAST"; do
        back good.db
        sql "UPDATE event SET at = at + 1 WHERE id = $id"
        names "$id"
    done
}

@test "the digest of what was received is what an implementation of the manual computes" {
    at 2026-03-02T09:00
    center
    printf '编号,标题,内容,企业,信用代码,联系人,电话,区域,分类,渠道,受理时间,其他\nA1,题,,甲公司,,张三,13800001111,云龙区,,12345,2026-03-02 09:00,别的\n' >one.csv
    ticket-new -q --csv one.csv >new
    ticket-new -q --title 另一个 >new
    for id in 1 2; do
        sql "SELECT hex(seed) || char(9) || source || char(9) || ifnull(ref, '-') || char(9) || channel || char(9) ||
            ifnull(region, '-') || char(9) || ifnull(category, '-') || char(9) || title || char(9) || body || char(9) ||
            ifnull(enterprise, '-') || char(9) || ifnull(uscc, '-') || char(9) || ifnull(contact, '-') || char(9) ||
            ifnull(phone, '-') || char(9) || ifnull(extra, '-')
            FROM ticket t JOIN event e ON e.ticket_id = t.id WHERE t.id = $id AND e.type = 'received'" >fields
        same "$(sql "SELECT json_extract(data, '\$.content') FROM event WHERE ticket_id = $id")" \
            "$("$TREE/t/lib/log-digest" --content <fields)"
    done
}

@test "a changed event whose own digest was made to fit: the next one is named" {
    small_log
    open_log
    id=$((FIRST + 3))
    sql "UPDATE event SET at = at - 3600 WHERE id = $id"
    fit=$(events | "$TREE/t/lib/log-digest" | sed -n "s/^$id //p")
    sql "UPDATE event SET hash = x'$fit' WHERE id = $id"
    names $((id + 1))
}

@test "a removed event: the one after it is named; so it is where the numbers were closed up" {
    small_log
    open_log
    keep good.db
    id=$((FIRST + 2))
    sql "DELETE FROM event WHERE id = $id"
    names $((id + 1))
    sql "UPDATE event SET id = id - 1 WHERE id > $id"
    names $id
    back good.db
    sql "DELETE FROM event WHERE id = 1"
    names 2
}

@test "swapped events, an event put in, an event put in front" {
    small_log
    open_log
    keep good.db
    a=$((FIRST + 1)) b=$((FIRST + 2))
    sql "UPDATE event SET id = -1 WHERE id = $a; UPDATE event SET id = $a WHERE id = $b;
        UPDATE event SET id = $b WHERE id = -1"
    names $a
    back good.db
    sql "INSERT INTO event SELECT $LAST + 1, ticket_id, type, at, recorded_at, actor, data, hash, seed
        FROM event WHERE id = $LAST"
    names $((LAST + 1))
    back good.db
    sql "UPDATE event SET id = id + 1000 WHERE id >= $b;
        INSERT INTO event SELECT $b, ticket_id, 'noted', at, recorded_at, actor, '{}', hash, seed FROM event WHERE id = $a;
        UPDATE event SET id = id - 999 WHERE id >= 1000"
    names $b
    back good.db
    sql "INSERT INTO event SELECT 0, NULL, 'x', at, recorded_at, actor, '{}', hash, seed FROM event WHERE id = 1"
    run --separate-stderr center-check --log
    same "$status" 1
}

@test "--since: an earlier digest is found, what was cut off or written anew is not" {
    small_log
    month=$(center-check --log)
    quiet ticket-note --text 下月 2
    later=$(center-check --log)
    [ "$month" != "$later" ]
    gives 0 "$later" "" center-check --log --since "$month"
    gives 0 "$later" "" center-check --log --since "$later"
    gives 0 "$later" "" center-check --log --since "$(sql 'SELECT lower(hex(hash)) FROM event WHERE id = 1')"
    lost=$'log\t-\tno event of the log has the digest named by --since'
    gives 1 "$lost" "" center-check --log --since "${month%?}x"
    gives 1 "$lost" "" center-check --log --since abc
    # the end cut off is a chain of its own, but the digest handed over is gone
    open_log
    sql "DELETE FROM event WHERE id > $((LAST - 1))"
    run --separate-stderr center-check --log
    same "$status$stderr" 0
    gives 1 "$lost" "" center-check --log --since "$month"
    # and written anew by the programs it stays gone
    quiet ticket-note --text 另一句 2
    quiet ticket-note --text 下月 2
    gives 1 "$lost" "" center-check --log --since "$month"
    gives 2 "" "center-check: --since goes with --log; see center-check -h" center-check --since "$month"
}

@test "a broken chain is told before a digest is looked for" {
    small_log
    month=$(center-check --log)
    open_log
    sql "UPDATE event SET at = at + 1 WHERE id = $FIRST"
    gives 1 $'log\t'"$FIRST"$'\tthis event does not follow from the one before it' "" \
        center-check --log --since "$month"
}

@test "many writers at once leave one chain" {
    thorough
    small_log
    WRITERS=${QIFU_THOROUGH:+20}
    WRITERS=${WRITERS:-6}
    pids=()
    for i in $(seq $WRITERS); do
        for j in 1 2 3; do
            ticket-note --text "第$i个人的第$j句" 1 2 || echo "$i.$j: $?"
        done >"out.$i" 2>&1 3>&- &
        pids+=($!)
    done
    wait "${pids[@]}"
    same "$(cat out.* | wc -l) $(grep -c note out.* | awk -F : '{ s += $2 } END { print s }')" "$((6 * WRITERS)) $((6 * WRITERS))"
    same "$(sql "SELECT count(*), count(DISTINCT json_extract(data, '\$.text')) FROM event
        WHERE type = 'noted' AND id > $LAST")" "$((6 * WRITERS))|$((3 * WRITERS))"
    sound
    if type openssl >/dev/null; then independent; fi
}

@test "rows that were refused leave the chain whole: --rejects, all or nothing, a dry run" {
    small_log
    cat >notes.csv <<'EOF'
id,text,by
2,一,
99,二,
2,,
2,三,没有的单位
2,四,
EOF
    before=$(everything)
    run --separate-stderr ticket-note --csv notes.csv
    same "$status$output" 2
    same "$(everything)" "$before"
    quiet ticket-note -n --text 不写 1 2
    same "$(everything)" "$before"
    run --separate-stderr ticket-note --csv notes.csv --rejects rejects.csv
    same "$status" 2
    same "$(wc -l <<<"$output") $(tail -n +2 rejects.csv | wc -l)" "2 3"
    same "$(sql "SELECT group_concat(json_extract(data, '\$.text'), ' ') FROM event
        WHERE type = 'noted' AND id > $LAST")" "一 四"
    sound
}

@test "an act refused after it had fired a level takes the level's event back" {
    # The extension would end outside the calendar, which is seen after yellow has fired.
    at 2119-12-20T09:00
    center
    ticket-new -q --kind 建议 --title 甲 >new # due on the third working day
    ticket-new -q --kind 建议 --title 乙 >>new
    quiet ticket-route --to tax 1 2
    quiet ticket-extend --days 10 --reason 忙 1
    at 2119-12-26T09:00
    [ "$(sql "SELECT due_at < $(date -d 2119-12-26T01:00:00Z +%s) FROM ticket WHERE id = 1")" = 1 ]
    before=$(everything)
    refuses "ticket-extend: 1: the new deadline lies outside 1990 to 2119" ticket-extend --approve 1
    # in one transaction with others: the one before it and the one after it stay
    printf 'id\n1\n' >grant.csv
    run --separate-stderr ticket-extend --approve --csv grant.csv --rejects rejects.csv
    same "$status$output" 2
    same "$(everything)" "$before"
    run --separate-stderr ticket-extend --days 1 --reason 忙 --at 2119-12-21T09:00 2 1
    same "$status" 2
    run --separate-stderr ticket-extend --approve 1 2
    same "$status $(sql 'SELECT count(*) FROM supervision WHERE ticket_id = 1')" "2 0"
    sound
}
