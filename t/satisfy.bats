#!/usr/bin/env bats
# What policy-check says of criteria that can never hold, or always do, against an independent one:
# SQL over every combination of values that the criteria tell apart.

load lib/base

# random COUNT SEED: lines of number, criteria, and the same as SQL.
random() {
    awk -v count="$1" -v seed="$2" '
        function pick(n) { return int(rand() * n) + 1 }
        function condition(    kind, sign, value) {
            kind = pick(4)
            sign = signs[pick(6)]
            if (kind == 1) {
                value = (pick(4) - 1) * 10
                text = "staff " sign " " value
            } else if (kind == 2) {
                value = pick(4)
                text = "size " sign " " sizes[value]
                return sql = "size " sign " " value
            } else if (kind == 3) {
                value = places[pick(4)]
                text = "region in " value
                return sql = "(region LIKE \x27" value "%\x27)"
            } else if (pick(2) == 1) {
                text = "tag 专精特新"
                return sql = "tag > 0"
            } else {
                value = pick(4)
                text = "tag 专精特新 level " sign " " levels[value]
                return sql = "(tag > 0 AND tag " sign " " value ")"
            }
            return sql = "staff " sign " " value
        }
        # Leaves the criteria in text and the SQL in sql.
        function tree(depth,    kind, n, i, needed, t, s, join_text, join_sql) {
            kind = depth ? pick(5) : 5
            if (kind == 5)
                return condition()
            if (kind == 4) {
                tree(depth - 1)
                text = "not (" text ")"
                return sql = "NOT (" sql ")"
            }
            n = 1 + pick(2)
            needed = pick(n)
            join_text = kind == 1 ? " and " : kind == 2 ? " or " : ", "
            join_sql = kind == 1 ? " AND " : kind == 2 ? " OR " : " + "
            for (i = 1; i <= n; i++) {
                tree(depth - 1)
                t = t (i > 1 ? join_text : "") "(" text ")"
                s = s (i > 1 ? join_sql : "") "(" sql ")"
            }
            text = kind == 3 ? "at least " needed " of (" t ")" : t
            return sql = kind == 3 ? "((" s ") >= " needed ")" : "(" s ")"
        }
        BEGIN {
            srand(seed)
            split("= != < <= > >=", signs, " ")
            split("micro small medium large", sizes, " ")
            split("county city province national", levels, " ")
            split("32 3203 320302 3205", places, " ")
            for (i = 1; i <= count; i++) {
                tree(3)
                print i "\t" text "\t" sql
            }
        }'
}

@test "600 random criteria: never, always, or neither, as in SQL" {
    at 2026-03-02T10:00
    center
    seed=${SEED:-$RANDOM}
    echo "SEED=$seed"
    random 600 "$seed" >random
    { echo id,title,criteria && awk -F '\t' '{ print $1 ",政策" $1 ",\"" $2 "\"" }' random; } >random.csv
    policy-add -q --draft --csv random.csv >out
    # every value that the conditions tell apart
    {
        echo "CREATE TABLE world AS SELECT staff.value AS staff, size.value AS size, tag.value AS tag,
                  region.value AS region
              FROM json_each('[0, 5, 10, 15, 20, 25, 30, 35]') staff, json_each('[1, 2, 3, 4]') size,
                  json_each('[0, 1, 2, 3, 4]') tag,
                  json_each('[\"320302\", \"320312\", \"320500\", \"320100\", \"110000\"]') region;"
        awk -F '\t' '{
            printf "SELECT %d, CASE WHEN NOT EXISTS (SELECT 1 FROM world WHERE %s) THEN \x27never\x27", $1, $3
            printf " WHEN NOT EXISTS (SELECT 1 FROM world WHERE NOT (%s)) THEN \x27always\x27 END;\n", $3
        }' random
    } | sqlite3 -tabs world.db | grep . | awk -F '\t' '$2 != ""' >expected
    policy-check --only never,always | grep $'\tits criteria ' | cut -f 1,2 | sort -n >got
    diff expected got
    # of both there is something
    [ "$(cut -f 2 expected | sort -u | wc -l)" -eq 2 ]
    [ "$(wc -l <expected)" -ge 30 ]
}
