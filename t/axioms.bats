#!/usr/bin/env bats
# How facts hang together: the axioms of profile.yaml (qifu-config(5)), in matching and in what
# criteria mean.

load lib/base

# axioms: standard input is the list of axioms of a configuration of our own.
axioms() {
    rm -rf own && cp -r "$TREE/share" own
    export QIFU_CONFIG=$T/own
    sed -i '/^axioms:/,$d' own/profile.yaml
    { echo axioms: && cat; } >>own/profile.yaml
    at 2026-03-02T10:00
    center
}

firm() { enterprise-add -q --code 91320300MA00002690 --name 甲 "$@" >out; }
# answers ANSWER EXPR: what policy-match says of the only firm, and enterprise-list of who meets it.
answers() {
    local list=1
    [ "$1" = yes ] || list=0
    same "$2: $(policy-match --where "$2" | cut -f 3)" "$2: ${1#no}" || return 1
    same "$2: $(enterprise-list --where "$2" | wc -l)" "$2: $list"
}

@test "what follows from an axiom is known, forwards and backwards" {
    axioms <<'END'
  - {if: tag 瞪羚企业 level >= province, then: tag 民营企业 and staff >= 20}
  - {if: tag 民营企业, then: not tag 国有企业}
  - {if: "at least 2 of (tag 独角兽企业, staff > 500)", then: revenue >= 1亿 or assets >= 2亿}
END
    firm --tag '瞪羚企业(省级)'
    answers yes 'tag 民营企业'
    answers no 'tag 国有企业'
    answers yes 'staff >= 20'
    answers no 'staff < 10'
    answers unknown 'staff >= 30'
    answers unknown 'tag 独角兽企业'
    # what follows is shown
    same "$(policy-match --explain --enterprise 甲 --where 'staff >= 30 and tag 国有企业' | cut -f 4,5,7,8)" \
        $'no\tall of\t-\t-\nunknown\tstaff >= 30\t≥ 20人\t-\nno\ttag 国有企业\t无\t-'
    # backwards, and inside: the last member of an or
    firm --staff 600 --tag 独角兽企业 --revenue 5000万
    answers yes 'assets >= 2亿'
    answers yes 'at least 1 of (assets > 1亿, profit > 0)'
}

@test "backwards: who has not what follows does not meet it" {
    axioms <<'END'
  - {if: tag 瞪羚企业, then: staff >= 20}
  - {if: tag 独角兽企业, then: tag 瞪羚企业 level >= city}
END
    firm --staff 10
    answers no 'tag 瞪羚企业'
    answers no 'tag 独角兽企业'
    answers yes 'not tag 独角兽企业'
    answers unknown 'tag 国有企业'
}

@test "what was entered stays, and so does what a complete register says" {
    axioms <<'END'
  - {if: tag 专精特新小巨人企业, then: tag 专精特新中小企业}
  - {if: tag 规模以上工业企业, then: revenue >= 2000万}
END
    firm --tag '小巨人(国家级)' --tag 规上 --revenue 1500万
    answers no 'tag 专精特新中小企业'
    answers no 'revenue >= 2000万'
    answers yes 'tag 规上'
}

@test "the size follows from what follows" {
    axioms <<'END'
  - {if: tag 瞪羚企业, then: industry in C and staff >= 1000 and revenue >= 4亿}
  - {if: tag 独角兽企业, then: size <= small}
END
    firm --tag 瞪羚企业
    answers yes 'size = large'
    enterprise-add -q --code 91320300MA00002702 --accept-code 示例 --name 乙 --tag 独角兽企业 >out
    same "$(policy-match --where 'size <= medium' | cut -f 2,3)" $'乙\tyes'
    same "$(policy-match --where 'size <= micro' | cut -f 2,3)" $'乙\tunknown'
}

@test "many at once and one alone: the same answers" {
    axioms <<'END'
  - {if: tag 瞪羚企业, then: tag 民营企业 and staff >= 20}
  - {if: tag 民营企业, then: not tag 国有企业}
  - {if: revenue > 1亿, then: assets > 1000万}
END
    # 200 firms, of which some things are known
    awk 'BEGIN {
        srand(1)
        print "code,name,staff,revenue,tags"
        for (i = 1; i <= 200; i++)
            printf "91320300MA%07dX,企业%d,%s,%s,%s\n", i, i, rand() < 0.3 ? int(rand() * 40) : "",
                rand() < 0.5 ? int(rand() * 20000) "万" : "", rand() < 0.3 ? "瞪羚企业" : rand() < 0.5 ? "国有企业" : ""
    }' >firms.csv
    enterprise-add -q --accept-code 示例 --csv firms.csv >out
    expression='at least 2 of (staff >= 15, tag 民营企业, assets > 500万, not tag 国有企业)'
    policy-match --where "$expression" | cut -f 1-4 | sort >all
    cut -d , -f 1 firms.csv | sed 1d | while read -r code; do echo --enterprise "$code"; done |
        xargs policy-match --where "$expression" | awk -F '\t' -v OFS='\t' '{ print $9, $3, $4 }' | sort >one
    cut -f 1,3,4 all | diff - one
    [ "$(cut -f 3 all | sort | uniq -c | awk '$1 > 20' | wc -l)" -eq 2 ]
}

@test "what criteria mean beside each other" {
    axioms <<'END'
  - {if: tag 专精特新小巨人企业, then: tag 专精特新中小企业}
  - {if: tag 规模以上工业企业, then: "industry in (B, C, D) and revenue >= 2000万"}
END
    stands() { same "$2 | $3: $(policy-compare --where "$2" --where "$3" | cut -f 3)" "$2 | $3: $1"; }
    stands implies 'tag 小巨人' 'tag 专精特新'
    stands disjoint 'tag 小巨人' 'not tag 专精特新'
    stands implies 'tag 规上 and staff >= 20' 'size >= small'
    stands overlaps 'tag 规上' 'size >= small'
    stands never 'tag 规上 and industry in F' 'staff > 1'
    stands equivalent 'tag 规上 and tag 小巨人 and tag 专精特新' 'tag 规上 and revenue > 1000万 and tag 小巨人'
    stands overlaps 'tag 高企' 'tag 专精特新'
}

@test "faults of axioms have their lines" {
    run --separate-stderr axioms <<'END'
  - {if: tag 瞪羚, then: tag 民营企业, why: x}
  - {then: tag 民营企业}
END
    lines=$(wc -l <own/profile.yaml)
    same "$stderr" "center-init: $T/own/profile.yaml:$((lines - 1)): unknown key \"why\" (if, then or basis)
center-init: $T/own/profile.yaml:$lines: \"if\" is missing"
    run --separate-stderr axioms <<'END'
  - {if: tag 瞪羚企业, then: staf >= 20}
END
    same "$stderr" "center-init: $T/own/profile.yaml:$(wc -l <own/profile.yaml): then: unknown fact \"staf\" (did you mean staff?)"
}
