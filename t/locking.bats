#!/usr/bin/env bats
# Many programs at one database: writers wait for each other, readers for nobody, and not for ever.

load lib/base
load lib/stock

# A shell of the database holds the write lock from here on, until let_go.
hold() {
    local shell=(sqlite3 "$QIFU_DB") take='BEGIN IMMEDIATE;\n.print holding\n'
    if served; then
        shell=(psql -qAtX "$QIFU_DB") take='BEGIN;\nSELECT 1 FROM qifu_schema FOR UPDATE;\n\\echo holding\n'
    fi
    mkfifo orders
    "${shell[@]}" <orders >held 2>&1 3>&- &
    holder=$!
    exec 9>orders
    printf "$take" >&9
    for _ in $(seq 500); do
        if grep -q holding held; then return 0; fi
        sleep 0.01
    done
    echo "the lock was not taken" >&2
    return 1
}

let_go() {
    echo 'ROLLBACK;' >&9
    exec 9>&-
    wait "$holder"
}

teardown() {
    if [ "${holder:-}" ]; then kill "$holder" 2>/dev/null || true; fi
    drop_served
}

@test "forty writers at once lose nothing" {
    center
    for i in $(seq 40); do
        ticket-new -q --title "t$i" --ref "r$i" >"out.$i" 2>"err.$i" 3>&- &
        pids[i]=$!
    done
    for i in $(seq 40); do
        wait "${pids[i]}" || echo "writer $i: $?" >>failed
    done
    same "$(cat failed err.* 2>/dev/null)" ""
    same "$(cat out.* | cut -f1 | sort -n | xargs)" "$(seq 40 | xargs)"
    same "$(sql "SELECT count(*), count(DISTINCT title) FROM ticket")" "40|40"
    gives 0 "" "" center-check
}

@test "forty writers of the same message take it in once" {
    center
    for i in $(seq 40); do
        ticket-new -q --title same --ref r1 >"out.$i" 2>"err.$i" 3>&- &
        pids[i]=$!
    done
    for i in $(seq 40); do
        wait "${pids[i]}" || echo "writer $i: $?" >>failed
    done
    same "$(cat failed err.* 2>/dev/null)" ""
    same "$(cat out.* | cut -f1 | uniq -c | xargs)" "40 1"
    same "$(sql "SELECT count(*) FROM ticket")" 1
    same "$(sql "SELECT count(*) FROM event WHERE ticket_id IS NOT NULL")" 1
}

@test "dispatch by many at once: one lead for each" {
    local all=600
    if served; then all=60; fi # a row takes its round trips, and the lock is waited for ten seconds
    center
    { echo 编号,标题; seq $all | sed 's/$/,退税/'; } | ticket-new -q --no-ref --received now --csv - >ids
    for i in 1 2 3 4 5 6; do
        ticket-route >"out.$i" 2>"err.$i" 3>&- &
        pids[i]=$!
    done
    for i in 1 2 3 4 5 6; do
        wait "${pids[i]}" || echo "router $i: $?" >>failed
    done
    same "$(cat failed err.* 2>/dev/null)" ""
    same "$(sql "SELECT count(*), count(DISTINCT ticket_id) FROM route WHERE role = 'lead'")" "$all|$all"
    same "$(sql "SELECT count(*) FROM event WHERE type = 'dispatched'")" $all
    gives 0 "" "" center-check
}

@test "center-init by twenty at once makes one center" {
    local all=20
    if served; then on_server && all=8; fi
    for i in $(seq $all); do
        center-init >"out.$i" 2>"err.$i" 3>&- &
        pids[i]=$!
    done
    for i in $(seq $all); do
        wait "${pids[i]}" || echo "init $i: $?" >>failed
    done
    same "$(cat failed err.* 2>/dev/null)" ""
    same "$(cut -f2 out.* | sort | uniq -c | xargs)" "1 created $((all - 1)) up to date"
    same "$(sql "SELECT count(*) FROM event WHERE type = 'center-created'")" 1
    same "$(sql "SELECT count(*) FROM event WHERE type = 'org-added'")" "$(sql "SELECT count(*) FROM org")"
}

@test "a parked reader stops no writer, and the log does not grow behind it" {
    center
    { echo 编号,标题; seq 20000 | sed 's/$/,一件很长很长的事情/'; } | ticket-new -q --no-ref --received now --csv - >ids
    mkfifo gate
    bash -c 'ticket-list | { IFS= read -r line; echo "$line" >first; read -r _ <gate; cat >rest; }' 3>&- &
    reader=$!
    for _ in $(seq 500); do
        if [ -s first ]; then break; fi
        sleep 0.01
    done
    [ -s first ]
    for i in 1 2 3 4 5; do
        gives 0 "" "" bash -c "ticket-new -q --title x$i >out"
    done
    served || same "$(sql "PRAGMA wal_checkpoint(TRUNCATE)")" "0|0|0" # nobody reads any more
    echo >gate
    wait $reader
    same "$(wc -l <rest)" 19999
}

# at_once COMMAND: runs it twice at the same time; what they print is in out.1 and out.2.
at_once() {
    local i
    for i in 1 2; do
        bash -c "$1" >out.$i 2>err.$i 3>&- &
        pids[i]=$!
    done
    for i in 1 2; do wait "${pids[i]}" || same "$i: $?" "$i: 0"; done
    same "$(cat err.1 err.2)" ""
}

@test "the same enterprises by two at once are there once, and pushed to once" {
    at 2026-03-02T10:00
    center
    local all=3000
    if served; then all=300; fi
    firms 1 $all >firms.csv
    papers 1 4 >papers.csv
    at_once "enterprise-add -q --csv firms.csv"
    same "$(cut -f 3 out.1 out.2 | sort | uniq -c | xargs)" "$all added $all same"
    same "$(sql "SELECT count(*) FROM event WHERE type = 'enterprise-added'")" $all
    at_once "policy-add -q --csv papers.csv"
    same "$(cut -f 2,3 out.1 out.2 | sort | uniq -c | xargs)" "4 1 added 4 1 same"
    at_once "policy-push --limit 5000; policy-push --limit 5000; policy-push"
    same "$(sql "SELECT count(*), count(DISTINCT policy_id || ' ' || enterprise_id) FROM push")" "$((4 * all))|$((4 * all))"
    # each delivery is on one of the two lists
    same "$(cut -f 1 out.1 out.2 | sort -n)" "$(seq $((4 * all)))"
    same "$(cut -f 2,5 out.1 out.2 | sort -u | wc -l)" $((4 * all))
    gives 0 "" "" center-check
}

@test "complaints about an organisation open one ticket, whoever sweeps" {
    at 2026-03-02T10:00
    center
    { echo ref,class,org,score; seq 30 | sed 's/$/,loans,tax,1/'; } | survey-add -q --csv - >out
    at_once "survey-supervise -q"
    same "$(cat out.1 out.2 | wc -l):$(sql "SELECT count(*) FROM ticket")" 1:1
    gives 0 "" "" center-check
}

@test "policies are added while a match of everything waits to be read" {
    at 2026-03-02T10:00
    center
    firms 1 3000 | enterprise-add -q --csv - >out
    papers 1 4 | policy-add -q --csv - >out
    mkfifo gate
    bash -c 'policy-match --all | { IFS= read -r line; echo "$line" >first; read -r _ <gate; cat >rest; }' 3>&- &
    reader=$!
    for _ in $(seq 500); do
        if [ -s first ]; then break; fi
        sleep 0.01
    done
    [ -s first ]
    papers 5 5 >papers.csv
    gives 0 "p5	1	added	关于第5件的通知" "" timeout 1 policy-add --csv papers.csv
    same "$(policy-push --limit 3 | wc -l)" 3
    served || same "$(sql "PRAGMA wal_checkpoint(TRUNCATE)")" "0|0|0"
    echo >gate
    wait $reader
    same "$(wc -l <rest)" 11999
}

@test "the lock held for a second: a writer waits, a reader does not" {
    center
    ticket-new -q --title x >out
    hold
    gives 0 "" "" bash -c "timeout 1 ticket-list >out && timeout 1 sla-check >out"
    start=$(date +%s%N)
    (sleep 1; let_go) 3>&- &
    other=$!
    gives 0 "" "" bash -c "ticket-new -q --title y >out"
    waited=$((($(date +%s%N) - start) / 1000000))
    exec 9>&-
    wait $other || true
    wait "$holder" || true # its end takes the lock once more
    [ $waited -ge 900 ] || { echo "waited $waited ms only" >&2; false; }
    [ $waited -lt 8000 ] || { echo "waited $waited ms" >&2; false; }
    same "$(sql "SELECT count(*) FROM ticket")" 2
}

@test "the lock held for longer than ten seconds: exit 75 and one line" {
    thorough
    center
    ticket-new -q --title x --kind 投诉 --at 2026-03-02 >out
    papers 1 1 | policy-add -q --csv - >out
    echo 草案 >draft
    hold
    declare -A calls=(
        [ticket-new]="--title y" [ticket-route]="--to tax 1" [escalate]="--now 2026-04-01"
        [sla-check]=--recompute [center-init]=-q [org-add]="--code c1 --name n1 --group utility"
        [association-add]="--code c2 --name n2" [enterprise-add]="--code 91320300MA00002690 --name n4"
        [liaison-add]="--name n3 --org tax" [policy-add]="$TREE/share/demo/policies/arrears-2020.yaml"
        [policy-record]="--type viewed p1" [policy-push]= [policy-source]="--looked gov-cn"
        [survey-supervise]=
        [consult-open]="--title t --draft draft --from tax --until 2026-12-31 --to commerce"
    )
    start=$(date +%s)
    for p in "${!calls[@]}"; do
        "$p" ${calls[$p]} >"$p.out" 2>"$p.err" 3>&- 9>&- &
        pids[$!]=$p
    done
    for pid in "${!pids[@]}"; do
        p=${pids[pid]}
        wait "$pid" && status=0 || status=$?
        same "$p: $status: $(cat "$p.out" "$p.err")" \
            "$p: 75: $p: $QIFU_DB: the database is busy; try again later"
    done
    took=$(($(date +%s) - start))
    [ $took -ge 9 ] || { echo "gave up after $took s" >&2; false; }
    [ $took -le 25 ] || { echo "gave up only after $took s" >&2; false; }
    let_go
    same "$(sql "SELECT count(*) FROM ticket")" 1
    for p in "${!calls[@]}"; do
        run --separate-stderr "$p" ${calls[$p]}
        same "$p: $status $stderr" "$p: 0 "
    done
    gives 0 "" "" center-check
}

@test "policies' files are read before the lock is asked for" {
    center
    echo "titel: x" >bad.yaml
    hold
    policy-add bad.yaml >out 2>err 3>&- 9>&- &
    reader=$!
    for _ in $(seq 400); do
        if [ -s err ]; then break; fi
        sleep 0.01
    done
    grep -q 'bad.yaml:1: unknown key "titel"' err
    let_go
    wait $reader || status=$?
    same "$status" 2
}

# park COMMAND: runs it with its standard error going to somebody who does not read, until go_on; what
# it says is in the file said.
park() {
    mkfifo stop
    bash -c "{ $1; } 2>&1 >parked_out | { read -r _ <stop; cat >said; }" 3>&- &
    parked=$!
}

go_on() {
    echo >stop
    wait "$parked"
    rm stop
}

@test "messages that nobody reads hold no lock: of rows, ids, files, and of a death" {
    at 2026-03-02T10:00
    center
    ticket-new -q --title first >out
    { echo 标题,受理时间; seq 3000 | sed 's/$/,2026-02-30/'; } >bad.csv
    seq 3000 6000 >ids
    for command in "ticket-new -q --no-ref --csv bad.csv" "ticket-accept - <ids" "ticket-new -q --no-ref --csv bad.csv --rejects kept.csv"; do
        park "$command"
        sleep 0.5
        gives 0 "" "" bash -c "timeout 3 ticket-new -q --title '$command' >out"
        go_on
        same "$(grep -c 'bad.csv:[0-9]*: \|no such ticket' said)" "$([[ $command == *csv* ]] && echo 3000 || echo 3001)"
        # in the order in which they were said
        same "$(grep -o '[0-9][0-9]*: ' said | sort -nc 2>&1)" ""
    done
}

@test "one that dies with messages unread lets the lock go, and says them all" {
    at 2026-03-02T10:00
    center
    refuse_inserts ticket "new.title = 'deadly'" 'not this one'
    { echo 标题,受理时间; seq 3000 | sed 's/$/,2026-02-30/'; echo deadly,2026-03-01; } >bad.csv
    park "ticket-new -q --no-ref --csv bad.csv --rejects kept.csv"
    sleep 0.5
    gives 0 "" "" bash -c "timeout 3 ticket-new -q --title y >out"
    go_on
    same "$(wc -l <said)" 3001
    same "$(tail -n 1 said)" "ticket-new: $QIFU_DB: cannot write: not this one"
    same "$(sql "SELECT count(*) FROM ticket")" 1
}
