#!/usr/bin/env bats
# --rejects of every program that has it: nothing that is there is ever written over.

load lib/base

# A header line that PROGRAM takes. As a row with one cell more it is refused.
headers() {
    case $1 in
    address-add) echo org,address ;;
    association-add) echo code,name ;;
    enterprise-add) echo code,name ;;
    liaison-add) echo name,org ;;
    org-add) echo code,name,group ;;
    ballot-add) echo voter,unit,score ;;
    member-add) echo name,org,roles ;;
    address-add) echo org,address ;;
    kb-add) echo code,title,text ;;
    register-add) echo 编号,问题,责任单位 ;;
    register-act) echo 编号,act ;;
    policy-add) echo title,document ;;
    consult-answer) echo consultation,by,text ;;
    consult-decide) echo opinion,result,reason ;;
    policy-interpret | policy-pin | policy-publish | policy-record) echo policy,type ;;
    policy-withdraw) echo policy,text ;;
    survey-add) echo ref,class,score ;;
    ticket-new) echo title,ref,received,kind ;;
    *) echo id,text ;;
    esac
}

# The programs that have --rejects, and what else they need to read a file.
programs() {
    local name
    for name in "$BIN"/*; do
        name=${name##*/}
        ! "$name" -h | grep -q -e --rejects || echo "$name"
    done
}
options() {
    case $1 in
    ticket-assist) echo --add justice ;;
    register-add) echo problems ;;
    register-act) echo problems report ;;
    ballot-add) echo --wave 2020-H1 ;;
    ticket-close) echo --explained ;;
    supervision-revoke | ticket-extend | ticket-return | ticket-suspend) echo --approve ;;
    ticket-rate) echo --score 5 ;;
    ticket-appeal) echo --refuse --reason x ;;
    esac
}

prepare() {
    at 2020-05-27T09:00
    center
    ticket-new -q --title 甲 >first
    sql .dump >dump
}

# refused PROGRAM FILE: both with a bad row and with none the file is as it was, and the reason is said.
refused() {
    local program=$1 file=$2 reason=$3 rows
    for rows in "" "$(headers "$program"),qq"; do
        printf '%s\n' "$(headers "$program")" $rows >"$T/in.csv"
        gives 2 "" "$program: $file: $reason" "$program" $(options "$program") --csv in.csv --rejects "$file" || return
    done
}

THERE='is there already, and --rejects writes over nothing; name a file that is not there'
MINE='this belongs to the database; name another file for --rejects'

@test "no program writes its rejects over the database" {
    needs_file "its file is named"
    prepare
    [ "$(programs | wc -l)" -ge 10 ]
    for program in $(programs); do
        refused "$program" "$QIFU_DB" "$MINE"
    done
    sql .dump | cmp - dump
    gives 0 "" "" center-check
}

@test "nor over its side files, whether they are there or not, nor through a link" {
    needs_file "side files are named"
    prepare
    ln -s center.db link
    ln center.db hard
    ln -s nowhere dangling
    mkdir folder
    ln -s . here
    for program in ticket-new org-add; do
        for end in -wal -shm -journal; do
            refused "$program" "center.db$end" "$MINE"
        done
        refused "$program" here/center.db-wal "$MINE"
        for file in link hard dangling folder /dev/null; do
            refused "$program" "$file" "$THERE"
        done
    done
    sql .dump | cmp - dump
    same "$(ls center.db* nowhere 2>/dev/null)" center.db
}

@test "nor over any other file, the one that is read among them" {
    prepare
    echo precious >other
    for program in ticket-new org-add; do
        refused "$program" other "$THERE"
        refused "$program" in.csv "$THERE"
    done
    same "$(cat other)" precious
}

@test "there are rejects only where a row is bad, and none in a dry run" {
    prepare
    for program in ticket-new org-add policy-add policy-record consult-answer ticket-note; do
        headers "$program" >in.csv
        gives 0 "" "" "$program" $(options "$program") --csv in.csv --rejects bad.csv
        echo "$(headers "$program"),qq" >>in.csv
        run --separate-stderr "$program" -n $(options "$program") --csv in.csv --rejects bad.csv
        same "$program $status" "$program 2"
        [ ! -e bad.csv ]
        run --separate-stderr "$program" $(options "$program") --csv in.csv --rejects bad.csv
        same "$program $status" "$program 2"
        same "$(sed 1q bad.csv | tr -d '\r')" "reject_reason,$(headers "$program")"
        same "$(wc -l <bad.csv)" 2
        rm bad.csv
    done
}

@test "where the good rows cannot be kept there are no rejects either" {
    prepare
    printf 'title,ref,received,kind\n甲,1,2020-05-26,投诉\n乙,2,2020-05-26,qq\n' >in.csv
    refuse_inserts event '1 = 1' stop
    run --separate-stderr ticket-new --csv in.csv --rejects bad.csv
    same "$status$output" 2
    [ ! -e bad.csv ]
}

@test "the file is made as the umask says, and named links are followed to its folder" {
    prepare
    mkdir real
    ln -s real folder
    printf 'code,name,group\nqq,qq,qq\n' >in.csv
    umask 027
    run --separate-stderr org-add --csv in.csv --rejects folder/bad.csv
    same "$status$output" 2
    same "$(stat -c %a real/bad.csv)" 640
    refused org-add nowhere/bad.csv "No such file or directory"
}
