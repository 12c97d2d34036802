#!/usr/bin/env bats
# log-verify: what outsiders verify, with nothing but keys.

load lib/base
load lib/proof

# verdicts ARGUMENTS...: status, and the verdict of each file.
verdicts() {
    call log-verify "$@"
    echo "$status $(cut -f 3 <<<"$output" | xargs)"
}

@test "heads and extensions hold" {
    two_heads
    log-prove --since one.head >extension
    time=2026-03-03T18:00:00+08:00 size=$(sed -n 2p two.head)
    gives 0 "one.head	head	holds	$(sed -n 2p one.head)	2026-03-02T18:00:00+08:00	signed by log.example
two.head	head	holds	$size	$time	signed by log.example" "" log-verify -k log.pub one.head two.head
    gives 0 "extension	extension	holds	$size	$time	signed by log.example" "" \
        log-verify -k "$(cat log.pub)" --since one.head extension
    gives 0 "-	head	holds	$size	$time	signed by log.example" "" \
        bash -c 'log-verify -k log.pub - <two.head'
    # mail may make other line ends of it
    sed 's/$/\r/' two.head >mailed.head
    same "$(verdicts -k log.pub mailed.head)" "0 holds"
}

@test "no byte of a head can be changed" {
    two_heads
    text=$(cat one.head; echo .)
    text=${text%.}
    signed=0
    for ((i = 0; i < ${#text}; i++)); do
        c=${text:i:1}
        case $c in A) with=B ;; *) with=A ;; esac
        printf %s "${text:0:i}$with${text:i+1}" >changed
        call log-verify -k log.pub changed
        [ "$status" != 0 ] || same "byte $i ($c)" "refused"
        signed=$((signed + 1))
    done
    [ "$signed" -gt 150 ]
}

@test "a changed head, one without a signature, one of another key: each refused by name" {
    two_heads
    sed 's/^time 2026-03-02/time 2026-03-01/' one.head >changed
    log-key log.example other.key >other.pub
    same "$(verdicts -k log.pub changed)" "1 changed"
    same "$(verdicts -k other.pub one.head)" "1 unsigned"
    same "$(verdicts -k w.pub one.head)" "1 unsigned"
    # of two keys of the log one is enough: keys are changed
    same "$(verdicts -k other.pub -k log.pub one.head)" "0 holds"
}

@test "two heads of one size are a fork, whoever signed them" {
    two_heads
    forked_heads
    same "$(verdicts -k log.pub one.head fork-one.head)" "1 holds fork"
    same "$(verdicts -k log.pub fork-one.head one.head)" "1 holds fork"
    same "$(verdicts -k log.pub --since one.head fork-one.head)" "1 fork"
    same "$(verdicts -k log.pub --since one.head fork.extension)" "1 fork"
    same "$(verdicts -k log.pub one.head one.head two.head)" "0 holds holds holds"
}

@test "a stale head is refused by name: behind the known one, or too old" {
    two_heads
    same "$(verdicts -k log.pub --since two.head one.head)" "1 stale"
    same "$(verdicts -k log.pub --since one.head two.head)" "1 apart"
    same "$(verdicts -k log.pub --since one.head one.head)" "0 holds"
    at 2026-03-10T18:00
    same "$(verdicts -k log.pub --max-age 7 one.head two.head)" "1 stale holds"
    same "$(verdicts -k log.pub --max-age 8 one.head two.head)" "0 holds holds"
}

@test "witnesses: all whose keys are given must have signed, or as many as are asked for" {
    two_heads
    log-key --witness v.example v.key >v.pub
    cat w.pub v.pub >both.pub
    log-cosign -k w.key -l log.pub -r w.record one.head >cosigned
    same "$(verdicts -k log.pub -k w.pub one.head)" "1 uncosigned"
    same "$(verdicts -k log.pub -k w.pub cosigned)" "0 holds"
    same "$(verdicts -k log.pub -k both.pub cosigned)" "1 uncosigned"
    same "$(verdicts -k log.pub -k both.pub --witnesses 1 cosigned)" "0 holds"
    same "$(verdicts -k log.pub -k both.pub --witnesses 0 one.head)" "0 holds"
    # a witness's signature that does not hold spoils the head
    sed '$s/.\{6\}$/AAAAA=/' cosigned >broken
    same "$(verdicts -k log.pub -k w.pub --witnesses 0 broken)" "1 changed"
    # of one whose key nobody gave nothing is thought
    same "$(verdicts -k log.pub broken)" "0 holds"
}

@test "what cannot be read is said, and the rest is verified" {
    two_heads
    printf 'x\n\n' >empty
    printf 'log.example\n7\nAAAA\n\n— log.example AAAAAAA=\n' >short
    printf 'a\0b' >binary
    call log-verify -k log.pub empty short binary none . one.head
    same "$status" 2
    same "$stderr" "log-verify: empty: no signature
log-verify: short: the head's root is no digest
log-verify: binary: this is no text
log-verify: none: No such file or directory
log-verify: .: this is a folder, not a file"
    same "$(cut -f 1,3 <<<"$output")" "one.head	holds"
    log-prove --since one.head >extension
    gives 2 "" "log-verify: extension: an extension is verified from the head that is known: --since" log-verify -k log.pub extension
    gives 2 "" "log-verify: --key is missing: whose signature is to be believed; see log-verify -h" log-verify one.head
    gives 2 "" "log-verify: name the files to verify; see log-verify -h" log-verify -k log.pub
    gives 2 "" "log-verify: no public key: log.example+12+AAAA" log-verify -k log.example+12+AAAA one.head
    sed 's/+[0-9a-f]*+/+00000000+/' log.pub >wrong.pub
    gives 2 "" "log-verify: wrong.pub: the id of this public key is not its own: $(cat wrong.pub)" log-verify -k wrong.pub one.head
}

@test "it needs no library but libc, and neither database nor configuration" {
    two_heads
    call env -i "$BIN/log-verify" -k log.pub -C /nowhere -d /nowhere one.head
    same "$status $stderr" "0 "
    run ! grep -q sqlite <(ldd "$BIN/log-verify")
}

# verdicts of what is in root, by the program that is there and nothing else.
bare() {
    call chroot root /log-verify -k log.pub "$@"
    echo "$status $(cut -f 3 <<<"$output" | xargs)"
}

@test "alone in a bare root it verifies" {
    alone=$BIN/../alone/log-verify
    [ -x "$alone" ] || skip "make alone needs libssl-dev"
    [ "$(id -u)" = 0 ] || skip "only root can change the root"
    two_heads
    log-prove --since one.head >extension
    mkdir root
    log-prove 1 >proof
    ticket-receipt 1 >receipt
    forked_heads
    cp "$alone" log.pub one.head two.head extension proof receipt fork* root
    rm -f root/fork.db*
    same "$(ls root | xargs)" "extension fork-one.head fork-two.head fork.extension log-verify log.pub one.head proof receipt two.head"
    same "$(bare --since one.head one.head extension)" "0 holds holds"
    same "$(bare proof receipt)" "0 holds holds"
    # a byte is changed
    sed -i 's/^dispatched$/answered/' root/proof
    same "$(bare proof)" "1 changed"
    sed -i 's/^time 2026/time 2025/' root/extension
    same "$(bare --since one.head extension)" "1 changed"
    # a head that is behind the one that is known, one that is too old
    same "$(bare --since two.head one.head)" "1 stale"
    same "$(QIFU_NOW=2026-04-02T18:00 bare --max-age 7 two.head)" "1 stale"
    # two heads of one size, and what leads from the one that is not known
    same "$(bare one.head fork-one.head)" "1 holds fork"
    same "$(bare --since one.head fork.extension)" "1 fork"
    same "$(bare --since fork-one.head fork.extension)" "0 holds"
}
