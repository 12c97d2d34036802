# Loaded after loop by the tests that kill programs and fill disks.

# killed SECONDS COMMAND...: runs it in the background and kills it then; true where it was killed.
killed() {
    local seconds=$1 pid
    shift
    "$@" >killed.out 2>killed.err 3>&- &
    pid=$!
    sleep "$seconds"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    [ $? -eq 137 ]
}

# The file is a database, and center-check finds nothing.
whole() {
    same "$(sql "PRAGMA integrity_check")" ok && gives 0 "" "" center-check
}

# in_pieces COMMAND...: is killed at random moments, the first time early, and started again, until
# it has come to its end. COMMAND is the program itself: the child of a shell would live on. The last
# run ends with 0, or with ENDS where that is set.
in_pieces() {
    local kills=0 seconds=0.01
    for _ in $(seq 6); do
        if ! killed $seconds "$@"; then break; fi
        seconds=0.0$((RANDOM % 9 + 1))
        kills=$((kills + 1))
        same "$(cat killed.err)" ""
        same "$(sql "PRAGMA integrity_check")" ok
    done
    local ended=0
    "$@" >rest || ended=$?
    [[ " 0 ${ENDS-} " == *" $ended "* ]] || same "$ended" "0 ${ENDS-}"
    [ $kills -ge 1 ]
    whole
}

# small_disk SIZE: a disk of so many bytes at the folder "small"; skips where none can be made.
small_disk() {
    [ "$(id -u)" -eq 0 ] || skip "only root can mount a small disk"
    mkdir small
    mount -t tmpfs -o size="$1" none small 2>/dev/null || skip "no small disk can be mounted here"
    : >mounted
}

# small_file KIB COMMAND...: runs it where no file may grow beyond that. Why SQLite could not write, only
# later versions say (3.46 does, 3.40 does not): it is left out.
small_file() {
    local ended=0
    bash -c 'trap "" XFSZ; ulimit -f "$0"; exec "$@"' "$@" 2>"$T/.grown" || ended=$?
    sed 's/: disk I\/O error (File too large);/: disk I\/O error;/' "$T/.grown" >&2
    return $ended
}

teardown() {
    if [ -e "$T/mounted" ]; then umount "$T/small"; fi
    drop_served
}
