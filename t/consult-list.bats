#!/usr/bin/env bats
# consult-list: the drafts that are out for opinions, and the opinions on them.

load lib/base
load lib/loop
load lib/consult

@test "the drafts: whom they were sent to, what came back, what became of it" {
    world
    gives 1 "" "" consult-list
    opened
    gives 0 $'id\ttitle\tdrafter\tuntil\taddressees\tanswered\topinions\tadopted\tdeclined\tundecided\tpublic\turgent
1\t贴息办法\tfinance\t2026-03-13\t3\t0\t0\t0\t0\t0\t-\t-' "" consult-list -H
    gives 0 "编号  征求意见稿  起草单位      截止        征求  已反馈  意见  采纳  未采纳  待定  公开征求  缩短期限理由
   1  贴息办法    徐州市财政局  2026-03-13     3       0     0     0       0     0  -         -" "" consult-list -F table
    same "$(consult-list -F json | jq -r .drafter)" finance
}

@test "the opinions on those that are named; numbers in them are masked" {
    decided
    printf '单位,意见,编号\ntax,联系13987654321,1\n' >more.csv
    quiet consult-answer --csv more.csv
    same "$(consult-list 1 | cut -f 1,2,4,5,8)" "1	tax	adopted	合理	一
2	tax	adopted	合理	二|竖线
3	justice	declined	无上位法依据，见138****5678	三
4	chamber	-	-	四
5	tax	-	-	联系139****4321"
    same "$(echo 1 | consult-list - | wc -l)" 5
    same "$(consult-list -F table 1 | sed -n 4p | tr -s ' ' | cut -d ' ' -f 3,6)" "徐州市司法局 未采纳"
}

@test "what is not there is reported, the others are listed" {
    decided
    run --separate-stderr consult-list 9 1
    same "$status $(wc -l <<<"$output") $stderr" "2 4 consult-list: 9: no such consultation"
}
