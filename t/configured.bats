#!/usr/bin/env bats
# A center judges by the files that center-init took over, and by no others.

load lib/base

setup_center() {
    cp -r "$TREE/share" share
    export QIFU_CONFIG=$T/share QIFU_DB=$T/center.db
    unset QIFU_NOW
    center-init -q
}

# files ID OPTION ...: a ticket is filed.
files() {
    local id=$1
    shift
    same "$(ticket-new "$@" | cut -f 1)" "$id"
}

# refused FILE COMMAND ...: the program names the file, and does nothing.
refused() {
    local file=$1 before
    shift
    before=$(center-check --log)
    gives 2 "" "$1: $T/share/$file: not the file that the center was configured with; center-init takes it over" "$@"
    same "$(center-check --log)" "$before"
}

@test "a file that changed is named by who reads it, until center-init takes it over" {
    setup_center
    ticket-new -q --title 一 >out
    sed -i '$ s/$/ # x/' share/center.yaml
    refused center.yaml ticket-new --title 二
    refused center.yaml ticket-list
    refused center.yaml sla-check
    gives 1 "configuration	-	center.yaml is not the file that center-init took over" "" center-check -q
    gives 0 "" "" center-init -q
    files 2 --title 二
    gives 0 "" "" center-check -q
    same "$(sql "SELECT json_extract(data, '$.files[0].file') FROM event WHERE type = 'configured' ORDER BY id DESC LIMIT 1")" \
        center.yaml
}

@test "a file that only some read stops only those; a calendar stops all" {
    setup_center
    ticket-new -q --title 一 >out
    echo '# x' >>share/catalogue.yaml
    files 2 --title 二
    refused catalogue.yaml ticket-route 1
    echo '# x' >>share/calendars/china/2026.yaml
    refused calendars/china/2026.yaml ticket-new --title 三
    center-init -q
    files 3 --title 三
    sed 's/2027/2028/g' share/calendars/england-and-wales/2027.yaml >share/calendars/england-and-wales/2028.yaml
    refused calendars/england-and-wales/2028.yaml ticket-new --title 四
    rm share/calendars/england-and-wales/2028.yaml
    cp share/assess/example-clean.yaml share/assess/mine.yaml
    refused assess/mine.yaml assess-score mine 2026-03
    rm share/assess/example-clean.yaml
    gives 1 "configuration	-	assess/mine.yaml is not the file that center-init took over
configuration	-	assess/example-clean.yaml, which center-init took over, is gone" "" center-check -q
}

@test "another folder with the same files is the same configuration; with one of its own it is not" {
    setup_center
    cp -r share mine
    files 1 -C mine --title 一
    echo '# x' >>mine/kind-rules.yaml
    gives 2 "" "ticket-new: mine/kind-rules.yaml: not the file that the center was configured with; center-init takes it over" \
        ticket-new -C mine --title 二
}

@test "what is said of the files is under the log's chain, and its table is made of the events" {
    setup_center
    sql "UPDATE configured SET digest = 'x' WHERE file = 'center.yaml'"
    run --separate-stderr center-check
    same "$status $(grep -c '^configuration	-	center.yaml' <<<"$output")" "1 2"
    gives 0 "" "" center-init -q
    sql "SELECT json_extract(f.value, '$.file') || ' ' || json_extract(f.value, '$.sm3') FROM event e,
        json_each(e.data, '$.files') f WHERE e.type = 'configured' AND e.id < (SELECT max(id) FROM event)" >taken
    for file in center.yaml catalogue.yaml calendars/china/2026.yaml industries.csv; do
        same "$(grep "^$file " taken)" "$file $("$TREE/t/lib/log-digest" --sm3 <"share/$file")"
    done
}

@test "a demo takes what it is given" {
    setup_center
    export QIFU_DB=$T/demo.db
    center-init -q --demo
    echo '# x' >>share/center.yaml
    files 1 --title 一
    gives 0 "" "" center-check -q
}
