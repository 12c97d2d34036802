#!/usr/bin/env bats
# policy-pin: policies stand above the others, or no more.

load lib/base
load lib/policy

@test "pinned and unpinned, twice is nothing" {
    policies
    gives 0 $'a\tpinned\tchanged\t甲办法\nb\tpinned\tchanged\t乙办法' "" policy-pin a b
    gives 0 $'a\tpinned\tsame\t甲办法' "" policy-pin a
    same "$(state a)" "published|1|0"
    gives 0 $'a\tunpinned\tchanged\t甲办法' "" policy-pin --unpin a
    gives 0 $'a\tunpinned\tsame\t甲办法' "" policy-pin --unpin a
    same "$(logged pinned) $(logged unpinned)" "2 1"
    gives 0 '编号  事项      结果    标题
b     取消置顶  已更新  乙办法' "" policy-pin --unpin -F table b
    gives 0 "" "" center-check
}

@test "a bad one is reported, the others are done; -n does nothing" {
    policies
    gives 2 $'a\tpinned\tchanged\t甲办法\nb\tpinned\tchanged\t乙办法' \
        'policy-pin: unknown policy "x"; policy-list --all shows them' policy-pin a x b
    before=$(sql .dump | sha256sum)
    gives 0 $'a\tunpinned\tchanged\t甲办法' "" policy-pin -n --unpin a
    gives 0 $'a\tviewed\tadded\t甲办法' "" policy-record -n --type viewed a
    same "$(sql .dump | sha256sum)" "$before"
    sh_run 'policy-list --all | policy-pin --unpin - | cut -f 1,3 | tr "\t" " " | sort'
    same "$status:$output:$stderr" $'0:a changed\nb changed\nd same:'
}

@test "policies are pinned from a table" {
    policies
    printf '编号\na\nb\n' >p.csv
    gives 0 $'a\tpinned\tchanged\t甲办法\nb\tpinned\tchanged\t乙办法' "" policy-pin --csv p.csv
    gives 0 $'a\tunpinned\tchanged\t甲办法\nb\tunpinned\tchanged\t乙办法' "" policy-pin --unpin --csv p.csv
    printf 'id,type\na,viewed\n' >p.csv
    gives 2 "" 'policy-pin: p.csv:2: unknown type "viewed" (did you mean pinned?)
policy-pin: 1 bad row: nothing was done; --rejects FILE does the rest' policy-pin --csv p.csv
}

@test "a wrong command line is refused, with what would be right" {
    policies
    e() { gives 2 "" "policy-pin: $1; see policy-pin -h" policy-pin "${@:2}"; }
    e "name the policies, or a file with --csv"
    e "--at lies in the future" --at 2027-01-01 a
}
