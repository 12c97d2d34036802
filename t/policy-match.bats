#!/usr/bin/env bats
# policy-match: its modes and options, days that are asked for, days that are waited for.

load lib/base

# firm NUMBER NAME [option ...]: an enterprise, or more that is known of it; its code is $(code NUMBER).
code() { printf '91320300MA%08d' "$1"; }
firm() {
    local number=$1 name=$2
    shift 2
    enterprise-add -q --accept-code test --code "$(code "$number")" --name "$name" "$@" >out
}

# policy CODE CRITERIA [COLUMN VALUE ...]: a published policy; values as SQL.
policy() {
    local columns="code, version, title, collected_at, criteria" values="'$1', 1, '政策$1', 0, '$2'" state="'published'"
    [ "$2" ] || values="'$1', 1, '政策$1', 0, NULL"
    shift 2
    while [ $# -gt 0 ]; do
        if [ "$1" = state ]; then state=$2; else columns+=", $1" values+=", $2"; fi
        shift 2
    done
    sql "INSERT INTO policy ($columns, state) VALUES ($values, $state)"
}

# Days in SQL.
day() { echo $(($(date -d "$1" +%s) / 86400)); }

# Three firms: one of which all is known, one of which little is, one that is not of the city.
three_firms() {
    at 2026-03-02T10:00
    center
    firm 1 甲 --region 320302 --industry 3311 --staff 300 --revenue 3000万 --founded 2020-05-01 --tag '高企(国家级)'
    firm 2 乙 --region 320303 --founded 2025-06-30 --as-of 2026-01-01
    firm 3 丙 --region 110105 --staff 20 --industry I65
}

@test "an enterprise's policies are found" {
    three_firms
    policy p1 'region in 3203 and staff <= 300'
    policy p2 'tag 高企' document "'徐政〔2026〕2号'" pinned 1
    policy p3 'staff > 300'
    policy p4 'patents > 1'
    gives 0 "p2	政策p2	yes	0	-	-	-	-	$(code 1)
p1	政策p1	yes	0	-	-	-	-	$(code 1)
p4	政策p4	unknown	1	-	-	-	-	$(code 1)" "" policy-match --enterprise "$(code 1)"
    gives 0 "p2	yes
p1	yes" "" bash -c "policy-match --sure --enterprise 甲 | cut -f 1,3"
    # of these policies alone; by document number too
    gives 0 "p2	yes" "" bash -c "policy-match --enterprise 甲 徐政〔2026〕2号 | cut -f 1,3"
    gives 0 "p1	yes" "" bash -c "printf 'p3\np1\tx\n' | policy-match --enterprise 甲 - | cut -f 1,3"
    gives 1 "" "" policy-match --enterprise 甲 p3
    # several at once
    gives 0 "p1	$(code 2)
p3	$(code 2)
p4	$(code 2)
p4	$(code 3)" "" bash -c "policy-match --enterprise 乙 --enterprise $(code 3) | cut -f 1,9"
    run -0 policy-match -F table --enterprise 甲
    same "$(awk '{ print $1, $3, $4 }' <<<"$output")" "政策 结果 差几项
p2 符合 0
p1 符合 0
p4 待核实 1"
    run -0 policy-match -F json --enterprise 甲 p2
    same "$output" "{\"policy\":\"p2\",\"title\":\"政策p2\",\"answer\":\"yes\",\"short\":0,\"from\":null,\"lacking\":null,\"need\":null,\"have\":null,\"enterprise\":\"$(code 1)\"}"
}

@test "a policy's enterprises; all pairs" {
    three_firms
    policy p1 'region in 3203 and staff <= 300'
    policy p2 'tag 高企'
    gives 0 "$(code 1)	甲	yes	0	-	-	-	-	p1
$(code 2)	乙	unknown	1	-	-	-	-	p1" "" policy-match p1
    gives 0 "$(code 1)	yes	p2
$(code 1)	yes	p1
$(code 2)	unknown	p1" "" bash -c "policy-match --policy p2 p1 | cut -f 1,3,9"
    gives 0 "$(code 1)	p1
$(code 1)	p2" "" bash -c "echo p1 | policy-match --sure --policy p2 --policy p1 - | cut -f 1,9 | sort -u"
    gives 0 "p1	$(code 1)	yes	0	-	-	-	-
p1	$(code 2)	unknown	1	-	-	-	-
p2	$(code 1)	yes	0	-	-	-	-" "" policy-match --all
    gives 0 "p1	政策p1	1	1	1	1
p2	政策p2	1	0	2	2" "" policy-match --all --count
    gives 0 "p2	政策p2	1	0	2	2" "" policy-match --count p2
    gives 0 'policy	title	yes	unknown	near	no
-	staff < 0	0	1	2	2' "" policy-match -H --count --where 'staff < 0'
}

@test "criteria that are no policy's yet" {
    three_firms
    gives 0 "$(code 1)	甲	yes	0	-	-	-	-	-
$(code 3)	丙	yes	0	-	-	-	-	-" "" policy-match --sure --where 'staff >= 20'
    gives 1 "" "" policy-match --where 'staff >= 1000 and region in 3204'
    gives 0 "$(code 2)	unknown" "" bash -c "policy-match --enterprise 乙 --where 'staff >= 1000' | cut -f 9,3 | awk '{ print \$2 \"\t\" \$1 }'"
    gives 0 "-	$(code 2)	0	unknown	staff >= 1000	≥ 1000人	未知	-	-" "" \
        policy-match --explain --enterprise 乙 --where 'staff >= 1000'
    gives 2 "" "policy-match: --where: unknown fact \"staf\" (did you mean staff?)
    staf >= 1
    ^" policy-match --where 'staf >= 1'
}

@test "near misses are one condition short" {
    three_firms
    policy p1 'region in 3203 and staff <= 100 and industry in (C, I65)'
    gives 0 "$(code 1)	甲	near	1	-	staff <= 100	≤ 100人	300人	p1
$(code 2)	乙	unknown	2	-	-	-	-	p1
$(code 3)	丙	near	1	-	region in 3203	320300 徐州市	110105	p1" "" policy-match --near p1
    gives 0 "$(code 2)	unknown" "" bash -c "policy-match p1 | cut -f 1,3"
    gives 1 "" "" policy-match --sure p1
    gives 0 "p1	near	staff <= 100" "" bash -c "policy-match --near --enterprise 甲 | cut -f 1,3,6"
    # one of two that are lacking is not near; nor is one whose other conditions are unknown
    gives 1 "" "" policy-match --near --enterprise 甲 --where 'staff < 100 and region in 3204'
    gives 1 "" "" policy-match --near --enterprise 甲 --where 'staff < 100 and patents > 1'
    # either of two would do: the first is named
    gives 0 "near	1	staff < 100" "" \
        bash -c "policy-match --near --enterprise 甲 --where 'staff < 100 or region in 3204' | cut -f 3,4,6"
    gives 0 "near	1	not staff = 300" "" \
        bash -c "policy-match --near --enterprise 甲 --where 'not (staff = 300 or staff = 301)' | cut -f 3,4,6"
    gives 0 "near	1	revenue > 1亿" "" bash -c "policy-match --near --enterprise 甲 \
        --where 'at least 2 of (staff = 300, revenue > 1亿, staff = 1 and revenue = 1)' | cut -f 3,4,6"
    gives 0 "unknown	2" "" bash -c "policy-match --near --enterprise 甲 \
        --where 'at least 3 of (staff = 300, patents > 1, profit > 1, exports > 1 and loans > 1)' | cut -f 3,4"
    # levels that there are not are lacking for ever
    gives 0 "near	无值可满足" "" \
        bash -c "policy-match --near --enterprise 甲 --where 'tag 高企 level > national' | cut -f 3,7"
    gives 0 "near	无 或 ≤ 市级	国家级" "" \
        bash -c "policy-match --near --enterprise 甲 --where 'not tag 高企 level >= province' | cut -f 3,7,8"
}

@test "--explain shows each condition: what is needed, what is known, and the clause" {
    three_firms
    firm 1 甲 --staff 310 --as-of 2026-02-01
    policy p1 'region in 3203 [第二条] and at least 2 of (tag 高企, staff >= 1000, patents >= 3) [第三条] and (size = large or revenue >= 2000万)'
    gives 0 "p1	$(code 1)	0	unknown	all of	-	-	-	-
p1	$(code 1)	1	yes	region in 3203	320300 徐州市	320302 鼓楼区	2026-03-02	第二条
p1	$(code 1)	2	unknown	at least 2 of	-	-	-	-
p1	$(code 1)	2.1	yes	tag 高企	有	国家级	2026-03-02	第三条
p1	$(code 1)	2.2	no	staff >= 1000	≥ 1000人	300人	2026-03-02	第三条
p1	$(code 1)	2.3	unknown	patents >= 3	≥ 3件	未知	-	第三条
p1	$(code 1)	3	yes	any of	-	-	-	-
p1	$(code 1)	3.1	no	size = large	大型	中型	-	-
p1	$(code 1)	3.2	yes	revenue >= 2000万	≥ 2000万元	3000万元	2026-03-02	-" "" \
        policy-match --explain --enterprise 甲
    gives 0 "310人	2026-02-01" "" \
        bash -c "policy-match --explain --as-of 2026-02-03 --enterprise 甲 p1 | sed -n 5p | cut -f 7,8"
    # a no is explained where its policy is named
    policy p2 'staff >= 1000'
    gives 0 "p2	$(code 1)	0	no	staff >= 1000	≥ 1000人	300人	2026-03-02	-" "" \
        policy-match --explain --enterprise 甲 p2
    gives 0 p1 "" bash -c "policy-match --explain --enterprise 甲 | cut -f 1 | uniq"
    gives 0 "p1
p2" "" bash -c "policy-match --explain --near --enterprise 甲 | cut -f 1 | uniq"
    gives 1 "" "" policy-match --explain --sure --enterprise 甲
    run -0 policy-match -F table --explain --enterprise 甲 p1
    [[ $output == *"?"*"全部符合"* && $output == *"至少符合2项"* && $output == *"✔"*"320302 鼓楼区"* && $output == *"✘"* ]]
}

@test "as of a day: facts as they were known for it" {
    at 2026-03-02T10:00
    center
    firm 1 甲 --staff 10 --as-of 2026-01-01 --fact patents=1
    firm 1 甲 --staff 500 --as-of 2026-02-01
    firm 1 甲 --staff 900 --as-of 2026-05-01
    firm 1 甲 --fact patents=5 --as-of 2026-04-01
    policy p1 'staff >= 300'
    policy p2 'patents >= 3'
    for expected in "2025-12-31 p1:unknown p2:unknown" "2026-01-01 p2:no p1:no" "2026-01-31 p1:no p2:no" \
        "2026-02-01 p1:yes p2:no" "2026-03-31 p1:yes p2:no" "2026-04-01 p1:yes p2:yes" "2026-06-01 p1:yes p2:yes"; do
        day=${expected%% *}
        for pair in ${expected#* }; do
            wanted=${pair#*:}
            for call in "--enterprise 甲 ${pair%:*}" "${pair%:*}"; do
                got=$(policy-match --as-of $day $call | cut -f 3)
                same "$day $call ${got:-no}" "$day $call $wanted"
            done
        done
    done
    # today is the clock's
    gives 0 "p1	yes" "" bash -c "policy-match --enterprise 甲 | cut -f 1,3"
    gives 0 "p1	yes
p2	yes" "" bash -c "policy-match --now 2026-04-01 --enterprise 甲 | cut -f 1,3"
    gives 2 "" "policy-match: not a date: \"soon\" (write 2020-05-27); see policy-match -h" policy-match --as-of soon --all
}

@test "as of a day: tags from their first day to their last" {
    at 2026-03-02T10:00
    center
    firm 1 甲 --tag '高企(国家级,2023-03-01至2026-02-28)' --tag '瞪羚企业(2025-01-01至2025-12-31)'
    # of the one the center has the whole register, of the other not
    for expected in "2023-02-28 no unknown" "2023-03-01 yes unknown" "2025-01-01 yes yes" "2025-12-31 yes yes" \
        "2026-01-01 yes unknown" "2026-02-28 yes unknown" "2026-03-01 no unknown"; do
        set -- $expected
        for call in "--enterprise 甲 " ""; do
            got=$(policy-match --as-of "$1" $call --where 'tag 高企' | cut -f 3)
            same "$1 $call ${got:-no}" "$1 $call $2"
            got=$(policy-match --as-of "$1" $call --where 'tag 瞪羚' | cut -f 3)
            same "$1 $call ${got:-no}" "$1 $call $3"
        done
    done
    gives 0 "tag 高企	无	2026-03-01" "" bash -c "policy-match --explain --enterprise 甲 --where 'tag 高企' | cut -f 5,7,8"
    firm 1 甲 --tag '高企(省级,2026-03-10)'
    gives 0 "yes	省级" "" bash -c "policy-match --as-of 2026-03-10 --explain --enterprise 甲 --where 'tag 高企' | cut -f 4,7"
}

# from EXPRESSION: the answer and the day from which it is a yes, of the firm 甲.
from() { policy-match --near --enterprise 甲 --where "$1" | cut -f 3,5 | tr '\t' ' '; }

@test "the day from which an age is reached is named" {
    at 2026-03-02T10:00
    center
    firm 1 甲 --founded 2024-02-29 --staff 10
    same "$(from 'founded until today - 3 years')" "near 2027-03-01"
    same "$(from 'founded until today - 1000 days')" "near 2026-11-25"
    same "$(from 'founded before today - 3 years')" "near 2027-03-01"
    same "$(from 'founded until today - 4 years')" "near 2028-02-29"
    same "$(from 'founded <= today - 30 months')" "near 2026-08-29"
    same "$(from 'not founded within 1000 days')" "near 2026-11-26"
    same "$(from 'founded != today - 2 years')" "yes -"
    same "$(from 'founded <= today - 3 years or founded <= today - 1 years')" "yes -"
    same "$(from 'not founded within 3 years and founded within 5 years')" "near 2027-03-01"
    same "$(from 'founded <= today - 3 years and (founded <= today - 4 years or staff = 10)')" "near 2027-03-01"
    # more is lacking than time, or time makes it worse
    same "$(from 'founded <= today - 3 years and staff > 10')" ""
    same "$(from 'founded within 2 years')" "near -"
    same "$(from 'founded within 1 years or founded since today + 1 years')" "near -"
    # it would be a yes for one day alone
    same "$(from 'founded = today - 4 years')" "near 2028-02-29"
    same "$(from 'founded = today - 3 years')" "near -"
    # two conditions, both of which time mends: not near, and yet
    same "$(from 'founded <= today - 3 years and founded <= today - 4 years')" "no 2028-02-29"
    gives 0 "near	2027-03-01	founded <= today - 3 years	≤ 2023-03-02	2024-02-29" "" bash -c \
        "policy-match --near --enterprise 甲 --where 'founded <= today - 3 years' | cut -f 3,5-8"
    # of many enterprises it is said of those alone that are one condition short
    firm 2 乙
    gives 0 "near 2027-03-01
unknown -" "" bash -c "policy-match --near --where 'founded <= today - 3 years' | cut -f 3,5 | tr '\t' ' '"
    gives 0 "unknown -" "" bash -c \
        "policy-match --near --where 'founded <= today - 3 years and founded <= today - 4 years' | cut -f 3,5 | tr '\t' ' '"
}

@test "eligible from: facts and certificates that begin" {
    at 2026-03-02T10:00
    center
    firm 1 甲 --staff 10
    firm 1 甲 --staff 500 --as-of 2026-07-01
    firm 1 甲 --staff 5 --as-of 2026-09-01
    firm 1 甲 --tag '高企(国家级,2026-08-01至2029-07-31)' --tag '失信(2026-01-01至2026-06-30)'
    same "$(from 'staff >= 300')" "near 2026-07-01"
    same "$(from 'tag 高企')" "near 2026-08-01"
    same "$(from 'tag 高企 and staff >= 300')" "no 2026-08-01"
    same "$(from 'tag 高企 and staff < 300')" "near 2026-09-01"
    same "$(from 'not tag 失信')" "near 2026-07-01"
    same "$(from 'tag 高企 and tag 失信')" "near -"
    # a date that is known from a later day on, and its age from then on
    firm 1 甲 --founded 2025-01-01 --as-of 2026-04-01
    same "$(from 'founded <= today - 2 years and staff < 300')" "unknown -"
    same "$(from 'founded <= today - 2 years and staff >= 5 and not tag 失信')" "no 2027-01-01"
}

@test "eligible from: policies that open, and close" {
    at 2026-03-02T10:00
    center
    firm 1 甲 --founded 2024-02-01 --staff 10 --tag '高企(国家级,2023-01-01至2026-05-31)'
    policy opens 'staff = 10' valid_from "$(day 2026-04-01)"
    policy open 'staff = 10' valid_from "$(day 2026-03-02)" valid_to "$(day 2026-03-02)"
    policy late 'founded <= today - 3 years' valid_from "$(day 2026-04-01)"
    policy later 'founded <= today - 3 years' valid_from "$(day 2027-06-01)"
    policy closed 'founded <= today - 3 years' valid_to "$(day 2027-01-31)"
    policy last 'founded <= today - 3 years' valid_to "$(day 2027-02-01)"
    # the certificate ends before the policy opens; the young firm is too old by then
    policy missed 'tag 高企' valid_from "$(day 2026-06-01)"
    policy young 'founded within 3 years' valid_from "$(day 2027-03-01)"
    policy between 'founded within 3 years or founded <= today - 4 years' valid_from "$(day 2027-03-01)"
    policy-match --near --enterprise 甲 | cut -f 1,3,5 | sort >got
    same "$(cat got)" "between	yes	2028-02-01
closed	near	-
last	near	2027-02-01
late	near	2027-02-01
later	near	2027-06-01
missed	yes	-
open	yes	-
opens	yes	2026-04-01
young	yes	-"
    policy-match --sure opens missed | cut -f 9,5 >got
    same "$(cat got)" "2026-04-01	opens
-	missed"
}

@test "only policies in force, or still to open, are matched" {
    three_firms
    policy p1 'staff >= 20'
    policy draft 'staff >= 20' state "'draft'"
    policy withdrawn 'staff >= 20' state "'withdrawn'"
    policy superseded 'staff >= 20' state "'superseded'"
    policy expired 'staff >= 20' valid_to "$(day 2026-03-01)"
    policy ends 'staff >= 20' valid_to "$(day 2026-03-02)"
    policy later 'staff >= 20' valid_from "$(day 2027-01-01)"
    policy silent ''
    for call in "--enterprise 甲" "--all" "--all --count"; do
        gives 0 "ends later p1" "" bash -c "policy-match $call | cut -f 1 | sort -u | xargs"
    done
    # named, every one of them
    for name in draft withdrawn superseded expired ends later; do
        gives 0 "$(code 1)	$name
$(code 3)	$name" "" bash -c "policy-match --sure $name | cut -f 1,9"
    done
    # as of another day those of that day, whatever they are today
    firm 1 甲 --staff 300 --as-of 2026-03-01
    gives 0 "expired ends later p1" "" bash -c \
        "policy-match --as-of 2026-03-01 --enterprise 甲 | cut -f 1 | xargs"
    gives 2 "" "policy-match: policy silent has no criteria" policy-match silent
    gives 2 "$(code 1)
$(code 3)" 'policy-match: unknown policy "p11" (did you mean p1?)' bash -c \
        "policy-match --sure p11 p1 | cut -f 1; exit \${PIPESTATUS[0]}"
    gives 2 "" 'policy-match: unknown enterprise "丁"; enterprise-list --text finds one by a part of its name or code' policy-match --enterprise 丁
    gives 2 "p1" 'policy-match: unknown enterprise "丁"; enterprise-list --text finds one by a part of its name or code' bash -c \
        "policy-match --enterprise 丁 --enterprise 甲 p1 | cut -f 1; exit \${PIPESTATUS[0]}"
    gives 1 "" "" bash -c ": | policy-match -"
}

# version CRITERIA [LAST-DAY]: the policy v1 as a file, with these.
version() {
    cat >v1.yaml <<YAML
id: v1
title: 甲办法
document: 徐政〔2026〕1号
issuer: 徐州市人民政府
level: city
kind: general
class: jobs
summary: 摘要
interpreter: 张三
phone: 12345
issued: 2026-01-05
valid_to: ${2-2026-12-31}
criteria: '$1'
YAML
    policy-add -q v1.yaml >out
}

@test "as of a day by the version of that day" {
    at 2026-01-05T09:00
    center
    firm 1 甲 --staff 300 --as-of 2026-01-01
    firm 2 乙 --staff 20 --as-of 2026-01-01
    version 'staff >= 100'
    at 2026-03-02T16:00
    version 'staff < 100'
    at 2026-05-06T09:00
    version 'staff >= 10' 2026-06-30
    at 2026-05-20T09:00
    # AS-OF=who is reached: before it came too, and on the day itself by what came in its course
    for want in 2026-01-04=甲 2026-01-05=甲 2026-03-01=甲 2026-03-02=乙 2026-05-05=乙 "2026-05-06=甲 乙" "2026-06-30=甲 乙"; do
        for call in v1 --all; do
            column=$([ $call = --all ] || echo 2)
            got=$(policy-match --sure --as-of "${want%%=*}" $call | cut -f "${column:-2}" | sed "s/$(code 1)/甲/; s/$(code 2)/乙/" | xargs)
            same "${want%%=*} $call $got" "${want%%=*} $call ${want#*=}"
        done
    done
    gives 0 "甲 乙" "" bash -c "policy-match v1 | cut -f 2 | xargs"
    # of one enterprise, with the condition that it met then
    gives 1 "" "" policy-match --as-of 2026-03-02 --enterprise 甲
    gives 0 "v1	yes" "" bash -c "policy-match --as-of 2026-03-01 --enterprise 甲 | cut -f 1,3"
    gives 0 "staff >= 100" "" bash -c "policy-match --explain --as-of 2026-03-01 --enterprise 甲 | cut -f 5 | tail -n 1"
    gives 0 "v1	1" "" bash -c "policy-match --as-of 2026-03-02 --count --all | cut -f 1,3"
    # the last day is the version's too: what was cut short later was not over on that day
    version 'staff >= 10' 2026-05-07
    at 2026-05-21T09:00
    gives 1 "" "" policy-match --enterprise 甲
    gives 1 "" "" policy-match --as-of 2026-05-20 --enterprise 甲
    gives 0 "v1" "" bash -c "policy-match --as-of 2026-05-19 --enterprise 甲 | cut -f 1"
}

@test "in an empty center nothing matches, and the status is 1" {
    at 2026-03-02T10:00
    center
    gives 1 "" "" policy-match --all
    gives 1 "" "" policy-match --all --count
    gives 0 "-	staff > 1	0	0	0	0" "" policy-match --count --where 'staff > 1'
    gives 1 "" "" policy-match --where 'staff > 1'
    policy p1 'staff > 1'
    gives 1 "" "" policy-match --near p1
    firm 1 甲
    sql "DELETE FROM policy"
    gives 1 "" "" policy-match --enterprise 甲
}

@test "criteria that the profile no longer knows" {
    three_firms
    policy p1 'oldfact > 1'
    gives 2 "" 'policy-match: policy p1: its criteria cannot be read any more: unknown fact "oldfact"' policy-match --all
}

@test "options that do not go together" {
    at 2026-03-02T10:00
    center
    usage() { gives 2 "" "policy-match: $1; see policy-match -h" policy-match "${@:2}"; }
    usage "name an enterprise, a policy, --where or --all"
    usage "--near and --sure exclude each other" --near --sure --all
    usage "one of --all, --where and policies" --all --where 'staff > 1'
    usage "one of --all, --where and policies" --all p1
    usage "one of --all, --where and policies" --where 'staff > 1' --policy p1
    usage "--all goes without --enterprise" --all --enterprise 甲
    usage "--explain needs --enterprise" --explain p1
    for with in --near --sure --explain; do
        usage "--count goes with --all, --where or policies, and nothing else" --count $with --enterprise 甲
    done
    usage "--count goes with --all, --where or policies, and nothing else" --count --near --all
    usage "--count goes with --all, --where or policies, and nothing else" --count --enterprise 甲
}

@test "many enterprises: the last bit of the last word" {
    at 2026-03-02T10:00
    center
    for n in 63 64 65 128 129; do
        sql "DELETE FROM fact; DELETE FROM enterprise;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $n)
            INSERT INTO enterprise (code, name, staff, facts_from)
                SELECT '91320300MA' || substr(CAST(100000000 + i AS TEXT), 2), '企业' || i, CAST(i AS BIGINT) * 1000000, 0 FROM n;
            INSERT INTO fact (name, enterprise_id, from_day, number) SELECT 'staff', id, 0, staff FROM enterprise"
        gives 0 "-	staff >= 0	$n	0	0	0" "" policy-match --count --where 'staff >= 0'
        gives 0 "-	staff < 0	0	0	$n	$n" "" policy-match --count --where 'staff < 0'
        gives 0 "-	patents < 0	0	$n	0	0" "" policy-match --count --where 'patents < 0'
        gives 0 "企业$n" "" bash -c "policy-match --where 'staff = $n' | cut -f 2"
        gives 0 "企业$n" "" bash -c "policy-match --where 'not (staff < $n)' | cut -f 2"
        gives 0 "$n" "" bash -c "policy-match --near --where 'staff < 0' | wc -l"
    done
}

@test "it ends quietly when its reader does" {
    at 2026-03-02T10:00
    center
    sql "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)
        INSERT INTO enterprise (code, name, staff, facts_from)
            SELECT '91320300MA' || substr(CAST(100000000 + i AS TEXT), 2), '企业' || i, CAST(i AS BIGINT) * 1000000, 0 FROM n"
    policy p1 'staff < 9000'
    for call in "p1" "--all" "--near p1" "-F table --where patents=1"; do
        for trap in "" "trap '' PIPE;"; do
            run --separate-stderr bash -c "$trap { policy-match $call; echo \$? >status; } | head -n 1"
            same "$trap $call: $(cat status) ${#lines[@]} $stderr" "$trap $call: 141 1 "
        done
    done
}
