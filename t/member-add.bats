#!/usr/bin/env bats
# member-add: who becomes a member, for which organisation, in which roles.

load lib/base
load lib/loop
load lib/members

@test "members are added and changed; the same again is no event" {
    at 2026-03-02T10:00
    center
    # the first must be one who may add others
    gives 2 "" "member-add: nobody would be left who may add members: first member-add NAME --org center --role administrator" \
        member-add --org tax --role handler li
    me=$(id -un)
    gives 0 "$me	center	administrator	added" "" member-add --org center --role 管理 "$me"
    gives 0 "li	tax	handler	added" "" member-add --org 市税务局 --role handler --at 2026-03-01 li
    gives 0 "li	tax	handler	same" "" member-add --org tax --role handler li
    gives 0 "li	tax	handler supervisor	changed" "" member-add --org tax --role handler --role supervisor li
    gives 0 "li	justice	handler	added" "" member-add --org justice --role handler li
    gives 0 "zhou	tax	handler	added" "" member-add -n --org tax --role handler zhou
    same "$(sql "SELECT type, json_extract(data, '$.member') FROM v_event WHERE type LIKE 'member-%' ORDER BY id")" \
        "member-added|$me
member-added|li
member-changed|li
member-added|li"
    gives 0 "" "" center-check
}

@test "a name has a line of its own in the log, and nothing in it that is not seen" {
    center
    member-add -q --org center --role administrator "$(id -un)"
    gives 0 "王 小明	center	handler	added" "" member-add --org center --role handler '王 小明'
    for name in $'a\nb' $'a\tb' $'a\xe2\x80\xaeb' $'a\xe2\x80\x8bb' "$(printf '%064d' 0)"; do
        gives 2 "" "member-add: a name has 1 to 63 bytes, all of them seen" \
            member-add --org center --role administrator "$name"
    done
}

@test "which roles go with which organisation and with each other; files" {
    at 2026-03-02T10:00
    center
    printf '%s\n' 账号,单位,角色 zhao,center,管理、审批 li,市税务局,承办 wu,tax,审批 qian,center,审计、经办 zhou,tax,boss ,tax,handler >m.csv
    gives 2 "" 'member-add: m.csv:4: only a center has approver
member-add: m.csv:5: an auditor reads all and acts never: no other role goes with it
member-add: m.csv:6: unknown role "boss" (operator, approver, handler, supervisor, auditor, administrator)
member-add: m.csv:7: no name
member-add: 4 bad rows: nothing was done; --rejects FILE does the rest' member-add --csv m.csv
    sed -i '4,$d' m.csv
    for result in added same; do
        [ $result = added ] || name_passers
        gives 0 "zhao	center	approver administrator	$result
li	tax	handler	$result" "" as zhao member-add --csv m.csv
    done
    gives 0 "" "" as zhao center-check
}

@test "a county's administrator keeps the members of its own and of its bureaus" {
    at 2026-03-02T10:00
    cp -r "$TREE/share" members
    printf 'counties:\n  - {center: "320322", bureaus: peixian}\n' >>members/center.yaml
    sed -i 's/^groups:.*/&\n  peixian: 沛县部门/' members/organisations.yaml
    echo "name_passers: [$(id -un)]" >>members/center.yaml
    members
    quiet as admin org-add --code p1 --name 沛县甲局 --group peixian
    gives 0 "pei	320322	operator administrator	added" "" as admin member-add --org 320322 --role operator --role administrator pei
    gives 0 "p	p1	handler	added" "" as pei member-add --org p1 --role handler p
    gives 2 "" "member-add: add a member: only the center may" as pei member-add --org tax --role handler p
    gives 2 "" "member-add: add a member: an administrator of center may; pei is operator and administrator of 320322" \
        as pei member-add --by center --org tax --role handler p
    # what its desk enters is for its bureaus alone
    same "$(as pei ticket-new -q --center 320322 --title 甲 | cut -f 1)" 1
    gives 0 "1	p1	-	-	人工派发" "" as pei ticket-route --to p1 1
    same "$(as pei ticket-answer --by p1 --text 好 1 | cut -f 1-3)" "1	answer	answered"
    same "$(sql "SELECT json_extract(data, '$.entered_by'), actor FROM v_event WHERE type = 'answered'")" "320322|pei"
    gives 2 "" "ticket-note: 1: note: an operator or handler of tax may, or an operator of center for it; pei is operator and administrator of 320322" \
        as pei ticket-note --by tax --text x 1
    gives 0 "" "" as admin center-check
}
