#!/usr/bin/env bats
# A server and the standby that follows it (share/postgresql/try): what the standby does, and that nothing
# is lost that was acknowledged when the first is killed.

load lib/base

TRY=$TREE/share/postgresql/try

# A pair of servers in $pair; the center on both is $QIFU_DB, on the standby alone $STANDBY.
eval "lib_$(declare -f setup)"
setup() {
    lib_setup
    thorough
    unset QIFU_TEST_SERVER # one of its own
    pair=$(mktemp -d) && rmdir "$pair"
    local status=0
    sh "$TRY" start "$pair" >addresses || status=$?
    [ $status -ne 3 ] || skip "no PostgreSQL server is installed"
    [ $status -eq 0 ]
    QIFU_DB=$(sed -n "s/.*QIFU_DB='\(.*\)'/\1/p" addresses)
    STANDBY=$(sed -n 's/^the standby, to read: *//p' addresses)
    command center-init -q
}
teardown() { [ ! -d "${pair-}" ] || sh "$TRY" stop "$pair"; }

shell() { psql -qAtX "$QIFU_DB" -c "$1"; }

@test "the standby reads, and refuses to write in one line; promoted, it is the center" {
    ticket-new -q --title x | ticket-route -q --to tax - >out
    gives 0 "$(center-check --log)" "" center-check --log -d "$STANDBY"
    gives 0 "$(ticket-list; ticket-show 1)" "" bash -c "ticket-list -d '$STANDBY'; ticket-show -d '$STANDBY' 1"
    gives 2 "" "ticket-note: $STANDBY: cannot begin to write: the server only reads (it is a standby, or set so)" \
        ticket-note -d "$STANDBY" --text x 1
    head=$(center-check --log)
    sh "$TRY" kill "$pair"
    run --separate-stderr ticket-note --text x 1
    same "$status$output" 2
    [[ $stderr == "ticket-note: $QIFU_DB: cannot connect: "* ]]
    sh "$TRY" promote "$pair"
    gives 0 "$head" "" center-check --log
    ticket-note -q --text x 1 >out
    gives 0 "" "" center-check -q
}

@test "killed during a hundred acts at once: what was acknowledged is there, once" {
    for i in $(seq 100); do echo "R$i,t"; done | sed '1i编号,标题' >in.csv
    ticket-new -q --received now --csv in.csv >out
    for i in $(seq 100); do
        ticket-note -q --text "n$i" "$i" >"out.$i" 2>"err.$i" 3>&- &
        pids[i]=$!
    done
    for _ in $(seq 500); do [ "$(cat out.* | grep -c note)" -lt 20 ] || break; sleep 0.02; done
    sh "$TRY" kill "$pair"
    acknowledged=0
    for i in $(seq 100); do
        status=0
        wait "${pids[i]}" || status=$?
        if [ $status -eq 0 ]; then
            acknowledged=$((acknowledged + 1))
            echo "$i" >>kept
        else
            same "$i: $status $(cat "out.$i")" "$i: 2 "
            # libpq itself prints what a dying server says to one that is just connecting
            same "$(grep -cv '^FATAL: ' "err.$i")" 1
        fi
    done
    [ $acknowledged -ge 20 ]
    [ $acknowledged -lt 100 ]
    sh "$TRY" promote "$pair"
    shell "SELECT ticket_id FROM event WHERE type = 'noted' ORDER BY 1" >noted
    same "$(sort noted | uniq -d)" ""
    same "$(sort kept | comm -23 - <(sort noted))" ""
    gives 0 "" "" center-check -q
    # who was not answered asks again
    for i in $(sort -n noted | comm -13 <(sort noted) <(seq 100 | sort)); do ticket-note -q --text "n$i" "$i" >out; done
    same "$(shell "SELECT count(*) FROM event WHERE type = 'noted'")" 100
    gives 0 "" "" bash -c "center-check --log >out"
}

@test "killed during an import: all of it or nothing, and the next run completes it" {
    { echo 编号,标题; seq 20000 | sed 's/.*/R&,一件很长很长的事情/'; } >big.csv
    ticket-new -q --received now --csv big.csv >out 2>err 3>&- &
    writer=$!
    for _ in $(seq 500); do
        if [ "$(shell "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'INSERT INTO ticket%'")" != 0 ]; then break; fi
        sleep 0.02
    done
    sh "$TRY" kill "$pair"
    status=0
    wait $writer || status=$?
    same "$status $(cat out)" "2 "
    [[ $(<err) == "ticket-new: $QIFU_DB: cannot "*": the connection to the server was lost"* ]]
    sh "$TRY" promote "$pair"
    same "$(shell "SELECT count(*) FROM ticket")" 0
    gives 0 "" "" center-check -q
    ticket-new -q --received now --csv big.csv >out
    same "$(wc -l <out) $(shell "SELECT count(*), count(DISTINCT ref) FROM ticket")" "20000 20000|20000"
    gives 0 "" "" bash -c "center-check --log >out"
}
