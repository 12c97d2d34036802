#!/usr/bin/env bats
# kb-propose: answers that were rated well are adopted or declined by somebody who reads them.

load lib/base
load lib/loop

# rated SCORE TITLE ANSWER [OPTION...]: a ticket of 甲公司 and 张三 that tax answered, and its rating.
rated() {
    quiet ticket-new --title "$2" --enterprise 甲公司 --contact 张三 "${@:4}"
    local id
    id=$(sql "SELECT max(id) FROM v_ticket")
    quiet ticket-route --to tax "$id"
    quiet ticket-answer --text "$3" "$id"
    quiet ticket-rate --score "$1" "$id"
}

@test "rated 4 and 5, not confidential, not from the base: listed, masked, with what is the ticket's alone" {
    at 2026-04-01T10:00
    center
    gives 1 "" "" kb-propose
    rated 5 留抵退税多久到账 '三个工作日内退库，甲公司可拨13812345678找张三'
    at 2026-04-02T10:00
    rated 4 开户多久 当场办结
    rated 3 注销多久 二十日
    rated 5 保密的 保密 --confidential
    quiet kb-add --code k --title 社保 --text 当日 --org tax
    quiet ticket-new --title 社保
    quiet ticket-route --to tax 5
    quiet ticket-answer --kb 1 5
    quiet ticket-rate --score 5 5
    gives 0 $'2\t开户多久\ttax\t4\t2026-04-02T10:00:00+08:00\t-\t当场办结
1\t留抵退税多久到账\ttax\t5\t2026-04-01T10:00:00+08:00\tnumber enterprise contact\t三个工作日内退库，甲公司可拨138****5678找张三' \
        "" kb-propose
    same "$(kb-propose --rated-to 2026-04-01 | cut -f 1) $(kb-propose --rated-from 2026-04-02 | cut -f 1)" "1 2"
    kb-propose -F table | grep -q '号码 企业 联系人'
}

@test "adopted once, without what is the ticket's alone; found only then; declined with a reason" {
    at 2026-04-01T10:00
    center
    rated 5 留抵退税多久到账 '三个工作日内退库，甲公司可拨13812345678'
    rated 5 甲公司开户多久 当场办结
    gives 1 "" "" kb-find 退税
    gives 2 "" "kb-add: text: it says what is the ticket's alone (number enterprise): say it without" \
        kb-add --code a --ticket 1
    gives 2 "" "kb-add: title: it says what is the ticket's alone (enterprise): say it without" kb-add --code b --ticket 2
    gives 0 $'1\ta\t留抵退税多久到账\tadded' "" kb-add --code a --ticket 1 --text 三个工作日内退库 --org tax
    gives 0 $'1\ta\t留抵退税多久到账\tsame' "" kb-add --code a --ticket 1 --text 三个工作日内退库 --org tax
    gives 2 "" "kb-add: the ticket's answer was adopted or declined before" kb-add --code c --ticket 1 --text x
    same "$(kb-find 退税 | cut -f 2,7)" $'a\t三个工作日内退库'
    same "$(kb-propose | cut -f 1)" 2
    e() { gives 2 "" "kb-propose: $1; see kb-propose -h" kb-propose "${@:2}"; }
    e "--decline is missing" 2
    e "--reason is missing" --decline 2
    e "name the tickets" --decline --reason x
    e "--decline goes without a window of time: name the tickets" --decline --reason x --rated-from 2026-04-01
    gives 2 "" "kb-propose: 2: only the center may" kb-propose --decline --reason x --by tax 2
    gives 0 $'2\t甲公司开户多久\ttax\t5\t2026-04-01T10:00:00+08:00\tenterprise\t当场办结' "" kb-propose --decline --reason 太短 2
    gives 1 "" "" kb-propose
    gives 2 "" "kb-propose: 2: the ticket's answer was adopted or declined before
kb-propose: 3: the ticket has no answer that is proposed; kb-propose lists those" kb-propose --decline --reason x 2 3
    gives 2 "" "kb-add: the ticket's answer was adopted or declined before" kb-add --code b --ticket 2 --title 开户多久
    gives 0 "" "" center-check
}
