#!/usr/bin/env bats
# org-add: one organisation from options, many from a file; changes keep what is not named.

load lib/base

# Fails unless organisation CODE is EXPECTED: name|group|contact|phone|short names.
is() {
    same "$(sql "SELECT name, peer_group, contact, phone, (SELECT group_concat(name, ' ') FROM
        (SELECT name FROM org_name WHERE org_id = o.id ORDER BY name) x) FROM org o WHERE code = '$1'")" "$2"
}

events() { sql "SELECT count(*) FROM v_event WHERE type = '$1' AND json_extract(data, '$.code') = '$2'"; }

@test "an organisation is added, changed, and then the same" {
    center
    gives 0 $'a\t甲局\tadded' "" org-add --code a --name 甲局 --group county
    is a '甲局|county|||'
    gives 0 $'code\tname\tresult\nb\t乙局\tadded' "" org-add -H --code b --name 乙局 \
        --group 市级部门 --short '小乙' --contact 张三 --phone 0516-83701234
    is b '乙局|city-department|张三|0516-83701234|小乙'
    gives 0 '{"code":"c","name":"丙局","result":"added"}' "" org-add -F json --code c --name 丙局 --group utility
    gives 0 $'\xef\xbb\xbf代码,名称,结果\r\nd,丁局,added\r' "" org-add -F csv --code d --name 丁局 --group utility
    gives 0 "代码  名称  结果
e     戊局  added" "" org-add -F table --code e --name 戊局 --group utility
    same "$(events org-added a) $(events org-changed a)" "1 0"
    gives 0 "" "" center-check
}

@test "a change keeps what is not named, and nothing changed is said" {
    center
    org-add --code a --name 甲局 --group county --contact 张三 --phone 12345 --short 小甲 >added
    gives 0 $'a\t甲局\tsame' "" org-add --code a --name 甲局 --group county
    is a '甲局|county|张三|12345|小甲'
    gives 0 $'a\t甲甲局\tchanged' "" org-add --code a --name 甲甲局 --group county
    is a '甲甲局|county|张三|12345|小甲'
    gives 0 $'a\t甲甲局\tchanged' "" org-add --code a --name 甲甲局 --group county --phone 12348
    is a '甲甲局|county|张三|12348|小甲'
    gives 0 $'a\t甲甲局\tchanged' "" org-add --code a --name 甲甲局 --group utility --short 老甲
    is a '甲甲局|utility|张三|12348|小甲 老甲'
    gives 0 $'a\t甲甲局\tsame' "" org-add --code a --name 甲甲局 --group utility --short '小甲 老甲'
    same "$(events org-added a) $(events org-changed a)" "1 3"
}

@test "short names, with every separator" {
    center
    gives 0 $'a\t甲局\tadded' "" org-add --code a --name 甲局 --group county \
        --short $'甲1、甲2，甲3,甲4；甲5;甲6 甲7  甲8　甲9\t甲A\n甲B\r\n甲C、、'
    is a '甲局|county|||甲1 甲2 甲3 甲4 甲5 甲6 甲7 甲8 甲9 甲A 甲B 甲C'
    run --separate-stderr org-list 甲C
    same "$(cut -f 1 <<<"$output")" a
}

@test "values lose their outer blanks" {
    center
    gives 0 $'a\t甲局\tadded' "" org-add --code ' a' --name $'甲局\xc2\xa0' --group county --contact '　'
    is a '甲局|county|||'
    gives 2 "" "org-add: --name is missing; see org-add -h" org-add --code b --name ' ' --group county
}

@test "a name leads to one organisation" {
    center
    gives 2 "" 'org-add: the name "市住建局" belongs to organisation housing-construction' \
        org-add --code a --name 市住建局 --group county
    gives 2 "" 'org-add: the name "徐州市营商办" belongs to organisation business-environment-office' \
        org-add --code a --name 甲局 --group county --short '小甲 徐州市营商办'
    gives 2 "" 'org-add: the name "center" belongs to organisation center' \
        org-add --code a --name 甲局 --group county --short center
    gives 2 "" 'org-add: the name "市住建局" belongs to organisation housing-construction' \
        org-add --code 市住建局 --name 甲局 --group county
    same "$(sql "SELECT count(*) FROM org WHERE code = 'a' OR name = '甲局'")" 0
}

@test "an unknown group is refused, with the nearest" {
    center
    gives 2 "" 'org-add: unknown group "countie" (did you mean county?)' \
        org-add --code a --name 甲局 --group countie
}

@test "-n says what would be done, and changes nothing" {
    center
    before=$(sql .dump | sha256sum)
    gives 0 $'a\t甲局\tadded' "" org-add -n --code a --name 甲局 --group county
    printf 'code,name,group\nb,乙局,county\n,丙局,county\n' >orgs.csv
    gives 2 $'b\t乙局\tadded' "org-add: orgs.csv:1: code -> code
org-add: orgs.csv:1: name -> name
org-add: orgs.csv:1: group -> group
org-add: orgs.csv:3: no code" \
        org-add -n --csv orgs.csv --rejects rejects.csv
    [ ! -e rejects.csv ]
    same "$(sql .dump | sha256sum)" "$before"
}

@test "CSV with Chinese headers, from UTF-8 and from GB18030" {
    center
    cat >orgs.csv <<'CSV'
单位全称,单位编码,简称,考核分组,联络员,办公电话,备注
甲局,a,小甲、老甲,县（市、区）,张三,0516-1,x
"乙,局",b,,市级部门,,,
CSV
    gives 0 $'a\t甲局\tadded\nb\t乙,局\tadded' "org-add: orgs.csv:1: no field is called 备注: not read" \
        org-add --csv orgs.csv
    is a '甲局|county|张三|0516-1|小甲 老甲'
    is b '乙,局|city-department|||'
    gives 0 $'a\t甲局\tsame\nb\t乙,局\tsame' "" org-add -q --csv orgs.csv
    iconv -f UTF-8 -t GB18030 orgs.csv >orgs-gb.csv
    gives 0 $'a\t甲局\tsame\nb\t乙,局\tsame' "" org-add -q --csv orgs-gb.csv
    sh_run 'sed s/0516-1/0516-2/ orgs.csv | org-add -q --csv -'
    same "$status$stderr" 0
    same "$output" $'a\t甲局\tchanged\nb\t乙,局\tsame'
}

@test "JSON lines are read as rows are" {
    center
    cat >orgs.jsonl <<'JSON'
{"code": "a", "name": "甲局", "group": "county", "short": "小甲 老甲"}
{"代码": "b", "全称": "乙局", "分组": "县（市、区）", "phone": 13900001200}
JSON
    gives 0 $'a\t甲局\tadded\nb\t乙局\tadded' "" org-add --jsonl orgs.jsonl
    is a '甲局|county|||小甲 老甲'
    is b '乙局|county||13900001200|'
}

@test "bad rows: all or nothing, and --rejects" {
    center
    cat >orgs.csv <<'CSV'
code,name,group
a,甲局,county
,乙局,county
c,丙局,nowhere
d,市住建局,county
e,甲局,county
f,己局
g,庚局,county
CSV
    faults="orgs.csv:3: no code
orgs.csv:4: unknown group \"nowhere\" (city-department 市级部门, county 县（市、区）, utility 公用企业, supervisor 监督机构, association 行（商）协会)
orgs.csv:5: the name \"市住建局\" belongs to organisation housing-construction
orgs.csv:6: the name \"甲局\" belongs to organisation a
orgs.csv:7: 2 columns, the header has 3"
    before=$(sql .dump | sha256sum)
    gives 2 "" "$(sed 's/^/org-add: /' <<<"$faults")
org-add: 5 bad rows: nothing was done; --rejects FILE does the rest" org-add --csv orgs.csv
    same "$(sql .dump | sha256sum)" "$before"
    gives 2 $'a\t甲局\tadded\ng\t庚局\tadded' "$(sed 's/^/org-add: /' <<<"$faults")" \
        org-add --csv orgs.csv --rejects rejects.csv
    same "$(tr -d '\r' <rejects.csv)" 'reject_reason,code,name,group
"no code",,乙局,county
"unknown group ""nowhere"" (city-department 市级部门, county 县（市、区）, utility 公用企业, supervisor 监督机构, association 行（商）协会)",c,丙局,nowhere
"the name ""市住建局"" belongs to organisation housing-construction",d,市住建局,county
"the name ""甲局"" belongs to organisation a",e,甲局,county
"2 columns, the header has 3",f,己局'
    sed -i 's/,,乙局/,b,乙局/; s/nowhere$/county/; s/nowhere\r$/county\r/; s/市住建局,county/丁局,county/
        s/e,甲局/e,戊局/; s/f,己局/f,己局,county/' rejects.csv
    gives 0 $'b\t乙局\tadded\nc\t丙局\tadded\nd\t丁局\tadded\ne\t戊局\tadded\nf\t己局\tadded' "" \
        org-add --csv rejects.csv
    gives 0 "" "" center-check
}

@test "a wrong command line is refused, with what would be right" {
    center
    gives 2 "" "org-add: --code is missing; see org-add -h" org-add --name 甲局 --group county
    gives 2 "" "org-add: --group is missing; see org-add -h" org-add --code a --name 甲局
    gives 2 "" "org-add: no operand is expected; see org-add -h" org-add a
    gives 2 "" "org-add: --name goes with one organisation, not with a file; see org-add -h" \
        org-add --csv x --name 甲局
    gives 2 "" "org-add: one of --csv and --jsonl, once; see org-add -h" org-add --csv x --jsonl y
    gives 2 "" "org-add: --encoding and --rejects go with --csv or --jsonl; see org-add -h" \
        org-add --code a --name 甲局 --group county --rejects r
    gives 2 "" "org-add: --encoding goes with --csv; JSON lines are UTF-8; see org-add -h" \
        org-add --jsonl x --encoding gbk
    gives 2 "" "org-add: the value of --name is not UTF-8; see org-add -h" \
        org-add --code a --name $'\xff' --group county
    gives 2 "" "org-add: nowhere.csv: No such file or directory" org-add --csv nowhere.csv
    printf 'name,group\n甲局,county\n' >orgs.csv
    gives 2 "" "org-add: orgs.csv:1: no column means \"code\"; this was read as the header: name, group; headers.yaml of the configuration lists what is known" \
        org-add --csv orgs.csv
}

@test "who was renamed by a row is not found by the old name in the next" {
    center
    printf '%s\n' code,name,group,by a,甲局,utility, a,乙局,utility,甲局 a,乙局,utility,甲局 >orgs.csv
    gives 2 "" 'org-add: orgs.csv:4: unknown organisation "甲局" (did you mean 乙局?)
org-add: 1 bad row: nothing was done; --rejects FILE does the rest' org-add --csv orgs.csv
}
