#!/usr/bin/env bats
# consult-report: the report on paper, and the list back to those who gave opinions.

load lib/base
load lib/loop
load lib/consult

@test "back to those who gave them: what is decided, each once" {
    decided
    run --separate-stderr consult-report --feedback -n 1
    same "$status$stderr $(cut -f 1 <<<"$output" | xargs)" "0 1 2 3"
    gives 0 "1	1	贴息办法	tax	国家税务总局徐州市税务局	-	-	一	adopted	合理
2	1	贴息办法	tax	国家税务总局徐州市税务局	-	-	二|竖线	adopted	合理
3	1	贴息办法	justice	徐州市司法局	-	-	三	declined	无上位法依据，见138****5678" "" consult-report --feedback 1
    gives 1 "" "" consult-report --feedback 贴息办法
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE type = 'opinion-reported'")" '{"consultation":1,"opinions":[1,2,3]}'
    # decided later, or anew: told then; the contact is masked in a table
    quiet consult-decide --adopt --reason 可行 4
    quiet consult-decide --adopt --reason 已修改 3
    run --separate-stderr consult-report --feedback -n -F table 1
    [[ $output == *'赵*'*'138****1234'* && $output != *赵六* && $output != *13812341234* ]]
    same "$(consult-report --feedback 1 | cut -f 1,6,7 | xargs)" "3 - - 4 赵* 138****1234"
    same "$(consult-report --feedback --again 1 | cut -f 1 | xargs)" "1 2 3 4"
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'unmasked'")" 0
    same "$(consult-report --feedback --again --unmask 1 | cut -f 6,7,10 | tail -n 2 | xargs)" \
        "- - 已修改 赵六 13812341234 可行"
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE type = 'unmasked'")" \
        '{"program":"consult-report","consultation":"贴息办法"}'
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'opinion-reported'")" 2
    sound
}

@test "the report on paper has its parts" {
    decided
    run --separate-stderr consult-report -F md 1
    same "$status$stderr" 0
    same "$(grep '^#' <<<"$output")" "# 《贴息办法》征求意见采纳情况
## 一、征求情况
## 二、反馈情况
## 三、意见及采纳情况
## 四、征求意见稿"
    [[ $output == *'| 结果 | 征求3家，反馈3家 |'* && $output == *'| 意见 | 4条：采纳2，未采纳1，待定1 |'* ]]
    [[ $output == *'| 2 | 国家税务总局徐州市税务局 | 二&#124;竖线 | 采纳 | 合理 |'* ]]
    [[ $output == *'| 3 | 徐州市司法局 | 三 | 未采纳 | 无上位法依据，见138\*\*\*\*5678 |'* ]]
    [[ $output == *'139\*\*\*\*4321' && $output != *13987654321* ]]
    # as text: the same, without marks
    run --separate-stderr consult-report 1
    same "$status$stderr" 0
    [[ $output == '《贴息办法》征求意见采纳情况'* && $output == *未采纳* && $output != *'|'*'---'* ]]
    [ "$(consult-report -F text 1)" = "$output" ]
    gives 2 "" "consult-report: 9: no such consultation" consult-report 9
}

@test "a wrong command line is refused, with what would be right" {
    world
    end="; see consult-report -h"
    gives 2 "" "consult-report: name one consultation$end" consult-report 1 2
    gives 2 "" "consult-report: --again goes with --feedback$end" consult-report --again 1
    gives 2 "" "consult-report: --unmask goes with --feedback$end" consult-report --unmask 1
    gives 2 "" "consult-report: the log notes who sees telephones with --unmask, and -n writes nothing$end" \
        consult-report --feedback -n --unmask 1
    gives 2 "" "consult-report: format \"csv\" does not fit here (text, md, html or xlsx)$end" consult-report -F csv 1
    gives 2 "" "consult-report: format \"text\" does not fit here (table, tsv, csv, json, md, html or xlsx)$end" consult-report --feedback -F text 1
}
