#!/usr/bin/env bats
# A judgment depends on what happened, not on when it was typed (qifu-rules(7), whose clock): the same
# facts, entered when they happened, and late and mixed, with sweeps between them at other moments,
# leave the same states, the same levels that stand, and the same figures.

load lib/base
load lib/loop

# What happens to COUNT tickets, each by itself: a line for each fact: ticket, number in it, moment
# (seconds), command with AT and ID for the moment and the ticket. One in eight is as plain as can be.
history() { # COUNT SEED
    awk -v count="$1" -v seed="$2" -v start="$(date -d '2026-11-30T00:00+08:00' +%s)" '
        function fact(at, command) { printf "%d\t%d\t%d\t%s\n", i, ++n, at, command; last = at }
        function pick(list,  words) { return words[1 + int(rand() * split(list, words, " "))] }
        # the next moment in an office, 1 to DAYS days on
        function later(days) { return last + 600 + int(rand() * days * 86400) }
        function answer(at) { fact(at, "answer") }
        function dispatch(at) {
            lead = pick("tax finance commerce justice")
            assist = rand() < 0.3 ? " --assist education" : ""
            fact(at, "ticket-route -q --by city-government-office --to " lead assist " --at AT ID")
            if (rand() < 0.6) fact(later(1), "ticket-accept -q --at AT ID")
        }
        BEGIN {
            srand(seed)
            for (i = 1; i <= count; i++) {
                n = 0
                at = start + int(rand() * 30) * 86400 + 8 * 3600 + int(rand() * 36000)
                kind = pick("policy-consultation help complaint other")
                fact(at, "ticket-new -q --title 事项 --source 12345 --ref R" i " --kind " kind " --at AT")
                if (rand() < 0.05) { fact(later(2), "ticket-withdraw -q --text 已解决 --at AT ID"); continue }
                dispatch(later(rand() < 0.7 ? 0.2 : 3))
                if (rand() < 0.2) {
                    fact(later(0.5), "ticket-return -q --reason 不属于本单位职责 --basis 三定方案 --at AT ID")
                    fact(later(1), "ticket-return -q --approve --at AT ID")
                    dispatch(later(1))
                } else if (rand() < 0.2) {
                    fact(later(0.3), "ticket-extend -q --days " (1 + int(rand() * 5)) " --reason 需现场核查 --at AT ID")
                    fact(later(2), "ticket-extend -q --approve --at AT ID")
                } else if (rand() < 0.2) {
                    fact(later(0.5), "ticket-suspend -q --reason 等待上级批复 --basis 办法第九条 --at AT ID")
                    fact(later(1), "ticket-suspend -q --approve --at AT ID")
                    fact(later(12), "ticket-resume -q --at AT ID")
                } else if (rand() < 0.1) {
                    fact(later(1), "ticket-route -q --by city-government-office --redispatch --to health --reason 误派 --at AT ID")
                    assist = ""
                }
                if (rand() < 0.1)
                    fact(last, "ticket-correct -q --reason 录入错误 --kind " (kind == "help" ? "complaint" : "help") " ID")
                if (assist != "" && rand() < 0.5)
                    fact(later(4), "ticket-answer -q --by education --text 协办意见 --at AT ID")
                answer(later(9))
                if (rand() < 0.4) {
                    fact(later(3), "ticket-rate -q --score " (score = 1 + int(rand() * 5)) " --at AT ID")
                    if (score < 3) {
                        fact(later(3), "ticket-follow -q --outcome redo --text 仍未解决 --at AT ID")
                        answer(later(9))
                    }
                }
            }
        }'
}

# The facts with the moment at which each is entered before them: when it happened, or up to DAYS days
# later, a ticket's own in their order; and the sweeps: at each midnight, or at any moment. Where they come
# late the notice of the next year's holidays does too: on 9 or 16 January, when the days that it changes
# have been reckoned with.
entered() { # DAYS SEED
    awk -F '\t' -v OFS='\t' -v days="$1" -v seed="$2" -v start="$(date -d '2026-11-30T00:00+08:00' +%s)" '
        BEGIN { srand(seed) }
        {
            at = $3 + (days ? int(rand() * rand() * days * 86400) : 0)
            if ($1 == ticket && at <= before) at = before + 1
            ticket = $1; before = at
            print at, $1, $2, $3, $4
        }
        END {
            for (day = 0; day < 70; day++)
                print start + day * 86400 + (days ? int(rand() * 86400) : 300), 0, 0, 0, "escalate -q"
            if (days) print start + (33 + 7 * seed) * 86400 + 36000, 0, 0, 0, "notice"
        }' | sort -n -k 1,1 -k 2,2 -k 3,3
}

# Enters them, each at its moment. An office refuses what no longer fits; here all must be taken.
enter() {
    local now ticket number at command
    while IFS=$'\t' read -r now ticket number at command; do
        printf -v now '%(%FT%T)T' $((now + 28800)) # TZ is UTC, the center's +08:00
        printf -v at '%(%FT%T)T' $((at + 28800))
        export QIFU_NOW=$now
        command=${command//AT/$at}
        command=${command//ID/ref:R$ticket}
        case $command in
            notice) mv 2027.yaml config/calendars/china/ && sla-check -q --recompute >out ;;
            answer) printf '工单编号,答复时间,答复内容,without\nR%s,%s,已办理,协办未答\n' "$ticket" "$at" |
                ticket-answer -q --csv - --source 12345 >out 2>err ;;
            *) $command >out 2>err ;;
        esac || [ "$command" = "escalate -q" ] || { echo "$now $command: $(cat err)" >&2; return 1; }
    done
}

# What has come of it, by the tickets' own numbers. An order's own dates are those of the sweep that gave
# it, and what was entered late or revoked is told apart.
came_of_it() {
    sql "SELECT ref, state, round, kind, lead, started_at, limit_days, due_at, answered_at, closed_as, level, returns
           FROM ticket ORDER BY ref;
         SELECT t.ref, r.round, o.code, r.role, r.at, r.limit_days, r.due_at, r.accepted_at, r.answered_at, r.ended_at,
                r.excused FROM route r JOIN ticket t ON t.id = r.ticket_id JOIN org o ON o.id = r.org_id ORDER BY 1, 2, 3, 5;
         SELECT t.ref, s.round, s.role, s.level, o.code, s.level_at, s.due_at, s.accountability, s.provisional
           FROM supervision s JOIN ticket t ON t.id = s.ticket_id JOIN org o ON o.id = s.org_id
          WHERE s.revoked_at IS NULL ORDER BY 1, 2, 3, 4, 5;"
    for month in 2026-11 2026-12 2027-01; do
        report-monthly -q -F tsv "$month" | awk -F '\t' '$4 !~ /^(revoked|entered-late|orders.*|accountability)$/ { print $1, $2, $4, $5, $6 }' | sort
    done
}

# The configuration whose calendar knows 2027, as it might be announced, and without replies' effect.
config_2027() {
    cp -r "$TREE/share" "$1"
    sed -i 's/^unanswered: next-level/unanswered: nothing/' "$1/center.yaml"
    cat >"$1/calendars/china/2027.yaml" <<'YAML'
calendar: china
notices:
  - title: 关于2027年部分节假日安排的通知（假设）
    issued: 2026-11-20
    url: https://example.org/2027
    covers: 2027
    off:
      2027-01-01..2027-01-04: 元旦
    work:
      2027-01-09: 元旦
YAML
}

@test "the same facts, whatever the order in which they are entered" {
    at 2026-11-01
    config_2027 "$T/config"
    export QIFU_CONFIG=$T/config
    local count=40 seeds=1
    [ -z "${QIFU_THOROUGH-}" ] || count=850 seeds="1 2" # some 5,000 facts
    history $count 7 >facts
    center
    keep fresh.db
    entered 0 1 <facts | enter
    export QIFU_NOW=2027-02-20
    escalate -q >out
    came_of_it >prompt
    sound
    for seed in $seeds; do
        back fresh.db
        mv config/calendars/china/2027.yaml .
        entered 9 $seed <facts | enter
        export QIFU_NOW=2027-02-20
        # what the assists entered late themselves waits for the center, which believes them
        sql "SELECT DISTINCT ticket_id FROM request WHERE act = 'revocation' AND decided_at IS NULL" |
            supervision-revoke -q --approve - >out
        escalate -q >out
        came_of_it >late
        same "$(diff prompt late)" ""
        [ "$(sql "SELECT count(*) FROM supervision WHERE revoked_at IS NOT NULL")" -gt 3 ]
        sound
    done
}
