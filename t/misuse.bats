#!/usr/bin/env bats
# What every program answers to misuse: the exit status, and one line on standard error.

load lib/base
load_programs

# A program that dies leaves its memory to the system: the leak sanitizer would call that a leak.
export ASAN_OPTIONS=detect_leaks=0

alone="calendar-check log-cosign log-key log-verify" # read no configuration
bare="$alone workday"                                # open no database

is_alone() { [[ " $alone " == *" $1 "* ]]; }
is_bare() { [[ " $bare " == *" $1 "* ]]; }

# refuses STATUS PATTERN COMMAND...: nothing on standard output, one line on standard error.
refuses() {
    local status_=$1 pattern_=$2
    shift 2
    call "$@"
    same "$*: $status $output" "$*: $status_ " || return
    [[ $stderr && $stderr != *$'\n'* ]] || same "$*: $stderr" "$*: one line" || return
    # shellcheck disable=SC2053
    [[ $stderr == $pattern_ ]] || same "$stderr" "$pattern_"
}

@test "-h prints usage, -V the version, on standard output" {
    for p in $(sample $(programs)); do
        for option in -h --help; do
            call "$p" $option
            same "$p $option: $status $stderr" "$p $option: 0 "
            [[ $output =~ ^"usage: $p"[[:blank:]] ]] || same "$output" "usage: $p ..."
            same "$(grep -c "^common to all programs" <<<"$output")" 1
            # no line is wider than a terminal
            same "$p: $(awk 'length > 100' <<<"$output")" "$p: "
        done
        for option in -V --version; do
            call "$p" $option
            same "$status $stderr$output" "0 $p (qifu) ${output##* }"
        done
        # neither needs a database, a configuration or a home
        call env -i "$BIN/$p" -h -d /nowhere -C /nowhere
        same "$p: $status $stderr" "$p: 0 "
    done
}

@test "every program refuses an unknown option" {
    for p in $(sample $(programs)); do
        refuses 2 "$p: unknown option \"-x\"; see $p -h" "$p" -x
        refuses 2 "$p: unknown option \"--no-such-thing\"; see $p -h" "$p" --no-such-thing
        refuses 2 "$p: unknown option \"--databse\" (did you mean --database?); see $p -h" \
            "$p" --databse=x ${good[$p]}
    done
}

@test "an option without its argument" {
    for p in $(sample $(programs)); do
        for option in d C F; do
            refuses 2 "$p: option --* needs an argument; see $p -h" "$p" -$option
        done
        for option in database config now format; do
            refuses 2 "$p: option --$option needs an argument; see $p -h" "$p" ${good[$p]} --$option
        done
        # and every option of its own that takes one
        for option in $("$p" -h | sed -n 's/^  .. *\(--[a-z-]*\) [A-Z].*/\1/p'); do
            refuses 2 "$p: option $option needs an argument; see $p -h" "$p" ${good[$p]} $option
        done
    done
}

@test "a wrong format, a wrong time" {
    for p in $(sample $(programs)); do
        refuses 2 "$p: unknown format \"xml\" (*); see $p -h" "$p" -F xml ${good[$p]}
        if [ "$p" = calendar-check ]; then continue; fi # it asks for no time
        refuses 2 "$p: not a time: \"soon\" (write 2020-05-27 or 2020-05-27T09:00)*" \
            "$p" --now soon ${good[$p]}
    done
}

@test "a wrong number of operands" {
    center
    for p in center-init center-check org-add enterprise-add enterprise-list association-add liaison-add ticket-new ticket-list survey-add survey-list survey-supervise; do
        refuses 2 "$p: no operand is expected*; see $p -h" "$p" ${good[$p]} one
    done
    refuses 2 "calendar-check: name the files to check; see calendar-check -h" calendar-check
    refuses 2 "ticket-show: name the tickets to show; see ticket-show -h" ticket-show
    refuses 2 "report-monthly: name one month, YYYY-MM; see report-monthly -h" report-monthly
    refuses 2 "report-monthly: name one month, YYYY-MM; see report-monthly -h" report-monthly 2026-01 2026-02
    refuses 2 "workday: *; see workday -h" workday
    refuses 2 "workday: *; see workday -h" workday add 2026-01-01
    refuses 2 "workday: *; see workday -h" workday is 2026-01-01 2026-01-02
    refuses 2 "ticket-new: --title is missing; see ticket-new -h" ticket-new
    refuses 2 "org-add: --code is missing; see org-add -h" org-add
    refuses 2 "enterprise-add: --code is missing; see enterprise-add -h" enterprise-add
    refuses 2 "enterprise-show: name the enterprises to show; see enterprise-show -h" enterprise-show
    refuses 2 "association-add: --code is missing; see association-add -h" association-add
    refuses 2 "association-list: --members takes no other option; see association-list -h" association-list --members a b
    refuses 2 "liaison-add: --name is missing; see liaison-add -h" liaison-add
    refuses 2 "liaison-list: --unpaired goes only with --tag and --region; see liaison-list -h" \
        liaison-list --unpaired 1
    refuses 2 "policy-add: name the files, one policy each, or a table with --csv; see policy-add -h" policy-add
    refuses 2 "policy-list: no operand is expected; policy-show shows a policy; see policy-list -h" policy-list x
    refuses 2 "policy-show: name the policies to show; see policy-show -h" policy-show
    refuses 2 "policy-match: name an enterprise, a policy, --where or --all; see policy-match -h" policy-match
    refuses 2 "policy-match: one of --all, --where and policies; see policy-match -h" policy-match --all p1
    refuses 2 "policy-record: name the policies, or a file with --csv; see policy-record -h" policy-record
    refuses 2 "policy-check: --by-org goes without --only and policies; see policy-check -h" \
        policy-check --by-org x
    refuses 2 "policy-source: --looked: name the sources, or give --all; see policy-source -h" policy-source --looked
    refuses 2 "consult-report: name one consultation; see consult-report -h" consult-report
    refuses 2 "consult-decide: name the opinions; see consult-decide -h" consult-decide --adopt --reason x
    refuses 2 "org-list: --group goes without organisations; see org-list -h" org-list --group utility tax
}

@test "every program says that the database is missing" {
    for p in $(sample $(programs)); do
        if is_bare "$p" || [ "$p" = center-init ]; then continue; fi
        refuses 2 "$p: $T/none.db: no database there; center-init creates one" \
            "$p" -d "$T/none.db" ${good[$p]}
        run -1 test -e "$T/none.db"
    done
}

@test "no way to name the database" {
    for p in $(sample $(programs)); do
        if is_bare "$p"; then continue; fi
        refuses 2 "$p: no database is named: give -d FILE or set QIFU_DB" \
            env -i QIFU_CONFIG="$QIFU_CONFIG" "$BIN/$p" ${good[$p]}
    done
}

@test "every program says that the configuration is missing" {
    center
    for p in $(sample $(programs)); do
        if is_alone "$p"; then continue; fi
        refuses 2 "$p: $T/nowhere/center.yaml: No such file or directory; name the configuration's directory with -C or QIFU_CONFIG" \
            "$p" -C "$T/nowhere" ${good[$p]}
    done
}

@test "a broken configuration is named with file and line" {
    center
    cp -r "$TREE/share" share
    sed -i '3i colour: red' share/center.yaml
    for p in $(sample $(programs)); do
        if is_alone "$p"; then continue; fi
        refuses 2 "$p: $T/share/center.yaml:*" "$p" -C "$T/share" ${good[$p]}
    done
}

@test "a database of a newer schema is refused by name, and left as it is" {
    center
    newest=$(sql "PRAGMA user_version")
    sql "PRAGMA user_version = $((newest + 1))"
    for p in $(sample $(programs)); do
        if is_bare "$p"; then continue; fi
        refuses 2 "$p: $QIFU_DB: its schema is version $((newest + 1)), this program knows $newest: install the newer qifu" \
            "$p" ${good[$p]}
    done
    same "$(sql "PRAGMA user_version")" $((newest + 1))
}

@test "what is no database, a folder, a database of something else" {
    head -c 8192 /dev/zero | tr '\0' 'x' >text
    sqlite3 foreign.db "CREATE TABLE cookies (host TEXT); INSERT INTO cookies VALUES ('x')"
    sqlite3 foreign-1.db "CREATE TABLE cookies (host TEXT); PRAGMA user_version = 1"
    sqlite3 foreign-9.db "CREATE TABLE cookies (host TEXT); PRAGMA user_version = 9"
    : >empty
    mkdir folder
    sum=$(cat text foreign*.db | sha256sum)
    for p in $(sample $(programs)); do
        if is_bare "$p"; then continue; fi
        refuses 2 "$p: text: *file is not a database" "$p" -d text ${good[$p]}
        refuses 2 "$p: folder: this is a folder, not a file" "$p" -d folder ${good[$p]}
        for file in foreign.db foreign-1.db foreign-9.db; do
            if [ "$p" = center-init ]; then
                refuses 2 "$p: $file: this is a database of something else" "$p" -d $file
            else
                refuses 2 "$p: $file: not a center's database; center-init creates one" \
                    "$p" -d $file ${good[$p]}
            fi
        done
        if [ "$p" != center-init ]; then
            refuses 2 "$p: empty: not a center's database; center-init creates one" "$p" -d empty ${good[$p]}
        fi
    done
    same "$(cat text foreign*.db | sha256sum)" "$sum"
    same "$(wc -c <empty)" 0
}

@test "a database that may not be read" {
    [ "$(id -u)" -ne 0 ] || skip "root may read everything"
    center
    chmod 000 "$QIFU_DB"
    for p in $(sample $(programs)); do
        if is_bare "$p"; then continue; fi
        refuses 2 "$p: $QIFU_DB: *" "$p" ${good[$p]}
    done
}
