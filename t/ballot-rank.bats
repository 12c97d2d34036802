#!/usr/bin/env bats
# ballot-rank: the ballots are made so that their ranks are known (t/lib/ballot.bash).

load lib/base
load lib/ballot

# 2,000 ballots of a wave: the shares of u01 to u12 are known, u13 has 80 points. Those that do not count would turn
# the ranks over: they say 5 of the worst and 1 of the best.
SHARES="90 85 85 70 65 60 55 50 45 45 40 30"
turned() { # NAME COUNT UNITS DAY
    awk -v name="$1" -v count="$2" -v units="$3" -v day="$4" 'BEGIN {
        for (i = 1; i <= count; i++) for (k = 1; k <= units; k++)
            printf "%s%d,u%02d,%d,%s %02d:00\n", name, i, k, k < 8 ? 1 : 5, day, i % 24 }'
}

@test "2,000 ballots of known ranks: ties, the last five, twice running, and what does not count" {
    at 2026-06-01
    units 13
    center
    # the wave before: u01 and u08 to u10 are the last, with u13 (80) above the last five
    votes a 300 2025-12-03 20 85 95 75 70 60 55 30 25 25 40 90 | cast 2025-H2
    {
        votes a 1000 2026-05-03 $SHARES # two thousand who count; the shares are those of a thousand too
        votes b 1000 2026-05-20 $SHARES
        turned early 150 13 2026-04-30
        turned late 150 13 2026-05-21
        turned short 200 10 2026-05-10 # 10 of 13 are less than 80 in 100
        turned twice 100 13 2026-05-10
        turned twice 100 13 2026-05-11
        awk 'BEGIN { for (i = 1; i <= 300; i++) for (k = 1; k <= 13; k++) printf "same%d,u%02d,1,2026-05-10\n", i, k }'
    } | cast 2026-H1
    # on paper: 60 + 0.4 of the share
    ballot-rank --group offices 2026-H1 >ranks
    same "$(cut -f 1,5,6,7,8,9,11 ranks | tr '\t' ' ')" "u01 1 13 96.00 2000 0 -
u02 2 13 94.00 2000 0 -
u03 2 13 94.00 2000 0 -
u04 4 13 88.00 2000 0 -
u05 5 13 86.00 2000 0 -
u06 6 13 84.00 2000 0 -
u07 7 13 82.00 2000 0 -
u08 8 13 80.00 2000 0 twice
u13 8 13 80.00 2000 0 last
u09 10 13 78.00 2000 0 twice
u10 10 13 78.00 2000 0 twice
u11 12 13 76.00 2000 0 twice
u12 13 13 72.00 2000 0 last"
    # two share the fifth place from the end: fewer than five have less than they
    same "$(ballot-rank --last 2026-H1 | cut -f 1 | xargs), $(ballot-rank --twice 2026-H1 | cut -f 1 | xargs)" \
        "u08 u13 u09 u10 u11 u12, u08 u09 u10 u11"
    # in the wave before, of 60 + 0.4 of its shares
    same "$(ballot-rank --last 2025-H2 | cut -f 1,5,7 | tr '\t' ' ')" "u11 9 76.00
u08 10 72.00
u09 11 70.00
u10 11 70.00
u01 13 68.00"
    gives 1 "" "" ballot-rank --twice 2025-H2
    # every ballot that does not count, with its reason
    ballot-rank --unsound 2026-H1 >unsound
    same "$(sed 's/[0-9]*\t/ /' unsound | cut -f 1,3 | tr '\t' ' ' | sort | uniq -c | awk '{ print $1, $2, $NF }')" "150 early outside
150 late outside
300 same alike
200 short incomplete
100 twice repeated"
    same "$(cut -f 3 unsound | sort | uniq -c | xargs)" "200 10 600 13 100 26"
    same "$(awk -F '\t' '{ print $10 }' ranks | sort -n | uniq -c | xargs)" "3 700 10 900"
    ballot-rank -F table --group 处室 2026-H1 | grep -q '处室08 .* 连续两次后5位$'
    gives 0 "" "" center-check
}

@test "of two ballots of one voter neither, the first or the last counts" {
    at 2026-06-01
    for rule in neither first last; do
        no_center
        units 2 "twice: $rule"
        center
        printf 'a,u01,5,2026-05-%s\na,u02,5,2026-05-%s\n' 02 02 05 05 | sed '3,4s/,5,/,3,/' | cast 2026-H1
        echo "b,u01,4,2026-05-02" | cast 2026-H1
        echo "$rule $(ballot-rank --group offices 2026-H1 | cut -f 1,7,8 | xargs)"
    done >got
    same "$(cat got)" "neither u01 80.00 1 u02 - 0
first u02 100.00 1 u01 90.00 2
last u01 70.00 2 u02 60.00 1"
}

@test "below a minimum: a unit, a group; who does not know a unit; groups too small for a last five" {
    at 2026-06-01
    units 13 "unit_minimum: 3, group_minimum: 4, last: 5, last_of: 10"
    center
    {
        votes a 5 2026-05-02 90 80 70 60 50 40 30 20 10 0 0 0
        # one ballot more, which knows u01 alone
        for unit in $(seq -f %02g 2 13); do echo "b,u$unit,不了解,2026-05-02"; done
        echo "b,u01,1,2026-05-02"
        for voter in c d e; do printf "$voter,s%s,3,2026-05-02\n" 1 2 3; done
    } | cast 2026-H1
    # the stations have three ballots: all of them are apart
    same "$(ballot-rank 2026-H1 | awk -F '\t' '$11 == "apart" { print $1, $5, $6, $7, $8 }')" "s1 - - 60.00 3
s2 - - 60.00 3
s3 - - 60.00 3"
    same "$(ballot-rank 2026-H1 | awk -F '\t' '{ print $8, $9 }' | sort | uniq -c | xargs)" "3 3 0 12 5 1 1 6 0"
    # without the ballot of d: two votes on s1, and five ballots of the group
    units 13 "unit_minimum: 3, group_minimum: 2, last: 5, last_of: 14"
    ballot-add -q --wave 2026-H1 --relist >out
    { for voter in f g; do printf "$voter,s%s,4,2026-05-03\n" 2 3; done; } | cast 2026-H1
    units 13 "unit_minimum: 4, group_minimum: 2, last: 5, last_of: 14"
    ballot-add -q --wave 2026-H1 --relist >out
    same "$(ballot-rank --group stations 2026-H1 | cut -f 1,5,6,7,11 | tr '\t' ' ')" "s2 1 2 68.00 -
s3 1 2 68.00 -
s1 - - 60.00 apart"
    # thirteen offices are fewer than fourteen
    gives 1 "" "" ballot-rank --last 2026-H1
}

@test "what is wrong on the command line; every format" {
    at 2026-06-01
    units 2
    center
    gives 2 "" 'ballot-rank: no ballots of wave "2026-H1"' ballot-rank 2026-H1
    ballot-add -q --wave 2026-H1 --voter x --unit u01 --score 5 --at 2026-05-02 >out
    gives 2 "" 'ballot-rank: no ballots of wave "2026-H2" (there are 2026-H1)' ballot-rank 2026-H2
    gives 2 "" 'ballot-rank: unknown group "x" (offices 处室, stations 站所)' ballot-rank --group x 2026-H1
    gives 2 "" "ballot-rank: name one wave; see ballot-rank -h" ballot-rank
    gives 2 "" "ballot-rank: --unsound goes with --group alone; see ballot-rank -h" ballot-rank --unsound --last 2026-H1
    gives 0 '{"unit":"u01","name":"处室01","group":"offices","org":"tax","rank":null,"of":null,"points":null,"votes":0,"unknown":0,"unsound":1,"note":"apart"}' "" \
        bash -c 'ballot-rank -F json 2026-H1 | head -n 1'
    ballot-rank -F html 2026-H1 | grep -q '<td>不足最低票数</td>'
    # a telephone number given for a token is not shown
    ballot-add -q --wave 2026-H1 --voter 13812345678 --unit u01 --score 5 --at 2026-04-02 >out
    gives 0 "138****5678	offices	1	outside
x	offices	1	incomplete" "" ballot-rank --unsound 2026-H1
}
