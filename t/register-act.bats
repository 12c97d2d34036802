#!/usr/bin/env bats
# register-act: what becomes of entries.

load lib/base
load lib/loop
load lib/members
load lib/register

@test "struck off one by one: who answers settles, the center strikes off or sends back" {
    problems
    gives 2 "" "register-act: 1: settle: only who answers for it, or the center may" \
        register-act --by tax --field 整改措施=x problems settle 1
    gives 0 $'1\t1\treport\topen\t2026-03-01T23:59:59+08:00' "" \
        register-act --by tax --field 整改措施=协调供电 problems 报送进展 1
    gives 2 "" "register-act: 2: settle needs measures (整改措施)" register-act problems settle 2
    gives 2 "" "register-act: 1: settle does not set confirmed (确认人)" \
        register-act --field 确认人=王五 --field 整改措施=已亮 problems settle 1
    quiet register-act --by 住建局 --field 整改措施=已亮 problems settle 1
    gives 2 "" "register-act: 1: strike-off: only the center may" \
        register-act --by 住建局 --text 完成 problems strike-off 1
    gives 2 "" "register-act: 1: strike-off needs a text" register-act problems strike-off 1
    quiet register-act --text 未通过 problems reopen 1
    quiet register-act --by 住建局 --field 整改措施=又亮了 problems settle ref:1
    quiet register-act --text 企业确认 --field 确认人=王五 problems strike-off 1
    gives 2 "" "register-act: 1: settle: it is struck-off (已销号); now: 退回整改" \
        register-act --field 整改措施=x problems settle 1
    same "$(register-show 1 | awk -F '\t' '$2 == "history" { print $3 }' | cut -d ' ' -f 2- | paste -sd '|')" \
        "add|report|settle|reopen 未通过|settle|strike-off 企业确认"
    same "$(register-show -F json 1 | jq -c '.history[1] | [.act, .state, .by]') $(register-show -F json 1 | jq -r .confirmed)" \
        '["report","open","tax"] 王*'
    gives 0 "" "" center-check -q
}

@test "a file of acts: by key, with a moment of its own, all or nothing, once" {
    problems
    printf '编号,整改措施,备注,办理时间,办理单位\n1,已报修,第一次,2026-02-10,住建局\n2,已退税,第一次,2026-02-11,tax\n1,已换灯,第二次,2026-02-20,tax\n' >a.csv
    same "$(register-act --csv a.csv problems report | cut -f 1-3)" $'1\t1\treport\n2\t2\treport\n1\t1\treport'
    quiet register-act --csv a.csv problems report
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'entry-acted'")" 3
    same "$(register-list -F json problems | jq -r .measures | xargs)" "已换灯 已退税"
    printf 'id,整改措施\n1,x\n7,x\n' >b.csv
    gives 2 "" 'register-act: b.csv:3: no such entry of problems
register-act: 1 bad row: nothing was done; --rejects FILE does the rest' register-act --csv b.csv problems report
    printf '编号,整改措施\n3,x\n,x\n' >c.csv
    gives 2 "" 'register-act: c.csv:2: no entry of problems is "3"
register-act: c.csv:3: problems: the row does not say which entry
register-act: 2 bad rows: nothing was done; --rejects FILE does the rest' register-act --csv c.csv problems report
    gives 2 "" "register-act: 1: 2026-02-15T00:00:00+08:00 lies before 2026-02-20T00:00:00+08:00, when something happened to it last" \
        register-act --at 2026-02-15 --field 整改措施=x problems report 1
    gives 0 "" "" center-check -q
}

@test "a correction sets any field but the key, and moves what is due; it is the center's" {
    problems
    gives 2 "" "register-act: 1: correct: only the center may" register-act --by tax --text x --field 问题=y problems correct 1
    gives 2 "" "register-act: 1: correct does not set number (问题编号)" register-act --text x --field 编号=9 problems correct 1
    same "$(register-act --text 顺延 --field 整改期限=2026-03-10 problems correct 1 | cut -f 5)" 2026-03-10T23:59:59+08:00
    same "$(register-list --late problems | wc -l)" 0
}

@test "entries feed each other by pipes; ids that are none, misuse" {
    problems
    same "$(register-list --org tax problems | register-act --field 整改措施=x problems report - | register-show - | grep -c measures)" 2
    gives 2 "" $'register-show: 9: no such entry' register-show 9
    call register-act problems report
    same "$status $stderr" "2 register-act: name the entries by their numbers, or as ref:KEY; see register-act -h"
    gives 2 "" "register-act: name the register and the act; see register-act -h" register-act problems
    call register-act problems paint 1
    same "$status $stderr" '2 register-act: unknown act "paint" (correct 更正, report 报送进展, settle 申请销号, strike-off 销号, reopen 退回整改)'
    gives 2 "" "register-act: 1: no such entry of visits" register-act --text x visits note 1
}

@test "a value that was written past the programs is found by center-check" {
    problems
    sql "UPDATE entry SET state = 'struck-off' WHERE id = 1; UPDATE entry_value SET text = '3' WHERE entry_id = 2 AND field = 'number'"
    run -1 center-check -q
    same "$(cut -f 1,2 <<<"$output" | sort -u)" $'registers\t1\nregisters\t2'
}

@test "members: a handler acts for its own organisation, the operator strikes off, a reader does nothing" {
    at 2026-03-02T09:00
    members
    printf '编号,问题,责任单位\n1,退税太慢,tax\n2,证照太慢,justice\n' >p.csv
    as desk register-add -q --csv p.csv problems >out
    same "$(as li register-act --field 整改措施=已退 problems settle 1 | cut -f 4)" settled
    run -2 --separate-stderr as li register-act --field 整改措施=x problems settle 2
    [[ $stderr == "register-act: 2: settle: "* ]]
    run -2 --separate-stderr as watch register-act --field 整改措施=x problems settle 2
    [[ $stderr == "register-act: 2: settle: "* ]]
    run -2 --separate-stderr as li register-act --text 完成 problems strike-off 1
    [[ $stderr == "register-act: 1: strike-off: "* ]]
    same "$(as desk register-act --text 企业确认 problems strike-off 1 | cut -f 4)" struck-off
    same "$(sql "SELECT actor FROM v_event WHERE type = 'entry-acted' ORDER BY id" | xargs)" "li desk"
}

# Random acts on 40 problems, in rounds of one file for each act, of which what the state does not allow is
# rejected. An independent machine of the states says how each must stand in the end.
@test "random acts: the states are those of a machine of its own, and the events make them anew" {
    at 2026-03-02T09:00
    center
    { echo 编号,问题,责任单位,整改期限; seq 40 | awk '{ print $1 ",问题" $1 "," ($1 % 2 ? "tax" : "住建局") ",2026-03-" sprintf("%02d", 3 + $1 % 20) }'; } >p.csv
    register-add -q --csv p.csv problems >out
    awk -v rounds="${QIFU_THOROUGH:+125}" '
        function roll(n) { seed = (seed * 16807) % 2147483647; return seed % n }
        BEGIN {
            seed = 11; if (!rounds) rounds = 6
            split("report settle strike-off reopen", acts, " ")
            from["report"] = from["settle"] = " open "; from["strike-off"] = " settled "; from["reopen"] = " settled struck-off "
            to["settle"] = "settled"; to["strike-off"] = "struck-off"; to["reopen"] = "open"
            for (i = 1; i <= 40; i++) state[i] = "open"
            for (r = 1; r <= rounds; r++) for (a = 1; a <= 4; a++) {
                file = sprintf("%04d.%s", r * 4 + a, acts[a])
                print (a < 3 ? "编号,整改措施" : "编号,备注") >file
                for (i = 1; i <= 40; i++) if (roll(acts[a] == "reopen" ? 4 : 2) == 0) {
                    print i ",第" r "轮" >file
                    if (index(from[acts[a]], " " state[i] " ")) { done++; if (acts[a] in to) state[i] = to[acts[a]] }
                }
                close(file)
            }
            for (i = 1; i <= 40; i++) print i, state[i] >"expected"
            print done >"done"
        }'
    for file in [0-9]*.*; do
        rm -f rejects
        register-act -q --csv "$file" --rejects rejects problems "${file#*.}" >>acted 2>faults || true
    done
    same "$(wc -l <acted)" "$(<done)"
    [ "$(<done)" -gt 100 ]
    same "$(register-list problems --columns number,state | tr '\t' ' ')" "$(<expected)"
    gives 0 "" "" center-check -q
}

@test "shipped for hand-overs: bad reviews, calls with the police, scanned ratings" {
    center
    printf '差评编号,评价日期,单位,评价,评价内容\nH1,2026-02-27,tax,非常不满意,态度差\n' >r.csv
    printf '热线编号,110编号,日期,吹哨方,风险等级,事由,办理单位,派出所,转接时间\nA1,J9,2026-02-27,110,高,讨薪,human-resources,市公安局,10:00\n' >j.csv
    printf '编号,日期,单位,在哪里,办什么,评价,意见\nS1,2026-03-01,tax,3号窗口,开办企业,2,重复交材料\n' >s.csv
    quiet register-add --csv r.csv reviews
    quiet register-add --csv j.csv joint-calls
    quiet register-add --csv s.csv scans
    quiet register-act --by tax --field 原因=办理超时 --text 属实 reviews check 1
    quiet register-act --by tax --field 整改措施=增开窗口 reviews mend 1
    quiet register-act --text 未整改 reviews return 1
    quiet register-act --by tax --field 整改措施=已增开 reviews mend 1
    same "$(register-act --by tax --text 已说明 reviews answer 1 | cut -f 4)" answered
    quiet register-act --by public-security --text 到场 --field 公安到场时间=10:12 joint-calls arrive 2
    same "$(register-act --by human-resources --field 处置结果=已调解 joint-calls settle 2 | cut -f 4)" settled
    ticket-new -q --title 重复交材料 --kind 投诉 --entry scans:S1 >out
    same "$(register-act --field 工单=1 scans look 3 | cut -f 4)" looked-into
    report-period -F tsv 2026-02 | awk -F '\t' '$1 == "total" && $4 ~ /^(reviews|joint-calls)\./ { print $4, $5 }' >feb
    same "$(xargs <feb)" "joint-calls.made 1 joint-calls.from-police 1 joint-calls.high 1 reviews.made 1"
    same "$(report-period -F tsv 2026-03 | awk -F '\t' '$1 == "total" && $4 ~ /^scans\./ { print $4, $5 }' | xargs)" \
        "scans.made 1 scans.bad 1 scans.very-bad 0 scans.requests 1"
    gives 0 "" "" center-check -q
}

@test "shipped: the points of service, late until they run; the items of a policy as tasks" {
    center
    printf '服务点,层级,单位,计划建成\n云龙街道企业服务点,街镇,云龙区,2026-03-01\n' >p.csv
    quiet register-add --csv p.csv points
    same "$(register-list --late --columns place,level,org points)" $'云龙街道企业服务点\ttown\t320303'
    same "$(register-act --by 320303 --field 地址=甲路 --field 服务电话=83730000 points open 1 | cut -f 4)" running
    same "$(report-period -F tsv 2026-03 | awk -F '\t' '$1 == "total" && $4 ~ /^points/ { print $4, $5 }' | xargs)" "points.opened 1"
    policy-add -q "$TREE/share/demo/policies/arrears-2020.yaml" >out
    printf '序号,重点任务,牵头单位,落实政策\n1,清欠,industry,arrears-2020\n2,纳税,tax,\n' >t.csv
    quiet register-add --csv t.csv tasks
    same "$(register-list --where policy=arrears-2020 --columns number,policy tasks)" $'1\tarrears-2020'
}
