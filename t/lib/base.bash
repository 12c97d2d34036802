# Loaded by every test file: pins the world (locale, time zone, clock, input) and names the tree.
# A test gets an empty folder of its own, $T, and a database path in $QIFU_DB that does not exist.

bats_require_minimum_version 1.5.0

TREE=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
DATA=$TREE/../shared/data # real data, where it is at hand (see need_data)
BIN=${QIFU_BIN:-$TREE/build/bin}
export PATH="$BIN:$PATH" LC_ALL=C TZ=UTC
export QIFU_CONFIG=$TREE/share
unset XDG_DATA_HOME QIFU_NOW

setup() {
    # each program has many tests, and a look into it costs three times as much
    if [ -n "${SANITIZE-}" ] && [ -z "${QIFU_THOROUGH-}" ] && ((BATS_SUITE_TEST_NUMBER % 3 != 1)); then
        skip "make SANITIZE=1 check-thorough has it"
    fi
    T=$BATS_TEST_TMPDIR
    export QIFU_DB=$T/center.db HOME=$T
    cd "$T" || return 1
    exec </dev/null
    # bats notes where it is before each command, which costs half a millisecond; here only for the
    # lines of the tests themselves, not for what they call (--trace follows those too).
    [ "${BATS_TRACE_LEVEL:-0}" -gt 0 ] || set +T
}

# The clock of a test: at TIME.
at() { export QIFU_NOW=$1; }

# A fresh center, a demo whose clock `at` sets: a copy of one that the first test at this time has
# made with center-init. Where no time is set it was made long ago, since its log never goes back.
center() {
    local made="$BATS_RUN_TMPDIR/center at ${QIFU_NOW:-}.db" mine
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
}

# One value out of the database.
sql() { sqlite3 "$QIFU_DB" "$1"; }

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
