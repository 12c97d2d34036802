#!/usr/bin/env bats
# center-check builds every record anew from its events: what was written past the programs is named,
# with the column and both values; what the programs write is never named.

load lib/base
load lib/stock

A=91320300MA00002690 B=91110108551385082Q

# A center with one of each: organisations, enterprises with facts and tags, an association with a
# member, a liaison with a pair.
stocked() {
    center
    at 2026-03-02T10:00
    {
        org-add --code c1 --name 甲局 --short 甲 --group utility --phone 0516-1
        org-add --code c1 --name 甲局 --short 小甲 --group utility
        enterprise-add --code $A --name 甲公司 --staff 30 --region 320302 --founded 2015-04-01 --phone 13800000000
        enterprise-add --code $A --name 甲厂 --staff 31 --as-of 2026-03-01 --revenue 12345678901.234567
        enterprise-add --code $A --tag 高新技术企业 --as-of 2026-02-01
        enterprise-add --code $B --name 乙公司 --contact 王某
        association-add --code a1 --name 甲协会 --members $A --classes loans
        association-add --code a1 --name 甲协会 --members $A,$B
        association-add --code a1 --name 甲协会 --members $B
        liaison-add --name 张三 --org tax --enterprise $A --enterprise $B
    } >out
    at 2026-03-03T10:00
    liaison-add --name 张三 --org tax --phone 0516-2 --unpair $A >>out
}


@test "a center of every record is sound" {
    stocked
    gives 0 "" "" center-check
}

@test "a log whose events make a row twice is passed through to its end" {
    stocked
    sql "DROP TRIGGER event_is_fixed; UPDATE event SET data = replace(data, '\"id\":2,', '\"id\":1,') WHERE type = 'enterprise-added' AND data LIKE '%$B%'"
    run --separate-stderr center-check
    same "$status$stderr" 1
    same "$(grep -v '^schema	\|^masking	\|^log	' <<<"$output")" "enterprises	1	$A: name is 甲厂, its events give 乙公司
enterprises	1	$A: contact is nothing, its events give 王某
enterprises	2	$B: the row is there, its events give nothing
associations	$(sql "SELECT id FROM org WHERE code = 'a1'")	a1 member 2: the row is there, its events give nothing
liaisons	1	2: the row is there, its events give nothing"
}

# named SQL LINE ...: after SQL center-check prints just the LINEs; then it is taken back.
named() {
    local sql=$1
    shift
    keep kept.db
    sql "$sql"
    gives 1 "$(printf '%s\n' "$@")" "" center-check
    back kept.db
}

@test "organisations, enterprises, associations, liaisons: each value that differs is named" {
    stocked
    id=$(sql "SELECT id FROM org WHERE code = 'c1'")
    named "UPDATE org SET phone = '110' WHERE code = 'c1'" \
        "organisations	$id	c1: phone is 110, its events give 0516-1"
    named "DELETE FROM org_name WHERE name = '小甲'" \
        "organisations	$id	小甲: the row is nothing, its events give one"
    named "UPDATE enterprise SET staff = 12, name = '丙' WHERE code = '$A'" \
        "enterprises	1	$A: name is 丙, its events give 甲厂" \
        "enterprises	1	$A: staff is 12, its events give 30000000"
    named "UPDATE fact SET number = 7 WHERE name = 'staff' AND from_day = (SELECT max(from_day) FROM fact)" \
        "enterprises	1	$A staff 2026-03-02: number is 7, its events give 30000000"
    named "UPDATE tag SET until_day = 20600" \
        "enterprises	1	$A 高新技术企业 2026-02-01: until_day is 20600, its events give nothing"
    named "INSERT INTO fact VALUES ('assets', 2, 20000, 5, NULL)" \
        "enterprises	2	$B assets 2024-10-04: the row is there, its events give nothing"
    id=$(sql "SELECT id FROM org WHERE code = 'a1'")
    named "INSERT INTO association_member VALUES ($id, 1); UPDATE association_class SET class = 'x'" \
        "associations	$id	a1 class x: the row is there, its events give nothing" \
        "associations	$id	a1 class loans: the row is nothing, its events give one" \
        "associations	$id	a1 member $A: the row is there, its events give nothing"
    from=$(sql "SELECT from_at FROM liaison_enterprise")
    named "UPDATE liaison SET phone = NULL; UPDATE liaison_enterprise SET from_at = 7" \
        "liaisons	1	张三: phone is nothing, its events give 0516-2" \
        "liaisons	1	$B: from_at is 7, its events give $from"
}

@test "looks, outcomes, questionnaires, consultations, opinions: each value that differs is named" {
    at 2026-03-09T10:00
    center
    {
        papers 1 1 | policy-add --csv -
        policy-record --type viewed --count 9 p1
        policy-source --looked gov-cn
        printf '编号,类型,部门,评分\n1,loans,tax,1\n2,loans,tax,5\n' | survey-add --source x --csv -
        echo 第一条 >draft
        consult-open --title 办法 --draft draft --from tax --until 2026-03-13 --to justice
        consult-answer --by justice --text 一 办法
        consult-decide --adopt --reason 好 1
        consult-report --feedback 1
    } >out
    gives 0 "" "" center-check
    at=$(date -d 2026-03-09T10:00+08:00 +%s)
    named "UPDATE source_look SET actor = 'x'" \
        "sources	-	gov-cn 2026-03-09: actor is x, its events give $(sql "SELECT actor FROM v_event LIMIT 1")"
    named "UPDATE policy_event SET count = 8" "outcomes	1	p1 viewed 1: count is 8, its events give 9"
    named "UPDATE survey_answer SET score = 4, class = 'rents' WHERE id = 1" \
        "surveys	1	x 1: class is rents, its events give loans" \
        "surveys	1	x 1: score is 4, its events give 1"
    named "UPDATE consultation SET until_day = until_day + 1; UPDATE consultee SET ticket_id = 1, org_id = 1" \
        "consultations	1	办法: until_day is 20526, its events give 20525" \
        "consultations	1	asked $(sql "SELECT code FROM org WHERE id = 1"): the row is there, its events give nothing" \
        "consultations	1	asked justice: the row is nothing, its events give one"
    named "UPDATE opinion SET adopted = 0, reported_at = NULL" \
        "opinions	1	opinion: adopted is 0, its events give 1" \
        "opinions	1	opinion: reported_at is nothing, its events give $at"
}

@test "deliveries: one that is another, that is gone, that nobody sent is named" {
    at 2026-03-02T10:00
    center
    {
        papers 1 2 | policy-add --csv -
        enterprise-add --code $A --name 甲公司
        enterprise-add --code $B --name 乙公司
        association-add --code a1 --name 甲协会 --members $A,$B --classes loans
        policy-push p1
    } >out
    same "$(policy-push --sent p1 | cut -f 5 | xargs)" "a1 $A $B"
    gives 0 "" "" center-check
    at=$(sql "SELECT at FROM push LIMIT 1") id=$(sql "SELECT id FROM org WHERE code = 'a1'")
    named "UPDATE push SET at = 7 WHERE id = 1" "deliveries	1	p1 to a1: at is 7, its events give $at"
    named "UPDATE push SET via = NULL WHERE id = 2" "deliveries	2	p1 to $A: via is nothing, its events give $id"
    named "DELETE FROM push WHERE id = 3" "deliveries	3	p1 to $B: the row is nothing, its events give one"
    named "INSERT INTO push (policy_id, enterprise_id, at) SELECT id, 1, $at FROM policy WHERE code = 'p2'" \
        "deliveries	4	p2 to $A: the row is there, its events give nothing"
    # what is sent later goes on from there
    at 2026-03-03T10:00
    same "$(policy-push p2 | cut -f 1,5 | xargs)" "4 a1 5 $A 6 $B"
    gives 0 "" "" center-check
}

@test "what was asked of the center, and while the clock stood still" {
    at 2026-03-02T10:00
    center
    {
        ticket-new --kind 投诉 --title 一 | ticket-route --to tax -
        ticket-extend --days 2 --reason 需现场核查 1
        ticket-extend --approve 1
        ticket-suspend --reason 等待上级批复 --basis 办法 1
        ticket-suspend --approve 1
    } >out
    at 2026-03-04T10:00
    {
        ticket-resume 1
        ticket-return --reason 不属于本单位职责 --basis 三定方案 1
        ticket-return --refuse 1
        ticket-suspend --reason 等待上级批复 --basis 办法 1
    } >out
    gives 0 "" "" center-check
    asked=$(sql "SELECT asked_at FROM request LIMIT 1") now=$(date -d 2026-03-04T10:00+08:00 +%s)
    named "UPDATE request SET days = 5, asked_at = 7 WHERE act = 'extension'" \
        "replay	1	request 1: asked_at is 7, its events give $asked" \
        "replay	1	request 1: days is 5, its events give 2"
    named "UPDATE request SET granted = 1 WHERE act = 'return'; UPDATE request SET org_id = 1, basis = 'x' WHERE id = 2" \
        "replay	1	request 2: org_id is 1, its events give $(sql "SELECT org_id FROM request WHERE id = 2")" \
        "replay	1	request 2: basis is x, its events give 办法" \
        "replay	1	request 3: granted is 1, its events give 0"
    named "UPDATE request SET decided_at = 9, granted = 0 WHERE id = 4" \
        "replay	1	request 4: decided_at is 9, its events give nothing" \
        "replay	1	request 4: granted is 0, its events give nothing"
    named "DELETE FROM request WHERE id = 4" "replay	1	request 4: the row is nothing, its events give one"
    named "UPDATE suspension SET until_at = until_at + 1, reason = 'x'" \
        "replay	1	suspension 1: until_at is $((now + 1)), its events give $now" \
        "replay	1	suspension 1: reason is x, its events give 等待上级批复"
    named "INSERT INTO suspension SELECT 2, 1, 1, from_at, until_at, reason FROM suspension" \
        "replay	1	suspension 2: the row is there, its events give nothing"
    at 2026-03-05T10:00
    ticket-answer --text 答 1 >out # what still waits falls away
    gives 0 "" "" center-check
}

@test "levels and orders by hand: who is ordered what, since when" {
    at 2026-03-02T10:00
    center
    ticket-new --kind 投诉 --title 一 | ticket-route --to tax --assist finance - >out
    at 2026-03-12T10:00 # yellow since the 10th
    escalate >out
    supervision-order --to commerce --reason 久拖不决 --document 督办函 1 >out
    gives 0 "" "" center-check
    same "$(sql "SELECT group_concat(id || ' ' || role, ', ') FROM supervision")" "1 lead, 2 assist, 3 order"
    id() { sql "SELECT id FROM org WHERE code = '$1'"; }
    org=$(id justice) at=$(sql "SELECT level_at FROM supervision WHERE id = 1") by=$(id center)
    differs() { # differs SET: of the first; what it says of it
        named "UPDATE supervision SET $1 WHERE id = ${3-1}" "supervision	${3-1}	order: $2"
    }
    differs "round = 2" "round is 2, its events give 1"
    differs "level = 'red'" "level is red, its events give yellow"
    differs "role = 'assist', level = 'x'" $'role is assist, its events give lead\nsupervision\t1\torder: level is x, its events give yellow'
    differs "supervisor = $org" "supervisor is $org, its events give $by"
    differs "org_id = $org" "org_id is $org, its events give $(id tax)"
    differs "org_id = $org" "org_id is $org, its events give $(id finance)" 2
    differs "org_id = $org" "org_id is $org, its events give $(id commerce)" 3
    differs "level_at = 7" "level_at is 7, its events give $at"
    differs "accountability = 1" "accountability is 1, its events give 0"
    differs "provisional = 1" "provisional is 1, its events give 0"
    differs "document = 'x'" "document is x, its events give 督办函" 3
    differs "reason = 'x'" "reason is x, its events give 久拖不决" 3
    named "INSERT INTO supervision (ticket_id, round, role, level, supervisor, org_id, document, due_at, level_at, swept_at,
        reply_due_at, accountability) SELECT ticket_id, round, role, level, supervisor, org_id, document, due_at, level_at,
        swept_at, reply_due_at, accountability FROM supervision WHERE id = 3" \
        "supervision	4	order: the row is there, its events give nothing"
    # what never began is revoked
    ticket-correct --kind 拖欠中小企业账款 --reason 登记有误 1 >out
    [ "$(sql "SELECT count(*) FROM supervision WHERE revoked_at IS NOT NULL")" -gt 0 ]
    gives 0 "" "" center-check
    differs "revoked_for = 'x'" "revoked_for is x, its events give corrected"
}

@test "answered rounds: lead, start, limit, due, days, calendar" {
    at 2026-03-02T10:00
    center
    ticket-new -q --kind 投诉 --title 一 | ticket-route -q --to tax - >out
    at 2026-03-05T10:00
    ticket-answer -q --text t 1 >out
    ticket-rate -q --score 1 1 >out
    ticket-follow -q --outcome redo --reason r 1 >out
    at 2026-03-10T10:00
    ticket-answer -q --text t 1 >out
    gives 0 "" "" center-check
    due=$(sql "SELECT due_at FROM round WHERE round = 1")
    named "UPDATE round SET due_at = due_at + 86400, net_days = 1 WHERE round = 1; UPDATE round SET gross_days = 9 WHERE round = 2" \
        "replay	1	round 1: due_at is $((due + 86400)), its events give $due" \
        "replay	1	round 1: net_days is 1, its events give 3" \
        "replay	1	round 2: gross_days is 9, its events give 3"
    named "DELETE FROM round WHERE round = 2" \
        "replay	1	round 2: the row is nothing, its events give one"
    # a correction counts the rounds again
    ticket-correct -q --received 2026-02-27T10:00 --reason r 1 >out
    gives 0 "" "" center-check
    named "UPDATE round SET limit_days = 9 WHERE round = 1" \
        "replay	1	round 1: limit_days is 9, its events give 5"
}

@test "who held a ticket: each value of its parties" {
    at 2026-03-02T10:00
    center
    {
        ticket-new --kind 投诉 --title 一 | ticket-route --to tax --assist finance --basis 职责 -
        ticket-accept 1
        ticket-assist --add justice 1
        ticket-return --reason 不属于本单位职责 --basis 三定方案 1
        ticket-return --approve 1
        ticket-route --to commerce --assist finance --assist justice 1
    } >out
    at 2026-03-03T10:00
    {
        ticket-assist --release justice --reason 已无需 1
        ticket-answer --by finance --text 部分 1
        ticket-answer --text 答 1
        ticket-rate --score 1 1
        ticket-follow --outcome redo --reason r 1
    } >out
    at 2026-03-13T10:00
    ticket-answer --text 再答 --without 不需要 --at 2026-03-09T10:00 1 >out
    gives 0 "" "" center-check
    named() { # as above; of parties, all of ticket 1
        keep kept.db
        sql "$1"
        gives 1 $'replay\t1\t'"$2" "" center-check
        back kept.db
    }
    id() { sql "SELECT id FROM org WHERE code = '$1'"; }
    on() { date -d "$1+08:00" +%s; }
    named "UPDATE route SET round = 2 WHERE id = 1" "route 1: round is 2, its events give 1"
    named "UPDATE route SET org_id = 1 WHERE id = 1" "route 1: org_id is 1, its events give $(id tax)"
    named "UPDATE route SET org_id = 1 WHERE id = 2" "route 2: org_id is 1, its events give $(id finance)"
    named "UPDATE route SET rule = 'x' WHERE id = 3" "route 3: rule is x, its events give nothing"
    named "UPDATE route SET basis = 'x' WHERE id = 2" "route 2: basis is x, its events give 职责"
    named "UPDATE route SET basis = 'x' WHERE id = 3" "route 3: basis is x, its events give 人工派发"
    named "UPDATE route SET at = at + 1 WHERE id = 5" \
        "route 5: at is $(($(on 2026-03-02T10:00) + 1)), its events give $(on 2026-03-02T10:00)"
    named "UPDATE route SET accepted_at = NULL WHERE id = 1" \
        "route 1: accepted_at is nothing, its events give $(on 2026-03-02T10:00)"
    named "UPDATE route SET answered_at = 7 WHERE id = 5" "route 5: answered_at is 7, its events give $(on 2026-03-03T10:00)"
    named "UPDATE route SET answered_at = 7 WHERE id = 2" "route 2: answered_at is 7, its events give nothing"
    named "UPDATE route SET ended_at = ended_at + 1 WHERE id = 1" \
        "route 1: ended_at is $(($(on 2026-03-02T10:00) + 1)), its events give $(on 2026-03-02T10:00)"
    named "UPDATE route SET ended_at = NULL WHERE id = 6" \
        "route 6: ended_at is nothing, its events give $(on 2026-03-03T10:00)"
    named "UPDATE route SET excused = NULL WHERE id = 2" "route 2: excused is nothing, its events give returned"
    named "UPDATE route SET entered_at = NULL WHERE id = 7" \
        "route 7: entered_at is nothing, its events give $(on 2026-03-13T10:00)"
    named "UPDATE route SET late_granted = 1 WHERE id = 7" "route 7: late_granted is 1, its events give nothing"
    named "UPDATE route SET limit_days = 99 WHERE id = 7" "route 7: limit_days is 99, its events give 5"
    named "UPDATE route SET due_at = 7 WHERE id = 2" "route 2: due_at is 7, its events give $(on 2026-03-09T23:59:59)"
    named "UPDATE route SET id = 99 WHERE id = 7" \
        "$(printf 'route 99: the row is there, its events give nothing\nreplay\t1\troute 7: the row is nothing, its events give one')"
    named "UPDATE route SET role = 'assist' WHERE id = 1" \
        "route 1: role is assist, its events give lead"
    # the center's word on the late entry says whose it was
    at 2026-03-16T10:00
    supervision-revoke --refuse --text 无记录 1 >out
    gives 0 "" "" center-check
    named "UPDATE route SET late_granted = 1 WHERE id = 7" "route 7: late_granted is 1, its events give 0"
    [[ $(ticket-show -F table 1) == *'徐州市企业服务中心不认可徐州市商务局的补录时间'* ]]
}

@test "an event that is gone leaves its rows without one" {
    stocked
    sql "DROP TRIGGER event_is_kept; DELETE FROM event WHERE type = 'enterprise-added' AND data LIKE '%$B%'"
    run --separate-stderr center-check
    same "$status:$stderr" 1:
    [[ $output == *$'enterprises\t2\t'$B': the row is there, its events give nothing'* ]]
}

@test "what was received: each field is under the digest that the first event names" {
    at 2026-03-02T09:00
    center
    printf '编号,标题,内容,企业,信用代码,联系人,电话,区域,分类,渠道,受理时间,其他\nA1,题,文,甲公司,91320300MA00002690,张三,13800001111,云龙区,道路,12345,2026-03-02 09:00,别的\n' >one.csv
    ticket-new -q --csv one.csv >new
    gives 0 "" "" center-check
    sql "DROP TRIGGER ticket_intake_is_fixed; DROP TRIGGER ticket_intake_is_corrected"
    for field in source ref channel region category title body enterprise uscc contact phone extra; do
        before=$(sql "SELECT quote($field) FROM ticket")
        [ "$before" != NULL ]
        sql "UPDATE ticket SET $field = '{\"x\":\"y\"}'; UPDATE shown SET title = NULL"
        run --separate-stderr center-check
        same "$field: $(grep -c 'replay	1	the digest of what was received is' <<<"$output")" "$field: 1"
        sql "UPDATE ticket SET $field = $before"
    done
    # a correction is no other content
    at 2026-03-02T10:00
    ticket-correct -q --phone 13800002222 --title 别题 --reason 笔误 1 >out
    run --separate-stderr center-check
    same "$output" "schema	-	trigger ticket_intake_is_corrected is missing
schema	-	trigger ticket_intake_is_fixed is missing"
    # the digest in the event itself is under the chain's
    sql "DROP TRIGGER event_is_fixed; UPDATE event SET data = replace(data, '\"content\":\"', '\"content\":\"0')
        WHERE type = 'received'"
    run --separate-stderr center-check --log
    same "$status" 1
}
