#!/usr/bin/env bats
# web-track: an enterprise looks its request up by number, word and telephone, and rates the answer.

load lib/base
load lib/web

WRONG="编号、查询码或电话后四位不对，或查询码已经过期。请核对后再试"

# filed: a request, number 1, of which $word tells.
filed() {
    at 2026-03-02T09:00
    pages
    file
}
# answered: it was dispatched, and answered.
answered() {
    filed
    ticket-route -q --to tax 1 >out
    at 2026-03-03T10:00
    ticket-answer -q --text '请登录电子税务局，电话13912345678' 1 >out
}
# look [NAME=VALUE...]: looked up as who holds the receipt does, in the file `page`; its $pass.
look() {
    send web-track n=1 t="$word" d=1234 >page
    pass=$(hidden page pass)
}

@test "the link of the receipt fills in number and word, and nothing of a person" {
    filed
    link=$(sed -n 's/.*href="\/web-track?\([^"]*\)".*/\1/p' receipt | sed 's/&amp;/\&/g')
    same "$link" "n=1&t=$word"
    visit web-track "$link" >page
    same "$(sed -n 's/.* name="\([ntd]\)".*value="\([^"]*\)".*/\1=\2/p' page)" "n=1
t=$word
d="
}

@test "what it says before and after the answer; personal data are masked" {
    filed
    look
    same "$(told page)" "200 OK
返回
办理情况
编号：1
类型：政策咨询
标题：发票怎么开
状态：待派发
收到时间：2026-03-02 09:00（周一）
答复期限：2026-03-03 23:59（周二）"
    ticket-route -q --to tax 1 >out
    at 2026-03-03T10:00
    ticket-answer -q --text '请登录电子税务局，电话13912345678' 1 >out
    look
    says page "状态：已答复"
    says page "承办单位：国家税务总局徐州市税务局"
    says page "答复时间：2026-03-03 10:00（周二）"
    says page "答复：请登录电子税务局，电话139****5678"
    same "$(sed -n 's/.*name="score" value="\(.\)".*<label[^>]*>\([^<]*\).*/\1 \2/p' page)" "5 非常满意
4 满意
3 基本满意
2 不满意
1 非常不满意"
}

@test "a wrong word, a number that there is not, wrong digits: the same answer to all" {
    filed
    at 2026-03-02T10:00
    for with in "n=1 t=${word%?}0 d=1234" "n=2 t=$word d=1234" "n=99999999 t=$word d=1234" "n=1 t=$word d=1235" "n=1 t=x d=1234" \
        "n=1 t=${word}Z d=1234" "n=0x1 t=$word d=1234" "n=1 t=$word d=+234"; do
        call send web-track $with
        same "$status $stderr" "1 "
        printf '%s\n' "$output" >page
        same "$with: $(errors page)" "$with: $WRONG"
        sed 's/ value="[^"]*"//' page | md5sum >>sums
    done
    same "$(sort -u sums | wc -l)" 1
}

@test "the word as people write it; until its day has passed, and no longer" {
    filed
    loose=$(tr A-Z a-z <<<"$word" | tr -d - | sed 's/1/l/g; s/0/o/g')
    at 2026-12-31T10:00
    send web-track n=1 t="$loose" d=1234 >page
    says page "编号：1"
    at 2027-04-06T09:00:00
    look
    says page "编号：1"
    at 2027-04-06T09:00:01
    call send web-track n=1 t="$word" d=1234
    printf '%s\n' "$output" >page
    same "$(errors page)" "$WRONG"
}

@test "another center's word is none here, even for the same number" {
    filed
    other=$word
    mv web other-web
    file
    call send web-track n=1 t="$other" d=1234
    printf '%s\n' "$output" >page
    same "$(errors page)" "$WRONG"
}

@test "who knows the word may try five times an hour, from wherever; an address 20 times a quarter" {
    filed
    for i in 1 2 3 4 5; do
        ADDRESS=198.51.100.$i call send web-track n=1 t="$word" d=000$i
        same "$(head -n 1 <<<"$output")" "Status: 200 OK"
    done
    ADDRESS=198.51.100.9 call send web-track n=1 t="$word" d=1234
    same "$status $(head -n 1 <<<"$output")" "1 Status: 429 Too Many Requests"
    at 2026-03-02T10:00:01
    look
    says page "编号：1"
    # right ones are not counted; wrong words are, and hold up nobody else
    for i in {1..19}; do call send web-track n=1 t=x d=1234; done
    for _ in 1 2 3; do look; done
    says page "编号：1"
    call send web-track n=1 t=x d=1234
    call send web-track n=1 t="$word" d=1234
    same "$(head -n 1 <<<"$output")" "Status: 429 Too Many Requests"
    ADDRESS=198.51.100.9 look
    says page "编号：1"
}

@test "a rating with a word is the enterprise's, as ticket-rate would enter it" {
    answered
    look
    at 2026-03-03T11:00
    send web-track n=1 pass="$pass" score=2 text='还是不会' >page
    says page "感谢您的评价。"
    says page "状态：待回访"
    says page "您的评价：不满意"
    same "$(ticket-show -F table 1 | sed -n 's/.*经过 *//p' | tail -n 1)" \
        "2026-03-03 11:00 企业评价：不满意：“还是不会”（回访期限 2026-03-06 23:59）。"
    # once
    call send web-track n=1 pass="$pass" score=5
    printf '%s\n' "$output" >page
    same "$status $(errors page)" "1 工单现在是“待回访”，不能办理“评价”；现在可以办理：回访 申请作办结 作废"
    same "$(ticket-show -F json 1 | jq .rating)" 2
    gives 0 "" "" center-check
}

@test "a rating needs a level, and a look-up within the hour of the same request" {
    answered
    look
    file # 2
    call send web-track n=1 pass="$pass" score=6 text=好
    printf '%s\n' "$output" >page
    same "$status $(errors page)" "1 请选择满意程度"
    grep -qF '好</textarea>' page
    for with in "n=2 pass=$pass" "n=1 pass=${pass%?}" "n=1 pass=$word" "n=1 pass=x"; do
        call send web-track $with score=5
        same "$status $(head -n 1 <<<"$output")" "1 Status: 403 Forbidden"
    done
    at 2026-03-03T11:00:01
    call send web-track n=1 pass="$pass" score=5
    same "$status $(head -n 1 <<<"$output")" "1 Status: 403 Forbidden"
    same "$(ticket-show -F json 1 | jq .rating)" null
}

@test "of a confidential request only how it stands" {
    filed
    ticket-note -q --confidential 1 >out
    ticket-route -q --to tax 1 >out
    ticket-answer -q --text 秘密答复 1 >out
    look
    says page "标题：（保密）"
    says page "答复：（保密）"
    run ! grep -E '发票|秘密' page
}

@test "declined: why, and where else to turn" {
    filed
    ticket-decline -q --reason 属于信访事项 --basis 信访工作条例 1 >out
    look
    says page "办结方式：不予受理"
    says page "理由：属于信访事项"
    says page "其他途径：向信访工作机构提出信访事项"
    run ! grep name=\"score\" page
}

@test "a ticket without a telephone cannot be looked up" {
    filed
    ticket-correct -q --phone '' --reason 误填 1 >out
    for digits in 1234 ''; do
        call send web-track n=1 t="$word" d=$digits
        same "$status" 1
    done
}
