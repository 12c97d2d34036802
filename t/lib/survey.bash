# Loaded after lib and loop by the tests of questionnaires on policies.

# A center with a policy on loans, which is the local-finance bureau's, and one on rents without an organisation.
world() {
    at 2026-03-31T10:00
    center
    for id in loan rent; do
        class=loans org='org: local-finance'
        [ $id = loan ] || class=rents org=
        printf '%s\n' "id: $id" "title: 关于$id的通知" "document: 徐示〔2026〕$id号" "issuer: 示例单位" "level: city" \
            "kind: general" "class: $class" "summary: 摘要" "interpreter: 王某" "phone: '83730000'" \
            "issued: 2026-01-05" ${org:+"$org"} >$id.yaml
    done
    quiet policy-add loan.yaml rent.yaml
}

# complaints COUNT DAY ORG [TEXT]: answers with a score of 1.
complaints() {
    seq "$1" | sed "s/.*/&,loan,$3,1,$4,$2/" | sed '1i 编号,政策,部门,评分,意见,时间' |
        survey-add -q --csv - --source "$3$2" >answers
}
