#!/usr/bin/env bats
# liaison-add: liaisons by options and by file, pairs made and ended.

load lib/base

A=91320300MA00002690 B=91110108551385082Q C=91350100M000100Y43

# A center with three enterprises.
firms() {
    at 2026-03-02T10:00
    center
    printf '代码,名称\n%s,甲厂\n%s,乙厂\n%s,丙厂\n' $A $B $C | enterprise-add -q --csv - >out
}

pairs() { sql "SELECT liaison_id || e.name FROM liaison_enterprise p JOIN enterprise e ON e.id = p.enterprise_id ORDER BY 1" | xargs; }
last() { sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1"; }

@test "one, then more pairs, another telephone, and nothing new" {
    firms
    gives 0 $'1\t张三\tindustry\t0\tadded' "" liaison-add --name 张三 --org 市工信局
    same "$(last)" 'liaison-added|{"id":1,"name":"张三","org":"industry"}'
    gives 0 $'1\t张三\tindustry\t2\tchanged' "" liaison-add --name 张三 --org industry --enterprise $A --enterprise 乙厂
    same "$(last)" "liaison-paired|{\"id\":1,\"name\":\"张三\",\"org\":\"industry\",\"enterprises\":[\"$A\",\"$B\"]}"
    gives 0 $'1\t张三\tindustry\t2\tchanged' "" liaison-add --name 张三 --org industry --phone 0516-1
    same "$(last)" 'liaison-changed|{"id":1,"name":"张三","org":"industry","phone":"0516-1"}'
    gives 0 $'1\t张三\tindustry\t3\tchanged' "" liaison-add --name 张三 --org industry --enterprise "$A,$C"
    same "$(last)" "liaison-paired|{\"id\":1,\"name\":\"张三\",\"org\":\"industry\",\"enterprises\":[\"$C\"]}"
    events=$(sql "SELECT count(*) FROM v_event")
    gives 0 $'1\t张三\tindustry\t3\tsame' "" \
        liaison-add --name 张三 --org 工信局 --phone 0516-1 --enterprise "$A $B $C"
    same "$(sql "SELECT count(*) FROM v_event")" "$events"
    # a namesake elsewhere is another
    gives 0 '{"id":2,"name":"张三","org":"320302","enterprises":1,"result":"added"}' "" \
        liaison-add -F json --name 张三 --org 鼓楼区 --enterprise $A
    same "$(pairs)" "1丙厂 1乙厂 1甲厂 2甲厂"
    gives 0 "编号  助企员  单位            结对企业  结果
   2  张三    鼓楼区人民政府         1  same" "" liaison-add -F table --name 张三 --org 鼓楼区
    gives 0 "" "" center-check
}

@test "pairs are ended, and the log keeps them" {
    firms
    liaison-add --name 张三 --org 工信局 --enterprise "$A $B" >out
    liaison-add --name 李四 --org 工信局 --enterprise "$A" >out
    gives 0 $'1\t张三\tindustry\t1\tchanged' "" liaison-add --name 张三 --org 工信局 --unpair $A
    same "$(last)" "liaison-unpaired|{\"id\":1,\"name\":\"张三\",\"org\":\"industry\",\"enterprises\":[\"$A\"]}"
    same "$(pairs)" "1乙厂 2甲厂"
    gives 0 $'1\t张三\tindustry\t1\tsame' "" liaison-add --name 张三 --org 工信局 --unpair $A
    gives 0 $'1\t张三\tindustry\t1\tchanged' "" liaison-add --name 张三 --org 工信局 --unpair 乙厂 --enterprise 丙厂
    same "$(pairs)" "1丙厂 2甲厂"
    gives 2 "" 'liaison-add: no liaison "王五" of this organisation; liaison-list shows them' \
        liaison-add --name 王五 --org 工信局 --unpair $A
    gives 2 "" 'liaison-add: unknown enterprise "丁厂"; enterprise-add adds it' \
        liaison-add --name 张三 --org 工信局 --unpair 丁厂
}

@test "what is refused leaves nothing behind" {
    firms
    before=$(sql .dump | sha256sum)
    gives 2 "" 'liaison-add: unknown organisation "市工新局" (did you mean 市工信局?)' \
        liaison-add --name 张三 --org 市工新局
    gives 2 "" 'liaison-add: unknown enterprise "91320300MA00002691"; enterprise-add adds it' \
        liaison-add --name 张三 --org 工信局 --enterprise "$A 91320300MA00002691"
    gives 0 $'1\t张三\tindustry\t1\tadded' "" liaison-add -n --name 张三 --org 工信局 --enterprise $A
    same "$(sql .dump | sha256sum)" "$before"
}

@test "a file, in UTF-8 and GB18030: a cell of several, or several rows" {
    firms
    cat >l.csv <<CSV
助企员,所在单位,联系电话,挂钩企业,备注
张三,市工信局,0516-1,甲厂、$B,x
李四,鼓楼区,,$A,
李四,鼓楼区,,$C,
王五,铜山区,,,
CSV
    gives 0 $'1\t张三\tindustry\t2\tadded\n2\t李四\t320302\t1\tadded\n2\t李四\t320302\t2\tchanged\n3\t王五\t320312\t0\tadded' \
        "liaison-add: l.csv:1: no field is called 备注: not read" liaison-add --csv l.csv
    same "$(pairs)" "1乙厂 1甲厂 2丙厂 2甲厂"
    iconv -f UTF-8 -t GB18030 l.csv >gb.csv
    run --separate-stderr liaison-add -q --csv gb.csv
    same "$status:$stderr:$(cut -f 5 <<<"$output" | xargs)" "0::same same same same"
    printf '{"name": "张三", "org": "工信局", "enterprises": ["%s", "乙厂"]}\n' $C >l.jsonl
    gives 0 $'1\t张三\tindustry\t3\tchanged' "" liaison-add --jsonl l.jsonl
}

@test "bad rows: all or nothing, and --rejects" {
    firms
    cat >l.csv <<CSV
name,org,enterprises
张三,工信局,$A
,工信局,$A
李四,,$A
李四,市工新局,$A
李四,工信局,$A 丁厂
王五,工信局,$B
CSV
    faults='l.csv:3: no name
l.csv:4: no org
l.csv:5: unknown organisation "市工新局" (did you mean 市工信局?)
l.csv:6: unknown enterprise "丁厂"; enterprise-add adds it'
    before=$(sql .dump | sha256sum)
    gives 2 "" "$(sed 's/^/liaison-add: /' <<<"$faults")
liaison-add: 4 bad rows: nothing was done; --rejects FILE does the rest" liaison-add --csv l.csv
    same "$(sql .dump | sha256sum)" "$before"
    gives 2 $'1\t张三\tindustry\t1\tadded\n2\t王五\tindustry\t1\tadded' "$(sed 's/^/liaison-add: /' <<<"$faults")" \
        liaison-add --csv l.csv --rejects bad.csv
    same "$(tr -d '\r' <bad.csv | cut -d , -f 1 | xargs -d '\n' printf '%.15s|')" \
        'reject_reason|"no name"|"no org"|"unknown organi|"unknown enterp|'
    gives 0 "" "" center-check
}

@test "a wrong command line is refused, with what would be right" {
    firms
    gives 2 "" "liaison-add: --name is missing; see liaison-add -h" liaison-add --org tax
    gives 2 "" "liaison-add: --org is missing; see liaison-add -h" liaison-add --name 张三
    gives 2 "" "liaison-add: no operand is expected; see liaison-add -h" liaison-add 1
    gives 2 "" "liaison-add: --name goes with one liaison, not with a file; see liaison-add -h" \
        liaison-add --csv x --name 张三
    gives 2 "" "liaison-add: --enterprise and --unpair go with one liaison, not with a file; see liaison-add -h" \
        liaison-add --csv x --enterprise $A
    gives 2 "" "liaison-add: an empty code; see liaison-add -h" liaison-add --name 张三 --org tax --unpair ' '
    gives 2 "" "liaison-add: the value of --enterprise is not UTF-8; see liaison-add -h" \
        liaison-add --name 张三 --org tax --enterprise $'\xff'
}
