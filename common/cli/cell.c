#include "cli/cell.h"

#include <string.h>

#include "base/csvfile.h"
#include "base/html.h"
#include "base/markdown.h"

int cell_add_table(struct text *to, const char *s)
{
    const char *end = s + strlen(s);
    int width = 0;
    char mark[UTF8_MARK_SIZE];
    while (s < end) {
        uint32_t c = 0xfffd, shown = c;
        size_t n = utf8_decode(s, end, &c);
        s += n ? n : 1;
        size_t length = utf8_mark(c == '\t' || c == 0xa0 ? ' ' : c, mark);
        text_add_bytes(to, mark, length);
        for (size_t i = 0; i < length; i += utf8_decode(mark + i, mark + length, &shown))
            width += utf8_decode(mark + i, mark + length, &shown) ? text_width(shown) : 0;
    }
    return width;
}

/* What stands for C in a line: TAB, newline and backslash are escaped, and so is all that must
 * never reach a terminal. */
static void add_tsv_escape(struct text *to, uint32_t c)
{
    static const char from[] = "\t\n\\\r", letters[] = "tn\\r";
    const char *letter = c < 0x80 ? strchr(from, (int)c) : NULL;
    if (letter)
        text_add_format(to, "\\%c", letters[letter - from]);
    else
        text_add_format(to,
                        c < 0x100     ? "\\x%02x"
                        : c < 0x10000 ? "\\u%04x"
                                      : "\\U%08x",
                        (unsigned)c);
}

void cell_add_tsv(struct text *to, const char *s)
{
    const char *run = s, *end = s + strlen(s);
    while (s < end) {
        unsigned char first = (unsigned char)*s;
        uint32_t c = first;
        size_t n = first < 0x80 ? 1 : utf8_decode(s, end, &c);
        s += n ? n : 1;
        if (!n || (c >= 0x20 && c < 0x7f ? c != '\\' : !utf8_is_unseen(c)))
            continue;
        text_add_bytes(to, run, (size_t)(s - n - run));
        add_tsv_escape(to, c);
        run = s;
    }
    text_add_bytes(to, run, (size_t)(end - run));
}

static void add_quoted(struct text *to, const char *s)
{
    if (!s[strcspn(s, "\",\r\n")] && *s != ' ' && (!*s || s[strlen(s) - 1] != ' ')) {
        text_add(to, s);
        return;
    }
    text_add_char(to, '"');
    for (; *s; s++) {
        if (*s == '"')
            text_add_char(to, '"');
        text_add_char(to, *s);
    }
    text_add_char(to, '"');
}

/* A spreadsheet computes what begins like a formula: foreign text gets an apostrophe before it, as
 * OWASP's "CSV Injection" says, which reading takes away again (csvfile.h). */
void cell_add_csv(struct text *to, const char *s)
{
    struct text safe = {0};
    if (csvfile_is_formula(s))
        text_add_char(&safe, CSVFILE_GUARD);
    text_add_visible(&safe, s, "\n\t");
    add_quoted(to, text_string(&safe));
    text_free(&safe);
}

void cell_add_md(struct text *to, const char *s)
{
    text_add(to, "| ");
    markdown_add(to, s);
    text_add_char(to, ' ');
}

/* A browser would break a date after a dash. */
void cell_add_html(struct text *to, const char *s, bool number, bool late, const char *element)
{
    bool date = *s && !s[strspn(s, "0123456789-: ")];
    const char *kind = number ? "n" : date ? "d" : "";
    text_add_format(to, "<%s", element);
    if (*kind || late)
        text_add_format(to, " class=\"%s%s%s\"", kind, *kind && late ? " " : "",
                        late ? "late" : "");
    text_add_char(to, '>');
    html_add(to, s);
    text_add_format(to, "</%s>", element);
}

int cell_width(const char *s)
{
    struct text scratch = {0};
    int width = cell_add_table(&scratch, s);
    text_free(&scratch);
    return width;
}
