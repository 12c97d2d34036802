#!/usr/bin/env bats
# report-province: the figures of many centers, each from its own database, added.

load lib/base

# city NAME TIME TICKETS ANSWERED: a center made at TIME, in NAME.db.
city() {
    local name=$1 n=$3 answered=$4
    QIFU_NOW=$2 center-init -q --demo -d "$name.db"
    export QIFU_NOW=2026-03-02T09:00
    for _ in $(seq "$n"); do ticket-new -q -d "$name.db" --kind 咨询 --title x; done | ticket-route -q -d "$name.db" --to tax - >out
    export QIFU_NOW=2026-03-02T10:00
    [ "$answered" = 0 ] || ticket-answer -q -d "$name.db" --text y $(seq "$answered") >out
}

@test "two centers: each as its own bulletin says, the total their sum, rates over both" {
    city a 2026-01-02 5 3
    city b 2026-01-03 3 3
    export QIFU_NOW=2026-04-01
    gives 0 "$(report-province 2026-03 -d a.db)" "" report-province 2026-03 a.db
    report-province 2026-03 a.db b.db >both
    for center in a b; do
        report-monthly -d $center.db -F tsv 2026-03 | grep ^total | cut -f 4-6 >"$center.own"
    done
    grep ^center both | cut -f 3-5 >sides
    same "$(cat sides)" "$(cat a.own b.own)"
    # added by another hand
    same "$(grep ^total both | cut -f 3-5)" "$(paste a.own b.own | awk -F '\t' -v OFS='\t' '{ print $1, $1 ~ /-median$/ ? "-" : $2 + $5, $3 == "-" ? "-" : $3 + $6 }')"
    same "$(grep -P '^total\t-\treceived\t' both | cut -f 4)" 8
    same "$(grep -P '^total\t-\tanswered\t' both | cut -f 4)" 6
    # the order of the centers is that of the names; standard input names them too
    gives 0 "$(cat both)" "" bash -c "printf 'a.db\tthe first\nb.db\n' | report-province 2026-03 -"
}

@test "a center that is counted already, or is not there, is refused, and nothing is printed" {
    city a 2026-01-02 1 0
    cp a.db copy.db
    gives 2 "" "report-province: copy.db: this is the center of a.db, which is counted already" report-province 2026-03 a.db copy.db
    gives 2 "" "report-province: none.db: no database there; center-init creates one" report-province 2026-03 a.db none.db
    gives 2 "" "report-province: not a month: \"March\" (write 2020-05); see report-province -h" report-province March a.db
    gives 2 "" "report-province: name a month, YYYY-MM, and the databases; see report-province -h" report-province
}
