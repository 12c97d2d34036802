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

enum { SPILL = 8 * 1024 * 1024 };

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

static void add_kept_cell(struct text *to, char what, const char *s)
{
    text_add_char(to, what);
    text_add(to, s);
    text_add_bytes(to, "", 1);
}

void out_spill(struct out *out)
{
    if (out->held.length < SPILL)
        return;
    if (!out->spilled && !(out->spilled = tmpfile()))
        die("cannot make a temporary file: %s", strerror(errno));
    if (fwrite(out->held.data, 1, out->held.length, out->spilled) != out->held.length)
        die("cannot write to a temporary file: %s", strerror(errno));
    text_clear(&out->held);
}

/* A cell of a table, whose column becomes as wide as it is. */
static void add_padded_cell(struct out *out, int column, const char *s)
{
    int width = cell_add_table(&out->held, s);
    if (width > out->widths[column])
        out->widths[column] = width;
    text_add_bytes(&out->held, "", 1);
}

/* Adds a cell; NULL is empty. RAW is for json: the value is written without quotes. */
static void add_cell(struct out *out, const char *s, bool raw)
{
    struct text *to = &out->held;
    if (out->cell >= out->count)
        die("internal fault: a row with more than %d cells", out->count);
    int column = out->cell++;
    switch (out->format) {
    case OUT_JSON:
        text_add(to, column ? "," : "{");
        json_add_string(to, out->columns[column].name);
        text_add_char(to, ':');
        if (s && !raw)
            json_add_string(to, s);
        else
            text_add(to, s ? s : "null");
        return;
    case OUT_CSV:
        if (column)
            text_add_char(to, ',');
        cell_add_csv(to, s ? s : "");
        return;
    case OUT_MD: cell_add_md(to, s ? s : ""); return;
    case OUT_HTML:
        text_add(to, column ? "" : "<tr>");
        cell_add_html(to, s ? s : "", out->columns[column].type == OUT_NUMBER, "td");
        return;
    case OUT_XLSX:
        add_kept_cell(to, !s ? OUT_CELL_EMPTY : raw ? OUT_CELL_NUMBER : OUT_CELL_TEXT, s ? s : "");
        return;
    case OUT_TABLE: add_padded_cell(out, column, s ? s : "-"); return;
    default:
        if (column)
            text_add_char(to, '\t');
        if (s && *s)
            cell_add_tsv(to, s);
        else
            text_add_char(to, '-');
    }
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

/* A moment that a spreadsheet reckons with. */
static void add_moment_cell(struct out *out, int64_t moment)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)moment);
    if (out->cell++ >= out->count)
        die("internal fault: a row with more than %d cells", out->count);
    add_kept_cell(&out->held, OUT_CELL_MOMENT, digits);
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
        add_moment_cell(out, moment);
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

void out_row(struct out *out)
{
    if (out->cell != out->count)
        die("internal fault: a row of %d cells instead of %d", out->cell, out->count);
    out->cell = 0;
    switch (out->format) {
    case OUT_JSON: text_add(&out->held, "}\n"); break;
    case OUT_CSV: text_add(&out->held, "\r\n"); break;
    case OUT_TSV: text_add(&out->held, "\n"); break;
    case OUT_MD: text_add(&out->held, "|\n"); break;
    case OUT_HTML: text_add(&out->held, "</tr>\n"); break;
    default: break;
    }
    out_spill(out);
}

bool out_is_json(const struct out *out)
{
    return out->format == OUT_JSON;
}
