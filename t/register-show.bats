#!/usr/bin/env bats
# register-show: entries whole, with what became of them.

load lib/base
load lib/loop
load lib/register

@test "an entry whole: its fields, its state, each act; as json one object" {
    problems
    quiet register-act --by tax --field 整改措施=协调供电 --text 周五前 problems report 1
    register-show 1 >shown
    same "$(awk -F '\t' '$2 == "title" || $2 == "state" || $2 == "measures" { print $2 "=" $3 }' shown | sort | xargs)" \
        "measures=协调供电 state=open title=路灯不亮"
    [[ $(register-show -F table 1) == *周五前* ]]
    same "$(register-show -F json 1 2 | jq -r '[.id, .register] | join(" ")')" $'1 problems\n2 problems'
    same "$(echo 2 | register-show - | cut -f 1 | sort -u)" 2
    call register-show 2 9
    same "$status $stderr" "2 register-show: 9: no such entry"
    same "$(cut -f 1 <<<"$output" | sort -u)" 2
}

@test "what is personal is masked, sealed, and shown with a note in the log" {
    center
    enterprise-add -q --code 91320300MA00002690 --name 徐州一机 >out
    quiet register-add --field 名称=徐州一机 --field 类别=small --field 县区=鼓楼区 --field 聘任日期=2026-01-01 \
        --field 联系人=张三丰 --field 联系电话=13812345678 watchers
    same "$(register-list -F json watchers | jq -r '[.contact, .phone] | join(" ")')" "张** 138****5678"
    same "$(register-show 1 | awk -F '\t' '$2 == "contact" || $2 == "phone" { print $3 }' | xargs)" "张** 138****5678"
    same "$(sql "SELECT value FROM v_entry_value WHERE field IN ('contact', 'phone') ORDER BY field" | xargs)" "张** 138****5678"
    same "$(sql "SELECT count(*) FROM v_event WHERE data LIKE '%张三%' OR data LIKE '%1381234%'")" 0
    same "$(register-list --unmask -F json watchers | jq -r '[.contact, .phone] | join(" ")')" "张三丰 13812345678"
    same "$(register-show --unmask 1 | awk -F '\t' '$2 == "contact" { print $3 }')" 张三丰
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE type = 'unmasked' ORDER BY id")" \
        $'{"program":"register-list","register":"watchers"}\n{"program":"register-show","register":"watchers"}'
    gives 0 "" "" center-check -q
}
