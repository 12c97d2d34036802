#!/usr/bin/env bats
# The formats of qifu(7) that are the same in all programs: Markdown and html of lists, shows, documents.

load lib/base

# A ticket whose texts are markup, and an organisation.
world() {
    at 2026-03-02T10:00
    center
    ticket-new --kind 投诉 --ref R1 --title '<script>alert(1)</script> a|b *c* & "d"' \
        --body $'one\n| two |\n```' --enterprise "O'Brien <b>有限公司</b>" >out
}

# The elements that a page opens and closes must be pairs, all of these.
balanced() { # FILE
    local element
    for element in html head body header h1 h2 div table thead tbody tr th td p style title; do
        same "$element $(grep -oE "<$element( [^>]*)?>" "$1" | wc -l)" "$element $(grep -o "</$element>" "$1" | wc -l)"
    done
}

@test "a list as a page" {
    world
    run -0 --separate-stderr ticket-list -F html
    same "$stderr" ""
    same "$(sed -n '1,2p; $p' <<<"$output")" '<!DOCTYPE html>
<html lang="zh-CN">
</html>'
    same "$(sed -n '/<body>/,/<thead>/p' <<<"$output")" '<body>
<header>
<h1>工单台账</h1>
<p>徐州市企业服务中心（演示数据），截至 2026-03-02 10:00</p>
</header>
<div class="table">
<table>
<thead>'
    [[ $output == *'<title>工单台账 - 徐州市企业服务中心（演示数据）</title>'* ]]
    # the office's words, times to the minute and in one line, numbers at the right, foreign text as it was typed
    [[ $output == *'<tr><td class="n">1</td><td>待派发</td><td></td><td class="d">2026-03-02 10:00</td>'* ]]
    [[ $output == *'<td>&lt;script&gt;alert(1)&lt;/script&gt; a|b *c* &amp; &quot;d&quot;</td><td>O&#39;Brien &lt;b&gt;有限公司&lt;/b&gt;</td></tr>'* ]]
    same "$(grep -ciE '<script|javascript:|https?://|src=|@import' <<<"$output")" 0
    [[ $output == *"content=\"default-src 'none'; style-src 'unsafe-inline'"* ]]
    [[ $output == *'@media print{'* ]]
    echo "$output" >page
    balanced page
    # nothing found is a page too
    run -1 ticket-list -F html --kind 建议
    [[ $output == *'</thead>
<tbody>
</tbody>'* ]]
    echo "$output" >page
    balanced page
}

@test "a list in Markdown" {
    world
    gives 0 '| 系统编号 | 状态 | 级别 | 受理 | 答复期限 | 主办 | 类型 | 渠道 | 区域 | 来源 | 来源编号 | 标题 | 企业 |
| ---: | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 1 | 待派发 |  | 2026-03-02 10:00 | 2026-03-09 23:59 |  | 投诉 | 窗口 |  | center | R1 | &#60;script&#62;alert(1)&#60;/script&#62; a&#124;b \*c\* &#38; "d" | O'"'"'Brien &#60;b&#62;有限公司&#60;/b&#62; |' \
        "" ticket-list -F md
    gives 1 '| 系统编号 | 状态 | 级别 | 受理 | 答复期限 | 主办 | 类型 | 渠道 | 区域 | 来源 | 来源编号 | 标题 | 企业 |
| ---: | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |' "" ticket-list -F md --kind 建议
}

@test "a record whole in Markdown and as a page" {
    world
    run -0 ticket-show -F md 1
    same "${lines[0]}" '| 编号 | 项目 | 内容 |'
    [[ $output == *'| 1 | 内容 | one<br>&#124; two &#124;<br>\`\`\` |'* ]]
    run -0 ticket-show -F html 1
    [[ $output == *'<h1>工单详情</h1>'*'<td>内容</td><td>one
| two |
```</td>'* ]]
    same "$(ticket-show -F html 1 | grep -c '<tr>')" "$(($(ticket-show -F tsv 1 | wc -l) + 1))"
}

@test "documents as pages: the headings and tables of the Markdown" {
    world
    ticket-route --to tax --basis x 1 >out
    at 2026-04-02T10:00
    escalate -q >out
    for call in "report-monthly 2026-03" "supervision-dossier 1" "supervision-dossier 1 1"; do
        $call -F md >page.md
        $call -F html >page
        balanced page
        same "$(head -n 1 page; tail -n 1 page)" "<!DOCTYPE html>
</html>"
        same "$call $(grep -c '<h[12]>' page)" "$call $(grep -c '^##\? ' page.md)"
        same "$(grep -ciE '<script|^\| -' page)" 0
    done
    # the days of the deadline are a table, not a block of text
    [[ $(<page) == *'<h2>二、期限逐日核算</h2>
<div class="table">'* ]]
    same "$(grep -cx '```' page)" 0
    # every sentence of the bulletin is a paragraph
    same "$(report-monthly -F html 2026-03 | grep -c '^<p>')" "$(report-monthly 2026-03 | sed -n '/统计口径/,$p' | tail -n +2 | grep -c .)"
}

@test "what does not fit is refused with what does" {
    world
    gives 2 "" 'supervision-dossier: format "json" does not fit here (text, md, html or xlsx); see supervision-dossier -h' \
        supervision-dossier -F json 1
    gives 2 "" 'ticket-list: format "text" does not fit here (table, tsv, csv, json, md, html or xlsx); see ticket-list -h' \
        ticket-list -F text
    gives 2 "" 'report-monthly: format "text" does not fit here (table, tsv, csv, json, md, html or xlsx); see report-monthly -h' \
        report-monthly -F text --ids received 2026-03
    # -h names them
    [[ $(supervision-dossier -h) == *'--format FORMAT          text, md, html or xlsx'* ]]
    [[ $(report-monthly -h) == *'--format FORMAT          text, table, tsv, csv, json, md, html or xlsx'* ]]
    [[ $(ticket-list -h) == *'--format FORMAT          table, tsv, csv, json, md, html or xlsx'* ]]
    # a format as an option
    gives 2 "" 'ticket-list: unknown option "--html" (write -F html); see ticket-list -h' ticket-list --html
}

@test "a list's columns, its order, how many" {
    at 2026-03-02T10:00
    center
    printf '编号,标题,类型,企业\nR1,丙,投诉,甲厂\nR2,甲,求助,\nR3,"乙,二",投诉,乙厂\n' >in.csv
    ticket-new -q --received now --csv in.csv >out
    gives 0 $'甲\t2\n乙,二\t3\n丙\t1' "" ticket-list --columns title,id --sort enterprise --reverse --sort title
    # what is empty last, either way; what is equal as it came
    gives 0 $'3\n1\n2' "" ticket-list --columns id --sort enterprise
    gives 0 $'1\n3\n2' "" ticket-list --columns id --sort 企业 --reverse
    gives 0 $'1\n3\n2' "" ticket-list --columns id --sort kind
    # numbers by size
    for _ in 4 5 6 7 8 9 10; do ticket-new -q --title 丁 >>out; done
    gives 0 $'10\n9\n8' "" ticket-list --columns id --sort id --reverse --limit 3
    gives 0 $'10\n9\n8' "" sla-check --columns id --sort id --reverse --limit 3
    gives 0 $'{"title":"丙","id":1}' "" ticket-list --columns 标题,系统编号 --limit 1 -F json
    gives 0 $'系统编号  标题\n       1  丙\n       2  甲' "" ticket-list --columns id,title --limit 2 -F table
    gives 0 $'| 标题 |\n| --- |\n| 丙 |' "" ticket-list --columns title --limit 1 -F md
    gives 0 $'title\n丙' "" ticket-list --columns title --limit 1 -H
    same "$(ticket-list --columns title --sort title --limit 1 -F csv | tail -1)" $'丁\r'
    same "$(ticket-list --columns title --sort title --limit 1 -F html | grep -c '<tr>')" 2
    # the whole of a list with all columns, sorted by what it is sorted by, is the list
    same "$(ticket-list --sort id)" "$(ticket-list)"
    same "$(org-list --reverse | tac)" "$(org-list)"
    gives 2 "" 'ticket-list: unknown column "titel" (did you mean title?); see ticket-list -h' ticket-list --columns titel
    gives 2 "" 'ticket-list: unknown column "标提" (did you mean 标题?); see ticket-list -h' ticket-list --sort 标提
    gives 2 "" 'org-list: unknown column "?" (code, name, group, short, contact, phone); see org-list -h' org-list --columns '?'
    gives 2 "" 'ticket-list: --columns takes 1 to 64 names; see ticket-list -h' ticket-list --columns ,
    gives 2 "" 'org-list: "0" is not a whole number from 1 to 1000000000; see org-list -h' org-list --limit 0
    gives 2 "" 'ticket-show: unknown option "--columns"; see ticket-show -h' ticket-show --columns id 1
}

@test "every program that is called a list takes these options" {
    for program in "$BIN"/*-list; do
        [[ $("${program##*/}" -h) == *$'\ncommon to all lists (see qifu(7)):\n'*--columns* ]] || same "${program##*/}" "one of the lists"
    done
}
