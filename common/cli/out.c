#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/cell.h"
#include "cli/out_private.h"

static const char *const format_names[OUT_FORMATS] = {
    [OUT_PLAIN] = "text", [OUT_TABLE] = "table", [OUT_TSV] = "tsv",   [OUT_CSV] = "csv",
    [OUT_JSON] = "json",  [OUT_MD] = "md",       [OUT_HTML] = "html", [OUT_XLSX] = "xlsx"};

enum out_format out_format(const char *name)
{
    for (int i = OUT_DEFAULT + 1; i < OUT_FORMATS; i++)
        if (!strcmp(name, format_names[i]))
            return (enum out_format)i;
    return OUT_DEFAULT;
}

void out_add_formats(struct text *to, unsigned set)
{
    bool any = false;
    for (int i = OUT_DEFAULT + 1; i < OUT_FORMATS; i++) {
        if (!(set & 1U << i))
            continue;
        set &= ~(1U << i);
        text_add_format(to, "%s%s", !any ? "" : set ? ", " : " or ", format_names[i]);
        any = true;
    }
}

struct out *out_open(const struct out_column *columns, int count, enum out_format format,
                     bool header)
{
    struct out *out = mem_zero(1, sizeof *out);
    out->columns = columns;
    out->count = count;
    out->format = format;
    if (format == OUT_DEFAULT)
        out->format = isatty(STDOUT_FILENO) ? OUT_TABLE : OUT_TSV;
    else if (format == OUT_PLAIN)
        out->format = OUT_TABLE;
    out->header = header || out_in_words(out);
    out->widths = mem_zero((size_t)count, sizeof *out->widths);
    return out;
}

void out_set_title(struct out *out, const char *title, const char *center)
{
    out->title = title;
    out->center = center;
}

bool out_is_table(const struct out *out)
{
    return out->format == OUT_TABLE;
}

bool out_in_words(const struct out *out)
{
    return out->format != OUT_TSV && out->format != OUT_JSON;
}

/* Takes a cell, whose letter says WHAT it is. */
static void take_cell(struct out *out, char what, const char *s)
{
    if (out_view_keeps(out))
        out_view_keep(out, what, s);
    else
        out_put_cell(out, what, s);
}

/* NULL is empty; RAW: a number as json writes it. */
static void add_cell(struct out *out, const char *s, bool raw)
{
    take_cell(out,
              !s            ? OUT_CELL_EMPTY
              : raw         ? OUT_CELL_NUMBER
              : out->marked ? OUT_CELL_MARKED
                            : OUT_CELL_TEXT,
              s ? s : "");
}

void out_text(struct out *out, const char *text)
{
    add_cell(out, text, false);
}

void out_number(struct out *out, int64_t number)
{
    char digits[24], *start = digits + sizeof digits;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    *--start = '\0';
    do
        *--start = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        *--start = '-';
    add_cell(out, start, true);
}

void out_digits(struct out *out, const char *digits)
{
    add_cell(out, digits, true);
}

void out_moment(struct out *out, int64_t moment)
{
    out_moment_marked(out, moment, NULL);
}

void out_moment_marked(struct out *out, int64_t moment, const char *mark)
{
    char iso[CLOCK_TEXT_SIZE];
    struct text marked = {0};
    if (!moment) {
        out_text(out, NULL);
        return;
    }
    if (out->format == OUT_XLSX && !mark) {
        char digits[24];
        snprintf(digits, sizeof digits, "%lld", (long long)moment);
        take_cell(out, OUT_CELL_MOMENT, digits);
        return;
    }
    clock_print(moment, iso);
    if (out_in_words(out)) {
        iso[10] = ' ';
        iso[out->format == OUT_CSV ? 19 : 16] = '\0';
    }
    text_add(&marked, iso);
    if (mark && out_in_words(out))
        text_add_format(&marked, "（%s）", mark);
    add_cell(out, marked.data, false);
    text_free(&marked);
}

void out_private(struct out *out, void (*mask)(struct text *, const char *), const char *value)
{
    struct text masked = {0};
    if (mask && value)
        mask(&masked, value);
    out_text(out, mask && value ? text_string(&masked) : value);
    text_free(&masked);
}

void out_code(struct out *out, const char *code, const char *name)
{
    add_cell(out, code && name && out_in_words(out) ? name : code, false);
}

void out_mark(struct out *out)
{
    out->marked = true;
}

void out_row(struct out *out)
{
    out->marked = false;
    if (out_view_keeps(out))
        out_view_end_row(out);
    else
        out_put_row(out);
}

bool out_is_json(const struct out *out)
{
    return out->format == OUT_JSON;
}
