#!/usr/bin/env bats
# log-prove: proofs of what stands in the log.

load lib/base
load lib/proof

@test "an extension leads from an earlier head to the last one, as a witness is asked (c2sp.org/tlog-witness)" {
    two_heads
    call log-prove --since one.head
    same "$status $stderr" "0 "
    same "$(head -n 1 <<<"$output")" "old $(sed -n 2p one.head)"
    same "$(sed '1,/^$/d' <<<"$output")" "$(cat two.head)"
    run ! grep -vE '^[A-Za-z0-9+/]{43}=$' <(sed '1d;/^$/,$d' <<<"$output")
}

@test "heads that are not of this log lead nowhere" {
    two_heads
    forked_heads
    gives 1 "" "log-prove: fork-one.head, of $(sed -n 2p one.head) events on 2026-03-02T18:00:00+08:00, is not one of this log" \
        log-prove --since fork-one.head
    ticket-new -q --title 三 >out
    log-head -k log.key >three.head
    QIFU_DB=$([ -e fork.db ] && echo "$T/fork.db" || echo "${QIFU_DB/$SERVED/${SERVED}_fork}") \
        gives 1 "" "log-prove: three.head has $(sed -n 2p three.head) events, and the last head $(sed -n 2p fork-two.head)" \
        log-prove --since three.head
}

@test "without a head there is nothing to prove" {
    two_heads
    cp one.head known.head
    no_center
    center
    gives 1 "" "log-prove: no head was signed yet (log-head)" log-prove --since known.head
    gives 1 "" "log-prove: no head was cosigned yet (log-head --take)" log-prove --cosigned --since known.head
    gives 2 "" "log-prove: none: No such file or directory" log-prove --since none
    echo x >no.head
    log-head -k log.key >out
    gives 2 "" "log-prove: no.head: no empty line before the signatures" log-prove --since no.head
}

@test "--cosigned leads to the last head that a witness has signed" {
    two_heads
    log-prove --since one.head >extension
    log-cosign -k w.key -l log.pub -r w.record one.head >out
    log-cosign -k w.key -l log.pub -r w.record extension >two.cosigned
    log-head --take two.cosigned --witness w.pub
    log-head -k log.key >three.head
    same "$(log-prove --cosigned --since one.head | sed '1,/^$/d')" "$(cat two.cosigned)"
    same "$(log-prove --since one.head | sed '1,/^$/d')" "$(cat three.head)"
}
