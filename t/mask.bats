#!/usr/bin/env bats
# Personal data are masked in every output; a confidential ticket's texts appear only with --unmask,
# which leaves an event.

load lib/base
load lib/loop

# shown TEXT: the text as ticket-show prints a ticket's body.
shown() {
    no_center
    center
    ticket-new -q --title 甲 --body "$1" --contact "${2-}" --phone "${3-}" >new
    fields 1 body | cut -d = -f 2-
}

@test "telephone numbers inside free text" {
    at 2026-03-02T09:00
    same "$(shown 请回电13812341234谢谢)" '请回电138****1234谢谢'
    same "$(shown 13812341234)" '138****1234'
    same "$(shown '13812341234，19900001111')" '138****1234，199****1111'
    same "$(shown '+8613812341234')" '+86138****1234'
    same "$(shown '8613812341234/86-13812341234')" '86138****1234/86-138****1234'
    same "$(shown '138 1234 5678或138-1234-5678。')" '138 **** 5678或138-****-5678。'
    same "$(shown '电话１３８１２３４５６７８')" '电话１３８****５６７８'
    # not inside longer numbers, not what no mobile number begins with
    same "$(shown '订单138123412345')" '订单138123412345'
    same "$(shown '订单0013812341234')" '订单0013812341234'
    same "$(shown '12012341234 23812341234')" '12012341234 23812341234'
    same "$(shown '138 1234 56789 138 12345 678')" '138 1234 56789 138 12345 678'
    same "$(shown '1381234123 0516-83456789')" '1381234123 0516-83456789'
}

@test "identity numbers are masked wherever they stand" {
    at 2026-03-02T09:00
    same "$(shown 身份证11010519491231002X。)" '身份证110105********002X。'
    same "$(shown 11010519491231002x)" '110105********002x'
    same "$(shown '440524188001010014,320302199001011234')" '440524188001010014,320302********1234'
    same "$(shown 320302200002290000)" '320302********0000'
    same "$(shown '320302199013011234 320302199001321234')" '320302199013011234 320302199001321234'
    same "$(shown 3203021990010112345)" 3203021990010112345
    same "$(shown 32030219900101123)" 32030219900101123
}

# forms: what people write, and what may be shown of it, a line each.
forms() {
    local nbsp=$'\302\240'
    sed -E 's/ +\| /|/' <<EOF
138 12345678                    | 138 ****5678
1381234 5678                    | 138**** 5678
138  1234  5678                 | 138  ****  5678
138.1234.5678                   | 138.****.5678
138/1234/5678，138，1234，5678  | 138/****/5678，138，****，5678
(138)12345678 （138）1234－5678 | (138)****5678 （138）****－5678
138–1234–5678 1381-234-5678     | 138–****–5678 138*-***-5678
138${nbsp}1234${nbsp}5678       | 138${nbsp}****${nbsp}5678
１３８－１２３４－５６７８      | １３８－****－５６７８
1３8１2３4５6７8                | 1３8****５6７8
008613812345678                 | 0086138****5678
+86 138 1234 5678               | +86 138 **** 5678
+86-13812345678 (86)13812345678 | +86-138****5678 (86)138****5678
86138 1234 5678                 | 86138 **** 5678
013812345678                    | 0138****5678
13812345678转13912345678        | 138****5678转139****5678
13812345678-801                 | 138****5678-801
320303900101123                 | 320303******123
身份证320303 900101 123。       | 身份证320303 ****** 123。
320303 19900101 1234            | 320303 ******** 1234
320303-1990-0101-1234           | 320303-****-****-1234
3203 0319 9001 0112 34          | 3203 03** **** **12 34
32030319900101123Ｘ号           | 320303********123Ｘ号
３２０３０３１９９００１０１１２３ｘ | ３２０３０３********１２３ｘ
320303 19900101 123X            | 320303 ******** 123X
EOF
}

# What only looks like it.
harmless() {
    cat <<'EOF'
苏政发〔2022〕1号，国办发明电〔2019〕16号
2020-01-22 10:00至2020-02-03 17:30，20200122，2020.01.22
2026年3月2日 1500000元，13,800,000.00元，1.38亿元，138.12345678
注册资本1500 万元，员工 150 200 300 人，1501-2201室
91110108551385082Q 91350100M000100Y43 12440600MB2C07549J 91320300MA00002690
XZ20261123003 XZ2020050034 row-0aee02b8176c72af
0516-83456789 400-123-4567 83456789 12345 12320
320300000012345 320303901301123 A320303900101123 320303900101123B
440524188001010014 3203031990010112345 32030319900101123
14:30-15:30 117.28543210 34.2617 1381234567 138123456789 10.13.8.1
EOF
}

@test "every form in which a personal number is written, in programs and views alike" {
    at 2026-03-02T09:00
    center
    forms | jq -Rc 'split("|") | {title: "x", body: .[0], enterprise: ("甲" + .[0]), more: .[0]}' >new.jsonl
    ticket-new -q --no-ref --received now --jsonl new.jsonl >new
    same "$(wc -l <new)" "$(forms | wc -l)"
    forms | cut -d '|' -f 2 >wanted
    same "$(ticket-show -F json - <new | jq -r .body)" "$(cat wanted)"
    same "$(ticket-show -F json - <new | jq -r .extra.more)" "$(cat wanted)"
    same "$(sql "SELECT body FROM v_ticket ORDER BY id")" "$(cat wanted)"
    same "$(sql "SELECT enterprise FROM v_ticket ORDER BY id")" "$(sed 's/^/甲/' wanted)"
    same "$(sql "SELECT json_extract(extra, '$.more') FROM v_ticket ORDER BY id")" "$(cat wanted)"
    # in the log, too
    while IFS= read -r text; do quiet ticket-note --text "$text" 1; done < <(forms | cut -d '|' -f 1 | head -5)
    same "$(sql "SELECT json_extract(data, '$.text') FROM v_event WHERE type = 'noted' ORDER BY id")" \
        "$(head -5 wanted)"
    gives 0 "" "" center-check
}

@test "what only looks like a personal number stays" {
    at 2026-03-02T09:00
    center
    harmless | jq -Rc '{title: "x", body: ., more: .}' >new.jsonl
    ticket-new -q --no-ref --received now --jsonl new.jsonl >new
    same "$(ticket-show -F json - <new | jq -r .body)" "$(harmless)"
    same "$(sql "SELECT body FROM v_ticket ORDER BY id")" "$(harmless)"
    same "$(sql "SELECT count(*) FROM shown WHERE body IS NOT NULL OR extra IS NOT NULL")" 0
}

@test "characters that cannot be seen hide no number" {
    at 2026-03-02T09:00
    for hidden in '\342\200\213' '\342\200\256' '\357\273\277' '\302\255' '\363\240\201\201'; do
        text=$(printf "138${hidden}1234${hidden}5678")
        no_center
        center
        ticket-new -q --title "$text" >new
        quiet ticket-note --text "$text" 1
        shown=$(ticket-list; ticket-show 1; sql "SELECT title FROM v_ticket; SELECT json_remove(data, '\$.rows') FROM v_event WHERE ticket_id = 1")
        [[ $shown == *'****'* && $shown != *1234* ]]
    done
}

@test "center-check: what the views show is what masking gives" {
    secrets
    event=$(sql "SELECT min(event_id) FROM event_shown")
    sql "UPDATE shown SET title = NULL WHERE ticket_id = 1; DELETE FROM shown WHERE ticket_id = 2;
         DELETE FROM event_shown WHERE event_id = $event"
    gives 1 "masking	1	what the views show: title is nothing, its events give 秘甲发票138****1234问题
masking	2	what the views show: the row is nothing, its events give one
masking	$event	what the views show of the event: the row is nothing, its events give one" "" center-check
    # what was never masked is not shown at all
    same "$(sql "SELECT ifnull(title, '-'), ifnull(body, '-'), ifnull(phone, '-') FROM v_ticket WHERE id = 2")" "-|-|-"
}

@test "a credit code is no identity number" {
    at 2026-03-02T09:00
    for code in 91110108551385082Q 91350100M000100Y43 12440600MB2C07549J 91320300MA00002690; do
        same "$(shown "代码$code")" "代码$code"
    done
    # its digits could hold a date of birth, but its own check character fits and a person's does not
    same "$(shown 代码911101195501011031)" '代码911101195501011031'
    same "$(shown 代码911101195501011032)" '代码911101********1032'
}

@test "contacts and telephones of their own" {
    at 2026-03-02T09:00
    show() {
        shown x "$1" "$2" >/dev/null
        fields 1 contact phone | cut -d = -f 2- | paste -sd '|'
    }
    same "$(show 张三 13812341234)" '张*|138****1234'
    same "$(show 欧阳娜娜 0516-83456789)" '欧***|0516-****6789'
    same "$(show 李 051683456789)" '李|0516****6789'
    same "$(show '张三 13812341234' '+86 138 1234 5678')" "张$(printf '*%.0s' {1..13})|+86 138 **** 5678"
    same "$(show 王五 83456789)" '王*|****6789'
    same "$(show 王五 12345)" '王*|*2345'
    # what is no telephone is refused today; a center of before has it
    old() {
        shown x "$1" 13812341234 >/dev/null
        sql "DROP TRIGGER ticket_intake_is_fixed; DROP TRIGGER ticket_intake_is_corrected; UPDATE ticket SET phone = '$2'"
        fields 1 contact phone | cut -d = -f 2- | paste -sd '|'
    }
    same "$(old 王五 1234)" '王*|****'
    same "$(old 王五 同上)" '王*|**'
    same "$(show 王五 13812341234/13987654321)" '王*|138****1234/139****4321'
    same "$(show 王五 '１３８１２３４５６７８')" '王*|１３８****５６７８'
    same "$(show 王五 '13812341234 13987654321')" '王*|*********** *******4321'
}

# A center in which each program has something to say about ticket 1, whose every text carries a
# secret; ticket 2 is alike, so that it is a likely repeat. OPTION... go to ticket-new.
secrets() {
    at 2026-03-02T09:00
    center
    cat >new.csv <<'EOF'
标题,内容,企业,信用代码,联系人,电话,编号,类型,备用号码
秘甲发票13812341234问题,秘乙发票身份证11010519491231002X,秘丙公司13812341234,91110108551385082Q,秘丁先生,13812341234,A1,投诉,秘戊13812341234
秘甲发票13812341234问题,秘乙发票身份证11010519491231002X,秘丙公司13812341234,91110108551385082Q,秘丁先生,13812341234,A2,投诉,秘戊13812341234
EOF
    ticket-new -q --no-ref --received now --csv new.csv "$@" >new
    quiet address-add --org tax --address desk@tax.example
    quiet ticket-route --to tax --assist justice 1 2
    quiet ticket-note --text 秘己13812341234 1 2
    quiet ticket-return --reason 不属于本单位职责 --basis 秘庚13812341234 1
    quiet ticket-return --refuse --text 秘辛13812341234 1
    quiet ticket-extend --days 1 --reason 秘壬13812341234 1
    quiet ticket-appeal --figure due --reason 秘巳13812341234 --basis b 1 2
    quiet ticket-appeal --refuse --reason 秘午13812341234 2
    at 2026-03-20T09:00
    quiet escalate
}

# every FORMAT: everything that is printed about the tickets, in this format.
every() {
    local f="-F $1"
    ticket-list $f
    ticket-list $f --text 发票
    ticket-export $f --source center
    ticket-calendar --org tax
    ticket-show $f 1 2
    ticket-show $f --explain 1 2
    ticket-show $f --acts 1 2
    ticket-route $f 1 2
    ticket-route $f --explain 1 2
    sla-check $f
    sla-check $f --overdue
    sla-check $f --explain 1 2
    escalate $f -n 1 2
    ticket-merge $f --suggest
    ticket-merge $f -n --into 1 2
    ticket-note $f -n --text x 1 2
    ticket-confer $f -n --reason x 1 2
    ticket-assist $f -n --add commerce 1 2
    ruling-list $f
    ruling-retire $f -n --reason x 1
    record-erase $f -n --law x --reason y --field phone 1 2
    record-retain $f -n
    ticket-accept $f -n 1 2
    ticket-suspend $f -n --reason 等待上级批复 --basis x 1 2
    ticket-extend $f -n --approve 1
    ticket-extend $f -n --refuse 1
    ticket-appeal $f -n --approve --reason x 1
    ticket-answer $f -n --text x --without x 1 2
    ticket-correct $f -n --kind 举报 --reason x 1 2
    ticket-decline $f -n --reason 属于信访事项 --basis x 1 2
    ticket-refer $f -n --to 110 --reason x 1 2
    ticket-withdraw $f -n --text x 1 2
    ticket-void $f -n --reason x 1 2
    supervision-list $f
    notice-send $f -n
    notice-list $f
    mail-list $f --all
    web-desk -q
    web-center -q
    supervision-accept $f -n 1 2
    supervision-reply $f -n --text x 1 2
    supervision-order $f -n --to tax --reason x 1 2
    supervision-refuse $f -n --reason x 1
    accountability-list $f --all
    accountability-record $f -n --result x 1
    supervision-dossier 1 2
    supervision-dossier -F md 1 2
    supervision-dossier -F text 1 2
    report-monthly $f 2026-03
    report-period $f --by category --by region 2026-03
    trend-list $f --least 1 2026-03
    ticket-merge $f --suggest --across
    center-check $f
    center-check $f --log
    [ -e log.key ] || log-key log.example log.key >log.pub
    log-head $f -k log.key
    log-prove 1
    log-prove 2
    ticket-receipt 1
    ticket-receipt 2
    sql 'SELECT * FROM v_ticket; SELECT * FROM v_event; SELECT * FROM v_route;
        SELECT * FROM v_supervision'
    # after the answer
    keep answered.db
    {
        ticket-answer $f --by justice --at 2026-03-05T10:00 --text 秘寅13812341234 1 2 # entered late
        supervision-revoke $f --refuse --text 秘辰13812341234 1 2
        ticket-answer $f --text 秘癸13812341234 --without x 1 2
        ticket-correct $f --contact 秘乙先生 --phone 0516-81234 --reason 秘卯13812341234 1 2
        ticket-close $f -n --explained --reason x --basis x 1 2
        ticket-rate $f --score 1 --text 秘子13812341234 1 2
        ticket-follow $f
        ticket-follow $f -n --outcome redo --text x 1
        ticket-follow $f --outcome invalid --text 秘丑13812341234 2
        ticket-show $f 1 2
        ticket-list $f --state closed
        supervision-dossier -F md 1 2
        sql 'SELECT * FROM v_ticket; SELECT * FROM v_event'
    }
    back answered.db
}

@test "an ordinary ticket: no telephone and no identity number anywhere, in any format" {
    secrets
    for format in table tsv csv json; do
        every $format >"$format" 2>errors || true
        [ "$(wc -c <"$format")" -gt 5000 ]
        run ! grep -n -e 13812341234 -e 11010519491231002X -e 19491231 -e 秘丁先生 "$format" errors
        grep -q '138\*\*\*\*1234' "$format"
        grep -q '110105\*\*\*\*\*\*\*\*002X' "$format"
        grep -q 秘甲 "$format"
        grep -q '秘\*\*\*' "$format"
    done
}

@test "a confidential ticket: none of its texts anywhere, in any format" {
    secrets --confidential
    for format in table tsv csv json; do
        every $format >"$format" 2>errors || true
        [ "$(wc -c <"$format")" -gt 4000 ]
        sed -i -E 's/[0-9a-f]{64}//g' "$format" # the digests of files have any digits
        run ! grep -n -e 秘 -e "1234[^5]" -e 91110108551385082Q -e 002X "$format" errors
        grep -q 保密 "$format"
    done
}

@test "every program is among those looked at, or has nothing to show of a ticket" {
    for program in "$BIN"/*; do
        name=${program##*/}
        case $name in
            calendar-check | center-init | log-cosign | log-head | log-key | log-verify | member-* | org-add | org-list | qifu | workday) continue ;; # no tickets
            # figures and numbers, by organisation and the like; a copy of all, for its owner
            assess-score | report-province | center-move | center-rebuild | route-check | route-learn) continue ;;
            # nothing of a ticket but its number; what they show of people, their own tests look at
            duty-check | register-* | address-* | association-* | ballot-* | kb-* | consult-* | enterprise-* | liaison-* | mail-in | policy-* | survey-*) continue ;;
            ticket-new | ticket-resume) continue ;; # see below; as ticket-suspend
            web-file | web-track) continue ;; # to who holds the receipt alone: t/web-track.bats
        esac
        grep -qE "(^| )$name " <(declare -f every secrets) || { echo "$name is not looked at" >&2; return 1; }
    done
    secrets --confidential
    run ! grep 秘 new
    run --separate-stderr ticket-new --no-ref --received now --csv new.csv
    [[ $output$stderr != *秘* ]]
}

@test "ticket-show --unmask shows it, and the log notes it with the program's name" {
    secrets --confidential
    before=$(sql "SELECT count(*) FROM event")
    run --separate-stderr ticket-show --unmask 1
    same "$status$stderr" 0
    for secret in 秘甲 秘乙 秘丙 秘丁先生 秘戊 秘己 秘庚 秘辛 秘壬 $'phone\t13812341234' 11010519491231002X 91110108551385082Q; do
        [[ $output == *"$secret"* ]] || { echo "$secret is missing" >&2; return 1; }
    done
    same "$(sql "SELECT ticket_id, type, actor, data FROM event WHERE id > $before")" \
        "1|unmasked|$(id -un)|{\"program\":\"ticket-show\"}"
    # looking at two is two events; a look at what is not there none
    run --separate-stderr ticket-show -F json --unmask 2 99 1
    same "$status" 2
    same "$(sql "SELECT group_concat(ticket_id) FROM event WHERE type = 'unmasked'")" 1,2,1
    sound
    run --separate-stderr ticket-show 1
    [[ $output != *秘* ]]
}

@test "supervision-dossier --unmask and ticket-follow --unmask leave theirs" {
    secrets --confidential
    for format in md text; do
        run --separate-stderr supervision-dossier -F $format --unmask 1
        same "$status$stderr" 0
        for secret in 秘甲 秘乙 秘丙 秘丁先生 秘己 秘庚 秘辛 秘壬 13812341234; do
            [[ $output == *"$secret"* ]] || { echo "$secret is missing" >&2; return 1; }
        done
    done
    same "$(sql "SELECT ticket_id, data FROM event WHERE type = 'unmasked'")" \
        $'1|{"program":"supervision-dossier"}\n1|{"program":"supervision-dossier"}'
    quiet ticket-answer --text 答 --without x 1 2
    quiet ticket-rate --score 1 1 2
    run --separate-stderr ticket-follow
    [[ $status = 0 && $output != *秘* ]]
    run --separate-stderr ticket-follow --unmask
    same "$status$stderr" 0
    same "$(cut -f 1,5- <<<"$output" | head -1)" $'1\t秘丙公司13812341234\t秘丁先生\t13812341234\t秘甲发票13812341234问题'
    same "$(sql "SELECT group_concat(ticket_id) FROM event WHERE type = 'unmasked' AND data LIKE '%ticket-follow%'")" 1,2
    sound
}

@test "what cannot be noted in the log is not shown" {
    secrets --confidential
    refuse_inserts event "new.type = 'unmasked'" no
    quiet ticket-answer --text 答 --without x 1
    quiet ticket-rate --score 1 1
    for command in "ticket-show --unmask 1" "ticket-show -F json --unmask 1" "ticket-follow --unmask" \
        "supervision-dossier --unmask 1" "supervision-dossier -F md --unmask 1"; do
        run --separate-stderr $command
        same "$status" 2
        [[ $output != *秘* ]] || { echo "$command shows it" >&2; return 1; }
    done
}

@test "ticket-list --text finds what the reader may see; the rest with --unmask, which the log notes" {
    secrets
    quiet ticket-note --confidential 2
    before=$(sql "SELECT count(*) FROM event")
    found() { ticket-list --text "$@" | cut -f 1 | xargs; }
    same "$(found 秘甲)" 1
    same "$(found '138****1234')" 1
    same "$(found 13812)" ""
    same "$(found 19491231)" ""
    same "$(sql "SELECT count(*) FROM event")" "$before"
    same "$(found 1381234 --unmask)" "1 2"
    same "$(found 没有这样的字 --unmask)" ""
    [[ $(ticket-list --text 秘甲 --unmask) != *13812341234* ]]
    same "$(sql "SELECT ifnull(ticket_id, '-'), type, actor, data FROM event WHERE id > $before")" \
        "-|unmasked|$(id -un)|{\"program\":\"ticket-list\",\"text\":\"1381234\",\"matched\":2}
-|unmasked|$(id -un)|{\"program\":\"ticket-list\",\"text\":\"没有这样的字\",\"matched\":0}
-|unmasked|$(id -un)|{\"program\":\"ticket-list\",\"text\":\"秘甲\",\"matched\":2}"
    quiet ticket-list --text 13812341234 --unmask
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        '{"program":"ticket-list","text":"138****1234","matched":2}'
    gives 2 "" "ticket-list: --unmask goes with --text; see ticket-list -h" ticket-list --unmask
    sound
    refuse_inserts event '1 = 1' no
    call ticket-list --text 秘甲 --unmask
    same "$status$output" 2
}

@test "--confidential marks, --public takes it back" {
    secrets
    quiet ticket-note --confidential --text 应企业要求 1
    run --separate-stderr ticket-show 1
    [[ $output != *秘* && $output == *$'\tconfidential\tconfidential'* ]]
    run --separate-stderr ticket-show 2
    [[ $output == *秘甲* && $output != *confidential* ]]
    same "$(sql "SELECT group_concat(ifnull(title, '-')) FROM (SELECT title FROM v_ticket ORDER BY id) x")" "-,秘甲发票138****1234问题"
    quiet ticket-note --public 1
    run --separate-stderr ticket-show 1
    [[ $output == *秘甲* && $output != *$'\tconfidential\tconfidential'* ]]
    gives 2 "" "ticket-note: one of --confidential and --public; see ticket-note -h" \
        ticket-note --confidential --public 1
    sound
}

@test "the views show what is harmless" {
    at 2026-03-02T09:00
    center
    ticket-new -q --title 发票 --body 内容 --contact 张三丰 --phone 0516-83456789 --enterprise 某公司 \
        --uscc 91110108551385082Q >new
    same "$(sql 'SELECT title, body, enterprise, uscc, contact, phone FROM v_ticket')" \
        '发票|内容|某公司|91110108551385082Q|张**|0516-****6789'
    quiet ticket-note --text 无号码 1
    same "$(sql 'SELECT data FROM v_event WHERE id = (SELECT max(id) FROM event)')" '{"text":"无号码"}'
    quiet ticket-note --confidential 1
    same "$(sql 'SELECT title, body, enterprise, uscc, contact, phone, extra FROM v_ticket')" '||||||'
    same "$(sql 'SELECT DISTINCT data FROM v_event WHERE ticket_id = 1')" '{}'
    same "$(sql 'SELECT count(*) FROM v_ticket')" 1
}
