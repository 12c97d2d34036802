#!/usr/bin/env bats
# The gate of records besides tickets and policies: who may, when it was, in files too; and the table
# of acts as a whole.

load lib/base
load lib/loop

A=91320300MA00002690

# events TYPE: who did it and when it was, by the data of the log.
events() {
    sql "SELECT coalesce(json_extract(data, '$.by'), '-'), at, recorded FROM v_event WHERE type = '$1' ORDER BY id"
}

@test "organisations: the center, a county its bureaus, everybody its own entry but for the group" {
    at 2026-03-02T10:00
    cp -r "$TREE/share" conf
    printf 'counties:\n  - {center: "320322", bureaus: peixian}\n' >>conf/center.yaml
    sed -i 's/^groups:.*/&\n  peixian: 沛县部门/' conf/organisations.yaml
    QIFU_CONFIG=$T/conf
    center
    gives 0 "c1	甲局	added" "" org-add --code c1 --name 甲局 --group utility --at 2026-03-01T09:00
    gives 0 "c1	甲局	changed" "" org-add --code c1 --name 甲局 --group utility --phone 0516-1 --by c1
    same "$(events org-changed)" 'c1|2026-03-02T10:00:00+08:00|2026-03-02T10:00:00+08:00'
    same "$(events org-added | tail -n 1)" '-|2026-03-01T09:00:00+08:00|2026-03-02T10:00:00+08:00'
    own="org-add: change an organisation: the entry, or its new group, is not that organisation's"
    gives 2 "" "$own" org-add --code c1 --name 甲局 --group county --by c1
    gives 2 "" "$own" org-add --code c1 --name 乙局 --group utility --by tax
    gives 2 "" "org-add: add an organisation: only the center may" org-add --code c2 --name 乙局 --group utility --by c1
    gives 0 "p1	沛县甲局	added" "" org-add --code p1 --name 沛县甲局 --group peixian --by 320322
    gives 0 "p1	沛县乙局	changed" "" org-add --code p1 --name 沛县乙局 --group peixian --by 320322
    gives 2 "" "$own" org-add --code p1 --name 沛县乙局 --group utility --by 320322
    gives 2 "" "$own" org-add --code c1 --name 沛县丙局 --group peixian --by 320322
    gives 0 "p1	沛县乙局	same" "" org-add --code p1 --name 沛县乙局 --group peixian --by tax
    gives 0 "" "" center-check
}

@test "associations: the center adds, the association itself changes" {
    at 2026-03-02T10:00
    center
    quiet enterprise-add --code $A --name 甲公司
    gives 2 "" "association-add: add an organisation: only the center may" \
        association-add --code a1 --name 甲协会 --by tax
    gives 0 "a1	甲协会	added" "" association-add --code a1 --name 甲协会 --at 2026-03-01
    gives 0 "a1	甲协会	changed" "" association-add --code a1 --name 甲协会 --members $A --by a1 --at 2026-03-02T08:00
    same "$(events association-added)" '-|2026-03-01T00:00:00+08:00|2026-03-02T10:00:00+08:00'
    same "$(events association-changed)" 'a1|2026-03-02T08:00:00+08:00|2026-03-02T10:00:00+08:00'
    gives 2 "" "association-add: change an association: it is not that organisation's" \
        association-add --code a1 --name 甲协会 --members - --by tax
    printf '%s\n' code,name,classes,by,at a1,甲协会,loans,a1,2026-03-02T09:00 a1,甲协会,loan-interest,, >a.csv
    gives 0 "a1	甲协会	changed" "" association-add --csv a.csv
    same "$(events association-changed | tail -n 1)" 'a1|2026-03-02T09:00:00+08:00|2026-03-02T10:00:00+08:00'
    gives 0 "" "" center-check
}

@test "liaisons: their organisation, or the center; pairs hold from the moment that is given" {
    at 2026-03-02T10:00
    center
    quiet enterprise-add --code $A --name 甲公司
    gives 0 "1	张三	tax	1	added" "" liaison-add --name 张三 --org tax --enterprise $A --by tax --at 2026-02-02T10:00
    same "$(liaison-list -F json | jq -r .since)" 2026-02-02T10:00:00+08:00
    for event in liaison-added liaison-paired; do
        same "$(events $event)" 'tax|2026-02-02T10:00:00+08:00|2026-03-02T10:00:00+08:00'
    done
    gives 2 "" "liaison-add: unpair: the liaison is not that organisation's" \
        liaison-add --name 张三 --org tax --unpair $A --by justice
    printf '%s\n' name,org,phone,by,at 张三,tax,0516-1,justice, 李四,tax,,, 王五,tax,,tax,2026-04-01 >l.csv
    gives 2 "" "liaison-add: l.csv:2: change a liaison: the liaison is not that organisation's
liaison-add: l.csv:4: 2026-04-01T00:00:00+08:00 lies in the future
liaison-add: 2 bad rows: nothing was done; --rejects FILE does the rest" liaison-add --csv l.csv
    gives 0 "" "" center-check
}

@test "enterprises: whoever knows; rows stand above the options" {
    at 2026-03-02T10:00
    center
    gives 0 "$A	甲公司	added" "" enterprise-add --code $A --name 甲公司 --by tax --at 2026-03-01
    same "$(events enterprise-added)" 'tax|2026-03-01T00:00:00+08:00|2026-03-02T10:00:00+08:00'
    printf '%s\n' code,staff,asof,by,录入时间 $A,10,2026-01-01,justice,2026-02-01 $A,11,2026-02-01,, >e.csv
    gives 0 "$A	甲公司	changed
$A	甲公司	changed" "" enterprise-add --csv e.csv --by tax --at 2026-03-02
    same "$(events enterprise-changed)" 'justice|2026-02-01T00:00:00+08:00|2026-03-02T10:00:00+08:00
tax|2026-03-02T00:00:00+08:00|2026-03-02T10:00:00+08:00'
    printf '%s\n' code,staff,by,at $A,12,taxx,昨天 >e.csv
    gives 2 "" 'enterprise-add: e.csv:2: unknown organisation "taxx" (did you mean tax?); not a time: "昨天" (write 2020-05-27 or 2020-05-27T09:00)
enterprise-add: 1 bad row: nothing was done; --rejects FILE does the rest' enterprise-add --csv e.csv
    gives 0 "" "" center-check
}

@test "who and when on the command line" {
    at 2026-03-02T10:00
    center
    for program in org-add association-add liaison-add enterprise-add survey-add; do
        gives 2 "" "$program: --at lies in the future; see $program -h" "$program" --csv /dev/null --at 2026-03-03
        gives 2 "" "$program: unknown organisation \"taxx\" (did you mean tax?)" "$program" --csv /dev/null --by taxx
    done
}

@test "questionnaires: who took them in, and when they were answered" {
    at 2026-03-02T10:00
    center
    printf '%s\n' ref,class,at 1,loans, 2,loans,2026-02-01 >s.csv
    gives 0 "1	loans	added
2	loans	added" "" survey-add --source x --csv s.csv --by tax --at 2026-03-01
    same "$(events survey-answered)" 'tax|2026-03-01T00:00:00+08:00|2026-03-02T10:00:00+08:00
tax|2026-02-01T00:00:00+08:00|2026-03-02T10:00:00+08:00'
    gives 0 "" "" center-check
}

@test "looks: the center, or whose site it is; on the day of --at" {
    at 2026-03-02T10:00
    center
    gives 0 "tax	国家税务总局徐州市税务局	looked	2026-02-27" "" policy-source --looked --by tax --at 2026-02-27T09:00 tax
    gives 0 "tax	国家税务总局徐州市税务局	same	2026-02-27" "" policy-source --looked --at 2026-02-27 tax
    same "$(events source-looked)" 'tax|2026-02-27T09:00:00+08:00|2026-03-02T10:00:00+08:00'
    same "$(policy-source tax | cut -f 6,7)" "2026-02-27	3"
    gives 2 "tax	国家税务总局徐州市税务局	looked	2026-03-02" "policy-source: gov-cn: look through: the source is not that organisation's" \
        policy-source --looked --by tax gov-cn tax
    gives 2 "" "policy-source: tax: 2026-03-09T00:00:00+08:00 lies in the future" policy-source --looked --at 2026-03-09 tax
    gives 2 "" "policy-source: --by and --at go with --looked; see policy-source -h" policy-source --by tax
    gives 0 "" "" center-check
}

@test "policies: whose they are, and were, or the center; versions one after another" {
    at 2026-03-05T10:00
    center
    policy() { # policy ORG [LINE ...]
        printf '%s\n' 'id: p1' 'title: 甲' 'document: 徐例〔2026〕1号' 'issuer: 市税务局' "org: $1" 'level: 市级' 'kind: 其他类' \
            'class: 就业补贴' 'interpreter: 张三' 'phone: 0516-80000000' 'issued: 2026-02-27' "${@:2}" >p.yaml
    }
    policy tax 'summary: 一'
    not="the policy is not that organisation's"
    gives 2 "" "policy-add: p.yaml:1: add a policy: $not" policy-add --by justice p.yaml
    gives 2 "" "policy-add: p.yaml:1: 2026-02-26T00:00:00+08:00 lies before 2026-02-27T00:00:00+08:00, when it was issued" \
        policy-add --at 2026-02-26 p.yaml
    gives 2 "" "policy-add: p.yaml:1: 2026-03-06T00:00:00+08:00 lies in the future" policy-add --at 2026-03-06 p.yaml
    gives 2 "" 'policy-add: unknown organisation "taxx" (did you mean tax?)' policy-add --by taxx p.yaml
    gives 0 "p1	1	added	甲" "" policy-add --draft --by tax --at 2026-03-02T09:00 p.yaml
    same "$(events policy-added)" 'tax|2026-03-02T09:00:00+08:00|2026-03-05T10:00:00+08:00'
    gives 2 "" "policy-add: p.yaml:1: p1: publish: $not" policy-add --by justice p.yaml
    gives 0 "p1	1	changed	甲" "" policy-add --by tax --at 2026-03-03T09:00 p.yaml
    same "$(events policy-published)" 'tax|2026-03-03T09:00:00+08:00|2026-03-05T10:00:00+08:00'
    same "$(policy-show -F json p1 | jq -r '.collected, .published' | xargs)" \
        "2026-03-02T09:00:00+08:00 2026-03-03T09:00:00+08:00"
    policy tax 'summary: 二' 'pinned: yes'
    gives 2 "" "policy-add: p.yaml:1: pin: only the center may" policy-add --by tax p.yaml
    policy justice 'summary: 二'
    for by in tax justice; do # it is to be another's
        gives 2 "" "policy-add: p.yaml:1: add a version: $not" policy-add --by $by p.yaml
    done
    gives 2 "" "policy-add: p.yaml:1: 2026-03-01T00:00:00+08:00 lies before 2026-03-02T09:00:00+08:00, when its last version came in" \
        policy-add --at 2026-03-01 p.yaml
    gives 0 "p1	2	changed	甲" "" policy-add --by center --at 2026-03-04 p.yaml
    same "$(events policy-changed)" 'center|2026-03-04T00:00:00+08:00|2026-03-05T10:00:00+08:00'
    gives 0 "p1	2	same	甲" "" policy-add --by justice p.yaml
    gives 0 "" "" center-check
}

@test "drafts: their drafter, or the center, sends them out, then" {
    at 2026-03-05T10:00
    center
    echo 第一条 >draft
    open="consult-open --title 办法 --draft draft --from tax --until 2026-03-13"
    gives 2 "" "consult-open: send out a draft: the draft is not that organisation's" $open --to justice --by justice
    gives 2 "" "consult-open: 2026-03-06T00:00:00+08:00 lies in the future" $open --to justice --at 2026-03-06
    gives 0 "1	justice" "" $open --to justice --by tax --at 2026-03-03T09:00
    same "$(events consultation-opened)" 'tax|2026-03-03T09:00:00+08:00|2026-03-05T10:00:00+08:00'
    same "$(sql "SELECT type, at FROM v_event WHERE ticket_id = 1 ORDER BY id")" "received|2026-03-03T09:00:00+08:00
dispatched|2026-03-03T09:00:00+08:00"
    gives 2 "" "consult-open: ask more: the draft is not that organisation's" $open --to commerce --by justice
    gives 2 "" "consult-open: 2026-03-02T09:00:00+08:00 lies before 2026-03-03T09:00:00+08:00, when the draft was sent out" \
        $open --to commerce --at 2026-03-02T09:00
    gives 0 "" "" $open --to justice --at 2026-03-02T09:00
    gives 0 "2	commerce" "" $open --to justice --to commerce --by center
    gives 0 "" "" center-check
}

@test "opinions: the center tells what became of them, not before it was decided" {
    at 2026-03-02T10:00
    center
    echo 第一条 >draft
    quiet consult-open --title 办法 --draft draft --from tax --until 2026-03-13 --to justice
    quiet consult-answer --by justice --text 一 办法
    quiet consult-decide --adopt --reason 好 1
    at 2026-03-05T10:00
    gives 2 "" "consult-report: report: only the center may" consult-report --feedback --by tax 办法
    gives 2 "" "consult-report: 2026-03-02T00:00:00+08:00 lies before 2026-03-02T10:00:00+08:00, when it was decided" \
        consult-report --feedback --at 2026-03-02 办法
    same "$(consult-report --feedback --at 2026-03-04 办法 | cut -f 1)" 1
    same "$(events opinion-reported)" '-|2026-03-04T00:00:00+08:00|2026-03-05T10:00:00+08:00'
    gives 2 "" "consult-report: --by and --at go with --feedback, and not with --again; see consult-report -h" \
        consult-report --feedback --again --at 2026-03-04 办法
    gives 1 "" "" consult-report --feedback 办法
    gives 0 "" "" center-check
}

# What no act leaves: what is done to nothing that is there yet, what a sweep finds, what another
# event brings with it, what an upgrade has to say.
APART='center-created received policy-superseded
escalated assist-escalated dispatch-escalated level-revoked level-moved level-confirmed reply-moved recomputed rescheduled
accountability-opened accountability-ended joined reopened unmasked rounds-recounted survey-taken
org-stated policy-stated survey-stated consultation-stated delivery-stated ticket-stated configured
rows-told rows-stated words-stated enterprise-stated
notices-made head-signed head-cosigned model-adopted model-dropped entry-supervised'

@test "every act leaves an event that the log knows, and every event is left by an act or stands apart" {
    qifu words | awk -F '\t' '$1 == "event" { print $2 }' | sort >known
    qifu acts | cut -f 7 | tr ' ' '\n' | sort -u >left
    same "$(comm -13 known left)" ""
    same "$(tr ' ' '\n' <<<"$APART" | sort | comm -12 left -)" ""
    same "$(comm -23 known left)" "$(tr ' ' '\n' <<<"$APART" | sort)"
}

@test "each record's acts are called by names of their own, and done by programs that there are" {
    same "$(qifu acts | cut -f 1,3 | sort -u | cut -f 2 | sort | uniq -d)" ""
    qifu acts | cut -f 5 | sort -u >programs
    same "$(qifu | cut -f 1 | sort | comm -13 - programs)" ""
}

@test "what waits for an event waits again where the event is undone" {
    needs_file "it makes a file"
    gives 0 'an event of another ticket in the part: {"row":1}
one of its own in a part of the part: {"row":2}
that was undone: {"row":2}
all was undone: {"row":1},{"row":2}
nothing was undone: {"row":5}
nothing waits: ' "" "$BIN/../told" "$T/told.db"
}
