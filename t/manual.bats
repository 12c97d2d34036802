#!/usr/bin/env bats
# The manual: every program, option, key, event type and view is described, nothing is described
# that is not there, and the examples are real.

load lib/base

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

# all_named PAGE MACRO: every word that stands under the macro there, sorted.
all_named() { sed -E "s/(^\.|[ (])$2 /\n\1$2 /g" "$1" | sed -nE "s/^[.( ]$2 ([^ ]+).*/\1/p" | sort -u; }

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
    local missing
    section "$MAN/qifu-config.5" "$3" >section
    array "$TREE/common/$1" "$2" | sort -u >keys
    missing=$(all_named section Ic | comm -23 keys -)
    [ -z "$missing" ] || lacks qifu-config.5 "$3: $missing" || return 1
    echo "$1 $2" >>checked
    [ -s keys ] || lacks "$1" "the array $2"
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

@test "qifu lists every program once, in the words of its page" {
    for program in $(programs); do
        printf '%s\t%s\n' "$program" "$(sed -n 's/^\.Nd //p' "$MAN/$program.1")"
    done | sort >pages
    qifu | cut -f 1,3 | sort >listed
    run diff pages listed
    same "$output" ""
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
        own_options "$program" | sort -u >own
        missing=$(all_named "$MAN/$program.1" Fl | comm -23 own -)
        [ -z "$missing" ] || lacks "$program.1" "-$missing" || return 1
    done
}

@test "every common option is in qifu(7)" {
    [ "$(common_options | wc -l)" -ge 17 ]
    for option in $(common_options); do
        names "$MAN/qifu.7" Fl "$option" || lacks qifu.7 "-$option" || return 1
    done
}

@test "every option in a page is one" {
    common_options >common
    for program in $(programs); do
        (own_options "$program" && cat common) | sort -u >known
        cat known >>all
        unknown=$(named_options "$MAN/$program.1" | comm -23 - known)
        [ -z "$unknown" ] || lacks "$program" "-$unknown" || return 1
    done
    for page in "$MAN"/*.[57]; do
        for option in $(named_options "$page"); do
            grep -qxe "$option" all || lacks "every program" "-$option" || return 1
        done
    done
}

@test "every key of the configuration is in qifu-config(5)" {
    keys center/config.c center_keys center.yaml
    keys center/config.c kind_keys Kinds
    keys center/config.c channel_keys 'Channels and districts'
    keys center/config.c region_keys 'Channels and districts'
    keys center/config.c level_keys 'The ladder'
    keys center/config.c limit_keys 'Limits of the loop'
    keys center/config.c decline_keys 'Declined and referred'
    keys center/config.c referral_keys 'Declined and referred'
    keys center/org_file.c file_keys organisations.yaml
    keys center/org_file.c org_keys organisations.yaml
    keys catalogue/rule_file.c file_keys catalogue.yaml
    keys catalogue/rule_file.c dispatch_keys catalogue.yaml
    keys catalogue/rule_file.c when_keys Conditions
    keys catalogue/rule_file.c mode_keys Conditions
    keys catalogue/rule_file.c file_keys kind-rules.yaml
    keys catalogue/rule_file.c kind_keys kind-rules.yaml
    keys ticket/ticket.c ticket_fields headers.yaml
    keys center/org.c org_fields headers.yaml
    keys act/desk.c act_fields headers.yaml
    keys center/config.c order_keys 'Orders by hand'
    keys center/config.c policy_keys 'Limits of policies'
    keys center/config.c survey_keys Questionnaires
    keys policy/policy.c policy_fields headers.yaml
    keys enterprise/enterprise.c enterprise_fields headers.yaml
    keys enterprise/association.c association_fields headers.yaml
    keys enterprise/liaison.c liaison_fields headers.yaml
    keys opinion/survey.c survey_fields headers.yaml
    keys opinion/consultation.c opinion_fields headers.yaml
    keys criteria/profile_file.c file_keys profile.yaml
    keys criteria/profile_file.c fact_keys profile.yaml
    keys criteria/profile_file.c tag_keys profile.yaml
    keys criteria/profile_file.c size_file_keys size-classes.yaml
    keys criteria/profile_file.c sector_keys size-classes.yaml
    keys policy/taxonomy.c file_keys taxonomy.yaml
    keys policy/taxonomy.c class_keys taxonomy.yaml
    keys policy/taxonomy.c subclass_keys taxonomy.yaml
    keys policy/source_file.c file_keys sources.yaml
    keys policy/source_file.c source_keys sources.yaml
}

@test "the defaults of the limits are those of qifu-config(5) and of the file that ships" {
    section "$MAN/qifu-config.5" 'Limits of the loop' >section
    for key in accept_days return_days extension_days extensions suspension_days suspensions rating_days late_rating_days \
        dispatch_days follow_days late_entry_days problem_after decline_days; do
        default=$(grep -oE "\"$key\", [0-9]+, [0-9]+, [0-9]+" "$TREE/common/center/config.c" | grep -oE '[0-9]+$')
        same "$key $(awk -v key=".It Ic $key" '$0 == key { inside = 1; next } /^\.It/ { inside = 0 }
            inside && /^[0-9]+ where it is absent/ { print $1 }' section)" "$key $default"
        same "$key $(sed -nE "s/^  $key: *([0-9]+).*/\1/p" "$TREE/share/center.yaml")" "$key $default"
    done
}

@test "no list of keys was forgotten" {
    for file in "$TREE"/common/*/*.c; do
        case $file in */common/calendar/*.c) page=qifu-calendar.5 ;; *) page=qifu-config.5 ;; esac
        for list in $(grep -oE '\w+_keys\[\]' "$file"); do
            for key in $(array "$file" "${list%??}"); do
                names "$MAN/$page" Ic "$key" || lacks "$page" "$key of ${file##*/}" || return 1
            done
        done
    done
}

# words OF: the codes that qifu words prints of events, states, figures.
words() {
    qifu words | awk -F '\t' -v of="$1" '$1 == of { print $2 }'
}

@test "every type of event is in qifu(7) with the office's word, and no other" {
    section "$MAN/qifu.7" 'The log of events' >section
    sed -n 's/^\.It Ic //p' section | sed 's/ , Ic /\n/g' | sort -u >described
    words event | sort >known
    [ "$(wc -l <known)" -ge 60 ]
    same "$(cat described)" "$(cat known)"
    qifu words | awk -F '\t' '$1 == "event" { print $2, $3 }' | while read -r type word; do
        grep -qF "$word" section || lacks qifu.7 "event $type, $word" || exit 1
    done
    # and as they stand in a log
    at 2020-05-30T09:00
    center
    ticket-new -q --csv "$TREE/share/demo/tickets.csv" | ticket-route - >/dev/null || true
    escalate >/dev/null
    a_whole_loop
    [ "$(sql 'SELECT count(DISTINCT type) FROM event')" -ge 40 ]
    for type in $(sql 'SELECT DISTINCT type FROM event'); do
        grep -qxe "$type" described || lacks qifu.7 "event $type" || return 1
    done
}

# Every act once, on a few tickets.
a_whole_loop() {
    local id
    id=$(ticket-new --title a --kind 投诉 --confidential | cut -f 1)
    {
        ticket-route --to 市税务局 --assist 市商务局 "$id"
        ticket-return --reason 不属于本单位职责 --basis b "$id" && ticket-return --refuse "$id"
        ticket-return --reason 不属于本单位职责 --basis b "$id" && ticket-return --approve "$id"
        ticket-confer --reason r "$id" && ticket-confer --lead 市税务局 --assist 市商务局 --basis b --words zz "$id"
        ruling-retire --reason r 1
        ticket-route --redispatch --to 市财政局 --reason r "$id"
        ticket-assist --add 市司法局 "$id" && ticket-assist --release 市司法局 --reason r "$id"
        ticket-assist --add 市商务局 "$id" && ticket-route --redispatch --to 市税务局 --assist 市商务局 --reason r "$id"
        ticket-accept "$id" && ticket-accept --by 市商务局 "$id"
        ticket-extend --days 2 --reason r "$id" && ticket-extend --refuse "$id"
        ticket-extend --days 2 --reason r "$id" && ticket-extend --approve "$id"
        ticket-suspend --reason 等待上级批复 --basis b "$id" && ticket-suspend --refuse "$id"
        ticket-suspend --reason 等待上级批复 --basis b "$id" && ticket-suspend --approve "$id"
        ticket-resume "$id" && ticket-note --text t "$id" && ticket-note --public "$id"
        ticket-merge --into "$id" "$(ticket-new --title a)"
        ticket-answer --by 市商务局 --text t "$id" && ticket-answer --text t "$id"
        ticket-rate --score 1 "$id" && ticket-follow --outcome redo --text x "$id"
        ticket-answer --text t --without w "$id" && ticket-rate --score 1 "$id"
        ticket-follow --outcome explained --text t "$id"
        ticket-close --explained --reason r --basis b "$id" && ticket-close --refuse "$id"
        ticket-follow --outcome explained --text t "$id"
        ticket-close --explained --reason r --basis b "$id" && ticket-close --approve "$id"
        ticket-show --unmask "$id"
        id=$(supervision-list --level dispatch-late | head -n 1 | cut -f 1)
        supervision-accept --by center "$id" && supervision-reply --by center --text t "$id"
        id=$(ticket-new --title a)
        ticket-correct --title b --reason r "$id"
        ticket-refer --to 110 --reason r "$id" && ticket-refer --back --reason r "$id" && ticket-withdraw --text t "$id"
        ticket-new --title a | ticket-decline --reason 属于信访事项 --basis b - && ticket-new --title a | ticket-void --reason r -
        ticket-new --title a --at 2020-05-18 | ticket-route --by city-government-office --to 市税务局 --assist 市商务局 --at 2020-05-18 - >late
        escalate # the lead and its assist answered before, and enter it late
        ticket-answer --by 市商务局 --text t --at 2020-05-19 - <late && ticket-answer --text t --at 2020-05-19 - <late
        supervision-revoke --refuse - <late && supervision-revoke --approve - <late
    } >/dev/null
}

@test "qifu(7) says which state allows which act, just as ticket-show --acts does" {
    sed -n '/^\.\\" begin: t\/lib\/acts-table/,/^\.\\" end: t\/lib\/acts-table/p' "$MAN/qifu.7" >page
    [ "$(grep -c '^\.It' page)" -gt 40 ]
    run "$TREE/t/lib/acts-table"
    same "$status" 0
    same "$(cat page)" "$output"
}

@test "every state is in qifu(7) and in ticket-list(1)" {
    center
    section "$MAN/qifu.7" 'The loop' >section
    for state in $(words state); do
        grep -q "^\.It $state Ta" section || lacks qifu.7 "$state" || return 1
        names "$MAN/ticket-list.1" Ql "$state" || lacks ticket-list.1 "$state" || return 1
    done
}

# refusals: each message by which an act is refused, as a pattern, one a line.
refusals() {
    cat "$TREE"/common/*/*.c | tr '\n' ' ' | sed -E 's/" +"//g' | grep -oE 'act_refuse\(call, "[^;]*;' |
        sed -E 's/^act_refuse\(call, //' | grep -oE '^"(\\"|[^"])*"' | sed -E 's/^"//; s/"$//; s/\\"/"/g' |
        sed -E 's/%[-a-z0-9.]*[sd]/.*/g; s/([()])/\\\1/g' | sort -u
}

@test "every refusal of an act stands among the diagnostics of a page" {
    sed -nE 's/^\.It (.*)/\1/p' "$MAN"/*.[17] | sed 's/\\(dq/"/g' >diagnostics
    refusals >patterns
    [ "$(wc -l <patterns)" -ge 40 ]
    while read -r pattern; do
        grep -qE "^$pattern\$" diagnostics || lacks "every page" "$pattern" || return 1
    done <patterns
}

@test "every figure of the bulletin is in report-monthly(1)" {
    center
    for figure in $(words figure | sed 's/^overdue-.*/overdue-/' | sort -u); do
        names "$MAN/report-monthly.1" Cm "$figure" || lacks report-monthly.1 "$figure" || return 1
    done
}

@test "the columns and reasons of the ledger are in sla-check(1)" {
    center
    ticket-new --title a >/dev/null
    section "$MAN/sla-check.1" 'The ledger' >section
    for column in $(sla-check --explain -H 1 | head -n 1 | tr "\t" " "); do
        grep -E '^\.It Va' section | grep -qw "$column" || lacks sla-check.1 "$column" || return 1
    done
    for reason in $(sed -n '/ledger_reason_code/,/^}/p' "$TREE/common/calendar/ledger.c" | grep -oE '"[a-z-]+"' | tr -d '"'); do
        names section Cm "$reason" || lacks sla-check.1 "$reason" || return 1
    done
}

@test "every field that ticket-show prints is in its page" {
    grep -oE 'field\(s, "[a-z_]+"' "$TREE/common/ticket/show.c" | grep -oE '"[a-z_]+"' | tr -d '"' | sort -u >fields
    [ "$(wc -l <fields)" -ge 35 ]
    grep -E '^\.It Va' "$MAN/ticket-show.1" >described
    while read -r field; do
        grep -qw "$field" described || lacks ticket-show.1 "$field" || return 1
    done <fields
}

@test "every view and its columns are in qifu(7)" {
    center
    views=$(sql "SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY 1")
    same "$views" "$(sed -n 's/^CREATE VIEW \([a-z_]*\).*/\1/p' "$TREE/common/schema.sql" | sort -u)"
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
    run "$TREE/t/lib/run-examples" -c "$MAN"/*.[1-9]
    same "$(grep -vE '^[a-z-]+\.[0-9] [0-9]+$' <<<"$output")" ""
    same "$status" 0
    same "$(grep -E '\.1 0$' <<<"$output")" ""
    same "$(grep -cE '\.1 [1-9]' <<<"$output")" "$(programs | wc -l)"
}

@test "an example that is wrong is found" {
    printf '%s\n' '.Bd -literal' '$ echo one' 'one' '$ echo two; echo 2 >&2; exit 3' 'two' '.Ed' >wrong.1
    run "$TREE/t/lib/run-examples" wrong.1
    same "$status" 1
    [[ $output == *'$ echo two'* && $output == *+2* && $output != *'$ echo one'* ]]
}
