#!/usr/bin/env bats
# Members: who they are, who acts, and which role may do what for whom.

load lib/base
load lib/loop
load lib/members

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
    gives 2 "" "ticket-note: QIFU_MEMBER is no name: at most 63 bytes of UTF-8, all of them seen" \
        env QIFU_MEMBER="$(printf '%64s' x)" ticket-note --text x 1
    gives 2 "" "ticket-note: QIFU_MEMBER is no name: at most 63 bytes of UTF-8, all of them seen" \
        env QIFU_MEMBER=$'a\nb' ticket-note --text x 1
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
