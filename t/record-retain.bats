#!/usr/bin/env bats
# record-retain: what has been kept as long as center.yaml says is erased, and only then.

load lib/base
load lib/loop
load lib/survey
load lib/register
load lib/members

setup() {
    lib_setup
    cp -r "$TREE/share" conf
    QIFU_CONFIG=$T/conf
}

# retention CODE OF FIELDS AFTER PERIOD: one more; with LAW where it is set.
retention() {
    grep -q ^retention: conf/center.yaml || echo retention: >>conf/center.yaml
    printf '  - {retention: %s, name: %s期, of: %s, fields: [%s], after: %s, %s, law: %s}\n' \
        "$1" "$1" "$2" "$3" "$4" "$5" "${LAW:-个人信息保护法第十九条}" >>conf/center.yaml
}

# due: which texts of which tickets go today, "ticket record field".
due() { record-retain -n "$@" | cut -f 1,2,4 | sort -u; }

ticket() { ticket-new -q --title 发票 --body 打13812345678找我 --contact 张三 --phone 13812345678 "$@" >>out; }

@test "a period ends with the day of the same number, or the month's last; what is kept goes on the day after" {
    retention y ticket phone void "years: 1"
    at 2024-01-15T09:00
    center
    ticket
    ticket
    at 2024-02-29T23:59
    ticket-void -q --reason 测试 1 >out
    at 2024-03-01T00:00
    ticket-void -q --reason 测试 2 >out
    at 2025-02-28T23:59
    gives 1 "" "" record-retain -n
    at 2025-03-01T00:00
    same "$(due)" $'1\tevent\tphone\n1\tticket\tphone'
    at 2025-03-01T23:59
    same "$(due | cut -f 1 | sort -u)" 1
    at 2025-03-02T00:00
    same "$(due | cut -f 1 | sort -u | xargs)" "1 2"
    # 31 January and a month, and 30 days
    for case in "months: 1 2024-03-29 2024-03-31" "months: 12 2025-02-28 2025-03-01" "days: 30 2024-03-30 2024-03-31" "months: 13 2025-03-29 2025-03-30"; do
        read -r unit number before on <<<"$case"
        sed -i "s/after: void, .*, law/after: void, $unit $number, law/" conf/center.yaml
        gives 1 "" "" record-retain -n --now "$before"
        [[ $(record-retain -n --now "$on" | cut -f 1 | sort -u | head -n 1) = 1 ]]
    done
}

@test "the fields that are named go, and no others; who, why and by which law is in the log" {
    retention contacts ticket "contact, phone, extra" closed "years: 3"
    LAW=档案法 retention words ticket "body, text" withdrawn "years: 5"
    at 2026-03-02T09:00
    center
    ticket
    ticket
    ticket-withdraw -q --reason 不办了 2 >out
    ticket-void -q --reason 测试 1 >out
    at 2029-03-02T09:00
    gives 1 "" "" record-retain
    at 2029-03-03T09:00
    sql "SELECT id, hex(hash) FROM event ORDER BY id" >before
    record-retain -n -F tsv >would
    record-retain >did
    cmp would did
    same "$(cut -f 1,2,4- did)" $'1\tevent\tcontact\tcontacts\t个人信息保护法第十九条
1\tevent\tphone\tcontacts\t个人信息保护法第十九条
1\tticket\tcontact\tcontacts\t个人信息保护法第十九条
1\tticket\tphone\tcontacts\t个人信息保护法第十九条
2\tevent\tcontact\tcontacts\t个人信息保护法第十九条
2\tevent\tphone\tcontacts\t个人信息保护法第十九条
2\tticket\tcontact\tcontacts\t个人信息保护法第十九条
2\tticket\tphone\tcontacts\t个人信息保护法第十九条'
    same "$(sql 'SELECT contact, phone, body FROM ticket ORDER BY id')" '（已依法删除）|（已依法删除）|打13812345678找我
（已依法删除）|（已依法删除）|打13812345678找我'
    same "$(sql "SELECT json_extract(data, '$.by'), json_extract(data, '$.retention'), json_extract(data, '$.law'), json_extract(data, '$.reason'),
        json_extract(data, '$.fields') FROM v_event WHERE type = 'erased' AND ticket_id = 1" | sed 's/, /,/g')" \
        '|contacts|个人信息保护法第十九条|保存期限届满：contacts期|["contact","phone"]'
    same "$(sql "SELECT json_extract(data, '$.retention'), json_extract(data, '$.record'), json_extract(data, '$.after'), json_extract(data, '$.years'),
        json_extract(data, '$.texts_of') FROM v_event WHERE type = 'retained'" | sed 's/, /,/g')" 'contacts|ticket|closed|3|["contact","phone","extra"]'
    [[ $(ticket-show -F table 1) == *平台依法删除个人信息（个人信息保护法第十九条）（理由：保存期限届满：contacts期* ]]
    sql "SELECT id, hex(hash) FROM event ORDER BY id" | head -n "$(wc -l <before)" | cmp - before
    sound
    # nothing is left, and nothing is written
    everything >before
    gives 1 "" "" record-retain
    same "$(everything)" "$(cat before)"
    at 2031-03-03T09:00
    same "$(record-retain --only words | cut -f 1,2,4,5)" $'2\tevent\tbody\twords\n2\tticket\tbody\twords'
    sound
}

@test "what goes on, or was closed and goes on again, is kept; what joined it goes with it" {
    retention all ticket "title, body, contact, phone, text, reason" closed "months: 1"
    at 2026-03-02T09:00
    center
    ticket
    ticket
    ticket
    ticket-merge -q --into 1 2 >out
    quiet ticket-route --to tax 1 3
    quiet ticket-answer --text 已办 1
    quiet ticket-void --reason 同意 3
    quiet ticket-appeal --by tax --figure party-on-time --reason 同意 --basis x 3
    at 2026-05-02T09:00
    gives 1 "" "" record-retain # 2 is closed, but 1 is not, and 3 waits
    quiet ticket-rate --score 5 1
    at 2026-07-02T09:00
    same "$(record-retain | cut -f 1 | sort -u | xargs)" "1 2"
    sound
    quiet ticket-appeal --approve --reason 有理 3
    same "$(due | cut -f 1 | sort -u)" 3
    quiet record-retain
    # what was added since goes too
    quiet ticket-note --text 补记 1
    same "$(due)" $'1\tevent\ttext'
    quiet record-retain
    gives 1 "" "" record-retain
    # and to one that has joined it
    quiet ticket-note --text 补记 2
    same "$(record-retain | cut -f 1-2,4)" $'2\tevent\ttext'
    gives 1 "" "" record-retain
    # fields that are named anew are looked for in all
    retention more ticket extra closed "days: 1"
    sed -i 's/\[title, body/[enterprise, body/' conf/center.yaml
    gives 1 "" "" record-retain -n
    sound
}

@test "an erased text leaves the same words of other fields and other records as they are" {
    at 2026-03-02T09:00
    retention words ticket text closed "days: 1"
    retention told survey text entered "days: 30"
    retention said feedback text entered "days: 30"
    world
    ticket
    quiet ticket-route --to tax 1
    quiet ticket-extend --days 1 --reason 同意 1
    quiet ticket-extend --refuse --text 同意 1
    quiet ticket-answer --text 同意 1
    quiet ticket-rate --score 5 1
    printf '%s\n' 编号,来源,政策类型,意见 1,一季度,其他,同意 >s.csv
    quiet survey-add --csv s.csv
    quiet policy-record --type feedback --score 5 --text 同意 loan
    at 2026-05-02T09:00
    printf '%s\n' 编号,来源,政策类型,意见 2,一季度,其他,同意 >s.csv
    quiet survey-add --csv s.csv
    quiet policy-record --type feedback --score 5 --text 同意 loan
    same "$(record-retain | awk -F '\t' '{ print $1, $2, $4, $5 }' | sort | uniq -c | awk '{ $1 = $1; print }')" "1 - event text said
1 - event text told
2 1 event text words"
    same "$(sql "SELECT reason FROM request WHERE ticket_id = 1")" 同意
    same "$(sql "SELECT text FROM survey_answer ORDER BY id" | xargs)" "（已依法删除） 同意"
    same "$(sql "SELECT text FROM policy_event WHERE type = 'feedback' ORDER BY id" | xargs)" "（已依法删除） 同意"
    sound
}

@test "entries of registers that have ended, and what was searched for" {
    at 2026-03-02T09:00
    retention entries register "text, others" ended "months: 6"
    retention searches search text entered "months: 6"
    problems
    quiet register-act --field measures=换灯 --text 已核实 problems settle 1
    quiet register-act --text 已核实 problems strike-off 1
    ticket
    ticket-list -q --unmask --text 13812345678 >out
    at 2026-09-01T09:00
    ticket-list -q --unmask --text 13812345678 >out
    at 2026-09-03T09:00
    record-retain >did
    same "$(cut -f 2,4,5 did | sort | uniq -c | awk '{ $1 = $1; print }' | tail -n 1)" "1 event text searches"
    [[ $(register-show 1) == *（已依法删除* && $(register-show 1) != *路灯* && $(register-show 2) == *退税* ]]
    same "$(sql "SELECT json_extract(data, '$.text') FROM event WHERE type = 'unmasked' ORDER BY id" | xargs)" "（已依法删除） 13812345678"
    sound
    gives 1 "" "" record-retain
}

@test "operators carry it out; for cron it is silent where there is nothing" {
    at 2026-03-02T09:00
    retention contacts ticket phone closed "days: 1"
    cp -r conf members
    echo "name_passers: [$(id -un)]" >>members/center.yaml
    members
    as desk ticket-new -q --title x --phone 13812345678 >out
    as desk ticket-void -q --reason x 1 >out
    at 2026-03-05T09:00
    gives 2 "" "record-retain: carry out a retention: only the center may" as li record-retain
    for who in chief admin watch; do
        call as $who record-retain -n
        [[ $status = 2 && $stderr == "record-retain: carry out a retention: an operator of center may; $who is "* ]]
    done
    gives 2 "" 'record-retain: center.yaml has no retention "x"; see record-retain -h' as desk record-retain --only x
    quiet as desk record-retain
    gives 1 "" "" env -i PATH="$PATH" QIFU_DB="$QIFU_DB" QIFU_CONFIG="$QIFU_CONFIG" QIFU_NOW="$QIFU_NOW" QIFU_MEMBER=desk record-retain
    gives 0 "" "" as watch center-check
}

@test "faults of center.yaml stand with their lines" {
    n=$(wc -l <conf/center.yaml)
    cat >>conf/center.yaml <<-'END'
	retention:
	  - {retention: a, of: tickets, fields: [phone], after: closed, years: 3, law: x}
	  - {retention: b, of: ticket, fields: [telephone], after: end, years: 3, law: x}
	  - {retention: b, of: survey, fields: [text], after: entered, law: x}
	  - {retention: c, of: search, fields: [text], after: entered, years: 1, days: 2, law: x}
	  - {retention: d, of: search, after: entered, years: 0}
	END
    call center-init -n
    same "$status" 2
    same "${stderr//"center-init: $T/conf/center.yaml:"/}" "$((n + 4)): retention \"b\" is already on line $((n + 3))
$((n + 2)): no such thing: \"tickets\" (ticket, register, survey, feedback, search)
$((n + 3)): no such thing: \"end\" (closed, satisfied, explained, invalid, not-rated, declined, referred, void, withdrawn)
$((n + 3)): no such thing: \"telephone\" (title, body, enterprise, uscc, contact, phone, extra, text, reason, result, person, others)
$((n + 4)): how long? one of \"years\", \"months\" and \"days\"
$((n + 5)): how long? one of \"years\", \"months\" and \"days\"
$((n + 6)): \"law\" is missing
$((n + 6)): \"fields\" names none
$((n + 6)): \"years\" must be a whole number from 1 to 100"
}
