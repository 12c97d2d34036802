#!/usr/bin/env bats
# policy-interpret: a published policy has been interpreted.

load lib/base
load lib/policy

@test "a policy is interpreted once" {
    policies
    gives 0 $'a\tinterpreted\tchanged\t甲办法' "" policy-interpret --at '2026-03-08 10:00' a
    gives 0 $'a\tinterpreted\tsame\t甲办法' "" policy-interpret a
    same "$(sql "SELECT interpreted FROM v_policy WHERE code = 'a'")" "2026-03-08T10:00:00+08:00"
}

@test "a wrong command line is refused, with what would be right" {
    policies
    e() { gives 2 "" "policy-interpret: $1; see policy-interpret -h" policy-interpret "${@:2}"; }
    e "name the policies, or a file with --csv"
    e "--at lies in the future" --at 2027-01-01 a
}
