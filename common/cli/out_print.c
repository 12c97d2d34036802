/* What was collected reaches standard output: headers, rows, tables, workbooks. */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/tongue.h"
#include "cli/book.h"
#include "cli/cell.h"
#include "cli/out_private.h"
#include "cli/page.h"

/* Before the first byte of csv: without it a Chinese Excel takes the file for GBK. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static _Noreturn void die_writing(void)
{
    if (errno == EPIPE) {
        /* The reader has gone (`| head`). Die of it quietly, also where the parent ignores it. */
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    die("cannot write to standard output: %s", tongue_error(errno));
}

static void put(const char *bytes, size_t length)
{
    if (length && fwrite(bytes, 1, length, stdout) != length)
        die_writing();
}

void out_finish(void)
{
    progress_erase();
    if (fflush(stdout) != 0 || ferror(stdout))
        die_writing();
    /* Some file systems report a full disk only when the file is closed. */
    if (close(STDOUT_FILENO) != 0 && errno != EBADF)
        die_writing();
}

/* Calls TAKE with each held byte run, oldest first. */
static void each_block(struct out *out, void (*take)(struct out *, const char *, size_t))
{
    if (out->spilled) {
        char block[64 * 1024];
        size_t got;
        if (fflush(out->spilled) != 0)
            die("cannot write to a temporary file: %s", tongue_error(errno));
        rewind(out->spilled);
        while ((got = fread(block, 1, sizeof block, out->spilled)) > 0)
            take(out, block, got);
        if (ferror(out->spilled))
            die("cannot read a temporary file: %s", tongue_error(errno));
    }
    take(out, text_string(&out->held), out->held.length);
}

static void add_md_header(struct text *to, const struct out *out)
{
    for (int i = 0; i < out->count; i++)
        text_add_format(to, "| %s ", out->columns[i].title);
    text_add(to, "|\n");
    for (int i = 0; i < out->count; i++)
        text_add(to, out->columns[i].type == OUT_NUMBER ? "| ---: " : "| --- ");
    text_add(to, "|\n");
}

static void add_html_header(struct text *to, const struct out *out)
{
    if (out->title)
        page_add_start(to, out->title, out->center, true);
    text_add(to, "<div class=\"table\">\n<table>\n<thead>\n<tr>");
    for (int i = 0; i < out->count; i++)
        cell_add_html(to, out->columns[i].title, out->columns[i].type == OUT_NUMBER, false, "th");
    text_add(to, "</tr>\n</thead>\n<tbody>\n");
}

static void add_line_header(struct text *to, const struct out *out)
{
    bool csv = out->format == OUT_CSV;
    if (csv)
        text_add(to, BYTE_ORDER_MARK);
    for (int i = 0; i < out->count; i++) {
        if (i)
            text_add_char(to, csv ? ',' : '\t');
        text_add(to, csv ? out->columns[i].title : out->columns[i].name);
    }
    text_add(to, csv ? "\r\n" : "\n");
}

/* What is written at its end alone. */
static bool waits(const struct out *out)
{
    return out->format == OUT_TABLE || out->format == OUT_XLSX || out_view_waits(out);
}

static void put_header(struct out *out)
{
    struct text header = {0};
    if (!out->header || out->format == OUT_JSON)
        return;
    if (out->format == OUT_MD)
        add_md_header(&header, out);
    else if (out->format == OUT_HTML)
        add_html_header(&header, out);
    else
        add_line_header(&header, out);
    put(header.data, header.length);
    text_free(&header);
    out->header = false;
}

static void put_footer(const struct out *out)
{
    struct text footer = {0};
    if (out->format != OUT_HTML)
        return;
    text_add(&footer, "</tbody>\n</table>\n</div>\n");
    if (out->title)
        page_add_end(&footer);
    put(footer.data, footer.length);
    text_free(&footer);
}

static void put_block(struct out *out, const char *bytes, size_t length)
{
    (void)out;
    put(bytes, length);
}

static void forget(struct out *out)
{
    text_clear(&out->held);
    if (out->spilled)
        fclose(out->spilled);
    out->spilled = NULL;
}

void out_drop(struct out *out)
{
    out->cell = out->depth = 0;
    out_view_drop(out);
    forget(out);
}

static void put_lines(struct out *out)
{
    put_header(out);
    each_block(out, put_block);
    forget(out);
    if (fflush(stdout) != 0)
        die_writing();
}

void out_flush(struct out *out)
{
    if (waits(out))
        return;
    progress_erase();
    put_lines(out);
}

/* Prints one cell of a table, padded; the last column is not. */
static void put_padded(const struct out *out, int column, const char *s)
{
    int padding = out->widths[column] - cell_width(s);
    bool number = out->columns[column].type == OUT_NUMBER;
    for (int i = 0; number && i < padding; i++)
        put(" ", 1);
    put(s, strlen(s));
    bool last = column == out->count - 1;
    for (int i = 0; !number && !last && i < padding; i++)
        put(" ", 1);
    put(last ? "\n" : "  ", last ? 1 : 2);
}

static void put_book_cell(struct out *out, const char *cell)
{
    switch (*cell) {
    case OUT_CELL_NUMBER: book_number(out->book, cell + 1); break;
    case OUT_CELL_MARKED: book_marked(out->book, cell + 1); break;
    case OUT_CELL_MOMENT: book_moment(out->book, strtoll(cell + 1, NULL, 10)); break;
    default: book_text(out->book, *cell == OUT_CELL_EMPTY ? NULL : cell + 1);
    }
}

static void put_table_block(struct out *out, const char *bytes, size_t length)
{
    /* A cell may be cut by the block's end: gather it in `partial`. */
    for (const char *p = bytes, *end = bytes + length; p < end;) {
        const char *nul = memchr(p, '\0', (size_t)(end - p));
        text_add_bytes(&out->partial, p, (size_t)((nul ? nul : end) - p));
        if (!nul)
            return;
        if (out->book)
            put_book_cell(out, text_string(&out->partial));
        else
            put_padded(out, out->cell, text_string(&out->partial));
        out->cell = (out->cell + 1) % out->count;
        text_clear(&out->partial);
        p = nul + 1;
    }
}

static void put_table(struct out *out)
{
    for (int i = 0; i < out->count; i++) {
        int width = cell_width(out->columns[i].title);
        if (width > out->widths[i])
            out->widths[i] = width;
    }
    if (out->held.length || out->spilled)
        for (int i = 0; i < out->count; i++)
            put_padded(out, i, out->columns[i].title);
    out->cell = 0;
    each_block(out, put_table_block);
}

/* As the next sheet of a document, or as a workbook of its own. */
static void put_book(struct out *out)
{
    struct book *whole = book_of_document();
    out->book = whole ? whole : book_new(out->title ? out->title : "");
    book_open_table(out->book, whole && !out->title ? NULL : out->title, out->columns, out->count);
    out->cell = 0;
    each_block(out, put_table_block);
    book_close_table(out->book);
    if (!whole)
        book_close(out->book, out_print_raw);
    out->book = NULL;
}

void out_close(struct out *out)
{
    progress_erase();
    out_view_sort(out);
    if (out->format == OUT_TABLE)
        put_table(out);
    else if (out->format == OUT_XLSX)
        put_book(out);
    else
        put_lines(out);
    put_footer(out);
    forget(out);
    text_free(&out->held);
    text_free(&out->partial);
    out_view_free(out);
    free(out->widths);
    free(out);
}

void out_print_raw(const struct text *text)
{
    progress_erase();
    put(text->data, text->length);
}

void out_print(const char *format, ...)
{
    struct text safe = {0};
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *formatted = mem_alloc((size_t)length + 1);
    vsnprintf(formatted, (size_t)length + 1, format, again);
    va_end(again);
    text_add_visible(&safe, formatted, "\n\t");
    progress_erase();
    put(text_string(&safe), safe.length);
    free(formatted);
    text_free(&safe);
}
