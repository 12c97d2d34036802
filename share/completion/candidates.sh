# What can stand next on a command line of qifu's programs, for any shell: the options as the program's own -h
# lists them, values by `qifu words`, `qifu acts` and the lists of the center. bash.sh and zsh.sh say it in their
# shells' ways; `make` puts the three together.

# _qifu_options: of what -h, in English, prints on standard input an option a line: name, letter, argument, help.
_qifu_options() {
    sed -nE 's/^  (-(.),|   ) --([a-z][a-z-]*)( ([^ ]+))?  *(.*)$/\3\t\2\t\5\t\6/p'
}

# _qifu_operands N: of the usage lines on standard input the words of which the (N+1)-th operand is one; of
# commands their names.
_qifu_operands() {
    awk -v n="$1" '
        /^usage: |^       / {
            sub(/^usage:/, ""); count = split($0, word, " "); found = 0; last = ""; behind = 0
            for (i = 2; i <= count; i++) {
                bare = word[i]; gsub(/[][|,]/, "", bare)
                if (bare ~ /^-/) { behind = word[i] !~ /\]$/; continue }
                if (bare != "" && bare != "..." && bare != "option" && !behind) {
                    if (found <= n) last = bare
                    found++
                }
                behind = 0
            }
            if (last != "" && !seen[last]++) print last
            next
        }
        { exit }'
}

# _qifu_words OF: code and word of all that `qifu words` has of it; "=" says that the word may stand for the code.
_qifu_words() { qifu words -F tsv 2>/dev/null | awk -F '\t' -v of="$1" '$1 == of { print $2 "\t" $3 "\t=" }'; }

# _qifu_first COMMAND ...: the first two columns that it lists.
_qifu_first() { "$@" -F tsv 2>/dev/null | cut -f 1,2; }

# _qifu_ids PROGRAM: the ids that it may act on, newest first: of a ticket's program those in a state that allows
# its acts.
_qifu_ids() {
    local states
    case $1 in
    ticket-show | ticket-receipt | supervision-dossier | record-erase | sla-check | escalate | ticket-export)
        ticket-list --open --sort id --reverse --limit 200 --columns id,title -F tsv 2>/dev/null ;;
    supervision-accept | supervision-reply | supervision-refuse | supervision-list)
        _qifu_first supervision-list --columns ticket,level ;;
    supervision-revoke) _qifu_first ticket-list --waiting --columns id,title ;;
    ticket-*)
        states=$(qifu acts -F tsv 2>/dev/null |
            awk -F '\t' -v p="$1" '$1 == "ticket" && $5 == p && !seen[$2]++ { printf " --state %s", $2 }')
        # shellcheck disable=SC2086 # options and their words
        [ -z "$states" ] || ticket-list $states --sort id --reverse --limit 200 --columns id,title -F tsv 2>/dev/null ;;
    accountability-record) _qifu_first accountability-list ;;
    liaison-*) _qifu_first liaison-list ;;
    notice-*) _qifu_first notice-list ;;
    mail-*) _qifu_first mail-list ;;
    esac
}

# _qifu_values PROGRAM OPTION ARGUMENT HELP: what may stand as ARGUMENT of the option, or as an operand that is called
# so (OPTION is empty); a line "/" says that file names may.
_qifu_values() {
    case $2 in
    channel) [ "${1%%-*}" = address ] || _qifu_words channel; return ;;
    outcome | score) [ "$3" != RATING ] || _qifu_words rating; return ;;
    columns | sort) "$1" --sort '?' 2>&1 | sed -n 's/^.*unknown column "?" (\(.*\)).*$/\1/p' | sed 's/ or /, /' | tr ',' '\n' | tr -d ' '; return ;;
    format) printf '%s\n' "$4" | sed 's/ or /, /; s/,//g' | tr ' ' '\n'; return ;;
    each) printf '%s\n' month day; return ;;
    esac
    case $3 in
    FILE* | DIR | KEY | DATABASE | FROM | TO | HEAD | EXTENSION) echo / ;;
    ORG | 'ORG|NAME' | C) # also by its short names
        org-list --columns code,short,name -F tsv 2>/dev/null | awk -F '\t' '{ print $1 "\t" $3 "\t="
            count = split($2, short, " "); for (i = 1; i <= count && $2 != "-"; i++) print $1 "\t" short[i] "\t=" }' ;;
    KIND) _qifu_words kind ;;
    STATE) [ "${1%%-*}" != ticket ] || _qifu_words state ;;
    L | LEVEL) [ "${1%%-*}" = policy ] || _qifu_words level ;;
    REGION) _qifu_words region ;;
    ROLE) _qifu_words role ;;
    RATING) _qifu_words rating ;;
    NOTICE | NOTICES) _qifu_words notice ;;
    FIGURE*) _qifu_words figure ;;
    SCOPE*) printf '%s\n' org kind channel county group source region category rule topic class policy-kind level ;;
    POLICY) policy-list --all --columns code,title -F tsv 2>/dev/null ;;
    REGISTER) _qifu_first register-list ;;
    CONSULTATION) _qifu_first consult-list ;;
    RULING) _qifu_first ruling-list ;;
    ASSOCIATION) _qifu_first association-list ;;
    ASSESSMENT) ls "${QIFU_CONFIG:-@CONFDIR@}/assess" 2>/dev/null | sed -n 's/\.yaml$//p'
        case ${current-} in */*) echo / ;; esac ;;
    ID | N | TICKET) _qifu_ids "$1" ;;
    PROGRAM) qifu -F tsv | cut -f 1,3 ;;
    [a-z]*) echo "$3" ;;
    esac
}

# _qifu_candidates CURRENT PROGRAM WORD...: what may stand in CURRENT's place behind the words: a candidate a line, behind
# a TAB what it is, behind another "=" where that may be typed too; "/" for file names. CURRENT does not choose.
_qifu_candidates() (
    [ -z "${ZSH_VERSION-}" ] || emulate -L sh
    current=$1 program=$2 option='' operands=0
    shift 2
    help=$(LC_ALL=C "$program" -h 2>/dev/null) || exit 0
    table=$(printf '%s\n' "$help" | _qifu_options)
    takes=" $(printf '%s\n' "$table" | awk -F '\t' '$3 != "" { print "--" $1; if ($2 != "") print "-" $2 }' | tr '\n' ' ')"
    for word; do
        case $option in
        -d | --database) export QIFU_DB="$word" ;;
        -C | --config) export QIFU_CONFIG="$word" ;;
        esac
        [ -z "$option" ] || { option=''; continue; }
        case $word in
        --*=*) ;;
        --*) case $takes in *" $word "*) option=$word ;; esac ;;
        -?*) case $takes in *" -${word#"${word%?}"} "*) option=-${word#"${word%?}"} ;; esac ;;
        *) operands=$((operands + 1)) ;;
        esac
    done
    if [ -n "$option" ]; then
        field() { printf '%s\n' "$table" | awk -F '\t' -v o="$option" -v n="$1" '"--" $1 == o || "-" $2 == o { print $n; exit }'; }
        case $(field 3) in
        *,...) before=$(printf '%s\n' "$current" | sed -n 's/[^,]*$//p') ;; # the last of a list
        *) before='' ;;
        esac
        _qifu_values "$program" "$(field 1)" "$(field 3)" "$(field 4)" | sed "s|^|$before|"
        exit 0
    fi
    case $current in
    -*) printf '%s\n' "$table" | awk -F '\t' '{ print "--" $1 "\t" $4 }' ;;
    *) printf '%s\n' "$help" | _qifu_operands "$operands" | while read -r word; do
        _qifu_values "$program" '' "$word" ''
    done ;;
    esac
)
