#!/usr/bin/env bats
# What is overdue in a register is supervised as requests are; what is personal in one can be erased.

load lib/base
load lib/loop

# Three tasks that are due on Monday 2026-03-16, on the day after, and some day.
tasks() {
    at 2026-03-02T09:00
    center
    printf '序号,重点任务,牵头单位,完成时限\n1,通办,市政务办,2026-03-16\n2,免证,市公安局,2026-03-17\n3,扩面,市公安局,\n' >t.csv
    quiet register-add --csv t.csv tasks
}

levels() { supervision-list --all | cut -f 2,3 | paste -sd ';'; }

@test "on the day it is due a ticket goes to who answers; then the ladder is that of any ticket" {
    tasks
    at 2026-03-15T00:05
    gives 0 "" "" escalate
    same "$(ticket-list | wc -l)" 0
    at 2026-03-16T00:05
    gives 0 "" "" escalate
    same "$(ticket-list -F json | jq -c '[.kind, .lead, .due, .title]')" \
        '["register","gov-services","2026-03-16T23:59:59+08:00","重点任务台账到期：1"]'
    same "$(register-show 1 | awk -F '\t' '$2 == "supervised" { print $3 }')" 1
    gives 0 "" "" escalate
    at 2026-03-17T00:05
    same "$(escalate | cut -f 1,2,6)" $'1\tyellow\tgov-services'
    at 2026-03-18T00:05
    same "$(escalate | cut -f 1,2,6)" $'2\tyellow\tpublic-security'
    at 2026-03-24T00:05
    same "$(escalate | cut -f 1,2 | sort | paste -sd ';')" $'1\torange;1\tred;2\torange'
    # it is no request of an enterprise, and in none of their figures
    same "$(report-monthly -F tsv 2026-03 | awk -F '\t' '$1 == "total" && ($4 == "received" || $4 == "due" || $4 == "overdue-yellow") { print $5 }' | xargs)" "0 0 0"
    # what ends the entry answers the ticket
    quiet register-act --text 已完成 tasks finish 1 2
    quiet register-act tasks strike-off 1
    same "$(ticket-list -F json | jq -c '[.id, .state]' | paste -sd ';')" '[1,"answered"];[2,"dispatched"]'
    same "$(register-show 1 | grep -c supervised)" 0
    gives 0 "" "" center-check -q
}

@test "a day that is moved makes the ticket void, and its levels with it; another one comes" {
    tasks
    at 2026-03-16T00:05
    quiet escalate
    at 2026-03-17T00:05
    same "$(escalate | cut -f 1,2)" $'1\tyellow'
    quiet register-act --text 经批准延期 --field 完成时限=2026-03-31 tasks correct 1
    same "$(ticket-list --closed-as void | cut -f 1)" 1
    same "$(ticket-list --open | wc -l)" 1 # task 2 was due that day
    at 2026-03-31T00:05
    quiet escalate
    same "$(ticket-list --open -F json | jq -r .title | paste -sd ';')" "重点任务台账到期：2;重点任务台账到期：1"
    gives 0 "" "" center-check -q
}

@test "who has nobody to answer, or no file that says so, is not supervised; a dry run opens nothing" {
    tasks
    quiet register-add --field 活动=x --field 计划日期=2026-03-05 --field 类型=专场服务 --field 承办单位=tax activities
    at 2026-03-06T00:05
    quiet escalate
    same "$(register-list --late activities | wc -l) $(ticket-list | wc -l)" "1 0"
    at 2026-03-20T00:05
    escalate -n >out
    same "$(ticket-list | wc -l)" 0
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'entry-supervised'")" 0
}

@test "record-erase takes a person out of registers, and every digest holds" {
    at 2026-03-02T09:00
    center
    for n in 张三丰 李四光; do
        quiet register-add --field 名称=$n --field 类别=监督员 --field 县区=鼓楼区 --field 聘任日期=2026-01-01 \
            --field 联系人=$n --field 联系电话=13812345678 watchers
    done
    quiet register-act --text 张三丰辞任 watchers leave 1
    values() { register-show --unmask "$1" | awk -F '\t' '$2 ~ /^(name|contact|phone)$/ { print $3 }' | xargs; }
    same "$(values 1)" "张三丰 张三丰 13812345678"
    same "$(sql "SELECT count(*) FROM v_event WHERE data LIKE '%13812345678%'")" 0
    record-erase --law 个人信息保护法第四十七条 --reason 本人申请 --name 张三丰 >erased
    same "$(values 1)" "（已依法删除） （已依法删除） （已依法删除）"
    same "$(register-show --unmask 1 | grep -c 辞任) $(sql .dump | grep -c 张三丰)" "0 0"
    same "$(values 2)" "李四光 李四光 13812345678"
    gives 0 "" "" center-check -q
    [[ $(center-check --log) =~ ^[0-9a-f]{64}$ ]]
    # the erased can be added again, and is another entry
    same "$(register-add --field 名称=张三丰 --field 类别=监督员 --field 县区=鼓楼区 --field 聘任日期=2026-01-01 watchers | cut -f 1,3)" $'3\tadded'
}
