#!/usr/bin/env bats
# policy-record: views, feedback, applications, money granted.

load lib/base
load lib/policy

@test "views, feedback and money are recorded for a policy" {
    policies
    gives 0 $'a\tviewed\tadded\t甲办法' "" policy-record --type viewed --count 30 a
    gives 0 $'a\tviewed\tadded\t甲办法' "" policy-record --type 浏览 --enterprise "$FIRM" a
    gives 0 $'a\tfeedback\tadded\t甲办法' "" policy-record --type feedback --score 满意 --text 好 a
    gives 0 $'a\tgranted\tadded\t甲办法' "" policy-record --type granted --amount 50.5万 --enterprise "$FIRM" a
    same "$(rows)" $'viewed|30||||\nviewed|1||||1\nfeedback|1|4||好|\ngranted|1||505000000000||1'
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event ORDER BY id DESC LIMIT 1")" \
        "{\"id\":4,\"policy\":\"a\",\"enterprise\":\"$FIRM\",\"amount\":505000000000}"
    same "$(logged viewed) $(logged feedback) $(logged granted)" "2 1 1"
    gives 0 "" "" center-check
}

@test "applications and what became of them; they are the organisation's whose policy it is" {
    policies
    gives 0 $'a\tapplied\tadded\t甲办法' "" policy-record --type 申报 --enterprise "$FIRM" --amount 2万 a
    gives 0 $'a\trefused\tadded\t甲办法' "" policy-record --type refused --enterprise "$FIRM" --text 材料不全 a
    gives 0 $'a\tapplied\tadded\t甲办法' "" policy-record --type applied --enterprise "$FIRM" a
    gives 0 $'a\tgranted\tadded\t甲办法' "" policy-record --type granted --amount 1万 --enterprise "$FIRM" a
    same "$(rows)" $'applied|1||20000000000||1\nrefused|1|||材料不全|1\napplied|1||||1\ngranted|1||10000000000||1'
    gives 2 "" "policy-record: a: record an application: the policy is not that organisation's" \
        policy-record --type applied --enterprise "$FIRM" --by 市体育局 a
    # what was applied for is not what was granted
    same "$(policy-show a | grep -E 'applications|refusals|grant' | cut -f 2- | xargs)" \
        "applications 2 refusals 1 grants 1 granted 10000"
    same "$(policy-show --sheet a | cut -f 8-12)" $'2\t1\t1\t1\t10000'
    same "$(report-monthly -F tsv --now 2026-04-01 2026-03 | grep ^total.*policy-applied | cut -f 5)" 2
    same "$(report-monthly --now 2026-04-01 --ids policy-refused 2026-03 | cut -f 1)" a
    gives 0 "" "" center-check
}

@test "a table: views in bulk, once however often it is taken" {
    policies
    cat >e.csv <<CSV
政策编号,事项,浏览量,统一社会信用代码,评价,兑现金额,意见,时间
a,浏览,120,,,,,2026-03-08
a,浏览,120,,,,,2026-03-08
b,评价,,$FIRM,满意,,,2026-03-08 10:00
b,兑现,,$FIRM,,3万元,,2026-03-08
CSV
    gives 0 $'a\tviewed\tadded\t甲办法\na\tviewed\tadded\t甲办法\nb\tfeedback\tadded\t乙办法
b\tgranted\tadded\t乙办法' "" policy-record --csv e.csv
    before=$(sql .dump | sha256sum)
    run --separate-stderr policy-record --csv e.csv
    same "$status$stderr$(cut -f 3 <<<"$output" | sort -u)" 0same
    same "$(sql .dump | sha256sum)" "$before"
    same "$(rows)" $'viewed|120||||\nviewed|120||||\nfeedback|1|4|||1\ngranted|1||30000000000||1'
    # without a time nothing says that a row is the same
    printf 'policy,count\na,1\n' >v.csv
    gives 0 $'a\tviewed\tadded\t甲办法' "" policy-record --type viewed --csv v.csv
    gives 0 $'a\tviewed\tadded\t甲办法' "" policy-record --type viewed --csv v.csv
}

@test "bad rows: all or nothing, and rejects" {
    policies
    cat >e.csv <<CSV
policy,type,count,enterprise,score,amount,text,at
a,viewed,2,,,,,
,viewed,,,,,,
a,viewd,,,,,,
a,viewed,-1,,,,,
a,feedback,,,9,,,
a,granted,,$FIRM,,much,,
a,granted,,,,5,,
a,viewed,,zzz,,,,
a,viewed,,,,,,soon
a,viewed,,,,,,2027-01-01
x,viewed,,,,,,
a,withdrawn,,,,,,
a,,,,,,,
CSV
    faults='policy-record: e.csv:3: no policy
policy-record: e.csv:4: unknown type "viewd" (did you mean viewed?)
policy-record: e.csv:5: not a number of views: "-1"
policy-record: e.csv:6: unknown rating "9" (1 非常不满意, 2 不满意, 3 基本满意, 4 满意, 5 非常满意)
policy-record: e.csv:7: not an amount: "much"
policy-record: e.csv:8: granted needs an amount and an enterprise
policy-record: e.csv:9: unknown enterprise "zzz"; enterprise-list --text finds one by a part of its name or code
policy-record: e.csv:10: not a time: "soon" (write 2020-05-27 or 2020-05-27T09:00)
policy-record: e.csv:11: a: 2027-01-01T00:00:00+08:00 lies in the future
policy-record: e.csv:12: unknown policy "x"; policy-list --all shows them
policy-record: e.csv:13: unknown type "withdrawn" (viewed 浏览, feedback 评价, applied 申报, refused 未通过, granted 兑现)
policy-record: e.csv:14: no type'
    gives 2 "" "$faults
policy-record: 12 bad rows: nothing was done; --rejects FILE does the rest" policy-record --csv e.csv
    same "$(rows)" ""
    gives 2 $'a\tviewed\tadded\t甲办法' "$faults" policy-record --csv e.csv --rejects bad.csv
    same "$(wc -l <bad.csv) $(rows)" "13 viewed|2||||"
}

@test "a wrong command line is refused, with what would be right" {
    policies
    e() { gives 2 "" "policy-record: $1; see policy-record -h" policy-record "${@:2}"; }
    e "name the policies, or a file with --csv" --type viewed
    e "--type is missing" a
    e 'unknown type "vieweds" (did you mean viewed?)' --type vieweds a
    e 'unknown type "pinned" (did you mean viewed?)' --type pinned a
    e "a count goes with viewed" --type feedback --score 1 --count 2 a
    e "feedback needs a score or a text" --type feedback a
    e "a score goes with feedback" --type viewed --score 5 a
    e "a text goes with feedback, applied, refused and granted" --type viewed --text x a
    e "applied needs an enterprise" --type applied a
    e "refused needs an enterprise and a text: why" --type refused --enterprise "$FIRM" a
    e "granted needs an amount and an enterprise" --type granted --amount 5 a
    e "an amount goes with applied and granted" --type viewed --amount 5 a
    e 'not an amount: "-5" (write 500000 or 50万)' --type granted --amount -5 a
    e 'unknown rating "9" (1 非常不满意, 2 不满意, 3 基本满意, 4 满意, 5 非常满意)' --type feedback --score 9 a
    e "--at lies in the future" --type viewed --at 2027-01-01 a
    e "policies are named by a file or by operands, not both" --csv x a
    e "one of --csv and --jsonl, once" --csv x --jsonl y
    run --separate-stderr policy-record --type viewed --enterprise zzz a
    same "$status$output" 2
    [[ $stderr == 'policy-record: unknown enterprise "zzz"'* ]]
}
