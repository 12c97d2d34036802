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
    # the digest of each event, by openssl: the one before it and the bytes shown
    while read -r before id; do
        bytes=$(awk -v id="$id" '/^event /{n=0; buf=""} n<=9{if(n)buf=buf $0 "\n"; n++; if(n==10){split(buf,l,"\n"); if(l[2]==id)printf "%s",buf}}' proof; echo .)
        same "$({ base64 -d <<<"$before"; printf %s "${bytes%.}"; } | openssl dgst -sm3 -r | cut -d ' ' -f 1)" \
            "$(sql "SELECT lower(hex(hash)) FROM event WHERE id = $id" | sed 's/^.x//')"
    done < <(awk '/^event /{b=$2; n=0} {n++} n==3{print b, $0}' proof)
}

@test "--unmask opens what is behind the seals, and the log notes it" {
    proved_ticket
    log-prove --unmask 1 >opened
    same "$(grep '^open ' opened | cut -d ' ' -f 2,4-)" 'title "退税"
body "问\"话"
enterprise "某公司"
phone "13812345678"
text "已办"'
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
    size=$(wc -c <opened) step=$([ -n "${QIFU_THOROUGH-}" ] && echo 1 || echo 19) tried=0
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
    refused() { # SENTENCE
        same "$(log-verify -k log.pub changed | cut -f 3,6)" "changed	event $1" || return
    }
    first=$(sed -n 4p proof)
    # the first event is left out
    awk '/^event /{n++} NR==1 || n!=1' proof >changed
    refused "$((first + 1)): events before it are left out, or in another order"
    # the one in the middle
    awk '/^event /{n++} n!=2' proof >changed
    refused "$first: nothing leads from it to the head"
    # the last: what is before has no path
    awk '/^event /{n++} n==3 && !/^index/ && !p{next} /^index/{p=1} {print}' proof >changed
    refused "$((first + 1)): nothing leads from it to the head"
    # what was received says something else
    sed 's/^"A1"$/"A2"/' proof >changed
    refused "$first: what was received is not what it names"
    # the end of another history, well signed
    forked_heads
    sed "$(($(grep -n '^index' proof | cut -d : -f 1) + 1)),\$d" proof >changed
    sed "1,$(grep -n '^index' proof | cut -d : -f 1)d; /^log.example\$/,\$d" proof >>changed
    cat fork-two.head >>changed
    refused "$((first + 2)): nothing leads from it to the head"
}

@test "a record that was changed behind the log is not proved" {
    proved_ticket
    sql "DROP TRIGGER ticket_intake_is_fixed; DROP TRIGGER ticket_intake_is_corrected; UPDATE ticket SET title = '别的' WHERE id = 1"
    gives 1 "" "log-prove: 1: event $(sed -n 4p proof): what was received is not what it names" log-prove 1
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
    same "$(grep -E '^open (title|was_title|is_title) ' opened | cut -d ' ' -f 2,4)" 'title "退税"
was_title "退税"
is_title "退税款"'
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
    same "$(grep -c '^index ' proof)" 3
    same "$(log-verify -k log.pub proof | cut -f 3,6)" \
        "holds	ticket 1, 3 events, the last answered 2026-03-02T10:00:00+08:00; signed by log.example"
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
