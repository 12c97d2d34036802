#!/usr/bin/env bats
# policy-publish: a draft is published once nothing is missing.

load lib/base
load lib/policy

@test "a draft is published once nothing is missing" {
    policies
    gives 2 "" "policy-publish: d: publish: it lacks summary (摘要)" policy-publish d
    same "$(state d)" "draft|0|0"
    gives 2 "" "policy-record: d: record views: it is draft (草稿); now: 发布 撤下 置顶" policy-record --type viewed d
    gives 2 "" "policy-interpret: d: interpret: it is draft (草稿); now: 发布 撤下 置顶" policy-interpret d
    sed -i 's/,jobs,,/,jobs,现在有了,/' d.csv
    policy-add -q --draft --csv d.csv >out
    gives 0 $'d\tpublished\tchanged\t乙办法' "" policy-publish --at 2026-03-09T08:00 d
    gives 0 $'d\tpublished\tsame\t乙办法' "" policy-publish d
    same "$(sql "SELECT published FROM v_policy WHERE code = 'd'")" "2026-03-09T08:00:00+08:00"
}

@test "by whom and when: --by, --at, and the same in a file" {
    policies
    sed -i 's/,jobs,,/,jobs,现在有了,/' d.csv
    policy-add -q --draft --csv d.csv >out
    gives 2 "" "policy-publish: d: publish: the policy is not that organisation's" policy-publish --by justice d
    gives 2 "" "policy-pin: a: pin: only the center may" policy-pin --by tax a
    gives 2 "" "policy-publish: d: 2026-03-01T00:00:00+08:00 lies before 2026-03-02T00:00:00+08:00, when it was issued" \
        policy-publish --by tax --at 2026-03-01 d
    printf '政策编号,单位,时间\nd,市税务局,2026-03-05\n' >by.csv
    gives 0 $'d\tpublished\tchanged\t乙办法' "" policy-publish --csv by.csv
    same "$(sql "SELECT data ->> 'by', at FROM v_event WHERE type = 'policy-published' ORDER BY id DESC LIMIT 1")" \
        "tax|2026-03-05T00:00:00+08:00"
    gives 0 $'d\twithdrawn\tchanged\t乙办法' "" policy-withdraw --by tax --reason r d
    gives 0 "" "" center-check
}

@test "a wrong command line is refused, with what would be right" {
    policies
    e() { gives 2 "" "policy-publish: $1; see policy-publish -h" policy-publish "${@:2}"; }
    e "name the policies, or a file with --csv"
    e "--at lies in the future" --at 2027-01-01 a
}
