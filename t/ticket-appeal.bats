#!/usr/bin/env bats
# ticket-appeal: an organisation appeals that a ticket counts against it, and the center decides; both stay visible.
# What a granted one takes out of an assessment: t/assess-score.bats.

load lib/base
load lib/loop

# A complaint to tax with justice as assist, due on 2026-03-09, answered on the 11th.
late() {
    at 2026-03-02T09:00
    center
    ticket-new -q --kind 投诉 --title 事项 | ticket-route -q --to tax --assist justice - >out
    at 2026-03-11T10:00
    ticket-answer -q --text 答复 --without 已会商 1 >out
}

@test "filed and granted: the log, the view, the list of what waits, the bulletin" {
    late
    gives 0 $'1\tappeal\tanswered\t2026-03-09T23:59:59+08:00\ttax\t事项' "" \
        ticket-appeal --figure 单位按时答复、红色 --reason 汛期封路 --basis 第六条 1
    same "$(ticket-list --waiting | cut -f 1-4)" $'1\tappeal\ttax\t2026-03-11T10:00:00+08:00'
    same "$(ticket-list --waiting -F table | awk 'NR == 2 { print $2, $3 }')" "申诉 国家税务总局徐州市税务局"
    same "$(qifu status | awk -F '\t' '/waiting/ { print $2 }')" 1
    at 2026-03-12T10:00
    quiet ticket-appeal --approve --reason 属实 1
    same "$(ticket-list --waiting)" ""
    same "$(sql 'SELECT ticket_id, org, figures, asked, reason, basis, decided, granted, decided_for FROM v_appeal')" \
        "1|tax|party-on-time,overdue-red|2026-03-11T10:00:00+08:00|汛期封路|第六条|2026-03-12T10:00:00+08:00|1|属实"
    same "$(ticket-show -F tsv 1 | sed -n 's/.* \(appeal.*\) root /\1 /p')" \
        'appealed {"by":"tax","reason":"汛期封路","basis":"第六条","figures":"party-on-time,overdue-red","figure_names":"单位按时答复、红色","rows":[{"appeal":1}]}
appeal-granted {"by":"center","reason":"属实","org":"tax"}'
    ticket-show -F table 1 | grep -q '国家税务总局徐州市税务局申诉（指标：单位按时答复、红色）'
    same "$(ticket-show -F table 1 | grep -c '申诉')" 2
    # nothing of the ticket, and no figure, is another
    same "$(report-period -F tsv 2026-03 --now 2026-04-01 | awk -F '\t' '$1 == "total" && $4 ~ /^(party-|appeals)/ { print $4, $5, $6 }')" \
        "party-due 1 -
party-on-time 0 1
appeals 1 -
appeals-granted 1 1"
    same "$(report-monthly --ids appeals-granted --now 2026-04-01 2026-03 | cut -f 1)" 1
    same "$(report-monthly --now 2026-04-01 2026-03 | sed -n '/、申诉$/,/^$/p' | sed -n 3p | tr -s ' ')" \
        " 1 国家税务总局徐州市税务局 单位按时答复、红色 2026-03-11T10:00:00+08:00 汛期封路 第六条 同意 属实"
    # in the month in which it was decided too, and in no other
    same "$(report-monthly --now 2026-05-01 2026-04 | grep -c 汛期封路)" 0
    gives 0 "" "" center-check
}

@test "refused, and appealed against again; an assist has its own; so has who gave it back" {
    late
    quiet ticket-appeal --figure party-on-time --reason a --basis b 1
    quiet ticket-appeal --figure assist-on-time --reason c --basis d --by justice 1
    refuses "ticket-appeal: 1: appeal: one of that organisation waits for the center already" \
        ticket-appeal --figure due --reason a --basis b 1
    # the first that was filed is decided first
    quiet ticket-appeal --refuse --reason 不属实 1
    quiet ticket-appeal --figure due --reason a2 --basis b 1
    quiet ticket-appeal --approve --reason 协办属实 1
    quiet ticket-appeal --refuse --reason 仍不属实 1
    same "$(sql "SELECT org, figures, granted, decided_for FROM v_appeal ORDER BY id")" "tax|party-on-time|0|不属实
justice|assist-on-time|1|协办属实
tax|due|0|仍不属实"
    ticket-new -q --title 二 | ticket-route -q --to finance - >out
    ticket-route -q --redispatch --to tax --reason 派错 2 >out
    quiet ticket-appeal --figure dispatched --reason 派错 --basis 三定方案 --by finance 2
    refuses "ticket-appeal: 2: appeal: that organisation does not handle it" \
        ticket-appeal --figure due --reason a --basis b --by commerce 2
    gives 0 "" "" center-check
}

@test "what is missing, unknown, or not for who asks" {
    late
    refuses "ticket-appeal: 1: appeal: the figure is missing: --figure" ticket-appeal --reason a --basis b 1
    refuses "ticket-appeal: 1: appeal: the reason is missing: --reason" ticket-appeal --figure due --basis b 1
    refuses "ticket-appeal: 1: appeal: the basis is missing: --basis" ticket-appeal --figure due --reason a 1
    refuses 'ticket-appeal: 1: "late" is no figure of requests' ticket-appeal --figure due,late --reason a --basis b 1
    refuses 'ticket-appeal: 1: "policy-views" is no figure of requests' ticket-appeal --figure policy-views --reason a --basis b 1
    refuses 'ticket-appeal: 1: "" is no figure of requests' ticket-appeal --figure due,,redo --reason a --basis b 1
    refuses "ticket-appeal: 1: grant an appeal: none waits for it" ticket-appeal --approve --reason a 1
    quiet ticket-appeal --figure due --reason a --basis b 1
    refuses "ticket-appeal: 1: refuse an appeal: the reason is missing: --reason" ticket-appeal --refuse 1
    refuses "ticket-appeal: 1: grant an appeal: only the center may" ticket-appeal --approve --reason a --by finance 1
    refuses "ticket-appeal: 1: grant an appeal: that is before it was filed" \
        ticket-appeal --approve --reason a --at 2026-03-10 1
    same "$(sql 'SELECT count(*) FROM v_appeal')" 1
}

@test "by a file, with the figures in the office's words" {
    late
    ticket-new -q --title 二 | ticket-route -q --to tax - >out
    printf '编号,系统编号,单位,申诉指标,理由,依据\n,1,市税务局,单位按时答复,汛期,第六条\n,2,tax,on-time,汛期,第六条\n' >in.csv
    gives 0 "$(printf '%s\n' $'1\tappeal' $'2\tappeal')" "" sh -c 'ticket-appeal --csv in.csv | cut -f 1,2'
    same "$(sql 'SELECT ticket_id, figures FROM v_appeal ORDER BY id')" $'1|party-on-time\n2|on-time'
    printf 'id,figures\n1,xx\n' >bad.csv
    run --separate-stderr ticket-appeal --reason a --basis b --csv bad.csv
    same "$status $(head -n 1 <<<"$stderr")" '2 ticket-appeal: bad.csv:2: "xx" is no figure of requests'
}

@test "what is stored otherwise than its events say is found" {
    needs_file "a row is changed behind the programs' back"
    late
    quiet ticket-appeal --figure due --reason a --basis b 1
    quiet ticket-appeal --approve --reason c 1
    sqlite3 "$QIFU_DB" "UPDATE appeal SET granted = 0, figures = 'redo'"
    gives 1 $'replay\t1\tappeal 1: figures is redo, its events give due\nreplay\t1\tappeal 1: granted is 0, its events give 1' "" center-check
    sqlite3 "$QIFU_DB" "DELETE FROM appeal"
    gives 1 $'replay\t1\tappeal 1: the row is nothing, its events give one' "" center-check
}
