#!/usr/bin/env bats
# The end of 2026, whose successor is not announced yet: what the center's day and night do until the
# notice of 2027 is there, and what that sets right (qifu-rules(7), Working days).

load lib/base
load lib/loop

KINDS="urgent policy-consultation help suggestion complaint report other arrears"

# The dates from 20 December to 31 March, and which are working days by a made-up notice of 2027. The
# weekdays are those of date(1).
days() {
    local day=2026-12-20 list=()
    for ((i = 0; i < 102; i++)); do list+=("$day + $i days"); done
    printf '%s\n' "${list[@]}" | date -f - '+%F %u' | awk '
        BEGIN {
            split("2027-01-01 2027-01-02 2027-01-03 2027-01-04 2027-02-05 2027-02-06 2027-02-07 2027-02-08 2027-02-09" \
                " 2027-02-10 2027-02-11", off, " ")
            for (i in off) is_off[off[i]] = 1
            is_on["2027-01-09"] = is_on["2027-01-30"] = is_on["2027-02-13"] = 1
        }
        { print $1, $1 in is_off ? 0 : $1 in is_on ? 1 : $2 < 6 }'
}

# noticed DAY: the configuration with that notice, issued on DAY.
noticed() {
    cp -r "$TREE/share" "$T/noticed"
    cat >"$T/noticed/calendars/china/2027.yaml" <<NOTICE
calendar: china
source: made up
licence: none
notices:
  - title: 关于2027年部分节假日安排的通知（假设）
    issued: $1
    url: https://example.org/2027
    covers: 2027
    off:
      2027-01-01..2027-01-04: 元旦
      2027-02-05..2027-02-11: 春节
    work:
      2027-01-09: 元旦
      2027-01-30: 春节
      2027-02-13: 春节
NOTICE
    export QIFU_CONFIG=$T/noticed
}

# came DAY: a request of each kind comes in, and is dispatched within the hour. One more is never dispatched.
came() {
    at "$1T10:00"
    for kind in $KINDS; do echo "$1-$kind,$kind,$kind,$1 10:00"; done | sed '1i 编号,标题,类型,受理时间' |
        ticket-new -q --csv - >ids
    ticket-route -q --to tax --assist commerce --now "$1T10:30" - <ids >out
    ticket-new -q --title 无人派发 --source 12345 --ref "$1-pool" >out
}

# night DAY: the sweep of its first second. At noon the orders on requests of odd days are replied to.
night() {
    at "$1T00:00"
    escalate -q >out
    at "$1T12:00"
    sql "SELECT DISTINCT s.ticket_id FROM supervision s JOIN ticket t ON t.id = s.ticket_id WHERE s.revoked_at IS NULL
           AND s.replied_at IS NULL AND CAST(substr(t.ref, 10, 1) AS INTEGER) % 2 = 1" >owed
    [ ! -s owed ] || supervision-reply -q --by tax --text 已整改 - <owed >out 2>err || true
}

# nights FROM TO: requests come in until 8 January. On the 5th tax answers the suggestions and reports of December;
# nothing else is ever answered.
nights() {
    local day=$1
    while [[ ! $day > $2 ]]; do
        night "$day"
        [[ $day > 2027-01-08 ]] || came "$day"
        [ "$day" != 2027-01-05 ] || sql "SELECT id FROM v_ticket WHERE ref LIKE '2026%-suggestion' OR ref LIKE '2026%-report'" |
            ticket-answer -q --text 答 --without 协办未答 - >out
        day=$(date -d "$day + 1 day" +%F)
    done
}

# What stands: request, role, level, since when.
standing() {
    sql "SELECT t.ref, s.role, s.level, substr(s.level_began, 1, 10), substr(s.level_began, 12, 8)
           FROM v_supervision s JOIN v_ticket t ON t.id = s.ticket_id WHERE s.revoked IS NULL" | tr '|' ' ' | sort
}

# The same by counting: days are counted in the list of `days`, from the rules alone. What is taken from the
# center is when an order was found and replied to, which a reply's lateness hangs on.
counted() { # NOW, a day: what began by its first second; NOTICE, the day on which the notice was loaded
    days >days
    sql "SELECT t.ref, s.role, s.level, substr(s.swept, 1, 10), coalesce(s.replied, '9') FROM v_supervision s
           JOIN v_ticket t ON t.id = s.ticket_id WHERE s.revoked IS NULL" | tr '|' ' ' >orders
    awk -v now="$1" -v notice="$2" -v kinds="$KINDS" '
        FILENAME == "days" { date[++n] = $1; number[$1] = n; works[n] = $2; next }
        { found[$1, $2, $3] = number[$4]; replied[$1, $2, $3] = $5 }
        # the end of the k-th working day after a day, as the day whose first second comes next
        function after(day, k) { while (k > 0) k -= works[++day]; return day }
        # when the level above begins, since the order of LEVEL was not replied to in two working days from when it was
        # found, or began, or was confirmed by the notice; not before the day has ended on which the clock stopped
        function unanswered(ref, level, began, stop,  day) {
            day = found[ref, "lead", level]
            if (!day) return 999
            if (date[began] > "2027-01-01" && day < number[notice]) day = number[notice]
            if (day < began) day = began
            day = after(day, 2)
            if (day < stop) day = stop
            return replied[ref, "lead", level] < date[day + 1] ? 999 : day + 1
        }
        function begins(ref, role, level, day) {
            if (day <= n && date[day] <= now) print ref, role, level, date[day], "00:00:00"
            return day
        }
        # a level of the lead, which begins on OWN where the clock has not stopped by then
        function climbs(ref, level, own, stop, below, began) {
            if (!stop || own <= stop) return begins(ref, "lead", level, own)
            return begins(ref, "lead", level, below && began < 999 ? unanswered(ref, below, began, stop) : 999)
        }
        END {
            count = split(kinds, kind, " ")
            limit["policy-consultation"] = 1; limit["help"] = limit["suggestion"] = 3
            limit["complaint"] = limit["report"] = limit["other"] = 5
            for (d = number["2026-12-24"]; date[d] <= "2027-01-08"; d++)
                for (k = 0; k <= count; k++) {
                    if (!k) { # the clock of the center: the day of receipt, or the next working day
                        for (due = d; !works[due]; due++);
                        begins(date[d] "-pool", "dispatch", "dispatch-late", due + 1)
                        continue
                    }
                    ref = date[d] "-" kind[k]
                    due = after(d, limit[kind[k]])
                    if (kind[k] == "arrears") due = d + 30
                    while (!works[due]) due++ # rolls; urgent: on the day, or the next working day
                    stop = ref ~ /^2026.*(suggestion|report)$/ ? number["2027-01-05"] : 0
                    begins(ref, "assist", "yellow", due + 1)
                    yellow = climbs(ref, "yellow", due + 1, stop)
                    orange = climbs(ref, "orange", after(due, 3) + 1, stop, "yellow", yellow)
                    climbs(ref, "red", after(due, 5) + 1, stop, "orange", orange)
                }
        }' days orders | sort
}

# guessed: nothing that hangs on the missing year has gone out of the house.
guessed() {
    same "$(sql "SELECT count(*) FROM v_supervision WHERE provisional = 1 AND (supervisor <> 'center' OR accountability = 1)")" 0
    # what begins after the first second of the year counts a day that is not announced
    same "$(sql "SELECT count(*) FROM v_supervision WHERE provisional = 0 AND level_began > '2027-01-01T00:00:00+08:00'")" 0
    same "$(sql "SELECT count(*) FROM accountability a JOIN v_supervision s ON s.id = a.supervision_id
        WHERE s.provisional = 1 OR s.level_began > '2027-01-01T00:00:00+08:00'")" 0
    [ "$(sql "SELECT count(*) FROM v_supervision WHERE provisional = 1")" -gt "$1" ]
    [ "$(sql "SELECT count(*) FROM v_supervision WHERE provisional = 0")" -gt 20 ]
}

# settled: after the notice nothing is a guess, but the deadlines by which answers were judged.
settled() {
    same "$(sql "SELECT count(*) FROM v_supervision WHERE provisional = 1 AND revoked IS NULL")" 0
    same "$(sql "SELECT count(*) FROM v_ticket WHERE provisional = 1 AND answered IS NULL")" 0
    same "$(sql "SELECT count(*) FROM accountability a JOIN supervision s ON s.id = a.supervision_id
        WHERE a.ended_at IS NULL AND (s.level <> 'red' OR s.revoked_at IS NOT NULL)")" 0
    same "$(sql "SELECT count(*) FROM v_supervision WHERE level = 'red' AND revoked IS NULL")" \
        "$(sql "SELECT count(*) FROM accountability WHERE ended_at IS NULL")"
    same "$(sql "SELECT DISTINCT level, supervisor FROM v_supervision WHERE revoked IS NULL ORDER BY 2, 1")" \
        "dispatch-late|business-environment-office
orange|business-environment-office
yellow|center
red|discipline-commission"
}

@test "the notice comes on 8 January: what was provisional is confirmed, moved or revoked" {
    at 2026-12-24
    center
    nights 2026-12-24 2027-01-08
    guessed 50
    sound
    at 2027-01-08T15:00
    noticed 2027-01-08
    held=$(everything)
    sla-check -n --recompute >dry
    same "$(everything)" "$held"
    sla-check --recompute >changes
    same "$(cat changes)" "$(cat dry)"
    same "$(cut -f 6 changes | sort -u | xargs)" "confirmed deadline moved reply-moved revoked"
    settled
    sla-check --recompute >changes
    same "$(cat changes)" ""
    same "$(standing)" "$(counted 2027-01-08 2027-01-08)"
    sound
    nights 2027-01-09 2027-01-31
    settled
    same "$(standing)" "$(counted 2027-01-31 2027-01-08)"
    [ "$(standing | grep -cE '(report|suggestion) lead (orange|red) 2027-01-(0[6-9]|[1-3])')" -gt 20 ] # unanswered orders
    gives 0 "" "" sla-check --recompute
    sound
}

@test "the notice comes on 31 January, when everything has gone red on a guess" {
    at 2026-12-24
    center
    nights 2026-12-24 2027-01-31
    guessed 300
    sound
    at 2027-01-31T15:00
    noticed 2027-01-08
    quiet sla-check --recompute
    settled
    same "$(standing)" "$(counted 2027-01-31 2027-01-31)"
    gives 0 "" "" sla-check --recompute
    gives 0 "" "" escalate
    sound
}

# warns DAY: what each of the three programs says then, without its name; no status tells.
warns() {
    at "$1"
    for command in sla-check center-check "calendar-check $(echo "$QIFU_CONFIG"/calendars/china/*.yaml)"; do
        call $command
        [ "$status" = 0 ] || echo "$command: $status"
        echo "${stderr#*: }"
    done
}

@test "from 1 November on the desk is told how many days are left, and what depends on the missing year" {
    at 2026-10-31T09:00
    center
    new 2026-10-31T09:00 >ids
    same "$(warns 2026-10-31T23:59:59 | xargs)" ""
    ends='2026-12-31, where the calendar "china" ends: 2027 is not announced'
    same "$(warns 2026-11-01T00:00)" "60 days are left until $ends; no open deadline depends on it
60 days are left until $ends; no open deadline depends on it
60 days are left until $ends"
    # one is due on 31 December, two are due after it, and one of those is answered
    at 2026-12-24T10:00
    given() { new "$QIFU_NOW" --kind 投诉 | ticket-route -q --to tax - | cut -f 1; }
    given >ids
    at 2026-12-25T10:00
    given >>ids
    given >>ids
    same "$(warns 2026-12-30T09:00 | cut -d ';' -f 2 | xargs)" \
        "2 open deadlines depend on it 2 open deadlines depend on it 1 day is left until 2026-12-31, where the calendar china ends: 2027 is not announced"
    at 2026-12-30T10:00
    quiet ticket-answer --text 答 4
    same "$(warns 2026-12-31T09:00 | head -1)" "0 days are left until $ends; 1 open deadline depends on it"
    same "$(warns 2027-01-01T09:00 | tail -1)" 'the calendar "china" ended on 2026-12-31, 1 day ago: 2027 is not announced'
    # -q says nothing, and the notice ends it
    gives 0 "" "" center-check -q
    noticed 2027-01-01
    same "$(warns 2027-01-01T10:00 | xargs)" ""
    sound
}

@test "what hangs on the missing year is marked wherever it is shown" {
    at 2026-12-30T10:00
    center
    new 2026-12-30T10:00 --kind 投诉 | ticket-route -q --to tax - >out
    same "$(sla-check -q | cut -f 3,8)" $'2027-01-07T23:59:59+08:00\tprovisional'
    same "$(sql "SELECT provisional FROM v_ticket")" 1
    [[ $(ticket-show -F table 1) == *暂定* ]]
    at 2027-01-08T09:00
    quiet escalate -q
    same "$(supervision-list | cut -f 2-4,13)" $'yellow\tcenter\ttax\tprovisional'
    [[ $(ticket-show -F table 1) == *暂定* ]]
    same "$(workday add 2026-12-30 5)" $'2027-01-07\tprovisional'
    same "$(sla-check -q --explain 1 | awk -F '\t' '$2 == "2027-01-01" { print $4, $6 }')" "no law"
    sound
}

# The levels that stand; and the dates of replies that a run of --recompute has moved.
levels() { sql "SELECT level FROM v_supervision WHERE revoked IS NULL ORDER BY id" | xargs; }
moved() { awk -F '\t' '$6 == "reply-moved" { print $1, substr($3, 1, 10), $7 }' "$1"; }

@test "answered, and a reply owed: its date follows the notice, and orange with it" {
    at 2026-12-24T10:00
    center
    new 2026-12-24T10:00 --kind 投诉 | ticket-route -q --to tax - >out # due on the 31st
    quiet escalate -q --now 2027-01-01
    at 2027-01-02T10:00
    quiet ticket-answer --text 答 1
    keep unannounced.db
    # as far as is known the reply is due on the 5th, and what follows from that is not certain
    gives 0 "" "" escalate -q --now 2027-01-05T23:59:59
    quiet escalate -q --now 2027-01-06
    same "$(sql "SELECT level, supervisor, provisional FROM v_supervision" | xargs)" "yellow|center|0 orange|center|1"
    at 2027-01-06
    sound
    noticed 2027-01-02
    sla-check --recompute >changes
    same "$(cut -f 1,6,7 changes | tr '\t' ' ')" $'1 reply-moved yellow\n1 revoked orange'
    same "$(levels)" yellow
    # and where the notice came first
        back unannounced.db
    at 2027-01-02T11:00
    sla-check --recompute >changes
    same "$(moved changes)" "1 2027-01-06 yellow"
    gives 0 "" "" escalate --now 2027-01-06T23:59:59
    quiet escalate --now 2027-01-07
    same "$(sql "SELECT level, supervisor, provisional FROM v_supervision" | xargs)" \
        "yellow|center|0 orange|business-environment-office|0"
    at 2027-01-07
    sound
}

@test "a level of the round before the present one is settled too" {
    at 2026-12-31T10:00
    center
    new 2026-12-31T10:00 --kind 政策咨询 | ticket-route -q --to tax - >out
    new 2026-12-31T10:00 --kind 政策咨询 | ticket-route -q --to tax - >out
    at 2027-01-05T00:00
    quiet escalate -q
    at 2027-01-05T10:00
    quiet ticket-answer --text 答 1
    at 2027-01-06T10:00
    quiet ticket-answer --text 答 2
    quiet ticket-rate --score 1 1 2
    quiet ticket-follow --outcome redo --text 未解决 1 2
    same "$(levels)" "yellow yellow"
    noticed 2027-01-06 # the 4th is off: due on the 5th
    quiet sla-check --recompute
    same "$(sql "SELECT ticket_id, round, substr(level_began, 1, 10), provisional FROM v_supervision WHERE revoked IS NULL")" \
        "2|1|2027-01-06|0"
    sound
}

# What the report of a month says of all tickets.
total() { report-monthly -q -F tsv "$1" | awk -F '\t' -v f="$2" '$1 == "total" && $4 == f { print $5 "/" $6 }'; }

@test "answered by a deadline that was a guess: the notice says when it was due, and whether it was late" {
    at 2026-12-31T10:00
    center
    # by what is known on 4 January: the first and the second, of which an assist's part ended, and one withdrawn
    new 2026-12-31T10:00 --kind 政策咨询 --source 12345 --ref A | ticket-route -q --to tax - >out
    new 2026-12-31T10:00 --kind 投诉 --source 12345 --ref B | ticket-route -q --to tax --assist commerce - >out
    new 2026-12-31T10:00 --kind 投诉 --source 12345 --ref C | ticket-route -q --to tax - >out
    quiet ticket-withdraw --text 已解决 3
    at 2027-01-04T10:00
    quiet ticket-return --by tax --reason 不属于本单位职责 --basis 三定方案 2
    quiet ticket-return --approve 2
    quiet ticket-route --to finance 2
    at 2027-01-05T10:00
    quiet ticket-answer --text 答 1
    at 2027-01-11T10:00
    quiet ticket-answer --text 答 2
    same "$(sql "SELECT ref, substr(due, 6, 5), provisional FROM v_ticket ORDER BY 1" | xargs)" \
        "A|01-04|1 B|01-08|1 C|01-08|1"
    same "$(total 2027-01 on-time) $(total 2027-01 due-provisional)" "0/2 2/-"
    # 4 January is off, Saturday the 9th is not
    noticed 2027-01-11
    sla-check --recompute >changes
    same "$(cut -f 1-4,6 changes | tr '\t' ' ')" \
        "1 2027-01-04T23:59:59+08:00 2027-01-05T23:59:59+08:00 - deadline
1 - 2027-01-05T00:00:00+08:00 - revoked
2 2027-01-08T23:59:59+08:00 2027-01-09T23:59:59+08:00 - deadline
2 - 2027-01-10T00:00:00+08:00 - fired
3 2027-01-08T23:59:59+08:00 2027-01-09T23:59:59+08:00 - deadline"
    same "$(sql "SELECT ref, substr(due, 6, 5), provisional FROM v_ticket ORDER BY 1" | xargs)" \
        "A|01-05|0 B|01-09|0 C|01-09|0"
    same "$(total 2027-01 on-time) $(total 2027-01 due-provisional)" "1/2 0/-"
    gives 0 "" "" sla-check --recompute
    sound
}
