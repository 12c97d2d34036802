#!/usr/bin/env bats
# workday: adding, counting, looking up and listing working days.

load lib/base

# prints STDOUT OPERANDS...: workday succeeds, says this and nothing else.
prints() {
    local out_=$1
    shift
    gives 0 "$out_" "" workday "$@"
}

# refuses STDERR OPERANDS...: workday fails with this one line.
refuses() {
    local err_=$1
    shift
    gives 2 "" "workday: $err_" workday "$@"
}

# row RECEIVED DUE1 DUE3 DUE5 [OVERDUE1 OVERDUE3 OVERDUE5]: a line of the table of qifu-rules(7)
row() {
    prints "$2" add "$1" 1 && prints "$3" add "$1" 3 && prints "$4" add "$1" 5 || return
    prints "$5" add "$4" 1 && prints "$6" add "$4" 3 && prints "$7" add "$4" 5 || return
    prints 1 count "$1" "$2" && prints 3 count "$1" "$3" && prints 5 count "$1" "$4" || return
    prints 5 count "$4" "$7"
}

# A copy of the configuration, to be changed.
own_config() {
    cp -r "$TREE/share" "$T/share"
    export QIFU_CONFIG=$T/share
}

@test "the golden deadlines hold" {
    row 2020-01-19 2020-01-20 2020-01-22 2020-02-03 2020-02-04 2020-02-06 2020-02-10
    row 2020-01-22 2020-01-23 2020-02-04 2020-02-06 2020-02-07 2020-02-11 2020-02-13
    row 2019-04-30 2019-05-05 2019-05-07 2019-05-09 2019-05-10 2019-05-14 2019-05-16
    row 2025-01-24 2025-01-26 2025-02-05 2025-02-07 2025-02-08 2025-02-11 2025-02-13
    row 2025-09-28 2025-09-29 2025-10-09 2025-10-11 2025-10-13 2025-10-15 2025-10-17
    row 2026-02-13 2026-02-14 2026-02-25 2026-02-27 2026-02-28 2026-03-03 2026-03-05
    row 2026-09-18 2026-09-20 2026-09-22 2026-09-24 2026-09-28 2026-09-30 2026-10-09
}

@test "the golden deadlines as known on a date" {
    prints 2020-01-23 add --as-known 2020-01-22 2020-01-22 1
    prints 2020-02-01 add --as-known 2020-01-22 2020-01-22 3
    prints 2020-02-04 add --as-known 2020-01-22 2020-01-22 5
    prints 2020-02-06 add --as-known 2020-01-26 2020-01-22 5
    # 2019 as first published: the first of May alone
    prints 2019-05-02 add --as-known 2019-03-21 2019-04-30 1
    prints 2019-05-05 add --as-known 2019-03-22 2019-04-30 1
    # 2015: 3 to 5 September off since the notice of 13 May
    prints 2015-09-03 add --as-known 2015-05-12 2015-09-02 1
    prints 2015-09-06 add --as-known 2015-05-13 2015-09-02 1
    # before the first notice of a year it is not announced
    prints $'2020-01-24\tprovisional' add --as-known 2019-11-20 2020-01-23 1
    prints $'2026-02-16\tprovisional' add --as-known 1999-01-01 2026-02-13 1
}

@test "natural days roll over rest days, not over a make-up Saturday" {
    prints 2025-10-09 add --natural 2025-09-18 15
    prints 2025-10-11 add 2025-09-26 15 --natural
    prints 2026-02-24 add --natural 2026-02-15 0
    prints 2026-02-13 add --natural 2026-02-14 -1
    prints 2026-02-24 add --natural 2026-02-24 -1
    prints $'2027-01-04\tprovisional' add --natural 2026-12-31 1
    prints $'2027-01-04\tprovisional' add --natural 2026-12-31 2
}

@test "the working days left after a suspension" {
    prints 2025-10-10 add 2025-09-26 5
    prints 2 count 2025-09-26 2025-09-29
    prints 2025-10-14 add 2025-10-10 3
}

@test "nothing and less than nothing" {
    prints 2026-02-13 add 2026-02-13 0
    prints 2026-02-24 add 2026-02-15 0
    prints 2026-02-13 add 2026-02-14 -1
    prints 2026-02-14 add 2026-02-20 -1
    prints 2026-02-06 add 2026-02-13 -5
    prints 2026-02-06 add 2026-02-13 -5 --calendar china
    prints 2026-02-14 add 2026-02-13 +1
    prints 0 count 2026-02-15 2026-02-23
    prints -1 count 2026-02-14 2026-02-13
    prints 0 count 2026-02-13 2026-02-13
}

@test "beyond the announced years an answer is provisional" {
    prints $'2027-01-04\tprovisional' add 2026-12-31 1
    prints $'2027-01-05\tprovisional' add 2027-01-04 1
    prints $'2026-12-31\tprovisional' add 2027-01-05 -2
    prints 2026-12-31 add 2026-12-30 1
    # 2006-12-30 is a make-up day of 2007's notice, but the year 2006 is not announced
    prints $'2006-12-30\tprovisional' add 2006-12-29 1
    prints $'1\tprovisional' count 2026-12-31 2027-01-04
    prints 248 count 2025-12-31 2026-12-31
    prints $'2027-01-04\tyes\tworkday\tmonday\t-\t-\t-\tprovisional' is 2027-01-04
    gives 1 $'2027-01-02\tno\tweekend\tsaturday\t-\t-\t-\tprovisional' "" workday is 2027-01-02
}

@test "the golden deadlines beyond the announced years" {
    local day
    for day in "1 2027-01-04" "3 2027-01-06" "5 2027-01-08" "6 2027-01-11" "8 2027-01-13" "10 2027-01-15"; do
        prints "${day#* }"$'\tprovisional' add 2026-12-31 "${day% *}"
    done
}

@test "the law's own days are off without a notice, and certain" {
    local law=$'全国年节及纪念日放假办法（2024年修订）\t国务院令第795号\t-'
    gives 1 $'2027-01-01\tno\tlaw\tfriday\t元旦\t'"$law" "" workday is 2027-01-01
    gives 1 $'2027-02-07\tno\tlaw\tsunday\t春节\t'"$law" "" workday is 2027-02-07
    gives 1 "日期        上班  依据        星期  节日    通知                                    文号             暂定
2027-05-02  否    法定节假日  周日  劳动节  全国年节及纪念日放假办法（2024年修订）  国务院令第795号  -" "" \
        workday -F table is 2027-05-02
    # no notice changes a count that ends with them
    prints 0 count 2026-12-31 2027-01-01
    prints 2026-12-31 add 2027-01-01 -1
    prints $'0\tprovisional' count 2026-12-31 2027-01-02
    prints $'82\tprovisional' count 2026-12-31 2027-05-01
    sh_run 'workday list 2027-01 | sed -n 1,4p | cut -f 1,3-5,7,8'
    same "$output" $'2027-01-01\toff\tlaw\t元旦\t国务院令第795号\t-
2027-01-02\toff\tweekend\t-\t-\tprovisional
2027-01-03\toff\tweekend\t-\t-\tprovisional
2027-01-04\tworking\tworkday\t-\t-\tprovisional'
    # the days that do not move are known where the table of the feasts has ended
    sh_run 'for m in 01 02 05 10; do workday list 2040-$m; done | grep law | cut -f 1 | xargs'
    same "$output" "2040-01-01 2040-05-01 2040-05-02 2040-10-01 2040-10-02 2040-10-03"
}

@test "as known on a date: by the editions of the law that were issued" {
    # of EDITION'S ISSUE DATE YEAR: the days of the law in that year, as known then
    of() {
        for month in 01 02 03 04 05 06 07 08 09 10 11 12; do
            workday list --as-known "$1" "$2-$month"
        done | awk '$4 == "law" { print substr($1, 6) }' | xargs
    }
    same "$(of 2007-12-13 2008)" ""
    same "$(of 2007-12-14 2008)" "01-01 02-06 02-07 02-08 04-04 05-01 06-08 09-14 10-01 10-02 10-03"
    same "$(of 2013-12-10 2014)" "01-01 01-30 01-31 02-01 04-05 05-01 06-02 09-08 10-01 10-02 10-03"
    same "$(of 2013-12-11 2015)" "01-01 02-19 02-20 02-21 04-05 05-01 06-20 09-27 10-01 10-02 10-03"
    same "$(of 2024-11-09 2025)" "01-01 01-29 01-30 01-31 04-04 05-01 05-31 10-01 10-02 10-03 10-06"
    same "$(of 2024-11-10 2025)" "01-01 01-28 01-29 01-30 01-31 04-04 05-01 05-02 05-31 10-01 10-02 10-03 10-06"
    # from the day of the notice on the notice says it
    same "$(of 2024-11-12 2025)" ""
    same "$(of 2026-11-01 2026)" ""
    # an edition that was issued is in force from its day on, not before
    sh_run 'workday is --as-known 2013-12-11 2013-12-31 | cut -f 3,8; workday is --as-known 2012-01-01 2013-02-09 | cut -f 3,7'
    same "$output" $'workday\t-\nlaw\t国务院令第513号'
}

@test "the feasts of the law fall on the days that others compute" {
    grep -v '^#' "$TREE/t/lib/feasts" >expected
    sed -n '/^dates:/,$ { s/[{},:]/ /g; p }' "$TREE/share/calendars/china/law.yaml" | sed 1d |
        awk '{ print $1, $1 "-" $3, $1 "-" $5, $1 "-" $7, $1 "-" $9 }' >got
    [ "$(wc -l <got)" -ge 29 ]
    cmp got expected
    # and so do the days off, of ten years to come: thirteen a year, save where two fall together
    while read -r year spring qingming duanwu mid_autumn; do
        [ "$year" -ge 2027 ] || continue
        for day in "$spring - 1 day" "$spring" "$spring + 1 day" "$spring + 2 days" "$year"-{01-01,05-01,05-02,10-01,10-02,10-03} \
            "$qingming" "$duanwu" "$mid_autumn"; do
            date -d "$day" +%F
        done
    done <expected | sort -u >expected_days
    for month in {2027..2036}-{01..12}; do workday list "$month"; done >listed
    awk '$4 == "law" { print $1 }' listed >got_days
    cmp got_days expected_days
    same "$(wc -l <got_days)" 128
}

@test "a new year's file moves the horizon" {
    own_config
    cat >"$T/share/calendars/china/2027.yaml" <<'YAML'
calendar: china
notices:
  - title: a notice for 2027
    issued: 2026-11-01
    covers: 2027
    off:
      2027-01-01..2027-01-03: 元旦
YAML
    prints 2027-01-04 add 2026-12-31 1
    prints $'2027-01-04\tprovisional' add --as-known 2026-10-31 2026-12-31 1
    prints $'2028-01-03\tprovisional' add 2027-12-31 1
}

@test "a year missing among the announced ones is a fault, not an announced year" {
    own_config
    rm "$T/share/calendars/china/2015.yaml"
    local fault='calendar "china": no notice covers 2015, though 2007 and 2026 are covered (is the file of 2015 missing?)'
    refuses "$fault" is 2015-09-03
    refuses "$fault" add --as-known 2012-01-01 2012-01-20 1
    QIFU_DB=$T/new.db gives 2 "" "center-init: $fault" center-init -n
    # what is missing at the ends is not announced
    cp "$TREE/share/calendars/china/2015.yaml" "$T/share/calendars/china/"
    rm "$T"/share/calendars/china/20{07,26}.yaml
    prints $'2026-01-02\tprovisional' add 2025-12-31 1
}

@test "is: a record and a status" {
    local notice=国务院办公厅关于2026年部分节假日安排的通知 number=国办发明电〔2025〕7号
    prints $'2026-02-13\tyes\tworkday\tfriday\t-\t-\t-\t-' is 2026-02-13
    prints $'2026-02-14\tyes\tmake-up\tsaturday\t春节\t'"$notice"$'\t'"$number"$'\t-' is 2026-02-14
    gives 1 $'2026-02-16\tno\tholiday\tmonday\t春节\t'"$notice"$'\t'"$number"$'\t-' "" \
        workday is 2026-02-16
    gives 1 $'2026-03-07\tno\tweekend\tsaturday\t-\t-\t-\t-' "" workday is 2026-03-07
    gives 1 "日期        上班  依据    星期  节日  通知  文号  暂定
2026-03-07  否    休息日  周六  -     -     -     -" "" workday -F table is 2026-03-07
    # the amendment settles the day, and before it the first notice
    sh_run 'workday is 2020-01-31 | cut -f 2-3,7; workday is --as-known 2020-01-25 2020-01-30 | cut -f 7'
    same "$output" $'no\tholiday\t国办发明电〔2020〕1号\n国办发明电〔2019〕16号'
}

@test "list prints each day of a month" {
    sh_run 'workday list 2026-02 | cut -f 1-5'
    same "$status" 0
    same "${#lines[@]}" 28
    same "${lines[0]}" $'2026-02-01\tsunday\toff\tweekend\t-'
    same "${lines[1]}" $'2026-02-02\tmonday\tworking\tworkday\t-'
    same "${lines[13]}" $'2026-02-14\tsaturday\tworking\tmake-up\t春节'
    same "${lines[14]}" $'2026-02-15\tsunday\toff\tholiday\t春节'
    same "${lines[27]}" $'2026-02-28\tsaturday\tworking\tmake-up\t春节'
    sh_run 'workday list 2024-02 | wc -l; workday list 2027-12 | cut -f 8 | sort -u'
    same "$output" $'29\nprovisional'
    sh_run 'workday list -F table 2026-02 | sed -n 15p'
    same "$output" "2026-02-14  周六  上班  调休上班  春节  国务院办公厅关于2026年部分节假日安排的通知  国办发明电〔2025〕7号  -"
}

@test "every day of 2007 to 2026 is as settled" {
    thorough
    need_data calendar/workdays-2007-2026.csv
    for year in $(seq 2007 2026); do
        for month in 01 02 03 04 05 06 07 08 09 10 11 12; do
            workday list "$year-$month" || return 1
        done
    done >"$T/list"
    awk -F '\t' '{ print $1 "," ($3 == "working") }' "$T/list" >"$T/got"
    sed 1d "$DATA/calendar/workdays-2007-2026.csv" | cut -d , -f 1,2 >"$T/expected"
    same "$(wc -l <"$T/expected")" 7305
    cmp "$T/got" "$T/expected"
}

# Writes input and expected output of COUNT additions to $T, by prefix arithmetic of its own.
prefix_arithmetic() {
    sed 1d "$DATA/calendar/workdays-2007-2026.csv" | awk -F , -v count="$1" \
        -v input="$T/input" -v expected="$T/expected" '
        { day[NR] = $1; on[NR] = $2; if ($2) nth[++ended] = $1; ends[NR] = ended }
        END {
            for (j = 0; j < count; j++) {
                i = 400 + (j * 7919) % (NR - 800)
                n = (j * 31) % 501 - 250
                index_ = ends[i] + n + (n <= 0 && on[i] ? 0 : n <= 0 ? 1 : 0)
                print day[i] "\t" n >input
                print nth[index_] >expected
            }
        }'
}

@test "a million lines in one process" {
    need_data calendar/workdays-2007-2026.csv
    prefix_arithmetic 1000000
    workday add - <"$T/input" >"$T/got" 2>"$T/errors"
    cmp "$T/got" "$T/expected"
    [ ! -s "$T/errors" ]
    same "$(wc -l <"$T/got")" 1000000
}

@test "counting is the inverse of adding, in every format of many lines" {
    need_data calendar/workdays-2007-2026.csv
    prefix_arithmetic 10000
    # from a working day, n days on: n
    awk -F '\t' '$2 > 0' "$T/input" >"$T/forward"
    workday add - <"$T/forward" | paste "$T/forward" - | awk '{ print $1 "\t" $3 }' >"$T/pairs"
    workday count - <"$T/pairs" >"$T/counts"
    cut -f 2 "$T/forward" | cmp - "$T/counts"
    workday -F csv add - <"$T/input" | tr -d '\r' | sed '1d; s/,$//' | cmp - "$T/expected"
    workday -F json add - <"$T/input" | cut -d '"' -f 4 | cmp - "$T/expected"
    workday -F table add - <"$T/input" | sed 1d | cut -c 1-10 | cmp - "$T/expected"
}

@test "table, csv and json say the same" {
    prints $'date\tprovisional\n2026-02-14' -H add 2026-02-13 1
    prints $'date\tprovisional\n2026-02-14' -HF tsv add 2026-02-13 1
    prints '{"date":"2026-02-14","provisional":null}' -F json add 2026-02-13 1
    prints '{"date":"2027-01-04","provisional":"provisional"}' -F json add 2026-12-31 1
    prints $'\xef\xbb\xbf日期,暂定\r\n2026-02-14,\r' -F csv add 2026-02-13 1
    prints $'日期        暂定\n2027-01-04  暂定' -F table add 2026-12-31 1
    prints '{"days":5,"provisional":null}' -F json count 2026-02-13 2026-02-27
    sh_run 'workday add 2026-02-13 1 | od -An -c | tr -d " "'
    same "$output" '2026-02-14\n'
    sh_run 'workday -F json list 2026-02 | jq -r "select(.reason == \"make-up\") | .date"'
    same "$output" $'2026-02-14\n2026-02-28'
}

@test "bad lines are reported and skipped" {
    printf '2026-02-13\t1\r\n\nbad\n2026-02-30\t3\n2026-02-13\tx\n2026-02-13\t5\tignored\n' >in
    printf '2026-02-13\t99999999999999999999\n2026-02-13\t1\0x\n\033[31m\t1\n2026-12-31\t1' >>in
    run --separate-stderr workday add - <in
    same "$output" $'2026-02-14\n2026-02-27\n2027-01-04\tprovisional'
    same "$stderr" 'workday: standard input:3: not two fields with a TAB between them: "bad"
workday: standard input:4: not a date: "2026-02-30" (write 2020-05-27)
workday: standard input:5: not a whole number: "x"
workday: standard input:7: 2026-02-13 and 999999999999... days: outside the calendar'\''s range (1990 to 2119)
workday: standard input:8: not two fields with a TAB between them: "2026-02-13"
workday: standard input:9: not a date: "␛[31m" (write 2020-05-27)'
    same "$status" 2

    printf '2026-02-13\t2026-02-27\n2026-02-13\n1989-12-31\t2026-01-01\n2026-12-31\t2027-01-04\n' >in
    run --separate-stderr workday count - <in
    same "$output" $'5\n1\tprovisional'
    same "$stderr" 'workday: standard input:2: not two fields with a TAB between them: "2026-02-13"
workday: standard input:3: outside the calendar'\''s range: "1989-12-31" (1990 to 2119)'
    same "$status" 2
}

@test "no lines give no answers" {
    prints "" add -
    prints "" count -
}

@test "other ways to write a date" {
    prints 2026-02-14 add 2026/2/13 1
    prints 2026-02-14 add 2026-02-13T23:59:59+08:00 1
    prints 2026-02-14 add 2026-02-12T16:00:00Z 1
    prints 2026-02-14 add 2026年2月13日 1
}

@test "the end of the range is an error" {
    local range="outside the calendar's range"
    prints $'1990-01-01\tprovisional' add 1990-01-01 0
    refuses "1990-01-01 and -1 days: $range (1990 to 2119)" add 1990-01-01 -1
    refuses "2119-12-29 and 3 days: $range (1990 to 2119)" add 2119-12-29 3
    refuses "2119-12-29 and 3 days: $range (1990 to 2119)" add --natural 2119-12-29 3
    refuses "2020-01-01 and 999999999999... days: $range (1990 to 2119)" \
        add 2020-01-01 99999999999999999999
    refuses "2020-01-01 and -2147483648 days: $range (1990 to 2119)" add 2020-01-01 -2147483648
    refuses "$range: \"1989-12-31\" (1990 to 2119)" add 1989-12-31 5
    refuses "$range: \"1989-12-31\" (1990 to 2119)" add --natural 1989-12-31 5
    refuses "$range: \"2120-01-01\" (1990 to 2119)" count 2020-01-01 2120-01-01
    refuses "$range: \"2120-01-01\" (1990 to 2119)" is 2120-01-01
    refuses "$range: \"1989-12\" (1990 to 2119)" list 1989-12
    refuses "$range: \"2120-01\" (1990 to 2119)" list 2120-01
}

@test "the calendar of England and Wales" {
    prints 2026-12-29 --calendar england-and-wales add 2026-12-24 1
    prints 2027-01-04 --calendar england-and-wales add 2026-12-31 1
    prints 2026-02-16 --calendar england-and-wales add 2026-02-13 1
    gives 1 $'2027-03-26\tno\tholiday\tfriday\tGood Friday\tUK bank holidays, England and Wales, 2027\t-\t-' \
        "" workday --calendar england-and-wales is 2027-03-26
    prints $'2028-01-03\tprovisional' --calendar england-and-wales add 2027-12-31 1
    # a calendar without a law: beyond its years weekends alone
    prints $'2028-01-05\tyes\tworkday\twednesday\t-\t-\t-\tprovisional' --calendar england-and-wales is 2028-01-05
    prints $'2029-01-01\tyes\tworkday\tmonday\t-\t-\t-\tprovisional' --calendar england-and-wales is 2029-01-01
}

@test "an overlay adds its own days to its base, and announces no year" {
    own_config
    mkdir "$T/share/calendars/xuzhou"
    cat >"$T/share/calendars/xuzhou/own.yaml" <<'YAML'
calendar: xuzhou
base: china
notices:
  - title: a flood
    issued: 2018-06-01
    covers: 2026
    off:
      2026-09-21: 防汛
    work:
      2026-09-26: 防汛
  - title: far ahead
    issued: 2026-06-01
    covers: 2027
    off:
      2027-01-01: 元旦
YAML
    prints 2026-09-20 --calendar xuzhou add 2026-09-18 1
    prints 2026-09-22 --calendar xuzhou add 2026-09-18 2
    prints 2026-09-21 add 2026-09-18 2
    # above its base whatever the issue date; the base's other days hold
    sh_run 'workday --calendar xuzhou is 2026-09-26 | cut -f 2,3,6'
    same "$output" $'yes\tmake-up\ta flood'
    gives 1 $'2026-09-25\tno\tholiday\tfriday\t中秋节\t国务院办公厅关于2026年部分节假日安排的通知\t国办发明电〔2025〕7号\t-' \
        "" workday --calendar xuzhou is 2026-09-25
    prints $'2027-01-04\tprovisional' --calendar xuzhou add 2026-12-31 1
    # an overlay has its base's law, and its own days stand above that
    sh_run 'for d in 2027-01-01 2027-02-05; do workday --calendar xuzhou is $d; done | cut -f 3,6,8'
    same "$output" $'holiday\tfar ahead\tprovisional\nlaw\t全国年节及纪念日放假办法（2024年修订）\t-'
    # as the center's own calendar
    sed -i 's/^calendar: china/calendar: xuzhou/' "$T/share/center.yaml"
    prints 2026-09-22 add 2026-09-18 2
    prints 2026-09-21 --calendar china add 2026-09-18 2
    # two files, two bases
    printf 'calendar: xuzhou\nbase: england-and-wales\nnotices: []\n' \
        >"$T/share/calendars/xuzhou/z.yaml"
    refuses "$T/share/calendars/xuzhou/z.yaml:2: another file of this calendar names another base, \"china\"" \
        add 2026-09-18 2
}

@test "a faulty calendar is refused, not used" {
    own_config
    sed -i 's/2026-02-28: 春节/2026-02-27: 春节/' "$T/share/calendars/china/2026.yaml"
    refuses "$T/share/calendars/china/2026.yaml:22: make-up day 2026-02-27 is a 周五, not a weekend day" \
        add 2026-02-13 1
}

@test "a wrong command line is refused, with what would be right" {
    refuses "a command is missing (add, count, is or list); see workday -h"
    refuses 'unknown command "ad" (did you mean add?); see workday -h' ad 2026-02-13 1
    refuses 'unknown command "frobnicate" (add, count, is or list); see workday -h' frobnicate
    refuses "add takes DATE N, or -; see workday -h" add
    refuses "add takes DATE N, or -; see workday -h" add 2026-02-13
    refuses "add takes DATE N, or -; see workday -h" add 2026-02-13 1 2
    refuses "count takes FROM TO, or -; see workday -h" count 2026-02-13
    refuses "is takes DATE; see workday -h" is
    refuses "list takes YYYY-MM; see workday -h" list 2026-02 2026-03
    refuses 'not a date: "2026-02-30" (write 2020-05-27)' add 2026-02-30 1
    refuses 'not a date: "today" (write 2020-05-27)' is today
    refuses 'not a date: "-" (write 2020-05-27)' is -
    refuses 'not a date: "" (write 2020-05-27)' is ""
    refuses 'not a date: "2026-02" (write 2020-05-27)' count 2026-02-01 2026-02
    refuses 'not a whole number: "1.5"' add 2026-02-13 1.5
    refuses 'not a whole number: ""' add 2026-02-13 ""
    refuses 'not a whole number: "-"' add 2026-02-13 -
    refuses 'not a month: "2026-13" (write 2020-05)' list 2026-13
    refuses 'not a month: "2026-02-01" (write 2020-05)' list 2026-02-01
    refuses "--natural goes with add; see workday -h" --natural count 2026-02-13 2026-02-14
    refuses 'not a date: "soon" (write 2020-05-27); see workday -h' --as-known soon is 2026-02-13
    refuses "no calendar \"chine\": $TREE/share/calendars/chine: No such file or directory" \
        --calendar chine is 2026-02-13
    refuses 'not the name of a calendar: ".."' --calendar .. is 2026-02-13
    refuses 'not the name of a calendar: ""' --calendar "" is 2026-02-13
    refuses 'unknown option "--naturl" (did you mean --natural?); see workday -h' \
        --naturl add 2026-02-13 1
    refuses 'unknown option "-x"; see workday -h' -x is 2026-02-13
}

@test "a message holds a short piece of a long operand, whole characters only" {
    local long=节节节节节节节节节节节节节节节节节节节节
    refuses "not a date: \"${long:0:45}...\" (write 2020-05-27)" is "$long"
}

@test "a full disk and a closed standard output are failures" {
    sh_run 'workday add 2026-02-13 1 >/dev/full'
    same "$stderr" "workday: cannot write to standard output: No space left on device"
    same "$status" 2
    sh_run 'workday list 2026-02 >/dev/full'
    same "$stderr" "workday: cannot write to standard output: No space left on device"
    same "$status" 2
    sh_run 'workday add 2026-02-13 1 >&-'
    same "$stderr" "workday: cannot write to standard output: Bad file descriptor"
    same "$status" 2
}

@test "a reader that goes away ends the work quietly" {
    awk 'BEGIN { for (i = 0; i < 100000; i++) print "2026-02-13\t1" }' >in
    for format in tsv json csv table; do
        sh_run "workday -F $format add - <in | head -n 1"
        same "$stderr" ""
        same "$status" 141
        same "${#lines[@]}" 1
    done
    sh_run 'trap "" PIPE; workday add - <in | head -n 1'
    same "$output" 2026-02-14
    same "$stderr" ""
    same "$status" 141
}

@test "a bare environment will do" {
    gives 0 2026-02-14 "" env -i "$BIN/workday" -C "$TREE/share" add 2026-02-13 1
    gives 0 2026-02-14 "" env -i TZ=America/New_York "$BIN/workday" -C "$TREE/share" \
        add 2026-02-13T00:30+08:00 1
}

# Runs each command of the examples in a manual page, and compares what it prints.
run_examples() {
    awk -v out="$T/example" '
        /^\.Bd -literal/ { in_block = 1; next }
        /^\.Ed/ { in_block = 0 }
        in_block && /^\$ / { n++; print substr($0, 3) >(out "." n ".cmd"); printf "" >(out "." n ".out"); next }
        in_block && n { gsub(/\\&/, ""); print >(out "." n ".out") }' "$TREE/man/$1"
    local n=0 command
    while [ -e "$T/example.$((++n)).cmd" ]; do
        command=$(sed 's/\\e/\\/g' "$T/example.$n.cmd")
        sh_run "$command 2>&1"
        same "$output" "$(sed 's/\\e/\\/g' "$T/example.$n.out")" || return 1
        rm "$T/example.$n.cmd"
    done
    [ "$n" -gt 2 ]
}

@test "the examples of the manual pages are real" {
    at 2020-05-27T09:00
    run_examples workday.1
    run_examples calendar-check.1
}
