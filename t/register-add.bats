#!/usr/bin/env bats
# register-add: entries of registers (台账).

load lib/base
load lib/loop

eval "lib_$(declare -f setup)"
setup() {
    lib_setup
    at 2026-03-02T09:00
}

# tasks: a table of the shape of the city's 160: leads divided by blanks, a name that was broken in two, a
# task of two rows, one of whose numbers is missing.
tasks() {
    cat >tasks.csv <<'END'
序号,环境,领域,重点任务,具体举措,牵头单位,责任单位
1,政务,审批,一件事一次办,归并事项,市政务办,市各有关部门和单位
2,法治,纠纷,多元解纷,府检联动,市委政法委 市司法局,市法院、检察院
2,法治,纠纷,多元解纷,推广平台,市司法局 市税务局,市各有关部门
3,市场,融资,降低成本,贷款贴息,人民银行徐州市 中心支行,市财政局
,,,,续一行,,
END
}

@test "a table with rows that continue; reading it again adds nothing" {
    center
    tasks
    gives 0 $'1\t1\tadded\trunning\t-\n2\t2\tadded\trunning\t-\n2\t2\tcontinued\trunning\t-\n3\t3\tadded\trunning\t-\n3\t3\tcontinued\trunning\t-' \
        "" register-add --csv tasks.csv tasks
    same "$(register-add --csv tasks.csv 重点任务台账 | cut -f 1,3 | sort | uniq -c | awk '{ print $1, $3 }' | xargs)" "1 same 2 same 2 same"
    same "$(register-list -F json tasks | jq -r '[.id, .measures, .lead, .units] | join("|")')" \
        $'1|归并事项|gov-services|市各有关部门和单位
2|府检联动\n推广平台|political-legal justice tax|市法院、检察院\n市各有关部门
3|贷款贴息\n续一行|central-bank|市财政局'
    gives 0 "" "" center-check -q
}

@test "another value of an entry that is there is a fault; a correction ends that" {
    center
    quiet register-add --field 编号=1 --field 问题=路灯 --field 责任单位=住建局 problems
    gives 2 "" "register-add: 1 is there with another 问题; register-act problems correct changes it" \
        register-add --field 编号=1 --field 问题=路牌 --field 责任单位=住建局 problems
    quiet register-act --field 问题=路牌 --text 更正 problems correct ref:1
    same "$(register-add --field 编号=1 --field 问题=路灯 --field 责任单位=住建局 problems | cut -f 3)" same
    # what an act sets may have moved on
    quiet register-act --field 整改措施=换灯 problems report 1
    same "$(register-add --field 编号=1 --field 整改措施=无 --field 问题=路牌 --field 责任单位=住建局 problems | cut -f 3)" same
}

@test "values are read by their types, and all faults of a row are told" {
    center
    enterprise-add -q --code 91320300MA00002690 --name 徐州一机 >out
    same "$(register-add --field 编号=Q1 --field 债权企业=徐州一机 --field 欠款单位=某局 --field 处理单位=工信局 \
        --field 受理日期=2026/2/3 --field 拖欠金额=120 --field 清偿金额=1.5亿元 arrears)" \
        $'1\tQ1\tadded\topen\t2026-03-05T23:59:59+08:00'
    same "$(register-list -F json arrears | jq -c '[.enterprise, .org, .received, .owed, .paid, .share]')" \
        '["91320300MA00002690","industry","2026-02-03",1200000,150000000,"12500.0%"]'
    printf '日期,走访单位,企业,方式,走访人\n昨天,某某局,无此企业,步行,王五\n2026-03-01,鼓楼区,徐州一机,上门,王五\n' >v.csv
    gives 2 "" 'register-add: v.csv:2: 走访日期: not a date: "昨天"; 走访单位: unknown organisation "某某局"; org-list shows them; 企业: unknown enterprise "无此企业"; enterprise-list --text finds one by a part of its name or code; 方式: unknown "步行" (door 上门, stay 驻点, phone 电话)
register-add: 1 bad row: nothing was done; --rejects FILE does the rest' register-add --csv v.csv visits
    run -2 --separate-stderr register-add --csv v.csv --rejects bad.csv visits
    same "$output $(wc -l <bad.csv)" $'2\t2026-03-01/320302/91320300MA00002690\tadded\tdone\t- 2'
    gives 2 "" "register-add: no date (走访日期); no org (走访单位)" \
        register-add --field 企业=徐州一机 --field 方式=电话 visits
}

@test "due: working days, natural days, or a day of its own" {
    center
    problem() { register-add -q --field "编号=$1" --field 问题=x --field 责任单位=tax "${@:2}" problems | cut -f 5; }
    same "$(problem 1 --field 发现日期=2026-02-13)" 2026-03-12T23:59:59+08:00 # over the Spring Festival
    same "$(problem 2 --field 整改期限=2026-03-09 --field 发现日期=2026-02-13)" 2026-03-09T23:59:59+08:00
    same "$(problem 3)" -
}

@test "who may add, and when" {
    center
    call register-add --by tax --field 编号=1 --field 问题=x --field 责任单位=住建局 problems
    same "$status $stderr" "2 register-add: add: only who answers for it, or the center may"
    quiet register-add --by 住建局 --at 2026-02-01 --field 编号=1 --field 问题=x --field 责任单位=住建局 problems
    same "$(register-list -F json problems | jq -r .added)" 2026-02-01T00:00:00+08:00
    call register-add --at 2027-01-01 --field 编号=2 --field 问题=x --field 责任单位=住建局 problems
    same "$status" 2
}

@test "a file of a register with faults is told by line, and center-init takes it over" {
    cp -r "$QIFU_CONFIG" config
    cat >config/registers/rooms.yaml <<'END'
register: room
name: 会议室借用
fields:
  - {field: date, type: day}
  - {field: room, name: 会议室, many: true}
  - {field: org, type: organisation, unit: 家}
  - {field: id}
key: [date, hall]
answers: room
states:
  - {state: lent, name: 借出}
acts:
  - {act: back, from: gone, needs: room}
  - {act: correct}
due: {unit: weeks}
figures:
  - {figure: lent, name: 借出, counts: room, of: all}
colour: red
END
    export QIFU_CONFIG=$T/config
    call center-init -q --demo
    same "$status" 2
    same "$(sed "s|.*rooms.yaml:||" <<<"$stderr")" '18: unknown key "colour" (register, name, entry, fields, key, answers, helps, measure, wall, due, continues, adds, states, acts, supervised, contact or figures)
1: the register "room" stands in a file of its own name, room.yaml
4: unknown type "day" (text, number, money, date, choice, organisation, enterprise, association, policy, ticket, person, phone)
5: a text is one: "many" does not go with it
6: "unit" goes with numbers and money
7: no field can be called "id"
8: unknown field "hall" (date date, room 会议室, org org, id id)
9: "room" must be an organisation
13: unknown state "gone" (lent 借出)
14: every register has "correct" already
15: "unit" must be working or natural
15: "field", the day, or "days", and from when
15: "from" and "unit" go with "days"
17: "counts" must be added, open, late, requests, a state or a date
17: no figure above is called "all"'
}

@test "misuse" {
    center
    gives 2 "" "register-add: name the register; see register-add -h" register-add
    call register-add --field a=b nosuch
    [[ $stderr == 'register-add: unknown register "nosuch" (activities 活动台账, '* ]]
    call register-add --field colour=red problems
    [[ $stderr == 'register-add: unknown field "colour" (number 问题编号, '* ]]
    gives 2 "" 'register-add: write NAME=VALUE, not "title"; see register-add -h' register-add --field title problems
    gives 2 "" "register-add: too many operands; see register-add -h" register-add --field title=x problems 2
}
