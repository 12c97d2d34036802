#!/usr/bin/env bats
# ticket-receipt: what an enterprise keeps.

load lib/base
load lib/proof

@test "a receipt says number, receipt, deadline and seal, and proves what it says" {
    proved_ticket
    call ticket-receipt 1
    same "$status $stderr" "0 "
    same "$(head -n 6 <<<"$output")" "# 受理回执
# 受理编号 1
# 受理时间 2026-03-02T10:00:00+08:00
# 答复期限 2026-03-09T23:59:59+08:00
# 日志封签 2026-03-02T18:00:00+08:00
qifu-proof/v1"
    echo "$output" >receipt
    same "$(log-verify -k log.pub receipt | cut -f 2,3,6)" \
        "receipt	holds	ticket 1, 1 events, the last received 2026-03-02T10:00:00+08:00; signed by log.example"
    same "$(grep -c '^event ' receipt)" 1
    run ! grep -e 退税 -e 某公司 receipt
}

@test "none of its words can be changed" {
    proved_ticket
    ticket-receipt 1 >receipt
    for change in 's/受理编号 1/受理编号 2/' 's/-09T23/-16T23/' 's/受理时间 2026-03-02/受理时间 2026-03-01/' \
        '/答复期限/d' '1i # 已办结' 's/日志封签 2026-03-02/日志封签 2026-03-01/'; do
        sed "$change" receipt >changed
        cmp -s receipt changed && same "$change" "a change"
        same "$change: $(log-verify -k log.pub changed | cut -f 3)" "$change: changed"
    done
}

@test "in a center of another time zone too" {
    cp -r "$TREE/share" share
    sed -i 's|^timezone:.*|timezone: Asia/Tokyo|' share/center.yaml
    QIFU_CONFIG=$T/share proved_ticket
    ticket-receipt -C share 1 >receipt
    grep -q '^# 答复期限 2026-03-09T23:59:59+09:00$' receipt
    same "$(log-verify -k log.pub receipt | cut -f 3)" holds
}

@test "--unmask shows what was received, which the log notes; nothing else of the ticket" {
    proved_ticket
    ticket-receipt --unmask 1 >receipt
    same "$(grep '\^' receipt | cut -c 26-)" '"退税"
"问\"话"
"某公司"
"13812345678"'
    same "$(log-verify -k log.pub receipt | cut -f 3)" holds
    same "$(sql "SELECT type, data FROM event ORDER BY id DESC LIMIT 1")" 'unmasked|{"program":"ticket-receipt"}'
}

@test "what cannot be proved yet is said" {
    proved_ticket
    ticket-new -q --title 新 >out
    gives 1 "" "ticket-receipt: 2: no signed head reaches it yet (log-head)" ticket-receipt 2
    gives 1 "" "ticket-receipt: 9: no such ticket" ticket-receipt 9
    gives 1 "" "ticket-receipt: no head was cosigned yet (log-head --take)" ticket-receipt --cosigned 1
    gives 2 "" "ticket-receipt: name one ticket; see ticket-receipt -h" ticket-receipt
    ticket-note -q --confidential 1 >out
    gives 1 "" "ticket-receipt: 1: it is confidential: --unmask shows it, which the log notes" ticket-receipt 1
}
