#!/usr/bin/env bats
# supervise: what is owed, acknowledged, replied; the dossier.

load lib
load loop

# 1 (tax) and 2 (in the pool) are red, 3 (justice) is yellow, 4 is on time.
late() {
    at 2026-03-02T09:00
    center
    new 2026-03-02T09:00 --contact 张三 --phone 13812341234 --enterprise 某公司 --body '电话13812341234|竖线' >new
    new 2026-03-02T09:00 >>new
    quiet ticket-route --to tax --assist housing-construction 1
    new 2026-03-09T09:00 >>new
    quiet ticket-route --to justice --now 2026-03-09T09:00 3
    new 2026-03-16T09:00 >>new
    at 2026-03-17T09:00
    quiet escalate
}

@test "what is owed: all, by organisation, by level" {
    late
    due=2026-03-19T23:59:59+08:00 red=2026-03-18T23:59:59+08:00
    gives 0 "1	red	discipline-commission	tax	$red	-	二次督办	甲
2	red	discipline-commission	-	$red	-	二次督办	甲
1	yellow	center	tax	$due	-	一次督办	甲
1	orange	business-environment-office	tax	$due	-	市营商办督办	甲
2	yellow	center	-	$due	-	一次督办	甲
2	orange	business-environment-office	-	$due	-	市营商办督办	甲
3	yellow	center	justice	$due	-	一次督办	甲" "" bash -c 'supervise | sort -s -k 5,5 -k 1,1n'
    same "$(supervise --org 市税务局 | cut -f 1,2 | sort)" $'1\torange\n1\tred\n1\tyellow'
    same "$(supervise --level 黄色 | cut -f 1,2 | sort)" $'1\tyellow\n2\tyellow\n3\tyellow'
    same "$(supervise --level red --org tax | cut -f 1,2)" $'1\tred'
    gives 1 "" "" supervise --org housing-construction
    gives 1 "" "" supervise --level red --org justice
    run --separate-stderr supervise --level 红
    same "$status$output" 2
    [[ $stderr == 'supervise: unknown level "红"'* ]]
}

@test "acknowledged, then replied: it leaves the list; the breach stays" {
    late
    gives 0 $'3\tacknowledge a supervision\tdispatched\t2026-03-16T23:59:59+08:00\tjustice\t甲' "" \
        supervise --acknowledge 3
    same "$(supervise --org justice | cut -f 1,6)" $'3\t2026-03-17T09:00:00+08:00'
    refuses "supervise: 3: acknowledge a supervision: none waits for it" supervise --acknowledge 3
    quiet supervise --reply --text 已约谈，三日内答复 --now 2026-03-18T09:00 3
    gives 1 "" "" supervise --org justice
    same "$(sql "SELECT acknowledged_at, replied_at, reply FROM supervision WHERE ticket_id = 3")" \
        "1773709200|1773795600|已约谈，三日内答复"
    same "$(sql 'SELECT count(*) FROM supervision')" 7
    same "$(sql "SELECT type, data FROM event WHERE ticket_id = 3 ORDER BY id DESC LIMIT 1")" \
        'supervision-replied|{"by":"justice","text":"已约谈，三日内答复","supervision":"all"}'
    at 2026-03-18T09:00
    sound
}

@test "a level alone; a reply acknowledges; assists may" {
    late
    quiet supervise --reply --level 橙色 --text 说明 --by housing-construction 1
    same "$(sql "SELECT group_concat(level || (replied_at IS NOT NULL) || (acknowledged_at IS NOT NULL), ' ')
        FROM (SELECT * FROM supervision WHERE ticket_id = 1 ORDER BY id)")" "yellow00 orange11 red00"
    quiet supervise --reply --text 全部说明 1
    same "$(sql "SELECT group_concat(reply, ' ') FROM (SELECT * FROM supervision WHERE ticket_id = 1 ORDER BY id)")" \
        "全部说明 说明 全部说明"
    sound
}

@test "owed after the answer and the close; by whoever held it when it fired" {
    late
    quiet ticket-answer --text 迟到的答复 --without 无 1
    quiet ticket-rate --score 5 1
    same "$(supervise --org tax | wc -l)" 3
    quiet supervise --reply --text 检查 1
    gives 1 "" "" supervise --org tax
    # 3 goes to another organisation: the order stays with the one that it was given to
    quiet ticket-confer --reason 不清 3
    quiet ticket-confer --lead tax --basis 纪要 --words 甲 3
    quiet ticket-suspend -n --reason 等待上级批复 --basis x 3
    same "$(supervise --org justice | cut -f 1,2)" $'3\tyellow'
    quiet supervise --acknowledge --by justice 3
    quiet supervise --reply --text 原承办单位说明 --by justice 3
    gives 1 "" "" supervise --org justice
    # one that never had to do with it has nothing to say
    refuses "supervise: 2: acknowledge a supervision: that organisation does not handle it" \
        supervise --acknowledge --by justice 2
    sound
}

@test "one that has left replies to its own orders, not to the next one's" {
    late
    quiet ticket-confer --reason 不清 3
    quiet ticket-confer --lead tax --basis 纪要 --words 甲 3
    at 2026-03-20T09:00
    quiet escalate 3 # orange is tax's
    same "$(sql "SELECT level, o.code FROM supervision s JOIN org o ON o.id = s.lead WHERE ticket_id = 3 ORDER BY s.id")" \
        $'yellow|justice\norange|tax'
    quiet supervise --reply --text 说明 --by justice 3
    same "$(supervise | awk '$1 == 3' | cut -f 2,4)" $'orange\ttax'
    refuses "supervise: 3: reply to a supervision: none waits for it" supervise --reply --text 说明 --by justice 3
    sound
}

@test "what is refused" {
    late
    refuses "supervise: 4: acknowledge a supervision: none waits for it" supervise --acknowledge 4
    refuses "supervise: 3: reply to a supervision: the text is missing" supervise --reply 3
    refuses "supervise: 3: reply to a supervision: none waits for it" \
        supervise --reply --text x --at 2026-03-16T23:59:59 3
    refuses "supervise: 3: acknowledge a supervision: none waits for it" supervise --acknowledge --level red 3
    gives 2 "" "supervise: one of --acknowledge, --reply and --dossier; see supervise -h" \
        supervise --reply --dossier 1
    gives 2 "" "supervise: name the tickets; see supervise -h" supervise --dossier
    gives 2 "" "supervise: say what to do: --acknowledge, --reply or --dossier; see supervise -h" supervise 1
    gives 2 "" "supervise: --unmask goes with --dossier; see supervise -h" supervise --unmask
    gives 2 "" 'supervise: unknown format "md" (table, tsv, csv or json; of a dossier text or md); see supervise -h' \
        supervise -F md
    gives 2 "" 'supervise: unknown format "csv" (table, tsv, csv or json; of a dossier text or md); see supervise -h' \
        supervise --dossier -F csv 1
}

@test "replies from a file" {
    late
    printf 'id,备注,时间\n1,一,2026-03-17 08:00\n3,三,2026-03-17 08:30\n4,四,\n' >s.csv
    run --separate-stderr supervise --reply --csv s.csv --rejects rejects.csv
    same "$status $(cut -f 1 <<<"$output" | paste -sd ' ')" "2 1 3"
    same "$(supervise | cut -f 1 | sort -u)" 2
    same "$(sed 1d rejects.csv | cut -d , -f 2)" 4
    sound
}

@test "the dossier: the request, the ledger, the orders, every event" {
    late
    quiet supervise --reply --level yellow --text 已整改13912345678 1
    quiet ticket-note --text '甲|乙' 1
    run --separate-stderr supervise --dossier -F md 1
    same "$status$stderr" 0
    [[ $output == "# 徐州市企业服务中心 工单 1 案卷"* ]]
    same "$(grep '^## ' <<<"$output")" $'## 一、诉求\n## 二、期限逐日核算\n## 三、督办与问责\n## 四、经过'
    # every row of a table has as many cells as its head; a bar in a text is no border
    same "$(awk '/^\|/ { gsub(/\\\|/, ""); n = gsub(/\|/, "|"); if (prev && n != prev) print; prev = n } !/^\|/ { prev = 0 }' <<<"$output")" ""
    [[ $output == *'| 联系人 | 张* |'* && $output == *'| 电话 | 138****1234 |'* ]]
    [[ $output == *'电话138****1234\|竖线'* && $output == *'139****5678'* ]]
    same "$(grep -c '| 启动 |' <<<"$output")" 1
    same "$(awk '/^## 四/ { on = 1 } on && /^\| 2026/' <<<"$output" | wc -l)" \
        "$(sql 'SELECT count(*) FROM event WHERE ticket_id = 1')"
    same "$(grep -c '^  *1  2026-' <<<"$output")" "$(ticket-show --explain 1 | wc -l)"
    # as text: the same, without marks
    run --separate-stderr supervise --dossier 1
    same "$status$stderr" 0
    [[ $output == "徐州市企业服务中心 工单 1 案卷"* && $output != *'##'* && $output != *13812341234* ]]
    [[ $output == *张\** && $output == *问责* ]]
    gives 2 "" "supervise: 99: no such ticket" supervise --dossier 99
    run --separate-stderr supervise --dossier -F md 99 1
    same "$status$stderr" "2supervise: 99: no such ticket"
    [[ $output == "# "* ]]
}

@test "the dossier is masked; --unmask shows it and is noted" {
    late
    run --separate-stderr supervise --dossier --unmask -F md 1
    same "$status$stderr" 0
    [[ $output == *'| 联系人 | 张三 |'* && $output == *'| 电话 | 13812341234 |'* ]]
    same "$(sql "SELECT ticket_id, data FROM event WHERE type = 'unmasked'")" '1|{"program":"supervise"}'
    # escapes in foreign text are never printed raw
    quiet ticket-note --text $'a\e[2Jb\x07' 3
    for format in md text; do
        supervise --dossier -F $format 3 >out
        run ! grep -qP '[\x00-\x08\x0b-\x1f\x7f]' out
    done
    sound
}
