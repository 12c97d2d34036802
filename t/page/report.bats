#!/usr/bin/env bats
# The documents of figures, as a browser lays them out: the bulletin with its charts, the assessment.

load ../lib/base
load ../lib/browser

# measured PAGE: of a phone's and a desk's width: how many things stick out of the page (tables scroll by
# themselves), whether it is as wide as its frame, how many drawings, bars that are wider than their
# drawing, names that are broken, and scripts; and what the page asks the network for.
measured() {
    laid_out "$1" <<'JS'
const measure = (frame, page) => {
    const wide = [...page.querySelectorAll('body *')].filter(e => !e.closest('.table') &&
        e.getBoundingClientRect().right > frame.clientWidth + 0.5);
    const bars = [...page.querySelectorAll('svg *')].filter(e => e.getBoundingClientRect().width >
        e.closest('svg').getBoundingClientRect().width + 0.5);
    const broken = [...page.querySelectorAll('td:first-child')].filter(e => {
        const text = page.createRange();
        text.selectNodeContents(e);
        return text.getClientRects().length > 1;
    });
    return [wide.length, page.documentElement.scrollWidth <= frame.clientWidth,
        page.querySelectorAll('svg').length, bars.length, broken.length, page.scripts.length,
        frame.contentWindow.performance.getEntriesByType('resource').length];
};
JS
}

@test "a bulletin with its charts and an assessment, 390 and 1200 wide: nothing sticks out, nothing is asked for" {
    command -v chromium >/dev/null || { echo "chromium is missing: make deps-page" >&2; false; }
    at 2020-06-15
    center
    ticket-new -q --csv "$TREE/share/demo/tickets.csv" | ticket-route -q - >out || true
    ticket-list --state dispatched | cut -f 1 | ticket-answer -q --text x --without y - >out || true
    report-period -F html --each month 2020-Q2 >page.html
    same "$(measured page.html)" $'phone 0 true 4 0 0 0 0\ndesk 0 true 4 0 0 0 0' # nothing was in time
    report-period -F html --each day 2020-05 >page.html
    same "$(measured page.html)" $'phone 0 true 4 0 0 0 0\ndesk 0 true 4 0 0 0 0'
    assess-score -F html example-service 2020-Q2 >page.html
    same "$(measured page.html)" $'phone 0 true 0 0 0 0 0\ndesk 0 true 0 0 0 0 0'
}

@test "the bulletin as a document of a word processor, by pandoc and the reference that is shipped" {
    command -v pandoc >/dev/null || { echo "pandoc is missing: make deps-page" >&2; false; }
    at 2020-06-15
    center
    ticket-new -q --csv "$TREE/share/demo/tickets.csv" | ticket-route -q - >out || true
    policy-add -q "$TREE"/share/demo/policies/*.yaml >out
    report-period -F md 2020-05 | pandoc -f gfm --lua-filter="$QIFU_CONFIG/reference.lua" \
        --reference-doc="$QIFU_CONFIG/reference.docx" -o b.docx
    part() { sqlite3 :memory: "SELECT data FROM zipfile('b.docx') WHERE name = 'word/$1'"; }
    # the office's letters and a page of A4 with its number, and every cell of every table
    part styles.xml | grep -q 'w:eastAsia="仿宋"'
    part document.xml | grep -o '<w:pgSz[^>]*>' | grep 'w:w="11906"' | grep -q 'w:h="16838"'
    part document.xml | grep -q '<w:footerReference'
    part document.xml | tr -d '\n' | sed 's/<w:tc>/\n|/g; s/<\/w:tr>/\n/g' | grep '^|' | sed 's/<[^>]*>//g; s/^|//' >cells
    report-period -F md 2020-05 | grep '^|' | grep -v -- '---' | sed 's/^| //; s/ |$//; s/ | /\n/g; s/\\//g' >expected
    same "$(diff cells expected)" ""
    [ "$(wc -l <cells)" -gt 500 ]
    # each figure of the whole, read back, is the number that json has; a median is printed alone
    report-period -F json 2020-05 | jq -r 'select(.scope == "total") | [.figure,
        (if .of == null then .value elif .value == null then "—" else "\(.value)/\(.of)" end)] | @tsv' |
        sort >numbers
    part document.xml | tr -d '\n' | sed 's/<w:tr>/\n/g; s/<w:tc>/\t/g' | sed 's/<[^>]*>//g' >rows
    qifu words | awk -F '\t' 'FNR == NR { if ($1 == "figure") code[$3] = $2; next }
        $2 in code && !seen[$2]++ { sub(/ [(].*/, "", $3); print code[$2] "\t" $3 }' - rows | sort >readback
    same "$(diff readback numbers)" ""
    [ "$(wc -l <readback)" -gt 60 ]
    # a column that holds names is wider than one that holds counts
    part document.xml | tr -d '\n' | grep -o '<w:tblGrid>.*' | sed 's/<\/w:tblGrid>.*//' | grep -o 'w:w="[0-9]*"' | tr -dc '0-9\n' >widths
    [ "$(sort -u widths | wc -l)" -gt 1 ]
}

@test "the bulletin as a PDF, by a browser" {
    command -v chromium >/dev/null && command -v pdftotext >/dev/null || { echo "chromium or poppler-utils is missing: make deps-page" >&2; false; }
    at 2020-06-15
    center
    ticket-new -q --csv "$TREE/share/demo/tickets.csv" | ticket-route -q - >out || true
    report-monthly -F html 2020-05 >b.html
    timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$T/profile" --no-pdf-header-footer \
        --print-to-pdf="$T/b.pdf" "file://$T/b.html" >chromium.log 2>&1 </dev/null
    pdftotext -layout b.pdf text
    grep -q 2020年5月企业诉求办理通报 text
    same "$(awk '$1 == "受理" && NF == 4 { print $2, $3, $4 }' text)" "$(report-monthly -F tsv 2020-05 |
        awk -F '\t' '$1 == "total" && $4 == "received" { print $5, $7, $9 }')"
}
