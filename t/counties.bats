#!/usr/bin/env bats
# Counties that are centers of their own under the city's (center.yaml: counties): what is handed down
# to them or filed with them, their pools, their bureaus, their supervision and their figures.

load lib/base
load lib/loop

# A configuration in which 沛县 (320322) and 丰县 (320321) are centers. 沛县 has a catalogue, two conveners,
# an office that supervises orange, and what comes by visits; 丰县 has a day more to dispatch, and no catalogue.
counties() {
    cp -r "$TREE/share" conf
    export QIFU_CONFIG=$T/conf
    sed -i 's/^groups:.*/&\n  peixian: 沛县部门\n  fengxian: 丰县部门/' conf/organisations.yaml
    cat >>conf/organisations.yaml <<'END'

  - {code: px-industry, name: 沛县工业和信息化局, short: [沛县工信局], group: peixian}
  - {code: px-housing, name: 沛县住房和城乡建设局, short: [沛县住建局], group: peixian}
  - {code: px-office, name: 沛县人民政府办公室, short: [沛县政府办], group: peixian}
  - {code: fx-housing, name: 丰县住房和城乡建设局, short: [丰县住建局], group: fengxian}
END
    cat >>conf/center.yaml <<'END'

counties:
  - center: "320322"
    bureaus: peixian
    catalogue: catalogue-peixian.yaml
    conveners: ["320322", px-office]
    channels: [visit]
    supervisors: {orange: {supervisor: px-office, document: 县政府办督办}}
  - center: "320321"
    bureaus: fengxian
    dispatch_days: 1
END
    cat >conf/catalogue-peixian.yaml <<'END'
rules:
  - rule: px-first
    when: {text: {any: [甲]}}
    lead: 沛县住建局
    assist: [沛县工信局]
    basis: 沛县派单目录
END
    center
}

# who ID: its state, lead and center.
who() { sql "SELECT state, lead, center FROM v_ticket WHERE id = $1"; }

# fired: what the sweep prints, without title and due.
fired() { escalate | cut -f 1-3,6,8; }

@test "one ticket on its way: handed down, late, dispatched, late, supervised by the county, the city's offices above" {
    at 2026-03-02T09:00 # Monday; 5 working days: due on 2026-03-09
    counties
    quiet ticket-new --title 甲 --region 沛县
    gives 0 $'1\t320322\t-\tregion-peixian\t《徐州市2023年优化营商环境重点任务》第1项（属地办理）' "" ticket-route
    same "$(who 1)" 'received||320322'
    gives 0 $'1\t-\t2026-03-02T23:59:59+08:00\t0\t320322\tother\t甲\t-\tdispatch\t2026-03-09T23:59:59+08:00' "" sla-check
    gives 0 "" "" ticket-route # the city's pool is empty
    at 2026-03-03T00:05
    same "$(fired)" $'1\tdispatch-late\tbusiness-environment-office\t320322\tdispatch'
    at 2026-03-03T10:00
    gives 0 $'1\tpx-housing\tpx-industry\tpx-first\t沛县派单目录' "" ticket-route --center 沛县
    same "$(who 1)" 'dispatched|px-housing|320322'
    # the enterprise's clock is one, whoever has it; the bureau's own runs from its dispatch
    same "$(fields 1 due party)" 'due=2026-03-09T23:59:59+08:00
party=px-housing lead due 2026-03-10T23:59:59+08:00 accept-due 2026-03-04T23:59:59+08:00
party=px-industry assist due 2026-03-10T23:59:59+08:00 accept-due 2026-03-04T23:59:59+08:00'
    at 2026-03-11T00:05
    same "$(fired)" $'1\tyellow\t320322\tpx-housing\tlead\n1\tyellow\t320322\tpx-industry\tassist'
    at 2026-03-14T00:05
    same "$(fired)" $'1\torange\tpx-office\tpx-housing\tlead'
    at 2026-03-18T00:05
    same "$(fired)" $'1\tred\tdiscipline-commission\tpx-housing\tlead'
    same "$(supervision-list | cut -f 2,3,7 | sort)" 'dispatch-late	business-environment-office	派发督办
orange	px-office	县政府办督办
red	discipline-commission	二次督办
yellow	320322	一次督办
yellow	320322	一次督办'
    same "$(accountability-list | wc -l)" 1
    quiet ticket-answer --text 已办 --without 无 1
    quiet ticket-rate --score 4 1
    same "$(fields 1 center lead held)" 'center=320322
lead=px-housing
held=px-housing 12'
    run ticket-show -F table 1
    [[ $output == *'平台交由沛县人民政府派发（规则 region-peixian'* ]]
    [[ $output == *'沛县人民政府派发给沛县住房和城乡建设局主办，沛县工业和信息化局协办'* ]]
    [[ $output == *'沛县人民政府（派发）达到派发超时级别，由徐州市营商办督办'* ]]
    sound
}

@test "a county's days of dispatch are its own, the kind's before them; those of the city end with the handing down" {
    at 2026-03-02T09:00
    counties
    quiet ticket-new --title 乙 --region 丰县
    quiet ticket-new --title 乙 --region 丰县 --kind arrears # 10 working days of its own
    at 2026-03-03T09:00
    quiet ticket-route --to 丰县 --by city-government-office 1 2
    same "$(sla-check | cut -f 1,3,5,9)" $'1\t2026-03-04T23:59:59+08:00\t320321\tdispatch
2\t2026-03-17T23:59:59+08:00\t320321\tdispatch'
    at 2026-03-05T00:05 # the city's own breach, and the county's
    same "$(fired)" $'1\tdispatch-late\tbusiness-environment-office\tcenter\tdispatch
1\tdispatch-late\tbusiness-environment-office\t320321\tdispatch'
    sh_run "ticket-show --explain 1 | cut -f 2,8,10 | head -3"
    [[ $output == *$'\n2026-03-03\t交办县区 2026-03-03T09:00:00+08:00；派发超时自（派发） 2026-03-03T00:00:00+08:00\t320321\n'* ]]
    [[ $output == *$'2026-03-04\t期限（派发 丰县人民政府） 2026-03-04T23:59:59+08:00\t320321'* ]]
    sound
}

@test "what is filed with a county, by --center or by its channel, waits in its pool from the first" {
    at 2026-03-02T09:00
    counties
    quiet ticket-new --center 丰县 --title 乙
    quiet ticket-new --channel 走访 --title 丙
    quiet ticket-new --channel 走访 --center 市企服中心 --title 丁
    printf '工单编号,标题,受理时间,渠道\nA1,甲一,2026-03-02 08:00,走访\nA2,乙一,2026-03-02 08:00,窗口\n' >new.csv
    gives 0 $'4\t2026-03-09T23:59:59+08:00\tother\n5\t2026-03-09T23:59:59+08:00\tother' "" ticket-new -q --csv new.csv
    same "$(sql 'SELECT id, center FROM v_ticket' | tr '\n' ' ')" '1|320321 2|320322 3| 4|320322 5| '
    gives 0 "1" "" bash -c 'ticket-list --center 丰县 | cut -f 1'
    gives 0 $'2\n4' "" bash -c 'ticket-list --center 320322 | cut -f 1'
    gives 0 $'3\n5' "" bash -c 'ticket-list --center center | cut -f 1'
    gives 2 "" "ticket-list: 市商务局 is no center: center.yaml names the counties that are" ticket-list --center 市商务局
    # each by the catalogue of its own center
    gives 1 $'1\t-\t-\t-\n2\t-\t-\t-\n4\tpx-housing\tpx-industry\tpx-first' "" bash -o pipefail -c 'ticket-route 1 2 4 | cut -f 1-4'
    sh_run 'ticket-route --explain 1 2 | cut -f 1,6'
    same "$output" $'1\tno rule fits, and none has a condition met\n2\tno rule fits, and none has a condition met'
    sound
}

@test "a county hands back what is not its own; the city's center decides, and a person sends it on" {
    at 2026-03-02T09:00
    counties
    quiet ticket-new --title 乙 --region 沛县
    quiet ticket-route 1
    refuses 'ticket-return: 1: hand back: the reason is missing: --reason (不属于本单位职责, 不属于本辖区, 信息不全无法办理, 已由其他单位办理); the basis is missing: --basis' \
        ticket-return 1
    refuses 'ticket-return: 1: hand back: only the county'"'"'s center may' ticket-return --by 丰县 --reason 不属于本辖区 --basis x 1
    refuses 'ticket-return: 1: grant a hand-back: none was asked for' ticket-return --approve 1
    quiet ticket-return --reason 不属于本辖区 --basis 地址在丰县 1
    same "$(ticket-list --waiting --center center | cut -f 1-3)" $'1\treturn\t320322'
    gives 1 "" "" ticket-list --waiting --center 沛县
    refuses 'ticket-return: 1: grant a hand-back: only the city'"'"'s center may' ticket-return --approve --by 沛县 1
    gives 1 $'1\t-\t-\t-\t-' "" ticket-route --center 沛县 # it waits for the city's word
    at 2026-03-03T00:05
    same "$(fired)" $'1\tdispatch-late\tbusiness-environment-office\t320322\tdispatch'
    at 2026-03-03T09:00
    quiet ticket-return --approve 1 # it was right, and owes nothing
    same "$(who 1)" 'received||'
    gives 1 "" "" supervision-list
    same "$(supervision-list --all | cut -f 2,4,11)" $'dispatch-late\t320322\trevoked'
    gives 1 $'1\t-\t-\t-\t-' "" ticket-route
    run ticket-route --explain 1
    [[ $output == *$'; but the lead of rule region-peixian has returned it\t320322' ]]
    same "$(sla-check | cut -f 3,5)" $'2026-03-03T23:59:59+08:00\tcenter'
    gives 0 $'1\t320321\t-\t-\t人工派发' "" ticket-route --to 丰县 1
    at 2026-03-06T09:00 # two working days are over
    refuses 'ticket-return: 1: hand back: more than 2 working days have passed since its dispatch' \
        ticket-return --reason 不属于本辖区 --basis x 1
    sound
}

@test "a hand-back is refused, or falls away when the county dispatches after all" {
    at 2026-03-02T09:00
    counties
    for title in 乙 丙; do quiet ticket-new --title $title --center 沛县; done
    quiet ticket-return --reason 不属于本辖区 --basis x 1 2
    quiet ticket-return --refuse --text 地址在沛县 1
    quiet ticket-route --to 沛县工信局 2
    gives 1 "" "" ticket-list --waiting
    same "$(who 1) $(who 2)" 'received||320322 dispatched|px-industry|320322'
    # a bureau gives it back to the county, which decides
    quiet ticket-return --reason 不属于本单位职责 --basis x 2
    same "$(ticket-list --waiting --center 沛县 | cut -f 1-3)" $'2\treturn\tpx-industry'
    refuses 'ticket-return: 2: grant a return: only the center may' ticket-return --approve --by 丰县 2
    quiet ticket-return --approve 2
    same "$(who 2)" 'received||320322'
    same "$(ticket-show 2 | grep -o '"by":"[^"]*"' | tail -1)" '"by":"320322"'
    sound
}

@test "who may: a county's center for its own, the city's for all, no other county's" {
    at 2026-03-02T09:00
    counties
    for _ in 1 2 3; do quiet ticket-new --title 乙 --center 沛县; done
    refuses 'ticket-route: 1: dispatch: 徐州市商务局 is not the county'"'"'s; the city'"'"'s center may: --by' ticket-route --to 市商务局 1
    refuses 'ticket-route: 1: dispatch: 徐州市商务局 is not the county'"'"'s; the city'"'"'s center may: --by' \
        ticket-route --to 沛县工信局 --assist 市商务局 1
    refuses 'ticket-route: 1: dispatch: only a convener may: 沛县人民政府, 沛县人民政府办公室' ticket-route --to 沛县工信局 --by 丰县 1
    refuses 'ticket-correct: 1: correct: only the center may' ticket-correct --title 新 --reason x --by 丰县 1
    quiet ticket-correct --title 新 --reason x 1
    quiet ticket-correct --title 新题 --reason x --by center 1
    quiet ticket-route --to 沛县工信局 --by 沛县政府办 1
    quiet ticket-route --to 市商务局 --by center 2
    same "$(who 2)" 'dispatched|commerce|'
    refuses 'ticket-correct: 2: correct: only the center may' ticket-correct --title 新 --reason x --by 沛县 2
    refuses 'ticket-route: 3: dispatch: 丰县人民政府 is not the county'"'"'s; the city'"'"'s center may: --by' ticket-route --to 丰县 3
    # extensions and suspensions are asked of the county's center
    quiet ticket-extend --days 3 --reason x 1
    refuses 'ticket-extend: 1: grant an extension: only the center may' ticket-extend --approve --by 丰县 1
    quiet ticket-extend --approve 1
    same "$(sql "SELECT json_extract(data, '$.by') FROM event WHERE type = 'extended'")" 320322
    sound
}

@test "the city's center sends elsewhere what a county's bureau has: to a department, to another county" {
    at 2026-03-02T09:00
    counties
    for _ in 1 2; do quiet ticket-new --title 乙 --center 沛县; done
    quiet ticket-route --to 沛县工信局 1 2
    at 2026-03-03T09:00
    refuses 'ticket-route: 1: redispatch: 徐州市商务局 is not the county'"'"'s; the city'"'"'s center may: --by' \
        ticket-route --redispatch --to 市商务局 --reason 误派 1
    quiet ticket-route --redispatch --to 市商务局 --reason 误派 --by center 1
    quiet ticket-route --redispatch --to 丰县 --reason 误派 --by center 2
    same "$(who 1) $(who 2)" 'dispatched|commerce| received||320321'
    same "$(sla-check | cut -f 1,5,9)" $'2\t320321\tdispatch\n1\tcommerce\tlead'
    quiet ticket-route --to 丰县住建局 2
    same "$(who 2)" 'dispatched|fx-housing|320321'
    # the city sends straight to a county's bureau: the ticket is the county's
    quiet ticket-new --title 丁
    quiet ticket-route --to 丰县住建局 3
    same "$(who 3)" 'dispatched|fx-housing|320321'
    # a county assists as any organisation, and names its own assists
    quiet ticket-new --title 戊
    refuses 'ticket-route: 4: dispatch: 丰县人民政府 is a center of its own: it names who assists' \
        ticket-route --to 丰县 --assist 市商务局 4
    quiet ticket-route --to 市商务局 --assist 丰县 4
    quiet ticket-answer --by 丰县 --text 协办已办 4
    same "$(who 4)" 'dispatched|commerce|'
    sound
}

@test "a county's conferences rule in its own catalogue" {
    at 2026-03-02T09:00
    counties
    quiet ticket-new --title 供冷一 --center 沛县
    quiet ticket-new --title 供冷二
    refuses 'ticket-confer: 1: open a conference: only a convener may: 沛县人民政府, 沛县人民政府办公室' \
        ticket-confer --reason x --by city-government-office 1
    quiet ticket-confer --reason 职责交叉 1 2
    refuses 'ticket-confer: 1: rule: 徐州市商务局 is not the county'"'"'s; the city'"'"'s center may: --by' \
        ticket-confer --lead 市商务局 --basis 会商 --words 供冷 1
    quiet ticket-confer --lead 沛县住建局 --basis 县会商 --words 供冷 1
    quiet ticket-confer --lead 市商务局 --basis 市会商 --words 供冷 2
    gives 0 $'1\tpx-housing' "" bash -c 'ruling-list --center 沛县 | cut -f 1,4'
    gives 0 $'2\tcommerce' "" bash -c 'ruling-list --center center | cut -f 1,4'
    same "$(ruling-list | cut -f 1 | tr '\n' ' ')" '2 1 '
    quiet ticket-new --title 供冷三 --center 沛县
    quiet ticket-new --title 供冷四
    gives 0 $'3\tpx-housing\t-\truling-1\t县会商\n4\tcommerce\t-\truling-2\t市会商' "" ticket-route 3 4
    gives 2 "" "ruling-retire: 1: retire a ruling: only a convener may: 沛县人民政府, 沛县人民政府办公室" \
        ruling-retire --by city-government-office --reason x 1
    gives 2 "" "ruling-retire: 1: retire a ruling: only a convener may: 沛县人民政府, 沛县人民政府办公室" \
        ruling-retire --by 市商务局 --reason x 1
    quiet ruling-retire --by 沛县政府办 --reason 已调整 1
    quiet ruling-retire --reason 已调整 2
    # a city's conference may rule that it is a county's
    quiet ticket-new --title 供冷五
    quiet ticket-confer --reason 职责交叉 5
    gives 0 $'5\trule\treceived\t2026-03-09T23:59:59+08:00\t-\t供冷五' "" \
        ticket-confer --lead 丰县 --basis 属地 --words 供冷五 5
    same "$(who 5)" 'received||320321'
    sound
}

@test "a county answers from its own pool, or as its own handler, and the city's center supervises it" {
    at 2026-03-02T09:00
    counties
    for _ in 1 2; do quiet ticket-new --title 乙 --center 丰县; done
    quiet ticket-answer --text 已答复 1
    quiet ticket-route --to 丰县 2
    same "$(who 1) $(who 2)" 'answered||320321 dispatched|320321|320321'
    same "$(ticket-show 1 | grep -o 'answered root {"by":"[^"]*"')" 'answered root {"by":"320321"'
    at 2026-03-10T00:05
    same "$(fired)" $'2\tyellow\tcenter\t320321\tlead'
    sound
}

@test "repeats in two centers are joined by the city's alone" {
    at 2026-03-02T09:00
    counties
    quiet ticket-new --title 乙
    quiet ticket-new --title 乙 --center 沛县
    quiet ticket-new --title 乙 --center 沛县
    quiet ticket-merge --into 2 3
    refuses "ticket-merge: 2: merge: ticket 1 is another center's: the city's may: --by" ticket-merge --into 1 2
    quiet ticket-merge --into 1 --by center 2
    same "$(sql 'SELECT callers FROM ticket WHERE id = 1')" 3
    sound
}

@test "a level past the announced years stays with the county until the notice is there" {
    at 2026-12-28T09:00
    counties
    quiet ticket-new --title 乙 --center 沛县
    quiet ticket-route --to 沛县工信局 1
    export QIFU_NOW=2027-01-20T00:05
    run escalate
    same "$(supervision-list | cut -f 2,3,4,13 | sort)" $'orange\t320322\tpx-industry\tprovisional
red\t320322\tpx-industry\tprovisional
yellow\t320322\tpx-industry\tprovisional'
    gives 1 "" "" accountability-list
}

@test "orders of the county's center: it judges the replies, and orders by hand" {
    at 2026-03-02T09:00
    counties
    quiet ticket-new --title 乙 --center 沛县
    quiet ticket-route --to 沛县工信局 1
    at 2026-03-10T00:05
    same "$(fired)" $'1\tyellow\t320322\tpx-industry\tlead'
    quiet supervision-reply --by 沛县工信局 --text 已督促 1
    refuses 'supervision-refuse: 1: refuse a reply: only who gave the order, or the center, may' \
        supervision-refuse --by px-office --reason x 1
    quiet supervision-refuse --by 沛县 --reason 未说明措施 1
    quiet supervision-order --to 沛县住建局 --reason 走访反映 1
    same "$(supervision-list | awk -F '\t' '$10 == "order" { print $3, $4 }')" '320322 px-housing'
    sound
}

# by_center CODES...: of lines "ORG POOL", how many belong to the center whose organisations are CODES.
by_center() {
    awk -v codes=" $* " '{ org = $1 == "-" ? $2 : $1; n += index(codes, " " org " ") > 0 } END { print n + 0 }'
}

# figure NAME [OPTION...]: its value in the whole, of this month.
figure() {
    local name=$1
    shift
    report-monthly -F tsv "$@" 2026-03 | awk -F '\t' -v f="$name" '$1 == "total" && $4 == f { print $5 }'
}

@test "a county's figures, counted by hand; they are in the city's, and in a bulletin of its own" {
    at 2026-03-02T09:00
    counties
    local i
    for i in $(seq 30); do
        case $((i % 5)) in
            0) ticket-new -q --title 甲$i --region 沛县 ;;
            1) ticket-new -q --title 乙$i --center 丰县 ;;
            2) ticket-new -q --title 丙$i --channel 走访 ;;
            3) ticket-new -q --title 丁$i --region 丰县 ;;
            4) ticket-new -q --title 甲$i --region 贾汪区 ;; # a county that is a handler, as ever
        esac
    done >new
    ticket-route >routed
    at 2026-03-03T09:00
    gives 1 "$(seq 2 30 | awk '$1 % 5 == 0 || $1 % 5 == 2')" "" bash -c 'ticket-route --center 沛县 | cut -f 1; exit ${PIPESTATUS[0]}'
    ticket-list --state received --center 沛县 | awk '$1 % 2 { print $1 }' | ticket-route --to 沛县工信局 - >routed
    ticket-list --state received --center 丰县 | awk '$1 % 3 { print $1 }' | ticket-route --to 丰县住建局 - >routed
    at 2026-03-05T00:05
    escalate >fired
    at 2026-03-09T09:00
    ticket-list --state dispatched | awk '$1 % 4 == 0 { print $1 }' | ticket-answer --text 已办 --without 无 - >answered
    at 2026-03-12T00:05
    escalate >>fired
    local px="320322 px-industry px-housing px-office" fx="320321 fx-housing" name county
    sql "SELECT coalesce(lead, '-'), coalesce(center, '-') FROM v_ticket" | tr '|' ' ' >received
    sql "SELECT lead, '-' FROM v_supervision WHERE level = 'yellow' AND role = 'lead'" | tr '|' ' ' >yellow
    sql "SELECT lead, '-' FROM v_supervision WHERE level = 'dispatch-late'" | tr '|' ' ' >late
    sql "SELECT lead, '-' FROM v_ticket WHERE answered IS NOT NULL" | tr '|' ' ' >answers
    [ -s yellow ] && [ -s late ] && [ -s answers ]
    for name in received:received overdue-yellow:yellow overdue-dispatch-late:late answered:answers; do
        same "${name%:*} $(figure "${name%:*}" --center 沛县) $(figure "${name%:*}" --center 丰县)" \
            "${name%:*} $(by_center $px <"${name#*:}") $(by_center $fx <"${name#*:}")"
        same "$(figure "${name%:*}")" "$(wc -l <"${name#*:}")"
        same "$(figure "${name%:*}" --center center)" "$(awk -v codes=" $px $fx " \
            '{ org = $1 == "-" ? $2 : $1; n += !index(codes, " " org " ") } END { print n + 0 }' "${name#*:}")"
        for county in 320322 320321; do
            same "$(report-monthly -F tsv 2026-03 | awk -F '\t' -v f="${name%:*}" -v c=$county \
                '$1 == "county" && $2 == c && $4 == f { print $5 }')" "$(figure "${name%:*}" --center $county)"
            same "$(report-monthly --ids "${name%:*}" --center $county 2026-03 | wc -l)" \
                "$(figure "${name%:*}" --center $county)"
        done
    done
    # every figure of the city is that of its own and its counties'
    paste <(report-monthly -F tsv 2026-03 | grep ^total) <(report-monthly -F tsv --center center 2026-03 | grep ^total) \
        <(report-monthly -F tsv --center 沛县 2026-03 | grep ^total) <(report-monthly -F tsv --center 丰县 2026-03 | grep ^total) |
        awk -F '\t' '$4 !~ /-median$/ && $5 != $15 + $25 + $35 { print $4, $5, $15, $25, $35; bad = 1 } END { exit bad }'
    run report-monthly --center 沛县 2026-03
    same "${lines[0]}" '沛县人民政府（演示数据） 2026年3月企业诉求办理通报'
    run report-monthly 2026-03
    [[ $output == *$'\n县级平台 '*$'\n沛县人民政府 '* ]]
    # the morning of each desk
    same "$(qifu status --center 丰县 | awk '$1 == "pool" { print $2, $3, $4, $5, $6, $7 }')" \
        "$(ticket-list --state received --center 丰县 | wc -l) ticket-list --state received --center 320321"
    qifu status --center 沛县 | awk -F '\t' '{ print $2 "\t" $3 }' | while IFS=$'\t' read -r i name; do
        case $name in
            ticket-list* | supervision-list* | sla-check* | ticket-follow*) same "$name $($name | wc -l)" "$name $i" ;;
        esac
    done
    sound
}

@test "center-check tells a ticket and a ruling whose center is not as their events say" {
    at 2026-03-02T09:00
    counties
    quiet ticket-new --title 供冷 --center 沛县
    quiet ticket-confer --reason x 1
    quiet ticket-confer --lead 沛县住建局 --basis 会商 --words 供冷 1
    sound
    sql "UPDATE ticket SET center = NULL; UPDATE ruling SET center = NULL"
    run --separate-stderr center-check -q
    same "$status" 1
    [[ $output$stderr == *center* ]]
}

# says MESSAGE: center-init says that, of the configuration, and makes nothing.
says() {
    call center-init -n
    same "$status" 2
    [[ $stderr == *"$1"* ]] || same "$stderr" "$1"
}

@test "faults of the counties are told with their line" {
    at 2026-03-02T09:00
    counties
    cp conf/center.yaml whole.yaml
    sed -i 's/bureaus: fengxian/bureaus: peixian/' conf/center.yaml
    says 'bureaus "peixian" is already on line'
    sed 's/channels: \[visit\]/channels: [信鸽]/' whole.yaml >conf/center.yaml
    says 'no such channel: "信鸽"'
    sed 's/dispatch_days: 1$/channels: [visit]/' whole.yaml >conf/center.yaml
    says "channel \"visit\" is 320322's"
    sed 's/supervisors: {orange/supervisors: {purple/' whole.yaml >conf/center.yaml
    says 'no such level: "purple"'
    sed 's/- center: "320321"/- center: center/' whole.yaml >conf/center.yaml
    says "\"center\" is the city's center"
    sed 's/px-office\]/px-nobody]/' whole.yaml >conf/center.yaml
    says 'county 320322: conveners: no organisation "px-nobody"; org-add adds one'
    cp whole.yaml conf/center.yaml
    sed -i 's/lead: 沛县住建局/lead: 市商务局/' conf/catalogue-peixian.yaml
    says "conf/catalogue-peixian.yaml:2: rule \"px-first\": 徐州市商务局 is not the county's"
    sed -i 's/lead: 市商务局/lead: 沛县住建局/' conf/catalogue-peixian.yaml
    sed -i '/rule: region-peixian/,/basis/s/    lead: "320322"/&\n    assist: [市商务局]/' conf/catalogue.yaml
    says 'rule "region-peixian": 沛县人民政府 is a center of its own: it names who assists'
}

@test "a county that is a center no more: what it had is the city's center's to act on" {
    at 2026-03-02T09:00
    counties
    quiet ticket-new --title 乙 --center 沛县
    cp "$TREE/share/center.yaml" conf/center.yaml
    quiet ticket-route --to 市商务局 --by center 1
    same "$(who 1)" 'dispatched|commerce|'
    sound
}
