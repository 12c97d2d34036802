#!/usr/bin/env bats
# association-list: associations by name and by preference, and their members.

load lib/base

A=91320300MA00002690 B=91110108551385082Q

# Three associations, two enterprises.
associations() {
    at 2026-03-02T10:00
    center
    printf '代码,名称,地区\n%s,甲厂,鼓楼区\n%s,乙厂,\n' $A $B | enterprise-add -q --csv - >out
    cat >a.csv <<CSV
code,name,short,classes,members,contact,phone
m,机械协会,机协,金融支持,"$A $B",张三,0516-1
f,食品协会,,贷款融资、减免房租,$B,,
z,总商会,,,,,
CSV
    association-add --csv a.csv >out
}

M=$'m\t机械协会\tfinance\t2\t张三\t0516-1'
F=$'f\t食品协会\tloans rents\t1\t-\t-'
Z=$'z\t总商会\t-\t0\t-\t-'

@test "without operands all are listed, by code" {
    associations
    gives 0 "$F"$'\n'"$M"$'\n'"$Z" "" association-list
    gives 0 $'code\tname\tclasses\tmembers\tcontact\tphone\n'"$F"$'\n'"$M"$'\n'"$Z" "" association-list -H
}

@test "where there is no association the status is 1" {
    center
    gives 1 "" "" association-list
}

@test "table, csv and json say the same" {
    associations
    gives 0 '{"code":"f","name":"食品协会","classes":"loans rents","members":1,"contact":null,"phone":null}' "" \
        association-list -F json f
    gives 0 $'\xef\xbb\xbf代码,名称,政策偏好,会员,联系人,电话\r\nz,总商会,,0,,\r' "" association-list -F csv z
    gives 0 "代码  名称      政策偏好           会员  联系人  电话
f     食品协会  贷款融资 减免房租     1  -       -" "" association-list -F table f
}

@test "by code, name and short name; from standard input" {
    associations
    gives 0 "$M"$'\n'"$F"$'\n'"$M" "" association-list 机协 食品协会 m
    sh_run 'association-list | association-list -'
    same "$status:$stderr:$output" "0::$F"$'\n'"$M"$'\n'"$Z"
    sh_run ': | association-list -'
    same "$status:$stderr:$output" "1::"
}

@test "an unknown one is named, the others are shown, and the status says no" {
    associations
    gives 1 "$M" 'association-list: unknown association "食品会" (did you mean 食品协会?)' association-list 食品会 m
    gives 1 "$M" "" association-list -q 食品会 m
    # an organisation that is no association is none, and is not offered
    gives 1 "" 'association-list: unknown association "tax"' association-list tax
    gives 1 "" 'association-list: unknown association "市税务局"' association-list 市税务局
}

@test "by class: a subclass is wanted with its class, a class with one of its subclasses" {
    associations
    gives 0 "$F"$'\n'"$M" "" association-list --class loans
    gives 0 "$M" "" association-list --class 企业上市
    gives 0 "$F" "" association-list --class 减免房租
    gives 0 "$F"$'\n'"$M" "" association-list --class finance
    gives 0 "$F" "" association-list --class 降本减负
    gives 1 "" "" association-list --class 科技创新
    gives 0 "$M" "" association-list --class finance m
    gives 1 "" "" association-list --class rents m
    gives 2 "" 'association-list: unknown class "贷款融姿" (did you mean 贷款融资?); see association-list -h' \
        association-list --class 贷款融姿
}

@test "the members of an association are listed by code" {
    associations
    gives 0 "$B"$'\t乙厂\t-\n'"$A"$'\t甲厂\t320302' "" association-list --members 机协
    gives 0 "统一社会信用代码    企业名称  地区
$B  乙厂      -
$A  甲厂      鼓楼区" "" association-list -F table --members m
    gives 1 "" "" association-list --members z
    gives 1 "" 'association-list: unknown association "机械会" (did you mean 机械协会?)' \
        association-list --members 机械会
    gives 2 "" "association-list: --members takes no other option; see association-list -h" association-list --members m f
    gives 2 "" "association-list: --members takes no other option; see association-list -h" \
        association-list --members m --class loans
}

@test "classes that are named add up" {
    associations
    gives 0 "$F"$'\n'"$M" "" association-list --class 减免房租 --class 金融支持
    gives 0 "$F" "" association-list --class rents
}
