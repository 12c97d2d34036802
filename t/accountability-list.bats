#!/usr/bin/env bats
# accountability-list: procedures of accountability.

load lib/base
load lib/loop
load lib/supervision

@test "those that are open, by the orders that opened them; all" {
    late
    gives 0 $'1\t1\ttax\tred\t2026-03-17T09:00:00+08:00\t-\t-\t-\t-\t-\t-\t3\t-
2\t2\turban-management\tred\t2026-03-17T09:00:00+08:00\t-\t-\t-\t-\t-\t-\t6\t-' "" accountability-list
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE type = 'accountability-opened' ORDER BY id")" $'{"number":1,"orders":[3]}\n{"number":2,"orders":[6]}'
    quiet accountability-record --handed-to 市纪委监委 --result 通报批评 --published 1
    gives 0 $'number\tid\torg\tlevel\topened\thanded\thanded_to\tdecided\tresult\tpublished\tended\torder\tpersons
2\t2\turban-management\tred\t2026-03-17T09:00:00+08:00\t-\t-\t-\t-\t-\t-\t6\t-' "" accountability-list -H
    t=2026-03-17T09:00:00+08:00
    gives 0 "1	1	tax	red	$t	$t	discipline-commission	$t	通报批评	$t	-	3	-
2	2	urban-management	red	$t	-	-	-	-	-	-	6	-" "" accountability-list --all
    [[ $(accountability-list --all -F table) == *"徐州市纪委监委"*"通报批评"* ]]
    sound
}

@test "the names of persons are masked; --unmask shows them and is noted" {
    late
    quiet accountability-record --person 张三丰 --post 副局长 --liability 领导责任 --person-result 诫勉谈话 1
    quiet accountability-record --person 李四 --post 科长 --liability 直接责任 1
    same "$(accountability-list | awk -F '\t' '$1 == 1 { print $13 }')" \
        '[{"name":"张**","post":"副局长","liability":"领导责任","result":"诫勉谈话"},{"name":"李*","post":"科长","liability":"直接责任"}]'
    same "$(accountability-list -F json | head -n 1 | jq -r '.persons[1].liability')" 直接责任
    [[ $(accountability-list -F table) == *'张**（副局长，领导责任：诫勉谈话）；李*（科长，直接责任）'* ]]
    same "$(accountability-list -F json --unmask | head -n 1 | jq -r '.persons[].name' | xargs)" "张三丰 李四"
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE type = 'unmasked'")" '{"program":"accountability-list"}'
    # nor does any other program or view show one unasked
    for command in "ticket-show 1" "ticket-show -F json 1" "ticket-show -F table 1" "supervision-dossier 1" \
        "supervision-dossier -F md 1" "accountability-list --all -F csv"; do
        run -0 $command
        [[ $output != *张三丰* && $output == *"张**"* || $output == *'张\*\*'* ]] || { echo "$command" >&2; false; }
    done
    same "$(sql "SELECT count(*) FROM v_event WHERE data LIKE '%张三丰%'") $(sql "SELECT count(*) FROM v_event WHERE data LIKE '%张**%'")" "0 1"
    [[ $(supervision-dossier --unmask -F md 1) == *'| 张三丰 | 副局长 | 领导责任 |'* ]]
    sound
}

@test "one that an upgrade found has no event of its opening: what the upgrade states tells it" {
    late
    sql "DROP TRIGGER event_is_kept; DELETE FROM event_shown; DELETE FROM event WHERE type = 'accountability-opened'"
    same "$(accountability-list | cut -f 1 | xargs) $(sql "SELECT count(*) FROM v_event WHERE type LIKE 'accountability%'")" "1 2 0"
    call center-check -q
    same "$(grep ^accountability <<<"$output")" $'accountability\t1\taccountability: the row is there, its events give nothing
accountability\t2\taccountability: the row is there, its events give nothing'
    # as step 9 of the schema has it, until the next event takes it into the log: the later number may come first
    sql "INSERT INTO upgrade_event (type, ticket_id, data)
         SELECT 'rows-stated', s.ticket_id, '{\"accountability_of\":' || a.id || ',\"order_of\":' || s.id || ',\"opened\":' || a.opened_at || '}'
           FROM accountability a JOIN supervision s ON s.id = a.supervision_id ORDER BY a.id DESC"
    call center-check -q
    same "$(grep -c accountability <<<"$output")" 0
    quiet accountability-record --handed-to 市纪委监委 2
    same "$(sql "SELECT count(*) FROM upgrade_event; SELECT count(*) FROM v_event WHERE type = 'rows-stated'" | xargs)" "0 2"
    call center-check -q
    same "$(grep -c accountability <<<"$output")" 0
    sql "UPDATE accountability SET opened_at = opened_at + 1 WHERE id = 2"
    call center-check -q
    [[ $(grep ^accountability <<<"$output") == $'accountability\t2\taccountability: opened_at is '* ]]
}

@test "nothing to list, and misuse" {
    center
    gives 1 "" "" accountability-list
    gives 2 "" "accountability-list: no operand is expected; see accountability-list -h" accountability-list 1
    gives 2 "" "accountability-list: the log notes --unmask, and -n writes nothing; see accountability-list -h" \
        accountability-list -n --unmask
}
