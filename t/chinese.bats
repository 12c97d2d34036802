#!/usr/bin/env bats
# What the programs say to people in Chinese: po/zh_CN.po.

load lib/base

# The machine of a test seldom has the locale, and needs none.
chinese() { env LC_ALL=zh_CN.UTF-8 "$@"; }

# says STDERR PROGRAM ARGUMENT...: it fails with this in Chinese.
says() {
    local said=$1
    shift
    gives 2 "" "$1: $said" chinese "$@"
}

@test "wrong options, and what is meant" {
    says '没有选项“--scroe”（是否要写 --score？）；见 ticket-rate -h' ticket-rate --scroe 5 1
    says '没有选项“-Z”；见 ticket-list -h' ticket-list -Z
    says '选项 --score 缺少参数；见 ticket-rate -h' ticket-rate --score
    says '--add 和 --release 只能用一个；见 ticket-assist -h' ticket-assist --add tax --release tax 1
    says '请写工单编号，或用 --csv 给出文件；见 ticket-accept -h' ticket-accept
}

@test "no database, and no such file" {
    says "$QIFU_DB: 没有数据库；用 center-init 创建" ticket-list
    at 2026-11-23T09:00:00+08:00
    center
    gives 2 "" "ticket-new: none.csv: 没有这个文件或目录" chinese ticket-new --csv none.csv
}

@test "wrong values, with the nearest or where they are listed" {
    at 2026-11-23T09:00:00+08:00
    center
    says '没有这个类型：“投拆”（是否要写 投诉？）；见 ticket-list -h' ticket-list --kind 投拆
    says '没有状态“open”（是否要写 --open？）；见 ticket-list -h' ticket-list --state open
    says '没有这个政策：“9132”；政策见 policy-list --all' policy-match 9132
    says '不是月份：“十一月”（请写成 2020-05）；见 report-monthly -h' report-monthly 十一月
    says '不是编号：“x”' ticket-accept x
    says '7: 没有这件工单' ticket-accept 7
}

@test "every fault of a row, with file and line" {
    at 2026-11-23T09:00:00+08:00
    center
    printf '%s\n' 标题,受理时间,诉求类型 积水,2026/13/1,投拆 >rows.csv
    gives 2 "" 'ticket-new: rows.csv:2: 不是时间：“2026/13/1”（请写成 2020-05-27 或 2020-05-27T09:00）；没有这个类型：“投拆”（是否要写 投诉？）
ticket-new: 1 行有误：未作任何处理；加 --rejects 文件 可先办其余各行' chinese ticket-new --csv rows.csv --no-ref
}

@test "an act that the state refuses, by the office's words" {
    at 2026-11-23T09:00:00+08:00
    center
    ticket-new --title 道路积水 >/dev/null
    says '1: 不能办理“评价”：现在是 received（待派发）；现在可以办理：派发 答复 会商 并单 不予受理 转办 撤回 作废' \
        ticket-rate --score 5 1
}

@test "a database that another program holds" {
    needs_file "the sqlite3 shell has the lock"
    center
    mkfifo orders
    sqlite3 "$QIFU_DB" <orders >held 3>&- &
    exec 9>orders
    printf 'BEGIN IMMEDIATE;\n.print holding\n' >&9
    for _ in $(seq 500); do [ ! -s held ] || break; sleep 0.02; done
    gives 75 "" "ticket-accept: $QIFU_DB: 数据库正忙；请稍后再试" chinese ticket-accept 1
    exec 9>&-
    wait
}

@test "-h in Chinese; options, examples and what they name stay" {
    local lines
    call chinese ticket-rate -h
    mapfile -t lines <<<"$output"
    same "${lines[0]}" "用法： ticket-rate [-nq] --score RATING [--text TEXT] [--at TIME] ID ... | -"
    same "${lines[2]}" "录入企业对答复的评价（好差评）。"
    [[ $output == *"
例如（更多见 man ticket-rate）：
    ticket-rate --score 非常满意 1
"* ]]
    [[ $output == *"
      --text TEXT              企业怎么说
"* ]]
    [[ $output == *"
各程序通用的选项（见 qifu(7)）：
  -d, --database FILE          平台数据库（不写则 \$QIFU_DB）
"* ]]
    call chinese ticket-list -h
    [[ $output == *"
各清单通用的选项（见 qifu(7)）：
      --columns NAME,...       只要这些列，按此次序
"* ]]
}

# refuses_with MESSAGE VARIABLE...: so a wrong number is refused.
refuses_with() {
    local word=$1
    shift
    gives 2 "" "workday: $word" env -u LC_ALL -u LC_MESSAGES -u LANG -u LANGUAGE "$@" workday add 2020-01-01 x
}

@test "who is spoken to in which language" {
    local english='not a whole number: "x"' chinese='不是整数： "x"' variables
    for variables in "" LANG=C LANG=C.UTF-8 LC_ALL=POSIX LANG=en_US.UTF-8 LANGUAGE=zh_CN "LC_ALL=C LANGUAGE=zh_CN" \
        "LANG=zh_CN.UTF-8 LC_ALL=C.UTF-8" "LANG=zh_CN.UTF-8 LC_MESSAGES=C" "LANG=zh_CN.UTF-8 LANGUAGE=en_GB:zh_CN" \
        LANG=zhuang; do
        refuses_with "$english" $variables
    done
    for variables in LANG=zh_CN.UTF-8 LC_ALL=zh_CN LC_MESSAGES=zh_CN.GB18030 LANG=zh "LANG=C.UTF-8 LANGUAGE=zh_CN" \
        "LANG=en_US.UTF-8 LANGUAGE=fr:zh_CN:en"; do
        refuses_with "$chinese" $variables
    done
}

@test "what scripts read is the same in either language" {
    at 2026-11-23T09:00:00+08:00
    center
    ticket-new --title 道路积水 >/dev/null
    gives 0 "$(ticket-list -H)" "" chinese ticket-list -H
    gives 0 "$(ticket-show -F json 1)" "" chinese ticket-show -F json 1
    gives 0 "$(qifu words)" "" chinese qifu words
}

@test "a catalogue that is damaged, or is none, does no harm" {
    local whole=$BIN/../share/locale/zh_CN/LC_MESSAGES/qifu.mo here=share/locale/zh_CN/LC_MESSAGES/qifu.mo size
    mkdir -p bin "${here%/*}"
    cp "$BIN/workday" bin
    size=$(stat -c %s "$whole")
    broken() {
        gives 2 "" 'workday: not a whole number: "x"' chinese "$T/bin/workday" add 2020-01-01 x
    }
    broken # there is none
    cp "$whole" "$here"
    gives 2 "" 'workday: 不是整数： "x"' chinese "$T/bin/workday" add 2020-01-01 x
    for length in 0 3 27 28 100 2000; do
        head -c "$length" "$whole" >"$here"
        broken
    done
    head -c "$size" /dev/zero >"$here"
    broken
    { printf '\336\22\4\225' && head -c 4000 /dev/zero | tr '\0' '\377'; } >"$here" # its magic, and huge numbers
    broken
    rm "$here"
    mkdir "$here"
    broken
}
