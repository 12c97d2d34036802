#!/usr/bin/env bats
# ruling-list: what conferences have ruled.

load lib/base
load lib/loop

# Rulings 1 (for like tickets) and 2 (once), of Tuesday 3 March 2026, about tickets 1 and 2.
two() {
    center
    new 2026-03-02T09:00 --title 占道停车 >ids
    new 2026-03-02T09:00 --title 盲道 >>ids
    at 2026-03-03T15:00
    quiet ticket-confer --reason 职责交叉 1 2
    quiet ticket-confer --lead tax --assist finance --assist justice --basis 纪要1号 --words '占道 停车' --category 城管 1
    quiet ticket-confer --lead commerce --basis 纪要2号 --once 2
}

@test "each, the newest first: number, ticket, when, whom, what is alike, basis, once" {
    two
    gives 0 $'2\t2\t2026-03-03T15:00:00+08:00\tcommerce\t-\t-\t-\t纪要2号\tonce\t-\t-
1\t1\t2026-03-03T15:00:00+08:00\ttax\tfinance justice\t占道 停车\t城管\t纪要1号\t-\t-\t-' "" ruling-list
    same "$(ruling-list -H | head -1)" $'id\tticket\truled\tlead\tassist\twords\tcategory\tbasis\tonce\tretired\twhy'
    [[ $(ruling-list -F table) == *'   2     2  2026-03-03 15:00  徐州市商务局'*'是'* ]]
    [[ $(ruling-list -F table) == *'徐州市财政局 徐州市司法局  占道 停车'* ]]
    same "$(ruling-list -F json | head -1)" \
        '{"id":2,"ticket":2,"ruled":"2026-03-03T15:00:00+08:00","lead":"commerce","assist":null,"words":null,"category":null,"basis":"纪要2号","once":"once","retired":null,"why":null}'
}

@test "the retired ones with --all" {
    two
    quiet ruling-retire --reason 职责调整 1
    same "$(ruling-list | cut -f 1)" 2
    same "$(ruling-list --all | cut -f 1,10-)" $'2\t-\t-\n1\t2026-03-03T15:00:00+08:00\t职责调整'
}

@test "none: an honest no; usage" {
    center
    gives 1 "" "" ruling-list
    gives 2 "" "ruling-list: no operand is expected; see ruling-list -h" ruling-list 1
}
