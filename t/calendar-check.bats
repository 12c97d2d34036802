#!/usr/bin/env bats
# calendar-check: faults in calendar files, found before they are put to use.

load lib/base
at 2026-03-02T09:00 # from November on it says that the calendar ends

# finds STDERR: c.yaml, read from standard input, has these faults. Lines are given as 3: ...
finds() {
    cat >c.yaml
    run --separate-stderr calendar-check c.yaml
    same "$stderr" "$(sed 's/^/calendar-check: c.yaml:/' <<<"$1")"
    same "$output" ""
    same "$status" 1
}

# A good file, with each argument as a line at its end.
good() {
    printf '%s\n' 'calendar: here' 'notices:' '  - title: a notice' '    issued: 2025-11-04' \
        '    covers: 2026' "$@"
}

# refuses STDERR OPERANDS...
refuses() {
    local err_=$1
    shift
    run --separate-stderr calendar-check "$@"
    same "$stderr" "calendar-check: $err_"
    same "$output" ""
    same "$status" 2
}

@test "the calendars that ship are good, and goodness is silent" {
    for calendar in "$TREE"/share/calendars/*; do
        run --separate-stderr calendar-check "$calendar"/*.yaml
        same "$status" 0
        same "$output$stderr" ""
    done
    run --separate-stderr calendar-check "$TREE"/share/calendars/*/*.yaml
    same "$status" 0
    same "$output$stderr" ""
}

@test "the example files of the manual page are good" {
    awk '/^\.Bd -literal/ { n++; inside = 1; next }
        /^\.Ed/ { inside = 0 }
        inside { print >("example" n ".yaml") }' "$TREE/man/qifu-calendar.5"
    run --separate-stderr calendar-check example1.yaml example2.yaml example3.yaml
    same "$output$stderr" ""
    same "$status" 0
    same "$(head -n 1 example2.yaml)" "calendar: xuzhou"
}

# A good law, with each argument as a line at its end, in the table of dates.
law() {
    printf '%s\n' 'calendar: here' 'editions:' '  - title: a law' '    issued: 2007-12-14' \
        '    in_force: 2008-01-01' '    off:' '      10-01..10-03: 国庆节' '      正月初一 -1..+2: 春节' \
        '      中秋: 中秋节' 'dates:' '  2027: {正月初一: 02-06, 中秋: 09-15}' "$@"
}

@test "a law is a file of its own" {
    law '  2028: {正月初一: 01-26, 中秋: 10-03}' >c.yaml
    gives 0 "" "" calendar-check c.yaml
}

@test "faults of a law: dates" {
    law '  2028: {正月初一: 01-26}' | finds '12: 2028: "中秋" is missing'
    law '  2028: {正月初一: 01-26, 中秋: 10-03, 端午: 05-28}' |
        finds '12: "端午" is not a feast of the first year (line 11)'
    law '  2028: {正月初一: 02-30, 中秋: 9-15}' |
        finds $'12: bad day "02-30" (write 02-06)\n12: bad day "9-15" (write 02-06)'
    law '  2029: {正月初一: 02-13, 中秋: 09-22}' |
        finds '12: 2029 follows 2027: the years stand in order, each of them'
    law '  28: {正月初一: 01-26, 中秋: 10-03}' | finds '12: not a year from 1990 to 2119: "28"'
    law '  2028: none' | finds '12: "2028" must be a map of keys and values'
    law | sed 's/^  2027: .*/  2027: [a, b]/' |
        finds $'11: "2027" must be a map of keys and values
8: "正月初一 -1..+2" is neither a day of the year (10-01 or 10-01..10-03) nor a feast of "dates" (alone, or followed by -1..+2)
9: "中秋" is neither a day of the year (10-01 or 10-01..10-03) nor a feast of "dates" (alone, or followed by -1..+2)'
    # more years than there are
    law | { sed '/中秋: 中秋节/d; s/, 中秋: 09-15//'; printf '  %s: {正月初一: 02-06}\n' 2028 $(seq -f %05g 2028 2300); } >c.yaml
    call calendar-check c.yaml
    same "$status $(wc -l <<<"$stderr") $(head -n 1 <<<"$stderr")" \
        '1 273 calendar-check: c.yaml:12: not a year from 1990 to 2119: "02028"'
    printf 'calendar: here\nnotices: []\ndates:\n  2027: {a: 01-01}\n' | finds '3: "dates" without "editions"'
}

@test "faults of a law: editions" {
    local what='is neither a day of the year (10-01 or 10-01..10-03) nor a feast of "dates" (alone, or followed by -1..+2)'
    for days in 10-32 10-03..10-01 10-01...10-03 2027-10-01 端午 "正月初一 -1" "正月初一 2..1" "正月初一 -1..+2 x" "正月初一 0..99"; do
        law | sed "9s/中秋:/$days:/" | finds "9: \"$days\" $what"
    done
    law | sed 's/    in_force: .*/    in_force: 2008-13-01/' | finds '5: bad date "2008-13-01" (write 2025-01-01)
3: in force since a day outside 1990 to 2119'
    law | sed '/in_force/d' | finds '3: "in_force" is missing
3: in force since a day outside 1990 to 2119'
    law | sed 's/    off:/    of:/' | finds '6: unknown key "of" (did you mean off?)
3: "off" is missing'
    law | sed '/^dates/i\  - {title: b, issued: 2013-12-11, in_force: 2008-01-01, off: {01-01: x}}' |
        finds '10: another edition is in force since the same day (c.yaml:3)'
    finds '2: "editions" must be a list' <<<$'calendar: here\neditions: none'
}

@test "a day both off and on" {
    good '    off:' '      2026-02-14..2026-02-16: 春节' '    work:' '      2026-02-15: 春节' |
        finds '9: 2026-02-15 is both off and on in this notice (line 7)'
}

@test "a day that is off twice is found" {
    good '    off:' '      2026-02-14..2026-02-16: 春节' '      2026-02-16: 春节' |
        finds '8: 2026-02-16 stands twice in this notice (line 7)'
}

@test "a make-up day that is no weekend day" {
    good '    work:' '      2026-02-13: 春节' '      2026-02-14: 春节' |
        finds '7: make-up day 2026-02-13 is a 周五, not a weekend day'
    { echo 'weekend: [friday, saturday]'; good '    work:' '      2026-02-13: x' '      2026-02-15: x'; } |
        finds '9: make-up day 2026-02-15 is a 周日, not a weekend day'
}

@test "overlapping notices of one issue date" {
    good '    off:' '      2026-01-01..2026-01-03: a' '  - title: another' '    issued: 2025-11-04' \
        '    covers: 2026' '    work:' '      2026-01-03: b' |
        finds '12: overlaps c.yaml:7 on 2026-01-03, and both notices are of the same day: nothing says which one holds'
    # a day later one of them is an amendment
    sed -i '9s/2025-11-04/2025-11-05/' c.yaml
    run --separate-stderr calendar-check c.yaml
    same "$status$output$stderr" 0
}

@test "overlapping notices of one issue date in two files" {
    good '    off:' '      2026-01-01: a' >a.yaml
    good '    off:' '      2025-12-31..2026-01-02: b' >b.yaml
    run --separate-stderr calendar-check a.yaml b.yaml
    same "$stderr" 'calendar-check: b.yaml:7: overlaps a.yaml:7 on 2026-01-01, and both notices are of the same day: nothing says which one holds'
    same "$status" 1
    # files of two calendars have nothing to do with each other
    sed -i 's/^calendar: here/calendar: there/' b.yaml
    run --separate-stderr calendar-check a.yaml b.yaml
    same "$status$output$stderr" 0
}

@test "a year that is missing between the files" {
    good >a.yaml
    good | sed 's/2026/2029/; s/2025/2028/' >b.yaml
    gives 1 "" 'calendar-check: calendar "here": no notice covers 2027, though 2026 and 2029 are covered (is the file of 2027 missing?)
calendar-check: calendar "here": no notice covers 2028, though 2026 and 2029 are covered (is the file of 2028 missing?)' \
        calendar-check b.yaml a.yaml
    # alone each of them is whole, and an overlay need not speak of each year
    gives 0 "" "" calendar-check a.yaml
    echo 'base: there' >>b.yaml
    gives 0 "" "" calendar-check a.yaml b.yaml
}

@test "from 1 November on it says that the calendar ends" {
    local china=("$TREE"/share/calendars/china/*.yaml)
    gives 0 "" "" calendar-check --now 2026-10-31T23:59:59 "${china[@]}"
    gives 0 "" 'calendar-check: 60 days are left until 2026-12-31, where the calendar "china" ends: 2027 is not announced' \
        calendar-check --now 2026-11-01 "${china[@]}"
    gives 0 "" 'calendar-check: 1 day is left until 2026-12-31, where the calendar "china" ends: 2027 is not announced' \
        calendar-check --now 2026-12-30 "$TREE"/share/calendars/*/*.yaml
    gives 0 "" 'calendar-check: the calendar "china" ended on 2026-12-31, 5 days ago: 2027 is not announced' \
        calendar-check --now 2027-01-05 "${china[@]}"
    gives 0 "" "" calendar-check -q --now 2026-12-30 "${china[@]}"
    # with the next year's file, and for an older file by itself, there is nothing to say
    sed 's/2026/2027/; s/^calendar: here/calendar: china/' <(good) >2027.yaml
    gives 0 "" "" calendar-check --now 2026-12-30 "${china[@]}" 2027.yaml
    gives 0 "" "" calendar-check --now 2026-12-30 "$TREE/share/calendars/china/2020.yaml" "$TREE/share/calendars/china/law.yaml"
}

@test "bad dates are found, each at its line" {
    good '    off:' '      2026-02-29: a' '      2026-2-1: b' '      2026-03-01..2026-03-32: c' \
        '      2026-03-05..2026-03-01: d' '      2026-01-01..2026-12-31: e' '      1989-12-31: f' \
        '      2026-04-01...2026-04-02: g' |
        finds '7: bad date "2026-02-29" (write 2020-01-24 or 2020-01-24..2020-01-30)
8: bad date "2026-2-1" (write 2020-01-24 or 2020-01-24..2020-01-30)
9: bad date "2026-03-01..2026-03-32" (write 2020-01-24 or 2020-01-24..2020-01-30)
10: "2026-03-05..2026-03-01" ends before it begins, or is longer than 60 days
11: "2026-01-01..2026-12-31" ends before it begins, or is longer than 60 days
12: "1989-12-31" lies outside 1990 to 2119
13: bad date "2026-04-01...2026-04-02" (write 2020-01-24 or 2020-01-24..2020-01-30)'
    good | sed 's/2025-11-04/2025-11-31/' | finds '4: bad date "2025-11-31" (write 2019-11-21)'
    good | sed 's/covers: 2026/covers: 26/' |
        finds '5: "covers" must be a whole number from 1990 to 2119'
}

@test "unknown keys, with the nearest" {
    good '    of:' '      2026-01-01: a' | finds '6: unknown key "of" (did you mean off?)'
    { good; echo 'zzzzzzzz: 1'; } | finds '6: unknown key "zzzzzzzz" (calendar, base, weekend, source, licence, notices, editions or dates)'
    good '    titel: b' | finds '6: unknown key "titel" (did you mean title?)'
    { echo 'weekend: [saturday, caturday]'; good; } |
        finds '1: not a day of the week: "caturday" (sunday .. saturday)'
}

@test "missing keys are found" {
    finds '1: "calendar" is missing' <<<'notices: []'
    finds '1: "notices" is missing' <<<'calendar: here'
    finds '3: "title" is missing
3: "issued" is missing
3: "covers" is missing' <<<$'calendar: here\nnotices:\n  - number: x'
    good | sed 's/a notice/""/' | finds '3: "title" is missing'
}

@test "values of another shape are found" {
    finds '2: "notices" must be a list' <<<$'calendar: here\nnotices: none'
    finds '1: a map of keys and values is expected here' <<<'- here'
    good '    off: [2026-01-01]' | finds '6: "off" must be a map of keys and values'
    good '    off:' | finds '6: "off" must be a map of keys and values'
    good '    title: b' '    off:' | finds '6: duplicate key "title"'
}

@test "a duplicate key is found" {
    good '    off:' '      2026-01-01: a' '      2026-01-01: b' |
        finds '8: duplicate key "2026-01-01"'
    { good; echo 'calendar: there'; } | finds '6: duplicate key "calendar"'
}

@test "an anchor and an alias" {
    local message='anchors and aliases are not used here: write the value out'
    good '    off: &days' '      2026-01-01: a' | finds "6: $message"
    good '    off: *days' | finds "6: $message"
}

@test "a second document is found" {
    { good; echo ---; good; } | finds '6: a second document: one file holds one'
}

@test "an empty file, and one of comments" {
    finds '1: the file is empty' </dev/null
    finds '1: the file is empty' <<<'# nothing'
}

@test "not YAML, and not UTF-8" {
    printf 'calendar: "here\nnotices: []\n' >c.yaml
    run --separate-stderr calendar-check c.yaml
    same "$status" 1
    same "${#stderr_lines[@]}" 1
    [[ $stderr == "calendar-check: c.yaml:"[0-9]*": "* ]]
    printf 'calendar: here\nnotices: []\nsource: \316\322\n' >c.yaml
    run --separate-stderr calendar-check c.yaml
    same "$status" 1
    same "${#stderr_lines[@]}" 1
    [[ $stderr == "calendar-check: c.yaml:"[0-9]*": "* ]]
}

@test "all faults of a file, and of all files, are reported" {
    good '    off:' '      2026-02-30: a' '      2026-03-03: b' '    work:' '      2026-03-03: c' \
        '    wrok: d' '  - title: other' >c.yaml
    echo 'calendar: x' >d.yaml
    run --separate-stderr calendar-check d.yaml c.yaml
    same "$stderr" 'calendar-check: d.yaml:1: "notices" is missing
calendar-check: c.yaml:11: unknown key "wrok" (did you mean work?)
calendar-check: c.yaml:7: bad date "2026-02-30" (write 2020-01-24 or 2020-01-24..2020-01-30)
calendar-check: c.yaml:10: 2026-03-03 is both off and on in this notice (line 8)
calendar-check: c.yaml:10: make-up day 2026-03-03 is a 周二, not a weekend day
calendar-check: c.yaml:12: "issued" is missing
calendar-check: c.yaml:12: "covers" is missing'
    same "$status" 1
}

@test "a file that cannot be read is a failure, and the others are checked" {
    refuses "none.yaml: No such file or directory" none.yaml
    refuses ".: Is a directory" .
    echo 'calendar: x' >d.yaml
    refuses 'none.yaml: No such file or directory
calendar-check: d.yaml:1: "notices" is missing' d.yaml none.yaml
    if [ "$(id -u)" != 0 ]; then
        chmod 000 d.yaml
        refuses "d.yaml: Permission denied" d.yaml
    fi
}

@test "a wrong command line is refused, with what would be right" {
    refuses "name the files to check; see calendar-check -h"
    refuses 'unknown option "-x"; see calendar-check -h' -x
    refuses 'unknown option "--all"; see calendar-check -h' --all c.yaml
}

@test "a bare environment and a full disk" {
    run --separate-stderr env -i "$BIN/calendar-check" "$TREE/share/calendars/china/2020.yaml"
    same "$status$output$stderr" 0
    sh_run 'calendar-check -h >/dev/full'
    same "$stderr" "calendar-check: cannot write to standard output: No space left on device"
    same "$status" 2
}
