#!/usr/bin/env bats
# survey-add: questionnaire answers are taken in once.

load lib/base
load lib/loop
load lib/survey

@test "the same file again adds nothing; another questionnaire with the same numbers must say so" {
    world
    printf '序号,类型,评分\n1,贷款融资,4\n2,其他,1\n' >a.csv
    printf '序号,类型,评分\n1,减免房租,4\n2,其他,1\n' >b.csv
    quiet survey-add --csv a.csv
    gives 0 $'1\tloans\tsame\n2\tother\tsame' "" survey-add --csv a.csv
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'survey-taken'")" 1
    refuses "survey-add: b.csv:2: another answer has number 1 of source center: name this one's --source
survey-add: 1 bad row: nothing was done; --rejects FILE does the rest" survey-add --csv b.csv
    gives 0 $'3\trents\tadded\n4\tother\tadded' "" survey-add --csv b.csv --source 房租问卷
    same "$(sql 'SELECT count(*) FROM survey_answer')" 4
}

@test "rows without a number: equal ones of a file are answers of their own, the file again is not" {
    world
    printf '类型,评分,意见\n贷款融资,1,慢\n贷款融资,1,慢\n贷款融资,1,慢\n贷款融资,2,慢\n' >a.csv
    gives 0 "1	loans	added
2	loans	added
3	loans	added
4	loans	added" "" survey-add --csv a.csv
    gives 0 "1	loans	same
2	loans	same
3	loans	same
4	loans	same" "" survey-add --csv a.csv
    # a later export has one more of them
    echo 贷款融资,1,慢 >>a.csv
    same "$(survey-add --csv a.csv | grep added)" $'5\tloans\tadded'
}

@test "bad rows, rejects, JSON lines, dry run" {
    world
    cat >s.csv <<-'END'
	编号,政策,类型,单位,评分,时间
	1,loam,,,,
	2,,贷款融咨,,,
	3,,,,,
	4,,贷款融资,市税务居,,
	5,,贷款融资,,6,
	6,,贷款融资,,,昨天
	7,,贷款融资,,,2027-03-01
	8,,贷款融资,,,
	END
    run --separate-stderr survey-add --csv s.csv
    same "$status$output" 2
    same "$stderr" 'survey-add: s.csv:2: unknown policy "loam" (did you mean loan?)
survey-add: s.csv:3: unknown class "贷款融咨" (did you mean 贷款融资?)
survey-add: s.csv:4: neither class nor policy
survey-add: s.csv:5: unknown organisation "市税务居" (did you mean 市税务局?)
survey-add: s.csv:6: unknown rating "6" (1 非常不满意, 2 不满意, 3 基本满意, 4 满意, 5 非常满意)
survey-add: s.csv:7: not a time: "昨天" (write 2020-05-27 or 2020-05-27T09:00)
survey-add: s.csv:8: 2027-03-01T00:00:00+08:00 lies in the future
survey-add: 7 bad rows: nothing was done; --rejects FILE does the rest'
    run --separate-stderr survey-add -q --csv s.csv --rejects bad.csv
    same "$status $output" "2 1	loans	added"
    same "$(wc -l <bad.csv)" 8
    before=$(everything)
    gives 0 $'2\tother\tadded' "" bash -c "echo '{\"class\":\"其他\"}' | survey-add -n --jsonl -"
    same "$(everything)" "$before"
}

@test "a wrong command line is refused, with what would be right" {
    world
    end="; see survey-add -h"
    gives 2 "" "survey-add: --csv is missing (or --jsonl)$end" survey-add --source x
    gives 2 "" "survey-add: no operand is expected$end" survey-add x
}
