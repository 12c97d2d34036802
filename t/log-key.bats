#!/usr/bin/env bats
# log-key: keys of logs and of witnesses.

load lib/base

@test "a key is made once, for its owner alone; its public key is printed, and again" {
    call log-key log.example a.key
    same "$status $stderr" "0 "
    public=$output
    [[ $public =~ ^log\.example\+[0-9a-f]{8}\+/3[A-Za-z0-9+/]+=*$ ]]
    same "$(stat -c %a a.key)" 600
    same "$(head -n 1 a.key)" "qifu-key/v1 log log.example"
    gives 0 "$public" "" log-key --show a.key
    gives 2 "" "log-key: a.key: File exists" log-key log.example a.key
    gives 0 "$public" "" log-key --show a.key
    # each is another
    run ! grep -qF "$public" <(log-key log.example b.key)
}

@test "an Ed25519 key is one of C2SP's: its id is as the specification has it" {
    log-key -a ed25519 log.example a.key >pub
    IFS=+ read -r name id rest <pub
    same "$name ${rest:0:1} ${#rest}" "log.example A 44"
    same "$id" "$({ printf 'log.example\n'; base64 -d <<<"$rest"; } | sha256sum | cut -c 1-8)"
    # a witness's is of another type, so that its signature says something else
    log-key -a ed25519 --witness log.example w.key >pub
    IFS=+ read -r name id rest <pub
    same "$(base64 -d <<<"$rest" | head -c 1 | od -An -tu1)" "   4"
}

@test "openssl reads both kinds of key, and the ones it makes are taken" {
    for kind in sm2 ed25519; do
        log-key -a $kind log.example $kind.key >$kind.pub
        openssl pkey -in $kind.key -pubout -outform DER -out $kind.der
        size=$([ $kind = sm2 ] && echo 65 || echo 32)
        same "$(tail -c "$size" $kind.der | base64 -w 0)" "$(cut -d+ -f3- $kind.pub | base64 -d | tail -c "$size" | base64 -w 0)"
    done
    (umask 077 && { echo 'qifu-key/v1 witness own.example'; openssl genpkey -algorithm ed25519; } >own.key)
    call log-key --show own.key
    same "$status ${output%%+*}" "0 own.example"
}

@test "-n makes nothing" {
    log-key -n log.example a.key >out
    [ ! -e a.key ]
}

@test "what is no key is refused" {
    printf 'x\n' >no.key
    chmod 600 no.key
    gives 2 "" "log-key: no.key: no private key of log-key" log-key --show no.key
    log-key log.example a.key >out
    sed 1d a.key >b.key
    chmod 600 b.key
    gives 2 "" "log-key: b.key: no private key of log-key" log-key --show b.key
    openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 2>/dev/null |
        { echo 'qifu-key/v1 log rsa.example'; cat; } >c.key
    chmod 600 c.key
    gives 2 "" "log-key: c.key: no private key of log-key" log-key --show c.key
    chmod 640 a.key
    gives 2 "" "log-key: a.key: others may use this private key: chmod 600" log-key --show a.key
    gives 2 "" "log-key: none.key: No such file or directory" log-key --show none.key
}

@test "names and algorithms that cannot be are refused" {
    for name in "a b" a+b "" $'a\tb' "a　b"; do
        call log-key "$name" x.key
        same "$status" 2
        [[ $stderr == *"cannot be a key's name: no blanks and no plus; see log-key -h" ]]
    done
    gives 2 "" 'log-key: unknown algorithm "sm3" (did you mean sm2?); see log-key -h' log-key -a sm3 a x.key
    gives 2 "" "log-key: name whose key it is, and the file to make; see log-key -h" log-key a
    gives 2 "" "log-key: nowhere/x.key: No such file or directory" log-key a nowhere/x.key
    [ ! -e x.key ]
}
