# Loaded after lib by the tests of the policy column's page.

# evil: a title and texts that would like to be markup, links that would like to be scripts.
policies() {
    at 2020-05-27T09:00
    center
    policy-add -q "$TREE"/share/demo/policies/*.yaml >out
    cat >evil.yaml <<'YAML'
id: evil
title: '<script>alert(1)</script>&"''"'
document: 测〔2020〕1号</style>
issuer: '"><img src=x onerror=alert(1)>'
level: city
kind: application
class: loans
summary: "a\eb <b>&amp;"
interpreter: '<i>'
phone: '电话 (0516) 8370-1234 转 5<6'
issued: 2020-05-06
valid_from: 2020-05-06
valid_to: 2020-05-27
apply: https://a.example/?q=1&r='2'
applicants: x
conditions: x
materials: x
procedure: x
promised: x
interpretation: javascript:alert(1)
pinned: 是
YAML
    long=https://b.example/$(printf 'x%.0s' {1..300})
    sed "s/^id:.*/id: long/; s,^apply:.*,apply: $long,; s/^title:.*/title: $(printf '政策%.0s' {1..60})/
        s/测〔2020〕1号/测〔2020〕2号/; s,^interpretation:.*,interpretation: $long," evil.yaml >long.yaml
    policy-add -q evil.yaml long.yaml >out
}
