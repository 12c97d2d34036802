#!/usr/bin/env bats
# policy-show: a policy whole, with its clocks, its versions and what came of it.

load lib/base
load lib/loop
load lib/policy

policy() {
    cat >p.yaml <<'YAML'
id: jobs-1
title: 就业补贴
document: 徐测〔2026〕1号
issuer: 市税务局
level: city
kind: general
class: jobs
summary: |
  第一行
  第二行
interpreter: 张三
phone: 0516-1
issued: 2026-03-02
collected: 2026-03-03T10:00
published: 2026-03-06T09:00
YAML
    policy-add -q p.yaml >out
}

@test "every field, in the office's words and for programs" {
    at 2026-03-09T09:00
    center
    policy
    gives 0 $'jobs-1\ttitle\t就业补贴
jobs-1\tstate\tpublished
jobs-1\tdocument\t徐测〔2026〕1号
jobs-1\tissuer\t市税务局
jobs-1\torg\ttax
jobs-1\tlevel\tcity
jobs-1\tkind\tgeneral
jobs-1\tclass\tjobs
jobs-1\tissued\t2026-03-02
jobs-1\tsummary\t第一行\\n第二行
jobs-1\tinterpreter\t张三
jobs-1\tphone\t0516-1
jobs-1\tcollected\t2026-03-03T10:00:00+08:00
jobs-1\tcollect_due\t2026-03-03T23:59:59+08:00
jobs-1\tcollect_clock\ton-time
jobs-1\tpublished\t2026-03-06T09:00:00+08:00
jobs-1\tpublish_due\t2026-03-05T23:59:59+08:00
jobs-1\tpublish_clock\tlate
jobs-1\tinterpret_due\t2026-03-09T23:59:59+08:00
jobs-1\tinterpret_clock\twaiting
jobs-1\tversion\t1 2026-03-09T09:00:00+08:00' "" policy-show jobs-1
    run policy-show -F table jobs-1
    [[ $output == *"归集时效    按时"* && $output == *"发布时效    超期"* && $output == *"解读时效    待办"* ]]
    at 2026-03-10T09:00
    run policy-show -F table jobs-1
    [[ $output == *"解读时效    超期未办"* ]]
    # the document number is a name too
    run policy-show 徐测〔2026〕1号
    same "$status" 0
    policy-show -F json jobs-1 >j
    same "$(jq -r '[.code, .state, .summary, .version, (.versions | length)] | @tsv' j)" \
        $'jobs-1\tpublished\t第一行\\n第二行\t1\t1'
}

@test "--history names what each version changed" {
    at 2026-03-09T09:00
    center
    policy
    at 2026-03-10T09:00
    sed -i 's/张三/李四/; s/0516-1/0516-2/' p.yaml
    policy-add -q p.yaml >out
    gives 0 $'jobs-1\t1\t2026-03-09T09:00:00+08:00\t-
jobs-1\t2\t2026-03-10T09:00:00+08:00\tinterpreter phone' "" policy-show --history jobs-1
    run policy-show --history -F table jobs-1
    [[ $output == *"解读人 解读人电话"* ]]
    run policy-show --at-version 1 jobs-1
    same "$(grep -cE $'\t(interpreter\t张三|phone\t0516-1|version\t1|at\t2026-03-09T09:00:00\\+08:00)$' <<<"$output")" 4
    run policy-show jobs-1
    [[ $output == *$'\tinterpreter\t李四'* ]]
    same "$(policy-show --at-version 2 -F json jobs-1 | jq -r .phone)" 0516-2
    gives 2 "" "policy-show: jobs-1 has 2 versions, no version 3" policy-show --at-version 3 jobs-1
}

@test "how it ended, and what came of it" {
    at 2026-03-09T09:00
    center
    policy
    policy-record -q --type viewed --count 12 jobs-1 >out
    policy-record -q --type viewed jobs-1 >out
    policy-record -q --type feedback --score 5 jobs-1 >out
    policy-record -q --type feedback --score 基本满意 --text 好 jobs-1 >out
    run policy-show jobs-1
    same "$(grep -E $'\t(views|feedback|score)\t' <<<"$output" | cut -f 2,3 | xargs)" "views 13 feedback 2 score 4.0"
    sed 's/jobs-1/jobs-2/; s/1号/2号/; $a supersedes: jobs-1' p.yaml >q.yaml
    policy-add -q q.yaml >out
    run policy-show jobs-1 jobs-2
    same "$(grep -E $'\t(state|supersede[sd].*|ended)\t' <<<"$output" | tr '\t' ' ')" \
"jobs-1 state superseded
jobs-1 ended 2026-03-09T09:00:00+08:00
jobs-1 superseded_by jobs-2
jobs-2 state published
jobs-2 supersedes jobs-1"
    policy-withdraw -q --reason 到期清理 jobs-2 >out
    run policy-show jobs-2
    same "$(grep -E $'\t(state|ended_reason)\t' <<<"$output" | cut -f 2,3 | xargs)" "state withdrawn ended_reason 到期清理"
}

@test "a bad one is reported, the good ones are shown" {
    at 2026-03-09T09:00
    center
    policy
    sed 's/jobs-1/jobs-2/' p.yaml >q.yaml
    policy-add -q q.yaml >out
    run --separate-stderr policy-show jobs-l jobs-1 zzzzzzzzzz
    same "$status" 2
    same "$(cut -f 1 <<<"$output" | uniq)" jobs-1
    same "$stderr" 'policy-show: unknown policy "jobs-l" (did you mean jobs-1?)
policy-show: unknown policy "zzzzzzzzzz"; policy-list --all shows them'
    # one document, several policies: the number alone does not say which
    gives 2 "" 'policy-show: several policies stand in document "徐测〔2026〕1号": name one by its id' \
        policy-show 徐测〔2026〕1号
    sh_run 'printf "jobs-1\trest\r\n\n\tx\njobs-2" | policy-show - | cut -f 1 | uniq | xargs'
    same "$status:$output" "2:jobs-1 jobs-2"
    same "$stderr" "policy-show: standard input:3: the line starts with no id in UTF-8"
}

@test "a wrong command line is refused, with what would be right" {
    center
    gives 2 "" "policy-show: name the policies to show; see policy-show -h" policy-show
    gives 2 "" "policy-show: one of --history, --sheet and --at-version; see policy-show -h" policy-show --history --at-version 1 x
    gives 2 "" 'policy-show: "0" is not a whole number from 1 to 1000000; see policy-show -h' policy-show --at-version 0 x
}

@test "the sheet: what came of a policy, scores before and since a day" {
    policies
    quiet policy-record --type granted --enterprise "$FIRM" --amount 2万元 a
    quiet policy-record --type granted --enterprise "$FIRM" --amount 1.5元 a
    quiet policy-record --type viewed --count 30 a
    ticket-new -q --title x --kind 政策咨询 --policy a >out
    ticket-new -q --title y --policy a >out
    ticket-void -q --reason x 2 >out
    printf '序号,政策,评分,时间\n1,a,1,2025-06-01\n2,a,2,2025-06-02\n3,a,5,2026-03-05\n4,b,3,2026-03-05\n' >s.csv
    quiet survey-add --csv s.csv
    gives 0 $'a\t甲办法\t2026-03-09T09:00:00+08:00\t0\t0\t30\t1\t0\t0\t2\t1\t20001.5\t1.5\t2\t5.0\t1\t-' "" policy-show --sheet a
    same "$(policy-show --sheet --since 2025-06-02 a b | cut -f 1,13-16)" $'a\t1.0\t1\t3.5\t2\nb\t-\t0\t3.0\t1'
    gives 2 "" "policy-show: --since goes with --sheet; see policy-show -h" policy-show --since 2025-06-02 a
    gives 2 "" "policy-show: one of --history, --sheet and --at-version; see policy-show -h" policy-show --sheet --history a
}

@test "topics, reviews, the transition and the day of evaluation are shown, and versions keep them" {
    policies
    { sed -n '1s/$/,topics,fair_review,legal_review,transition_to,evaluate/p' p.csv
        sed -n 's/^a.*/&,助企纾困 智改数转,市监局2026-02-20,司法局,2026-06-30,2027-03-01/p' p.csv; } >t.csv
    quiet policy-add --csv t.csv
    same "$(policy-show -F json a | jq -r '[.topics, .fair_review, .legal_review, .transition_to, .evaluate] | join("|")')" \
        "助企纾困 智改数转|市监局2026-02-20|司法局|2026-06-30|2027-03-01"
    policy-show -F table a | grep -q '适应调整期至 *2026-06-30'
    same "$(policy-show --at-version 1 a | grep -c evaluate)" 0
    same "$(policy-list --topic 智改数转 | cut -f 1)" a
    same "$(policy-list --topic 助企纾困 | cut -f 1)" a
    gives 1 "" "" policy-list --topic 智改
    policy-list -F html --topic 智改数转 >page
    grep -q 甲办法 page
    run ! grep -q 乙办法 page
    gives 0 "" "" center-check -q
}
