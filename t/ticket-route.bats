#!/usr/bin/env bats
# ticket-route: dispatch by the catalogue and by hand.

load lib/base

# Makes standard input the catalogue of a configuration of this test's own.
catalogue() {
    [ -d "$T/share" ] || cp -r "$TREE/share" "$T/share"
    export QIFU_CONFIG=$T/share
    cat >"$T/share/catalogue.yaml"
}

# rule WHEN: a catalogue of one rule that sends what fits to the tax office.
rule() {
    catalogue <<EOF
rules:
  - rule: only
    when: $1
    lead: tax
    basis: B
EOF
    [ -e "$QIFU_DB" ] || center
}

# new OPTION...: takes in a ticket, prints its id.
new() { ticket-new -q "$@" | cut -f1; }

# The ids that the catalogue would dispatch, on one line.
fitting() { ticket-route --explain | awk -F '\t' '$2 != "-" { printf "%s%s", s, $1; s = " " }'; }

@test "the heaviest rule decides, wherever it stands in the catalogue" {
    catalogue <<'EOF'
rules:
  - rule: b-first
    when: {title: {any: [甲]}}
    lead: tax
    basis: B1
  - rule: a-second
    when: {title: {any: [甲, 乙]}}
    lead: finance
    basis: B2
EOF
    center
    new --title 甲乙
    new --title 乙
    new --title 丙
    gives 1 $'1\tfinance\t-\ta-second\tB2\n2\tfinance\t-\ta-second\tB2\n3\t-\t-\t-\t-' "" ticket-route
    same "$(sql 'SELECT id, state FROM v_ticket ORDER BY id' | tr '\n' ' ')" \
        "1|dispatched 2|dispatched 3|received "
}

@test "condition: any of the kinds that are named" {
    rule '{kind: [complaint, report]}'
    for kind in 咨询 求助 建议 投诉 举报 其他; do new --title x --kind $kind; done
    same "$(fitting)" "4 5"
}

@test "condition: any of the channels that are named" {
    rule '{channel: [hotline, qr]}'
    for channel in 热线 平台 二维码 窗口; do new --title x --channel $channel; done
    same "$(fitting)" "1 3"
}

@test "condition: the source is compared exactly" {
    rule '{source: ["12345"]}'
    new --title x --source 12345
    new --title x --source 123456
    new --title x
    same "$(fitting)" "1"
}

@test "condition: region by its first digits" {
    rule '{region: ["32030"]}'
    for region in 鼓楼区 丰县 徐州市 泉山区 贾汪区; do new --title x --region $region; done
    new --title x
    same "$(fitting)" "1 3 5"
}

@test "condition: category by its first characters" {
    rule '{category: [税费/, 用地]}'
    new --title x --category 税费/退税
    new --title x --category 税费
    new --title x --category 用地规划
    new --title x --category 工业用地
    new --title x
    same "$(fitting)" "1 3"
}

@test "condition: words in the title" {
    rule '{title: {any: [退税, P2P]}}'
    new --title 关于退税的事
    new --title x --body 退税
    new --title 一个p2p平台
    new --title 退的税
    same "$(fitting)" "1 3"
}

@test "condition: words in the body" {
    rule '{body: {any: [退税]}}'
    new --title 退税
    new --title x --body 关于退税的事
    same "$(fitting)" "2"
}

@test "condition: words of the text may stand in title or body" {
    rule '{text: {any: [退税]}}'
    new --title 退税
    new --title x --body 退税
    new --title 退 --body 税
    same "$(fitting)" "1 2"
}

@test "condition: all words, in title or body together" {
    rule '{text: {all: [公园, 门票]}}'
    new --title 公园门票
    new --title 公园 --body 门票
    new --title 公园
    new --title 门票
    same "$(fitting)" "1 2"
    rule '{title: {all: [公园, 门票]}}'
    same "$(fitting)" "1"
}

@test "condition: none of the words may stand there" {
    rule '{title: {any: [公园], none: [噪音, 门票]}}'
    new --title 公园
    new --title 公园门票
    new --title 噪音在公园
    new --title 公园 --body 噪音
    same "$(fitting)" "1 4"
}

@test "all conditions of a rule must hold" {
    rule '{kind: [complaint], channel: [hotline], title: {any: [噪音]}, body: {none: [自家]}}'
    new --title 噪音 --kind 投诉 --channel 热线
    new --title 噪音 --kind 建议 --channel 热线
    new --title 噪音 --kind 投诉 --channel 平台
    new --title 静音 --kind 投诉 --channel 热线
    new --title 噪音 --kind 投诉 --channel 热线 --body 自家的
    same "$(fitting)" "1"
}

@test "condition: facts of the enterprise: name, credit code, extra columns" {
    rule '{enterprise: {行业: [制造业, 建筑业], 规模: [大]}}'
    printf '编号,标题,行业,规模\n1,x,制造业,大\n2,x,制造业,小\n3,x,零售,大\n4,x,建筑业,大\n5,x,,\n' |
        ticket-new -q --no-ref --received now --csv - >ids
    same "$(fitting)" "1 4"
    new --title x --enterprise 甲公司 --uscc 91320300MA00002690
    new --title x --enterprise 甲公司分店
    rule '{enterprise: {name: [甲公司]}}'
    same "$(fitting)" "6"
    rule '{enterprise: {uscc: ["91320300MA00002690"]}}'
    same "$(fitting)" "6"
}

@test "assists and basis are kept in the route and in the event" {
    catalogue <<'EOF'
rules:
  - rule: r
    when: {title: {any: [x]}}
    lead: 市税务局
    assist: [市财政局, 徐州市司法局]
    basis: 第 5 项
EOF
    center
    at 2026-03-02T09:00
    new --title x
    gives 0 $'1\ttax\tfinance justice\tr\t第 5 项' "" ticket-route
    same "$(sql "SELECT org, role, rule, basis, at FROM v_route")" \
        "tax|lead|r|第 5 项|2026-03-02T09:00:00+08:00
finance|assist|r|第 5 项|2026-03-02T09:00:00+08:00
justice|assist|r|第 5 项|2026-03-02T09:00:00+08:00"
    same "$(sql "SELECT at, json_remove(data, '\$.next', '\$.rows') FROM v_event WHERE type = 'dispatched'")" \
        '2026-03-02T09:00:00+08:00|{"lead":"tax","assists":["finance","justice"],"rule":"r","basis":"第 5 项","accept_due":1772553599}'
    gives 0 "" "" center-check
}

@test "an organisation that stands twice in a rule assists once; the lead does not assist" {
    catalogue <<'EOF'
rules:
  - rule: r
    when: {title: {any: [x]}}
    lead: tax
    assist: [市财政局, finance, 市税务局]
    basis: B
EOF
    center
    new --title x
    gives 0 $'1\ttax\tfinance\tr\tB' "" ticket-route
    gives 0 "" "" center-check
}

@test "--explain: the words that decided, and nothing is changed" {
    catalogue <<'EOF'
rules:
  - rule: r
    when:
      kind: [help]
      title: {any: [退税, 税, 费], none: [电]}
      text: {all: [企业]}
    lead: tax
    basis: B
EOF
    center
    new --title 税费退税 --kind help --body 企业
    before=$(sql .dump)
    gives 0 $'1\ttax\t-\tr\tB\tr 28: kind help; title 退税, 税, 费; text 企业\ttax' "" ticket-route --explain
    same "$(sql .dump)" "$before"
    gives 0 $'1\ttax\t-\tr\tB' "" ticket-route
    # also for what was dispatched already
    gives 0 $'1\ttax\t-\tr\tB\tr 28: kind help; title 退税, 税, 费; text 企业\ttax' "" ticket-route --explain 1
}

@test "--explain: the closest rule and what it lacks" {
    catalogue <<'EOF'
rules:
  - rule: far
    when: {kind: [complaint], title: {any: [甲]}, body: {any: [乙]}}
    lead: tax
    basis: B
  - rule: near
    when: {kind: [complaint], title: {any: [丙, 丁]}}
    lead: tax
    basis: B
  - rule: spoilt
    when: {title: {any: [戊], none: [己, 庚]}}
    lead: tax
    basis: B
  - rule: whole
    when: {channel: [qr], title: {all: [辛, 壬]}}
    lead: tax
    basis: B
EOF
    center
    new --title x --kind 投诉
    new --title 戊己 --kind 建议
    new --title x --kind 建议
    new --title 辛 --kind 建议 --channel qr
    gives 1 $'1\t-\t-\t-\t-\tno rule fits; closest is near: kind complaint; lacks title 丙 or 丁\t-
2\t-\t-\t-\t-\tno rule fits; closest is spoilt: title 戊; but title 己\t-
3\t-\t-\t-\t-\tno rule fits, and none has a condition met\t-
4\t-\t-\t-\t-\tno rule fits; closest is whole: channel qr; lacks title 壬\t-' "" ticket-route --explain
}

@test "by hand: organisations by code, name and short name" {
    center
    for i in 1 2 3 4; do new --title x$i; done
    gives 0 $'1\ttax\tfinance justice\t-\t会商' "" \
        ticket-route --to tax --assist 徐州市财政局 --assist 市司法局 --basis 会商 1
    gives 0 $'2\ttax\t-\t-\t人工派发' "" ticket-route --to 国家税务总局徐州市税务局 2
    gives 0 $'3\ttax\t-\t-\t人工派发\n4\ttax\t-\t-\t人工派发' "" ticket-route --to 市税务局 3 4
    same "$(sql "SELECT DISTINCT rule IS NULL FROM route")" 1
    gives 0 "" "" center-check
}

@test "by hand: the lead, or an organisation named twice, assists once at most" {
    center
    new --title x
    gives 0 $'1\ttax\tfinance\t-\t人工派发' "" \
        ticket-route --to tax --assist finance --assist 市财政局 --assist 市税务局 1
}

@test "by hand: an unknown organisation" {
    center
    new --title x
    gives 2 "" 'ticket-route: unknown organisation "市税务居" (did you mean 市税务局?)' \
        ticket-route --to 市税务居 1
    gives 2 "" 'ticket-route: unknown organisation "finanse" (did you mean finance?)' \
        ticket-route --to tax --assist finanse 1
    gives 2 "" 'ticket-route: unknown organisation "qqqqqqqqqqqqqqqqqq"; org-list shows them' \
        ticket-route --to qqqqqqqqqqqqqqqqqq 1
    same "$(sql "SELECT count(*) FROM route")" 0
}

@test "by hand: options that do not go together" {
    center
    new --title x
    gives 2 "" "ticket-route: --assist goes with --to; see ticket-route -h" \
        ticket-route --assist tax
    gives 2 "" "ticket-route: --basis goes with --to; see ticket-route -h" \
        ticket-route --basis x
    gives 2 "" "ticket-route: --to needs the tickets' ids; see ticket-route -h" \
        ticket-route --to tax
    gives 2 "" "ticket-route: --explain is about the catalogue, not about --to; see ticket-route -h" \
        ticket-route --explain --to tax 1
    same "$(sql "SELECT state FROM v_ticket")" received
}

@test "already dispatched: the catalogue prints the present lead, --to is refused" {
    rule '{title: {any: [x]}}'
    new --title x
    gives 0 $'1\tfinance\tjustice\t-\t会商' "" \
        ticket-route --to finance --assist justice --basis 会商 1
    before=$(sql .dump)
    gives 0 $'1\tfinance\tjustice\t-\t会商' "" ticket-route 1
    gives 2 "" "ticket-route: 1: already dispatched to 徐州市财政局; --redispatch --reason sends it elsewhere" ticket-route --to tax 1
    gives 0 "" "" ticket-route
    same "$(sql .dump)" "$before"
}

@test "what no rule fits stays in the pool: exit status 1" {
    rule '{title: {any: [x]}}'
    new --title y
    gives 1 $'1\t-\t-\t-\t-' "" ticket-route
    gives 1 $'1\t-\t-\t-\t-' "" ticket-route 1
    gives 1 '{"id":1,"lead":null,"assist":null,"rule":null,"basis":null}' "" ticket-route -F json
    new --title x
    gives 1 $'1\t-\t-\t-\t-\n2\ttax\t-\tonly\tB' "" ticket-route
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'dispatched'")" 1
}

@test "an unknown id is reported, the good ones go on" {
    rule '{title: {any: [x]}}'
    new --title x
    new --title x
    # those that are no ids are found while reading, the others when it is their turn
    gives 2 $'1\ttax\t-\tonly\tB\n2\ttax\t-\tonly\tB' \
        $'ticket-route: not an id: "zwei"\nticket-route: 77: no such ticket' \
        ticket-route 1 77 zwei 2
    sh_run 'printf "1\tfoo\n\n99\nx\ty\n2\r\n" | ticket-route -'
    same "$output" $'1\ttax\t-\tonly\tB\n2\ttax\t-\tonly\tB'
    same "$stderr" $'ticket-route: standard input:4: not an id: "x"\nticket-route: 99: no such ticket'
    same "$status" 2
}

@test "-n says what it would do and changes nothing" {
    rule '{title: {any: [x]}}'
    new --title x
    before=$(sql .dump)
    gives 0 $'1\ttax\t-\tonly\tB' "" ticket-route -n
    gives 0 $'1\tfinance\t-\t-\t人工派发' "" ticket-route -n --to finance 1
    same "$(sql .dump)" "$before"
}

@test "more tickets than one transaction takes" {
    rule '{title: {any: [x]}}'
    { echo 编号,标题; seq 1300 | sed 's/$/,x/'; } | ticket-new -q --no-ref --received now --csv - >ids
    run --separate-stderr ticket-route
    same "$(wc -l <<<"$output")" 1300
    same "$(cut -f1 <<<"$output" | sort -nu | wc -l)" 1300
    same "$status$stderr" 0
    gives 0 "" "" ticket-route
    gives 0 "" "" center-check
}

@test "table, csv and json say the same" {
    catalogue <<'EOF'
rules:
  - rule: r
    when: {title: {any: [x]}}
    lead: tax
    assist: [市财政局]
    basis: 第 5 项
EOF
    center
    new --title x
    gives 0 $'id\tlead\tassist\trule\tbasis\n1\ttax\tfinance\tr\t第 5 项' "" ticket-route -H
    gives 0 $'\xef\xbb\xbf编号,主办,协办,规则,依据\r\n1,国家税务总局徐州市税务局,徐州市财政局,r,第 5 项\r' "" ticket-route -F csv 1
    gives 0 '{"id":1,"lead":"tax","assist":"finance","rule":"r","basis":"第 5 项"}' "" \
        ticket-route -F json 1
    gives 0 "编号  主办                      协办          规则  依据
   1  国家税务总局徐州市税务局  徐州市财政局  r     第 5 项" "" ticket-route -F table 1
}

@test "faults of the catalogue are named with file and line" {
    center
    catalogue <<'EOF'
rules:
  - rule: one
    when: {title: {any: [x]}, colour: [red]}
    lead: 市税务居
    basis: B
  - rule: two
    when: {kind: [投诉]}
    lead: tax
    assist: [市财政局, nobody-at-all-here]
    basis: B
  - rule: one
    when: {title: {any: []}}
    lead: tax
  - when: {body: {some: [x]}}
    lead: tax
    basis: B
  - rule: empty
    when: {}
    lead: tax
    basis: B
  - rule: three
    lead: tax
    basis: B
  - rule: four
    when: {kind: [help], title: {}, enterprise: {}}
    lead: tax
    basis: B
EOF
    f=$T/share/catalogue.yaml
    gives 2 "" "ticket-route: $f:3: unknown key \"colour\" (kind, channel, source, region, category, title, body, text or enterprise)
ticket-route: $f:11: rule \"one\" is already on line 2
ticket-route: $f:11: \"basis\" is missing
ticket-route: $f:12: \"any\" is empty
ticket-route: $f:14: \"rule\" is missing
ticket-route: $f:14: unknown key \"some\" (did you mean none?)
ticket-route: $f:14: rule \"\" has no condition and would take every ticket
ticket-route: $f:17: rule \"empty\" has no condition and would take every ticket
ticket-route: $f:21: \"when\" is missing, and so are \"strong\" and \"place\"
ticket-route: $f:21: rule \"three\" has no condition and would take every ticket
ticket-route: $f:25: \"title\" is empty
ticket-route: $f:25: \"enterprise\" is empty" ticket-route
    catalogue <<'EOF'
rules:
  - rule: one
    when: {title: {any: [x]}}
    lead: 市税务居
    basis: B
  - rule: two
    when: {kind: [投诉], channel: [pigeon]}
    lead: tax
    assist: [市财政局, nobody-at-all-here]
    basis: B
EOF
    gives 2 "" "ticket-route: $f:2: rule \"one\": unknown organisation \"市税务居\" (did you mean 市税务局?)
ticket-route: $f:6: rule \"two\": unknown organisation \"nobody-at-all-here\"; org-list shows them
ticket-route: $f:6: rule \"two\": no such kind: \"投诉\"
ticket-route: $f:6: rule \"two\": no such channel: \"pigeon\"" ticket-route
    echo 'rules: [' | catalogue
    run --separate-stderr ticket-route
    same "$status$output" 2
    [[ $stderr == "ticket-route: $f:"*: ]] || [[ $stderr == "ticket-route: $f:"[12]": "* ]]
    # by hand needs no catalogue
    new --title x
    gives 0 $'1\ttax\t-\t-\t人工派发' "" ticket-route --to tax 1
}

@test "a rule with too many assists is a fault, not a silent cut" {
    center
    codes=$(sql "SELECT group_concat(code, ', ') FROM
        (SELECT '\"' || code || '\"' AS code FROM org WHERE code <> 'tax' LIMIT 17) x")
    catalogue <<EOF
rules:
  - rule: r
    when: {title: {any: [x]}}
    lead: tax
    assist: [$codes]
    basis: B
EOF
    gives 2 "" "ticket-route: $T/share/catalogue.yaml:2: rule \"r\": more than 16 organisations assist" \
        ticket-route
}

@test "real data: the catalogue dispatches most, and says why for each" {
    need_data messages/messages-with-replies.csv
    center
    ticket-new -q --csv "$DATA/messages/messages-with-replies.csv" >ids
    same "$(wc -l <ids)" 2816
    sh_run 'ticket-route --explain - <ids >explained'
    same "$stderr$output" ""
    same "$(cut -f1 explained | sort -nu | wc -l)" 2816
    same "$(awk -F '\t' 'NF != 7 || $6 == "-" || $6 == ""' explained)" ""
    # a decision names its rule first; what waits is too close or too little, or nothing speaks
    same "$(awk -F '\t' '($2 == "-") != ($6 ~ /^(too close: |too little: |no rule fits)/)' explained)" ""
    same "$(awk -F '\t' '$2 != "-" && $6 !~ "^" $4 " [0-9]+: "' explained)" ""
    sh_run 'ticket-route - <ids >routed'
    same "$stderr$output" ""
    same "$(cut -f1-5 explained)" "$(cat routed)"
    pooled=$(awk -F '\t' '$2 == "-"' routed | wc -l)
    [ "$pooled" -le 704 ] || { echo "$pooled are left in the pool" >&2; false; }
    same "$status" "$((pooled > 0))"
    same "$(sql "SELECT count(*) FROM ticket WHERE lead IS NOT NULL AND state = 'dispatched'")" \
        $((2816 - pooled))
    gives 0 "" "" center-check
}

# Makes the rules on standard input the catalogue, behind names, denials and what is local.
weighs() {
    catalogue < <(printf 'names: [市政府, 办事处]\ndenials: [不是]\nlocal: [社区, 村道]\nrules:\n' && cat)
    [ -e "$QIFU_DB" ] || center
}

wages_and_schools() {
    weighs <<'EOF'
  - rule: wages
    strong: [欠薪, 拖欠工资]
    weak: [工人]
    lead: human-resources
    basis: B
  - rule: schools
    strong: [入学]
    weak: [学校, 老师]
    against: [拖欠工资]
    lead: education
    basis: B
  - rule: streets
    strong: [市政, 办事]
    lead: urban-management
    basis: B
  - rule: gulou
    place: {names: [鼓楼区], region: ["320302"]}
    lead: "320302"
    basis: B
EOF
}

# explains ID: the lead, the reasons, the candidates.
explains() { ticket-route --explain "$1" | cut -f 2,6,7; }

@test "weight: the matter outweighs whom it is about, and words against count" {
    wages_and_schools
    new --title 学校拖欠工资 --body 老师们半年没领到
    same "$(explains 1)" $'human-resources\twages 12: title 拖欠工资 12\thuman-resources'
    new --title 学校 --body 老师
    same "$(explains 2)" $'education\tschools 6: title 学校 4; body 老师 2\teducation'
    new --title 入学时老师说拖欠工资
    same "$(explains 3)" $'human-resources\twages 12: title 拖欠工资 12\thuman-resources'
}

@test "weight: the title counts twice, a word once, and a known longer word hides those inside it" {
    wages_and_schools
    new --title 入学入学 --body 欠薪，入学
    same "$(explains 1)" $'education\tschools 8: title 入学 8 / wages 4: body 欠薪 4\teducation human-resources'
    new --title 市政府门口 --body 街道办事处
    same "$(explains 2)" $'-\tno rule fits, and none has a condition met\t-'
    new --title 市政管网
    same "$(explains 3)" $'urban-management\tstreets 8: title 市政 8\turban-management'
}

@test "weight: letters and figures count as a whole" {
    weighs <<'EOF'
  - rule: calls
    strong: ["110", p2p]
    lead: public-security
    basis: B
EOF
    new --title 电话13911012345 --body 编号1101，0110，xp2p
    new --title 打110报警
    new --title P2P平台
    same "$(explains 1)" $'-\tno rule fits, and none has a condition met\t-'
    same "$(explains 2)" $'public-security\tcalls 10: title 110 10\tpublic-security'
    same "$(explains 3)" $'public-security\tcalls 10: title p2p 10\tpublic-security'
}

@test "weight: what is denied does not count" {
    wages_and_schools
    new --title 不是欠薪，是入学
    same "$(explains 1)" $'education\tschools 8: title 入学 8\teducation'
    new --title 不是说他们欠薪
    same "$(explains 2)" $'human-resources\twages 8: title 欠薪 8\thuman-resources'
}

@test "weight: a close race and what weighs too little wait, with the candidates" {
    wages_and_schools
    new --title 欠薪与入学
    new --title x --body 工人
    gives 1 $'1\t-\t-\t-\t-\n2\t-\t-\t-\t-' "" ticket-route
    same "$(explains 1)" $'-\ttoo close: wages 8: title 欠薪 8 / schools 8: title 入学 8\thuman-resources education'
    same "$(explains 2)" $'-\ttoo little: wages 2: body 工人 2\thuman-resources'
}

@test "weight: rules of one lead agree, the lighter one by half, whatever word names the lead" {
    weighs <<'EOF'
  - rule: a
    strong: [甲甲]
    lead: tax
    basis: B
  - rule: b
    strong: [乙乙]
    lead: 市税务局
    basis: B
  - rule: c
    strong: [丙丙丙]
    lead: finance
    basis: B
EOF
    new --title 甲甲丙丙丙
    new --title 甲甲乙乙丙丙丙
    same "$(explains 1)" $'finance\tc 10: title 丙丙丙 10 / a 8: title 甲甲 8\tfinance tax'
    same "$(explains 2)" $'-\ttoo close: a 12: title 甲甲 8 / c 10: title 丙丙丙 10\ttax finance'
}

@test "weight: a place alone decides where nothing else does; what belongs to it weighs for it" {
    wages_and_schools
    new --title 鼓楼区的一件事
    new --title 一件事 --region 鼓楼区
    new --title 鼓楼区入学
    new --title 鼓楼区社区的村道
    new --title 社区的村道
    same "$(explains 1)" $'320302\tgulou 4: title 鼓楼区 4\t320302'
    same "$(explains 2)" $'320302\tgulou 1: region 320302 1\t320302'
    same "$(explains 3)" $'education\tschools 8: title 入学 8 / gulou 4: title 鼓楼区 4\teducation 320302'
    same "$(explains 4)" $'320302\tgulou 20: title 鼓楼区 4, 社区 8, 村道 8\t320302'
    same "$(explains 5)" $'-\tno rule fits, and none has a condition met\t-'
}

@test "weight: a long text gives a rule no more than ten points" {
    wages_and_schools
    new --title x --body 拖欠工资，欠薪，工人
    same "$(explains 1)" $'human-resources\twages 10: body 欠薪 4, 拖欠工资 6, 工人 2\thuman-resources'
}

@test "weight: least and ahead are the catalogue's own" {
    catalogue <<'EOF'
least: 9
ahead: 60
rules:
  - rule: a
    strong: [甲甲]
    lead: tax
    basis: B
  - rule: b
    strong: [乙乙乙]
    lead: finance
    basis: B
EOF
    center
    new --title 甲甲
    new --title 乙乙乙 --body 甲甲
    new --title x --body 乙乙乙甲甲
    same "$(explains 1)" $'-\ttoo little: a 8: title 甲甲 8\ttax'
    same "$(explains 2)" $'finance\tb 10: title 乙乙乙 10 / a 4: body 甲甲 4\tfinance tax'
    same "$(explains 3)" $'-\ttoo little: b 5: body 乙乙乙 5 / a 4: body 甲甲 4\tfinance tax'
}

@test "faults of what weighs are named with file and line" {
    center
    catalogue <<'EOF'
least: 0
names: [x, ""]
rules:
  - rule: a
    strong: []
    lead: tax
    basis: B
  - rule: b
    place: {}
    lead: tax
    basis: B
  - rule: c
    weak: [y, ""]
    place: {name: [x]}
    lead: tax
    basis: B
EOF
    f=$T/share/catalogue.yaml
    gives 2 "" "ticket-route: $f:1: \"least\" must be a whole number from 1 to 1000
ticket-route: $f:2: an empty word in \"names\"
ticket-route: $f:5: \"strong\" is empty
ticket-route: $f:9: \"place\" has neither names nor a region
ticket-route: $f:13: an empty word in \"weak\"
ticket-route: $f:14: unknown key \"name\" (did you mean names?)
ticket-route: $f:14: \"place\" has neither names nor a region" ticket-route
}
