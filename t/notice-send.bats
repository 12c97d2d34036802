#!/usr/bin/env bats
# notice-send: notices are made of what has happened, and go out once, when they may.

load lib/base
load lib/notice
load lib/stock

A=91320300MA00002690

# Each kind of notice that was made of ticket $1 (of none: 0), and for whom, in order.
told() { sql "SELECT n.kind, coalesce(o.name, x.name, l.name) FROM notice n JOIN event e ON e.id = n.event_id
    JOIN address a ON a.id = n.address_id LEFT JOIN org o ON a.owner = 'org' AND o.id = a.owner_id
    LEFT JOIN enterprise x ON a.owner = 'enterprise' AND x.id = a.owner_id
    LEFT JOIN liaison l ON a.owner = 'liaison' AND l.id = a.owner_id
    WHERE coalesce(e.ticket_id, 0) = $1 AND n.id > ${2:-0} ORDER BY n.id" | tr '|' ' '; }
last() { sql "SELECT coalesce(max(id), 0) FROM notice"; }
quiet() { "$@" >out; }

# Addresses of the tax office, of justice, of the center, of its supervisors, of a firm and who serves it.
everybody() {
    for org in tax justice center business-environment-office; do
        quiet address-add -q --org $org --address desk@$org.example
    done
    quiet enterprise-add -q --code $A --name 甲厂
    quiet liaison-add -q --name 王五 --org tax --enterprise $A
    quiet address-add -q --enterprise $A --address boss@a.example --person 赵六
    quiet address-add -q --liaison 1 --address wang@tax.example --wants 答复告知
}

@test "who is told of what happens to a ticket" {
    at 2026-03-02T10:00
    posted
    everybody
    TAX=$(org-list tax | cut -f 2) JUSTICE=$(org-list justice | cut -f 2)
    quiet ticket-new -q --kind 投诉 --title 发票 --uscc $A --enterprise 甲厂
    quiet ticket-route -q --to tax --assist justice 1
    quiet notice-send
    same "$(told 1)" "received 甲厂
dispatched $TAX
dispatched $JUSTICE"
    seen=$(last)
    quiet ticket-extend -q --by tax --days 2 --reason 要核实 1
    quiet ticket-extend -q --approve 1
    quiet ticket-assist -q --add commerce 1 # which has no address
    quiet notice-send
    same "$(told 1 "$seen")" "question 徐州市企业服务中心
decision $TAX
extended 甲厂"
    seen=$(last)
    quiet ticket-answer -q --by tax --text 已开 --without 无须 1
    quiet ticket-rate -q --score 2 --text 太慢 1
    quiet notice-send
    same "$(told 1 "$seen")" "answered 甲厂
answered 王五
bad-rating 徐州市企业服务中心"
    seen=$(last)
    quiet ticket-follow -q --outcome redo --text 再办 1
    quiet supervision-order -q --to tax --reason 拖延 1
    quiet notice-send
    same "$(told 1 "$seen")" "redo $TAX
order $TAX"
    quiet ticket-new -q --title 官司 --uscc $A --enterprise 甲厂
    quiet ticket-decline -q --reason 已进入或应当通过诉讼程序 --basis 法 2
    quiet notice-send
    same "$(told 2)" "received 甲厂
declined 甲厂"
    [[ $(SHOW=body mail mails/*) == *您可以：向有管辖权的人民法院提起诉讼* ]]
    gives 0 "" "" notice-send
    gives 0 "" "" center-check
}

@test "levels go out at night, with their letter; what is revoked is told; a deadline that is near is told once" {
    at 2026-03-02T10:00
    posted
    everybody
    quiet ticket-new -q --kind 求助 --title 补贴 --uscc $A
    quiet ticket-route -q --to tax 1
    quiet notice-send
    at 2026-03-04T09:00 # due on the 5th
    quiet notice-send
    quiet notice-send
    same "$(told 1 2)" "reminder $(org-list tax | cut -f 2)"
    seen=$(last)
    at 2026-03-06T00:05
    quiet escalate
    quiet notice-send
    same "$(told 1 "$seen" | sort)" "$(printf 'level %s\n' "$(org-list tax | cut -f 2)" 徐州市企业服务中心 | sort)"
    run grep -l . mails/*
    [[ $(subjects) == *"【一次督办】黄色：工单 1 超期未答复：补贴"* ]]
    body=$(SHOW=body mail mails/*)
    [[ $body == *"被督办单位：国家税务总局徐州市税务局"* && $body == *"请于2026-03-10 23:59前回复督办。"* ]]
    seen=$(last)
    at 2026-03-06T09:00
    quiet ticket-answer -q --by tax --text 已办 --at 2026-03-05T10:00 1
    quiet notice-send
    same "$(told 1 "$seen" | grep revoked)" "revoked $(org-list tax | cut -f 2)"
    gives 0 "" "" center-check
}

@test "policies to whom they were delivered, drafts to whom they were sent" {
    at 2026-03-02T10:00
    posted
    everybody
    quiet association-add -q --code a1 --name 甲协会 --members $A --classes loans
    quiet address-add -q --org a1 --address a1@a.example
    papers 1 1 | policy-add -q --csv - >out
    quiet policy-push
    echo 第一条 >draft
    quiet consult-open --title 办法 --draft draft --from tax --until 2026-03-13 --to justice
    quiet notice-send
    same "$(told 0 | sort)" "delivery 甲协会
delivery 甲厂
draft $(org-list justice | cut -f 2)"
    same "$(told 1)" "" # the draft's own ticket
    [[ $(subjects) == *"【征求意见】办法，2026-03-13前反馈"* ]]
    gives 0 "" "" center-check
}

@test "a package of policies is one message to each firm" {
    at 2026-03-02T10:00
    posted
    everybody
    quiet association-add -q --code a1 --name 甲协会 --members $A --classes loans
    papers 1 2 | policy-add -q --csv - >out
    quiet policy-push --package
    quiet notice-send
    ls mails >sent
    same "$(wc -l <sent)" 1
    same "$(sql "SELECT kind, state, count(*), count(DISTINCT message) FROM v_notice WHERE kind = 'delivery' GROUP BY kind, state")" "delivery|sent|2|1"
    papers 3 4 | policy-add -q --csv - >out
    quiet policy-push
    quiet notice-send
    same "$(ls mails | wc -l)" 3
}

@test "wants, digests, office hours, deputies, and what may not wait" {
    at 2026-03-02T20:00
    posted
    quiet address-add -q --org tax --address a@x.example --wants 督办
    quiet address-add -q --org tax --address b@x.example --how digest --person 张三
    quiet address-add -q --org tax --address c@x.example --hours 09:00-12:00
    quiet address-add -q --org tax --address e@x.example --channel text
    quiet address-add -q --org tax --address f@x.example --used no
    for title in 一 二 三; do ticket-new -q --kind 求助 --title $title; done | ticket-route -q --to tax - >out
    gives 0 "" "" notice-send
    same "$(notice-list -F json | jq -r '.channel + " " + .address + " " + .next' | sort -u)" "mail b***@x.example 2026-03-03T08:30:00+08:00
mail c***@x.example 2026-03-03T09:00:00+08:00
text e***@x.example 2026-03-03T08:30:00+08:00"
    # one who is away has it told to another
    quiet address-add -q --org tax --address d@x.example --wants 重办
    quiet address-add -q --org tax --address c@x.example --deputy d@x.example --away-from 2026-03-03
    at 2026-03-03T08:40
    quiet ticket-new -q --kind 求助 --title 四
    quiet ticket-route -q --to tax 4
    gives 0 $'1\t3\tmail\t国家税务总局徐州市税务局\tsent\t-\t【徐州市企业服务中心（演示数据）】今日事项 3 件
12\t1\tmail\t国家税务总局徐州市税务局\tsent\t-\t【交办单】工单 4：四，2026-03-06 23:59前答复
3\t1\ttext\t国家税务总局徐州市税务局\tsent\t-\t【交办单】工单 1：一，2026-03-05 23:59前答复
6\t1\ttext\t国家税务总局徐州市税务局\tsent\t-\t【交办单】工单 2：二，2026-03-05 23:59前答复
9\t1\ttext\t国家税务总局徐州市税务局\tsent\t-\t【交办单】工单 3：三，2026-03-05 23:59前答复
11\t1\ttext\t国家税务总局徐州市税务局\tsent\t-\t【交办单】工单 4：四，2026-03-06 23:59前答复' "" notice-send
    [[ $(SHOW=To\ body mail mails/0000) == "张三 <b@x.example>"*"1. 【交办单】工单 1：一"*$'\n'"3. 【交办单】工单 3：三"* ]]
    same "$(SHOW=To mail mails/0001)" "d@x.example"
    same "$(head -3 mails/0002)" "【交办单】工单 1：一，2026-03-05 23:59前答复

国家税务总局徐州市税务局："
    # cron came late: nobody is told at night, but of a level
    at 2026-03-06T00:10
    quiet escalate 1
    same "$(notice-send | cut -f 3,7 | sort -u)" "mail	【一次督办】黄色：工单 1 超期未答复：一
text	【一次督办】黄色：工单 1 超期未答复：一"
    gives 0 "" "" center-check
}

@test "later, with longer pauses, then given up; what is perhaps sent is never sent again by itself" {
    at 2026-03-02T10:00
    posted
    quiet address-add -q --org tax --address a@x.example
    quiet ticket-new -q --title 一
    quiet ticket-route -q --to tax 1
    echo 'echo "busy now"; exit 75' >says
    same "$(notice-send | cut -f 1,5,6)" $'1\tlater\tbusy now'
    same "$(notice-list | cut -f 2,11,12,15)" $'waiting\t2026-03-02T10:05:00+08:00\t1\tbusy now'
    gives 0 "" "" notice-send
    at 2026-03-02T10:05
    echo 'exec sleep 60' >says
    same "$(notice-send | cut -f 5,6)" $'later\tno answer in 2 seconds'
    same "$(notice-list | cut -f 11,12)" $'2026-03-02T10:15:00+08:00\t2'
    at 2026-03-02T10:15
    run --separate-stderr notice-send
    same "$status $stderr" "2 notice-send: notice 1: given up: no answer in 2 seconds"
    same "$(qifu status | grep notices)" $'notices-failed\t1\tnotice-list --state failed'
    gives 2 "" "notice-send: 1: send a notice again: only the center may" notice-send --again --by tax 1
    quiet notice-send -q --again 1
    # killed between sending and noting
    echo 'cat >mails/x; kill -9 $PPID' >says
    run notice-send
    same "$status $(ls mails)" "137 x"
    rm says
    gives 0 "" "" notice-send # it may be at work still
    at 2026-03-02T10:30
    gives 0 "" "" notice-send
    same "$(notice-list | cut -f 1,2,15)" $'1\tperhaps\tthe process that sent it ended before its end'
    same "$(qifu status | grep notices)" $'notices-perhaps\t1\tnotice-list --state perhaps'
    quiet notice-send --drop --reason 已送达 1
    same "$(notice-list --all | cut -f 2,15) $(ls mails)" $'dropped\t已送达 x'
    gives 2 "" "notice-send: 1: drop a notice: it is dropped (不再发送); now: 重发" notice-send --drop --reason x 1
    gives 2 "" "notice-send: 9: no such notice" notice-send --again 9
    gives 0 "" "" center-check
    sql "UPDATE notice SET state = 'sent' WHERE id = 1"
    gives 1 $'notices\t1\tdispatched: state is sent, its events give dropped' "" center-check
}

@test "a refusal is given up at once; what is not there is tried again; others go on" {
    at 2026-03-02T10:00
    posted
    quiet address-add -q --org tax --address a@x.example
    quiet address-add -q --org tax --address b@x.example --channel text
    for title in 1 2 3 4 5; do ticket-new -q --title $title; done | ticket-route -q --to tax - >out
    echo 'grep -q "^From" && exit 67; n=$(ls mails | wc -l); echo >mails/$n' >says
    run --separate-stderr notice-send
    # three failures one after the other, and the channel is left alone
    same "$status $(cut -f 3,5 <<<"$output" | sort | uniq -c | xargs)" "2 3 mail failed 5 text sent"
    same "$(wc -l <<<"$stderr") ${stderr%%$'\n'*}" "3 notice-send: notice 1: given up: exit status 67"
    sed -i '/channel: mail/s/command: [^]]*/command: [no-such-mailer/' conf/center.yaml
    quiet center-init -q --demo
    run --separate-stderr notice-send
    same "$status $stderr $(cut -f 5,6 <<<"$output" | sort -u)" "0  later	no-such-mailer: No such file or directory"
    gives 0 "" "" center-check
}

@test "a mail is one whole mail, whatever stands in what it tells" {
    at 2026-03-02T10:00
    posted
    quiet address-add -q --org tax --address a@x.example --person $'张三\nBcc: x@evil.example'
    quiet ticket-new -q --title $'标题\r\nBcc: x@evil.example\n\n.\n\x1b[31m很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的<b>标题</b>'
    quiet ticket-route -q --to tax --basis $'--=_qifu_notice\n.\nFrom ' 1
    quiet notice-send
    mail=$(cat mails/0000)
    same "$(sed '/^$/q' mails/0000 | grep -c '^Bcc\|evil')" 0
    same "$(awk 'length > 78' mails/0000)" ""
    same "$(LC_ALL=C grep -c '[^ -~]' mails/0000)" 0
    same "$(sed '/^$/q' mails/0000 | grep -oE '^[A-Za-z-]+:' | xargs)" \
        "From: To: Subject: Date: Message-ID: Auto-Submitted: MIME-Version: Content-Type:"
    same "$(grep -c '^--=_qifu_notice' mails/0000)" 3
    [[ $(SHOW='From Date' mail mails/0000) == "企服中心 <desk@center.example>"$'\n'"Mon, 02 Mar 2026 10:00:00 +0800" ]]
    [[ $(SHOW=Message-ID mail mails/0000) =~ ^\<notice\.1\.[0-9a-f]{16}@center\.example\>$ ]]
    html=$(sed -n '/text\/html/,$p' mails/0000 | sed '1,/^$/d; /^--/d' | base64 -d)
    [[ $html == *'&lt;b&gt;标题&lt;/b&gt;'* && $html != *'<b>'* && $html != *$'\e'* ]]
}

# robot STATUS ANSWER: a server that answers so to each request, until the test ends; its address in
# $robot, what it was sent in asked.
robot() {
    perl -MIO::Socket::INET -e '
        my $server = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 8) or die;
        open my $port, ">", "port.new"; print $port $server->sockport; close $port; rename "port.new", "port";
        alarm 60;
        while (my $client = $server->accept) {
            my ($length, $line) = (0);
            while (defined($line = <$client>) && $line =~ /\S/) { $length = $1 if $line =~ /^content-length: *(\d+)/i }
            read $client, my $body, $length;
            open my $asked, ">>", "asked"; print $asked "$body\n"; close $asked;
            print $client "HTTP/1.1 $ARGV[0] x\r\nContent-Length: ", length $ARGV[1], "\r\nConnection: close\r\n\r\n$ARGV[1]";
        }' "$@" 3>&- &
    until [ -s port ]; do sleep 0.02; done
    robot=http://127.0.0.1:$(cat port)/send?key=0123456789ab
}

@test "a robot gets JSON as it is documented, and says what it thinks of it" {
    command -v curl >found || skip "no curl"
    at 2026-03-02T10:00
    posted
    robot 200 '{"errcode":0,"errmsg":"ok"}'
    quiet address-add -q --org tax --channel wecom --address "$robot"
    long=$(printf '长%.0s' {1..285})
    quiet ticket-new -q --title "发票\"引号\"$long"
    quiet ticket-route -q --to tax 1
    same "$(notice-send | cut -f 3,5)" $'wecom\tsent'
    same "$(jq -r '.msgtype, (.text | keys[])' asked | xargs)" "text content"
    content=$(jq -r .text.content asked)
    [[ $content == '【交办单】工单 1：发票"引号"长'* && $content == *… ]]
    same "$(($(printf %s "$content" | wc -c) <= 2048))" 1
    for answer in '200 {"errcode":45009,"errmsg":"freq"}|75 errcode 45009' '200 {"errcode":93000}|1 errcode 93000' \
        '500 oops|75 HTTP 500' '404 no|1 HTTP 404' '200 <html>|75 errcode missing'; do
        rm -f port
        robot ${answer%% *} "$(cut -d ' ' -f 2- <<<"${answer%|*}")"
        run env QIFU_ADDRESS="$robot" sh conf/notices/robot <<<'{}'
        same "$status $output" "${answer##*|}"
    done
    run env QIFU_ADDRESS=http://127.0.0.1:1/ sh conf/notices/robot <<<'{}' # nobody is there
    same "$status $output" "75 curl: exit status 7"
}

@test "templates: every fault with its line" {
    at 2026-03-02T10:00
    posted
    printf '【交办】{tickt}\n\n{to\n' >conf/notices/dispatched.txt
    printf '只有标题' >conf/notices/redo.txt
    printf '<p>{text}</p>' >conf/notices/page.html
    gives 2 "" 'notice-send: conf/notices/dispatched.txt:1: unknown value "tickt" (did you mean ticket?)
notice-send: conf/notices/dispatched.txt:3: a "{" without its "}"
notice-send: conf/notices/redo.txt:1: the subject stands in the first line, and behind a blank one the body
notice-send: conf/notices/page.html:1: no {body} stands in it' notice-send -C conf
}

@test "what lies too far back is told to nobody; nor is what a center of before did" {
    at 2026-03-02T10:00
    posted
    quiet ticket-new -q --title 一
    quiet ticket-route -q --to tax 1
    quiet address-add -q --org tax --address a@x.example --wants 交办
    at 2026-03-12T10:00
    gives 0 "" "" notice-send
    quiet ticket-new -q --title 二
    quiet ticket-route -q --to tax 2
    same "$(notice-send -n | cut -f 5,7)" $'due\t【交办单】工单 2：二，2026-03-19 23:59前答复'
    same "$(notice-list)" ""
    same "$(notice-send | cut -f 1,2)" $'1\t1'
}

# Must not depend on luck: what one of two took the other never sends, and what a kill left open is not
# sent again. $1 clerks get a digest each of $2 notices, $3 runs are killed.
morning() {
    local clerks=$1 notices=$2 kills=$3 i
    at 2026-03-02T20:00
    posted
    {
        echo 单位,地址,发送方式
        for ((i = 1; i <= clerks; i++)); do echo "tax,clerk$i@x.example,digest"; done
    } >clerks.csv
    quiet address-add -q --csv clerks.csv
    for ((i = 1; i <= notices; i++)); do echo "诉求 $i"; done | sed '1i 标题' | ticket-new -q --no-ref --received now --csv - |
        ticket-route -q --to tax - >out
    quiet notice-send
    same "$(sql "SELECT count(*) FROM notice")" $((clerks * notices))
    echo 'to=$(sed -n "s/^To: //p" | head -1); echo "$to" >>sent' >says
    at 2026-03-03T08:30
    for ((i = 1; i <= kills; i++)); do
        notice-send >out 2>err & one=$!
        notice-send >out 2>err & two=$!
        sleep "0.0$((RANDOM % 10))$((RANDOM % 10))"
        kill -9 $one 2>err || true
        kill -9 $two 2>err || true
        wait $one $two 2>err || true
    done
    notice-send >out & one=$!
    notice-send >out & two=$!
    wait $one $two
    at 2026-03-03T09:00
    quiet notice-send
    same "$(sort sent | uniq -d)" ""
    # each of them was sent, or is told to be perhaps
    same "$(sql "SELECT count(*) FROM notice WHERE state NOT IN ('sent', 'perhaps')")" 0
    [ "$(($(sort -u sent | wc -l) + $(sql "SELECT count(DISTINCT message) FROM notice WHERE state = 'perhaps'")))" -ge "$clerks" ]
    gives 0 "" "" center-check
}

@test "a morning's digests, two that send at once and kill -9: none is sent twice" {
    morning 20 5 4
}

@test "10,000 notices of a morning" {
    thorough
    morning 100 100 40
}
