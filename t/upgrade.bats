#!/usr/bin/env bats
# A database of an older schema is brought up to date by whoever opens it first, whole or not at all.

load lib/base
load lib/stock

A=91320300MA00002690
eval "lib_$(declare -f setup)"
setup() {
    lib_setup
    needs_file "the older ones are files; t/postgresql.bats upgrades on a server"
}

NEWEST=$(grep -c '^-- step [0-9]*:' "$TREE/common/schema.sql")

# old.db: a center as the first steps of the schema made it (STEPS, else 1), with one ticket, or with
# what is in new.db; `old` puts it at QIFU_DB.
make_old() {
    local steps=${1:-1} names
    rm -f old.db
    at 2026-03-02
    if [ ! -e new.db ]; then
        center-init -q --demo -d new.db
        ticket-new -q -d new.db --kind 投诉 --title 旧工单 >old.out
    fi
    {
        echo 'PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON;'
        # what a step masks is done by a function of the programs; there is nothing to mask yet
        sed "/^-- step $((steps + 1)):/,\$d; /^INSERT INTO [a-z_]*shown /,/;\$/d" "$TREE/common/schema.sql"
    } | sqlite3 old.db >old.out
    # before the next shell opens the file: this one locks it when it closes
    names=$(sqlite3 old.db "SELECT 'INSERT INTO ' || m.name || ' (' || group_concat(c.name) || ') SELECT ' ||
        group_concat(CASE WHEN m.name = 'supervision' AND c.name = 'lead' THEN 'org_id'
                          WHEN m.name = 'route' AND c.name = 'pooled_at' THEN 'NULL'
                          -- what was received was in no event
                          WHEN m.name = 'event' AND c.name = 'data' THEN
                              'CASE WHEN type = ''received'' THEN json_remove(data, ''$.content'') ELSE data END'
                          WHEN m.name = 'event' AND c.name = 'id' THEN
                              'id - (SELECT count(*) FROM new.event c WHERE c.type = ''configured'' AND c.id < event.id)'
                          ELSE c.name END) || ' FROM new.' || m.name ||
        -- and no center was bound to its configuration
        CASE WHEN m.name = 'event' THEN ' WHERE type <> ''configured''' ELSE '' END || ';' FROM sqlite_master m, pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' GROUP BY m.name ORDER BY m.name <> 'setting'")
    {
        echo "ATTACH 'new.db' AS new;"
        echo "$names"
        echo "PRAGMA application_id = 0x71696675; PRAGMA user_version = $steps;"
    } | sqlite3 old.db >old.out
    unset QIFU_NOW
}

# The numbers and digests of old.db's events as they were: without gaps, of the first form.
make_first_form() {
    local guard
    guard=$(sqlite3 old.db "SELECT sql FROM sqlite_master WHERE name = 'event_is_fixed'")
    sqlite3 old.db "DROP TRIGGER event_is_fixed;
        CREATE TEMP TABLE place AS SELECT id, row_number() OVER (ORDER BY id) AS number FROM event;
        UPDATE event SET id = -(SELECT number FROM place p WHERE p.id = event.id);
        UPDATE event SET id = -id"
    sqlite3 old.db "SELECT id || char(9) || ifnull(ticket_id, 0) || char(9) || at || char(9) || recorded_at || char(9) ||
        type || char(9) || actor || char(9) || data || char(9) || '-' FROM event ORDER BY id" |
        "$TREE/t/lib/log-digest" | sed "s/\(.*\) \(.*\)/UPDATE event SET hash = x'\2' WHERE id = \1;/" >digests
    echo "$guard;" | cat digests - | sqlite3 old.db
}

tables() { sqlite3 "$1" "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"; }

old() {
    rm -f "$QIFU_DB" "$QIFU_DB-wal" "$QIFU_DB-shm"
    cp old.db "$QIFU_DB"
}

version() { sql "PRAGMA user_version"; }

# The objects of a file, as a fresh center has them.
objects() { sqlite3 "$1" "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"; }

# The database is whole and of the newest schema.
upgraded() {
    same "$1: $(version)" "$1: $NEWEST" &&
        same "$1: $(sql "PRAGMA integrity_check")" "$1: ok" &&
        same "$1: $(objects "$QIFU_DB")" "$1: $(objects fresh.db)" &&
        same "$1: $(sql "SELECT id, title, received FROM v_ticket WHERE id = 1")" \
            "$1: 1|旧工单|2026-03-02T00:00:00+08:00"
}

@test "the steps that were released are as they were" {
    same "$(sed '/^-- step 9:/,$d; s/ *--.*//; /^$/d' "$TREE/common/schema.sql" | sha256sum)" \
        "f18094579525f897a71d37c1edfa3d58180b0feb899abd8dcd6a78adeb599211  -"
}

@test "the schema's steps are numbered without a gap" {
    [ "$NEWEST" -ge 2 ]
    same "$(sed -n 's/^-- step \([0-9]*\):.*/\1/p' "$TREE/common/schema.sql" | xargs)" \
        "$(seq "$NEWEST" | xargs)"
    center
    same "$(version)" "$NEWEST"
}

@test "whichever program opens an old database, it is upgraded" {
    make_old
    same "$(sqlite3 old.db "PRAGMA user_version; SELECT count(*) FROM sqlite_master WHERE type = 'view'" | xargs)" "1 0"
    center-init -q --demo -d fresh.db
    at 2026-03-10
    declare -A good=(
        [association-add]="--code c2 --name n2" [enterprise-add]="--code 91320300MA00002690 --name n4"
        [liaison-add]="--name n3 --org tax" [policy-add]="$TREE/share/demo/policies/arrears-2020.yaml"
        [enterprise-show]=- [policy-record]="--type viewed -" [policy-show]=-
        [report-monthly]=2026-03 [report-period]=2026-Q1 [report-province]=2026-03 [trend-list]=2026-03
        [ticket-export]="--source center" [mail-in]="-n Maildir" [address-add]="--org tax --address a@b.example" [assess-score]="example-service 2026-03" [ticket-new]="--title x" [ticket-show]=1 [ticket-route]="--to tax 1"
        [org-add]="--code c1 --name n1 --group utility" [policy-compare]="--all" [policy-match]="--all"
        [member-add]="--org center --role administrator n1" [member-remove]=-
        [ticket-answer]="--text x 1" [ticket-confer]="--reason x 1" [ticket-note]="--text x 1" [ticket-merge]=--suggest
        [ticket-close]=--unrated [ticket-rate]="--csv none.csv"
    )
    # what the state of the one ticket does not allow is done to none
    echo id >none.csv
    for p in pin publish interpret; do good[policy-$p]=-; done
    good[qifu]=status good[policy-withdraw]="--reason x -" good[survey-add]="--jsonl /dev/null"
    good[kb-add]="-n --jsonl /dev/null" good[kb-find]=发票 good[kb-propose]="--decline --reason x -"
    good[ballot-add]="-n --jsonl /dev/null"
    good[supervision-revoke]="--approve --csv none.csv"
    good[supervision-accept]="--csv none.csv" good[supervision-reply]="--csv none.csv" good[supervision-dossier]=1
    good[supervision-order]="--csv none.csv" good[supervision-refuse]="--csv none.csv"
    echo consultation,by,text >opinions.csv
    good[consult-answer]="--csv opinions.csv" good[consult-decide]="--adopt --reason x -"
    good[consult-open]="--title t --draft none.csv --from tax --until 2026-06-01 --to justice"
    mkdir -p Maildir/new Maildir/cur
    log-key log.example log.key >log.pub # -n keeps no head, but the upgrade
    good[ticket-assist]="--add justice --csv none.csv" good[ruling-retire]="--reason x -"
    good[log-head]="-n -k log.key" good[record-erase]="--law x --reason x --field title -"
    good[route-check]=2026-03 good[route-learn]=--drop
    good[register-add]="--field number=1 --field title=x --field lead=tax problems"
    good[register-act]="--csv none.csv problems report" good[register-show]=- good[association-show]=- good[register-wall]=tasks
    for p in accept appeal correct decline extend refer resume return suspend void withdraw; do
        good[ticket-$p]="--csv none.csv"
    done
    for p in $(sample $(ls "$BIN")); do
        case $p in workday | calendar-check | log-cosign | log-key | log-prove | log-verify | ticket-receipt | consult-report | accountability-record | center-move | center-rebuild | ballot-rank | ballot-panel) continue ;; esac
        old
        run --separate-stderr "$p" ${good[$p]}
        same "$p: $stderr" "$p: "
        [ "$status" -le 1 ]
        upgraded "$p"
    done
}

# busy: new.db with a row in every table of the schema's first two steps.
busy() {
    export QIFU_DB=$T/new.db
    cp -r "$TREE/share" leads # as it was then: a level of a round fires once
    sed -i 's/judges: \[lead, assist\]/judges: [lead]/' leads/center.yaml
    local -x QIFU_CONFIG=$T/leads
    center-init -q --demo --now 2026-03-02
    at 2026-03-02T10:00
    for title in 一 二 三 四; do ticket-new -q --kind 投诉 --title $title; done >out
    ticket-route -q --to tax --assist commerce 1 2 3 4 >out
    ticket-merge -q --into 3 4 >out
    ticket-suspend -q --reason 等待上级批复 --basis b 1 >out && ticket-suspend -q --approve 1 >out
    ticket-confer -q --reason 不清 3 >out && ticket-confer -q --lead tax --basis b --words 某某事 3 >out
    escalate --now 2026-03-20 >out
    at 2026-03-21T10:00
    ticket-answer -q --by commerce --text t 2 >out && ticket-answer -q --text t 2 >out
    ticket-rate -q --score 1 2 >out
    unset QIFU_NOW
    export QIFU_DB=$T/center.db
}

# What tables and columns that old.db has hold, in file $1.
held() {
    local columns
    for table in $(tables old.db); do
        columns=$(sqlite3 old.db "SELECT group_concat(name) FROM pragma_table_info('$table')")
        # what was the lead is whomever a level judges since step 5
        [ "$table $(sqlite3 "$1" "SELECT count(*) FROM pragma_table_info('supervision') WHERE name = 'org_id'")" != "supervision 1" ] ||
            columns=${columns/,lead,/,org_id,}
        sqlite3 "$1" "SELECT '$table', $columns FROM $table"
    done
}

@test "a database of step 2 becomes one of step 3, and all that it held is as it was" {
    busy
    make_old 2
    same "$(sqlite3 old.db "PRAGMA user_version")" 2
    for table in $(tables old.db); do
        [ "$(sqlite3 old.db "SELECT count(*) FROM $table")" -gt 0 ] || same "$table is empty" ""
    done
    before=$(held old.db)
    center-init -q --demo -d fresh.db
    declare -A good=([policy-list]= [enterprise-list]= [policy-source]=--missing [policy-push]= [escalate]=-n
        [center-check]= [center-init]=-q)
    for p in "${!good[@]}"; do
        old
        run --separate-stderr "$p" --now 2026-03-21T10:00 ${good[$p]}
        same "$p: $stderr" "$p: "
        [ "$status" -le 1 ]
        same "$p: $(version) $(sql "PRAGMA integrity_check")" "$p: $NEWEST ok"
        same "$p: $(objects "$QIFU_DB")" "$p: $(objects fresh.db)"
        [ "$p" = center-init ] || same "$p: $(held "$QIFU_DB")" "$p: $before" # it may add to the words
    done
    # and the new work begins on it at once
    old
    at 2026-03-22T10:00
    gives 0 "arrears-2020	1	added	清理拖欠民营企业中小企业账款投诉受理指引" "" \
        policy-add "$TREE/share/demo/policies/arrears-2020.yaml"
    gives 0 "91320300MA00002690	甲公司	added" "" enterprise-add --code 91320300MA00002690 --name 甲公司 \
        --industry C34 --staff 20 --revenue 900万 --as-of 2020-01-01
    gives 0 "91320300MA00002690	yes" "" \
        bash -c "policy-match --as-of 2020-06-01 --policy arrears-2020 | cut -f 1,3"
    gives 0 "1	arrears-2020	enterprise	91320300MA00002690" "" \
        bash -c "policy-push --as-of 2020-06-01 | cut -f 1,2,4,5"
    gives 0 "" "" center-check
}

@test "what the old database held goes on" {
    make_old
    center-init -q --demo -d fresh.db
    old
    gives 0 "" "" center-check
    upgraded center-check
    gives 0 $'1\ttax\t-\t-\t人工派发' "" ticket-route --now 2026-03-02T09:00 --to tax 1
    gives 0 $'1\tyellow\tcenter\t2026-03-09T23:59:59+08:00\t0\ttax\t旧工单\tlead\t-' "" escalate --now 2026-03-10
    gives 0 "" "" center-check
}

@test "twenty at once upgrade it once" {
    thorough
    center-init -q --demo -d fresh.db
    for round in 1 2 3 4 5; do
        make_old $((round % 2 + 1))
        old
        for i in $(seq 20); do
            sla-check --now 2026-03-10 >"out.$i" 2>"err.$i" 3>&- &
            pids[i]=$!
        done
        for i in $(seq 20); do
            wait "${pids[i]}" || echo "$i: $?" >>failed
        done
        same "$(cat failed err.* 2>/dev/null)" ""
        same "$(cut -f1,2 out.* | uniq -c | xargs)" "20 1 dispatch-late"
        upgraded "round $round"
    done
}

@test "an upgrade that fails half way leaves nothing behind" {
    make_old
    last=$(sed -n 's/^CREATE TABLE \([a-z_]*\) (.*/\1/p' "$TREE/common/schema.sql" | tail -1)
    sqlite3 old.db "CREATE TABLE $last (in_the_way TEXT) STRICT"
    old
    before=$(sql .dump)
    # a program that dies leaves its memory to the system, which the leak sanitizer calls a leak
    ASAN_OPTIONS=detect_leaks=0 run --separate-stderr ticket-list
    same "$status:$output" "2:"
    same "$(wc -l <<<"$stderr")" 1
    [[ $stderr == "ticket-list: $QIFU_DB: cannot upgrade the database: "*"$last"* ]]
    same "$(version)" 1
    same "$(sql .dump)" "$before"
    sql "DROP TABLE $last"
    center-init -q --demo -d fresh.db
    gives 0 "" "" center-check
    upgraded later
}

@test "kill -9 during an upgrade is harmless" {
    thorough
    make_old
    center-init -q --demo -d fresh.db
    done_=0
    for round in $(seq 20); do
        old
        sla-check >out 2>err 3>&- &
        pid=$!
        sleep "0.00$((RANDOM % 10))"
        kill -9 $pid 2>/dev/null || true
        wait $pid 2>/dev/null || true
        v=$(version)
        same "$(sql "PRAGMA integrity_check")" ok
        if [ "$v" = "$NEWEST" ]; then
            done_=$((done_ + 1))
        else
            same "$v" 1
            same "$(objects "$QIFU_DB")" "$(objects old.db)"
        fi
        gives 0 $'1\tdispatch-late' "" bash -c "sla-check --now 2026-04-01 | cut -f1,2"
        upgraded "round $round"
    done
    echo "$done_ of 20 were upgraded before the kill"
}

@test "a copy made by VACUUM INTO works as the original did: readers stop no writer" {
    center
    ticket-new -q --title x >out
    sql "VACUUM INTO '$T/copy.db'"
    gives 0 "" "" center-check -d copy.db
    same "$(sqlite3 copy.db "PRAGMA journal_mode")" wal
}

@test "a newer schema is refused by name" {
    center
    sql "PRAGMA user_version = $((NEWEST + 7))"
    gives 2 "" "sla-check: $QIFU_DB: its schema is version $((NEWEST + 7)), this program knows $NEWEST: install the newer qifu" \
        sla-check
    gives 2 "" "center-init: $QIFU_DB: its schema is version $((NEWEST + 7)), this program knows $NEWEST: install the newer qifu" \
        center-init
    same "$(version)" $((NEWEST + 7))
}

# The events of policies as the programs of step 3 wrote them: they do not say what a version sets.
forget() {
    sqlite3 "$1" "DROP TRIGGER event_is_fixed;
        UPDATE event SET data = json_remove(data, '\$.state', '\$.org', '\$.pinned', '\$.collected', '\$.published',
            '\$.interpreted', '\$.collect_due', '\$.publish_due', '\$.interpret_due', '\$.content')
        WHERE type LIKE 'policy-%'"
    sed -n '/^CREATE TRIGGER event_is_fixed/,/^END;/{p;/^END;/q}' "$TREE/common/schema.sql" | sqlite3 "$1"
}

@test "policies of step 3: the same lists and bulletin, a clean check, and the log says how they stood" {
    export QIFU_DB=$T/new.db
    at 2026-03-09T09:00
    center-init -q --demo
    papers 1 5 | policy-add -q --csv - >out
    papers 6 6 | sed '$s/摘要//' | policy-add -q --draft --csv - >out
    policy-pin -q --at 2026-03-08 p1 p2 >out
    policy-interpret -q --at 2026-03-07 p3 >out
    policy-withdraw -q --reason 废止 p2 >out
    printf '%s\n' "$(papers 7 7 | sed '1s/$/,supersedes/; 2s/$/,p4/')" | policy-add -q --csv - >out
    policy-record -q --type viewed --count 9 p1 >out
    tell() {
        policy-list --all
        policy-show p1 p2 p3 p4 p5 p6 p7
        policy-check || true
        report-monthly -F md 2026-03
        sql 'SELECT * FROM v_policy'
    }
    tell >before
    export QIFU_DB=$T/center.db
    make_old 3
    at 2026-03-09T09:00
    forget old.db
    old
    tell >after
    same "$(cat after)" "$(cat before)"
    same "$(version)" "$NEWEST"
    gives 0 "" "" center-check
    # the first program that writes appends them to the log, once
    same "$(sql "SELECT count(*) FROM event WHERE type = 'policy-stated'")" 0
    policy-pin -q p5 >out
    policy-pin -q p3 >out
    same "$(sql "SELECT json_extract(data, '\$.policy') || ' ' || json_extract(data, '\$.state') FROM event
        WHERE type = 'policy-stated' ORDER BY id")" "p1 published
p2 withdrawn
p3 published
p4 superseded
p5 published
p6 draft
p7 published"
    same "$(sql "SELECT count(*) FROM upgrade_event")" 0
    gives 0 "" "" center-check
    sql "UPDATE policy SET state = 'published' WHERE code = 'p2'"
    same "$(center-check)" $'policies\t2\tp2: state is published, its events give withdrawn'
}

# moment TIME: as it is stored.
moment() { date -d "$1+08:00" +%s; }

# was_fired TICKET ORG|- DUE NEXT|- LEVEL=DAY...: levels as the sweeps of step 4 fired them, five minutes into the day;
# the next one begins on day NEXT.
was_fired() {
    local ticket=$1 org=$2 due next=$4 level day supervisor accountability opens reply_days
    due=$(moment "$3T23:59:59")
    [ "$org" != - ] && org="(SELECT id FROM org WHERE code = '$org')" || org=NULL
    [ "$next" = - ] && next=0 || next=$(moment "${next}T00:00")
    shift 4
    for level; do
        day=${level#*=} level=${level%=*} accountability=0 opens= supervisor=center reply_days=2
        [ "$level" != orange ] || supervisor=business-environment-office
        [ "$level" != red ] || { supervisor=discipline-commission accountability=1 reply_days=1; }
        [ $accountability = 0 ] || opens="'accountability', json('true'),"
        echo "INSERT INTO supervision (ticket_id, round, role, level, supervisor, org_id, document, due_at, level_at,
                  swept_at, reply_due_at, accountability)
              SELECT $ticket, 1, 'lead', '$level', id, $org, '督办', $due, $(moment "${day}T00:00"),
                  $(moment "${day}T00:05"), $(moment "$(workday add "$day" $reply_days)T23:59:59"), $accountability
                FROM org WHERE code = '$supervisor';
              INSERT INTO event (ticket_id, type, at, recorded_at, actor, data, hash)
              VALUES ($ticket, 'escalated', $(moment "${day}T00:00"), $(moment "2026-03-20T00:05"), 'root',
                  json_object('level', '$level', 'supervisor', '$supervisor', $opens 'next', $next), zeroblob(32));
              UPDATE ticket SET level = '$level', next_level_at = nullif($next, 0) WHERE id = $ticket;"
    done | sqlite3 new.db
}

# A center of step 4 on 20 March 2026, with what it had fired by the clock of the ticket alone: 1 lay in the pool, 2 is an
# association's, 3 was returned by commerce and is finance's since, 4 is an opinion asked of justice, 5 is tax's.
old_levels() {
    local -x QIFU_DB=$T/new.db QIFU_CONFIG=$T/none
    cp -r "$TREE/share" none
    sed -i '/^ladder:/,/^# The loop/c ladder: []' none/center.yaml # levels are put in by hand
    at 2026-03-02T09:00
    center-init -q --demo
    ticket-new -q --kind 投诉 --title 旧工单 --at 2026-03-02T00:00 >out
    association-add -q --code a1 --name 测试协会 >out
    echo 第一条 >draft
    consult-open -q --title 办法 --draft draft --from finance --until 2026-03-06 --association a1 >out
    ticket-new -q --kind 政策咨询 --title 政策 | ticket-route -q --to commerce - >out
    consult-open -q --title 细则 --draft draft --from finance --until 2026-03-06 --to justice >out
    ticket-new -q --kind 投诉 --title 占道 | ticket-route -q --to tax - >out
    ticket-return -q --reason 不属于本单位职责 --basis b --now 2026-03-03T10:00 3 >out
    ticket-return -q --approve --now 2026-03-04T10:00 3 >out
    ticket-route -q --to finance --now 2026-03-04T11:00 3 >out
    was_fired 2 a1 2026-03-06 - yellow=2026-03-07 orange=2026-03-12 red=2026-03-14
    was_fired 3 commerce 2026-03-03 2026-03-07 yellow=2026-03-04
    was_fired 3 finance 2026-03-03 - orange=2026-03-07 red=2026-03-11
    was_fired 4 justice 2026-03-06 2026-03-14 yellow=2026-03-07 orange=2026-03-12
    was_fired 1 - 2026-03-09 - yellow=2026-03-10 orange=2026-03-13 red=2026-03-17
    was_fired 5 tax 2026-03-09 - yellow=2026-03-10 orange=2026-03-13 red=2026-03-17
}

@test "levels of step 4 stay until --recompute is asked for, which lists what the rules of today change" {
    old_levels
    make_old 4
    old
    at 2026-03-20T10:00
    before="SELECT ticket_id, round, level, supervisor, lead, document, accountability, due, level_began, swept, reply_due
        FROM v_supervision ORDER BY ticket_id, level_began; SELECT id, state, round, lead, level, due FROM v_ticket"
    same "$(sqlite3 old.db "SELECT count(*) FROM supervision") $(sqlite3 old.db "PRAGMA user_version")" "14 4"
    gives 0 "" "" center-check
    same "$(version) $(sql "$before")" "$NEWEST $(sqlite3 old.db "$before")"
    same "$(supervision-list | cut -f 1 | sort | uniq -c | xargs)" "3 1 3 2 3 3 2 4 3 5"
    same "$(sql "SELECT count(*) FROM accountability WHERE ended_at IS NULL")" 4
    held=$(sql .dump)
    sla-check -n --recompute >dry
    same "$(sql .dump)" "$held"
    # 1 was nobody's, and is late for dispatch; 2 and 4 are errands; of 3 commerce was right, and finance has had it
    # since the 4th: due on the 5th; 5 stands
    same "$(cut -f 1,3,6-10 dry | sed 's/T[0-9:]*+08:00//' | tr '\t' ' ')" "1 2026-03-10 revoked yellow lead - nobody
1 2026-03-13 revoked orange lead - nobody
1 2026-03-17 revoked red lead - nobody
1 2026-03-03 fired dispatch-late dispatch center -
2 2026-03-07 revoked yellow lead a1 errand
2 2026-03-12 revoked orange lead a1 errand
2 2026-03-14 revoked red lead a1 errand
3 2026-03-04 revoked yellow lead commerce excused
3 2026-03-11 moved orange lead finance -
3 2026-03-13 reply-moved orange lead finance -
3 2026-03-13 moved red lead finance -
3 2026-03-16 reply-moved red lead finance -
3 2026-03-06 fired yellow lead finance -
4 2026-03-07 revoked yellow lead justice errand
4 2026-03-12 revoked orange lead justice errand"
    sla-check --recompute >done
    same "$(cat done)" "$(cat dry)"
    same "$(supervision-list | cut -f 1-4 | sort | tr '\t' ' ')" "1 dispatch-late business-environment-office center
3 orange business-environment-office finance
3 red discipline-commission finance
3 yellow center finance
5 orange business-environment-office tax
5 red discipline-commission tax
5 yellow center tax"
    same "$(sql "SELECT group_concat(s.ticket_id) FROM accountability a JOIN supervision s ON s.id = a.supervision_id
        WHERE a.ended_at IS NULL")" 3,5
    gives 0 "" "" center-check
    gives 0 "" "" sla-check --recompute
}

# The events of a center of step 5: they did not tell short names, drafts, answers, nor new ids.
forget_records() {
    sqlite3 "$1" "DROP TRIGGER event_is_fixed; DROP TRIGGER event_is_kept;
        UPDATE event SET data = json_remove(data, '\$.id', '\$.short')
         WHERE type IN ('org-added', 'org-changed', 'enterprise-added', 'policy-viewed');
        UPDATE event SET data = json_remove(data, '\$.draft', '\$.tickets', '\$.of')
         WHERE type IN ('consultation-opened', 'survey-supervised');
        UPDATE event SET data = json_remove(data, '\$.first', '\$.sent') WHERE type = 'policy-pushed';
        DELETE FROM event WHERE type = 'survey-answered'"
    sed -n '/^CREATE TRIGGER event_is_fixed/,/^END;/p; /^CREATE TRIGGER event_is_kept/,/^END;/{p;/^END;/q}' \
        "$TREE/common/schema.sql" | sqlite3 "$1"
}

@test "records of step 5: a clean check, the log says once how they stood, and from then on it is held to that" {
    export QIFU_DB=$T/new.db
    at 2026-03-09T09:00
    center-init -q --demo
    {
        org-add --code c1 --name 甲局 --short 甲 --group utility
        enterprise-add --code $A --name 甲公司 --staff 30 --tag 高新技术企业
        association-add --code a1 --name 甲协会 --members $A --classes loans
        liaison-add --name 张三 --org tax --enterprise $A
        echo 第一条 >draft
        consult-open --title 办法 --draft draft --from tax --until 2026-03-13 --to justice
        consult-answer --by justice --text 一 办法
        seq 12 | sed 's/.*/&,loans,tax,1/; 1i 编号,类型,部门,评分' | survey-add --source x --csv -
        survey-supervise
        papers 1 1 | policy-add -q --csv -
        policy-record --type viewed p1
        policy-push p1
    } >out
    make_old 5
    export QIFU_DB=$T/center.db
    forget_records old.db
    make_first_form
    old
    at 2026-03-10T09:00
    gives 0 "" "" center-check
    same "$(version) $(sql "SELECT count(*) FROM event WHERE type LIKE '%-stated'")" "$NEWEST 0"
    enterprise-add -q --code $A --staff 31 >out
    same "$(sql "SELECT type, count(*) FROM event WHERE type LIKE '%-stated' GROUP BY type")" "consultation-stated|1
delivery-stated|2
org-stated|$(sql "SELECT count(*) FROM org")
rows-stated|3
survey-stated|12
ticket-stated|2
words-stated|1"
    gives 0 "" "" center-check
    run --separate-stderr center-check --log
    same "$status $stderr" "0 "
    sql "UPDATE consultation SET draft = '第二条'; UPDATE survey_answer SET ticket_id = 1 WHERE id = 12;
        UPDATE push SET at = 1 WHERE id = 2; UPDATE fact SET number = 1 WHERE number = 31000000; DELETE FROM org_name WHERE name = '甲'"
    run --separate-stderr center-check
    same "$status $stderr" "1 "
    same "$output" "organisations	$(sql "SELECT id FROM org WHERE code = 'c1'")	甲: the row is nothing, its events give one
enterprises	1	$A staff 2026-03-10: number is 1, its events give 31000000
surveys	12	x 12: ticket_id is 1, its events give 2
consultations	1	办法: draft is 第二条, its events give 第一条
deliveries	2	p1 to a1: at is 1, its events give $(sql "SELECT at FROM push WHERE id = 1")"
}

@test "of tickets of before what was received can be erased; a text that an old digest covers stays" {
    at 2026-03-02T09:00
    center-init -q --demo -d new.db
    ticket-new -q -d new.db --title 旧工单 --contact 欧阳锋 --phone 13905161234 >out
    ticket-new -q -d new.db --title 另一件 --contact 欧阳锋 >out
    ticket-note -q -d new.db --text 欧阳锋来电 2 >out
    make_old 7
    make_first_form
    old
    at 2026-03-03T09:00
    noted=$(sql "SELECT id FROM event WHERE type = 'noted'")
    run --separate-stderr record-erase --law 法 --reason 本人申请 --name 欧阳锋 --phone 13905161234
    same "$status $stderr" "2 record-erase: 2: event $noted is of before the upgrade, and its digest covers the text itself"
    same "$(sql 'SELECT contact, phone FROM ticket ORDER BY id')" '（已依法删除）|（已依法删除）
欧阳锋|'
    gives 0 "" "" center-check -q
    run -0 center-check --log
}
