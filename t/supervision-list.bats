#!/usr/bin/env bats
# supervision-list: what is owed.

load lib/base
load lib/loop
load lib/supervision

@test "what is owed: all, by organisation, by level" {
    late
    due=2026-03-19T23:59:59+08:00 red=2026-03-18T23:59:59+08:00
    gives 0 "1	red	discipline-commission	tax	$red	-	二次督办	甲	3	lead	waiting	-	-
2	red	discipline-commission	urban-management	$red	-	二次督办	甲	6	lead	waiting	-	-
1	yellow	center	tax	$due	-	一次督办	甲	1	lead	waiting	-	-
1	orange	business-environment-office	tax	$due	-	市营商办督办	甲	2	lead	waiting	-	-
2	yellow	center	urban-management	$due	-	一次督办	甲	4	lead	waiting	-	-
2	orange	business-environment-office	urban-management	$due	-	市营商办督办	甲	5	lead	waiting	-	-
3	yellow	center	justice	$due	-	一次督办	甲	7	lead	waiting	-	-" "" supervision-list
    same "$(supervision-list --org 市税务局 | cut -f 1,2 | sort)" $'1\torange\n1\tred\n1\tyellow'
    same "$(supervision-list --level 黄色 | cut -f 1,2 | sort)" $'1\tyellow\n2\tyellow\n3\tyellow'
    same "$(supervision-list --level red --org tax | cut -f 1,2)" $'1\tred'
    gives 1 "" "" supervision-list --org housing-construction
    gives 1 "" "" supervision-list --level red --org justice
    run --separate-stderr supervision-list --level 红红
    same "$status$output" 2
    [[ $stderr == 'supervision-list: unknown level "红红"'* ]]
}

@test "a wrong command line is refused, with what would be right" {
    late
    gives 2 "" "supervision-list: no operand is expected; see supervision-list -h" supervision-list 1
}

@test "levels and organisations add up" {
    late
    same "$(supervision-list --level red --level 橙 --org tax --org justice | cut -f 1,2 | sort)" $'1\torange\n1\tred'
}

@test "by supervisor, by ticket, by whether there is a reply, and whether it is late" {
    late
    same "$(supervision-list --supervisor 市营商办 | cut -f 1,2)" $'1\torange\n2\torange'
    same "$(supervision-list --supervisor 营商办 --supervisor 纪委监委 --org tax | cut -f 2 | xargs)" "red orange"
    same "$(supervision-list --ticket 1 | cut -f 2 | xargs)" "red yellow orange"
    same "$(supervision-list --ticket 1 --ticket 3 --level 黄 | cut -f 1 | xargs)" "1 3"
    gives 1 "" "" supervision-list --late
    gives 1 "" "" supervision-list --replied
    quiet supervision-reply --level red --text 已整改 1
    gives 0 $'1\tred\tdiscipline-commission\ttax\t2026-03-18T23:59:59+08:00\t2026-03-17T09:00:00+08:00\t二次督办\t甲\t3\tlead\treplied\t2026-03-17T09:00:00+08:00\t-' \
        "" supervision-list --replied
    same "$(supervision-list --all | wc -l) $(supervision-list | wc -l)" "7 6"
    gives 2 "" "supervision-list: --ticket: no ticket has the source's number \"x\"" supervision-list --ticket ref:x
    sound
}

# RULES 4: "An order without a reply in time ...; replies late or missing are figures." Mission S13: "An order of
# supervision without a reply has no consequence and no figure; late replies show nowhere."
@test "scenario 44: an order that is not replied to in time is visible" {
    late
    same "$(qifu status | awk '$1 ~ /^orders/ { print $1, $2 }' | xargs)" "orders 7 orders-late 0"
    at 2026-03-19T00:00 # red was to be replied to by the 18th
    same "$(supervision-list --late | cut -f 1,2,11)" $'1\tred\tlate\n2\tred\tlate'
    same "$(qifu status | grep ^orders-late)" $'orders-late\t2\tsupervision-list --late'
    at 2026-03-20T00:00
    same "$(supervision-list --late --org justice | cut -f 1,2,11)" $'3\tyellow\tlate'
    same "$(supervision-list -F csv --late --org justice | tail -n 1 | cut -d , -f 11)" 逾期未复
    at 2026-04-01T09:00
    figure() { report-monthly -F tsv 2026-03 | awk -F '\t' -v f="$1" '$1 == "total" && $4 == f { print $5 "/" $6 }'; }
    same "$(figure orders) $(figure orders-on-time) $(figure orders-late) $(figure orders-missing)" "7/- 0/7 0/7 7/7"
    same "$(report-monthly --ids orders-missing 2026-03 | cut -f 1 | xargs)" "1 1 1 2 2 2 3"
}

# Mission, scenario 45: "reply late | kept as late"
@test "scenario 45: a reply that comes late is kept as late" {
    late
    at 2026-03-19T09:00
    quiet supervision-reply --text 已整改 1 # red was due on the 18th, the others today
    same "$(supervision-list --replied | cut -f 2,11)" $'red\treplied-late\nyellow\treplied\norange\treplied'
    same "$(supervision-list --replied --late | cut -f 1,2,12)" $'1\tred\t2026-03-19T09:00:00+08:00'
    # the month after still tells, by the month in which the reply was due, and for whom
    at 2026-04-02T09:00
    figure() { report-monthly -F tsv 2026-03 | awk -F '\t' -v s="$2" -v c="$3" -v f="$1" '$1 == s && $2 == c && $4 == f { print $5 "/" $6 }'; }
    same "$(figure orders-on-time total -) $(figure orders-late total -) $(figure orders-missing total -)" "2/7 1/7 4/7"
    same "$(figure orders-on-time org tax) $(figure orders-late org tax) $(figure orders-missing org tax)" "2/3 1/3 0/3"
    same "$(report-monthly --ids orders-late 2026-03 | cut -f 1)" 1
    sound
}

# RULES 4: "Where facts that are entered later show that it did not begin ..., it is revoked ...: the order and its
# accountability end, it is shown struck out, figures leave it out".
@test "what was revoked is owed by nobody, and stays readable" {
    late
    quiet supervision-reply --level red --text 已整改 2
    sql "UPDATE supervision SET revoked_at = 1773709200, revoked_for = 'answered' WHERE ticket_id < 3" # as revoking does
    same "$(supervision-list | cut -f 1,2)" $'3\tyellow'
    gives 1 "" "" supervision-list --replied
    gives 1 "" "" supervision-list --late --now 2026-03-20 --org tax
    same "$(supervision-list --all | cut -f 1,11 | sort | uniq -c | xargs)" "3 1 revoked 3 2 revoked 1 3 waiting"
    same "$(supervision-list --all -F csv --org tax | sed 1d | cut -d , -f 11 | sort -u)" 撤销
    same "$(qifu status | awk '$1 == "orders" { print $2 }')" 1
    refuses "supervision-accept: 1: acknowledge a supervision: none waits for it" supervision-accept 1
    refuses "supervision-reply: 1: reply to a supervision: none waits for it" supervision-reply --text x 1
    refuses "supervision-reply: 1: reply to a supervision: order 1 was revoked" supervision-reply --order 1 --text x 1
    refuses "supervision-refuse: 6: refuse a reply: order 6 was revoked" supervision-refuse --reason x 6
    [[ $(supervision-dossier -F md 1) == *'黄色（撤销）'*'橙色（撤销）'*'红色（撤销）'* ]]
    at 2026-04-01T09:00
    same "$(report-monthly -F tsv 2026-03 | awk -F '\t' '$1 == "total" && $4 == "orders" { print $5 }')" 1
    same "$(report-monthly -F tsv 2026-03 | awk -F '\t' '$1 == "total" && $4 == "orders-on-time" { print $5 }')" 0
}

# RULES 1: "A level that begins past the horizon fires as provisional: it is shown and told to the handler, ... and goes
# to no outside supervisor until the notice is loaded".
@test "what is provisional is marked, and goes to no outside supervisor" {
    late
    sql "UPDATE supervision SET provisional = 1 WHERE ticket_id <> 2"
    same "$(supervision-list --supervisor 市营商办 | cut -f 1)" 2
    same "$(supervision-list --all --supervisor 市营商办 | cut -f 1 | xargs)" "1 2"
    same "$(supervision-list --supervisor center | cut -f 1 | xargs)" "1 2 3"
    same "$(supervision-list --org justice | cut -f 13)" provisional
    same "$(supervision-list -F csv --org justice | tail -n 1 | tr -d '\r' | cut -d , -f 13)" 暂定
    [[ $(supervision-dossier -F md 3) == *'黄色（暂定）'* ]]
}
