#!/usr/bin/env bats
# web-desk: those who handle tickets list them, read them and act on them, as themselves.

load lib/base
load lib/web

# signed NAME COMMAND...: as the web server runs it for NAME.
signed() { REMOTE_USER=$1 "${@:2}"; }

# desk: tickets 1 and 2 are tax's, 3 is justice's, 4 waits in the pool; tax's clerk li has read 1, in the
# file `page`; the $seal of the forms there.
desk() {
    at 2026-03-02T09:00
    pages
    ticket-new -q --kind 投诉 --title 退税太慢 --body '三个月了，电话13812341234' --enterprise 甲公司 --contact 张三 --phone 13812341234 |
        ticket-route -q --to tax - >out
    ticket-new -q --kind 政策咨询 --title 发票怎么开 | ticket-route -q --to tax --assist justice - >out
    ticket-new -q --title 别家的事 | ticket-route -q --to justice - >out
    ticket-new -q --title 池里的事 >out
    read_ticket 1
}
# read_ticket ID: as li.
read_ticket() {
    signed li visit web-desk "id=$1" >page
    seal=$(hidden page seal)
}
# act ID DO [NAME=VALUE...]: li does it, in the file `page`.
act() { signed li send web-desk id="$1" do="$2" seal="$seal" "${@:3}" >page; }
# refused SENTENCE ID DO [NAME=VALUE...]
refused() {
    local sentence=$1
    shift
    run act "$@"
    same "$status $(errors page)" "1 $sentence"
}

@test "my tickets, the one that is due first first; nobody else's" {
    desk
    signed li visit web-desk >page
    same "$(told page)" "200 OK
承办工作台
待办工单
2 发票怎么开
已派发，政策咨询，答复期限 2026-03-03 23:59（周二）
1 退税太慢
已派发，投诉，答复期限 2026-03-09 23:59（周一）"
    says page "待办工单"
    grep -q '当前用户：li' page
    at 2026-03-05T09:00
    signed li visit web-desk >page
    says page "已超期 1 个工作日"
    signed wang visit web-desk >page
    same "$(told page | grep -c '^[0-9]* [^O]')" 2 # 2, which it assists, and 3
    signed admin visit web-desk >page
    says page "没有待办的工单。"
}

@test "another organisation's ticket is as one that there is not, to read and to act on" {
    desk
    for id in 3 4 99; do
        call signed li visit web-desk "id=$id"
        same "$id $status $(head -n 1 <<<"$output")" "$id 1 Status: 404 Not Found"
        sed 1d <<<"$output" | md5sum >>sums
        call signed li send web-desk id=$id do=answer seal="$seal" text=x
        same "$id $status $(head -n 1 <<<"$output")" "$id 1 Status: 404 Not Found"
    done
    same "$(sort -u sums | wc -l)" 1
    same "$(ticket-list --state answered | wc -l)" 0
}

@test "one ticket: masked, until it is asked for, which the log notes" {
    desk
    says page "内容：三个月了，电话138****1234"
    says page "联系人：张*"
    says page "电话：138****1234"
    says page "2026-03-02 09:00 平台受理：投诉（来件写明），时限 5 个工作日，2026-03-09 23:59 到期。"
    act 1 unmask
    says page "联系人：张三"
    says page "电话：13812341234"
    same "$(sql "SELECT actor, ticket_id, json_extract(data, '$.program') FROM v_event WHERE type = 'unmasked'")" "li|1|web-desk"
}

@test "accept, extend, suspend, answer: the acts of the programs, by who is signed in, via the server" {
    desk
    act 1 accept
    says page "已办理：签收。"
    act 1 extend days=2 reason=需逐笔核对
    says page "已办理：申请延期。"
    act 1 suspend reason=等待上级批复 basis=省局来函
    says page "已办理：申请挂起。"
    act 1 answer text=$'已到账\r\n请核对' resolved=1
    says page "已办理：答复。"
    same "$(sql "SELECT type, actor, json_extract(data, '$.by'), json_extract(data, '$.via') FROM v_event WHERE ticket_id = 1 AND actor = 'li' ORDER BY id")" \
        "accepted|li|tax|$(id -un)
extension-asked|li|tax|$(id -un)
suspension-asked|li|tax|$(id -un)
answered|li|tax|$(id -un)"
    same "$(sql "SELECT json_extract(data, '$.text') || json_extract(data, '$.how') FROM v_event WHERE type = 'answered'")" $'已到账\n请核对resolved'
    gives 0 "" "" center-check
}

@test "a return, with one of the configured reasons" {
    desk
    grep -q '<option value="不属于本单位职责">' page
    refused "请填写退单依据" 1 return reason=不属于本单位职责
    refused "请从所列的理由中选择" 1 return reason=不想办 basis=三定规定
    grep -qF 'value="三定规定"' page
    act 1 return reason=不属于本单位职责 basis=三定规定
    says page "已办理：申请退单。"
    refused "已经申请过，正在等待中心决定" 1 return reason=不属于本单位职责 basis=三定规定
}

@test "an assist files its part, and the lead waits for it or says why not" {
    desk
    read_ticket 2
    refused "还有 1 个协办单位没有提交协办答复；不再等待的，请写明理由" 2 answer text=三天可开
    grep -qF '三天可开</textarea>' page
    signed wang visit web-desk id=2 >other
    signed wang send web-desk id=2 do=answer seal="$(hidden other seal)" text=无意见 >page
    says page "已办理：答复。"
    act 2 answer text=三天可开
    says page "状态：已答复"
}

@test "what the gate refuses is said in Chinese" {
    desk
    refused "请填写答复内容" 1 answer
    refused "请填写延期天数
请填写延期理由" 1 extend
    refused "天数应为 1 至 10" 1 extend days=11 reason=x
    refused "请填写天数，1 至 10" 1 extend days=x reason=x
    act 1 accept
    refused "本单位已经签收过" 1 accept
    signed watch visit web-desk id=1 >page
    call signed watch send web-desk id=1 do=suspend seal="$(hidden page seal)" reason=等待上级批复 basis=x
    printf '%s\n' "$output" >page
    same "$(errors page)" "您（watch）没有办理“申请挂起”的权限"
    act 1 answer text=x
    refused "工单现在是“已答复”，不能办理“申请延期”；现在可以办理：评价 申请作办结 未评价办结 作废" 1 extend days=1 reason=x
    at 2026-03-04T09:00
    read_ticket 2
    refused "已经超过答复期限，不能再申请延期" 2 extend days=1 reason=x
    at 2026-03-06T09:00
    read_ticket 2
    refused "派发已经超过 2 个工作日，不能再办理“申请退单”" 2 return reason=不属于本单位职责 basis=x
}

@test "an answer out of the knowledge base" {
    desk
    kb-add -q --code k1 --title 发票怎么开 --text 登录电子税务局领用。 --org tax >out
    kb-add -q --code k2 --title 食堂 --text x >out
    read_ticket 2
    says page "登录电子税务局领用。"
    run ! grep -q 食堂 page
    link=$(sed -n 's/.*href="\/web-desk?\([^"#]*kb=[^"#]*\).*/\1/p' page | sed 's/&amp;/\&/g')
    signed li visit web-desk "$link" >page
    grep -qF '登录电子税务局领用。</textarea>' page
}

@test "nobody signed in; a form of another one, of another page, or none" {
    desk
    for user in "" li; do
        REMOTE_USER=$user call visit web-desk id=1
        same "$status $(head -n 1 <<<"$output")" "$([ "$user" ] && echo "0 Status: 200 OK" || echo "1 Status: 403 Forbidden")"
    done
    visit web-file >form
    signed wang visit web-desk >page
    for with in "" seal=x "seal=$(hidden form seal)"; do
        call signed li send web-desk id=1 do=accept $with
        same "$status $(head -n 1 <<<"$output")" "1 Status: 403 Forbidden"
    done
    call signed wang send web-desk id=2 do=accept seal="$seal" # li's
    same "$status $(head -n 1 <<<"$output")" "1 Status: 403 Forbidden"
    at 2026-03-02T21:00:01
    call signed li send web-desk id=1 do=accept seal="$seal"
    same "$status $(head -n 1 <<<"$output")" "1 Status: 403 Forbidden"
    same "$(ticket-show -F json 1 | jq -r .accepted)" null
}

@test "a server whose user may not pass names on serves nobody" {
    desk
    QIFU_CONFIG=$TREE/share
    call signed li visit web-desk
    same "$status $(head -n 1 <<<"$output")" "2 Status: 500 Internal Server Error"
    same "$stderr" "web-desk: li is signed in, but $(id -un) may not say so: it is none of the name_passers of center.yaml"
    # and no header of a request is the name
    call env HTTP_REMOTE_USER=admin HTTP_QIFU_MEMBER=admin REQUEST_METHOD=GET web-desk
    same "$(head -n 1 <<<"$output")" "Status: 403 Forbidden"
}

@test "a confidential ticket: its party reads it only when it says so" {
    desk
    ticket-note -q --confidential 1 >out
    read_ticket 1
    says page "标题：（保密）"
    run ! grep -E '退税|三个月' page
    act 1 unmask
    says page "标题：退税太慢"
}
