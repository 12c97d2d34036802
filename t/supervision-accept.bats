#!/usr/bin/env bats
# supervision-accept: orders of supervision are acknowledged.

load lib/base
load lib/loop
load lib/supervision

@test "an order is acknowledged once" {
    late
    gives 0 $'3\tacknowledge a supervision\tdispatched\t2026-03-16T23:59:59+08:00\tjustice\t甲' "" \
        supervision-accept 3
    same "$(supervision-list --org justice | cut -f 1,6)" $'3\t2026-03-17T09:00:00+08:00'
    refuses "supervision-accept: 3: acknowledge a supervision: none waits for it" supervision-accept 3
    refuses "supervision-accept: 4: acknowledge a supervision: none waits for it" supervision-accept 4
    refuses "supervision-accept: 3: acknowledge a supervision: none waits for it" supervision-accept --level red 3
    # one that never had to do with it has nothing to say
    refuses "supervision-accept: 2: acknowledge a supervision: that organisation does not handle it" \
        supervision-accept --by justice 2
    sound
}

@test "a wrong command line is refused, with what would be right" {
    late
    gives 2 "" "supervision-accept: name the tickets, or a file with --csv; see supervision-accept -h" supervision-accept
    gives 2 "" 'supervision-accept: unknown level "amber" (yellow 黄色, orange 橙色, red 红色); see supervision-accept -h' \
        supervision-accept --level amber 1
}
