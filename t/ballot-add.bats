#!/usr/bin/env bats
# ballot-add: votes come in once; a wave is listed as its first vote finds ballots.yaml.

load lib/base
load lib/ballot

@test "a vote from options, and votes from a table of the office" {
    at 2026-05-10T10:00
    units 2
    center
    gives 0 "1	2026-H1	u01	added" "" ballot-add --wave 2026-H1 --voter 甲 --unit u01 --score 5
    gives 0 "1	2026-H1	u01	same" "" ballot-add --wave 2026-H1 --voter 甲 --unit 处室01 --score 非常满意
    printf '%s\n' 批次,企业名称,评议对象,满意度,投票时间,票号 2026-H1,乙,处室02,不了解,2026/5/3,7 2026-H1,乙,站所1,基本满意,2026/5/3,7 >v.csv
    gives 0 "2	2026-H1	u02	added
3	2026-H1	s1	added" "" ballot-add -q --csv v.csv
    gives 0 "2	2026-H1	u02	same
3	2026-H1	s1	same" "" ballot-add -q --csv v.csv
    same "$(sql "SELECT unit, voter, ref, score, datetime(at + 28800, 'unixepoch') FROM ballot_vote ORDER BY id")" \
        "u01|甲||5|2026-05-10 10:00:00
u02|乙|7||2026-05-03 00:00:00
s1|乙|7|3|2026-05-03 00:00:00"
    # one event lists the wave, one tells each vote
    same "$(sql "SELECT type, count(*) FROM v_event WHERE type LIKE 'ballot%' GROUP BY 1")" "ballot-cast|3
ballot-listed|1"
    gives 0 "" "" center-check
}

@test "an enterprise that is known votes by its code, however it is written" {
    at 2026-05-10T10:00
    units 2
    center
    enterprise-add -q --code 91320300MA00002690 --name 徐州甲公司 >out
    for word in 徐州甲公司 91320300MA00002690; do
        ballot-add --wave 2026-H1 --voter "$word" --unit u01 --score 5
    done >out
    same "$(cut -f 4 out | xargs) $(sql "SELECT voter FROM ballot_vote")" "added same 91320300MA00002690"
}

@test "what is refused, at its line" {
    at 2026-05-10T10:00
    units 2
    center
    printf '%s\n' voter,unit,score,wave,at,by 甲,u01,5,2026-H1,, ,u9,6,2026-H1,, 乙,u01,5,2026-H3,, 乙,u01,5,,, \
        乙,u01,5,2026-H1,2026-05-11, 乙,u01,5,2026-H1,,tax 甲,u01,4,2026-H1,, >v.csv
    run --separate-stderr ballot-add -q --csv v.csv
    same "$status:$output:$stderr" '2::ballot-add: v.csv:3: no voter; wave 2026-H1 does not vote on "u9"; unknown rating "6" (1 非常不满意, 2 不满意, 3 基本满意, 4 满意, 5 非常满意)
ballot-add: v.csv:4: unknown wave "2026-H3"; ballots.yaml says which there are
ballot-add: v.csv:5: no wave
ballot-add: v.csv:6: 2026-05-11T00:00:00+08:00 lies in the future
ballot-add: v.csv:7: ballots are taken in by the center alone
ballot-add: v.csv:8: the same ballot says 5 of "u01" already: another one needs another ref, or another moment
ballot-add: 6 bad rows: nothing was done; --rejects FILE does the rest'
    same "$(sql "SELECT count(*) FROM ballot_wave")" 0
    gives 2 "" "ballot-add: --unit is missing; see ballot-add -h" ballot-add --wave 2026-H1 --voter x
    gives 2 "" "ballot-add: --wave is missing; see ballot-add -h" ballot-add --voter x --unit u01 --score 5
    gives 2 "" "ballot-add: --relist goes with --wave alone; see ballot-add -h" ballot-add --wave 2026-H1 --relist --csv v.csv
    # a department of the same name as an office of it
    sed -i 's/处室02/处室01/' conf/ballots.yaml
    gives 2 "" 'ballot-add: two units are called "处室01": u01 and u02' ballot-add --wave 2026-H1 --voter x --unit 处室01 --score 5
}

@test "a wave keeps its list, days and rules until it is listed anew" {
    at 2026-05-10T10:00
    units 12
    center
    votes a 100 2026-05-03 90 80 70 60 50 40 30 20 10 0 0 | cast 2026-H1
    ballot-rank 2026-H1 >before
    units 11 "unit_minimum: 101"
    sed -i 's/- {unit: s1, .*/- {unit: s1, name: 新站, org: tax}/' conf/ballots.yaml
    ballot-add -q --wave 2026-H1 --voter x --unit u12 --score 5 --at 2026-06-01 2>err || same "$(cat err)" "ballot-add: --at lies in the future; see ballot-add -h"
    same "$(ballot-rank 2026-H1)" "$(cat before)"
    gives 0 "-	2026-H1	-	listed" "" ballot-add --wave 2026-H1 --relist
    # u12 is voted on no more; nobody has enough votes; the station has another name and organisation
    same "$(ballot-rank 2026-H1 | cut -f 11 | sort | uniq -c | xargs) $(ballot-rank 2026-H1 | wc -l)" "14 apart 14"
    same "$(ballot-rank 2026-H1 | grep ^s1 | cut -f 2,4)" "新站	tax"
    gives 2 "" 'ballot-add: wave 2026-H1 does not vote on "u12"' ballot-add --wave 2026-H1 --voter x --unit u12 --score 5
    gives 0 "" "" center-check
    # as it was again, from the same votes
    units 12
    ballot-add -q --wave 2026-H1 --relist >out
    same "$(ballot-rank 2026-H1)" "$(cat before)"
    gives 0 "" "" center-check
}

@test "groups of organisations: each of the peer group is a unit" {
    at 2020-05-10T10:00
    center
    gives 0 "1	2020-H1	tax	added" "" ballot-add --wave 2020-H1 --voter x --unit 市税务局 --score 5
    same "$(ballot-rank --group departments 2020-H1 | wc -l)" "$(sql "SELECT count(*) FROM org WHERE peer_group = 'city-department'")"
}

@test "each value that differs from its events is named" {
    at 2026-05-10T10:00
    units 2
    center
    ballot-add -q --wave 2026-H1 --voter 甲 --unit u01 --score 5 >out
    gives 0 "" "" center-check
    sql "UPDATE ballot_vote SET score = 1; UPDATE ballot_wave SET last = 9; UPDATE ballot_unit SET name = 'x' WHERE code = 'u02';
         DELETE FROM ballot_unit WHERE code = 's3'"
    gives 1 "ballots	-	2026-H1 s3: the row is nothing, its events give one
ballots	-	2026-H1 u02: name is x, its events give 处室02
ballots	-	2026-H1: last is 9, its events give 5
ballots	1	2026-H1 u01 甲: score is 1, its events give 5" "" sorted_check
}
sorted_check() { center-check >found; local status=$?; sort found; return $status; }

@test "faults of ballots.yaml, each at its line" {
    at 2026-05-10T10:00
    units 2
    center
    cat >conf/ballots.yaml <<'END'
rules: {complete: 101, twice: none, alike: x, points: {5: 100, 6: 1}}
waves:
  - {wave: a, from: 2026-05-20, to: 2026-05-01}
  - {wave: a, from: 2026-5-1, to: 2026-05-09, rules: {lasts: 3}}
groups:
  - {group: g, orgs: [city-departments]}
  - {group: h}
  - group: i
    units:
      - {unit: x, name: X, org: taxx}
      - {unit: tax, name: Y, org: tax}
  - {group: j, orgs: [city-department]}
unit: x
END
    run --separate-stderr ballot-add --wave a --voter x --unit x --score 5
    same "$status:$output" "2:"
    same "$(sed 's/^ballot-add: [^ ]*conf\/ballots.yaml:\([0-9]*\): /\1 /' <<<"$stderr" | sort -n | cut -c 1-60)" \
        '1 "alike" must be a whole number from 0 to 1000
1 "complete" must be a whole number from 0 to 100
1 "points" says nothing of 1
1 "points" says nothing of 2
1 "points" says nothing of 3
1 "points" says nothing of 4
1 "twice" must be neither, first or last
1 unknown key "6" (1, 2, 3, 4 or 5)
3 "to" lies before "from"
4 "from" is not a day: "2026-5-1"
4 unknown key "lasts" (did you mean last?)
4 wave "a" is already on line 3
6 unknown group "city-departments" (did you mean city-depart
7 a group has either "orgs" or "units"
10 unknown organisation "taxx" (did you mean tax?)
12 unit "tax" is in group i already
13 unknown key "unit" (rules, waves or groups)'
    # center-init finds what needs no database
    run --separate-stderr center-init -q
    same "$status $(grep -c 'ballots.yaml:' <<<"$stderr")" "2 14"
}
