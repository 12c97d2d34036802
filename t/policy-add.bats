#!/usr/bin/env bats
# policy-add: policies from YAML and from tables: what is required, each single fault, versions,
# publication clocks, drafts, supersession.

load lib/base

# A sound policy to apply for, in p.yaml.
sound() {
    cat >p.yaml <<'YAML'
# 测试用
id: loan-1
title: 应急转贷办法
document: 徐测〔2026〕1号
issuer: 市税务局
level: 市级
kind: 申报类
class: 贷款融资
summary: 续贷周转。
interpreter: 张三
phone: 0516-00000001
issued: 2026-02-13
valid_from: 2026-02-20
valid_to: 2026-12-31
apply: https://qifu.example/apply?a=1&b=2
applicants: 中小企业
conditions: |
  一、在本市；
  二、信用良好。
materials: [申请书, 合同]
procedure: 网上申请
promised: 3个工作日
criteria: region in 3203 and size <= medium [第三条]
YAML
}

# fault LINE MESSAGE SED...: the sound policy, changed by sed, has one fault, and nothing is stored.
fault() {
    local line_=$1 message_=$2
    shift 2
    sound
    sed -i "$@" p.yaml
    gives 2 "" "policy-add: p.yaml:$line_: $message_" policy-add p.yaml || return
    same "$(sql "SELECT count(*) FROM v_policy")" 0
}

columns() { sql "SELECT $1 FROM policy WHERE code = '${2:-loan-1}'"; }
events() { sql "SELECT group_concat(type, ' ') FROM (SELECT type FROM v_event WHERE type LIKE 'policy%' ORDER BY id) x"; }

@test "a policy, its words as codes, and the same again" {
    at 2026-02-25T10:00
    center
    sound
    gives 0 $'loan-1\t1\tadded\t应急转贷办法' "" policy-add p.yaml
    same "$(columns 'state, version, level, kind, class, pinned')" "published|1|city|application|loans|0"
    same "$(columns '(SELECT code FROM org WHERE id = org_id)')" tax
    same "$(columns materials)" $'申请书\n合同'
    same "$(columns conditions)" $'一、在本市；\n二、信用良好。'
    same "$(sql "SELECT issued, valid_from, valid_to FROM v_policy")" "2026-02-13|2026-02-20|2026-12-31"
    same "$(events)" "policy-added policy-published"
    before=$(sql .dump | sha256sum)
    gives 0 $'loan-1\t1\tsame\t应急转贷办法' "" policy-add p.yaml
    # the form of the file does not matter: other words for the same, in another order
    { echo '标题: "应急转贷办法"'; sed '/^title/d; s/^document/文号/; s/市级/city/; s/贷款融资/loans/' p.yaml; } >q.yaml
    gives 0 $'loan-1\t1\tsame\t应急转贷办法' "" policy-add q.yaml
    same "$(sql .dump | sha256sum)" "$before"
    gives 0 "" "" center-check
}

@test "-n says the same as table, csv and json, and changes nothing" {
    at 2026-02-25T10:00
    center
    sound
    before=$(sql .dump | sha256sum)
    gives 0 $'\xef\xbb\xbf编号,版本,结果,标题\r\nloan-1,1,新增,应急转贷办法\r' "" policy-add -n -F csv p.yaml
    gives 0 '{"code":"loan-1","version":1,"result":"added","title":"应急转贷办法"}' "" policy-add -n -F json p.yaml
    gives 0 "编号    版本  结果  标题
loan-1     1  新增  应急转贷办法" "" policy-add -n -F table p.yaml
    same "$(sql .dump | sha256sum)" "$before"
}

@test "publication clocks: 1, 3 and 5 working days from the day of issue, by the calendar" {
    at 2026-03-04T10:00
    center
    sound
    due="strftime('%m-%d %H:%M', collect_due_at, 'unixepoch', '+8 hours'), strftime('%m-%d', publish_due_at,
        'unixepoch', '+8 hours'), strftime('%m-%d %H:%M:%S', interpret_due_at, 'unixepoch', '+8 hours')"
    policy-add -q p.yaml >out
    # 2026-02-14 is a make-up Saturday; the Spring Festival lies between
    same "$(columns "$due")" "02-14 23:59|02-25|02-27 23:59:59"
    same "$(columns "collected_at = published_at, interpreted_at, collected_at = $(date -d 2026-03-04T10:00+08:00 +%s)")" "1||1"
    sed 's/loan-1/loan-2/' p.yaml >q.yaml
    printf '%s\n' '归集时间: 2026-02-14 09:30' 'published: 2026/2/24 9:00' 'interpretation: 见附件' \
        'interpreted: 2026-02-26T08:00+08:00' >>q.yaml
    policy-add -q q.yaml >out
    same "$(sql "SELECT collected, published, interpreted FROM v_policy WHERE code = 'loan-2'")" \
        "2026-02-14T09:30:00+08:00|2026-02-24T09:00:00+08:00|2026-02-26T08:00:00+08:00"
    # an interpretation that comes with the policy is given now
    sed 's/loan-1/loan-3/; $a interpretation: 一图读懂' p.yaml >r.yaml
    policy-add -q r.yaml >out
    same "$(sql "SELECT interpreted FROM v_policy WHERE code = 'loan-3'")" "2026-03-04T10:00:00+08:00"
}

@test "the limits are the configuration's" {
    at 2026-03-04T10:00
    cp -r "$TREE/share" share
    sed -i 's/collect_days: 1/collect_days: 2/' share/center.yaml
    export QIFU_CONFIG=$T/share
    center
    sound
    policy-add -q p.yaml >out
    same "$(columns "strftime('%m-%d', collect_due_at, 'unixepoch', '+8 hours')")" "02-24"
}

@test "what is missing is named, all of it in one line" {
    at 2026-02-25T10:00
    center
    fault 2 "missing: summary (摘要)" '/^summary/d'
    fault 2 "missing: summary (摘要), phone (解读人电话)" '/^summary/d; /^phone/d'
    fault 2 "missing: summary (摘要)" 's/^summary:.*/summary: "  "/'
    fault 2 "missing: valid_to (有效期止), apply (申报网址), conditions (申报条件), promised (承诺时限)" \
        '/^valid_to/d; /^apply/d; /^promised/d; /^conditions/,/二、/d'
    echo 'title: x' >p.yaml
    gives 2 "" "policy-add: p.yaml:1: missing: document (文号), issuer (发文机关), level (级别), kind (类型), class (分类), summary (摘要), interpreter (解读人), phone (解读人电话), issued (印发日期)" \
        policy-add p.yaml
    # a general policy needs no elements of an application
    sound
    sed -i 's/申报类/其他类/; /^valid/d; /^apply/,$d' p.yaml
    gives 0 $'loan-1\t1\tadded\t应急转贷办法' "" policy-add p.yaml
}

@test "each single fault: one line with file and line, nothing stored" {
    at 2026-02-25T10:00
    center
    fault 8 'unknown class "贷款融姿" (did you mean 贷款融资?)' 's/贷款融资/贷款融姿/'
    fault 12 'issued is not a date: "2026-02-30" (write 2020-05-27)' 's/^issued:.*/issued: 2026-02-30/'
    fault 12 'issued is not a date: "2026-02-13 09:00" (write 2020-05-27)' 's/^issued:.*/issued: 2026-02-13 09:00/'
    fault 14 'valid_to 2026-01-31 is before valid_from 2026-02-20' 's/^valid_to:.*/valid_to: 2026-01-31/'
    fault 7 'unknown kind "申报累" (did you mean 申报类?)' 's/申报类/申报累/'
    fault 6 'unknown level "世级" (did you mean 省级?)' 's/市级/世级/'
    fault 11 'phone has no digits: "见官网"' 's/^phone:.*/phone: 见官网/'
    fault 15 'apply is not an http or https address: "javascript:alert(1)"' 's/^apply:.*/apply: "javascript:alert(1)"/'
    fault 15 'apply is not an http or https address: "https://a b"' 's/^apply:.*/apply: https:\/\/a b/'
    fault 24 'collected lies in the future: "2026-02-26"' '$a collected: 2026-02-26'
    fault 24 'pinned is yes or no (是 or 否), not "maybe"' '$a pinned: maybe'
    fault 24 'unknown org "市税局务" (did you mean 市税务局?)' '$a org: 市税局务'
    fault 24 'supersedes the unknown policy "x-1"' '$a supersedes: x-1'
    fault 4 'duplicate key "title"' '3a title: y'
    fault 4 '"标题" is title, which stands at line 3 already' '3a 标题: y'
    fault 9 'unknown key "sumary" (did you mean summary?)' 's/^summary/sumary/'
    fault 2 '"-x" cannot be an id: it starts with a dash or has control characters' 's/^id:.*/id: "-x"/'
    fault 12 'issued 1960-01-01: outside 1990 to 2119' 's/^issued:.*/issued: 1960-01-01/'
}

@test "a class is no subclass" {
    at 2026-02-25T10:00
    center
    sound
    sed -i 's/贷款融资/金融支持/' p.yaml
    run --separate-stderr policy-add p.yaml
    same "$status$output" 2
    [[ $stderr == 'policy-add: p.yaml:8: "金融支持" is a class: name one of its subclasses (贷款融资, '*')' ]]
}

@test "criteria: where the fault is, with a caret" {
    at 2026-02-25T10:00
    center
    sound
    sed -i 's/^criteria:.*/criteria: (region in 3203 and size <= medium/' p.yaml
    run --separate-stderr policy-add p.yaml
    same "$status$output" 2
    same "${#stderr_lines[@]}" 3
    [[ ${stderr_lines[0]} == "policy-add: p.yaml:23: "* ]]
    [[ ${stderr_lines[1]} == *"(region in 3203 and size <= medium" ]]
    [[ ${stderr_lines[2]} =~ ^\ *\^$ ]]
    same "$(sql "SELECT count(*) FROM v_policy")" 0
}

@test "criteria in a list: each is whole by itself, and its own line is named" {
    at 2026-02-25T10:00
    center
    sound
    sed -i '/^criteria:/d' p.yaml
    cat >>p.yaml <<'YAML'
criteria:
  - if: region in 3203 and size <= medium
    basis: 第二条
  - if: staff >= 3) or (staff < 5
    basis: 第三条
  - staff >= 3 and (size = small
YAML
    run --separate-stderr policy-add p.yaml
    same "$status$output" 2
    same "${#stderr_lines[@]}" 6
    same "${stderr_lines[0]}" "policy-add: p.yaml:26: no bracket is open here"
    same "${stderr_lines[3]}" "policy-add: p.yaml:28: the bracket is not closed"
    same "$(sql "SELECT count(*) FROM v_policy")" 0
}

@test "criteria as a list: all must hold, each with its clause" {
    at 2026-02-25T10:00
    center
    sound
    sed -i '/^criteria/d' p.yaml
    cat >>p.yaml <<'YAML'
criteria:
  - region in 3203 or region in 320302
  - if: size <= medium
    basis: 第三条
YAML
    gives 0 $'loan-1\t1\tadded\t应急转贷办法' "" policy-add p.yaml
    same "$(columns criteria)" $'(region in 3203 or region in 320302)\nand (size <= medium) [第三条]'
    sed -i 's/basis: .*/bases: x/' p.yaml
    gives 2 "" 'policy-add: p.yaml:26: unknown key "bases" (did you mean basis?)' policy-add p.yaml
    sed -i 's/bases: .*/basis: "[三]"/' p.yaml
    gives 2 "" 'policy-add: p.yaml:25: a basis is written without brackets: "[三]"' policy-add p.yaml
}

@test "what is no policy's file" {
    at 2026-02-25T10:00
    center
    gives 2 "" "policy-add: none.yaml: No such file or directory" policy-add none.yaml
    mkdir folder
    gives 2 "" "policy-add: folder: this is a folder, not a file" policy-add folder
    : >empty.yaml
    gives 2 "" "policy-add: empty.yaml:1: the file is empty" policy-add empty.yaml
    sound
    iconv -f UTF-8 -t GBK p.yaml >gbk.yaml
    gives 2 "" "policy-add: gbk.yaml:1: not UTF-8: save the file in that encoding" policy-add gbk.yaml
    { echo '# ascii'; echo 'id: x'; iconv -f UTF-8 -t GBK p.yaml; } >gbk.yaml
    gives 2 "" "policy-add: gbk.yaml:3: not UTF-8: save the file in that encoding" policy-add gbk.yaml
    { cat p.yaml; echo ---; cat p.yaml; } >two.yaml
    gives 2 "" "policy-add: two.yaml:24: a second document: one file holds one" policy-add two.yaml
    { echo 'a: &a [x, x, x, x]'; echo 'b: &b [*a, *a, *a, *a]'; cat p.yaml; } >bomb.yaml
    gives 2 "" "policy-add: bomb.yaml:1: anchors and aliases are not used here: write the value out" policy-add bomb.yaml
    echo '- title: x' >list.yaml
    gives 2 "" "policy-add: list.yaml:1: a map of keys and values is expected here" policy-add list.yaml
    printf 'id: x\ntitle: "a\001b"\n' >control.yaml
    gives 2 "" "policy-add: control.yaml:2: control characters are not allowed" policy-add control.yaml
    printf '\357\273\277' | cat - p.yaml >bom.yaml
    sed 's/$/\r/' bom.yaml >crlf.yaml
    gives 0 $'loan-1\t1\tadded\t应急转贷办法' "" policy-add bom.yaml
    gives 0 $'loan-1\t1\tsame\t应急转贷办法' "" policy-add crlf.yaml
}

@test "control characters are made visible, in messages and in output" {
    at 2026-02-25T10:00
    center
    sound
    sed -i 's/^title:.*/title: "a\\e[31mb"/; s/贷款融资/"x\\e[31m\\ny"/' p.yaml
    gives 2 "" 'policy-add: p.yaml:8: unknown class "x␛[31m⏎y"' policy-add p.yaml
    sed -i 's/^class:.*/class: loans/' p.yaml
    gives 0 $'loan-1\t1\tadded\ta\\x1b[31mb' "" policy-add p.yaml
}

@test "several files: all or nothing, each with its own message" {
    at 2026-02-25T10:00
    center
    sound
    sed 's/loan-1/loan-2/' p.yaml >q.yaml
    sed 's/loan-1/loan-3/; /^summary/d' p.yaml >r.yaml
    sed 's/loan-1/loan-4/; s/市级/世级/' p.yaml >s.yaml
    gives 2 "" "policy-add: r.yaml:2: missing: summary (摘要)
policy-add: s.yaml:6: unknown level \"世级\" (did you mean 省级?)
policy-add: 2 bad files of 4: nothing was added" policy-add p.yaml q.yaml r.yaml s.yaml
    same "$(sql "SELECT count(*) FROM v_policy")" 0
    gives 0 $'loan-1\t1\tadded\t应急转贷办法\nloan-2\t1\tadded\t应急转贷办法' "" policy-add p.yaml q.yaml
    # the same id in two files of one run is a slip of copying
    sed 's/应急/应急应急/' p.yaml >t.yaml
    gives 2 "" "policy-add: t.yaml:2: loan-1 stands already in p.yaml
policy-add: 1 bad file of 2: nothing was added" policy-add p.yaml t.yaml
}

@test "versions: what changes, what stays, and what each said" {
    at 2026-02-25T10:00
    center
    sound
    policy-add -q p.yaml >out
    at 2026-03-02T10:00
    sed -i 's/续贷周转。/续贷周转，每笔不超过500万元。/' p.yaml
    gives 0 $'loan-1\t2\tchanged\t应急转贷办法' "" policy-add p.yaml
    same "$(columns 'version, summary')" "2|续贷周转，每笔不超过500万元。"
    same "$(sql "SELECT collected, published FROM v_policy")" "2026-02-25T10:00:00+08:00|2026-02-25T10:00:00+08:00"
    same "$(sql "SELECT version, json_extract(content, '\$.summary') FROM policy_version ORDER BY version")" \
        $'1|续贷周转。\n2|续贷周转，每笔不超过500万元。'
    same "$(events)" "policy-added policy-published policy-changed"
    gives 0 $'loan-1\t2\tsame\t应急转贷办法' "" policy-add p.yaml
    gives 0 "" "" center-check
}

@test "without an id the document number is it" {
    at 2026-02-25T10:00
    center
    sound
    sed -i '/^id/d' p.yaml
    gives 0 $'徐测〔2026〕1号\t1\tadded\t应急转贷办法' "" policy-add p.yaml
    gives 0 $'徐测〔2026〕1号\t1\tsame\t应急转贷办法' "" policy-add p.yaml
}

@test "drafts lack what they lack, and are published by adding them whole" {
    at 2026-02-25T10:00
    center
    printf 'id: loan-1\ntitle: 应急转贷办法\n' >d.yaml
    gives 0 $'loan-1\t1\tadded\t应急转贷办法' "" policy-add --draft d.yaml
    same "$(columns 'state, published_at IS NULL')" "draft|1"
    gives 0 $'loan-1\t1\tsame\t应急转贷办法' "" policy-add --draft d.yaml
    echo 'summary: x' >n.yaml
    gives 2 "" "policy-add: n.yaml:1: missing: title (标题), id (编号) or document (文号)" policy-add --draft n.yaml
    run --separate-stderr policy-list
    same "$status$output" 1
    at 2026-02-26T10:00
    sound
    gives 0 $'loan-1\t2\tchanged\t应急转贷办法' "" policy-add p.yaml
    same "$(columns state)" published
    same "$(sql "SELECT collected, published FROM v_policy")" "2026-02-25T10:00:00+08:00|2026-02-26T10:00:00+08:00"
    gives 2 "" "policy-add: p.yaml:2: loan-1 is published already: it cannot be a draft again" policy-add --draft p.yaml
    # a whole draft becomes published by the same file
    sed -i 's/loan-1/loan-2/' p.yaml
    policy-add -q --draft p.yaml >out
    gives 0 $'loan-2\t1\tchanged\t应急转贷办法' "" policy-add p.yaml
    same "$(columns 'state, version' loan-2)" "published|1"
}

@test "supersedes ends the policies that it names; a draft's do so when it is published" {
    at 2026-02-25T10:00
    center
    sound
    sed 's/loan-1/loan-2/; s/1号/2号/' p.yaml >q.yaml
    sed 's/loan-1/loan-3/; s/1号/3号/' p.yaml >r.yaml
    echo 'supersedes: [loan-1, 徐测〔2026〕2号]' >>r.yaml
    policy-add -q p.yaml q.yaml >out
    policy-add -q --draft r.yaml >out
    same "$(columns state) $(columns state loan-2)" "published published"
    policy-add -q r.yaml >out
    same "$(columns "state, superseded_by = (SELECT id FROM policy WHERE code = 'loan-3'), ended_at IS NOT NULL")" "superseded|1|1"
    same "$(columns state loan-2)" superseded
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'policy-superseded'")" 2
    gives 0 $'loan-3\t1\tsame\t应急转贷办法' "" policy-add r.yaml
    # a correction of what has ended does not revive it
    sed -i 's/续贷/续续贷/' p.yaml
    gives 0 $'loan-1\t2\tchanged\t应急转贷办法' "" policy-add p.yaml
    same "$(columns state)" superseded
    sed -i 's/^supersedes.*/supersedes: loan-3/' r.yaml
    gives 2 "" "policy-add: r.yaml:24: a policy cannot supersede itself" policy-add r.yaml
}

@test "a table: Chinese headers, GB18030, one line for each bad row, rejects" {
    at 2026-02-25T10:00
    center
    cat >p.csv <<'CSV'
政策编号,政策名称,文号,发文机关,级别,申报类型,政策类型,摘要,解读人,解读电话,印发日期,匹配条件,备注
a,甲办法,甲〔2026〕1号,市税务局,市级,其他类,减免房租,摘要,张三,1,2026/2/13,region in 3203,x
b,乙办法,乙〔2026〕1号,市税务局,市级,其他类,,,张三,1,2026-02-13,,
c,丙办法,丙〔2026〕1号,市税务局,世级,其他类,减免房租,摘要,张三,1,2026-02-33,,
d,丁办法,丁〔2026〕1号,市税务局,市级,其他类,减免房租,摘要,张三,1,2026-02-13,(region in 3203,
CSV
    run --separate-stderr policy-add --csv p.csv
    same "$status$output" 2
    same "${stderr_lines[0]}" "policy-add: p.csv:1: no field is called 备注: not read"
    same "${stderr_lines[1]}" "policy-add: p.csv:3: missing: class (分类), summary (摘要)"
    same "${stderr_lines[2]}" 'policy-add: p.csv:4: unknown level "世级" (did you mean 省级?); issued is not a date: "2026-02-33" (write 2020-05-27)'
    [[ ${stderr_lines[3]} == "policy-add: p.csv:5: criteria: "* ]]
    same "${stderr_lines[4]}" "policy-add: 3 bad rows: nothing was done; --rejects FILE does the rest"
    same "$(sql "SELECT count(*) FROM v_policy")" 0
    iconv -f UTF-8 -t GB18030 p.csv >gb.csv
    run --separate-stderr policy-add --csv gb.csv --rejects bad.csv
    same "$status:$output" $'2:a\t1\tadded\t甲办法'
    same "$(iconv -f GB18030 -t UTF-8 bad.csv | wc -l)" 4
    same "$(columns "issued_day = $(($(date -d 2026-02-13 +%s) / 86400)), criteria" a)" "1|region in 3203"
    echo '{"id": "e", "title": "戊办法", "文号": "x"}' >e.jsonl
    gives 0 $'e\t1\tadded\t戊办法' "" policy-add --draft --jsonl e.jsonl
    gives 0 "" "" center-check
}

@test "the demo's policies are sound" {
    at 2020-05-27T09:00
    center
    run --separate-stderr policy-add "$TREE"/share/demo/policies/*.yaml
    same "$status$stderr" 0
    same "$(cut -f 3 <<<"$output" | sort -u)" added
}

@test "a wrong command line is refused, with what would be right" {
    center
    gives 2 "" "policy-add: name the files, one policy each, or a table with --csv; see policy-add -h" policy-add
    gives 2 "" "policy-add: policies are named by files or by --csv and --jsonl, not both; see policy-add -h" \
        policy-add --csv x y
    gives 2 "" "policy-add: one of --csv and --jsonl, once; see policy-add -h" policy-add --csv x --jsonl y
    gives 2 "" "policy-add: --encoding and --rejects go with --csv or --jsonl; see policy-add -h" policy-add --rejects r x
    gives 2 "" "policy-add: --encoding goes with --csv; JSON lines are UTF-8; see policy-add -h" \
        policy-add --jsonl x --encoding gbk
}

@test "a map of 80,000 keys costs as many looks, and the last one that stands twice is found" {
    center
    { echo "x:"; seq 80000 | sed 's/.*/  k&: v/'; } >keys.yaml
    sh_run "ulimit -t 6; policy-add keys.yaml"
    same "$status $stderr" '2 policy-add: keys.yaml:1: unknown key "x"'
    echo "  k1: v" >>keys.yaml
    gives 2 "" 'policy-add: keys.yaml:80002: duplicate key "k1"' policy-add keys.yaml
}
