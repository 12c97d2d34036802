#!/usr/bin/env bats
# The configuration that ships: zones, names of today and of yesterday, what is left to the demo.

load lib/base

@test "the zones that the city's documents name are regions, and organisations of the same code" {
    center
    printf '工单编号,标题,区域,受理时间\n' >zones.csv
    i=0
    for name in 徐州高新技术产业开发区 徐州高新区 高新区 徐州淮海国际港务区 淮海国际港务区 国际港务区 港务区 \
        淮海国际陆港 铜山 铜山区; do
        echo "Z$((i += 1)),路灯,$name,2026-03-02 09:00" >>zones.csv
        org-list -F tsv | cut -f1 >codes
    done
    ticket-new -q --csv zones.csv --now 2026-03-02T10:00 >ids
    same "$(sql "SELECT region, count(*) FROM v_ticket GROUP BY region ORDER BY region")" \
        $'320312|2\nhuaihai-port|5\nxuzhou-hitech|3'
    for code in $(sql "SELECT DISTINCT region FROM v_ticket"); do
        grep -qx "$code" codes || same "$code" "an organisation"
    done
}

@test "old names and new ones are one organisation" {
    center
    ticket-new -q --title x >id
    while read -r code names; do
        for name in $names; do
            same "$name $(ticket-route -q -n --to "$name" 1 | cut -f2)" "$name $code" || return
        done
    done <<'END'
banking-regulator 徐州银保监分局 国家金融监督管理总局徐州监管分局 徐州金融监管分局
central-bank 人民银行徐州市中心支行 中国人民银行徐州市分行
agriculture 徐州市农业农村局 市乡村振兴局
fire-rescue 徐州市消防救援支队 市消防救援局
huaihai-port 徐州淮海国际港务区管委会 港务区 淮海国际陆港
xuzhou-hitech 徐州高新区 高新区管委会
END
}

# words LIST: every word of the items of a list of center.yaml
words() {
    awk -v list="$1:" '/^[a-z]/ { inside = $1 == list } inside' "$TREE/share/center.yaml" |
        grep -oE '(kind|region|channel|name|also): *(\[[^]]*\]|[^,}]*)' |
        sed -E 's/^[a-z]+: *//; s/[]["]//g; s/, */\n/g'
}

@test "a word means one kind, one channel, one region" {
    for list in kinds channels regions; do
        [ "$(words $list | wc -l)" -gt 20 ]
        same "$(words $list | sort | uniq -d)" ""
    done
}

@test "the kind of an urgent matter and of arrears, by their words" {
    center
    kind() { same "$1 $(ticket-new -q --title "$1" | cut -f3)" "$1 $2"; }
    kind 加急：变压器损坏全厂停产 urgent
    kind 请督促支付拖欠中小企业账款 arrears
    kind 拖欠工程款三年 complaint
}

@test "the epidemic's rules went to the demo, whose rules stand before the others" {
    for word in 口罩 复工复产 复工手续 防疫; do
        same "$word $(grep -c "$word" "$TREE/share/catalogue.yaml")" "$word 0"
    done
    mkdir config
    ln -s "$TREE"/share/* config
    rm config/catalogue.yaml
    { sed '/^rules:/,$d' "$TREE/share/catalogue.yaml" && cat "$TREE/share/demo/catalogue-2020.yaml" && sed '1,/^rules:/d' "$TREE/share/catalogue.yaml"; } >config/catalogue.yaml
    export QIFU_CONFIG=$T/config
    center
    ticket-new -q --title 复工缺口罩 >id
    gives 0 $'1\tindustry\thealth commerce\tepidemic-supplies\t职责分工\tepidemic-supplies 16: title 口罩\tindustry' "" ticket-route --explain 1
}
