#!/usr/bin/env bats
# The manual: every program, option, key, event type and view is described, nothing is described
# that is not there, and the examples are real.

load lib/base

MAN=$TREE/man

# What -h prints of the options of PROGRAM alone, or of the common ones: a flag a line, "e" or
# "-exit-status", as it stands behind .Fl in a page.
own_options() { "$1" -h | sed '/^common to all/,$d' | flags; }
common_options() { ticket-list -h | sed '1,/^common to all/d' | flags; }
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

# probed FILE [PARENT]: a file of the configuration with a key that nobody knows in one map of each
# kind, or only below the key PARENT: zeros, and the key under which the map stands.
probed() {
    awk -v only="${2-}" -v zeros=00000000000000000000_ '
        function above(column) { # the key above a map whose keys begin in that column
            while (depth && columns[depth] >= column)
                depth--
            return depth ? keys[depth] : "top"
        }
        function probe(parent) {
            return asked[parent]++ || (only != "" && parent != only) ? "" : zeros parent ": 1"
        }
        match($0, /^ *(- )?[a-z_-]+:( |$)/) {
            match($0, /^ *(- )?/)
            column = RLENGTH
            if ((key = probe(above(column))) != "") {
                print substr($0, 1, column) key
                sub(/- /, "  ")
            }
            keys[++depth] = substr($0, column + 1)
            sub(/:.*/, "", keys[depth])
            columns[depth] = column
        }
        match($0, /^ *(- )?([a-z_]+: )?\{[a-z]+:/) {
            match($0, /^ *(- )?/)
            if ((key = probe($0 ~ /^ *- / ? above(RLENGTH) : keys[depth])) != "")
                sub(/\{/, "{" key ", ")
        }
        { print }' "$1"
}

# known_keys FILE [PARENT]: the keys of those maps, PARENT TAB KEY, as center-init names them when it
# refuses what `probed` has put there.
known_keys() {
    rm -rf share
    cp -r "$TREE/share" .
    probed "$TREE/share/$1" ${2-} >"share/$1"
    center-init -q -C share 2>&1 | sed -nE 's/^.*: unknown key "0{20}_([^"]*)" \((.*)\)$/\1 \2/p' |
        sed 's/,//g; s/ or / /' | awk '{ for (i = 2; i <= NF; i++) print $1 "\t" $i }'
}

# documented PAGE FILE MAPS [SECTION]: the maps with keys in FILE are MAPS, and each of their keys is in
# the section of the page, or somewhere in the page.
documented() {
    local page=$MAN/$1 missing
    known_keys "$2" >found
    same "$2: $(cut -f 1 found | sort -u | xargs)" "$2: $3" || return 1
    cat "$page" >section
    [ -z "${4-}" ] || section "$page" "$4" >section
    missing=$(cut -f 2 found | sort -u | comm -23 - <(all_named section Ic))
    [ -z "$missing" ] || lacks "$1" "$2: $missing"
}

@test "every program has its page, and every page of section 1 its program" {
    for program in $(programs); do
        [ -s "$MAN/$program.1" ] || lacks man "$program.1" || return 1
        grep -qx ".Nm $program" "$MAN/$program.1" || lacks "$program.1" "its name" || return 1
    done
    for page in "$MAN"/*.1; do
        [ -x "$BIN/$(basename "$page" .1)" ] || lacks "${BIN##*/}" "$page" || return 1
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

# The examples of the pages are run below, so what -h shows was run too.
@test "-h shows an example of the program's page, unless none is short" {
    for program in $(programs); do
        "$program" -h | awk '/^for example/ { show = 1; next } /^$/ { show = 0 } show' >shown
        [ -s shown ] || { echo "$program"; continue; }
        while IFS= read -r line; do
            sed 's/\\e/\\/g; s/\\&//g' "$MAN/$program.1" | grep -qF -e "${line:4}" || lacks "$program.1" "${line:4}" || return 1
        done <shown
        grep -qwF -e "$program" shown || lacks "$program -h" "itself" || return 1
    done >without
    same "$(xargs <without)" record-erase
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

@test "every key of a file of the configuration is in the file's section of its page" {
    documented qifu-config.5 organisations.yaml "organisations top" organisations.yaml
    documented qifu-config.5 catalogue.yaml "place rules top"
    documented qifu-config.5 kind-rules.yaml "rules title top"
    documented qifu-config.5 profile.yaml "axioms facts tags top" profile.yaml
    documented qifu-config.5 size-classes.yaml "sectors top" size-classes.yaml
    documented qifu-config.5 taxonomy.yaml "classes subclasses top" taxonomy.yaml
    documented qifu-config.5 topics.yaml "top topics" topics.yaml
    documented qifu-config.5 sources.yaml "sources top" sources.yaml
    documented qifu-config.5 ballots.yaml "groups rules top units waves" ballots.yaml
    documented qifu-calendar.5 calendars/china/2026.yaml "notices top"
    documented qifu-calendar.5 calendars/china/law.yaml "editions top"
}

@test "every key of center.yaml is in the section of its map" {
    known_keys center.yaml >keys
    [ "$(wc -l <keys)" -ge 70 ]
    while IFS=$'\t' read -r map key; do
        case $map in
        top) title=center.yaml ;;
        kinds) title=Kinds ;;
        channels | regions) title='Channels and districts' ;;
        ladder) title='The ladder' ;;
        limits) title='Limits of the loop' ;;
        decline_reasons | refer_to) title='Declined and referred' ;;
        order) title='Orders by hand' ;;
        policies) title='Limits of policies' ;;
        survey) title=Questionnaires ;;
        repeats) title='Likely repeats' ;;
        notices) title=Notices ;;
        *) lacks manual.bats "the section of $map" || return 1 ;;
        esac
        section "$MAN/qifu-config.5" "$title" >section
        names section Ic "$key" || lacks qifu-config.5 "$title: $key" || return 1
    done <keys
    [ "$(cut -f 1 keys | sort -u | wc -l)" -ge 11 ]
}

@test "every field for which a column can have a header is in the entry of its record" {
    section "$MAN/qifu-config.5" headers.yaml >page
    for record in $(sed -n 's/^\([a-z-]*\):$/\1/p' "$TREE/share/headers.yaml"); do
        known_keys headers.yaml "$record" | cut -f 2 >fields
        [ -s fields ] || lacks headers.yaml "$record" || return 1
        awk -v start=".It Ic $record" '/^\.It/ { inside = $0 == start } inside' page >section
        missing=$(sort -u fields | comm -23 - <(all_named section Ic))
        [ -z "$missing" ] || lacks qifu-config.5 "headers.yaml, $record: $missing" || return 1
    done
}

@test "where the limits are absent those of qifu-config(5) hold, which are those of the file that ships" {
    shipped=$(limits)
    cp -r "$TREE/share" .
    sed -i '/^limits:/,/^[a-z]/{/^limits:/d;/^  /d}' share/center.yaml
    same "$(QIFU_CONFIG=share limits)" "$shipped"
    section "$MAN/qifu-config.5" 'Limits of the loop' >section
    [ "$(wc -l <<<"$shipped")" -ge 13 ]
    while read -r key number; do
        same "$key $(awk -v key=".It Ic $key" '$0 == key { inside = 1; next } /^\.It/ { inside = 0 }
            inside && /^The default is [0-9]+\.$/ { print $4 + 0 }' section)" "$key $number"
    done <<<"$shipped"
}

# The numbers of the loop, as the configuration in force has them.
limits() { qifu words | awk -F '\t' '$1 == "limit" { print $2, $3 }'; }

# words OF: the codes that qifu words prints of events, states, figures.
words() {
    qifu words | awk -F '\t' -v of="$1" '$1 == of { print $2 }'
}

@test "every type of event is in qifu-log(7) with the office's word, and no other" {
    section "$MAN/qifu-log.7" 'Types of events' >section
    sed -n 's/^\.It Ic //p' section | sed 's/ , Ic /\n/g' | sort -u >described
    words event | sort >known
    [ "$(wc -l <known)" -ge 60 ]
    same "$(cat described)" "$(cat known)"
    qifu words | awk -F '\t' '$1 == "event" { print $2, $3 }' | while read -r type word; do
        grep -qF "$word" section || lacks qifu-log.7 "event $type, $word" || exit 1
    done
    # and as they stand in a log
    at 2020-05-30T09:00
    center
    ticket-new -q --csv "$TREE/share/demo/tickets.csv" | ticket-route - >/dev/null || true
    escalate >/dev/null
    a_whole_loop
    [ "$(sql 'SELECT count(DISTINCT type) FROM v_event')" -ge 40 ]
    for type in $(sql 'SELECT DISTINCT type FROM v_event'); do
        grep -qxe "$type" described || lacks qifu-log.7 "event $type" || return 1
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
        ticket-appeal --figure due --reason r --basis b "$id" && ticket-appeal --refuse --reason r "$id"
        ticket-appeal --figure due --reason r --basis b "$id" && ticket-appeal --approve --reason r "$id"
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

@test "qifu-acts(7) says which state allows which act, just as ticket-show --acts does" {
    sed -n '/^\.\\" begin: t\/lib\/acts-table/,/^\.\\" end: t\/lib\/acts-table/p' "$MAN/qifu-acts.7" >page
    [ "$(grep -c '^\.It' page)" -ge 40 ]
    run "$TREE/t/lib/acts-table"
    same "$status" 0
    same "$(cat page)" "$output"
}

@test "qifu-members(7) says which role may do which act, just as the gate does" {
    sed -n '/^\.\\" begin: t\/lib\/rights-table/,/^\.\\" end: t\/lib\/rights-table/p' "$MAN/qifu-members.7" >page
    run "$TREE/t/lib/rights-table"
    same "$status" 0
    same "$(cat page)" "$output"
}

@test "every state is in qifu-acts(7) and in ticket-list(1)" {
    center
    for state in $(words state); do
        grep -q "^\.It $state Ta" "$MAN/qifu-acts.7" || lacks qifu-acts.7 "$state" || return 1
        names "$MAN/ticket-list.1" Ql "$state" || lacks ticket-list.1 "$state" || return 1
    done
}

@test "every figure of the bulletin is in report-monthly(1)" {
    center
    for figure in $(words figure | sed 's/^overdue-.*/overdue-/; /\./d' | sort -u); do
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
    for reason in $(words day); do
        names section Cm "$reason" || lacks sla-check.1 "$reason" || return 1
    done
}

@test "every field that ticket-show prints is in its page" {
    at 2020-05-30T09:00
    center
    ticket-new -q --csv "$TREE/share/demo/tickets.csv" | ticket-route - >/dev/null || true
    escalate >/dev/null
    a_whole_loop
    ticket-list | ticket-show --unmask - | cut -f 2 | sort -u >fields
    [ "$(wc -l <fields)" -ge 35 ]
    grep -E '^\.It Va' "$MAN/ticket-show.1" >described
    while read -r field; do
        grep -qw "$field" described || lacks ticket-show.1 "$field" || return 1
    done <fields
}

@test "every view and its columns are in qifu-log(7)" {
    needs_file "its tables of names are read"
    center
    views=$(sql "SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY 1")
    [ "$(wc -l <<<"$views")" -ge 10 ]
    for view in $views; do
        awk -v start=".It Va $view" '$0 == start { inside = 1; next } /^\.(It|El)/ { inside = 0 } inside' \
            "$MAN/qifu-log.7" | tr -c 'a-z_\n' '\n' | sort -u >described
        [ -s described ] || lacks qifu-log.7 "$view" || return 1
        for column in $(sql "SELECT name FROM pragma_table_info('$view')"); do
            grep -qx "$column" described || lacks qifu-log.7 "$view.$column" || return 1
        done
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
