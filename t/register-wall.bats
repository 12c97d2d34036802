#!/usr/bin/env bats
# register-wall: a register by who answers (挂图作战).

load lib/base
load lib/loop

# Three tasks of two leads: one late, one struck off, one that both lead.
tasks() {
    at 2026-01-05T09:00
    center
    printf '序号,重点任务,牵头单位,目标,完成,完成时限\n1,通办,市政务办,30,12,2026-01-31\n2,免证,市政务办 市公安局,,,2026-12-31\n3,<b>&扩面,市公安局,10,10,2026-01-31\n' >t.csv
    quiet register-add --csv t.csv tasks
    quiet register-act --text 已完成 tasks finish 3
    quiet register-act tasks strike-off 3
    at 2026-02-02T09:00
}

@test "by lead, the most late first; an entry of two leads stands with both and counts once" {
    tasks
    call register-wall tasks
    same "$status $stderr" "0 "
    same "$(sed -n 3p <<<"$output")" "徐州市企业服务中心（演示数据），截至2026-02-02：共3项，已完成1项，超期1项。"
    same "$(grep -n '项，完成' <<<"$output" | cut -d : -f 2)" $'徐州市政务服务管理办公室（2项，完成0，超期1）\n徐州市公安局（2项，完成1，超期0）'
    [[ $output == *"推进中（超期）  2026-01-31  ████░░░░░░ 40%"* && $output == *"已销号  2026-01-31  ██████████ 100%"* ]]
    same "$(register-wall --open --org 市公安局 tasks | grep -c '推进中')" 1
    same "$(register-wall -F table tasks)" "$output"
}

@test "as a page: late rows are marked, foreign text is text; as a workbook" {
    tasks
    register-wall -F html tasks >wall.html
    same "$(grep -c '<tr><td class="d late">1</td><td class="late">通办</td>' wall.html)" 1
    [[ $(<wall.html) == *'&lt;b&gt;&amp;扩面'* && $(<wall.html) != *'<b>'* ]]
    register-wall -F xlsx tasks >wall.xlsx
    same "$(unzip -p wall.xlsx xl/styles.xml | grep -c 'FFB3261E')" 1
    [[ $(unzip -p wall.xlsx xl/sharedStrings.xml) == *"████░░░░░░ 40%"* ]]
    same "$(unzip -p wall.xlsx xl/workbook.xml | grep -o '<sheet name="[^"]*"' | wc -l)" 4
}

@test "nothing to hang up, and misuse" {
    center
    call register-wall visits
    same "$status" 1
    gives 2 "" "register-wall: name one register; see register-wall -h" register-wall
    call register-wall -F json tasks
    same "$status" 2
}
