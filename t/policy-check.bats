#!/usr/bin/env bats
# policy-check: what is wrong with the stock of policies, and with its sources.

load lib/base
load lib/loop

# policy ID [KEY VALUE]...: adds a policy in which nothing is wrong, but for what is given; an empty
# value leaves the key out. $add_options are handed on.
policy() {
    local key
    declare -A p=([id]="\"$1\"" [title]="政策 $1" [document]="文〔2026〕$1号" [issuer]=市工信局 [level]=市级
        [kind]=申报类 [class]=loans [summary]=摘要 [interpreter]=张三 [phone]=0516-83730000
        [issued]=2026-02-27 [valid_from]=2026-01-01 [valid_to]=2026-12-31 [apply]=https://www.xz.gov.cn/a
        [applicants]=企业 [conditions]=条件 [materials]=材料 [procedure]=流程 [promised]=5个工作日
        [collected]=2026-02-28 [published]=2026-03-02T09:00 [interpreted]=2026-03-02T09:00
        [criteria]="staff <= 300")
    shift
    while [ $# -gt 0 ]; do
        p[$1]=$2
        shift 2
    done
    for key in "${!p[@]}"; do
        [ -z "${p[$key]}" ] || echo "$key: ${p[$key]}"
    done >policy.yaml
    policy-add -q $add_options policy.yaml >/dev/null
}

# check ARGUMENT...: the findings, without what is said of sources.
check() { policy-check "$@" | grep -v $'\tsource\t'; }

# Puts a stock as an older center may hold it.
old() { sql "UPDATE policy SET $1"; }

setup_center() {
    at 2026-03-02T10:00
    center
}

@test "nothing is wrong: no line, status 0" {
    setup_center
    policy 1
    policy-source -q --looked --all >out
    gives 0 "" "" policy-check
    gives 0 "" "" policy-check 1
    gives 0 "" "" policy-check --only expired,late-published,source
    sh_run 'policy-list | policy-check -'
    same "$status:$output$stderr" "0:"
}

@test "an empty center has nothing but sources" {
    setup_center
    run --separate-stderr policy-check
    same "$status$stderr" 1
    same "$(cut -f 2 <<<"$output" | sort | uniq -c | xargs)" \
        "$(grep -c '{source:' "$TREE/share/sources.yaml") source"
}

@test "elements that are missing, in a draft" {
    setup_center
    add_options=--draft policy 1 summary "" apply "" promised "" issued "" collected "" published "" interpreted ""
    gives 1 $'1\tmissing\tit lacks summary (摘要), issued (印发日期), apply (申报网址), promised (承诺时限)\tindustry' \
        "" policy-check 1
}

@test "an interpreter without name or telephone is one finding of its own" {
    setup_center
    policy 1
    old "phone = NULL"
    gives 1 $'1\tinterpreter\tits interpreter has no telephone\tindustry' "" policy-check 1
    old "phone = '请致电'"
    gives 1 $'1\tinterpreter\tits interpreter\'s telephone has no digits: 请致电\tindustry' "" policy-check 1
    old "interpreter = NULL, phone = '12345'"
    gives 1 $'1\tinterpreter\tits interpreter has a telephone but no name\tindustry' "" policy-check 1
    old "phone = NULL"
    gives 1 $'1\tinterpreter\tnobody is named who interprets it\tindustry' "" policy-check 1
}

@test "a policy that expired and is still published is found" {
    setup_center
    policy 1 valid_to 2026-03-01
    policy 2 valid_to 2026-03-02
    gives 1 $'1\texpired\tits last day was 2026-03-01, and it is still published\tindustry' "" policy-check 1 2
    gives 0 "" "" policy-check --as-of 2026-03-01 1 2
    same "$(policy-check --as-of 2026-03-03 1 2 | cut -f 1,2 | grep expired | xargs)" "1 expired 2 expired"
    # its output feeds the program that withdraws it
    policy-check --only expired | policy-withdraw --reason 到期 - >out
    gives 0 "" "" policy-check 1
}

@test "addresses that lead nowhere, by their form" {
    setup_center
    n=0
    while IFS='|' read -r address fault; do
        echo "INSERT INTO policy (code, version, state, title, kind, apply, collected_at)
              VALUES ('$((++n))', 1, 'published', '$n', 'general', '$address', 1);"
        [ -z "$fault" ] || echo "$n	apply (申报网址) leads nowhere: $fault: $address" >&3
    done <<'END' >rows.sql 3>expected
https://www.xz.gov.cn
HTTP://www.xz.gov.cn:8080/a?b=c#d
http://user:secret@gxj.xz.gov.cn/|it has a user's name before its host
https://徐州.政务.cn/申报
http://xn--fiqs8s.cn/
ftp://www.xz.gov.cn/a|its scheme is neither http nor https
www.xz.gov.cn|it has no http:// or https://
见附件|it has no http:// or https://
http:///a|it has no host
http://:80/a|it has no host
https://www.xz.gov.cn/a b|it has a blank inside
https://www.xz.gov.cn/a　b|it has a blank inside
http://localhost/a|its host leads nowhere
http://LOCALHOST:8080/|its host leads nowhere
http://oa.local/a|its host leads nowhere
https://www.example.com/|its host leads nowhere
https://policy.test/|its host leads nowhere
http://10.1.2.3:8080/a|its host is a bare number
http://[::1]/|its host is a bare number
http://2130706433/|its host is a bare number
http://intranet/a|its host has no domain
http://www.xz.123/a|its host has no domain
http://www。xz。gov。cn/|its host has a full-width stop for a dot
http://www..cn/|its host is no name
http://.gov.cn/|its host is no name
http://www.gov.cn./|its host is no name
http://-a.gov.cn/|its host is no name
http://a-.gov.cn/|its host is no name
http://www.xz,gov.cn/|its host is no name
http://www.xz.gov.cn:80a/|its port is no number
END
    sql "$(cat rows.sql)"
    same "$(policy-check --only link | cut -f 1,3 | sort -n)" "$(cat expected)"
    sql "DELETE FROM policy"
    # a source and an interpretation may be addresses; they need not be
    policy 1
    old "apply = 'https://www.xz.gov.cn', source = 'gov-cn', interpretation = '解读见 http://localhost 的文章'"
    gives 0 "" "" policy-check 1
    old "source = 'http://localhost/x', interpretation = 'www.xz.gov.cn'"
    same "$(check 1 | cut -f 3)" "source (来源) leads nowhere: its host leads nowhere: http://localhost/x
interpretation (解读) leads nowhere: it has no http:// or https://: www.xz.gov.cn"
}

@test "a class that the taxonomy has lost, or divided" {
    setup_center
    policy 1
    old "class = 'gone'"
    gives 1 $'1\tclass\tits class is not in taxonomy.yaml any more: gone\tindustry' "" policy-check 1
    old "class = 'finance'"
    gives 1 $'1\tclass\tits class has subclasses now, none of which it names: finance\tindustry' "" policy-check 1
}

@test "criteria that are not there, or cannot be read any more" {
    setup_center
    policy 1 criteria ""
    policy 2 criteria "" kind 其他类
    gives 1 $'1\tno-criteria\tit can be applied for, but has no criteria: it is matched with nobody\tindustry' \
        "" policy-check 1 2
    old "criteria = 'turnover > 1'"
    gives 1 $'1\tcriteria\tits criteria cannot be read any more: unknown fact "turnover"\tindustry' "" policy-check 1
}

# says CRITERIA EXPECTED: what is to be said of them; said: compares all at once.
says() {
    printf '%s,%s,"%s"\n' "$((++n))" "政策 $n" "$1" >>says.csv
    [ -z "$2" ] || printf '%s\t%s\n' "$n" "$2" >>expected
}
said() {
    { echo id,title,criteria && cat says.csv; } | policy-add -q --draft --csv - >out
    same "$(policy-check --only never,always | cut -f 1-3 | sed 's/its criteria //; s/ on 2026-03-02//' |
        sort -n)" "$(cat expected)"
}

@test "criteria that can never hold" {
    setup_center
    says 'region in 3203 and region in 3205' $'never\tcan never hold: region in 3203 and region in 3205'
    says 'region in 3203 and region in 320302' ''
    says 'region in 3203 and staff < 0' $'never\tcan never hold: region in 3203, staff < 0'
    says 'staff > 300 and tag 高企 and staff < 301' $'never\tcan never hold: staff > 300 and staff < 301'
    says 'revenue > 300 and revenue < 301' ''
    says 'revenue < 0' $'never\tcan never hold: revenue < 0'
    says 'profit < 0' ''
    says 'industry = C and not industry in (13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42)' ''
    says 'industry = C and industry = I65' $'never\tcan never hold: industry = C and industry = I65'
    says 'industry = A05 and not industry in (051, 052, 053, 054)' \
        $'never\tcan never hold: industry = A05 and not industry in (051, 052, 053, 054)'
    says 'size < micro or size > large' $'never\tcan never hold: size < micro, size > large'
    says 'tag 高企 and not tag 高新技术企业' $'never\tcan never hold: tag 高企 and not tag 高新技术企业'
    says 'tag 高企 level > national' $'never\tcan never hold: tag 高企 level > national'
    says 'founded before 2023-01-01 and founded within 2 years' \
        $'never\tcan never hold: founded before 2023-01-01 and founded within 2 years'
    says 'founded before 2023-01-01 and founded within 4 years' ''
    says 'at least 2 of (size = micro, size = small, size = large)' \
        $'never\tcan never hold: size = micro, size = small, size = large'
    says 'at least 2 of (size <= micro, size <= small, size = large)' ''
    # the size follows from the industry, the staff and the revenue
    says 'size = large and staff < 5 and industry in C' \
        $'never\tcan never hold: size = large, staff < 5, industry in C'
    says 'size = large and staff < 5' ''
    says 'size <= large and industry in J' $'never\tcan never hold: size <= large, industry in J'
    # a part that is dead
    says 'staff > 10 or (region in 32 and size = small and size = micro)' \
        $'never\ta part of can never hold: size = small and size = micro'
    said
}

@test "criteria that always hold are found" {
    setup_center
    says 'staff >= 0' $'always\talways hold: staff >= 0'
    says 'staff >= 1' ''
    says 'profit >= 0' ''
    says 'region in 3203 and staff >= 0' $'always\ta part of always holds: staff >= 0'
    # a firm of an industry that the standard of sizes does not cover has none, and never a yes
    says 'size <= large or region in 3203' ''
    says 'size <= large or industry in (J, P, S)' ''
    says 'size <= large or industry in C' ''
    says 'industry not in C or size <= large' $'always\talways hold: industry not in C, size <= large'
    says 'tag 高企 or not tag 高企' $'always\talways hold: tag 高企, not tag 高企'
    says 'staff <= 10 or staff > 10' $'always\talways hold: staff <= 10, staff > 10'
    says 'staff <= 10 or staff > 11' ''
    says 'staff <= 10 or staff >= 11' $'always\talways hold: staff <= 10, staff >= 11'
    says 'not (region in 3203 and region in 3205)' $'always\talways hold: not region in 3203, not region in 3205'
    said
}

@test "what depends on the day is asked for on that day" {
    setup_center
    policy 1 criteria "founded since 2024-01-01 and founded until 2024-12-31 and founded within 1 years"
    gives 0 "" "" policy-check --only never --as-of 2025-06-01 1
    same "$(policy-check --only never 1 | cut -f 2)" never
}

@test "more ways than can be tried are not judged, and not waited for" {
    setup_center
    # Nine titles have nine levels: ten of them never hold, but 4 ^ 9 ways lead there.
    for tag in 高企 专精特新 科技型中小企业 上市公司 老字号 总部企业 国企 民企 外企; do
        for level in county city province national; do
            list+="${list:+, }tag $tag level = $level"
        done
    done
    policy 1 criteria "at least 10 of ($list)"
    policy 2 criteria "at least 9 of ($list) and staff > 5 and staff < 3"
    gives 1 $'2\tnever\tits criteria can never hold on 2026-03-02: staff > 5 and staff < 3\tindustry' "" \
        timeout 20 policy-check --only never,always 1 2
    gives 1 $'1\tunjudged\tits criteria are too large to be judged within 10000000 looks at conditions: not judged in every part\tindustry' \
        "" policy-check --only unjudged 1 2
}

@test "a hundred thousand conditions end, judged or not" {
    thorough
    setup_center
    many() { seq "$1" | awk -v sign="$2" -v word="$3" '{ printf "%sstaff %s %d", (NR > 1 ? word : ""), sign, 2 * $1 }'; }
    policy 1 document 一 criteria "$(many 50000 = ' or ')"
    policy 2 document 一 criteria "$(many 50000 '!=' ' and ')"
    unjudged="its criteria are too large to be judged within 10000000 looks at conditions: not judged to the end"
    sh_run "ulimit -t 60; policy-check 1 2"
    same "$status $stderr" "1 "
    same "$(cut -f 1,2 <<<"$output")" $'1\tunjudged\n1\tunjudged\n2\tunjudged\n2\tunjudged'
    same "$(cut -f 3 <<<"$output" | grep -c "^$unjudged\$")" 2
    same "$(cut -f 3 <<<"$output" | grep -c "are not compared within 1000000 looks at conditions\$")" 2
    # few conditions are named, the others counted
    policy 3 criteria "$(many 30 '>=' ' and ') and staff < 0"
    policy 4 criteria "$(many 30 '>=' ' or ') or staff >= 0"
    same "$(policy-check --only never,always 3 4 | cut -f 1-3 | sed 's/:.*, staff >= 40/: ..., staff >= 40/')" \
        $'3\tnever\tits criteria can never hold on 2026-03-02: staff >= 2 and staff < 0
4\talways\tits criteria always hold on 2026-03-02: ..., staff >= 40 and 11 more'
}

@test "what asks for more than the policy that it implements is found" {
    setup_center
    policy 1 criteria "staff <= 300 and tag 专精特新 level >= province"
    policy 2 implements '"1"' criteria "region in 3203 and staff <= 100 and tag 专精特新 level >= national"
    policy 3 implements '"1"' criteria "staff > 300"
    policy 4 implements '"1"' criteria "staff <= 500 and tag 专精特新"
    policy 5 implements 文〔2026〕1号 criteria "staff <= 300 and tag 高企"
    policy 6 implements '"1"' criteria "staff <= 100 or tag 高企"
    gives 1 "\
2	stricter	asks for more than 1, which it implements: staff (从业人员) ≤ 100人, there ≤ 300人	industry
2	stricter	asks for more than 1, which it implements: tag 专精特新中小企业 国家级, there ≥ 省级	industry
3	contradicts	contradicts 1, which it implements: staff (从业人员) > 300人, there ≤ 300人	industry
5	stricter	asks for more than 1, which it implements: tag 高新技术企业 有, there 任何值	industry
6	stricter	asks for more than 1, which it implements: it refuses 从业人员 101人，高新技术企业 无，专精特新中小企业 省级	industry" "" \
        policy-check --only contradicts,stricter
    gives 0 "" "" policy-check --only contradicts,stricter 1
    # what has ended binds nobody, and cannot be implemented
    policy-withdraw --reason 测试 1 >out
    gives 0 "" "" policy-check --only contradicts,stricter
    same "$(policy-check --only dangling 2)" \
        $'2\tdangling\tit implements 1, which has ended: withdrawn\tindustry'
}

@test "two policies of one document and class" {
    setup_center
    policy 1 document 文1号 criteria "staff <= 300"
    policy 2 document 文1号 criteria "staff > 300 and tag 高企"
    policy 3 document 文1号 criteria "staff > 300" class rents
    policy 4 document 文1号 criteria "staff <= 100"
    gives 1 "\
2	contradicts	contradicts 1 of the same document: staff (从业人员) > 300人, there ≤ 300人	industry
4	contradicts	contradicts 2 of the same document: staff (从业人员) ≤ 100人, there > 300人	industry" "" \
        policy-check --only contradicts,stricter
    # named, each says it of the other
    gives 1 "1	contradicts	contradicts 2 of the same document: staff (从业人员) ≤ 300人, there > 300人	industry" "" \
        policy-check --only contradicts 1
}

@test "steps of a reward, and articles for different enterprises, are no contradiction" {
    setup_center
    policy 1 document 文1号 criteria "tag 高企 and revenue between 2000万 and 5000万 and staff < 100"
    policy 2 document 文1号 criteria "staff >= 100 and tag 高企 and revenue > 5000万"
    policy 3 document 文1号 criteria "staff < 100 and revenue between 2000万 and 5000万 and not tag 高企"
    policy 4 document 文2号 criteria "region in 320302"
    policy 5 document 文2号 criteria "region in 320303 and staff > 100"
    policy 6 document 文3号 criteria "size <= small and industry in C"
    policy 7 document 文3号 criteria "industry in C and size > small"
    policy 8 document 文4号 criteria "staff > 300 or revenue > 2亿"
    policy 9 document 文4号 criteria "staff <= 300 and revenue <= 2亿"
    gives 1 "9	contradicts	contradicts 8 of the same document: nobody can meet both	industry" "" \
        policy-check --only contradicts,stricter
}

@test "linked to no policy, or to itself" {
    setup_center
    policy 1 implements nowhere
    policy 2 implements '"2"'
    gives 1 $'1\tdangling\tit implements an unknown policy: nowhere\tindustry\n2\tdangling\tit implements itself\tindustry' \
        "" policy-check 1 2
}

@test "a policy that was collected twice is found" {
    setup_center
    policy 1 title 稳岗返还办法
    policy 2 title '" 稳岗返还 办法"'
    policy 3 title 稳岗返还办法 issuer 市人社局
    same "$(check --only duplicate)" $'2\tduplicate\tthe same title and issuer as 1\tindustry'
    same "$(check --only duplicate 1)" $'1\tduplicate\tthe same title and issuer as 2\tindustry'
    policy-withdraw --reason 重复 2 >out
    same "$(check --only duplicate)" ""
}

@test "the 135 clock: late, or not done though it is time" {
    setup_center
    # issued on a Friday before a working Saturday: due on 02-28, 03-03, 03-05
    policy 1
    policy 2 collected 2026-03-01 issued 2026-02-24
    add_options=--draft policy 3 published "" interpreted ""
    at 2026-03-05T18:00
    gives 1 "\
2	late-collected	collected on 2026-03-01, due on 2026-02-25	industry
2	late-published	published on 2026-03-02, due on 2026-02-27	industry
3	late-published	not published, due on 2026-03-03	industry" "" \
        policy-check --only late-collected,late-published,late-interpreted
    gives 1 $'3\tlate-interpreted\tnot interpreted, due on 2026-03-05\tindustry' "" \
        policy-check --only 解读超期 --now 2026-03-06T00:00
    gives 0 "" "" policy-check --only late-interpreted --as-of 2026-03-05
    gives 1 $'3\tlate-interpreted\tnot interpreted, due on 2026-03-05\tindustry' "" \
        policy-check --only late-interpreted --as-of 2026-03-06
}

@test "--by-org counts late policies of each organisation" {
    setup_center
    gives 0 "" "" policy-check --by-org
    policy 1
    gives 0 $'org\tcollected_late\tcollected_due\tpublished_late\tpublished_due\tinterpreted_late\tinterpreted_due
industry\t0\t1\t0\t1\t0\t1' "" policy-check --by-org -H --as-of 2026-03-09
    policy 2 collected 2026-03-01 issued 2026-02-24
    add_options=--draft policy 3 org 市人社局 published "" interpreted ""
    policy 4 issuer 某局
    at 2026-03-09
    gives 1 "\
-	0	1	0	1	0	1
industry	1	2	1	2	0	2
human-resources	0	1	1	1	1	1" "" policy-check --by-org
    run --separate-stderr policy-check --by-org -F table
    same "${lines[2]}" "徐州市工业和信息化局               1         2         1         2         0         2"
    # a policy that has ended owes nothing any more; what was late stays
    policy-withdraw --reason 测试 3 >out
    same "$(policy-check --by-org | tail -n 1)" $'human-resources\t0\t1\t1\t1\t1\t1'
    gives 0 "" "" policy-check --only late-published,late-interpreted 3
}

@test "sources that were not looked through today, on working days" {
    setup_center
    policy 1
    policy-source -q --looked --all >out
    at 2026-03-03T09:00
    policy-source -q --looked --all >out
    gives 0 "" "" policy-check
    at 2026-03-04T09:00
    policy-source --missing | grep -v gov-cn | policy-source -q --looked - >out
    gives 1 $'gov-cn\tsource\t中国政府网 (政策专员) was not looked through on 2026-03-04, last on 2026-03-03\t-' "" \
        policy-check
    gives 0 "" "" policy-check 1
    gives 0 "" "" policy-check --as-of 2026-03-02
    # a Saturday, and a Saturday that is a working day (2026-02-28)
    gives 0 "" "" policy-check --only source --as-of 2026-03-07
    same "$(policy-check --only source --as-of 2026-02-28 | grep -c .)" "$(policy-source | grep -c .)"
    run --separate-stderr policy-check -F table
    same "${lines[1]}" \
        "gov-cn  来源未检索  中国政府网 (政策专员) was not looked through on 2026-03-04, last on 2026-03-03  -"
}

@test "a wrong command line is refused, with what would be right" {
    setup_center
    policy loan-1
    gives 2 "" 'policy-check: unknown finding "expird" (did you mean expired?); see policy-check -h' \
        policy-check --only missing,expird
    gives 2 "" "policy-check: --by-org goes without --only and policies; see policy-check -h" policy-check --by-org 1
    gives 2 "" 'policy-check: unknown policy "loan-3" (did you mean loan-1?)' policy-check loan-3
    add_options="--draft" policy 2 summary ""
    gives 2 $'2\tmissing\tit lacks summary (摘要)\tindustry' 'policy-check: unknown policy "nowhere"; policy-list --all shows them' \
        policy-check nowhere 2
}

@test "reviews before the issue, from the day that the office says; an evaluation that is due" {
    mkdir conf
    cp -r "$QIFU_CONFIG"/*.yaml "$QIFU_CONFIG"/*.csv "$QIFU_CONFIG"/{calendars,registers,notices} conf
    sed -i 's/^  #reviewed_from: .*/  reviewed_from: 2026-03-01/' conf/center.yaml
    export QIFU_CONFIG=$T/conf
    at 2026-03-09T09:00
    center
    cat >p.csv <<'CSV'
id,title,document,issuer,level,kind,class,summary,interpreter,phone,issued,fair_review,legal_review,evaluate
a,甲,甲1号,市税务局,city,general,jobs,x,张三,1,2026-03-02,,,2026-03-09
b,乙,甲2号,市税务局,county,general,jobs,x,张三,1,2026-03-01,已审查,,2026-03-10
c,丙,甲3号,市税务局,city,general,jobs,x,张三,1,2026-02-28,,,
d,丁,甲4号,省税务局,province,general,jobs,x,张三,1,2026-03-02,,,
CSV
    quiet policy-add --csv p.csv
    same "$(policy-check --only unreviewed,评估到期 | cut -f 1-3)" \
        $'a\tunreviewed\tnothing is said of a review of fair competition (公平竞争审查)
a\tunreviewed\tnothing is said of a review by law (合法性审核)
a\tevaluate\tit was to be evaluated on 2026-03-09
b\tunreviewed\tnothing is said of a review by law (合法性审核)'
    sed -i 's/reviewed_from: .*/reviewed_from: soon/' conf/center.yaml
    call policy-check
    same "$status" 2
    [[ $stderr == *'center.yaml:'*'not a date (2026-01-01): "soon"'* ]]
}
