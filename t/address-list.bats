#!/usr/bin/env bats
# address-list: where notices go, masked.

load lib/base

last() { sql "SELECT type, json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1"; }

@test "of one organisation, by channel, also those that are not used" {
    at 2026-03-02T10:00
    center
    gives 1 "" "" address-list
    printf '单位,方式,地址,启用\ntax,mail,a@x.org,\ntax,wecom,https://q.example/k?key=0123456789ab,\njustice,mail,b@y.org,否\n' >a.csv
    address-add -q --csv a.csv >out
    gives 0 "1	tax	mail	a***@x.org
2	tax	wecom	****89ab" "" address-list --columns id,code,channel,address
    gives 0 "2	tax" "" address-list --org 市税务局 --channel 企业微信 --columns id,code
    gives 1 "" "" address-list --org justice
    gives 0 "3	justice	no" "" address-list --org justice --all --columns id,code,used
    gives 2 "" 'address-list: unknown organisation "taxx" (did you mean tax?)' address-list --org taxx
}

@test "who looks is noted; the erased are gone and the log still holds" {
    at 2026-03-02T10:00
    center
    address-add -q --org tax --address zhang@x.org --person 张三丰 >out
    [[ $(address-list) != *zhang* && $(address-list) != *三丰* ]]
    [[ $(address-list --unmask) == *$'\tzhang@x.org\t张三丰\t'* ]]
    same "$(last)" 'unmasked|{"program":"address-list","addresses":"1"}'
    record-erase -q --law 法 --reason 本人申请 --name 张三丰 --name zhang@x.org >out
    [[ $(address-list --unmask) == *（已依法删除*（已依法删除* ]]
    same "$(sql .dump | grep -c -e 张三丰 -e zhang@x.org)" 0
    gives 0 "" "" center-check
    run -0 center-check --log
}
