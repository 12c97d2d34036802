#!/usr/bin/env bats
# Reading is ruled: a handler sees the tickets of its organisations, and of others nothing in lists,
# counts, searches and ids; who sees personal data is in the log.

load lib/base
load lib/loop
load lib/members
load lib/full

# Ticket 1 is tax's, 2 justice's and late, 3 nobody's yet, 4 justice's with tax assisting, 5 justice's
# and confidential; 2 and 4 are of one firm.
tickets() {
    at 2026-03-02T10:00
    members
    {
        echo 编号,标题,内容,联系人,电话,企业
        for i in 1 2 3 4 5; do echo "R$i,发票$i,请回电13812345678,张三,13812345678,甲$((i % 2))公司"; done
    } >t.csv
    as desk ticket-new -q --received now --csv t.csv >out
    as desk ticket-note -q --confidential 5 >out
    as desk ticket-route -q --to tax 1 >out
    as desk ticket-route -q --to justice 2 5 >out
    as desk ticket-route -q --to justice --assist tax 4 >out
    at 2026-03-12T10:00
    as desk escalate -q >out
    as wang ticket-appeal -q --figure party-on-time --reason 不服 --basis x 2 >out
}

@test "a handler sees the tickets of its organisations, and of others nothing" {
    tickets
    ids() { as "$@" | cut -f 1 | sort -un | xargs; }
    for all in desk chief sun watch; do
        same "$all $(ids $all ticket-list)" "$all 1 2 3 4 5"
    done
    same "$(ids li ticket-list)" "1 4"
    same "$(ids wang ticket-list)" "2 4 5"
    for none in admin nobody; do gives 1 "" "" as $none ticket-list; done
    gives 1 "" "" as li ticket-list --text 发票2
    gives 1 "" "" as li ticket-list --org justice --state dispatched --phone 13912345678
    same "$(ids li sla-check)" "1 4"
    same "$(ids li supervision-list)" "1 4"
    same "$(as li qifu status | grep ^late | cut -f 2)" "3"
    log-key log.example log.key >log.pub
    as desk log-head -k log.key >head
    for program in ticket-show "ticket-show --explain" "ticket-show --acts" "sla-check" "ticket-note --text x" ticket-accept \
        "ticket-show --unmask" "supervision-dossier" "supervision-dossier --unmask" "ticket-receipt" "log-prove"; do
        call as li $program 2
        same "$program: $output" "$program: "
        [ "$status" -gt 0 ]
        [[ $stderr == *"no such ticket"* ]]
        call as li $program 1
        [[ $program == ticket-receipt || $program == log-prove || $stderr != *"no such ticket"* ]]
    done
    gives 2 "" 'ticket-show: no ticket has the source'"'"'s number "R2"' as li ticket-show ref:R2
    same "$(as li ticket-show 4 | grep -c 发票4)" 1
    # figures are of all, ids are not
    report-monthly -F json 2026-03 >all || true
    as desk report-monthly -F json 2026-03 >desk
    as li report-monthly -F json 2026-03 >li
    same "$(grep -v ticket li | md5sum)" "$(grep -v ticket desk | md5sum)"
    same "$(ids desk report-monthly --ids due 2026-03)" "1 2 3 4 5"
    same "$(ids li report-monthly --ids due 2026-03)" "1 4"
    as wang report-monthly -F md 2026-03 | grep -q 不服
    run ! grep 不服 <(as li report-monthly -F md 2026-03)
    same "$(as wang assess-score --items example-service 2026-03 | grep -c '2 waiting')" 1
    run ! grep waiting <(as li assess-score --items example-service 2026-03)
    gives 0 "" "" as watch center-check
}

@test "who drafts hears what all said, though their tickets are not its own" {
    at 2026-03-02T10:00
    members
    echo 第一条 >draft
    quiet as li consult-open --title 办法 --draft draft --until 2026-03-13 --from tax --to justice --to commerce
    same "$(as li ticket-list | cut -f 1)" ""
    quiet as wang consult-answer --by justice --text 同意 1
    same "$(as li consult-list | cut -f 5-7)" "2	1	1"
    as li consult-report 1 | grep -q 征求2家，反馈1家
    gives 0 "" "" as watch center-check
}

@test "a county's desk reads what is its center's or its own, and acts on that" {
    at 2026-03-02T10:00
    cp -r "$TREE/share" members
    printf 'counties:\n  - {center: "320322", bureaus: peixian}\n' >>members/center.yaml
    sed -i 's/^groups:.*/&\n  peixian: 沛县部门/' members/organisations.yaml
    echo "name_passers: [$(id -un)]" >>members/center.yaml
    members
    quiet as admin member-add --org 320322 --role operator pei
    quiet as desk ticket-new --title 市里
    quiet as pei ticket-new --center 320322 --title 县里
    same "$(as pei ticket-list | cut -f 1)" 2
    same "$(as desk ticket-list | cut -f 1 | sort | xargs)" "1 2"
    gives 2 "" "ticket-void: 1: no such ticket" as pei ticket-void --reason x 1
    quiet as pei ticket-void --reason 测试 2
    gives 0 "" "" as watch center-check
}

@test "acts go on in one run, whatever is hidden" {
    tickets
    gives 2 "1	accept	accepted	2026-03-09T23:59:59+08:00	tax	发票1
4	accept	dispatched	2026-03-09T23:59:59+08:00	justice	发票4" "ticket-accept: 2: no such ticket
ticket-accept: 3: no such ticket" as li ticket-accept 1 2 3 4
    # nor does a file tell whether there is one
    for id in 2 9 ref:R2 ref:R9 center:R2 center:R9; do
        printf '%s\n' id,text "$id,x" >n.csv
        call as li ticket-note --csv n.csv
        echo "${stderr//[29]/N}" >>said
    done
    for ref in R2 R9; do
        printf '%s\n' 工单编号,text "$ref,x" >n.csv
        call as li ticket-note --csv n.csv
        echo "${stderr//[29]/N}" >>said
    done
    same "$(wc -l <said) $(sort -u said | wc -l)" "16 4"
    seq 300 | sed 's/.*/4/' >many
    same "$(as li ticket-note -q --text x - <many | wc -l)" 300
    same "$(as li ticket-list | wc -l)" 2
    gives 0 "" "" as watch center-check
}

# unmasked: who looked at what, by the log.
unmasked() {
    sql "SELECT actor, json_extract(data, '$.program'), ticket_id FROM v_event WHERE type = 'unmasked' ORDER BY id"
}

@test "personal data and confidential texts: who may see them, and each time is in the log" {
    tickets
    as li ticket-show --unmask 4 | grep -q 13812345678
    as wang ticket-show --unmask 5 | grep -q 13812345678
    as watch ticket-show --unmask 5 | grep -q 13812345678
    as desk ticket-list --text 13812345678 --unmask >out
    same "$(unmasked)" "li|ticket-show|4
wang||5
watch||5
desk|ticket-list|"
    # who supervises another one does not see it; who has ordered on it does
    gives 2 "" "ticket-show: 5 is confidential: its parties, its center, who supervises it and auditors see it" \
        as sun ticket-show --unmask 5
    quiet as sun supervision-order --to justice --reason x 5
    as sun ticket-show --unmask 5 | grep -q 13812345678
    gives 2 "" "ticket-list: confidential texts are searched by the center and by auditors, and by handlers their own" \
        as sun ticket-list --text 13812345678 --unmask
    for who in admin nobody; do
        gives 2 "" "accountability-list: personal data are not for $who to see (qifu-members(7))" as $who accountability-list --unmask
    done
    same "$(as li ticket-list --text 13812345678 --unmask | cut -f 1 | xargs)" "1 4"
    same "$(unmasked | tail -n 2)" "sun||5
li|ticket-list|"
    gives 0 "" "" as watch center-check
}

@test "lists of what comes of tickets hide the others', too" {
    tickets
    quiet as sun supervision-order --accountability --to justice --reason x 2
    as desk ticket-confer -q --reason x 3 >out
    as desk ticket-confer -q --lead justice --basis x --words 发票 3 >out
    same "$(as desk accountability-list | wc -l) $(as desk ruling-list | cut -f 2)" "1 3"
    as li accountability-list --all >out || true
    same "$(cat out)" ""
    same "$(as li ruling-list | cut -f 1,2)" "1	-"
    same "$(as li ticket-merge --suggest | cut -f 1-2 | tr '\t' '\n' | sort -u | grep -cx '[235]')" 0
    run ! grep -E '\b[235]\b' <(as li trend-list -F json 2026-03 | jq -c .tickets)
    for org in tax justice; do as desk address-add -q --org $org --address a@$org.example >out; done
    sed -i 's|/usr/sbin/sendmail, -t, -i|sh, -c, "cat >/dev/null"|' members/center.yaml
    as desk notice-send -q >out
    same "$(as desk notice-list --all --columns ticket | sort -u | xargs)" "1 2 3 4 5"
    same "$(as li notice-list --all --columns ticket | sort -u | xargs)" "1 4"
}

@test "what tells others is sent by the desk; a part of an export is none" {
    tickets
    refused() { gives 2 "" "$3" as "$1" $2; }
    for who in li watch zhou; do
        self="$who is no member"
        [ $who != li ] || self="li is handler of tax"
        [ $who != watch ] || self="watch is auditor of center"
        refused $who notice-send "notice-send: send notices: an operator of center may; $self"
        [ $who = watch ] || refused $who "ticket-export --source center" "ticket-export: export all tickets of a source: an operator or auditor of center may; $self"
    done
    as watch ticket-export --source center >out
}

# full_center, with members.
ruled_center() {
    cp -r "$TREE/share" members
    echo "name_passers: [$(id -un)]" >>members/center.yaml
    full_center
    QIFU_CONFIG=$T/members
    printf '%s\n' name,org,roles desk,center,operator li,tax,handler wang,justice,handler watch,center,auditor >m.csv
    member-add --csv m.csv >out
}

readings() { grep -v '^#' "$TREE/t/lib/readings"; }

@test "each list and page has its call among those that are looked through" {
    qifu | cut -f 1 | grep -E -- '-(list|show|find|check|wall|rank|panel|dossier|receipt|report)$|^report-' |
        grep -vx -e center-check -e calendar-check | sort >there
    same "$(readings | cut -d ' ' -f 1 | sort -u | comm -23 there -)" ""
}

@test "who is no member reads what is everybody's, and of persons and requests nothing" {
    ruled_center
    while read -r line; do
        call as nobody $line
        [ -z "$output" ] || echo "$line" >>said
        [ "$line" = org-list ] || # whom to call
            run ! grep -E '欧阳|第[0-9]+件|甲公司|路灯|13905161234|desk@|第一条|处理投诉' <<<"$output$stderr"
    done < <(readings)
    same "$(cut -d ' ' -f 1 said | sort -u | xargs)" "assess-score association-list ballot-rank kb-find org-list policy-check \
policy-list policy-show policy-source qifu register-wall report-monthly report-period report-province route-check \
survey-list ticket-calendar"
    run ! grep -E 'texts|unsound' said
    run ! grep BEGIN:VEVENT <(as nobody ticket-calendar)
    same "$(as nobody qifu status | awk -F '\t' '$2 && $3 !~ /^(policy-source|workday|-)/')" ""
    same "$(as nobody register-wall problems | grep -c 路灯)" 0
    # the auditor reads all of it
    while read -r line; do
        call as watch $line
        [ -z "$output" ] || echo "$line" >>all
    done < <(readings)
    [ "$(wc -l <all)" -gt "$(($(wc -l <said) + 20))" ]
    gives 0 "" "" as watch center-check -q
}

@test "a handler reads its organisations' entries, duties, addresses, notices, drafts and answers" {
    ruled_center
    printf '编号,问题,责任单位,配合单位\n2,税的,税务局,\n3,司法的,司法局,\n4,一起的,住建局,税务局\n' >p.csv
    as desk register-add -q --csv p.csv problems >out
    as desk address-add -q --org justice --address desk@justice.example >out
    printf '编号,类型,部门,评分,意见\n8,loans,justice,1,司法慢\n9,loans,,2,都慢\n' | as desk survey-add -q --source y --csv - >out
    for org in tax justice; do
        sed -e "s/^id: .*/id: draft-$org/" -e "s/^org: .*/org: $org/" -e "s/^document: .*/document: $org-1/" -e "/^summary/d" \
            "$TREE/share/demo/policies/arrears-2020.yaml" >d.yaml
        grep -q '^org: ' d.yaml || echo "org: $org" >>d.yaml
        as desk policy-add -q --draft d.yaml >out 2>err || cat err
    done
    first() { as "$1" "${@:2}" | cut -f 1 | sort -u | xargs; }
    same "$(as li register-list problems --columns 问题 | sort | xargs)" "一起的 税的"
    same "$(as wang register-list problems --columns 问题 | xargs)" "司法的"
    same "$(as watch register-list problems | wc -l)" 4
    gives 2 "" "register-show: 1: no such entry" as li register-show 1
    as li register-wall problems >wall
    run ! grep -E '司法|路灯' wall
    same "$(as li address-list --columns address | xargs)" "d***@tax.example"
    same "$(as wang address-list --columns address | xargs)" "d***@justice.example"
    same "$(first watch notice-list --all --columns name)" 国家税务总局徐州市税务局
    same "$(first li notice-list --all --columns name)" 国家税务总局徐州市税务局
    gives 1 "" "" as wang notice-list --all
    same "$(first li survey-list --texts --columns text)" "好 欧阳锋说慢"
    same "$(first wang survey-list --texts --columns text)" 司法慢
    same "$(as li survey-list --by org)" "$(as watch survey-list --by org)"
    same "$(first li policy-list --all --columns code)" "arrears-2020 draft-tax"
    same "$(first wang policy-list --all --columns code)" "arrears-2020 draft-justice"
    gives 2 "" 'policy-show: unknown policy "draft-justice" (did you mean draft-tax?)' as li policy-show draft-justice
    [[ " $(first watch duty-check --from 2026-01-01 --columns who) " == *" justice "*" tax "* ]]
    same "$(first li duty-check --from 2026-01-01 --columns who)" tax
    # what they do is as it was
    as li register-act -q --text 办着 --field 整改措施=x problems report 2 >out
    quiet as li address-add --org tax --address other@tax.example
    gives 0 "" "" as watch center-check -q
}
