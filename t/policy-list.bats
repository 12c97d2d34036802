#!/usr/bin/env bats
# policy-list: what is valid, by days left; filters; states. The web page is in policy-page.bats.

load lib/base

# policies: seven, of all states; today is 2026-03-02.
policies() {
    at 2026-03-02T10:00
    center
    cat >p.csv <<'CSV'
id,title,document,issuer,level,kind,class,summary,interpreter,phone,issued,valid_from,valid_to,apply,applicants,conditions,materials,procedure,promised,pinned
far,远期,甲〔2026〕1号,市税务局,city,application,loans,贷款,张三,1,2026-02-13,2026-02-20,2026-12-31,https://a.example,a,b,c,d,e,
near,近期,甲〔2026〕2号,江苏省财政厅,province,application,rents,减租,张三,1,2026-02-13,2026-02-20,2026-03-05,https://a.example,a,b,c,d,e,
pin,置顶的,甲〔2026〕3号,市税务局,city,application,loans,x,张三,1,2026-02-13,2026-02-20,2026-06-30,https://a.example,a,b,c,d,e,是
past,过期,甲〔2025〕9号,市税务局,city,application,loans,x,张三,1,2025-02-13,2025-02-20,2026-03-01,https://a.example,a,b,c,d,e,
open,长期,甲〔2026〕4号,市人社局,city,general,jobs,x,张三,1,2026-02-13,,,,,,,,,
soon,一般,甲〔2026〕5号,市人社局,city,general,jobs,x,张三,1,2026-02-13,,2026-03-03,,,,,,,
CSV
    policy-add -q --csv p.csv >out
    printf 'id: draft\ntitle: 草稿一\n' >d.yaml
    policy-add -q --draft d.yaml >out
}

codes() { cut -f 1 <<<"$output" | xargs; }

@test "those to apply for, pinned first, then by days left; then the others" {
    policies
    gives 0 $'pin\t置顶的\tcity\tapplication\tloans\t市税务局\t2026-06-30\t120\tpinned\tpublished
near\t近期\tprovince\tapplication\trents\t江苏省财政厅\t2026-03-05\t3\t-\tpublished
far\t远期\tcity\tapplication\tloans\t市税务局\t2026-12-31\t304\t-\tpublished
soon\t一般\tcity\tgeneral\tjobs\t市人社局\t2026-03-03\t1\t-\tpublished
open\t长期\tcity\tgeneral\tjobs\t市人社局\t-\t-\t-\tpublished' "" policy-list
    gives 0 '{"code":"near","title":"近期","level":"province","kind":"application","class":"rents","issuer":"江苏省财政厅","valid_to":"2026-03-05","days_left":3,"pinned":null,"state":"published"}' \
        "" policy-list -F json --class rents
    gives 0 "编号  标题  级别  类型    分类      发文机关      有效期止    剩余天数  置顶  状态
near  近期  省级  申报类  减免房租  江苏省财政厅  2026-03-05         3  -     已发布" "" policy-list -F table --class 减免房租
}

@test "the last day is still valid, and --as-of asks for another day" {
    policies
    run policy-list --now 2026-03-05T23:00
    same "$(codes)" "pin near far open"
    run policy-list --now 2026-03-06T00:01
    same "$(codes)" "pin far open"
    run policy-list --as-of 2026-03-01
    same "$(codes)" "pin past near far soon open"
    gives 1 "" "" policy-list --class rents --as-of 2027-01-01
}

@test "--all lists every state, and --state one of them" {
    policies
    policy-withdraw -q --reason 废止 far >out
    run policy-list --all
    same "$(cut -f 1,10 <<<"$output" | tr '\t' ' ' | xargs)" \
        "pin published past expired near published far withdrawn soon published draft draft open published"
    for pair in draft:draft past:expired far:withdrawn past:过期 far:已撤下; do
        run policy-list --state "${pair#*:}"
        same "$pair $(codes)" "$pair ${pair%%:*}"
    done
    run policy-list --state published
    same "$(codes)" "pin near soon open"
    gives 1 "" "" policy-list --state superseded
}

@test "each filter keeps those that meet it" {
    policies
    run policy-list --class 金融支持
    same "$(codes)" "pin far"
    run policy-list --class people --kind 其他类
    same "$(codes)" "soon open"
    run policy-list --level 省级
    same "$(codes)" near
    # an organisation by any of its names, or words of the issuer
    run policy-list --issuer tax
    same "$(codes)" "pin far"
    run policy-list --issuer 财政厅
    same "$(codes)" near
    run policy-list --text 减租
    same "$(codes)" near
    run policy-list --text '〔2026〕4号'
    same "$(codes)" open
    gives 1 "" "" policy-list --issuer 无此机关
}

@test "the first field feeds policy-show and policy-record" {
    policies
    sh_run 'policy-list --class loans | policy-pin --unpin - | policy-show - | cut -f 1 | uniq | xargs'
    same "$status:$output:$stderr" "0:pin far:"
    same "$(sql "SELECT count(*) FROM v_policy WHERE pinned = 1")" 0
}

@test "a wrong command line is refused, with what would be right" {
    policies
    gives 2 "" 'policy-list: unknown class "贷款融姿" (did you mean 贷款融资?); see policy-list -h' policy-list --class 贷款融姿
    gives 2 "" 'policy-list: unknown level "cities" (did you mean city?); see policy-list -h' policy-list --level cities
    gives 2 "" 'policy-list: unknown kind "x" (application 申报类, general 其他类); see policy-list -h' policy-list --kind x
    gives 2 "" 'policy-list: unknown state "drafts" (did you mean draft?); see policy-list -h' policy-list --state drafts
    gives 2 "" 'policy-list: not a date: "soon" (write 2020-05-27); see policy-list -h' policy-list --as-of soon
    gives 2 "" 'policy-list: unknown format "xml" (table, tsv, csv, json, md, html or xlsx); see policy-list -h' policy-list -F xml
    gives 2 "" 'policy-list: no operand is expected; policy-show shows a policy; see policy-list -h' policy-list far
}

@test "a filter that is repeated lets each of its values through" {
    policies
    run policy-list --class loans --class rents
    same "$(codes)" "pin near far"
    run policy-list --level province --level city --kind general
    same "$(codes)" "soon open"
    run policy-list --kind general --kind 申报类
    same "$(codes)" "pin near far soon open"
    run policy-list --issuer 市人社局 --issuer 财政厅
    same "$(codes)" "near soon open"
    run policy-list --state draft --state 过期
    same "$(codes)" "past draft"
}
