#!/usr/bin/env bats
# route-check: how right dispatches were, by what happened afterwards.

load lib/base

new() { ticket-new -q --title "$1" | cut -f 1; }

# Eight dispatches of March: 1 answered, 2 given back and sent to finance, 3 sent on, 4 ruled elsewhere, 5 open,
# 6 by hand and answered, 7 void, 8 given back and not yet sent on.
eight() {
    at 2026-03-02T09:00
    center
    for _ in 1 2 3 4 5; do new 增值税发票怎么开; done >ids
    new 想请领导来厂里看看 >>ids
    new 增值税发票怎么开 >>ids
    new 增值税发票怎么开 >>ids
    ticket-route -q 1 2 3 4 5 7 8 >out
    ticket-route -q --to 市工商联 6 >out
    ticket-answer -q --text x 1 6 >out
    ticket-return -q --reason 不属于本单位职责 --basis y 2 8 >out
    ticket-return -q --approve 2 8 >out
    ticket-route -q --to finance 2 >out
    ticket-route -q --redispatch --to justice --reason 误派 3 >out
    ticket-confer -q --reason 不清 4 >out
    ticket-confer -q --lead justice --basis 纪要 --once 4 >out
    ticket-void -q --reason x 7 >out
}

@test "by organisation: sent, right, wrong, open, and whom the wrong ones went to" {
    eight
    gives 0 $'tax\t6\t1\t4\t1\t20\tjustice 2 finance 1\nindustry-commerce-federation\t1\t1\t0\t0\t100\t-' "" route-check 2026-03
    gives 1 "" "" route-check 2026-04
    sh_run 'route-check -F csv 2026-03 | head -2 | tail -1'
    [[ $output == *税务局,6,1,4,1,20,* ]]
}

@test "by who decided, by rule" {
    eight
    gives 0 $'catalogue\t6\t1\t4\t1\t20\tjustice 2 finance 1\nhand\t1\t1\t0\t0\t100\t-' "" route-check --by voice 2026-03
    sh_run 'route-check --by rule 2026-03 | cut -f 1,2'
    same "$output" $'tax-matters\t6\nhand\t1'
    gives 0 $'-\t7\t2\t4\t1\t33\tjustice 2 finance 1' "" route-check --by sure 2026-03
}

@test "by what a model foretold" {
    eight
    {
        echo 标题,单位
        for i in 甲 乙 丙 丁 戊 己 庚 辛 壬 癸 子 丑 寅; do printf '%s\n' "申报系统$i,tax" "校园操场$i,education"; done
    } >lessons.csv
    route-learn -q -o m --csv lessons.csv --no-log >out
    new 申报系统开不了增值税发票 >ids
    ticket-route -q 9 >out
    ticket-answer -q --text x 9 >out
    sure=$(sql "SELECT json_extract(data, '\$.sure') FROM v_event WHERE ticket_id = 9 AND type = 'dispatched'")
    [ "$sure" -ge 90 ]
    sh_run 'route-check --by sure 2026-03'
    same "${lines[1]}" $'90-100\t1\t1\t0\t0\t100\t-'
    sh_run 'route-check --by voice 2026-03 | grep both'
    same "$output" $'both\t1\t1\t0\t0\t100\t-'
}

@test "the month's figure counts the same" {
    eight
    # of seven that were dispatched first 1, 5 and 6 stayed
    sh_run "report-monthly --ids sent-right 2026-03 | cut -f 1 | xargs"
    same "$output" "1 5 6"
    sh_run "report-monthly --ids first-dispatched 2026-03 | cut -f 1 | xargs"
    same "$output" "1 2 3 4 5 6 8"
}

@test "options and periods that are none" {
    center
    for options in "" "2026-13" "--by x 2026-03" "2026-03 2026-04"; do
        # shellcheck disable=SC2086 # words
        run --separate-stderr route-check $options
        same "$status" 2
        [[ $stderr == *"-h"* ]]
    done
}
