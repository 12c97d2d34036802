#!/usr/bin/env bats
# enterprise-add: codes, facts with their days, tags with their validity; tables of departments.

load lib/base

A=91320300MA00002690 # its check character is 0
B=91350100M000100Y43
WRONG=91350203M0001QKT19

facts() {
    sql "SELECT name, from_day, code, number FROM v_fact WHERE enterprise = '${1:-$A}' ORDER BY 1, 2" |
        sed 's/||/|/; s/|$//' # one of the two
}
tags() { sql "SELECT tag, from_day, until_day, held, level FROM v_tag WHERE enterprise = '${1:-$A}' ORDER BY 1, 2"; }
events() { sql "SELECT count(*) FROM event WHERE type = '$1'"; }

# add OPTION...: changes enterprise A, which must print RESULT.
add() {
    local result=$1
    shift
    gives 0 "$A	甲公司	$result" "" enterprise-add --code $A --name 甲公司 "$@"
}
# refuses MESSAGE OPTION...
refuses() {
    local message=$1
    shift
    gives 2 "" "enterprise-add: $message" enterprise-add --code $A --name 甲公司 "$@"
}

@test "one, with all there is to know" {
    at 2026-03-02T10:00
    center
    add added --region 鼓楼区 --industry C33 --staff 250人 --revenue 1,500万元 --assets 1.2亿 \
        --founded 2019/4/25 --contact 张三 --phone 13812345678 --fact 研发费用=30万 --fact tax-grade=a级 \
        --tag '高企(国家级,2023-11-06至2026-11-05)' --tag '!失信'
    same "$(sql "SELECT code, name, region, industry, staff, revenue, assets, founded FROM v_enterprise")" \
        "$A|甲公司|320302|33|250.0|15000000.0|120000000.0|2019-04-25"
    same "$(sql "SELECT contact, phone, extra IS NULL FROM enterprise")" "张三|13812345678|1"
    same "$(facts | grep -v founded)" "assets|2026-03-02|120000000.0
industry|2026-03-02|33
rd-spending|2026-03-02|300000.0
region|2026-03-02|320302
revenue|2026-03-02|15000000.0
staff|2026-03-02|250.0
tax-grade|2026-03-02|A"
    same "$(tags)" "失信被执行人|2026-03-02||0|
高新技术企业|2023-11-06|2026-11-05|1|national"
    gives 0 "" "" center-check
}

@test "table, csv and json say the same" {
    center
    gives 0 "统一社会信用代码    企业名称  结果
$A  甲公司    新增" "" enterprise-add -F table --code $A --name 甲公司
    gives 0 '{"code":"'$A'","name":"甲公司","result":"same"}' "" enterprise-add -F json --code $A --name 甲公司
}

@test "what is not named stays; twice the same is the same; a new value has its own day" {
    at 2026-03-02
    center
    add added --staff 20 --phone 12345 --tag 民营企业
    before=$(sql "SELECT group_concat(data) FROM event")
    add same --staff 20 --phone 12345 --tag 民营企业
    add same
    at 2026-04-02
    add same --staff 20 --tag 民企
    same "$(sql "SELECT group_concat(data) FROM event")" "$before"
    gives 0 "$A	甲公司	changed" "" enterprise-add --code $A --staff 30
    gives 0 "$A	甲公司二厂	changed" "" enterprise-add --code $A --name 甲公司二厂
    same "$(facts)" "staff|2026-03-02|20.0
staff|2026-04-02|30.0"
    same "$(sql "SELECT name, phone, staff FROM enterprise")" "甲公司二厂|12345|30000000"
    # the same day: corrected, and the log knows what was there
    gives 0 "$A	甲公司二厂	changed" "" enterprise-add --code $A --staff 31
    same "$(sql "SELECT data FROM event ORDER BY id DESC LIMIT 1")" \
        '{"enterprise":"'$A'","changes":[{"fact":"staff","from":"2026-04-02","value":31,"was":30}]}'
    # an older day does not change what holds now
    gives 0 "$A	甲公司二厂	changed" "" enterprise-add --code $A --staff 5 --as-of 2020-01-01
    same "$(sql "SELECT staff FROM v_enterprise")" 31.0
    same "$(events enterprise-added) $(events enterprise-changed)" "1 4"
}

@test "today is the center's day, not the machine's" {
    at 2026-03-02T17:00:00Z
    center
    add added --staff 1
    same "$(facts)" "staff|2026-03-03|1.0"
}

@test "a credit code is taken in any writing, and refused where it cannot be one" {
    center
    gives 0 "$A	甲	added" "" enterprise-add --code 91320300ma00002690 --name 甲
    gives 0 "$A	甲	same" "" enterprise-add --code ' 9132 0300 ｍａ00002690 ' --name 甲
    gives 2 "" 'enterprise-add: credit code "9132030": it must have 18 characters' \
        enterprise-add --code 9132030 --name 甲
    gives 2 "" 'enterprise-add: credit code "91320300MA0000269O": it has a character other than 0-9 and A-Z without I, O, S, V, Z' \
        enterprise-add --code 91320300MA0000269O --name 甲
    for code in 91110108551385082Q 91350100M000100Y43 12440600MB2C07549J; do
        gives 0 "$code	x	added" "" enterprise-add --code $code --name x
    done
}

@test "a wrong check character is accepted with a reason, and once" {
    center
    gives 2 "" "enterprise-add: credit code $WRONG: its check character does not fit; --accept-code REASON takes it" \
        enterprise-add --code $WRONG --name 丙
    gives 0 "$WRONG	丙	added" "" enterprise-add --code $WRONG --name 丙 --accept-code 营业执照原件如此
    same "$(sql "SELECT json_extract(data, '$.reason') FROM event WHERE type = 'enterprise-added'")" 营业执照原件如此
    gives 0 "$WRONG	丙	changed" "" enterprise-add --code $WRONG --staff 3
    gives 2 "" "enterprise-add: --accept-code needs a reason; see enterprise-add -h" \
        enterprise-add --code $WRONG --name 丙 --accept-code ' '
}

@test "a wrong check character keeps a row out, unless it is accepted with a reason" {
    center
    printf '信用代码,企业名称\n%s,甲\n%s,丙\n' $A $WRONG >e.csv
    gives 2 "" "enterprise-add: e.csv:3: credit code $WRONG: its check character does not fit; --accept-code REASON takes it
enterprise-add: 1 bad row: nothing was done; --rejects FILE does the rest" enterprise-add --csv e.csv
    same "$(sql "SELECT count(*) FROM enterprise")" 0
    gives 0 "$A	甲	added
$WRONG	丙	added" "enterprise-add: e.csv:3: credit code $WRONG is accepted, but its check character does not fit" \
        enterprise-add --csv e.csv --accept-code '2016 年以前的代码'
    gives 0 "$A	甲	same
$WRONG	丙	same" "" enterprise-add --csv e.csv
    same "$(sql "SELECT json_extract(data, '$.reason') FROM event WHERE type = 'enterprise-added'" | xargs)" "2016 年以前的代码"
}

@test "a new one needs a name" {
    center
    gives 2 "" "enterprise-add: no name, and no enterprise $A is there yet" enterprise-add --code $A --staff 3
    gives 2 "" "enterprise-add: --code is missing; see enterprise-add -h" enterprise-add --name 甲
}

@test "numbers are read as offices write them" {
    at 2026-03-02
    center
    add added --revenue '12,000,000' --assets 3.5亿元 --staff '１２０人' --fact 研发费用占比=3.5% --fact 裁员率=0
    same "$(facts)" "assets|2026-03-02|350000000.0
layoff-rate|2026-03-02|0.0
rd-share|2026-03-02|0.035
revenue|2026-03-02|12000000.0
staff|2026-03-02|120.0"
    refuses "-5 is not a value of staff: it cannot be negative" --staff -5
    refuses "-1万 is not a value of assets: it cannot be negative" --assets -1万
    refuses "-1 is not a value of patents: it cannot be negative" --fact 发明专利=-1
    add changed --fact 利润总额=-300万
    refuses "many is not a value of staff (a number, as 300, 2000万, 1.5亿 or 3.5%)" --staff many
    refuses "3.5 is not a value of rd-share (a share with its sign, as 3.5%)" --fact rd-share=3.5
    add changed --fact 营收增长率=150%
}

@test "regions and industries are known by name and by code" {
    at 2026-03-02
    center
    add added --region 徐州市 --industry 制造业
    same "$(sql "SELECT region, industry FROM enterprise")" "320300|C"
    add changed --region 3203 --industry 33
    add same --region 320300 --industry c33
    add same --industry 'C33 金属制品业'
    add changed --industry 3311金属结构制造
    refuses 'unknown region "鼓搂区" (did you mean 鼓楼区?)' --region 鼓搂区
    refuses 'unknown industry "C99": write a code of GB/T 4754-2017, such as C33 or 3311, or a section'"'s name" --industry C99
    refuses 'unknown industry "C33 造纸": write a code of GB/T 4754-2017, such as C33 or 3311, or a section'"'s name" --industry 'C33 造纸'
}

@test "dates are read as offices write them, and refused after the day of the data" {
    at 2026-03-02
    center
    add added --founded 2019年4月25日
    add same --founded 2019-04-25
    add same --founded '2019/4/25 0:00:00'
    refuses 'founded 2026-03-03, which is after 2026-03-02, the day of the data' --founded 2026-03-03
    refuses 'founded 2020-01-02, which is after 2020-01-01, the day of the data' --founded 2020-01-02 --as-of 2020-01-01
    add same --founded 2019-04-25 --as-of 2026-03-02
    refuses 'not a date: "2019-02-29"' --founded 2019-02-29
    refuses 'not a date: "soon" (write 2020-05-27); see enterprise-add -h' --as-of soon
}

@test "a fact is named by its code or its word" {
    center
    refuses 'unknown fact "研发費用" (did you mean 研发费用?)' --fact 研发費用=1
    refuses 'fact "从业人员" is given twice' --staff 1 --fact 从业人员=2
    refuses 'size (企业规模) follows from other facts and cannot be given: leave it out' --fact 企业规模=微型
    refuses 'E is not a value of tax-grade (D, C, M, B, A)' --fact 纳税信用等级=E
    refuses 'write --fact NAME=VALUE; see enterprise-add -h' --fact staff
}

@test "tags: levels, days, signs of every keyboard" {
    at 2026-03-02
    center
    add added --tag '高企（国家级，2023年11月6日至2026/11/5）；专精特新(省级)、规上;！失信被执行人'
    same "$(tags)" "专精特新中小企业|2026-03-02||1|province
失信被执行人|2026-03-02||0|
规模以上工业企业|2026-03-02||1|
高新技术企业|2023-11-06|2026-11-05|1|national"
    add same --tag '高企(2023-11-06~2026-11-05,national)' --tag '专精特新（省级）' --tag $'规上\n非失信' --tag ' ; '
    add changed --tag '瞪羚(2024-01-01..2024-12-31)' --tag '老字号(市级, 2020-01-01)' --tag '总部企业(2020-01-01 to 2030-01-01)' \
        --tag '独角兽(至2027-01-01)' --tag '众创空间(至2025-01-01)' --tag '绿色工厂()'
    same "$(tags | grep -E '瞪羚|老字号|总部|独角兽|众创|绿色')" "众创空间|2025-01-01|2025-01-01|1|
总部企业|2020-01-01|2030-01-01|1|
独角兽企业|2026-03-02|2027-01-01|1|
瞪羚企业|2024-01-01|2024-12-31|1|
绿色工厂|2026-03-02||1|
老字号|2020-01-01||1|city"
    refuses 'unknown tag "高薪技术企业" (did you mean 高新技术企业?)' --tag 高薪技术企业
    refuses '高新技术企业: its last day, 2020-01-01, is before its first, 2023-01-01' --tag '高企(2023-01-01至2020-01-01)'
    refuses 'neither a level nor a day of a tag: "部级"' --tag '高企(部级)'
    refuses 'not a date: "2020"' --tag '高企(2019-01-01至2020)'
    refuses 'tag "高企": its brackets do not end it' --tag '高企(国家级'
    refuses 'tag "高企": its brackets do not end it' --tag '高企(国家级)吗'
}

@test "a tag that is held is the same, whatever its days and level" {
    at 2026-03-02
    center
    add added --tag '高企(国家级,2023-11-06至2026-11-05)'
    add same --tag 高企
    add same --tag '高企(国家级)'
    same "$(tags)" "高新技术企业|2023-11-06|2026-11-05|1|national"
    # it has ended: that it is held again is news
    at 2026-12-01
    add changed --tag 高企
    same "$(tags | tail -n 1)" "高新技术企业|2026-12-01||1|"
    add changed --tag '!高企'
    add same --tag '!高企'
    same "$(tags | tail -n 1)" "高新技术企业|2026-12-01||0|"
}

@test "a tag entered without days ends with the certificate of which the days come later" {
    at 2026-03-02
    center
    add added --tag 高企
    add changed --tag '高企(国家级,2023-11-06至2026-11-05)'
    same "$(tags)" "高新技术企业|2023-11-06|2026-11-05|1|national
高新技术企业|2026-03-02|2026-11-05|1|national"
    add same --tag '高企(国家级,2023-11-06至2026-11-05)'
    at 2026-11-06
    run --separate-stderr enterprise-list --tag 高企
    same "$status $output" "1 "
}

@test "-n says what would be done, and changes nothing" {
    center
    before=$(sql .dump | sha256sum)
    gives 0 "$A	甲	added" "" enterprise-add -n --code $A --name 甲 --staff 3
    printf 'code,name\n%s,甲\n,乙\n' $A >e.csv
    gives 2 "$A	甲	added" "enterprise-add: e.csv:1: code -> code
enterprise-add: e.csv:1: name -> name
enterprise-add: e.csv:3: no code" \
        enterprise-add -n --csv e.csv --rejects r.csv
    [ ! -e r.csv ]
    same "$(sql .dump | sha256sum)" "$before"
}

@test "a table of a department: headers, units in headers, facts of the profile, the rest as extra" {
    at 2026-03-02
    center
    cat >e.csv <<'CSV'
序号,统一社会信用代码,单位名称,所属区县,行业代码,期末从业人员,营业收入（万元）,总资产(亿元),注册时间,资质荣誉,研发投入（万元）,研发强度(%),备注,数据日期
1,91320300MA00002690,甲公司,铜山区,C3311,25,"1,234.5",0.8,2019年4月25日,"高企(2023-11-06至2026-11-05)、规上",30.5,3.5,x,2025/12/31
2,91350100M000100Y43,乙公司,,,,,,,,,,,
CSV
    gives 0 "$A	甲公司	added
$B	乙公司	added" "enterprise-add: e.csv:1: no field is called 序号 (did you mean 称号?), 备注: kept as extra" \
        enterprise-add --csv e.csv
    same "$(sql "SELECT code, region, industry, staff, revenue, assets, founded FROM v_enterprise ORDER BY name DESC")" \
        "$A|320312|3311|25.0|12345000.0|80000000.0|2019-04-25
$B||||||"
    same "$(facts | grep rd-)" "rd-share|2025-12-31|0.035
rd-spending|2025-12-31|305000.0"
    same "$(sql "SELECT extra FROM enterprise ORDER BY id")" '{"序号":"1","备注":"x"}
{"序号":"2"}'
    same "$(tags)" "规模以上工业企业|2025-12-31||1|
高新技术企业|2023-11-06|2026-11-05|1|"
    gives 0 "$A	甲公司	same
$B	乙公司	same" "" enterprise-add -q --csv e.csv
    iconv -f UTF-8 -t GB18030 e.csv >gb.csv
    gives 0 "$A	甲公司	same
$B	乙公司	same" "" enterprise-add -q --csv gb.csv
    # empty cells say nothing: what is known stays
    sed -E 's/C3311,25/,/' e.csv >less.csv
    gives 0 "$A	甲公司	same
$B	乙公司	same" "" enterprise-add -q --csv less.csv
}

@test "a column that says a fact again is kept as extra" {
    at 2026-03-02
    center
    printf 'code,name,行业,行业代码,营业收入,营业收入（万元）,研发费用,研发投入\n%s,甲公司,C,33,100,1,7,8\n' $A >e.csv
    gives 0 "$A	甲公司	added" "" enterprise-add --csv e.csv
    same "$(sql "SELECT industry, revenue FROM v_enterprise")" "C|100.0"
    same "$(facts | grep rd-)" "rd-spending|2026-03-02|7.0"
    same "$(sql "SELECT extra FROM enterprise")" '{"行业代码":"33","营业收入（万元）":"1","研发投入":"8"}'
}

@test "a file with facts alone names the enterprises by code" {
    center
    add added
    printf 'code,参保人数,裁员率\n%s,12,5%%\n' $A >e.csv
    gives 0 "$A	甲公司	changed" "" enterprise-add --csv e.csv --as-of 2025-12-31
    same "$(facts)" "insured-staff|2025-12-31|12.0
layoff-rate|2025-12-31|0.05"
}

@test "JSON lines are read as rows are" {
    at 2026-03-02
    center
    cat >e.jsonl <<JSON
{"code": "$A", "name": "甲公司", "staff": 25, "tags": "规上", "研发费用": "30万", "patents": 2, "note": true}
{"统一社会信用代码": "$B", "企业名称": "乙公司", "营业收入": null}
JSON
    gives 0 "$A	甲公司	added
$B	乙公司	added" "" enterprise-add --jsonl e.jsonl
    same "$(facts)" "patents|2026-03-02|2.0
rd-spending|2026-03-02|300000.0
staff|2026-03-02|25.0"
    same "$(sql "SELECT extra FROM enterprise WHERE code = '$A'")" '{"note":"true"}'
}

@test "bad rows: all or nothing, and --rejects" {
    at 2026-03-02
    center
    cat >e.csv <<CSV
code,name,region,staff,founded,tags
$A,甲公司,鼓楼区,5,2020-01-01,规上
,乙,,,,
$B,乙,鼓搂区,,,
$B,乙,,-3,,
$B,乙,,,2026-03-03,
$B,乙,,,,规下
$B,,,,,
CSV
    faults='enterprise-add: e.csv:3: no code
enterprise-add: e.csv:4: unknown region "鼓搂区" (did you mean 鼓楼区?)
enterprise-add: e.csv:5: -3 is not a value of staff: it cannot be negative
enterprise-add: e.csv:6: founded 2026-03-03, which is after 2026-03-02, the day of the data
enterprise-add: e.csv:7: unknown tag "规下" (did you mean 规上?)
enterprise-add: e.csv:8: no name, and no enterprise '$B' is there yet'
    before=$(sql .dump | sha256sum)
    gives 2 "" "$faults
enterprise-add: 6 bad rows: nothing was done; --rejects FILE does the rest" enterprise-add --csv e.csv
    same "$(sql .dump | sha256sum)" "$before"
    gives 2 "$A	甲公司	added" "$faults" enterprise-add --csv e.csv --rejects r.csv
    same "$(wc -l <r.csv)" 7
    same "$(sed -n 3p r.csv | tr -d '\r')" '"unknown region ""鼓搂区"" (did you mean 鼓楼区?)",'$B',乙,鼓搂区,,,'
    gives 0 "" "" center-check
}

@test "what enterprise-list prints can be added elsewhere: its size class is kept, not used" {
    at 2026-03-02
    center
    printf '%s\n' code,name,industry,staff,revenue "$A,甲公司,C,25,400万" |
        enterprise-add -q --csv - >out
    enterprise-list -F csv >list.csv
    no_center
    center
    gives 0 "$A	甲公司	added" "" enterprise-add --csv list.csv
    same "$(sql "SELECT extra FROM enterprise")" '{"规模":"小型"}'
    enterprise-list -F csv >again.csv
    same "$(<again.csv)" "$(<list.csv)"
}

@test "the log learns personal data under seals alone, and the views mask them" {
    center
    add added --contact 张三丰 --phone 13812345678
    add changed --phone 13887654321
    same "$(sql "SELECT json_extract(data, '$.changes'), json_extract(data, '$.is_phone'), length(seed) FROM event
        ORDER BY id DESC LIMIT 1" | tr -d ' ')" '[{"field":"phone"}]|13887654321|16'
    same "$(sql "SELECT json_extract(data, '$.is_contact'), json_extract(data, '$.is_phone') FROM v_event
        WHERE type = 'enterprise-added'")" '张**|138****5678'
}

@test "many rows at once, twice" {
    at 2026-03-02
    center
    awk 'BEGIN { print "code,name,region,industry,staff,revenue,tags,研发费用"
        for (i = 1; i <= 3000; i++) printf "91320300MA%07dX,企业%d,鼓楼区,C33,%d,%d万,规上,%d\n", i, i, i, i, i }' >e.csv
    enterprise-add -q --accept-code test --csv e.csv >out
    same "$(cut -f 3 out | sort | uniq -c | xargs)" "3000 added"
    enterprise-add --csv e.csv >out
    same "$(cut -f 3 out | sort | uniq -c | xargs)" "3000 same"
    same "$(sql "SELECT count(*) FROM fact") $(events enterprise-added) $(events enterprise-changed)" "15000 3000 0"
    gives 0 "" "" center-check
}

@test "a wrong command line is refused, with what would be right" {
    center
    gives 2 "" "enterprise-add: no operand is expected; see enterprise-add -h" enterprise-add a
    gives 2 "" "enterprise-add: --staff goes with one enterprise, not with a file; see enterprise-add -h" \
        enterprise-add --csv x --staff 3
    gives 2 "" "enterprise-add: --tag and --fact go with one enterprise, not with a file; see enterprise-add -h" \
        enterprise-add --csv x --tag 规上
    gives 2 "" "enterprise-add: one of --csv and --jsonl, once; see enterprise-add -h" enterprise-add --csv x --jsonl y
    printf 'name\n甲\n' >e.csv
    gives 2 "" 'enterprise-add: e.csv:1: no column means "code"; this was read as the header: name; headers.yaml of the configuration lists what is known' \
        enterprise-add --csv e.csv
}
