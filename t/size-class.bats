#!/usr/bin/env bats
# The size classes of 中小企业划型标准规定 (工信部联企业〔2011〕300号), sector by sector, from the
# published numbers: an enterprise comes in by enterprise-add, its class out of enterprise-list.

load lib/base

# The standard's fourth article. Of each sector: an industry in it, then its measures, each with
# the numbers at which small, medium and large begin; money in 万元.
standard() {
    cat <<'END'
农、林、牧、渔业 A revenue 50 500 20000
工业 C staff 20 300 1000 revenue 300 2000 40000
建筑业 E revenue 300 6000 80000 assets 300 5000 80000
批发业 51 staff 5 20 200 revenue 1000 5000 40000
零售业 52 staff 10 50 300 revenue 100 500 20000
交通运输业 54 staff 20 300 1000 revenue 200 3000 30000
仓储业 594 staff 20 100 200 revenue 100 1000 30000
邮政业 60 staff 20 300 1000 revenue 100 2000 30000
住宿业 61 staff 10 100 300 revenue 100 2000 10000
餐饮业 62 staff 10 100 300 revenue 100 2000 10000
信息传输业 63 staff 10 100 2000 revenue 100 1000 100000
软件和信息技术服务业 65 staff 10 100 300 revenue 50 1000 10000
房地产开发经营 701 revenue 100 1000 200000 assets 2000 5000 10000
物业管理 702 staff 100 300 1000 revenue 500 1000 5000
租赁和商务服务业 L staff 10 100 300 assets 100 8000 120000
其他未列明行业 M staff 10 100 300
END
}

# Reads lines INDUSTRY STAFF REVENUE ASSETS EXPECTED (yuan, - is not known), and compares the class
# of each: micro, small, medium, large, - (not known).
judge() {
    awk 'BEGIN { OFS = ","; print "code,name,industry,staff,revenue,assets" }
        { for (i = 1; i <= 4; i++) if ($i == "-") $i = ""
          printf "91320300MA%07dX,", NR
          print $1 " " $2 " " $3 " " $4 " " $5, $1, $2, $3, $4 }' >vectors.csv
    enterprise-add -q --accept-code test --csv vectors.csv >added
    [ -s added ]
    enterprise-list | awk -F '\t' '{ n = split($2, given, " ")
        if (given[n] != $5) print "of " $2 ": got " $5 }' >wrong
    same "$(cat wrong)" ""
    same "$(enterprise-list | wc -l)" "$(wc -l <added)"
}

@test "every threshold of every sector: the last number below it, and the number itself" {
    center
    standard | awk '{
        split("micro small medium large", class, " ")
        for (field = 3; field < NF; field += 4)
            for (i = 1; i <= 3; i++)
                for (below = 1; below >= 0; below--) {
                    value["staff"] = value["revenue"] = value["assets"] = "99999999999"
                    value["staff"] = 999999
                    unit = $field == "staff" ? 1 : 10000
                    value[$field] = sprintf("%.0f", $(field + i) * unit - below)
                    print $2, value["staff"], value["revenue"], value["assets"], class[i + 1 - below]
                }
    }' >lines
    same "$(wc -l <lines)" $((14 * 12 + 2 * 6))
    judge <lines
}

@test "the lower class of two measures holds" {
    center
    judge <<'END'
C 1000 400000000 - large
C 1000 399999999 - medium
C 999 400000000 - medium
C 300 19999999 - small
C 299 9000000000 - small
C 19 9000000000 - micro
C 5000 2999999 - micro
C 20 3000000 - small
51 5 10000000 - small
51 4 10000000 - micro
51 200 49999999 - small
E 1 800000000 800000000 large
E 9999 800000000 799999999 medium
E 9999 2999999 800000000 micro
701 1 2000000000 99999999 medium
701 1 2000000000 19999999 micro
L 300 1 1200000000 large
L 300 1 999999 micro
M 300 1 1 large
M 9 99999999999 99999999999 micro
A 1 200000000 1 large
A 99999 499999 99999999999 micro
END
}

@test "what the other measure cannot change is known without it" {
    center
    judge <<'END'
C 5 - - micro
C - 2999999 - micro
C - 3000000 - -
C 20 - - -
C 1000 - - -
A 1 - - -
A - 500000 - small
M 100 - - medium
M - 1 1 -
L 9 - - micro
L - 1 - -
E - - 2999999 micro
E 5 - - -
- 5 1 1 -
C - - - -
END
    # A class may still be bounded: staff of 20 in industry is small at most whatever the revenue.
    run --separate-stderr enterprise-list --where 'size <= small'
    same "$(cut -f 2 <<<"$output" | xargs -I @ echo '@;' | tr -d '\n')" \
        "C 5   micro;C  2999999  micro;C  3000000  -;C 20   -;A  500000  small;L 9   micro;E   2999999 micro;"
    run --separate-stderr enterprise-list --where 'not size >= large'
    same "$(cut -f 2 <<<"$output" | grep -c '^C 1000')" 0
    run --separate-stderr enterprise-show -F tsv 91320300MA0000004X
    same "$(grep -P '\tsize\t' <<<"$output")" \
        $'91320300MA0000004X\tfacts\tsize\tmicro..small\t-\t-\tcomputed\t工业：从业人员 20人，营业收入 未知'
}

@test "which sector an industry is in" {
    center
    judge <<'END'
0111 1 4999999 1 small
0511 1 5000000 1 medium
B 300 20000000 1 medium
3311 300 20000000 1 medium
4411 300 20000000 1 medium
4710 1 60000000 50000000 medium
5111 20 50000000 1 medium
5211 50 5000000 1 medium
53 9999 99999999999 99999999999 -
5411 300 30000000 1 medium
5521 300 30000000 1 medium
5611 300 30000000 1 medium
57 300 30000000 1 medium
58 300 30000000 1 medium
5910 300 30000000 1 medium
592 100 10000000 1 medium
5951 100 10000000 1 medium
5990 100 10000000 1 medium
6010 300 20000000 1 medium
6110 100 20000000 1 medium
6210 100 20000000 1 medium
6311 100 10000000 1 medium
6421 100 10000000 1 medium
6513 100 10000000 1 medium
6513 299 999999999 1 medium
6421 300 1000000000 1 medium
66 9999 99999999999 99999999999 -
J 9999 99999999999 99999999999 -
7010 1 10000000 50000000 medium
7020 300 10000000 1 medium
7030 100 1 1 medium
7040 9999 99999999999 99999999999 -
7090 100 1 1 medium
7111 100 1 80000000 medium
7211 100 1 80000000 medium
7310 100 1 1 medium
7711 100 1 1 medium
8010 100 1 1 medium
P 9999 99999999999 99999999999 -
8310 9999 99999999999 99999999999 -
84 9999 99999999999 99999999999 -
8511 100 1 1 medium
Q 9999 99999999999 99999999999 -
8610 100 1 1 medium
R 100 1 1 medium
S 9999 99999999999 99999999999 -
T 9999 99999999999 99999999999 -
59 100 10000000 1 -
70 300 10000000 50000000 -
K 300 10000000 50000000 -
END
}

@test "the class follows the facts of the day" {
    center
    enterprise-add -q --code 91320300MA00002690 --name 甲 --industry C --staff 20 --revenue 300万 --as-of 2025-01-01 >out
    enterprise-add -q --code 91320300MA00002690 --name 甲 --staff 300 --revenue 2000万 --as-of 2026-01-01 >out
    enterprise-add -q --code 91320300MA00002690 --name 甲 --staff 19 --as-of 2027-01-01 >out
    for pair in 2024-12-31:- 2025-01-01:small 2025-12-31:small 2026-01-01:medium 2026-12-31:medium 2027-01-01:micro; do
        run --separate-stderr enterprise-list --as-of "${pair%:*}"
        same "${pair%:*} $(cut -f 5 <<<"$output")" "${pair%:*} ${pair#*:}"
    done
}
