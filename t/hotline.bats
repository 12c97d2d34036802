#!/usr/bin/env bats
# What a hotline sends: its headers and words, and files that are no tables or would never end.

load lib

@test "a hotline's export goes in right with the shipped headers and words" {
    at 2026-11-23T08:40
    center
    cat >utf8.csv <<'CSV'
序号,诉求单编号,信息来源,诉求类别,诉求主题,投诉内容,企业全称,联系人姓名,联系人手机,所在县区,来件日期,紧急程度
1,XZ1,微信公众号,咨询类,设备进口怎样退税,想问手续,甲公司,张三,13900001111,贾汪,2026/11/3 9:05,一般
2,XZ2,电话,投诉举报,园区夜里停电,没有通知,乙公司,李四,0516-83800000,铜山区,2026/11/20 16:30,急
CSV
    iconv -f UTF-8 -t GB18030 utf8.csv | sed 's/$/\r/' >hotline.csv
    gives 0 $'1\t2026-11-04T23:59:59+08:00\tpolicy-consultation
2\t2026-11-27T23:59:59+08:00\tcomplaint' "" ticket-new --csv hotline.csv --source 12345
    same "$(sql "SELECT group_concat(ref || source || channel || phone || region || body, ' ')
        FROM (SELECT * FROM ticket ORDER BY id)")" \
        'XZ112345platform13900001111320305想问手续 XZ212345hotline0516-83800000320312没有通知'
    gives 0 "" "ticket-new: 0 added, 2 already there" ticket-new --csv hotline.csv --source 12345
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
    same "$(sql 'SELECT count(*) FROM ticket')" 0
}

@test "a quote that is not closed costs no more than its file" {
    at 2026-11-23T08:40
    center
    { printf '标题,编号\n"x\n'; yes 'a""b' | head -100000; echo '甲,1'; } >q.csv
    sh_run 'timeout 60 ticket-new --csv q.csv --rejects bad.csv 2>faults | cut -f 1'
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
ticket-new: 1 bad row: nothing was done; --rejects FILE does the rest' ticket-new --jsonl long.jsonl
}
