#!/usr/bin/env bats
# The meaning of criteria, executable: a second evaluator, written from qifu-criteria(7)
# (t/lib/model.py), beside policy-match; and z3 beside policy-compare. make check-thorough has more of
# both.

load lib/base

# Of the pythons that there are the one that has z3, where one has.
python=python3
python3 -c 'import z3' 2>/dev/null || ! /usr/bin/python3 -c 'import z3' 2>/dev/null || python=/usr/bin/python3
model() { $python "$TREE/t/lib/model.py" "$@"; }

setup_center() {
    command -v python3 >/dev/null || skip "no python3"
    at 2026-03-02T10:00
    center
}

# The criteria of standard input, one a line, as live policies c0001, c0002 ...
add_policies() {
    awk 'BEGIN { print "id,document,title,issuer,level,kind,class,summary,interpreter,phone,issued,criteria" }
        { printf "c%04d,文〔2026〕%d号,办法%d,市工信局,city,general,jobs,x,张三,1,2026-02-02,\"%s\"\n", NR, NR, NR, $0 }' |
        policy-add -q --csv - >out
}

# Firms of every combination of three facts' values, each of four or unknown, as the model and as
# enterprise-add read them.
make_firms() {
    awk 'BEGIN {
        split("0 10 20 30", staff, " ")
        split("D C B A", grade, " ")
        split("false true \"county\" \"national\"", tag, " ")
        split("!瞪羚企业 瞪羚企业 瞪羚企业(县级) 瞪羚企业(国家级)", cell, " ")
        print "code,name,staff,tax-grade,tags" >"firms.csv"
        for (i = 0; i <= 4; i++) for (j = 0; j <= 4; j++) for (k = 0; k <= 4; k++) {
            code = sprintf("91320300MA%07dX", ++n)
            printf "%s,企业%d,%s,%s,%s\n", code, n, staff[i], grade[j], cell[k] >"firms.csv"
            printf "{\"code\":\"%s\"%s%s%s}\n", code, i ? ",\"staff\":" staff[i] : "",
                j ? ",\"tax-grade\":\"" grade[j] "\"" : "", k ? ",\"瞪羚企业\":" tag[k] : "" >"firms"
        }
    }'
    enterprise-add -q --accept-code 示例 --csv firms.csv >out
}

# All expressions of one, two and three conditions over the facts of the firms, with and without not;
# of each kind one in STEP.
all_expressions() { # STEP
    awk -v step="$1" 'BEGIN {
        n = split("staff >= 20|staff = 10|tax-grade > C|tax-grade in (D, A)|tag 瞪羚企业|tag 瞪羚企业 level >= city", c, "|")
        for (i = 1; i <= n; i++) c[n + i] = "not " c[i]
        n *= 2
        for (i = 1; i <= n; i++) print c[i]
        for (i = 1; i <= n; i++) for (j = i; j <= n; j++) {
            print c[i] " and " c[j]; print c[i] " or " c[j]; print "not (" c[i] " and " c[j] ")"
            for (k = j; k <= n; k++) {
                list = c[i] ", " c[j] ", " c[k]
                some(c[i] " and " c[j] " and " c[k]); some(c[i] " or " c[j] " or " c[k])
                some(c[i] " or " c[j] " and " c[k]); some(c[j] " and (" c[i] " or " c[k] ")")
                some("at least 2 of (" list ")"); some("not at least 2 of (" list ")")
            }
        }
    }
    function some(text) { if (count++ % step == 0) print text }'
}

# Random criteria over all facts that the model knows.
random() { # COUNT SEED
    awk -v count="$1" -v seed="$2" '
    function one_of(list,    words, n) { n = split(list, words, "|"); return words[int(rand() * n) + 1] }
    function condition(    kind) {
        kind = int(rand() * 8)
        if (kind == 0) return "staff " one_of("=|!=|<|<=|>|>=") " " one_of("0|10|100|300")
        if (kind == 1) return "revenue " one_of("<|<=|>|>=") " " one_of("100万|2千万|1亿")
        if (kind == 2) return "revenue between " one_of("0|100万") " and " one_of("100万|2000万")
        if (kind == 3) return "founded " one_of("before 2020-01-01|since 2023-03-02|within 3 years|until 2023-03-02")
        if (kind == 4) return "tax-grade " one_of("= M|!= D|>= B|< M|in (A, B)|not in (D, C)")
        if (kind == 5) return "region " one_of("in 32|in 3203|not in 3203|in (320302, 320303)|in 3205|= 320302")
        if (kind == 6) return "industry " one_of("in C|not in C|in (C, I)|= I|!= J")
        return "tag " one_of("瞪羚企业|独角兽企业") one_of("||| level >= city| level = province| level != county| level < national")
    }
    function tree(depth,    kind, n, i, text) {
        kind = depth ? int(rand() * 6) : 5
        if (kind >= 4) return condition()
        if (kind == 3) return "not (" tree(depth - 1) ")"
        n = 2 + int(rand() * 2)
        for (i = 1; i <= n; i++)
            text = text (i > 1 ? kind == 0 ? " and " : kind == 1 ? " or " : ", " : "") "(" tree(depth - 1) ")"
        return kind == 2 ? "at least " 1 + int(rand() * n) " of (" text ")" : text
    }
    BEGIN { srand(seed); for (i = 1; i <= count; i++) print tree(3) }'
}

@test "every expression of up to three conditions over three facts with four values and unknown" {
    setup_center
    step=20
    [ -z "${QIFU_THOROUGH-}" ] || step=1
    all_expressions $step >criteria
    add_policies <criteria
    make_firms
    policy-match --all | awk -F '\t' -v OFS='\t' '{ print substr($1, 2) + 0, $2, $3 }' | sort >got
    model answers criteria firms | sort >expected
    cmp -s got expected || diff got expected | head -n 5 >&2
    cmp got expected
    [ "$(cut -f 3 got | sort | uniq -c | awk '$1 > 1000' | wc -l)" -eq 2 ]
}

@test "random criteria" {
    setup_center
    seed=${SEED:-$RANDOM}
    echo "SEED=$seed"
    random "${QIFU_CRITERIA:-500}" "$seed" >criteria
    add_policies <criteria
    make_firms
    policy-match --all | awk -F '\t' -v OFS='\t' '{ print substr($1, 2) + 0, $2, $3 }' | sort >got
    model answers criteria firms | sort >expected
    cmp -s got expected || diff got expected | head -n 5 >&2
    cmp got expected
}

@test "pairs of random criteria stand to each other as z3 says" {
    setup_center
    $python -c 'import z3' 2>/dev/null || skip "no python3-z3 (make deps-thorough)"
    seed=${SEED:-$RANDOM}
    echo "SEED=$seed"
    count=21 # 210 pairs
    [ -z "${QIFU_THOROUGH-}" ] || count=143 # 10,153
    random $count "$seed" >criteria
    add_policies <criteria
    policy-compare --all | cut -f 1-3 >got
    model solve criteria >expected
    cmp -s got expected || diff got expected | head -n 5 >&2
    cmp got expected
}
