#!/usr/bin/env bats
# ticket-calendar: deadlines as an iCalendar feed.

load lib/base

quiet() { "$@" >out; }

# The feed's lines, unfolded and unescaped.
lines() { ticket-calendar "$@" | sed 's/\r$//' | sed -z 's/\n //g' | sed 's/\\\([;,\\]\)/\1/g'; }

@test "what an organisation owes: parts, replies to orders, and what is late" {
    at 2026-03-02T10:00
    center
    gives 1 $'BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//qifu//ticket-calendar//ZH\r
CALSCALE:GREGORIAN\r
METHOD:PUBLISH\r
X-WR-CALNAME:工单期限\r
END:VCALENDAR\r' "" ticket-calendar
    quiet ticket-new -q --kind 投诉 --title '发票; 开, 13812341234' --ref A
    quiet ticket-new -q --kind 求助 --title 待派
    quiet ticket-route -q --to tax --assist justice 1
    [[ $(lines --org 税务局) == *"UID:ticket-1-lead-tax."* && $(lines --org 税务局) != *justice* ]]
    same "$(lines --org tax | grep -E '^(DTSTAMP|DTSTART|SUMMARY|DESCR|STATUS)')" "DTSTAMP:20260302T020000Z
DTSTART;VALUE=DATE:20260309
SUMMARY:工单 1 到期：发票; 开, 138****1234
DESCRIPTION:主办：国家税务总局徐州市税务局\\n诉求类型：投诉\\n期限：2026-03-09 23:59
STATUS:CONFIRMED"
    same "$(lines | grep ^SUMMARY)" "SUMMARY:工单 2 派发到期：待派
SUMMARY:工单 1 到期：发票; 开, 138****1234
SUMMARY:工单 1 到期：发票; 开, 138****1234"
    # who is told again of the same deadline moves the entry
    uid=$(lines --org tax | grep ^UID)
    quiet ticket-extend -q --by tax --days 2 --reason 核实 1
    quiet ticket-extend -q --approve 1
    same "$(lines --org tax | grep -E '^(UID|DTSTART)')" "$uid
DTSTART;VALUE=DATE:20260311"
    at 2026-03-12T09:00
    quiet escalate 1
    same "$(lines --org tax | grep -E '^(DTSTART|SUMMARY)')" "DTSTART;VALUE=DATE:20260311
SUMMARY:【超期】工单 1 到期：发票; 开, 138****1234
DTSTART;VALUE=DATE:20260316
SUMMARY:工单 1 督办回复到期：发票; 开, 138****1234"
    quiet ticket-answer -q --by tax --text x --without x 1
    quiet supervision-reply -q --by tax --level yellow --text x 1
    gives 1 "$(ticket-calendar --org tax)" "" ticket-calendar --org tax
    gives 2 "" 'ticket-calendar: unknown organisation "taxx" (did you mean tax?)' ticket-calendar --org taxx
}

@test "lines end and fold as RFC 5545 has them, between characters" {
    at 2026-12-30T10:00
    center
    quiet ticket-new -q --kind 投诉 --title "$(printf '长%.0s' {1..120})"$'\r\nEND:VEVENT\n\x1b[31m\\n'
    ticket-calendar >feed
    same "$(grep -c $'\r$' feed)" "$(wc -l <feed)"
    same "$(tr -d '\r' <feed | LC_ALL=C awk 'length > 75')" ""
    # between characters: each line is UTF-8
    while IFS= read -r line; do iconv -f UTF-8 -t UTF-16 <<<"$line" >wide || same "$line" UTF-8; done <feed
    same "$(grep -c '^END:VEVENT' feed) $(grep -c $'\e' feed)" "1 0"
    # beyond the last notice of holidays
    quiet ticket-route -q --to tax 1
    [[ $(lines) == *DTSTART\;VALUE=DATE:20270107*STATUS:TENTATIVE* ]]
}
