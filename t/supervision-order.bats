#!/usr/bin/env bats
# supervision-order: supervision that a person orders.

load lib/base
load lib/loop
load lib/supervision

# Mission A16, S3 (2019 plan): "对企业反映的问题, 发现一起受理一起、督办解决一起".
@test "the center orders by hand, with reason, document and reply date" {
    late
    gives 0 $'4\torder a supervision\treceived\t2026-03-23T23:59:59+08:00\t-\t甲' "" \
        supervision-order --to 市商务局 --reason 座谈会反映 4
    gives 0 $'4\torder\tcenter\tcommerce\t2026-03-19T23:59:59+08:00\t-\t督办单\t甲\t8\torder\twaiting\t-\t-' "" \
        supervision-list --level order
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event WHERE ticket_id = 4 ORDER BY id DESC LIMIT 1")" \
        'supervision-ordered|{"by":"center","reason":"座谈会反映","orders":[8],"to":"commerce","document":"督办单","reply_due":1773935999}'
    gives 0 $'级别\n督办' "" bash -c "supervision-list -F csv --level 督办 | tr -d '\r' | cut -d , -f 2"
    same "$(sql 'SELECT level, level_name, role FROM v_supervision WHERE id = 8')" "order|督办|order"
    [[ $(ticket-show -F table 4) == *"徐州市企业服务中心督办徐州市商务局（理由：座谈会反映；督办编号 8；文书 督办单；回复期限 2026-03-19 23:59）。"* ]]
    # its own document and date: 5 working days from Tuesday the 17th
    quiet supervision-order --to commerce --reason 政策执行 --document 督办〔2026〕3号 --reply-days 5 --by 市营商办 --at 2026-03-17T08:00 4
    same "$(supervision-list --supervisor 营商办 --level order | cut -f 3,4,5,7)" \
        $'business-environment-office\tcommerce\t2026-03-24T23:59:59+08:00\t督办〔2026〕3号'
    # the clock of the ticket knows nothing of it
    same "$(sql 'SELECT state, level, due_at, lead FROM ticket WHERE id = 4')" "received||1774281599|"
    sound
}

# RULES 4: "An order is acknowledged and answered by its handler by its reply date; it survives the ticket's closing."
@test "in any state: of a closed ticket too, and it survives the closing" {
    late
    quiet supervision-order --to tax --reason 一 1
    quiet ticket-answer --text 迟到的答复 --without 无 1
    quiet ticket-rate --score 5 1
    quiet supervision-order --to justice --reason 回头看 1
    same "$(supervision-list --level order | cut -f 1,4)" $'1\ttax\n1\tjustice'
    quiet supervision-accept --by justice 1
    quiet supervision-reply --by justice --text 已核查 1
    quiet supervision-reply --order 8 --text 已核查 1
    gives 1 "" "" supervision-list --level order
    sound
}

# RULES 4: "The center can also order by hand"; the other supervisors are those of the ladder and of center.yaml.
@test "only the center and supervisors may order" {
    late
    for by in 市营商办 市纪委监委 市作风办 市政府办; do
        quiet supervision-order -n --to tax --reason x --by "$by" 1
    done
    refuses "supervision-order: 1: order a supervision: that organisation does not supervise" \
        supervision-order --to tax --reason x --by justice 1
    refuses "supervision-order: 1: order a supervision: nobody supervises itself" \
        supervision-order --to center --reason x 1
    sed -i 's/^  supervisors: .*/  supervisors: [justice]/' config/center.yaml
    quiet supervision-order -n --to tax --reason x --by justice 1
    refuses "supervision-order: 1: order a supervision: that organisation does not supervise" \
        supervision-order --to tax --reason x --by 市政府办 1
    sed -i 's/^  supervisors: .*/  supervisors: [nobody]/' config/center.yaml
    gives 1 $'configuration\t-\t"nobody" may order supervision, but is not an organisation' "" center-check -q
}

@test "the days and the document are the configuration's" {
    late
    sed -i -e '/^order:/,/^$/s/  reply_days: .*/  reply_days: 3/' -e 's/^  document: 督办单/  document: 交办督办单/' config/center.yaml
    quiet supervision-order --to tax --reason x 4
    same "$(supervision-list --ticket 4 | cut -f 5,7)" $'2026-03-20T23:59:59+08:00\t交办督办单'
    sed -i '/^order:/,/^$/d' config/center.yaml
    quiet supervision-order --to tax --reason x 4
    same "$(supervision-list --ticket 4 | cut -f 5,7 | head -n 1)" $'2026-03-19T23:59:59+08:00\t督办单'
    # a level cannot be called what an order by hand is called
    sed -i 's/- level: yellow/- level: order/' config/center.yaml
    call supervision-list
    [[ $status$stderr == 2*'"order" is an order by hand, no level' ]]
}

# 2019 plan: "整改不力 -> 二次督办 -> 问责"
@test "an order that opens accountability" {
    late
    quiet supervision-order --to commerce --reason 拒不整改 --accountability --by 市纪委监委 4
    same "$(accountability-list | awk -F '\t' '$2 == 4' | cut -f 3,4,12)" $'commerce\torder\t8'
    same "$(sql "SELECT group_concat(type, ' ') FROM (SELECT type FROM v_event WHERE ticket_id = 4 ORDER BY id) x")" \
        "received supervision-ordered accountability-opened"
    sound
}

@test "orders are given from a file" {
    late
    printf '系统编号,督办对象,理由,工作日,文书\n1,市税务局,一,1,甲\n3,市司法局,三,,\n4,,四,,\n4,没有,,x,\n' >o.csv
    call supervision-order -q --csv o.csv --rejects r.csv
    same "$status $(cut -f 1 <<<"$output" | xargs)" "2 1 3"
    same "$stderr" 'supervision-order: o.csv:4: order a supervision: the organisation is missing
supervision-order: o.csv:5: unknown organisation "没有"; org-list shows them; not a number of days: "x"'
    same "$(supervision-list --level order | cut -f 1,4,5,7)" $'1\ttax\t2026-03-18T23:59:59+08:00\t甲
3\tjustice\t2026-03-19T23:59:59+08:00\t督办单'
    sound
}

@test "an order that was entered already is passed over" {
    late
    printf 'id,to,reason,at\n1,tax,一,2026-03-16 10:00\n1,tax,二,2026-03-16 10:00\n' >o.csv
    quiet supervision-order -q --csv o.csv
    quiet supervision-order -q --csv o.csv
    quiet supervision-order --to justice --reason 一 --at 2026-03-16T10:00 1
    same "$(supervision-list --level order | cut -f 4,9)" $'tax\t8\ntax\t9\njustice\t10'
    sound
}

@test "the figures: orders by hand, in the month in which they were given, by whom they order" {
    late
    quiet supervision-order --to commerce --reason 一 1 4
    quiet supervision-order --to tax --reason 二 4
    at 2026-04-01T09:00
    same "$(report-monthly -F tsv 2026-03 | awk -F '\t' '$4 == "ordered-by-hand" && $5 && $1 != "kind" && $1 != "channel" { print $1, $2, $5 }' | sort | xargs)" \
        "org commerce 2 org tax 1 total - 3"
    same "$(report-monthly --ids ordered-by-hand 2026-03 | cut -f 1 | xargs)" "1 4 4"
}

@test "what is refused has its reason, a wrong command line too" {
    late
    refuses "supervision-order: 1: order a supervision: the organisation is missing" supervision-order --reason x 1
    refuses "supervision-order: 1: order a supervision: the reason is missing" supervision-order --to tax 1
    refuses "supervision-order: 1: order a supervision: the reason is blank" supervision-order --to tax --reason ' ' 1
    refuses "supervision-order: 1: order a supervision: the document is blank" \
        supervision-order --to tax --reason x --document '　' 1
    refuses "supervision-order: 1: 2026-03-18T00:00:00+08:00 lies in the future" \
        supervision-order --to tax --reason x --at 2026-03-18 1
    refuses "supervision-order: 99: no such ticket" supervision-order --to tax --reason x 99
    gives 2 "" "supervision-order: name the tickets, or a file with --csv; see supervision-order -h" \
        supervision-order --to tax --reason x
    gives 0 $'1\torder a supervision\tdispatched\t2026-03-09T23:59:59+08:00\ttax\t甲' "" \
        supervision-order -n --to tax --reason x 1
    gives 1 "" "" supervision-list --level order
}
