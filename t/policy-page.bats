#!/usr/bin/env bats
# policy-list -F html: the policy column as one page, escaped, without scripts, and as a phone's
# browser lays it out.

load lib

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

# no LINE MATCHES: the page has no line that matches.
lacks() { run ! grep -qiE "$1" page.html; }

@test "the page: escaped, self-contained, only http links" {
    policies
    run --separate-stderr policy-list -F html
    same "$status$stderr" 0
    printf '%s\n' "$output" >page.html
    lacks '<script|<img|<b>|<i>|javascript:alert\(1\)"|onerror=alert\(1\)>|<[^>]* (src|on[a-z]+)='
    lacks '(href|src)="?//|@import|url\('
    same "$(grep -oE 'href="[^"]*"' page.html | tr -d '"' | sed -E 's/=(#|tel:|http)s?.*/=\1/' | sort -u | xargs)" \
        'href=# href=http href=tel:'
    grep -qF '<h3>&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;&quot;</h3>' page.html
    grep -qF 'href="https://a.example/?q=1&amp;r=&#39;2&#39;"' page.html
    grep -qF '<p class="text">javascript:alert(1)</p>' page.html
    grep -qF '<a href="tel:051683701234">电话 (0516) 8370-1234 转 5&lt;6</a>' page.html
    # every tag that opens closes, and control characters are visible
    for tag in article section details dl span a p main nav ul li div h3; do
        same "$tag $(grep -oE "<$tag[ >]" page.html | wc -l)" "$tag $(grep -oF "</$tag>" page.html | wc -l)"
    done
    same "$(tr -d '\n\t' <page.html | LC_ALL=C.UTF-8 sed 's/[^[:cntrl:]]//g' | wc -c)" 0
}

@test "the page: what it says, in what order" {
    policies
    policy-list -F html >page.html
    same "$(grep -c '<article' page.html)" "$(policy-list | wc -l)"
    same "$(grep -oE '<h3>.*</h3>' page.html | sed -E 's/<[^>]*>//g; s/&[^;]*;//g' | tail -n +3 | head -n 5)" \
        "$(policy-list | cut -f 2 | tail -n +3 | head -n 5)"
    grep -qF '<span class="pin">置顶</span><span class="soon">今天截止</span>' page.html
    grep -qF '<span class="soon">最后4天</span>' page.html
    grep -qF '<span>剩余14天</span>' page.html
    policy-list -F html --class 金融支持 --as-of 2020-05-26 >page.html
    same "$(grep -oE '<li>.*</li>' page.html | sed 's/<[^>]*>//g' | xargs | sed 's/[0-9]*//g')" "全部 金融支持"
    lacks '<details open'
    run policy-list -F html --class 金融支持 --as-of 2035-01-01
    same "$status" 1
    [[ $output == *"暂无政策"*"</html>" ]]
}

@test "the page in a browser, 390 wide and 1200 wide: one column and two, nothing sticks out" {
    command -v chromium >/dev/null || skip "chromium is not at hand"
    policies
    policy-list -F html >page.html
    # The page stands in two frames; a script of the wrapper measures them.
    escaped=$(sed 's/&/\&amp;/g; s/"/\&quot;/g' page.html)
    cat >wrapper.html <<HTML
<!DOCTYPE html><meta charset="utf-8">
<iframe id="phone" style="width:390px;height:844px;border:0" srcdoc="$escaped"></iframe>
<iframe id="desk" style="width:1200px;height:800px;border:0" srcdoc="$escaped"></iframe>
<pre id="found"></pre>
<script>
onload = () => {
    const lines = [];
    for (const name of ['phone', 'desk']) {
        const frame = document.getElementById(name), page = frame.contentDocument;
        page.querySelectorAll('details').forEach(d => d.open = true);
        const wide = [...page.querySelectorAll('body *')].filter(e =>
            e.getBoundingClientRect().right > frame.clientWidth + 0.5);
        const columns = new Set([...page.querySelectorAll('.card')].map(e => e.getBoundingClientRect().left));
        const apply = page.querySelector('.apply').getBoundingClientRect();
        lines.push([name, page.querySelectorAll('.card').length, columns.size, wide.length,
            page.documentElement.scrollWidth <= frame.clientWidth, apply.height >= 32,
            page.scripts.length].join(' '));
    }
    // a class is chosen without a script
    const frame = document.getElementById('phone'), page = frame.contentDocument;
    const link = [...page.querySelectorAll('nav a')].find(a => a.textContent.startsWith('金融支持'));
    page.defaultView.location.hash = link.hash;
    const shown = [...page.querySelectorAll('.card')].filter(e => e.getClientRects().length);
    lines.push('chosen ' + (String(shown.length) === link.querySelector('small').textContent));
    document.getElementById('found').textContent = lines.join('\n');
};
</script>
HTML
    timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$T/profile" --dump-dom \
        --window-size=1300,1700 "file://$T/wrapper.html" >dom 2>chromium.log </dev/null || cat chromium.log >&2
    count=$(policy-list | wc -l)
    same "$(sed -n '/<pre id="found">/,/<\/pre>/p' dom | sed 's/<[^>]*>//g' | sed '/^$/d')" \
"phone $count 1 0 true true 0
desk $count 2 0 true true 0
chosen true"
}
