#!/usr/bin/env bats
# ticket-accept: the lead signs a ticket in, each assist its part; both have a clock for it.

load lib/base
load lib/loop

# Ticket 1, of 2 March 2026 (a Monday), led by tax, which finance assists; ticket 2 in the pool.
two() {
    center
    new 2026-03-02T09:00 >ids
    new 2026-03-02T09:00 --source 12345 --ref A2 >>ids
    quiet ticket-route --now 2026-03-02T10:00 --to tax --assist finance 1
    at 2026-03-03T15:00
}

@test "the lead signs in: state, moment, event" {
    two
    gives 0 $'1\taccept\taccepted\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-accept 1
    same "$(fields 1 state accept_due accepted)" "state=accepted
accept_due=2026-03-03T23:59:59+08:00
accepted=2026-03-03T15:00:00+08:00"
    same "$(sql "SELECT at, recorded, type, data FROM v_event ORDER BY id DESC LIMIT 1")" \
        '2026-03-03T15:00:00+08:00|2026-03-03T15:00:00+08:00|accepted|{"by":"tax"}'
    refuses "ticket-accept: 1: accept: it is accepted already" ticket-accept 1
    sound
}

@test "an assist signs its own part in, and the ticket's state stays" {
    two
    gives 0 $'1\taccept\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-accept --by 市财政局 1
    same "$(ticket-show 1 | awk -F '\t' '$2 == "party" { print $3 }')" \
        "tax lead due 2026-03-09T23:59:59+08:00 accept-due 2026-03-03T23:59:59+08:00
finance assist due 2026-03-09T23:59:59+08:00 accept-due 2026-03-03T23:59:59+08:00 accepted 2026-03-03T15:00:00+08:00"
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" 'assist-accepted|{"by":"finance"}'
    refuses "ticket-accept: 1: accept: it is accepted already" ticket-accept --by finance 1
    gives 0 $'1\taccept\taccepted\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-accept --by tax --text 收到 1
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" '{"by":"tax","text":"收到"}'
    sound
}

@test "after the lead an assist still signs in" {
    two
    quiet ticket-accept 1
    gives 0 $'1\taccept\taccepted\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-accept --by finance 1
    sound
}

@test "whoever does not handle it is refused, the center too" {
    two
    refuses "ticket-accept: 1: accept: that organisation does not handle it" ticket-accept --by justice 1
    refuses "ticket-accept: 1: accept: that organisation does not handle it" ticket-accept --by center 1
    refuses 'ticket-accept: unknown organisation "市税务" (did you mean 市税务局?)' ticket-accept --by 市税务 1
}

@test "a state that does not allow it says what it allows" {
    two
    refuses "ticket-accept: 2: accept: it is received (待派发); now: 派发 答复 会商 并单 不予受理 转办 撤回 作废" \
        ticket-accept 2
    quiet ticket-answer --text x --without y 1
    refuses "ticket-accept: 1: accept: it is answered (已答复); now: 评价 申请作办结 未评价办结 作废" \
        ticket-accept 1
    quiet ticket-rate --score 5 1
    refuses "ticket-accept: 1: accept: it is closed (已办结); now: 备注" ticket-accept 1
}

@test "--at: not in the future, not before the start; entered again it is harmless" {
    two
    refuses "ticket-accept: 1: 2026-03-03T15:00:01+08:00 lies in the future" ticket-accept --at 2026-03-03T15:00:01 1
    refuses "ticket-accept: 1: 2026-03-02T08:59:59+08:00 lies before 2026-03-02T09:00:00+08:00, when the clock started" \
        ticket-accept --at 2026-03-02T08:59:59 1
    refuses "ticket-accept: 1: 2026-03-02T09:59:59+08:00 lies before 2026-03-02T10:00:00+08:00, when it was dispatched" \
        ticket-accept --at 2026-03-02T09:59:59 1
    refuses 'ticket-accept: not a time: "soon" (write 2020-05-27 or 2020-05-27T09:00); see ticket-accept -h' \
        ticket-accept --at soon 1
    quiet ticket-accept --at 2026-03-02T11:00 1
    same "$(sql "SELECT at, recorded FROM v_event ORDER BY id DESC LIMIT 1")" \
        "2026-03-02T11:00:00+08:00|2026-03-03T15:00:00+08:00"
    before=$(everything)
    gives 0 "" "" ticket-accept --at 2026-03-02T11:00 1
    gives 0 "" "" ticket-accept --at 2026-03-02T11:00 --by tax 1
    same "$(everything)" "$before"
    refuses "ticket-accept: 1: accept: it is accepted already" ticket-accept --at 2026-03-02T12:00 1
    # so it is for an assist
    quiet ticket-accept --at 2026-03-02T12:00 --by finance 1
    before=$(everything)
    gives 0 "" "" ticket-accept --at 2026-03-02T12:00 --by finance 1
    same "$(everything)" "$before"
    # and after the next round has begun
    quiet ticket-answer --text x --without y 1
    quiet ticket-rate --score 1 1
    quiet ticket-follow --outcome redo --text x 1
    before=$(everything)
    gives 0 "" "" ticket-accept --at 2026-03-02T11:00 1
    same "$(everything)" "$before"
}

@test "operands, standard input, and the good ones beside the bad ones" {
    two
    quiet ticket-route --to tax 2
    sh_run "printf '2\tx\n77\nx\n' | ticket-accept 1 -"
    same "$status" 2
    same "$stderr" $'ticket-accept: standard input:3: not an id: "x"\nticket-accept: 77: no such ticket'
    same "$(cut -f1-3 <<<"$output")" $'1\taccept\taccepted\n2\taccept\taccepted'
    sound
}

@test "--csv, by id and by source and ref" {
    two
    quiet ticket-route --now 2026-03-02T10:00 --to tax 2
    printf '工单编号,来源,签收时间\nA2,12345,2026-03-03 11:00\n' >acts.csv
    gives 0 $'2\taccept\taccepted\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-accept --csv acts.csv
    gives 0 "" "ticket-accept: 1 already there" ticket-accept --csv acts.csv
    printf 'ref,at\nA2,2026-03-03 11:00\n' >acts.csv
    gives 0 "" "ticket-accept: 1 already there" ticket-accept --source 12345 --csv acts.csv
    printf 'id,by,at\n1,finance,2026-03-03 11:00\n1,tax,2026-03-03 12:00\n' >acts.csv
    gives 0 $'1\taccept\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲
1\taccept\taccepted\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-accept --csv acts.csv
    gives 0 "" "ticket-accept: 2 already there" ticket-accept --csv acts.csv
    sound
}

@test "-n changes nothing; formats; usage" {
    two
    before=$(everything)
    gives 0 $'1\taccept\taccepted\t2026-03-09T23:59:59+08:00\ttax\t甲' "" ticket-accept -n 1
    gives 0 "编号  事项  状态    答复期限          主办                      标题
   1  签收  已签收  2026-03-09 23:59  国家税务总局徐州市税务局  甲" "" ticket-accept -n -F table 1
    gives 0 '{"id":1,"act":"accept","state":"accepted","due":"2026-03-09T23:59:59+08:00","lead":"tax","title":"甲"}' \
        "" ticket-accept -n -F json 1
    same "$(everything)" "$before"
    refuses "ticket-accept: name the tickets, or a file with --csv; see ticket-accept -h" ticket-accept
    refuses "ticket-accept: tickets are named by --csv or by operands, not both; see ticket-accept -h" \
        ticket-accept --csv x 1
    refuses "ticket-accept: --source, --encoding and --rejects go with --csv; see ticket-accept -h" \
        ticket-accept --source x 1
}
