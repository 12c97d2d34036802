#include "cli/book.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/tongue.h"
#include "base/xlsxwriter.h"

/* A sheet's name has at most so many characters, a column so many places; a chart takes so many
 * rows. */
enum { NAME_MOST = 31, WIDTH_LEAST = 6, WIDTH_MOST = 60, CHART_ROWS = 16 };
/* Day 0 of a spreadsheet, 1899-12-30, in days since 1970. */
enum { FIRST_DAY = -25569 };

struct book {
    struct lxw_workbook *workbook;
    struct lxw_worksheet *said, *table, *charts;
    struct lxw_format *head, *text, *marked, *number, *moment, *heading, *paragraph;
    FILE *file;
    char *title;
    struct text last_heading;
    struct text names; /* of the sheets, each ended by a newline */
    uint32_t row, said_row, chart_row;
    uint16_t column, count;
    const struct out_column *columns;
    int *widths;
};

static struct book *document;

struct book *book_of_document(void)
{
    return document;
}

void book_set_document(struct book *book)
{
    document = book;
}

static void check(unsigned error)
{
    if (error)
        die("cannot write the workbook: %s", xlsxwriter()->lxw_strerror(error));
}

static struct lxw_format *new_format(struct book *b, bool wrapped, bool bordered)
{
    const struct xlsxwriter *x = xlsxwriter();
    struct lxw_format *format = x->workbook_add_format(b->workbook);
    x->format_set_align(format, XLSX_TOP);
    if (wrapped)
        x->format_set_text_wrap(format);
    if (bordered)
        x->format_set_border(format, XLSX_THIN);
    return format;
}

struct book *book_new(const char *title)
{
    const struct xlsxwriter *x = xlsxwriter();
    struct book *b = mem_zero(1, sizeof *b);
    char path[32];
    b->title = mem_string(title);
    b->file = tmpfile();
    if (!b->file)
        die("cannot make a temporary file: %s", tongue_error(errno));
    snprintf(path, sizeof path, "/dev/fd/%d", fileno(b->file));
    b->workbook = x->workbook_new(path);
    b->head = new_format(b, false, true);
    x->format_set_bold(b->head);
    x->format_set_bg_color(b->head, 0xeef2f7);
    b->text = new_format(b, true, true);
    b->marked = new_format(b, true, true);
    x->format_set_font_color(b->marked, 0xb3261e);
    b->number = new_format(b, false, true);
    x->format_set_align(b->number, XLSX_RIGHT);
    b->moment = new_format(b, false, true);
    x->format_set_num_format(b->moment, "yyyy-mm-dd hh:mm");
    b->heading = new_format(b, false, false);
    x->format_set_bold(b->heading);
    b->paragraph = new_format(b, true, false);
    return b;
}

static bool has_name(const struct book *b, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = text_string(&b->names); *at; at = strchr(at, '\n') + 1)
        if (!strncmp(at, name, length) && at[length] == '\n')
            return true;
    return false;
}

/* The first characters of NAME that a sheet may be called by. */
static void add_name(struct text *to, const char *name, int most)
{
    const char *end = name + strlen(name);
    for (uint32_t c = 0; name < end && most > 0; most--) {
        size_t n = utf8_decode(name, end, &c);
        bool bad = !n || utf8_is_unseen(c) || (c < 0x80 && strchr("[]:*?/\\'", (int)c));
        text_add_bytes(to, bad ? "_" : name, bad ? 1 : n);
        name += n ? n : 1;
    }
}

/* A new sheet; a name that is taken gets a number. */
static struct lxw_worksheet *new_sheet(struct book *b, const char *name)
{
    const struct xlsxwriter *x = xlsxwriter();
    struct text called = {0}, header = {0};
    add_name(&called, *name ? name : "表", NAME_MOST);
    for (int i = 2; has_name(b, called.data); i++) {
        text_clear(&called);
        add_name(&called, name, NAME_MOST - 4);
        text_add_format(&called, " %d", i);
    }
    struct lxw_worksheet *sheet = x->workbook_add_worksheet(b->workbook, called.data);
    if (!sheet)
        die("cannot write the workbook: no sheet can be called \"%s\"", called.data);
    text_add_format(&b->names, "%s\n", called.data);
    x->worksheet_set_paper(sheet, XLSX_A4);
    x->worksheet_fit_to_pages(sheet, 1, 0);
    /* in a header & begins a command, and it has room for 255 characters */
    text_add(&header, "&C");
    for (const char *c = b->title; *c && header.length < 240; c++)
        text_add_format(&header, *c == '&' ? "&&" : "%c", *c);
    header.length = text_cut(header.data, header.length);
    header.data[header.length] = '\0';
    check(x->worksheet_set_header(sheet, header.data));
    check(x->worksheet_set_footer(sheet, "&C第 &P 页，共 &N 页"));
    text_free(&called);
    text_free(&header);
    return sheet;
}

/* A text as a cell may have it: nothing unseen, and no longer than it holds. */
static void write_text(struct lxw_worksheet *sheet, uint32_t row, uint16_t column, const char *text,
                       struct lxw_format *format)
{
    struct text visible = {0};
    text_add_visible(&visible, text, "\n\t");
    if (visible.length > XLSX_MOST_TEXT)
        visible.data[text_cut(visible.data, XLSX_MOST_TEXT)] = '\0';
    check(xlsxwriter()->worksheet_write_string(sheet, row, column, text_string(&visible), format));
    text_free(&visible);
}

void book_say(struct book *b, const char *text, bool heading)
{
    if (!b->said) {
        b->said = new_sheet(b, "说明");
        check(xlsxwriter()->worksheet_set_column(b->said, 0, 0, 90, NULL));
    }
    write_text(b->said, b->said_row++, 0, text, heading ? b->heading : b->paragraph);
    if (heading) {
        text_clear(&b->last_heading);
        text_add(&b->last_heading, text);
    }
}

/* The places of the longest line. */
static int width_of(const char *text)
{
    int width = 0, most = 0;
    for (const char *end = text + strlen(text); text < end;) {
        uint32_t c = 0xfffd;
        size_t n = utf8_decode(text, end, &c);
        width = c == '\n' ? 0 : width + text_width(c);
        most = width > most ? width : most;
        text += n ? n : 1;
    }
    return most;
}

void book_open_table(struct book *b, const char *name, const struct out_column *columns, int count)
{
    const struct xlsxwriter *x = xlsxwriter();
    b->table = new_sheet(b, name ? name : text_string(&b->last_heading));
    b->columns = columns;
    b->count = (uint16_t)count;
    b->column = 0;
    b->row = 1;
    b->widths = mem_zero((size_t)count, sizeof *b->widths);
    for (int i = 0; i < count; i++) {
        write_text(b->table, 0, (uint16_t)i, columns[i].title, b->head);
        /* room for the arrow of the filter */
        int width = width_of(columns[i].title) + 4;
        b->widths[i] = width < WIDTH_LEAST ? WIDTH_LEAST : width;
    }
    x->worksheet_set_landscape(b->table);
    x->worksheet_freeze_panes(b->table, 1, 0);
    check(x->worksheet_repeat_rows(b->table, 0, 0));
}

static void next_cell(struct book *b, int width)
{
    if (width > b->widths[b->column])
        b->widths[b->column] = width;
    if (++b->column < b->count)
        return;
    b->column = 0;
    b->row++;
}

void book_text(struct book *b, const char *text)
{
    bool counts = b->columns[b->column].type == OUT_NUMBER;
    write_text(b->table, b->row, b->column, text ? text : "", counts ? b->number : b->text);
    next_cell(b, text ? width_of(text) + 2 : 0);
}

void book_marked(struct book *b, const char *text)
{
    write_text(b->table, b->row, b->column, text, b->marked);
    next_cell(b, width_of(text) + 2);
}

void book_number(struct book *b, const char *digits)
{
    check(xlsxwriter()->worksheet_write_number(b->table, b->row, b->column, strtod(digits, NULL),
                                               b->number));
    next_cell(b, (int)strlen(digits) + 2);
}

void book_moment(struct book *b, int64_t moment)
{
    double day = clock_day(moment) - FIRST_DAY;
    /* half a millisecond more: who cuts a fraction must not show the second before */
    double second = (double)(moment - clock_moment(clock_day(moment), 0)) + 0.0005;
    check(xlsxwriter()->worksheet_write_number(b->table, b->row, b->column,
                                               day + second / SECONDS_PER_DAY, b->moment));
    next_cell(b, 18);
}

void book_close_table(struct book *b)
{
    const struct xlsxwriter *x = xlsxwriter();
    for (int i = 0; i < b->count; i++)
        check(x->worksheet_set_column(b->table, (uint16_t)i, (uint16_t)i,
                                      b->widths[i] > WIDTH_MOST ? WIDTH_MOST : b->widths[i], NULL));
    if (b->row > 1)
        check(x->worksheet_autofilter(b->table, 0, 0, b->row - 1, (uint16_t)(b->count - 1)));
    free(b->widths);
    b->widths = NULL;
}

void book_draw(struct book *b, enum chart_kind kind, const char *title,
               const struct chart_bar *bars, int count)
{
    const struct xlsxwriter *x = xlsxwriter();
    char labels[64], values[64];
    if (!b->charts)
        b->charts = new_sheet(b, "图表");
    check(x->worksheet_set_column(b->charts, 0, 0, 28, NULL));
    uint32_t first = b->chart_row + 1;
    write_text(b->charts, b->chart_row, 0, title, b->heading);
    for (int i = 0; i < count; i++) {
        /* lying bars are drawn from below */
        const struct chart_bar *bar = &bars[kind == CHART_COMPARED ? count - 1 - i : i];
        write_text(b->charts, first + (uint32_t)i, 0, bar->label, NULL);
        check(x->worksheet_write_number(b->charts, first + (uint32_t)i, 1, bar->value, NULL));
    }
    struct lxw_chart *chart =
        x->workbook_add_chart(b->workbook, kind == CHART_COMPARED ? XLSX_BAR : XLSX_COLUMN);
    snprintf(labels, sizeof labels, "='图表'!$A$%u:$A$%u", first + 1, first + (uint32_t)count);
    snprintf(values, sizeof values, "='图表'!$B$%u:$B$%u", first + 1, first + (uint32_t)count);
    if (!x->chart_add_series(chart, labels, values))
        die("cannot write the workbook: a chart");
    x->chart_title_set_name(chart, title);
    x->chart_legend_set_position(chart, XLSX_NO_LEGEND);
    check(x->worksheet_insert_chart(b->charts, b->chart_row, 3, chart));
    b->chart_row += (uint32_t)(count + 2 > CHART_ROWS ? count + 2 : CHART_ROWS);
}

void book_close(struct book *b, void (*put)(const struct text *))
{
    struct text block = {0};
    char bytes[64 * 1024];
    size_t got;
    if (!b->names.length)
        new_sheet(b, "说明");
    check(xlsxwriter()->workbook_close(b->workbook));
    rewind(b->file);
    while ((got = fread(bytes, 1, sizeof bytes, b->file)) > 0) {
        text_clear(&block);
        text_add_bytes(&block, bytes, got);
        put(&block);
    }
    if (ferror(b->file))
        die("cannot read a temporary file: %s", tongue_error(errno));
    fclose(b->file);
    text_free(&block);
    text_free(&b->names);
    text_free(&b->last_heading);
    free(b->title);
    free(b);
}
