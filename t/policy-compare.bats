#!/usr/bin/env bats
# policy-compare: how criteria stand to each other, by hand, and against SQL over every combination
# of values that they tell apart. (t/meaning.bats has them against a solver.)

load lib/base

# stands: each line of standard input is a relation, a blank, and two criteria divided by a bar.
stands() {
    local want a b wrong=
    while IFS=' |' read -r want _ && IFS='|' read -r a b; do
        got=$(policy-compare --where "$a" --where "$b" | cut -f 3)
        [ "$got" = "$want" ] || { echo "$a | $b: $got, not $want" >&2; wrong=1; }
    done < <(sed 's/^\([a-z]*\)  */\1\n/')
    [ ! "$wrong" ]
}

setup_center() {
    at 2026-03-02T10:00
    center
}

@test "numbers, days, trees, choices, titles, some of several" {
    setup_center
    stands <<'END'
equivalent staff <= 300|not staff > 300
equivalent staff < 300|staff <= 299
implies    revenue < 300|revenue <= 299.999999 or assets > 5
equivalent revenue < 300|revenue <= 299.999999
implied    revenue < 300|revenue <= 299
disjoint   staff < 10|staff >= 10
overlaps   staff < 10|staff >= 9
implies    region in 320302|region in 3203
disjoint   region in 320302|region in 3205
equivalent region in 3203|region in 320300
overlaps   region not in 3203|region in 32
implies    industry = 3311|industry in C
disjoint   industry in C|industry in I65
equivalent industry in I|industry in (63, 64, 65)
equivalent size <= small|size in (micro, small)
disjoint   size <= small|size >= medium
overlaps   size <= small|tag 高企
implies    tag 高企 level >= province|tag 高企
equivalent tag 高企|tag 高企 level >= county
disjoint   tag 高企|not tag 高新技术企业
implies    founded within 3 years|founded since 2023-03-02
equivalent founded until today - 1 years|founded <= 2025-03-02
equivalent at least 1 of (staff > 1, tag 高企)|staff > 1 or tag 高企
equivalent at least 2 of (staff > 1, tag 高企)|staff > 1 and tag 高企
equivalent not at least 2 of (staff > 1, tag 高企)|staff <= 1 or not tag 高企
equivalent at least 2 of (staff > 3, tag 高企, assets < 5)|tag 高企 and staff > 3 or staff > 3 and assets < 5 or tag 高企 and assets < 5
implies    at least 3 of (staff > 3, tag 高企, assets < 5, profit > 0)|at least 2 of (staff > 3, tag 高企, assets < 5)
never      staff < 0|staff > 5
equivalent staff < 0|revenue < 0
always     staff >= 0|staff > 5
overlaps   profit < 0|staff > 5
equivalent tax-grade >= M and tax-grade <= B|tax-grade in (M, B)
END
}

@test "the size follows from the industry, the staff and the revenue; some firms have none" {
    setup_center
    stands <<'END'
implies    industry in C and staff < 20|size = micro
overlaps   industry in C and staff < 20 and revenue > 300万|size = micro and staff >= 5
never      size = large and industry in C and staff < 1000|staff > 5
equivalent industry in M and size = micro|industry in M and staff < 10
equivalent industry in C and size = large|industry in C and staff >= 1000 and revenue >= 4亿
disjoint   industry in J|size <= large
never      industry in J and not size = large|staff > 5
overlaps   size <= large|industry in C or staff > 3
equivalent industry in C and size <= large|industry in C
END
}

@test "an enterprise for each of both, the first alone, the second alone" {
    setup_center
    gives 0 "-	-	overlaps	从业人员 10人，高新技术企业 有	从业人员 10人，高新技术企业 无	从业人员 301人，高新技术企业 有" "" \
        policy-compare --where 'staff <= 300' --where 'tag 高企'
    gives 0 "-	-	disjoint	-	行业 1311 稻谷加工	行业 6311 固定电信服务" "" \
        policy-compare --where 'industry in C' --where 'industry in I'
    gives 0 "-	-	implies	地区 320302 鼓楼区，成立日期 2023-03-02	-	地区 110101，成立日期 2021-03-03" "" \
        policy-compare --where 'region in 320302 and founded within 3 years' --where 'founded > 2010-01-01'
    gives 1 "" "" policy-compare --only 等同,disjoint --where 'staff <= 300' --where 'tag 高企'
    same "$(policy-compare -F json --where 'staff <= 300' --where 'staff <= 300' | jq -c '[.relation, .both, .only]')" \
        '["equivalent","从业人员 10人",null]'
}

@test "policies, versions and drafts" {
    setup_center
    head='id,title,document,issuer,level,kind,class,summary,interpreter,phone,issued,criteria'
    row() { echo "$1,办法$1,文〔2026〕$1号,市工信局,city,general,jobs,x,张三,1,2026-02-02,\"$2\""; }
    { echo "$head"; row 1 'staff <= 300'; row 2 'staff <= 100'; row 3 'staff > 300'; } | policy-add -q --csv - >out
    { echo "$head"; row 1 'staff <= 200'; } | policy-add -q --csv - >out
    printf '%s\n' 'title: 草案' 'criteria:' '  - if: staff <= 100' '  - if: tag 高企' >draft.yaml
    three() { policy-compare "$@" | cut -f 1-3 | tr '\t' ' '; }
    same "$(three --all)" $'1 2 implied\n1 3 disjoint\n2 3 disjoint'
    same "$(three 1)" $'1 2 implied\n1 3 disjoint'
    same "$(three 3 文〔2026〕1号)" "3 1 disjoint"
    same "$(printf '%s\n' 3 1 | three -)" "3 1 disjoint"
    same "$(three 1@1 1)" "1@1 1 implied"
    same "$(three 1@1 1@2 2)" $'1@1 1@2 implied\n1@1 2 implied\n1@2 2 implied'
    same "$(three draft.yaml)" $'draft.yaml 1 implies\ndraft.yaml 2 implies\ndraft.yaml 3 disjoint'
    same "$(three --where 'staff <= 100' 2)" "- 2 equivalent"
    # what policy-match names it understands too
    enterprise-add -q --code 91320300MA00002690 --name 甲 --staff 250 >out
    same "$(policy-match 1@1 | cut -f 1-3) $(policy-match 1 | wc -l)" $'91320300MA00002690\t甲\tyes 0'
    same "$(policy-match draft.yaml --near | cut -f 3)" ""

    gives 2 "" "policy-compare: 1@3: there is no such version" policy-compare 1@3 2
    gives 2 "" 'policy-compare: unknown policy "9@1"; policy-list --all shows them' policy-compare 9@1 2
    printf 'title: 草案\ncriteria: staf <= 100\n' >bad.yaml
    gives 2 "" 'policy-compare: bad.yaml:2: unknown fact "staf" (did you mean staff?)
    staf <= 100
    ^' policy-compare bad.yaml
    echo 'title: 草案' >none.yaml
    gives 2 "" 'policy-compare: none.yaml:1: it has no criteria' policy-compare none.yaml
    gives 2 "" 'policy-compare: unknown relation "same"; see policy-compare -h' policy-compare --all --only same
}

@test "a question that takes too many looks is given up, and that is said" {
    setup_center
    for tag in 高企 专精特新 科技型中小企业 上市公司 老字号 总部企业 国企 民企 外企; do
        for level in county city province national; do
            list+="${list:+, }tag $tag level = $level"
        done
    done
    gives 0 $'-\t-\tundecided\t-\t-\t从业人员 10人，高新技术企业 无，科技型中小企业 无，专精特新中小企业 无，总部企业 无，老字号 无，上市公司 无，国有企业 无，民营企业 无，外商投资企业 无' \
        "policy-compare: 1 pair not decided within 50000 looks at conditions (--steps)" \
        policy-compare --steps 50000 --where "at least 10 of ($list)" --where "staff > 5"
}

# random COUNT SEED: lines of number, criteria, and the same as SQL.
random() {
    awk -v count="$1" -v seed="$2" '
        function pick(n) { return int(rand() * n) + 1 }
        function condition(    kind, sign, value) {
            kind = pick(5)
            sign = signs[pick(6)]
            if (kind == 1) {
                value = (pick(4) - 1) * 10
                text = "staff " sign " " value
            } else if (kind == 2) {
                value = pick(4)
                text = "size " sign " " sizes[value]
                return sql = "size " sign " " value
            } else if (kind == 3) {
                value = places[pick(4)]
                text = "region in " value
                return sql = "(region LIKE \x27" value "%\x27)"
            } else if (kind == 4) {
                value = sectors[pick(4)]
                text = "industry in " value
                return sql = "(industry = \x27" value "\x27)"
            } else if (pick(2) == 1) {
                text = "tag 专精特新"
                return sql = "tag > 0"
            } else {
                value = pick(4)
                text = "tag 专精特新 level " sign " " levels[value]
                return sql = "(tag > 0 AND tag " sign " " value ")"
            }
            return sql = "staff " sign " " value
        }
        # Leaves the criteria in text and the SQL in sql, which is NULL where the answer is unknown.
        function tree(depth,    kind, n, i, needed, t, s, yes, open) {
            kind = depth ? pick(5) : 5
            if (kind == 5)
                return condition()
            if (kind == 4) {
                tree(depth - 1)
                text = "not (" text ")"
                return sql = "NOT (" sql ")"
            }
            n = 1 + pick(2)
            needed = pick(n)
            for (i = 1; i <= n; i++) {
                tree(depth - 1)
                t = t (i > 1 ? kind == 1 ? " and " : kind == 2 ? " or " : ", " : "") "(" text ")"
                s = s (i > 1 ? kind == 1 ? " AND " : " OR " : "") "(" sql ")"
                yes = yes (i > 1 ? " + " : "") "((" sql ") IS TRUE)"
                open = open (i > 1 ? " + " : "") "((" sql ") IS NOT FALSE)"
            }
            text = kind == 3 ? "at least " needed " of (" t ")" : t
            if (kind == 3)
                return sql = "CASE WHEN " yes " >= " needed " THEN 1 WHEN " open " < " needed " THEN 0 END"
            return sql = "(" s ")"
        }
        BEGIN {
            srand(seed)
            split("= != < <= > >=", signs, " ")
            split("micro small medium large", sizes, " ")
            split("county city province national", levels, " ")
            split("32 3203 320302 3205", places, " ")
            split("C M E J", sectors, " ") # J has no sizes, nor has P
            for (i = 1; i <= count; i++) {
                tree(3)
                print i "\t" text "\t" sql
            }
        }'
}

# Every value that the conditions tell apart; sizes by 工信部联企业〔2011〕300号, in persons and 万元.
world() {
    echo "CREATE TABLE world AS
        SELECT *, CASE industry
            WHEN 'C' THEN min(1 + (staff >= 20) + (staff >= 300) + (staff >= 1000), revenue)
            WHEN 'M' THEN 1 + (staff >= 10) + (staff >= 100) + (staff >= 300)
            WHEN 'E' THEN min(revenue, assets)
            WHEN 'A' THEN revenue END AS size
        FROM (SELECT staff.value AS staff, revenue.value AS revenue, assets.value AS assets,
                tag.value AS tag, region.value AS region, industry.value AS industry
            FROM json_each('[0, 5, 10, 15, 20, 25, 30, 35, 100, 300, 1000]') staff,
                json_each('[1, 2, 3, 4]') revenue, json_each('[1, 4]') assets,
                json_each('[0, 1, 2, 3, 4]') tag,
                json_each('[\"320302\", \"320312\", \"320500\", \"320100\", \"110000\"]') region,
                json_each('[\"C\", \"M\", \"E\", \"J\", \"A\", \"P\"]') industry);"
}

@test "400 random pairs of criteria, as in SQL" {
    setup_center
    seed=${SEED:-$RANDOM}
    echo "SEED=$seed"
    pairs=${QIFU_PAIRS:-400}
    random $((2 * pairs)) "$seed" >random
    awk -F '\t' 'NR % 2 { a = $2; next } { print a "\t" $2 }' random >pairs
    # one relation after another, as the page says
    {
        world
        awk -F '\t' 'NR % 2 { a = $3; next } {
            b = $3
            both = "EXISTS (SELECT 1 FROM world WHERE (" a ") AND (" b "))"
            first = "EXISTS (SELECT 1 FROM world WHERE (" a ") AND (" b ") IS NOT TRUE)"
            second = "EXISTS (SELECT 1 FROM world WHERE (" b ") AND (" a ") IS NOT TRUE)"
            printf "SELECT CASE WHEN NOT first AND NOT second THEN \x27equivalent\x27"
            printf " WHEN NOT both AND NOT (first AND second) THEN \x27never\x27"
            printf " WHEN NOT (first AND second) AND (NOT EXISTS (SELECT 1 FROM world WHERE (%s) IS NOT TRUE)", a
            printf " OR NOT EXISTS (SELECT 1 FROM world WHERE (%s) IS NOT TRUE)) THEN \x27always\x27", b
            printf " WHEN NOT both THEN \x27disjoint\x27 WHEN NOT first THEN \x27implies\x27"
            printf " WHEN NOT second THEN \x27implied\x27 ELSE \x27overlaps\x27 END"
            printf " FROM (SELECT %s AS both, %s AS first, %s AS second);\n", both, first, second
        }' random
    } | sqlite3 world.db >expected
    while IFS=$'\t' read -r a b; do
        policy-compare --where "$a" --where "$b" | cut -f 3
    done <pairs >got
    same "$(paste expected got pairs | awk -F '\t' '$1 != $2' | head -n 3)" ""
    # of each there is something
    [ "$(sort -u expected | wc -l)" -eq 7 ]
}
