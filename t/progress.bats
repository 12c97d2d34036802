#!/usr/bin/env bats
# Long work shows on a terminal that it goes on, and takes the line away again.

load lib/base

# on_terminal COMMAND: what a terminal receives of it, carriage returns as lines.
on_terminal() {
    script -qec "$1" typescript </dev/null | tr '\r' '\n'
}

# Ids that come slowly: three seconds in all.
slowly() { for i in $(seq 15); do echo "$i"; sleep 0.2; done; }

@test "after two seconds a line, erased at the end; none with -q, none where no terminal is" {
    thorough
    type script >/dev/null || skip "no script(1) at hand"
    center
    export -f slowly
    sh_run "$(declare -f on_terminal); on_terminal 'bash -c \"slowly | ticket-accept -\"'"
    same "$status" 2
    same "$(grep -c '^ticket-accept: [0-9]* ids, [0-9]* a second *$' <<<"$output" | sed 's/^[1-9]$/some/')" some
    # the messages stand on lines of their own
    same "$(grep -c '^ticket-accept: [0-9]*: no such ticket$' <<<"$output")" 15
    sh_run "$(declare -f on_terminal); on_terminal 'bash -c \"slowly | ticket-accept -q -\"'"
    same "$(grep -c ' ids, ' <<<"$output")" 0
    sh_run "$(declare -f on_terminal); on_terminal 'bash -c \"slowly | ticket-accept - 2>said\"'"
    same "$output$(grep -c ' ids, ' said)" 0
}
