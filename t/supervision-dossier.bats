#!/usr/bin/env bats
# supervision-dossier: a ticket's complete file.

load lib/base
load lib/loop
load lib/supervision

@test "the dossier: the request, the ledger, the orders, every event" {
    late
    quiet supervision-reply --level yellow --text 已整改13912345678 1
    quiet ticket-note --text '甲|乙' 1
    run --separate-stderr supervision-dossier -F md 1
    same "$status$stderr" 0
    [[ $output == "# 徐州市企业服务中心（演示数据） 工单 1 案卷"* ]]
    same "$(grep '^## ' <<<"$output")" $'## 一、诉求\n## 二、期限逐日核算\n## 三、督办与问责\n## 四、经过'
    # every row of a table has as many cells as its head; a bar in a text is no border
    same "$(awk '/^\|/ { gsub(/\\\|/, ""); n = gsub(/\|/, "|"); if (prev && n != prev) print; prev = n } !/^\|/ { prev = 0 }' <<<"$output")" ""
    [[ $output == *'| 联系人 | 张\* |'* && $output == *'| 电话 | 138\*\*\*\*1234 |'* ]]
    [[ $output == *'电话138\*\*\*\*1234&#124;竖线'* && $output == *'139\*\*\*\*5678'* ]]
    same "$(grep -c '| 启动 |' <<<"$output")" 1
    same "$(awk '/^## 四/ { on = 1 } on && /^\| 2026/' <<<"$output" | wc -l)" \
        "$(sql 'SELECT count(*) FROM v_event WHERE ticket_id = 1')"
    same "$(grep -c '^  *1  2026-' <<<"$output")" "$(ticket-show --explain 1 | wc -l)"
    # as text: the same, without marks
    run --separate-stderr supervision-dossier 1
    same "$status$stderr" 0
    [[ $output == "徐州市企业服务中心（演示数据） 工单 1 案卷"* && $output != *'##'* && $output != *13812341234* ]]
    [[ $output == *张\** && $output == *问责* ]]
    gives 2 "" "supervision-dossier: 99: no such ticket" supervision-dossier 99
    run --separate-stderr supervision-dossier -F md 99 1
    same "$status$stderr" "2supervision-dossier: 99: no such ticket"
    [[ $output == "# "* ]]
}

@test "the dossier is masked; --unmask shows it and is noted" {
    late
    run --separate-stderr supervision-dossier --unmask -F md 1
    same "$status$stderr" 0
    [[ $output == *'| 联系人 | 张三 |'* && $output == *'| 电话 | 13812341234 |'* ]]
    same "$(sql "SELECT ticket_id, data FROM v_event WHERE type = 'unmasked'")" '1|{"program":"supervision-dossier"}'
    # escapes in foreign text are never printed raw
    quiet ticket-note --text $'a\e[2Jb\x07' 3
    for format in md text; do
        supervision-dossier -F $format 3 >out
        run ! grep -qP '[\x00-\x08\x0b-\x1f\x7f]' out
    done
    sound
}

@test "a wrong command line is refused, with what would be right" {
    late
    gives 2 "" "supervision-dossier: name the tickets; see supervision-dossier -h" supervision-dossier
    gives 2 "" 'supervision-dossier: format "csv" does not fit here (text, md, html or xlsx); see supervision-dossier -h' \
        supervision-dossier -F csv 1
}
