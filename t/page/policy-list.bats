#!/usr/bin/env bats
# policy-list -F html, as a browser lays the page out.

load ../lib/base
load ../lib/browser
load ../lib/column

@test "the page in a browser, 390 wide and 1200 wide: one column and two, nothing sticks out" {
    command -v chromium >/dev/null || { echo "chromium is missing: make deps-page" >&2; false; }
    policies
    policy-list -F html >page.html
    count=$(policy-list | wc -l)
    same "$(laid_out page.html <<'JS'
const measure = (frame, page) => {
    page.querySelectorAll('details').forEach(d => d.open = true);
    const wide = [...page.querySelectorAll('body *')].filter(e =>
        e.getBoundingClientRect().right > frame.clientWidth + 0.5);
    const columns = new Set([...page.querySelectorAll('.card')].map(e => e.getBoundingClientRect().left));
    const apply = page.querySelector('.apply').getBoundingClientRect();
    return [page.querySelectorAll('.card').length, columns.size, wide.length,
        page.documentElement.scrollWidth <= frame.clientWidth, apply.height >= 32, page.scripts.length];
};
// a class is chosen without a script
last = (frame, page) => {
    const link = [...page.querySelectorAll('nav a')].find(a => a.textContent.startsWith('金融支持'));
    page.defaultView.location.hash = link.hash;
    const shown = [...page.querySelectorAll('.card')].filter(e => e.getClientRects().length);
    return 'chosen ' + (String(shown.length) === link.querySelector('small').textContent);
};
JS
    )" \
"phone $count 1 0 true true 0
desk $count 2 0 true true 0
chosen true"
}
