#!/usr/bin/env bats
# association-show: the column of an association.

load lib/base
load lib/loop

@test "policies, drafts, requests of its own and of its members, entries" {
    at 2026-03-02T10:00
    center
    enterprise-add -q --accept-code x --code 91320300MA00000001 --name 甲公司 >out
    enterprise-add -q --accept-code x --code 91320300MA00000002 --name 乙公司 >out
    quiet association-add --code a1 --name 甲协会 --classes jobs --members 91320300MA00000001
    quiet association-add --code a2 --name 乙协会 --classes loans
    printf '%s\n' 'id: p1' 'title: 政策一' 'document: 甲1号' 'issuer: 税务局' 'level: city' 'kind: general' 'class: jobs' \
        'summary: x' 'interpreter: 张三' "phone: '1'" 'issued: 2026-02-02' >p1.yaml
    quiet policy-add p1.yaml
    quiet policy-push --only associations
    echo 第一条 >draft
    for draft in 一:05 二:03 三:04; do
        consult-open -q --title ${draft%:*} --draft draft --from tax --until 2026-03-${draft#*:} --association a1 >>out
    done
    consult-answer -q --by a1 --text 好 1 >out
    ticket-new -q --title 会员电13812345678 --uscc 91320300MA00000001 >out
    ticket-new -q --title 别人 --uscc 91320300MA00000002 >out
    ticket-new -q --title 保密 --uscc 91320300MA00000001 --confidential >out
    ticket-new -q --title 协会的 --enterprise 甲协会 >out
    quiet register-add --field 对象=甲协会 --field 干部=王五 --field 单位=tax --field 商协会=甲协会 --field 日期=2026-03-01 assignments
    at 2026-03-04T10:00
    association-show a1 | cut -f 2-4,7 >shown
    diff shown - <<'END'
deliveries	p1	政策一	-
drafts	1	一	answered
drafts	2	二	over
drafts	3	三	open
own	7	协会的	received
members	4	会员电138****5678	received
entries	1	assignments:tax/甲协会/2026-03-01	active
END
    association-show -F html 甲协会 | grep -q 会员诉求
    # a need goes to who drafts, and comes back with the reason
    quiet register-add --by a1 --field 编号=1 --field 协会=甲协会 --field 需求=出口退税提速 --field 制定部门=市税务局 needs
    quiet register-act --by 市税务局 --text '未采纳，请联系13812345678' needs decline 2
    association-show a1 | grep needs | cut -f 2-4,6- >shown
    diff shown - <<'END'
entries	2	needs:1	-	declined	未采纳，请联系138****5678
END
    gives 2 "" "register-act: 2: adopt: only who answers for it, or the center may" register-act --by a1 --text x needs adopt 2
    gives 1 "" "" association-show a2
    gives 2 "" 'association-show: unknown association "a3"' association-show a3
}
