#!/usr/bin/env bats
# notice-list: what is to be told, and what was told.

load lib/base
load lib/notice

@test "what is not settled, by state, kind, channel and ticket; all; by number" {
    at 2026-03-02T10:00
    posted
    address-add -q --org tax --address a@x.example --person 张三 >out
    address-add -q --org tax --channel text --address b@x.example --how digest >out
    for title in 一 二; do ticket-new -q --title $title; done | ticket-route -q --to tax - >out
    gives 1 "" "" notice-list
    notice-send >out
    event=$(sql "SELECT id FROM event WHERE type = 'dispatched' AND ticket_id = 2")
    gives 0 "4	waiting	dispatched	2	$event	org	国家税务总局徐州市税务局	text	b***@x.example	2026-03-02T10:00:00+08:00	2026-03-03T08:30:00+08:00	0	-	-	-" \
        "" notice-list --ticket 2
    gives 0 '{"id":3,"state":"sent","kind":"dispatched","ticket":2,"event":'"$event"',"owner":"org","name":"国家税务总局徐州市税务局","channel":"mail","address":"a***@x.example","made":"2026-03-02T10:00:00+08:00","next":"2026-03-02T10:00:00+08:00","tries":1,"message":3,"ended":"2026-03-02T10:00:00+08:00","why":null}' \
        "" notice-list -F json 3
    same "$(notice-list --all | cut -f 1,2 | xargs)" "1 sent 2 waiting 3 sent 4 waiting"
    same "$(notice-list --state 已发 --channel 邮件 --kind 交办 | cut -f 1 | xargs)" "1 3"
    same "$(notice-list --state sent --state waiting --channel text | cut -f 1 | xargs)" "2 4"
    gives 1 "" "" notice-list --kind 督办 --all
    gives 2 "" "notice-list: 9: no such notice" notice-list 9
    gives 2 "" 'notice-list: unknown state "x" (waiting, taken, sent, perhaps, failed, dropped); see notice-list -h' notice-list --state x
    gives 2 "" 'notice-list: unknown notice "x"; qifu words lists them; see notice-list -h' notice-list --kind x
    same "$(sql "SELECT id, ticket_id, kind, state, next, tries FROM v_notice WHERE id = 2")" \
        "2|1|dispatched|waiting|2026-03-03T08:30:00+08:00|0"
}
