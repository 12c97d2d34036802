#!/usr/bin/env bats
# mail-list: the mails that wait for a person, and what became of the others.

load lib/base

setup_mails() {
    ldconfig -p | grep -q libgmime-3.0.so.0 || skip "GMime is missing: make deps-check"
    at 2026-03-02T10:00
    center
    export QIFU_MAIL=$T/kept
    for i in 1 2; do
        printf 'From: a@b.example\nMessage-ID: <%s@b>\nSubject: 发票%s\n\n请帮助\n' $i $i | mail-in - >out
    done
    printf 'From: a@b.example\nMessage-ID: <3@b>\nAuto-Submitted: auto-replied\nSubject: 休假\n\n我在休假\n' | mail-in - >out
}

@test "what waits for a person is listed, with why and where its file is" {
    setup_mails
    why="it is from no enterprise's address, and replies to no notice"
    gives 0 $'1\t2026-03-02T10:00:00+08:00\tunread\twaiting\t-\t-\t-\t'"$why"$'\t'"$(grep -l 发票1 kept/* | sed "s|^|$T/|")
"$'2\t2026-03-02T10:00:00+08:00\tunread\twaiting\t-\t-\t-\t'"$why"$'\t'"$(grep -l 发票2 kept/* | sed "s|^|$T/|")" "" mail-list
    same "$(mail-list -F csv | head -n 1 | sed 's/^\xef\xbb\xbf//; s/\r//')" 编号,收到时间,办理,状态,对象,名称,工单,说明,文件
    gives 0 "$(mail-list | head -n 1)" "" mail-list 1
    gives 0 "$(mail-list | tail -n 1)" "" mail-list - <<<2
    gives 0 $'1\n2\n3' "" mail-list --all --columns id
}

@test "what was decided waits no more; that about a ticket is found by it" {
    setup_mails
    mail-in --ticket 1 >out
    same "$(cut -f 1,3,4 out)" $'1\tsettled\t1'
    mail-in --settle --reason 已电话说明 2 >out
    gives 1 "" "" mail-list
    gives 0 1 "" mail-list --all --ticket 1 --columns id
    gives 0 $'2\tsettled\t-\t已电话说明' "" mail-list --all --columns id,state,file,why 2
    [ -z "$(ls kept)" ]
}

@test "a mail that is not there, and a ticket that is none" {
    setup_mails
    gives 2 "" "mail-list: 9: no such mail" mail-list 9
    gives 2 "" 'mail-list: unknown state of mails "x" (done 已办, waiting 待人工处理, settled 已处理); see mail-list -h' mail-list --state x
    run --separate-stderr mail-list --ticket x
    same "$status$output" 2
}
