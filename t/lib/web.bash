# Loaded by tests of pages: the programs as a web server runs them (RFC 3875), without a server.

# visit PROGRAM [QUERY]: the page of a GET; its first line is the status, a blank one ends the head.
visit() {
    env REQUEST_METHOD=GET QUERY_STRING="${2-}" SCRIPT_NAME="/$1" REMOTE_ADDR="${ADDRESS-192.0.2.1}" "$1"
}

# send PROGRAM NAME=VALUE...: the page of a form that is posted.
send() {
    local body
    body=$(jq -rn '$ARGS.positional | map(index("=") as $i | (.[:$i] | @uri) + "=" + (.[$i + 1:] | @uri)) | join("&")' \
        --args -- "${@:2}")
    send_raw "$1" "$body"
}

# send_raw PROGRAM BODY: the same of these bytes.
send_raw() {
    printf '%s' "$2" | env REQUEST_METHOD=POST CONTENT_TYPE=application/x-www-form-urlencoded \
        CONTENT_LENGTH="$(printf '%s' "$2" | wc -c)" SCRIPT_NAME="/$1" REMOTE_ADDR="${ADDRESS-192.0.2.1}" "$1"
}

# hidden FILE NAME: the value of a hidden field of the page in the file; the first of this name.
hidden() { sed -n "s/.*name=\"$2\" value=\"\([^\"]*\)\".*/\1/p" "$1" | head -n 1; }

# told FILE: the status, and what the page says, a line each.
told() {
    sed -n '1s/^Status: //p' "$1"
    sed -n '/<main/,/<\/main>/p' "$1" | sed 's/<dt>\([^<]*\)<\/dt>/\1：/; s/<[^>]*>//g; s/^ *//; /^$/d'
}
# says FILE TEXT: the page says so.
says() { told "$1" | grep -qF -- "$2" || same "$(told "$1")" "$2"; }
# errors FILE: what is wrong, a line each.
errors() { sed -n '/class="summary"/,/<\/ul>/p' "$1" | sed -n 's/^<li>\(.*\)<\/li>$/\1/p' | sed 's/<[^>]*>//g'; }

# pages: a center whose pages are served by who runs the tests: an operator, who passes names on; li
# handles for tax, wang for justice; chief approves, watch audits.
pages() {
    if [ ! -e "$T/conf" ]; then
        cp -r "$TREE/share" "$T/conf"
        echo "name_passers: [$(id -un)]" >>"$T/conf/center.yaml"
    fi
    QIFU_CONFIG=$T/conf QIFU_WEB=$T/web
    export QIFU_WEB
    center
    printf '%s\n' name,org,roles admin,center,administrator "$(id -un),center,operator" li,tax,handler \
        wang,justice,handler chief,center,approver watch,center,auditor >members.csv
    member-add --csv members.csv >out
}

# file: a request is filed, the page in `receipt`; its $word.
file() {
    visit web-file >form
    send web-file form="$(hidden form form)" seal="$(hidden form seal)" kind=policy-consultation title=发票怎么开 \
        body=新办企业，在哪里申领 enterprise=甲公司 contact=张三 phone=13812341234 >receipt
    word=$(sed -n 's/.*查询码<\/dt><dd class="word">\([^<]*\).*/\1/p' receipt)
}
