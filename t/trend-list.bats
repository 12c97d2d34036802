#!/usr/bin/env bats
# trend-list: what recurs, counted here once more in SQL over the views, and by hand.

load lib/base

# came TIME MATTER REGION FIRM: a request; its id is in `id`
came() {
    id=$(ticket-new -q --kind 投诉 --title "$2" --category "$2" --region "$3" --enterprise "$4" --at "$1" --now 2026-06-30 | cut -f 1)
}

@test "matters by region, firms that come again, who is not content, what comes every year" {
    at 2025-01-02
    center
    for day in 03 04 05; do came 2026-03-$day 拖欠账款 沛县 甲公司$day; done
    came 2026-03-06 拖欠账款 沛县 乙公司
    came 2026-03-09 停电 沛县 乙公司
    came 2026-03-10 停电 铜山区 乙公司
    again=$id
    came 2026-03-11 噪声 铜山区 ''
    came 2026-02-27 停电 铜山区 乙公司 # the month before
    came 2025-03-20 拖欠账款 沛县 丙公司
    for day in 02 03 07 08; do came 2025-04-$day 春耕农资 丰县 丁$day; done
    for day in 03 04 08 09; do came 2025-04-$day 停电 丰县 戊$day; done
    for day in 03 04; do came 2025-03-$day 停电 丰县 己$day; done # half of what April has: no peak
    # done again, and not content with it either
    ticket-route -q --now 2026-03-10T10:00 --to tax "$again" >out
    ticket-answer -q --now 2026-03-11T10:00 --text x "$again" >out
    ticket-rate -q --now 2026-03-12T10:00 --score 1 "$again" >out
    ticket-follow -q --now 2026-03-12T11:00 --outcome redo --text 未解决 "$again" >out
    ticket-answer -q --now 2026-03-13T10:00 --text y "$again" >out
    ticket-rate -q --now 2026-03-16T10:00 --score 2 "$again" >out
    at 2026-06-30
    same "$(trend-list 2026-03)" "common	拖欠账款	320322	沛县	4	1	1 2 3 4
repeat	停电	乙公司	乙公司	2	0	5 6
unhappy	-	tax	国家税务总局徐州市税务局	1	0	6
peak	春耕农资	-	-	4	0	10 11 12 13"
    same "$(trend-list --kind common --least 1 -F table 2026-03 | awk 'NR > 1 { print $2, $4, $5 }' | sort)" \
        "停电 沛县 1
停电 铜山区 1
噪声 铜山区 1
拖欠账款 沛县 4"
    # a closed one repeats too, one whose texts are confidential does not tell its firm
    ticket-withdraw -q --text 不办了 5 >out
    same "$(trend-list --kind 重复诉求 2026-03 | cut -f 7)" "5 6"
    ticket-note -q --confidential 5 >out
    gives 1 "" "" trend-list --kind repeat 2026-03
    ticket-void -q --reason 测试 4 >out
    same "$(trend-list --kind common 2026-03 | cut -f 7)" "1 2 3"
    trend-list --kind common 2026-03 | cut -f 7 | tr ' ' '\n' | ticket-show - | grep -c 拖欠账款 >out
}

@test "demo data: the same by SQL over the views" {
    needs_file "the oracle speaks SQLite's SQL"
    center
    ticket-new -q --now 2020-06-15 --csv "$TREE/share/demo/tickets.csv" >ids
    at 2020-07-01
    for month in 2020-04 2020-05; do
        same "$(trend-list --kind common --least 1 $month | awk -F '\t' '{ print $2, $3, $5, $7 }' | sort)" \
            "$(sql "SELECT category || ' ' || coalesce(region, '-') || ' ' || count(*) || ' ' || group_concat(id, ' ')
                FROM (SELECT * FROM v_ticket ORDER BY id) WHERE received LIKE '$month%' AND category IS NOT NULL
                GROUP BY category, region" | sort)"
        same "$(trend-list --kind repeat $month | awk -F '\t' '{ print $2, $3, $5, $7 }' | sort)" \
            "$(sql "SELECT coalesce(category, '-') || ' ' || coalesce(uscc, enterprise) || ' ' || count(*) || ' ' || group_concat(id, ' ')
                FROM (SELECT * FROM v_ticket ORDER BY id) WHERE received LIKE '$month%' AND coalesce(uscc, enterprise) IS NOT NULL
                GROUP BY category, coalesce(uscc, enterprise) HAVING count(*) > 1" | sort)"
    done
}

@test "what is wrong on the command line" {
    center
    gives 2 "" "trend-list: name one period; see trend-list -h" trend-list
    gives 2 "" 'trend-list: not a period: "May" (write 2020-05, 2020-Q2 or 2020-05-04..2020-05-10); see trend-list -h' trend-list May
    gives 2 "" 'trend-list: unknown kind "x" (common, repeat, unhappy or peak); see trend-list -h' trend-list --kind x 2020
    gives 1 "" "" trend-list 2020
}
