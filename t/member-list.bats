#!/usr/bin/env bats
# member-list: the members, of one name or organisation, and those who are none any more.

load lib/base

@test "by name and organisation; those who are none any more; in words" {
    at 2026-03-02T10:00
    center
    gives 1 "" "" member-list
    me=$(id -un)
    printf '%s\n' name,org,roles "$me,center,administrator" li,tax,handler li,justice,handler >m.csv
    member-add -q --csv m.csv >out
    gives 0 "li	justice	handler	2026-03-02T10:00:00+08:00	-
li	tax	handler	2026-03-02T10:00:00+08:00	-" "" member-list li
    gives 0 "$me	center	administrator	2026-03-02T10:00:00+08:00	-" "" member-list --org center
    gives 1 "" "" member-list --org finance
    at 2026-03-03T10:00
    member-remove -q --org tax li >out
    gives 0 "li	justice	handler	2026-03-02T10:00:00+08:00	-" "" member-list li
    gives 0 "li	tax	2026-03-03T10:00:00+08:00" "" member-list --all --org tax --columns name,org,until
    [[ $(member-list -F table --org justice) == *徐州市司法局*承办* ]]
    gives 1 "" "member-list: zhou: no such member" member-list zhou
    gives 2 "" "member-list: unknown organisation \"taxx\" (did you mean tax?)" member-list --org taxx
}
