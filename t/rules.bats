load lib/base

# The vectors that qifu-rules(7) prints, a row a line, fields divided by blanks; not its head.
vectors() {
    sed -n '/begin: vectors/,/end: vectors/s/^\.It \(20.*\)/\1/p' "$TREE/man/qifu-rules.7" | sed 's/ Ta / /g'
}

@test "the deadlines that qifu-rules(7) prints are those of workday" {
    vectors >rows
    [ "$(wc -l <rows)" -ge 7 ]
    while read -r received one three five over_one over_three over_five; do
        gives 0 "$one"$'\n'"$three"$'\n'"$five" "" workday add - < <(printf '%s\t%s\n' "$received" 1 "$received" 3 "$received" 5)
        gives 0 "$over_one"$'\n'"$over_three"$'\n'"$over_five" "" \
            workday add - < <(printf '%s\t%s\n' "$five" 1 "$five" 3 "$five" 5)
    done <rows
}

@test "the deadlines that qifu-rules(7) prints are those of tickets, and so are their levels" {
    vectors >rows
    while read -r received one three five over_one over_three over_five; do
        no_center
        at "${received}T09:00"
        center
        ticket-new --kind 政策咨询 --title a >/dev/null
        ticket-new --kind 建议 --title a >/dev/null
        ticket-new --kind 投诉 --title a >/dev/null
        ticket-route -q --to tax 1 2 3 >/dev/null
        same "$(sla-check | sort -n | cut -f 3 | cut -c 1-10 | xargs)" "$one $three $five" || return 1
        # Orange begins when the third working day over has ended, red when the fifth has.
        at "$(date -d "$over_three + 1 day" +%F)T00:00:00"
        same "$(escalate 3 | cut -f 2 | xargs)" "yellow orange"
        at "${over_five}T23:59:59"
        gives 0 "" "" escalate 3
        at "$(date -d "$over_five + 1 day" +%F)T00:00:00"
        same "$(escalate 3 | cut -f 2)" red
    done <rows
}
