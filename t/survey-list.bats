#!/usr/bin/env bats
# survey-list: answers are counted, and what was written is listed.

load lib/base
load lib/loop
load lib/survey

@test "answers from a file: class, policy, organisation; counts by class and by organisation" {
    world
    cat >s.csv <<-'END'
	问卷编号,来源,政策,政策类型,部门,满意度,意见,企业,时间
	1,2026年一季度,loan,,,5,,,2026-03-01
	2,2026年一季度,loan,复工用工,市人社局,非常不满意,窗口说没听说过，电话13812345678,,2026-03-02 09:00
	3,2026年一季度,徐示〔2026〕rent号,,,2,,,2026-03-03
	4,2026年一季度,,其他,,,停车难,无名公司,2026-03-04
	5,2026年一季度,,finance,,3,,,2026-03-05
	END
    gives 0 "1	loans	added
2	work-resumption	added
3	rents	added
4	other	added
5	finance	added" 'survey-add: s.csv:5: unknown enterprise "无名公司" is left out' survey-add --csv s.csv
    gives 0 "finance	1	0	3.00	0
loans	1	0	5.00	0
other	1	0	-	0
rents	1	1	2.00	0
work-resumption	1	1	1.00	0" "" survey-list
    gives 0 "-	3	1	2.50	0
human-resources	1	1	1.00	0
local-finance	1	0	5.00	0" "" survey-list --by org
    # free texts, masked; by day, class and organisation
    gives 0 "2	2026-03-02T09:00:00+08:00	work-resumption	human-resources	loan	1	-	窗口说没听说过，电话138****5678
4	2026-03-04T00:00:00+08:00	other	-	-	-	-	停车难" "" survey-list --texts
    same "$(survey-list --texts --from 2026-03-03 | cut -f 1)" 4
    same "$(survey-list --texts --to 2026-03-03 | cut -f 1)" 2
    same "$(survey-list --texts --class 其它 | cut -f 1)" 4
    same "$(survey-list --class 金融支持 | cut -f 1,2 | xargs)" "finance 1 loans 1"
    same "$(survey-list --org 市人社局 | cut -f 1)" work-resumption
    gives 1 "" "" survey-list --from 2026-03-06
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE type = 'survey-taken'")" '{"added":5,"first":1,"last":5}'
    run --separate-stderr survey-list -F table
    [[ $output == *贷款融资* && $output == *其他* ]]
    gives 0 "" "" center-check
}

@test "a wrong command line is refused, with what would be right" {
    world
    end="; see survey-list -h"
    gives 2 "" "survey-list: one of --by and --texts$end" survey-list --by org --texts
    gives 2 "" "survey-list: unknown count \"orgs\" (class or org)$end" survey-list --by orgs
    gives 2 "" 'survey-list: unknown class "贷款融咨" (did you mean 贷款融资?)' survey-list --class 贷款融咨
    gives 2 "" "survey-list: no operand is expected$end" survey-list x
}
