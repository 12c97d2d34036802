#!/usr/bin/env bats
# accountability-record: what comes of accountability.

load lib/base
load lib/loop
load lib/supervision

# Mission B7, S1: "启动问责程序"; S3: "严肃问责". B9, S3: "一案双查 (直接责任人 + 主体/监督/领导责任)". RULES 4: "Accountability
# (问责) is a record: opened, handed over, result, published; for the unit and for persons (一案双查)."
@test "the course: handed over, the persons, the result, published" {
    late
    at 2026-03-20T09:00
    gives 0 $'1\t1\ttax\t2026-03-18T09:00:00+08:00\t-\t-' "" \
        accountability-record --handed-to 市纪委监委 --at 2026-03-18T09:00 1
    gives 0 $'1\t1\ttax\t2026-03-18T09:00:00+08:00\t-\t-' "" \
        accountability-record --person 张三 --post 科长 --liability 直接责任 --at 2026-03-19 1
    quiet accountability-record --person 王五 --post 局长 --liability 主体责任 --person-result 约谈 1
    quiet accountability-record --person 张三 --person-result 诫勉谈话 1
    gives 0 $'1\t1\ttax\t2026-03-18T09:00:00+08:00\t2026-03-20T09:00:00+08:00\t2026-03-20T09:00:00+08:00' "" \
        accountability-record --result 责令整改并通报 --published 1
    same "$(accountability-list --all | awk -F '\t' '$1 == 1 { print $13 }')" \
        '[{"name":"张*","post":"科长","liability":"直接责任","result":"诫勉谈话"},{"name":"王*","post":"局长","liability":"主体责任","result":"约谈"}]'
    same "$(sql "SELECT type || ' ' || data FROM event WHERE ticket_id = 1 AND type LIKE 'acc%' AND type <> 'accepted' ORDER BY id")" \
        'accountability-opened {"number":1,"orders":[3]}
accountability-handed {"number":1,"handed_to":"discipline-commission"}
accountability-person {"number":1,"person":"张三","post":"科长","liability":"直接责任"}
accountability-person {"number":1,"person":"王五","post":"局长","liability":"主体责任","result":"约谈"}
accountability-person {"number":1,"person":"张三","result":"诫勉谈话"}
accountability-result {"number":1,"result":"责令整改并通报"}
accountability-published {"number":1}'
    run -0 supervision-dossier -F md 1
    same "$(grep -A 4 '^| 问责编号' <<<"$output")" '| 问责编号 | 督办编号 | 单位、责任人 | 职务 | 责任 | 启动时间 | 移交 | 移交单位 | 结果 | 处理 | 公开 | 终止 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 1 | 3 | 国家税务总局徐州市税务局 |  |  | 2026-03-17 09:00 | 2026-03-18 09:00 | 徐州市纪委监委 | 责令整改并通报 | 2026-03-20 09:00 | 2026-03-20 09:00 |  |
| 1 | 3 | 张\* | 科长 | 直接责任 | 2026-03-17 09:00 | 2026-03-18 09:00 | 徐州市纪委监委 | 诫勉谈话 |  | 2026-03-20 09:00 |  |
| 1 | 3 | 王\* | 局长 | 主体责任 | 2026-03-17 09:00 | 2026-03-18 09:00 | 徐州市纪委监委 | 约谈 |  | 2026-03-20 09:00 |  |'
    [[ $(ticket-show -F table 1) == *"平台移交问责，由徐州市纪委监委办理（编号 1）（2026-03-20 补录）。"*"问责到人：张*（编号 1；职务 科长；责任 直接责任）（2026-03-20 补录）。"*"问责有结果：责令整改并通报（编号 1）。"* ]]
    sound
}

@test "whoever else it is handed to; of several at once; a dry run" {
    late
    accountability-list | accountability-record -n --handed-to 派驻纪检组 - >out
    same "$(accountability-list | cut -f 7 | xargs)" "- -"
    accountability-list | accountability-record --handed-to 派驻纪检组 - >out
    same "$(accountability-list | cut -f 7 | xargs)" "派驻纪检组 派驻纪检组"
    quiet accountability-record --handed-to 市纪委监委 2 # it went on from there
    same "$(accountability-list | cut -f 7 | xargs)" "派驻纪检组 discipline-commission"
    sound
}

@test "what is refused has its reason, and nothing is written" {
    late
    refuses "accountability-record: 1: publish the result: it is opened (已启动); now: 移交问责 问责到人 问责结果" accountability-record --published 1
    refuses "accountability-record: 1: the result is blank" accountability-record --result ' ' 1
    refuses "accountability-record: 1: the name of whom it is handed to is blank" accountability-record --handed-to '　' 1
    refuses "accountability-record: 1: a person needs a post and a liability" accountability-record --person 张三 --post 科长 1
    refuses "accountability-record: 1: the name is blank; the post is blank" \
        accountability-record --person ' ' --post ' ' --liability 直接责任 1
    refuses "accountability-record: 1: 2026-03-18T00:00:00+08:00 lies in the future" accountability-record --result x --at 2026-03-18 1
    refuses "accountability-record: 1: 2026-03-17T08:00:00+08:00 lies before 2026-03-17T09:00:00+08:00, when it was opened" \
        accountability-record --result x --at 2026-03-17T08:00 1
    refuses "accountability-record: 9: no such accountability" accountability-record --result x 9
    quiet accountability-record --result 通报 1
    refuses "accountability-record: 1: hand over: it is decided (已处理); now: 问责到人 问责结果 公开问责" \
        accountability-record --handed-to x 1
    quiet accountability-record --published 1
    refuses "accountability-record: 1: enter the result: it is published (已公开); now: 问责到人" accountability-record --result y 1
    refuses "accountability-record: 1: publish the result: it is published (已公开); now: 问责到人" accountability-record --published 1
    # what is right among what is wrong is done
    call accountability-record --result 通报 1 2
    same "$status $output $stderr" $'2 2\t2\turban-management\t-\t2026-03-17T09:00:00+08:00\t- accountability-record: 1: enter the result: it is published (已公开); now: 问责到人'
    sound
}

@test "who may, and rows of a file" {
    late
    refuses "accountability-record: 1: enter the result: that organisation does not supervise" \
        accountability-record --result 通报 --by justice 1
    quiet accountability-record --handed-to justice --by 市纪委监委 1
    quiet accountability-record --result 通报 --by justice 1 # whom it was handed to
    same "$(sql "SELECT data FROM event WHERE type = 'accountability-result'")" '{"number":1,"by":"justice","result":"通报"}'
    [[ $(ticket-show -F table 1) == *"徐州市司法局：问责有结果：通报（编号 1）。"* ]]
    printf '%s\n' 问责编号,移交单位,处理结果,是否公开,责任人,职务,责任类型,经办单位,时间 \
        1,,,是,,,,, 2,justice,,,,,,, 2,,约谈,,张三,科长,直接责任,justice,2026-03-17T09:00 >a.csv
    quiet accountability-record -nq --csv a.csv
    same "$(sql "SELECT count(*) FROM event WHERE type = 'accountability-published'")" 0
    gives 0 "1	1	tax	2026-03-17T09:00:00+08:00	2026-03-17T09:00:00+08:00	2026-03-17T09:00:00+08:00
2	2	urban-management	2026-03-17T09:00:00+08:00	-	-
2	2	urban-management	2026-03-17T09:00:00+08:00	2026-03-17T09:00:00+08:00	-" "" accountability-record --csv a.csv
    same "$(accountability-list | cut -f 1,7,13)" '2	justice	[{"name":"张*","post":"科长","liability":"直接责任"}]'
    printf '%s\n' number,result,published,person,post,liability,by,at 1,x,,,,,, 2x,x,,,,,, 2,,,,,,, \
        2,,maybe,,局长,全责,nobody,昨天 >b.csv
    gives 2 "" 'accountability-record: b.csv:2: enter the result: it is published (已公开); now: 问责到人
accountability-record: b.csv:3: not a number: "2x"
accountability-record: b.csv:4: nothing is said of it: handed_to, result, published or person
accountability-record: b.csv:5: published is yes (是) or no (否), not "maybe"; unknown liability "全责" (直接责任, 主体责任, 监督责任, 领导责任); post, liability and person_result go with a person; unknown organisation "nobody"; org-list shows them; not a time: "昨天" (write 2020-05-27 or 2020-05-27T09:00)
accountability-record: 4 bad rows: nothing was done; --rejects FILE does the rest' accountability-record --csv b.csv
    gives 2 "" "accountability-record: procedures are named by a file or by operands, not both; see accountability-record -h" \
        accountability-record --csv b.csv 1
    sound
}

@test "a wrong command line is refused, with what would be right" {
    late
    gives 2 "" 'accountability-record: name the procedures by their numbers; accountability-list prints them; see accountability-record -h' \
        accountability-record --published
    gives 2 "" 'accountability-record: say what came of it: --handed-to, --result, --published or --person; see accountability-record -h' \
        accountability-record 1
    gives 2 "" 'accountability-record: --post, --liability and --person-result go with --person; see accountability-record -h' \
        accountability-record --post 科长 --result x 1
    gives 2 "" 'accountability-record: unknown liability "次要责任" (直接责任, 主体责任, 监督责任, 领导责任); see accountability-record -h' \
        accountability-record --person 张三 --post 科长 --liability 次要责任 1
}

@test "center-check compares it with its events" {
    late
    quiet accountability-record --handed-to x --person 张三 --post 科长 --liability 直接责任 1
    sound
    sql "UPDATE accountability SET handed_to = 'y' WHERE id = 1; UPDATE accountability_person SET liability = '领导责任'"
    gives 1 $'accountability\t1\taccountability: handed_to is y, its events give x
accountability\t1\taccountability: 张三: liability is 领导责任, its events give 直接责任' "" center-check -q
    sql "DELETE FROM accountability_person; DELETE FROM accountability WHERE id = 2; UPDATE accountability SET handed_to = 'x'"
    gives 1 $'accountability\t2\taccountability: the row is nothing, its events give one
accountability\t1\taccountability: 张三: the row is nothing, its events give one' "" center-check -q
}

@test "the figure: opened in the month, for the unit" {
    late
    at 2026-04-01T09:00
    same "$(report-monthly -F tsv 2026-03 | awk -F '\t' '$4 == "accountability" && $5 && ($1 == "total" || $1 == "org") { print $2, $5 }' | sort | xargs)" \
        "- 2 tax 1 urban-management 1"
    same "$(report-monthly --ids accountability 2026-03 | cut -f 1 | xargs)" "1 2"
}
