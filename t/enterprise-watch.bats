#!/usr/bin/env bats
# enterprise-watch: whom a liaison should see, by rules over what is known of enterprises.

load lib/base
load lib/loop

A=91320300MA00000001 B=91320300MA00000002 C=91320300MA00000003

# knows CODE DAY FACT VALUE: from this day on.
knows() { enterprise-add -q --accept-code x --as-of "$2" --code "$1" --fact "$3=$4" >added; }

# watched: three firms; a configuration of its own, whose rules standard input has.
watched() {
    at 2026-03-02T10:00
    mkdir -p conf
    cp -r "$TREE"/share/*.yaml "$TREE"/share/*.csv "$TREE"/share/{calendars,registers,notices} conf
    cat >conf/watch.yaml
    export QIFU_CONFIG=$T/conf
    center
    for firm in $A:甲公司 $B:乙公司 $C:丙公司; do
        enterprise-add -q --accept-code x --code "${firm%:*}" --name "${firm#*:}" >added
    done
}
found() { enterprise-watch "$@" | cut -f 1,4-9; }

@test "a fact beside the one before it: by so many percent at least, and not too long ago" {
    watched <<<'rules:
  - {rule: falls, name: 营收下降, fact: 营业收入, falls: 30, days: 365}
  - {rule: rises, name: 负债上升, fact: debt-ratio, rises: 50, days: 365}'
    knows $A 2025-01-01 revenue 1000万元
    knows $A 2026-01-01 revenue 700万元
    knows $B 2025-01-01 revenue 1000万元
    knows $B 2026-01-01 revenue 700.01万元
    knows $C 2024-01-01 revenue 1000万元
    knows $C 2025-01-01 revenue 1万元
    knows $C 2024-01-01 debt-ratio 40%
    knows $C 2025-06-01 debt-ratio 60%
    knows $C 2026-06-01 debt-ratio 10%
    same "$(found)" "$A	falls	10000000	7000000	-30	2026-01-01	-
$C	rises	0.4	0.6	50	2025-06-01	-"
    # a year ago C had fallen; it is told of no other
    same "$(found --as-of 2025-03-01)" "$C	falls	10000000	10000	-99	2025-01-01	-"
    enterprise-watch -F table --rule 营收下降 | grep -q '甲公司.*营收下降.*1000万元.*700万元.*-30'
    gives 1 "" "" enterprise-watch --as-of 2020-01-01
}

@test "requests that pile up, of the kinds that are meant; void and confidential ones do not count" {
    watched <<<'rules:
  - {rule: complaints, name: 投诉集中, requests: 2, kinds: [投诉], days: 30}
  - {rule: all, name: 诉求集中, requests: 3, days: 30}'
    ticket-new -q --kind 投诉 --title a --uscc $A --at 2026-01-31T09:00 >out
    ticket-new -q --kind 投诉 --title b --uscc $A --at 2026-02-01T09:00 >out
    ticket-new -q --kind 投诉 --title c --enterprise 乙公司 >out
    ticket-new -q --kind 投诉 --title d --uscc $B >out
    ticket-new -q --kind 其他 --title e --uscc $B >out
    ticket-new -q --kind 投诉 --title f --uscc $C >out
    ticket-new -q --kind 投诉 --title g --uscc $C --confidential >out
    ticket-new -q --kind 投诉 --title h --uscc $C >out
    ticket-void -q --reason x 8 >out
    # the request of 31 January is one day too old
    same "$(found)" "$B	complaints	-	2	-	2026-03-02	3 4
$B	all	-	3	-	2026-03-02	3 4 5"
    same "$(found --as-of 2026-02-01)" "$A	complaints	-	2	-	2026-02-01	1 2"
}

@test "a title that ends, unless it is prolonged; whom the liaison serves" {
    watched <<<'rules:
  - {rule: ends, name: 资质到期, ends: 60, tags: [高企]}'
    titled() { enterprise-add -q --accept-code x --code "$1" --tag "$2" >added; }
    titled $A '高新技术企业(2025-01-01至2026-05-02)'
    titled $B '高新技术企业(2025-01-01至2026-05-01)'
    titled $B '瞪羚企业(2025-01-01至2026-03-05)'
    titled $C '高新技术企业(2023-03-11至2026-03-10)'
    liaison-add -q --name 王五 --org tax --enterprise $B >out
    same "$(found | cut -f 1,2,6,7)" "$B	ends	2026-05-01	高新技术企业
$C	ends	2026-03-10	高新技术企业"
    titled $C '高新技术企业(2026-03-11至2029-03-10)'
    same "$(enterprise-watch)" "$B	乙公司	-	ends	-	-	-	2026-05-01	高新技术企业	王五（国家税务总局徐州市税务局）"
    same "$(found --as-of 2026-03-03 | cut -f 1 | xargs)" "$A $B"
    same "$(found --as-of 2026-03-03 --liaison 王五 | cut -f 1)" $B
    gives 2 "" 'enterprise-watch: no such liaison: "赵六"' enterprise-watch --liaison 赵六
    gives 2 "" 'enterprise-watch: no rule of watch.yaml is called "x"' enterprise-watch --rule x
}

@test "faults of the rules are named by file and line" {
    at 2026-03-02T10:00
    mkdir conf
    cp -r "$TREE"/share/*.yaml "$TREE"/share/*.csv "$TREE"/share/{calendars,registers,notices} conf
    cat >conf/watch.yaml <<'END'
rules:
  - {rule: a, name: 甲, fact: revenues, falls: 30, days: 10}
  - {rule: b, name: 乙, fact: region, falls: 30, days: 10}
  - {rule: c, name: 丙, falls: 101, requests: 2, days: 10}
  - {rule: d, name: 丁, requests: 2}
  - {rule: e, name: 戊, ends: 2, days: 1, tags: [高高企]}
  - {rule: f, name: 己, requests: 2, days: 1, kinds: [表扬], fact: revenue}
END
    call center-init -C conf --demo
    same "$status" 2
    while IFS= read -r fault; do
        [[ $stderr == *"conf/watch.yaml:$fault"* ]] || { echo "$fault" "$stderr" >&2; return 1; }
    done <<'END'
2: unknown fact "revenues"
3: "region" is no number
4: one of "falls", "rises", "requests" and "ends"
5: "days" is missing: how far it looks back
6: "ends" says how many days lie ahead, and goes without "days"
6: unknown tag "高高企"
7: unknown kind "表扬"
7: "fact" goes with "falls" and "rises"
END
}
