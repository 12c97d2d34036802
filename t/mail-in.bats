#!/usr/bin/env bats
# mail-in: replies to notices are acts, what enterprises write becomes requests, the rest waits for a
# person; nothing is lost, and nothing done twice.

load lib/base
load lib/notice
load lib/stock

A=91320300MA00002690

# A center whose notices take replies, with addresses of the tax office, of li there, and of a firm.
answering() {
    needs_gmime
    posted
    sed -i 's|^  link: .*|  link: https://center.example/web-track?n={ticket}\&t={word}\n  replies: desk+{mark}@center.example|' conf/center.yaml
    center-init >out
    address-add -q --org tax --address Li@tax.example --person 李四 >out
    enterprise-add -q --code $A --name 甲厂 >out
    address-add -q --enterprise $A --address boss@a.example --person 赵六 >out
    export QIFU_MAIL=$T/kept
}

needs_gmime() { ldconfig -p | grep -q libgmime-3.0.so.0 || skip "GMime is missing: make deps-check"; }

# The mark in the subject of the last mail that went out.
mark() { subjects | sed -n 's/.*\[\(QF-[0-9]*-[0-9A-Z]*\)\]$/\1/p' | tail -n 1; }

# letter FROM SUBJECT [HEADER...]: a mail with standard input as its text.
letter() {
    printf 'Return-Path: <%s>\nFrom: %s\nTo: desk@center.example\nSubject: %s\n' "$1" "$1" "$2"
    shift 2
    [ $# = 0 ] || printf '%s\n' "$@"
    printf 'Content-Type: text/plain; charset=utf-8\n\n'
    cat
}

@test "a clerk answers, returns, asks; the enterprise gets the link, and writes back" {
    at 2026-03-02T10:00
    answering
    ticket-new -q --kind 投诉 --title 发票 --uscc $A --enterprise 甲厂 --phone 13905161234 | ticket-route -q --to tax - >out
    notice-send -q >out
    grep -h '^Reply-To: \|^Message-ID: ' mails/0001 >heads
    same "$(cat heads)" "Reply-To: desk+$(mark)@center.example
Message-ID: <notice.$(mark)@center.example>"
    SHOW=body mail mails/0001 | grep -q '^直接回复本邮件即可办理'
    echo 签收 | letter li@tax.example "Re: $(mark)" >m1
    gives 0 $'1\taccepted\tdone\t1\t-\ttaken' "" mail-in - <m1
    gives 0 $'1\taccepted\tdone\t1\t-\tknown' "" mail-in - <m1
    printf '答复：已开具。\n\n> 原来的话\n' | letter LI@tax.example "Re: $(mark)" "Message-ID: <2@x>" >m2
    gives 0 $'2\tanswered\tdone\t1\t-\ttaken' "" mail-in - <m2
    same "$(sql "SELECT actor, json_extract(data, '\$.text'), json_extract(data, '\$.by') FROM v_event WHERE type = 'answered'")" \
        "$(id -un)|已开具。|tax"
    notice-send -q >out
    same "$(subjects | tail -n 1 | sed 's/ \[QF.*//')" 【徐州市企业服务中心（演示数据）】诉求已答复：发票
    link=$(SHOW=body mail mails/0002 | sed -n 's/^请您评价.*：//p')
    [[ $link =~ ^https://center.example/web-track\?n=1\&t=[0-9A-Z-]{29}$ ]] || same "$link" "a link"
    echo 还差一张 | letter boss@a.example "回复：$(mark)" "Message-ID: <3@x>" >m3
    gives 0 $'3\tquestion\twaiting\t1\tit asks or adds something: the note on the ticket has it\ttaken' "" mail-in - <m3
    same "$(sql "SELECT json_extract(data, '\$.text') FROM v_event WHERE type = 'noted'")" 来信：还差一张
    printf '退单：职责不符\n依据：方案\n' | letter li@tax.example "$(mark | sed 's/QF-[0-9]*/QF-99/')" "Message-ID: <4@x>" >m4
    same "$(mail-in - <m4 | cut -f 2,3,5)" $'unread\twaiting\tit is from no enterprise\'s address, and replies to no notice'
    same "$(qifu status | grep ^mails)" $'mails\t2\tmail-list'
    same "$(ls kept | wc -l)" 2
    gives 0 $'3\tquestion\tsettled\t1\t已电话说明\tsettled' "" mail-in --settle --reason 已电话说明 3
    gives 0 $'4\tticket\tsettled\t2\tit is from no enterprise\'s address, and replies to no notice\tsettled' "" mail-in --ticket 4
    same "$(ls kept | wc -l)" 0
    gives 2 "" "mail-in: 4: settle a mail: it is settled (已处理)" mail-in --settle --reason x 4
    gives 1 "" "" mail-list
    same "$(mail-list --all -F csv | wc -l)" 5
    gives 0 "" "" center-check
    center-check --log >out
}

@test "replies from a member's mailbox are the member's acts; others are entered for the organisation" {
    at 2026-03-02T10:00
    answering
    echo "name_passers: [$(id -un)]" >>conf/center.yaml
    center-init >out
    for i in 1 2; do ticket-new -q --kind 投诉 --title "发票$i" | ticket-route -q --to tax - >out; done
    notice-send -q >out
    subjects | sed -n 's/.*\[\(QF.*\)\]$/\1/p' >marks
    member-add -q --org center --role administrator --role operator "$(id -un)" >out
    gives 2 "" "address-add: li is no member for whose it is; member-list shows them" \
        address-add --org tax --address li@tax.example --member li
    member-add -q --org tax --role handler li >out
    address-add -q --org tax --address Li@tax.example --member li >out
    address-add -q --org tax --address office@tax.example >out
    echo 签收 | letter li@tax.example "$(sed -n 1p marks)" >m1
    gives 0 $'1\taccepted\tdone\t1\t-\ttaken' "" mail-in - <m1
    echo 签收 | letter office@tax.example "$(sed -n 2p marks)" >m2
    gives 0 $'2\taccepted\tdone\t2\t-\ttaken' "" mail-in - <m2
    same "$(sql "SELECT actor, json_extract(data, '\$.via'), json_extract(data, '\$.entered_by') FROM v_event WHERE type = 'accepted' ORDER BY id")" \
        "li|$(id -un)|
$(id -un)||center"
    member-remove -q --org tax li >out
    printf '答复：好\n' | letter li@tax.example "$(sed -n 1p marks)" "Message-ID: <9@x>" >m3
    same "$(mail-in - <m3 | cut -f 2-5)" $'unread\twaiting\t1\tanswer: an operator or handler of tax may, or an operator of center for it; li is no member'
    gives 0 "" "" center-check
}

@test "an alias of a mail system: whatever fails is tried again" {
    at 2026-03-02T10:00
    answering
    echo x | letter a@b.example x >m
    served || gives 75 "" "mail-in: $T/none.db: no database there; center-init creates one" mail-in -d "$T/none.db" - <m
    sed 's/^notices:/notises:/' -i conf/center.yaml
    call mail-in - <m
    same "$status" 75
    sed 's/^notises:/notices:/' -i conf/center.yaml
    QIFU_MAIL=/dev/null/x call mail-in - <m
    same "$status $stderr" "75 mail-in: /dev/null/x: cannot make this folder: Not a directory"
    same "$(sql "SELECT count(*) FROM mail")" 0
    gives 2 "" "mail-in: which mails?; see mail-in -h" mail-in --ticket
    gives 2 "" "mail-in: from where? - or a maildir; see mail-in -h" mail-in
    gives 2 "" "mail-in: nowhere/new: No such file or directory" mail-in nowhere
    head -c 70000000 /dev/zero | { call mail-in -; same "$status $stderr" "69 mail-in: the mail is longer than 64 MiB"; }
    mail-in -n - <m >out
    same "$(cut -f 2 out) $(ls kept 2>&1 | wc -l)" "unread 1"
    same "$(sql "SELECT count(*) FROM mail")" 0
}

@test "over 200 mails as the usual programs write them: what each becomes" {
    at 2026-03-02T10:00
    answering
    { echo 编号,标题,类型,受理时间; seq 140 | sed 's/.*/&,事项&,投诉,2026-03-02 09:00/'; } | ticket-new -q --csv - | ticket-route -q --to tax - >out
    notice-send -q >out
    subjects | sed -n 's/.*工单 \([0-9]*\)：.*\[\(QF.*\)\]$/\1 \2/p' | sort -n | cut -d ' ' -f 2 >marks
    same "$(wc -l <marks)" 140
    mkdir -p dir/new dir/cur dir/tmp
    count=$("$TREE/t/mail/write" dir/new marks)
    [ "$count" -ge 200 ]
    ls dir/new | cut -d . -f 2,3 | tr . '\t' >expected
    ls dir/new | cut -d . -f 1,4 >what
    mail-in -F tsv dir | cut -f 2,3 >became
    paste what expected | diff - <(paste what became)
    same "$(ls dir/new | wc -l) $(ls dir/cur | wc -l)" "0 $count"
    same "$(ls kept | wc -l)" "$(sql "SELECT count(*) FROM mail WHERE state = 'waiting'")"
    # nothing but what the writers have written, whole, and of the tickets' own
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'answered' AND json_extract(data, '\$.text') = '已为贵公司办理第 ' || ticket_id || ' 件，请查收。' || char(10) || char(10) || '详见附件，谢谢！'")" "$(grep -c answered expected)"
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'answered' AND json_extract(data, '\$.text') = '第 ' || ticket_id || ' 件已经办完。'")" "$(grep -c resolved expected)"
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'return-asked' AND json_extract(data, '\$.basis') = '三定方案第 ' || ticket_id || ' 条' AND json_extract(data, '\$.reason') = '不属于本单位职责'")" "$(grep -c return expected)"
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'extension-asked' AND json_extract(data, '\$.reason') = '需要现场核实第 ' || ticket_id || ' 件'")" "$(grep -c extension expected)"
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'noted' AND json_extract(data, '\$.text') = '来信：这件事是不是应该由财政局来办？第 ' || ticket_id || ' 件'")" "$(grep -c question expected)"
    same "$(sql "SELECT body, count(*) FROM v_ticket WHERE source = 'mail' GROUP BY body ORDER BY body")" "企业的话。|1
去年的补贴还没有到账，请问什么时候拨付？|27
发票开不出来，请帮助。|1
材料在附件里。|1"
    same "$(sql "SELECT DISTINCT coalesce(extra, '') FROM v_ticket WHERE source = 'mail' ORDER BY 1")" '
{"附件":"winmail.dat"}
{"附件":"营业执照.pdf"}'
    same "$(sql "SELECT title FROM v_ticket WHERE source = 'mail' AND title LIKE '没有编码%'")" 没有编码的标题
    # the same once more: nothing is done
    before=$(sql "SELECT count(*) FROM event")
    mv dir/cur dir/old
    mkdir dir/cur
    for f in dir/old/*; do mv "$f" "dir/new/$(basename "$f" :2,S)"; done
    same "$(mail-in -F tsv dir | cut -f 6 | sort | uniq -c | sed 's/^ *//')" "$count known"
    same "$(sql "SELECT count(*) FROM event")" "$before"
    gives 0 "" "" center-check
}
