#!/usr/bin/env bats
# What all pages share: how they read a request, their heads, words, counts, and how they fail.

load lib/base
load lib/web

# refused STATUS [NAME=VALUE...]: a request with these variables and standard input is refused so.
refused() {
    local status_=$1
    shift
    call env SCRIPT_NAME=/x REMOTE_ADDR=192.0.2.1 "$@" web-track
    same "$* : $status ${output%%$'\n'*}" "$* : 1 Status: $status_"
}
FORM=CONTENT_TYPE=application/x-www-form-urlencoded

@test "a page has a head that keeps it to itself; the style sheet is the one that the policy names" {
    at 2026-03-02T09:00
    pages
    for program in web-file web-track; do
        visit $program >page
        sum=$(sed -n 's/.*<style>\(.*\)<\/style>.*/\1/p' page | tr -d '\n' | openssl dgst -sha256 -binary | base64)
        same "$(sed '/^$/q' page)" "Status: 200 OK
Content-Type: text/html; charset=utf-8
Content-Security-Policy: default-src 'none'; style-src 'sha256-$sum'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
X-Content-Type-Options: nosniff
X-Frame-Options: DENY
Referrer-Policy: no-referrer
Cache-Control: no-store"
        [ "$(wc -c <page)" -lt 60000 ]
        same "$(grep -ciE '<script|<link|<img|style=|onclick|http:|https:' page)" 0
    done
    REQUEST_METHOD=HEAD web-file >head
    visit web-file | sed '/^$/q' | diff - head
}

@test "a request that is none of ours is refused, and says why" {
    at 2026-03-02T09:00
    pages
    refused "405 Method Not Allowed" REQUEST_METHOD=PUT
    refused "405 Method Not Allowed" REQUEST_METHOD=
    refused "400 Bad Request" REQUEST_METHOD=GET QUERY_STRING=n=%zz
    refused "400 Bad Request" REQUEST_METHOD=GET QUERY_STRING=n=%ff
    refused "400 Bad Request" REQUEST_METHOD=GET QUERY_STRING=n=%00
    refused "400 Bad Request" REQUEST_METHOD=GET "QUERY_STRING=n=1&n=2"
    refused "400 Bad Request" REQUEST_METHOD=GET QUERY_STRING=%2
    refused "400 Bad Request" REQUEST_METHOD=GET QUERY_STRING="$(seq -s '&' 65)"
    refused "411 Length Required" REQUEST_METHOD=POST $FORM
    for length in x -1 1x 99999999999999999999 ' 1' 0x10; do
        refused "411 Length Required" REQUEST_METHOD=POST $FORM CONTENT_LENGTH="$length"
    done
    refused "413 Content Too Large" REQUEST_METHOD=POST $FORM CONTENT_LENGTH=10485760
    refused "413 Content Too Large" REQUEST_METHOD=POST $FORM CONTENT_LENGTH=262145
    refused "415 Unsupported Media Type" REQUEST_METHOD=POST CONTENT_LENGTH=1
    refused "415 Unsupported Media Type" REQUEST_METHOD=POST CONTENT_LENGTH=1 'CONTENT_TYPE=multipart/form-data; boundary=x'
    refused "415 Unsupported Media Type" REQUEST_METHOD=POST CONTENT_LENGTH=1 CONTENT_TYPE=application/x-www-form-urlencodedx
    printf 'n=1' >short
    refused "400 Bad Request" REQUEST_METHOD=POST $FORM CONTENT_LENGTH=4 <short
    printf 'n=\xe4\xb8' >cut
    refused "400 Bad Request" REQUEST_METHOD=POST $FORM CONTENT_LENGTH=4 <cut
    printf 'n=\0' >nul
    refused "400 Bad Request" REQUEST_METHOD=POST $FORM CONTENT_LENGTH=3 <nul
    # what follows the length that was said is not read
    printf 'n=1&t=%%zz' >long
    call env REQUEST_METHOD=POST "$FORM; charset=UTF-8" CONTENT_LENGTH=3 web-track <long
    same "${output%%$'\n'*}" "Status: 200 OK"
}

@test "what a browser encodes arrives as it was: line ends, signs, characters of four bytes" {
    at 2026-03-02T09:00
    pages
    visit web-track 'n=%F0%A0%AE%B7+a%2Bb%26%3D%3c%22' >page
    grep -qF 'value="𠮷 a+b&amp;=&lt;&quot;"' page
}

@test "the server's words are no options, whatever a query is" {
    at 2026-03-02T09:00
    pages
    for word in -V -d/etc/passwd --help x; do
        REQUEST_METHOD=GET web-track "$word" >page
        same "$(head -n 1 page)" "Status: 200 OK"
    done
    gives 2 "" "web-track: no operand is expected; see web-track -h" web-track x
}

@test "a program that fails says so as a page, and why in the server's log" {
    at 2026-03-02T09:00
    pages
    call env QIFU_DB=none.db REQUEST_METHOD=GET web-file
    same "$status ${output%%$'\n'*} $stderr" \
        "2 Status: 500 Internal Server Error web-file: none.db: no database there; center-init creates one"
    printf '%s\n' "$output" >page
    says page "系统暂时无法处理。您的操作没有保存，请稍后再试，或拨打服务热线。"
    gives 2 "" "web-file: none.db: no database there; center-init creates one" env QIFU_DB=none.db web-file
}

@test "while another one writes, a form is put off, and nothing of it is kept" {
    thorough # ten seconds
    needs_file "the lock is the file's"
    at 2026-03-02T09:00
    pages
    visit web-file >form
    mkfifo hold
    sqlite3 "$QIFU_DB" <hold >out 3>&- &
    exec 4>hold
    echo 'BEGIN IMMEDIATE; SELECT 1;' >&4
    until [ -s out ]; do sleep 0.05; done
    call env QIFU_BUSY_SECONDS=1 bash -c ". '$TREE/t/lib/web.bash'; send web-file form=$(hidden form form) seal=$(hidden form seal) kind=other title=x body=x enterprise=x contact=x phone=0516-80801234"
    exec 4>&-
    wait
    same "$status" 75
    same "$(sed -n '1p; /^Retry-After/p' <<<"$output")" "Status: 503 Service Unavailable
Retry-After: 5"
    same "$(ticket-list | wc -l)" 0
}

@test "a center proper keeps its clock: a page under another one writes nothing" {
    QIFU_CONFIG=$TREE/share center-init -q
    visit web-file >form
    call env QIFU_NOW="$(date +%F)T23:59" bash -c ". '$TREE/t/lib/web.bash'; send web-file form=$(hidden form form) seal=$(hidden form seal) kind=other title=x body=x enterprise=x contact=x phone=0516-80801234"
    same "$status ${output%%$'\n'*}" "2 Status: 500 Internal Server Error"
    same "$(ticket-list | wc -l)" 0
}

@test "the key is made once, whoever asks at once, for its owner's eyes alone" {
    at 2026-03-02T09:00
    pages
    for i in {1..16}; do visit web-file >"page$i" & done
    wait
    same "$(stat -c %a web web/key) $(stat -c %s web/key)" $'700\n600 32'
    same "$(ls -A web)" key
    for i in {1..16}; do
        call send web-file form="$(hidden page$i form)" seal="$(hidden page$i seal)"
        same "${output%%$'\n'*}" "Status: 200 OK"
    done
    chmod 640 web/key
    gives 2 "" "web-file: $T/web/key: others may read this key: chmod 600" web-file
    chmod 600 web/key && echo >>web/key
    gives 2 "" "web-file: $T/web/key: this is no key of 32 bytes" web-file
    rm web/key && ln -s /dev/zero web/key
    call web-file
    same "$status $stderr" "2 web-file: $T/web/key: Too many levels of symbolic links"
}

@test "a word is the HMAC by SM3 that openssl computes" {
    at 2026-03-02T09:00
    pages
    file
    until=$(date -d '2026-03-02T09:00+08:00 + 400 days' +%s)
    mac=$({ printf "%08x" "$until" | xxd -r -p; printf 'ticket:1'; } |
        openssl dgst -sm3 -mac HMAC -macopt "hexkey:$(xxd -p -c 64 web/key)" -r | cut -c 1-22)
    same "$(tr -d - <<<"$word")" "$(printf '%08x%s' "$until" "$mac" | xxd -r -p | base32 | tr A-Z2-7 0-9A-HJKMNP-TV-Z)"
}

@test "attempts are counted right by many at once, and what was counted long ago makes room" {
    at 2026-03-02T09:00
    pages
    file
    for i in {1..40}; do send web-track n=1 t=x d=1234 >"page$i" & done
    wait
    same "$(head -qn 1 page{1..40} | sort | uniq -c | sed 's/^ *//')" "20 Status: 200 OK
20 Status: 429 Too Many Requests"
    same "$(stat -c %a web/attempts)" 600
    run ! grep -qa 192.0.2.1 web/attempts
}

@test "many file at once: each has a number of its own, nothing is lost" {
    at 2026-03-02T09:00
    pages
    many() { for i in $(seq "$1" "$2"); do
        visit web-file >"form$i"
        ADDRESS=198.51.100.$i send web-file form="$(hidden form$i form)" seal="$(hidden form$i seal)" kind=other title="第${i}件" \
            body=x enterprise=x contact=x phone=0516-80801234 >"page$i"
    done; }
    many 1 8 & many 9 16 & many 17 24 & many 25 32 & wait
    same "$(sed -n 's/.*编号<\/dt><dd class="word">\([0-9]*\).*/\1/p' page{1..32} | sort -n)" "$(seq 32)"
    gives 0 "" "" center-check
}
