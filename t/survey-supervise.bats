#!/usr/bin/env bats
# survey-supervise: one ticket against those whom many complain of.

load lib/base
load lib/loop
load lib/survey

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
    quiet survey-add --csv s.csv
    same "$(survey-list | cut -f 1,2 | xargs)" "loans 98 work-resumption 52 other 42 rents 18"
    gives 0 $'-\thuman-resources\t6' "" survey-supervise -n
    gives 0 $'1\thuman-resources\t6' "" survey-supervise
    same "$(survey-list --by org | grep human)" $'human-resources\t6\t6\t1.00\t6'
    # a repeat of the sweep opens nothing
    gives 0 "" "" survey-supervise
    same "$(sql 'SELECT count(*) FROM v_ticket')" 1
    gives 0 "" "" center-check
}

@test "the ticket: its text, source, dispatch; each answer counts once" {
    world
    sed 's/^  complaints: .*/  complaints: 2/; s/^  days: 30.*/  days: 3/' "$QIFU_CONFIG/center.yaml" >center.yaml
    cp -r "$QIFU_CONFIG" config && cp center.yaml config/
    export QIFU_CONFIG=$PWD/config
    complaints 1 2026-03-29 市税务局 '拨13812345678问，不理'
    complaints 1 2026-03-28 市税务局 太早
    gives 0 "" "" survey-supervise
    complaints 1 2026-03-30 市税务局
    gives 0 $'1\ttax\t2' "" survey-supervise
    same "$(sql "SELECT source, ref, channel, kind, state, title FROM v_ticket")" \
        "survey|tax:1|platform|complaint|dispatched|政策执行问卷督办：国家税务总局徐州市税务局（2件不满意）"
    same "$(sql "SELECT body FROM v_ticket")" "2026-03-29至2026-03-31，企业在政策问卷中对贵单位执行政策表示不满意2件，请核查整改并答复：
1. 关于loan的通知（loan），1分：拨138****5678问，不理
2. 关于loan的通知（loan），1分"
    same "$(sql "SELECT o.code, r.role, r.rule IS NULL, r.basis FROM route r JOIN org o ON o.id = r.org_id")" \
        "tax|lead|1|政策执行问卷"
    same "$(sql "SELECT group_concat(coalesce(ticket_id, 0), ' ') FROM survey_answer")" "1 0 1"
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE type = 'survey-supervised'")" '{"org":"tax","ticket":1,"answers":2,"of":[1,3]}'
    # one more is not enough; two more are the next ticket, and another organisation has its own
    complaints 1 2026-03-31 市税务局
    gives 0 "" "" survey-supervise
    quiet survey-add --source x --jsonl <(echo '{"class":"other","org":"tax","score":"2"}')
    complaints 2 2026-03-31 市财政局
    run --separate-stderr survey-supervise
    same "$status$stderr" 0
    same "$(cut -f 2,3 <<<"$output" | sort | xargs)" "finance 2 tax 2"
    same "$(survey-list --texts | cut -f 1,7 | xargs)" "1 1 2 -"
    sound
}

# Mission C10, S1: "反映强烈 -> 启动一次督办"; seen: "a complaint ticket is opened after 5; no order". RULES 4: "consultations
# (征求意见), survey tickets and other errands of the center are no requests of enterprises".
@test "scenario 42: five dissatisfied answers: one order of supervision, once; the ticket is an errand" {
    world
    complaints 5 2026-03-30 市税务局
    quiet survey-supervise -n
    gives 1 "" "" supervision-list
    quiet survey-supervise
    gives 0 $'1\torder\tcenter\ttax\t2026-04-02T23:59:59+08:00\t-\t督办单\t政策执行问卷督办：国家税务总局徐州市税务局（5件不满意）\t1\torder\twaiting\t-\t-' \
        "" supervision-list
    same "$(sql "SELECT data ->> 'reason' FROM v_event WHERE type = 'supervision-ordered'")" 政策执行问卷不满意5件
    same "$(sql 'SELECT errand FROM v_ticket WHERE id = 1')" 1
    quiet survey-supervise
    same "$(supervision-list | wc -l)" 1
    # the organisation replies on the ticket that it leads; the bulletin is not silent
    quiet supervision-reply --text 已自查整改 1
    gives 1 "" "" supervision-list
    same "$(report-monthly -F tsv 2026-03 | awk -F '\t' '$1 == "org" && $2 == "tax" && $4 == "ordered-by-hand" { print $5 }')" 1
    sound
}

@test "complaints of the center itself: the ladder's next supervisor orders" {
    world
    complaints 5 2026-03-30 市企服中心
    quiet survey-supervise
    same "$(supervision-list | cut -f 3,4)" $'business-environment-office\tcenter'
    sound
}

@test "the kind of the ticket is the configuration's" {
    world
    cp -r "$QIFU_CONFIG" config
    sed -i 's/^  kind: complaint .*/  kind: 举报/; s/^  complaints: .*/  complaints: 1/' config/center.yaml
    QIFU_CONFIG=$PWD/config
    complaints 1 2026-03-31 市税务局
    quiet survey-supervise
    same "$(sql 'SELECT kind, due_at > received_at FROM ticket')" "report|1"
    sed -i 's/^  kind: 举报/  kind: 督办/' config/center.yaml
    run --separate-stderr survey-list
    same "$status$output" 2
    [[ $stderr == *center.yaml:*': no such kind: "督办"' ]]
}

@test "two sweeps at once open one ticket" {
    world
    complaints 9 2026-03-31 市税务局
    for i in 1 2 3 4; do
        survey-supervise >"out$i" 2>&1 3>&- &
    done
    wait
    same "$(cat out?)" $'1\ttax\t9'
    same "$(sql 'SELECT count(*) FROM v_ticket')" 1
    sound
}

@test "a wrong command line is refused, with what would be right" {
    world
    gives 2 "" "survey-supervise: no operand is expected; see survey-supervise -h" survey-supervise 1
}
