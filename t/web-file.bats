#!/usr/bin/env bats
# web-file: an enterprise files a request, and gets a receipt.

load lib/base
load lib/web

# form: a fresh one, in the file `form`; its $nonce and $seal.
form() {
    visit web-file >form
    nonce=$(hidden form form) seal=$(hidden form seal)
}
GOOD=(kind=complaint title=噪声扰民 body=夜间施工 enterprise=甲公司 contact=张三 phone=0516-80801234)

@test "the form: each kind explained, with its working days and the day that they end on" {
    at 2026-02-13T09:00 # before the Spring Festival
    pages
    visit web-file >page
    same "$(sed -n 1p page)" "Status: 200 OK"
    same "$(told page | grep 答复)" "政策咨询 询问政策：适用谁、条件、办理途径、兑现进度。1 个工作日内答复，现在提交，不晚于 2026-02-14 23:59（周六）
咨询求助 需要有关部门帮助解决的困难。3 个工作日内答复，现在提交，不晚于 2026-02-25 23:59（周三）
建议 对政策、服务和营商环境的意见建议。3 个工作日内答复，现在提交，不晚于 2026-02-25 23:59（周三）
投诉 对办事、执法、服务的不满。5 个工作日内答复，现在提交，不晚于 2026-02-27 23:59（周五）
举报 反映违法违规行为。5 个工作日内答复，现在提交，不晚于 2026-02-27 23:59（周五）
其他 以上都不合适的。5 个工作日内答复，现在提交，不晚于 2026-02-27 23:59（周五）"
    at 2026-12-31T09:00 # next year's holidays are not announced
    visit web-file >page
    says page "1 个工作日内答复，现在提交，不晚于 2027-01-04 23:59（周一），以国务院放假通知为准"
}

@test "what is filed is a ticket like any other, and the receipt says its number, word and day" {
    at 2026-03-02T09:00
    pages
    form
    send web-file form=$nonce seal=$seal "${GOOD[@]}" uscc=91320300MA00002690 region=320303 >receipt
    word=$(sed -n 's/.*查询码<\/dt><dd class="word">\([^<]*\).*/\1/p' receipt)
    [[ $word =~ ^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$ ]]
    same "$(told receipt)" "200 OK
诉求已经收到
请记下编号和查询码（或打印、截图本页），查询和评价时要用。
编号：1
查询码：$word
收到时间：2026-03-02 09:00（周一）
类型：投诉
答复期限：2026-03-09 23:59（周一）
查询办理情况：还要填写联系电话的后四位。"
    grep -qF "href=\"/web-track?n=1&amp;t=$word\"" receipt
    same "$(ticket-show --unmask -F json 1 | jq -r '.title, .body, .kind, .channel, .source, .ref, .enterprise, .uscc, .contact, .phone, .region, .received')" \
        "噪声扰民
夜间施工
complaint
platform
web
$nonce
甲公司
91320300MA00002690
张三
0516-80801234
320303
2026-03-02T09:00:00+08:00"
    gives 0 "" "" center-check
}

@test "the receipt's QR code is the one that qrencode makes of the address; no host of a request is in it" {
    command -v qrencode >out || skip "qrencode is missing: make deps-check"
    at 2026-03-02T09:00
    pages
    QIFU_WEB_URL=https://qf.example.org HTTP_HOST=evil.example file
    sed -n 's/.*<path d="\([^"]*\)".*/\1/p' receipt | sed 's/z/\n/g' | awk -F '[M hv-]+' '
        NF > 2 { for (i = 0; i < $4; i++) dark[$2 + i, $3] = 1; if ($2 + $4 > width) width = $2 + $4 }
        END { for (y = 0; y < width; y++) { row = ""; for (x = 0; x < width; x++) row = row ((x, y) in dark ? "##" : "  "); print row } }' >drawn
    qrencode -8 -l M -m 0 -t ASCII "https://qf.example.org/web-track?n=1&t=$word" >expected
    [ "$(wc -l <expected)" -ge 21 ]
    same "$(sed 's/ *$//' drawn)" "$(sed 's/ *$//' expected)"
    [ "$(wc -c <receipt)" -lt 20000 ]
    HTTP_HOST=evil.example file
    run ! grep -e '<svg' -e evil receipt
}

@test "a form that is sent twice is one request; other content under it is refused" {
    at 2026-03-02T09:00
    pages
    form
    send web-file form=$nonce seal=$seal "${GOOD[@]}" >one
    at 2026-03-02T09:05
    send web-file form=$nonce seal=$seal "${GOOD[@]}" >two
    same "$(told two)" "$(told one)"
    run send web-file form=$nonce seal=$seal "${GOOD[@]/夜间/白天}"
    same "$status" 1
    printf '%s\n' "$output" >page
    same "$(errors page)" "这份表单已经提交过；另有诉求的，请重新打开页面填写"
    same "$(ticket-list | wc -l)" 1
}

@test "what is wrong is said beside its field, all at once; what was typed stays; nothing is taken in" {
    at 2026-03-02T09:00
    pages
    form
    run send web-file form=$nonce seal=$seal kind=urgent title= body='<b>"x"</b>' enterprise="$(printf '甲%.0s' {1..301})" \
        phone=abc uscc=123 region=999
    same "$status" 1
    printf '%s\n' "$output" >page
    same "$(errors page)" "请填写标题
企业名称不能超过 300 字
请填写联系人
请从所列的类型中选择
请填写能打通的电话号码，例如 0516-80801234
统一社会信用代码是 18 位数字和大写字母
请从所列的区域中选择"
    grep -q '<title>有误：提交诉求 - ' page
    grep -q '<input type="tel" maxlength="300" id="phone" name="phone" autocomplete="tel" required aria-describedby="phone-hint phone-error" aria-invalid="true" value="abc">' page
    grep -qF '&lt;b&gt;&quot;x&quot;&lt;/b&gt;</textarea>' page
    run ! grep -qF '<b>' page
    same "$(hidden page form) $(hidden page seal)" "$nonce $seal"
    same "$(ticket-list | wc -l)" 0
}

@test "a request that is to be kept confidential" {
    at 2026-03-02T09:00
    pages
    form
    send web-file form=$nonce seal=$seal "${GOOD[@]}" confidential=1 >receipt
    same "$(ticket-show -F json 1 | jq -r '.confidential, .title')" "confidential
（保密）"
}

@test "a form that is not ours, another one's, or older than a day is not taken" {
    at 2026-03-02T09:00
    pages
    form
    first=$nonce
    form
    for with in "" "form=$nonce" "form=$nonce seal=" "form=$nonce seal=${seal%?}" "form=$first seal=$seal" "form=x seal=$seal"; do
        call send web-file $with "${GOOD[@]}"
        same "$status $(head -n 1 <<<"$output")" "1 Status: 403 Forbidden"
    done
    at 2026-03-02T21:00:01
    call send web-file form=$nonce seal=$seal "${GOOD[@]}"
    same "$status $(head -n 1 <<<"$output")" "1 Status: 403 Forbidden"
    same "$(ticket-list | wc -l)" 0
}

@test "from one address 30 an hour, of IPv6 from one network" {
    at 2026-03-02T09:00
    pages
    form
    for i in {1..30}; do
        ADDRESS=2001:db8::$i send web-file form=$nonce seal=$seal "${GOOD[@]}" >page
        same "$(head -n 1 page)" "Status: 200 OK"
    done
    ADDRESS=2001:db8::ffff call send web-file form=$nonce seal=$seal "${GOOD[@]}"
    same "$status $(head -n 1 <<<"$output")" "1 Status: 429 Too Many Requests"
    for address in 2001:db8:0:1::1 192.0.2.7 ::ffff:192.0.2.8; do
        ADDRESS=$address send web-file form=$nonce seal=$seal "${GOOD[@]}" >page
        same "$(head -n 1 page)" "Status: 200 OK"
    done
    at 2026-03-02T10:00:01
    ADDRESS=2001:db8::1 send web-file form=$nonce seal=$seal "${GOOD[@]}" >page
    same "$(head -n 1 page)" "Status: 200 OK"
}

@test "what is typed is data: for the shell, for SQL, for markup, in the log and on every page" {
    at 2026-03-02T09:00
    pages
    form
    nasty=$'x\'); DROP TABLE ticket; -- $(touch pwned) `touch pwned` <script>alert(1)</script> "\\ %s%n \xe2\x80\xae\x1b[31m'
    send web-file form=$nonce seal=$seal kind=other title="$nasty" body="$nasty" enterprise="$nasty" contact="$nasty" phone=0516-80801234 >receipt
    same "$(head -n 1 receipt)" "Status: 200 OK"
    same "$(ticket-show --unmask -F json 1 | jq -r .body)" "$nasty"
    [ ! -e pwned ]
    same "$(grep -c '<script' receipt)" 0
    gives 0 "" "" center-check
}

@test "who serves the page must be an operator, as for ticket-new" {
    at 2026-03-02T09:00
    pages
    printf '%s\n' name,org,roles "$(id -un),center,auditor" >members.csv
    QIFU_MEMBER=admin member-add --csv members.csv >out
    form
    call send web-file form=$nonce seal=$seal "${GOOD[@]}"
    same "$status $(head -n 1 <<<"$output") $stderr" \
        "2 Status: 500 Internal Server Error web-file: take in requests: an operator of center may; $(id -un) is auditor of center"
}
