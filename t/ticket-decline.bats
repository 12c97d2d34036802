#!/usr/bin/env bats
# ticket-decline: what is not taken in (不予受理): when, why, and where else to go.
# 国办函〔2025〕66号: 依法应当通过诉讼、仲裁、纪检监察、行政复议、信访等途径解决的, 告知合法渠道.

load lib/base
load lib/loop

@test "closed as declined; the event holds the legal way, and ticket-show tells it" {
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00 >/dev/null
    gives 0 $'1\tdecline\tclosed\t2026-03-09T23:59:59+08:00\t-\t甲' "" \
        ticket-decline --reason 属于信访事项 --basis 信访工作条例 1
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        'closed|{"by":"center","reason":"属于信访事项","basis":"信访工作条例","closed_as":"declined","way":"向信访工作机构提出信访事项"}'
    same "$(fields 1 state closed_as)" $'state=closed\nclosed_as=declined'
    same "$(ticket-show -F table 1 | awk '/办结方式/ { print $3 }')" 不予受理
    [[ $(ticket-show -F table 1) == *"徐州市企业服务中心不予受理（理由：属于信访事项；依据：信访工作条例；告知途径：向信访工作机构提出信访事项）。"* ]]
    same "$(sql "SELECT closed_as, level FROM v_ticket")" 'declined|'
    sound
}

@test "within a working day of the receipt; the limit is the center's" {
    at 2026-03-06T09:00 # Friday
    center
    for _ in 1 2 3; do new 2026-03-06T09:00; done >/dev/null
    at 2026-03-09T23:59:59
    quiet ticket-decline --reason 不服行政行为 --basis 行政复议法 1
    at 2026-03-10T00:00
    refuses "ticket-decline: 2: decline: that was to be said by 2026-03-09T23:59:59+08:00, 1 working day after the receipt" \
        ticket-decline --reason 不服行政行为 --basis 行政复议法 2
    cp -r "$TREE/share" conf
    sed -i 's/  decline_days: 1 /  decline_days: 2 /' conf/center.yaml
    QIFU_CONFIG=$T/conf quiet ticket-decline --reason 不服行政行为 --basis 行政复议法 2
    quiet ticket-decline --at 2026-03-09T10:00 --reason 不服行政行为 --basis 行政复议法 3 # said then, entered now
    sound
}

@test "what is refused has its reason, and nothing is written" {
    at 2026-03-02T09:00
    center
    for _ in 1 2; do new 2026-03-02T09:00; done >/dev/null
    list='(已进入或应当通过诉讼程序, 已进入或应当通过仲裁程序, 不服行政行为, 属于信访事项, 属于纪检监察事项, 涉嫌违法犯罪)'
    refuses "ticket-decline: 1: decline: the reason is missing: --reason $list" ticket-decline --basis x 1
    refuses "ticket-decline: 1: decline: \"太麻烦\" is none of the configured reasons $list" \
        ticket-decline --reason 太麻烦 --basis x 1
    refuses "ticket-decline: 1: decline: the basis is missing: --basis" ticket-decline --reason 属于信访事项 1
    refuses "ticket-decline: 1: decline: the basis is blank" ticket-decline --reason 属于信访事项 --basis ' ' 1
    refuses "ticket-decline: 1: decline: only the center may" \
        ticket-decline --by tax --reason 属于信访事项 --basis x 1
    quiet ticket-route --to tax 1 # it was taken in
    call ticket-decline --reason 属于信访事项 --basis x 1
    [[ $status$stderr == "2ticket-decline: 1: decline: it is dispatched (已派发); now: "* ]]
    cp -r "$TREE/share" conf
    sed -i '/^decline_reasons:/,/^$/d' conf/center.yaml
    QIFU_CONFIG=$T/conf refuses "ticket-decline: 2: decline: decline_reasons of center.yaml lists no reason" \
        ticket-decline --reason 属于信访事项 --basis x 2
    gives 2 "" "ticket-decline: name the tickets, or a file with --csv; see ticket-decline -h" ticket-decline
}

@test "tickets are declined from a file" {
    at 2026-03-02T09:00
    center
    for i in 1 2; do new 2026-03-02T09:00 --source 12345 --ref "A$i"; done >/dev/null
    printf '工单编号,原因,依据\nA1,涉嫌违法犯罪,刑事诉讼法\nA2,属于信访事项,信访工作条例\n' >d.csv
    call ticket-decline --source 12345 --csv d.csv
    same "$status$stderr" 0
    same "$(sql "SELECT group_concat(json_extract(data, '$.way'), ' ') FROM v_event WHERE type = 'closed'")" \
        '向公安机关报案（110） 向信访工作机构提出信访事项'
}
