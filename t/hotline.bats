#!/usr/bin/env bats
# What a hotline sends: its headers and words, and files that are no tables or would never end.

load lib/base

@test "a hotline's export goes in right with the shipped headers and words" {
    at 2026-11-23T08:40
    center
    cat >utf8.csv <<'CSV'
序号,诉求单编号,信息来源,诉求类别,诉求主题,投诉内容,企业全称,联系人姓名,联系人手机,所在县区,来件日期,紧急程度
1,XZ1,微信公众号,咨询类,设备进口怎样退税,想问手续,甲公司,张三,13900001111,贾汪,2026/11/3 9:05,一般
2,XZ2,电话,投诉举报,园区夜里停电,没有通知,乙公司,李四,0516-83800000,铜山区,2026/11/20 16:30,急
CSV
    iconv -f UTF-8 -t GB18030 utf8.csv | sed 's/$/\r/' >hotline.csv
    said="ticket-new: hotline.csv:1: no field is called 序号 (did you mean 编号?), 紧急程度: kept as extra"
    gives 0 $'1\t2026-11-04T23:59:59+08:00\tpolicy-consultation
2\t2026-11-27T23:59:59+08:00\tcomplaint' "$said" ticket-new --csv hotline.csv --source 12345
    same "$(sql "SELECT group_concat(ref || source || channel || phone || region || body, ' ')
        FROM (SELECT * FROM ticket ORDER BY id) x")" \
        'XZ112345platform13900001111320305想问手续 XZ212345hotline0516-83800000320312没有通知'
    gives 0 "" "$said"$'\nticket-new: 0 added, 2 already there' ticket-new --csv hotline.csv --source 12345
}

@test "a file that is no table is called by its name" {
    at 2026-11-23T08:40
    center
    refuses() {
        printf "$1" >file
        gives 2 "" "ticket-new: file: this is $2" ticket-new --csv file
        gives 2 "" "ticket-new: standard input: this is $2" ticket-new --csv - <file
    }
    refuses 'PK\3\4\24\0\6\0' "a workbook (.xlsx) or another packed file: open it and save it as CSV"
    refuses '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' "a workbook (.xls) or another old Office file: open it and save it as CSV"
    refuses '%%PDF-1.7' "a PDF, not a table: ask for the CSV"
    refuses '\n <HTML><table>' "a web page (some systems call it .xls): open it and save it as CSV"
    same "$(sql 'SELECT count(*) FROM v_ticket')" 0
}

@test "a quote that is not closed costs no more than its file" {
    at 2026-11-23T08:40
    center
    { printf '标题,编号\n"x\n'; yes 'a""b' | head -100000; echo '甲,1'; } >q.csv
    sh_run 'timeout 60 ticket-new --no-ref --received now --csv q.csv --rejects bad.csv 2>faults | cut -f 1'
    same "$status" 2
    same "$output" 1
    same "$(wc -l <faults) $(wc -l <bad.csv)" "100001 100002"
}

@test "more columns than a table has, a line longer than 4 MiB" {
    at 2026-11-23T08:40
    center
    { printf 标题; printf ',c%s' $(seq 1000); echo; } >wide.csv
    gives 2 "" "ticket-new: wide.csv:1: 1001 columns; at most 1000 are read" ticket-new --csv wide.csv
    { echo '{"title":"甲"}'; printf '{"title":"'; head -c 4200000 /dev/zero | tr '\0' x; echo '"}'; } >long.jsonl
    gives 2 "" $'ticket-new: long.jsonl:2: a line longer than 4 MiB
ticket-new: 1 bad row: nothing was done; --rejects FILE does the rest' ticket-new --no-ref --received now --jsonl long.jsonl
}

# refuses FILE MESSAGE...: ticket-new takes nothing of the file, and says this of it.
refuses() {
    local file=$1 expected=
    shift
    printf -v expected "ticket-new: $file:%s\n" "$@"
    run --separate-stderr ticket-new -q --csv "$file"
    same "$status$output" 2
    same "$(sed '/bad rows\{0,1\}: nothing was done/d' <<<"$stderr")" "${expected%$'\n'}"
    same "$(sql 'SELECT count(*) FROM v_ticket')" "${count:-0}"
}

@test "one run tells all that is wrong with an export, and nothing of it is stored" {
    at 2026-11-23T08:40
    center
    cat >hotline.csv <<'CSV'
12345热线工单导出,,,,,,,,
导出时间：2026-11-23,,,,,,,,
序号,工单编号,标题,诉求类型,联系电话,区域,受理时间,紧急程度,回访情况,电话号
1,,园区停电,投拆,13900001111,鼓楼区,2026/11/3 9:05,急,无,1
2,XZ2,,投诉,1.39E+10,鼓楼区,2026/11/3 9:05,急,无,1
3,XZ3,围挡,投诉,13900001111,鼓搂区,11/3/2026,急,无,1
4,XZ4,污水,投诉,O516-8380,铜山区,2026/12/3 9:05,急,无,1
CSV
    sed -i '1,2s/$/,/' hotline.csv
    gives 2 "" 'ticket-new: hotline.csv:3: the header stands here; above it is passed over: 12345热线工单导出 / 导出时间：2026-11-23
ticket-new: hotline.csv:3: no field is called 序号 (did you mean 编号?), 紧急程度, 回访情况, 电话号 (did you mean 电话号码?): kept as extra
ticket-new: hotline.csv:4: no number (--no-ref goes without); unknown kind "投拆" (did you mean 投诉?)
ticket-new: hotline.csv:5: no title; phone "1.39E+10": a spreadsheet has rounded it; make the column text there and enter it anew
ticket-new: hotline.csv:6: not a time: "11/3/2026" (day or month first? write 2020-05-27 or 2020-05-27T09:00); unknown region "鼓搂区" (did you mean 鼓楼区?)
ticket-new: hotline.csv:7: phone "O516-8380": it has letters; 2026-12-03T09:05:00+08:00 lies in the future
ticket-new: 4 bad rows: nothing was done; --rejects FILE does the rest' ticket-new --csv hotline.csv
    same "$(sql 'SELECT count(*) FROM v_ticket')" 0
}

@test "a file without numbers or times of receipt is refused, unless told so" {
    at 2026-11-23T08:40
    center
    known='headers.yaml of the configuration lists what is known'
    printf '标题,内容,流水\n甲,x,1\n' >in.csv
    refuses in.csv "1: no column means \"ref\" (--no-ref goes without) or \"received\" (--received now takes the present moment); this was read as the header: 标题, 内容, 流水; $known"
    printf '标题,编号,时间\n甲,,2026-11-20\n乙,2,\n' >rows.csv
    refuses rows.csv '2: no number (--no-ref goes without)' \
        '3: no time of receipt (--received now takes the present moment)'
    call ticket-new -q --csv rows.csv --no-ref --received 2026-11-21T10:00
    same "$status$stderr" 0
    same "$(sql "SELECT group_concat(title || substr(received, 1, 16), ' ') FROM (SELECT * FROM v_ticket ORDER BY id) x")" \
        '甲2026-11-20T00:00 乙2026-11-21T10:00'
    gives 2 "" "ticket-new: 2026-12-01T00:00:00+08:00 lies in the future" ticket-new --csv in.csv --no-ref --received 2026-12-01
}

@test "one number with other content is a fault, in one file and against what is there" {
    at 2026-11-23T08:40
    center
    printf '编号,标题,内容,时间\n1,甲,a,2026-11-20\n1,甲,b,2026-11-20\n1,甲,a,2026-11-20\n' >in.csv
    refuses in.csv '3: center 1 is there already with other content: body'
    sed -i 3d in.csv
    call ticket-new --csv in.csv
    same "$status$stderr" "0ticket-new: 1 added, 1 already there"
    printf '编号,标题,内容,时间\n2,丙,c,2026-11-20\n1,乙,a,2026-11-21\n' >other.csv
    count=1 refuses other.csv '3: center 1 is there already with other content: title, received'
}

@test "TABs and semicolons divide too; the exact time of receipt goes before the vague one" {
    at 2026-11-23T08:40
    center
    printf '日期\t编号\t标题\t受理时间\n2026-11-19\t1\t甲,乙;丙\t2026/11/20 下午 3:05\n' >tab.csv
    printf '编号;标题;时间\n2;丁,戊;46346.5\n' >semicolon.csv
    gives 0 "" 'ticket-new: tab.csv:1: 日期 -> extra
ticket-new: tab.csv:1: 编号 -> ref
ticket-new: tab.csv:1: 标题 -> title
ticket-new: tab.csv:1: 受理时间 -> received
ticket-new: tab.csv:1: no field is called 日期 (受理时间 is read for it): kept as extra
ticket-new: 1 would be added, 0 are already there' ticket-new -n --csv tab.csv
    for file in tab semicolon; do
        call ticket-new -q --csv $file.csv
        same "$status$stderr" 0
    done
    echo '{"日期":"2026-11-19","编号":"3","标题":"己","受理时间":"2026-11-20 上午 9:05"}' >in.jsonl
    call ticket-new -q --jsonl in.jsonl
    same "$status$stderr" 0
    same "$(sql "SELECT title, received, extra FROM v_ticket ORDER BY id")" '甲,乙;丙|2026-11-20T15:05:00+08:00|{"日期":"2026-11-19"}
丁,戊|2026-11-20T12:00:00+08:00|
己|2026-11-20T09:05:00+08:00|{"日期":"2026-11-19"}'
}

@test "a receipt in the future is refused on every way in" {
    at 2026-11-23T08:40
    center
    says='2026-11-23T08:41:00+08:00 lies in the future'
    gives 2 "" "ticket-new: $says" ticket-new --title 甲 --at 2026-11-23T08:41
    printf '编号,标题,时间\n1,甲,2026-11-23 8:41\n' >in.csv
    refuses in.csv "2: $says"
    echo '{"ref":"1","title":"甲","received":"2026-11-23 8:41"}' >in.jsonl
    gives 2 "" "ticket-new: in.jsonl:1: $says
ticket-new: 1 bad row: nothing was done; --rejects FILE does the rest" ticket-new --jsonl in.jsonl
    gives 0 $'1\t2026-11-30T23:59:59+08:00\tother' "" ticket-new --title 甲 --at 2026-11-23T08:40
}

@test "what is a telephone, and how long a field may be" {
    at 2026-11-23T08:40
    center
    for phone in 13900001111 '+86 139 0000 1111' 0516-83701234 '（0516）83701234转801' '83701234 ext 5' \
        '13900001111/83701234' '138****1234' 无 12345; do
        call ticket-new -q --title 甲 --phone "$phone"
        same "$phone $status$stderr" "$phone 0"
    done
    bad() { gives 2 "" "ticket-new: phone \"$1\": $2" ticket-new --title 甲 --phone "$1"; }
    bad 1.39E+10 "a spreadsheet has rounded it; make the column text there and enter it anew"
    bad l3900001111 "it has letters"
    bad 1234 "too short"
    long=$(printf '%0300d' 0 | sed 's/0/长/g')
    call ticket-new -q --title "$long"
    same "$status$stderr" 0
    gives 2 "" "ticket-new: title longer than 300 characters" ticket-new --title "${long}长"
    head -c 1048577 /dev/zero | tr '\0' x >body
    sh_run 'ticket-new --title 甲 --body - <body'
    same "$status$output$stderr" "2ticket-new: standard input is longer than 1 MiB, which a body may have"
    sh_run 'head -c 1048576 body | ticket-new -q --title 甲 --body -'
    same "$status$stderr" 0
    jq -Rc '{ref: "9", title: "甲", received: "2026-11-20", body: .}' body >in.jsonl
    gives 2 "" "ticket-new: in.jsonl:1: body longer than 1 MiB
ticket-new: 1 bad row: nothing was done; --rejects FILE does the rest" ticket-new --jsonl in.jsonl
}
