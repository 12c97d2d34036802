#!/usr/bin/env bats
# policy-publish: a draft is published once nothing is missing.

load lib/base
load lib/policy

@test "a draft is published once nothing is missing" {
    policies
    gives 2 "" "policy-publish: d lacks summary (摘要)" policy-publish d
    same "$(state d)" "draft|0|0"
    gives 2 "" "policy-record: d is a draft: nobody has seen it" policy-record --type viewed d
    gives 2 "" "policy-interpret: d is draft: only a published policy is interpreted" policy-interpret d
    sed -i 's/,jobs,,/,jobs,现在有了,/' d.csv
    policy-add -q --draft --csv d.csv >out
    gives 0 $'d\tpublished\tchanged\t乙办法' "" policy-publish --at 2026-03-09T08:00 d
    gives 0 $'d\tpublished\tsame\t乙办法' "" policy-publish d
    same "$(sql "SELECT published FROM v_policy WHERE code = 'd'")" "2026-03-09T08:00:00+08:00"
}

@test "a wrong command line is refused, with what would be right" {
    policies
    e() { gives 2 "" "policy-publish: $1; see policy-publish -h" policy-publish "${@:2}"; }
    e "name the policies, or a file with --csv"
    e "--at lies in the future" --at 2027-01-01 a
}
