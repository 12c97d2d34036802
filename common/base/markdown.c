#include "base/markdown.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

/* True where S begins a bare address or an emoji's name: :// :smile: */
static bool is_colon_read(const char *s)
{
    return s[1] == '/' || s[1] == '+' || s[1] == '-' ||
           ((s[1] | 0x20) >= 'a' && (s[1] | 0x20) <= 'z');
}

/* Appends the character at S, which stands at the start of a line or behind a blank where BEGINS,
 * and behind all of START. */
static void add_char(struct text *out, const char *start, const char *s, bool begins)
{
    bool www = *s == '.' && s - start >= 3 && !strncasecmp(s - 3, "www", 3);
    bool list = *s == '.' || *s == ')';
    for (const char *p = s; list && p > start; p--)
        list = p[-1] >= '0' && p[-1] <= '9';
    if (*s == '\n')
        text_add(out, "<br>");
    else if (*s == '@') /* an address of e-mail is found behind any escape, but not across code */
        text_add_format(out, "%s@%s", s > start && s[-1] == '@' ? "" : "`", s[1] == '@' ? "" : "`");
    else if (strchr("\\|<>&", *s)) /* a reference is never markup, and never ends a cell */
        text_add_format(out, "&#%d;", *s);
    else if (strchr("`*_[]{}#!~$^", *s) || (begins && strchr("+-=", *s)) || www || list ||
             (*s == ':' && is_colon_read(s)))
        text_add_format(out, "\\%c", *s);
    else if (begins && *s == ' ') /* neither an indent nor lost */
        text_add(out, "&#32;");
    else
        text_add_char(out, *s);
}

void markdown_add(struct text *out, const char *s)
{
    struct text visible = {0};
    text_add_visible(&visible, s, "\n");
    const char *start = text_string(&visible);
    for (const char *p = start; *p; p++) {
        bool ends = *p == ' ' && (!p[1] || p[1] == '\n' || p[1] == ' ');
        add_char(out, start, p, ends || p == start || p[-1] == ' ' || p[-1] == '\n');
    }
    text_free(&visible);
}
