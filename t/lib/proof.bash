# For tests of heads and proofs: keys, two heads of one log, and two of a forged one.

# two_heads [ALGORITHM]: a center with a ticket, whose log has two heads, one.head and two.head; log.key
# (log.pub) has signed them, w.key (w.pub) is a witness's.
two_heads() {
    at 2026-03-02T09:00
    center
    log-key -a "${1:-sm2}" log.example log.key >log.pub
    log-key -a "${1:-sm2}" --witness w.example w.key >w.pub
    ticket-new -q --title 一 >out
    at 2026-03-02T18:00
    log-head -k log.key >one.head
    at 2026-03-03T09:00
    ticket-new -q --title 二 >out
    ticket-route -q --to tax 1 >out
    at 2026-03-03T18:00
    log-head -k log.key >two.head
}

# A ticket with what can be opened, answered, and a head over it; proof is its proof.
proved_ticket() {
    at 2026-03-02T10:00
    center
    log-key log.example log.key >log.pub
    {
        echo 标题,内容,编号,受理时间,联系电话,企业名称,类型
        echo '退税,"问""话",A1,2026-03-02T10:00,13812345678,某公司,投诉'
    } >rows.csv
    ticket-new -q --csv rows.csv >out
    ticket-route -q --to tax 1 >out
    ticket-answer -q --text 已办 1 >out
    at 2026-03-02T18:00
    log-head -k log.key >log.head
    log-prove 1 >proof
}

# What somebody with the key makes, who has rewritten the log: fork-one.head and fork-two.head, of the
# sizes that the true ones have, and fork.extension, which leads from the one to the other.
forked_heads() {
    local true=$QIFU_DB
    if served; then
        server "CREATE DATABASE ${SERVED}_fork TEMPLATE qifu_empty" && : >.forked
        QIFU_DB=${QIFU_DB/$SERVED/${SERVED}_fork}
    else
        QIFU_DB=$T/fork.db
    fi
    QIFU_NOW=2026-03-02T09:00 command center-init -q --demo
    QIFU_NOW=2026-03-02T09:00 ticket-new -q --title 假 >out
    QIFU_NOW=2026-03-02T18:00 log-head -k log.key >fork-one.head
    QIFU_NOW=2026-03-03T09:00 ticket-new -q --title 二 >out
    QIFU_NOW=2026-03-03T09:00 ticket-route -q --to tax 1 >out
    QIFU_NOW=2026-03-03T18:00 log-head -k log.key >fork-two.head
    log-prove --since fork-one.head >fork.extension
    QIFU_DB=$true
}

# For what was written once more in Python, from the manual and the standards.
need_python() {
    python3 -c 'import hashlib; hashlib.new("sm3")' 2>/dev/null || skip "no python3 that knows SM3"
}
