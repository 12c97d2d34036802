#!/usr/bin/env bats
# log-prove: proofs of what stands in the log.

load lib/base
load lib/proof

# opened FILE: the texts that a proof opens, each behind its salt.
opened() { grep -oE '\^[A-Za-z0-9+/]{22}=="([^"\\]|\\.)*"' "$1" | cut -c 26-; }

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
    echo x >no.head
    log-head -k log.key >out
    gives 2 "" "log-prove: none: No such file or directory" log-prove --since none
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

@test "a ticket is proved: its events, in the form that qifu-log(7) gives, and a path to the head" {
    proved_ticket
    size=$(sed -n 2p log.head)
    gives 0 "proof	proof	holds	$size	2026-03-02T18:00:00+08:00	ticket 1, 3 events, the last answered 2026-03-02T10:00:00+08:00; signed by log.example" "" \
        log-verify -k log.pub proof
    same "$(tail -n 6 proof)" "$(cat log.head)"
    same "$(grep -c '^event ' proof) $(grep -c '^index ' proof) $(grep -c '^content$' proof)" "3 1 1"
    # nothing of it says who or what
    run ! grep -e 退税 -e 问 -e 1381234 -e 某公司 -e 已办 proof
}

@test "the events of a proof have the digests that the log has, by the manual alone" {
    need_python
    proved_ticket
    log-prove --unmask 1 >opened
    for file in proof opened; do
        same "$("$TREE/t/lib/proof.py" $file | grep '^[0-9h]')" "holds
$(sql "SELECT id || ' ' || type || ' ' || lower(hex(hash)) FROM event WHERE ticket_id = 1 AND type <> 'unmasked' ORDER BY id" | sed 's/ .x/ /')"
    done
    same "$("$TREE/t/lib/proof.py" opened | tail -n 5 | cut -d ' ' -f 2)" "$(opened opened)"
    sed 's/"lead":"tax"/"lead":"justice"/' proof >changed
    same "$("$TREE/t/lib/proof.py" changed | head -n 1)" "does not hold"
}

@test "--unmask opens what is behind the seals, and the log notes it" {
    proved_ticket
    log-prove --unmask 1 >opened
    same "$(opened opened)" '"退税"
"问\"话"
"某公司"
"13812345678"
"已办"'
    same "$(log-verify -k log.pub opened | cut -f 3,6)" \
        "holds	ticket 1, 3 events, the last answered 2026-03-02T10:00:00+08:00; 5 texts opened; signed by log.example"
    same "$(sql "SELECT type, ticket_id, data FROM event ORDER BY id DESC LIMIT 1")" 'unmasked|1|{"program":"log-prove"}'
    ticket-note -q --confidential 1 >out
    gives 1 "" "log-prove: 1: it is confidential: --unmask shows it, which the log notes" log-prove 1
}

@test "no byte of a proof can be changed" {
    proved_ticket
    log-prove --unmask 1 >opened
    LC_ALL=C
    size=$(wc -c <opened) step=$([ -n "${QIFU_THOROUGH-}" ] && echo 1 || echo 13) tried=0
    for ((i = 0; i < size; i += step)); do
        with=A
        [ "$(tail -c +$((i + 1)) opened | head -c 1)" != A ] || with=B
        { head -c $i opened; printf %s $with; tail -c +$((i + 2)) opened; } >changed
        call log-verify -k log.pub changed
        [ "$status" != 0 ] || same "byte $i of $size" refused
        tried=$((tried + 1))
    done
    [ $tried -gt 80 ]
}

@test "what is left out, doubled, from elsewhere or in another order is refused by name" {
    proved_ticket
    refused() { # ID [SENTENCE]
        same "$(log-verify -k log.pub changed | cut -f 3,6)" \
            "changed	event $1: ${2:-it, or what is shown before it, is not what leads to the head}" || return
    }
    first=$(sed -n '/^event/{n;p;q}' proof) last=$((first + 2))
    part='/^content$/ || /^event / { n++ }' # what was received, and three events
    # the first event is left out, the true digest of which stands before the next
    before=$(sql "SELECT lower(hex(hash)) FROM event WHERE id = $first" | sed 's/^.x//; s/../\\x&/g')
    awk "$part"' NR == 1 || n > 2' proof | sed "0,/^event =/s||event $(printf "$before" | base64)|" >changed
    refused "$last"
    # the one in the middle
    awk "$part"' n != 3' proof >changed
    refused "$last"
    # the last: what is before has no path
    { awk "$part"' n < 4' proof; echo; cat log.head; } >changed
    refused "$((first + 1))"
    # the one in the middle twice
    { awk "$part"' n < 4' proof; awk "$part"' n == 3' proof; awk "$part"' n == 4' proof; } >changed
    refused "$((first + 1))" "it is of another ticket, or in another order"
    # what was received says something else
    sed 's/^"A1"$/"A2"/' proof >changed
    refused "$last"
    # the end of another history, well signed
    forked_heads
    sed '/^log.example$/,$d' proof >changed
    cat fork-two.head >>changed
    refused "$last"
}

@test "a record that was changed behind the log is not proved" {
    proved_ticket
    sql "DROP TRIGGER ticket_intake_is_fixed; DROP TRIGGER ticket_intake_is_corrected; UPDATE ticket SET title = '别的' WHERE id = 1"
    gives 1 "" "log-prove: 1: event $(sed -n '/^event/{n;p;q}' proof): what was received is not what it names" log-prove 1
}

@test "a ticket that no head reaches yet, one that is not there, and one by its number" {
    proved_ticket
    ticket-new -q --title 新 >out
    gives 1 "" "log-prove: 2: no signed head reaches it yet (log-head)" log-prove 2
    gives 1 "" "log-prove: 9: no such ticket" log-prove 9
    gives 0 "$(cat proof)" "" log-prove ref:A1
    gives 2 "" "log-prove: name one ticket, or a head by --since; see log-prove -h" log-prove 1 2
    gives 2 "" "log-prove: --since is about the log, and takes no ticket; see log-prove -h" log-prove --since log.head 1
}

@test "a correction is proved with what was received before it" {
    proved_ticket
    ticket-correct -q --title 退税款 --reason 笔误 1 >out
    log-head -k log.key >log.head
    log-prove --unmask 1 >opened
    same "$(log-verify -k log.pub opened | cut -f 3)" holds
    same "$(opened opened | grep 税)" '"退税"
"退税"
"退税款"'
}

@test "events of a database of before, which name no others, have a path each" {
    needs_file "the chain is computed anew by the sqlite3 shell and openssl"
    proved_ticket
    sql "DROP TRIGGER event_is_fixed"
    printf '%032d' 0 | tr 0 '\0' | head -c 32 >before
    for id in $(sql "SELECT id FROM event ORDER BY id"); do
        { cat before; sql "SELECT id || x'0a' || coalesce(ticket_id, 0) || x'0a' || at || x'0a' || recorded_at || x'0a' ||
            type || x'0a' || actor || x'0a' || data FROM event WHERE id = $id"; } | openssl dgst -sm3 -binary >after
        sql "UPDATE event SET seed = NULL, hash = x'$(od -An -tx1 after | tr -d ' \n')' WHERE id = $id"
        mv after before
    done
    call center-check -q --log
    same "$status" 0
    sql "DROP TRIGGER event_is_kept; DELETE FROM event WHERE type = 'head-signed'"
    log-head -k log.key >log.head
    log-prove 1 >proof
    same "$(grep -c '^index ' proof) $(grep -c '^event/1 ' proof)" "3 3"
    same "$(log-verify -k log.pub proof | cut -f 3,6)" \
        "holds	ticket 1, 3 events, the last answered 2026-03-02T10:00:00+08:00; signed by log.example"
    need_python
    same "$("$TREE/t/lib/proof.py" proof | head -n 1)" holds
}

@test "among ten million events a proof has less than 2 KB besides what its events say" {
    need_python
    at 2026-03-02T10:00
    center
    log-key log.example log.key >log.pub
    printf '标题,内容,受理时间,联系人,联系电话,企业名称\n退税,问,2026-03-02T10:00,张三,13812345678,某公司\n' | ticket-new -q --no-ref --csv - >out
    ticket-new -q --title 二 >out
    for act in "route --to tax" accept "note --text 催" "answer --text 已办" "rate --score 5"; do
        set -- $act
        ticket-$1 -q "${@:2}" 1 >out
        ticket-note -q --text 无 2 >out # the log is of others too
    done
    log-head -k log.key >log.head
    for file in closed opened; do
        log-prove $([ $file = closed ] || echo --unmask) 1 >$file
        same "$(log-verify -k log.pub $file | cut -f 3)" holds
        read -r whole besides < <("$TREE/t/lib/proof.py" -s $file)
        path=$(sed '1,/^index/d; /^$/,$d' $file | wc -l)
        # a digest of the path is a line of 45 bytes, and of 2^23 to 2^24 leaves there are 24
        echo "$file: $(grep -c '^event ' $file) events, $((whole + (24 - path) * 45)), $((besides + (24 - path) * 45))" | tee -a sizes
        [ $((besides + (24 - path) * 45)) -lt 2048 ]
    done
}

@test "a telephone outside of the seals is not handed out unnoticed" {
    proved_ticket
    ticket-new -q --title 二 >out
    ticket-route -q --to tax 2 >out
    ticket-return -q --reason 不属于本单位职责 --basis 见13812341234来电 2 >out
    log-head -k log.key >log.head
    call log-prove 2
    same "$status $output" "1 "
    [[ $stderr == "log-prove: 2: event "*" names a person outside of the seals: --unmask shows it, which the log notes" ]] ||
        { [ -z "$stderr" ] && run ! grep 1381234 <<<"$output"; }
    log-prove --unmask 2 >opened
    same "$(log-verify -k log.pub opened | cut -f 3)" holds
}
