#!/usr/bin/env bats
# report-period: any period, whatever tells the figures apart, what is usual, and what stands behind.
# The oracle is SQL over the views, and awk; what the figures themselves count is held to the log in
# report-monthly.bats.

load lib/base

# The demo's tickets of May 2019 and of April and May 2020, handled by a simple rule; policies,
# deliveries, grants. Made once for the file.
demo() {
    local made=$BATS_FILE_TMPDIR/demo.db
    needs_file "the oracle speaks SQLite's SQL"
    if [ ! -e "$made" ]; then
        at 2019-05-01
        center
        ticket-new -q --csv "$TREE/share/demo/tickets.csv" --now 2020-06-15 >ids
        for week in 2019-05-15 2019-06-10 2020-04-20 2020-05-11 2020-05-25; do
            at $week
            ticket-list --state received --received-to $week | ticket-route -q - >out || true
            at ${week}T23:59:59
            each "state IN ('dispatched', 'accepted') AND id % 4 <> 0" ticket-answer --text 答复 --without 无需协办 --resolved
            each "state IN ('dispatched', 'accepted') AND id % 8 = 0" ticket-answer --text 答复 --without 无需协办
            each "state = 'answered' AND id % 3 = 0" ticket-rate --score 4
            each "state = 'answered' AND id % 5 = 0" ticket-rate --score 1
            each "state = 'rated' AND id % 10 = 0" ticket-follow --outcome redo --text 未解决
        done
        at 2020-06-10T10:00
        policy-add -q "$TREE"/share/demo/policies/*.yaml >out
        enterprise-add -q --csv "$TREE/share/demo/enterprises.csv" >out
        association-add -q --csv "$TREE/share/demo/associations.csv" >out
        policy-push -q >out
        policy-record -q --csv "$TREE/share/demo/policy-events.csv" >out
        at 2020-07-15
        cp "$QIFU_DB" "$made"
    fi
    at 2020-07-15
    cp "$made" "$QIFU_DB"
}

# each CONDITION COMMAND...: the act for the tickets of which CONDITION holds
each() {
    local condition=$1
    shift
    sql "SELECT id FROM ticket t WHERE $condition" >each
    [ ! -s each ] || "$@" - <each >out
}

# figure FIGURE PERIOD [SCOPE CODE]: its value and denominator
figure() {
    report-period -F tsv ${3:+--by "$3"} "$2" |
        awk -F '\t' -v f="$1" -v s="${3-total}" -v c="${4--}" '$1 == s && $2 == c && $4 == f { print $5, $6 }'
}

@test "a period is written as offices write it" {
    at 2026-11-20T09:00
    center
    while read -r written title; do
        report-period "$written" >out 2>err || { same "$written: $(cat err)" "$written: "; }
        same "$written: $(sed -n '1s/.* //p' out)" "$written: $title企业诉求办理通报"
        same "$written: $(cat err)" "$written: "
    done <<'END'
2026-05 2026年5月
2026/5 2026年5月
202605 2026年5月
2026年5月 2026年5月
2026-Q2 2026年第二季度
2026Q2 2026年第二季度
2026年第二季度 2026年第二季度
2026年2季度 2026年第二季度
2026-H1 2026年上半年
2026年下半年 2026年下半年
2026 2026年
2026年 2026年
2026年1-11月 2026年1—11月
2026-01..2026-11 2026年1—11月
2025-12..2026-01 2025年12月—2026年1月
2026-Q1..2026-Q2 2026年上半年
2026-01-05..2026-02-03 2026年1月5日—2月3日
2025-12-31..2026-01-01 2025年12月31日—2026年1月1日
2026-03-04..2026-03-04 2026年3月4日
2026-03-04 2026年3月4日
END
    for written in 2026-13 2026-0 2026-5 26-05 2026-Q5 2026-Q0 2026-H3 2026年13月 2026年5-3月 2026-05..2026-04 \
        2026-05-02..2026-05-01 2026-02-30..2026-03-01 .. 2026.. "" 2026-05x 2026年5 0000 2026-01..2026-03-04 年; do
        gives 2 "" "report-period: not a period: \"$written\" (write 2020-05, 2020-Q2, 2020-H1, 2020, \
2020-01..2020-11 or 2020-05-04..2020-06-03); see report-period -h" report-period "$written"
    done
}

@test "beside it stand the period of the same length before it, and that of the year before" {
    at 2026-11-20T09:00
    center
    while read -r written columns; do
        same "$written: $(report-period "$written" | sed -n 's/^指标 *//p' | head -1 | xargs)" "$written: $columns"
    done <<'END'
2026-05 2026-05 2026-04 环比 2025-05 同比
2026-Q1 2026-Q1 2025-Q4 环比 2025-Q1 同比
2026-H1 2026-H1 2025-H2 环比 2025-H1 同比
2025 2025 2024 同比
2026-01..2026-10 2026-01..2026-10 2025-03..2025-12 环比 2025-01..2025-10 同比
2026-03-01..2026-03-31 2026-03-01..2026-03-31 2026-01-29..2026-02-28 环比 2025-03-01..2025-03-31 同比
2024-02-29 2024-02-29 2024-02-28 环比 2023-02-28 同比
END
}

@test "a month is what report-monthly says of it" {
    demo
    same "$(report-period -F tsv 2020-05 | cut -f 1-10)" "$(report-monthly -F tsv 2020-05)"
    same "$(report-period --ids due 2020-05)" "$(report-monthly --ids due 2020-05)"
    same "$(report-period 2020-05 | sed -n '/^二、/,/^五、/p')" "$(report-monthly 2020-05 | sed -n '/^二、/,/^五、/p' | sed 's/本月、上月/本期、上期/')"
}

# What happens in a month is counted in it; what is open or in stock, or done by then, stands at its end.
@test "of a quarter and a year each count is the sum of its months, every line" {
    demo
    standing="open open-overdue finished policy-stock policy-application policy-general policy-explained policy-reached \
policy-granted gross-days-median net-days-median center-days-median"
    for of in 2020-Q2:4,5,6 2020:1,2,3,4,5,6,7,8,9,10,11,12 2020-H1:1,2,3,4,5,6 2019-05..2019-06:5,6; do
        period=${of%%:*}
        report-period -F tsv "$period" | awk -F '\t' -v not=" $standing " '$5 + 0 && !index(not, " " $4 " ") {
            print $1, $2, $4, $5 }' | sort >whole
        for month in $(tr , ' ' <<<"${of#*:}"); do
            report-monthly -F tsv "${period%%-*}-$(printf %02d "$month")"
        done | awk -F '\t' -v not=" $standing " '!index(not, " " $4 " ") { sum[$1 " " $2 " " $4] += $5 }
            END { for (i in sum) if (sum[i]) print i, sum[i] }' | sort >parts
        same "$period: $(diff whole parts)" "$period: "
        [ "$(wc -l <whole)" -gt 100 ]
    done
    same "$(figure open 2020-Q2)" "$(report-monthly -F tsv 2020-06 | awk -F '\t' '$1 == "total" && $4 == "open" { print $5, $6 }')"
}

@test "by every scope, and two crossed, each line is what SQL counts over the views" {
    demo
    # received and answered in time by what the view has; the line's code, or - where none was given
    for by in kind channel source region category kind,channel region,kind category,source; do
        columns=$(sed "s/\([a-z]*\)/coalesce(t.\1, '-')/g; s/,coalesce/ || ',' || coalesce/" <<<"$by")
        sql "SELECT $columns, count(*) FROM v_ticket t WHERE received >= '2020-04' AND received < '2020-07'
            AND errand = 0 AND closed_as IS NOT 'void' GROUP BY 1" | tr '|' '\t' | sort >counted
        report-period -F tsv --by "$by" 2020-Q2 | awk -F '\t' -v b="$by" '$1 == b && $4 == "received" && $5 {
            print $2 "\t" $5 }' | sort >printed
        same "$by: $(diff printed counted)" "$by: "
        [ "$(wc -l <printed)" -gt 0 ]
    done
    # by the lead, its peer group, and the rule of the first dispatch
    for by in org group rule org,kind group,channel; do
        columns=$(sed "s/org/coalesce(o.code, '-')/; s/group/coalesce(o.peer_group, '-')/; s/kind/t.kind/; s/channel/t.channel/
            s/rule/coalesce((SELECT r.rule FROM v_route r WHERE r.ticket_id = t.id ORDER BY r.id LIMIT 1), '-')/
            s/,\([to]\)/ || ',' || \1/" <<<"$by")
        sql "SELECT $columns, count(*) FROM v_ticket t LEFT JOIN org o ON o.code = t.lead WHERE received >= '2020-04'
            AND received < '2020-07' AND errand = 0 AND closed_as IS NOT 'void' GROUP BY 1" | tr '|' '\t' | sort >counted
        report-period -F tsv --by "$by" 2020-Q2 | awk -F '\t' -v b="$by" '$1 == b && $4 == "received" && $5 {
            print $2 "\t" $5 }' | sort >printed
        same "$by: $(diff printed counted)" "$by: "
        [ "$(wc -l <printed)" -gt 1 ]
    done
    # what is crossed adds up to each of the two
    report-period -F tsv --by org,kind --by org --by kind 2020-Q2 >all
    for scope in 1:org 2:kind; do
        awk -F '\t' -v part="${scope%:*}" -v s="${scope#*:}" '$4 ~ /median|^(policy|center)/ { next }
            $1 == "org,kind" { split($2, code, ","); sum[code[part] " " $4] += $5 }
            $1 == s && $5 { one[$2 " " $4] = $5 }
            END { for (i in one) if (one[i] != sum[i]) print i, one[i], sum[i]; for (i in sum) if (sum[i] && !(i in one)) print i }' all >differing
        same "$scope $(cat differing)" "$scope "
    done
}

# Which tickets each figure counts is held to SQL in report-monthly.bats; here, whose they are by the views.
@test "every figure of every line, by each scope of tickets and of policies, is what the views have of those behind it" {
    demo
    periods=2020-Q2
    [ -z "${QIFU_THOROUGH-}" ] || periods="2020-Q2 2020-05 2019-05 2020"
    sql "SELECT t.id, coalesce(t.kind, '-'), coalesce(t.channel, '-'), coalesce(t.source, '-'), coalesce(t.region, '-'),
        coalesce(t.category, '-'), coalesce((SELECT r.rule FROM v_route r WHERE r.ticket_id = t.id AND r.role = 'lead'
        ORDER BY r.at, r.id LIMIT 1), '-') FROM v_ticket t" | tr '|' '\t' >tickets
    sql "SELECT code, coalesce(class, '-'), coalesce(kind, '-'), coalesce(level, '-') FROM v_policy" | tr '|' '\t' >policies
    for period in $periods; do
        report-period -F tsv --by kind --by channel --by source --by region --by category --by rule --by kind,region \
            --by class --by policy-kind --by level "$period" >all
        # those whose ids are as many as they count: no sums, medians, firms
        for figure in $(awk -F '\t' '$1 == "total" && $5 > 0 && $4 !~ /days|views|amount|pushed|grants|-(reached|granted)$/ { print $4 }' all); do
            report-period --ids "$figure" "$period" | awk -v f="$figure" '{ print f "\t" $1 }'
        done >behind
        awk -F '\t' 'FILENAME == "tickets" { for (i = 2; i <= 7; i++) of[$1, i] = $i; next }
            FILENAME == "policies" { for (i = 2; i <= 4; i++) of[$1, i] = $i; next }
            $1 ~ /^policy/ { split("class policy-kind level", name, " ")
                for (i = 1; i <= 3; i++) n[name[i] "\t" of[$2, i + 1] "\t" $1]++; next }
            { split("kind channel source region category rule", name, " ")
                for (i = 1; i <= 6; i++) n[name[i] "\t" of[$2, i + 1] "\t" $1]++
                n["kind,region\t" of[$2, 2] "," of[$2, 5] "\t" $1]++ }
            END { for (k in n) print k "\t" n[k] }' tickets policies behind | sort >counted
        cut -f 1 behind | sort -u >figures
        awk -F '\t' 'FNR == NR { is[$1]; next } $1 != "total" && $5 > 0 && $4 in is { print $1 "\t" $2 "\t" $4 "\t" $5 }' \
            figures all | sort >printed
        same "$period: $(diff printed counted | head -n 5)" "$period: "
        [ "$(wc -l <figures)" -gt 30 ] && [ "$(wc -l <printed)" -gt 500 ]
    done
    # a peer group has what its organisations have
    report-period -F tsv --by org --by group 2020-Q2 >all
    sql "SELECT code, peer_group FROM org" | tr '|' '\t' >orgs
    awk -F '\t' 'FNR == NR { group[$1] = $2; next } $4 ~ /median|^policy/ { next }
        $1 == "org" { sum[($2 == "-" ? "-" : group[$2]) " " $4] += $5 } $1 == "group" { is[$2 " " $4] = $5 }
        END { for (i in is) if (is[i] + 0 != sum[i] + 0) print i, is[i], sum[i]; for (i in sum) if (sum[i] && !(i in is)) print i }' orgs all >differing
    same "$(cat differing)" ""
}

# what leads to which topic by topics.yaml, as awk reads it: KEY WORD TOPIC, a line each
leads() {
    awk '/^  - topic: / { topic = $3; next }
        { sub(/#.*/, ""); line = line $0; if (line !~ /\[/ || line ~ /\]/) {
            if (match(line, /\[.*\]/)) {
                key = line; sub(/:.*/, "", key); gsub(/ /, "", key)
                count = split(substr(line, RSTART + 1, RLENGTH - 2), words, /, */)
                for (i = 1; i <= count; i++) { gsub(/^ +| +$/, "", words[i]); print key "\t" words[i] "\t" topic }
            }
            line = "" } }' "$QIFU_CONFIG/topics.yaml"
}

@test "topics: by the category, else by the rule; policies by their class or the one above it" {
    demo
    leads >leads
    [ "$(wc -l <leads)" -gt 100 ]
    sql "SELECT t.id, coalesce(t.category, ''), coalesce((SELECT r.rule FROM v_route r WHERE r.ticket_id = t.id AND r.role = 'lead'
        ORDER BY r.at, r.id LIMIT 1), ''), t.kind FROM v_ticket t" | tr '|' '\t' >tickets
    sql "SELECT code, class FROM v_policy" | tr '|' '\t' >policies
    awk '/class: / { class = $0; sub(/.*class: */, "", class); sub(/[ ,}].*/, "", class)
        if (!/subclass/) above = class; print class "\t" above }' "$QIFU_CONFIG/taxonomy.yaml" >above
    awk -F '\t' -v OFS='\t' 'FILENAME == "leads" { to[$1, $2] = $3; next } FILENAME == "above" { above[$1] = $2; next }
        FILENAME == "tickets" { t = to["categories", $2]; if (t == "") t = to["rules", $3]; print "ticket", $1, t == "" ? "-" : t, $4; next }
        { t = to["classes", $2]; if (t == "") t = to["classes", above[$2]]; print "policy", $1, t == "" ? "-" : t, "" }' \
        leads above tickets policies >topics
    for scope in topic topic,kind; do
        report-period -F tsv --by $scope 2020-Q2 >all
        for figure in received due answered on-time satisfied redo policy-stock; do
            report-period --ids $figure 2020-Q2 | awk -v f=$figure '{ print f "\t" (f ~ /^policy/ ? "policy" : "ticket") "\t" $1 }'
        done >behind
        awk -F '\t' -v s=$scope 'FNR == NR { of[$1, $2] = s == "topic" ? $3 : $3 "," $4; next }
            s ~ /kind/ && $2 == "policy" { next } { n[of[$2, $3] "\t" $1]++ } END { for (k in n) print k "\t" n[k] }' topics behind | sort >counted
        awk -F '\t' -v s=$scope '$1 == s && $5 > 0 && $4 ~ /^(received|due|answered|on-time|satisfied|redo|policy-stock)$/ {
            print $2 "\t" $4 "\t" $5 }' all | sort >printed
        same "$scope: $(diff printed counted)" "$scope: "
        [ "$(wc -l <printed)" -gt 40 ]
    done
    # all topics, with what belongs to none, are the whole
    report-period -F tsv --by topic 2020 | awk -F '\t' '$4 ~ /median|reached|granted$|^entries/ { next } $1 == "topic" { sum[$4] += $5 }
        $1 == "total" && $5 > 0 { all[$4] = $5 } END { for (i in all) { n++; if (all[i] != sum[i] + 0) print i, all[i], sum[i] } print (n > 30) }' >differing
    same "$(cat differing)" 1
    # the ids of one, by its code or its word, and of none
    for topic in finance 融资与资金 -; do
        code=${topic/融资与资金/finance}
        same "$(report-period --ids received --only topic=$topic --only kind=help 2020-Q2 | cut -f 1)" \
            "$(report-period --ids received --only kind=help 2020-Q2 | cut -f 1 | awk -F '\t' -v t=$code '
                FNR == NR { of[$2] = $1 == "ticket" ? $3 : of[$2]; next } of[$1] == t' topics -)"
    done
    [ "$(report-period --ids policy-stock --only topic=finance 2020-Q2 | wc -l)" -gt 0 ]
    [[ $(report-period --by topic 2020-Q2) == *"（未分）"* ]]
}

@test "topics.yaml: a rule that was retired still leads; faults with file and line" {
    demo
    cp -r "$TREE/share" conf && export QIFU_CONFIG=$T/conf
    sql "SELECT r.ticket_id FROM v_route r JOIN v_ticket t ON t.id = r.ticket_id WHERE r.rule = 'region-gulou' AND t.received LIKE '2020-05%'
        AND NOT EXISTS (SELECT 1 FROM v_route x WHERE x.ticket_id = t.id AND x.id < r.id)" | sort -n >gulou
    cat >conf/topics.yaml <<'END'
topics:
  - topic: place
    name: 鼓楼
    rules: region-gulou
END
    same "$(report-period --ids received --only topic=place 2020-05 | cut -f 1)" "$(cat gulou)"
    [ -s gulou ]
    cat >conf/topics.yaml <<'END'
topics:
  - topic: finance
    name: 融资
    categories: [金融服务]
    classes: [finance, financing]
  - topic: money
    name: 融资
    categories: [金融 服务]
    rule: x
END
    gives 2 "" "report-period: $T/conf/topics.yaml:9: unknown key \"rule\" (did you mean rules?)
report-period: $T/conf/topics.yaml:5: unknown class \"financing\" (did you mean finance?)
report-period: $T/conf/topics.yaml:6: \"融资\" is another topic already
report-period: $T/conf/topics.yaml:8: \"金融 服务\" leads to \"finance\" already (line 4)" report-period --by topic 2020-05
    gives 2 "" "${stderr//report-period/center-init}" center-init -q
    # a rule that no catalogue has is one of another time, or of a catalogue that ships; a configuration of before
    # has no such file
    printf 'topics:\n  - {topic: t, name: 专题, rules: [nobody-knows]}\n' >conf/topics.yaml
    gives 0 "" "" center-init -q
    rm conf/topics.yaml
    gives 0 "" "" center-init -q
    run --separate-stderr report-period --by topic 2020-05
    same "$status$output" 2
    [[ $stderr == *"topics.yaml: "* ]]
}

# the median of the numbers on standard input, - of none
median() { sort -n | awk '{ v[NR] = $1 } END { if (!NR) print "-"; else print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

@test "medians, and the center's own days, by SQL, awk and workday" {
    demo
    for period in "2020-04 2020-05 2020-04" "2020-Q2 2020-07 2020-04" "2019 2020-01 2019-01"; do
        set -- $period
        for days in gross net; do
            sql "SELECT r.${days}_days FROM round r JOIN ticket t ON t.id = r.ticket_id WHERE t.errand = 0
                AND strftime('%Y-%m', r.answered_at, 'unixepoch', '+8 hours') >= '$3'
                AND strftime('%Y-%m', r.answered_at, 'unixepoch', '+8 hours') < '$2'" >values
            same "$1 $days $(figure $days-days-median "$1")" "$1 $days $(median <values) $(wc -l <values)"
            sql "SELECT r.${days}_days FROM round r JOIN ticket t ON t.id = r.ticket_id WHERE t.errand = 0
                AND strftime('%Y-%m', r.answered_at, 'unixepoch', '+8 hours') >= '$3' AND t.kind = 'complaint'
                AND strftime('%Y-%m', r.answered_at, 'unixepoch', '+8 hours') < '$2'" >values
            same "$1 $days $(figure $days-days-median "$1" kind complaint)" "$1 $days $(median <values) $(wc -l <values)"
        done
        # from the receipt to the first dispatch, counted by another program
        sql "SELECT substr(t.received, 1, 10) || ' ' || substr(t.dispatched, 1, 10) FROM v_ticket t
            WHERE t.round = 1 AND dispatched >= '$3' AND dispatched < '$2' AND errand = 0
            UNION ALL SELECT substr(t.received, 1, 10) || ' ' || (SELECT min(substr(r.at, 1, 10)) FROM v_route r
                WHERE r.ticket_id = t.id) FROM v_ticket t WHERE t.round > 1 AND errand = 0 AND (SELECT min(r.at)
                FROM v_route r WHERE r.ticket_id = t.id) BETWEEN '$3' AND '$2'" >spans
        while read -r from to; do
            [ "$from" = "$to" ] && echo 0 || workday count "$from" "$to"
        done <spans >values
        same "$1 $(figure center-days-median "$1")" "$1 $(median <values) $(wc -l <values)"
        same "$1 $(figure center-days "$1")" "$1 $(awk '{ n += $1 } END { print n + 0 }' values) $(wc -l <values)"
    done
    # the dispatches are the center's, whoever got them
    same "$(figure center-days 2020-05)" "$(figure center-days 2020-05 org center)"
}

@test "what is usual: the twelve periods before, by the manual's formula in awk" {
    demo
    at 2020-08-03
    for period in "2020-05 month" "2020-07 month"; do
        set -- $period
        for back in $(seq 0 12); do
            # nothing is told of the time before the first receipt, which is in May 2019
            month=$(date -d "$1-15 -$back month" +%Y-%m)
            [[ $month < 2019-05 ]] || report-monthly -F tsv "$month" | sed "s/^/$back\t/"
        done >months
        report-period -F tsv --band "$1" >printed
        awk -F '\t' 'FNR == NR { if ($2 == "total" && $1) {
                n = ($6 == "-" ? 0 : $6); of = $7; rate = ($5 ~ /^(accepted|on-time|party-on|assist-on|satisfied|redo|returned|extended|suspended|follow-on|orders-|finished|resolved|at-once|followed|appeals-granted|sent-right|policy-(collect|publish|interpret)-late|policy-(application|general|explained)$)/)
                if (of != "-" && of == 0) next
                v = $5 ~ /^(gross|net|center)-days$/ || rate ? n / of : n
                k = $5; if (count[k]) { d = v - last[k]; moved[k] += d < 0 ? -d : d }
                last[k] = v; sum[k] += v; count[k]++; share[k] = rate } next }
            $1 == "total" { k = $4; value = $5; if ($6 != "-") { if ($6 == 0 || $5 == "-") value = "" ; else if (k !~ /median/) value = $5 / $6 }
                expected = "- - - -"
                if (count[k] >= 6 && moved[k] > 0 && value != "") {
                    mean = sum[k] / count[k]; reach = 3 * moved[k] / (count[k] - 1) / 1.128
                    low = mean - reach < 0 ? 0 : mean - reach; high = mean + reach
                    if (share[k] && high > 1) high = 1
                    word = value > high ? "high" : value < low ? "low" : "usual"
                    expected = sprintf("%.4f %.4f %.4f %s", mean, low, high, word) }
                got = $13 " " $14 " " $15 " " $16
                if (got != expected) print k ": " got " instead of " expected
                if (word != "") seen[$16]++; word = "" }
            END { print (seen["high"] > 0) (seen["usual"] > 0) >"seen" }' months printed >differing
        same "$1: $(cat differing)" "$1: "
    done
    same "$(report-period -F tsv --band 2020-05 | awk -F '\t' '$1 == "total" && $4 == "received" { print $16 }')" high
    same "$(report-period --band 2020-05 | awk '$1 == "受理" { print $NF }')" 偏高
    # of a month that is not over nothing is said, nor where too few lie before it
    same "$(report-period -F tsv --band 2020-08 | awk -F '\t' '$16 != "-"' | wc -l)" 0
    same "$(report-period -F tsv --band 2019-10 | awk -F '\t' '$16 != "-"' | wc -l)" 0
}

@test "totals since the beginning" {
    demo
    report-period -F tsv --running 2020-05 >printed
    for figure in received answered rated redo overdue-yellow; do
        sum=0
        for month in 2019-05 2019-06 2020-04 2020-05; do
            sum=$((sum + $(report-monthly -F tsv $month | awk -F '\t' -v f=$figure '$1 == "total" && $4 == f { print $5 }')))
        done
        same "$figure $(awk -F '\t' -v f=$figure '$1 == "total" && $4 == f { print $11 }' printed)" "$figure $sum"
    done
    same "$(awk -F '\t' '$1 == "total" && $4 == "satisfied" { print $12 }' printed)" "$(awk -F '\t' '$1 == "total" && $4 == "rated" { print $11 }' printed)"
    report-period --running 2020-05 | grep -q '^指标 .* 累计$'
}

@test "each month, and each day, of a period by itself" {
    demo
    report-period -F tsv --each month 2020-Q2 | awk -F '\t' '$1 == "month" { print $2, $4, $5, $6 }' >printed
    for month in 2020-04 2020-05 2020-06; do
        report-monthly -F tsv $month | awk -F '\t' -v m=$month '$1 == "total" { print m, $4, $5, $6 }'
    done >months
    same "$(diff printed months)" ""
    # views by day, as the events have them
    month=$(sql "SELECT strftime('%Y-%m', at + 28800, 'unixepoch') FROM policy_event WHERE type = 'viewed' LIMIT 1")
    report-period -F tsv --each day --by kind "$month" >printed
    sql "SELECT date(at + 28800, 'unixepoch'), sum(count) FROM policy_event WHERE type = 'viewed' AND
        date(at + 28800, 'unixepoch') LIKE '$month%' GROUP BY 1" | tr '|' '\t' >counted
    [ -s counted ]
    same "$(awk -F '\t' '$1 == "day" && $4 == "policy-views" && $5 { print $2 "\t" $5 }' printed)" "$(cat counted)"
    same "$(awk -F '\t' '$1 == "day" && $4 == "received" { n++; sum += $5 } END { print n, sum }' printed)" "$(date -d "$month-01 1 month -1 day" +%-d) $(figure received "$month" | cut -d ' ' -f 1)"
    report-period -F tsv --each day --by kind 2020-05-04..2020-05-08 >printed
    sql "SELECT 'day,kind' || char(9) || substr(received, 1, 10) || ',' || kind || char(9) || count(*) FROM v_ticket
        WHERE received BETWEEN '2020-05-04' AND '2020-05-09' GROUP BY substr(received, 1, 10), kind" >counted
    same "$(awk -F '\t' '/^day,kind/ && $4 == "received" && $5 { print $1 "\t" $2 "\t" $5 }' printed | sort)" "$(sort counted)"
    # a period that is not over has no more parts than have begun
    at 2020-05-05T09:00
    same "$(report-period -F tsv --each day 2020-05 | awk -F '\t' '$1 == "day" && $4 == "received" { print $2 }' | tail -1)" 2020-05-05
}

@test "what stands behind a figure, of one line alone" {
    demo
    report-period -F tsv --by org --by kind,region --by rule 2020-Q2 >all
    awk -F '\t' '$1 != "total" && $5 > 0 && $6 == "-" && $4 !~ /^policy/ && $4 !~ /days/' all | awk 'NR % 29 == 1' >lines
    [ "$(wc -l <lines)" -gt 20 ]
    while IFS=$'\t' read -r scope code _ figure value _; do
        only=()
        case $scope in
        *,*) only=(--only "${scope%,*}=${code%,*}" --only "${scope#*,}=${code#*,}") ;;
        *) only=(--only "$scope=$code") ;;
        esac
        same "$scope $code $figure $(report-period --ids "$figure" "${only[@]}" 2020-Q2 | wc -l)" "$scope $code $figure $value"
    done <lines
    # by the office's words too
    same "$(report-period --ids received --only 类型=投诉 --only 区域=铜山区 2020-05)" \
        "$(report-period --ids received --only kind=complaint --only region=320312 2020-05)"
    [ -n "$(report-period --ids received --only 类型=投诉 --only 区域=铜山区 2020-05)" ]
}

@test "policies: the stock by kind, firms reached once, money granted, no firm twice" {
    demo
    same "$(figure policy-stock 2020-06)" "$(sql "SELECT count(*) FROM v_policy WHERE published < '2020-07'
        AND state = 'published'") -"
    for kind in application general; do
        same "$kind $(figure policy-$kind 2020-06)" "$kind $(sql "SELECT sum(kind = '$kind') || ' ' || count(*) FROM v_policy
            WHERE state = 'published'")"
    done
    same "$(figure policy-pushed 2020-06)" "$(sql "SELECT count(*) FROM push") -"
    same "$(figure policy-reached 2020-06)" "$(sql "SELECT count(DISTINCT enterprise_id) FROM push") -"
    same "$(report-period --ids policy-reached 2020-06 | cut -f 1)" \
        "$(sql "SELECT DISTINCT code FROM push JOIN enterprise e ON e.id = enterprise_id ORDER BY 1")"
    # the same firm twice, by two policies of different levels
    at 2020-07-01T10:00
    firm=$(sql "SELECT code FROM enterprise ORDER BY code LIMIT 1")
    others=$(sql "SELECT code FROM enterprise ORDER BY code LIMIT 2 OFFSET 1")
    policy-record -q --type granted --enterprise "$firm" --amount 12.5万 rent-relief-2020 >out
    policy-record -q --type granted --enterprise "$firm" --amount 20000.05 stable-jobs-2020 >out
    for other in $others; do policy-record -q --type granted --enterprise "$other" --amount 1万 stable-jobs-2020 >out; done
    at 2020-07-15
    grants=$(sql "SELECT count(*) FROM policy_event WHERE type = 'granted' AND at >= unixepoch('2020-07-01', '-8 hours')")
    same "$(figure policy-grants 2020-07)" "$grants -"
    same "$(figure policy-granted 2020-07)" "3 -"
    same "$(figure policy-amount 2020-07)" "165000.05 -"
    same "$(report-period --ids policy-granted 2020-07 | wc -l)" 3
    report-period -F tsv --by level 2020-07 >levels
    same "$(awk -F '\t' '$1 == "level" && $4 == "policy-granted" && $5 { print $2, $5 }' levels | sort)" \
        "$(sql "SELECT p.level || ' ' || count(DISTINCT v.enterprise_id) FROM policy_event v JOIN policy p ON p.id = v.policy_id
            WHERE v.type = 'granted' AND v.at >= unixepoch('2020-07-01', '-8 hours') GROUP BY p.level ORDER BY 1")"
    # ended: it leaves the stock, which it was in before
    policy-withdraw -q --reason 期满 rent-relief-2020 >out
    same "$(figure policy-stock 2020-07)" "$(($(figure policy-stock 2020-06 | cut -d ' ' -f 1) - 1)) -"
}

# On a server too, whose SQL is another.
@test "two tickets and a policy by every scope" {
    at 2026-03-02T09:00
    center
    ticket-new -q --kind 投诉 --channel 热线 --region 沛县 --title 拖欠货款 --source 12345 --ref 1 | ticket-route - >out
    ticket-new -q --kind 求助 --channel 窗口 --title b | ticket-route --to tax - >out
    policy-add -q "$TREE/share/demo/policies/arrears-2020.yaml" >out
    at 2026-03-03T09:00
    ticket-answer -q --text x --without y 1 2 >out
    at 2026-04-01
    while read -r by codes; do
        same "$by: $(report-period -F tsv --by "$by" 2026-03 | awk -F '\t' -v b="$by" '$1 == b && $5 && ($4 == "answered" ||
            $4 == "policy-stock") { print $2 }' | sort | xargs)" "$by: $codes"
    done <<'END'
org industry industry tax
group city-department city-department
kind complaint help
channel hotline window
source 12345 center
region - 320322
category -
rule - unpaid-bills
org,kind industry,complaint tax,help
kind,region complaint,320322 help,-
rule,channel -,window unpaid-bills,hotline
class rights
policy-kind general
level city
level,org city,industry
END
    same "$(report-period -F tsv --band --running --each month 2026-Q1 | awk -F '\t' '$4 == "gross-days-median" &&
        $1 ~ /^(total|month)$/ { print $2, $5, $6, $11, $12 }' | xargs)" "- 1 2 1 2 2026-01 - 0 - - 2026-02 - 0 - - 2026-03 1 2 - -"
    same "$(figure gross-days-median 2026-03)" "1 2"
    same "$(figure center-days-median 2026-03)" "0 2"
}

@test "by county, with a center of its own" {
    needs_file "counties.bats has it on a server"
    cp -r "$TREE/share" share
    export QIFU_CONFIG=$T/share
    printf 'counties:\n  - center: "320322"\n    bureaus: utility\n' >>share/center.yaml
    at 2026-03-02T09:00
    center
    ticket-new -q --kind 投诉 --title a | ticket-route --to 沛县 - >out
    ticket-new -q --kind 投诉 --title b | ticket-route --to tax - >out
    same "$(report-period -F tsv --by county,kind 2026-03 | awk -F '\t' '$1 == "county,kind" && $4 == "received" { print $2, $5 }')" \
        "320322,complaint 1"
    same "$(report-period --center 320322 --ids received 2026-03 | cut -f 1)" 1
}

@test "the document of a period, with what was asked for" {
    demo
    report-period --by region,kind --each month --band --running 2020-Q2 >out
    same "$(grep -E '^(一|二|三|四|五|六|七|八|九)、' out)" "一、总体情况（本期、上期、去年同期）
二、逐月
三、按区域、类型
四、政策（本期、上期、去年同期）
五、不计入（本期、上期、去年同期）
六、统计口径"
    same "$(sed -n 's/^时段 *//p' out | head -1 | awk '{ print $1 }')" 受理
    same "$(sed -n '/^二、/,/^$/p' out | awk '/^2020/ { print $1, $2 }')" "$(for m in 04 05 06; do
        echo "2020-$m $(figure received 2020-$m | cut -d ' ' -f 1)"; done)"
    same "$(grep -E '^区域 +类型 ' out | wc -l)" 1
    # a rise in percent, of a share in points; of nothing there is none
    same "$(report-period 2020-05 | awk '$1 == "受理" { print $4, $6 }')" "$(report-monthly -F tsv 2020-05 |
        awk -F '\t' '$1 == "total" && $4 == "received" { printf "%+.1f%% %+.1f%%\n", 100 * ($5 - $7) / $7, 100 * ($5 - $9) / $9 }')"
    same "$(report-period 2020-05 | awk '$1 == "解决" { print $NF }')" "$(report-monthly -F tsv 2020-05 |
        awk -F '\t' '$1 == "total" && $4 == "resolved" { printf "%+.1f个百分点\n", 100 * ($5 / $6 - $9 / $10) }')"
    # the page draws what the tables have, without a script
    report-period -F html --each month 2020-Q2 >out
    same "$(grep -c '<svg ' out)" 5
    same "$(grep -c '<script' out)" 0
    same "$(sed -n '/逐月：受理/,/<\/figure>/p' out | grep -o '<title>[^<]*' | sed 's/<title>//')" "04 $(figure received 2020-04 | cut -d ' ' -f 1)
05 $(figure received 2020-05 | cut -d ' ' -f 1)
06 $(figure received 2020-06 | cut -d ' ' -f 1)"
    for format in md html; do
        report-period -F $format 2020-Q2 >out
        grep -q 2020年第二季度 out
    done
}

@test "what people write for it stands between the figures and what is left out" {
    at 2026-03-02
    center
    printf '# 存在问题\n\n个别单位签收不及时，\n有的拖到期满。\n\n另有 a\nb。\n# 下一步\n继续<b>督办</b>。\n' | iconv -f utf-8 -t gb18030 >words
    for program in report-period report-monthly; do
        $program --words words 2026-02 >out
        same "$program $(sed -n '/存在问题/,/不计入/p' out)" "$program 五、存在问题
个别单位签收不及时，有的拖到期满。

另有 a b。

六、下一步
继续<b>督办</b>。

七、不计入（本$([ $program = report-period ] && echo 期、上期 || echo 月、上月)、去年同期）"
    done
    report-period --words - -F html 2026-02 <words | grep -q '^<p>继续&lt;b&gt;督办&lt;/b&gt;。</p>$'
    report-period --words words -F md 2026-02 | grep -q '^继续&#60;b&#62;督办&#60;/b&#62;。$'
    printf '没有标题\n' >none
    gives 2 "" 'report-period: none:1: the first part has no heading: write "# 存在问题" above it' report-period --words none 2026-02
    printf '# a\nb\n# \n' >blank
    gives 2 "" 'report-period: blank:3: the heading says nothing' report-period --words blank 2026-02
    gives 2 "" 'report-period: format "tsv" does not fit here (text, md, html or xlsx); see report-period -h' \
        report-period -F tsv --words words 2026-02
}

@test "what is wrong on the command line" {
    at 2026-03-02
    center
    scopes="org 单位, kind 类型, channel 渠道, county 县级平台, group 组别, source 来源, region 区域, category 类别, rule 派单规则, \
topic 专题, policy 政策, register 来自台账, class 政策类型, policy-kind 政策种类, level 政策层级"
    gives 2 "" "report-period: --by: unknown scope \"orgs\" ($scopes); see report-period -h" report-period --by orgs 2026
    gives 2 "" "report-period: --by: \"org,org\" crosses a scope with itself; see report-period -h" report-period --by org,org 2026
    gives 2 "" "report-period: --by: \"kind,level\": one is of tickets, the other of policies; see report-period -h" \
        report-period --by kind,level 2026
    gives 2 "" "report-period: --each month, or day, not \"week\"; see report-period -h" report-period --each week 2026
    gives 2 "" "report-period: --only says of what --ids lists; see report-period -h" report-period --only org=tax 2026
    gives 2 "" "report-period: --ids lists what is behind a figure: --only says of what; see report-period -h" \
        report-period --ids due --by org 2026
    gives 2 "" "report-period: name one period; see report-period -h" report-period
    gives 2 "" "report-period: \"tax\": write a scope and which of it: org=tax" report-period --ids due --only tax 2026
    gives 2 "" "report-period: \"org,kind=tax\": name one scope at a time" report-period --ids due --only org,kind=tax 2026
    gives 2 "" "report-period: policy-stock is not told apart by kind" report-period --ids policy-stock --only kind=help 2026
    gives 2 "" 'report-period: unknown organisation "nobody"; org-list shows them' \
        report-period --ids due --only org=nobody 2026
}
