#!/usr/bin/env bats
# web-center: the center's desk sees how it stands, dispatches, and decides.

load lib/base
load lib/web

signed() { REMOTE_USER=$1 "${@:2}"; }

# desk: ticket 1 waits for dispatch; 2 is tax's, which asks for two more days; 3 is overdue, and ordered.
desk() {
    at 2026-03-02T09:00
    pages
    printf '%s\n' name,org,roles desk,center,operator >members.csv
    QIFU_MEMBER=admin member-add --csv members.csv >out
    ticket-new -q --kind 投诉 --title 发票三个月没开出来 --body '税务局不给开发票，电话13812341234' >out
    ticket-new -q --kind 咨询求助 --title 退税 | ticket-route -q --to tax - >out
    QIFU_MEMBER=li ticket-extend -q --days 2 --reason 需逐笔核对13812341234 2 >out
    ticket-new -q --kind 政策咨询 --title 补贴 | ticket-route -q --to human-resources - >out
    at 2026-03-04T09:00
    escalate >out
}
# read_ticket NAME ID: its page in the file `page`, the $seal of the forms there.
read_ticket() {
    signed "$1" visit web-center "id=$2" >page
    seal=$(hidden page seal)
}

@test "how it stands: the counts of qifu status, the pool with a proposal, what waits, what is ordered" {
    desk
    signed desk visit web-center >page
    qifu status -F csv | tr -d '\r' | sed 1d | head -n 3 | cut -d, -f1,2 | sed 's/^\xef\xbb\xbf//; s/,/：/' >counts
    while read -r count; do says page "$count"; done <counts
    told page | sed -n '/^待派发$/,$p' >rest
    same "$(sed -n 1,3p rest)" "待派发
1 发票三个月没开出来
待派发，投诉，答复期限 2026-03-09 23:59（周一）"
    grep -q '^建议：国家税务总局徐州市税务局' rest
    same "$(sed -n '/^待决定$/,$p' rest)" "待决定
2 申请延期
退税；国家税务总局徐州市税务局，2026-03-02 09:00（周一）：需逐笔核对138****1234
督办未回复
1 派发督办（派发超时）
徐州市企业服务中心，应于 2026-03-06 23:59（周五） 前回复
3 一次督办（黄色）
徐州市人力资源和社会保障局，应于 2026-03-06 23:59（周五） 前回复"
}

@test "dispatch: the proposal is chosen; it is an act by who is signed in" {
    desk
    read_ticket desk 1
    grep -q '<option value="tax" selected>' page
    says page "内容：税务局不给开发票，电话138****1234"
    run signed desk send web-center id=1 do=route seal="$seal" to= basis=x
    printf '%s\n' "$output" >page
    same "$status $(errors page)" "1 请填写主办单位"
    signed desk send web-center id=1 do=route seal="$seal" to=tax basis=三定规定 >page
    says page "已办理：派发。"
    same "$(sql "SELECT actor, json_extract(data, '$.lead'), json_extract(data, '$.basis'), json_extract(data, '$.via') FROM v_event WHERE type = 'dispatched' AND ticket_id = 1")" \
        "desk|tax|三定规定|$(id -un)"
    gives 0 "" "" center-check
}

@test "decisions: by an approver, not by an operator, and only on what was asked" {
    desk
    read_ticket desk 2
    run signed desk send web-center id=2 do=grant-extension seal="$seal"
    printf '%s\n' "$output" >page
    same "$status $(errors page)" "1 您（desk）没有办理“同意延期”的权限"
    read_ticket chief 2
    same "$(grep -o 'name="do" value="[^"]*"' page | cut -d'"' -f4 | xargs)" "grant-extension refuse-extension"
    signed chief send web-center id=2 do=grant-extension seal="$seal" >page
    says page "已办理：同意延期。"
    says page "答复期限：2026-03-09 23:59（周一）"
    run signed chief send web-center id=2 do=grant-return seal="$seal"
    printf '%s\n' "$output" >page
    same "$status $(errors page)" "1 没有等待决定的申请"
    gives 0 "" "" center-check
}

@test "a handler's desk is elsewhere; nobody signed in has none" {
    desk
    call signed li visit web-center
    same "$status $(head -n 1 <<<"$output")" "1 Status: 403 Forbidden"
    call visit web-center
    same "$status $(head -n 1 <<<"$output")" "1 Status: 403 Forbidden"
    signed watch visit web-center id=1 >page
    call signed watch send web-center id=1 do=route seal="$(hidden page seal)" to=tax
    printf '%s\n' "$output" >page
    same "$status $(errors page)" "1 您（watch）没有办理“派发”的权限"
}

@test "who is ordered sees it on its own desk, and replies there" {
    desk
    printf '%s\n' name,org,roles zhao,human-resources,handler >members.csv
    QIFU_MEMBER=admin member-add --csv members.csv >out
    signed li visit web-desk >page
    run ! grep -q 督办 page
    signed zhao visit web-desk >page
    says page "3 一次督办（黄色）"
    signed zhao visit web-desk id=3 >page
    signed zhao send web-desk id=3 do=reply seal="$(hidden page seal)" text=今日内答复 >page
    says page "已办理：回复督办。"
    run ! grep -q 'value="reply"' page
    same "$(sql "SELECT actor, json_extract(data, '$.text') FROM v_event WHERE type = 'supervision-replied'")" "zhao|今日内答复"
}
