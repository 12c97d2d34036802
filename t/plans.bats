#!/usr/bin/env bats
# No program reads a large table from end to end where an index serves: SQLite is asked for its plan of every
# statement of the calls of t/lib/programs, and what it scans must stand in t/lib/scans with its reason.

load lib/base
load_programs

PLANS=$QIFU_BIN/../plans.so # make check builds it

# The large tables that were scanned: program and table, from the lines that t/plans/plans.c writes. A name in
# the statement is that of the table before it; what ends after a row by number is no scan, and an INSERT reads
# other tables only where a foreign key is broken.
scanned() {
    awk -F '\t' '
        BEGIN {
            count = split("accountability association_member ballot_vote consultee enterprise event event_shown fact kb_entry kb_pair liaison_enterprise" \
                " opinion policy_event push request round route shown supervision survey_answer suspension tag ticket", list, " ")
            for (i = 1; i <= count; i++) large[list[i]] = 1
        }
        $3 ~ /^INSERT/ || $3 ~ /ORDER BY id DESC LIMIT 1$/ { next }
        {
            table = $2
            sub(/^(main|temp)\./, "", table)
            count = split($3, word, /[ (),]+/)
            for (i = 3; i <= count; i++)
                if (word[i] == $2 && (word[i - 2] == "FROM" || word[i - 2] == "JOIN")) table = word[i - 1]
            if (table in large) print $1, table
        }' "$1" | sort -u
}

meant() { awk '!/^#/ { print $1, $2 }' "$TREE/t/lib/scans" | sort -u; }

@test "what is read from end to end is meant to be" {
    ! served || skip "the plans are SQLite's"
    every_state
    for p in $(programs); do
        PLANS_FILE=$T/plans LD_PRELOAD=$PLANS call "$p" ${good[$p]}
        [ "$status" -le 1 ]
    done
    [ "$(wc -l <plans)" -gt 100 ]
    same "$(scanned plans | comm -23 - <(meant))" ""
}

@test "a scan is seen, and what is no scan is not" {
    {
        printf 'x\tt\tSELECT 1 FROM ticket t JOIN org o ON true\n'
        printf 'x\tround\tSELECT 1 FROM round\n'
        printf 'x\tevent\tSELECT id FROM event ORDER BY id DESC LIMIT 1\n'
        printf 'x\torg\tSELECT 1 FROM org\n'
        printf 'x\tround\tINSERT INTO ticket (id) VALUES (1)\n'
    } >plans
    same "$(scanned plans)" $'x round\nx ticket'
}

@test "every scan that is meant is of a program and has a reason" {
    same "$(meant | cut -d ' ' -f 1 | sort -u | comm -23 - <(programs | sort))" ""
    same "$(awk '!/^#/ && NF < 5' "$TREE/t/lib/scans")" ""
}
