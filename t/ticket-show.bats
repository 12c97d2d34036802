#!/usr/bin/env bats
# ticket-show: a ticket whole, in every format, and the good ones beside the bad ones.

load lib/base

# Ticket 1 with everything, dispatched and two levels overdue; ticket 2 with a title alone.
two() {
    at 2020-05-18T09:00
    center
    printf '编号,标题,内容,类型,渠道,来源,企业,信用代码,联系人,电话,区域,类别,受理时间,行业\nA1,甲,"一\n二",投诉,热线,12345,某公司,91110108551385082Q,张三,13812341234,丰县,税费,2020-05-18 08:00,制造业\n' |
        ticket-new -q --csv - >new
    ticket-new --title 乙 >>new
    ticket-route --to 市住建局 --assist 市司法局 --assist 市税务局 --basis 职责分工 1 >routed
    at 2020-05-28T09:00
    escalate 1 >escalated
    user=$(id -un)
}

# The events of a ticket as ticket-show prints them.
events() {
    sql "SELECT at || ' ' || type || ' ' || actor || ' ' || data FROM v_event WHERE ticket_id = $1 ORDER BY id"
}

@test "a ticket is shown whole" {
    two
    run --separate-stderr ticket-show 1
    same "$status$stderr" 0
    same "$(grep -v event <<<"$output")" $'1\ttitle\t甲
1\tstate\tdispatched
1\tkind\tcomplaint
1\tkind_by\tgiven
1\tchannel\thotline
1\tsource\t12345
1\tref\tA1
1\tenterprise\t某公司
1\tuscc\t91110108551385082Q
1\tcontact\t张*
1\tphone\t138****1234
1\tregion\t320321
1\tcategory\t税费
1\tbody\t一\\n二
1\textra\t{"行业":"制造业"}
1\tlead\thousing-construction
1\tassist\tjustice
1\tassist\ttax
1\tbasis\t职责分工
1\treceived\t2020-05-18T08:00:00+08:00
1\tdispatched\t2020-05-18T09:00:00+08:00
1\taccept_due\t2020-05-19T23:59:59+08:00
1\tdue\t2020-05-25T23:59:59+08:00
1\toverdue\t2
1\tlevel\tyellow
1\tnext_level\t2020-05-29T00:00:00+08:00
1\tparty\thousing-construction lead due 2020-05-25T23:59:59+08:00 accept-due 2020-05-19T23:59:59+08:00
1\tparty\tjustice assist due 2020-05-25T23:59:59+08:00 accept-due 2020-05-19T23:59:59+08:00
1\tparty\ttax assist due 2020-05-25T23:59:59+08:00 accept-due 2020-05-19T23:59:59+08:00
1\theld\thousing-construction 8'
    same "$(grep event <<<"$output" | cut -f 3)" "$(events 1)"
    same "$(events 1 | cut -d ' ' -f 2,3)" "received $user
dispatched $user
escalated $user
assist-escalated $user
assist-escalated $user"
}

@test "what is not there is not shown" {
    two
    run --separate-stderr ticket-show 2
    same "$status$stderr" 0
    same "$(grep -v event <<<"$output")" $'2\ttitle\t乙
2\tstate\treceived
2\tkind\tother
2\tkind_by\tdefault
2\tchannel\twindow
2\tsource\tcenter
2\treceived\t2020-05-18T09:00:00+08:00
2\tdue\t2020-05-25T23:59:59+08:00
2\toverdue\t2
2\tlevel\tdispatch-late
2\tnext_level\t2020-05-19T00:00:00+08:00
2\theld\tcenter 8'
}

@test "the clock is that of --now" {
    two
    sh_run 'ticket-show --now 2020-05-25T23:59:59 1 | grep -E "	(overdue|level|next_level)	"'
    same "$output" $'1\toverdue\t0\n1\tnext_level\t2020-05-29T00:00:00+08:00'
    sh_run 'ticket-show --now 2020-05-26T00:00 1 | grep -E "	(overdue|level)	"'
    same "$output" $'1\toverdue\t0\n1\tlevel\tyellow'
    sh_run 'ticket-show --now 2020-06-30 1 | grep -E "	(overdue|level)	"'
    same "$output" $'1\toverdue\t24\n1\tlevel\tred'
    # the center's own, while it lies in the pool
    sh_run 'ticket-show --now 2020-05-18T23:59:59 2 | grep -E "	(overdue|level|next_level)	"'
    same "$output" $'2\toverdue\t-5\n2\tnext_level\t2020-05-19T00:00:00+08:00'
    sh_run 'ticket-show --now 2020-06-30 2 | grep -E "	(overdue|level)	"'
    same "$output" $'2\toverdue\t24\n2\tlevel\tdispatch-late'
}

@test "a provisional deadline says so" {
    at 2026-12-31T09:00
    center
    ticket-new --title 甲 >new
    sh_run 'ticket-show 1 | grep provisional | grep -v event; ticket-show -F table 1 | grep " 期限暂定 "'
    same "$output" $'1\tprovisional\tprovisional\n   1  期限暂定    是：该年度安排未公布'
}

@test "tables print the office's words" {
    two
    run --separate-stderr ticket-show -F table 1
    same "$status$stderr" 0
    same "$(head -n 15 <<<"$output")" "编号  项目              内容
   1  标题              甲
   1  状态              已派发
   1  类型              投诉
   1  类型来自          来件写明
   1  渠道              12345热线
   1  来源              12345
   1  来源编号          A1
   1  企业              某公司
   1  统一社会信用代码  91110108551385082Q
   1  联系人            张*
   1  电话              138****1234
   1  区域              丰县
   1  类别              税费
   1  内容              一⏎二"
    [[ $output == *"   1  主办              徐州市住房和城乡建设局"* ]]
    [[ $output == *"   1  级别              黄色"* ]]
}

@test "csv speaks the office's words, and -H names the columns" {
    two
    run --separate-stderr ticket-show -F csv 1
    same "$status$stderr" 0
    same "${lines[0]}" $'\xef\xbb\xbf编号,项目,内容\r'
    [[ $output == *$'\r\n1,内容,"一\n二"\r\n1,其他栏目,行业：制造业\r\n'* ]]
    run --separate-stderr ticket-show -H 2
    same "${lines[0]}" $'id\tfield\tvalue'
}

@test "json: one object a ticket" {
    two
    run --separate-stderr ticket-show -F json 1 2
    same "$status$stderr" 0
    same "${#lines[@]}" 2
    printf '%s\n' "${lines[0]}" >json
    json() { sqlite3 :memory: "SELECT json_extract(readfile('json'), '$1')"; }
    same "$(json '$.id') $(json '$.title') $(json '$.body')" $'1 甲 一\n二'
    same "$(json '$.extra.行业')" 制造业
    same "$(json '$.lead') $(json '$.assists') $(json '$.level')" 'housing-construction ["justice","tax"] yellow'
    same "$(sqlite3 :memory: "SELECT json_type(readfile('json'), '$.overdue'), json_extract(readfile('json'), '$.overdue')")" 'integer|2'
    same "$(json '$.events[0].type') $(json '$.events[1].data.lead') $(json '$.events[2].type')" \
        'received housing-construction escalated'
    same "$(json '$.events[0].at') $(json '$.events[0].recorded')" '2020-05-18T08:00:00+08:00 2020-05-18T09:00:00+08:00'
    if type jq >/dev/null; then
        same "$(jq -r '.events | length' json)" 5
    fi
    [[ ${lines[1]} == '{"id":2,"title":"乙","state":"received","kind":"other",'* ]]
}

@test "an unknown id is named, the good ones are shown, and the status remembers" {
    two
    run --separate-stderr ticket-show 2 99 1
    same "$status" 2
    same "$stderr" "ticket-show: 99: no such ticket"
    same "$(grep $'\ttitle\t' <<<"$output")" $'2\ttitle\t乙\n1\ttitle\t甲'
    run --separate-stderr ticket-show 1x 2
    same "$status" 2
    same "$stderr" 'ticket-show: not an id: "1x"'
    same "$(grep $'\ttitle\t' <<<"$output")" $'2\ttitle\t乙'
    for word in 0 -1 '' 99999999999999999999 ' 1' 0x1; do
        gives 2 "" "ticket-show: not an id: \"$word\"" ticket-show -- "$word"
    done
}

@test "ids from standard input: the first field, the rest is ignored" {
    two
    sh_run 'printf "2\tx\ty\n\n77\nzwei\n1\r\n" | ticket-show -'
    same "$status" 2
    same "$stderr" $'ticket-show: 77: no such ticket\nticket-show: standard input:4: not an id: "zwei"'
    same "$(grep $'\ttitle\t' <<<"$output")" $'2\ttitle\t乙\n1\ttitle\t甲'
    sh_run 'ticket-list | ticket-show - | grep -c "	title	"'
    same "$status$output$stderr" 02
    gives 0 "" "" ticket-show -
}

@test "a wrong command line is refused, with what would be right" {
    two
    gives 2 "" "ticket-show: name the tickets to show; see ticket-show -h" ticket-show
    gives 2 "" "ticket-show: nowhere.db: no database there; center-init creates one" ticket-show -d nowhere.db 1
    gives 2 "" "ticket-show: cannot write to standard output: No space left on device" \
        bash -c 'ticket-show 1 >/dev/full'
    gives 2 "" "ticket-show: cannot write to standard output: No space left on device" \
        bash -c 'ticket-show -F json 1 >/dev/full'
}

# Fails where the output holds a control character other than newline, TAB and CR LF.
clean() {
    run ! env LC_ALL=C.UTF-8 grep -qP '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{80}-\x{9f}]' "$1"
    run ! env LC_ALL=C.UTF-8 grep -qP '\r(?!$)' "$1"
}

@test "escapes in foreign text are never printed raw" {
    at 2020-05-18T09:00
    center
    nasty=$'a\e[2J\x07\x01\x7f\xc2\x9b5m\xc2\x85\b'
    printf '标题,内容,企业,联系人,电话,类别,来源,编号,其他\e栏\n%s,"%s\nb",%s,%s,13812341234,%s,%s,%s,%s\n' "$nasty" "$nasty" \
        "$nasty" "$nasty" "$nasty" "$nasty" "$nasty" "$nasty" >nasty.csv
    ticket-new -q --no-ref --received now --csv nasty.csv >new
    ticket-route --to 住建局 --basis "$nasty" 1 >routed
    same "$(sql 'SELECT title FROM v_ticket' | od -An -c | tr -d ' \n')" 'a033[2J\a0011773022335m302205\b\n'
    for format in tsv csv json table; do
        ticket-show -F $format 1 >$format
        clean $format
        run ! grep -q 'a\[2J' $format # made visible, not dropped
    done
    same "$(sqlite3 :memory: "SELECT json_extract(readfile('json'), '\$.title')")" "$nasty"
    same "$(sqlite3 :memory: "SELECT json_extract(readfile('json'), '\$.body')")" "$nasty"$'\nb'
    same "$(grep $'\tcontact\t' tsv)" $'1\tcontact\ta************'
    same "$(grep $'\tenterprise\t' tsv)" $'1\tenterprise\ta\\x1b[2J\\x07\\x01\\x7f\\x9b5m\\x85\\x08'
    same "$(ticket-show --unmask 1 | grep $'\tcontact\t')" $'1\tcontact\ta\\x1b[2J\\x07\\x01\\x7f\\x9b5m\\x85\\x08'
    same "$(grep 企业 table | head -1 | tr -s ' ')" $' 1 企业 a␛[2J␇␁␡\xef\xbf\xbd5m\xef\xbf\xbd␈'
}

@test "real messages: all are shown" {
    need_data messages/messages-with-replies.csv
    center
    ticket-new --csv "$DATA/messages/messages-with-replies.csv" >ids
    sh_run 'ticket-show - <ids | grep -c "	title	"'
    same "$status$output$stderr" 02816
    ticket-show -F json - <ids >json
    same "$(wc -l <json)" 2816
    sqlite3 :memory: "CREATE TABLE l (j)" ".mode ascii" ".separator \"\\001\" \"\n\"" ".import json l" \
        "SELECT quote(json_extract(j, '$.body')) FROM l" >bodies
    sql 'SELECT quote(body) FROM ticket' | cmp - bodies
    clean json
}

@test "in a table the history is told, by the time of what happened; programs read the JSON" {
    at 2026-03-02T09:00
    center
    ticket-new --title 甲 --kind 投诉 | ticket-route --to 市税务局 --assist 市司法局 --basis 三定 - >out
    at 2026-03-03T10:00
    ticket-extend --days 3 --reason 需核查 1 >out
    ticket-extend --approve 1 >out
    at 2026-03-04T10:00
    ticket-answer --text '已办结，回电13812341234' --without 未反馈 --at 2026-03-03T18:00 1 >out
    ticket-note --text 早先的话 --at 2026-03-02T10:00 1 >out
    ticket-rate --score 1 1 >out
    ticket-follow --outcome redo --text 企业称未解决 1 >out
    run --separate-stderr ticket-show -F table 1
    same "$(grep ' 经过 ' <<<"$output" | sed 's/^ *1  经过 *//')" '2026-03-02 09:00 平台受理：投诉（来件写明），时限 5 个工作日，2026-03-09 23:59 到期。
2026-03-02 09:00 平台派发给国家税务总局徐州市税务局主办，徐州市司法局协办（依据：三定；签收期限 2026-03-03 23:59）。
2026-03-02 10:00 平台备注：“早先的话”（2026-03-04 补录）。
2026-03-03 10:00 国家税务总局徐州市税务局申请延期 3 个工作日（理由：需核查）。
2026-03-03 10:00 徐州市企业服务中心同意延期，时限共 8 个工作日，2026-03-12 23:59 到期。
2026-03-03 18:00 国家税务总局徐州市税务局答复：“已办结，回电138****1234”（未等协办：未反馈）。
2026-03-04 10:00 企业评价：非常不满意（回访期限 2026-03-09 23:59）。
2026-03-04 10:00 徐州市企业服务中心发回重办，时限 5 个工作日，2026-03-11 23:59 到期：“企业称未解决”（签收期限 2026-03-05 23:59）。'
    [[ $output == *'   1  责任工作日  国家税务总局徐州市税务局 '*' 天'* ]]
    [[ $output == *'   1  承办方      国家税务总局徐州市税务局（主办） 期限 2026-03-11 23:59 签收期限 2026-03-05 23:59'* ]]
    [[ $output != *1772* && $output != *T09:00* ]]
    # the dossier has the same, in the same order; tsv the data, by their numbers
    same "$(supervision-dossier -F md 1 | sed -n '/^## 四/,$p' | grep -c '| 备注 |')" 1
    same "$(supervision-dossier -F md 1 | sed -n '/^## 四/,$p' | awk -F '|' 'NR > 5 && NF { print $3 }' | xargs)" \
        "派发 备注 申请延期 延期 答复 评价 发回重办"
    same "$(ticket-show 1 | grep event | cut -d ' ' -f 2 | paste -sd ' ')" \
        "received dispatched extension-asked extended answered noted rated redo"
    # csv is for the office too
    same "$(ticket-show -F csv 1 | tail -n +2 | tr -d '\r' | grep 经过 | cut -d , -f 3)" "$(ticket-show -F table 1 | grep 经过 | sed 's/^ *1  经过 *//')"
    # of a confidential ticket nothing is told but what kind of event it was
    ticket-note --confidential 1 >out
    ticket-show -F table 1 | grep 经过 >told
    run ! grep -qE '未解决|税务|投诉|[0-9]天' told
    same "$(sed -n '$p' told | sed 's/.*经过 *//')" "2026-03-04 10:00 保密标记"
}

# the types of events that a ticket can have
ticket_events() {
    qifu words | awk -F '\t' '$1 == "event" { print $2 }' | grep -vE \
        '^(center|org|association|liaison|enterprise|policy|source|survey|consultation|opinion|delivery|model|head|member|ballot|kb|knowledge|entry|address|notices|mail|words)-|^(configured|retained)$'
}

# add_event TYPE DATA: to ticket 1, past the programs
add_event() {
    sql "INSERT INTO event (ticket_id, type, at, recorded_at, actor, data, hash)
        VALUES (1, '$1', 1772413200, 1772413200, 'wang', '$2', zeroblob(32))"
}

@test "every event that a ticket can have has a sentence" {
    at 2026-03-02T09:00
    center
    ticket-new -q --title 甲 >out
    for type in $(ticket_events); do
        add_event "$type" '{}'
        add_event "$type" '{"by":"tax","text":"说","reason":"因","new_member":"乙"}'
    done
    ticket-show -F table 1 | grep ' 经过 ' >told
    same "$(wc -l <told)" "$((2 * $(ticket_events | wc -l) + 1))"
    [ "$(wc -l <told)" -gt 60 ]
    # a sentence ends like one; nothing of the data is left out, and no place stays open
    same "$(grep -vE '(。|”)$' told)" ""
    same "$(grep -E '[][{}|]' told)" ""
    same "$(grep -c '：“说”（' told)" "$(ticket_events | wc -l)"
    same "$(grep -c '理由：因；new_member：乙）。$' told)" "$(ticket_events | wc -l)"
    # one that is new and has none is told plainly
    add_event ticket-flew '{"by":"tax","speed":3}'
    same "$(ticket-show -F table 1 | tail -n 1 | sed 's/.*经过 *//')" \
        "2026-03-02 09:00 ticket-flew：国家税务总局徐州市税务局；speed：3"
}

@test "how a ticket ended is told by its way; a ruling and the center by their names" {
    at 2026-03-02T09:00
    center
    ticket-new -q --title 甲 >out
    told() { # CLOSED_AS SENTENCE
        add_event closed "{\"by\":\"center\",\"closed_as\":\"$1\",\"into\":7,\"way\":\"诉讼\"}"
        same "$1 $(ticket-show -F table 1 | tail -n 1 | sed 's/.*09:00 //')" "$1 $2"
    }
    told satisfied '徐州市企业服务中心按企业满意办结（并入工单 7；告知途径：诉讼）。'
    told merged '徐州市企业服务中心将工单并入工单 7（告知途径：诉讼）。'
    told declined '徐州市企业服务中心不予受理（并入工单 7；告知途径：诉讼）。'
    told withdrawn '企业撤回诉求，徐州市企业服务中心登记（并入工单 7；告知途径：诉讼）。'
    told lost '徐州市企业服务中心办结（lost；并入工单 7；告知途径：诉讼）。'
    add_event dispatched '{"lead":"tax","assists":["justice","nobody"],"rule":"ruling-3"}'
    add_event escalated '{"level":"red","supervisor":"discipline-commission","accountability":true}'
    same "$(ticket-show -F table 1 | tail -n 2 | sed 's/.*09:00 //')" \
        '平台派发给国家税务总局徐州市税务局主办，徐州市司法局、nobody协办（会商裁定第 3 号）。
达到红色级别，由徐州市纪委监委督办，启动问责。'
    [[ $(ticket-show -F table 1) == *' 来源 '*' 徐州市企业服务中心'* ]]
    # programs read codes
    same "$(ticket-show 1 | grep source)" $'1\tsource\tcenter'
}

@test "a table of acts has no codes" {
    center
    same "$(ticket-show --acts -F table | sed 1d | grep -cE ' (lead|anyone|center) ')" 0
    [[ $(ticket-show --acts -F table) == *' 主办或协办 '* ]]
}
