#!/usr/bin/env bats
# What TAB completes: the functions of the installed file, called as bash calls them.

load lib/base

COMPLETION=$QIFU_BIN/../completion

# bash's own way: complete COMMAND WORD...: what may stand for the last word, as TAB gives it
complete_words() {
    bash --norc --noprofile -c '
        source "$1" && shift
        compopt() { :; }
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        entry=$(complete -p "$1") && [ "$entry" = "complete -F _qifu $1" ] || exit 3
        _qifu "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf "%s\n" "${COMPREPLY[@]}"' completing "$COMPLETION/qifu" "$@" | awk '!seen[$0]++' | xargs
}

# completes LINE CANDIDATES: behind the words of the line (a blank at its end: an empty word) those
completes() {
    local words
    read -ra words <<<"$1"
    [ "${1%' '}" = "$1" ] || words+=("")
    same "$1> $(complete_words "${words[@]}")" "$1> $2"
}

center_of_three() {
    at 2020-05-27T09:00
    center
    for title in 甲 乙 丙; do ticket-new -q --kind complaint --title $title >out; done
    ticket-route -q --to tax 1 2 >out
    ticket-accept -q 1 >out
    ticket-answer -q --text 已办 1 >out
}

@test "every program completes every option of its own -h, and nothing else" {
    for program in $(programs); do
        echo "$program $("$program" -h | sed -nE 's/^  (-(.),|   ) (--[a-z][a-z-]*).*/\3/p' | awk '!seen[$0]++' | xargs)"
    done >options
    # in one shell, since a hundred of them take their time
    bash --norc --noprofile -c '
        source "$1" && shift
        compopt() { :; }
        for program; do
            COMP_WORDS=("$program" -) COMP_CWORD=1
            _qifu "$program" - "$program"
            echo "$program ${COMPREPLY[*]}"
        done' completing "$COMPLETION/qifu" $(programs) >completed
    same "$(cat completed)" "$(cat options)"
}

@test "values: kinds, states, levels, organisations, columns, formats, by code and by word" {
    center_of_three
    completes 'ticket-list --state re' received
    LC_ALL=C.UTF-8 LANGUAGE=zh_CN completes 'ticket-list --state re' received # though -h is in Chinese there
    LC_ALL=C.UTF-8 LANGUAGE=zh_CN completes 'register-list ta' 'talks tasks'
    completes 'ticket-list --kind = c' complaint # --kind=c, as bash splits it
    completes 'ticket-list --kind 投' 投诉
    completes 'ticket-list -q --level ' 'yellow orange red dispatch-late order'
    completes 'ticket-list --org mark' market-supervision
    completes 'ticket-route --to 市税' 市税务局
    completes 'ticket-new --channel w' window
    completes 'ticket-new --region 鼓' 鼓楼区
    completes 'ticket-rate --score ' '5 4 3 2 1'
    completes 'member-add --role a' 'approver auditor administrator'
    completes 'ticket-list -F x' xlsx
    completes 'report-monthly -F ' "$(report-monthly -h | sed -n 's/^.*--format FORMAT *//p' | sed 's/ or /, /; s/,//g')"
    completes 'ticket-list --sort re' 'received region ref'
    completes 'ticket-list --columns id,re' 'id,received id,region id,ref'
    completes 'report-period --ids on' on-time
    completes 'report-period --by t' topic
    completes 'ticket-new --text ' ''
}

@test "operands: the tickets that can be acted on so, records, files, commands" {
    center_of_three
    completes 'ticket-accept ' 2
    completes 'ticket-route ' '3 2'
    completes 'ticket-extend ' 2
    completes 'ticket-rate -q --score 5 ' 1
    completes 'ticket-show ' '3 2'
    : >votes.csv
    completes 'ballot-add --csv vo' votes.csv
    completes 'calendar-check v' votes.csv
    completes 'register-list ta' "$(register-list | cut -f 1 | grep ^ta | xargs)"
    completes 'assess-score example-b' example-business-environment
    completes 'qifu s' status
    policy-add -q "$TREE"/share/demo/policies/xz-2020-rent.yaml >out 2>&1 || policy-add -q "$TREE"/share/demo/policies/*.yaml >out
    completes 'policy-show ' "$(policy-list --all --columns code | xargs)"
    # of another center than the one at hand, that the line names
    center-move "$QIFU_DB" other.db >out && ticket-new -q --title 丁 >out
    completes 'ticket-route -d other.db ' '3 2'
    completes "ticket-route --database = $T/nowhere.db " ''
}

@test "zsh's file is its language, and says for which programs it is" {
    same "$(head -n 1 "$COMPLETION/_qifu")" "#compdef $(programs | xargs)"
    command -v zsh >where || skip "zsh is not here"
    zsh -n "$COMPLETION/_qifu"
    center_of_three
    sed '$d' "$COMPLETION/_qifu" >functions
    same "$(zsh -fc '. ./functions; _qifu_candidates "" ticket-route -q' | cut -f 1 | xargs)" '3 2'
    same "$(zsh -fc '. ./functions; _qifu_candidates "" ticket-list --level' | head -n 3 | xargs)" "yellow 黄色 = orange 橙色 = red 红色 ="
}
