#include "base/htmltext.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_NAME = 16, MOST_DEPTH = 20, LAST_CODE_POINT = 0x10FFFF };

/* A page while it is read. */
struct page {
    struct text *to;
    int depth;               /* of quotations */
    bool starts_line, blank; /* at the start of a line; a blank is due before the next word */
};

static void end_line(struct page *page)
{
    text_add_char(page->to, '\n');
    page->starts_line = true;
    page->blank = false;
}

/* Ends the line, if anything stands in it. */
static void close_line(struct page *page)
{
    if (!page->starts_line)
        end_line(page);
}

static void add_letter(struct page *page, uint32_t code_point)
{
    bool blank = code_point <= ' ' || code_point == 0xA0 || code_point == 0x3000;
    if (blank) {
        page->blank = true;
        return;
    }
    for (int i = 0; page->starts_line && i < page->depth; i++)
        text_add(page->to, "> ");
    if (page->blank && !page->starts_line)
        text_add_char(page->to, ' ');
    page->starts_line = page->blank = false;
    text_add_code_point(page->to, code_point);
}

/* ---- characters ---- */

static const struct {
    const char *name;
    uint32_t code_point;
} entities[] = {{"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},
                {"apos", '\''},    {"nbsp", 0xA0},    {"middot", 0xB7},  {"ldquo", 0x201C},
                {"rdquo", 0x201D}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"hellip", 0x2026},
                {"mdash", 0x2014}, {"ndash", 0x2013}, {"emsp", ' '},     {"ensp", ' '}};

/* Reads "&name;" at S; its length, or 0 where it is none that is known. */
static size_t read_entity(const char *s, uint32_t *code_point)
{
    size_t length = strcspn(s, "; \n<");
    if (s[length] != ';' || length > MOST_NAME)
        return 0;
    if (s[1] == '#') {
        bool hex = s[2] == 'x' || s[2] == 'X';
        unsigned long number = strtoul(s + (hex ? 3 : 2), NULL, hex ? 16 : 10);
        bool is_one =
            number > 0 && number <= LAST_CODE_POINT && (number < 0xD800 || number > 0xDFFF);
        *code_point = is_one ? (uint32_t)number : 0xFFFD;
        return length + 1;
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (strlen(entities[i].name) == length - 1 &&
            !strncmp(s + 1, entities[i].name, length - 1)) {
            *code_point = entities[i].code_point;
            return length + 1;
        }
    return 0;
}

/* A character of UTF-8 at S, and its length; 1 where it is none. */
static size_t read_letter(const char *s, uint32_t *code_point)
{
    static const unsigned char firsts[] = {0x00, 0xC0, 0xE0, 0xF0};
    unsigned char first = (unsigned char)*s;
    size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    *code_point = length == 1 ? first : (uint32_t)(first - firsts[length - 1]);
    for (size_t i = 1; i < length; i++) {
        if (!s[i])
            return i;
        *code_point = *code_point << 6 | ((unsigned char)s[i] & 0x3F);
    }
    return length;
}

/* ---- markup ---- */

static bool is_one_of(const char *name, const char *const *names)
{
    while (*names && strcasecmp(*names, name) != 0)
        names++;
    return *names;
}

static void apply_tag(struct page *page, const char *name, bool closes)
{
    static const char *const breaks[] = {"p",  "div", "tr", "li", "ul", "ol", "table", "h1",
                                         "h2", "h3",  "h4", "h5", "h6", "hr", "pre",   NULL};
    if (!strcasecmp(name, "br"))
        end_line(page);
    else if (!strcasecmp(name, "td") || !strcasecmp(name, "th"))
        page->blank = true;
    else if (is_one_of(name, breaks))
        close_line(page);
    else if (!strcasecmp(name, "blockquote")) {
        close_line(page);
        if (!closes && page->depth < MOST_DEPTH)
            page->depth++;
        else if (closes && page->depth)
            page->depth--;
    }
}

/* What stands behind the end of the element called NAME, whose inside S is. */
static const char *skip_element(const char *s, const char *name)
{
    size_t length = strlen(name);
    while ((s = strchr(s, '<')) && (s[1] != '/' || strncasecmp(s + 2, name, length) != 0))
        s++;
    return s ? s : "";
}

/* Reads the tag, or the comment, at S; what stands behind it. */
static const char *read_tag(struct page *page, const char *s)
{
    static const char *const silent[] = {"script", "style", "head", "title", NULL};
    char name[MOST_NAME + 1] = "";
    bool closes = s[1] == '/';
    const char *start = s + 1 + closes, *end;
    size_t length = strcspn(start, " \t\r\n/>");
    if (!strncmp(s, "<!--", 4)) {
        end = strstr(s, "-->");
        return end ? end + 3 : "";
    }
    end = strchr(s, '>');
    if (!end)
        return "";
    if (length <= MOST_NAME)
        memcpy(name, start, length);
    if (!closes && is_one_of(name, silent))
        return skip_element(end + 1, name);
    apply_tag(page, name, closes);
    return end + 1;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void htmltext_add(struct text *to, const char *html)
{
    struct page page = {to, 0, true, false};
    while (*html) {
        uint32_t code_point;
        size_t length = *html == '&' ? read_entity(html, &code_point) : 0;
        if (*html == '<' &&
            (html[1] == '/' || html[1] == '!' || html[1] == '?' || is_letter(html[1]))) {
            html = read_tag(&page, html);
            continue;
        }
        if (!length)
            length = read_letter(html, &code_point);
        add_letter(&page, code_point);
        html += length;
    }
    close_line(&page);
}
