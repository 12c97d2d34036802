#!/usr/bin/env bats
# policy-list -F html: the policy column as one page, escaped, without scripts.

load lib/base
load lib/column

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
