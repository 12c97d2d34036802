# The center that t/lib/tamperings is about, whose events and records it names by their numbers: one that
# full_center once was, and that does not grow with it.

numbered_center() {
    local firm=91320300MA00002690 other=91110108551385082Q i
    at 2026-03-02T09:00
    center
    {
        org-add --code c1 --name 甲局 --short 甲 --group utility --contact 欧阳锋 --phone 13905161234
        address-add --org tax --address desk@tax.example --person 欧阳锋 --wants redo
        enterprise-add --code $firm --name 甲公司 --staff 30 --tag 高新技术企业 --contact 欧阳锋 --phone 0516-1
        printf '代码,名称,备注\n%s,乙公司,找欧阳锋\n' $other | enterprise-add -q --csv -
        association-add --code a1 --name 甲协会 --members $firm,$other --classes rights
        liaison-add --name 欧阳锋 --org tax --phone 13905161234 --enterprise $firm
        sed 's/^valid_to: .*/valid_to: 2029-12-31/' "$TREE/share/demo/policies/arrears-2020.yaml" >arrears.yaml
        policy-add arrears.yaml
        policy-record --type viewed --count 9 arrears-2020
        policy-record --type feedback --score 5 --text 欧阳锋说好 arrears-2020
        policy-push arrears-2020
        policy-source --looked gov-cn
        printf '编号,类型,部门,评分,意见\n1,loans,tax,1,欧阳锋说慢\n2,loans,tax,5,好\n' | survey-add --source x --csv -
        echo 第一条 >draft
        consult-open --title 办法 --draft draft --from tax --until 2026-03-13 --to justice
        consult-answer --by justice --text 欧阳锋建议删去 办法
        consult-decide --adopt --reason 欧阳锋说得对 1
        for i in 1 2 3 4; do
            ticket-new --kind 投诉 --title "第${i}件" --body "欧阳锋说 $i" --contact 欧阳锋 --phone 13905161234
        done
        ticket-route --to tax --assist finance 3 4
        ticket-route --to commerce 5
        ticket-correct --phone 13905161234 --contact 李四 --reason 欧阳锋来电 3
        ticket-extend --days 1 --reason 等欧阳锋 4
        ticket-extend --approve 4
        ticket-suspend --reason 等待上级批复 --basis 办法 4
        ticket-suspend --approve 4
        ticket-confer --reason 职责交叉 5
        ticket-confer --lead tax --basis 纪要1号 --words 占道 5
        ticket-confer --reason 再议 5
        ticket-confer --lead finance --basis 纪要2号 --once 5
        ruling-retire --reason 职责调整 1
    } >out 2>&1
    at 2026-03-20T09:00
    {
        escalate
        supervision-reply --text 已向欧阳锋说明 3
        supervision-order --to commerce --reason 久拖不决 --document 督办函 3
        accountability-record --person 欧阳锋 --post 科长 --liability 直接责任 1
        accountability-record --handed-to 欧阳锋处 1
        ticket-answer --text 已答复欧阳锋 --without 不需要 --at 2026-03-10T09:00 3
        ticket-rate --score 1 3
        ticket-follow --outcome redo --reason r 3
        ticket-appeal --by tax --figure on-time --reason 欧阳锋未到 --basis 办法 3
        ticket-appeal --refuse --reason 不成立 3
        survey-supervise
        register-add --field 编号=1 --field 问题=欧阳锋反映路灯不亮 --field 责任单位=住建局 problems
        register-act --text 欧阳锋已知悉 --field 整改措施=换灯 problems report 1
        kb-add --code a --title 退税 --text 三日内退。 --org 市税务局 --until 2026-12-31 --policy arrears-2020
        ballot-add --wave 2020-H1 --voter 甲 --unit tax --score 5 --at 2020-05-10
        seq 150 | sed 's/.*/&,第&件,12345,2026-03-20 08:00/; 1i 编号,标题,渠道,受理时间' | ticket-new -q --csv -
        log-key test.example/log log.key >log.pub
    } >>out 2>&1
    at 2026-03-21T09:00
    {
        notice-send # a Saturday: what is to be told waits
    } >>out 2>&1
    at 2026-04-20T09:00
    {
        log-head --key log.key >log.head
        record-erase --law 法 --reason 申请 --field body 2
        member-add --org center --role administrator --role operator --role approver "$(id -un)"
    } >>out 2>&1
}
