# Loaded by every test file: pins the world (locale, time zone, clock, input) and names the tree.
# A test gets an empty folder of its own, $T, and a database path in $QIFU_DB that does not exist.

bats_require_minimum_version 1.5.0

TREE=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
DATA=$TREE/../shared/data # real data, where it is at hand (see need_data)
BIN=${QIFU_BIN:-$TREE/build/bin}
export PATH="$BIN:$PATH" LC_ALL=C TZ=UTC
export QIFU_CONFIG=$TREE/share
unset XDG_DATA_HOME QIFU_NOW

setup() {
    T=$BATS_TEST_TMPDIR
    export QIFU_DB=$T/center.db HOME=$T
    cd "$T" || return 1
    exec </dev/null
}

# The clock of a test: at TIME.
at() { export QIFU_NOW=$1; }

# A fresh center.
center() { center-init -q; }

# Runs a pipeline or a compound command under a shell that does not hide failures.
sh_run() { run --separate-stderr bash -c "set -o pipefail; $1"; }

# Skips, by name, where real data is not at hand.
need_data() { [ -e "$DATA/$1" ] || skip "real data not at hand: $1"; }

# One value out of the database.
sql() { sqlite3 "$QIFU_DB" "$1"; }

# Fails with both values shown.
same() {
    [ "$1" = "$2" ] && return 0
    printf 'got:      %s\nexpected: %s\n' "$1" "$2" >&2
    return 1
}
