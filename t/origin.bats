#!/usr/bin/env bats
# What a request asks about and came from: the policy of a consultation, a visit, a liaison.

load lib/base
load lib/loop
load lib/policy

# Two policies, interpreted by 张三 and 李四; a visit of the tax bureau; a liaison; a request of all three.
asked() {
    policies
    sed -n '1p; $s/^b/c/; $s/2号/4号/; $s/张三/李四/p' p.csv >c.csv
    policy-add -q --csv c.csv >out
    liaison-add -q --name 王五 --org tax --enterprise "$FIRM" >out
    quiet register-add --field 日期=2026-03-05 --field 单位=tax --field 企业=测试公司 --field 方式=door visits
    VISIT=visits:2026-03-05/tax/$FIRM
    ticket-new -q --kind 政策咨询 --title 怎样申请 --policy a --entry "$VISIT" --liaison 王五 >out
}
# The members WORDS of ticket ID.
shown() { ticket-show "$1" | awk -F '\t' -v w=" $2 " 'index(w, " " $2 " ") { print $3 }' | xargs; }
listed() { ticket-list "$@" | cut -f 1 | xargs; }

@test "a consultation names its policy and who interprets it, the visit and the liaison it came from" {
    asked
    same "$(shown 1 "policy interpreter interpreter_phone entry liaison")" "a 张三 1 $VISIT 王五"
    same "$(ticket-show -F json 1 | jq -r '[.policy, .interpreter, .entry, .liaison] | join(" ")')" "a 张三 $VISIT 王五"
    ticket-show -F table 1 >table
    grep -q '咨询政策 *a 甲办法$' table
    grep -q "来自台账 *走访台账（$VISIT）\$" table
    grep -q '助企员 *王五（国家税务总局徐州市税务局）$' table
    same "$(ticket-new -q --title x | cut -f 1)" 2
    same "$(ticket-show 2 | cut -f 2 | grep -c '^policy\|^entry\|^liaison\|^interpreter')" 0
    gives 0 "" "" center-check -q
}

@test "lists by each of them; an entry shows its requests" {
    asked
    ticket-new -q --title 乙 --policy 甲〔2026〕4号 >out
    ticket-new -q --title 丙 --entry 1 >out
    same "$(listed --policy a)|$(listed --policy c)|$(listed --interpreter 张三)|$(listed --interpreter 李四)" "1|2|1|2"
    same "$(listed --entry "$VISIT")|$(listed --entry 1)|$(listed --liaison 王五)|$(listed --liaison 1)" "1 3|1 3|1|1"
    gives 1 "" "" ticket-list --policy b
    gives 2 "" 'ticket-list: visits has no entry "9"' ticket-list --entry visits:9
    same "$(register-show 1 | awk -F '\t' '$2 == "request" { print $3 }')" $'1 received\n3 received'
    same "$(register-show -F json 1 | jq -c .requests)" '[{"id":1,"state":"received"},{"id":3,"state":"received"}]'
}

@test "columns of a file; all that is unknown is said at once; a row that comes again" {
    asked
    printf '工单编号,标题,受理时间,咨询政策,来自台账,助企员\nX1,甲,2026-03-09 08:00,c,%s,王五\nX2,乙,2026-03-09 08:00,,1,\n' "$VISIT" >t.csv
    quiet ticket-new --csv t.csv
    same "$(shown 2 "policy entry liaison")|$(shown 3 "policy entry liaison")" "c $VISIT 王五|$VISIT"
    gives 0 "" "ticket-new: 0 added, 2 already there" ticket-new --csv t.csv
    sed 's/,c,/,b,/' t.csv >other.csv
    gives 2 "" "ticket-new: other.csv:2: center X1 is there already with other content: policy
ticket-new: 1 bad row: nothing was done; --rejects FILE does the rest" ticket-new --csv other.csv
    liaison-add -q --name 王五 --org finance >out
    printf '工单编号,标题,受理时间,咨询政策,来自台账,助企员\nX3,,2026-03-09 08:00,z,sights:9,王五\n' >bad.csv
    call ticket-new --csv bad.csv
    same "$status" 2
    for part in 'no title' 'unknown policy "z"' 'unknown register "sights"' 'several liaisons are called "王五"'; do
        [[ $stderr == *"$part"* ]]
    done
}

@test "the same row without a number is another one where it came from elsewhere" {
    asked
    printf '标题,来自台账\n甲,1\n甲,\n' >t.csv
    same "$(ticket-new -q --no-ref --received now --csv t.csv | cut -f 1 | xargs)" "2 3"
    same "$(ticket-new -q --no-ref --received now --csv t.csv)" ""
}

@test "what was not said, or wrongly, is corrected, and what it was stays readable" {
    asked
    quiet ticket-correct --reason 误录 --policy c --liaison '' 1
    same "$(shown 1 "policy interpreter entry liaison")" "c 李四 $VISIT"
    same "$(sql "SELECT json_extract(data, '\$.was_policy'), json_extract(data, '\$.is_policy'),
        json_extract(data, '\$.was_liaison'), json_extract(data, '\$.is_liaison') FROM v_event WHERE type = 'corrected'")" "1|4|1|0"
    ticket-show -F table 1 | grep -q '咨询政策 1 → 4；助企员 1 → （空）'
    gives 2 "" 'ticket-correct: 1: unknown policy "z"; policy-list --all shows them' ticket-correct --reason x --policy z 1
    ticket-new -q --source 12345 --ref 7 --title 乙 >out
    printf '工单编号,咨询政策\n7,a\n' >c.csv
    quiet ticket-correct --reason 补充 --source 12345 --csv c.csv
    same "$(shown 2 policy)" a
    gives 0 "" "" center-check -q
}

@test "figures: consultations by policy, requests by register and entry" {
    asked
    ticket-new -q --title 乙 --policy a --entry 1 >out
    ticket-new -q --title 丙 --policy c >out
    ticket-new -q --title 丁 --entry 1 >out
    ticket-void -q --reason 重复 4 >out
    report-period -F tsv --by policy --by register 2026-03 >all
    same "$(awk -F '\t' '$1 == "policy" && $4 == "received" && $5 > 0 { print $2 "=" $5 }' all | xargs)" "a=2 c=1"
    same "$(awk -F '\t' '$1 == "register" && $4 == "received" && $5 > 0 { print $2 "=" $5 }' all | sort | xargs)" "-=1 visits=2"
    same "$(awk -F '\t' '$1 == "total" && $4 == "visits.requests" { print $5 }' all)" 2
    same "$(report-period --ids visits.requests 2026-03 | cut -f 1 | xargs)" 1
    same "$(report-period --ids received --only policy=a 2026-03 | cut -f 1 | xargs)" "1 2"
}

@test "a register may not call a field requests" {
    mkdir c && cp -r "$QIFU_CONFIG"/*.yaml "$QIFU_CONFIG"/*.csv "$QIFU_CONFIG"/calendars c && mkdir c/registers
    printf 'register: rooms\nname: 会议室\nfields:\n  - {field: requests, name: 甲, required: true}\nkey: [requests]\n' >c/registers/rooms.yaml
    call center-init -C c --demo
    same "$status" 2
    [[ $stderr == *"c/registers/rooms.yaml:4:"*requests* ]]
}
