#!/usr/bin/env bats
# Members: who they are, who acts, and which role may do what for whom.

load lib/base
load lib/loop
load lib/members

@test "members are added, changed, removed; each once" {
    at 2026-03-02T10:00
    center
    gives 1 "" "" member-list
    left="nobody would be left who may add members: first member-add NAME --org center --role administrator"
    gives 2 "" "member-add: $left" member-add --org tax --role handler li
    me=$(id -un)
    gives 0 "$me	center	administrator	added" "" member-add --org center --role 管理 "$me"
    gives 0 "li	tax	handler	added" "" member-add --org 市税务局 --role handler --at 2026-03-01 li
    gives 0 "li	tax	handler	same" "" member-add --org tax --role handler li
    gives 0 "li	tax	handler supervisor	changed" "" member-add --org tax --role handler --role supervisor li
    gives 0 "li	justice	handler	added" "" member-add --org justice --role handler li
    gives 0 "li	justice	handler	2026-03-02T10:00:00+08:00	-
li	tax	handler supervisor	2026-03-01T00:00:00+08:00	-" "" member-list li
    gives 0 "$me	center	administrator	2026-03-02T10:00:00+08:00	-" "" member-list --org center
    gives 0 "li	tax	removed" "" member-remove --org tax li
    gives 0 "li	justice	removed
li	tax	same" "" member-remove li
    gives 1 "" "member-list: li: no such member" member-list li
    gives 0 "li	tax	handler	added" "" member-add --org tax --role handler li
    same "$(member-list --all li | cut -f 1-3,5 | xargs)" "li justice handler 2026-03-02T10:00:00+08:00 li tax handler -"
    gives 2 "" "member-remove: $left" member-remove "$me"
    gives 2 "" "member-remove: x: no such member" member-remove x
    same "$(sql "SELECT type, json_extract(data, '$.member') FROM v_event WHERE type LIKE 'member-%' ORDER BY id" | tail -n 3)" \
        'member-removed|li
member-removed|li
member-added|li'
    gives 0 "" "" center-check
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

# The user who runs the tests passes names on from here.
name_passers() {
    cp -r "$TREE/share" conf
    echo "name_passers: [$(id -un)]" >>conf/center.yaml
    QIFU_CONFIG=$T/conf
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

@test "who acts: the user, whom sudo names for the owner, whom one of name_passers passes on" {
    at 2026-03-02T10:00
    center
    actor() { "$@" ticket-note -q --text x 1 >out && sql "SELECT actor, json_extract(data, '$.via') FROM v_event ORDER BY id DESC LIMIT 1"; }
    quiet ticket-new --title x
    me=$(id -un)
    same "$(actor env USER=x LOGNAME=x SUDO_USER=x QIFU_MEMBER=x)" "$me|"
    same "$(actor env SUDO_UID="$(id -u)" SUDO_USER=x)" "$me|"
    same "$(actor env SUDO_UID=x)$(actor env SUDO_UID=-1)" "$me|$me|"
    name_passers
    same "$(actor env QIFU_MEMBER=张三)" "张三|$me"
    same "$(actor env QIFU_MEMBER=)" "$me|"
    gives 2 "" "ticket-note: QIFU_MEMBER is no name: at most 63 bytes of UTF-8" \
        env QIFU_MEMBER="$(printf '%64s' x)" ticket-note --text x 1
    gives 0 "" "" center-check
}

# refused NAME WHO COMMAND...: as NAME it is refused, and WHO may is said.
refused() {
    call as "$1" "${@:3}"
    same "$1 ${*:3}: $stderr $status" "$1 ${*:3}: $2 2"
}

@test "each role may do what is its own, for whom it is a member" {
    at 2026-03-02T10:00
    members
    refused li "ticket-new: take in requests: an operator of center may; li is handler of tax" ticket-new --title x
    refused nobody "ticket-new: take in requests: an operator of center may; nobody is no member" ticket-new --title x
    refused watch "ticket-new: take in requests: an operator of center may; watch is auditor of center" ticket-new --title x
    as desk ticket-new -q --title 甲 >out
    refused admin "ticket-route: 1: dispatch: an operator or handler of center may; admin is administrator of center" \
        ticket-route --to tax 1
    quiet as desk ticket-route --to tax 1
    refused wang "ticket-answer: 1: no such ticket" ticket-answer --by tax --text x 1
    refused fang "ticket-answer: 1: answer: that organisation does not handle it" ticket-answer --text x 1
    refused fang "ticket-answer: 1: answer: an operator or handler of tax may, or an operator of center for it; fang is supervisor of business-environment-office" \
        ticket-answer --by tax --text x 1
    refused chief "ticket-answer: 1: answer: an operator or handler of tax may, or an operator of center for it; chief is approver of center" \
        ticket-answer --by tax --text x 1
    # of itself a handler acts for its organisation
    quiet as li ticket-accept 1
    quiet as li ticket-note --text 已联系 1
    quiet as li ticket-extend --days 2 --reason 复杂 1
    same "$(sql "SELECT json_extract(data, '$.by'), json_extract(data, '$.entered_by') FROM v_event WHERE actor = 'li' AND ticket_id = 1" | sort -u)" "tax|"
    refused li "ticket-extend: 1: grant an extension: only the center may" ticket-extend --approve 1
    refused li "ticket-extend: 1: grant an extension: an approver of center may; li is handler of tax" ticket-extend --by center --approve 1
    refused desk "ticket-extend: 1: grant an extension: an approver of center may; desk is operator of center" ticket-extend --approve 1
    quiet as chief ticket-extend --approve 1
    refused desk "supervision-order: 1: order a supervision: a supervisor of center may; desk is operator of center" \
        supervision-order --to tax --reason x 1
    refused fang "supervision-order: 1: order a supervision: a supervisor of discipline-commission may; fang is supervisor of business-environment-office" \
        supervision-order --by discipline-commission --to tax --reason x 1
    quiet as sun supervision-order --to tax --reason 长期未办 1
    # the desk enters what the department tells
    quiet as desk ticket-answer --by tax --text 已办 1
    same "$(sql "SELECT json_extract(data, '$.by'), json_extract(data, '$.entered_by') FROM v_event WHERE type = 'answered'")" "tax|center"
    as desk ticket-show -F table 1 | grep -q 代录
    refused li "ticket-rate: 1: rate: an operator of center may; li is handler of tax" ticket-rate --score 5 1
    refused fang "ticket-rate: 1: rate: an operator of center may; fang is supervisor of business-environment-office" ticket-rate --score 5 1
    quiet as desk ticket-rate --score 5 1
    gives 0 "" "" as watch center-check
}

@test "organisations, policies, the configuration, personal data: whose they are" {
    at 2026-03-02T10:00
    members
    for who in li desk chief; do
        call as $who org-add --code c1 --name 甲局 --group utility --by center
        [[ $stderr == "org-add: add an organisation: an administrator of center may; $who is "* ]]
    done
    quiet as admin org-add --code c1 --name 甲局 --group utility
    refused li "org-add: change an organisation: an administrator of center may; li is handler of tax" \
        org-add --code tax --name 国家税务总局徐州市税务局 --group city-department --phone 0516-1
    refused li "member-add: change a member: only the center may" member-add --org tax --role supervisor li
    refused desk "center-init: take over the configuration: an administrator of center may; desk is operator of center" center-init
    quiet as admin center-init
    refused desk "record-erase: erase personal data: an approver of center may; desk is operator of center" \
        record-erase --law x --reason y --field title 1
    refused desk "route-learn: learn or adopt a model: an administrator of center may; desk is operator of center" route-learn --drop
    refused li "escalate: sweep: an operator of center may; li is handler of tax" escalate
    quiet as desk escalate
    gives 0 "" "" as watch center-check
}

@test "who asked does not grant: not one person for two organisations, nor an operator who is approver too" {
    at 2026-03-02T10:00
    members
    quiet as admin member-add --org center --role operator --role approver both
    quiet as admin member-add --org center --role approver li
    quiet as desk ticket-new --title 甲
    quiet as desk ticket-route --to tax 1
    for who in li both; do
        quiet as $who ticket-extend --by tax --days 2 --reason 复杂 1
        refused $who "ticket-extend: 1: grant an extension: $who asked for it, and another person grants it" \
            ticket-extend --by center --approve 1
        quiet as chief ticket-extend --refuse 1
    done
    quiet as both ticket-appeal --by tax --figure due --reason x --basis y 1
    refused both "ticket-appeal: 1: grant an appeal: both asked for it, and another person grants it" \
        ticket-appeal --approve --reason z 1
    quiet as chief ticket-appeal --approve --reason z 1
    at 2026-03-12T10:00
    quiet as both ticket-answer --by tax --text x --at 2026-03-03 1 # entered late
    refused both "supervision-revoke: 1: grant a late entry: both asked for it, and another person grants it" \
        supervision-revoke --approve 1
    quiet as chief supervision-revoke --approve 1
    gives 0 "" "" as watch center-check
}
