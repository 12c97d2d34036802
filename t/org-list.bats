#!/usr/bin/env bats
# org-list: organisations by group and by any of their names.

load lib/base

HOUSING=$'housing-construction\t徐州市住房和城乡建设局\tcity-department\t住建局 市住建局\t-\t-'
CENTER=$'center\t徐州市企业服务中心\tsupervisor\t企服中心 市企服中心 企业服务中心 市企业服务中心\t-\t-'

@test "all, in the order of the file" {
    center
    run --separate-stderr org-list
    same "$status$stderr" 0
    same "${lines[0]}" "$CENTER"
    same "$(cut -f 1 <<<"$output")" \
        "$(sed -n 's/^  - code: //p' "$TREE/share/organisations.yaml" | tr -d '"')"
}

@test "by code, name and short name" {
    center
    gives 0 "$HOUSING" "" org-list housing-construction
    gives 0 "$HOUSING" "" org-list 徐州市住房和城乡建设局
    gives 0 "$HOUSING"$'\n'"$CENTER" "" org-list 市住建局 企服中心
    gives 0 $'code\tname\tgroup\tshort\tcontact\tphone\n'"$HOUSING" "" org-list -H 住建局
}

@test "table, csv and json say the same" {
    center
    org-add --code a --name '甲 "局"' --group county --contact 张三 --phone 0516-1 >added
    gives 0 $'\xef\xbb\xbf代码,名称,分组,简称,联系人,电话\r\na,"甲 ""局""",县（市、区）,,张三,0516-1\r' "" \
        org-list -F csv a
    gives 0 '{"code":"a","name":"甲 \"局\"","group":"county","short":null,"contact":"张三","phone":"0516-1"}' \
        "" org-list -F json a
    # a table prints the office's words
    gives 0 "代码  名称     分组          简称  联系人  电话
a     甲 \"局\"  县（市、区）  -     张三    0516-1" "" org-list -F table a
}

@test "a group, by code or by its Chinese name" {
    center
    run --separate-stderr org-list --group supervisor
    same "$status$stderr" 0
    same "$(cut -f 1 <<<"$output")" $'center\nbusiness-environment-office\ndiscipline-commission\nconduct-office'
    org-list --group county >by-code
    same "$(cut -f 3 by-code | sort -u)" county
    org-list --group '县（市、区）' | cmp - by-code
    org-list --group ' 县(市、区) ' | cmp - by-code
    org-list --group County | cmp - by-code
    gives 2 "" 'org-list: unknown group "nowhere" (city-department 市级部门, county 县（市、区）, utility 公用企业, supervisor 监督机构, association 行（商）协会)' org-list --group nowhere
    gives 2 "" "org-list: --group goes without organisations; see org-list -h" \
        org-list --group county center
}

@test "a group that the file has lost is still found by its code" {
    center
    cp -r "$TREE/share" share
    sed -i 's/^  utility: .*/  other: 其他/; /^organisations:/,$d' share/organisations.yaml
    echo 'organisations: []' >>share/organisations.yaml
    org-list --group utility >expected
    [ -s expected ]
    org-list -C share --group utility | cmp - expected
}

@test "an unknown name is named, the others are shown, and the status says no" {
    center
    gives 1 "$HOUSING"$'\n'"$CENTER" 'org-list: unknown organisation "市主建局" (did you mean 市住建局?)' \
        org-list 住建局 市主建局 center
    gives 1 "" 'org-list: unknown organisation "qqqqqqqqqqqq"; org-list shows them' org-list qqqqqqqqqqqq
    gives 1 "" "" org-list -q 市主建局
}

@test "groups that are named add up" {
    center
    same "$(org-list --group utility --group 监督机构 | cut -f 3 | sort -u | paste -sd ' ')" "supervisor utility"
    same "$(org-list --group utility --group 监督机构 | wc -l)" \
        "$(($(org-list --group utility | wc -l) + $(org-list --group supervisor | wc -l)))"
}
