#!/usr/bin/env bats
# policy-survey: questionnaire answers taken in, counted, and supervision where many complain.

load lib
load loop

# A center with a policy on loans, which is the local-finance bureau's, and one on rents without an organisation.
world() {
    at 2026-03-31T10:00
    center
    for id in loan rent; do
        class=loans org='org: local-finance'
        [ $id = loan ] || class=rents org=
        printf '%s\n' "id: $id" "title: 关于$id的通知" "document: 徐示〔2026〕$id号" "issuer: 示例单位" "level: city" \
            "kind: general" "class: $class" "summary: 摘要" "interpreter: 王某" "phone: '83730000'" \
            "issued: 2026-01-05" ${org:+"$org"} >$id.yaml
    done
    quiet policy-add loan.yaml rent.yaml
}

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
5	finance	added" 'policy-survey: s.csv:5: unknown enterprise "无名公司" is left out' policy-survey --csv s.csv
    gives 0 "finance	1	0	3.00	0
loans	1	0	5.00	0
other	1	0	-	0
rents	1	1	2.00	0
work-resumption	1	1	1.00	0" "" policy-survey
    gives 0 "-	3	1	2.50	0
human-resources	1	1	1.00	0
local-finance	1	0	5.00	0" "" policy-survey --by org
    # free texts, masked; by day, class and organisation
    gives 0 "2	2026-03-02T09:00:00+08:00	work-resumption	human-resources	loan	1	-	窗口说没听说过，电话138****5678
4	2026-03-04T00:00:00+08:00	other	-	-	-	-	停车难" "" policy-survey --texts
    same "$(policy-survey --texts --from 2026-03-03 | cut -f 1)" 4
    same "$(policy-survey --texts --to 2026-03-03 | cut -f 1)" 2
    same "$(policy-survey --texts --class 其它 | cut -f 1)" 4
    same "$(policy-survey --class 金融支持 | cut -f 1,2 | xargs)" "finance 1 loans 1"
    same "$(policy-survey --org 市人社局 | cut -f 1)" work-resumption
    gives 1 "" "" policy-survey --from 2026-03-06
    same "$(sql "SELECT data FROM event WHERE type = 'survey-taken'")" '{"added":5,"first":1,"last":5}'
    run --separate-stderr policy-survey -F table
    [[ $output == *贷款融资* && $output == *其他* ]]
    gives 0 "" "" center-check
}

@test "the same file again adds nothing; another questionnaire with the same numbers must say so" {
    world
    printf '序号,类型,评分\n1,贷款融资,4\n2,其他,1\n' >a.csv
    printf '序号,类型,评分\n1,减免房租,4\n2,其他,1\n' >b.csv
    quiet policy-survey --csv a.csv
    gives 0 $'1\tloans\tsame\n2\tother\tsame' "" policy-survey --csv a.csv
    same "$(sql "SELECT count(*) FROM event WHERE type = 'survey-taken'")" 1
    refuses "policy-survey: b.csv:2: another answer has number 1 of source center: name this one's --source
policy-survey: 1 bad row: nothing was done; --rejects FILE does the rest" policy-survey --csv b.csv
    gives 0 $'3\trents\tadded\n4\tother\tadded' "" policy-survey --csv b.csv --source 房租问卷
    same "$(sql 'SELECT count(*) FROM survey_answer')" 4
}

@test "rows without a number: equal ones of a file are answers of their own, the file again is not" {
    world
    printf '类型,评分,意见\n贷款融资,1,慢\n贷款融资,1,慢\n贷款融资,1,慢\n贷款融资,2,慢\n' >a.csv
    gives 0 "1	loans	added
2	loans	added
3	loans	added
4	loans	added" "" policy-survey --csv a.csv
    gives 0 "1	loans	same
2	loans	same
3	loans	same
4	loans	same" "" policy-survey --csv a.csv
    # a later export has one more of them
    echo 贷款融资,1,慢 >>a.csv
    same "$(policy-survey --csv a.csv | grep added)" $'5\tloans\tadded'
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
    run --separate-stderr policy-survey --csv s.csv
    same "$status$output" 2
    same "$stderr" 'policy-survey: s.csv:2: unknown policy "loam" (did you mean loan?)
policy-survey: s.csv:3: unknown class "贷款融咨" (did you mean 贷款融资?)
policy-survey: s.csv:4: neither class nor policy
policy-survey: s.csv:5: unknown organisation "市税务居" (did you mean 市税务局?)
policy-survey: s.csv:6: unknown rating "6"
policy-survey: s.csv:7: not a time: "昨天"
policy-survey: s.csv:8: 2027-03-01 lies in the future
policy-survey: 7 bad rows: nothing was done; --rejects FILE does the rest'
    run --separate-stderr policy-survey -q --csv s.csv --rejects bad.csv
    same "$status $output" "2 1	loans	added"
    same "$(wc -l <bad.csv)" 8
    before=$(everything)
    gives 0 $'2\tother\tadded' "" bash -c "echo '{\"class\":\"其他\"}' | policy-survey -n --jsonl -"
    same "$(everything)" "$before"
}

# complaints COUNT DAY ORG [TEXT]: answers with a score of 1.
complaints() {
    seq "$1" | sed "s/.*/&,loan,$3,1,$4,$2/" | sed '1i 编号,政策,部门,评分,意见,时间' |
        policy-survey -q --csv - --source "$3$2" >answers
}

@test "a questionnaire of the center: 98, 52, 18 and some 40 answers, and one supervision" {
    world
    {
        echo 政策类型,部门,评分,意见
        yes 贷款融资,,4, | head -n 98
        yes 复工用工,,3, | head -n 46
        yes 复工用工,市人社局,1,稳岗返还打折扣执行 | head -n 6
        yes 减免房租,,5, | head -n 18
        yes 其他,市税务局,2, | head -n 4
        yes 其他,,, | head -n 38
    } >s.csv
    quiet policy-survey --csv s.csv
    same "$(policy-survey | cut -f 1,2 | xargs)" "loans 98 work-resumption 52 other 42 rents 18"
    gives 0 $'-\thuman-resources\t6' "" policy-survey --supervise -n
    gives 0 $'1\thuman-resources\t6' "" policy-survey --supervise
    same "$(policy-survey --by org | grep human)" $'human-resources\t6\t6\t1.00\t6'
    # a repeat of the sweep opens nothing
    gives 0 "" "" policy-survey --supervise
    same "$(sql 'SELECT count(*) FROM ticket')" 1
    gives 0 "" "" center-check
}

@test "the ticket: its text, source, dispatch; each answer counts once" {
    world
    sed 's/^  complaints: .*/  complaints: 2/; s/^  days: 30.*/  days: 3/' "$QIFU_CONFIG/center.yaml" >center.yaml
    cp -r "$QIFU_CONFIG" config && cp center.yaml config/
    export QIFU_CONFIG=$PWD/config
    complaints 1 2026-03-29 市税务局 '拨13812345678问，不理'
    complaints 1 2026-03-28 市税务局 太早
    gives 0 "" "" policy-survey --supervise
    complaints 1 2026-03-30 市税务局
    gives 0 $'1\ttax\t2' "" policy-survey --supervise
    same "$(sql "SELECT source, ref, channel, kind, state, title FROM ticket")" \
        "survey|tax:1|platform|complaint|dispatched|政策执行问卷督办：国家税务总局徐州市税务局（2件不满意）"
    same "$(sql "SELECT body FROM ticket")" "2026-03-29至2026-03-31，企业在政策问卷中对贵单位执行政策表示不满意2件，请核查整改并答复：
1. 关于loan的通知（loan），1分：拨138****5678问，不理
2. 关于loan的通知（loan），1分"
    same "$(sql "SELECT o.code, r.role, r.rule IS NULL, r.basis FROM route r JOIN org o ON o.id = r.org_id")" \
        "tax|lead|1|政策执行问卷"
    same "$(sql "SELECT group_concat(coalesce(ticket_id, 0), ' ') FROM survey_answer")" "1 0 1"
    same "$(sql "SELECT data FROM event WHERE type = 'survey-supervised'")" '{"org":"tax","ticket":1,"answers":2}'
    # one more is not enough; two more are the next ticket, and another organisation has its own
    complaints 1 2026-03-31 市税务局
    gives 0 "" "" policy-survey --supervise
    quiet policy-survey --source x --jsonl <(echo '{"class":"other","org":"tax","score":"2"}')
    complaints 2 2026-03-31 市财政局
    run --separate-stderr policy-survey --supervise
    same "$status$stderr" 0
    same "$(cut -f 2,3 <<<"$output" | sort | xargs)" "finance 2 tax 2"
    same "$(policy-survey --texts | cut -f 1,7 | xargs)" "1 1 2 -"
    sound
}

@test "the kind of the ticket is the configuration's" {
    world
    cp -r "$QIFU_CONFIG" config
    sed -i 's/^  kind: complaint .*/  kind: 举报/; s/^  complaints: .*/  complaints: 1/' config/center.yaml
    QIFU_CONFIG=$PWD/config
    complaints 1 2026-03-31 市税务局
    quiet policy-survey --supervise
    same "$(sql 'SELECT kind, due_at > received_at FROM ticket')" "report|1"
    sed -i 's/^  kind: 举报/  kind: 督办/' config/center.yaml
    run --separate-stderr policy-survey
    same "$status$output" 2
    [[ $stderr == *center.yaml:*': no such kind: "督办"' ]]
}

@test "two sweeps at once open one ticket" {
    world
    complaints 9 2026-03-31 市税务局
    for i in 1 2 3 4; do
        policy-survey --supervise >"out$i" 2>&1 3>&- &
    done
    wait
    same "$(cat out?)" $'1\ttax\t9'
    same "$(sql 'SELECT count(*) FROM ticket')" 1
    sound
}

@test "misuse" {
    world
    end="; see policy-survey -h"
    gives 2 "" "policy-survey: one of --by, --texts, --supervise and a file$end" policy-survey --by org --texts
    gives 2 "" "policy-survey: one of --by, --texts, --supervise and a file$end" policy-survey --supervise --csv x
    gives 2 "" "policy-survey: --from, --to, --class and --org go with counts and texts$end" \
        policy-survey --supervise --org tax
    gives 2 "" "policy-survey: --source goes with a file$end" policy-survey --source x
    gives 2 "" "policy-survey: unknown count \"orgs\" (class or org)$end" policy-survey --by orgs
    gives 2 "" 'policy-survey: unknown class "贷款融咨" (did you mean 贷款融资?)' policy-survey --class 贷款融咨
    gives 2 "" "policy-survey: no operand is expected$end" policy-survey x
}
