#include "cli/page.h"

#include "base/clock.h"
#include "base/html.h"

static const char style[] =
    "*{box-sizing:border-box}\n"
    "body{margin:1.5rem auto;padding:0 1rem;max-width:90rem;color:#1b2633;background:#fff;"
    "font:1rem/1.6 system-ui,-apple-system,\"PingFang SC\",\"Hiragino Sans GB\","
    "\"Microsoft YaHei\",\"Noto Sans CJK SC\",\"Noto Sans SC\",\"Source Han Sans SC\",sans-serif;"
    "overflow-wrap:anywhere;line-break:strict}\n"
    "h1{font-size:1.5rem;line-height:1.3;margin:1.5rem 0 .5rem}\n"
    "h2{font-size:1.125rem;line-height:1.4;margin:1.5rem 0 .5rem}\n"
    "header p{margin:0 0 1rem;color:#5a6877;font-size:.875rem}\n"
    ".table{overflow-x:auto;margin:.5rem 0 1rem}\n"
    "table{border-collapse:collapse;width:100%;font-size:.875rem}\n"
    "th,td{border:1px solid #c5ced8;padding:.25rem .5rem;text-align:left;vertical-align:top;"
    "white-space:pre-line;overflow-wrap:break-word}\n"
    "th{background:#eef2f7;white-space:nowrap}\n"
    ".n{text-align:right}.n,.d{white-space:nowrap}td:first-child{word-break:keep-all}\n"
    "p{white-space:pre-line}td.late{color:#b3261e}\n"
    "figure{margin:1rem 0;max-width:36rem;break-inside:avoid}"
    "figcaption{font-size:.875rem;color:#5a6877;margin-bottom:.5rem}\n"
    "svg{display:block;width:100%;height:auto;font-size:12px;fill:#1b2633}"
    "rect{fill:#2f6db3}rect.r{fill:#eef2f7}.v{text-anchor:end}.m{text-anchor:middle;font-size:10px}"
    "\n"
    "@media screen and (prefers-color-scheme:dark){body{color:#dfe6ee;background:#141a21}"
    "header p,figcaption{color:#9aa8b7}th,td{border-color:#3a4653}th{background:#212a34}"
    "svg{fill:#dfe6ee}rect{fill:#6ea8e6}rect.r{fill:#212a34}td.late{color:#ff8a80}}\n"
    "@media print{@page{margin:15mm}body{margin:0;padding:0;max-width:none;color:#000;"
    "font-size:10.5pt}.table{overflow:visible}table{font-size:9pt}thead{display:table-header-group}"
    "tr{break-inside:avoid}h1,h2{break-after:avoid}th{background:#fff}th,td{border-color:#666}"
    "tr.late "
    "td{font-weight:bold}figure{max-width:12cm}rect{fill:#444}rect.r{fill:#fff;stroke:#bbb;stroke-"
    "width:.5}}\n";

void page_add_start(struct text *html, const char *title, const char *center, bool heading)
{
    char iso[CLOCK_TEXT_SIZE];
    html_add_head(html, title, center, style);
    if (!heading)
        return;
    text_add(html, "<header>\n<h1>");
    html_add(html, title);
    text_add(html, "</h1>\n<p>");
    if (center) {
        html_add(html, center);
        text_add(html, "，");
    }
    clock_print(clock_now(), iso);
    text_add_format(html, "截至 %.10s %.5s</p>\n</header>\n", iso, iso + 11);
}

void page_add_end(struct text *html)
{
    text_add(html, "</body>\n</html>\n");
}
