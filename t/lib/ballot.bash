# Ballots in which the ranks are known (t/ballot-*.bats).

# units N [RULES]: a configuration with one group of N units, u01 u02 ..., all of the tax office, a group of three, and
# the waves 2025-H2 (December) and 2026-H1 (1 to 20 May).
units() {
    rm -rf conf
    cp -r "$TREE/share" conf
    {
        echo "rules: {${2-complete: 80, alike: 5, unit_minimum: 30, group_minimum: 50, last: 5, last_of: 10}}"
        echo 'waves:'
        echo '  - {wave: 2025-H2, from: 2025-12-01, to: 2025-12-20}'
        echo '  - {wave: 2026-H1, from: 2026-05-01, to: 2026-05-20}'
        echo 'groups:'
        echo '  - group: offices'
        echo '    name: 处室'
        echo '    units:'
        seq -f %02g "$1" | sed 's/.*/      - {unit: u&, name: 处室&, org: tax}/'
        echo '  - group: stations'
        echo '    name: 站所'
        echo '    units:'
        seq 3 | sed 's/.*/      - {unit: s&, name: 站所&, org: justice}/'
    } >conf/ballots.yaml
    export QIFU_CONFIG=$T/conf
}

# votes NAME COUNT DAY SHARE...: the votes of COUNT voters, NAME1 ..., on u01 u02 ...: of each unit SHARE of a hundred
# say 5, the others 3, so that it has 60 + 0.4 SHARE points, if COUNT divides by a hundred; and 4 on the unit behind
# them (80 points), so that nobody says the same of all.
votes() {
    awk -v name="$1" -v count="$2" -v day="$3" -v shares="${*:4}" 'BEGIN {
        units = split(shares, share, " ")
        for (i = 1; i <= count; i++) {
            for (k = 1; k <= units; k++)
                printf "%s%d,u%02d,%d,%s %02d:%02d\n", name, i, k, (i * 7 + k * 13) % 100 < share[k] ? 5 : 3, day, i % 24, i % 60
            printf "%s%d,u%02d,4,%s %02d:%02d\n", name, i, k, day, i % 24, i % 60
        } }'
}

# cast WAVE: takes in votes on standard input
cast() { { echo voter,unit,score,at; cat; } | ballot-add -q --wave "$1" --csv - >cast; }
