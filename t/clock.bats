#!/usr/bin/env bats
# Whose clock: in a center proper that of the machine, which --now only asks about; in a demo --now.

load lib/base

REFUSED="--now and QIFU_NOW are for questions and dry runs (-n): what is written bears the machine's time; --at says when something happened, and center-init --demo makes a center whose clock they set"

# proper: a center whose clock nobody sets.
proper() { center-init -q; }

# held: all that the database holds.
held() { sql .dump | sha256sum; }

# refused PROGRAM ARGUMENT...: by --now and by QIFU_NOW, and nothing is changed.
refused() {
    local program=$1 before
    before=$(held)
    shift
    gives 2 "" "$program: $QIFU_DB: $REFUSED" "$program" --now 2099-01-01 "$@" &&
        gives 2 "" "$program: $QIFU_DB: $REFUSED" env QIFU_NOW=2099-01-01 "$program" "$@" &&
        same "$program: $(held)" "$program: $before"
}

@test "no program writes under a clock that somebody set" {
    proper
    ticket-new -q --kind 投诉 --title 噪声 >out
    ticket-new -q --title 涨价 | ticket-route --to tax - | ticket-answer --text x - >out
    printf '标题\n一\n' >bad.csv
    printf '序号,类型,评分\n1,贷款融资,4\n' >survey.csv
    consult-open -q --title t --draft bad.csv --from tax --until "$(date -d '30 days' +%F)" --to justice >out
    declare -A writes=(
        [association-add]="--code c2 --name n2" [enterprise-add]="--code 91320300MA00002690 --name n4"
        [liaison-add]="--name n3 --org tax" [policy-add]="$TREE/share/demo/policies/arrears-2020.yaml"
        [policy-record]="--type viewed p" [policy-publish]=p [policy-interpret]=p [policy-pin]=p
        [policy-withdraw]="--reason x p" [policy-push]= [policy-source]="--look gov-cn"
        [survey-supervise]= [survey-add]="--csv survey.csv" [kb-add]="--code k --title x --text y" [ballot-add]="--wave 2020-H1 --relist" [ticket-new]="--title x" [ticket-show]="--unmask 1"
        [ticket-route]="--to tax 1" [org-add]="--code c1 --name n1 --group utility" [member-add]="--org center --role administrator n1" [member-remove]=n1
        [ticket-answer]="--text x 1" [ticket-confer]="--reason x 1" [ticket-note]="--text x 1"
        [ticket-merge]="--into 1 2" [ticket-close]=--unrated [ticket-rate]="--score 5 1" [escalate]=
        [ticket-accept]=1 [ticket-appeal]="--figure due --reason r --basis b 1" [ruling-retire]="--reason x 1" [record-erase]="--law x --reason y --field title 1" [record-retain]= [ticket-assist]="--add justice 1" [ticket-extend]="--days 1 --reason r 1" [ticket-follow]="--outcome redo 1"
        [ticket-resume]=1 [ticket-return]="--reason r 1" [ticket-suspend]="--reason r 1"
        [supervision-accept]=1 [supervision-reply]="--text x 1" [supervision-revoke]="--approve 1"
        [supervision-order]="--to tax --reason x 1" [supervision-refuse]="--reason x 1"
        [accountability-record]="--result x 1"
        [supervision-dossier]="--unmask 1" [center-init]= [sla-check]=--recompute
        [consult-decide]="--adopt --reason r 1" [consult-answer]="--by tax --text x 1"
        [consult-open]="--title t --draft bad.csv --from tax --until 2099-01-02 --to justice"
        [register-add]="--field number=1 --field title=x --field lead=tax problems"
        [register-act]="--field measures=x problems report 1" [register-show]="--unmask 1"
        [register-list]="--unmask problems"
        [consult-report]="--feedback 1" [ticket-correct]="--title y --reason x 1"
        [ticket-decline]="--reason 属于信访事项 --basis x 1" [ticket-refer]="--to 110 --reason x 1"
        [ticket-withdraw]="--text x 1" [ticket-void]="--reason x 1" [log-head]="-k log.key"
        [notice-send]= [mail-in]=Maildir [address-add]="--org tax --address a@b.example"
        [route-learn]="-o m --csv lessons.csv --no-log" [log-prove]="--unmask 1" [ticket-receipt]="--unmask 1"
    )
    { echo 标题,单位; yes 发票,tax | head -n 3; yes 发票太慢,finance | head -n 3; } >lessons.csv
    log-key log.example log.key >out
    mkdir -p Maildir/new Maildir/cur
    printf "From: a@b.example\n\nx\n" >Maildir/new/1
    log-head -k log.key >out
    for p in "${!writes[@]}"; do
        refused "$p" ${writes[$p]}
    done
    refused ticket-new --no-ref --received now --csv bad.csv
    refused ticket-show -n --unmask 1
    refused escalate 1
    refused ticket-follow --unmask
    # and every other program only asks
    for p in $(ls "$BIN"); do
        case $p in
            *-list | *-check | *-show | enterprise-watch | policy-compare | policy-match | report-* | register-wall | kb-find | kb-propose | assess-score | ballot-rank | ballot-panel | ticket-calendar | ticket-export | workday | log-key | log-cosign | log-verify | qifu) ;;
            web-*) ;; # a page: t/web.bats
            center-move | center-rebuild) ;; # it copies what was entered
            *) [ -n "${writes[$p]+x}" ] || same "$p" "a program that is tried above" ;;
        esac
    done
}

@test "a question and a dry run go by any clock" {
    proper
    ticket-new -q --kind 投诉 --title 噪声 | ticket-route -q --to tax - >out
    before=$(held)
    run --separate-stderr escalate -n --now 2099-01-01
    same "$status $stderr $(cut -f 1,2 <<<"$output" | xargs)" "0  1 yellow 1 orange 1 red"
    run --separate-stderr sla-check -q --now 2099-01-01
    same "$status $stderr $(cut -f 1,2 <<<"$output" | xargs)" "0  1 red"
    gives 0 $'1\tdispatched\t-' "" bash -c 'ticket-show --now 2099-01-01 1 | head -0; ticket-list --now 2099-01-01 | cut -f 1-3'
    run --separate-stderr center-init -n --now 2099-01-01
    same "$status $stderr" "0 "
    same "$(held)" "$before"
}

@test "a demo's clock is set, for good" {
    gives 0 "$QIFU_DB"$'\tcreated\t'"$(grep -c '^  - code:' "$TREE/share/organisations.yaml") organisations added, 0 changed"$'\tdemo: --now sets its clock, for good' \
        "" center-init --demo --now 2026-03-02
    same "$(sql "SELECT DISTINCT at, recorded_at FROM event")" "$(date -d 2026-03-02T00:00+08:00 '+%s|%s')"
    for option in "" --demo; do
        gives 0 "$QIFU_DB"$'\tup to date\t0 organisations added, 0 changed\tdemo: --now sets its clock, for good' \
            "" center-init $option --now 2026-03-03
    done
    for change in "DELETE FROM setting" "UPDATE setting SET name = 'x'" \
        "UPDATE setting SET name = 'demo' WHERE name = 'center'"; do
        run --separate-stderr sql "$change"
        [ "$status" -ne 0 ]
        [[ $stderr == *"a demo center stays one"* ]]
    done
}

@test "a center proper becomes no demo" {
    proper
    before=$(held)
    gives 2 "" "center-init: $QIFU_DB: this center is not a demo, and cannot become one; name another database" \
        center-init --demo
    run --separate-stderr sql "INSERT INTO setting VALUES ('demo', '1')"
    [[ $stderr == *"a center is made as a demo or never is one"* ]]
    same "$(held)" "$before"
    gives 2 "" "center-init: $T/other.db: $REFUSED" center-init --now 2026-03-02 -d "$T/other.db"
    [ ! -e other.db ]
}

@test "center-check tells where the log's own time went back, or was kept from it" {
    proper
    gives 0 "" "" center-check -q # without the note of the calendar's end: the clock is the machine's
    ahead=$(($(date +%s) + 86400))
    sql "DROP TRIGGER event_is_fixed; UPDATE event SET recorded_at = $ahead WHERE id = (SELECT max(id) FROM event)"
    last=$(sql "SELECT max(id) FROM v_event")
    org-add --code c1 --name n1 --group utility >out
    same "$(sql "SELECT recorded_at FROM event WHERE id = $last + 1")" "$ahead"
    behind=$(sql "SELECT json_extract(data, '$.clock_behind') FROM v_event WHERE id = $last + 1")
    [ "$behind" -gt 86000 ] && [ "$behind" -le 86400 ]
    run --separate-stderr center-check -q
    same "$status $stderr" "1 "
    same "$(grep ^clock <<<"$output")" "clock	$((last + 1))	from here on the machine's clock was $behind s behind the log
clock	$last	it was entered at $(TZ=UTC-8 date -d "@$ahead" +%Y-%m-%dT%H:%M:%S+08:00), which is still to come"
    sql "UPDATE event SET recorded_at = recorded_at - 7 WHERE id = 5"
    run --separate-stderr center-check
    [[ $output == *"clock	5	it was entered "*" s before the event in front of it"* ]]
    sql "INSERT INTO setting SELECT 'x', '1'; DROP TRIGGER setting_demo_is_first; INSERT INTO setting VALUES ('demo', '1')"
    run --separate-stderr center-check
    [[ $output == *"clock	1	the center is a demo, and was not made as one"* ]]
}

@test "no time outside 1990 to 2119" {
    proper
    gives 2 "" 'ticket-new: a time outside 1990 to 2119: "9999-12-31T24:00"' \
        ticket-new --title x --at 9999-12-31T24:00
    for time in 9999-12-31 1989-12-31T23:59 2120-01-01; do
        gives 2 "" "sla-check: a time outside 1990 to 2119: \"$time\"; see sla-check -h" \
            sla-check --now $time
    done
    gives 2 "" 'sla-check: QIFU_NOW: a time outside 1990 to 2119: "9999-12-31" (write 2020-05-27T09:00)' \
        env QIFU_NOW=9999-12-31 sla-check
    gives 0 "" "" sla-check -q --now 2119-12-31T23:59:59
    gives 0 "" "" sla-check --now 1990-01-01
}

@test "what is entered later is recorded later, also where the clock was set back" {
    at 2026-03-10
    center
    ticket-new -q --title 一 >out
    ticket-new -q --title 二 --now 2026-03-05T10:00 >out
    at=$(date -d 2026-03-05T10:00+08:00 +%s)
    same "$(sql "SELECT at, recorded_at, data LIKE '%clock%' FROM event WHERE ticket_id = 2 LIMIT 1")" \
        "$at|$(date -d 2026-03-10T00:00+08:00 +%s)|0"
    same "$(sql "SELECT count(*) FROM event a JOIN event b ON b.id = a.id + 1 WHERE b.recorded_at < a.recorded_at")" 0
}
