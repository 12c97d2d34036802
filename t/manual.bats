#!/usr/bin/env bats
# The manual: every program, option, key, event type and view is described, nothing is described
# that is not there, and the examples are real.

load lib

MAN=$TREE/man

programs() { for file in "$TREE"/cmd/*.c; do basename "$file" .c; done; }

# What -h prints of the options of PROGRAM alone, or of the common ones: a flag a line, "e" or
# "-exit-status", as it stands behind .Fl in a page.
own_options() { "$1" -h | sed '/^common to all programs/,$d' | flags; }
common_options() { center-check -h | sed '1,/^common to all programs/d' | flags; }
flags() { sed -nE 's/^  (-([A-Za-z0-9]),|   ) -(-[a-z][a-z-]*).*/\2\n\3/p' | sed '/^$/d'; }

# The long options that PAGE names.
named_options() { grep -oE '(^\.|[ (])Fl -[a-z][a-z-]*' "$1" | sed 's/.*Fl //' | sort -u; }

# names PAGE MACRO WORD: PAGE has WORD under MACRO (.Fl, .Ic, .Va).
names() { grep -qE "(^\.|[ (])$2 ${3//./\\.}( |\$)" "$1"; }

# lacks PAGE WHAT: says what is missing, and fails.
lacks() { echo "${1##*/} lacks $2" >&2; return 1; }

# section PAGE TITLE: the text of a .Ss.
section() { awk -v title=".Ss $2" '/^\.S[hs]/ { inside = $0 == title; next } inside' "$1"; }

# array FILE NAME: the texts of a C array of strings, one a line.
array() {
    awk -v start="$2[]" 'index($0, start) { inside = 1 } inside { print } inside && /};/ { exit }' "$1" |
        grep -oE '"[^"]+"' | tr -d '"'
}

# keys FILE ARRAY SECTION: each text of the array is a key in the section of qifu-config(5).
keys() {
    local key found=
    section "$MAN/qifu-config.5" "$3" >section
    for key in $(array "$TREE/common/$1" "$2"); do
        names section Ic "$key" || lacks qifu-config.5 "$3: $key" || return 1
        found=1
    done
    echo "$1 $2" >>checked
    [ "$found" ] || lacks "$1" "the array $2"
}

@test "every program has its page, and every page of section 1 its program" {
    for program in $(programs); do
        [ -s "$MAN/$program.1" ] || lacks man "$program.1" || return 1
        grep -qx ".Nm $program" "$MAN/$program.1" || lacks "$program.1" "its name" || return 1
    done
    for page in "$MAN"/*.1; do
        [ -e "$TREE/cmd/$(basename "$page" .1).c" ] || lacks cmd "$page" || return 1
    done
}

@test "mandoc has nothing to say" {
    run mandoc -T lint -W warning "$MAN"/*.[1-9]
    same "$output" ""
    same "$status" 0
    run grep -l $'\r' "$MAN"/*.[1-9]
    same "$output" ""
}

@test "every page of a program has the usual sections and points to qifu(7)" {
    for page in "$MAN"/*.1; do
        for title in NAME SYNOPSIS DESCRIPTION 'EXIT STATUS' EXAMPLES 'SEE ALSO'; do
            grep -qx "\.Sh $title" "$page" || lacks "$page" "$title" || return 1
        done
        grep -qx '\.Xr qifu 7 \.' "$page" || lacks "$page" "a word on common options" || return 1
    done
}

@test "every option of a program is in its page" {
    for program in $(programs); do
        for option in $(own_options "$program"); do
            names "$MAN/$program.1" Fl "$option" || lacks "$program.1" "-$option" || return 1
        done
    done
}

@test "every common option is in qifu(7)" {
    [ "$(common_options | wc -l)" -ge 17 ]
    for option in $(common_options); do
        names "$MAN/qifu.7" Fl "$option" || lacks qifu.7 "-$option" || return 1
    done
}

@test "every option in a page is one" {
    for program in $(programs); do
        (own_options "$program" && common_options) | sort -u >known
        cat known >>all
        for option in $(named_options "$MAN/$program.1"); do
            grep -qxe "$option" known || lacks "$program" "-$option" || return 1
        done
    done
    for page in "$MAN"/*.[57]; do
        for option in $(named_options "$page"); do
            grep -qxe "$option" all || lacks "every program" "-$option" || return 1
        done
    done
}

@test "every key of the configuration is in qifu-config(5)" {
    keys config.c center_keys center.yaml
    keys config.c kind_keys Kinds
    keys config.c channel_keys 'Channels and districts'
    keys config.c region_keys 'Channels and districts'
    keys config.c level_keys 'The ladder'
    keys orgfile.c file_keys organisations.yaml
    keys orgfile.c org_keys organisations.yaml
    keys cataloguefile.c file_keys catalogue.yaml
    keys cataloguefile.c dispatch_keys catalogue.yaml
    keys cataloguefile.c when_keys Conditions
    keys cataloguefile.c mode_keys Conditions
    keys cataloguefile.c file_keys kind-rules.yaml
    keys cataloguefile.c kind_keys kind-rules.yaml
    keys intake.c ticket_fields headers.yaml
    keys org.c org_fields headers.yaml
}

@test "no list of keys was forgotten" {
    for file in "$TREE"/common/*.c; do
        case ${file##*/} in calendarfile.c) page=qifu-calendar.5 ;; *) page=qifu-config.5 ;; esac
        for list in $(grep -oE '\w+_keys\[\]' "$file"); do
            for key in $(array "$file" "${list%??}"); do
                names "$MAN/$page" Ic "$key" || lacks "$page" "$key of ${file##*/}" || return 1
            done
        done
    done
}

@test "every type of event is in qifu(7), and every one there is written" {
    # As they stand in the sources: .type = "...", and the log_...() calls that are given one.
    grep -hoE '\.type = "[^"]+"|log_[a-z]+\(.*"[a-z-]+".*' "$TREE"/common/*.c |
        grep -oE '"[a-z-]+"' | tr -d '"' | sort -u >written
    [ "$(wc -l <written)" -ge 7 ]
    section "$MAN/qifu.7" 'The log of events' |
        sed -n 's/^\.It Ic //p' | sed 's/ , Ic /\n/g' | sort -u >described
    same "$(cat described)" "$(cat written)"
    # And as they stand in a log.
    at 2020-05-27T09:00
    center
    ticket-new --csv "$TREE/share/demo/tickets.csv" | ticket-route - >/dev/null || true
    escalate >/dev/null
    for type in $(sql 'SELECT DISTINCT type FROM event'); do
        grep -qxe "$type" described || lacks qifu.7 "event $type" || return 1
    done
}

@test "every view and its columns are in qifu(7)" {
    center
    views=$(sql "SELECT name FROM sqlite_master WHERE type = 'view'")
    same "$views" "$(sed -n 's/^CREATE VIEW \([a-z_]*\).*/\1/p' "$TREE/common/schema.sql")"
    for view in $views; do
        awk -v start=".It Va $view" '$0 == start { inside = 1; next } /^\.(It|El)/ { inside = 0 } inside' \
            "$MAN/qifu.7" | tr -c 'a-z_\n' '\n' | sort -u >described
        [ -s described ] || lacks qifu.7 "$view" || return 1
        for column in $(sql "SELECT name FROM pragma_table_info('$view')"); do
            grep -qx "$column" described || lacks qifu.7 "$view.$column" || return 1
        done
    done
}

@test "every environment variable that the programs read is in qifu(7)" {
    for name in $(grep -ohE 'getenv\("[A-Z_]+"\)' "$TREE"/c*/*.c | grep -oE '[A-Z_]+' | sort -u); do
        names "$MAN/qifu.7" Ev "$name" || lacks qifu.7 "$name" || return 1
    done
}

@test "every page that a page points to is there" {
    for page in "$MAN"/*.[1-9]; do
        sed -nE 's/^\.(It )?Xr ([^ ]+) ([0-9]).*/\2.\3/p' "$page" | sort -u | while read -r target; do
            case $target in cron.8 | crontab.5) continue ;; esac
            [ -e "$MAN/$target" ] || lacks man "$target, to which ${page##*/} points" || exit 1
        done || return 1
    done
}

@test "the programs of qifu(7) are all programs" {
    same "$(sed -n 's/^\.It Xr \([^ ]*\) 1$/\1/p' "$MAN/qifu.7" | sort)" "$(programs | sort)"
}

@test "the examples of every page are real, and every page of a program has some" {
    run "$TREE/t/run-examples" -c "$MAN"/*.[1-9]
    same "$(grep -vE '^[a-z-]+\.[0-9] [0-9]+$' <<<"$output")" ""
    same "$status" 0
    same "$(grep -E '\.1 0$' <<<"$output")" ""
    same "$(grep -cE '\.1 [1-9]' <<<"$output")" "$(programs | wc -l)"
}

@test "an example that is wrong is found" {
    printf '%s\n' '.Bd -literal' '$ echo one' 'one' '$ echo two; echo 2 >&2; exit 3' 'two' '.Ed' >wrong.1
    run "$TREE/t/run-examples" wrong.1
    same "$status" 1
    [[ $output == *'$ echo two'* && $output == *+2* && $output != *'$ echo one'* ]]
}
