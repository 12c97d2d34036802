#include "web/page.h"

#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/day.h"
#include "base/digest.h"
#include "base/html.h"
#include "cli/out.h"

enum { USUAL_MOST = 300 };

static const char style[] =
    "*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}"
    "body{margin:0;color:#1b2633;background:#f3f6fa;font:16px/1.7 -apple-system,\"PingFang SC\","
    "\"Microsoft YaHei\",\"Noto Sans CJK SC\",\"Noto Sans SC\",sans-serif;overflow-wrap:break-word;"
    "word-wrap:break-word}"
    "header{background:#1d4f91;color:#fff}header div,main,footer{max-width:46rem;margin:0 auto;"
    "padding:.75rem 1rem}header p{margin:0}header a{color:#fff}"
    ".skip{position:absolute;left:-99em}.skip:focus{left:0;top:0;background:#fff;color:#1d4f91;"
    "padding:.75rem 1rem}"
    "main{padding-bottom:2rem}h1{font-size:1.5rem;line-height:1.35;margin:1rem 0}"
    "h2{font-size:1.2rem;line-height:1.4;margin:2rem 0 .75rem}h3{font-size:1.05rem;margin:0}"
    "a{color:#1d4f91}:focus{outline:3px solid #b35900;outline-offset:2px}"
    "dl{margin:0;background:#fff;border:1px solid #c5ced8;border-radius:4px;padding:.25rem 1rem}"
    "dt{color:#4a5868;font-size:.9375rem;margin-top:.5rem}dd{margin:0 0 .5rem;white-space:pre-line}"
    "dl.counts dt{float:left;clear:left;margin:0}dl.counts dd{text-align:right;margin:0}"
    "ul.list{list-style:none;margin:1rem 0;padding:0}"
    "ul.list li{background:#fff;border:1px solid #c5ced8;border-radius:4px;padding:.75rem 1rem;"
    "margin-bottom:.75rem}ul.list p{margin:.25rem 0 0}"
    "ul.list h2{font-size:1.0625rem;margin:0}"
    "label,legend{display:block;font-weight:600;padding:0}fieldset{border:0;margin:1.25rem 0;"
    "padding:0;min-width:0}"
    ".field{margin:1.25rem 0}.hint{color:#4a5868;margin:.125rem 0 .375rem;font-size:.9375rem}"
    ".choice{margin:.5rem 0;padding-left:2rem;position:relative}"
    ".choice input{position:absolute;left:0;top:.25rem;width:1.375rem;height:1.375rem;margin:0}"
    ".choice label{font-weight:400;padding:.125rem 0}.choice .hint{display:block;margin:0}"
    "input[type=text],input[type=tel],input[type=number],input[type=date],textarea,select{"
    "display:block;width:100%;font:inherit;color:inherit;background:#fff;border:1px solid #5a6877;"
    "border-radius:4px;padding:.5rem .625rem;min-height:2.75rem}"
    "button{font:inherit;font-weight:600;color:#fff;background:#1d4f91;border:0;border-radius:4px;"
    "padding:.625rem 1.75rem;min-height:2.75rem;cursor:pointer;margin-top:.5rem}"
    "details+form button{color:#1d4f91;background:#fff;border:1px solid #1d4f91}"
    ".error{color:#a3200b;font-weight:600;margin:.125rem 0 .375rem}"
    ".bad input,.bad textarea,.bad select{border:2px solid #a3200b}"
    ".summary{border:3px solid #a3200b;background:#fff;padding:.5rem 1rem;margin:1rem 0}"
    ".summary h2{margin:.25rem 0;color:#a3200b}.summary a{color:#a3200b}"
    ".good{border-left:6px solid #1b6e3c;background:#fff;padding:.5rem 1rem}"
    ".word{font:700 1.375rem/1.5 Consolas,Menlo,monospace;letter-spacing:.05em}"
    ".late{color:#a3200b;font-weight:600}.note{color:#4a5868;font-size:.9375rem}"
    "details{margin:1rem 0}summary{cursor:pointer;color:#1d4f91;font-weight:600;padding:.5rem 0}"
    "svg{display:block;width:12rem;height:12rem;background:#fff;margin:1rem 0}"
    "footer{color:#4a5868;font-size:.875rem}"
    "@media print{header,form,.skip{display:none}body{background:#fff}}";

/* ---- the whole ---- */

void page_error(struct page_errors *errors, const char *field, const char *text)
{
    if (errors->count < PAGE_MOST_ERRORS)
        errors->list[errors->count++] = (struct page_error){field, text};
}

static const char *reason_of(int status)
{
    static const struct {
        int status;
        const char *reason;
    } reasons[] = {{200, "OK"},
                   {400, "Bad Request"},
                   {403, "Forbidden"},
                   {404, "Not Found"},
                   {405, "Method Not Allowed"},
                   {409, "Conflict"},
                   {411, "Length Required"},
                   {413, "Content Too Large"},
                   {415, "Unsupported Media Type"},
                   {429, "Too Many Requests"},
                   {500, "Internal Server Error"},
                   {503, "Service Unavailable"}};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return "Status";
}

/* The one style sheet is told by its digest: no other is used, whatever gets into a page. */
static void add_headers(struct text *to, int status)
{
    uint8_t digest[DIGEST_SIZE];
    digest_sha256(style, sizeof style - 1, digest);
    text_add_format(to, "Status: %d %s\nContent-Type: text/html; charset=utf-8\n", status,
                    reason_of(status));
    text_add(to, "Content-Security-Policy: default-src 'none'; style-src 'sha256-");
    base64_add(to, digest, sizeof digest);
    text_add(to, "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\n"
                 "X-Content-Type-Options: nosniff\nX-Frame-Options: DENY\n"
                 "Referrer-Policy: no-referrer\nCache-Control: no-store\n");
    if (status == 503)
        text_add(to, "Retry-After: 5\n");
    if (status == 405)
        text_add(to, "Allow: GET, HEAD, POST\n");
    text_add(to, "\n");
}

static void add_head(struct text *to, const struct page *page)
{
    text_add(to,
             "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    text_add(to, page->errors.count ? "有误：" : "");
    html_add(to, page->title);
    text_add(to, page->center ? " - " : "");
    html_add(to, page->center ? page->center : "");
    text_add(to, "</title>\n<style>");
    text_add(to, style);
    text_add(to, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">跳到正文</a>\n"
                 "<header><div><p>");
    html_add(to, page->center ? page->center : "企业服务中心");
    text_add(to, "</p></div></header>\n<main id=\"main\">\n");
}

/* All that is wrong, before anything else, each with a way to its field. */
static void add_errors(struct text *to, const struct page *page)
{
    const struct page_errors *errors = &page->errors;
    if (!errors->count)
        return;
    text_add(to, "<div class=\"summary\" role=\"alert\"><h2>请更正后再提交</h2>\n<ul>\n");
    for (int i = 0; i < errors->count; i++) {
        const struct page_error *error = &errors->list[i];
        text_add(to, "<li>");
        if (error->field)
            text_add_format(to, "<a href=\"#%s%s%s\">", page->anchor ? page->anchor : "",
                            page->anchor ? "-" : "", error->field);
        html_add(to, error->text);
        text_add(to, error->field ? "</a></li>\n" : "</li>\n");
    }
    text_add(to, "</ul></div>\n");
}

static void add_page(struct text *to, const struct page *page)
{
    add_head(to, page);
    if (page->back) {
        text_add(to, "<p><a href=\"");
        html_add(to, page->back);
        text_add(to, "\">返回</a></p>\n");
    }
    text_add(to, "<h1>");
    html_add(to, page->title);
    text_add(to, "</h1>\n");
    add_errors(to, page);
    text_add(to, text_string(&page->html));
    text_add(to, "</main>\n<footer>");
    if (page->user) {
        text_add(to, "<p>当前用户：");
        html_add(to, page->user);
        text_add(to, "</p>");
    }
    text_add(to, "</footer>\n</body>\n</html>\n");
}

void page_print(const struct page *page)
{
    struct text all = {0};
    add_headers(&all, page->status ? page->status : 200);
    if (!page->bare)
        add_page(&all, page);
    out_print("%s", all.data);
    text_free(&all);
}

void page_free(struct page *page)
{
    text_free(&page->html);
}

/* ---- contents ---- */

void page_add(struct page *page, const char *before, const char *value, const char *after)
{
    if (!value)
        return;
    text_add(&page->html, before);
    html_add(&page->html, value);
    text_add(&page->html, after);
}

void page_row(struct page *page, const char *term, const char *value)
{
    page_add(page, "<dt>", value ? term : NULL, "</dt>");
    page_add(page, "<dd>", value, "</dd>\n");
}

const char *page_moment(int64_t moment, char text[static PAGE_MOMENT_SIZE])
{
    char iso[CLOCK_TEXT_SIZE];
    if (!moment)
        return NULL;
    clock_print(moment, iso);
    snprintf(text, PAGE_MOMENT_SIZE, "%.10s %.5s（%s）", iso, iso + 11,
             day_weekday_name(clock_day(moment)));
    return text;
}

void page_form(struct page *page, const char *action)
{
    page_add(page, "<form method=\"post\" action=\"", action, "\" novalidate>\n");
}

void page_hidden(struct page *page, const char *name, const char *value)
{
    page_add(page, "<input type=\"hidden\" name=\"", name, "\"");
    page_add(page, " value=\"", value ? value : "", "\">\n");
}

void page_submit(struct page *page, const char *label)
{
    page_add(page, "<button type=\"submit\">", label, "</button>\n</form>\n");
}

/* ---- fields ---- */

static const char *error_of(const struct page *page, const char *name)
{
    for (int i = 0; i < page->errors.count; i++)
        if (page->errors.list[i].field && !strcmp(page->errors.list[i].field, name))
            return page->errors.list[i].text;
    return NULL;
}

static const char *id_of(const struct page_field *field)
{
    return field->id ? field->id : field->name;
}

/* Hint and error, by which the field is described. */
static void add_notes(struct page *page, const struct page_field *field)
{
    const char *error = error_of(page, field->name);
    if (field->hint) {
        page_add(page, "<p class=\"hint\" id=\"", id_of(field), "-hint\">");
        page_add(page, "", field->hint, "</p>\n");
    }
    if (error) {
        page_add(page, "<p class=\"error\" id=\"", id_of(field), "-error\">");
        page_add(page, "", error, "</p>\n");
    }
}

static void add_described(struct page *page, const struct page_field *field)
{
    const char *error = error_of(page, field->name);
    if (!field->hint && !error)
        return;
    text_add(&page->html, " aria-describedby=\"");
    page_add(page, "", field->hint ? id_of(field) : NULL, "-hint");
    page_add(page, field->hint ? " " : "", error ? id_of(field) : NULL, "-error");
    text_add(&page->html, error ? "\" aria-invalid=\"true\"" : "\"");
}

static void start_field(struct page *page, const struct page_field *field)
{
    page_add(page,
             error_of(page, field->name) ? "<div class=\"field bad\">" : "<div class=\"field\">",
             "", "");
    page_add(page, "<label for=\"", id_of(field), "\">");
    page_add(page, "", field->label, field->required ? "（必填）" : "");
    text_add(&page->html, "</label>\n");
    add_notes(page, field);
}

static void add_identity(struct page *page, const struct page_field *field)
{
    page_add(page, " id=\"", id_of(field), "\"");
    page_add(page, " name=\"", field->name, "\"");
    page_add(page, " autocomplete=\"", field->autocomplete, "\"");
    text_add(&page->html, field->required ? " required" : "");
    add_described(page, field);
}

int page_most(const struct page_field *field)
{
    return field->most ? field->most : USUAL_MOST;
}

void page_input(struct page *page, const struct page_field *field)
{
    const char *value = field->value ? field->value : "";
    start_field(page, field);
    if (field->rows)
        text_add_format(&page->html, "<textarea rows=\"%d\"", field->rows);
    else
        page_add(page, "<input type=\"", field->type ? field->type : "text", "\"");
    text_add_format(&page->html, " maxlength=\"%d\"", page_most(field));
    add_identity(page, field);
    /* the first newline of a textarea is not its own */
    page_add(page, field->rows ? ">\n" : " value=\"", value, field->rows ? "</textarea>" : "\">");
    text_add(&page->html, "</div>\n");
}

void page_choices(struct page *page, const struct page_field *field, bool select)
{
    if (select) {
        start_field(page, field);
        text_add(&page->html, "<select");
        add_identity(page, field);
        text_add(&page->html, ">\n");
        return;
    }
    page_add(page, "<fieldset id=\"", id_of(field), "\"");
    add_described(page, field);
    page_add(page, "><legend>", field->label, field->required ? "（必选）" : "");
    text_add(&page->html, "</legend>\n");
    add_notes(page, field);
}

void page_choice(struct page *page, const struct page_field *field, bool select, const char *value,
                 const char *label, const char *hint)
{
    bool chosen = field->value && !strcmp(field->value, value);
    if (select) {
        page_add(page, "<option value=\"", value, chosen ? "\" selected>" : "\">");
        page_add(page, "", label, "</option>\n");
        return;
    }
    page_add(page, "<div class=\"choice\"><input type=\"radio\" id=\"", id_of(field), "-");
    page_add(page, "", value, "\"");
    page_add(page, " name=\"", field->name, "\"");
    page_add(page, " value=\"", value, chosen ? "\" checked>" : "\">");
    page_add(page, "<label for=\"", id_of(field), "-");
    page_add(page, "", value, "\">");
    page_add(page, "", label, "");
    page_add(page, "<span class=\"hint\"> ", hint, "</span>");
    text_add(&page->html, "</label></div>\n");
}

void page_choices_end(struct page *page, bool select)
{
    text_add(&page->html, select ? "</select></div>\n" : "</fieldset>\n");
}

void page_tick(struct page *page, const struct page_field *field)
{
    page_add(page, "<div class=\"field choice\"><input type=\"checkbox\" id=\"", id_of(field),
             "\"");
    page_add(page, " name=\"", field->name,
             field->value ? "\" value=\"1\" checked" : "\" value=\"1\"");
    add_described(page, field);
    page_add(page, "><label for=\"", id_of(field), "\">");
    page_add(page, "", field->label, "</label>\n");
    add_notes(page, field);
    text_add(&page->html, "</div>\n");
}
