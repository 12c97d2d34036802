#!/usr/bin/env bats
# member-remove: a member is one no more, for one organisation or for all.

load lib/base

@test "for one organisation, for all; once; an administrator stays" {
    at 2026-03-02T10:00
    center
    me=$(id -un)
    printf '%s\n' name,org,roles "$me,center,administrator" li,tax,handler li,justice,handler >m.csv
    member-add -q --csv m.csv >out
    gives 0 "li	tax	removed" "" member-remove -n --org tax li
    gives 0 "li	tax	removed" "" member-remove --org tax li
    gives 0 "li	justice	removed
li	tax	same" "" member-remove li
    gives 0 "li	tax	handler	added" "" member-add --org tax --role handler li
    same "$(member-list --all li | cut -f 1-3,5 | xargs)" "li justice handler 2026-03-02T10:00:00+08:00 li tax handler -"
    gives 2 "" "member-remove: nobody would be left who may add members: first member-add NAME --org center --role administrator" \
        member-remove "$me"
    gives 2 "" "member-remove: x: no such member" member-remove x
    same "$(sql "SELECT type, json_extract(data, '$.member') FROM v_event WHERE type LIKE 'member-%' ORDER BY id" | tail -n 3)" \
        'member-removed|li
member-removed|li
member-added|li'
    gives 0 "" "" center-check
}
