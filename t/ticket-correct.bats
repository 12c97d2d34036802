#!/usr/bin/env bats
# ticket-correct: what was entered wrongly at the intake is put right; the first entry stays readable.

load lib/base
load lib/loop

took() { ticket-new -q --title 停电 "$@" >>new; }

# why ID OPTION...: a correction that must succeed.
why() { quiet ticket-correct --reason 录入错误 "${@:2}" "$1"; }

due_of() { fields "$1" due | cut -d = -f 2; }

# S1 scenario 50: wrong kind at intake: "corrected with reason, deadline anew" - "no act at all" (S14:
# "The kind cannot be corrected. It decides 1, 3 or 5 days").
@test "the kind: the deadline is computed anew from the receipt" {
    at 2026-03-02T09:00
    center
    took # other: 5 working days
    at 2026-03-03T09:00
    gives 0 $'1\tcorrect\treceived\t2026-03-03T23:59:59+08:00\t-\t停电' "" \
        ticket-correct --kind 政策咨询 --reason 录入错误 1
    same "$(sql "SELECT type, json_remove(data, '$.due', '$.next', '$.calendar') FROM v_event WHERE type = 'corrected'")" \
        'corrected|{"by":"center","reason":"录入错误","was_kind":"other","is_kind":"policy-consultation","was_kind_by":"default","is_kind_by":"corrected","limit":1,"provisional":0}'
    same "$(fields 1 kind kind_by due)" $'kind=policy-consultation\nkind_by=corrected\ndue=2026-03-03T23:59:59+08:00'
    [[ $(ticket-show -F table 1) == *"徐州市企业服务中心更正（理由：录入错误；类型 其他 → 政策咨询；时限 1 个工作日；"* ]]
    sound
    # a shorter one may make it late: that is how it is
    at 2026-03-06T09:00
    took
    quiet ticket-route --to tax 2
    at 2026-03-10T09:00
    why 2 --kind 政策咨询
    same "$(due_of 2)" 2026-03-09T23:59:59+08:00
    same "$(sql "SELECT level, level_began FROM v_supervision WHERE ticket_id = 2")" 'yellow|2026-03-10T00:00:00+08:00'
    sound
}

@test "the kind after an extension, an answer, a redo: each round is judged again" {
    at 2026-03-02T09:00
    center
    took
    quiet ticket-route --to tax 1
    quiet ticket-extend --days 3 --reason 核查 1
    quiet ticket-extend --approve 1
    why 1 --kind 建议 # 3, and 3 more
    same "$(due_of 1)" 2026-03-10T23:59:59+08:00
    same "$(sql "SELECT due FROM v_route")" 2026-03-10T23:59:59+08:00
    at 2026-03-05T09:00
    quiet ticket-answer --text 答 1
    why 1 --kind 政策咨询 # 1, and 3 more
    same "$(sql "SELECT limit_days, gross_days, datetime(due_at + 28800, 'unixepoch') FROM round")" '4|3|2026-03-06 23:59:59'
    same "$(due_of 1)" 2026-03-06T23:59:59+08:00
    same "$(sql "SELECT next_level_at IS NULL FROM ticket")" 1
    quiet ticket-rate --score 1 1
    quiet ticket-follow --outcome redo --text 未解决 1
    why 1 --kind 其他
    same "$(sql "SELECT limit_days FROM round")" 8
    same "$(due_of 1)" 2026-03-12T23:59:59+08:00 # 5 from the redo
    sound
    quiet sla-check --recompute
    same "$(due_of 1)" 2026-03-12T23:59:59+08:00
    sound
}

@test "the receipt: the first clock begins then, the center's wait too" {
    at 2026-03-05T09:00
    center
    took
    why 1 --received '2026-03-03 10:00'
    same "$(fields 1 received due)" $'received=2026-03-03T10:00:00+08:00\ndue=2026-03-10T23:59:59+08:00'
    same "$(sql "SELECT received_at = started_at AND received_at = pooled_at FROM ticket")" 1
    quiet ticket-route --to tax 1
    refuses "ticket-correct: 1: correct: received at 2026-03-05T09:30:00+08:00, but it was acted on at 2026-03-05T09:00:00+08:00" \
        ticket-correct --now 2026-03-05T10:00 --received '2026-03-05 09:30' --reason x 1
    refuses "ticket-correct: 1: 2026-03-06T09:00:00+08:00 lies in the future" \
        ticket-correct --received 2026-03-06T09:00 --reason x 1
    [[ $(ticket-show -F table 1) == *"受理时间 2026-03-05 09:00 → 2026-03-03 10:00"* ]]
    why 1 --received '2026-03-04 10:00' --kind 求助
    same "$(due_of 1)" 2026-03-09T23:59:59+08:00
    sound
}

@test "every other field, in words; and what is emptied" {
    at 2026-03-02T09:00
    center
    took --contact 张三丰 --phone 0516-83721234 --enterprise 甲公司 --region 丰县 --channel 窗口
    why 1 --contact 李四光 --phone 13812341234 --enterprise 乙公司 --uscc 91110108551385082Q \
        --region 沛县 --channel 热线 --category 用电 --title $'电压\n不稳'
    same "$(fields 1 title channel enterprise uscc contact phone region category)" 'title=电压 不稳
channel=hotline
enterprise=乙公司
uscc=91110108551385082Q
contact=李**
phone=138****1234
region=320322
category=用电'
    same "$(ticket-show --unmask 1 | awk -F '\t' '$2 == "contact" || $2 == "phone" { print $3 }')" $'李四光\n13812341234'
    why 1 --region '' --contact '' --uscc ''
    same "$(fields 1 uscc contact region)" ""
    [[ $(ticket-show -F table 1) == *"区域 沛县 → （空）"* ]]
    sound
}

# "Personal data are masked in every output" (qifu(7)): also what was, in the history and the views.
@test "contact and telephone are masked in the event, with every kind of telephone" {
    at 2026-03-02T09:00
    center
    took --contact 张三丰 --phone 0516-83721234
    why 1 --contact 欧阳锋 --phone 13812345678 --title '请打 13912345678'
    for shown in "$(ticket-show 1)" "$(ticket-show -F table 1)" "$(ticket-show -F json 1)" \
        "$(supervision-dossier 1)" "$(sql 'SELECT * FROM v_event')" "$(sql 'SELECT * FROM v_ticket')"; do
        for secret in 三丰 阳锋 83721234 13812345678 13912345678; do
            [[ $shown != *"$secret"* ]] || { echo "$secret in $shown" >&2; return 1; }
        done
    done
    [[ $(ticket-show -F table 1) == *"联系人 张** → 欧**"*"电话 "*"1234 → 138****5678"* ]]
    [[ $(ticket-show --unmask -F table 1) == *"联系人 张三丰 → 欧阳锋；电话 0516-83721234 → 13812345678"* ]]
    quiet ticket-note --confidential 1
    [[ $(ticket-show 1) != *was_* ]]
    gives 0 "" "" center-check -q
}

@test "a title that is corrected is found by it, and no more by the first" {
    at 2026-03-02T09:00
    center
    took
    why 1 --title 停水
    same "$(ticket-list --text 停水 | cut -f 1)" 1
    gives 1 "" "" ticket-list --text 停电
}

@test "after the end too: but what was joined is corrected there" {
    at 2026-03-02T09:00
    center
    took; took
    quiet ticket-answer --text 答 1
    quiet ticket-rate --score 5 1
    why 1 --phone 13812341234 --kind 建议
    same "$(fields 1 state due)" $'state=closed\ndue=2026-03-05T23:59:59+08:00'
    took
    quiet ticket-merge --into 2 3
    refuses "ticket-correct: 3: correct: it was joined to ticket 2: correct that one" \
        ticket-correct --phone 13812341234 --reason x 3
    sound
}

@test "a row that comes again says what the first entry said" {
    at 2026-03-02T09:00
    center
    printf '工单编号,标题,受理时间,联系电话,类型\nA1,停电,2026-03-02 08:00,13812341234,其他\n' >r.csv
    quiet ticket-new -q --csv r.csv --source 12345
    for phone in 13900000000 13911111111; do why 1 --phone $phone; done
    why 1 --kind 建议 --title 停水 --received '2026-03-02 07:00'
    gives 0 "" "ticket-new: 0 added, 1 already there" ticket-new --csv r.csv --source 12345
    sed 's/停电/停气/' r.csv >other.csv
    gives 2 "" "ticket-new: other.csv:2: 12345 A1 is there already with other content: title
ticket-new: 1 bad row: nothing was done; --rejects FILE does the rest" ticket-new --csv other.csv --source 12345
    printf '工单编号,标题,受理时间\nA2,路灯,2026-03-02 08:00\n' >r.csv # its kind is judged, and corrected
    quiet ticket-new -q --csv r.csv --source 12345
    why 2 --kind 举报
    gives 0 "" "ticket-new: 0 added, 1 already there" ticket-new --csv r.csv --source 12345
}

@test "from a file: each row its own values" {
    at 2026-03-02T09:00
    center
    for i in 1 2; do took --source 12345 --ref "A$i"; done
    printf '工单编号,类型,联系电话\nA1,投诉,\nA2,,13812341234\n' >c.csv
    call ticket-correct --reason 热线更正 --source 12345 --csv c.csv
    same "$status$stderr" 0
    same "$(fields 1 kind phone)$(fields 2 kind phone)" 'kind=complaintkind=other
phone=138****1234'
    sound
}

@test "what is refused has its reason, and nothing is written" {
    at 2026-03-02T09:00
    center
    took --phone 13812341234
    refuses "ticket-correct: 1: correct: the reason is missing: --reason" ticket-correct --kind 投诉 1
    refuses "ticket-correct: 1: correct: nothing is said to be right: --kind, --received and the like" \
        ticket-correct --reason x 1
    refuses "ticket-correct: 1: correct: it says so already" ticket-correct --reason x --kind 其他 --phone 13812341234 1
    refuses "ticket-correct: 1: correct: the title is blank" ticket-correct --reason x --title '' 1
    refuses "ticket-correct: 1: correct: the phone is blank" ticket-correct --reason x --phone ' ' 1
    refuses "ticket-correct: 1: correct: only the center may" ticket-correct --by tax --reason x --kind 投诉 1
    call ticket-correct --reason x --kind 投拆 --region 火星 --uscc 12 1
    same "$status$output" 2
    [[ $stderr == 'ticket-correct: 1: unknown kind "投拆" (did you mean 投诉?); credit code "12": it must have 18 characters; unknown region "火星"'* ]]
    refuses "ticket-correct: 99: no such ticket" ticket-correct --reason x --kind 投诉 99
    before=$(everything)
    quiet ticket-correct -n --reason x --kind 投诉 1
    same "$(everything)" "$before"
}

@test "center-check finds what was changed behind its back" {
    at 2026-03-02T09:00
    center
    took --phone 13812341234
    call sql "UPDATE ticket SET phone = '1' WHERE id = 1"
    [[ $stderr == *'what was received is changed by a correction alone'* ]]
    why 1 --phone 13900000000
    why 1 --phone 13911111111
    keep whole.db
    sql "UPDATE ticket SET phone = '13922222222', channel = 'qr'; UPDATE shown SET phone = '139****2222'"
    call center-check -q
    same "$status$(sed 's/received is .*/received is/' <<<"$output")" \
        $'1replay\t1\tthe digest of what was received is\nreplay\t1\tphone is 13922222222, its events give 13911111111\nmasking\t1\twhat the views show: phone is 139****2222, its events give 139****1111'
    back whole.db
    sql "DROP TRIGGER event_is_fixed; UPDATE event SET data = replace(data, '13900000000', '13955555555') WHERE id = (SELECT max(id) FROM event)"
    call center-check -q
    [[ $output == *$'replay\t1\tphone before a correction is 13955555555, its events give 13900000000'* ]]
    back whole.db
    sql "UPDATE ticket SET received_at = received_at - 60, kind_by = 'given'"
    call center-check -q
    [[ $output == *"kind_by is given, its events give default"*"received_at is "* ]]
}
