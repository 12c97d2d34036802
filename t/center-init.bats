#!/usr/bin/env bats
# center-init: making a center, bringing it up to date, and refusing a faulty configuration.

load lib/base

# A copy of the configuration in ./share, to be changed.
own_config() {
    rm -rf share
    cp -r "$TREE/share" share
    export QIFU_CONFIG=share
}

ORGANISATIONS=$(grep -c '^  - code:' "$BATS_TEST_DIRNAME/../share/organisations.yaml")

# faulty STDERR: center-init refuses ./share with these lines and leaves no database; mended, the
# same command makes one.
faulty() {
    gives 2 "" "$(sed 's/^/center-init: /' <<<"$1")" center-init
    same "$(compgen -G 'center.db*')" ""
    own_config
    gives 0 "$QIFU_DB"$'\tcreated\t'"$ORGANISATIONS organisations added, 0 changed" "" center-init
    no_center
}

# spoil FILE SED-SCRIPT: changes a file of ./share, which must change by it.
spoil() {
    sed -i.before "$2" "share/$1"
    run ! cmp -s "share/$1" "share/$1.before"
    rm "share/$1.before"
}

# The line number in ./share/$1 of the first line that matches $2.
line() { grep -n -m 1 -- "$2" "share/$1" | cut -d : -f 1; }

@test "makes a folder and the file; a second run is harmless" {
    needs_file "t/postgresql.bats has it"
    export QIFU_DB=$T/a/center.db
    gives 0 "$QIFU_DB"$'\tcreated\t'"$ORGANISATIONS organisations added, 0 changed" "" center-init
    same "$(ls -A a)" center.db
    same "$(sql 'SELECT count(*) FROM org')" "$ORGANISATIONS"
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'center-created'")" 1
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'org-added'")" "$ORGANISATIONS"
    same "$(sql 'PRAGMA journal_mode; PRAGMA user_version; PRAGMA foreign_key_check')" \
        "wal"$'\n'"$(grep -c '^-- step' "$TREE/common/schema.sql")"
    before=$(sql .dump | sha256sum)
    gives 0 "$QIFU_DB"$'\tup to date\t0 organisations added, 0 changed' "" center-init
    same "$(sql .dump | sha256sum)" "$before"
    gives 0 "" "" center-init -q
    same "$(sql .dump | sha256sum)" "$before"
}

@test "the database is named by -d, QIFU_DB, XDG_DATA_HOME or HOME" {
    needs_file "files are named"
    gives 0 "" "" center-init -q -d by-option.db
    [ -e by-option.db ] && [ ! -e "$QIFU_DB" ]
    unset QIFU_DB
    gives 0 "" "" env XDG_DATA_HOME="$T/xdg" center-init -q
    [ -e xdg/qifu/center.db ]
    gives 0 "" "" center-init -q
    [ -e .local/share/qifu/center.db ]
    gives 2 "" "center-init: no database is named: give -d FILE or set QIFU_DB" \
        env -u HOME center-init -q
}

@test "the words of the configuration land in label and setting" {
    center-init -q
    same "$(sql "SELECT name, value FROM setting ORDER BY name")" \
        $'center|徐州市企业服务中心\nutc_offset|28800\nutc_offset_text|+08:00'
    same "$(sql "SELECT domain, count(*) FROM label GROUP BY domain ORDER BY domain")" \
        $'channel|8\nkind|9\nlevel|5\nregion|14'
    same "$(sql "SELECT name FROM label WHERE code IN ('policy-consultation', 'hotline', '320371',
        'red') ORDER BY domain")" $'12345热线\n政策咨询\n红色\n徐州经济技术开发区'
    own_config
    spoil center.yaml 's/name: 政策咨询/name: 问政策/; s/^center: .*/center: 一个中心/
        s/^timezone: .*/timezone: "+05:30"/'
    gives 0 "$QIFU_DB"$'\tup to date\t0 organisations added, 0 changed' "" center-init
    same "$(sql "SELECT name FROM label WHERE code = 'policy-consultation'")" 问政策
    same "$(sql "SELECT name, value FROM setting ORDER BY name")" \
        $'center|一个中心\nutc_offset|19800\nutc_offset_text|+05:30'
}

@test "a changed and a new organisation are brought in, contacts of org-add stay" {
    center-init -q
    org-add --code center --name 徐州市企业服务中心 --group supervisor --contact 王 >added
    own_config
    spoil organisations.yaml '0,/name: 徐州市营商办/s//name: 徐州市营商环境办/'
    printf '  - code: new-one\n    name: 新单位\n    group: county\n' >>share/organisations.yaml
    gives 0 "$QIFU_DB"$'\tup to date\t1 organisations added, 1 changed' "" center-init
    same "$(sql "SELECT name FROM org WHERE code = 'business-environment-office'")" 徐州市营商环境办
    same "$(sql "SELECT contact FROM org WHERE code = 'center'")" 王
}

@test "-n changes nothing and still finds faults in the files" {
    gives 0 "$QIFU_DB"$'\t徐州市企业服务中心' "" center-init -n
    same "$(compgen -G 'center.db*')" ""
    own_config
    printf '  - code: center\n    name: 另一个\n    group: county\n' >>share/organisations.yaml
    run --separate-stderr center-init -n
    same "$status$output" 2
    same "$(compgen -G 'center.db*')" ""
}

@test "faults in center.yaml are named with their lines" {
    own_config
    spoil center.yaml 's/^remind_before:/remind_befor:/'
    faulty "share/center.yaml:12: unknown key \"remind_befor\" (did you mean remind_before?)"
    spoil center.yaml '/^kinds:/,/^default_channel/{/^default_channel/!d}'
    faulty "share/center.yaml:3: \"kinds\" is missing
share/center.yaml:17: no such kind: \"other\"
share/center.yaml:$(line center.yaml '  kind: complaint'): no such kind: \"complaint\""
    spoil center.yaml 's/"24:00"/"24:01"/'
    faulty "share/center.yaml:7: \"day_end\" must be a time such as \"24:00\" or \"17:30\""
    spoil center.yaml 's/"24:00"/1730/'
    faulty "share/center.yaml:7: \"day_end\" must be a time such as \"24:00\" or \"17:30\""
    spoil center.yaml 's,Asia/Shanghai,Asia/Xuzhou,'
    faulty "share/center.yaml:5: unknown time zone \"Asia/Xuzhou\" (a name such as Asia/Shanghai, or +08:00)"
    spoil center.yaml 's/^    after: 5/    after: 3/'
    faulty "share/center.yaml:$(($(line center.yaml '    after: 3') + 4)): a level must begin after the one before it"
    spoil center.yaml 's/^default_kind: other/default_kind: othr/'
    faulty "share/center.yaml:17: no such kind: \"othr\""
    spoil center.yaml 's/^default_channel: window/default_channel: windw/'
    faulty "share/center.yaml:$(line center.yaml ^default_channel): no such channel: \"windw\""
    spoil center.yaml '0,/    days: 1/{/    days: 1/d}'
    faulty "share/center.yaml:19: \"days\" is missing"
    spoil center.yaml 's/^rest_day_receipt: counts-as-is/rest_day_receipt: tomorrow/'
    faulty "share/center.yaml:8: \"rest_day_receipt\" must be counts-as-is or next-working-day"
}

@test "every fault is reported, not the first alone" {
    own_config
    spoil center.yaml 's/^remind_before: 1/remind_before: soon/; s/"24:00"/"7:00"/
        s/^default_kind: other/default_kind: othr/'
    faulty "share/center.yaml:12: \"remind_before\" must be a whole number from 0 to 365
share/center.yaml:7: \"day_end\" must be a time such as \"24:00\" or \"17:30\"
share/center.yaml:17: no such kind: \"othr\""
}

@test "a file that is no YAML or is not there is named" {
    own_config
    echo 'x: [' >>share/center.yaml
    run --separate-stderr center-init
    same "$status$output" 2
    same "${stderr_lines[0]}" "center-init: share/center.yaml:$(($(wc -l <share/center.yaml) + 1)): did not find expected node content while parsing a flow node"
    own_config
    rm share/organisations.yaml
    faulty "share/organisations.yaml: No such file or directory"
    : >share/organisations.yaml
    faulty "share/organisations.yaml:1: the file is empty"
    # it ends where it stands: what it holds then is no leak
    ASAN_OPTIONS=detect_leaks=0 run --separate-stderr center-init -C "$T/nowhere"
    same "$status$output" 2
    [[ $stderr == "center-init: $T/nowhere/center.yaml: No such file or directory"* ]]
}

@test "faults in organisations.yaml are named with their lines" {
    own_config
    end=$(($(wc -l <share/organisations.yaml) + 1))
    first=$(line organisations.yaml '  - code: center')
    spoil organisations.yaml '0,/    group: county/s//    group: country/; 0,/- code: center/s//- cod: center/'
    bad=$(awk '/- code:/ { n = NR } /group: country/ { print n }' share/organisations.yaml)
    faulty "share/organisations.yaml:$first: unknown key \"cod\" (did you mean code?)
share/organisations.yaml:$first: \"code\" is missing
share/organisations.yaml:$bad: no such group: \"country\""
    printf '  - code: center\n    name: 另一个\n    group: county\n' >>share/organisations.yaml
    faulty "share/organisations.yaml:$end: organisation \"center\" is already on line $first"
    printf '  - code: x1\n    name: 市营商办\n    group: county\n' >>share/organisations.yaml
    faulty "share/organisations.yaml:$end: organisation x1: the name \"市营商办\" belongs to organisation business-environment-office
nothing was loaded"
    spoil organisations.yaml '/^groups:/,/^organisations:/{/^organisations:/!d}'
    faulty "share/organisations.yaml:$(line organisations.yaml '^organisations:'): \"groups\" is missing"
    echo 'x: y' >share/organisations.yaml
    faulty "share/organisations.yaml:1: unknown key \"x\" (groups or organisations)
share/organisations.yaml:1: \"groups\" is missing
share/organisations.yaml:1: \"organisations\" is missing"
}

@test "a fault in the catalogue, the kind rules, the headers or the calendar" {
    own_config
    end=$(($(wc -l <share/catalogue.yaml) + 1))
    spoil catalogue.yaml '0,/lead: 市农业农村局/s//lead: 市农业农村厅/'
    faulty "share/catalogue.yaml:31: rule \"farm-supplies\": unknown organisation \"市农业农村厅\" (did you mean 市农业农村局?)"
    printf '  - rule: z\n    when:\n      kind: [othr]\n      channel: [热线]\n    lead: center\n    basis: x\n' \
        >>share/catalogue.yaml
    faulty "share/catalogue.yaml:$end: rule \"z\": no such kind: \"othr\"
share/catalogue.yaml:$end: rule \"z\": no such channel: \"热线\""
    end=$(($(wc -l <share/kind-rules.yaml) + 1))
    printf '  - rule: z\n    kind: gripe\n    title:\n      any: [x]\n' >>share/kind-rules.yaml
    faulty "share/kind-rules.yaml:$end: rule \"z\": no such kind: \"gripe\""
    spoil headers.yaml 's/^ticket:/tickets:/'
    faulty "share/headers.yaml:4: \"ticket\" is missing"
    spoil headers.yaml 's/^  group: /  grop: /'
    faulty "share/headers.yaml:$(line headers.yaml '  grop:'): unknown key \"grop\" (did you mean group?)"
    echo 'off: []' >>share/calendars/china/2026.yaml
    faulty "share/calendars/china/2026.yaml:$(wc -l <share/calendars/china/2026.yaml): unknown key \"off\" (calendar, base, weekend, source, licence, notices, editions or dates)"
    spoil center.yaml '0,/supervisor: center/s//supervisor: centre/'
    run --separate-stderr center-init
    same "$status$output" 2
    [[ $stderr == "center-init: share/center.yaml:"*"level yellow: no organisation \"centre\" to supervise it; org-add adds one" ]]
    same "$(compgen -G 'center.db*')" ""
}

@test "every fault of every file in one run, and nothing is made" {
    # a folder of its own: what other tests draft in the shared one is not ours
    mkdir "$T/tmp" && export TMPDIR=$T/tmp
    own_config
    spoil headers.yaml 's/^ticket:/tickets:/'
    spoil taxonomy.yaml '0,/^classes:/s//clases:/'
    spoil profile.yaml '0,/^tags:/s//tag:/'
    spoil kind-rules.yaml '0,/kind: /s/kind: .*/kind: gripe/'
    spoil sources.yaml '0,/^sources:/s//sorces:/'
    spoil catalogue.yaml '0,/lead: 市农业农村局/s//lead: 市农业农村厅/'
    spoil organisations.yaml '0,/    group: county/s//    group: country/'
    export QIFU_DB=$T/new/center.db
    run --separate-stderr center-init
    same "$status$output" 2
    for file in headers taxonomy profile kind-rules sources organisations; do
        [[ $stderr == *"center-init: share/$file.yaml:"* ]] || same "$stderr" "a fault of $file.yaml"
    done
    [ ! -e "$T/new" ]
    # the names too, where the organisations can be read; the same in a dry run
    own_config
    spoil headers.yaml 's/^ticket:/tickets:/'
    spoil catalogue.yaml '0,/lead: 市农业农村局/s//lead: 市农业农村厅/'
    for option in -q -n; do
        gives 2 "" "center-init: share/headers.yaml:4: \"ticket\" is missing
center-init: share/catalogue.yaml:31: rule \"farm-supplies\": unknown organisation \"市农业农村厅\" (did you mean 市农业农村局?)" \
            center-init $option
    done
    [ ! -e "$T/new" ]
    # what needs center.yaml waits for it, the others are read
    spoil center.yaml 's/^default_kind: other/default_kind: othr/'
    gives 2 "" "center-init: share/center.yaml:17: no such kind: \"othr\"
center-init: share/headers.yaml:4: \"ticket\" is missing" center-init
    same "$(ls -A "$TMPDIR")" ""
}

@test "a fault leaves a center that is there as it was" {
    center-init -q
    before=$(sql 'SELECT * FROM org; SELECT * FROM event; SELECT * FROM org_name' | sha256sum)
    own_config
    printf '  - code: new-one\n    name: 新单位\n    group: county\n' >>share/organisations.yaml
    spoil catalogue.yaml '0,/lead: 市农业农村局/s//lead: 市农业农村厅/'
    run --separate-stderr center-init
    same "$status$output" 2
    same "$(sql 'SELECT * FROM org; SELECT * FROM event; SELECT * FROM org_name' | sha256sum)" "$before"
    own_config
    gives 0 "$QIFU_DB"$'\tup to date\t0 organisations added, 0 changed' "" center-init
}

@test "a catalogue may name an organisation that org-add brought" {
    center-init -q
    org-add --code ours --name 我们单位 --group county >added
    own_config
    spoil catalogue.yaml '0,/lead: 市市场监管局/s//lead: 我们单位/'
    gives 0 "$QIFU_DB"$'\tup to date\t0 organisations added, 0 changed' "" center-init
}

@test "forty at once make one center" {
    thorough
    for i in $(seq 40); do
        center-init >"out.$i" 2>"err.$i" 3>&- && echo 0 >"status.$i" || echo "$?" >"status.$i" &
    done
    wait
    same "$(sort -u status.*)" 0
    same "$(cat err.*)" ""
    same "$(cut -f 2- out.* | sort | uniq -c | sed 's/^ *//')" \
        "1 created"$'\t'"$ORGANISATIONS organisations added, 0 changed
39 up to date"$'\t'"0 organisations added, 0 changed"
    same "$(sql 'SELECT count(*) FROM org')" "$ORGANISATIONS"
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'center-created'")" 1
    served || same "$(sql 'PRAGMA journal_mode') $(ls center.db*)" "wal center.db"
    gives 0 "" "" center-check -q
}

@test "an empty file becomes a center" {
    needs_file "t/postgresql.bats has it"
    : >center.db
    gives 0 "$QIFU_DB"$'\tcreated\t'"$ORGANISATIONS organisations added, 0 changed" "" center-init
}

@test "a file of something else is refused and stays as it is" {
    needs_file "t/postgresql.bats has it"
    echo 'hello, this is a text and no database' >center.db
    cp center.db before
    run --separate-stderr center-init
    same "$status$output" 2
    [[ $stderr == "center-init: $QIFU_DB: "*"file is not a database" ]]
    cmp center.db before
    for version in 0 1 2 7; do
        rm -f center.db*
        sql "CREATE TABLE x (a); INSERT INTO x VALUES (1); PRAGMA user_version=$version"
        cp center.db before
        gives 2 "" "center-init: $QIFU_DB: this is a database of something else" center-init
        cmp center.db before
    done
    rm center.db
    mkdir center.db
    gives 2 "" "center-init: $QIFU_DB: this is a folder, not a file" center-init
}

@test "a newer schema is refused by name" {
    center
    sql 'PRAGMA user_version=99'
    run --separate-stderr center-init
    same "$status$output" 2
    [[ $stderr == "center-init: $QIFU_DB: its schema is version 99, this program knows "*": install the newer qifu" ]]
    same "$(sql 'PRAGMA user_version')" 99
}

@test "where no file can be made" {
    : >file
    gives 2 "" "center-init: file/center.db: cannot create: Not a directory" center-init -d file/center.db
    gives 2 "" "center-init: /proc/nowhere: cannot make the folder: No such file or directory" \
        center-init -d /proc/nowhere/center.db
    mkdir closed
    if [ "$(id -u)" = 0 ]; then
        # root may write anywhere: try as nobody, who must first be let in, and may not see root's home
        chmod go+x "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR/test" "$T"
        cp -r "$QIFU_CONFIG" share
        run --separate-stderr setpriv --reuid=65534 --regid=65534 --clear-groups \
            center-init -C share -d closed/center.db
    else
        chmod 555 closed
        run --separate-stderr center-init -d closed/center.db
    fi
    same "$stderr" "center-init: closed/center.db: cannot create: Permission denied"
    same "$status$output" 2
    same "$(ls -A closed)" ""
}

@test "a slip in a folder's name makes no second center" {
    gives 2 "" "center-init: a/b/c.db: there is no folder a; make it, or correct the name" center-init -d a/b/c.db
    gives 2 "" "center-init: /nonexistent/x/c.db: there is no folder /nonexistent; make it, or correct the name" \
        center-init -d /nonexistent/x/c.db
    [ ! -e a ] && [ ! -e /nonexistent ]
    gives 0 "" "" center-init -q -d a/c.db
}

@test "what is no file is no database and no configuration, and is not waited for" {
    center-init -q
    mkfifo pipe
    for p in center-init ticket-list; do
        gives 2 "" "$p: pipe: this is a fifo, not a file" timeout 10 "$p" -d pipe
        gives 2 "" "$p: /dev/null: this is a device, not a file" timeout 10 "$p" -d /dev/null
        gives 2 "" "$p: $T: this is a folder, not a file" timeout 10 "$p" -d "$T"
        for name in :memory: file:x.db; do
            gives 2 "" "$p: $name: this names no file: a center's database is a file (write ./$name if it is called so)" \
                env QIFU_DB="$name" "$p"
        done
        gives 2 "" "$p: -d: the database's name is empty" "$p" -d ""
    done
    for file in center headers catalogue kind-rules organisations; do
        own_config
        rm share/$file.yaml
        mkfifo share/$file.yaml
        gives 2 "" "center-init: share/$file.yaml: this is a fifo, not a file" timeout 10 center-init
    done
    ASAN_OPTIONS=detect_leaks=0 run --separate-stderr timeout 10 ticket-list -C pipe
    same "$status$output$stderr" "2ticket-list: pipe/center.yaml: Not a directory; name the configuration's directory with -C or QIFU_CONFIG"
    run --separate-stderr bash -c 'ticket-new -q --no-ref --received now --csv <(printf "标题\n甲\n"); printf "标题\n乙\n" | ticket-new -q --no-ref --received now --csv -'
    same "$status$stderr $(cut -f 1 <<<"$output" | xargs)" "0 1 2"
}

@test "a wrong command line is refused, with what would be right" {
    gives 2 "" "center-init: no operand is expected; see center-init -h" center-init x
    run --separate-stderr center-init --fromat tsv
    same "$status$output" 2
    same "$stderr" 'center-init: unknown option "--fromat" (did you mean --format?); see center-init -h'
    if served; then on_server; fi
    gives 2 "" "center-init: cannot write to standard output: No space left on device" \
        bash -c 'center-init >/dev/full'
    gives 0 "" "" center-check -q
}
