#include "cli/sheet.h"

#include "base/markdown.h"
#include "base/text.h"

struct sheet sheet_open(bool markdown, const struct out_column *columns, int count)
{
    struct sheet sheet = {.markdown = markdown, .columns = columns, .count = count};
    if (!markdown) {
        sheet.out = out_open(columns, count, OUT_TABLE, true);
        return sheet;
    }
    for (int i = 0; i < count; i++)
        out_print("| %s ", columns[i].title);
    out_print("|\n");
    for (int i = 0; i < count; i++)
        out_print(columns[i].type == OUT_NUMBER ? "| ---: " : "| --- ");
    out_print("|\n");
    return sheet;
}

void sheet_cell(struct sheet *sheet, const char *text)
{
    bool last = ++sheet->cell % sheet->count == 0;
    if (!sheet->markdown) {
        out_text(sheet->out, text);
        if (last)
            out_row(sheet->out);
        return;
    }
    struct text escaped = {0};
    markdown_add(&escaped, text ? text : "");
    out_print("| %s %s", text_string(&escaped), last ? "|\n" : "");
    text_free(&escaped);
}

void sheet_close(struct sheet *sheet)
{
    if (!sheet->markdown)
        out_close(sheet->out);
    out_print("\n");
}

void sheet_heading(bool markdown, int level, const char *text)
{
    struct text escaped = {0};
    markdown_add(&escaped, text);
    if (markdown)
        out_print("%s %s\n\n", level == 1 ? "#" : "##", text_string(&escaped));
    else
        out_print("%s\n%s", text, level == 1 ? "\n" : "");
    text_free(&escaped);
}

void sheet_text(bool markdown, const char *text)
{
    struct text escaped = {0};
    if (markdown)
        markdown_add(&escaped, text);
    out_print("%s\n", markdown ? text_string(&escaped) : text);
    text_free(&escaped);
}
