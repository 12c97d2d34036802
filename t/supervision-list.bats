#!/usr/bin/env bats
# supervision-list: what is owed.

load lib
load loop
load supervision

@test "what is owed: all, by organisation, by level" {
    late
    due=2026-03-19T23:59:59+08:00 red=2026-03-18T23:59:59+08:00
    gives 0 "1	red	discipline-commission	tax	$red	-	二次督办	甲
2	red	discipline-commission	urban-management	$red	-	二次督办	甲
1	yellow	center	tax	$due	-	一次督办	甲
1	orange	business-environment-office	tax	$due	-	市营商办督办	甲
2	yellow	center	urban-management	$due	-	一次督办	甲
2	orange	business-environment-office	urban-management	$due	-	市营商办督办	甲
3	yellow	center	justice	$due	-	一次督办	甲" "" bash -c 'supervision-list | sort -s -k 5,5 -k 1,1n'
    same "$(supervision-list --org 市税务局 | cut -f 1,2 | sort)" $'1\torange\n1\tred\n1\tyellow'
    same "$(supervision-list --level 黄色 | cut -f 1,2 | sort)" $'1\tyellow\n2\tyellow\n3\tyellow'
    same "$(supervision-list --level red --org tax | cut -f 1,2)" $'1\tred'
    gives 1 "" "" supervision-list --org housing-construction
    gives 1 "" "" supervision-list --level red --org justice
    run --separate-stderr supervision-list --level 红红
    same "$status$output" 2
    [[ $stderr == 'supervision-list: unknown level "红红"'* ]]
}

@test "misuse" {
    late
    gives 2 "" "supervision-list: no operand is expected; see supervision-list -h" supervision-list 1
}

@test "levels and organisations add up" {
    late
    same "$(supervision-list --level red --level 橙 --org tax --org justice | cut -f 1,2 | sort)" $'1\torange\n1\tred'
}
