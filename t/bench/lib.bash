# What the benchmarks share: a directory of their own, and how time and memory are taken.

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit
export LC_ALL=C TZ=UTC
unset QIFU_NOW QIFU_DB

# TIMED NAME COMMAND...: adds the seconds that the command took to the list of NAME.
timed() {
    local name=$1 start end
    shift
    start=$EPOCHREALTIME
    "$@" >/dev/null
    end=$EPOCHREALTIME
    echo $((${end/./} - ${start/./})) >>"$name.times"
}

median() { # NAME: in seconds
    sort -n "$1.times" | awk '{ t[NR] = $1 } END { print (t[int((NR + 1) / 2)] + t[int(NR / 2) + 1]) / 2e6 }'
}

compare() { # WHAT A B UNIT: two medians and their ratio
    awk -v what="$1" -v a="$2" -v b="$3" -v a_time="$(median "$2")" -v b_time="$(median "$3")" \
        -v unit="$4" 'BEGIN {
            scale = unit == "ms" ? 1000 : 1
            printf "%-44s %s %.2f %s, %s %.2f %s: %.2f times\n", what, a, a_time * scale, unit,
                b, b_time * scale, unit, a_time / b_time
        }'
}

# The most memory that a command held, in MiB.
peak() {
    local pid peak=0 now
    "$@" >/dev/null &
    pid=$!
    while now=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ]; do
        peak=$now
        sleep 0.02
    done
    wait "$pid"
    awk -v kib="$peak" 'BEGIN { printf "%.1f MiB", kib / 1024 }'
}

copy() { # FROM TO: a database that is closed
    rm -f "$2" "$2-wal" "$2-shm"
    cp "$1" "$2"
    sync "$2" # or the first commit would pay for the copy
}
