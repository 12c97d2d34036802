#!/usr/bin/env bats
# enterprise-show: what is known, since when, until when, and what the size follows from.

load lib/base

A=91320300MA00002690
B=91350100M000100Y43

# An enterprise with a past.
one() {
    at 2026-03-02T10:00
    center
    enterprise-add -q --code $A --name 甲公司 --region 鼓楼区 --industry C33 --staff 20 --fact 研发费用=30万 \
        --contact 张三丰 --phone 0516-83701234 --as-of 2024-06-01 --tag '高企(国家级,2023-11-06至2026-11-05)' \
        --tag '瞪羚(2024-01-01至2024-12-31)' --tag '!失信' >out
    enterprise-add -q --code $A --staff 25 >out
    enterprise-add -q --code $A --staff 400 --as-of 2027-01-01 --tag '老字号(市级)' >out
}

@test "what holds today is shown, personal data masked" {
    one
    gives 0 "$A	fields	name	甲公司	-	-	-	-
$A	fields	contact	张**	-	-	-	-
$A	fields	phone	0516-****1234	-	-	-	-
$A	facts	region	320302	2024-06-01	-	present	-
$A	facts	industry	33	2024-06-01	-	present	-
$A	facts	staff	25	2026-03-02	-	present	-
$A	facts	rd-spending	300000	2024-06-01	-	present	-
$A	facts	size	micro..small	-	-	computed	工业：从业人员 25人，营业收入 未知
$A	tags	高新技术企业	national	2023-11-06	2026-11-05	present	-
$A	tags	瞪羚企业	yes	2024-01-01	2024-12-31	expired	-
$A	tags	失信被执行人	no	2024-06-01	-	present	-" "" enterprise-show $A
}

@test "as of another day, and the whole history" {
    one
    run --separate-stderr enterprise-show --as-of 2024-07-01 $A
    same "$(grep -cP '\tstaff\t20\t2024-06-01\t-\tpresent' <<<"$output")" 1
    same "$(grep -P '\t瞪羚企业\t' <<<"$output" | cut -f 7)" present
    run --separate-stderr enterprise-show --as-of 2020-01-01 $A
    same "$(cut -f 3 <<<"$output" | xargs)" "name contact phone"
    run --separate-stderr enterprise-show --as-of 2027-01-01 $A
    same "$(grep -P '\t(高新技术企业|老字号)\t' <<<"$output" | cut -f 3,4,7)" $'高新技术企业\tnational\texpired\n老字号\tcity\tpresent'
    run --separate-stderr enterprise-show --history $A
    same "$(grep -P '\tstaff\t' <<<"$output" | cut -f 4,5,7)" $'20\t2024-06-01\tpast\n25\t2026-03-02\tpresent\n400\t2027-01-01\tfuture'
    same "$(grep -P '\t老字号\t' <<<"$output" | cut -f 4,5,7)" $'city\t2027-01-01\tfuture'
}

@test "a share too large for its sign is shown as a number, not as a hundredth of itself" {
    at 2026-03-02T10:00
    center
    enterprise-add -q --code $A --name 甲公司 --fact rd-share=8999999999900% >out
    enterprise-add -q --code $B --name 乙公司 --fact rd-share=9000000000000% >out
    run --separate-stderr enterprise-show -F table $A $B
    same "$(grep -o '研发费用占比 *[^ ]*' <<<"$output" | tr -s ' ')" $'研发费用占比 8999999999900%\n研发费用占比 900亿'
}

@test "a table speaks the office's words" {
    one
    run --separate-stderr enterprise-show -F table 甲公司
    same "$status$stderr" 0
    same "${lines[0]}" "统一社会信用代码    类别  项目          内容           自          至          状态    依据"
    same "$(grep -E '从业人员 ' <<<"$output" | head -n 1)" \
        "$A  指标  从业人员      25人           2026-03-02  -           有效    -"
    same "$(grep -E ' 瞪羚' <<<"$output")" \
        "$A  标签  瞪羚企业      有             2024-01-01  2024-12-31  已过期  -"
    [[ $output == *'320302 鼓楼区'* && $output == *'33 金属制品业'* && $output == *'微型至小型'* ]]
}

@test "JSON: one object a line" {
    one
    enterprise-add -q --code $B --name 乙 >out
    run --separate-stderr enterprise-show -F json $A $B
    same "$status$stderr" 0
    same "${lines[1]}" '{"code":"'$B'","name":"乙"}'
    same "$(jq -c '[.name, .contact, .facts[2], .facts[-1], .tags[1]]' <<<"${lines[0]}")" \
        '["甲公司","张**",{"item":"staff","value":25,"from":"2026-03-02","state":"present"},{"item":"size","value":"micro..small","state":"computed","basis":"工业：从业人员 25人，营业收入 未知"},{"item":"瞪羚企业","value":"yes","from":"2024-01-01","until":"2024-12-31","state":"expired"}]'
}

@test "personal data are masked, unless the log notes it" {
    one
    printf 'code,法人手机,备注\n%s,13812345678,x\n' $A >e.csv
    enterprise-add -q --csv e.csv >out
    run --separate-stderr enterprise-show $A
    [[ $output != *张三丰* && $output != *83701234* && $output != *13812345678* ]]
    run --separate-stderr enterprise-show -F json $A
    same "$(jq -r '.extra["法人手机"]' <<<"$output")" '138****5678'
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'unmasked'")" 0
    run --separate-stderr enterprise-show --unmask $A
    [[ $output == *张三丰* && $output == *0516-83701234* && $output == *13812345678* ]]
    same "$(sql "SELECT ticket_id IS NULL, data FROM v_event WHERE type = 'unmasked'")" \
        '1|{"program":"enterprise-show","enterprise":"'$A'"}'
    gives 0 "" "" center-check
}

@test "associations, liaisons and policies of the enterprise are shown" {
    one
    sql "INSERT INTO org (code, name, peer_group) VALUES ('a1', '徐州市机械商会', 'association');
         INSERT INTO association SELECT id FROM org WHERE code = 'a1';
         INSERT INTO association_member SELECT org_id, 1 FROM association;
         INSERT INTO liaison (name, org_id) SELECT '李四', id FROM org WHERE code = 'tax';
         INSERT INTO liaison_enterprise VALUES (1, 1, 1772416800);
         INSERT INTO policy (code, version, state, title, collected_at) VALUES ('p1', 1, 'published', '政策一', 0);
         INSERT INTO push (policy_id, enterprise_id, at) VALUES (1, 1, 1772420400)"
    run --separate-stderr enterprise-show $A
    same "$(tail -n 4 <<<"$output")" "$A	associations	a1	徐州市机械商会	-	-	-	-
$A	liaisons	1	李四（国家税务总局徐州市税务局）	2026-03-02	-	-	-
$A	policies	p1	政策一	2026-03-02	-	-	-
$A	contacts	push	-	2026-03-02	-	-	-"
    run --separate-stderr enterprise-show -F json $A
    same "$(jq -c '[.associations, .policies]' <<<"$output")" \
        '[[{"item":"a1","value":"徐州市机械商会"}],[{"item":"p1","value":"政策一","from":"2026-03-02"}]]'
}

@test "a name of 18 bytes is a name" {
    center
    enterprise-add -q --code $A --name 徐州甲机械厂 >out
    run --separate-stderr enterprise-show 徐州甲机械厂
    same "$status $output" "0 $A	fields	name	徐州甲机械厂	-	-	-	-"
}

@test "from standard input, and what there is not" {
    one
    sh_run "printf '$A\tx\n\nnobody\n甲公司\n' | enterprise-show - | grep -c name"
    same "$status $output $stderr" '2 2 enterprise-show: unknown enterprise "nobody"; enterprise-list --text finds one by a part of its name or code'
    gives 2 "" 'enterprise-show: unknown enterprise "'$B'"; enterprise-list --text finds one by a part of its name or code' enterprise-show $B
    gives 2 "" "enterprise-show: name the enterprises to show; see enterprise-show -h" enterprise-show
}

@test "one firm, one file: its requests, grants, entries and contacts" {
    one
    enterprise-add -q --accept-code x --code $B --name 乙公司 >out
    ticket-new -q --title 甲的问题 --uscc $A >out
    ticket-new -q --title 乙的问题 --uscc $B --enterprise 甲公司 >out
    ticket-new -q --title 按名称 --enterprise 甲公司 >out
    ticket-new -q --title 保密 --uscc $A --confidential >out
    ticket-route -q --to tax 1 >out
    ticket-answer -q --text 好 1 >out
    ticket-rate -q --score 4 1 >out
    printf '%s\n' 'id: p1' 'title: 政策一' 'document: 甲1号' 'issuer: 税务局' 'level: city' 'kind: general' 'class: jobs' \
        'summary: x' 'interpreter: 张三' "phone: '1'" 'issued: 2026-02-02' >p1.yaml
    policy-add -q p1.yaml >out
    policy-record -q --type granted --enterprise $A --amount 1.5万元 p1 >out
    register-add -q --field 日期=2026-03-01 --field 单位=tax --field 企业=$A --field 方式=door visits >out
    register-add -q --field 日期=2025-11-01 --field 检查单位=tax --field 企业=甲公司 --field 事项=抽查 --field 检查类型=random inspections >out
    enterprise-show $A | awk -F '\t' '$2 ~ /requests|grants|entries|contacts/' | cut -f 2- >shown
    diff shown - <<END
requests	1	甲的问题	2026-03-02	2026-03-02	closed	满意
requests	3	按名称	2026-03-02	-	received	-
grants	p1	15000	2026-03-02	-	-	政策一
entries	2	inspections:2025-11-01/tax/$A/抽查	2026-03-02	-	done	-
entries	1	visits:2026-03-01/tax/$A	2026-03-02	-	done	-
contacts	visits	-	2026-03-01	-	-	-
END
    same "$(enterprise-show -F json $A | jq -c '[.requests[0].item, .grants[0].value, (.entries | length), .contacts[0].item]')" \
        '["1",15000,2,"visits"]'
    enterprise-show -F html $A | grep -q '兑现.*15000 元'
    enterprise-show -F md $A | grep -q '走访台账'
}
