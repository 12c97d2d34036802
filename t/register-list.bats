#!/usr/bin/env bats
# register-list: the registers, and the entries of one.

load lib/base
load lib/loop
load lib/register

@test "lists: open, late, by organisation, by a field, by state" {
    problems
    ids() { register-list "$@" problems | cut -f 1 | xargs; }
    same "$(ids)|$(ids --late)|$(ids --org tax)|$(ids --org 住建局)|$(ids --where 问题=路灯)|$(ids --where 责任单位=税务局)" \
        "1 2|1|1 2|1|1|2"
    same "$(ids --due-from 2026-03-02)|$(ids --due-to 2026-03-01)|$(ids --added-from 2026-02-02)|$(ids --limit 1)" "2|1||1"
    quiet register-act --field 整改措施=x problems settle 2
    same "$(ids --state 待销号)|$(ids --open)" "2|1 2"
    same "$(register-list | awk '$1 == "problems"')" $'problems\t问题清单\t2\t2\t1'
    same "$(register-list --acts problems | head -n 3)" $'new\tadd\towner or center\topen\nopen\tcontinue\towner or center\topen\nopen\tcorrect\tcenter\topen'
    gives 2 "" "register-list: confirmed is personal: nothing is looked for in it; see register-list -h" \
        register-list --where 确认人=王 problems
    call register-list --state nosuch problems
    same "$status $stderr" '2 register-list: unknown state "nosuch" (open 整改中, settled 待销号, struck-off 已销号)'
    gives 1 "" "" register-list visits
    [[ $(register-list -F table problems | head -n 2) == *问题编号*责任单位*超期*徐州市住房和城乡建设局* ]]
}
