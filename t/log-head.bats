#!/usr/bin/env bats
# log-head: the signed head of the log.

load lib/base

# A center with a key, and a ticket of 2 March.
sealed_center() {
    at 2026-03-02T09:00
    center
    log-key log.example log.key >log.pub
    ticket-new -q --title 一 >out
    at 2026-03-02T18:00
}

events() { sql "SELECT count(*) FROM event"; }

@test "a head is the note of the specification: origin, size, root, time, and a signature" {
    sealed_center
    size=$(events)
    call log-head -k log.key
    same "$status $stderr" "0 "
    same "$(sed -n '1p;2p;4p;5p' <<<"$output")" "log.example
$size
time 2026-03-02T18:00:00+08:00"
    [[ $(sed -n 3p <<<"$output") =~ ^[A-Za-z0-9+/]{43}=$ ]]
    [[ $(sed -n 6p <<<"$output") =~ ^—\ log\.example\ [A-Za-z0-9+/]+=*$ ]]
    same "$(wc -l <<<"$output")" 6
    note=$output
    echo "$note" >head
    gives 0 "head	head	holds	$size	2026-03-02T18:00:00+08:00	signed by log.example" "" log-verify -k log.pub head
    # it is kept, as an event of its own
    gives 0 "$note" "" log-head --last
    same "$(events)" $((size + 1))
    same "$(sql "SELECT type FROM event ORDER BY id DESC LIMIT 1")" head-signed
    gives 0 "" "" center-check -q
}

@test "-n prints what would be signed, signs nothing and keeps nothing" {
    sealed_center
    before=$(events)
    call log-head -n -k log.key
    same "$status $stderr $(wc -l <<<"$output")" "0  4"
    same "$(events)" "$before"
    gives 1 "" "log-head: no head was signed yet" log-head --last
}

@test "the root is that of the events' digests: RFC 9162's definition, in another language" {
    python3 -c 'import hashlib; hashlib.new("sm3")' 2>/dev/null || skip "no python3 that knows SM3"
    sealed_center
    for count in 1 300 700; do # less than a tile, more than one, more than two
        seq "$count" | sed "s/.*/$count-&,投诉,2026-03-02/" | { echo 编号,标题,受理时间; sed 's/,.*,/,t,/'; } >rows.csv
        ticket-new -q --csv rows.csv >out
        sql "SELECT lower(hex(hash)) FROM event ORDER BY id" | sed 's/^.x//' >hashes
        log-head -k log.key >head
        same "$(sed -n 3p head)" "$("$TREE/t/lib/note.py" root <hashes)"
        same "$(sed -n 2p head)" "$(wc -l <hashes)"
    done
    gives 0 "" "" center-check -q
}

@test "log_key of center.yaml names the key, from its own folder" {
    sealed_center
    cp -r "$TREE/share" share
    cp log.key share/own.key
    echo 'log_key: own.key' >>share/center.yaml
    log-head -C share >head
    gives 2 "" "log-head: name the key by --key, or by log_key in center.yaml; see log-head -h" log-head
}

@test "another key signs only when it is meant to" {
    sealed_center
    log-head -k log.key >out
    log-key log.example new.key >new.pub
    gives 2 "" "log-head: the last head, of 2026-03-02T18:00:00+08:00, is not signed by this key (--new-key, where the key was changed)" \
        log-head -k new.key
    log-head -k new.key --new-key >out
    log-head -k new.key >out
    log-key --witness w.example w.key >out
    gives 2 "" "log-head: w.key: this is the key of a witness (log-cosign)" log-head -k w.key
}

@test "a log that contradicts its last head is not signed again" {
    sealed_center
    log-head -k log.key >out
    sql "DROP TRIGGER event_is_fixed; UPDATE event SET hash = x'$(printf '%064d' 7)' WHERE id = 3"
    size=$(sed -n 2p out)
    gives 2 "" "log-head: the first $size events are not those whose head was signed on 2026-03-02T18:00:00+08:00 (see center-check --log)" \
        log-head -k log.key
    call center-check -q
    [[ $status == 1 && $output == *"heads	$((size + 1))	the events before this head are not those that were signed"* ]]
}

@test "a log that lost its end is not signed again" {
    sealed_center
    log-head -k log.key >out
    sql "DROP TRIGGER event_is_kept"
    sql "DELETE FROM event WHERE id IN (SELECT id - 1 FROM event WHERE type = 'head-signed')"
    call log-head -k log.key
    same "$status $stderr" "2 log-head: $QIFU_DB: event $(sed -n 2p out) is missing from the log"
}

@test "digests of the tree that are not the events' are not believed" {
    sealed_center
    seq 600 | sed 's/.*/&,t,2026-03-02/' | { echo 编号,标题,受理时间; cat; } >rows.csv
    ticket-new -q --csv rows.csv >out
    log-head -k log.key >first
    same "$(sql "SELECT count(*) FROM log_node")" 2
    sql "UPDATE log_node SET hash = x'$(printf '%064d' 7)' WHERE place = 1"
    call center-check -q
    same "$status" 1
    [[ $output == *"heads	257	the log's tree has another digest of the 256 events from here"* ]]
    call log-head -k log.key
    same "$status $stderr" "0 log-head: digests that are kept of the log's tree were not its events': they were made anew"
    gives 0 "" "" center-check -q
    # the same root as if they had never been kept
    sql "DELETE FROM log_node"
    same "$(log-head -n -k log.key | sed -n 3p)" "$(log-head -k log.key | sed -n 3p)"
}

@test "what a witness adds is taken in, once it is of this log and of that witness" {
    sealed_center
    log-key --witness w.example w.key >w.pub
    log-key --witness v.example v.key >v.pub
    log-head -k log.key >head
    log-cosign -k w.key -l log.pub -r w.record head >cosigned
    gives 2 "" "log-head: cosigned: v.example has not cosigned this head" log-head --take cosigned --witness v.pub
    gives 0 "" "" log-head --take cosigned --witness "$(cat w.pub)"
    same "$(sql "SELECT type FROM event ORDER BY id DESC LIMIT 1")" head-cosigned
    gives 0 "" "" center-check -q
    sed 's/^time .*/time 2026-03-02T17:00:00+08:00/' cosigned >other
    gives 2 "" "log-head: other: this head was not signed here" log-head --take other --witness w.pub
    gives 2 "" "log-head: --take and --witness go together; see log-head -h" log-head --take cosigned
}

@test "a day without a head is reported, where the configuration has a key" {
    sealed_center
    cp -r "$TREE/share" share
    log-head -k log.key >out
    at 2026-03-04T02:40
    gives 0 "" "" center-check -q
    echo "log_key: $T/log.key" >>share/center.yaml
    export QIFU_CONFIG=$T/share
    gives 1 "heads	-	nobody signed the log's head on 2026-03-03 (log-head)" "" center-check -q
    log-head >out
    at 2026-03-05T02:40
    gives 0 "" "" center-check -q
    at 2026-03-06T02:40
    gives 1 "heads	-	nobody signed the log's head on 2026-03-05 (log-head)" "" center-check -q
}
