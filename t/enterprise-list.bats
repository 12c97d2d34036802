#!/usr/bin/env bats
# enterprise-list: filters, all of one language; what is not known is not listed; the day asked for.

load lib/base

A=91320300MA0000001X
B=91320300MA0000002X
C=91320300MA0000003X

# Three enterprises: a small factory, a medium wholesaler, one of which nothing is known.
three() {
    center
    cat >e.csv <<CSV
code,name,region,industry,staff,revenue,founded,tags,phone,patents
$A,徐州甲机械有限公司,鼓楼区,3311,25,1234.5万,2019-04-25,"高企(国家级,2023-11-06至2026-11-05)",13812345678,2
$B,ABC 贸易,320312,F51,20,5000万,2001-01-01,!高企,,
$C,丙,,,,,,,,
CSV
    enterprise-add -q --accept-code test --csv e.csv >out
}

# lists NAMES OPTION...: the names listed, in order, and the status.
lists() {
    local names=$1
    shift
    run --separate-stderr enterprise-list "$@"
    same "$* $(cut -f 1 <<<"$output" | cut -c 17 | xargs)$stderr" "$* $names"
    if [ "$names" ]; then same "$status" 0; else same "$status" 1; fi
}

@test "all, in every format; neither contact nor telephone" {
    at 2026-03-02
    three
    gives 0 "$A	徐州甲机械有限公司	320302	3311	small	25	12345000	2019-04-25
$B	ABC 贸易	320312	51	medium	20	50000000	2001-01-01
$C	丙	-	-	-	-	-	-" "" enterprise-list
    gives 0 "code	name	region	industry	size	staff	revenue	founded
$C	丙	-	-	-	-	-	-" "" enterprise-list -H --text 丙
    gives 0 '{"code":"'$B'","name":"ABC 贸易","region":"320312","industry":"51","size":"medium","staff":20,"revenue":50000000,"founded":"2001-01-01"}
{"code":"'$C'","name":"丙","region":null,"industry":null,"size":null,"staff":null,"revenue":null,"founded":null}' "" \
        enterprise-list -F json --where 'not tag 高企'
    gives 0 "统一社会信用代码    企业名称            地区           行业               规模  从业人员    营业收入  成立日期
$A  徐州甲机械有限公司  320302 鼓楼区  3311 金属结构制造  小型      25人  1234.5万元  2019-04-25" "" \
        enterprise-list -F table --tag 高企
}

@test "each filter keeps those that meet it" {
    at 2026-03-02
    three
    lists "1 2 3"
    lists 1 --region 鼓楼区
    lists "1 2" --region 3203
    lists "1 2" --region 徐州
    lists 2 --region 320312
    lists "" --region 邳州市
    lists 1 --industry C
    lists 1 --industry 制造业
    lists 1 --industry 33
    lists "" --industry 3312
    lists 2 --industry F
    lists 1 --size small
    lists 2 --size 中型
    lists "" --size micro
    lists 1 --tag 高企
    lists 1 --tag 高新技术企业
    lists "" --tag 规上
    lists 1 --text 机械
    lists 2 --text abc
    lists 2 --text 0002x
    lists "" --text 丁
    lists "" --text %
    lists "1 2" --limit 2
    lists 1 --where 'patents >= 2 and tag 高企 level = national'
    lists "1 2" --where 'founded before 2020-01-01 or staff <= 3'
}

@test "of several filters all must be met" {
    at 2026-03-02
    three
    lists 1 --region 3203 --industry C --size small --tag 高企 --where 'staff < 20 or staff > 20' --text 甲
    lists "" --region 3203 --industry C --size medium
    lists "1 2" --region 3203 --where 'staff = 25 or staff = 20'
    lists 2 --region 3203 --where 'staff = 25 or staff = 20' --where 'staff = 20'
    lists 2 --limit 1 --region 铜山区
}

@test "who lacks a fact does not meet a filter on it" {
    at 2026-03-02
    three
    lists 1 --where 'patents >= 1'
    lists "" --where 'not patents >= 1'
    lists "2 3" --where 'not tag 高企'
    lists "1 2" --where 'size <= medium'
}

@test "a class that is known in part is not printed, but found" {
    center
    enterprise-add -q --accept-code t --code $A --name 甲 --industry C --staff 20 >out
    gives 0 "$A	甲	-	C	-	20	-	-" "" enterprise-list --where 'size <= small'
    run --separate-stderr enterprise-list -F table
    [[ ${lines[1]} == *微型至小型* ]]
    gives 1 "" "" enterprise-list --size small
}

@test "--as-of asks what was known on that day" {
    at 2026-03-02
    center
    enterprise-add -q --accept-code t --code $A --name 甲 --region 鼓楼区 --staff 5 --tag '高企(2024-01-01至2026-12-31)' \
        --as-of 2024-06-01 >out
    enterprise-add -q --code $A --staff 50 --region 铜山区 >out
    lists 1 --where 'staff = 50'
    lists 1 --where 'staff = 5' --as-of 2026-03-01
    lists 1 --region 鼓楼区 --as-of 2024-06-01
    lists "" --region 鼓楼区 --as-of 2024-05-31
    lists "" --region 鼓楼区
    lists "" --tag 高企 --as-of 2023-12-31
    lists 1 --tag 高企 --as-of 2024-01-01
    lists 1 --tag 高企 --as-of 2026-12-31
    lists "" --tag 高企 --as-of 2027-01-01
    lists 1 --tag 高企
    lists "" --tag 高企 --now 2027-01-01
    gives 0 "$A	甲	320302	-	-	5	-	-" "" enterprise-list --as-of 2025-01-01
    gives 0 "$A	甲	-	-	-	-	-	-" "" enterprise-list --as-of 2020-01-01
}

@test "what enterprise-list prints enterprise-show reads" {
    at 2026-03-02
    three
    sh_run 'enterprise-list --region 3203 | enterprise-show - | cut -f 1 | uniq'
    same "$status $stderr $output" "0  $A"$'\n'"$B"
}

@test "names of the profile that need quotes, and faults" {
    at 2026-03-02
    three
    gives 2 "" 'enterprise-list: unknown region "鼓搂区" (did you mean 鼓楼区?); see enterprise-list -h' enterprise-list --region 鼓搂区
    gives 2 "" 'enterprise-list: unknown industry "X9"; see enterprise-list -h' enterprise-list --industry X9
    gives 2 "" 'enterprise-list: unknown size "tiny" (micro 微型, small 小型, medium 中型, large 大型); see enterprise-list -h' enterprise-list --size tiny
    gives 2 "" 'enterprise-list: unknown tag "高薪技术企业" (did you mean 高新技术企业?); see enterprise-list -h' \
        enterprise-list --tag 高薪技术企业
    gives 2 "" 'enterprise-list: --where: a value is missing at the end
    staff >=
            ^' enterprise-list --where 'staff >='
    # what is one expression stays one
    run --separate-stderr enterprise-list --region 3203 --where 'staff = 25) or (staff = 20'
    same "$status $output" "2 "
    gives 2 "" 'enterprise-list: the value of --where is not UTF-8; see enterprise-list -h' enterprise-list --where $'\xff'
    gives 2 "" "enterprise-list: no operand is expected; enterprise-show shows an enterprise; see enterprise-list -h" enterprise-list a
    gives 1 "" "" enterprise-list --text ''"x'y"
}

@test "a filter that is repeated lets each of its values through; tags are held together" {
    at 2026-03-02
    three
    lists "1 2" --region 鼓楼区 --region 320312
    lists "1 2" --industry C --industry F
    lists "2" --region 鼓楼区 --region 320312 --size medium
    lists "1 2" --size small --size 中型
    lists "1" --tag 高企 --tag 高新技术企业
}
