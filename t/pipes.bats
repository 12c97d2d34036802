#!/usr/bin/env bats
# The pipe contract of qifu(7): programs feed each other, standard output is finished honestly.

load lib/base
load lib/stock

# rows COUNT: a CSV of complaints, all received on 2026-03-02.
rows() {
    echo 编号,标题,类型,受理时间
    seq "$1" | sed 's/.*/R&,退税 &,投诉,2026-03-02/'
}

# A center with something for every program to print; $commands are all that print records.
busy_center() {
    at 2026-03-02T09:00
    center
    rows 3 | ticket-new -q --csv - >ids
    ticket-route -q --to tax 1 >out
    address-add -q --org tax --address desk@tax.example >out
    at 2026-03-02T20:00
    notice-send >out # in the evening: it waits, and no mailer is asked
    for i in 1 2; do printf "From: a$i@b.example\n\nx\n" | mail-in -q - >out; done
    at 2026-04-01
    for title in 四 五 六; do
        ticket-new -q --kind 投诉 --title $title
    done | ticket-route -q --to tax - >out
    sed 's/^id:.*/id: p1/; s/^valid_to:.*/valid_to: 2026-12-31/' \
        "$TREE/share/demo/policies/arrears-2020.yaml" >p.yaml
    policy-add -q p.yaml >out
    association-add -q --code a1 --name 协会 --classes rights >out
    { echo 政策,评分,单位,意见; yes p1,1,tax,慢 | head -n 5; } >s.csv
    printf 'code,title,text\nk,发票,x\n' >k.csv
    printf 'voter,unit,score\nx,tax,5\n' >b.csv
    { echo 标题,单位; yes 发票,tax | head -n 3; yes 发票太慢,finance | head -n 3; } >l.csv
    echo 第一条 >d.txt
    log-key log.example log.key >log.pub
    log-key --witness witness.example witness.key >witness.pub
    log-head -k log.key >log.head
    commands=(
        "log-key -n y.example y.key"
        "log-head -n -k log.key"
        "log-head --last"
        "log-prove 1"
        "log-prove --since log.head"
        "ticket-receipt 1"
        "log-cosign -k witness.key -l log.pub -r witness.record log.head"
        "log-verify -k log.pub log.head"
        "policy-add p.yaml"
        "policy-list"
        "policy-list -F table"
        "policy-list -F html"
        "policy-show p1"
        "policy-show -F json p1"
        "policy-show --history p1"
        "policy-record --type viewed p1"
        "policy-publish p1"
        "policy-interpret p1"
        "policy-pin p1"
        "policy-withdraw -n --reason x p1"
        "policy-check"
        "policy-check -F table"
        "policy-check --by-org"
        "policy-source"
        "policy-source --month 2026-03"
        "policy-source --looked gov-cn"
        "workday add 2026-03-02 1"
        "workday list 2026-03"
        "center-init"
        "ticket-new --title x"
        "ticket-new --title y -F table"
        "ticket-route -n"
        "ticket-route 1"
        "ticket-list"
        "ticket-list -F table"
        "ticket-calendar"
        "ticket-export --source center"
        "ticket-show 1"
        "ticket-show -F json 1"
        "sla-check --overdue"
        "sla-check --explain 1"
        "escalate -n"
        "escalate 2"
        "org-list"
        "center-move -n copy.db"
        "center-rebuild -n copy.db"
        "qifu"
        "qifu status -F table"
        "org-add --code c1 --name n1 --group utility"
        "member-add -n --org center --role administrator n1"
        "enterprise-add --code 91320300MA00002690 --name n4 --staff 3"
        "enterprise-list"
        "enterprise-show 91320300MA00002690"
        "enterprise-show -F json 91320300MA00002690"
        "policy-compare -F table --where 'staff<9' --where 'staff<8'"
        "policy-match --all"
        "policy-match --all --count"
        "policy-match --near -F table p1"
        "policy-match --where region=3203"
        "policy-match --explain --enterprise 91320300MA00002690"
        "association-add --code c2 --name n2"
        "association-list"
        "liaison-add --name n3 --org tax"
        "liaison-list"
        "address-add --org tax --address c@b.example"
        "address-list"
        "notice-list"
        "mail-list"
        "mail-in --settle --reason x 1"
        "report-monthly 2026-03"
        "report-monthly -F md 2026-03"
        "report-monthly -F tsv 2026-03"
        "report-province 2026-03"
        "report-monthly --ids received 2026-03"
        "report-period --by org,kind --band --running 2026-Q1"
        "report-period --each month -F tsv 2026"
        "assess-score example-service 2026-Q1"
        "supervision-list"
        "supervision-dossier 2"
        "supervision-accept 2"
        "supervision-reply --text x 2"
        "supervision-order --to tax --reason x 2"
        "supervision-refuse --reason x 1"
        "escalate 1" # red
        "notice-send -n"
        "accountability-list"
        "accountability-record --result x 1"
        "register-add --field number=1 --field title=x --field lead=tax problems"
        "register-act --field measures=x problems report 1"
        "register-list"
        "register-list problems"
        "register-show 1"
        "register-wall problems"
        "duty-check"
        "register-show -F json 1"
        "ticket-note --text x 1"
        "ticket-answer --text x --at 2026-03-03 1"
        "supervision-revoke --approve 1"
        "ticket-merge --into 2 3"
        "ticket-assist --add justice 4"
        "ticket-assist --release justice --reason x 4"
        "ticket-decline --reason 属于信访事项 --basis y 7"
        "ticket-refer --to 110 --reason x 8"
        "ticket-refer --back --reason x 8"
        "ticket-withdraw --text x 8"
        "ticket-new --title z"
        "ticket-void --reason x 9"
        "ticket-correct --reason x --title y 9"
        "ticket-accept 4"
        "ticket-extend --days 2 --reason x 4"
        "ticket-extend --approve 4"
        "ticket-appeal --figure due --reason x --basis y 4"
        "ticket-appeal --refuse --reason x 4"
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
        "ticket-confer --reason 不清 6"
        "ticket-confer --lead tax --basis y --words x 6"
        "ruling-list"
        "ruling-list -F table --all"
        "ruling-retire --reason x 1"
        "record-erase -n --law x --reason y --field title 1"
        "record-retain -n -F md"
        "route-check 2026-03"
        "route-learn -q -n -o m --csv l.csv"
        "policy-push -n"
        "policy-push"
        "policy-push --sent -F table"
        "survey-add --csv s.csv"
        "ballot-add --wave 2020-H1 --csv b.csv"
        "ballot-rank 2020-H1"
        "kb-add --csv k.csv"
        "kb-find 发票"
        "web-file"
        "web-track"
        "web-desk"
        "web-center"
        "survey-list"
        "survey-list --texts"
        "survey-supervise"
        "consult-open --title t --draft d.txt --from tax --until 2026-05-01 --to justice"
        "consult-list"
        "consult-answer --by justice --text x 1"
        "consult-list 1"
        "consult-decide --adopt --reason y 1"
        "consult-report -F md 1"
        "consult-report 1"
        "consult-report --feedback 1"
    )
    for program in $(sample "$BIN"/*); do
        commands+=("${program##*/} -h" "${program##*/} -V")
    done
}

@test "every program that prints is in this file" {
    busy_center
    printf '%s\n' "${commands[@]}" | grep -v -e ' -[hV]$' | cut -d' ' -f1 | sort -u >known
    # these print only what is wrong, what recurs, members, or what an association has; what is new must be added above
    printf '%s\n' association-show ballot-panel calendar-check center-check enterprise-watch kb-check kb-propose member-list member-remove trend-list >>known
    same "$(ls "$BIN")" "$(sort known)"
}

@test "intake, dispatch, clock, sweep, list in one pipeline" {
    at 2026-03-02T09:00
    center
    rows 700 >rows.csv
    sh_run 'ticket-new --csv rows.csv | ticket-route - | sla-check --now 2026-03-20 - |
            escalate --now 2026-03-20 - | sort -u -k1,1n | ticket-show - | cut -f1 | sort -un | wc -l'
    same "$status:$output:$stderr" "0:700:"
    same "$(sql "SELECT level, count(*) FROM v_supervision GROUP BY level ORDER BY level" | xargs)" \
        "orange|700 red|700 yellow|700"
    same "$(sql "SELECT state, count(*) FROM v_ticket GROUP BY state")" "dispatched|700"
    gives 0 "" "" center-check
}

@test "what sla-check --overdue prints escalate reads" {
    at 2026-03-02T09:00
    center
    rows 5 | ticket-new -q --csv - | ticket-route -q --to tax - >ids
    at 2026-03-05T09:00
    ticket-new -q --title x --kind 投诉 | ticket-route -q --to tax - >out
    at 2026-03-10
    sh_run 'sla-check --overdue | escalate - | cut -f1,2'
    same "$status:$output:$stderr" $'0:1\tyellow\n2\tyellow\n3\tyellow\n4\tyellow\n5\tyellow:'
    same "$(sql "SELECT level IS NULL FROM v_ticket WHERE id = 6")" 1
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
        "ticket-answer -n --text x 4" "ticket-extend -n --days 2 --reason x 4" "ticket-confer --reason 不清 -n 4" \
        "ticket-suspend -n --reason 等待上级批复 --basis y 4" "ticket-merge -n --into 2 3" \
        "ticket-return -n --reason 不属于本单位职责 --basis y 4" "liaison-add --name n3 --org tax" "liaison-list"; do
        call $command
        same "$command: $stderr" "$command: "
        run -0 grep -cE '^[1-9][0-9]*	' <<<"$output"
        call $command -F json
        same "$command: ${output:0:6}" "$command: {\"id\":"
    done
}

@test "the first field is the code, in every listing of policies, enterprises and associations" {
    busy_center
    enterprise-add -q --code 91320300MA00002690 --name n4 --staff 3 >out
    policy-push -q --now 2026-04-02 >out
    policy-source -q --looked --all && sql "DELETE FROM source_look WHERE source = 'gov-cn'"
    for command in "p1 policy-add p.yaml" "p1 policy-list" "p1 policy-show p1" "p1 policy-match --all" \
        "p1 policy-match --enterprise 91320300MA00002690" "p1 policy-record -n --type viewed p1" "gov-cn policy-check --only source" \
        "91320300MA00002690 enterprise-list" "91320300MA00002690 enterprise-show 91320300MA00002690" \
        "91320300MA00002690 policy-match --where region=3203" "a1 association-list" \
        "a1 association-add -n --code a1 --name 协会" "gov-cn policy-source gov-cn" \
        "gov-cn policy-source -n --looked gov-cn"; do
        code=${command%% *} command=${command#* }
        call $command
        same "$command: $stderr" "$command: "
        same "$command: $(cut -f 1 <<<"$output" | sort -u)" "$command: $code"
        call $command -F json
        [[ ${output%%,*} == "{\"code\":\"$code\"" || ${output%%,*} =~ ^\{\"[a-z]+\":\"$code\"$ ]] ||
            same "$command: ${output:0:60}" "$command: $code first"
    done
    for command in "policy-push --sent" "survey-add --csv s.csv" "survey-list --texts" \
        "survey-supervise" \
        "consult-open --title t --draft d.txt --from tax --until 2026-05-01 --to justice"; do
        call $command
        same "$command: $stderr" "$command: "
        [[ $output =~ ^[1-9][0-9]*$'\t' ]] || same "$command: ${output:0:60}" "$command: an id"
    done
}

@test "policies and enterprises feed each other's programs" {
    at 2026-04-01
    center
    firms 1 20 | enterprise-add -q --csv - >out
    papers 1 3 'staff > 10 and region in 320302' | policy-add --csv - >out
    sh_run 'policy-list | policy-match - | enterprise-show - | cut -f 1 | uniq | wc -l'
    same "$status:$output:$stderr" "0:30:"
    sh_run 'enterprise-list --where "staff > 19" | cut -f 1 | xargs policy-match --enterprise | policy-push - | wc -l'
    same "$status:$output:$stderr" "0:30:"
    sh_run 'policy-list | head -n 2 | policy-record --type viewed - | cut -f 1 | xargs'
    same "$status:$output:$stderr" "0:p1 p2:"
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
    same "$(ticket-list | awk -F '\t' '{ print NF, $11, $12 }')" '13 a\tb 反\\斜\\n线'
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
        call bash -c "exec $command >/dev/full"
        same "$command: $status: $stderr" \
            "$command: 2: ${command%% *}: cannot write to standard output: No space left on device"
    done
}

@test "a closed standard output: exit 2 and one line" {
    busy_center
    for command in "${commands[@]}"; do
        call bash -c "exec $command >&-"
        same "$command: $status: $stderr" \
            "$command: 2: ${command%% *}: cannot write to standard output: Bad file descriptor"
    done
    # what had nothing to say has not failed
    for command in center-check "calendar-check $TREE/share/calendars/china/2020.yaml"; do
        call bash -c "exec $command >&-"
        same "$command: $status: $stderr" "$command: 0: "
        call bash -c "exec $command >/dev/full"
        same "$command: $status: $stderr" "$command: 0: "
    done
}

@test "what was done before the output failed is done" {
    center
    run --separate-stderr bash -c "ticket-new --title x >/dev/full"
    same "$status" 2
    run --separate-stderr bash -c "ticket-route --to tax 1 >&-"
    same "$status" 2
    same "$(sql "SELECT id, state FROM v_ticket")" "1|dispatched"
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
        "ticket-show -" "ticket-note -n --text x -" "ticket-answer -n --text x -" "ticket-confer --reason 不清 -n -"; do
        quiet "$command"
    done
    quiet "ticket-new -q --csv more.csv" "ticket-new -q --csv yet-more.csv"
    quiet escalate
    gives 0 "" "" center-check
}

@test "| head ends quietly: policies, enterprises, questionnaires" {
    at 2026-04-01
    center
    firms 1 2000 | enterprise-add -q --csv - | cut -f 1 >firms
    papers 1 1000 "staff between 1991 and 2000" | policy-add -q --csv - | cut -f 1 >papers
    firms 2001 4000 >firms.csv
    papers 1001 3500 "staff between 1991 and 2000" >papers.csv
    { echo ref,class,org,score,text; seq 6000 | sed 's/.*/&,loans,tax,1,第&次没听说过这项政策，也没有人来过/'; } >s.csv
    sed 's/^[0-9]/x&/' s.csv >t.csv
    # quiet INPUT COMMAND...: each dies of SIGPIPE without a word, the last one where that is ignored
    quiet() {
        local input=$1 trap="" command
        shift
        for command; do
            [ "$command" != "${*: -1}" ] || trap="trap '' PIPE;"
            call bash -c "$trap { $command; echo \$? >status; } <$input | head -1 >first"
            same "$command: $(cat status): $stderr" "$command: 141: "
            same "$command: $(wc -l <first)" "$command: 1"
        done
    }
    quiet firms enterprise-list "enterprise-list -F table" "enterprise-show -" "policy-match --where 'staff>0'" \
        "enterprise-add --csv firms.csv"
    quiet papers policy-list "policy-list -F html" "policy-show -" "policy-match --all" "policy-match -" \
        "policy-check" "policy-record --type viewed -" "policy-add -q --csv papers.csv"
    quiet papers "policy-push -n" "policy-push --limit 2000" "policy-push --sent" "policy-push --limit 2000"
    quiet papers "survey-add -q --csv s.csv" "survey-add -q --csv t.csv" "survey-list --texts"
    gives 0 "" "" center-check
}
