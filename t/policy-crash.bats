#!/usr/bin/env bats
# Killed at any moment, or out of disk, while enterprises, policies, pushes and questionnaires are
# taken in: all of a run is there or nothing, and what was recorded but not printed can be printed.

load lib/base
load lib/loop
load lib/crash
load lib/stock

# answers FIRST LAST: a CSV of complaints about 40 organisations.
answers() {
    org-list | cut -f 1 | head -n 40 >orgs
    awk -v first="$1" -v last="$2" '{ org[NR % 40] = $1 } END {
        print "ref,source,class,org,score,text,at"
        for (i = first; i <= last; i++)
            printf "%d,q,loans,%s,1,没听说过第%d条,2026-03-01\n", i, org[i % 40], i
    }' orgs
}

# world FIRMS POLICIES: a center of 2026-03-02 with so many of them.
world() {
    at 2026-03-02T10:00
    center
    firms 1 "$1" | enterprise-add -q --csv - >out
    papers 1 "$2" | policy-add -q --csv - >out
}

# counts TABLE...: how many rows each has.
counts() {
    local query= table
    for table; do query="$query${query:+ UNION ALL }SELECT count(*) FROM $table"; done
    sql "$query" | xargs
}

# all_or_nothing TABLE BEFORE AFTER COMMAND...: is killed three times at random moments, then runs
# to its end; TABLE has as many rows as before or as afterwards, and afterwards for good.
all_or_nothing() {
    local table=$1 before=$2 after=$3 kills=0 found
    shift 3
    for seconds in 0.0$((RANDOM % 9 + 1)) 0.1$((RANDOM % 10)) 0.$((RANDOM % 6 + 2)); do
        if killed $seconds "$@"; then
            kills=$((kills + 1))
            same "$(cat killed.err)" ""
            found=$(sql "SELECT count(*) FROM $table")
            [ "$found" = "$after" ] || same "$found" "$before"
            [ "$found" = "$after" ] || same "$(cat killed.out)" ""
            whole
        fi
    done
    [ $kills -ge 1 ] # a machine that is too fast for this test needs more rows
    "$@" >out
    same "$(sql "SELECT count(*) FROM $table")" "$after"
    whole
}

@test "kill -9 during enterprise-add of 30,000 rows: all or nothing, and it runs again" {
    thorough
    world 1 0
    firms 2 30001 >big.csv
    all_or_nothing enterprise 1 30001 enterprise-add -q --csv big.csv
    same "$(cut -f 3 out | sort -u | wc -l):$(wc -l <out)" 1:30000
    same "$(counts fact tag "event WHERE type = 'enterprise-added'")" "120004 30001 30001"
}

@test "kill -9 during policy-add of 3,000 rows: all or nothing, and it runs again" {
    world 1 1
    papers 2 3001 >big.csv
    all_or_nothing policy 1 3001 policy-add -q --csv big.csv
    same "$(cut -f 2,3 out | sort -u | wc -l):$(wc -l <out)" 1:3000
    same "$(counts policy_version "event WHERE type = 'policy-added'" "event WHERE type = 'policy-published'" \
        "policy WHERE version > 1")" "3001 3001 3001 0"
}

@test "kill -9 during questionnaires and their supervision: nothing twice" {
    world 1 0
    answers 1 20000 >big.csv
    all_or_nothing survey_answer 0 20000 survey-add -q --csv big.csv
    same "$(counts "event WHERE type = 'survey-taken'")" 1
    in_pieces survey-supervise -q
    same "$(sql "SELECT count(*), count(DISTINCT org_id), count(DISTINCT ticket_id), count(ticket_id)
        FROM survey_answer")" "20000|40|40|20000"
    same "$(counts ticket "event WHERE type = 'received'" "event WHERE type = 'survey-supervised'")" "40 40 40"
    gives 0 "" "" survey-supervise
}

# What stands in the database of pushes agrees with its log, and each recipient has each policy once.
pushed_once() {
    same "$(sql "SELECT count(*), count(DISTINCT policy_id || ' ' || coalesce(CAST(enterprise_id AS TEXT), 'org ' || org_id))
        FROM push")" "$1|$1"
    same "$(sql "SELECT sum(CAST(data ->> 'enterprises' AS INTEGER) + CAST(data ->> 'associations' AS INTEGER) + CAST(data ->> 'members' AS INTEGER))
        FROM event WHERE type = 'policy-pushed'")" "$1"
}

@test "kill -9 during pushes: each policy to each recipient once; what was not printed is printed by --sent" {
    thorough
    world 3000 8
    association-add -q --code chamber --name 示例商会 --classes finance >out
    kills=0
    for digit in 1 2 $(for _ in $(seq 12); do echo $((RANDOM % 9 + 1)); done); do
        if killed 0.0$digit policy-push --limit 3001; then kills=$((kills + 1)); fi
        same "$(cat killed.err)" ""
        head -n "$(wc -l <killed.out)" killed.out >>printed # without the line at which it was cut off
        same "$(sql "SELECT count(*) % 3001 FROM push")" 0
    done
    [ $kills -ge 1 ]
    policy-push >rest
    cat rest >>printed
    pushed_once 24008
    gives 0 "" "" policy-push
    # the lists of all runs together: nothing twice, nothing that was not sent
    policy-push --sent >sent
    same "$(wc -l <sent)" 24008
    same "$(sort printed | uniq -d)" ""
    same "$(LC_ALL=C sort printed | comm -23 - <(LC_ALL=C sort sent))" ""
    sound
}

@test "kill -9 after the push was recorded and before all was printed: --sent --since prints it" {
    world 3000 2
    policy-push --limit 100 >out
    at 2026-03-03T08:00
    mkfifo pipe
    policy-push >pipe 2>err 3>&- &
    pusher=$!
    exec 8<pipe
    IFS= read -r first <&8 # the rest waits in the pipe
    kill -9 $pusher
    wait $pusher 2>/dev/null || status=$?
    exec 8<&-
    same "$status:$(cat err)" 137:
    pushed_once 6000
    gives 0 "" "" policy-push
    policy-push --sent --since 2026-03-03T08:00 >again
    same "$(wc -l <again)" 5900
    same "$(head -n 1 again)" "$first"
    same "$(cut -f 1 again)" "$(seq 101 6000)"
    sound
}

@test "a delivery list that cannot be written: exit 2, what is recorded is recorded, --sent prints it" {
    world 10 1
    for output in ">/dev/full" ">&-"; do
        run --separate-stderr bash -c "policy-push --limit 5 $output"
        same "$status:$(wc -l <<<"$stderr")" 2:1
        [[ $stderr == "policy-push: cannot write to standard output: "* ]]
    done
    pushed_once 10
    gives 0 "" "" policy-push
    same "$(policy-push --sent | cut -f 1)" "$(seq 10)"
    # one of ten megabytes that the temporary folder does not take is not sent at all
    firms 11 5000 | enterprise-add -q --csv - >out
    papers 2 2 | sed "s/摘要/$(printf '摘要%.0s' {1..350})/" | policy-add -q --csv - >out
    full "policy-push: cannot write to a temporary file: File too large" \
        small_file 4096 policy-push p2
    same "$(policy-push p2 | wc -l)" 5000
    sound
}

# full MESSAGE COMMAND...: it fails with one line, and nothing has changed.
full() { refuses "$@" && whole; }

@test "a full disk: exit 2, one line, nothing of it is kept, the next run works" {
    needs_file "a disk is filled"
    thorough
    world 3000 4
    firms 3001 9000 >firms.csv
    papers 5 2000 >papers.csv
    answers 1 6000 >answers.csv
    small_disk $(($(stat -c %s center.db) + 400000))
    sql "VACUUM INTO '$T/small/center.db'"
    export QIFU_DB=$T/small/center.db
    for command in "enterprise-add --csv firms.csv" "policy-add --csv papers.csv" "policy-push" \
        "survey-add --csv answers.csv"; do
        full "${command%% *}: $QIFU_DB: the disk is full; nothing of this was kept" $command -q
    done
    # small ones fit where the big ones did not
    firms 1 3002 | sed '2,3001d' | enterprise-add -q --csv - >out
    papers 1 5 | policy-add -q --csv - >out
    head -n 20 answers.csv | survey-add -q --csv - >out
    same "$(policy-push --limit 50 | wc -l)" 50
    same "$(counts enterprise policy push survey_answer)" "3002 5 50 19"
    whole
}

@test "a file that may not grow: exit 2, one line, nothing of it is kept, the next run works" {
    needs_file "it is kept from growing"
    world 3000 4
    firms 3001 9000 >firms.csv
    answers 1 20000 >answers.csv
    full "enterprise-add: $QIFU_DB: cannot commit: disk I/O error; nothing of this was kept" \
        small_file 1024 enterprise-add -q --csv firms.csv
    # what is read is copied first, and the copy may not grow either
    full "survey-add: cannot write to a temporary file: File too large" \
        small_file 1024 survey-add -q --csv answers.csv
    enterprise-add -q --csv firms.csv >out
    same "$(counts enterprise)" 9000
    whole
}
