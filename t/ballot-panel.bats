#!/usr/bin/env bats
# ballot-panel: the same voters in two waves, beside awk over the very votes.

load lib/base
load lib/ballot

@test "the same voters in two waves, who came and who left" {
    at 2026-06-01
    units 5 "alike: 5"
    center
    votes a 60 2025-12-03 20 85 95 75 >before.csv
    votes a 100 2026-05-03 90 80 85 70 | sed '1,200d' >now.csv # a1 to a40 left, a61 to a100 came
    echo "$(cast 2025-H2 <before.csv; cast 2026-H1 <now.csv)"
    # neither counts what did not count: a61 says the same of all, and has not come
    sed -n 's/^\(a61,u0[1-5]\),[0-9]/\1,5/p' now.csv | sed 's/2026-05-03/2026-05-04/' >again.csv
    awk -F , 'FNR == NR { before[$1 "," $2] = $3; next }
        ($1 "," $2) in before { was = before[$1 "," $2]; n[$2]++; then[$2] += was * 20; now[$2] += $3 * 20
            better[$2] += $3 > was; worse[$2] += $3 < was }
        END { for (u in n) printf "%s %d %.2f %.2f %.2f %d %d\n", u, n[u], then[u] / n[u] + 1e-9, now[u] / n[u] + 1e-9,
            (now[u] - then[u]) / n[u], better[u], worse[u] }' before.csv now.csv | sort >counted
    same "$(wc -l <counted) $(awk '{ print $2 }' counted | sort -u)" "5 20"
    same "$(ballot-panel 2026-H1 | cut -f 1,4- | tr '\t' ' ')" "$(cat counted)"
    same "$(ballot-panel --voters 2026-H1 | cut -f 2 | sort | uniq -c | xargs)" "40 came 40 left 20 stayed"
    same "$(ballot-panel --voters 2026-H1 | awk -F '\t' '$2 == "stayed" { print $1 }' | sort)" \
        "$(cut -d , -f 1 before.csv now.csv | sort -u | comm -12 - <(comm -12 <(cut -d , -f 1 before.csv | sort -u) <(cut -d , -f 1 now.csv | sort -u)))"
    gives 0 "" "" center-check
}

@test "ballots that do not count are in neither wave" {
    at 2026-06-01
    units 2 "complete: 100"
    center
    printf '%s,u01,5,2025-12-03\n%s,u02,3,2025-12-03\n' a a b b c c | cast 2025-H2
    printf '%s\n' a,u01,3,2026-05-03 a,u02,4,2026-05-03 b,u01,1,2026-05-03 c,u01,1,2026-05-21 c,u02,1,2026-05-21 \
        d,u01,不了解,2026-05-03 d,u02,1,2026-05-03 | cast 2026-H1
    gives 0 "u01	处室01	offices	1	100.00	60.00	-40.00	0	1
u02	处室02	offices	1	60.00	80.00	20.00	1	0" "" ballot-panel 2026-H1
    gives 0 "a	stayed
b	left
c	left
d	came" "" ballot-panel --voters 2026-H1
    gives 0 "$(ballot-panel 2026-H1)" "" ballot-panel --against 2025-H2 --group offices 2026-H1
    gives 1 "" "" ballot-panel --group stations 2026-H1
}

@test "what is wrong on the command line" {
    at 2026-06-01
    units 2
    center
    ballot-add -q --wave 2026-H1 --voter x --unit u01 --score 5 --at 2026-05-02 >out
    gives 2 "" "ballot-panel: no wave was held before 2026-H1" ballot-panel 2026-H1
    gives 2 "" 'ballot-panel: no ballots of wave "2025-H2" (there are 2026-H1)' ballot-panel --against 2025-H2 2026-H1
    gives 2 "" "ballot-panel: --voters is of all groups; see ballot-panel -h" ballot-panel --voters --group offices 2026-H1
    gives 2 "" "ballot-panel: name one wave; see ballot-panel -h" ballot-panel
}
