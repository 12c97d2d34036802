#include "cli/sheet.h"

#include "base/html.h"
#include "base/markdown.h"
#include "base/text.h"
#include "cli/page.h"

void sheet_begin(enum out_format format, const char *title)
{
    struct text html = {0};
    if (format != OUT_HTML)
        return;
    page_add_start(&html, title, NULL, false);
    out_print_raw(&html);
    text_free(&html);
}

void sheet_end(enum out_format format)
{
    struct text html = {0};
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
    return (struct sheet){
        .format = format, .count = count, .out = out_open(columns, count, format, true)};
}

void sheet_cell(struct sheet *sheet, const char *text)
{
    out_text(sheet->out, text);
    if (++sheet->cell % sheet->count == 0)
        out_row(sheet->out);
}

void sheet_close(struct sheet *sheet)
{
    out_close(sheet->out);
    if (sheet->format != OUT_HTML)
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
    if (format == OUT_HTML) {
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

void sheet_note(enum out_format format, int empty, const char *text)
{
    if (format == OUT_HTML)
        print_element("p", text);
    else
        out_print("%s\n%.*s", text, empty, "\n");
}
