#!/usr/bin/env bats
# liaison-list: who serves whom, who has too few, and whom nobody serves.

load lib/base

A=91320300MA00002690 B=91110108551385082Q C=91350100M000100Y43 D=12440600MB2C07549J

# Four enterprises, three liaisons: 1 serves 甲厂 and 乙厂, 2 serves 甲厂, 3 nobody.
liaisons() {
    at 2026-03-02T10:00
    center
    cat >firms.csv <<CSV
code,name,region,tags
$A,甲厂,鼓楼区,规上工业
$B,乙厂,铜山区,规上工业
$C,丙厂,铜山区,"规上工业(2024-01-01至2026-03-02)"
$D,丁厂,,!规上工业
CSV
    enterprise-add -q --csv firms.csv >out
    liaison-add --name 张三 --org 工信局 --phone 0516-1 --enterprise "$A" >out
    at 2026-03-03T10:00
    liaison-add --name 张三 --org 工信局 --enterprise "$B" >out
    liaison-add --name 李四 --org 鼓楼区 --enterprise "$A" >out
    liaison-add --name 王五 --org 工信局 >out
}

L1=$'1\t张三\tindustry\t0516-1\t2\t2026-03-02T10:00:00+08:00'
L2=$'2\t李四\t320302\t-\t1\t2026-03-03T10:00:00+08:00'
L3=$'3\t王五\tindustry\t-\t0\t-'

@test "all, by number, and some" {
    liaisons
    gives 0 "$L1"$'\n'"$L2"$'\n'"$L3" "" liaison-list
    gives 0 $'id\tname\torg\tphone\tenterprises\tsince\n'"$L3"$'\n'"$L1" "" liaison-list -H 3 1
    sh_run 'liaison-list --fewer 2 | liaison-list -'
    same "$status:$stderr:$output" "0::$L2"$'\n'"$L3"
    gives 2 "$L1" "liaison-list: 7: no such liaison" liaison-list 7 1
    gives 2 "" 'liaison-list: not an id: "x"' liaison-list x
    gives 0 '{"id":3,"name":"王五","org":"industry","phone":null,"enterprises":0,"since":null}' "" liaison-list -F json 3
    gives 0 "编号  助企员  单位            电话  结对企业  结对时间
   2  李四    鼓楼区人民政府  -            1  2026-03-03 10:00" "" liaison-list -F table 2
}

@test "where there is no liaison the status is 1" {
    center
    gives 1 "" "" liaison-list
    gives 1 "" "" liaison-list --pairs
    gives 1 "" "" liaison-list --unpaired
}

@test "filters keep those who serve few, and those of one organisation" {
    liaisons
    gives 0 "$L2"$'\n'"$L3" "" liaison-list --fewer 2
    gives 0 "$L3" "" liaison-list --fewer 1
    gives 0 "$L3" "" liaison-list --fewer 2 --org 市工信局
    gives 0 "$L1"$'\n'"$L2" "" liaison-list --enterprise $A
    gives 0 "$L1" "" liaison-list --enterprise 乙厂
    gives 1 "" "" liaison-list --enterprise $C
    gives 1 "" "" liaison-list --org tax
    gives 1 "" "" liaison-list --org tax 1
    run --separate-stderr liaison-list --enterprise 戊厂
    same "$status$output" 2
    same "$(wc -l <<<"$stderr")" 1
}

@test "--pairs lists who serves whom" {
    liaisons
    gives 0 "1	张三	industry	$B	乙厂	2026-03-03T10:00:00+08:00
1	张三	industry	$A	甲厂	2026-03-02T10:00:00+08:00
2	李四	320302	$A	甲厂	2026-03-03T10:00:00+08:00" "" liaison-list --pairs
    gives 0 $'2\t李四\t320302\t'$A$'\t甲厂\t2026-03-03T10:00:00+08:00' "" liaison-list --pairs --fewer 2
    run -0 liaison-list --pairs --enterprise $A
    same "$(cut -f 1,5 <<<"$output" | xargs)" "1 甲厂 2 甲厂"
    run -0 liaison-list --pairs 1
    same "$(cut -f 1,5 <<<"$output" | xargs)" "1 乙厂 1 甲厂"
    gives 1 "" "" liaison-list --pairs 3
}

@test "enterprises that nobody serves, by tag and by region" {
    liaisons
    gives 0 "$D"$'\t丁厂\t-\n'"$C"$'\t丙厂\t320312' "" liaison-list --unpaired
    gives 0 "$C"$'\t丙厂\t320312' "" liaison-list --unpaired --region 铜山区
    gives 0 "$C"$'\t丙厂\t320312' "" liaison-list --unpaired --region 3203
    gives 0 "$C"$'\t丙厂\t320312' "" liaison-list --unpaired --region 徐州市
    gives 1 "" "" liaison-list --unpaired --region 鼓楼区
    # the certificate of 丙厂 ends on the second of March; 丁厂 is known to have none
    gives 0 "$C"$'\t丙厂\t320312' "" liaison-list --now 2026-03-02T23:00 --unpaired --tag 规模以上工业企业
    gives 1 "" "" liaison-list --unpaired --tag 规模以上工业企业
    gives 1 "" "" liaison-list --now 2023-12-31 --unpaired --tag 规上
    liaison-add --name 张三 --org 工信局 --unpair $B >out
    gives 0 "$B"$'\t乙厂\t320312' "" liaison-list --unpaired --tag 规上工业 --region 铜山区
    gives 2 "" 'liaison-list: unknown tag "规上工也" (did you mean 规上工业?)' liaison-list --unpaired --tag 规上工也
    run --separate-stderr liaison-list --unpaired --region 苏州
    same "$status$output" 2
    same "$(wc -l <<<"$stderr")" 1
}

@test "a wrong command line is refused, with what would be right" {
    liaisons
    for option in "--fewer 2" "--org tax" "--enterprise $A" --pairs 1; do
        gives 2 "" "liaison-list: --unpaired goes only with --tag and --region; see liaison-list -h" \
            liaison-list --unpaired $option
    done
    gives 2 "" "liaison-list: --tag and --region go with --unpaired; see liaison-list -h" liaison-list --tag 规上
    gives 2 "" "liaison-list: --tag and --region go with --unpaired; see liaison-list -h" liaison-list --region 鼓楼区
    gives 2 "" 'liaison-list: "0" is not a whole number from 1 to 1000000000; see liaison-list -h' liaison-list --fewer 0
}

@test "organisations add up; what can be given once says so" {
    liaisons
    gives 0 "$L1"$'\n'"$L2"$'\n'"$L3" "" liaison-list --org 工信局 --org 鼓楼区
    gives 0 "$L2" "" liaison-list --org 鼓楼区
    gives 2 "" "liaison-list: --enterprise once; see liaison-list -h" liaison-list --enterprise $A --enterprise $B
    gives 2 "" "liaison-list: --tag once; see liaison-list -h" liaison-list --unpaired --tag x --tag y
    gives 2 "" "liaison-list: --region once; see liaison-list -h" liaison-list --unpaired --region x --region y
}
