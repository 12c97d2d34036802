#!/usr/bin/env bats
# One path through every program, for `make check-quick`.

load lib/base
load_programs

@test "every program does what t/lib/programs calls it for" {
    every_state
    [ "$(programs | wc -l)" -ge 50 ]
    for p in $(programs); do
        call "$p" ${good[$p]}
        same "$p: $stderr" "$p: "
        [ "$status" -le 1 ] || same "$p: $status" "$p: 0 or 1"
    done
}

@test "every line of t/lib/programs is of a program" {
    same "$(printf '%s\n' "${!good[@]}" | sort | comm -23 - <(programs | sort))" ""
}

@test "the calls left the center whole" {
    every_state
    for p in $(programs); do
        case $p in center-check) ;; *) "$p" ${good[$p]} >out 2>&1 || true ;; esac
    done
    gives 0 "" "" center-check -q
}
