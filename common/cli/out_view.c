/* What is asked of the rows of a list: which columns, in which order, how many. A row is kept as
 * xlsx keeps its cells, and added again from there: at once, or once all are sorted. */
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/fault.h"
#include "base/mem.h"
#include "cli/out_private.h"

enum { MOST_CHOSEN = 64 };

/* A row that waits to be sorted. */
struct row {
    char *cells;
    const char *key; /* the cell that is sorted by, or NULL */
    size_t place;    /* in the order in which rows came */
    bool reverse;
};

struct out_view {
    struct out_column *chosen;
    int given_count;       /* columns of the program */
    int from[MOST_CHOSEN]; /* of each chosen column its place among those */
    int sort;              /* a place among those; -1: as they come */
    bool reverse;
    long limit, taken; /* of rows; 0: all */
    struct text cells; /* of the row that is being kept */
    struct row *rows;
    size_t row_count;
};

/* The place of the column called WORD, by name or title; -1 with a FAULT where there is none. */
static int find_column(const struct out *out, const char *word, struct fault *fault)
{
    const char *names[2 * MOST_CHOSEN];
    struct text known = {0};
    size_t count = 0;
    for (int i = 0; i < out->count; i++)
        if (text_same(out->columns[i].name, word) || text_same(out->columns[i].title, word))
            return i;
    for (int i = 0; i < out->count; i++) {
        const struct out_column *c = &out->columns[i];
        text_add_format(&known, "%s%s", i ? ", " : " (", c->name);
        if (count + 2 <= sizeof names / sizeof *names) {
            names[count++] = c->name;
            names[count++] = c->title;
        }
    }
    text_add(&known, ")");
    fault_unknown(fault, "column", word, text_nearest(word, names, count), known.data);
    text_free(&known);
    return -1;
}

/* Reads the columns that NAMES lists; NULL: all. Returns how many, 0 with a FAULT. */
static int choose(const struct out *out, int *from, const char *names, struct fault *fault)
{
    int count = 0, place = 0;
    if (!names) {
        for (; count < out->count && count < MOST_CHOSEN; count++)
            from[count] = count;
        return count;
    }
    char *list = mem_string(names), *rest;
    for (char *word = strtok_r(list, ",", &rest); word && place >= 0;
         word = strtok_r(NULL, ",", &rest)) {
        place = count < MOST_CHOSEN ? find_column(out, text_trim(word), fault) : -1;
        if (place >= 0)
            from[count++] = place;
    }
    free(list);
    if (!*fault->text && (count == 0 || place < 0))
        fault_add(fault, "--columns takes 1 to %d names", MOST_CHOSEN);
    return *fault->text ? 0 : count;
}

static struct out_column *copy_columns(const struct out_column *columns, const int *from, int count)
{
    struct out_column *copy = mem_zero((size_t)count, sizeof *copy);
    for (int i = 0; i < count; i++)
        copy[i] = columns[from[i]];
    return copy;
}

bool out_set_view(struct out *out, const struct out_wish *wish, struct fault *fault)
{
    struct out_view view = {
        .given_count = out->count, .sort = -1, .reverse = wish->reverse, .limit = wish->limit};
    if (!wish->columns && !wish->sort && !wish->limit && !wish->reverse)
        return true;
    if (wish->sort && (view.sort = find_column(out, wish->sort, fault)) < 0)
        return false;
    int count = choose(out, view.from, wish->columns, fault);
    if (!count)
        return false;
    view.chosen = copy_columns(out->columns, view.from, count);
    out->view = mem_zero(1, sizeof *out->view);
    *out->view = view;
    out->columns = out->view->chosen;
    out->count = count;
    return true;
}

bool out_view_keeps(const struct out *out)
{
    return out->view;
}

bool out_view_waits(const struct out *out)
{
    return out->view && (out->view->sort >= 0 || out->view->reverse);
}

void out_view_keep(struct out *out, char what, const char *s)
{
    if (out->depth)
        die("--columns, --sort and --limit are for lists");
    if (out->cell++ >= out->view->given_count)
        die("internal fault: a row with more than %d cells", out->view->given_count);
    text_add_char(&out->view->cells, what);
    text_add_bytes(&out->view->cells, s, strlen(s) + 1);
}

/* The cell at this place of a kept row. */
static const char *cell_at(const char *cells, int place)
{
    while (place-- > 0)
        cells += strlen(cells) + 1;
    return cells;
}

/* Adds the chosen cells of a kept row. */
static void add_row(struct out *out, const char *cells)
{
    struct out_view *view = out->view;
    if (view->limit && view->taken == view->limit)
        return;
    view->taken++;
    for (int i = 0; i < out->count; i++) {
        const char *cell = cell_at(cells, view->from[i]);
        out_put_cell(out, *cell, cell + 1);
    }
    out_put_row(out);
}

static void keep_row(struct out_view *view)
{
    view->rows = mem_grow(view->rows, view->row_count, sizeof *view->rows);
    struct row *row = &view->rows[view->row_count];
    *row = (struct row){mem_alloc(view->cells.length), NULL, view->row_count, view->reverse};
    memcpy(row->cells, view->cells.data, view->cells.length);
    row->key = view->sort < 0 ? NULL : cell_at(row->cells, view->sort);
    view->row_count++;
}

void out_view_end_row(struct out *out)
{
    struct out_view *view = out->view;
    if (out->cell != view->given_count)
        die("internal fault: a row of %d cells instead of %d", out->cell, view->given_count);
    out->cell = 0;
    if (out_view_waits(out))
        keep_row(view);
    else
        add_row(out, text_string(&view->cells));
    text_clear(&view->cells);
}

static int compare_numbers(const char *a, const char *b)
{
    double x = strtod(a, NULL), y = strtod(b, NULL);
    return (x > y) - (x < y);
}

/* Numbers by size, words by their bytes, which in a column of moments is time; what is empty last,
 * what is equal as it came. */
static int compare_rows(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    if (!a->key)
        return (a->place < b->place) - (a->place > b->place);
    bool a_empty = *a->key == OUT_CELL_EMPTY, b_empty = *b->key == OUT_CELL_EMPTY;
    int order = 0;
    if (a_empty != b_empty)
        return a_empty - b_empty;
    if (!a_empty)
        order = out_cell_is_text(*a->key) ? strcmp(a->key + 1, b->key + 1)
                                          : compare_numbers(a->key + 1, b->key + 1);
    if (order)
        return a->reverse ? -order : order;
    return (a->place > b->place) - (a->place < b->place);
}

void out_view_sort(struct out *out)
{
    struct out_view *view = out->view;
    if (!view || !view->row_count)
        return;
    qsort(view->rows, view->row_count, sizeof *view->rows, compare_rows);
    for (size_t i = 0; i < view->row_count; i++)
        add_row(out, view->rows[i].cells);
    out_view_drop(out);
}

void out_view_drop(struct out *out)
{
    struct out_view *view = out->view;
    for (size_t i = 0; view && i < view->row_count; i++)
        free(view->rows[i].cells);
    if (!view)
        return;
    text_clear(&view->cells);
    view->row_count = 0;
}

void out_view_free(struct out *out)
{
    if (!out->view)
        return;
    out_view_drop(out);
    free(out->view->rows);
    free(out->view->chosen);
    text_free(&out->view->cells);
    free(out->view);
}
