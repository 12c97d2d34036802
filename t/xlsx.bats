#!/usr/bin/env bats
# -F xlsx: workbooks, read back by xlsx2csv, their parts by sqlite3's zipfile.

load lib/base

read_back() { # FILE [OPTION...]: a sheet as csv
    command -v xlsx2csv >/dev/null || { echo "xlsx2csv is missing: make deps-check" >&2; return 1; }
    xlsx2csv -f '%Y-%m-%d %H:%M:%S' "${@:2}" "$1"
}

# part FILE NAME: a part of the workbook
part() { sqlite3 :memory: "SELECT data FROM zipfile('$1') WHERE name = '$2'"; }

# plain: csv without its byte order mark, guards and CR, as another writer quotes it
plain() { sed "1s/^\xef\xbb\xbf//; s/\r//; s/,'\([=+@-]\)/,\1/g; s/^'\([=+@-]\)/\1/; s/\"'\([=+@-]\)/\"\1/g" | xlsx_quotes; }
xlsx_quotes() { awk '{ gsub(/"/, ""); print }'; }

@test "a list: its words, numbers and moments, and what looks like a formula" {
    at 2026-03-02T10:00
    center
    ticket-new -q --kind 投诉 --ref R1 --title '=1+1' --enterprise 甲公司 --region 沛县 >out
    ticket-new -q --kind 求助 --ref R2 --title $'a & b <i>, "c"\x01' | ticket-route --to tax - >out
    ticket-new -q --title 'http://localhost' | ticket-route --to tax - >out
    ticket-list -F xlsx >list.xlsx
    same "$(read_back list.xlsx | xlsx_quotes)" "$(ticket-list -F csv | plain)"
    same "$(part list.xlsx xl/worksheets/sheet1.xml | grep -c '<f>')" 0
    # the head stays in sight and on every page, and can be filtered; a page is as wide as the sheet
    for element in '<pane ySplit="1"' '<autoFilter ref="A1:' 'fitToWidth="1" fitToHeight="0"\|fitToHeight="0"' 'orientation="landscape"' 'paperSize="9"'; do
        part list.xlsx xl/worksheets/sheet1.xml | grep -q "$element"
    done
    part list.xlsx xl/workbook.xml | grep -q 'name="_xlnm.Print_Titles"'
    part list.xlsx xl/workbook.xml | grep -q '<sheet name="工单台账"'
    # nothing is a workbook too
    ticket-list --state closed -F xlsx >none.xlsx || [ $? = 1 ]
    same "$(read_back none.xlsx | wc -l)" 1
    # a record that is shown whole
    ticket-show -F xlsx 1 >show.xlsx
    same "$(read_back show.xlsx | sed -n 's/^1,标题,//p')" "=1+1"
}

@test "the bulletin: a sheet for each table, charts, and every number as json has it" {
    at 2026-03-02T10:00
    center
    for n in 1 2 3 4 5; do
        ticket-new -q --kind 投诉 --title 事项$n --at 2026-02-2${n}T09:00 | ticket-route --to tax --now 2026-03-02T10:00 - >out
    done
    at 2026-03-04T10:00
    ticket-answer -q --text x 1 2 >out
    ticket-rate -q --score 4 1 >out
    at 2026-04-10
    report-period -F xlsx --each month --band --running 2026-Q1 >b.xlsx
    same "$(part b.xlsx xl/workbook.xml | grep -o '<sheet name="[^"]*"' | sed 's/.*="//; s/"//' | xargs)" \
        "说明 一、总体情况（本期、上期、去年同期） 二、逐月 图表 三、承办单位 四、诉求类型 五、来源渠道 六、不计入（本期、上期、去年同期） 数据"
    same "$(sqlite3 :memory: "SELECT count(*) FROM zipfile('b.xlsx') WHERE name LIKE 'xl/charts/chart%'")" 4
    # each row of the data is one of json, and each that is not 0 is there
    report-period -F json --each month --band --running 2026-Q1 | jq -r '[.scope, .code // "", .figure, .value // "", .of // "",
        .before // "", .year_before // "", .ever // "", .ever_of // ""] | join("|")' | sort >json
    read_back b.xlsx -n 数据 -d tab | awk -F '\t' 'NR > 1 { print $1 "|" $2 "|" $4 "|" $5 "|" $6 "|" $7 "|" $9 "|" $11 "|" $12 }' | sort >rows
    same "$(comm -23 rows json)" ""
    same "$(comm -13 rows json | awk -F '|' '{ for (i = 4; i <= NF; i++) if ($i + 0) { print; next } }')" ""
    [ "$(wc -l <rows)" -gt 60 ]
    # the tables say what the text says
    report-period --each month --band --running 2026-Q1 >text
    same "$(read_back b.xlsx -n 三、承办单位 | tr , ' ')" "$(sed -n '/^三、/,/^$/p' text | sed '1d;$d' | sed 's/  */ /g')"
    same "$(read_back b.xlsx -n 说明 | tail -1)" "$(tail -1 text)"
    # and the charts what the tables say
    same "$(read_back b.xlsx -n 图表 | sed -n 2,4p | cut -d , -f 1,2)" "01,0
02,5
03,0"
}

@test "other documents: an assessment, a ticket's file, a report on a draft" {
    at 2026-03-02T10:00
    center
    ticket-new -q --kind 投诉 --title 事项 | ticket-route --to tax - | ticket-answer --text x - | ticket-rate --score 5 - >out
    at 2026-04-01
    assess-score -F xlsx example-service 2026-03 >a.xlsx
    same "$(read_back a.xlsx -n 明细 | awk -F , 'NR > 1 { print $1, $7 }' | head -3)" "tax 20
tax 40
tax 30"
    supervision-dossier -F xlsx 1 >d.xlsx
    part d.xlsx xl/workbook.xml | grep -q '<sheet name="二、期限逐日核算"'
    same "$(read_back d.xlsx -n 二、期限逐日核算 | wc -l)" "$(($(ticket-show --explain 1 | wc -l) + 1))"
    echo 草案 >draft
    consult-open --now 2026-03-04 --title 草案 --draft draft --from tax --until 2026-03-20 --to finance >out
    consult-report -F xlsx 1 >c.xlsx
    read_back c.xlsx -a | grep -q 草案
}
