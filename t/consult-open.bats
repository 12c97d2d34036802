#!/usr/bin/env bats
# consult-open: a draft goes out as tickets.

load lib/base
load lib/loop
load lib/consult

@test "a draft goes out: a ticket to each addressee, due with the last day" {
    world
    gives 0 $'1\ttax\n2\tjustice\n3\tchamber' "" consult-open --title 贴息办法 --draft draft.txt \
        --from 市财政局 --until 2026-03-13 --to 市税务局 --to justice --association chamber
    same "$(sql "SELECT t.id, source, ref, channel, kind, title, state, limit_days, o.code
        FROM ticket t JOIN org o ON o.id = t.lead WHERE t.id = 3")" \
        "3|consultation|1:chamber|platform|other|征求意见：贴息办法|dispatched|9|chamber"
    same "$(sql 'SELECT body FROM ticket WHERE id = 1')" $'第一条 为了……\n第二条 电话13987654321'
    same "$(sql 'SELECT DISTINCT basis FROM route')" 征求意见
    same "$(sla-check 1 | cut -f 2)" "$(sla-check 2 | cut -f 2)"
    same "$(sql "SELECT date(due_at + 28800, 'unixepoch') FROM ticket WHERE id = 1")" 2026-03-13
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE type = 'consultation-opened'")" \
        '{"consultation":1,"org":"finance","title":"贴息办法","draft":"第一条 为了……\n第二条 电话139****4321","until":"2026-03-13","to":["tax","justice","chamber"],"tickets":[1,2,3]}'
    gives 0 "1	贴息办法	finance	2026-03-13	3	0	0	0	0	0	-	-" "" consult-list
    # no ladder before the last day is over
    at 2026-03-13T18:00
    gives 0 "" "" escalate
    # the calendar anew: the last day stays the last day
    gives 0 "" "" sla-check --recompute
    sound
}

@test "by class: those to whom such a policy would be pushed, each once" {
    world
    quiet association-add --code guild --name 乙会 --classes loans
    quiet association-add --code league --name 丙会 --classes jobs
    drafted="consult-open --draft draft.txt --from finance --until 2026-03-13"
    same "$($drafted --title 一 --class loans --association guild | cut -f 2 | sort | xargs)" \
        "$(association-list --class loans | cut -f 1 | sort | xargs)"
    same "$($drafted --title 二 --class finance --to tax | cut -f 2 | sort | xargs)" \
        "$({ echo tax; association-list --class finance | cut -f 1; } | sort | xargs)"
    same "$(association-list --class loans | grep -c guild)" 1
    refuses 'consult-open: --class: unknown class "loanz" (did you mean loans?)' $drafted --title 三 --class loanz
    same "$($drafted --title 三 --class 没有的 2>&1 >/dev/null | grep -c 'unknown class')" 1
    sound
}

@test "opened again: only what is missing" {
    opened
    again="consult-open --title 贴息办法 --draft draft.txt --from finance"
    gives 0 "" "" $again --until 2026-03-13 --to tax
    before=$(everything)
    gives 0 $'-\tcommerce' "" $again --until 2026-03-13 --to tax --to commerce --to commerce -n
    same "$(everything)" "$before"
    gives 0 $'4\tcommerce' "" $again --until 2026-03-13 --to tax --to commerce --to commerce
    same "$(sql "SELECT json_extract(data, '\$.to') FROM v_event WHERE type = 'consultation-opened' ORDER BY id DESC LIMIT 1")" \
        '["commerce"]'
    refuses "consult-open: consultation 1 has this title, with the last day 2026-03-13" \
        $again --until 2026-03-14 --to commerce
    echo 别的 >draft.txt
    refuses "consult-open: consultation 1 has this title, with another draft" \
        $again --until 2026-03-13 --to commerce
    # another drafter may use the title
    gives 0 $'5\ttax' "" consult-open --title 贴息办法 --draft draft.txt --from commerce \
        --until 2026-03-13 --to tax
    sound
}

@test "drafts: GB18030, standard input, what is no text" {
    world
    rest="--from finance --until 2026-03-13 --to tax"
    iconv -f UTF-8 -t GB18030 draft.txt >gb.txt
    quiet consult-open --title 一 --draft gb.txt $rest
    quiet bash -c "consult-open --title 二 --draft - $rest <draft.txt"
    same "$(sql 'SELECT count(DISTINCT draft) FROM consultation')" 1
    printf '\0\1' >binary
    : >empty
    gives 2 "" "consult-open: binary: no text in UTF-8 or GB18030" consult-open --title 三 --draft binary $rest
    gives 2 "" "consult-open: empty: the file is empty" consult-open --title 三 --draft empty $rest
    gives 2 "" "consult-open: none: No such file or directory" consult-open --title 三 --draft none $rest
    run --separate-stderr consult-open --title 三 --draft . $rest
    same "$status$output" 2
    gives 2 "" '"tax" is not an association; --to sends to any organisation' bash -c \
        "consult-open --title 三 --draft draft.txt $rest --association tax 2>&1 >/dev/null | sed 's/^consult-open: //' >&2; exit 2"
    gives 2 "" "consult-open: --until lies in the past" consult-open --title 三 --draft draft.txt \
        --from finance --until 2026-03-01 --to tax
}

@test "a wrong command line is refused, with what would be right" {
    world
    end="; see consult-open -h"
    open="consult-open --title x --draft y --from finance --until 2026-03-13"
    gives 2 "" "consult-open: --to is missing (or --association, --enterprise, --class, --public)$end" $open
    gives 2 "" "consult-open: no operand is expected$end" $open --to tax 1
    gives 2 "" "consult-open: --title is missing$end" consult-open --to tax
    gives 2 "" "consult-open: --title is missing$end" $open --title '' --to tax
    gives 2 "" "consult-open: --until is missing$end" consult-open --title x --draft y --from tax --to tax
}

@test "at a terminal: a draft that is out for fewer days than is usual" {
    need_terminal
    world
    told() { script -qec "consult-open --title $1 --draft draft.txt --from finance --until $2 --to tax ${3-} >out" typescript </dev/null | tr -d '\r'; }
    today=${QIFU_NOW%T*}
    same "$(told 一 "$(date -d "$today 1 day" +%F)")" "consult-open: the draft is out for 1 day; usual are 30 at least (consult_days)"
    same "$(told 二 "$(date -d "$today 29 days" +%F)")" "consult-open: the draft is out for 29 days; usual are 30 at least (consult_days)"
    same "$(told 三 "$(date -d "$today 30 days" +%F)")" ""
    same "$(told 四 "$(date -d "$today 1 day" +%F)" -q)" ""
}

@test "enterprises by name, all of them and the public: who may say something, how long, and why not longer" {
    at 2026-03-02T10:00
    center
    enterprise-add -q --accept-code x --code 91320300MA00000001 --name 甲公司 --contact 欧阳锋 --phone 13812345678 >out
    enterprise-add -q --accept-code x --code 91320300MA00000002 --name 乙公司 >out
    echo 第一条 >draft
    open="consult-open --draft draft --from tax --until 2026-03-12"
    gives 0 $'1\tjustice\n-\t91320300MA00000001' "" $open --title 内部 --to justice --enterprise 甲公司
    gives 0 "" "" $open --title 内部 --to justice --enterprise 甲公司
    gives 0 $'1\t1\t91320300MA00000001\tadded' "" consult-answer --enterprise 甲公司 --text 好 内部
    gives 2 "" "consult-answer: consultation 1 was not sent to that enterprise, and is not open to all" \
        consult-answer --enterprise 乙公司 --text 好 内部
    gives 2 "" "consult-answer: consultation 1 is not open to the public; consult-open --public opens it" \
        consult-answer --public --text 好 内部
    gives 2 "" "consult-open: --urgent goes with --public; see consult-open -h" $open --title x --to tax --urgent x
    gives 0 "" "" policy-check --only short-term
    # opened later, its days are counted from then
    gives 0 $'-\tpublic' "" $open --title 内部 --public --now 2026-03-04T10:00
    gives 0 $'-\tpublic' "" $open --title 急件 --public --urgent 防汛
    gives 0 $'-\tpublic' "" consult-open --draft draft --from tax --until 2026-04-01 --title 常规 --public
    at 2026-03-05T10:00
    gives 1 $'1\tshort-term\tthe draft 内部 is open to the public for 8 days, until 2026-03-12; 30 are the least, but for a reason (consult-open --urgent)\ttax' \
        "" policy-check --only 公开征求期短
    gives 0 "" "" policy-check --only short-term --as-of 2026-03-03
    printf '征求意见,单位,企业,意见\n内部,公众,,再议\n内部,,乙公司,可\n内部,司法局,,可\n' >o.csv
    gives 0 $'2\t1\tpublic\tadded\n3\t1\t91320300MA00000002\tadded\n4\t1\tjustice\tadded' "" consult-answer --csv o.csv
    gives 0 $'2\t1\tpublic\tsame\n3\t1\t91320300MA00000002\tsame\n4\t1\tjustice\tsame' "" consult-answer --csv o.csv
    gives 2 "" "consult-answer: one of --by, --enterprise and --public; see consult-answer -h" consult-answer --public --by tax --text x 1
    same "$(consult-list | cut -f 2,5-7,11-)" $'常规\t0\t0\t0\t2026-03-02\t-
急件\t0\t0\t0\t2026-03-02\t防汛\n内部\t2\t2\t4\t2026-03-04\t-'
    consult-decide -q --adopt --reason 可 1 2 >out
    same "$(consult-report --feedback 1 | cut -f 4-7)" $'91320300MA00000001\t甲公司\t欧**\t138****5678\npublic\t社会公众\t-\t-'
    consult-report 1 | grep -q '向社会公开征求  自2026-03-04起8日'
    consult-report 2 | grep -q '自2026-03-02起10日，理由：防汛'
    gives 0 "" "" center-check
}
