#!/usr/bin/env bats
# assess-score: the scores are worked out by hand here, from tickets that are counted on the fingers.

load lib/base

# asked ORG ANSWER SCORE: a complaint to ORG, received and dispatched on Monday 2026-03-02, so due on 03-09;
# answered on the day ANSWER (-: never), rated SCORE (-: not).
asked() {
    local id
    id=$(ticket-new -q --kind 投诉 --title 事项 --at 2026-03-02T09:00 --now 2026-03-02T09:00 | ticket-route --to "$1" --now 2026-03-02T10:00 - | cut -f 1)
    [ "$2" = - ] || ticket-answer -q --text 答复 --now "${2}T10:00" "$id" >out
    [ "$3" = - ] || ticket-rate -q --score "$3" --now "${2}T11:00" "$id" >out
}

# Five departments, one with too few tickets, and a county.
departments() {
    at 2026-03-02T09:00
    center
    for answer in "03-04 5" "03-04 5" "03-05 -" "03-06 -"; do
        set -- $answer
        asked tax "2026-$1" "$2"       # 4 of 4 in time, 2 of 2 content
        asked education "2026-$1" "$2" # the same
    done
    asked finance 2026-03-04 5
    asked finance 2026-03-04 1
    asked finance 2026-03-05 -
    asked finance 2026-03-10 - # yellow alone: 3 of 4, 1 of 2 content
    asked justice 2026-03-04 -
    asked justice 2026-03-04 -
    asked justice 2026-03-05 -
    asked justice - - # red: 3 of 4, nobody rated
    asked gov-services - -
    asked gov-services - -
    asked gov-services - - # 0 of 3, three reds
    asked commerce 2026-03-04 5
    asked 320322 2026-03-04 5
    asked 320322 2026-03-04 4
    asked 320322 2026-03-11 2 # 2 of 3, 2 of 3 content
    at 2026-03-20
    escalate >out
    at 2026-04-01
}

# formula [SED]: an assessment, changed by SED
formula() {
    sed "${1-}" >formula.yaml <<'END'
assessment: by-hand
name: 考核
basis: 试验
groups: [city-department, county]
minimum: {figure: party-due, count: 2}
most: 105
items:
  - {item: on-time, name: 按时, figure: party-on-time, points: 60, floor: 50%, target: 100%}
  - {item: content, name: 满意, figure: satisfied, points: 40, floor: 60%, target: 100%, nothing: apart}
deductions:
  - {item: red, name: 红色, figure: overdue-red, each: 2, most: 5}
additions:
  - {item: at-once, name: 一次办结, figure: at-once, each: 0.5, most: 1}
given:
  - {period: 2026-03, org: 市财政局, points: 2.5, reason: 典型案例, basis: 通报}
  - {period: 2026-02, org: 市财政局, points: -50, reason: 另一个月, basis: 通报}
END
}

# On paper, points of on-time + content (+ what is scaled) + red + at-once + given:
#   tax, education  60 + 40            + 1        = 101
#   justice         30, nobody rated: 30 * 100 / 60 = 50, -2 + 1 = 49
#   finance         30 + 0             + 1 + 2.5  = 33.5
#   gov-services    0, nobody rated: 0; three reds: -6, at most -5; below 0: 0
#   commerce        one ticket: apart, 60 + 40 + 0.5 = 100.5
#   320322          (2/3 - 1/2) / (1/2) * 60 = 20; (2/3 - 3/5) / (2/5) * 40 = 6.67; + 1 = 27.67
PAPER="education 1 101.00 0.00
tax 1 101.00 0.00
justice 3 49.00 0.00
finance 4 33.50 2.50
gov-services 5 0.00 0.00
commerce - 100.50 0.00
320322 1 27.67 0.00"

@test "scores and ranks as on paper: ties, one below the minimum, caps, nothing to count, by hand" {
    departments
    formula
    same "$(assess-score -F tsv ./formula.yaml 2026-03 | cut -f 1,4,5,7 | tr '\t' ' ')" "$PAPER"
    same "$(assess-score -F tsv ./formula.yaml 2026-03 | awk -F '\t' '{ print $1 ": " $8 }')" "education: on-time 60.00, content 40.00, red 0.00, at-once 1.00
tax: on-time 60.00, content 40.00, red 0.00, at-once 1.00
justice: on-time 30.00, content -, red -2.00, at-once 1.00
finance: on-time 30.00, content 0.00, red 0.00, at-once 1.00
gov-services: on-time 0.00, content -, red -5.00, at-once 0.00
commerce: on-time 60.00, content 40.00, red 0.00, at-once 0.50
320322: on-time 20.00, content 6.67, red 0.00, at-once 1.00"
    # of a quarter that has the month in it
    same "$(assess-score -F tsv ./formula.yaml 2026-01..2026-03 | awk -F '\t' '$1 == "finance" { print $5, $7 }')" "0.00 -47.50"
    # the whole is capped too: two who have more than 60
    formula 's/^most: 105/most: 60/'
    same "$(assess-score -F tsv ./formula.yaml 2026-03 | awk -F '\t' '{ print $1, $4, $5 }' | head -n 3)" "education 1 60.00
tax 1 60.00
justice 3 49.00"
    # nobody who rates may give all, or nothing
    formula 's/nothing: apart/nothing: full/'
    same "$(assess-score -F tsv ./formula.yaml 2026-03 | awk -F '\t' '$1 == "justice" { print $5 }')" 69.00
    formula 's/, nothing: apart//'
    same "$(assess-score -F tsv ./formula.yaml 2026-03 | awk -F '\t' '$1 == "justice" { print $5 }')" 29.00
    # less is better: days from the receipt to the answer, 2 or 3 or 4 of them
    formula 's/figure: party-on-time, points: 60, floor: 50%, target: 100%/figure: net-days-median, points: 60, floor: 8, target: 2/'
    same "$(assess-score -F tsv ./formula.yaml 2026-03 | awk -F '\t' '$1 == "tax" { print $8 }')" \
        "on-time 55.00, content 40.00, red 0.00, at-once 1.00" # 2, 2, 3, 4: 2.5
    gives 0 "" "" center-check
}

@test "down to the ids" {
    departments
    formula
    assess-score -F tsv --items ./formula.yaml 2026-03 >items
    same "$(awk -F '\t' '$1 == "finance" { print $4, $5, $6, $7, $8 }' items)" "on-time party-on-time 3/4 (75.0%) 30.00 60.00
content satisfied 1/2 (50.0%) 0.00 40.00
red overdue-red 0 0.00 5.00
at-once at-once 4/4 (100.0%) 1.00 1.00"
    # each line says what lists what it counts
    while IFS=$'\t' read -r _ _ _ _ _ value _ _ command _; do
        same "$command $(sh -c "$command" | wc -l)" "$command $(sed 's/[/ ].*//' <<<"$value")"
    done <items
}

@test "what if: the same formula changes nothing, another one says whose rank moves and why" {
    departments
    formula
    gives 1 "" "" assess-score -F tsv --what-if ./formula.yaml ./formula.yaml 2026-03
    cp formula.yaml before.yaml
    # content counts for all of those too whom nobody rated: justice has 30 and 0; finance 30, and 2.5 given
    formula 's/, nothing: apart//; s/count: 2/count: 1/'
    same "$(assess-score -F tsv --what-if ./formula.yaml ./before.yaml 2026-03 | cut -f 1,4-8 | tr '\t' '|')" \
        "justice|3|5|49.00|29.00|content - -> 0.00
gov-services|5|6|0.00|0.00|content - -> 0.00
commerce|-|3|100.50|100.50|minimum"
    assess-score -F tsv --what-if ./formula.yaml ./before.yaml 2026-03 >moves
    # against the ranks of the two by themselves
    join -t $'\t' <(assess-score -F tsv ./before.yaml 2026-03 | cut -f 1,4 | sort) \
        <(assess-score -F tsv ./formula.yaml 2026-03 | cut -f 1,4 | sort) | awk -F '\t' '$2 != $3' | sort >differing
    same "$(cut -f 1,4,5 moves | sort)" "$(cat differing)"
}

# With 2 days they were due on 03-04. On paper, the share of on-time between 50% and 100%:
#   tax, education  2 of 4: 0; content 40; at-once 1; no red: answered on the 5th and 6th, before the third day over
#   finance         2 of 4: 0; content 0; at-once 1, given 2.5; the one of the 10th is red now too: -2
#   justice         2 of 4: 0; nobody rated: 0; one red as before: 1 - 2
#   gov-services    0 of 3, three reds at most -5: 0
#   320322          2 of 3: 20, content 6.67, at-once 1; the one of the 11th is red now: -2
@test "what if complaints had other limits: deadlines, levels and ranks of the period again" {
    departments
    formula
    cp formula.yaml before.yaml
    { cat before.yaml && printf 'limits: {投诉: 2, help: 3}\n'; } >formula.yaml
    sql .dump >dump
    assess-score -F tsv --what-if ./formula.yaml ./before.yaml 2026-03 >moves
    same "$(cut -f 1,4-8 moves | tr '\t' '|')" "justice|3|4|49.00|0.00|on-time 30.00 -> 0.00
finance|4|3|33.50|1.50|on-time 30.00 -> 0.00, red 0.00 -> -2.00
gov-services|5|4|0.00|0.00|others"
    # the file is as it was
    same "$(sql .dump)" "$(cat dump)"
    gives 0 "" "" center-check
    # with the limits that hold nobody moves
    { cat before.yaml && printf 'limits: {complaint: 5, help: 3, policy-consultation: 1}\n'; } >formula.yaml
    gives 1 "" "" assess-score -F tsv --what-if ./formula.yaml ./before.yaml 2026-03
    # and it is what a center with such a limit comes to from the first
    cp -r "$TREE/share" conf
    sed -i '/- kind: complaint/,/days:/s/days: 5/days: 2/' conf/center.yaml
    { cat before.yaml && printf 'limits: {complaint: 2}\n'; } >formula.yaml
    assess-score -F tsv --what-if ./formula.yaml ./before.yaml 2026-03 | cut -f 1,5,7 >tried
    export QIFU_CONFIG=$T/conf
    no_center
    departments
    cp before.yaml formula.yaml
    same "$(assess-score -F tsv ./formula.yaml 2026-03 | awk -F '\t' '$1 ~ /^(justice|finance|gov-services)$/ { print $1 "\t" $4 "\t" $5 }' | sort)" "$(sort tried)"
    # limits are for trying alone, of kinds that there are
    echo 'limits: {complaint: 2, nothing: 1, help: 0}' >>formula.yaml
    run --separate-stderr assess-score ./formula.yaml 2026-03
    same "$status $(cut -d ' ' -f 2 <<<"$stderr" | xargs)" "2 ./formula.yaml:17: ./formula.yaml:17:"
    sed -i '$s/.*/limits: {complaint: 2}/' formula.yaml
    gives 2 "" "assess-score: ./formula.yaml: limits are for --what-if; see assess-score -h" assess-score ./formula.yaml 2026-03
}

# Of finance 1 of its 4 is late (yellow alone), and is appealed against; of justice 1 (red). On paper:
#   finance   3 of 3 in time: 60; content 1 of 2: 0; at-once 1, given 2.5: 63.5; before 33.5
#   justice   its appeal is refused: 49 as before; the third, of gov-services, waits
@test "an appeal takes its ticket out of the item that it is against, if the assessment says so" {
    departments
    formula
    cp formula.yaml before.yaml
    late=$(report-period --ids party-due --only org=finance 2026-03 | cut -f 1 | comm -23 - <(report-period --ids party-on-time --only org=finance 2026-03 | cut -f 1))
    red=$(report-period --ids overdue-red --only org=justice 2026-03 | cut -f 1)
    waits=$(report-period --ids overdue-red --only org=gov-services 2026-03 | cut -f 1 | head -n 1)
    at 2026-03-20 # before more levels fire for want of a reply
    ticket-appeal -q --figure party-on-time --reason 汛期 --basis 第六条 "$late" >out
    ticket-appeal -q --approve --reason 属实 "$late" >out
    ticket-appeal -q --figure party-on-time,overdue-red --reason 汛期 --basis 第六条 "$red" >out
    ticket-appeal -q --refuse --reason 不属实 "$red" >out
    ticket-appeal -q --figure overdue-red --reason 汛期 --basis 第六条 "$waits" >out
    at 2026-04-01
    # nothing is said of appeals: all as before, and the working tells
    same "$(assess-score -F tsv ./before.yaml 2026-03 | cut -f 1,4,5,7 | tr '\t' ' ')" "$PAPER"
    same "$(assess-score -F tsv --items ./before.yaml 2026-03 | awk -F '\t' '$10 != "-" { print $1, $4, $10 }')" \
        "justice on-time $red refused
justice red $red refused
finance on-time $late counts
gov-services red $waits waiting"
    { cat before.yaml && echo 'appeals: out'; } >formula.yaml
    same "$(assess-score -F tsv ./formula.yaml 2026-03 | awk -F '\t' '$3 == "city-department" { print $1, $4, $5 }')" "education 1 101.00
tax 1 101.00
finance 3 63.50
justice 4 49.00
gov-services 5 0.00
commerce - 100.50"
    same "$(assess-score -F tsv --items ./formula.yaml 2026-03 | awk -F '\t' '$10 != "-" { print $1, $4, $6, $10 }')" \
        "finance on-time 3/3 (100.0%) $late out
justice on-time 3/4 (75.0%) $red refused
justice red 1 $red refused
gov-services red 3 $waits waiting"
    same "$(assess-score ./formula.yaml 2026-03 | sed -n '/^申诉$/,/^$/p' | sed -n 3p | tr -s ' ' | sed 's/ $//')" "徐州市财政局 按时 $late 1 同意，剔除"
    # one item may say otherwise
    sed -i 's/figure: party-on-time,/figure: party-on-time, appeals: count,/' formula.yaml
    same "$(assess-score -F tsv ./formula.yaml 2026-03 | cut -f 1,4,5,7 | tr '\t' ' ')" "$PAPER"
    # a median is that of the others, and a deduction that of the others
    formula 's/figure: party-on-time, points: 60, floor: 50%, target: 100%/figure: net-days-median, points: 60, floor: 8, target: 2/'
    echo 'appeals: out' >>formula.yaml
    at 2026-03-20
    ticket-appeal -q --figure net-days-median --reason r --basis b "$late" >out
    ticket-appeal -q --approve --reason 属实 "$late" >out
    ticket-appeal -q --approve --reason 属实 "$waits" >out
    at 2026-04-01
    same "$(assess-score -F tsv --items ./formula.yaml 2026-03 | awk -F '\t' '($1 == "finance" && $4 == "on-time") || ($1 == "gov-services" && $4 == "red") { print $1, $6, $7, $10 }')" \
        "finance 2.0 60.00 $late out
gov-services 2 -4.00 $waits out"
    gives 0 "" "" center-check
}

# polled: a configuration with two offices of the tax office, two of justice, one of the bureau of statistics, which has
# no tickets, and a department; and votes on them. On paper:
#   tax         office 1 100 80 100, office 2 60 40 (one does not know it): 380 of 5 votes, 76; of another wave 20 20
#   justice     office 1 80 60; office 2 has one vote, and counts for nothing: 140 of 2, 70
#   statistics  100 100 100: 300 of 3, 100
#   d marks an office twice: what d says of offices does not count, what d says of stations does
polled() {
    cp -r "$TREE/share" conf && export QIFU_CONFIG=$T/conf
    cat >conf/ballots.yaml <<'END'
rules: {complete: 0, alike: 0, unit_minimum: 2, group_minimum: 1, points: {5: 100, 4: 80, 3: 60, 2: 40, 1: 20}}
waves: [{wave: 2025-H2, from: 2025-12-01, to: 2025-12-20}, {wave: 2026-H1, from: 2026-03-03, to: 2026-03-20}]
groups:
  - group: offices
    name: 处室
    units: [{unit: t1, name: 征收处, org: tax}, {unit: t2, name: 稽查处, org: tax},
      {unit: j1, name: 律师处, org: justice}, {unit: j2, name: 公证处, org: justice}]
  - group: stations
    name: 站所
    units: [{unit: s1, name: 统计站, org: statistics}]
END
    departments
    printf '%s\n' voter,unit,score,at a,t1,1,2025-12-03 b,t1,1,2025-12-03 | ballot-add -q --wave 2025-H2 --csv - >out
    printf '%s\n' voter,unit,score,at a,t1,5,2026-03-03 b,t1,4,2026-03-03 c,t1,5,2026-03-03 a,t2,3,2026-03-03 b,t2,不了解,2026-03-03 \
        c,t2,2,2026-03-03 a,j1,4,2026-03-04 b,j1,3,2026-03-04 a,j2,1,2026-03-04 a,s1,5,2026-03-04 b,s1,5,2026-03-04 \
        d,t1,1,2026-03-05 d,t1,2,2026-03-06 d,j1,1,2026-03-05 d,s1,5,2026-03-05 | ballot-add -q --wave 2026-H1 --csv - >out
    formula "/content/s/.*/  - {item: ballots, name: 评议, ballots: ${1-all}, points: 40, floor: 60, target: 90, nothing: apart}/; /^most\|^ded\|^add\|red\|once\|^given\|period:/d; /^minimum/d"
}

# On paper, on-time of 60 and (mean - 60) / 30 of 40; who has no votes has on-time of 100:
#   tax 60 + 21.33, justice 30 + 13.33, statistics 0 + 40 (nobody asked it anything), education 100, finance 50,
#   commerce 100, gov-services 0; 320322 20 of 60: 33.33
@test "what firms voted is an item, down to the votes" {
    polled
    same "$(assess-score -F tsv ./formula.yaml 2026-03 | awk -F '\t' '{ print $1, $4, $5, $8 }')" "commerce 1 100.00 on-time 60.00, ballots -
education 1 100.00 on-time 60.00, ballots -
tax 3 81.33 on-time 60.00, ballots 21.33
finance 4 50.00 on-time 30.00, ballots -
justice 5 43.33 on-time 30.00, ballots 13.33
statistics 6 40.00 on-time 0.00, ballots 40.00
gov-services 7 0.00 on-time 0.00, ballots -
320322 1 33.33 on-time 20.00, ballots -"
    same "$(assess-score -F tsv --items ./formula.yaml 2026-03 | awk -F '\t' '$4 == "ballots" && $6 != "0/0" { print $1, $5, $6, $7, $8 ": " $9 }')" \
        "tax ballots 380/5 (76.00) 21.33 40.00: ballot-rank --votes t1 2026-H1; ballot-rank --votes t2 2026-H1
justice ballots 140/2 (70.00) 13.33 40.00: ballot-rank --votes j1 2026-H1
statistics ballots 300/3 (100.00) 40.00 40.00: ballot-rank --votes s1 2026-H1"
    # those lines are the votes, and add up
    assess-score -F tsv --items ./formula.yaml 2026-03 | awk -F '\t' '$4 == "ballots" && $9 != "-"' >items
    while IFS=$'\t' read -r org _ _ _ _ value _ _ commands _; do
        same "$org $(sh -c "$commands" | awk -F '\t' '{ n++; sum += $5 } END { print sum "/" n }')" "$org ${value% *}"
    done <items
    gives 0 "$(printf '%s\t%s\tt2\t%s\t%s\t2026-03-03T00:00:00+08:00\n' 6 a 3 60 8 c 2 40)" "" ballot-rank --votes 稽查处 2026-H1
    same "$(assess-score ./formula.yaml 2026-03 | sed -n 's/^评议 *//p')" \
        "万企评机关    40.00  60 及以下不得分，90 及以上得满分，其间按比例；无件数的不计，按其他项折算；有效票均分，2026-H1"
    # the waves that end in the period, all of them together; a wave by its name, whenever it was; some groups
    same "$(assess-score -F tsv --items ./formula.yaml 2025-12..2026-03 | awk -F '\t' '$1 == "tax" && $4 == "ballots" { print $6 }')" "420/7 (60.00)"
    same "$(assess-score -F tsv --items ./formula.yaml 2026-04..2026-06 | awk -F '\t' '$4 == "ballots" && $6 != "0/0"')" ""
    sed 's/ballots: all,/ballots: all, wave: 2025-H2,/' formula.yaml >other.yaml
    same "$(assess-score -F tsv --items ./other.yaml 2026-03 | awk -F '\t' '$1 == "tax" && $4 == "ballots" { print $6, $7 }')" "40/2 (20.00) 0.00"
    same "$(assess-score -F tsv --what-if ./other.yaml ./formula.yaml 2026-03 | awk -F '\t' '$1 == "justice" { print $4, $5, $8 }')" \
        "5 4 ballots 13.33 -> -"
    sed 's/ballots: all,/ballots: [stations],/' formula.yaml >other.yaml
    same "$(assess-score -F tsv ./other.yaml 2026-03 | awk -F '\t' '$1 ~ /^(tax|statistics)$/ { print $1, $8 }')" "tax on-time 60.00, ballots -
statistics on-time 0.00, ballots 40.00"
}

@test "faults of an item of ballots" {
    polled
    cat >bad.yaml <<'END'
assessment: bad
basis: x
groups: [city-department]
items:
  - {item: a, figure: due, ballots: all, points: 10, floor: 60, target: 90}
  - {item: b, ballots: [offices, office], points: 10, floor: 60, target: 90}
  - {item: c, ballots: all, wave: 2026-H2, points: 10, floor: 60, target: 90}
  - {item: d, figure: due, wave: 2026-H1, points: 10, floor: 60, target: 90}
  - {item: e, ballots: [], points: 10, floor: 60, target: 90}
deductions:
  - {item: f, ballots: all, each: 1, most: 5}
END
    run --separate-stderr assess-score ./bad.yaml 2026-03
    same "$status$output" 2
    same "$(sed 's/^assess-score: //' <<<"$stderr" | sort -t : -k 2n)" "./bad.yaml:5: an item has a figure or ballots, not both
./bad.yaml:6: unknown group of ballots \"office\" (offices 处室, stations 站所)
./bad.yaml:7: no ballots of wave \"2026-H2\"
./bad.yaml:8: \"wave\" goes with \"ballots\"
./bad.yaml:9: \"ballots\" names no group, nor all
./bad.yaml:11: unknown key \"ballots\" (item, name, figure, each, most or appeals)"
}

@test "as a document" {
    departments
    formula
    assess-score ./formula.yaml 2026-03 >out
    same "$(head -1 out)" "徐州市企业服务中心（演示数据） 2026年3月考核"
    same "$(sed -n '/^市级部门$/,/^$/p' out | awk '{ print $1, $2, $3 }' | sed -n 3,6p)" "1 徐州市教育局 101.00
1 国家税务总局徐州市税务局 101.00
3 徐州市司法局 49.00
4 徐州市财政局 33.50"
    grep -q '^市级部门（不足最低件数，不排名）$' out
    grep -q '^徐州市财政局 *2.50  典型案例  通报$' out
    run ! grep -q 另一个月 out
    assess-score -F html ./formula.yaml 2026-03 | grep -q '<td>徐州市司法局</td>'
    for example in example-service example-business-environment example-clean; do
        assess-score "$example" 2026-03 | grep -q '示例，不是任何机关的考核办法'
    done
    assess-score example-service 2026-03 | grep -q '^办理天数 *净中位天数 *10.00  8 及以上不得分，2 及以下得满分，'
    assess-score example-service 2026-03 | grep -q '^按时签收 *按时签收 *20.00  50% 及以下不得分，100% 及以上得满分，'
    # on the first day of the month after, and before anything happened
    gives 1 "" "" assess-score -F tsv example-service 2025-01
}

@test "faults of the file, each at its line" {
    at 2026-03-02
    center
    cat >bad.yaml <<'END'
assessment: bad
groups: [city-department, nobody]
minimum: {figure: recieved, count: 2}
items:
  - {item: a, figure: on-time, points: 10.005, floor: 50%, target: 50%}
  - {item: a, figure: late, points: many}
  - {item: b, figure: due, points: 0, target: 1, nothing: all}
deductions:
  - {item: c, figure: due, each: -1, most: 5}
  - {item: d, figure: due}
given:
  - {period: 2026-13, org: 市民政府, points: 1, reason: x, basis: y}
  - {period: 2026, org: tax, reason: x}
weight: 1
END
    run --separate-stderr assess-score ./bad.yaml 2026-03
    same "$status $output" "2 "
    same "$(cut -d ' ' -f 2 <<<"$stderr" | sort -u -t : -k 2n | sed 's/:$//' | xargs)" "$(printf './bad.yaml:%s ' 1 2 3 5 6 7 9 10 12 13 14 | xargs)"
    grep -qF 'bad.yaml:3: unknown figure "recieved"' <<<"$stderr"
    grep -qF 'bad.yaml:5: "points" is finer than a hundredth' <<<"$stderr"
    grep -qF 'bad.yaml:5: "floor" and "target" are the same' <<<"$stderr"
    grep -qF 'bad.yaml:6: item "a" stands twice' <<<"$stderr"
    grep -qF 'bad.yaml:7: "nothing" must be none, full or apart' <<<"$stderr"
    grep -qF 'bad.yaml:9: "each" must be above 0' <<<"$stderr"
    grep -qF 'bad.yaml:12: not a period: "2026-13"' <<<"$stderr"
    gives 2 "" "assess-score: $TREE/share/assess/none.yaml: No such file or directory" assess-score none 2026-03
    gives 2 "" "assess-score: name an assessment and a period; see assess-score -h" assess-score example-service
    gives 2 "" "assess-score: --items and --what-if exclude each other; see assess-score -h" \
        assess-score --items --what-if x example-service 2026
}
