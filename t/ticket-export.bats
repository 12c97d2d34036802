#!/usr/bin/env bats
# ticket-export: a source is told what became of its tickets, each change once.

load lib/base

quiet() { "$@" >out; }

# A center with three tickets, two of which the hotline gave.
hotline() {
    at 2026-03-02T09:00
    center
    printf '工单编号,标题,类型,受理时间\nA1,退税,投诉,2026-03-02 08:00\nA2,停电,求助,2026-03-02 08:30\n' |
        ticket-new -q --source 12345 --csv - >out
    quiet ticket-new -q --title 本中心
    quiet ticket-route -q --to tax 1 2 3
}

@test "what changed since the mark, in the source's words" {
    hotline
    gives 0 $'A1\t12345\t1\tdispatched\ttax\t2026-03-02T08:00:00+08:00\t2026-03-09T23:59:59+08:00\t2026-03-02T09:00:00+08:00\t-\t-\t-\t-\t-\t-\t-\t'"$(sql "SELECT max(id) FROM event WHERE ticket_id = 1")
A2	12345	2	dispatched	tax	2026-03-02T08:30:00+08:00	2026-03-05T23:59:59+08:00	2026-03-02T09:00:00+08:00	-	-	-	-	-	-	-	$(sql "SELECT max(id) FROM event WHERE ticket_id = 2")" \
        "" ticket-export --source 12345
    mark=$(ticket-export --source 12345 | tail -1 | cut -f 16)
    gives 1 "" "" ticket-export --source 12345 --since "$mark"
    quiet ticket-note --text 与热线无关 1
    gives 1 "" "" ticket-export --source 12345 --since "$mark"
    at 2026-03-03T10:00
    quiet ticket-answer --by tax --text '已退税，请拨打13812341234' 1
    quiet ticket-rate --score 5 --text 很快 1
    same "$(ticket-export --source 12345 --since "$mark" -F csv | tr -d '\r' | cut -d , -f 1-5,9-15)" \
        $'\xef\xbb\xbf工单编号,来源,系统编号,状态,承办单位,答复意见,答复时间,满意度,评价意见,评价时间,办结时间,办结方式
A1,12345,1,已办结,国家税务总局徐州市税务局,已退税，请拨打138****1234,2026-03-03 10:00:00,非常满意,很快,2026-03-03 10:00:00,2026-03-03 10:00:00,满意办结'
    [[ $(ticket-export --source 12345 --since "$mark" --unmask) == *13812341234* ]]
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE type = 'unmasked'")" '{"program":"ticket-export","source":"12345"}'
    gives 2 "" "ticket-export: whose tickets? --source; see ticket-export -h" ticket-export
    gives 1 "" "" ticket-export --source 热线
}

@test "a mark in a file: each change once, and none lost where the run could not print" {
    hotline
    same "$(ticket-export --source 12345 --mark m | cut -f 1 | xargs)" "A1 A2"
    gives 1 "" "" ticket-export --source 12345 --mark m
    quiet ticket-accept --by tax 2
    same "$(ticket-export -n --source 12345 --mark m | cut -f 1)" A2
    run bash -c 'ticket-export --source 12345 --mark m >/dev/full'
    same "$status $output" "2 ticket-export: cannot write to standard output: No space left on device"
    same "$(ticket-export --source 12345 --mark m | cut -f 1,4)" $'A2\taccepted'
    gives 1 "" "" ticket-export --source 12345 --mark m
    same "$(cat m) $(ls m*)" "$(sql "SELECT max(id) FROM event") m"
    for wrong in x '1 2' -1 ''; do
        printf '%s' "$wrong" >wrong
        gives 2 "" "ticket-export: wrong: not a mark: it holds no number alone" ticket-export --source 12345 --mark wrong
    done
    gives 2 "" "ticket-export: one of --since and --mark; see ticket-export -h" ticket-export --source 12345 --mark m --since 1
}

@test "the source takes the file in: answers and ratings arrive" {
    hotline
    quiet ticket-answer --by tax --text 已退税 1
    quiet ticket-rate --score 4 --text 还行 1
    ticket-export --source 12345 -F csv >export.csv
    no_center
    hotline
    # rows of what is not answered yet have no text, and stay out
    sed -n "1p; \$p" export.csv >answered.csv
    quiet ticket-answer -q --source 12345 --csv answered.csv
    cut -d , -f 1,2,11,13 answered.csv >rated.csv # who handled it rates nothing
    quiet ticket-rate -q --source 12345 --csv rated.csv
    same "$(sql "SELECT json_extract(data, '$.text') FROM event WHERE ticket_id = 1 AND type = 'answered'")" 已退税
    same "$(ticket-export --source 12345 | cut -f 1,4,11)" $'A2\tdispatched\t-
A1\tclosed\t4'
    gives 0 "" "" center-check
}

@test "Open311 GeoReport v2, out and in" {
    hotline
    quiet ticket-answer --by tax --text 已退税 1
    ticket-export --source 12345 --georeport >requests.json
    same "$(jq -c '.[] | select(.service_request_id == "A1")' requests.json)" '{"service_request_id":"A1","status":"closed","status_notes":"已退税","service_code":"complaint","service_name":"投诉","description":"退税","agency_responsible":"国家税务总局徐州市税务局","requested_datetime":"2026-03-02T08:00:00+08:00","updated_datetime":"2026-03-02T09:00:00+08:00","expected_datetime":"2026-03-09T23:59:59+08:00"}'
    same "$(jq -r '.[] | .service_request_id + .status' requests.json | sort | xargs)" "A1closed A2open"
    same "$(ticket-export --source 热线 --georeport)" "[]"
    # those of another system come in as lines
    no_center
    center
    jq -c '.[] | {title: .description} + .' requests.json >requests.jsonl
    quiet ticket-new -q --source 12345 --jsonl requests.jsonl
    same "$(sql "SELECT ref, kind, title, received_at FROM ticket ORDER BY ref")" "$(printf '%s\n' \
        "A1|complaint|退税|$(date -d 2026-03-02T08:00+08:00 +%s)" "A2|help|停电|$(date -d 2026-03-02T08:30+08:00 +%s)")"
}
