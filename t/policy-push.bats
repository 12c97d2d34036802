#!/usr/bin/env bats
# policy-push: whom a policy is sent to, once; the delivery list.

load lib/base
load lib/loop

A=91320300MA00000001 B=91320300MA00000002 C=91320300MA00000003 D=91320300MA00000004

# enterprise CODE NAME STAFF [CONTACT PHONE]: STAFF may be empty, which is not known.
enterprise() {
    enterprise-add -q --accept-code x --as-of 1970-01-01 --code "$1" --name "$2" ${3:+--staff "$3"} \
        ${4:+--contact "$4"} ${5:+--phone "$5"} >added
}

# knows CODE FACT VALUE: it has done so for a year.
knows() { enterprise-add -q --accept-code x --as-of 2025-01-01 --code "$1" "--$2" "$3" >added; }

# written ID CLASS CRITERIA [LINE...]: a file of a policy without an end.
written() {
    local id=$1 class=$2 criteria=$3
    shift 3
    {
        printf '%s\n' "id: $id" "title: 关于$id的通知" "document: 徐示〔2026〕$id号" "issuer: 示例局" "level: city" \
            "kind: general" "class: $class" "summary: 摘要$id" "interpreter: 王某" "phone: '83730000'" \
            "issued: 2026-01-05" "$@"
        [ -z "$criteria" ] || echo "criteria: $criteria"
    } >"$id.yaml"
}

# policy ID CLASS CRITERIA [LINE...]: published, or a draft where $draft is set.
policy() {
    written "$@"
    quiet policy-add ${draft:+--draft} "$1.yaml"
}

# Enterprises of 10, 500, unknown and 20 people; policies for small ones, for large ones, for everybody who
# hears of it; an association that wants finance, with B, C and D.
world() {
    at 2026-03-02T10:00
    center
    enterprise $A 甲公司 10 张三 13812341234
    enterprise $B 乙公司 500
    enterprise $C 丙公司 ""
    enterprise $D 丁公司 20 李四
    written small loans 'staff <= 300' 'apply: https://example/small' 'valid_to: 2026-12-31'
    written large loans 'staff > 300'
    written open rents ''
    quiet policy-add small.yaml large.yaml open.yaml
    quiet association-add --code chamber --name 示例商会 --contact 赵六 --phone 0516-83731234 \
        --classes finance --members "$B $C $D"
}

# pushed: the recipients in the database, a line a policy.
pushed() {
    sql "SELECT policy, group_concat(w, ' ') FROM (SELECT policy, coalesce(substr(enterprise, length(enterprise)), association)
        || coalesce('/' || via, '') AS w FROM v_push ORDER BY policy, w) x GROUP BY policy ORDER BY policy"
}

@test "to whom: those that match, associations by preference, their members unless the answer is no" {
    world
    gives 0 "1	small	关于small的通知	enterprise	$A	甲公司	张三	13812341234	-	https://example/small	2026-12-31	摘要small
2	small	关于small的通知	enterprise	$D	丁公司	李四	-	-	https://example/small	2026-12-31	摘要small
3	small	关于small的通知	association	chamber	示例商会	赵六	0516-83731234	-	https://example/small	2026-12-31	摘要small
4	small	关于small的通知	enterprise	$C	丙公司	-	-	chamber	https://example/small	2026-12-31	摘要small
5	large	关于large的通知	enterprise	$B	乙公司	-	-	-	-	-	摘要large
6	large	关于large的通知	association	chamber	示例商会	赵六	0516-83731234	-	-	-	摘要large
7	large	关于large的通知	enterprise	$C	丙公司	-	-	chamber	-	-	摘要large" "" policy-push --unmask
    same "$(pushed)" "large|2 3/chamber chamber
small|1 3/chamber 4 chamber"
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE type = 'policy-pushed' ORDER BY id")" \
        '{"policy":"small","enterprises":2,"associations":1,"members":1,"first":1,"sent":[{"enterprises":["'$A'","'$D'"]},{"association":"chamber"},{"via":"chamber","enterprises":["'$C'"]}]}
{"policy":"large","enterprises":1,"associations":1,"members":1,"first":5,"sent":[{"enterprises":["'$B'"]},{"association":"chamber"},{"via":"chamber","enterprises":["'$C'"]}]}'
    # again: nothing to send, nothing to say
    gives 0 "" "" policy-push
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'policy-pushed'")" 2
    gives 0 "" "" center-check
}

@test "once: what is new since then is sent, the rest is not" {
    world
    quiet policy-push
    enterprise 91320300MA00000005 戊公司 7
    gives 0 $'8\tsmall\t91320300MA00000005\t-' "" bash -c 'policy-push | cut -f 1,2,5,9'
    # a member that joins gets what its association has; a fact that becomes known makes no second delivery
    quiet association-add --code chamber --name 示例商会 --members "$A $B $C $D 91320300MA00000005"
    knows $C staff 5
    gives 0 "" "" policy-push
    # a class itself, and another association with the same members
    quiet association-add --code landlords --name 房东协会 --classes rents --members "$A $B"
    gives 0 "open	association	landlords	-
open	enterprise	$A	landlords
open	enterprise	$B	landlords" "" bash -c 'policy-push | cut -f 2,4,5,9'
    quiet association-add --code tenants --name 租户协会 --classes rents --members "$A $C"
    gives 0 "open	association	tenants	-
open	enterprise	$C	tenants" "" bash -c 'policy-push | cut -f 2,4,5,9'
}

@test "an enterprise that matches is sent the policy itself, not through its association" {
    world
    quiet policy-push small
    same "$(pushed)" "small|1 3/chamber 4 chamber"
    # with associations alone: through its association, and then no more
    quiet policy-push --only associations large
    same "$(pushed | head -1)" "large|2/chamber 3/chamber chamber"
    gives 0 "" "" policy-push large
}

@test "a dry run says the same and changes nothing" {
    world
    before=$(everything)
    run --separate-stderr policy-push -n
    same "$status$stderr" 0
    same "$(cut -f 1 <<<"$output" | sort -u)" -
    policy-push -n | cut -f 2- >dry
    same "$(everything)" "$before"
    same "$(policy-push | cut -f 2-)" "$(cat dry)"
    same "$(wc -l <dry)" 7
}

@test "--only and --limit keep a push to some recipients" {
    world
    gives 2 "" 'policy-push: unknown kind of recipient "enterprise" (did you mean enterprises?); see policy-push -h' \
        policy-push --only enterprise
    same "$(policy-push -n --only 企业 | cut -f 2,5 | xargs)" "small $A small $D large $B"
    same "$(policy-push -n --only 协会 small | cut -f 5 | xargs)" "chamber $C $D"
    for expected in "1 2 3" "4 5 6" 7 ""; do
        same "$(policy-push --limit 3 | cut -f 1 | xargs)" "$expected"
    done
    same "$(pushed)" "large|2 3/chamber chamber
small|1 3/chamber 4 chamber"
}

@test "only what is live is pushed: drafts, expired, withdrawn and superseded ones never" {
    world
    policy old loans '' 'valid_to: 2026-03-01'
    policy last loans '' 'valid_to: 2026-03-02'
    draft=1 policy thought loans ''
    policy newer loans '' 'supersedes: large'
    quiet policy-push
    same "$(pushed | cut -d '|' -f 1 | xargs)" "last newer small"
    gives 2 "" "policy-push: large: it is superseded: not pushed
policy-push: thought: it is draft: not pushed
policy-push: old: it is expired: not pushed
policy-push: unknown policy \"smal\" (did you mean small?)" policy-push large thought old smal small
    # the good ones among them go on; as of another day another one is over
    run --separate-stderr policy-push -n --as-of 2026-03-01 thought old
    same "$status $(cut -f 2,4 <<<"$output" | head -1 | xargs)" "2 old association"
    run --separate-stderr policy-push -n --as-of 2026-03-03 last
    same "$status$output$stderr" "2policy-push: last: it is expired: not pushed"
}

@test "policies from a pipe, by number of the document, each once" {
    world
    gives 0 $'small\nsmall\nsmall\nsmall' "" bash -c \
        "printf 'small\tx\n徐示〔2026〕small号\nsmall\n' | policy-push -n - | cut -f 2"
    gives 0 "" "" bash -c ': | policy-push -'
    same "$(sql 'SELECT count(*) FROM push')" 0
}

@test "contacts and telephones are whole only with --unmask, which the log notes" {
    world
    for format in table tsv csv json; do
        run --separate-stderr policy-push -n -F $format
        same "$status$stderr" 0
        [[ $output == *'张*'*'138****1234'* ]]
        [[ $output != *13812341234* && $output != *张三* && $output != *83731234* ]]
    done
    run policy-push -n -F table
    [[ $output == *企业* && $output == *协会* ]]
    unmasked() { sql "SELECT json_extract(data, '\$.program', '\$.deliveries') FROM v_event WHERE type = 'unmasked'"; }
    call policy-push -n --unmask
    same "$status$output" 2
    [[ $stderr == *"-n writes nothing"* ]]
    same "$(unmasked)" ""
    run --separate-stderr policy-push --unmask -F json small
    same "$(unmasked)" '["policy-push","4"]'
    policy-push --sent small >list
    [[ $(cat list) != *13812341234* && $(cat list) == *'138****1234'* ]]
    same "$(unmasked)" '["policy-push","4"]'
    policy-push --sent --unmask small >list
    [[ $(cat list) == *13812341234* ]]
    same "$(unmasked)" $'["policy-push","4"]\n["policy-push","4"]'
    same "$(jq -r '[.id, .contact, .phone, .via] | map(tostring) | join(" ")' <<<"${lines[0]}")" "1 张三 13812341234 null"
}

@test "what was sent is printed again, and nothing is sent" {
    world
    gives 1 "" "" policy-push --sent
    policy-push >first
    at 2026-03-05T10:00
    enterprise 91320300MA00000005 戊公司 7
    before=$(everything)
    same "$(policy-push --sent)" "$(cat first)"
    gives 1 "" "" policy-push --sent --since 2026-03-03
    same "$(everything)" "$before"
    policy-push >second
    same "$(policy-push --sent --since 2026-03-03)" "$(cat second)"
    same "$(policy-push --sent large | cut -f 1 | xargs)" "5 6 7"
    gives 2 "" "policy-push: --since goes with --sent; see policy-push -h" policy-push --since 2026-03-03
    gives 2 "" "policy-push: --as-of, --only, --limit, --package, --by and --at do not go with --sent; see policy-push -h" \
        policy-push --sent --limit 3
}

@test "criteria that ask for a day: --as-of" {
    world
    knows $A founded 2024-03-02
    policy aged jobs 'founded until today - 3 years'
    same "$(policy-push -n aged)" ""
    same "$(policy-push -n --as-of 2027-03-02 aged | cut -f 5)" $A
}

@test "pushes at once send nothing twice" {
    world
    seq -f '91320300MB%08.0f,企业,5' 1000 4000 | sed '1i 信用代码,企业名称,从业人员' |
        enterprise-add -q --accept-code x --as-of 1970-01-01 --csv - >added
    for i in 1 2 3 4; do
        policy-push --now "2026-03-0${i}T11:00" >"list$i" 2>"err$i" 3>&- &
    done
    wait
    same "$(cat err?)" ""
    same "$(cat list? | cut -f 2,5 | sort | uniq -d)" ""
    same "$(cat list? | cut -f 2,5 | sort -u | wc -l)" 3008
    same "$(sql 'SELECT count(*) FROM push')" 3008
    same "$(cat list? | cut -f 1 | sort -n | sed -n '1p;$p' | xargs)" "1 3008"
    same "$(sql "SELECT sum(data ->> 'enterprises') FROM v_event WHERE type = 'policy-pushed'")" 3004
    gives 0 "" "" center-check
}

@test "killed at any moment: what is recorded can be printed, the rest is sent by the next run" {
    world
    for delay in 0.001 0.005 0.01 0.02; do
        timeout -s KILL "$delay" policy-push >out 2>&1 || true
    done
    quiet policy-push
    same "$(policy-push --sent | cut -f 2,5 | sort | uniq -d)" ""
    same "$(policy-push --sent | wc -l)" 7
    gives 0 "" "" center-check
}

@test "whose policy it is may push it, not before it was published" {
    world
    gives 2 "" "policy-push: small: push: the policy is not that organisation's" policy-push --by tax small
    gives 2 "" "policy-push: small: 2026-03-01T00:00:00+08:00 lies before 2026-03-02T10:00:00+08:00, when it was published" \
        policy-push --at 2026-03-01 small
    gives 2 "" "policy-push: small: 2026-03-09T00:00:00+08:00 lies in the future" policy-push --at 2026-03-09 small
    gives 2 "" 'policy-push: unknown organisation "taxx" (did you mean tax?)' policy-push --by taxx small
    at 2026-03-05T10:00
    same "$(policy-push --by city-government --at 2026-03-04 small | wc -l)" 0
    same "$(policy-push --by center --at 2026-03-04 small | wc -l)" 4
    same "$(sql "SELECT at, json_extract(data, '$.by') FROM v_event WHERE type = 'policy-pushed'")" \
        "2026-03-04T00:00:00+08:00|$(sql "SELECT code FROM org WHERE code = 'center'")"
    same "$(policy-push --sent --since 2026-03-04T00:00:01 small | wc -l) $(policy-push --sent --since 2026-03-04 small | wc -l)" "0 4"
    gives 0 "" "" center-check
}

# ---- firms are left in peace (无事不扰)

# limited N: contacts of a month, by a configuration of its own.
limited() {
    mkdir -p conf
    cp -r "$QIFU_CONFIG"/*.yaml "$QIFU_CONFIG"/*.csv "$QIFU_CONFIG"/calendars "$QIFU_CONFIG"/{registers,notices} conf
    sed -i "s/^  contacts: .*/  contacts: $1/" conf/center.yaml
    export QIFU_CONFIG=$T/conf
}

@test "a firm that was contacted often enough this month waits until the next" {
    limited 2
    world
    quiet register-add --field 日期=2026-03-01 --field 单位=tax --field 企业=$D --field 方式=door visits
    written small2 loans 'staff <= 300'
    quiet policy-add small2.yaml
    call policy-push -n --only enterprises
    same "$stderr" "policy-push: $D: contacted 2 times this month: left out until the next"
    # A has room for both, D, which was visited, for one
    call policy-push --only enterprises
    same "$status $stderr" "0 policy-push: $D: contacted 2 times this month: left out until the next"
    same "$(cut -f 2,5 <<<"$output" | sort | xargs)" "large $B small $A small $D small2 $A"
    same "$(enterprise-show $D | awk -F '\t' '$2 == "contacts" { print $3, $5 }' | xargs)" "push 2026-03-02 visits 2026-03-01"
    # through its association neither: B has been sent one, and gets one more
    call policy-push --only associations
    same "$(grep -c "$D" <<<"$output")" 0
    at 2026-04-01T10:00
    call policy-push --only enterprises
    same "$status $(cut -f 2,5 <<<"$output" | xargs)|$stderr" "0 small2 $D|"
    gives 0 "" "" center-check -q
}

@test "a package is one message and one contact" {
    limited 1
    world
    written small2 loans 'staff <= 300'
    quiet policy-add small2.yaml
    call policy-push --package --only enterprises small small2
    same "$status $stderr" "0 "
    same "$(cut -f 2,5 <<<"$output" | sort | xargs)" "small $A small $D small2 $A small2 $D"
    same "$(sql "SELECT DISTINCT json_extract(data, '\$.package') FROM v_event WHERE type = 'policy-pushed'")" 1
    same "$(enterprise-show $A | awk -F '\t' '$2 == "contacts"' | wc -l)" 1
    written small3 loans 'staff <= 300'
    quiet policy-add small3.yaml
    call policy-push --package --only enterprises small3
    same "$status $output|$(sort <<<"$stderr" | cut -d ' ' -f 2 | xargs)" "0 |$A: $D:"
    gives 0 "" "" center-check -q
}
