# Loaded after lib by the tests of the closed loop.

# new TIME [OPTION...]: takes in a ticket of kind other (5 working days), prints its id.
new() {
    local time=$1
    shift
    ticket-new -q --now "$time" --title 甲 "$@" | cut -f1
}

# quiet COMMAND...: must succeed, with nothing on standard error; its output is not looked at.
quiet() {
    local i
    run --separate-stderr "$@"
    [ "$status" = 0 ] && [ -z "$stderr" ] && return
    printf '%s\nstatus %s: %s\n' "$*" "$status" "$stderr" >&2
    return 1
}

# refuses MESSAGE COMMAND...: exit 2, this message, no output, and nothing at all was written.
refuses() {
    local message=$1 before after i
    shift
    before=$(everything)
    gives 2 "" "$message" "$@" || return
    after=$(everything)
    same "$after" "$before"
}

# Every row of every table, digested.
everything() { sql .dump | sha256sum; }

# fields ID NAME...: those fields as ticket-show prints them, in its order.
fields() {
    local id=$1
    shift
    ticket-show "$id" | awk -F '\t' -v names=" $* " 'index(names, " " $2 " ") { print $2 "=" $3 }'
}

# Replay, chain: whole.
sound() {
    gives 0 "" "" center-check -q || return # -q: a test may be set beyond the announced years
    run --separate-stderr center-check --log
    [[ $status$stderr = 0 && $output =~ ^[0-9a-f]{64}$ ]]
}
