#!/usr/bin/env bats
# The language of criteria (qifu-criteria(7)): what each construct means, what is wrong with what
# cannot be read, and 2,000 random criteria (QIFU_CRITERIA says how many) against the same in SQL.

load lib/base

DAY=2026-03-31 # of the random data: a month's end, as months are clamped there
POLICIES=${QIFU_CRITERIA:-2000}

# random_center SEED POLICIES ENTERPRISES [distinct]: a center of random data, and oracle.sql.
random_center() {
    at ${DAY}T10:00
    center
    "$TREE/t/lib/random-criteria" "$1" "$2" "$3" $DAY ${4-}
    sqlite3 -bail "$QIFU_DB" <rows.sql
}

# no_difference A B: shows the first lines that differ, and fails.
no_difference() {
    cmp -s "$1" "$2" && return 0
    diff "$1" "$2" | head -n 5 >&2
    return 1
}

@test "evaluator against SQL: $POLICIES random criteria, 500 random enterprises" {
    needs_file "the oracle speaks SQLite's SQL"
    random_center 1 "$POLICIES" 500
    sqlite3 -bail "$QIFU_DB" <oracle.sql | sort >expected
    policy-match --all -F tsv | cut -f 1-3 >pairs
    policy-match --all --count -F tsv | cut -f 1,3-6 >counts
    sort pairs counts | tr '\t' '|' | LC_ALL=C sort >got
    no_difference got expected
    # all of it was there: criteria that are met, and those that are not
    same "$(wc -l <counts)" "$POLICIES"
    [ "$(cut -f 3 pairs | sort | uniq -c | awk '$1 > '"$((POLICIES * 50))" | wc -l)" = 2 ]
    [ "$(awk '$4 > 0' counts | wc -l)" -gt $((POLICIES / 2)) ]
}

@test "an enterprise's policies, a policy's enterprises and all of them are the same pairs" {
    needs_file "the random center is made by SQLite's SQL"
    random_center 2 300 200
    shown='policy $1 enterprise $2 answer $3 $4 $5 lacking $6 need $7 have $8'
    policy-match --all >all
    for id in $(seq 1 10 200); do
        enterprises+=(--enterprise "$(sql "SELECT code FROM enterprise WHERE id = $id")")
    done
    policy-match "${enterprises[@]}" | awk -F '\t' -v OFS='\t' '{ print $1, $9, $3, $4, $5, $6, $7, $8 }' | sort >one
    awk -F '\t' 'substr($2, 13) % 10 == 1' all | sort >some
    [ "$(wc -l <some)" -gt 2000 ]
    no_difference one some
    # near misses too, but for those whom time alone helps: of these one enterprise's list has more
    policies=$(sql "SELECT code FROM policy WHERE id % 15 = 4")
    policy-match --near $policies | awk -F '\t' -v OFS='\t' '{ print $9, $1, $3, $4, $5, $6, $7, $8 }' | sort >many
    codes=$(sql "SELECT '--enterprise ' || code FROM enterprise")
    policy-match --near $codes $policies |
        awk -F '\t' -v OFS='\t' '$3 != "no" { print $1, $9, $3, $4, $5, $6, $7, $8 }' | sort >one
    [ "$(grep -c '	near	' many)" -gt 500 ]
    no_difference one many
}

# What the explanation of each pair adds up to, from its conditions alone: "policy|enterprise|answer|
# how many conditions are lacking". Says where a part's own answer is not that of its members.
combine() {
    awk -F '\t' '
        { n++; pair[n] = $1 "|" $2; path[n] = $3; answer[n] = $4; words[n] = $5; of[$1 "|" $2 "|" $3] = n }
        # the least sum of K of the costs that stand in LIST
        function least(list, k, costs, count, i, j, x, sum) {
            count = split(list, costs, " ")
            for (i = 2; i <= count; i++)
                for (j = i; j > 1 && costs[j - 1] + 0 > costs[j] + 0; j--) { x = costs[j]; costs[j] = costs[j - 1]; costs[j - 1] = x }
            for (i = 1; i <= k; i++) sum += costs[i]
            return sum + 0
        }
        END {
            for (i = n; i; i--) { # members stand behind what they are part of
                cost = answer[i] != "yes"
                if (members[i]) {
                    needed = words[i] == "all of" ? members[i] : words[i] == "any of" ? 1 : words[i]
                    sub(/^at least /, "", needed); sub(/ of$/, "", needed)
                    is = yes[i] >= needed ? "yes" : yes[i] + unknown[i] >= needed ? "unknown" : "no"
                    if (is != answer[i]) print "wrong: " pair[i] " " path[i]
                    cost = least(costs[i], needed)
                }
                if (path[i] == "0") { print pair[i] "|" answer[i] "|" cost; continue }
                up = path[i]
                if (!sub(/\.[0-9]+$/, "", up)) up = "0"
                up = of[pair[i] "|" up]
                members[up]++
                yes[up] += answer[i] == "yes"
                unknown[up] += answer[i] == "unknown"
                costs[up] = costs[up] " " cost
            }
        }' "$1" | sort
}

@test "explanations: the conditions, combined, give the answer" {
    needs_file "the oracle speaks SQLite's SQL"
    random_center 3 200 100
    for id in $(seq 7 10 97); do
        enterprises+=(--enterprise "$(sql "SELECT code FROM enterprise WHERE id = $id")")
    done
    policies=$(sql "SELECT code FROM policy WHERE id % 8 = 4")
    policy-match --explain "${enterprises[@]}" $policies >lines
    combine lines >got
    same "$(wc -l <got)" 250
    [ "$(cut -f 3 lines | grep -c '\.')" -gt 500 ]
    # yes and unknown are in the list with the same number of conditions; a no is not
    policy-match "${enterprises[@]}" $policies | awk -F '\t' -v OFS='|' '{ print $1, $9, $3, $4 }' | sort >expected
    grep -v '|no|' got >shown
    no_difference shown expected
    sqlite3 -bail "$QIFU_DB" <oracle.sql | sort >oracle
    cut -d '|' -f 1-3 got | grep -v '|no$' | comm -23 - oracle >wrong
    cut -d '|' -f 1-3 got | sed -n 's/|no$//p' | grep -F -f - oracle >>wrong || true
    same "$(head -n 3 wrong)" ""
}

# Of each near miss the value that the gap asks for, as a line of JSON for enterprise-add, and the
# pair in the file named pairs. Conditions that no value that can be entered meets are left out.
remedies() {
    awk -F '\t' '
        function usable(need, fact, excluded, i, n, words) {
            if (need ~ /^除外：/) {
                sub(/^除外：/, "", need)
                n = split(need, words, "、")
                for (i = 1; i <= n; i++) { sub(/ .*/, "", words[i]); if (words[i] ~ /^[0-9A-Z]/) excluded = excluded " " words[i] }
                if (fact ~ /region|地区|注册地/) return "460100"
                n = split("9700 0412 6610 8511", words, " ")
                for (i = 1; i <= n; i++)
                    if (index(excluded, " " substr(words[i], 1, 2)) == 0 && excluded !~ /[A-Z]/) return words[i]
                return ""
            }
            n = split(need, words, " 或 ")
            need = words[n]
            if (need ~ /(未知|无值可满足|任何值)/) return ""
            if (need ~ /^≥ /) return substr(need, 5)
            if (need ~ /^≤ /) return substr(need, 5)
            if (need ~ /^> .*元/) return "900亿"
            if (need ~ /^> /) return "99999"
            if (need ~ /^< [1-9]/) return "0"
            if (need ~ /^[<>] /) return ""
            if (need ~ / 至 /) { split(need, words, " 至 "); return words[1] }
            if (need ~ /^[0-9A-Z]+( |、)/) sub(/( |、).*/, "", need)
            return need
        }
        $3 != "near" || done[$2] { next }
        {
            fact = $6
            gsub(/　|≠|≤|≥|＝|＜|＞|！/, " ", fact)
            sub(/^not /, "", fact)
            tag = sub(/^tag +/, "", fact)
            if (tag) sub(/ +level.*/, "", fact)
            else sub(/[ =<>!].*/, "", fact)
            gsub(/"/, "", fact)
            value = usable($7, fact)
            if (value == "" || value ~ /^20(2[6-9]|3)/ || value ~ /^-.*(人|件|元)/) next
            if (tag) value = value == "无" ? "!" fact : value == "有" ? fact : fact "(" value ")"
            if (tag) fact = "tags"
            done[$2] = 1
            print $1 "|" $2 >"pairs"
            printf "{\"code\":\"%s\",\"%s\":\"%s\"}\n", $2, fact, value
        }' "$1"
}

@test "near misses: the value that the gap asks for makes a yes of it" {
    needs_file "the random center is made by SQLite's SQL"
    random_center 4 120 500 distinct
    # each enterprise is mended for one policy: of which kind of fact goes by chance
    policy-match --near $(sql "SELECT code FROM policy") | awk -F '\t' -v OFS='\t' '{ print $9, $1, $3, $4, $5, $6, $7, $8 }' |
        sort | awk '{ print NR * 7919 % 1009 "\t" $0 }' | sort -n | cut -f 2- >near
    remedies near >facts.jsonl
    [ "$(wc -l <facts.jsonl)" -ge 200 ]
    same "$(sort pairs | comm -12 - <(policy-match --all --sure | cut -f 1,2 | tr '\t' '|' | sort) | wc -l)" 0
    enterprise-add -q --jsonl facts.jsonl >out
    policy-match --all --sure | cut -f 1,2 | tr '\t' '|' | sort >sure
    same "$(sort pairs | comm -23 - sure | head -n 3)" ""
}

# ---- the language ----

# A center with one firm, of which much is known, on a day on which it is just three years old.
one_firm() {
    at 2026-03-02T10:00
    center
    enterprise-add -q --code 91320300MA00002690 --name 甲 --region 320302 --industry 3311 --staff 300 \
        --revenue 2000万 --assets 1.5亿 --founded 2023-03-02 --fact rd-share=3.5% --fact tax-grade=B \
        --tag '高新技术企业(国家级,2023-01-01至2026-12-31)' --tag '专精特新(省级)' --tag 瞪羚企业 --tag '!民营企业' >out
}

# answers: each line of standard input is an answer, blanks, and an expression.
answers() {
    local want expression wrong=
    while read -r want expression; do
        call policy-match --where "$(printf %b "$expression")"
        case $status in
        0) got=$(cut -f 3 <<<"$output") ;;
        1) got=no ;;
        *) got=$stderr ;;
        esac
        [ "$got" = "$want" ] || { echo "$expression: $got, not $want" >&2; wrong=1; }
    done
    [ ! "$wrong" ]
}

@test "numbers are compared, whatever their units" {
    one_firm
    answers <<'END'
yes     staff = 300
yes     staff == 300
no      staff != 300
no      staff <> 300
no      staff < 300
yes     staff <= 300
no      staff > 300
yes     staff >= 300
yes     staff > 299.999999
no      staff >= 300.000001
yes     staff = 300人
yes     staff = 0.03万
yes     staff>=300
yes     revenue = 2000万
yes     revenue = 2000万元
yes     revenue = 2千万
yes     revenue = 20百万
yes     revenue = 20000千
yes     revenue = 0.2亿
yes     revenue = 20000000
yes     revenue = 20000000.00元
no      revenue > 2000万
yes     revenue < 5万亿
yes     assets = 1.5亿
yes     rd-share = 3.5%
yes     rd-share = 3.5％
yes     rd-share = 35‰
yes     rd-share >= 0
no      rd-share > 3.5%
yes     rd-share > -5%
yes     staff in (1, 300)
no      staff in (1,2)
yes     staff in "300"
yes     revenue >= "20,000,000"
no      staff not in (1, 300)
yes     staff not in (1, 2)
no      not staff not in (1, 2)
yes     staff between 300 and 301
yes     staff between 299 and 300
no      staff between 301 and 400
yes     staff between 300 and 300
yes     staff < 9000000000000
no      staff > 9000000000000
unknown patents >= 1
unknown patents >= 0 or patents < 0
END
}

@test "days are compared" {
    one_firm
    answers <<'END'
yes     founded = 2023-03-02
no      founded before 2023-03-02
yes     founded until 2023-03-02
no      founded after 2023-03-02
yes     founded since 2023-03-02
yes     founded < 2023-03-03
yes     founded between 2023-03-02 and 2023-12-31
yes     founded in (2020-01-01, 2023-03-02)
yes     founded within 3 years
yes     founded within 36 months
no      founded within 35 个月
yes     founded within 1096 days
no      founded within 1095 天
yes     founded until today - 3 years
yes     founded until today-3 years
no      founded until today - 1097 days
no      founded before today - 3 年
yes     founded = today -3 year
yes     founded before today
yes     founded between today - 4 years and today - 3 years
yes     founded between 2020-01-01 and today
yes     founded before today + 1 day
no      founded between today and 2020-01-01
yes     not founded between today and 2020-01-01
no      not founded within 3 years
yes     not founded within 2 years
yes     founded within 1000 years
END
}

@test "a month later is the same day, or the month's last" {
    at 2024-03-31T10:00
    center
    for day in 2024-02-28 2024-02-29 2024-03-01; do
        enterprise-add -q --accept-code test --code "91320300MA${day//-/}" --name $day --founded $day
    done >out
    same "$(policy-match --where 'founded within 1 month' | cut -f 2 | xargs)" "2024-02-29 2024-03-01"
    same "$(policy-match --where 'founded = today - 1 months' | cut -f 2)" 2024-02-29
    same "$(policy-match --as-of 2025-02-28 --where 'founded <= today - 1 year' | cut -f 2)" 2024-02-28
    same "$(policy-match --as-of 2028-02-29 --where 'founded <= today - 4 years' | cut -f 2 | xargs)" \
        "2024-02-28 2024-02-29"
    # from before the year 1 on
    run -0 timeout 5 policy-match --as-of 0500-05-31 --where 'founded within 1000 years and founded since today + 1000 years'
}

@test "choices, regions and industries are compared by code and by word" {
    one_firm
    answers <<'END'
yes     size = medium
yes     size = 中型
yes     size <= medium
no      size <= small
no      size < medium
yes     size > 小型
no      size > large
yes     size between small and large
yes     size in (medium, large)
no      size not in (medium, large)
yes     not size = large
yes     tax-grade = B
yes     tax-grade >= M
no      tax-grade >= A级
yes     tax-grade in (a, b)
unknown environment-grade = green
yes     region in 3203
yes     region = 3203
yes     region in 320300
yes     region in 32
yes     region in 320000
yes     region = 320302
yes     region in 徐州
yes     region in (鼓楼区, 320312)
no      region in (云龙区, 320312)
no      region != 鼓楼区
no      region not in 徐州市
yes     region not in (3204, 11)
yes     industry in C
yes     industry in C33
yes     industry = 33
yes     industry in 331
yes     industry in 3311
no      industry in 3312
no      industry in I65
yes     industry in (I65, c)
yes     industry in 制造业
no      industry in "农、林、牧、渔业"
no      industry not in (C, I65)
yes     industry not in (I65)
END
    enterprise-add -q --code 91320300MA00002690 --industry C --region 3203 >out
    answers <<'END'
yes     industry in C
unknown industry in C33
unknown industry in (331, 332)
unknown not industry in 3311
no      industry in I
no      industry in (I, D44)
yes     region in 3203
yes     region in 32
unknown region in 320302
unknown region not in (鼓楼区, 云龙区)
no      region in 3204
yes     size = medium
END
}

@test "sizes with what is known of them" {
    at 2026-03-02T10:00
    center
    enterprise-add -q --code 91320300MA00002690 --name 甲 --industry C --staff 250 >out
    answers <<'END'
yes     size <= small
unknown size = small
unknown size = micro
no      size >= medium
unknown size in (micro, large)
yes     size in (micro, small)
END
    enterprise-add -q --code 91320300MA00002690 --industry J >out
    answers <<'END'
unknown size <= large
END
}

@test "tags are held, or not, at the level that is asked for" {
    one_firm
    answers <<'END'
yes     tag 高新技术企业
yes     tag 高企
yes     tag "高企"
no      not tag 高企
yes     tag 高企 level = national
yes     tag 高企 level = 国家级
yes     tag 高企 level >= province
no      tag 高企 level < national
no      tag 高企 level > national
yes     tag 高企 level != city
yes     tag 专精特新 level >= province
no      tag 专精特新 level = national
no      tag 专精特新 level>province
yes     not tag 专精特新 level > 省级
yes     tag 瞪羚
unknown tag 瞪羚 level >= city
unknown tag 瞪羚 level != national
yes     tag 瞪羚 level >= county
no      tag 失信
yes     not tag 失信
no      tag 失信 level >= county
yes     not tag 失信 level >= county
unknown tag 国企
unknown not tag 国企
unknown tag 国企 level = city
no      tag 民企
yes     not tag 民企
END
}

@test "and, or, not, at least; brackets and what binds" {
    one_firm # y: staff = 300; n: staff = 1; u: patents = 1
    sed 's/\<y\>/staff = 300/g; s/\<n\>/staff = 1/g; s/\<u\>/patents = 1/g; s/^\([a-z]*\)=/\1 /' >table <<'END'
yes     y and y
no      y and n
unknown y and u
no      u and n
unknown u and u
yes     y or u
unknown n or u
no      n or n
unknown not u
unknown u or not u
yes     n and n or y
yes     y or n and n
no      (y or n) and n
yes     not n and y
no      not (n or y)
yes     not not y
yes     not (y and n) and not (n or n)
yes     at least 1 of (y)
yes     at least 2 of (y, y, n)
no      at least 2 of (y, n, n)
unknown at least 2 of (y, u, n)
yes     at least 2 of (y, y, u)
no      at least 3 of (y, n, u)
unknown at least 1 of (u, n)
yes     not at least 2 of (y, n, n)
unknown not at least 2 of (y, u, n)
yes     at least 2 of (y and y, n or y, not y)
yes     at least 1 of (at least 2 of (y, n), (n), y)
yes     ((((y))))
END
    answers <table
}

@test "Chinese words and full-width signs, blanks, clauses" {
    one_firm
    answers <<'END'
yes     （地区 in 徐州市）且 从业人员 ≤ 300 且 （营业收入 ≥ 2000万 或 资产总额 ≥ 300万）
yes     职工人数＝300 并且 非 tag 失信
yes     员工人数＜301　或者　营收＞1亿
yes     从业人员 ≠ 301
yes     从业人员 ＞＝ 300 且 从业人员 ＜＝ 300 且 从业人员 ！＝ 1
yes     region in （鼓楼区、云龙区，丰县）
yes     注册日期 within 3 年
yes     staff\n>=\n300\r\nand\trevenue > 1
yes     staff = 300 [第三条]
yes     (staff = 300 [第三条（一）] or staff = 1) [ 第三条, 第 1 款 ]
yes     staff = 300【第二条】 and not (staff = 1) [x] [y]
yes     "staff" = "300"
yes     STAFF = 300
yes     "从业 人员" = 300
END
}

@test "clauses: the nearest one holds" {
    one_firm
    run -0 policy-match --where '(staff = 300 [一] and (staff = 1 or staff  =
  300) [二 ，  2]) [三] and not (revenue > 1亿 and size = micro) [四]'
    [ "$(cut -f 3 <<<"$output")" = yes ]
    sql "INSERT INTO policy (code, version, state, title, criteria, collected_at) VALUES ('p', 1, 'published', 't',
        '(staff = 300 [一] and (staff = 1 or staff  =
  300) [二 ，  2]) [三] and not (revenue > 1亿 and size = micro) [四]', 0)"
    run -0 policy-match --explain --enterprise 91320300MA00002690 p
    same "$(cut -f 3,4,5,9 <<<"$output" | tr '\t' '|')" "0|yes|all of|-
1|yes|all of|-
1.1|yes|staff = 300|一
1.2|yes|any of|-
1.2.1|no|staff = 1|二 ， 2
1.2.2|yes|staff = 300|二 ， 2
2|yes|any of|-
2.1|yes|not revenue > 1亿|四
2.2|yes|not size = micro|四"
}

# faults: each line of standard input is an expression, | and what is wrong with it; ^ stands in the
# expression where the caret has to. An expression that takes no caret has it at its end.
faults() {
    local line expression before columns
    while IFS= read -r line; do
        expression=${line%%|*}
        before=${expression%%^*}
        columns=$(printf %s "$before" | LC_ALL=C.UTF-8 wc -m)
        columns=$((columns + $(printf %s "$before" | LC_ALL=C.UTF-8 grep -oP '[\x{3000}-\x{9fff}\x{ff00}-\x{ff60}]' | wc -l)))
        call policy-match --where "${expression/^/}"
        same "$expression: $status:$output:$stderr" "$expression: 2::policy-match: --where: ${line#*|}
    ${expression/^/}
    $(printf '%*s' "$columns" '')^" || return
    done
}

@test "what is wrong is named, with a caret under the place" {
    at 2026-03-02T10:00
    center
    faults <<'END'
^|a condition is missing at the end
   ^|a condition is missing at the end
region in 3203 and ^staf <= 300|unknown fact "staf" (did you mean staff?)
从业人员 <= 300 且 （营收 > 1 或 ^营业收 > 5）|unknown fact "营业收" (did you mean 营业收入?)
tag ^失信人|unknown tag "失信人" (did you mean 失信?)
tag ^zzzzzzzz|unknown tag "zzzzzzzz"
^tage 高企|unknown fact "tage"
tag^|the name of a tag is missing at the end
tag ^= 高企|the name of a tag is expected here
tag 高企 level^|a comparison is missing at the end
tag 高企 level ^national|a comparison is expected here
tag 高企 level >= ^省|county, city, province or national is expected here
staff >= ^many|many is not a value of staff (a number, as 300, 2000万, 1.5亿 or 3.5%)
staff >= ^1e5|1e5 is not a value of staff (a number, as 300, 2000万, 1.5亿 or 3.5%)
staff >= ^.5|.5 is not a value of staff (a number, as 300, 2000万, 1.5亿 or 3.5%)
staff >= ^5.|5. is not a value of staff (a number, as 300, 2000万, 1.5亿 or 3.5%)
staff >= ^0.0000001|0.0000001 is not a value of staff (a number, as 300, 2000万, 1.5亿 or 3.5%)
staff >= ^9000000000001|9000000000001 is not a value of staff (a number, as 300, 2000万, 1.5亿 or 3.5%)
staff >= ^99999999999999999999|99999999999999999999 is not a value of staff (a number, as 300, 2000万, 1.5亿 or 3.5%)
staff >= 1^,200|"and" or "or" is expected here
staff >=^|a value is missing at the end
staff >= ^)|a value is expected here
staff ^300|a comparison (= != < <= > >= in, between; for dates before, since, within) is expected here
staff not ^300|"in" is expected here
staff in (1, ^)|a value is expected here
staff in (1 ^2)|")" is expected here
staff in (1, 2^|")" is missing at the end
staff between 1 ^to 2|"and" is expected here
staff between ^300 and 20|from the greater to the lesser: nothing lies between
founded between ^2024-01-01 and 2023-01-01|from the greater to the lesser: nothing lies between
rd-share >= ^3.5|3.5 is not a value of rd-share (a share with its sign, as 3.5%)
founded before ^2023-02-29|2023-02-29 is not a value of founded (a day, YYYY-MM-DD)
founded before ^2023|2023 is not a value of founded (a day, YYYY-MM-DD)
founded within ^0 years|a whole number from 1 to 365000 is expected here
founded within ^1.5 years|a whole number from 1 to 365000 is expected here
founded within ^1001 years|more than 1000 years
founded within 3^|years, months or days is missing at the end
founded within 3 ^weeks|years, months or days is expected here
founded since today -^|a whole number from 1 to 365000 is expected here
founded since today ^2 years|"and" or "or" is expected here
staff ^before 2020-01-01|staff is not a date
staff ^within 3 years|staff is not a date
region ^>= 3203|region has no order: use in, = or !=
地区 ^≥ 3203|region has no order: use in, = or !=
industry ^between 1 and 2|industry has no order: use in
region in ^99999|99999 is not a value of region (a code of GB/T 2260 or a name of center.yaml)
region in (3203, ^鼓搂区)|鼓搂区 is not a value of region (a code of GB/T 2260 or a name of center.yaml)
industry in ^C99|C99 is not a value of industry (a code of GB/T 4754-2017)
size <= ^huge|huge is not a value of size (micro, small, medium, large)
at ^most 2 of (staff > 1)|"least" is expected here
at least ^0 of (staff > 1)|a whole number from 1 to 255 is expected here
at least ^two of (staff > 1)|a whole number from 1 to 255 is expected here
at least 2 ^(staff > 1)|"of" is expected here
at least 2 of ^staff > 1|"(" is expected here
at least ^5 of (staff > 1, tag 高企)|5 of 2 can never hold
at least 1 of (staff > 1, ^)|a condition is expected here
at least 1 of ^(staff > 1|the bracket is not closed
（地区 in 徐州 且 ^（staff > 1 or size = micro|the bracket is not closed
(staff > 1 ^]|and, or, or ")" is expected here
staff > 1^)|no bracket is open here
staff > 1 ^staff > 2|"and" or "or" is expected here
staff > 1 ^且营收 > 1|"and" or "or" is expected here
staff > 1 and^|a condition is missing at the end
^and staff > 1|unknown fact "and"
not^|a condition is missing at the end
(^)|a condition is expected here
staff > ^"300|the quote is not closed
staff > 1 ^[第三条|the bracket is not closed
staff > 1 ^[第三条 [二]]|the bracket is not closed
^[第三条]|a condition is expected here
END
}

@test "of a text of many lines that one is shown, of a long line its part" {
    at 2026-03-02T10:00
    center
    run --separate-stderr policy-match --where $'region in 3203\nand size <= smal\nand staff > 1'
    same "$stderr" 'policy-match: --where: smal is not a value of size (micro, small, medium, large)
    and size <= smal
                ^'
    some=$(printf '从业人员 > %d 且 ' $(seq 500))
    run --separate-stderr policy-match --where "$some 营业额 > 1 且 $some staff > 1"
    same "$stderr" 'policy-match: --where: unknown fact "营业额"
    ...7 且 从业人员 > 498 且 从业人员 > 499 且 从业人员 > 500 且  营业额 > 1 且 从业人员 > 1 且 从业人...
                                                                   ^'
    word=$(printf '徐%.0s' $(seq 1000))
    run --separate-stderr policy-match --where "$word > 1"
    same "$stderr" "policy-match: --where: unknown fact \"${word:0:60}...\"
    ${word:0:54}...
    ^"
}

@test "control characters do not reach the terminal by way of a message" {
    at 2026-03-02T10:00
    center
    run --separate-stderr policy-match --where $'staff >= \e[31mred and staff > 1'
    same "$status:$stderr" $'2:policy-match: --where: ␛ is not a value of staff (a number, as 300, 2000万, 1.5亿 or 3.5%)
    staff >= ␛[31mred and staff > 1
             ^'
    run --separate-stderr policy-match --where $'"a\n    b\tc\x7f\xc2\x9b" > 1'
    same "$status:$(head -n 1 <<<"$stderr")" '2:policy-match: --where: unknown fact "a     b c␡'$'\xef\xbf\xbd''"'
    run --separate-stderr policy-match --where $'staff > 1 and \xff'
    same "$status:$stderr" '2:policy-match: the value of --where is not UTF-8; see policy-match -h'
}

@test "limits: depth, members, values, length" {
    at 2026-03-02T10:00
    center
    times() { printf "$1%.0s" $(seq "$2"); }
    run -1 policy-match --where "$(times '(' 64) staff > 1 $(times ')' 64)"
    run -2 --separate-stderr policy-match --where "$(times '(' 65) staff > 1 $(times ')' 65)"
    [[ $stderr == *"more than 64 brackets inside each other"* ]]
    run -1 policy-match --where "$(times 'not ' 64) staff > 1"
    run -2 policy-match --where "$(times '非 ' 65) staff > 1"
    run -2 policy-match --where "$(times '(' 50000)"
    run -1 policy-match --where "at least 255 of (staff > 1$(printf ', staff > %d' $(seq 254)))"
    run -2 --separate-stderr policy-match --where "at least 3 of (staff > 1$(printf ', staff > %d' $(seq 255)))"
    [[ $stderr == *"more than 255 expressions"* ]]
    # 63 values apart from each other; those that touch, or are said again, are one
    run -1 policy-match --where "staff in (1$(printf ', %d' $(seq 2 63)))"
    run -1 policy-match --where "staff not in (1$(printf ', %d' $(seq 2 63)))"
    run -2 --separate-stderr policy-match --where "staff in (1$(printf ', %d' $(seq 2 64)))"
    [[ $stderr == *"more than 63 values apart from each other"* ]]
    run -1 policy-match --where "region in (320100$(printf ', %d' $(seq 320101 325000)))"
    run -2 timeout 5 policy-match --where "staff in (0$(printf ', %d' $(seq 2 2 20000)))"
    # long, and deep in the other direction
    run -1 policy-match --where "staff > 1$(printf ' and staff > %d' $(seq 5000))"
    run -1 policy-match --where "staff > 1$(printf ' or not (staff > %d and size = small)' $(seq 2000))"
}
