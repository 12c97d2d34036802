/* How a cell and the end of a row are written in each format, among the rows that wait to be
 * printed. */
#include <errno.h>
#include <string.h>

#include "base/die.h"
#include "base/json.h"
#include "base/tongue.h"
#include "cli/cell.h"
#include "cli/out_private.h"

enum { SPILL = 8 * 1024 * 1024 };

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
        die("cannot make a temporary file: %s", tongue_error(errno));
    if (fwrite(out->held.data, 1, out->held.length, out->spilled) != out->held.length)
        die("cannot write to a temporary file: %s", tongue_error(errno));
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

void out_put_cell(struct out *out, char what, const char *s)
{
    struct text *to = &out->held;
    if (out->cell >= out->count)
        die("internal fault: a row with more than %d cells", out->count);
    int column = out->cell++;
    bool empty = what == OUT_CELL_EMPTY;
    switch (out->format) {
    case OUT_JSON:
        text_add(to, column ? "," : "{");
        json_add_string(to, out->columns[column].name);
        text_add_char(to, ':');
        if (out_cell_is_text(what))
            json_add_string(to, s);
        else
            text_add(to, empty ? "null" : s);
        return;
    case OUT_CSV:
        if (column)
            text_add_char(to, ',');
        cell_add_csv(to, s);
        return;
    case OUT_MD: cell_add_md(to, s); return;
    case OUT_HTML:
        text_add(to, column ? "" : "<tr>");
        cell_add_html(to, s, out->columns[column].type == OUT_NUMBER, what == OUT_CELL_MARKED,
                      "td");
        return;
    case OUT_XLSX: add_kept_cell(to, what, s); return;
    case OUT_TABLE: add_padded_cell(out, column, empty ? "-" : s); return;
    default:
        if (column)
            text_add_char(to, '\t');
        if (*s)
            cell_add_tsv(to, s);
        else
            text_add_char(to, '-');
    }
}

void out_put_row(struct out *out)
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
