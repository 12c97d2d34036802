#!/usr/bin/env bats
# ticket-merge: repeats join the first ticket; --suggest says which are likely repeats.

load lib/base
load lib/loop

# take TITLE BODY OPTION...: takes in a ticket.
take() {
    local title=$1 body=$2
    shift 2
    ticket-new -q --title "$title" --body "$body" "$@" >>new
}

A=91110108551385082Q
B=91350100M000100Y43
TEXT=我公司在城东园区的厂房每天晚上停电两小时影响生产请尽快处理

@test "suggest: by credit code, by enterprise, by telephone, where the texts are alike" {
    at 2026-03-02T09:00
    center
    take 厂房停电 $TEXT --uscc $A --enterprise 甲公司 --phone 13812341234
    take 厂房停电 $TEXT。 --uscc $A --enterprise 甲有限公司                  # the code
    take 厂房停电 $TEXT --enterprise 甲公司                                  # the name: it has no code
    take 厂房停电 $TEXT --phone 13812341234                                  # the telephone
    take 厂房停电 $TEXT --uscc $B --enterprise 乙公司 --phone 13999999999    # another firm
    take 咨询高新技术企业认定 需要哪些材料什么时候可以申报 --uscc $A          # another matter
    gives 0 $'2\t1\t100\tuscc\t厂房停电
3\t1\t100\tenterprise\t厂房停电
4\t1\t100\tphone\t厂房停电' "" ticket-merge --suggest
    same "$(ticket-merge --suggest -H | cut -f 1)" $'id\n2\n3\n4' # one header
    # each repeat once, whatever it shares
    take 厂房停电 $TEXT --uscc $A --enterprise 甲公司 --phone 13812341234
    same "$(ticket-merge --suggest | cut -f 1,2,4)" $'2\t1\tuscc\n3\t1\tenterprise\n4\t1\tphone\n7\t1\tuscc'
}

@test "suggest: two firms of one name or telephone, but of two codes" {
    at 2026-03-02T09:00
    center
    take 厂房停电 $TEXT --uscc $A --enterprise 同名公司
    take 厂房停电 $TEXT --uscc $B --enterprise 同名公司
    gives 1 "" "" ticket-merge --suggest
    # an agent calls for both
    take 厂房停电 $TEXT --uscc $A --enterprise 丙 --phone 13812341234
    take 厂房停电 $TEXT --uscc $B --enterprise 丁 --phone 13812341234
    same "$(ticket-merge --suggest | cut -f 1,2,4)" $'3\t1\tuscc\n4\t2\tuscc'
}

@test "--suggest says how alike two tickets are" {
    at 2026-03-02T09:00
    center
    take 甲乙丙丁 "" --enterprise 某公司
    take 甲乙丙戊 "" --enterprise 某公司 # 2 of 3 pairs: 66
    take 甲乙己庚 "" --enterprise 某公司 # 1 of 3: 33 with each
    take "甲，乙 丙。丁！" "" --enterprise 某公司 # punctuation does not count
    same "$(ticket-merge --suggest | cut -f 1,2,3)" $'2\t1\t66\n4\t1\t100'
    same "$(ticket-merge --suggest --alike 67 | cut -f 1,2,3)" $'4\t1\t100'
    same "$(ticket-merge --suggest --alike 30 | cut -f 1,2,3)" $'2\t1\t66\n3\t1\t33\n4\t1\t100'
    gives 1 "" "" bash -c 'ticket-merge --into 1 2 3 4 >/dev/null; ticket-merge --suggest --alike 1'
    for percent in 0 101 x ''; do
        run --separate-stderr ticket-merge --suggest --alike "$percent"
        same "$status$output" 2
    done
}

@test "suggest: open tickets alone; and its output merges" {
    at 2026-03-02T09:00
    center
    for i in 1 2 3 4; do take 厂房停电 $TEXT --enterprise 某公司 --ref "$i"; done
    quiet ticket-answer --text 答 1
    same "$(ticket-merge --suggest | cut -f 1,2)" $'3\t2\n4\t2'
    sh_run 'ticket-merge --suggest | grep "	2	" | ticket-merge --into 2 -'
    same "$status$stderr" 0
    same "$(cut -f 1,3 <<<"$output")" $'3\tclosed\n4\tclosed'
    gives 1 "" "" ticket-merge --suggest
    sound
}

@test "suggest: the one received first is the first, whatever its number" {
    at 2026-03-03T09:00
    center
    take 厂房停电 $TEXT --enterprise 某公司 --at 2026-03-02T10:00
    take 厂房停电 $TEXT --enterprise 某公司 --at 2026-03-02T08:00
    take 厂房停电 $TEXT --enterprise 某公司 --at 2026-03-02T09:00
    take 厂房停电 $TEXT --enterprise 某公司 --at 2026-03-02T08:00
    same "$(ticket-merge --suggest | cut -f 1,2)" $'1\t2\n3\t2\n4\t2'
}

@test "suggest: words that name nobody are no keys; the very same text is one" {
    at 2026-03-02T09:00
    center
    n=0
    for word in 无 匿名 不详 同上 未提供 " 匿 名 " "（无）" - / 。 0000 "000-0000" 11111111111 某; do
        take 厂房停电$n 甲乙丙丁$n --enterprise "$word"
        [ "$word" = 0000 ] || take 厂房停电$n 戊己庚辛$n --phone "$word" # too short for a telephone
        n=$((n + 1))
    done
    gives 1 "" "" ticket-merge --suggest
    take 噪声扰民夜里无法休息 $TEXT
    take 噪声扰民夜里无法休息 $TEXT --enterprise 匿名
    take 噪声扰民夜里无法休息 "$TEXT。"
    take 咨询 "" # too short to be told by
    take 咨询 ""
    same "$(ticket-merge --suggest | cut -f 1-4)" $'29\t28\t100\ttext'
    # other words, another likeness
    cp -r "$TREE/share" conf
    sed -i '/^repeats:/,$d' conf/center.yaml
    printf 'repeats:\n  alike: 100\n  no_key: [某某公司]\n' >>conf/center.yaml
    take 厂房停电 甲乙丙丁戊己 --enterprise 某某公司
    take 厂房停电 甲乙丙丁戊辛 --enterprise 某某公司
    export QIFU_CONFIG=$T/conf
    same "$(ticket-merge --suggest | grep -c 某某)" 0
    same "$(ticket-merge --suggest | awk '$1 > 32')" ""
    same "$(ticket-merge --suggest --alike 60 | awk '$1 < 3' | cut -f 1-3)" ""
    sed -i 's/alike: 100/alike: 0/' conf/center.yaml
    refuses "ticket-merge: $T/conf/center.yaml:$(grep -n 'alike: 0' conf/center.yaml | cut -d: -f 1): \"alike\" must be a whole number from 1 to 100" \
        ticket-merge --suggest
}

# The same by comparing all with all: lines of id, first.
brute_force() {
    awk -F '\t' -v least="$1" '
        function pairs(s, set,    i, n, c, before) {
            delete set
            n = 0
            before = ""
            for (i = 1; i <= length(s); i++) {
                c = substr(s, i, 1)
                if (c !~ /[a-z0-9]/) continue
                if (before != "") { set[before c]++; n++ }
                before = c
            }
            return n
        }
        function alike(a, b,    n, m, k, shared) {
            n = pairs(a, left)
            m = pairs(b, right)
            for (k in left)
                if (k in right)
                    shared += left[k] < right[k] ? left[k] : right[k]
            return n + m ? int(200 * shared / (n + m)) : 0
        }
        { id[NR] = $1; name[NR] = $2; title[NR] = $3; body[NR] = $4 }
        END {
            for (i = 2; i <= NR; i++)
                for (j = 1; j < i; j++)
                    if (name[i] == name[j] && (alike(title[i], title[j]) >= least ||
                        alike(title[i] body[i], title[j] body[j]) >= least)) {
                        print id[i] "\t" id[j]
                        break
                    }
        }'
}

@test "suggest: the same as comparing all with all" {
    at 2026-03-02T09:00
    center
    awk 'BEGIN {
        srand(8)
        print "标题,内容,企业名称,受理时间"
        for (i = 1; i <= 300; i++) {
            title = body = ""
            for (k = 0; k < 6; k++) title = title substr("abcdef", int(rand() * 6) + 1, 1)
            for (k = 0; k < 14; k++) body = body substr("abcdef", int(rand() * 6) + 1, 1)
            printf "%s,%s,firm%d,2026-03-01 %02d:%02d\n", title, body, rand() * 5, rand() * 24, rand() * 60
        }
    }' | ticket-new -q --no-ref --received now --csv - >new
    sql "SELECT id, enterprise, title, body FROM ticket ORDER BY received_at, id" | tr '|' '\t' >all
    for percent in 40 60 75; do
        brute_force $percent <all | sort -n >expected
        [ "$(wc -l <expected)" -gt 3 ]
        same "$(ticket-merge --suggest --alike $percent | grep -v $'\ttext\t' | cut -f 1,2)" "$(<expected)"
    done
}

@test "suggest: ten thousand of one enterprise, in seconds and little memory" {
    at 2026-03-02T09:00
    center
    awk 'BEGIN {
        srand(9)
        print "标题,内容,企业名称"
        for (i = 1; i <= 10000; i++) {
            title = body = ""
            for (k = 0; k < 12; k++) title = title sprintf("%c", 97 + int(rand() * 26))
            for (k = 0; k < 60; k++) body = body sprintf("%c", 97 + int(rand() * 26))
            print title "," body ",某公司"
        }
    }' | ticket-new -q --no-ref --received now --csv - >new
    # AddressSanitizer reserves terabytes of addresses
    [ -n "${SANITIZE-}" ] || memory="-v 1000000"
    sh_run "ulimit -t 60 ${memory-}; ticket-merge --suggest"
    same "$status $stderr" "1 "
}

@test "suggest --across: whoever sent them, by words that few others have" {
    at 2026-03-02T09:00
    center
    take 建国路井盖缺失 建国路与解放路交叉口东侧窨井盖缺失三天昨晚有电动车掉进去请尽快补上 --enterprise 甲公司 --uscc $A
    take 咨询高新技术企业认定 需要哪些材料什么时候可以申报我公司去年成立 --enterprise 丙公司
    take 井盖没了 "建国路和解放路交叉口东侧，窨井盖缺失三天，昨晚有电动车掉进去，快来补上" --enterprise 乙公司 --uscc $B
    take 井盖 路上有个井盖松了 --phone 13812341234
    gives 1 "" "" ticket-merge --suggest
    gives 0 $'3\t1\t72\twords\t井盖没了' "" ticket-merge --suggest --across
    gives 1 "" "" ticket-merge --suggest --across --alike 90
    run --separate-stderr ticket-merge --across --into 1 2
    same "$status$stderr" "2ticket-merge: --across goes with --suggest; see ticket-merge -h"
}

# Fifty pairs of 20,000 tickets that say the same in other order, with a third of the words new.
@test "suggest --across: fifty pairs among twenty thousand, and nothing else" {
    at 2026-03-02T09:00
    center
    awk 'BEGIN {
        srand(10)
        print "编号,标题,内容,企业名称"
        for (i = 1; i <= 19900; i++) print i ",t" i "," words(12) ",firm" i
        for (i = 1; i <= 50; i++) {
            a = words(8)
            print "a" i ",x" i "," a " " words(4) ",firma" i
            print "b" i ",y" i "," words(4) " " a ",firmb" i
        }
    }
    function words(n,    s, k, c) {
        s = ""
        for (k = 0; k < n; k++) {
            for (c = 0; c < 3; c++) # a character of U+5000 to U+8FFF
                s = s sprintf("%c%c%c", 229 + int(rand() * 4), 128 + int(rand() * 64), 128 + int(rand() * 64))
            s = s "，"
        }
        return s
    }' | LC_ALL=C sed 's/，,/,/' | ticket-new -q --received now --csv - >new
    sh_run 'ticket-merge --suggest --across --alike 50 | cut -f 1,2,4'
    same "$status$stderr" 0
    same "$output" "$(for i in $(seq 1 50); do printf '%d\t%d\twords\n' $((19900 + 2 * i)) $((19899 + 2 * i)); done)"
}

@test "merge: the repeat closes, its caller counts" {
    at 2026-03-02T09:00
    center
    for i in 1 2 3; do take 厂房停电 x --ref "$i"; done
    at 2026-03-03T09:00
    gives 0 $'2\tmerge\tclosed\t2026-03-09T23:59:59+08:00\t-\t厂房停电' "" ticket-merge --into 1 --text 同一事项 2
    same "$(sql "SELECT ticket_id, type, data FROM v_event ORDER BY id DESC LIMIT 2")" \
        '1|joined|{"from":2,"callers":2}
2|closed|{"by":"center","text":"同一事项","closed_as":"merged","into":1}'
    same "$(fields 2 state closed closed_as merged_into answered)" "state=closed
closed=2026-03-03T09:00:00+08:00
closed_as=merged
merged_into=1"
    sound
}

@test "a suspended repeat: its pause ends" {
    at 2026-03-02T09:00
    center
    take 甲 x; take 乙 x
    quiet ticket-route --to tax 2
    quiet ticket-suspend --reason 等待上级批复 --basis 办法 2
    quiet ticket-suspend --approve 2
    quiet ticket-merge --into 1 --now 2026-03-04T09:00 2
    same "$(sql "SELECT datetime(until_at + 28800, 'unixepoch') FROM suspension")" "2026-03-04 09:00:00"
    sound
}

due_of() { fields "$1" due | cut -d = -f 2; }

# S3: "Merging launders the clock"; RULES 5: "repeats are joined to the one received first, whatever its
# number". Scenario 28: "older ticket merged into a later one: refused".
@test "an older ticket is not joined to a later one, whatever their numbers" {
    at 2026-03-05T09:00
    center
    take 甲 x --at 2026-03-04T09:00
    take 乙 x --at 2026-03-02T09:00
    refuses "ticket-merge: 2: merge: it was received before ticket 1: ticket-merge --into 2 1" \
        ticket-merge --into 1 2
    quiet ticket-merge --into 2 1
    sound
}

# Scenario 29: "overdue red ticket merged into one of today: breach stays in the rate".
@test "an overdue ticket is not washed by one of today" {
    at 2026-03-02T09:00
    center
    take 甲 x
    quiet ticket-route --to tax 1
    at 2026-03-20T09:00
    quiet escalate
    take 乙 x
    refuses "ticket-merge: 1: merge: it was received before ticket 2: ticket-merge --into 1 2" \
        ticket-merge --into 2 1
    quiet ticket-merge --into 1 2
    quiet ticket-answer --text 已办 1
    same "$(report-monthly --ids due --now 2026-04-01 2026-03 | cut -f 1)" 1
    gives 0 "" "" report-monthly --ids on-time --now 2026-04-01 2026-03
    same "$(sql "SELECT level FROM v_supervision WHERE ticket_id = 1 AND level = 'red'")" red
}

# S3: "a consultation due 11-03, merged into an other of 11-03, answered 11-10: on-time 1/1, no level".
@test "the first keeps the earlier deadline: a later repeat of a shorter kind brings its own" {
    at 2026-03-02T09:00
    center
    take 甲 x # other, due on 2026-03-09
    take 乙 x --kind 政策咨询 --at 2026-03-02T09:00
    quiet ticket-route --to tax 1
    gives 0 $'2\tmerge\tclosed\t2026-03-03T23:59:59+08:00\t-\t乙' "" ticket-merge --into 1 2
    same "$(due_of 1)" 2026-03-03T23:59:59+08:00
    same "$(sql "SELECT json_remove(data, '$.next', '$.calendar', '$.rows') FROM v_event WHERE type = 'joined'")" \
        '{"from":2,"callers":2,"limit":1,"due":1772553599,"provisional":0}'
    same "$(sql "SELECT due FROM v_route")" 2026-03-03T23:59:59+08:00
    quiet sla-check --recompute # the shorter limit is the first's own from now on
    same "$(due_of 1)" 2026-03-03T23:59:59+08:00
    at 2026-03-03T10:00
    quiet ticket-extend --days 2 --reason 核查 1
    quiet ticket-extend --approve 1
    same "$(due_of 1)" 2026-03-05T23:59:59+08:00
    quiet sla-check --recompute
    same "$(due_of 1)" 2026-03-05T23:59:59+08:00
    same "$(escalate --now 2026-03-06T00:05 | cut -f 1,2 | head -n 1)" $'1\tyellow'
    sound
}

@test "a later deadline changes nothing; an overdue one makes the first overdue" {
    at 2026-03-02T09:00
    center
    take 甲 x --kind 求助
    take 乙 x
    quiet ticket-merge --into 1 2
    same "$(due_of 1)" 2026-03-05T23:59:59+08:00
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE type = 'joined'")" '{"from":2,"callers":2}'
    take 丙 x
    take 丁 x --kind 政策咨询
    quiet ticket-route --to tax 3 4
    at 2026-03-05T09:00
    quiet ticket-merge --into 3 4
    same "$(due_of 3)" 2026-03-03T23:59:59+08:00
    same "$(escalate | cut -f 1,2,6,8 | grep tax)" $'3\tyellow\ttax\tlead'
    sound
}

@test "a clock that stands still: the working days left are the fewer ones" {
    at 2026-03-02T09:00
    center
    take 甲 x
    quiet ticket-route --to tax 1
    at 2026-03-03T09:00 # 1 used, 4 left
    quiet ticket-suspend --reason 等待上级批复 --basis 办法 1
    quiet ticket-suspend --approve 1
    at 2026-03-04T09:00
    take 乙 x --kind 求助 # 3 left
    quiet ticket-merge --into 1 2
    at 2026-03-10T09:00
    quiet ticket-resume 1
    same "$(due_of 1)" 2026-03-13T23:59:59+08:00
    sound
}

@test "natural days and working days: the earlier day of both" {
    at 2026-03-02T09:00
    center
    take 甲 x --kind arrears # 30 natural days
    take 乙 x                # 5 working days
    quiet ticket-merge --into 1 2
    same "$(due_of 1)" 2026-03-09T23:59:59+08:00
    same "$(sql "SELECT json_extract(data, '$.limit') FROM v_event WHERE type = 'joined'")" 7
    take 丙 x
    take 丁 x --kind arrears
    quiet ticket-merge --into 3 4
    same "$(due_of 3)" 2026-03-09T23:59:59+08:00
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE type = 'joined' AND ticket_id = 3")" '{"from":4,"callers":2}'
    sound
}

# Scenario 30: "merge across enterprises: refused or asked why": "taken silently".
@test "two enterprises: why are they one matter" {
    at 2026-03-02T09:00
    center
    take 甲 x --uscc $A --enterprise 甲公司
    take 乙 x --uscc $B --enterprise 甲公司 # one name, two codes
    take 丙 x --enterprise 丙公司
    take 丁 x --enterprise "甲 公司"        # as the code is missing, the name tells
    take 戊 x --enterprise 匿名             # nobody
    take 己 x
    for id in 2 3; do
        refuses "ticket-merge: $id: merge: ticket 1 is another enterprise's: --reason says why they are one matter" \
            ticket-merge --into 1 $id
    done
    refuses "ticket-merge: 2: merge: the reason is blank" ticket-merge --into 1 --reason ' ' 2
    quiet ticket-merge --into 1 4 5 6
    quiet ticket-merge --into 1 --reason 同一园区同一线路停电 2 3
    same "$(sql "SELECT json_extract(data, '$.reason') FROM v_event WHERE ticket_id = 2 AND type = 'closed'")" \
        同一园区同一线路停电
    same "$(fields 1 callers)" callers=6
    sound
}

@test "what is refused has its reason, and nothing is written" {
    at 2026-03-02T09:00
    center
    for i in 1 2 3 4; do take 甲 x --ref "$i"; done
    quiet ticket-answer --text 答 3
    quiet ticket-merge --into 1 4
    refuses "ticket-merge: 1: merge: a ticket is not its own repeat" ticket-merge --into 1 1
    refuses "ticket-merge: 1: merge: no ticket 99 to merge into" ticket-merge --into 99 1
    refuses "ticket-merge: 1: merge: ticket 3 is answered: its answer cannot reach anybody else" ticket-merge --into 3 1
    refuses "ticket-merge: 2: merge: ticket 4 is closed: its answer cannot reach anybody else" ticket-merge --into 4 2
    refuses "ticket-merge: 4: merge: it is closed (已办结); now: 备注" ticket-merge --into 1 4
    refuses "ticket-merge: 3: merge: it is answered (已答复); now: 评价 申请作办结 未评价办结 作废" \
        ticket-merge --into 1 3
    refuses "ticket-merge: 99: no such ticket" ticket-merge --into 1 99
    gives 2 "" "ticket-merge: either --into and the repeats, or --suggest; see ticket-merge -h" ticket-merge
    gives 2 "" "ticket-merge: either --into and the repeats, or --suggest; see ticket-merge -h" ticket-merge --suggest 1
    gives 2 "" "ticket-merge: name the first ticket with --into, and its repeats; see ticket-merge -h" ticket-merge 1
    gives 2 "" "ticket-merge: name the first ticket with --into, and its repeats; see ticket-merge -h" ticket-merge --into 1
    before=$(everything)
    quiet ticket-merge -n --into 1 2
    same "$(everything)" "$before"
}
