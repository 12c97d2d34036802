#!/usr/bin/env bats
# log-cosign: a witness signs what extends the head that it signed last, and nothing else.

load lib/base
load lib/proof

cosign() { log-cosign -k w.key -l log.pub -r w.record "$@"; }

@test "a witness signs the first head, and each that extends it" {
    two_heads
    call cosign one.head
    same "$status $stderr" "0 "
    note=$output
    same "$(head -n 6 <<<"$note")" "$(cat one.head)"
    [[ $(tail -n 1 <<<"$note") =~ ^—\ w\.example\ [A-Za-z0-9+/]+=*$ ]]
    log-prove --since one.head >extension
    call cosign extension
    same "$status $stderr $(wc -l <<<"$output")" "0  7"
    # the record has both, and is nobody else's
    same "$(grep -c '^log.example$' w.record) $(stat -c %a w.record)" "2 600"
    # the same once more is no harm
    log-prove --since two.head | cosign - >again
    same "$(head -n 6 again)" "$(cat two.head)"
}

@test "what a witness says is verified by openssl, in both algorithms" {
    python3 -c 'import hashlib' 2>/dev/null || skip "no python3"
    for kind in sm2 ed25519; do
        two_heads $kind
        log-key -a $kind --witness v.example v.key >v.pub
        cosign one.head >cosigned
        log-cosign -k v.key -l log.pub -r v.record cosigned >twice
        gives 0 $'log.example good\nw.example good\nv.example good' "" \
            "$TREE/t/lib/note.py" verify twice log.pub w.pub v.pub
        sed '3s/^./-/; 2s/$/0/' twice >changed
        gives 0 $'log.example bad\nw.example bad\nv.example bad' "" \
            "$TREE/t/lib/note.py" verify changed log.pub w.pub v.pub
        no_center
        rm -f ./*.key w.record v.record
    done
}

@test "a fork is refused by name: two heads of one size, and one that does not begin with the other" {
    two_heads
    cosign one.head >out
    forked_heads
    before=$(cat w.record)
    gives 1 "" "log-cosign: fork: two heads of $(sed -n 2p one.head) events with other roots" cosign fork-one.head
    # the forger extends his own history, which is not what the witness knows
    gives 1 "" "log-cosign: fork: its $(sed -n 2p fork-two.head) events do not begin with the $(sed -n 2p one.head) of the known head" \
        cosign fork.extension
    same "$(cat w.record)" "$before"
}

@test "a stale head is refused by name" {
    two_heads
    cosign one.head >out
    log-prove --since one.head >extension
    cosign extension >out
    gives 1 "" "log-cosign: stale: it has $(sed -n 2p one.head) events, and a head of $(sed -n 2p two.head) is known" cosign one.head
    # an extension from another head than the last
    log-head -k log.key >three.head
    log-prove --since one.head >extension
    gives 1 "" "log-cosign: apart: the extension starts at $(sed -n 2p one.head) events, and the known head has $(sed -n 2p two.head)" \
        cosign extension
}

@test "a head of another log, or by another key, is refused by name" {
    two_heads
    log-key log.example other.key >other.pub
    gives 1 "" "log-cosign: unsigned: no trusted key of log.example has signed this head" \
        log-cosign -k w.key -l other.pub -r w.record one.head
    sed 's/^time 2026-03-02/time 2026-03-01/' one.head >changed
    gives 1 "" "log-cosign: changed: the signature of log.example does not hold" cosign changed
    [ ! -e w.record ] || same "$(cat w.record)" ""
    gives 2 "" "log-cosign: log.key: this is the key of a log, not of a witness" \
        log-cosign -k log.key -l log.pub -r w.record one.head
}

@test "-n judges, and signs nothing" {
    two_heads
    gives 0 "" "" cosign -n one.head
    [ ! -e w.record ]
    cosign one.head >out
    forked_heads
    call cosign -n fork-one.head
    same "$status ${stderr%%: two*}" "1 log-cosign: fork"
}

@test "what a crash left of the record is cut off; another file is left alone" {
    two_heads
    cosign one.head >out
    whole=$(cat w.record)
    log-prove --since one.head >extension
    for left in log.ex $'log.example\n1234\n' "$(cat two.head)"; do
        { echo "$whole"; echo; printf %s "$left"; } >w.record
        cosign extension >out
        same "$(grep -c '^— w.example' w.record)" 2
        printf '%s\n\n' "$whole" >w.record
    done
    echo "my thesis" >w.record
    gives 2 "" "log-cosign: w.record: this is no record of log-cosign for this log" cosign one.head
    same "$(cat w.record)" "my thesis"
}

@test "two at once sign one history" {
    two_heads
    cosign one.head >out
    forked_heads
    log-prove --since one.head >extension
    for _ in 1 2 3 4 5; do
        cosign extension >a 2>&1 &
        cosign fork.extension >b 2>&1 &
    done
    wait
    same "$(grep -c "^$(sed -n 3p fork-two.head)\$" w.record)" 0
}
