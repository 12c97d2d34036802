#!/usr/bin/env bats
# kb-check: entries that should not be answered with.

load lib/base
load lib/stock

@test "expired, nobody's, resting on a policy that does not hold" {
    at 2026-04-01T10:00
    center
    papers 1 4 | policy-add -q --csv - >out
    printf '%s\n' code,title,text,org,until,policy a,一,x,tax,2026-04-30, b,二,x,,2026-03-31, c,三,x,tax,,p1 d,四,x,tax,,p2 e,五,x,tax,,p3 |
        kb-add -q --csv - >out
    gives 1 "2	b	二	-	expired	2026-03-31
2	b	二	-	ownerless	-" "" kb-check
    policy-withdraw -q --reason x p1 >out
    sql "UPDATE policy SET valid_to = 20543 WHERE code = 'p3'" # 2026-03-31
    same "$(kb-check | cut -f 2,5,6 | tail -n 2 | tr '\t' ' ')" "c policy-withdrawn p1
e policy-expired p3"
    kb-check -F table | grep -q '依据的政策已撤下 *p1'
    gives 1 "1	a	一	tax	expired	2026-04-30" "" bash -c 'kb-check --now 2026-05-01 | head -n 1; exit ${PIPESTATUS[0]}'
    printf '%s\n' code,title,text,org b,二,x,tax c,三,x,tax e,五,x,tax | kb-add -q --csv - >out
    gives 0 "" "" kb-check
    gives 2 "" "kb-check: no operand is expected; see kb-check -h" kb-check x
}
