#!/usr/bin/env bats
# policy-withdraw: a policy ends before its time, for a reason.

load lib/base
load lib/policy

@test "a policy is withdrawn with a reason" {
    policies
    policy-pin -q a >out
    gives 0 $'a\twithdrawn\tchanged\t甲办法' "" policy-withdraw --reason 上级文件废止 a
    gives 0 $'a\twithdrawn\tsame\t甲办法' "" policy-withdraw --reason 再次 a
    same "$(state a)" "withdrawn|0|0"
    same "$(sql "SELECT ended_reason FROM policy WHERE code = 'a'")" 上级文件废止
    gives 2 "" "policy-pin: a: pin: it is withdrawn (已撤下); now: 浏览 评价 申报 未通过 兑现" policy-pin a
    gives 2 "" "policy-publish: a: publish: it is withdrawn (已撤下); now: 浏览 评价 申报 未通过 兑现" \
        policy-publish a
    # the same file again does not bring it back, a new version does
    gives 0 $'a\t1\tsame\t甲办法\nb\t1\tsame\t乙办法' "" policy-add --csv p.csv
    sed -i 's/,x,/,y,/' p.csv
    gives 0 $'a\t2\tchanged\t甲办法\nb\t2\tchanged\t乙办法' "" policy-add --csv p.csv
    same "$(state a)$(sql "SELECT ended_at, ended_reason FROM policy WHERE code = 'a'")" "published|0|0|"
    gives 0 "" "" center-check
}

@test "a wrong command line is refused, with what would be right" {
    policies
    e() { gives 2 "" "policy-withdraw: $1; see policy-withdraw -h" policy-withdraw "${@:2}"; }
    e "name the policies, or a file with --csv"
    e "--at lies in the future" --reason x --at 2027-01-01 a
    e "withdrawn needs a reason" a
}
