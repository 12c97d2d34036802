#!/usr/bin/env bats
# policy-event: what happens to policies, and what comes of them.

load lib

FIRM=91320300MA00002690

# Two published policies, a and b, and a draft, d, which lacks a summary.
policies() {
    at 2026-03-09T09:00
    center
    cat >p.csv <<'CSV'
id,title,document,issuer,level,kind,class,summary,interpreter,phone,issued
a,甲办法,甲〔2026〕1号,市税务局,city,general,jobs,x,张三,1,2026-03-02
b,乙办法,甲〔2026〕2号,市税务局,city,general,jobs,x,张三,1,2026-03-02
CSV
    policy-add -q --csv p.csv >out
    sed -n '1p; $s/^b/d/p' p.csv | sed 's/,x,/,,/; s/2号/3号/' >d.csv
    policy-add -q --draft --csv d.csv >out
    sql "INSERT INTO enterprise (code, name, facts_from) VALUES ('$FIRM', '测试公司', 0)"
}

state() { sql "SELECT state, pinned, interpreted_at IS NOT NULL FROM policy WHERE code = '$1'"; }
rows() { sql "SELECT type, count, score, amount, text, enterprise_id FROM policy_event ORDER BY id"; }
logged() { sql "SELECT count(*) FROM event WHERE type = 'policy-$1'"; }

@test "pinned and unpinned, twice is nothing" {
    policies
    gives 0 $'a\tpinned\tchanged\t甲办法\nb\tpinned\tchanged\t乙办法' "" policy-event --type pinned a b
    gives 0 $'a\tpinned\tsame\t甲办法' "" policy-event --type 置顶 a
    same "$(state a)" "published|1|0"
    gives 0 $'a\tunpinned\tchanged\t甲办法' "" policy-event --type unpinned a
    gives 0 $'a\tunpinned\tsame\t甲办法' "" policy-event --type unpinned a
    same "$(logged pinned) $(logged unpinned)" "2 1"
    gives 0 '编号  事项      结果    标题
b     取消置顶  已更新  乙办法' "" policy-event --type unpinned -F table b
    gives 0 "" "" center-check
}

@test "a draft is published once nothing is missing" {
    policies
    gives 2 "" "policy-event: d lacks summary (摘要)" policy-event --type published d
    same "$(state d)" "draft|0|0"
    gives 2 "" "policy-event: d is a draft: nobody has seen it" policy-event --type viewed d
    gives 2 "" "policy-event: d is draft: only a published policy is interpreted" policy-event --type interpreted d
    sed -i 's/,jobs,,/,jobs,现在有了,/' d.csv
    policy-add -q --draft --csv d.csv >out
    gives 0 $'d\tpublished\tchanged\t乙办法' "" policy-event --type published --at 2026-03-09T08:00 d
    gives 0 $'d\tpublished\tsame\t乙办法' "" policy-event --type published d
    same "$(sql "SELECT published FROM v_policy WHERE code = 'd'")" "2026-03-09T08:00:00+08:00"
}

@test "interpreted" {
    policies
    gives 0 $'a\tinterpreted\tchanged\t甲办法' "" policy-event --type interpreted --at '2026-03-08 10:00' a
    gives 0 $'a\tinterpreted\tsame\t甲办法' "" policy-event --type interpreted a
    same "$(sql "SELECT interpreted FROM v_policy WHERE code = 'a'")" "2026-03-08T10:00:00+08:00"
}

@test "withdrawn, with a reason" {
    policies
    policy-event -q --type pinned a >out
    gives 0 $'a\twithdrawn\tchanged\t甲办法' "" policy-event --type withdrawn --reason 上级文件废止 a
    gives 0 $'a\twithdrawn\tsame\t甲办法' "" policy-event --type withdrawn --reason 再次 a
    same "$(state a)" "withdrawn|0|0"
    same "$(sql "SELECT ended_reason FROM policy WHERE code = 'a'")" 上级文件废止
    gives 2 "" "policy-event: a is withdrawn: it has ended" policy-event --type pinned a
    gives 2 "" "policy-event: a is withdrawn: only a draft is published; policy-add takes a new version" \
        policy-event --type published a
    # the same file again does not bring it back, a new version does
    gives 0 $'a\t1\tsame\t甲办法\nb\t1\tsame\t乙办法' "" policy-add --csv p.csv
    sed -i 's/,x,/,y,/' p.csv
    gives 0 $'a\t2\tchanged\t甲办法\nb\t2\tchanged\t乙办法' "" policy-add --csv p.csv
    same "$(state a)$(sql "SELECT ended_at, ended_reason FROM policy WHERE code = 'a'")" "published|0|0|"
    gives 0 "" "" center-check
}

@test "views, feedback, money" {
    policies
    gives 0 $'a\tviewed\tadded\t甲办法' "" policy-event --type viewed --count 30 a
    gives 0 $'a\tviewed\tadded\t甲办法' "" policy-event --type 浏览 --enterprise "$FIRM" a
    gives 0 $'a\tfeedback\tadded\t甲办法' "" policy-event --type feedback --score 满意 --text 好 a
    gives 0 $'a\tgranted\tadded\t甲办法' "" policy-event --type granted --amount 50.5万 --enterprise "$FIRM" a
    same "$(rows)" $'viewed|30||||\nviewed|1||||1\nfeedback|1|4||好|\ngranted|1||505000000000||1'
    same "$(sql "SELECT data FROM event ORDER BY id DESC LIMIT 1")" \
        "{\"policy\":\"a\",\"enterprise\":\"$FIRM\",\"amount\":505000000000}"
    same "$(logged viewed) $(logged feedback) $(logged granted)" "2 1 1"
    gives 0 "" "" center-check
}

@test "a bad one is reported, the others are done; -n does nothing" {
    policies
    gives 2 $'a\tpinned\tchanged\t甲办法\nb\tpinned\tchanged\t乙办法' \
        'policy-event: unknown policy "x"' policy-event --type pinned a x b
    before=$(sql .dump | sha256sum)
    gives 0 $'a\tunpinned\tchanged\t甲办法' "" policy-event -n --type unpinned a
    gives 0 $'a\tviewed\tadded\t甲办法' "" policy-event -n --type viewed a
    same "$(sql .dump | sha256sum)" "$before"
    sh_run 'policy-list --all | policy-event --type unpinned - | cut -f 1,3 | tr "\t" " " | sort'
    same "$status:$output:$stderr" $'0:a changed\nb changed\nd same:'
}

@test "a table: views in bulk, once however often it is taken" {
    policies
    cat >e.csv <<CSV
政策编号,事项,浏览量,统一社会信用代码,评价,兑现金额,意见,时间
a,浏览,120,,,,,2026-03-08
a,浏览,120,,,,,2026-03-08
b,评价,,$FIRM,满意,,,2026-03-08 10:00
b,兑现,,$FIRM,,3万元,,2026-03-08
b,置顶,,,,,,
CSV
    gives 0 $'a\tviewed\tadded\t甲办法\na\tviewed\tadded\t甲办法\nb\tfeedback\tadded\t乙办法
b\tgranted\tadded\t乙办法\nb\tpinned\tchanged\t乙办法' "" policy-event --csv e.csv
    before=$(sql .dump | sha256sum)
    run --separate-stderr policy-event --csv e.csv
    same "$status$stderr$(cut -f 3 <<<"$output" | sort -u)" 0same
    same "$(sql .dump | sha256sum)" "$before"
    same "$(rows)" $'viewed|120||||\nviewed|120||||\nfeedback|1|4|||1\ngranted|1||30000000000||1'
    # without a time nothing says that a row is the same
    printf 'policy,count\na,1\n' >v.csv
    gives 0 $'a\tviewed\tadded\t甲办法' "" policy-event --type viewed --csv v.csv
    gives 0 $'a\tviewed\tadded\t甲办法' "" policy-event --type viewed --csv v.csv
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
    faults='policy-event: e.csv:3: no policy
policy-event: e.csv:4: unknown type "viewd"
policy-event: e.csv:5: not a number of views: "-1"
policy-event: e.csv:6: unknown rating "9"
policy-event: e.csv:7: not an amount: "much"
policy-event: e.csv:8: granted needs an amount and an enterprise
policy-event: e.csv:9: unknown enterprise "zzz"
policy-event: e.csv:10: not a time: "soon"
policy-event: e.csv:11: it lies in the future: "2027-01-01"
policy-event: e.csv:12: unknown policy "x"
policy-event: e.csv:13: withdrawn needs a reason
policy-event: e.csv:14: no type'
    gives 2 "" "$faults
policy-event: 12 bad rows: nothing was done; --rejects FILE does the rest" policy-event --csv e.csv
    same "$(rows)" ""
    gives 2 $'a\tviewed\tadded\t甲办法' "$faults" policy-event --csv e.csv --rejects bad.csv
    same "$(wc -l <bad.csv) $(rows)" "13 viewed|2||||"
}

@test "usage" {
    policies
    e() { gives 2 "" "policy-event: $1; see policy-event -h" policy-event "${@:2}"; }
    e "name the policies, or a file with --csv" --type viewed
    e "--type is missing" a
    e 'unknown type "vieweds" (did you mean viewed?)' --type vieweds a
    e "withdrawn needs a reason" --type withdrawn a
    e "a reason goes with withdrawn" --type viewed --reason x a
    e "a count goes with viewed" --type pinned --count 2 a
    e "feedback needs a score or a text" --type feedback a
    e "a score goes with feedback" --type viewed --score 5 a
    e "a text goes with feedback and granted" --type viewed --text x a
    e "granted needs an amount and an enterprise" --type granted --amount 5 a
    e "an amount goes with granted" --type viewed --amount 5 a
    e "an enterprise goes with viewed, feedback and granted" --type pinned --enterprise x a
    e 'not an amount: "-5" (write 500000 or 50万)' --type granted --amount -5 a
    e 'unknown rating "9"' --type feedback --score 9 a
    e "--at lies in the future" --type viewed --at 2027-01-01 a
    e "policies are named by a file or by operands, not both" --csv x a
    e "one of --csv and --jsonl, once" --csv x --jsonl y
    run --separate-stderr policy-event --type viewed --enterprise zzz a
    same "$status$output" 2
    [[ $stderr == 'policy-event: unknown enterprise "zzz"'* ]]
}
