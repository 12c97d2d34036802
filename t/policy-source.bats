#!/usr/bin/env bats
# policy-source: the sources of policies, the last look at each, and the days without one.

load lib/base

# A center with four sources.
setup_center() {
    at 2026-03-02T10:00
    center
    cp -r "$TREE/share" share
    export QIFU_CONFIG=$T/share
    cat >share/sources.yaml <<'YAML'
sources:
  - {source: gov-cn, name: 中国政府网, group: national, address: "https://www.gov.cn/", person: 张三}
  - {source: xuzhou, name: 徐州市人民政府, group: 市级, person: 张三, org: city-government-office}
  - {source: industry, name: 市工信局网站, group: department, person: 李四, org: industry}
  - {source: daily, name: 徐州日报, group: news}
YAML
}

@test "the sources that ship are those of the plan" {
    at 2026-03-02T10:00
    center
    run --separate-stderr policy-source
    same "$status$stderr" 0
    same "$(cut -f 3 <<<"$output" | sort | uniq -c | xargs)" "2 city 55 department 3 national 2 news 1 province"
    # each organisation that they name is one
    same "$(cut -f 8 <<<"$output" | grep -vx -- - | sort -u | xargs org-list | wc -l)" \
        "$(cut -f 8 <<<"$output" | grep -vx -- - | sort -u | wc -l)"
}

@test "sources are listed by filter and in every format" {
    setup_center
    GOV=$'gov-cn\t中国政府网\tnational\thttps://www.gov.cn/\t张三\t-\t-\t-'
    CITY=$'xuzhou\t徐州市人民政府\tcity\t-\t张三\t-\t-\tcity-government-office'
    gives 0 "$GOV
$CITY
industry	市工信局网站	department	-	李四	-	-	industry
daily	徐州日报	news	-	-	-	-	-" "" policy-source
    gives 0 "$CITY"$'\n'"$GOV" "" policy-source 徐州市人民政府 gov-cn xuzhou
    gives 0 "$CITY" "" policy-source --group 市级
    gives 0 "$GOV"$'\n'"$CITY" "" policy-source --person 张三
    gives 1 "" "" policy-source --person 王五
    gives 0 '{"source":"daily","name":"徐州日报","group":"news","address":null,"person":null,"last":null,"days":null,"org":null}' \
        "" policy-source -F json daily
    gives 0 "来源   名称      分组  网址  责任人  上次检索  距今天数  单位
daily  徐州日报  新闻  -     -       -         -         -" "" policy-source -F table daily
}

@test "a look is recorded once a source and day, with one event" {
    setup_center
    gives 0 $'gov-cn\t中国政府网\tlooked\t2026-03-02\ndaily\t徐州日报\tlooked\t2026-03-02' "" \
        policy-source --looked gov-cn 徐州日报
    same "$(sql "SELECT json_remove(data, '\$.rows') FROM v_event WHERE type = 'source-looked'")" \
        '{"day":"2026-03-02","sources":["gov-cn","daily"]}'
    at 2026-03-02T23:30
    gives 0 $'gov-cn\t中国政府网\tsame\t2026-03-02' "" policy-source --looked gov-cn
    gives 0 $'gov-cn\t中国政府网\tsame\t2026-03-02\nxuzhou\t徐州市人民政府\tlooked\t2026-03-02
industry\t市工信局网站\tlooked\t2026-03-02\ndaily\t徐州日报\tsame\t2026-03-02' "" policy-source --looked --all
    same "$(sql "SELECT count(*) FROM v_event WHERE type = 'source-looked'")" 2
    same "$(sql "SELECT count(*) FROM source_look")" 4
    at 2026-03-04T00:30
    policy-source --looked gov-cn >out
    gives 0 $'gov-cn\t2026-03-04\t0\nxuzhou\t2026-03-02\t2' "" \
        bash -c 'policy-source gov-cn xuzhou | cut -f 1,6,7'
    gives 0 "" "" center-check
}

@test "a dry run changes nothing" {
    setup_center
    before=$(sql .dump | sha256sum)
    gives 0 $'gov-cn\t中国政府网\tlooked\t2026-03-02' "" policy-source -n --looked gov-cn
    same "$(sql .dump | sha256sum)" "$before"
}

@test "those not looked through today feed the look" {
    setup_center
    policy-source --looked gov-cn xuzhou >out
    at 2026-03-03
    policy-source --looked gov-cn >out
    same "$(policy-source --missing | cut -f 1,6 | xargs)" "xuzhou 2026-03-02 industry - daily -"
    same "$(policy-source --missing --person 张三 | cut -f 1)" xuzhou
    sh_run 'policy-source --missing | policy-source --looked - | cut -f 1,3 | xargs'
    same "$status:$output$stderr" "0:xuzhou looked industry looked daily looked"
    gives 1 "" "" policy-source --missing
}

@test "an unknown source is named, the others are taken" {
    setup_center
    gives 2 $'gov-cn\t中国政府网\tlooked\t2026-03-02' \
        'policy-source: unknown source "徐州晚报" (did you mean 徐州日报?)' policy-source --looked 徐州晚报 gov-cn
    gives 2 "" 'policy-source: unknown source "qqqqqqqqqq"' policy-source qqqqqqqqqq
}

@test "days of a month without a look: working days that are over" {
    setup_center
    # Saturdays the 14th and the 28th are working days; the 15th is a rest day, whose look counts
    # for nothing
    for day in 02-02 02-03 02-14 02-15 02-28; do
        at 2026-$day
        policy-source -q --looked gov-cn >out
    done
    at 2026-03-02T10:00
    days=$(workday count 2026-01-31 2026-02-28 | cut -f 1)
    same "$(policy-source --month 2026-02 gov-cn daily)" \
        $'gov-cn\t中国政府网\tnational\t张三\t2026-02\t'$((days - 4))$'\t'"$days"$'\ndaily\t徐州日报\tnews\t-\t2026-02\t'"$days"$'\t'"$days"
    # today is not over
    gives 0 $'gov-cn\t中国政府网\tnational\t张三\t2026-03\t0\t0' "" policy-source --month 2026-03 gov-cn
    at 2026-03-03T10:00
    gives 0 $'gov-cn\t中国政府网\tnational\t张三\t2026-03\t1\t1' "" policy-source --month 2026-03 gov-cn
    gives 0 $'gov-cn\t中国政府网\tnational\t张三\t2027-03\t0\t0' "" policy-source --month 2027-03 gov-cn
    gives 2 "" 'policy-source: not a month: "2026-13" (write 2020-05); see policy-source -h' policy-source --month 2026-13
    gives 2 "" 'policy-source: month 1900-01: outside 1990 to 2119; see policy-source -h' policy-source --month 1900-01
}

@test "the bulletin has a part on policies where there are any" {
    setup_center
    report-monthly 2026-02 >plain
    run ! grep '^五、政策' plain
    grep -q '^六、统计口径$' plain
    for day in 02-02 02-03; do
        at 2026-$day
        policy-source -q --looked gov-cn daily industry xuzhou >out
    done
    cat >p.yaml <<'YAML'
id: p1
title: 政策一
document: 文1号
issuer: 市工信局
level: 市级
kind: 其他类
class: loans
summary: 摘要
interpreter: 张三
phone: "12345"
issued: 2026-02-02
collected: 2026-02-03
published: 2026-02-06
YAML
    at 2026-02-07
    policy-add -q p.yaml >out
    policy-record -q --type viewed --count 7 p1 >out
    at 2026-03-02T10:00
    days=$(($(workday count 2026-01-31 2026-02-28 | cut -f 1) - 2))
    same "$(report-monthly 2026-02 | sed -n '/^五、/,/^六、/p')" "五、政策（本月、上月、去年同期）
指标                 2026-02  2026-01  2025-02
归集                       1        0        0
发布                       1        0        0
解读                       0        0        0
推送                       0        0        0
浏览                       7        0        0
归集到期                   1        0        0
归集超期          0/1 (0.0%)      0/0      0/0
发布到期                   1        0        0
发布超期        1/1 (100.0%)      0/0      0/0
解读到期                   1        0        0
解读超期        1/1 (100.0%)      0/0      0/0
政策存量                   1        0        0
申报类            0/1 (0.0%)      0/0      0/0
其他类          1/1 (100.0%)      0/0      0/0
已解读            0/1 (0.0%)      0/0      0/0
推送触达企业               0        0        0
兑现                       0        0        0
兑现企业                   0        0        0
兑现金额（元）             0        0        0
申报                       0        0        0
未通过                     0        0        0

单位                    归集超期      发布超期      解读超期
徐州市工业和信息化局  0/1 (0.0%)  1/1 (100.0%)  1/1 (100.0%)

来源            未检索天数  工作日  责任人
中国政府网              $days      $((days + 2))  张三
徐州市人民政府          $days      $((days + 2))  张三
市工信局网站            $days      $((days + 2))  李四
徐州日报                $days      $((days + 2))  -

政策来源 4 个，有工作日未检索的 4 个（休息日、未过完的日子不计）。超期按期限所在月份计，为超期件数/到期件数。

六、不计入（本月、上月、去年同期）"
    report-monthly -F md 2026-02 >page
    grep -qx '## 五、政策（本月、上月、去年同期）' page
    grep -qxF '| 徐州市工业和信息化局 | 0/1 (0.0%) | 1/1 (100.0%) | 1/1 (100.0%) |' page
    # the rest is as it was
    diff <(sed '/^五、/,$d' plain) <(report-monthly 2026-02 | sed '/^五、/,$d')
    # the machine formats have the same figures
    same "$(report-monthly -F tsv 2026-02 | grep -P '^org\tindustry\t.*\tpolicy-publish-late\t')" \
        $'org\tindustry\t徐州市工业和信息化局\tpolicy-publish-late\t1\t1\t0\t0\t0\t0'
}

@test "faults of sources.yaml, as file:line" {
    setup_center
    cat >share/sources.yaml <<'YAML'
sources:
  - {source: a, name: 甲, group: nation}
  - {source: b, name: 甲, group: city}
  - {source: A, name: 丙, group: city}
  - {source: d, name: 丁, group: city, address: "http://localhost/"}
  - {source: e, group: city, phone: 1}
YAML
    gives 2 "" "\
policy-source: $T/share/sources.yaml:2: unknown group \"nation\" (did you mean national?)
policy-source: $T/share/sources.yaml:3: \"甲\" is the source of line 2 already
policy-source: $T/share/sources.yaml:4: \"A\" is the source of line 2 already
policy-source: $T/share/sources.yaml:5: address \"http://localhost/\": its host leads nowhere
policy-source: $T/share/sources.yaml:6: unknown key \"phone\" (source, name, group, address, person or org)
policy-source: $T/share/sources.yaml:6: \"name\" is missing" policy-source
    echo 'sauces: []' >share/sources.yaml
    gives 2 "" "\
policy-source: $T/share/sources.yaml:1: unknown key \"sauces\" (did you mean sources?)
policy-source: $T/share/sources.yaml:1: \"sources\" is missing" policy-source
    rm share/sources.yaml
    gives 2 "" "policy-source: $T/share/sources.yaml: No such file or directory" policy-source
}

@test "a wrong command line is refused, with what would be right" {
    setup_center
    gives 2 "" "policy-source: --looked: name the sources, or give --all; see policy-source -h" policy-source --looked
    gives 2 "" "policy-source: --looked: name the sources, or give --all; see policy-source -h" \
        policy-source --looked --all gov-cn
    gives 2 "" "policy-source: --all goes with --looked; see policy-source -h" policy-source --all
    gives 2 "" "policy-source: --missing and --month exclude each other; see policy-source -h" \
        policy-source --missing --month 2026-03
    gives 2 "" "policy-source: --looked goes without --missing, --month, --group and --person; see policy-source -h" \
        policy-source --looked --missing gov-cn
    gives 2 "" 'policy-source: unknown group "natonal" (did you mean national?); see policy-source -h' \
        policy-source --group natonal
}
