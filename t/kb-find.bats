#!/usr/bin/env bats
# kb-find: fifty questions as firms ask them (t/kb/questions.tsv), written before anything ranked.

load lib/base

# rank CODE QUESTION: at which place among the first five it is; 0: at none
rank() { kb-find --most 5 -F tsv "$2" | awk -F '\t' -v code="$1" '$2 == code { print NR; found = 1 } END { if (!found) print 0 }'; }

@test "fifty questions: the right entry is among the first five" {
    at 2026-04-01T10:00
    center
    kb-add -q --csv "$TREE/t/kb/entries.csv" >out
    while IFS=$'\t' read -r code question; do
        echo "$(rank "$code" "$question") $code $question"
    done <"$TREE/t/kb/questions.tsv" >ranks
    same "$(wc -l <ranks) $(grep '^0' ranks)" "50 "
    [ "$(grep -c '^1 ' ranks)" -ge 48 ]
}

@test "among entries without sense, of the same words" {
    at 2026-04-01T10:00
    center
    count=500
    [ -z "${QIFU_THOROUGH-}" ] || count=100000
    "$TREE/t/kb/generate" -v count=$count -v seed=1 | kb-add -q --csv - >out
    kb-add -q --csv "$TREE/t/kb/entries.csv" >out
    while IFS=$'\t' read -r code question; do
        echo "$(rank "$code" "$question") $code $question"
    done < <([ $count = 500 ] && awk 'NR % 5 == 1' "$TREE/t/kb/questions.tsv" || cat "$TREE/t/kb/questions.tsv") >ranks
    # who asks only what thousands of entries are about does not find the one
    [ "$(grep -c '^0 ' ranks)" -le $((count == 500 ? 1 : 2)) ]
    # a word of two characters finds all entries that have it, whoever else does
    for word in 夜市 摊位 商标; do
        same "$word $(kb-find --most 1000 $word | wc -l)" \
            "$word $(sql "SELECT count(*) FROM (SELECT 1 FROM kb_entry WHERE title || ' ' || text LIKE '%$word%' LIMIT 1000) found")"
    done
    gives 0 "" "" center-check
}

@test "what holds no more is left out; letters of any case; what is no question" {
    at 2026-04-01T10:00
    center
    kb-add -q --code a --title 退税 --text 三日内退 --until 2026-03-31 >out
    kb-add -q --code b --title 'VAT 退税' --text 电子税务局 --org tax --until 2026-04-01 >out
    same "$(kb-find 退税 | cut -f 2)" b
    same "$(kb-find --all 退税 | cut -f 2 | sort | xargs)" "a b"
    same "$(kb-find vat | cut -f 2,4,5)" "b	tax	2026-04-01"
    gives 1 "" "" kb-find 天气
    gives 2 "" "kb-find: a question has two characters side by side, or more" kb-find 税
    gives 2 "" "kb-find: ask something; see kb-find -h" kb-find
    kb-find -F table 退税 | grep -q '国家税务总局徐州市税务局'
}

@test "a ticket is answered with an entry" {
    at 2026-04-01T10:00
    center
    kb-add -q --code a --title 退税 --text 三日内退。 --until 2026-04-02 >out
    ticket-new -q --kind 咨询 --title 退税 | ticket-route -q --to tax - >out
    gives 2 "" "ticket-answer: 1: one of --text and --kb" ticket-answer --text x --kb 1 1
    gives 2 "" "ticket-answer: 1: no entry 2 in the knowledge base" ticket-answer --kb 2 1
    gives 2 "" "ticket-answer: 1: entry a holds no more; kb-check lists these" ticket-answer --kb 1 --now 2026-04-03 1
    ticket-answer -q --kb 1 1 >out
    same "$(sql "SELECT json_extract(data, '\$.text'), json_extract(data, '\$.kb') FROM v_event WHERE type = 'answered'")" "三日内退。|1"
    ticket-show -F table 1 | grep -q '“三日内退。”.*知识编号 1'
    gives 0 "" "" center-check
}
