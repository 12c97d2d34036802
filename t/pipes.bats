#!/usr/bin/env bats
# The pipe contract of qifu(7): programs feed each other, standard output is finished honestly.

load lib

# gives STATUS STDOUT STDERR COMMAND...
gives() {
    local status_=$1 out_=$2 err_=$3
    shift 3
    run --separate-stderr "$@"
    same "$output" "$out_" && same "$stderr" "$err_" && same "$status" "$status_"
}

# rows COUNT: a CSV of complaints, all received on 2026-03-02.
rows() {
    echo 编号,标题,类型,受理时间
    seq "$1" | sed 's/.*/R&,退税 &,投诉,2026-03-02/'
}

# A center with something for every program to print; $commands are all that print records.
busy_center() {
    center
    rows 3 | ticket-new -q --csv - >ids
    ticket-route -q --to tax 1 >out
    at 2026-04-01
    for title in 四 五 六; do
        ticket-new -q --kind 投诉 --title $title
    done | ticket-route -q --to tax - >out
    commands=(
        "workday add 2026-03-02 1"
        "workday list 2026-03"
        "center-init"
        "ticket-new --title x"
        "ticket-new --title y -F table"
        "ticket-route -n"
        "ticket-route 1"
        "ticket-list"
        "ticket-list -F table"
        "ticket-show 1"
        "ticket-show -F json 1"
        "sla-check --overdue"
        "sla-check --explain 1"
        "escalate -n"
        "escalate 2"
        "org-list"
        "org-add --code c1 --name n1 --group utility"
        "report-monthly 2026-03"
        "report-monthly -F md 2026-03"
        "report-monthly -F tsv 2026-03"
        "report-monthly --ids received 2026-03"
        "supervise"
        "supervise --dossier 2"
        "supervise --acknowledge 2"
        "supervise --reply --text x 2"
        "ticket-note --text x 1"
        "ticket-merge --into 2 3"
        "ticket-accept 4"
        "ticket-extend --days 2 --reason x 4"
        "ticket-extend --approve 4"
        "ticket-suspend --reason 等待上级批复 --basis y 4"
        "ticket-suspend --approve 4"
        "ticket-resume 4"
        "ticket-answer --text x 4"
        "ticket-rate --score 1 4"
        "ticket-follow"
        "ticket-follow --outcome explained --text x 4"
        "ticket-close --explained --reason x --basis y 4"
        "ticket-close --approve 4"
        "ticket-return --reason 不属于本单位职责 --basis y 5"
        "ticket-return --approve 5"
        "ticket-confer 6"
        "ticket-confer --lead tax --basis y --words x 6"
    )
    for program in "$BIN"/*; do
        commands+=("${program##*/} -h" "${program##*/} -V")
    done
}

@test "every program that prints is in this file" {
    busy_center
    printf '%s\n' "${commands[@]}" | grep -v -e ' -[hV]$' | cut -d' ' -f1 | sort -u >known
    # these print only what is wrong; what is new must be added above
    printf '%s\n' calendar-check center-check >>known
    same "$(ls "$BIN")" "$(sort known)"
}

@test "intake, dispatch, clock, sweep, list in one pipeline" {
    center
    rows 700 >rows.csv
    sh_run 'ticket-new --csv rows.csv | ticket-route - | sla-check --now 2026-03-20 - |
            escalate --now 2026-03-20 - | sort -u -k1,1n | ticket-show - | cut -f1 | sort -un | wc -l'
    same "$status:$output:$stderr" "0:700:"
    same "$(sql "SELECT level, count(*) FROM supervision GROUP BY level" | xargs)" \
        "orange|700 red|700 yellow|700"
    same "$(sql "SELECT state, count(*) FROM ticket GROUP BY state")" "dispatched|700"
    gives 0 "" "" center-check
}

@test "sla-check --overdue feeds escalate" {
    center
    rows 5 | ticket-new -q --csv - >ids
    ticket-new -q --title x --kind 投诉 --at 2026-03-05 >out
    at 2026-03-10
    sh_run 'sla-check --overdue | escalate - | cut -f1,2'
    same "$status:$output:$stderr" $'0:1\tyellow\n2\tyellow\n3\tyellow\n4\tyellow\n5\tyellow:'
    same "$(sql "SELECT level IS NULL FROM ticket WHERE id = 6")" 1
}

@test "the intake of a file that is known already feeds nothing twice" {
    center
    rows 3 >rows.csv
    sh_run 'ticket-new --csv rows.csv | ticket-route -'
    same "$(cut -f1,2 <<<"$output")" $'1\ttax\n2\ttax\n3\ttax'
    sh_run 'ticket-new --csv rows.csv | ticket-route -'
    same "$status:$output:$stderr" "0::ticket-new: 0 added, 3 already there"
}

@test "the first field is the id, in every listing" {
    busy_center
    for command in "ticket-new --title z" "ticket-route -n 1" "ticket-list --limit 1" "ticket-show 1" \
        "sla-check 1" "sla-check --explain 1" "escalate -n 1" "report-monthly --ids received 2026-03" \
        "ticket-show --explain 1" "ticket-show --acts 1" "ticket-note -n --text x 1" "ticket-accept -n 4" \
        "ticket-answer -n --text x 4" "ticket-extend -n --days 2 --reason x 4" "ticket-confer -n 4" \
        "ticket-suspend -n --reason 等待上级批复 --basis y 4" "ticket-merge -n --into 2 3" \
        "ticket-return -n --reason 不属于本单位职责 --basis y 4"; do
        run --separate-stderr $command
        same "$command: $stderr" "$command: "
        run -0 grep -cE '^[1-9][0-9]*	' <<<"$output"
        run --separate-stderr $command -F json
        same "$command: ${output:0:6}" "$command: {\"id\":"
    done
}

@test "an id is what stands before the first TAB; CRLF, empty lines, no last newline" {
    center
    rows 4 | ticket-new -q --csv - >ids
    for command in ticket-show sla-check ticket-route escalate; do
        sh_run "printf '3\r\n\r\n\n1\trest\tmore\r\n4' | $command --now 2026-03-10 - | cut -f1 | uniq | xargs"
        same "$command $status:$output:$stderr" "$command 0:3 1 4:"
    done
    sh_run ": | sla-check -"
    same "$status:$output:$stderr" "0::"
}

@test "what stands in TSV comes back whole" {
    center
    title='反\斜\n线'
    body=$'一\t二\n三\\四\r五\n\n\\t六'
    ticket-new -q --title "$title" --body "$body" --ref 'a	b' >out
    got=$(ticket-show 1 | awk -F '\t' '$2 == "body" { print $3 }')
    same "$got" '一\t二\n三\\四\n五\n\n\\t六'
    same "$(printf %b "$got")" "${body//$'\r'/$'\n'}"
    same "$(ticket-list | awk -F '\t' '{ print NF, $11, $12 }')" '12 a\tb 反\\斜\\n线'
    same "$(printf %b "$(ticket-list | cut -f12)")" "$title"
    # the same from JSON
    ticket-show -F json 1 >j
    same "$(sqlite3 :memory: "SELECT json_extract(readfile('j'), '\$.body')")" "${body//$'\r'/$'\n'}"
}

# no_controls COMMAND...: it prints something, without control characters (U+0080 to U+009F too).
no_controls() {
    run -0 --separate-stderr "$@"
    same "$*: $stderr" "$*: " && [ "$output" ] &&
        same "$*: $(tr -d '\n\t' <<<"$output" | LC_ALL=C.UTF-8 sed 's/[^[:cntrl:]]//g' | od -An -tx1)" "$*: "
}

@test "control characters do not reach a terminal" {
    center
    ticket-new -q --title $'a\e[31mb\x7f\xc2\x9bc' --body $'\a' >out
    for command in "ticket-list" "ticket-list -F table" "ticket-show 1" "ticket-show -F table 1" \
        "sla-check" "sla-check -F table"; do
        no_controls $command
    done
}

@test "control characters do not reach a terminal, nor in JSON" {
    center
    ticket-new -q --title $'a\e[31mb\x7f\xc2\x9bc' --body $'\a' >out
    no_controls ticket-list -F json
    no_controls ticket-show -F json 1
}

@test "a full disk: exit 2 and one line" {
    busy_center
    for command in "${commands[@]}"; do
        run --separate-stderr bash -c "$command >/dev/full"
        same "$command: $status: $stderr" \
            "$command: 2: ${command%% *}: cannot write to standard output: No space left on device"
    done
}

@test "a closed standard output: exit 2 and one line" {
    busy_center
    for command in "${commands[@]}"; do
        run --separate-stderr bash -c "$command >&-"
        same "$command: $status: $stderr" \
            "$command: 2: ${command%% *}: cannot write to standard output: Bad file descriptor"
    done
    # what had nothing to say has not failed
    for command in center-check "calendar-check $TREE/share/calendars/china/2026.yaml"; do
        run --separate-stderr bash -c "$command >&-"
        same "$command: $status: $stderr" "$command: 0: "
        run --separate-stderr bash -c "$command >/dev/full"
        same "$command: $status: $stderr" "$command: 0: "
    done
}

@test "what was done before the output failed is done" {
    center
    run --separate-stderr bash -c "ticket-new --title x >/dev/full"
    same "$status" 2
    run --separate-stderr bash -c "ticket-route --to tax 1 >&-"
    same "$status" 2
    same "$(sql "SELECT id, state FROM ticket")" "1|dispatched"
    gives 0 "" "" center-check
}

@test "standard input and error closed: nothing is written into the database" {
    center
    run bash -c "ticket-new --title x <&- 2>&-"
    same "$status" 0
    run bash -c "sla-check - <&- 2>&-"
    same "$status:$output" "0:"
    run bash -c "ticket-show 77 <&- >&- 2>&-"
    same "$status" 2
    gives 0 "" "" center-check
}

@test "| head ends quietly, also where SIGPIPE is ignored" {
    center
    rows 6000 | ticket-new -q --csv - >ids
    rows 6000 | sed 's/^R/S/' >more.csv
    rows 6000 | sed 's/^R/T/' >yet-more.csv
    at 2026-04-01
    # quiet COMMAND: it dies of SIGPIPE without a word
    quiet() {
        for trap in "" "trap '' PIPE;"; do
            run --separate-stderr bash -c "$trap { $1; echo \$? >status; } <ids | head -1 >first"
            same "$trap $1: $(cat status): $stderr" "$trap $1: 141: "
            same "$(wc -l <first)" 1
            if [ $# -gt 1 ]; then shift; fi
        done
    }
    for command in "ticket-list" "ticket-list -F table" "sla-check" "escalate -n" "ticket-route -n" \
        "ticket-show -" "ticket-note -n --text x -" "ticket-answer -n --text x -" "ticket-confer -n -"; do
        quiet "$command"
    done
    quiet "ticket-new -q --csv more.csv" "ticket-new -q --csv yet-more.csv"
    quiet escalate
    gives 0 "" "" center-check
}
