#!/usr/bin/env bats
# record-erase: a person is erased by law from all that is stored, and the log still proves what it
# proved.

load lib/base
load lib/loop
load lib/crash
load lib/full

NAME=欧阳锋 PHONE=13905161234 A=91320300MA00002690
LAW='个人信息保护法第四十七条' WHY='本人申请'

# A center in which the person stands wherever one can, and another one beside him.
person() {
    at 2026-03-02T09:00
    center
    printf '代码,名称,联系人,联系电话,备注\n%s,甲厂,%s,%s,找%s\n' $A $NAME $PHONE $NAME | enterprise-add -q --csv - >/dev/null 2>&1
    quiet liaison-add --name $NAME --org 市工信局 --phone $PHONE
    quiet liaison-add --name $NAME --org 市工信局 --enterprise $A
    quiet ticket-new --title "${NAME}的诉求" --body "请打 139 0516-1234 找我" --contact $NAME --phone $PHONE --enterprise 甲厂
    quiet ticket-new --title 另一件 --body 与他无关 --contact 李四 --phone 13800000000
    quiet ticket-new --title 更正过 --contact 王五 --phone 13811111111
    quiet ticket-correct --contact $NAME --phone $PHONE --reason "登记成了别人" 3
    quiet ticket-correct --contact 赵六 --phone 13822222222 --reason "$NAME 来电说的" 3
    quiet ticket-route --to tax 1 2 3
    quiet ticket-extend --days 1 --reason "等$NAME 补材料" 1
    quiet ticket-extend --approve --text "同意等$NAME" 1
    quiet ticket-suspend --reason 等待诉求人补充材料 --basis 办法 1
    quiet ticket-suspend --approve 1
    quiet ticket-resume --text "${NAME}补齐了" 1
    at 2026-03-20T09:00
    quiet escalate
    quiet supervision-reply --text "已向$NAME 说明" 1
    quiet accountability-record --person $NAME --post 科长 --liability 直接责任 1
    quiet accountability-record --person 张三丰 --post 局长 --liability 主体责任 1
    quiet accountability-record --person $NAME --person-result 诫勉谈话 1
    quiet ticket-answer --text "已电话答复$NAME（$PHONE）" 1
    quiet ticket-answer --text 已答复 2
    ticket-list --unmask --text $NAME -F tsv >/dev/null
    sound
}

erase() { record-erase --law "$LAW" --reason "$WHY" "$@"; }

# All that is stored, as text.
stored() {
    if served; then "${QIFU_PSQL%psql}pg_dump" --data-only "$QIFU_DB"; else sqlite3 "$QIFU_DB" .dump; fi
}

# nowhere WORD...: in no table, no view and not in the bytes of the file.
nowhere() {
    local word
    for word; do
        run ! grep -aF "$word" <(stored) || return
        for view in $(views); do run ! grep -aF "$word" <(sql "SELECT * FROM $view") || return; done
        served || run ! grep -aqF "$word" "$QIFU_DB" || return
        [ ! -s "$QIFU_DB-wal" ] || run ! grep -aqF "$word" "$QIFU_DB-wal" || return
    done
}
views() { printf '%s\n' v_shown v_ticket v_event v_route v_supervision v_policy v_enterprise v_fact v_tag v_push; }

# What log-digest reads: the erasure's rows stand behind the seed.
events() {
    sql "SELECT e.id || char(9) || coalesce(ticket_id, 0) || char(9) || at || char(9) || recorded_at || char(9) ||
        type || char(9) || actor || char(9) || data || char(9) || coalesce(hex(seed), '-') || char(9) ||
        coalesce((SELECT group_concat(key || CASE WHEN seal IS NULL THEN 's' || hex(salt) ELSE 'x' || hex(seal) END, ' ')
            FROM erasure s WHERE s.event_id = e.id), '') FROM event e ORDER BY e.id"
}

independent() {
    events | "$TREE/t/lib/log-digest" >computed
    sql "SELECT id || ' ' || lower(hex(hash)) FROM event ORDER BY id" >stored
    same "$(cat stored)" "$(cat computed)"
}

@test "a person is nowhere any more, and every proof holds" {
    person
    sql "SELECT id, hex(hash) FROM event ORDER BY id" >before
    grep -qaF $NAME <(stored)
    erase --name $NAME --phone $PHONE -n >would
    sql "SELECT id, hex(hash) FROM event ORDER BY id" | cmp - before # -n does nothing
    grep -qaF $NAME <(stored)
    erase --name $NAME --phone $PHONE >did
    cmp would did
    nowhere $NAME $PHONE "139 0516-1234"
    sound
    served || independent
    sql "SELECT id, hex(hash) FROM event ORDER BY id" | head -n "$(wc -l <before)" | cmp - before
    gives 1 "" "" erase --name $NAME --phone $PHONE # nothing is left
    sound
}

@test "what is left is read as before, with the office's mark where something was" {
    person
    quiet erase --name $NAME --phone $PHONE
    same "$(ticket-show 1 | awk -F '\t' '$2 ~ /^(title|body|contact|phone)$/ { print $3 }' | sort -u)" （已依法删除）
    same "$(ticket-show 2 | awk -F '\t' '$2 == "body" { print $3 }')" 与他无关
    same "$(ticket-show 3 | awk -F '\t' '$2 == "contact" { print $3 }')" "赵*"
    [[ $(ticket-show -F table 1) == *平台依法删除个人信息（"$LAW"）（理由："$WHY"；内容：* ]]
    [[ $(accountability-list --all --unmask) == *张三丰*（已依法删除[0-9]* ]]
    for program in "ticket-list" "ticket-list -F json" "ticket-list --text 另一" "ticket-merge --suggest --across" "supervision-list --all" \
        "supervision-dossier -F md 1" "report-monthly 2026-03" "enterprise-list" "liaison-list" "enterprise-show $A" \
        "ticket-show --unmask 1" "ticket-show --explain 1"; do
        run --separate-stderr $program
        [[ $status = [01] && $output$stderr != *$NAME* && $output$stderr != *$PHONE* ]]
    done
    quiet ticket-correct --contact 周七 --phone 13833333333 --reason 新的联系人 1
    quiet ticket-rate --score 5 1
    sound
}

@test "fields of one ticket, in two steps" {
    person
    gives 0 $'2\tevent\t'"$(sql "SELECT id FROM event WHERE ticket_id = 2 ORDER BY id LIMIT 1")"$'\tphone\n2\tticket\t2\tphone' "" \
        erase --field phone 2
    same "$(sql 'SELECT contact, phone, body FROM ticket WHERE id = 2')" '李四|（已依法删除）|与他无关'
    sound
    quiet erase --field contact --field body 2
    same "$(sql 'SELECT contact, phone, body FROM ticket WHERE id = 2')" '（已依法删除）|（已依法删除）|（已依法删除）'
    nowhere 13800000000 李四 与他无关
    sound
    served || independent
}

@test "the event says who, why and by which law" {
    person
    quiet erase --field phone 2
    same "$(sql "SELECT ticket_id, json_extract(data, '\$.law'), json_extract(data, '\$.reason'), json_extract(data, '\$.fields')
        FROM event WHERE type = 'erased'")" "2|$LAW|$WHY|[\"phone\"]"
}

@test "what is refused has its reason, and nothing is written" {
    person
    refuses "record-erase: erase personal data: only the center may" erase --by tax --field phone 2
    refuses "record-erase: the law or the reason says what is to be erased" record-erase --law x --reason "$NAME 申请" --name $NAME
    gives 2 "" 'record-erase: 99: no such ticket' erase --field phone 99
    run --separate-stderr erase --name 锋
    [[ $status = 2 && $stderr == *'"锋" is too short to tell a person by'* ]]
    run --separate-stderr record-erase --reason x --name $NAME
    [[ $status = 2 && $stderr == *"by which law? --law"* ]]
    run --separate-stderr erase --field telephone 1
    [[ $status = 2 && $stderr == *'unknown field "telephone" (title, body, '* ]]
}

@test "the database lets an erasure through, and nothing else" {
    needs_file "the test's own statements pass a server's triggers"
    person
    quiet erase --field phone 2
    id=$(sql "SELECT id FROM event WHERE ticket_id = 2 ORDER BY id LIMIT 1")
    for statement in "UPDATE event SET data = '{}' WHERE id = $id + 1" "UPDATE event SET at = 0 WHERE id = $id" \
        "DELETE FROM erasure" "UPDATE erasure SET seal = zeroblob(32) WHERE seal IS NOT NULL" \
        "UPDATE ticket SET body = 'x' WHERE id = 2" "UPDATE ticket SET phone = 'x' WHERE id = 1"; do
        run ! sqlite3 "$QIFU_DB" "$statement"
    done
    # what the trigger cannot see, the digest does
    sqlite3 "$QIFU_DB" "UPDATE event SET data = replace(data, '\"kind\"', '\"kine\"') WHERE id = $id"
    gives 1 $'log\t'"$id"$'\tthis event does not follow from the one before it' "" center-check --log
}

@test "another text in the place of an erased one does not pass for it" {
    person
    quiet erase --field text 1
    id=$(sql "SELECT id FROM event WHERE type = 'answered' AND ticket_id = 1")
    sql "UPDATE event SET data = replace(data, '（已依法删除）', '另一个答复') WHERE id = $id"
    gives 1 $'log\t'"$id"$'\tthis event does not follow from the one before it' "" center-check --log
}

@test "a process that is killed leaves all or nothing, and the next run finishes" {
    needs_file "what is left in the file is looked for"
    at 2026-03-02T09:00
    center
    seq 400 | sed "s/.*/诉求&,$NAME,$PHONE,&/" | sed '1i 标题,联系人,联系电话,编号' | ticket-new -q --csv - --received now >/dev/null 2>&1
    [ "$(sql "SELECT count(*) FROM ticket WHERE contact = '$NAME'")" = 400 ]
    # 1: nothing is left to be erased, but perhaps to be forgotten
    ENDS=1 in_pieces record-erase --law 法 --reason 申请 --name $NAME --phone $PHONE
    nowhere $NAME $PHONE
    sound
}

@test "what was erased of two tickets makes them no repeats of each other" {
    at 2026-03-02T09:00
    center
    ticket-new -q --title 甲公司贷款被银行拒绝的情况反映 --phone 13800001111 --enterprise 甲公司 >new
    ticket-new -q --title 乙工厂用电负荷不足要求增容 --phone 13900002222 --enterprise 乙工厂 >new
    ticket-new -q --title 甲公司贷款被银行拒绝的情况反映 --phone 13800001111 --enterprise 甲公司 >new
    gives 0 "3	1" "" bash -c "ticket-merge --suggest | cut -f 1,2"
    record-erase --law 法 --reason 申请 --field title --field enterprise --field phone 1 2 3 >out
    gives 1 "" "" ticket-merge --suggest
    gives 1 "" "" ticket-merge --suggest --across
}

@test "the file is written anew where something was erased, and only there" {
    needs_file "on a server each table is"
    at 2026-03-02T09:00
    center
    ticket-new -q --title 甲 --phone 13800001111 >new
    ticket-new -q --title 乙 >new
    record-erase --law 法 --reason 申请 --phone 13800001111 >out
    same "$(sql "SELECT count(*) FROM setting WHERE name = 'to_forget'")" 0
    before=$(sql "PRAGMA freelist_count; CREATE TABLE more (a); INSERT INTO more VALUES (zeroblob(100000)); DROP TABLE more;
        PRAGMA freelist_count")
    [ "$(tail -1 <<<"$before")" -gt 10 ]
    gives 1 "" "" record-erase --law 法 --reason 申请 --phone 13800001111
    [ "$(sql "PRAGMA freelist_count")" -gt 10 ] # nothing was to be forgotten
    sql "INSERT INTO setting VALUES ('to_forget', '1')" # what a run leaves that is killed before the end
    gives 1 "" "" record-erase --law 法 --reason 申请 --phone 13800001111
    same "$(sql "PRAGMA freelist_count; SELECT count(*) FROM setting WHERE name = 'to_forget'" | xargs)" "0 0"
}

# says WHO WHERE: makes the call of every list, page, document and export; WHERE has those that say who.
says() {
    local line
    while read -r line; do
        run --separate-stderr $line
        ! grep -qE "$1" <<<"$output$stderr" || echo "$line"
    done < <(grep -v '^#' "$TREE/t/lib/readings") >"$2"
}

# tables_with WORD: the tables and views that have it, and what is set aside.
tables_with() {
    local name
    for name in $(relations); do ! grep -qF "$1" <(sql "SELECT * FROM $name") || echo "$name"; done
}
relations() {
    if served; then
        sql "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
    else
        sql "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY 1"
    fi
}

@test "of a full center: nothing in any table, view, list, page or export; receipts and proofs of before hold, and new ones" {
    cp -r "$TREE/share" conf
    full_center
    cp "$BATS_RUN_TMPDIR"/full.keys/* .
    printf 'retention:\n  - {retention: c, of: ticket, fields: [contact, phone, body], after: closed, days: 1, law: L}\n' >>conf/center.yaml
    log-head --key log.key >log.head
    quiet ticket-void --reason 测试 4
    for id in 3 4 5; do
        log-prove --unmask $id >before.$id
        ticket-receipt $id >receipt.$id
    done
    # each is somewhere before
    says 欧阳锋 said
    [ "$(wc -l <said)" -gt 15 ]
    [ "$(tables_with 欧阳锋 | wc -l)" -gt 12 ]
    center-check --log >digest
    at 2026-04-22T09:00
    QIFU_CONFIG=$T/conf quiet record-retain
    same "$(sql 'SELECT contact, phone, body FROM ticket WHERE id = 4')" "（已依法删除）|（已依法删除）|（已依法删除）"
    quiet record-erase --law L --reason W --name 欧阳锋 --phone 13905161234 --phone 0516-1
    same "$(tables_with 欧阳锋)$(tables_with 13905161234)$(tables_with 0516-1)" ""
    says '欧阳锋|139-?0516-?1234|0516-1' said
    same "$(cat said)" ""
    nowhere 欧阳锋 13905161234
    # the log is what it was, and goes on from there
    gives 0 "" "" center-check -q
    center-check -q --log --since "$(cat digest)" >out
    log-head --key log.key >new.head
    for id in 3 4 5; do log-prove --unmask $id >after.$id; done
    log-prove --since log.head >extension
    for file in before.3 before.4 before.5 receipt.3 receipt.4 receipt.5 after.3 after.4 after.5 log.head new.head; do
        same "$file $(log-verify -k log.pub "$file" | cut -f 3)" "$file holds"
    done
    same "$(log-verify -k log.pub --since log.head extension | cut -f 3)" holds
    run ! grep 欧阳锋 after.3 after.4 after.5
    if ! served; then
        call center-rebuild new.db
        same "$status:$stderr:$(cut -f 4 <<<"$output" | sort -u)" 0::yes
        run ! grep -aE '欧阳锋|13905161234' new.db
    fi
}
