#!/usr/bin/env bats
# association-add: one association from options, many from a file; lists replace, rows add up.

load lib/base

A=91320300MA00002690 B=91110108551385082Q C=91350100M000100Y43

# A center with three enterprises.
firms() {
    at 2026-03-02T10:00
    center
    printf '代码,名称\n%s,甲厂\n%s,乙厂\n%s,丙厂\n' $A $B $C | enterprise-add -q --csv - >firms
}

# Fails unless association CODE is EXPECTED: name|contact|phone|classes|members.
is() {
    same "$(sql "SELECT o.name, o.contact, o.phone,
        (SELECT group_concat(class, ' ') FROM (SELECT class FROM association_class c
             WHERE c.org_id = o.id ORDER BY class) x),
        (SELECT group_concat(name, ' ') FROM (SELECT e.name FROM association_member m
             JOIN enterprise e ON e.id = m.enterprise_id WHERE m.org_id = o.id ORDER BY e.id) x)
        FROM org o JOIN association a ON a.org_id = o.id WHERE o.code = '$1' AND o.peer_group = 'association'")" "$2"
}

events() { sql "SELECT count(*) FROM v_event WHERE type LIKE 'association-%' OR type LIKE 'org-%' AND id > $first"; }
last() { sql "SELECT type, actor <> '', data FROM v_event WHERE type LIKE 'association-%' ORDER BY id DESC LIMIT 1"; }

@test "an association is added with its classes and members, and the log says so" {
    firms
    gives 0 $'m\t机械协会\tadded' "" association-add --code m --name 机械协会 --short '机协、市机协' \
        --contact 张三 --phone 0516-1 --classes '金融支持、技改' --members "$A $B"
    is m '机械协会|张三|0516-1|finance technical-upgrading|甲厂 乙厂'
    same "$(last)" "association-added|1|{\"code\":\"m\",\"classes\":[\"finance\",\"technical-upgrading\"],\"joined\":[\"$A\",\"$B\"]}"
    gives 0 '{"code":"n","name":"食品协会","result":"added"}' "" association-add -F json --code n --name 食品协会
    is n '食品协会||||'
    same "$(last)" 'association-added|1|{"code":"n"}'
    gives 0 $'m\t机械协会\tassociation\t机协 市机协\t张三\t0516-1' "" org-list 市机协
    gives 0 "" "" center-check
}

@test "lists replace, what is not given stays, the same again is no event" {
    firms
    association-add --code m --name 机械协会 --phone 12345 --classes loans --members "$A $B" >out
    first=$(sql "SELECT max(id) FROM v_event")
    for _ in 1 2; do
        gives 0 $'m\t机械协会\tsame' "" association-add --code m --name 机械协会
        gives 0 $'m\t机械协会\tsame' "" association-add --code m --name 机械协会 --classes 贷款,贷款融资 --members "$B;$A，乙厂"
    done
    same "$(sql "SELECT max(id) FROM v_event")" "$first"
    gives 0 $'m\t机械协会\tchanged' "" association-add --code m --name 机械协会 --members "$C $B"
    is m '机械协会||12345|loans|乙厂 丙厂'
    same "$(last)" "association-changed|1|{\"code\":\"m\",\"joined\":[\"$C\"],\"left\":[\"$A\"]}"
    gives 0 $'m\t机械协会\tchanged' "" association-add --code m --name 机械协会 --classes 'rents loans'
    is m '机械协会||12345|loans rents|乙厂 丙厂'
    gives 0 $'m\t机械协会\tchanged' "" association-add --code m --name 机械协会 --classes rents
    same "$(last)" 'association-changed|1|{"code":"m","classes":["rents"]}'
    gives 0 $'m\t机械协会\tchanged' "" association-add --code m --name 机械协会 --members - --classes -
    is m '机械协会||12345||'
    same "$(last)" "association-changed|1|{\"code\":\"m\",\"classes\":[],\"left\":[\"$B\",\"$C\"]}"
    gives 0 $'m\t机械协会\tsame' "" association-add --code m --name 机械协会 --members - --classes -
    gives 0 $'m\t机械商会\tchanged' "" association-add --code m --name 机械商会
    gives 0 "" "" center-check
}

@test "what is refused has its reason, and nothing is written" {
    firms
    before=$(sql .dump | sha256sum)
    gives 2 "" 'association-add: unknown class "贷款融姿" (did you mean 贷款融资?)' \
        association-add --code m --name 机械协会 --classes '减税 贷款融姿'
    gives 2 "" 'association-add: unknown enterprise "91320300MA00002691"; enterprise-add adds it' \
        association-add --code m --name 机械协会 --members "$A 91320300MA00002691"
    gives 2 "" 'association-add: 2 unknown enterprises, the first "丁厂"; enterprise-add adds them' \
        association-add --code m --name 机械协会 --members "$A 丁厂 戊厂"
    gives 2 "" 'association-add: organisation tax is not an association: its group is city-department' \
        association-add --code tax --name 机械协会
    gives 2 "" 'association-add: the name "税务局" belongs to organisation tax' \
        association-add --code m --name 机械协会 --short 税务局
    gives 2 "" 'association-add: the list of members names nothing' \
        association-add --code m --name 机械协会 --members '、'
    same "$(sql .dump | sha256sum)" "$before"
}

@test "an organisation of the group becomes an association" {
    firms
    org-add --code m --name 机械协会 --group 行（商）协会 --contact 张三 >out
    gives 0 $'m\t机械协会\tadded' "" association-add --code m --name 机械协会 --members $A
    is m '机械协会|张三|||甲厂'
}

@test "a file with a row for each association, in UTF-8 and GB18030" {
    firms
    cat >a.csv <<CSV
协会名称,协会代码,政策偏好,会员企业,联络员,备注
机械协会,m,金融支持；技术改造,"$A、$B",张三,x
食品协会,f,,,,
CSV
    gives 0 $'m\t机械协会\tadded\nf\t食品协会\tadded' "association-add: a.csv:1: no field is called 备注: not read" \
        association-add --csv a.csv
    is m '机械协会|张三||finance technical-upgrading|甲厂 乙厂'
    is f '食品协会||||'
    iconv -f UTF-8 -t GB18030 a.csv >gb.csv
    gives 0 $'m\t机械协会\tsame\nf\t食品协会\tsame' "" association-add -q --csv gb.csv
    sed -i "s/$A、//" a.csv
    sh_run 'association-add -q --csv - <a.csv'
    same "$status:$stderr:$output" $'0::m\t机械协会\tchanged\nf\t食品协会\tsame'
    is m '机械协会|张三||finance technical-upgrading|乙厂'
}

@test "a file with a row for each member: rows add up, the sum replaces" {
    firms
    association-add --code m --name 机械协会 --members $C --classes rents >out
    cat >a.csv <<CSV
code,name,classes,members,phone
m,机械协会,loans,$A,12345
f,食品协会,,$B,
m,,贷款 上市,$B,
m,机械协会,,$A,12345
CSV
    gives 0 $'m\t机械协会\tchanged\nf\t食品协会\tadded' "" association-add --csv a.csv
    is m '机械协会||12345|listing loans|甲厂 乙厂'
    is f '食品协会||||乙厂'
    first=$(sql "SELECT max(id) FROM v_event")
    gives 0 $'m\t机械协会\tsame\nf\t食品协会\tsame' "" association-add --csv a.csv
    same "$(sql "SELECT max(id) FROM v_event")" "$first"
}

@test "bad rows: all or nothing, and --rejects" {
    firms
    cat >a.csv <<CSV
code,name,members,phone
m,机械协会,$A,
,食品协会,$A,
f,,$A,
m,,丁厂,
m,机械商会,$B,
m,,$B,96666
t,税务局,,
m,,$C,
,农业协会,戊厂,abc
CSV
    faults='a.csv:3: no code
a.csv:4: no name
a.csv:5: unknown enterprise "丁厂"; enterprise-add adds it
a.csv:6: another name than that of m in line 2
a.csv:7: another phone than that of m in line 2
a.csv:8: the name "税务局" belongs to organisation tax
a.csv:10: no code; unknown enterprise "戊厂"; enterprise-add adds it; phone "abc": it has letters'
    before=$(sql .dump | sha256sum)
    gives 2 "" "$(sed 's/^/association-add: /' <<<"$faults")
association-add: 7 bad rows: nothing was done; --rejects FILE does the rest" association-add --csv a.csv
    gives 2 $'m\t机械协会\tadded' "$(sed 's/^/association-add: /' <<<"a.csv:1: code -> code
a.csv:1: name -> name
a.csv:1: members -> members
a.csv:1: phone -> phone
$faults")" \
        association-add -n --csv a.csv --rejects bad.csv
    [ ! -e bad.csv ]
    same "$(sql .dump | sha256sum)" "$before"
    gives 2 $'m\t机械协会\tadded' "$(sed 's/^/association-add: /' <<<"$faults")" \
        association-add --csv a.csv --rejects bad.csv
    is m '机械协会||||甲厂 丙厂'
    same "$(tr -d '\r' <bad.csv | head -n 4)" "reject_reason,code,name,members,phone
\"no code\",,食品协会,$A,
\"no name\",f,,$A,
\"unknown enterprise \"\"丁厂\"\"; enterprise-add adds it\",m,,丁厂,"
    gives 0 "" "" center-check
}

@test "JSON lines are read as rows are, lists too" {
    firms
    printf '{"code": "m", "名称": "机械协会", "members": ["%s", "乙厂"], "classes": "贷款 上市"}\n' $A >a.jsonl
    gives 0 $'m\t机械协会\tadded' "" association-add --jsonl a.jsonl
    is m '机械协会|||listing loans|甲厂 乙厂'
    printf '{"code": "m", "name": "机械协会", "members": []}\n' >a.jsonl
    gives 2 "" "association-add: a.jsonl:1: the list of members names nothing
association-add: 1 bad row: nothing was done; --rejects FILE does the rest" association-add --jsonl a.jsonl
}

@test "-n says what would be done, and changes nothing" {
    firms
    before=$(sql .dump | sha256sum)
    gives 0 $'m\t机械协会\tadded' "" association-add -n --code m --name 机械协会 --members $A
    same "$(sql .dump | sha256sum)" "$before"
}

@test "an association that has no ticket is not in the bulletin" {
    firms
    ticket-new -q --title x | ticket-route -q --to tax - >out
    report-monthly 2026-03 >before
    association-add --code m --name 机械协会 >out
    report-monthly 2026-03 | cmp - before
}

@test "a wrong command line is refused, with what would be right" {
    firms
    gives 2 "" "association-add: --code is missing; see association-add -h" association-add --name 机械协会
    gives 2 "" "association-add: --name is missing; see association-add -h" association-add --code m
    gives 2 "" "association-add: no operand is expected; see association-add -h" association-add m
    gives 2 "" "association-add: --members goes with one association, not with a file; see association-add -h" \
        association-add --csv x --members $A
    gives 2 "" "association-add: one of --csv and --jsonl, once; see association-add -h" \
        association-add --csv x --jsonl y
    gives 2 "" "association-add: --encoding and --rejects go with --csv or --jsonl; see association-add -h" \
        association-add --code m --name 机械协会 --rejects r
    gives 2 "" "association-add: the value of --name is not UTF-8; see association-add -h" \
        association-add --code m --name $'\xff'
    printf 'name\n机械协会\n' >a.csv
    gives 2 "" "association-add: a.csv:1: no column means \"code\"; this was read as the header: name; headers.yaml of the configuration lists what is known" \
        association-add --csv a.csv
}
