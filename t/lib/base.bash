# Loaded by every test file: pins the world (locale, time zone, clock, input) and names the tree.
# A test gets an empty folder of its own, $T, and a database path in $QIFU_DB that does not exist.

bats_require_minimum_version 1.5.0

TREE=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
DATA=$TREE/../shared/data # real data, where it is at hand (see need_data)
BIN=${QIFU_BIN:-$TREE/build/bin}
export PATH="$BIN:$PATH" LC_ALL=C TZ=UTC
export QIFU_CONFIG=$TREE/share
unset XDG_DATA_HOME QIFU_NOW QIFU_MEMBER QIFU_WEB QIFU_MAIL SUDO_UID

setup() {
    # each program has many tests, and a look into it costs three times as much
    if [ -n "${SANITIZE-}" ] && [ -z "${QIFU_THOROUGH-}" ] && ((BATS_SUITE_TEST_NUMBER % 3 != 1)); then
        skip "make SANITIZE=1 check-thorough has it"
    fi
    T=$BATS_TEST_TMPDIR
    export QIFU_DB=$T/center.db HOME=$T
    if [ -n "${QIFU_TEST_SERVER-}" ]; then
        SERVED=t$BATS_SUITE_TEST_NUMBER
        QIFU_DB="postgresql://qifu@/$SERVED?host=$QIFU_TEST_SERVER"
        export QIFU_WEB=$T/web QIFU_MAIL=$T/mail # a server's database has no folder beside it
    fi
    cd "$T" || return 1
    exec </dev/null
    # bats notes where it is before each command, which costs half a millisecond; here only for the
    # lines of the tests themselves, not for what they call (--trace follows those too).
    [ "${BATS_TRACE_LEVEL:-0}" -gt 0 ] || set +T
}

teardown() { drop_served; }
drop_served() { [ ! -e "$T/.served" ] || server "DROP DATABASE $SERVED WITH (FORCE)"; }

# The clock of a test: at TIME.
at() { export QIFU_NOW=$1; }

# A fresh center, a demo whose clock `at` sets: a copy of one that the first test at this time has
# made with center-init. Where no time is set it was made long ago, since its log never goes back.
center() {
    local made="$BATS_RUN_TMPDIR/center at ${QIFU_NOW:-}.db" mine
    if served; then
        center_on_server
        return
    fi
    if [ -e "$QIFU_DB" ] || [ "$QIFU_CONFIG" != "$TREE/share" ]; then
        QIFU_NOW=${QIFU_NOW:-2007-01-01} center-init -q --demo
        return
    fi
    if [ ! -e "$made" ]; then
        mine=$made.$BASHPID # the other files' tests run at once
        QIFU_NOW=${QIFU_NOW:-2007-01-01} center-init -q --demo -d "$mine" && mv "$mine" "$made" || return
    fi
    cp "$made" "$QIFU_DB"
}

# ---- where the tests run on a server (make check DATABASE=postgresql); see t/postgres

# Runs SQL in the server's own database.
server() { PGOPTIONS="-c client_min_messages=warning" psql -q -v ON_ERROR_STOP=1 -h "$QIFU_TEST_SERVER" -U qifu -d postgres -c "$1" 2>>"${TMPDIR:-/tmp}/server.err"; }

# The test's database, as a copy of the one called $1.
copy_on_server() {
    [ ! -e "$T/.served" ] || server "DROP DATABASE $SERVED WITH (FORCE)"
    server "CREATE DATABASE $SERVED TEMPLATE $1" && : >"$T/.served"
}

# Only center-init makes a center; its database must be there.
on_server() { [ -e "$T/.served" ] || copy_on_server qifu_empty; }

center_on_server() {
    local made name
    if [ -e "$T/.served" ] || [ "$QIFU_CONFIG" != "$TREE/share" ]; then
        QIFU_NOW=${QIFU_NOW:-2007-01-01} center-init -q --demo
        return
    fi
    # who is first at this time makes the one that is copied
    name=c$(printf '%s' "$BATS_RUN_TMPDIR ${QIFU_NOW:-}" | md5sum | cut -c 1-16)
    made="$BATS_RUN_TMPDIR/$name"
    if [ ! -e "$made" ]; then
        QIFU_NOW=${QIFU_NOW:-2007-01-01} center-init -q --demo || return
        # one of the files' tests that run at once; the others have one of their own
        if mkdir "$made.lock" 2>/dev/null; then
            server "CREATE DATABASE $name TEMPLATE $SERVED" && : >"$made"
        fi
        return
    fi
    copy_on_server "$name"
}

if [ -n "${QIFU_TEST_SERVER-}" ]; then
    # Debian's psql is a script that looks for the right one, which costs more than what it asks.
    for place in /usr/lib/postgresql/*/bin; do
        [ ! -x "$place/psql" ] || QIFU_PSQL=$place/psql
    done
    psql() { "${QIFU_PSQL:-$(type -P psql)}" "$@"; }
    center-init() {
        if [[ " $* " == *" -d"* || " $* " == *" -h "* || $QIFU_DB != *"$QIFU_TEST_SERVER" ]]; then
            command center-init "$@"
        else
            on_server && command center-init "$@" && { psql -qX "$QIFU_DB" -c 'SELECT test.in_order()' >"$T/.in_order" 2>&1 || :; } # another may do it too
        fi
    }
fi

# The shell of PostgreSQL, for `sql`: no keys are looked after, as in the sqlite3 shell; a truth is 1
# or 0, and a number with a fraction shows one.
sql_on_server() {
    local sql=$1 one
    if [[ $sql == SELECT*";"* ]]; then # each with its own columns
        while IFS= read -r -d ';' one; do sql_on_server "$one" || return; done <<<"$sql;"
        return
    fi
    case $sql in
    .dump) sql="SELECT test.everything()" ;;
    "PRAGMA user_version") sql="SELECT version FROM qifu_schema" ;;
    "PRAGMA user_version"*=*) sql="UPDATE qifu_schema SET version ${sql#PRAGMA user_version}" ;;
    "PRAGMA integrity_check") sql="SELECT 'ok'" ;;
    esac
    sql=$(sed -E "s/DROP TRIGGER ([a-z_]+)/DROP FUNCTION \1() CASCADE/g; s/PRAGMA [a-z_]*=O[NF]*;//
        s/\bchar\(([0-9]+)\)/chr(\1)/g; s/\bx'([0-9a-f]*)'/'\\\\x\1'/g" <<<"$sql")
    if [[ $sql =~ ^[[:space:]]*(SELECT|WITH) && $sql != *";"* ]]; then
        printf '%s \\gdesc\n\\echo =\n%s;\n' "$sql" "$sql"
    else
        printf '\\echo =\n%s;\n' "$sql"
    fi | PGOPTIONS='-c search_path=test,public -c session_replication_role=replica -c client_min_messages=warning' \
        psql -qAtX -v ON_ERROR_STOP=1 "$QIFU_DB" | awk -F '|' -v OFS='|' '
        !begun { if ($0 == "=") begun = 1; else kind[++columns] = $NF; next }
        {
            for (i = 1; i <= NF && NF == columns; i++)
                if (kind[i] == "boolean" && $i != "") $i = $i == "t"
                else if (kind[i] == "double precision" && $i ~ /^-?[0-9]+$/) $i = $i ".0"
            print
        }'
    return "${PIPESTATUS[1]}"
}

# True where the test's center is on a server.
served() { [[ $QIFU_DB == postgresql:* ]]; }

# Takes the center away.
no_center() {
    if served; then
        [ ! -e "$T/.served" ] || { server "DROP DATABASE $SERVED WITH (FORCE)" && rm "$T/.served"; }
    else
        rm -f "$QIFU_DB" "$QIFU_DB"-wal "$QIFU_DB"-shm
    fi
}

# refuse_inserts TABLE CONDITION MESSAGE: from now on the database refuses such rows (new.COLUMN).
refuse_inserts() {
    if served; then
        sql "CREATE FUNCTION public.refuse_inserts() RETURNS trigger LANGUAGE plpgsql AS \$f\$
            BEGIN IF $2 THEN RAISE EXCEPTION '$3'; END IF; RETURN new; END \$f\$;
            CREATE TRIGGER refuse_inserts BEFORE INSERT ON public.$1 FOR EACH ROW EXECUTE FUNCTION public.refuse_inserts()"
    else
        sql "CREATE TRIGGER refuse_inserts BEFORE INSERT ON $1 WHEN $2 BEGIN SELECT RAISE(ABORT, '$3'); END"
    fi
}

# Skips what a server does not have; says why.
needs_file() { [ -z "${QIFU_TEST_SERVER-}" ] || skip "not on a server: $1"; }

# keep FILE: keeps the center as it now is; back FILE: it is so again. On a server the file holds the
# name of a copy.
keep() {
    local name
    if ! served; then
        cp "$QIFU_DB" "$1"
        return
    fi
    name=k$(printf '%s' "$PWD/$1" | md5sum | cut -c 1-16)
    server "DROP DATABASE IF EXISTS $name" && server "CREATE DATABASE $name TEMPLATE $SERVED" && echo "$name" >"$1"
}
back() {
    if served; then
        copy_on_server "$(cat "$1")"
    else
        no_center && cp "$1" "$QIFU_DB"
    fi
}

# ----

# call COMMAND...: its $status, $output and $stderr, as `run --separate-stderr` has them, at less
# than half the cost; $lines are not set.
call() {
    status=0
    output=$("$@" 2>"$T/.stderr") || status=$?
    IFS= read -r -d '' stderr <"$T/.stderr" || true
    while [[ $stderr == *$'\n' ]]; do stderr=${stderr%$'\n'}; done
}

# gives STATUS STDOUT STDERR COMMAND...
gives() {
    local status_=$1 out_=$2 err_=$3 i # bats' run leaves its own i behind
    shift 3
    call "$@"
    same "$output" "$out_" && same "$stderr" "$err_" && same "$status" "$status_"
}

# Runs a pipeline or a compound command under a shell that does not hide failures.
sh_run() { run --separate-stderr bash -c "set -o pipefail; $1"; }

# Skips where real data is not at hand.
need_data() { [ -e "$DATA/$1" ] || skip "real data not at hand (../shared/data)"; }

# Skips where script(1) cannot make a terminal: there is no such program, or no devpts.
need_terminal() {
    script -qec true "$T/typescript" >"$T/terminal" 2>&1 </dev/null || skip "no terminal can be made by script(1)"
}

# sample WORD...: all of them in a thorough run (make check-thorough), else each third: what one shared
# piece of code answers for every program is asked of some.
sample() {
    local i=0 word
    for word; do
        if [ -n "${QIFU_THOROUGH-}" ] || ((i % 3 == 1)); then echo "$word"; fi
        i=$((i + 1))
    done
}

# What takes long and is of the machine, not of the programs' words: in a thorough run alone.
thorough() {
    [ -n "${QIFU_THOROUGH-}" ] || skip "make check-thorough has it"
}

# All programs; and the right call of each (t/lib/programs), in $good by its name.
programs() { ls "$BIN"; }
load_programs() {
    local name call soon
    declare -gA good=()
    soon=$(date -d '30 days' +%F)
    while read -r name call; do
        [[ $name != \#* ]] || continue
        call=${call//'$TREE'/$TREE}
        good[$name]=${call//'$SOON'/$soon}
    done <"$TREE/t/lib/programs"
}

# A center with a ticket in every state that the calls of t/lib/programs are right for.
every_state() {
    center
    for _ in 1 2 3 4; do
        ticket-new -q --title x >out
    done
    ticket-route -q --to tax 2 3 4 >out
    ticket-answer -q --text x 3 >out
    ticket-suspend -q --reason 等待上级批复 --basis y 4 >out
    ticket-suspend -q --approve 4 >out
    ticket-new -q --title x --at 2020-03-02 >out # 5 is overdue, and supervised
    ticket-route -q --by city-government-office --to tax --at 2020-03-02 5 >out
    ticket-new -q --title x --at 2020-03-02 | ticket-route -q --by city-government-office --to tax --at 2020-03-02 - >out
    ticket-answer -q --by tax --text x --at 2020-03-03 6 >out # 6 was answered, entered late
    escalate >out
    supervision-reply -q --level yellow --text x 5 >out # 1 is replied to, and accountability 1 is open
    echo draft >draft # one is out, and an opinion came back
    consult-open -q --title x --draft draft --from tax --until "$(date -d '30 days' +%F)" --to tax >out
    consult-answer -q --by tax --text x 1 >out
    ticket-new -q --title x | ticket-confer -q --reason x - | # ruling 1
        ticket-confer -q --lead tax --basis x --words 税务 - >out
    for wave in 2019-H2 2020-H1; do
        ballot-add -q --wave $wave --voter x --unit tax --score 5 >out
    done
    register-add -q --field number=1 --field title=x --field lead=tax problems >out # entry 1
    mkdir -p Maildir/new Maildir/cur
    log-key log.example log.key >log.pub
    log-key --witness witness.example witness.key >witness.pub
    log-head -k log.key >log.head
}

# One value out of the database.
sql() {
    if served; then
        sql_on_server "$1"
    else
        sqlite3 "$QIFU_DB" "$1"
    fi
}

# Fails with both values shown, and the functions in which that was.
same() {
    [ "$1" = "$2" ] && return 0
    local i
    for ((i = 1; i < ${#FUNCNAME[@]}; i++)); do
        [[ ${FUNCNAME[i]} != test_* ]] || break
        printf 'in %s, line %s\n' "${FUNCNAME[i]}" "${BASH_LINENO[i - 1]}" >&2
    done
    printf 'got:      %s\nexpected: %s\n' "$1" "$2" >&2
    return 1
}
