#include "cli/sheet.h"

#include <string.h>

#include "base/html.h"
#include "base/markdown.h"
#include "base/text.h"
#include "cli/book.h"
#include "cli/page.h"

void sheet_begin(enum out_format format, const char *title)
{
    struct text html = {0};
    if (format == OUT_XLSX)
        book_set_document(book_new(title));
    if (format != OUT_HTML)
        return;
    page_add_start(&html, title, NULL, false);
    out_print_raw(&html);
    text_free(&html);
}

void sheet_end(enum out_format format)
{
    struct text html = {0};
    if (format == OUT_XLSX) {
        struct book *book = book_of_document();
        book_set_document(NULL);
        book_close(book, out_print_raw);
    }
    if (format != OUT_HTML)
        return;
    page_add_end(&html);
    out_print_raw(&html);
    text_free(&html);
}

struct sheet sheet_open(enum out_format format, const struct out_column *columns, int count)
{
    if (format == OUT_DEFAULT)
        format = OUT_PLAIN;
    return (struct sheet){.format = format,
                          .columns = columns,
                          .count = count,
                          .out = out_open(columns, count, format, true)};
}

/* A number as people write it, such as 97.50. */
static bool is_number(const char *s)
{
    size_t whole = 0, fraction = 0;
    s += *s == '-';
    whole = strspn(s, "0123456789");
    if (s[whole] == '.')
        fraction = 1 + strspn(s + whole + 1, "0123456789");
    return whole && fraction != 1 && !s[whole + fraction];
}

void sheet_cell(struct sheet *sheet, const char *text)
{
    bool counts = sheet->format == OUT_XLSX && text && is_number(text) &&
                  sheet->columns[sheet->cell % sheet->count].type == OUT_NUMBER;
    if (counts)
        out_digits(sheet->out, text);
    else
        out_text(sheet->out, text);
    if (++sheet->cell % sheet->count == 0)
        out_row(sheet->out);
}

void sheet_mark(struct sheet *sheet)
{
    out_mark(sheet->out);
}

void sheet_close(struct sheet *sheet)
{
    out_close(sheet->out);
    if (sheet->format != OUT_HTML && sheet->format != OUT_XLSX)
        out_print("\n");
}

static void print_element(const char *element, const char *text)
{
    struct text html = {0};
    text_add_format(&html, "<%s>", element);
    html_add(&html, text);
    text_add_format(&html, "</%s>\n", element);
    out_print_raw(&html);
    text_free(&html);
}

void sheet_heading(enum out_format format, int level, const char *text)
{
    if (format == OUT_XLSX) {
        book_say(book_of_document(), text, true);
    } else if (format == OUT_HTML) {
        print_element(level == 1 ? "h1" : "h2", text);
    } else if (format == OUT_MD) {
        struct text escaped = {0};
        markdown_add(&escaped, text);
        out_print("%s %s\n\n", level == 1 ? "#" : "##", text_string(&escaped));
        text_free(&escaped);
    } else {
        out_print("%s\n%s", text, level == 1 ? "\n" : "");
    }
}

void sheet_text(enum out_format format, const char *text)
{
    struct text escaped = {0};
    if (format == OUT_MD)
        markdown_add(&escaped, text);
    sheet_note(format, 0, format == OUT_MD ? text_string(&escaped) : text);
    text_free(&escaped);
}

void sheet_link(enum out_format format, const char *text, const char *address, const char *then)
{
    struct text line = {0};
    if (format == OUT_HTML) {
        text_add(&line, "<p><a href=\"");
        html_add(&line, address);
        text_add(&line, "\">");
        html_add(&line, text);
        text_add(&line, "</a>");
        html_add(&line, then);
        text_add(&line, "</p>\n");
        out_print_raw(&line);
    } else if (format == OUT_MD) {
        text_add_char(&line, '[');
        markdown_add(&line, text);
        text_add_format(&line, "](%s)", address);
        markdown_add(&line, then);
        sheet_note(format, 1, line.data);
    } else {
        text_add_format(&line, "%s%s", text, then);
        sheet_note(format, 0, line.data);
    }
    text_free(&line);
}

void sheet_note(enum out_format format, int empty, const char *text)
{
    if (format == OUT_XLSX)
        book_say(book_of_document(), text, false);
    else if (format == OUT_HTML)
        print_element("p", text);
    else
        out_print("%s\n%.*s", text, empty, "\n");
}
