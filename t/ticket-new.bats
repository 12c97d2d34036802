#!/usr/bin/env bats
# ticket-new: one request from options, many from CSV or JSON lines.

load lib/base

# A fresh center on Wednesday 2020-05-27, 9:00.
wednesday() {
    at 2020-05-27T09:00
    center
}

# takes STDOUT OPTIONS...: ticket-new succeeds, prints this and says nothing.
takes() {
    local out_=$1
    shift
    gives 0 "$out_" "" ticket-new "$@"
}

# refuses STDERR OPTIONS...: ticket-new fails with these messages and takes nothing in.
refuses() {
    local err_=$1 count_
    shift
    count_=$(sql 'SELECT count(*) FROM v_ticket')
    gives 2 "" "$(sed 's/^/ticket-new: /' <<<"$err_")" ticket-new "$@"
    same "$(sql 'SELECT count(*) FROM v_ticket')" "$count_"
}

# The value of COLUMN of the newest ticket.
newest() { sql "SELECT $1 FROM v_ticket ORDER BY id DESC LIMIT 1"; }

# All that tickets hold, for comparing databases.
rows() {
    QIFU_DB=${1:-$QIFU_DB} sql 'SELECT id, source, ref, channel, kind, kind_by, title, body, enterprise,
        uscc, contact, phone, region, category, extra, received_at, due_at FROM ticket ORDER BY id'
}

WEDNESDAY_5=2020-06-03T23:59:59+08:00 # five working days

# ---------------------------------------------------------------------------- one from options

@test "one: id, due and kind" {
    wednesday
    takes $'1\t'$WEDNESDAY_5$'\tcomplaint' --kind complaint --title 甲
    takes $'id\tdue\tkind\n2\t2020-05-28T23:59:59+08:00\tpolicy-consultation' -H --kind 政策咨询 --title 乙
    takes $'\xef\xbb\xbf编号,答复期限,类型\r\n3,2020-06-01 23:59:59,咨询求助\r' -F csv --kind 咨询求助 --title 丙
    takes '{"id":4,"due":"2020-06-01T23:59:59+08:00","kind":"suggestion"}' -F json --kind 建议 --title 丁
    takes '编号  答复期限          类型
   5  2020-06-03 23:59  举报' -F table --kind 举报 --title 戊
    same "$(sql "SELECT group_concat(kind || kind_by) FROM v_ticket")" \
        complaintgiven,policy-consultationgiven,helpgiven,suggestiongiven,reportgiven
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'received'")" 5
    gives 0 "" "" center-check
}

@test "one: every option is stored" {
    wednesday
    takes $'1\t'$WEDNESDAY_5$'\tother' --kind 其他 --title '一  个
标题' --body $'甲\r\n乙\r丙' --channel 热线 --source 12345 --ref N-1 --enterprise 某公司 \
        --uscc 91110108551385082Q --contact 张三 --phone 0516-1 --region 徐州经开区 --category 税费 \
        --at 2020-05-27T08:00
    same "$(sql 'SELECT * FROM v_ticket' -separator '|' | tr '\n' '~')" \
        "1|12345|N-1|hotline|12345热线|other|其他|given|一 个 标题|甲~乙~丙|某公司|91110108551385082Q|张*|*516-1|320371|徐州经济技术开发区|税费||received|1|||||0|2020-05-27T08:00:00+08:00|$WEDNESDAY_5|||||0||~"
    same "$(sql 'SELECT contact, phone FROM ticket')" '张三|0516-1' # the view masks them
    same "$(sql "SELECT actor FROM v_event WHERE type = 'received'")" "$(id -un)"
}

@test "one: a title alone is enough" {
    wednesday
    takes $'1\t'$WEDNESDAY_5$'\tother' --title '  甲　'
    same "$(newest "source, coalesce(ref, '0'), channel, kind_by, title, body, received")" \
        'center|0|window|default|甲||2020-05-27T09:00:00+08:00'
}

@test "one: values lose their outer blanks, a blank one is none" {
    wednesday
    ticket-new --title 甲 --ref ' 7 ' --uscc ' 91110108551385082Q' --phone '　' >new
    same "$(newest "ref, uscc, coalesce(phone, '0')")" '7|91110108551385082Q|0'
    refuses "--title is missing; see ticket-new -h" --title ' '
}

@test "one: --body - reads standard input" {
    wednesday
    sh_run 'printf "第一行\n第二行\n" | ticket-new --title 甲 --body - | cut -f 1'
    same "$status$stderr" 0
    same "$output" 1
    same "$(newest body)" $'第一行\n第二行'
    sh_run 'printf "a\xff" | ticket-new --title 甲 --body -'
    same "$status$output$stderr" "2ticket-new: standard input is not UTF-8 text"
    sh_run 'printf "a\0b" | ticket-new --title 甲 --body -'
    same "$status$output$stderr" "2ticket-new: standard input is not UTF-8 text"
}

@test "one: a kind by Chinese word, code, alias, in any case and width" {
    wednesday
    for word in 政策咨询 policy-consultation 咨询 政策咨询类 'Policy-Consultation' ' 政策 咨询 '; do
        takes "$(($(sql 'SELECT count(*) FROM v_ticket') + 1))"$'\t2020-05-28T23:59:59+08:00\tpolicy-consultation' \
            --title 甲 --kind "$word"
    done
    same "$(sql 'SELECT DISTINCT kind, kind_by FROM v_ticket')" 'policy-consultation|given'
}

@test "one: a kind by a rule" {
    wednesday
    takes $'1\t'$WEDNESDAY_5$'\treport' --title 举报有人围标
    same "$(newest kind_by)" rule:report-crime
    takes $'2\t2020-05-28T23:59:59+08:00\tpolicy-consultation' --title 咨询人才政策
    same "$(newest kind_by)" rule:policy-asked
    takes $'3\t2020-06-01T23:59:59+08:00\thelp' --title 一件事 --body 请协调
    same "$(newest kind_by)" rule:request
    same "$(sql "SELECT json_extract(data, '$.by') FROM v_event WHERE ticket_id = 3")" rule:request
}

@test "one: between two kinds the shorter limit is taken, and marked" {
    wednesday
    takes $'1\t2020-05-28T23:59:59+08:00\tpolicy-consultation' --title 一件事 --body 请问怎么办
    same "$(newest kind_by)" "doubt:request policy-asked"
    same "$(sql "SELECT json_extract(data, '$.by') FROM v_event WHERE ticket_id = 1")" "doubt:request policy-asked"
    sh_run 'ticket-show -F table 1'
    [[ $output == *"存疑，取较短时限：规则 request policy-asked"* ]]
}

@test "one: words that nobody knows" {
    wednesday
    refuses 'unknown kind "咨寻" (did you mean 咨询?)' --title 甲 --kind 咨寻
    refuses 'unknown kind "complant" (did you mean complaint?)' --title 甲 --kind complant
    refuses 'unknown kind "qqqqqq" (policy-consultation 政策咨询, help 咨询求助, suggestion 建议, complaint 投诉, report 举报, other 其他, urgent 紧急, arrears 拖欠中小企业账款, register 台账督办)' --title 甲 --kind qqqqqq
    refuses 'unknown channel "热钱" (did you mean 热线?)' --title 甲 --channel 热钱
    refuses 'unknown region "鼓搂区" (did you mean 鼓楼区?)' --title 甲 --region 鼓搂区
}

@test "one: times in every accepted form" {
    wednesday
    check() {
        ticket-new --title 甲 --at "$1" >new || return
        same "$1 -> $(newest received)" "$1 -> $2+08:00"
    }
    for form in 2019-04-25T09:32:09 '2019-04-25 09:32:09' '2019/4/25 9:32:09' '2019.4.25 9:32:09' \
        '2019年4月25日 9:32:09' '2019年4月25日 9时32分09秒' 2019年4月25日9时32分9秒 2019-04-25t9:32:09 \
        '2019-4-25  9：32：09' 2019-04-25T09:32:09.750 2019-04-25T09:32:09+08:00 \
        2019-04-25T09:32:09+0800 '2019-04-25 09:32:09 +08' 2019-04-25T01:32:09Z \
        2019-04-24T20:32:09-05:00 ' 2019-04-25 9:32:09 ' '2019/4/25 上午 9:32:09' 2019年4月25日上午9时32分9秒 \
        43580.397326388889; do
        check "$form" 2019-04-25T09:32:09
    done
    for form in 2019-04-25T09:32 '2019-04-25 9:32' '2019/4/25 9:32' 2019年4月25日9时32分; do
        check "$form" 2019-04-25T09:32:00
    done
    for form in '2019/4/25 下午 3:05' 2019/4/25下午3:05 '2019-4-25 下午15:05' 43580.628472222; do
        check "$form" 2019-04-25T15:05:00
    done
    check '2019/4/25 中午 12:05' 2019-04-25T12:05:00
    check '2019/4/25 上午 12:05' 2019-04-25T00:05:00
    for form in 43580 2019-04-25 2019/4/25 2019.4.25 2019年4月25日 2019-04-24T24:00; do
        check "$form" 2019-04-25T00:00:00
    done
    check 2020-02-29 2020-02-29T00:00:00
    # a day's first second counts as that day
    same "$(newest due)" 2020-03-06T23:59:59+08:00
}

@test "one: the machine's time zone is of no account" {
    wednesday
    for zone in UTC America/New_York Asia/Tokyo; do
        TZ=$zone ticket-new --title 甲 --at '2020-05-27 09:00' >new
    done
    same "$(sql 'SELECT DISTINCT received_at, due_at FROM ticket')" '1590541200|1591199999'
}

@test "one: what is no time is refused" {
    wednesday
    for form in yesterday 2019-02-29 2019-13-01 2019-04-31 2019-00-10 2019-4 2019/4-25 \
        '2019-04-25 25:00' '2019-04-25 24:01' '2019-04-25 9:60' '2019-04-25 9' 2019-04-25T 20190425 \
        2019-04-25T09:32+15:00 2019-04-25T09:32+8 '2019-04-25 09:32 CST' 2019-04-2509:32 \
        '2019-04-25 09:32:09 x' 29000 90000 43580.4x 上午9:05 '2019-04-25 下午 25:00' '2019-04-25 9:32 PM' 019-04-25; do
        refuses "not a time: \"$form\" (write 2020-05-27 or 2020-05-27T09:00)" --title 甲 --at "$form"
    done
    for form in 11/3/2026 25.4.2019 '3-11-2019 9:00'; do
        refuses "not a time: \"$form\" (day or month first? write 2020-05-27 or 2020-05-27T09:00)" --title 甲 --at "$form"
    done
    refuses 'a time outside 1990 to 2119: "1989-12-31 23:00"' --title 甲 --at '1989-12-31 23:00'
    refuses 'a time outside 1990 to 2119: "2120-01-01"' --title 甲 --at 2120-01-01
}

@test "one: beyond the announced years the deadline is provisional" {
    at 2026-12-31T09:00
    center
    takes $'1\t2027-01-04T23:59:59+08:00\tpolicy-consultation' --kind 咨询 --title 甲 --at 2026-12-31
    same "$(newest provisional)" 1
}

@test "one: a credit code is taken, warned of or refused" {
    wednesday
    for code in 91110108551385082Q 91350100M000100Y43 12440600MB2C07549J 91320300MA00002690; do
        gives 0 "$(($(sql 'SELECT count(*) FROM v_ticket') + 1))"$'\t'$WEDNESDAY_5$'\tother' "" \
            ticket-new --title 甲 --uscc $code
    done
    for code in 91350100M000100Y4A 91350203M0001QKT19; do
        gives 0 "$(($(sql 'SELECT count(*) FROM v_ticket') + 1))"$'\t'$WEDNESDAY_5$'\tother' \
            "ticket-new: credit code $code is kept, but its check character does not fit" \
            ticket-new --title 甲 --uscc $code
        same "$(newest uscc)" $code
    done
    takes $'7\t'$WEDNESDAY_5$'\tother' -q --title 甲 --uscc 91350100M000100Y4A
    for code in 9111010855138508 91110108551385082QQ; do
        refuses "credit code \"$code\": it must have 18 characters" --title 甲 --uscc $code
    done
    for code in 9111010855138508IQ 9111010855138508OQ 9111010855138508SQ 9111010855138508VQ \
        9111010855138508ZQ 91110108551385082q 9111010855138508-Q; do
        refuses "credit code \"$code\": it has a character other than 0-9 and A-Z without I, O, S, V, Z" \
            --title 甲 --uscc "$code"
    done
}

@test "one: a known source and number print the ticket that is there" {
    wednesday
    takes $'1\t'$WEDNESDAY_5$'\tother' --title 甲 --source 12345 --ref 7
    at 2020-05-28T09:00
    gives 0 $'1\t'$WEDNESDAY_5$'\tother' "ticket-new: 12345 7 is there already as 1" \
        ticket-new --title 甲 --source 12345 --ref 7
    takes $'1\t'$WEDNESDAY_5$'\tother' -q --title 甲 --source 12345 --ref 7
    refuses "12345 7 is there already with other content: title" --title 乙 --kind 投诉 --source 12345 --ref 7
    same "$(sql 'SELECT count(*), min(title) FROM v_ticket')" '1|甲'
    takes $'2\t2020-06-04T23:59:59+08:00\tother' --title 甲 --source 12346 --ref 7
    # without a number nothing is known
    takes $'3\t2020-06-04T23:59:59+08:00\tother' --title 甲 --source 12345
    takes $'4\t2020-06-04T23:59:59+08:00\tother' --title 甲 --source 12345
}

@test "one: -n says what would be done, and changes nothing" {
    wednesday
    before=$(sql .dump | sha256sum)
    takes $'1\t'$WEDNESDAY_5$'\tother' -n --title 甲
    same "$(sql .dump | sha256sum)" "$before"
}

@test "a wrong command line is refused, with what would be right" {
    wednesday
    refuses "--title is missing; see ticket-new -h"
    refuses "no operand is expected; see ticket-new -h" --title 甲 乙
    refuses "--encoding and --rejects go with --csv or --jsonl; see ticket-new -h" --title 甲 --rejects x
    refuses "--encoding goes with --csv; JSON lines are UTF-8; see ticket-new -h" --jsonl x --encoding gbk
    refuses "one of --csv and --jsonl, once; see ticket-new -h" --csv a --jsonl b
    refuses "one of --csv and --jsonl, once; see ticket-new -h" --csv a --csv b
    refuses "--kind goes with one ticket, not with a file; see ticket-new -h" --csv a --kind 投诉
    refuses "--at goes with one ticket, not with a file; see ticket-new -h" --csv a --at 2020-01-01
    refuses "--received and --no-ref go with --csv or --jsonl; see ticket-new -h" --title 甲 --received now
    refuses "--received and --no-ref go with --csv or --jsonl; see ticket-new -h" --title 甲 --no-ref
    refuses "the value of --title is not UTF-8; see ticket-new -h" --title $'\xff'
    refuses "option --csv needs an argument; see ticket-new -h" --csv
    refuses 'unknown option "--titel" (did you mean --title?); see ticket-new -h' --titel x
    refuses "nowhere.csv: No such file or directory" --csv nowhere.csv
    refuses "$T: this is a directory" --csv "$T"
}

@test "a full disk and a closed reader" {
    wednesday
    gives 2 "" "ticket-new: cannot write to standard output: No space left on device" \
        bash -c 'ticket-new --title 甲 >/dev/full'
    # the ticket is kept: its id can be had again by its number
    same "$(sql 'SELECT count(*) FROM v_ticket')" 1
    run --separate-stderr bash -c 'trap "" PIPE; ticket-new --title 甲 --source a --ref 1 | true; echo ${PIPESTATUS[0]}'
    same "$stderr" ""
}

# ---------------------------------------------------------------------------- CSV

# A small file: three rows, a comma, quotes and line breaks in cells.
small_csv() {
    printf '%s\n' '工单编号,标题,内容,受理时间,行业' 'A1,第一件,"有逗号, 有""引号""",2020-05-26 10:00,制造业' \
        'A2,第二件,"有
换行",2020/5/26 11:00,' 'A3,第三件,鼓楼区的𠮷,2020-5-26 12:00,零售'
}

SMALL='hotline|A1|第一件|有逗号, 有"引号"|2020-05-26T10:00:00+08:00|{"行业":"制造业"}
hotline|A2|第二件|有
换行|2020-05-26T11:00:00+08:00|
hotline|A3|第三件|鼓楼区的𠮷|2020-05-26T12:00:00+08:00|{"行业":"零售"}'

# small_is_in: the three rows are in, and nothing else.
small_is_in() {
    same "$(sql 'SELECT channel, ref, title, body, received, extra FROM v_ticket ORDER BY id')" "$SMALL"
}

# Takes small files in one after the other, each into a database of its own.
takes_small() {
    no_center
    center
    gives 0 $'1\t2020-06-02T23:59:59+08:00\tother
2\t2020-06-02T23:59:59+08:00\tother
3\t2020-06-02T23:59:59+08:00\tother' "" ticket-new -q --channel 热线 --csv "$@"
    small_is_in
}

@test "csv: UTF-8 with and without a byte order mark, LF, CR LF, CR" {
    at 2020-05-27T09:00
    small_csv >lf.csv
    { printf '\xef\xbb\xbf'; cat lf.csv; } >mark.csv
    sed 's/$/\r/' lf.csv >crlf.csv
    tr '\n' '\r' <lf.csv >cr.csv
    head -c -1 lf.csv >unended.csv
    head -c -1 cr.csv >cr-unended.csv
    for file in lf mark crlf cr unended cr-unended; do
        takes_small $file.csv
    done
}

@test "csv: GB18030, found out and named; another known encoding" {
    at 2020-05-27T09:00
    small_csv | iconv -f UTF-8 -t GB18030 >gb.csv
    takes_small gb.csv
    takes_small gb.csv --encoding gb18030
    takes_small gb.csv --encoding GB18030
    small_csv | sed 's/𠮷/吉/' | iconv -f UTF-8 -t GBK >gbk.csv
    SMALL=${SMALL/𠮷/吉}
    takes_small gbk.csv --encoding gbk
    takes_small gbk.csv
    small_csv >utf8.csv
    SMALL=${SMALL/吉/𠮷}
    takes_small utf8.csv --encoding UTF-8
    refuses 'unknown encoding "gbx" (utf-8 and gb18030 are the usual ones)' --csv gbk.csv --encoding gbx
}

@test "csv: UTF-16 is refused" {
    wednesday
    small_csv | iconv -f UTF-8 -t UTF-16LE >bare.csv
    { printf '\xff\xfe'; cat bare.csv; } >little.csv
    { printf '\xfe\xff'; small_csv | iconv -f UTF-8 -t UTF-16BE; } >big.csv
    refuses "little.csv: this is UTF-16: save it as CSV in UTF-8 or GB18030" --csv little.csv
    refuses "big.csv: this is UTF-16: save it as CSV in UTF-8 or GB18030" --csv big.csv
    refuses 'unknown encoding "utf-16" (utf-8 and gb18030 are the usual ones)' --csv little.csv --encoding utf-16
    run --separate-stderr ticket-new --csv bare.csv
    same "$status$output" 2
    [[ $stderr == "ticket-new: bare.csv:1: the header line cannot be read: "* ]]
}

@test "csv: blank lines and rows of empty cells are passed over, and lines are counted" {
    wednesday
    printf '\n  \n标题,编号\n\n甲,1\n,\n \t\n" ",　\n乙,2,x\n\r\n丙,3\n,\n' >blank.csv
    refuses 'blank.csv:9: 3 columns, the header has 2
1 bad row: nothing was done; --rejects FILE does the rest' --no-ref --received now --csv blank.csv
    sed -i 's/,x$//' blank.csv
    takes $'1\t'$WEDNESDAY_5$'\tother\n2\t'$WEDNESDAY_5$'\tother\n3\t'$WEDNESDAY_5$'\tother' --no-ref --received now --csv blank.csv
    same "$(sql 'SELECT title, ref FROM v_ticket')" $'甲|1\n乙|2\n丙|3'
}

@test "csv: lines are counted through quoted line breaks and every line end" {
    wednesday
    for end in '\n' '\r\n' '\r'; do
        printf "标题,内容${end}甲,\"a${end}b${end}${end}c\"${end}乙,b,x${end}" >lines.csv
        refuses 'lines.csv:6: 3 columns, the header has 2
1 bad row: nothing was done; --rejects FILE does the rest' --no-ref --received now --csv lines.csv
    done
}

@test "csv: columns in any order, English headers, brackets and blanks of any width" {
    wednesday
    cat >english.csv <<'CSV'
 County ,Received At,TITLE,Ticket No,Company_Name,Via
鼓楼区,2020-05-26,甲,1,某公司,电话
CSV
    takes $'1\t2020-06-02T23:59:59+08:00\tother' --csv english.csv
    same "$(newest "region, received, title, ref, enterprise, channel, coalesce(extra, '0')")" \
        '320302|2020-05-26T00:00:00+08:00|甲|1|某公司|hotline|0'
    printf '县(市、区),Ｔｉｔｌｅ,编 号\n丰县,乙,2\n' >wide.csv
    takes $'2\t'$WEDNESDAY_5$'\tother' --no-ref --received now --csv wide.csv
    same "$(newest 'region, title, ref')" '320321|乙|2'
}

@test "csv: duplicate, empty and unknown headers keep what they hold as JSON" {
    wednesday
    cat >odd.csv <<'CSV'
标题,标题,主题,,备注,备注,
甲,乙,丙,丁,戊,"己 ""引"" \",庚
CSV
    takes $'1\t'$WEDNESDAY_5$'\tother' -q --no-ref --received now --csv odd.csv
    same "$(newest title)" 甲
    same "$(newest extra)" '{"标题 / column 2":"乙","主题":"丙","column 4":"丁","备注":"戊","备注 / column 6":"己 \"引\" \\","column 7":"庚"}'
}

@test "csv: leading zeros and long numbers stay as they are" {
    wednesday
    printf '标题,编号,电话,额外\n007,0042,01390000120000000000000,1.50\n' >zeros.csv
    ticket-new --no-ref --received now --csv zeros.csv >new
    same "$(newest 'title, ref, (SELECT phone FROM ticket t WHERE t.id = v_ticket.id), extra')" \
        '007|0042|01390000120000000000000|{"额外":"1.50"}'
}

@test "csv: ragged rows, with both counts" {
    wednesday
    printf '标题,编号,内容\n甲,1\n乙,2,b\n丙,3,c,d\n' >ragged.csv
    refuses 'ragged.csv:2: 2 columns, the header has 3
ragged.csv:4: 4 columns, the header has 3
2 bad rows: nothing was done; --rejects FILE does the rest' --no-ref --received now --csv ragged.csv
}

@test "csv: a fault of every kind in one file, all-or-nothing and with --rejects" {
    wednesday
    cat >faults.csv <<'CSV'
编号,标题,类型,渠道,区域,受理时间,信用代码
1,甲,投诉,,,,
2,,投诉,,,,
3,丙,投拆,,,,
4,丁,,热钱,,,
5,戊,,,鼓搂区,,
6,己,,,,2020-02-30,
7,庚,,,,,123
8,辛,,,,,91350100M000100Y4A
9,壬,,,,1980-01-01,
CSV
    faults='faults.csv:3: no title
faults.csv:4: unknown kind "投拆" (did you mean 投诉?)
faults.csv:5: unknown channel "热钱" (did you mean 热线?)
faults.csv:6: unknown region "鼓搂区" (did you mean 鼓楼区?)
faults.csv:7: not a time: "2020-02-30" (write 2020-05-27 or 2020-05-27T09:00)
faults.csv:8: credit code "123": it must have 18 characters
faults.csv:9: credit code 91350100M000100Y4A is kept, but its check character does not fit
faults.csv:10: a time outside 1990 to 2119: "1980-01-01"'
    refuses "$faults
7 bad rows: nothing was done; --rejects FILE does the rest" --no-ref --received now --csv faults.csv
    gives 2 $'1\t'$WEDNESDAY_5$'\tcomplaint\n2\t'$WEDNESDAY_5$'\tother' \
        "$(sed 's/^/ticket-new: /' <<<"$faults")" ticket-new --no-ref --received now --csv faults.csv --rejects rejects.csv
    same "$(sql 'SELECT group_concat(ref) FROM (SELECT ref FROM v_ticket ORDER BY id) x')" 1,8
    same "$(sed 's/\r$//' rejects.csv)" 'reject_reason,编号,标题,类型,渠道,区域,受理时间,信用代码
"no title",2,,投诉,,,,
"unknown kind ""投拆"" (did you mean 投诉?)",3,丙,投拆,,,,
"unknown channel ""热钱"" (did you mean 热线?)",4,丁,,热钱,,,
"unknown region ""鼓搂区"" (did you mean 鼓楼区?)",5,戊,,,鼓搂区,,
"not a time: ""2020-02-30"" (write 2020-05-27 or 2020-05-27T09:00)",6,己,,,,2020-02-30,
"credit code ""123"": it must have 18 characters",7,庚,,,,,123
"a time outside 1990 to 2119: ""1980-01-01""",9,壬,,,,1980-01-01,'
    # mended it goes in, beside what is there
    sed -i 's/2,,投诉/2,乙,投诉/; s/,投拆,/,投诉,/; s/,热钱,/,热线,/; s/,鼓搂区,/,鼓楼区,/
        s/,2020-02-30,/,2020-02-29,/; s/,123\r/,\r/; s/,1980-01-01,/,1990-01-05,/' rejects.csv
    gives 0 "$(printf '%s\n' 3 4 5 6 7 8 9)" "" bash -c 'ticket-new --no-ref --received now --csv rejects.csv | cut -f 1'
    same "$(sql 'SELECT group_concat(ref) FROM (SELECT ref FROM v_ticket ORDER BY id) x')" 1,8,2,3,4,5,6,7,9
    same "$(sql 'SELECT count(*) FROM v_ticket WHERE extra IS NOT NULL')" 0
}

@test "csv: a quote that is not closed costs its own line" {
    wednesday
    printf '编号,标题\n1,甲\n2,"乙\n3,"丙,丙"\n4,丁\n5,"戊\n己"\n6,庚\n7,"辛\n' >open.csv
    faults='open.csv:3: a stray quote, or one that is not closed
open.csv:9: a quote that is not closed'
    refuses "$faults
2 bad rows: nothing was done; --rejects FILE does the rest" --no-ref --received now --csv open.csv
    gives 2 $'1\n2\n3\n4\n5' "$(sed 's/^/ticket-new: /' <<<"$faults")" \
        bash -c 'set -o pipefail; ticket-new --no-ref --received now --csv open.csv --rejects rejects.csv | cut -f 1'
    same "$(sql 'SELECT ref, title FROM v_ticket')" $'1|甲\n3|丙,丙\n4|丁\n5|戊 己\n6|庚'
    same "$(sed 's/\r$//' rejects.csv)" 'reject_reason,编号,标题
"a stray quote, or one that is not closed",2,"乙
"a quote that is not closed",7,"辛'
    sed -i 's/"乙/乙/; s/"辛/辛/' rejects.csv
    gives 0 $'6\n7' "" bash -c 'ticket-new --no-ref --received now --csv rejects.csv | cut -f 1'
}

@test "csv: a quote that is not closed, with no quote after it" {
    wednesday
    { echo '编号,标题'; echo '1,"甲'; seq 2 3000 | sed 's/.*/&,第 & 件/'; } >open.csv
    gives 2 2999 'ticket-new: open.csv:2: a quote that is not closed' \
        bash -c 'set -o pipefail; ticket-new --no-ref --received now --csv open.csv --rejects rejects.csv | wc -l'
    same "$(sed 's/\r$//' rejects.csv)" $'reject_reason,编号,标题\n"a quote that is not closed",1,"甲'
    same "$(sql "SELECT count(*) FROM v_ticket WHERE title = '第 ' || ref || ' 件'")" 2999
}

@test "csv: stray quotes are found, each at its line" {
    wednesday
    printf '编号,标题\n1,甲"乙"\n2,"丙"丁\n3,戊\n' >stray.csv
    faults='stray.csv:2: a stray quote, or one that is not closed
stray.csv:3: a stray quote, or one that is not closed'
    refuses "$faults
2 bad rows: nothing was done; --rejects FILE does the rest" --no-ref --received now --csv stray.csv
    gives 2 $'1\t'$WEDNESDAY_5$'\tother' "$(sed 's/^/ticket-new: /' <<<"$faults")" \
        ticket-new --no-ref --received now --csv stray.csv --rejects rejects.csv
    same "$(newest ref)" 3
    printf '标题,"编号\n甲,1\n' >header.csv
    refuses 'header.csv:1: the header line cannot be read: a quote that is not closed' --no-ref --received now --csv header.csv
}

@test "csv: a NUL byte is found at its line" {
    wednesday
    printf '编号,标题\n1,甲\n2,乙\0丙\n3,丁\n' >nul.csv
    refuses 'nul.csv:3: column 2: a NUL byte
1 bad row: nothing was done; --rejects FILE does the rest' --no-ref --received now --csv nul.csv
    gives 2 $'1\n2' 'ticket-new: nul.csv:3: column 2: a NUL byte' \
        bash -c 'set -o pipefail; ticket-new --no-ref --received now --csv nul.csv --rejects rejects.csv | cut -f 1'
    printf 'reject_reason,编号,标题\r\n"column 2: a NUL byte",2,乙\0丙\r\n' | cmp - rejects.csv
}

@test "csv: one invalid byte in a UTF-8 file costs its row" {
    wednesday
    { small_csv; printf 'A4,第四\xff件,内容,2020-05-26,\n'; } >bad.csv
    refuses 'bad.csv:1: no field is called 行业 (did you mean 企业?): kept as extra
bad.csv:6: column 2: byte 7 (0xff) is not utf-8
1 bad row: nothing was done; --rejects FILE does the rest' --csv bad.csv
    gives 2 $'1\n2\n3' 'ticket-new: bad.csv:6: column 2: byte 7 (0xff) is not utf-8' \
        bash -c 'set -o pipefail; ticket-new -q --channel 热线 --csv bad.csv --rejects rejects.csv | cut -f 1'
    small_is_in
    printf 'reject_reason,工单编号,标题,内容,受理时间,行业\r\n"column 2: byte 7 (0xff) is not utf-8",A4,第四\xff件,内容,2020-05-26,\r\n' |
        cmp - rejects.csv
}

@test "csv: a GB18030 sequence that iconv does not know costs its row" {
    wednesday
    run ! bash -c 'printf "\xe3\x32\x9a\x36" | iconv -f GB18030 -t UTF-8'
    small_csv | iconv -f UTF-8 -t GB18030 >gb.csv
    printf 'A4,\xbc\xd7\xe3\x32\x9a\x36\xd2\xd2,x,2020-05-26,\nA5,\xbc\xd7,x,2020-05-26,\n' >>gb.csv
    refuses 'gb.csv:1: no field is called 行业 (did you mean 企业?): kept as extra
gb.csv:6: column 2: byte 3 (0xe3) is not gb18030
1 bad row: nothing was done; --rejects FILE does the rest' --no-ref --received now --csv gb.csv
    gives 2 $'1\n2\n3\n4' 'ticket-new: gb.csv:6: column 2: byte 3 (0xe3) is not gb18030' \
        bash -c 'set -o pipefail; ticket-new -q --csv gb.csv --rejects rejects.csv | cut -f 1'
    { printf 'reject_reason,工单编号,标题,内容,受理时间,行业\r\n' | iconv -f UTF-8 -t GB18030
        printf '"column 2: byte 3 (0xe3) is not gb18030",A4,\xbc\xd7\xe3\x32\x9a\x36\xd2\xd2,x,2020-05-26,\r\n'; } |
        cmp - rejects.csv
    # mended in its own encoding
    LC_ALL=C sed -i 's/\xe3\x32\x9a\x36//' rejects.csv
    gives 0 5 "" bash -c 'set -o pipefail; ticket-new -q --csv rejects.csv | cut -f 1'
    same "$(newest 'ref, title')" 'A4|甲乙'
}

@test "csv: the rejects of a GB18030 file quote Chinese words in GB18030, those of a marked file are marked" {
    wednesday
    printf '编号,标题,类型\n1,甲,投拆\n' | iconv -f UTF-8 -t GB18030 >gb.csv
    run --separate-stderr ticket-new --received now --csv gb.csv --rejects rejects.csv
    same "$status$output" 2
    same "$(iconv -f GB18030 -t UTF-8 rejects.csv | tr -d '\r')" $'reject_reason,编号,标题,类型
"unknown kind ""投拆"" (did you mean 投诉?)",1,甲,投拆'
    printf '\xef\xbb\xbf编号,标题,类型\n1,甲,投拆\n' >marked.csv
    rm rejects.csv
    run --separate-stderr ticket-new --no-ref --received now --csv marked.csv --rejects rejects.csv
    same "$status$output" 2
    printf '\xef\xbb\xbfreject_reason,编号,标题,类型\r\n"unknown kind ""投拆"" (did you mean 投诉?)",1,甲,投拆\r\n' |
        cmp - rejects.csv
    sed -i 's/,投拆/,投诉/' rejects.csv
    takes $'1\t'$WEDNESDAY_5$'\tcomplaint' --no-ref --received now --csv rejects.csv
}

@test "csv: what was quoted keeps its bytes in the rejects" {
    wednesday
    printf '编号,标题,类型\r\n1,"甲\r\n乙, ""丙""",投拆\r\n2,丁,\r\n' >bytes.csv
    run --separate-stderr ticket-new --no-ref --received now --csv bytes.csv --rejects rejects.csv
    same "$status" 2
    printf 'reject_reason,编号,标题,类型\r\n"unknown kind ""投拆"" (did you mean 投诉?)",1,"甲\r\n乙, ""丙""",投拆\r\n' |
        cmp - rejects.csv
}

@test "csv: the rejects never replace the file that is read, and -n writes none" {
    wednesday
    printf '编号,标题\n1,\n2,乙\n' >in.csv
    cp in.csv before
    taken="is there already, and --rejects writes over nothing; name a file that is not there"
    refuses "in.csv: $taken" --no-ref --received now --csv in.csv --rejects in.csv
    sh_run 'ticket-new --no-ref --received now --csv - --rejects in.csv <in.csv'
    same "$status$output$stderr" "2ticket-new: in.csv: $taken"
    cmp in.csv before
    gives 2 "" $'ticket-new: in.csv:2: no title' \
        ticket-new -nq --no-ref --received now --csv in.csv --rejects rejects.csv
    [ ! -e rejects.csv ]
    same "$(sql 'SELECT count(*) FROM v_ticket')" 0
    refuses "$T/no/rejects.csv: No such file or directory" --no-ref --received now --csv in.csv --rejects "$T/no/rejects.csv"
}

@test "csv: a file with nothing in it is refused" {
    wednesday
    : >empty.csv
    printf '\n\n \n' >blank.csv
    printf '\xef\xbb\xbf' >mark.csv
    printf '标题,内容\n' >header.csv
    printf '编号,内容\n1,x\n' >untitled.csv
    refuses "empty.csv: the file is empty" --csv empty.csv
    refuses "blank.csv: the file is empty" --csv blank.csv
    refuses "mark.csv: the file is empty" --csv mark.csv
    refuses 'untitled.csv:1: no column means "title"; this was read as the header: 编号, 内容; headers.yaml of the configuration lists what is known' \
        --no-ref --received now --csv untitled.csv
    takes "" --no-ref --received now --csv header.csv
    takes $'id\tdue\tkind' -H --no-ref --received now --csv header.csv
}

@test "csv: a row without a number gets a fingerprint, and is known again" {
    wednesday
    printf '标题,内容\n甲,a\n乙,b\n甲,a\n甲,c\n' >nameless.csv
    gives 0 $'1\t'$WEDNESDAY_5$'\tother\n2\t'$WEDNESDAY_5$'\tother\n3\t'$WEDNESDAY_5$'\tother' \
        "ticket-new: 3 added, 1 already there" ticket-new --no-ref --received now --csv nameless.csv
    same "$(sql "SELECT count(DISTINCT ref) FROM v_ticket WHERE ref LIKE 'row-________________'")" 3
    at 2020-06-27T09:00
    gives 0 "" "ticket-new: 0 added, 4 already there" ticket-new --no-ref --received now --csv nameless.csv
    iconv -f UTF-8 -t GB18030 nameless.csv >gb.csv
    gives 0 "" "ticket-new: 0 added, 4 already there" ticket-new --no-ref --received now --csv gb.csv
    same "$(sql 'SELECT count(*) FROM v_ticket')" 3
}

@test "csv: importing again adds what is new and says how many are there" {
    wednesday
    small_csv >small.csv
    takes_small small.csv
    note='ticket-new: small.csv:1: no field is called 行业 (did you mean 企业?): kept as extra
'
    gives 0 "" "${note}ticket-new: 0 added, 3 already there" ticket-new --csv small.csv
    takes "" -q --csv small.csv
    read="$(printf 'ticket-new: small.csv:1: %s\n' '工单编号 -> ref' '标题 -> title' '内容 -> body' \
        '受理时间 -> received' '行业 -> extra')
$note"
    gives 0 "" "${read}ticket-new: 0 would be added, 3 are already there" ticket-new -n --csv small.csv
    echo 'A9,第九件,,2020-05-26,' >>small.csv
    gives 0 "" "${read}ticket-new: 1 would be added, 3 are already there" ticket-new -n --csv small.csv
    gives 0 $'4\t2020-06-02T23:59:59+08:00\tother' "${note}ticket-new: 1 added, 3 already there" \
        ticket-new --csv small.csv
    # from another source the numbers are others
    gives 0 $'5\n6\n7\n8' "" bash -c 'set -o pipefail; ticket-new -q --source 别处 --csv small.csv | cut -f 1'
}

@test "csv: --source and --channel stand in where a row names none" {
    wednesday
    printf '标题,编号,来源,渠道\n甲,1,,\n乙,2,110,走访\n' >sources.csv
    ticket-new --source 12345 --channel hotline --no-ref --received now --csv sources.csv >new
    same "$(sql 'SELECT source, channel FROM v_ticket')" $'12345|hotline\n110|visit'
    refuses 'sources.csv:2: unknown channel "热钱" (did you mean 热线?)
1 bad row: nothing was done; --rejects FILE does the rest' --source x --channel 热钱 --no-ref --received now --csv sources.csv
}

@test "csv: standard input and a FIFO" {
    at 2020-05-27T09:00
    center
    small_csv >small.csv
    gives 0 $'1\n2\n3' "" bash -c 'set -o pipefail; cat small.csv | ticket-new -q --channel 热线 --csv - | cut -f 1'
    small_is_in
    no_center
    center
    mkfifo pipe
    cat small.csv >pipe 3>&- &
    gives 0 $'1\n2\n3' "" bash -c 'set -o pipefail; ticket-new -q --channel 热线 --csv pipe | cut -f 1'
    wait
    small_is_in
    sh_run 'printf "标题\n甲,x\n" | ticket-new --no-ref --received now --csv -'
    same "$stderr" $'ticket-new: standard input:2: 2 columns, the header has 1
ticket-new: 1 bad row: nothing was done; --rejects FILE does the rest'
    same "$status$output" 2
}

@test "csv: a file feeds the next program" {
    wednesday
    printf '标题,编号\n举报有人围标,1\n住建局的事,2\n' >two.csv
    sh_run 'ticket-new --no-ref --received now --csv two.csv | ticket-show - | grep -c title'
    same "$status$output$stderr" 02
}

@test "csv: escapes in foreign text never reach the terminal through a message" {
    wednesday
    printf '标题,类型\n甲,\033[2J\x7f\xc2\x9b5m\n' >esc.csv
    refuses 'esc.csv:2: unknown kind "␛[2J␡'$'\xef\xbf\xbd''5m" (policy-consultation 政策咨询, help 咨询求助, suggestion 建议, complaint 投诉, report 举报, other 其他, urgent 紧急, arrears 拖欠中小企业账款, register 台账督办)
1 bad row: nothing was done; --rejects FILE does the rest' --no-ref --received now --csv esc.csv
}

@test "csv: a cell of a megabyte, a hundred columns" {
    wednesday
    { echo '标题,内容'; printf '甲,"'; head -c 1000000 /dev/zero | tr '\0' 'x'; printf '"\n乙,y\n'; } >big.csv
    gives 0 $'1\n2' "" bash -c 'set -o pipefail; ticket-new -q --no-ref --received now --csv big.csv | cut -f 1'
    same "$(sql 'SELECT group_concat(length(body)) FROM v_ticket')" 1000000,1
    { printf 标题; printf ',c%s' $(seq 100); echo; printf 丙; printf ',%s' $(seq 100); echo; } >wide.csv
    gives 0 3 "" bash -c 'set -o pipefail; ticket-new -q --no-ref --received now --csv wide.csv | cut -f 1'
    same "$(newest "json_extract(extra, '$.c100')")" 100
}

# ---------------------------------------------------------------------------- JSON lines

@test "jsonl: texts, numbers, null, true, nested values, Chinese and English names" {
    wednesday
    cat >in.jsonl <<'JSON'
{"title": "甲", "ref": 42, "phone": 13900001200, "body": null, "ok": true, "n": {"a": [1, "二"]}, "备注": "x"}

{"标题": "乙 \u4e01\n丙", "编号": "43", "受理时间": "2020/5/26 9:00", "类型": "投诉", "区域": ""}
JSON
    takes $'1\t'$WEDNESDAY_5$'\tother\n2\t2020-06-02T23:59:59+08:00\tcomplaint' --no-ref --received now --jsonl in.jsonl
    same "$(sql 'SELECT title, ref, t.phone, body, received, extra FROM v_ticket JOIN (SELECT id, phone FROM ticket) t USING (id)')" \
        '甲|42|13900001200||2020-05-27T09:00:00+08:00|{"ok":"true","n":"{\"a\":[1,\"二\"]}","备注":"x"}
乙 丁 丙|43|||2020-05-26T09:00:00+08:00|'
    gives 0 "" "ticket-new: 0 added, 2 already there" ticket-new --no-ref --received now --jsonl in.jsonl
}

@test "jsonl: broken lines, each with its number" {
    wednesday
    printf '%s\n' '{"title": "甲"}' 'x' '[1]' '{"title": "乙"' '{"title": "丙", "title": "丁"}' '{"body": "x"}' \
        '{"title": "戊", "kind": "投拆"}' '"title"' '{"title": "己"} {}' '{"title": "庚"}' >bad.jsonl
    printf '{"title": "a"}\0{}\n{"title": "\xff"}\n{"title": "a\\u0000b"}\n{"title": "乙", "ref": 99999999999999999999}\n' >>bad.jsonl
    run --separate-stderr ticket-new --no-ref --received now --jsonl bad.jsonl
    same "$status$output" 2
    same "$(cut -d : -f 2,3 <<<"$stderr" | sed '$d')" "$(printf ' bad.jsonl:%s\n' 2 3 4 5 6 7 8 9 11 12 13 14)"
    same "${stderr_lines[1]}" 'ticket-new: bad.jsonl:3: not a JSON object'
    same "${stderr_lines[4]}" 'ticket-new: bad.jsonl:6: no title'
    same "${stderr_lines[5]}" 'ticket-new: bad.jsonl:7: unknown kind "投拆" (did you mean 投诉?)'
    same "${stderr_lines[8]}" 'ticket-new: bad.jsonl:11: a NUL byte'
    [[ ${stderr_lines[3]} == 'ticket-new: bad.jsonl:5: not JSON: '*duplicate* ]]
    same "${stderr_lines[12]}" 'ticket-new: 12 bad rows: nothing was done; --rejects FILE does the rest'
    same "$(sql 'SELECT count(*) FROM v_ticket')" 0
    gives 2 $'1\n2' "$(sed '$d' <<<"$stderr")" \
        bash -c 'set -o pipefail; ticket-new --no-ref --received now --jsonl bad.jsonl --rejects rejects.jsonl | cut -f 1'
    same "$(wc -l <rejects.jsonl)" 12
}

@test "jsonl: rejects can be mended and taken in again" {
    wednesday
    printf '%s\n' '{"title": "甲", "kind": "投拆"}' '{}' '  { "ref": "7" }' '{"title": "乙"' >bad.jsonl
    run --separate-stderr ticket-new --no-ref --received now --jsonl bad.jsonl --rejects rejects.jsonl
    same "$status$output" 2
    reason=$(sed -n '4s/^.*:4: //p' <<<"$stderr")
    same "$(sed '$d' rejects.jsonl)" '{"reject_reason":"unknown kind \"投拆\" (did you mean 投诉?)","title": "甲", "kind": "投拆"}
{"reject_reason":"no title"}
{"reject_reason":"no title","ref": "7" }'
    same "$(tail -n 1 rejects.jsonl)" "{\"reject_reason\":\"${reason//\"/\\\"}\",\"row\":\"{\\\"title\\\": \\\"乙\\\"\"}"
    sed -i 's/"投拆"}/"投诉"}/; 2d; s/"ref"/"title": "丙", "ref"/; $d' rejects.jsonl
    gives 0 $'1\t'$WEDNESDAY_5$'\tcomplaint\n2\t'$WEDNESDAY_5$'\tother' "" ticket-new --no-ref --received now --jsonl rejects.jsonl
    same "$(sql 'SELECT title, extra FROM v_ticket')" $'甲|\n丙|'
}

@test "jsonl: a byte order mark, CR LF, no last line end, standard input" {
    wednesday
    printf '\xef\xbb\xbf{"title": "甲"}\r\n\r\n{"title": "乙"}' >marked.jsonl
    takes $'1\t'$WEDNESDAY_5$'\tother\n2\t'$WEDNESDAY_5$'\tother' --no-ref --received now --jsonl marked.jsonl
    sh_run 'printf "{\"title\": \"丙\"}\n" | ticket-new --no-ref --received now --jsonl -'
    same "$status$stderr" 0
    same "$output" $'3\t'$WEDNESDAY_5$'\tother'
    : >empty.jsonl
    takes "" --no-ref --received now --jsonl empty.jsonl
}

# ---------------------------------------------------------------------------- progress

@test "progress is for a terminal and long work, and not with -q" {
    need_terminal
    wednesday
    count=${QIFU_THOROUGH:+200000}
    awk -v n="${count:-900}" 'BEGIN { print "编号,标题,内容"; for (i = 1; i <= n; i++) printf "%d,第 %d 件,%0300d\n", i, i, i }' >many.csv
    sh_run 'script -qec "ticket-new --no-ref --received now --csv many.csv >ids" typescript </dev/null'
    same "$status $(wc -l <ids)" "0 ${count:-900}"
    if [ -n "${QIFU_THOROUGH-}" ]; then
        [[ $output == *$'\r'"ticket-new: "*" of "*" rows, "*" a second, "*" s left"* ]]
    else
        same "$output" ""
    fi
    no_center
    center
    sh_run 'script -qec "ticket-new -q --no-ref --received now --csv many.csv >ids" typescript </dev/null'
    same "$status$output" 0
    no_center
    center
    gives 0 "${count:-900}" "" bash -c 'set -o pipefail; ticket-new --no-ref --received now --csv many.csv | wc -l'
}

# ---------------------------------------------------------------------------- real data

@test "real messages: in with one command, and never twice" {
    need_data messages/messages-with-replies.csv
    center
    sh_run "ticket-new -q --csv '$DATA/messages/messages-with-replies.csv' >ids"
    same "$status$output$stderr" 0
    same "$(cut -f 1 ids)" "$(seq 2816)"
    same "$(sql "SELECT count(*), count(DISTINCT ref), min(received), max(received) FROM v_ticket")" \
        "2816|2816|$(sql 'SELECT min(received) FROM v_ticket')|$(sql 'SELECT max(received) FROM v_ticket')"
    call ticket-new --csv "$DATA/messages/messages-with-replies.csv"
    same "$status$output${stderr##*$'\n'}" "0ticket-new: 0 added, 2816 already there"
    gives 0 "" "" center-check
}

@test "real messages: the GB18030 copy gives the same rows" {
    need_data messages/messages-with-replies.csv
    at 2021-01-04
    iconv -f UTF-8 -t GB18030 "$DATA/messages/messages-with-replies.csv" >gb.csv
    for file in gb.csv "$DATA/messages/messages-with-replies.csv"; do
        export QIFU_DB=$T/$(basename "$file").db
        center
        ticket-new --csv "$file" >ids
        rows "$QIFU_DB" >"$(basename "$file").rows"
    done
    same "$(sql 'SELECT count(*) FROM v_ticket')" 2816
    cmp gb.csv.rows messages-with-replies.csv.rows
}

@test "real messages: titles, texts and times are what another parser reads" {
    needs_file "the database is attached to another"
    need_data messages/messages-with-replies.csv
    center
    ticket-new --csv "$DATA/messages/messages-with-replies.csv" >ids
    sqlite3 other.db >differences <<SQL
.mode csv
.import "$DATA/messages/messages-with-replies.csv" raw
ATTACH '$QIFU_DB' AS c;
-- 2019/4/25 9:32:09, and one 2019-04-08 08:37:20: the parts, padded
CREATE TABLE parsed AS
WITH a AS (SELECT 留言编号 AS ref, 留言主题 AS title, replace(trim(留言时间), '-', '/') AS t FROM raw),
     b AS (SELECT ref, title, substr(t, 1, 4) AS y, substr(t, 6) AS r FROM a),
     c AS (SELECT ref, title, y, substr(r, 1, instr(r, '/') - 1) AS m, substr(r, instr(r, '/') + 1) AS r FROM b),
     d AS (SELECT ref, title, y, m, substr(r, 1, instr(r, ' ') - 1) AS d, substr(r, instr(r, ' ') + 1) AS r FROM c)
SELECT ref, title, strftime('%s', printf('%s-%02d-%02dT%s%s', y, m, d,
    CASE WHEN length(r) < 8 THEN '0' ELSE '' END, r)) - 8 * 3600 AS at FROM d;
SELECT 'rows', count(*) FROM parsed;
SELECT 'no time', ref FROM parsed WHERE at IS NULL;
SELECT 'differs', p.ref, p.at, t.received_at FROM parsed p LEFT JOIN c.ticket t ON t.ref = p.ref
 WHERE t.received_at IS NOT p.at;
SELECT 'texts', count(*) FROM raw r JOIN c.ticket t ON t.ref = r.留言编号
 WHERE trim(t.body, char(9, 10, 13, 32, 160, 12288)) = trim(replace(r.留言详情, char(13), ''), char(9, 10, 13, 32, 160, 12288))
   AND replace(replace(t.title, ' ', ''), char(9), '') = replace(replace(trim(r.留言主题, char(9, 10, 13, 32, 160, 12288)), ' ', ''), char(9), '');
SELECT 'extra', count(*) FROM raw r JOIN c.ticket t ON t.ref = r.留言编号
 WHERE json_extract(t.extra, '\$.答复时间') = trim(r.答复时间);
SQL
    same "$(tr -d '\r' <differences)" $'rows,2816\ntexts,2816\nextra,2816'
}

@test "real messages: three broken rows are three messages, and with --rejects the rest comes in" {
    need_data messages/messages-with-replies.csv
    center
    # rows of one line each, so that their lines can be told
    printf '%s\n' 留言编号,留言用户,留言主题,留言时间,留言详情 >plain.csv
    sqlite3 other.db <<SQL >>plain.csv
.mode csv
.import "$DATA/messages/messages-with-replies.csv" raw
.separator , "\n"
SELECT 留言编号, 留言用户, replace(留言主题, '"', '”'), 留言时间, trim(replace(replace(replace(留言详情, char(13), ' '), char(10), ' '), '"', '”')) FROM raw;
SQL
    same "$(wc -l <plain.csv)" 2817
    cp plain.csv broken.csv
    sed -i '700s/$/,one more/; 1500s,/,#,2; 2200s/^\([^,]*\),/\1,"/' broken.csv
    time_=$(sed -n 1500p broken.csv | cut -d , -f 4 | tr -d '"')
    run --separate-stderr ticket-new --csv broken.csv
    same "$status$output" 2
    same "${#stderr_lines[@]}" 4
    same "${stderr_lines[0]}" "ticket-new: broken.csv:700: 6 columns, the header has 5"
    same "${stderr_lines[1]}" "ticket-new: broken.csv:1500: not a time: \"$time_\" (write 2020-05-27 or 2020-05-27T09:00)"
    [[ ${stderr_lines[2]} == "ticket-new: broken.csv:2200: a "*" not closed" ]]
    same "${stderr_lines[3]}" "ticket-new: 3 bad rows: nothing was done; --rejects FILE does the rest"
    same "$(sql 'SELECT count(*) FROM v_ticket')" 0
    run --separate-stderr ticket-new --csv broken.csv --rejects rejects.csv
    same "$status" 2
    same "${#lines[@]} ${#stderr_lines[@]}" "2813 3"
    { sed -n '700p;1500p;2200p' broken.csv; } >expected
    same "$(wc -l <rejects.csv)" 4
    sed 's/\r$//' rejects.csv | sed '1d; s/^"\([^"]\|""\)*",//' | cmp - expected
    # mended, the three come in
    sed -i '2s/,one more\r/\r/; 3s/#/\//; 3s/#/\//; 4s/,"\([^,]*\),/,\1,/' rejects.csv
    run --separate-stderr ticket-new --csv rejects.csv
    same "$status$stderr" 0
    same "${#lines[@]}" 3
    rows >mended
    no_center
    center
    ticket-new --csv plain.csv >ids
    rows | cut -d '|' -f 2-15 | sort >whole
    cut -d '|' -f 2-15 mended | sort | cmp - whole
}

# ---------------------------------------------------------------------------- what a person is told

@test "at a terminal: an open ticket of the same firm with the same title is named, and no other" {
    need_terminal
    at 2026-03-02T09:00
    center
    told() { script -qec "$1" typescript </dev/null | tr -d '\r' | grep has || true; }
    firm="--title 厂门口积水 --enterprise 徐州甲公司"
    ticket-new -q --title 厂门口积水 --enterprise 徐州乙公司 >ids
    ticket-new -q --title 路灯 --enterprise 徐州甲公司 >ids
    same "$(told "ticket-new $firm")" ""
    at 2026-03-03T09:00
    same "$(told "ticket-new $firm")" "ticket-new: 3 of 2026-03-02 has the same title: see ticket-merge(1)"
    same "$(told "ticket-new -q $firm")" ""
    gives 0 $'6\t2026-03-10T23:59:59+08:00\tother' "" ticket-new $firm
    # by the credit code, whatever the firm is called; not what is answered, or confidential
    same "$(told "ticket-new --title 漏水 --uscc 91320303MA0DEM2H76")" ""
    same "$(told "ticket-new --title 漏水 --enterprise 别名 --uscc 91320303MA0DEM2H76")" \
        "ticket-new: 7 of 2026-03-03 has the same title: see ticket-merge(1)"
    ticket-answer -q --text 已办 7 >acts
    ticket-note -q --confidential 8 >acts
    same "$(told "ticket-new --title 漏水 --uscc 91320303MA0DEM2H76")" ""
}

@test "a provisional deadline is marked in words, and told at a terminal" {
    need_terminal
    at 2026-12-30T09:00
    center
    gives 0 $'1\t2027-01-07T23:59:59+08:00\tother' "" ticket-new --title 甲
    gives 0 $'编号  答复期限                  类型\n   2  2027-01-07 23:59（暂定）  其他' "" ticket-new -F table --title 乙
    gives 0 $'编号  答复期限          类型\n   3  2026-12-31 23:59  政策咨询' "" ticket-new -F table --kind 政策咨询 --title 丙
    ticket-route -q --to tax 1 2 3 >acts
    gives 0 $'编号  事项  状态    答复期限                  主办                      标题
   1  签收  已签收  2027-01-07 23:59（暂定）  国家税务总局徐州市税务局  甲
   3  签收  已签收  2026-12-31 23:59          国家税务总局徐州市税务局  丙' "" ticket-accept -F table 1 3
    sh_run 'script -qec "ticket-answer --text x 1 2 3 >acts" typescript </dev/null | tr -d "\r"'
    same "$output" "ticket-answer: 2 deadlines lie past 2026-12-31, the last day that a notice covers: provisional (暂定) until the next one is there"
    sh_run 'script -qec "ticket-new --title 丁 >ids; ticket-new -q --title 丁 >ids" typescript </dev/null | tr -d "\r"'
    same "$output" "ticket-new: 1 deadline lies past 2026-12-31, the last day that a notice covers: provisional (暂定) until the next one is there"
}

@test "a limit that may be too short is marked, though its kind is clear" {
    cp -r "$TREE/share" "$T/share"
    export QIFU_CONFIG=$T/share
    printf 'rules:\n  - {rule: asks, kind: policy-consultation, strong: [甲甲甲甲]}\n  - {rule: accuses, kind: complaint, strong: [乙], weak: [丙]}\n' >"$T/share/kind-rules.yaml"
    center
    ticket-new -q --title x --body 甲甲甲甲乙 >out # 6 points beside 3
    ticket-new -q --title x --body 甲甲甲甲丙 >>out # 6 beside 2
    same "$(sql 'SELECT kind, kind_by FROM v_ticket ORDER BY id')" "policy-consultation|doubt:asks accuses
policy-consultation|rule:asks"
}
