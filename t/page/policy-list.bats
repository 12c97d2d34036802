#!/usr/bin/env bats
# policy-list -F html, as a browser lays the page out.

load ../lib/base
load ../lib/column

@test "the page in a browser, 390 wide and 1200 wide: one column and two, nothing sticks out" {
    command -v chromium >/dev/null || { echo "chromium is missing: make deps-page" >&2; false; }
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
