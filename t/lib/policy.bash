# Loaded after lib by the tests of what happens to policies.

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
    enterprise-add -q --code "$FIRM" --name 测试公司 >added
}

state() { sql "SELECT state, pinned, interpreted_at IS NOT NULL FROM policy WHERE code = '$1'"; }
rows() { sql "SELECT type, count, score, amount, text, enterprise_id FROM policy_event ORDER BY id"; }
logged() { sql "SELECT count(*) FROM v_event WHERE type = 'policy-$1'"; }
