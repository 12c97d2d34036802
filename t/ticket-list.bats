#!/usr/bin/env bats
# ticket-list: every filter, order and format.

load lib/base

# A center with six tickets. 1: pool. 2, 3: dispatched to housing (2 with assist), 3 escalated to
# yellow. 4: pool, policy, from another source. 5: old, red. 6: answered (by hand: no program yet).
six() {
    at 2020-05-27T09:00
    center
    ticket-new --csv - >ids <<'CSV'
编号,标题,内容,类型,渠道,区域,来源,受理时间
A1,第一件 电价,为什么,投诉,热线,鼓楼区,12345,2020-05-27 08:00
A2,第二件,关于电价,其他,窗口,丰县,12345,2020-05-26 08:00
A3,第三件,供水,其他,热线,丰县,12345,2020-05-18 08:00
B4,第四件,,政策咨询,平台,,企服平台,2020-05-27 07:00
B5,第五件,,举报,走访,沛县,企服平台,2020-04-01
B6,第六件,,建议,热线,沛县,企服平台,2020-05-20 23:59:59
CSV
    ticket-route --by city-government-office --to 市住建局 --assist 市司法局 --basis 职责分工 --at 2020-05-26T09:00 2 >routed
    ticket-route --by city-government-office --to 市住建局 --basis 职责分工 --at 2020-05-18T09:00 3 >>routed
    ticket-route --by city-government-office --to 市司法局 --basis 职责分工 --at 2020-04-01T09:00 5 >>routed
    ticket-route --to 市司法局 --basis 职责分工 6 >>routed
    escalate 3 5 >escalated
    sql "UPDATE ticket SET state = 'answered', answered_at = received_at + 60 WHERE id = 6"
}

# lists IDS OPTIONS...: these tickets in this order, status 0 and silence.
lists() {
    local ids_=$1
    shift
    run --separate-stderr ticket-list "$@"
    same "$(cut -f 1 <<<"$output" | tr '\n' ' ')" "$ids_ " && same "$stderr" "" && same "$status" 0
}

none() { gives 1 "" "" ticket-list "$@"; }

refuses() {
    local err_=$1
    shift
    gives 2 "" "ticket-list: $err_; see ticket-list -h" ticket-list "$@"
}

@test "all tickets are listed, with every column" {
    six
    gives 0 $'1\treceived\t-\t2020-05-27T08:00:00+08:00\t2020-06-03T23:59:59+08:00\t-\tcomplaint\thotline\t320302\t12345\tA1\t第一件 电价\t-
2\tdispatched\t-\t2020-05-26T08:00:00+08:00\t2020-06-02T23:59:59+08:00\thousing-construction\tother\twindow\t320321\t12345\tA2\t第二件\t-
3\tdispatched\tyellow\t2020-05-18T08:00:00+08:00\t2020-05-25T23:59:59+08:00\thousing-construction\tother\thotline\t320321\t12345\tA3\t第三件\t-
4\treceived\t-\t2020-05-27T07:00:00+08:00\t2020-05-28T23:59:59+08:00\t-\tpolicy-consultation\tplatform\t-\t企服平台\tB4\t第四件\t-
5\tdispatched\tred\t2020-04-01T00:00:00+08:00\t2020-04-09T23:59:59+08:00\tjustice\treport\tvisit\t320322\t企服平台\tB5\t第五件\t-
6\tanswered\t-\t2020-05-20T23:59:59+08:00\t2020-05-25T23:59:59+08:00\tjustice\tsuggestion\thotline\t320322\t企服平台\tB6\t第六件\t-' \
        "" ticket-list
}

@test "table, csv and json say the same" {
    six
    gives 0 $'id\tstate\tlevel\treceived\tdue\tlead\tkind\tchannel\tregion\tsource\tref\ttitle\tenterprise
4\treceived\t-\t2020-05-27T07:00:00+08:00\t2020-05-28T23:59:59+08:00\t-\tpolicy-consultation\tplatform\t-\t企服平台\tB4\t第四件\t-' \
        "" ticket-list -H --kind 咨询
    gives 0 $'\xef\xbb\xbf系统编号,状态,级别,受理,答复期限,主办,类型,渠道,区域,来源,来源编号,标题,企业\r
4,待派发,,2020-05-27 07:00:00,2020-05-28 23:59:59,,政策咨询,平台,,企服平台,B4,第四件,\r' \
        "" ticket-list -F csv --kind 咨询
    gives 0 '{"id":4,"state":"received","level":null,"received":"2020-05-27T07:00:00+08:00","due":"2020-05-28T23:59:59+08:00","lead":null,"kind":"policy-consultation","channel":"platform","region":null,"source":"企服平台","ref":"B4","title":"第四件","enterprise":null}' \
        "" ticket-list -F json --kind 咨询
    gives 0 "系统编号  状态    级别  受理              答复期限          主办                    类型  渠道       区域  来源      来源编号  标题    企业
       3  已派发  黄色  2020-05-18 08:00  2020-05-25 23:59  徐州市住房和城乡建设局  其他  12345热线  丰县  12345     A3        第三件  -
       5  已派发  红色  2020-04-01 00:00  2020-04-09 23:59  徐州市司法局            举报  走访       沛县  企服平台  B5        第五件  -" \
        "" ticket-list -F table --due-before 2020-05-25 --open
    gives 1 "" "" ticket-list -F table --kind 咨询 --state 已派发
    gives 1 $'\xef\xbb\xbf系统编号,状态,级别,受理,答复期限,主办,类型,渠道,区域,来源,来源编号,标题,企业\r' "" \
        ticket-list -F csv --kind 咨询 --state 已派发
    refuses 'unknown format "xml" (table, tsv, csv, json, md, html or xlsx)' -F xml
}

@test "on a terminal the format is a table" {
    need_terminal
    six
    sh_run 'script -qec "ticket-list --kind 咨询" typescript </dev/null | tr -d "\r"'
    same "$status" 0
    [[ ${lines[0]} == "系统编号  状态 "* ]]
    [[ ${lines[1]} == "       4  待派发  -     2020-05-27 07:00  "*"第四件  -" ]]
}

@test "state, kind, channel, region, source, level: code or Chinese" {
    six
    lists "1 4" --state received
    lists "1 4" --state 待派发
    lists "6" --state 已答复
    none --state closed
    lists "1 2 3 4 5" --open
    lists "1" --kind complaint
    lists "1" --kind 投诉类
    lists "1 3 6" --channel 热线
    lists "1 3 6" --channel hotline
    lists "2 3" --region 丰县
    lists "2 3" --region 320321
    lists "1 2 3" --source 12345
    lists "4 5 6" --source 企服平台
    none --source 企服
    lists "3" --level yellow
    lists "3" --level 黄色
    lists "5" --level red
    none --level orange
}

@test "filters are joined by and, what is repeated by or" {
    six
    lists "3" --channel 热线 --region 丰县 --source 12345 --state 已派发 --open --level 黄色 --org 住建局 --text 供水
    none --channel 热线 --region 丰县 --source 企服平台
    lists "5 6" --channel 走访 --channel 热线 --region 沛县
}

@test "organisation: lead or assist, by any name" {
    six
    lists "2 3" --org housing-construction
    lists "2 3" --org 市住建局
    lists "2 5 6" --org justice
    none --org center
    gives 2 "" 'ticket-list: unknown organisation "市主建局" (did you mean 市住建局?)' ticket-list --org 市主建局
}

@test "due and received: moments, and a date means its end" {
    six
    lists "3 5 6" --due-before 2020-05-25
    lists "5" --due-before 2020-05-25T23:59:58
    lists "3 5 6" --due-before 2020-05-25T23:59:59
    lists "1 2 4" --due-after 2020-05-26
    lists "1 2 3 4 6" --due-after 2020-05-25T23:59:59
    lists "1 2 4" --due-after 2020-05-26T00:00
    lists "4" --due-after 2020-05-28 --due-before 2020-05-28
    lists "1 2 4" --received-from 2020-05-26
    lists "1 4" --received-from 2020-05-26T08:00:01
    lists "3 5 6" --received-to 2020-05-20
    lists "3 5" --received-to 2020-05-20T23:59
    lists "1 4" --received-from 2020-05-27 --received-to 2020/5/27
    lists "1" --received-from 2020-05-27T00:00:00Z
    none --received-from 2020-05-27T00:00:01Z
    refuses 'not a time: "soon" (write 2020-05-27 or 2020-05-27T09:00)' --due-before soon
}

@test "text: in title or body, as it is written" {
    six
    lists "1 2" --text 电价
    lists "1" --text '件 电'
    lists "3" --text 供水
    none --text '%'
    none --text "'"
    none --text 第一件为什么
}

@test "--sort, --reverse and --limit order and cut the list" {
    six
    lists "6 5 4 3 2 1" --reverse
    lists "5 3 6 4 2 1" --sort due
    lists "1 2 4 3 6 5" --sort due --reverse
    lists "5 3 6 2 4 1" --sort received
    lists "1 2 3 4 5 6" --sort id
    lists "1 2" --limit 2
    lists "6 5" --reverse --limit 2
    lists "5" --sort received --limit 1
    lists "1 2 3 4 5 6" --limit 1000000000
    refuses '"0" is not a whole number from 1 to 1000000000' --limit 0
    refuses '"2x" is not a whole number from 1 to 1000000000' --limit 2x
    refuses '"-1" is not a whole number from 1 to 1000000000' --limit -1
}

@test "words that nobody knows are refused, with the nearest" {
    six
    refuses 'unknown state "已派" (did you mean 已派发?)' --state 已派
    refuses 'unknown kind "投拆" (did you mean 投诉?)' --kind 投拆
    refuses 'unknown channel "热钱" (did you mean 热线?)' --channel 热钱
    refuses 'unknown region "鼓搂区" (did you mean 鼓楼区?)' --region 鼓搂区
    refuses 'unknown level "yelow" (did you mean yellow?)' --level yelow
    refuses 'no operand is expected; ticket-show shows a ticket' 1
    lists "1 4" --stat received # getopt_long takes what is unambiguous
}

@test "nothing there: an honest no" {
    center
    none
    none -F json
    gives 2 "" "ticket-list: nowhere.db: no database there; center-init creates one" ticket-list -d nowhere.db
}

# Fails where the output holds a control character other than newline, TAB and CR, or one of C1.
clean() {
    run ! env LC_ALL=C.UTF-8 grep -qP '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{80}-\x{9f}]' "$1"
    run ! env LC_ALL=C.UTF-8 grep -qP '\r(?!$)' "$1"
}

@test "escapes in foreign text are never printed raw" {
    at 2020-05-27T09:00
    center
    nasty=$'a\e[2J\x07\x01\x7f\xc2\x9b5m\xc2\x85\\b\b\f'
    ticket-new --title "$nasty" --source $'s\e]0;x\x07' --ref $'r\rR\tT\vV' >new
    printf 'x\001\n' >proof
    grep -qP '[\x00-\x08]' proof
    for format in tsv csv json table; do
        ticket-list -F $format >$format
        clean $format
        same "$(wc -l <$format)" "$(case $format in tsv | json) echo 1 ;; *) echo 2 ;; esac)"
    done
    same "$(cut -f 10-12 tsv)" 's\x1b]0;x\x07	r\rR\tT\x0bV	a\x1b[2J\x07\x01\x7f\x9b5m\x85\\b\x08'
    same "$(tail -n 1 csv | cut -d , -f 10-12 | tr -d '\r')" $'s␛]0;x␇,r␍R\tT␋V,a␛[2J␇␁␡\xef\xbf\xbd5m\xef\xbf\xbd\\b␈'
    same "$(grep -o '"source".*' json | sed 's/,"enterprise":null}$/}/')" '"source":"s\u001b]0;x\u0007","ref":"r\u000dR\tT\u000bV","title":"a\u001b[2J\u0007\u0001\u007f\u009b5m\u0085\\b\u0008"}'
    # and nothing is lost in JSON
    same "$(sqlite3 :memory: "SELECT json_extract(readfile('json'), '\$.title')")" "$(sql 'SELECT title FROM v_ticket')"
    [[ $(tail -n 1 table) == *$'s␛]0;x␇  r␍R T␋V   a␛[2J␇␁␡\xef\xbf\xbd5m\xef\xbf\xbd\\b␈  -' ]]
}

@test "JSON is read by another parser, with every kind of text" {
    at 2020-05-27T09:00
    center
    ticket-new --title '"引" \ / 𠮷 é 🙂' >new
    ticket-list -F json >json
    same "$(sqlite3 :memory: "SELECT json_extract(readfile('json'), '\$.title')")" '"引" \ / 𠮷 é 🙂'
    if type jq >/dev/null; then
        same "$(jq -r .title json)" '"引" \ / 𠮷 é 🙂'
        same "$(jq -r '.lead, (.id | type)' json)" $'null\nnumber'
    fi
}

@test "real messages: every format has every ticket" {
    ZERO_WIDTH=$'\xe2\x80\x8b'
    need_data messages/messages-with-replies.csv
    center
    ticket-new -q --csv "$DATA/messages/messages-with-replies.csv" >ids
    same "$(ticket-list | wc -l)" 2816
    same "$(ticket-list | awk -F '\t' '{ print NF }' | sort -u)" 13
    ticket-list -F json >json
    same "$(sqlite3 :memory: "CREATE TABLE l (j); " ".mode ascii" ".separator \"\\001\" \"\n\"" ".import json l" \
        "SELECT count(*) || ' ' || sum(json_valid(j)) FROM l" 2>&1)" "2816 2816"
    ticket-list -F csv >csv
    same "$(sqlite3 :memory: ".import --csv csv l" "SELECT count(*) FROM l")" 2816
    sqlite3 :memory: ".import --csv csv l" "SELECT 标题 FROM l" >titles
    # a title that a spreadsheet would take for a formula stands behind an apostrophe; what has no width is marked
    sql 'SELECT title FROM v_ticket' | sed "s/^[-=+@]/'&/; s/$ZERO_WIDTH/<U+200B>/g" | cmp - titles
    same "$(ticket-list -F table | wc -l)" 2817
    clean csv
    clean json
}

@test "a filter that is repeated lets each of its values through" {
    six
    lists "1 5" --kind 投诉 --kind 举报
    lists "2 3 4" --kind 咨询 --kind 其他
    lists "3 5" --level yellow --level 红
    lists "1 2 3 4 5" --state received --state dispatched
    lists "2 3 5 6" --org 市住建局 --org 市司法局
    lists "1 2 4" --ref A1 --ref A2 --ref B4 --source 12345 --source 企服平台
    lists "1 3 4 6" --channel 热线 --channel 平台
    none --state received --state answered --level red
}

# Three tickets with people; 3 is confidential.
people() {
    at 2020-05-27T09:00
    center
    ticket-new --title 甲 --enterprise 徐州恒达机械有限公司 --uscc 91320303MA0DEM2H76 --contact 张三 --phone '0516-8380 1234' >out
    ticket-new --title 乙 --enterprise 徐州恒大商贸 --contact 李四 --phone +8613812341234 >>out
    ticket-new --title 丙 --enterprise 徐州恒达机械有限公司 --contact 张三丰 --phone 13812341234 --confidential >>out
}
noted() { sql "SELECT group_concat(data, ' ') FROM v_event WHERE type = 'unmasked'"; }

@test "found by the enterprise's name or code, which nobody need be told" {
    people
    lists "1" --enterprise 恒达
    lists "1 2" --enterprise 恒达 --enterprise 恒大
    lists "1" --enterprise 91320303MA0DEM2H76
    none --enterprise 91320303
    same "$(noted)" ""
    same "$(ticket-list | cut -f 1,13)" $'1\t徐州恒达机械有限公司\n2\t徐州恒大商贸\n3\t（保密）'
}

@test "found by contact and telephone, once each in the log; never a confidential one" {
    people
    lists "1" --contact 张
    same "$(noted)" '{"program":"ticket-list","fields":"contact"}'
    lists "1" --phone 051683801234
    lists "1 2" --phone 1234
    lists "2" --phone '138-1234 1234'
    lists "2" --contact 李 --phone 1234
    none --phone 9999
    none --contact 丰
    same "$(noted | tr ' ' '\n' | grep -c fields)" 7
    same "$(noted)" "$(printf '{"program":"ticket-list","fields":"%s"} ' contact phone phone phone)"'{"program":"ticket-list","fields":"contact phone"} {"program":"ticket-list","fields":"phone"} {"program":"ticket-list","fields":"contact"}'
    same "$(sql "SELECT DISTINCT actor = '$(id -un)' FROM v_event WHERE type = 'unmasked'")" 1
    gives 0 "" "" center-check
}

@test "what a search refuses: too few digits, letters, a dry run, which would leave no trace" {
    people
    refuses 'at least 4 digits of a telephone: "123"' --phone 123
    refuses 'not a telephone number: "1381234x"' --phone 1381234x
    for option in --phone --contact; do
        refuses 'the log notes who looks for --contact or --phone, and -n writes nothing' -n $option 1234
    done
    same "$(noted)" ""
}

@test "what waits for the center's decision, the oldest first" {
    at 2026-03-02T09:00
    center
    for title in 甲 乙 丙; do ticket-new --title $title | ticket-route --to 市税务局 - >out; done
    ticket-route --to 市司法局 "$(ticket-new --title 丁 | cut -f 1)" >out
    ticket-extend --days 3 --reason '需核查，电13812341234' --at 2026-03-02T09:00 2 >out
    at 2026-03-03T09:00
    ticket-return --reason 不属于本辖区 --basis 三定 4 >out
    ticket-suspend --reason 不可抗力 --basis x 1 >out
    ticket-answer --text x 3 >out
    ticket-close --explained --reason 政策不允许 --basis 条例 3 >out
    gives 0 $'2\textension\ttax\t2026-03-02T09:00:00+08:00\t3\t需核查，电138****1234\t2026-03-09T23:59:59+08:00\t乙
4\treturn\tjustice\t2026-03-03T09:00:00+08:00\t-\t不属于本辖区\t2026-03-09T23:59:59+08:00\t丁
1\tsuspension\ttax\t2026-03-03T09:00:00+08:00\t-\t不可抗力\t2026-03-09T23:59:59+08:00\t甲
3\tclose\ttax\t2026-03-03T09:00:00+08:00\t-\t政策不允许\t2026-03-09T23:59:59+08:00\t丙' "" ticket-list --waiting
    lists "4" --waiting --org 市司法局
    same "$(ticket-list --waiting -F table | awk 'NR > 1 { print $2 }' | paste -sd ' ')" '申请延期 申请退单 申请挂起 申请作办结'
    ticket-extend --refuse 2 >out
    ticket-return --approve 4 >out
    lists "1 3" --waiting
    refuses '--waiting goes only with --org and --center' --waiting --kind 投诉
    ticket-suspend --refuse 1 >out
    ticket-close --approve 3 >out
    none --waiting
}

@test "words that are unknown: the nearest, the option meant, or the list" {
    six
    refuses 'unknown state "open" (did you mean --open?)' --state open
    refuses 'unknown state "待办" (did you mean --open?)' --state 待办
    refuses 'unknown state "xyz" (received 待派发, conference 会商中, dispatched 已派发, accepted 已签收, answered 已答复, rated 待回访, closed 已办结)' --state xyz
    refuses 'unknown level "amber" (yellow 黄色, orange 橙色, red 红色, dispatch-late 派发超时)' --level amber
    lists "5" --level 红
    refuses 'unknown option "--type" (did you mean --kind?)' --type 投诉
    refuses 'unknown option "--status" (did you mean --state?)' --status 已派发
    refuses 'unknown option "--json" (write -F json)' --json
    refuses 'unknown option "--excel" (write -F xlsx)' --excel
    refuses 'unknown option "-json" (write -F json)' -json
    refuses 'unknown option "-kind" (write --kind)' -q -kind 投诉
    refuses 'unknown option "-kind" (write --kind)' -kind=投诉
    refuses 'unknown option "-z"' -qz
    refuses 'unknown option "--output" (did you mean --format?)' --output x
    refuses 'unknown option "--tel" (did you mean --phone?)' --tel 1234
    refuses 'ambiguous option "--due" (--due-after, --due-before)' --due 2020-05-27
}

# RULES 5: "k redos or transfers (choice: 2) make a problem ticket (疑难工单), a list of its own".
@test "problem tickets: so many redos and granted returns; not those that are closed" {
    at 2026-03-02T09:00
    no_center
    center
    for i in 1 2 3 4; do ticket-new -q --title 甲 >>out; done
    back() { ticket-return -q --reason 不属于本单位职责 --basis x "$1" >>out && ticket-return -q --approve "$1" >>out; }
    again() {
        ticket-answer -q --text 答 "$1" >>out && ticket-rate -q --score 1 "$1" >>out &&
            ticket-follow -q --outcome redo --text 未解决 "$1" >>out
    }
    ticket-route -q --to tax 1 2 3 >>out
    back 1 && ticket-route -q --to justice 1 >>out && back 1 # two returns: in conference
    back 2 && ticket-route -q --to justice 2 >>out && again 2 # one return, one redo
    again 3
    same "$(ticket-list --problem | cut -f 1,2)" $'1\tconference\n2\tdispatched'
    same "$(ticket-list --problem --state 会商中 | cut -f 1)" 1
    same "$(qifu status | grep ^problem)" $'problem\t2\tticket-list --problem'
    again 3
    same "$(ticket-list --problem | cut -f 1 | xargs)" "1 2 3"
    ticket-void -q --reason 测试 3 >>out
    same "$(qifu status | grep ^problem | cut -f 2)" 2
    cp -r "$TREE/share" conf
    sed -i 's/  problem_after: 2 /  problem_after: 1 /' conf/center.yaml
    ticket-route -q --to tax 4 >>out && back 4
    same "$(QIFU_CONFIG=$T/conf ticket-list --problem | cut -f 1 | xargs)" "1 2 4"
    gives 2 "" "ticket-list: --waiting goes only with --org and --center; see ticket-list -h" ticket-list --waiting --problem
}

@test "closed so: by code or word, several" {
    at 2026-03-02T09:00
    no_center
    center
    for i in 1 2 3 4 5; do ticket-new -q --title 甲 >>out; done
    ticket-decline -q --reason 属于信访事项 --basis x 1 >>out
    ticket-refer -q --to 110 --reason x 2 >>out
    ticket-void -q --reason x 3 >>out
    ticket-withdraw -q --text x 4 >>out
    for how in declined:1 referred:2 void:3 withdrawn:4 不予受理:1 转办:2 作废:3 撤回:4; do
        same "$how $(ticket-list --closed-as "${how%:*}" | cut -f 1)" "$how ${how#*:}"
    done
    same "$(ticket-list --closed-as 作废 --closed-as 撤回 | cut -f 1 | xargs)" "3 4"
    refuses 'unknown way of being closed "gone" (satisfied 满意办结, explained 作办结, invalid 评价无效, not-rated 未评价, merged 并单, declined 不予受理, referred 转办, void 作废, withdrawn 撤回)' \
        --closed-as gone
}

@test "what nobody has signed in in time" {
    at 2026-03-02T09:00
    center
    for i in 1 2 3 4; do ticket-new -q --kind 投诉 --title 投诉 --at 2026-03-02T08:00 >out; done
    ticket-route -q --to tax 1 2 >out
    ticket-route -q --to finance 3 >out
    ticket-accept -q 2 >out
    gives 1 "" "" ticket-list --accept-overdue
    late=$(ticket-show 1 | awk -F '\t' '$2 == "accept_due" { print $3 }')
    gives 0 $'1\t'"$late"$'\ttax\tcomplaint\t投诉\n3\t'"$late"$'\tfinance\tcomplaint\t投诉' "" \
        ticket-list --accept-overdue --now 2026-03-06
    gives 0 $'3\t'"$late"$'\tfinance\tcomplaint\t投诉' "" ticket-list --accept-overdue --org finance --now 2026-03-06
    # The list is of what is late: not of what is due at this second, nor of what was answered unsigned.
    gives 1 "" "" ticket-list --accept-overdue --now "$late"
    at 2026-03-06T09:00
    ticket-answer -q --text 已办 1 >out
    gives 0 $'3\t'"$late"$'\tfinance\tcomplaint\t投诉' "" ticket-list --accept-overdue
    gives 2 "" "ticket-list: --waiting goes only with --org and --center; see ticket-list -h" \
        ticket-list --accept-overdue --waiting
    gives 2 "" "ticket-list: --unmask goes without --accept-overdue; see ticket-list -h" \
        ticket-list --accept-overdue --unmask --text 投诉
}
