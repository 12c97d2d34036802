#include "policy/page.h"

#include <string.h>

#include "base/day.h"
#include "base/html.h"
#include "base/text.h"
#include "cli/out.h"

enum { SOON = 7 }; /* days left that are pointed out */

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b2633;--soft:#5a6877;--line:#d9e0e8;--page:#f3f6fa;"
    "--card:#fff;--blue:#1d4f91;--tint:#e8eff8;--on:#fff;--warm:#a33b0b;--warmtint:#fdeee6}\n"
    "@media (prefers-color-scheme:dark){:root{--ink:#e3e9f0;--soft:#9dabba;--line:#2c3a4a;"
    "--page:#10171f;--card:#18222d;--blue:#8cb8ee;--tint:#20324a;--on:#0e1722;--warm:#ffb590;"
    "--warmtint:#3b2419}}\n"
    "*{box-sizing:border-box}\n"
    "html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}\n"
    "body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.75 system-ui,"
    "-apple-system,\"PingFang SC\",\"Hiragino Sans GB\",\"Microsoft YaHei\",\"Noto Sans CJK SC\","
    "\"Noto Sans SC\",\"Source Han Sans SC\",sans-serif;overflow-wrap:anywhere;"
    "line-break:strict}\n"
    "a{color:var(--blue);text-underline-offset:.2em}\n"
    ":focus-visible{outline:2px solid var(--blue);outline-offset:2px}\n"
    "header,nav,main,body>footer{max-width:72rem;margin:0 auto;padding:0 1rem}\n"
    ".head{border-top:.375rem solid var(--blue);background:var(--card);"
    "border-bottom:1px solid var(--line)}\n"
    "header{padding-top:1.5rem;padding-bottom:1.25rem}\n"
    "h1{font-size:1.75rem;line-height:1.3;letter-spacing:.05em;margin:0}\n"
    "header p{margin:.375rem 0 0;color:var(--soft);font-size:.9375rem}\n"
    "h2{font-size:1.25rem;line-height:1.4;margin:2rem 0 1rem;padding-left:.625rem;"
    "border-left:.25rem solid var(--blue)}\n"
    "h2 small,nav small{font-weight:400;color:var(--soft);font-size:.875em;margin-left:.25em}\n"
    "h3{font-size:1.125rem;line-height:1.5;margin:.375rem 0 .25rem}\n"
    "nav{padding-top:1.25rem}\n"
    "nav ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.5rem}\n"
    "nav a{display:block;padding:.25rem .875rem;border:1px solid var(--line);"
    "border-radius:1.25rem;background:var(--card);text-decoration:none;font-size:.9375rem}\n"
    "nav a:hover{border-color:var(--blue)}\n"
    ".cards{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1rem;"
    "align-items:start}\n"
    ".card{background:var(--card);border:1px solid var(--line);border-radius:.5rem;"
    "padding:1rem 1.125rem 1.125rem;min-width:0}\n"
    ".card p{margin:.375rem 0}\n"
    ".marks{display:flex;flex-wrap:wrap;gap:.375rem;font-size:.8125rem;line-height:1.5}\n"
    ".marks span{padding:.0625rem .5rem;border-radius:.25rem;background:var(--tint);"
    "color:var(--blue)}\n"
    ".marks .pin{background:var(--blue);color:var(--on)}\n"
    ".marks .soon{background:var(--warmtint);color:var(--warm);font-weight:600}\n"
    ".meta{color:var(--soft);font-size:.875rem;line-height:1.6}\n"
    ".text{white-space:pre-line}\n"
    "details{border-top:1px solid var(--line);margin-top:.75rem;padding-top:.5rem}\n"
    "summary{cursor:pointer;color:var(--blue);padding:.25rem 0}\n"
    "dl{margin:.25rem 0 0;font-size:.9375rem}\n"
    "dt{font-weight:600;margin-top:.5rem}\n"
    "dd{margin:0;white-space:pre-line}\n"
    ".foot{border-top:1px solid var(--line);margin-top:.75rem;padding-top:.625rem;display:flex;"
    "flex-wrap:wrap;gap:.625rem 1rem;align-items:center;justify-content:space-between;"
    "font-size:.9375rem}\n"
    ".apply{background:var(--blue);color:var(--on);text-decoration:none;padding:.375rem 1.25rem;"
    "border-radius:.25rem}\n"
    "body>footer{color:var(--soft);font-size:.875rem;padding-top:2rem;padding-bottom:2rem}\n"
    "@media (max-width:599.98px){.cards{grid-template-columns:minmax(0,1fr)}"
    "h1{font-size:1.5rem}header{padding-top:1.125rem;padding-bottom:1rem}"
    ".apply{flex:1 1 100%;text-align:center}}\n"
    "@media print{:root{color-scheme:light;--ink:#000;--soft:#444;--line:#999;--page:#fff;"
    "--card:#fff;--blue:#123a6d;--tint:#fff;--on:#fff;--warm:#000;--warmtint:#fff}"
    "body{font-size:10.5pt;line-height:1.6}nav,.apply{display:none}"
    ".cards{display:block}.card{break-inside:avoid;margin-bottom:8pt;border-radius:0}"
    ".marks span{border:1px solid #666}.marks .pin{color:#000}}\n";

struct printing {
    const struct policypage *page;
    struct text html;
};

/* BEFORE, VALUE escaped, AFTER; nothing where VALUE is NULL. */
static void add_part(struct text *html, const char *before, const char *value, const char *after)
{
    if (!value)
        return;
    text_add(html, before);
    html_add(html, value);
    text_add(html, after);
}

static bool applies(const struct policy *policy)
{
    return policy->kind && !strcmp(policy->kind, "application");
}

/* The number of the class of a policy in the taxonomy, -1 where it is not known. */
static int class_of(const struct policypage *page, const struct policy *policy)
{
    const struct taxonomy_entry *class = taxonomy_class_of(page->taxonomy, policy->class);
    return class ? class->class : -1;
}

/* How many policies are of CLASS (-1: of none), among those that APPLY or among the others. */
static int count_class(const struct policypage *page, int class, bool apply)
{
    int count = 0;
    for (int i = 0; i < page->count; i++)
        count +=
            class_of(page, &page->policies[i]) == class && applies(&page->policies[i]) == apply;
    return count;
}

static int count_kind(const struct policypage *page, bool apply)
{
    int count = 0;
    for (int i = 0; i < page->count; i++)
        count += applies(&page->policies[i]) == apply;
    return count;
}

static bool is_shown_class(const struct policypage *page, int class)
{
    const struct taxonomy *t = page->taxonomy;
    return taxonomy_is_class(t, &t->entries[class]) &&
           count_class(page, class, true) + count_class(page, class, false) > 0;
}

/* Choosing a class hides the cards of the others, and a part of the page that has none of it. */
static void add_choices(const struct policypage *page, struct text *sheet)
{
    for (int class = 0; class < page->taxonomy->count; class ++) {
        if (!is_shown_class(page, class))
            continue;
        text_add_format(sheet,
                        "#c%d:target~main .card:not(.c%d){display:none}"
                        "#c%d:target~nav a[href=\"#c%d\"]{background:var(--blue);color:var(--on)}"
                        "#c%d:target~nav a[href=\"#c%d\"] small{color:inherit}\n",
                        class, class, class, class, class, class);
        for (int apply = 0; apply < 2; apply++)
            if (!count_class(page, class, apply))
                text_add_format(sheet, "#c%d:target~main .k%d{display:none}\n", class, apply);
    }
}

static void add_head(struct printing *p)
{
    char date[DAY_TEXT_SIZE];
    struct text *html = &p->html, sheet = {0};
    const struct policypage *page = p->page;
    text_add(&sheet, style);
    add_choices(page, &sheet);
    html_add_head(html, "惠企政策", page->center, sheet.data);
    text_free(&sheet);
    add_part(html, "<div class=\"head\"><header>\n<h1>惠企政策</h1>\n<p>", page->center, "</p>\n");
    text_add_format(html, "<p>共 %d 项，其中申报类 %d 项；截至 %s</p>\n</header></div>\n",
                    page->count, count_kind(page, true), day_print(page->day, date));
}

/* The contents, by class. */
static void add_nav(struct printing *p)
{
    struct text *html = &p->html;
    const struct taxonomy *t = p->page->taxonomy;
    for (int class = 0; class < t->count; class ++)
        if (is_shown_class(p->page, class))
            text_add_format(html, "<span id=\"c%d\"></span>", class);
    text_add(html, "\n<nav aria-label=\"政策分类\">\n<ul>\n");
    text_add_format(html, "<li><a href=\"#\">全部<small>%d</small></a></li>\n", p->page->count);
    for (int class = 0; class < t->count; class ++) {
        if (!is_shown_class(p->page, class))
            continue;
        text_add_format(html, "<li><a href=\"#c%d\">", class);
        html_add(html, t->entries[class].term.name);
        text_add_format(html, "<small>%d</small></a></li>\n",
                        count_class(p->page, class, true) + count_class(p->page, class, false));
    }
    text_add(html, "</ul>\n</nav>\n");
}

static void add_marks(struct printing *p, const struct policy *policy)
{
    struct text *html = &p->html;
    int left = policy->valid_to - p->page->day;
    text_add(html, "<p class=\"marks\">");
    if (policy->pinned)
        text_add(html, "<span class=\"pin\">置顶</span>");
    if (strcmp(policy_state_on(policy, p->page->day), "published") != 0)
        add_part(html, "<span class=\"soon\">",
                 policy_word_name(POLICY_STATE, policy_state_on(policy, p->page->day)), "</span>");
    else if (policy->valid_to != POLICY_NO_DAY && left == 0)
        text_add(html, "<span class=\"soon\">今天截止</span>");
    else if (policy->valid_to != POLICY_NO_DAY && left > 0)
        text_add_format(html, "<span%s>%s%d天</span>", left <= SOON ? " class=\"soon\"" : "",
                        left <= SOON ? "最后" : "剩余", left);
    add_part(html, "<span>", taxonomy_name(p->page->taxonomy, policy->class), "</span>");
    add_part(html, "<span>", policy_word_name(POLICY_LEVEL, policy->level), "</span>");
    text_add(html, "</p>\n");
}

static void add_days(struct text *html, const struct policy *policy)
{
    char date[DAY_TEXT_SIZE];
    if (policy->valid_from == POLICY_NO_DAY && policy->valid_to == POLICY_NO_DAY)
        return;
    text_add(html, "<p class=\"meta\">有效期 ");
    if (policy->valid_from != POLICY_NO_DAY)
        text_add_format(html, "%s 起", day_print(policy->valid_from, date));
    if (policy->valid_to != POLICY_NO_DAY)
        text_add_format(html, "%s至 %s", policy->valid_from != POLICY_NO_DAY ? "，" : "",
                        day_print(policy->valid_to, date));
    text_add(html, "</p>\n");
}

/* Who may apply, on what conditions, with what, how, and by when it is decided. */
static void add_elements(struct text *html, const struct policy *policy)
{
    bool any = false;
    for (int field = POLICY_APPLICANTS; field <= POLICY_PROMISED; field++) {
        const char *value = field_text(policy_field(field), policy);
        if (!value)
            continue;
        if (!any)
            text_add(
                html,
                "<details>\n<summary>申报指南：对象、条件、材料、流程、时限</summary>\n<dl>\n");
        any = true;
        add_part(html, "<dt>", policy_field(field)->word, "</dt>");
        add_part(html, "<dd>", value, "</dd>\n");
    }
    if (any)
        text_add(html, "</dl>\n</details>\n");
}

static void add_interpretation(struct text *html, const struct policy *policy)
{
    const char *text = policy->interpretation;
    if (!text)
        return;
    text_add(html, "<details>\n<summary>政策解读</summary>\n");
    if (policy_is_address(text)) {
        add_part(html, "<p><a rel=\"noopener noreferrer\" href=\"", text, "\">");
        add_part(html, "", text, "</a></p>\n");
    } else {
        add_part(html, "<p class=\"text\">", text, "</p>\n");
    }
    text_add(html, "</details>\n");
}

/* The first number that stands in PHONE, as a link takes it: digits alone. */
static void add_phone(struct text *html, const char *phone)
{
    const char *start = phone ? phone + strcspn(phone, "+0123456789") : "";
    if (!*start) {
        add_part(html, " ", phone, "");
        return;
    }
    text_add(html, " <a href=\"tel:");
    for (; *start && strchr("+0123456789- ()", *start); start++)
        if (strchr("+0123456789", *start))
            text_add_char(html, *start);
    add_part(html, "\">", phone, "</a>");
}

static void add_foot(struct text *html, const struct policy *policy)
{
    text_add(html, "<div class=\"foot\">");
    if (policy->interpreter || policy->phone) {
        add_part(html, "<span>解读：", policy->interpreter ? policy->interpreter : "", "");
        add_phone(html, policy->phone);
        text_add(html, "</span>");
    }
    if (policy->apply && policy_is_address(policy->apply))
        add_part(html, "<a class=\"apply\" rel=\"noopener noreferrer\" href=\"", policy->apply,
                 "\">在线申报</a>");
    text_add(html, "</div>\n");
}

static void add_card(struct printing *p, const struct policy *policy)
{
    struct text *html = &p->html;
    text_add_format(html, "<article class=\"card c%d\">\n", class_of(p->page, policy));
    add_marks(p, policy);
    add_part(html, "<h3>", policy->title, "</h3>\n");
    add_part(html, "<p class=\"meta\">", policy->issuer ? policy->issuer : "", "");
    add_part(html, policy->issuer ? " · " : "", policy->document, "");
    text_add(html, "</p>\n");
    add_part(html, "<p class=\"text\">", policy->summary, "</p>\n");
    add_days(html, policy);
    add_elements(html, policy);
    add_interpretation(html, policy);
    add_foot(html, policy);
    text_add(html, "</article>\n");
}

static void add_section(struct printing *p, bool apply, const char *title)
{
    int count = count_kind(p->page, apply);
    if (!count)
        return;
    text_add_format(&p->html,
                    "<section class=\"k%d\">\n<h2>%s<small>%d 项</small></h2>\n"
                    "<div class=\"cards\">\n",
                    apply, title, count);
    for (int i = 0; i < p->page->count; i++)
        if (applies(&p->page->policies[i]) == apply)
            add_card(p, &p->page->policies[i]);
    text_add(&p->html, "</div>\n</section>\n");
}

void policypage_print(const struct policypage *page)
{
    struct printing p = {.page = page};
    add_head(&p);
    add_nav(&p);
    text_add(&p.html, "<main>\n");
    if (!page->count)
        text_add(&p.html, "<p>暂无政策。</p>\n");
    add_section(&p, true, "申报类政策");
    add_section(&p, false, "其他政策");
    text_add(&p.html, "</main>\n");
    add_part(&p.html, "<footer>", page->center, "。以文件原文为准。</footer>\n</body>\n</html>\n");
    out_print("%s", text_string(&p.html));
    text_free(&p.html);
}
