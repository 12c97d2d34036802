#!/usr/bin/env bats
# Under cron: a bare environment, another user's habits, nothing printed where nothing is to say.

load lib/base
load lib/stock

TAB=$TREE/share/crontab.example

# Six tickets in several states, as they stand on 2026-03-10.
busy_center() {
    center-init -q --demo --now 2026-03-01
    {
        echo 编号,标题,类型,受理时间,渠道
        echo 1,退税,投诉,2026-03-02,热线
        echo 2,公积金,求助,2026-03-02,平台
        echo 3,退税,政策咨询,2026-03-09,热线
        echo 4,x,投诉,2026-03-10,热线
        echo 5,x,求助,2026-02-24,窗口
    } | ticket-new -q --now 2026-03-10 --csv - >ids
    ticket-route -q --now 2026-03-10 >out || true
    firms 1 3 | enterprise-add -q --now 2026-03-01 --csv - >out
    papers 1 2 | policy-add -q --now 2026-03-01 --csv - >out
    { echo ref,class,org,score,at; seq 6 | sed 's/$/,loans,tax,1,2026-03-05/'; } |
        survey-add -q --now 2026-03-05 --csv - >out
}

# What every program prints about the same center, from DATABASE.
tell() {
    cat <<'EOF'
cd "$T" || exit
for c in "workday add 2026-02-13 5" "ticket-list" "ticket-list -F table" "ticket-show 1 5" \
    "sla-check" "sla-check --explain 5" "escalate -n" "report-monthly 2026-03" \
    "report-monthly -F json 2026-02" "org-list -F csv" "ticket-route -n" "ticket-route --explain 1" \
    "sla-check --recompute" "escalate" "ticket-new --title 新 --at 2026-03-08" "center-check" \
    "ticket-show 99" "ticket-new --kind 咨寻 --title x" "enterprise-list -F table" "policy-list" \
    "policy-list -F html" "policy-match --all" "policy-match --where revenue>1万" "policy-check" \
    "policy-source -F table" "survey-list" "survey-supervise" "policy-push" "policy-push --sent"; do
    echo "== $c"
    set -- $c
    p=$1
    shift
    "$p" --now 2026-03-10T12:00 "$@"
    echo "status $?"
done
EOF
}

@test "bare environment, closed stdin, ignored SIGPIPE, umask 077, other TZ and LANG: the same results" {
    busy_center
    mkdir home
    tell >tell.sh
    # by NAME COMMAND...: what is told, by a copy of the same database, under the command
    by() {
        local name=$1
        shift
        local copy=$T/$name.db
        if served; then
            server "CREATE DATABASE ${SERVED}_$name TEMPLATE $SERVED" && copy=${QIFU_DB/$SERVED/${SERVED}_$name}
        else
            sql "VACUUM INTO '$copy'"
        fi
        "$@" QIFU_DB="$copy" T="$T" QIFU_CONFIG="$QIFU_CONFIG" PATH="$PATH" \
            sh tell.sh >"$name.told" 2>&1
        sed -i "s/$name\.db/center.db/g; s/${SERVED-}_$name/${SERVED-}/g" "$name.told"
    }
    by plain env
    same "$(grep -c '^status' plain.told)" 29
    same "$(grep -A1 '^== ticket-new --kind' plain.told | tail -1)" \
        'ticket-new: unknown kind "咨寻" (did you mean 咨询?)'
    by bare env -i
    by tz env TZ=America/New_York LANG=de_DE.UTF-8 LC_ALL=ja_JP.eucJP
    by turkish env -i TZ=Pacific/Kiritimati LANG=tr_TR.UTF-8 LC_ALL=C.UTF-8 HOME=/nowhere
    by dumb env -i POSIXLY_CORRECT=1 TERM=dumb COLUMNS=20
    (umask 077; trap '' PIPE HUP; by sigpipe env -i <&-)
    for name in bare tz turkish dumb sigpipe; do
        run -0 diff plain.told $name.told
    done
}

@test "umask 077 keeps the database private, umask 007 lets the group in" {
    (umask 077; center-init -q -d "$T/private.db")
    (umask 007; center-init -q -d "$T/shared.db")
    same "$(stat -c %a private.db shared.db | xargs)" "600 660"
}

# Commands of the crontab, with the percent signs as the shell gets them.
commands() { sed -n 's/^[0-9*][^ ]* *[^ ]* *[^ ]* *[^ ]* *[^ ]* *\([^ ].*\)/\1/p' "$TAB" | sed 's/\\%/%/g'; }

# A PATH of the crontab's kind, with `date` at DAY's noon, for the lines that ask the clock.
clock_at() {
    mkdir -p path
    local p
    for p in "$BIN"/*; do ln -sf "$p" path/; done
    printf '#!/bin/sh\n[ "$*" = -Iseconds ] && exec /bin/date -d "%sT12:00+08:00" -Iseconds\n' "$1" >path/date
    printf 'case "$1" in +*) exec /bin/date -d "%s 12:00" "$@" ;; esac\nexec /bin/date "$@"\n' "$1" >>path/date
    chmod +x path/date
    day=$1
}

# line COMMAND: runs it as cron does, with the database, the folders and the clock of this test.
line() {
    local here=${1//\/var\//$T\/var\/}
    here=${here//\/srv\//$T\/srv\/}
    run --separate-stderr env -i SHELL=/bin/sh HOME="$T" LOGNAME=root PATH="$T/path:/usr/bin:/bin" \
        QIFU_DB="$QIFU_DB" QIFU_CONFIG="$QIFU_CONFIG" QIFU_NOW="${day}T12:00" sh -c "$here"
}

# The first two fields of the table that the line printed, without its head.
told() { tail -n +2 <<<"$output" | awk '{ print $1, $2 }'; }

@test "the crontab example is there, and its programs exist" {
    [ -s "$TAB" ] || { echo "$TAB is missing" >&2; false; }
    # every line is a comment, a setting or five fields of time and a command
    same "$(grep -vE '^($|#|[A-Z_]+ ?=|([0-9*/,-]+ +){5}[^ ])' "$TAB")" ""
    [ "$(commands | wc -l)" -ge 4 ]
    for program in escalate sla-check center-check report-monthly policy-push survey-supervise policy-check supervision-list accountability-list; do
        same "$program $(commands | grep -cw "$program" | sed 's/[1-9].*/is there/')" "$program is there"
    done
    # each program sweeps once, supervision of those complained of too, but for the sweep itself
    same "$(commands | grep -c survey-supervise)" 1
    # an unescaped percent sign ends the command
    same "$(grep -v '^#' "$TAB" | grep -E '(^|[^\])%')" ""
}

@test "the lines of the crontab print nothing when there is nothing to say" {
    [ -s "$TAB" ] || { echo "$TAB is missing" >&2; false; }
    center-init -q --demo --now 2026-03-01
    ticket-new -q --now 2026-03-10 --title 退税 --kind 投诉 >out
    ticket-route -q --now 2026-03-10 >out
    policy-source -q --now 2026-03-11T11:00 --looked --all >out
    mkdir -p var/backups/qifu var/lib/qifu var/log var/spool/qifu
    clock_at 2026-03-11
    while IFS= read -r command; do
        # a server is backed up by its own means
        if served && [[ $command == *VACUUM* ]]; then continue; fi
        line "$command"
        case $command in
            *report-monthly*) # the one that always speaks: of February
                same "$command: $status: $stderr" "$command: 0: "
                same "${lines[0]}" "徐州市企业服务中心（演示数据） 2026年2月企业诉求办理通报"
                ;;
            *--log*) # and the digest, which --since takes as it was mailed
                same "$command: $status: $stderr" "$command: 0: "
                gives 0 "$output" "" center-check --log -F table --since "$(awk 'END { print $1 }' <<<"$output")"
                ;;
            *) same "$command: $status: $output$stderr" "$command: 0: " ;;
        esac
    done < <(commands)
    if served; then return; fi
    # and the copy of the night is a whole database
    run -0 find var/backups -name '*.db'
    same "$(center-check -d "$output"; ticket-list -d "$output" | cut -f1)" 1
}

@test "the lines of the crontab say what is to be said, on a rest day too" {
    [ -s "$TAB" ] || { echo "$TAB is missing" >&2; false; }
    center-init -q --demo --now 2026-03-01
    for day in 2026-03-02 2026-03-05; do # due on 03-09 and 03-12
        ticket-new -q --now $day --title 退税 --kind 投诉 | ticket-route -q --now $day --to tax - >out
    done
    mkdir -p var/backups/qifu var/lib/qifu var/log
    sweep=$(commands | grep -w escalate | head -1)
    reminder=$(commands | grep -w sla-check | head -1)
    clock_at 2026-03-06
    line "$reminder"
    same "$status $(told) $stderr" "0 1 - "
    clock_at 2026-03-07 # a Saturday: no reminder
    line "$reminder"
    same "$output$stderr" ""
    clock_at 2026-03-10
    line "$sweep"
    same "$status $(told) $stderr" "0 1 黄色 "
    line "$sweep" # doubled
    same "$status $output$stderr" "0 "
    clock_at 2026-03-20 # missed for ten days
    line "$sweep"
    same "$status $(told | xargs) $stderr" "0 1 橙色 1 红色 2 黄色 2 橙色 2 红色 "
}

@test "the lines on policies: each delivery once, complaints, and what is wrong with the stock" {
    center-init -q --demo --now 2026-03-01
    firms 1 3 | enterprise-add -q --now 2026-03-05 --csv - >out
    papers 1 1 'staff > 0 and revenue > 1' | policy-add -q --now 2026-01-06 --csv - >out
    policy-interpret -q --now 2026-01-07 p1 >out
    mkdir -p var/spool/qifu
    push=$(commands | grep -w policy-push)
    clock_at 2026-03-06
    line "$push"
    same "$status:$output$stderr" 0:
    same "$(stat -c '%a %n' var/spool/qifu/*)" "600 var/spool/qifu/push-2026-03-06.json"
    same "$(jq -r .id var/spool/qifu/*)" $'1\n2\n3'
    line "$push" # doubled
    same "$output$stderr$(jq -r .id var/spool/qifu/* | wc -l)" 3
    firms 4 5 | enterprise-add -q --now 2026-03-06 --csv - >out
    clock_at 2026-03-07 # a Saturday
    line "$push"
    same "$output$stderr$(ls var/spool/qifu | wc -l)" 1
    clock_at 2026-03-10 # missed for a day
    line "$push"
    same "$output$stderr$(jq -r .id var/spool/qifu/push-2026-03-10.json | xargs)" "4 5"

    survey=$(commands | grep -w survey-supervise)
    { echo ref,class,org,score,at; seq 6 | sed 's/$/,loans,tax,1,2026-03-05/'; } |
        survey-add -q --now 2026-03-10 --csv - >out
    line "$survey"
    same "$status $(tail -n +2 <<<"$output" | awk '{ print $2, $3 }') $stderr" "0 国家税务总局徐州市税务局 6 "
    line "$survey"
    same "$status:$output$stderr" 0:

    check=$(commands | grep -w policy-check)
    policy-source -q --now 2026-03-10T11:00 --looked --all >out
    line "$check"
    same "$status:$output$stderr" 0:
    papers 2 2 'staff < 0' | policy-add -q --now 2026-01-06 --csv - >out
    policy-interpret -q --now 2026-01-07 p2 >out
    line "$check"
    same "$(told)$stderr" "p2 条件不可能满足"
    clock_at 2026-03-11
    line "$check"
    same "$(told | cut -d ' ' -f 2 | sort | uniq -c | xargs)$stderr" "1 条件不可能满足 63 来源未检索"
    clock_at 2026-03-14 # a Saturday
    line "$check"
    same "$(told)$stderr" "p2 条件不可能满足"
}

@test "the lines of the desk: what waits, what was not signed in, problem tickets" {
    center-init -q --demo --now 2026-03-01
    for _ in 1 2 3; do ticket-new -q --now 2026-03-02T09:00 --title 退税 --kind 投诉 >out; done
    ticket-route -q --to tax --now 2026-03-02T10:00 1 2 >out # to be signed in by the 3rd
    ticket-route -q --to justice --now 2026-03-02T10:00 3 >out
    ticket-accept -q --now 2026-03-03 2 >out
    ticket-return -q --reason 不属于本单位职责 --basis x --now 2026-03-03 2 >out
    for round in 1 2; do
        ticket-answer -q --text x --now "2026-03-03T1$round:00" 3 >out
        ticket-rate -q --score 1 --now "2026-03-03T1$round:10" 3 >out
        ticket-follow -q --outcome redo --text x --now "2026-03-03T1$round:20" 3 >out
    done
    desk() {
        clock_at "$1"
        commands | grep -E -- '--waiting|--accept-overdue|--problem' | while read -r command; do
            line "$command"
            same "$command: $stderr" "$command: "
            told | awk '{ printf "%s ", $1 } END { print "|" }'
        done | xargs
    }
    same "$(desk 2026-03-04)" "2 | 1 | 3 |"
    same "$(desk 2026-03-07)" "| | |" # a Saturday
}

@test "the lines on supervision: a list each, when there is something on it, on working days" {
    center-init -q --demo --now 2026-03-01
    ticket-new -q --now 2026-03-02 --title 退税 --kind 投诉 >out # due on 03-09
    ticket-route -q --to tax --now 2026-03-02 1 >out
    supervision-order -q --now 2026-03-05 --to justice --reason x --by 市纪委监委 --accountability 1 >out # by the 9th
    supervision-order -q --now 2026-03-09 --to justice --reason x --by 市营商办 1 >out
    supervision-order -q --now 2026-03-09 --to tax --reason x 1 >out
    # mail DAY: how many lines each of the lists has, without its head
    mail() {
        clock_at "$1"
        commands | grep -E 'supervision-list|accountability-list' | while read -r command; do
            line "$command"
            same "$command: $stderr" "$command: "
            echo "$status $(told | grep -c .)"
        done | xargs
    }
    same "$(mail 2026-03-10)" "0 1 0 1 0 1 0 1"
    same "$(mail 2026-03-14)" "1 0 1 0 1 0 1 0" # a Saturday
    supervision-reply -q --now 2026-03-16 --by justice --text x 1 >out
    accountability-record -q --now 2026-03-16 --result x --published 1 >out
    same "$(mail 2026-03-17)" "0 1 0 1 0 0 0 0" # the lead has passed orange by the reply
}
