#!/usr/bin/env bats
# escalate: each level of the ladder fires once, with its own moment, whatever the sweeps do.

load lib/base

own_config() {
    cp -r "$TREE/share" "$T/share"
    export QIFU_CONFIG=$T/share
}

# new KIND TIME [OPTION...]: takes in a ticket, prints its id. Where the test sets no clock it is that
# of the last ticket.
new() {
    local kind=$1 time=$2
    shift 2
    [ "${QIFU_NOW-}" != "${last-}" ] || { at "$time" && last=$time; }
    ticket-new -q --kind "$kind" --at "$time" --title "$kind" "$@" | cut -f1
}

# given KIND TIME [OPTION...]: the same, and dispatches it to tax at once: the lead's clock is the
# ticket's.
given() {
    local by="--by city-government-office" # the center's own word does not go so far back
    grep -q ^conveners "$QIFU_CONFIG/center.yaml" || by=
    new "$@" >taken && ticket-route -q $by --to tax --at "$2" "$(cat taken)" >out && cat taken
}

# sweep TIME [ID...]: what fires then, as id and level.
sweep() {
    local now=$1
    shift
    escalate --now "$now" "$@" >swept || return
    cut -f1,2 swept | tr '\t\n' ': '
}

# Puts this text in the place of the ladder of center.yaml; what is not replied to raises nothing.
ladder() {
    own_config
    sed -i '/^ladder:/,$d; s/^unanswered: next-level/unanswered: nothing/' share/center.yaml
    { echo ladder:; cat; } >>share/center.yaml
}

# The levels that have fired, by their events. What a lead's event does not say, its dispatch does.
fired_by_events() {
    sql "SELECT e.ticket_id, coalesce(e.data ->> 'role', 'lead'),
            coalesce(e.data ->> 'org', (SELECT d.data ->> 'lead' FROM event d WHERE d.type = 'dispatched'
                AND d.ticket_id = e.ticket_id AND d.id < e.id ORDER BY d.id DESC LIMIT 1)),
            coalesce(e.data ->> 'level', e.data ->> 'reached'), e.at
        FROM event e WHERE e.type IN ('escalated', 'assist-escalated', 'dispatch-escalated')
        AND e.ticket_id NOT IN (SELECT ticket_id FROM event WHERE type = 'level-moved')
        ORDER BY 1, 2, 3, 5, 4"
}

# Every supervision has its event, and the other way round; the ticket shows the last one of its lead
# that stands. The log's time does not go back with a sweep's.
agree() {
    same "$(sql "SELECT s.ticket_id, s.role, o.code, s.level, s.level_at FROM supervision s
        JOIN org o ON o.id = s.org_id
        WHERE s.ticket_id NOT IN (SELECT ticket_id FROM event WHERE type = 'level-moved')
        ORDER BY 1, 2, 3, 5, 4")" "$(fired_by_events)" || return
    same "$(sql "SELECT count(*) FROM supervision s JOIN event e
            ON e.ticket_id = s.ticket_id AND e.at = s.level_at AND e.type LIKE '%escalated'
            WHERE s.swept_at > e.recorded_at")" 0 || return
    same "$(sql "SELECT id, level FROM ticket WHERE level IS NOT NULL ORDER BY id")" \
        "$(sql "SELECT t.id, s.level FROM ticket t JOIN supervision s ON s.id = (SELECT o.id FROM supervision o
            WHERE o.ticket_id = t.id AND o.round = t.round AND o.role = 'lead' AND o.org_id = t.lead
            AND o.revoked_at IS NULL ORDER BY level_at DESC, o.id DESC LIMIT 1) ORDER BY t.id")" || return
    same "$(sql "SELECT count(*) FROM supervision WHERE revoked_at IS NULL
        GROUP BY ticket_id, round, role, org_id, level, CASE role WHEN 'dispatch' THEN level_at END
        HAVING count(*) > 1")" "" || return
    gives 0 "" "" center-check -q
}

@test "each level fires once, at its second, with its own moment and the sweep's" {
    center
    given 投诉 2026-02-13T10:00
    gives 0 "" "" escalate --now 2026-02-27T23:59:59
    gives 0 $'1\tyellow\tcenter\t2026-02-27T23:59:59+08:00\t0\ttax\t投诉\tlead\t-' "" \
        escalate --now 2026-02-28T00:00:00
    gives 0 "" "" escalate --now 2026-02-28T00:00:00
    gives 0 "" "" escalate --now 2026-03-03T23:59:59
    gives 0 $'1\torange\tbusiness-environment-office\t2026-02-27T23:59:59+08:00\t3\ttax\t投诉\tlead\t-' "" \
        escalate --now 2026-03-04T08:30:00
    gives 0 "" "" escalate --now 2026-03-05T23:59:59
    gives 0 $'1\tred\tdiscipline-commission\t2026-02-27T23:59:59+08:00\t5\ttax\t投诉\tlead\t-' "" \
        escalate --now 2026-03-06T00:00:00
    gives 0 "" "" escalate --now 2030-01-01
    same "$(sql "SELECT level, supervisor, lead, document, accountability, due, level_began, swept,
            reply_due FROM v_supervision ORDER BY id")" \
        "yellow|center|tax|一次督办|0|2026-02-27T23:59:59+08:00|2026-02-28T00:00:00+08:00|2026-02-28T00:00:00+08:00|2026-03-03T23:59:59+08:00
orange|business-environment-office|tax|市营商办督办|0|2026-02-27T23:59:59+08:00|2026-03-04T00:00:00+08:00|2026-03-04T08:30:00+08:00|2026-03-06T23:59:59+08:00
red|discipline-commission|tax|二次督办|1|2026-02-27T23:59:59+08:00|2026-03-06T00:00:00+08:00|2026-03-06T00:00:00+08:00|2026-03-09T23:59:59+08:00"
    same "$(sql "SELECT at, recorded, json_remove(data, '$.rows') FROM v_event WHERE type = 'escalated' ORDER BY id DESC LIMIT 1")" \
        '2026-03-06T00:00:00+08:00|2026-03-06T00:00:00+08:00|{"level":"red","supervisor":"discipline-commission","accountability":true,"next":0}'
    same "$(sql "SELECT level, next_level_at IS NULL FROM ticket")" "red|1"
    agree
}

@test "after days of downtime one sweep fires every level that was passed" {
    center
    given 投诉 2026-02-13T10:00
    same "$(sweep 2026-03-04T09:00)" "1:yellow 1:orange "
    given 投诉 2026-02-13T10:00
    same "$(sweep 2026-05-01T09:00)" "2:yellow 2:orange 2:red 1:red "
    same "$(cut -f5 swept | sort -u)" 44 # what is printed is how late it is now
    same "$(sql "SELECT level_began, swept FROM v_supervision WHERE ticket_id = 2 ORDER BY id")" \
        "2026-02-28T00:00:00+08:00|2026-05-01T09:00:00+08:00
2026-03-04T00:00:00+08:00|2026-05-01T09:00:00+08:00
2026-03-06T00:00:00+08:00|2026-05-01T09:00:00+08:00"
    same "$(sweep 2026-05-01T09:00)" ""
    agree
}

@test "table, csv and json say the same" {
    center
    given 投诉 2026-02-13T10:00
    gives 0 "编号  级别  督办单位            答复期限          超期工作日  主办                      标题  职责  暂定
   1  黄色  徐州市企业服务中心  2026-02-27 23:59           0  国家税务总局徐州市税务局  投诉  主办  -" "" \
        escalate -n -F table --now 2026-02-28
    gives 0 '{"id":1,"level":"yellow","supervisor":"center","due":"2026-02-27T23:59:59+08:00","overdue":0,"lead":"tax","title":"投诉","role":"lead","provisional":null}' "" \
        escalate -n -F json --now 2026-02-28
    gives 0 $'id\tlevel\tsupervisor\tdue\toverdue\tlead\ttitle\trole\tprovisional' "" escalate -H --now 2026-02-27
}

@test "answered and closed tickets are left in peace" {
    center
    for i in 1 2 3 4; do given 投诉 2026-02-13T10:00; done
    new 投诉 2026-02-13T09:00 # 5, which 4 repeats
    at 2026-02-27T23:59:59
    ticket-answer -q --text x 1 >out
    ticket-withdraw -q --reason 已解决 2 >out
    ticket-merge -q --into 5 4 >out
    same "$(sweep 2026-02-28 1 2 3 4)" "3:yellow "
    same "$(sweep 2026-03-20 1 2 3 4)" "3:orange 3:red "
    agree
}

@test "ids as operands and from standard input: the others wait" {
    center
    for i in 1 2 3 4 5; do given 投诉 2026-02-13T10:00; done
    at 2026-02-28
    gives 2 $'4\tyellow\tcenter\t2026-02-27T23:59:59+08:00\t0\ttax\t投诉\tlead\t-
2\tyellow\tcenter\t2026-02-27T23:59:59+08:00\t0\ttax\t投诉\tlead\t-' \
        $'escalate: not an id: "x"\nescalate: 77: no such ticket' escalate 4 77 x 2
    sh_run 'printf "5\tyellow\n4\n\n5\r\n78" | escalate -'
    same "$(cut -f1,2 <<<"$output")" $'5\tyellow'
    same "$stderr" "escalate: 78: no such ticket"
    same "$status" 2
    gives 0 "" "" escalate 4 2 5
    same "$(sweep 2026-02-28)" "1:yellow 3:yellow "
    agree
}

# S6: "In the pool the ladder runs to red with lead NULL: accountability against nobody. There is no
# limit for dispatch." Scenario 41: "no accountability against nobody; center owes".
@test "tickets in the pool are the center's breach, and none of those who get them later" {
    center
    new 投诉 2026-02-13T10:00
    gives 0 "" "" escalate --now 2026-02-13T23:59:59
    gives 0 $'1\tdispatch-late\tbusiness-environment-office\t2026-02-13T23:59:59+08:00\t0\tcenter\t投诉\tdispatch\t-' "" \
        escalate --now 2026-02-14
    same "$(sweep 2026-03-06)" ""
    same "$(supervision-list --org center | cut -f 1,2,3,4)" $'1\tdispatch-late\tbusiness-environment-office\tcenter'
    at 2026-03-06T09:00
    ticket-route --to tax 1 >out
    same "$(sweep 2026-03-13T23:59:59)" ""
    same "$(sweep 2026-03-14)" "1:yellow "
    same "$(sql "SELECT level, lead, supervisor, document, accountability, due FROM v_supervision ORDER BY id")" \
        "dispatch-late|center|business-environment-office|派发督办|0|2026-02-13T23:59:59+08:00
yellow|tax|center|一次督办|0|2026-03-13T23:59:59+08:00"
    agree
}

@test "-n shows what would fire and changes nothing" {
    center
    for i in 1 2; do given 投诉 2026-02-13T10:00; done
    before=$(sql .dump)
    expected=$'1\tyellow\tcenter\t2026-02-27T23:59:59+08:00\t3\ttax\t投诉\tlead\t-
1\torange\tbusiness-environment-office\t2026-02-27T23:59:59+08:00\t3\ttax\t投诉\tlead\t-'
    gives 0 "$expected" "" escalate -n --now 2026-03-04 1
    gives 0 "$expected"$'\n'"${expected//1$'\t'/2$'\t'}" "" escalate -n --now 2026-03-04
    gives 0 "$expected"$'\n'"${expected//1$'\t'/2$'\t'}" "" escalate -n --now 2026-03-04
    same "$(sql .dump)" "$before"
}

@test "a sweep of more tickets than one transaction takes, also dry" {
    center
    { echo 编号,标题,类型,受理时间; seq 1300 | sed 's/$/,x,投诉,2026-02-13/'; } |
        ticket-new -q --csv - >ids
    ticket-route -q --by city-government-office --to tax --at 2026-02-13 - <ids >out
    same "$(escalate -n --now 2026-04-01 | wc -l)" 3900
    same "$(escalate --now 2026-04-01 | wc -l)" 3900
    same "$(escalate --now 2026-04-01 | wc -l)" 0
    agree
}

@test "two sweeps at once: each level once, all of them between the two" {
    center
    { echo 编号,标题,类型,受理时间; seq 200 | sed 's/$/,x,投诉,2026-02-13/'; } |
        ticket-new -q --csv - >ids
    ticket-route -q --by city-government-office --to tax --at 2026-02-13 - <ids >out
    for day in 02-28 03-01 03-02 03-03 03-04 03-05 03-06 03-07 03-08 03-09 03-10 03-11; do
        escalate --now 2026-$day >a 2>a.err 3>&- &
        first=$!
        escalate --now 2026-$day >b 2>b.err 3>&- &
        second=$!
        wait $first
        wait $second
        same "$(cat a.err b.err)" ""
        cut -f1,2 a b >>all
    done
    same "$(cut -f2 all | sort | uniq -c | xargs)" "200 orange 200 red 200 yellow"
    same "$(sort all | uniq -d)" ""
    # and for single tickets, many times
    for i in $(seq ${QIFU_THOROUGH:+2}5); do
        id=$(given 投诉 2026-02-13)
        escalate --now 2026-04-01 "$id" >a 3>&- &
        first=$!
        escalate --now 2026-04-01 "$id" >b 3>&- &
        second=$!
        escalate --now 2026-04-01 >c
        wait $first
        wait $second
        same "$(cut -f1,2 a b c | sort | xargs)" "$id orange $id red $id yellow"
    done
    agree
}

@test "a ladder of two levels fires two" {
    ladder <<'EOF'
  - level: first
    name: 蓝色
    after: 1
    supervisor: 市作风办
    document: 通报
    reply_days: 3
  - level: second
    name: 紫色
    after: 2
    supervisor: tax
    document: 约谈
    accountability: true
EOF
    center
    given 投诉 2026-02-13T10:00
    same "$(sweep 2026-02-28T23:59:59)" ""
    gives 0 $'1\tfirst\tconduct-office\t2026-02-27T23:59:59+08:00\t1\ttax\t投诉\tlead\t-' "" \
        escalate --now 2026-03-01
    gives 0 $'1\tsecond\ttax\t2026-02-27T23:59:59+08:00\t2\ttax\t投诉\tlead\t-' "" escalate --now 2026-03-03
    same "$(sweep 2027-03-01)" ""
    same "$(sql "SELECT level_name, document, reply_due, accountability FROM v_supervision ORDER BY id")" \
        "蓝色|通报|2026-03-04T23:59:59+08:00|0
紫色|约谈|2026-03-03T23:59:59+08:00|1"
    same "$(sla-check --now 2026-03-03 | cut -f2)" second
    agree
}

@test "a ladder of four levels fires four" {
    ladder <<'EOF'
  - {level: l1, after: 0, supervisor: center}
  - {level: l2, after: 1, supervisor: center}
  - {level: l3, after: 10, supervisor: tax}
  - {level: l4, after: 20, supervisor: finance}
EOF
    center
    given 投诉 2026-02-13T10:00
    same "$(sweep 2026-03-12T23:59:59)" "1:l1 1:l2 "
    same "$(sweep 2026-03-13)" "1:l3 "
    same "$(sweep 2026-06-01)" "1:l4 "
    agree
}

@test "another ladder: none at all" {
    own_config
    sed -i '/^ladder:/,$d' share/center.yaml
    echo 'ladder: []' >>share/center.yaml
    center
    given 投诉 2026-02-13T10:00
    same "$(sweep 2027-01-01)" ""
    same "$(sla-check --overdue --now 2026-03-01 | cut -f2,4)" $'-\t1'
    agree
}

@test "the ladder is changed under tickets that stand on it" {
    center
    given 投诉 2026-02-13T10:00
    given 投诉 2026-02-13T10:00
    given 投诉 2026-02-13T10:00
    same "$(sweep 2026-03-04 1)" "1:yellow 1:orange "
    same "$(sweep 2026-03-04 2)" "2:yellow 2:orange "
    # the middle level goes, a last one comes, the first begins later
    ladder <<'EOF'
  - {level: yellow, name: 黄色, after: 2, supervisor: center}
  - {level: red, name: 红色, after: 6, supervisor: finance}
  - {level: black, name: 黑色, after: 8, supervisor: tax}
EOF
    same "$(sweep 2026-03-01 3)" "" # for ticket 3 yellow has moved to 03-03
    agree
    same "$(sweep 2026-03-03)" "3:yellow "
    agree
    same "$(sweep 2026-03-06)" "" # where red began before
    agree
    same "$(sweep 2026-03-07)" "1:red 2:red 3:red "
    agree
    same "$(sweep 2026-03-11)" "1:black 2:black 3:black "
    same "$(sweep 2026-03-31)" ""
    agree
}

@test "a level is added after the last one: --recompute makes it known to those that had passed all" {
    center
    given 投诉 2026-02-13T10:00
    same "$(sweep 2026-03-06)" "1:yellow 1:orange 1:red "
    supervision-reply -q --text 已整改 --now 2026-03-06 1 >out
    own_config
    sed -i '/^# The loop/i\  - {level: black, name: 黑色, after: 8, supervisor: tax}\n' share/center.yaml
    sla-check --recompute --now 2026-03-06 >out
    same "$(sweep 2026-03-10T23:59:59)" ""
    same "$(sweep 2026-03-11)" "1:black "
    agree
}

@test "a level before the stored moment, fired by operand, is remembered" {
    ladder <<'EOF'
  - {level: orange, after: 3, supervisor: center}
EOF
    center
    given 投诉 2026-02-13T10:00
    sed -i '/^ladder:/a\  - {level: yellow, after: 0, supervisor: center}' share/center.yaml
    same "$(sweep 2026-02-28 1)" "1:yellow "
    agree
    same "$(sweep 2026-03-04)" "1:orange "
    agree
}

@test "day_end moves the levels to the close of business" {
    own_config
    sed -i 's/^day_end: "24:00"/day_end: "17:30"/' share/center.yaml
    center
    given 投诉 2026-02-13T10:00
    same "$(sweep 2026-02-27T17:30:00)" ""
    same "$(sweep 2026-02-27T17:30:01)" "1:yellow "
    supervision-reply -q --text 已整改 --now 2026-02-28 1 >out
    same "$(sweep 2026-03-03T17:30:00)" ""
    same "$(sweep 2026-03-03T17:30:01)" "1:orange "
    same "$(sql "SELECT level_began FROM v_supervision ORDER BY id DESC LIMIT 1")" 2026-03-03T17:30:01+08:00
    agree
}

@test "a supervisor who is not an organisation" {
    center
    given 投诉 2026-02-13T10:00
    own_config
    sed -i 's/supervisor: business-environment-office/supervisor: night-watch/' share/center.yaml
    gives 2 "" "escalate: $T/share/center.yaml: level orange: no organisation \"night-watch\" to supervise it; org-add adds one" \
        escalate --now 2026-02-28
    same "$(sql "SELECT count(*) FROM supervision")" 0
    gives 1 $'configuration\t-\tlevel orange is supervised by "night-watch", which is not an organisation
configuration\t-\tlevel dispatch-late is supervised by "night-watch", which is not an organisation' "" center-check
    org-add -q --code night-watch --name 更夫 --group supervisor >out
    same "$(sweep 2026-03-04)" "1:yellow 1:orange "
}

# expect DATE: how many tickets that are led have reached each level at that day's beginning, counted
# from nothing but the days' own table; a lead's clock is the ticket's.
expect() {
    awk -F '\t' -v now="$1" '
        NR == FNR { split($0, f, ","); if (FNR > 1) { if (f[2]) nth[++n] = f[1]; ended[f[1]] = n } next }
        {
            limit = $2 == "policy-consultation" ? 1 : $2 == "help" || $2 == "suggestion" ? 3 : 5
            due = ended[$1] + limit
            yellow += nth[due] < now
            orange += nth[due + 3] < now
            red += nth[due + 5] < now
        }
        END { print yellow + 0, orange + 0, red + 0 }' "$DATA/calendar/workdays-2007-2026.csv" led
}

@test "real data: sweeps over the years fire what an independent count says" {
    need_data messages/messages-with-replies.csv
    need_data calendar/workdays-2007-2026.csv
    own_config
    sed -i 's/^party_clock: from-dispatch/party_clock: ticket/; s/^unanswered: next-level/unanswered: nothing/' \
        share/center.yaml
    center
    ticket-new -q --csv "$DATA/messages/messages-with-replies.csv" >ids
    ticket-route >out || [ $? -eq 1 ]
    sql "SELECT substr(received, 1, 10) || char(9) || kind FROM v_ticket WHERE lead IS NOT NULL" >led
    all=$(wc -l <led)
    [ "$all" -gt 2200 ]
    # the assists are not counted here; the center has dispatched none in time
    for day in 2011-11-01 2015-09-04 2015-09-06 2018-12-29 2018-12-30 2019-05-05 2019-05-06 \
        2019-10-08 2020-01-24 2020-02-03 2020-02-04 2020-05-28 2026-11-01; do
        escalate --now "$day" >swept
        same "$day: $(sql "SELECT coalesce(sum(level = 'yellow'), 0), coalesce(sum(level = 'orange'), 0),
            coalesce(sum(level = 'red'), 0) FROM supervision WHERE role = 'lead'" | tr '|' ' ')" "$day: $(expect $day)"
    done
    same "$(expect 2026-11-01)" "$all $all $all"
    same "$(sql "SELECT count(*), count(DISTINCT ticket_id) FROM supervision WHERE role = 'dispatch'")" "2816|2816"
    same "$(escalate --now 2026-11-01 | wc -l)" 0
    agree
}

# act TIME PROGRAM...: then, and it must succeed.
act() {
    at "$1"
    shift
    call "$@"
    same "$status: $stderr" "0: "
}

# The orders that stand, and those that were revoked with what revoked them.
standing() {
    sql "SELECT ticket_id, lead, level FROM v_supervision WHERE revoked IS NULL
        ORDER BY ticket_id, level_began, id" | paste -sd ' '
}
revoked() {
    sql "SELECT ticket_id, lead, level, revoked_for FROM v_supervision WHERE revoked IS NOT NULL
        ORDER BY ticket_id, level_began, id" | paste -sd ' '
}

# A consultation of Monday 2 November 2026 from the hotline, F1, led by commerce, due on the 3rd; red since the
# 11th, as a sweep of the 13th has found.
red() {
    at 2026-11-02T10:00
    center
    ticket-new -q --kind 政策咨询 --title file --source 12345 --ref F1 | ticket-route -q --to 市商务局 - >out
    same "$(sweep 2026-11-13T00:05)" "1:yellow 1:orange 1:red "
}

# S1: "A level that fired on late entry can never be taken back; a department that answered in time
# stands at red, with accountability opened." The hotline's file is believed at once.
@test "levels that an answer from a trusted file shows never began are revoked" {
    red
    printf '工单编号,答复时间,答复内容\nF1,2026-11-02 15:00,已答复\n' >answers.csv
    act 2026-11-13T09:00 ticket-answer --csv answers.csv --source 12345
    same "$(standing)" ""
    same "$(revoked)" "1|commerce|yellow|answered 1|commerce|orange|answered 1|commerce|red|answered"
    same "$(sql "SELECT level IS NULL, next_level_at IS NULL FROM ticket")" "1|1"
    same "$(sql "SELECT json_remove(json_remove(data, '$.next', '$.rows'), '$.rows') FROM event WHERE type = 'level-revoked' ORDER BY id")" \
        '{"revoked":"yellow","cause":"answered","level":"red"}
{"revoked":"orange","cause":"answered","level":"red"}
{"revoked":"red","cause":"answered","level":""}'
    gives 1 "" "" supervision-list
    gives 0 "" "" escalate --now 2026-12-01
    gives 0 "" "" report-monthly --ids overdue-red --now 2026-12-01 2026-11
    same "$(report-monthly --ids on-time --now 2026-12-01 2026-11 | cut -f 1)" 1
    agree
}

# Scenario 10: "answered 1 day late, entered 4 days later: yellow only": "orange stays".
@test "those that began before the answer stay" {
    red
    printf '工单编号,答复时间,答复内容\nF1,2026-11-04 15:00,已答复\n' >answers.csv
    act 2026-11-13T09:00 ticket-answer --csv answers.csv --source 12345
    same "$(standing)" "1|commerce|yellow"
    same "$(revoked)" "1|commerce|orange|answered 1|commerce|red|answered"
    same "$(sql "SELECT level FROM ticket")" yellow
    agree
}

# Scenario 9: "answered on time, entered next morning, after the sweep: no breach".
@test "a handler is believed for a working day; later its word waits for the center's" {
    at 2026-11-02T10:00
    center
    given 政策咨询 2026-11-02T10:00
    given 政策咨询 2026-11-02T10:00
    same "$(sweep 2026-11-04T00:05)" "1:yellow 2:yellow "
    act 2026-11-04T09:00 ticket-answer --text x --at 2026-11-03T16:00 1
    same "$(revoked)" "1|tax|yellow|answered"
    act 2026-11-05T00:00 ticket-answer --text x --at 2026-11-03T16:00 2
    same "$(standing)" "2|tax|yellow"
    act 2026-11-05T09:00 supervision-revoke --approve 2
    same "$(standing)" ""
    same "$(revoked)" "1|tax|yellow|answered 2|tax|yellow|late-entry-granted"
    agree
}

# S5: "The assist's clock has no effect. Assist due 11-09, lead extended to 11-23: escalate: nothing."
# Scenarios 26 and 27.
@test "an assist that is late becomes yellow on its own clock, and no more" {
    at 2026-11-02T10:00
    center
    new 投诉 2026-11-02T10:00
    act 2026-11-02T10:00 ticket-route --to tax --assist 市工信局 1
    act 2026-11-06T10:00 ticket-extend --days 10 --reason 核查 1
    act 2026-11-06T11:00 ticket-extend --approve 1
    gives 0 "" "" escalate --now 2026-11-09T23:59:59
    gives 0 $'1\tyellow\tcenter\t2026-11-09T23:59:59+08:00\t0\tindustry\t投诉\tassist\t-' "" escalate --now 2026-11-10
    same "$(sql "SELECT level IS NULL FROM ticket")" 1 # the ticket's level is its lead's
    same "$(sql "SELECT json_remove(data, '$.rows') FROM event WHERE type = 'assist-escalated'")" \
        '{"reached":"yellow","role":"assist","org":"industry","supervisor":"center","next":'"$(date -d 2026-11-24T00:00+08:00 +%s)"'}'
    gives 0 "" "" escalate --now 2026-11-23T23:59:59
    act 2026-11-23T12:00 ticket-answer --text x --without 协办逾期 1
    gives 0 "" "" escalate --now 2026-12-10
    same "$(standing)" "1|industry|yellow"
    agree
}

# Scenario 26: "assist late, lead on time: the assist's lateness shows somewhere".
@test "an assist is late also after the lead's answer in time" {
    at 2026-11-02T10:00
    center
    new 投诉 2026-11-02T10:00
    act 2026-11-02T10:00 ticket-route --to tax --assist finance --assist justice 1
    act 2026-11-05T10:00 ticket-answer --text x --without 先行答复 1
    act 2026-11-09T23:59:59 ticket-answer --by justice --text y 1
    same "$(sweep 2026-11-10)" "1:yellow "
    same "$(standing)" "1|finance|yellow"
    agree
}

# S6: "The department pays for the center's days. Pool from 11-02 to 11-06 (due 11-03), dispatched 11-06
# 09:00, answered 10:00". Scenario 40: "not the department's breach".
@test "the department does not pay for the center's days" {
    at 2026-11-02T10:00
    center
    new 政策咨询 2026-11-02T10:00
    same "$(sweep 2026-11-03)" "1:dispatch-late "
    act 2026-11-06T09:00 ticket-route --to human-resources 1
    act 2026-11-06T10:00 ticket-answer --text x 1
    gives 0 "" "" escalate --now 2026-12-01
    same "$(standing)" "1|center|dispatch-late"
    agree
}

# S6: "A misrouted ticket: yellow under commerce, return granted, dispatched to finance: commerce goes on owing the
# reply and keeps the yellow, finance gets orange for a ticket it held from the day before". Scenario 56.
@test "a granted return revokes; the next party starts on a clock of its own" {
    at 2026-11-02T10:00
    center
    new 政策咨询 2026-11-02T10:00
    act 2026-11-02T10:00 ticket-route --to commerce 1
    same "$(sweep 2026-11-04T00:05)" "1:yellow "
    act 2026-11-04T09:00 ticket-return --reason 不属于本单位职责 --basis 三定方案 1
    same "$(standing)" "1|commerce|yellow"
    act 2026-11-04T10:00 ticket-return --approve 1
    same "$(revoked)" "1|commerce|yellow|returned"
    gives 1 "" "" supervision-list
    # the center has the day of the return to dispatch it
    same "$(sweep 2026-11-04T23:59:59)" ""
    act 2026-11-05T09:00 ticket-route --to finance 1
    same "$(standing)" "1|center|dispatch-late"
    same "$(sweep 2026-11-06T23:59:59)" ""
    same "$(sweep 2026-11-07)" "1:yellow "
    act 2026-11-09T09:00 supervision-reply --text 已安排 1
    same "$(sweep 2026-11-11)" "" # commerce's orange would have begun on the 7th, its red on the 11th
    same "$(sweep 2026-11-12)" "1:orange "
    same "$(standing)" "1|center|dispatch-late 1|finance|yellow 1|finance|orange"
    agree
}

# S4: "A trade association that gives no opinion gets yellow, orange, red and accountability by the discipline
# commission". Scenario 43: "nothing worse than a note".
@test "errands of the center have no ladder, and no association stands on it" {
    at 2026-11-02T10:00
    center
    association-add -q --code a1 --name 测试协会 --contact 赵六 --phone 13812341234 >out
    echo draft >draft
    act 2026-11-02T10:00 consult-open --title 办法 --draft draft --from tax --until 2026-11-06 --association a1 --to finance
    same "$(sql "SELECT count(*), sum(errand) FROM ticket")" "2|2"
    gives 0 "" "" escalate --now 2026-12-16T00:05
    gives 0 "" "" escalate --now 2026-12-16T00:05 1 2
    # as lead or assist of a request
    new 政策咨询 2026-11-02T10:00
    new 政策咨询 2026-11-02T10:00
    act 2026-11-02T11:00 ticket-route --to a1 --assist finance 3
    act 2026-11-02T11:00 ticket-route --to tax --assist a1 4
    same "$(sweep 2026-11-16T00:05)" "3:yellow 4:yellow 4:orange 4:red "
    same "$(standing)" "3|finance|yellow 4|tax|yellow 4|tax|orange 4|tax|red"
    same "$(sql "SELECT count(*) FROM ticket WHERE id < 3 AND next_level_at IS NOT NULL")" 0
    agree
}

# S9: "Levels begin while the clock stands still. Suspended 11-05 17:30 (due that day): escalate fires yellow;
# suspended since 11-12 10:00: orange at 11-13 00:00". Scenarios 21 and 20.
@test "no level begins while the clock stands still" {
    at 2026-11-02T10:00
    center
    given 求助 2026-11-02T10:00 # due on the 5th
    at 2026-11-04T10:00
    given 求助 2026-11-04T10:00 # due on the 9th
    act 2026-11-05T17:30 ticket-suspend --reason 不可抗力 --basis x 1
    act 2026-11-05T17:30 ticket-suspend --approve 1
    gives 0 "" "" escalate --now 2026-11-06T00:10
    same "$(sweep 2026-11-10T00:05)" "2:yellow "
    act 2026-11-12T10:00 supervision-reply --text 已安排 2
    act 2026-11-12T10:00 ticket-suspend --reason 不可抗力 --basis x 2
    act 2026-11-12T10:00 ticket-suspend --approve 2
    gives 0 "" "" escalate --now 2026-11-13T00:00
    gives 0 "" "" escalate --now 2026-12-01
    # what was due on the day of the suspension is due on the day of the resumption; what would have ended
    # with that day ends so too
    act 2026-12-01T10:00 ticket-resume 1 2
    same "$(ticket-show 1 | awk -F '\t' '$2 == "due" { print $3 }')" 2026-12-01T23:59:59+08:00
    gives 0 "" "" escalate --now 2026-12-01T23:59:59
    same "$(sweep 2026-12-02)" "1:yellow 2:orange "
    agree
}

# Scenario 22: "suspension over New Year: resumes next wd, 4 left: 01-11", provisional.
@test "a pause over New Year: four days left" {
    at 2026-12-29T10:00
    center
    given 投诉 2026-12-29T10:00
    act 2026-12-30T10:00 ticket-suspend --reason 不可抗力 --basis x 1
    act 2026-12-30T10:00 ticket-suspend --approve 1
    act 2027-01-05T10:00 ticket-resume 1
    same "$(sla-check -q | cut -f 3,8)" $'2027-01-11T23:59:59+08:00\tprovisional'
    gives 0 "" "" escalate --now 2027-01-11T23:59:59
    same "$(escalate --now 2027-01-12 | cut -f 1,2,3,9)" $'1\tyellow\tcenter\tprovisional'
    agree
}

# S13: "An order of supervision without a reply has no consequence and no figure". Scenario 44: "order not
# replied to in time: visible, escalates"; S1 of the plan of 2019: 整改不力 -> 二次督办 -> 问责.
@test "an order without a reply in time raises the next level, also after the answer" {
    at 2026-11-02T10:00
    center
    given 政策咨询 2026-11-02T10:00 # due on the 3rd
    given 政策咨询 2026-11-02T10:00
    given 政策咨询 2026-11-02T10:00
    same "$(sweep 2026-11-04)" "1:yellow 2:yellow 3:yellow " # replies due on the 6th
    for id in 1 2 3; do act 2026-11-04T09:00 ticket-answer --text 已答复 $id; done
    act 2026-11-06T23:59:59 supervision-reply --text 已整改 1
    gives 0 "" "" escalate --now 2026-11-06T23:59:59
    act 2026-11-07T00:00:00 supervision-reply --text 已整改 2 # a second late
    # it was answered within a day of its deadline, and is so many days overdue for ever
    gives 0 $'3\torange\tbusiness-environment-office\t2026-11-03T23:59:59+08:00\t0\ttax\t政策咨询\tlead\t-' "" \
        escalate --now 2026-11-07
    same "$(standing)" "1|tax|yellow 2|tax|yellow 2|tax|orange 3|tax|yellow 3|tax|orange"
    same "$(sql "SELECT ticket_id, level, level_began, reply_due FROM v_supervision WHERE level = 'orange'")" \
        "2|orange|2026-11-07T00:00:00+08:00|2026-11-10T23:59:59+08:00
3|orange|2026-11-07T00:00:00+08:00|2026-11-10T23:59:59+08:00"
    # Scenario 45: "reply late: kept as late"
    same "$(sql "SELECT ticket_id, replied > reply_due FROM v_supervision WHERE level = 'yellow' AND replied IS NOT NULL")" $'1|0\n2|1'
    act 2026-11-07T10:00 supervision-reply --level orange --text 已整改 2
    same "$(sweep 2026-11-11)" "3:red "
    same "$(sql "SELECT accountability FROM v_supervision WHERE level = 'red'")" 1
    gives 0 "" "" escalate --now 2026-12-01
    agree
}

@test "where the center has chosen so, it raises nothing" {
    own_config
    sed -i 's/^unanswered: next-level/unanswered: nothing/' share/center.yaml
    at 2026-11-02T10:00
    center
    given 政策咨询 2026-11-02T10:00
    same "$(sweep 2026-11-04)" "1:yellow "
    act 2026-11-04T09:00 ticket-answer --text 已答复 1
    gives 0 "" "" escalate --now 2026-12-01
    agree
}

# A notice for 2027 such as may come: 1 to WHEN are off; the days are invented.
announce_2027() {
    cat >share/calendars/china/2027.yaml <<EOF
calendar: china
source: invented for this test
licence: none needed
notices:
  - title: 2027 (invented)
    issued: 2026-12-01
    url: https://example.org/2027
    covers: 2027
    off:
      2027-01-01..$1: 元旦
EOF
}

# Two consultations, due on Thursday 31 December 2026 and on Monday 4 January 2027, and a complaint that
# has been late since the 23rd.
turn_of_the_year() {
    own_config
    at 2026-12-30T10:00
    center
    given 政策咨询 2026-12-30T10:00
    at 2026-12-31T10:00
    given 政策咨询 2026-12-31T10:00
    given 投诉 2026-12-21T10:00
}

# S2: "A ticket due 2026-12-31 gets orange on 01-06 instead of 01-07 and is not marked provisional"; "escalate
# --now 2027-01-02T00:05 fires yellow with no word that it is provisional". Scenarios 13 and 14.
@test "past the horizon a level is provisional: the center's own, and nobody is accountable" {
    turn_of_the_year
    supervision=$(sweep 2026-12-31T10:00) # 3: due on the 28th
    same "$supervision" "3:yellow "
    act 2026-12-31T10:00 supervision-reply --text 已安排 3
    # by law 1 January is off; the last day of the year is known
    gives 0 $'1\tyellow\tcenter\t2026-12-31T23:59:59+08:00\t0\ttax\t政策咨询\tlead\t-
3\torange\tbusiness-environment-office\t2026-12-28T23:59:59+08:00\t3\ttax\t投诉\tlead\t-' "" escalate --now 2027-01-02T00:05
    act 2027-01-02T00:05 supervision-reply --text 已安排 1 3
    gives 0 "" "" escalate --now 2027-01-04T23:59:59
    gives 0 $'2\tyellow\tcenter\t2027-01-04T23:59:59+08:00\t0\ttax\t政策咨询\tlead\tprovisional' "" escalate --now 2027-01-05
    gives 0 $'3\tred\tcenter\t2026-12-28T23:59:59+08:00\t5\ttax\t投诉\tlead\tprovisional' "" escalate --now 2027-01-06
    gives 0 "" "" escalate --now 2027-01-06T23:59:59
    gives 0 $'1\torange\tcenter\t2026-12-31T23:59:59+08:00\t3\ttax\t政策咨询\tlead\tprovisional' "" escalate --now 2027-01-07
    same "$(sql "SELECT ticket_id, level, supervisor, accountability FROM v_supervision WHERE provisional = 1 ORDER BY id")" \
        "2|yellow|center|0
3|red|center|0
1|orange|center|0"
    same "$(sql "SELECT json_remove(data, '$.rows') FROM event WHERE type = 'escalated' AND ticket_id = 3 ORDER BY id DESC LIMIT 1")" \
        '{"level":"red","supervisor":"center","uncertain":true,"next":0}'
    # it is no order that raises another
    same "$(sweep 2027-01-11)" "2:orange 1:red "
    agree
}

# S2: "after the notice sla-check --recompute moves the deadline to 01-04 and the yellow stays". Scenario 15.
@test "the notice confirms provisional levels, moves or revokes them" {
    turn_of_the_year
    escalate --now 2027-01-07 >out
    same "$(standing)" "1|tax|yellow 1|tax|orange 2|tax|yellow 3|tax|yellow 3|tax|orange 3|tax|red"
    before=$(standing)
    at 2027-01-07T09:00
    # as it was reckoned: 1 to 3 January
    announce_2027 2027-01-03
    same "$(sla-check --recompute -n | cut -f 1,6-9 | grep -v deadline)" "1	confirmed	orange	lead	tax
2	confirmed	yellow	lead	tax
3	confirmed	red	lead	tax"
    # the 4th and the 5th are off too: the days follow by two
    announce_2027 2027-01-05
    same "$(sla-check --recompute -n | cut -f 1,6-9 | grep -v deadline)" "1	revoked	orange	lead	tax
2	moved	yellow	lead	tax
2	confirmed	yellow	lead	tax
3	revoked	red	lead	tax"
    same "$(standing)" "$before"
    sla-check --recompute >out
    same "$(sla-check --recompute)" ""
    same "$(standing)" "1|tax|yellow 2|tax|yellow 3|tax|yellow 3|tax|orange"
    same "$(revoked)" "1|tax|orange|recomputed 3|tax|red|recomputed"
    same "$(sql "SELECT level_began, due, provisional FROM v_supervision WHERE ticket_id = 2")" \
        "2027-01-07T00:00:00+08:00|2027-01-06T23:59:59+08:00|0"
    same "$(sql "SELECT group_concat(coalesce(level, '-'), ' ') FROM ticket")" "yellow yellow orange"
    agree
    # and they come at their time, to whom they belong
    same "$(escalate --now 2027-01-09T00:05 | cut -f 1-3,9)" "3	red	discipline-commission	-
1	orange	business-environment-office	-"
    agree
}

@test "what the notice confirms goes to whom it belongs, and opens accountability" {
    turn_of_the_year
    escalate --now 2027-01-07 >out
    announce_2027 2027-01-03
    at 2027-01-07T09:00
    sla-check --recompute >out
    same "$(sql "SELECT ticket_id, level, supervisor, accountability FROM v_supervision
        WHERE level_began > '2027-01-02' AND level <> 'yellow' ORDER BY id")" \
        "3|red|discipline-commission|1
1|orange|business-environment-office|0"
    same "$(sql "SELECT json_remove(data, '$.rows') FROM event WHERE type = 'level-confirmed' AND ticket_id = 3")" \
        '{"confirmed":"red","supervisor":"discipline-commission","accountability":true}'
    same "$(sql "SELECT count(*) FROM supervision WHERE provisional = 1")" 0
    agree
}
