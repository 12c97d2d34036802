#!/usr/bin/env bats
# route-learn: a model beside the dispatch catalogue: what it learns, when it is heard, replays.

load lib/base

# A catalogue of this test's own: 发票 is the tax office's, 食堂 the education bureau's.
own_catalogue() {
    cp -r "$TREE/share" "$T/share"
    export QIFU_CONFIG=$T/share
    cat >"$T/share/catalogue.yaml" <<EOF
sure: ${1-60}
rules:
  - rule: invoices
    strong: [发票]
    lead: tax
    basis: B1
  - rule: canteens
    strong: [食堂]
    lead: education
    basis: B2
EOF
}

# lessons [SWAP]: 80 lessons, of which the catalogue knows none: the tax office's speak of 申报系统, the education
# bureau's of 校园操场; with SWAP the other way round.
lessons() {
    local i units=(tax education)
    [ -z "${1-}" ] || units=(education tax)
    echo 标题,内容,单位
    for i in 甲 乙 丙 丁 戊 己 庚 辛 壬 癸; do
        echo "申报系统打不开$i,${i}厂登录申报系统报错,${units[0]}"
        echo "${i}店申报系统太慢,申报系统一直转圈,${units[0]}"
        echo "申报系统密码${i},忘了申报系统的密码,${units[0]}"
        echo "请问申报系统,申报系统${i}期怎么填,${units[0]}"
        echo "校园操场太吵${i},校园操场晚上放音乐,${units[1]}"
        echo "${i}路校园操场开放,校园操场周末能不能开放,${units[1]}"
        echo "校园操场积水${i},下雨后校园操场全是水,${units[1]}"
        echo "建议校园操场,校园操场${i}处没有灯,${units[1]}"
    done
}

# learn FILE OPTION...: quietly, by the file lessons.csv alone.
learn() { route-learn -q -o "$1" --csv lessons.csv --no-log "${@:2}" >learned; }

new() { ticket-new -q "$@" | cut -f 1; }

@test "what it has learned is printed voice by voice, and is in force" {
    own_catalogue
    center
    lessons >lessons.csv
    learn m1
    digest=$(cut -f 1 learned | uniq)
    same "$(cut -f 2- learned)" $'catalogue\t80\t0\t0\t0\nmodel\t80\t80\t80\t80\nboth\t80\t0\t0\t80'
    same "$(sql "SELECT type, json_remove(data, '\$.rows') FROM v_event WHERE type LIKE 'model%'")" \
        "model-adopted|{\"model\":\"$digest\",\"file\":\"$T/m1\",\"examples\":80,\"units\":2}"
    same "$(head -4 m1 | cut -d ' ' -f 1-3)" "$(printf '%s\n' 'qifu-model 1' 'examples 80' 'unit education 40' 'unit tax 40')"
    gives 0 "" "" center-check
}

@test "the same lessons give the same model, to the byte; -n writes and adopts none" {
    own_catalogue
    center
    lessons >lessons.csv
    learn m1
    learn m2
    cmp m1 m2
    learn m3 -n
    [ ! -e m3 ]
    same "$(cut -f 1 learned | uniq)" "$(sql "SELECT json_extract(data, '\$.model') FROM v_event WHERE type = 'model-adopted' LIMIT 1")"
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'model-adopted'")" 2
}

@test "where both agree a ticket goes out, and its event names the model; where they differ it waits, with both reasons" {
    own_catalogue
    center
    lessons >lessons.csv
    learn m1
    digest=$(cut -f 1 learned | uniq)
    new --title 申报系统开不了发票 --body 申报系统报错
    new --title 校园操场 --body '校园操场晚上很吵，发票的事另说'
    new --title 想请领导来厂里看看
    gives 1 $'1\ttax\t-\tinvoices\tB1\n2\t-\t-\t-\t-\n3\t-\t-\t-\t-' "" ticket-route
    same "$(sql "SELECT json_extract(data, '\$.model') FROM v_event WHERE type = 'dispatched'")" "$digest"
    run ticket-route --explain 2
    same "$(cut -f 7 <<<"$output")" "education tax"
    [[ $output == *"not sure: invoices 4: body 发票 4; model $digest: education "*"校园 "*" / tax "*"; together: education "*" %"* ]]
    run ticket-route --explain 3 # nothing of it is known: the catalogue alone
    [[ $output != *model* ]]
    ticket-show 1 | grep -q "模型.*$digest\|model.*$digest"
    gives 0 "" "" center-check
}

@test "a close race of the catalogue is settled by the model" {
    own_catalogue
    center
    new --title 食堂发票
    run ticket-route --explain
    [[ $output == *"too close: "* ]]
    lessons >lessons.csv
    learn m1
    new --title 食堂发票 --body 申报系统一直转圈，忘了申报系统的密码
    gives 1 $'1\t-\t-\t-\t-\n2\ttax\t-\tinvoices\tB1' "" ticket-route
}

@test "a ticket whose unit the model alone names waits, with that unit as candidate" {
    own_catalogue
    center
    lessons >lessons.csv
    learn m1
    new --title 申报系统太慢
    run ticket-route --explain
    same "$(cut -f 2,7 <<<"$output")" $'-\ttax education'
}

@test "a model that is missing, damaged or another one is said in one line, and is not used" {
    own_catalogue
    center
    lessons >lessons.csv
    learn m1
    digest=$(cut -f 1 learned | uniq)
    new --title 校园操场发票
    mv m1 kept
    gives 0 $'1\ttax\t-\tinvoices\tB1' "ticket-route: the model $digest in $T/m1 is not used: No such file or directory" ticket-route -n
    head -c 500 kept >m1
    sh_run 'ticket-route -n 2>&1 >/dev/null | cut -d : -f 1-4'
    [[ $output == "ticket-route: the model $digest in $T/m1 is not used: line "* ]]
    sed 's/^unit tax 40/unit tax 41/' kept >m1
    run --separate-stderr ticket-route -n
    [[ $stderr == "ticket-route: the model $digest in $T/m1 is not used: its digest is "* ]]
    same "$status" 0
    for text in "" x $'qifu-model 1\nexamples 1\nend' $'qifu-model 1\nunit a b 1\nend' \
        $'qifu-model 1\nunit a 1 1\nunit b 1 1\nexamples 2\ngram 甲 1 2:3\nend' \
        $'qifu-model 1\nunit a 1 1\nunit a 1 1\nend' $'qifu-model 1\ntrust 5 1\ntrust 4 1\nend' \
        $'qifu-model 1\nunit a 1 1\nunit b 1 1\nexamples 2\ngram 甲 1\ngram 甲 1\nend' $'qifu-model 1\ngram \xff 1\nend'; do
        printf '%s\n' "$text" >bad
        run --separate-stderr route-learn --adopt bad
        same "$status" 2
        [[ $stderr == "route-learn: bad: "* ]]
        run --separate-stderr ticket-route --explain --model bad
        same "$status" 2
    done
}

@test "a model's file is never overwritten; an older one is put in force again, or none" {
    own_catalogue
    center
    lessons >lessons.csv
    learn m1
    gives 2 "" "route-learn: m1: it is there already; a model is kept as it is: name a new file" \
        route-learn -q -o m1 --csv lessons.csv
    first=$(cut -f 1 learned | uniq)
    lessons swap >lessons.csv
    learn m2
    [ "$(cut -f 1 learned | uniq)" != "$first" ]
    gives 0 "$first"$'\t-\t-\t-\t-\t-' "" route-learn --adopt m1 --reason 新模型有误
    same "$(sql "SELECT json_extract(data, '\$.model'), json_extract(data, '\$.reason') FROM v_event WHERE type = 'model-adopted' ORDER BY id DESC LIMIT 1")" \
        "$first|新模型有误"
    gives 0 "$first"$'\t-\t-\t-\t-\t-' "" route-learn --drop
    gives 0 "" "" route-learn --drop # none is in force any more
    new --title 申报系统发票
    run ticket-route --explain
    [[ $output != *model* ]]
}

@test "the same replay: what a model dispatched is dispatched so by it again, whatever is in force now" {
    own_catalogue 40
    center
    lessons >lessons.csv
    learn m1
    for i in 甲 乙 丙; do
        new --title "申报系统发票$i" --body 申报系统报错
        new --title "校园操场食堂$i" --body 校园操场有水
        new --title "食堂发票$i" --body 申报系统转圈
        new --title "发票$i" --body 校园操场
    done >ids
    ticket-route -q >out || same $? 1
    sql "SELECT ticket_id, org FROM v_route WHERE role = 'lead' ORDER BY ticket_id" | tr '|' '\t' >sent
    [ "$(wc -l <sent)" -ge 9 ]
    lessons swap >lessons.csv
    learn m2
    cut -f 1 sent | ticket-route --explain --model m1 - | cut -f 1,2 >again
    cmp sent again
    cut -f 1 sent | ticket-route --explain - | cut -f 1,2 >other
    run ! cmp -s sent other
}

@test "who sent it is not learned: neither the name in the text, nor what one sender alone says" {
    own_catalogue
    center
    {
        echo 标题,内容,单位,企业名称
        for i in 1 2 3 4 5 6; do
            echo "申报系统报错,徐州宏图机械有限公司登录申报系统,税务局,徐州宏图机械有限公司"
            echo "申报系统转圈,彭城路独家用语$i,tax,独家贸易有限公司"
            echo "校园操场积水,校园操场,education,企业$i"
        done
        echo "申报系统报错,报给税务的话,税务局,徐州宏图机械有限公司"
    } | sed 's/税务局/tax/' >lessons.csv
    learn m1
    grep -q '^gram 申报系 ' m1
    run ! grep -E '^gram (宏图|图机|宏图机|独家|家用语) ' m1
}

@test "it learns from the log: what was answered, ruled, sent on, sent by hand; not what is confidential, declined or still waits" {
    at 2026-03-02T09:00
    own_catalogue
    center
    for i in 甲 乙 丙; do
        new --title "申报系统发票$i"  # answered by the tax office
        new --title "校园操场食堂$i" # sent on to the sports bureau
    done >ids
    ticket-route -q >out
    ticket-answer -q --text x 1 3 5 >out
    ticket-route -q --redispatch --to sports --reason 误派 2 4 6 >out
    new --title 保密申报系统 --confidential >>ids
    ticket-route -q --to tax 7 >out
    ticket-answer -q --text x 7 >out
    new --title 申报系统由人派发 | ticket-route -q --to tax - >out
    new --title 申报系统不受理 | ticket-decline -q --reason 属于信访事项 --basis y - >out
    new --title 申报系统还在等 >out
    route-learn -q -o m1 >learned
    same "$(head -4 m1 | cut -d ' ' -f 1-3)" "$(printf '%s\n' 'qifu-model 1' 'examples 7' 'unit sports 3' 'unit tax 4')"
}

@test "too little to learn from is an honest no; a file with a fault is refused whole" {
    own_catalogue
    center
    gives 1 "" "route-learn: of 0 lessons no two units have 3 each: nothing is learned" route-learn -q -o m1
    printf '标题,单位\n甲,没有这个局\n,tax\n乙,\n' >lessons.csv
    run --separate-stderr route-learn -q -o m1 --csv lessons.csv
    same "$status" 2
    [[ $stderr == *'lessons.csv:2: '*'没有这个局'*'lessons.csv:3: no title'*'lessons.csv:4: no unit'* ]]
    [ ! -e m1 ]
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'model-adopted'")" 0
}

@test "options that do not go together" {
    center
    for options in "" "-o m --adopt m" "--drop --adopt m" "--adopt m --csv x" "-o m --no-log" "-o m x"; do
        # shellcheck disable=SC2086 # words
        run --separate-stderr route-learn $options
        same "$status" 2
        [[ $stderr == *"-h"* ]]
    done
    run --separate-stderr ticket-route --model m
    [[ $stderr == *"--model goes with --explain"* ]]
}

@test "--explain names the past decisions that are most like the ticket" {
    at 2026-03-02T09:00
    center
    new --title 高架桥下占道停车收费 | ticket-confer -q --reason 不清 - >out
    ticket-confer -q --lead 市公安局 --basis 纪要 --once 1 >out
    new --title 高架桥下占道停车收费太贵
    new --title 与此无关
    sh_run 'ticket-route --explain 1 2 3 | cut -f 6'
    [[ ${lines[0]} != *"; like"* ]]
    [[ ${lines[1]} == *"; like 1 ruled public-security "*" %" ]]
    [[ ${lines[2]} != *"; like"* ]]
}

@test "of what was erased nothing is learned" {
    own_catalogue
    at 2026-03-02T09:00
    center
    for i in 甲 乙 丙 丁; do
        ticket-new -q --title "申报系统打不开$i" --body "${i}厂登录申报系统报错" >>new
        ticket-new -q --title "校园操场太吵$i" --body "校园操场晚上放音乐" >>new
    done
    ticket-route -q --to tax --basis b 1 3 5 7 >out
    ticket-route -q --to education --basis b 2 4 6 8 >out
    route-learn -n -q -o m >learned
    same "$(cut -f 2,3 learned | head -2 | tail -1)" $'model\t8'
    record-erase --law 法 --reason 申请 --field title --field body 7 >out
    record-erase --law 法 --reason 申请 --field body 8 >out
    route-learn -n -q -o m >learned
    same "$(cut -f 2,3 learned | head -2 | tail -1)" $'model\t7'
    route-learn -q -o m >learned
    run ! grep -q 法删 m # the mark
}
