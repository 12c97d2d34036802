#!/usr/bin/env bats
# Killed at any moment, or out of disk: what was there is there, and the next run goes on.

load lib/base
load lib/loop
load lib/crash

# rows FIRST LAST: a CSV of complaints about taxes, all received on 2026-03-02.
rows() {
    awk -v first="$1" -v last="$2" 'BEGIN {
        print "编号,标题,内容,类型,受理时间"
        for (i = first; i <= last; i++)
            printf "R%d,退税第%d号,迟迟没有收到 %d,投诉,2026-03-02 09:00\n", i, i, i
    }'
}

@test "kill -9 during the import of 200,000 rows: not one row of it, or all, and it runs again" {
    thorough
    desk() {
        no_center
        center
        ticket-new -q --title before >out
    }
    desk
    rows 1 200000 >big.csv
    kills=0
    for seconds in 0.$((RANDOM % 9 + 1)) 1.$((RANDOM % 10)) 2.$((RANDOM % 10)); do
        if killed $seconds ticket-new -q --csv big.csv; then
            kills=$((kills + 1))
            same "$(cat killed.out killed.err)" ""
            whole
            stored=$(sql "SELECT count(*) FROM ticket")
            same "$(sql "SELECT count(*) FROM event WHERE ticket_id > 0")" "$stored"
            [ "$stored" = 1 ] || same "$stored" 200001
            [ "$stored" = 1 ] || desk # it was kept, and killed before it said so
        fi
    done
    [ $kills -ge 1 ] # a machine that is too fast for this test needs more rows
    ticket-new -q --csv big.csv >out
    same "$(wc -l <out)" 200000
    same "$(sql "SELECT count(*), count(DISTINCT ref) FROM ticket")" "200001|200000"
    gives 0 "" "" center-check
}

@test "kill -9 during dispatch: nothing twice, and the rest follows" {
    center
    rows 1 6000 | ticket-new -q --csv - >ids
    in_pieces ticket-route
    same "$(sql "SELECT state, count(*) FROM ticket GROUP BY state")" "dispatched|6000"
    same "$(sql "SELECT count(*), count(DISTINCT ticket_id) FROM route WHERE role = 'lead'")" "6000|6000"
    same "$(sql "SELECT count(*) FROM event WHERE type = 'dispatched'")" 6000
}

@test "kill -9 during the sweep: nothing twice, and the rest follows" {
    thorough
    at 2026-03-02T09:00
    center
    rows 1 4000 | ticket-new -q --csv - | ticket-route -q --to tax - >ids
    at 2026-04-01
    in_pieces escalate
    same "$(sql "SELECT level, count(*), count(DISTINCT ticket_id) FROM supervision GROUP BY level ORDER BY level" | xargs)" \
        "orange|4000|4000 red|4000|4000 yellow|4000|4000"
    same "$(sql "SELECT count(*) FROM event WHERE type = 'escalated'")" 12000
    same "$(escalate | wc -l)" 0
}

@test "kill -9 during --recompute: nothing twice, and the rest follows" {
    thorough
    cp -r "$TREE/share" share
    export QIFU_CONFIG=$T/share
    center
    rows 1 6000 | ticket-new -q --csv - >ids
    sed -i '/kind: complaint/,/days:/ s/days: 5/days: 4/' share/center.yaml
    in_pieces sla-check --recompute
    same "$(sql "SELECT count(*), count(DISTINCT ticket_id) FROM event WHERE type = 'recomputed'")" "6000|6000"
    same "$(sql "SELECT DISTINCT due FROM v_ticket")" 2026-03-06T23:59:59+08:00
}

# full STATUS MESSAGE COMMAND...: it fails with one line; the one ticket that was there is there.
full() {
    local message=$1
    shift
    gives 2 "" "$message" "$@"
    same "$(sql "SELECT count(*), max(title) FROM ticket")" "1|before"
    whole
}

@test "a full disk: exit 2, one line, what was there is there, the next run works" {
    needs_file "a disk is filled"
    small_disk 3m
    export QIFU_DB=$T/small/center.db
    center
    ticket-new -q --title before >out
    rows 1 50000 >big.csv
    full "ticket-new: $QIFU_DB: the disk is full; nothing of this was kept" ticket-new -q --csv big.csv
    # a small one fits where the big one did not
    gives 0 "" "" bash -c "ticket-new -q --title after >out"
    same "$(sql "SELECT title FROM ticket" | xargs)" "before after"
    # not a byte is left: SQLite cannot even make its side files
    cat /dev/zero >small/filler 2>/dev/null || true
    for command in ticket-list "ticket-new --title x" escalate; do
        gives 2 "" "${command%% *}: $QIFU_DB: the disk is full; nothing of this was kept" $command
    done
    rm small/filler
    gives 0 "" "" bash -c "ticket-new -q --title later >out"
    same "$(sql "SELECT title FROM ticket" | xargs)" "before after later"
    whole
}

@test "a file that may not grow: exit 2, one line, what was there is there, the next run works" {
    needs_file "it is kept from growing"
    center
    ticket-new -q --title before >out
    rows 1 20000 >big.csv
    full "ticket-new: $QIFU_DB: cannot commit: disk I/O error; nothing of this was kept" \
        small_file 2048 ticket-new -q --csv big.csv
    ticket-new -q --csv big.csv >out
    same "$(sql "SELECT count(*) FROM ticket")" 20001
    whole
}

@test "a bulk list that does not fit into the temporary folder says so" {
    center
    rows 1 25000 | ticket-new -q --csv - >ids
    gives 2 "" "ticket-show: cannot write to a temporary file: File too large" \
        small_file 1024 ticket-show - <ids
}
