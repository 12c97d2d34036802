#!/usr/bin/env bats
# Foreign text in everything that is printed: as Markdown it stays text, in a spreadsheet it computes
# nothing, and what a terminal acts on or does not show is marked.

load lib/base
load lib/loop

# Direction, width, line separators, tags, a soft hyphen, and what stands for each.
UNSEEN=$'a\xe2\x80\xaeb\xe2\x81\xa6c\xe2\x80\x8bd\xe2\x80\xa8e\xf3\xa0\x81\x81f\xef\xbb\xbfg\xc2\xadh\xd8\x9ci\xe2\x80\x8fj'
MARKED='a<U+202E>b<U+2066>c<U+200B>d<U+2028>e<U+E0041>f<U+FEFF>g<U+00AD>h<U+061C>i<U+200F>j'
ESCAPED='a\u202eb\u2066c\u200bd\u2028e\U000e0041f\ufeffg\xadh\u061ci\u200fj'

# raw TEXT: fails where one of these characters is in it.
no_raw() {
    run ! env LC_ALL=C.UTF-8 grep -qP '[\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}\x{061c}\x{feff}\x{ad}\x{e0000}-\x{e007f}]' \
        <<<"$1"
}

@test "what cannot be seen is marked in tables, csv, Markdown, pages and messages, escaped in tsv and json" {
    at 2026-03-02T09:00
    center
    ticket-new -q --title "$UNSEEN" --body "$UNSEEN" >out
    [[ $(ticket-list -F table) == *"$MARKED"* ]]
    [[ $(ticket-list -F csv) == *"$MARKED"* ]]
    [[ $(ticket-list -F tsv) == *$'\t'"$ESCAPED"$'\t'* ]]
    same "$(ticket-list -F json | jq -r .title)" "$UNSEEN"
    [[ $(ticket-list -F json) == *'a\u202eb\u2066c\u200bd\u2028e\udb40\udc41f\ufeffg\u00adh\u061ci\u200fj'* ]]
    for format in table tsv csv json; do
        no_raw "$(for list in ticket-list 'ticket-show 1'; do $list -F $format | sed $'1s/^\xef\xbb\xbf//'; done)"
    done
    no_raw "$(supervision-dossier -F md 1; supervision-dossier 1)"
    gives 2 "" "ticket-new: unknown kind \"$MARKED\" (policy-consultation 政策咨询, help 咨询求助, suggestion 建议, complaint 投诉, report 举报, other 其他, urgent 紧急, arrears 拖欠中小企业账款, register 台账督办)" \
        ticket-new --title x --kind "$UNSEEN"
    printf '标题,类型\n甲,%s\n' "$UNSEEN" >x.csv
    call ticket-new -q --no-ref --received now --csv x.csv
    [[ $stderr == *"unknown kind \"$MARKED\""* ]]
    no_raw "$stderr"
    printf 'x\xe2\x80\xaey: x\n' >x.yaml
    call policy-add x.yaml
    [[ $stderr == *'x<U+202E>y'* ]]
}

@test "a page shows the mark as text, not as markup" {
    at 2026-03-02T09:00
    center
    sql "INSERT INTO policy (code, version, state, title, kind, collected_at) VALUES ('p', 1, 'published', '$UNSEEN', 'general', 1)"
    call policy-list -F html
    [[ $output == *'a&lt;U+202E&gt;b&lt;U+2066&gt;c'* ]]
    no_raw "$output"
}

# Texts that a spreadsheet would compute, and some that only look so; one a line.
formulas() {
    cat <<'EOF'
=cmd|' /C calc'!A0
=HYPERLINK("http://evil","x")
+86 10 x
-2+3+cmd|' /C calc'!A0
@SUM(1+1)
＝1+1
＋1
－1
＠SUM(1)
'=1
''=1
'plain
'-3
-3
-3.5
a=1
EOF
}

@test "csv: what a spreadsheet would compute stands behind an apostrophe, and comes back as it was" {
    at 2026-03-02T09:00
    center
    formulas | jq -Rc '{title: ., enterprise: .}' | ticket-new -q --no-ref --received now --jsonl - >out
    ticket-list -F csv >list.csv
    sqlite3 :memory: '.import --csv list.csv l' 'SELECT 标题 FROM l' >cells
    same "$(head -9 cells)" "$(formulas | head -9 | sed "s/^/'/")"
    same "$(sed -n 10,16p cells)" "$(formulas | sed -n 10,16p | sed "1,2s/^/'/")"
    # in every program that prints csv; tsv and json stay true
    same "$(ticket-show -F csv 1 | grep -c "^1,企业,'=cmd")" 1
    same "$(ticket-list -F json | jq -r .title)" "$(formulas)"
    same "$(ticket-list -F tsv --sort id | cut -f 12)" "$(formulas)"
    # fed back: as a list, and as an answer
    no_center
    formulas | jq -Rc '{title: .}' >rows
    center
    ticket-new -q --no-ref --received now --jsonl rows >out
    ticket-list -F csv >list.csv
    other=$T/other.db
    center-init -q --demo -d "$other"
    ticket-new -q -d "$other" --no-ref --received now --csv list.csv >out 2>errors
    same "$(ticket-list -d "$other" -F json | jq -r .title)" "$(formulas)"
    quiet ticket-route --to tax - < <(seq 16)
    # as a spreadsheet's user answers: the cells as they were printed
    { echo id,text; tail -n +2 list.csv | sed $'s/,.*,center,[^,]*,/,/; s/,\r$/\r/'; } >answers.csv
    ticket-answer -q --csv answers.csv >out
    same "$(sql "SELECT json_extract(data, '$.text') FROM event WHERE type = 'answered' ORDER BY ticket_id")" "$(formulas)"
    gives 0 "" "" center-check
}

@test "csv: numbers of ours stay numbers" {
    at 2026-03-02T09:00
    center
    ticket-new -q --title x >out
    same "$(ticket-show -F csv 1 | tr -d '\r' | grep 超期)" "1,超期工作日,-5"
}

# rendered TEXT: as a reader of GitHub's Markdown shows the cell of the enterprise; the whole page is in
# page.html.
rendered() {
    cmark-gfm --unsafe -e table -e autolink -e strikethrough -e tasklist -e tagfilter page.md >page.html
    sed -n '/^<td>企业<\/td>$/{n;p}' page.html | sed -e 's/^<td>//; s/<\/td>$//' -e 's/<code>\(@*\)<\/code>/\1/g' \
        -e 's/<br>/\\n/g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g'
}

# Texts that a reader of Markdown or HTML would act on.
markups() {
    cat <<'EOF'
\| 伪造
\\| 伪造 | 两格 \
<script>alert(1)</script><img src=x onerror=y><style>table{display:none}</style>
[x](javascript:alert) ![](http://evil) [a]: http://b <http://evil>
http://evil/x https://evil ftp://evil www.evil.com WWW.evil.com a@evil.com mailto:a@evil.com
*a* **b** _c_ __d__ `e` ``f`` ~~g~~ # h - i + j 1. k > l $m$ :smile: :+1:
- a
+ b
12. c
3) d
# e
===
&lt; &#60; &amp; &copy;
<!-- x --> <br> </td></table>
EOF
}

@test "Markdown: foreign text is text: no HTML, no link, no image, and the table keeps its cells" {
    command -v cmark-gfm >/dev/null || skip "cmark-gfm is not here"
    at 2026-03-02T09:00
    center
    markups | jq -Rc '{title: "t", enterprise: .}' | ticket-new -q --no-ref --received now --jsonl - >out
    n=0
    while IFS= read -r text; do
        supervision-dossier -F md $((++n)) >page.md
        same "$(rendered)" "$text"
        run ! grep -E '<(a|img|script|style|em|strong|del|li|blockquote|input)[ >]' page.html
        same "$(grep -c '<tr>' page.html)" "$(grep -c '^| ' page.md | awk '{print $1 - 3}')"
    done < <(markups)
    same "$n" "$(markups | wc -l)"
}

@test "Markdown: random texts of hostile characters come back as they were typed" {
    command -v cmark-gfm >/dev/null || skip "cmark-gfm is not here"
    at 2026-03-02T09:00
    center
    awk 'BEGIN { srand(7); n = split("\\ | * _ ` [ ] ( ) < > & # ! ~ - + = . : / @ $ 1 a w www. http:// &lt; <b> | \\| ``` 测 {", c, " ")
        for (i = 0; i < 60; i++) { s = "x"; for (j = 0; j < 24; j++) s = s c[1 + int(rand() * n)] (rand() < .2 ? " " : ""); print s "x" } }' >texts
    jq -Rc '{title: "t", enterprise: .}' texts | ticket-new -q --no-ref --received now --jsonl - >out
    same "$(wc -l <out)" 60
    supervision-dossier -F md - <out >page.md
    same "$(rendered)" "$(cat texts)"
    run ! grep -E '<(a|img|script|style|em|strong|del|li|blockquote|input|b)[ >]' page.html
}
