#include "cli/out.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/csvfile.h"
#include "base/die.h"
#include "base/html.h"
#include "base/json.h"
#include "base/markdown.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/book.h"
#include "cli/page.h"

enum { SPILL = 8 * 1024 * 1024, MOST_LEVELS = 4 };
/* Before the first byte of csv: without it a Chinese Excel takes the file for GBK. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct out {
    const struct out_column *columns;
    int count;
    enum out_format format;
    bool header;
    int cell;      /* of the row being added */
    struct level { /* of the record being added: itself, a list in it, an object in that */
        bool is_list, any;
        const char *one, *title; /* of a list */
    } levels[MOST_LEVELS];
    int depth;
    const char *id;             /* of that record */
    const char *title, *center; /* of an html page */
    struct text held;           /* rows, already formatted; in a table cells ended by NUL, and so
                                   in xlsx, each behind the letter of what it is */
    FILE *spilled;              /* what did not fit in memory */
    int *widths;                /* of a table */
    struct text partial;        /* a table's cell that is being read back */
    struct book *book;          /* of xlsx, while it is written */
};

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

static _Noreturn void die_writing(void)
{
    if (errno == EPIPE) {
        /* The reader has gone (`| head`). Die of it quietly, also where the parent ignores it. */
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    die("cannot write to standard output: %s", strerror(errno));
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

static int add_table_cell(struct text *to, const char *s)
{
    const char *end = s + strlen(s);
    int width = 0;
    char mark[UTF8_MARK_SIZE];
    while (s < end) {
        uint32_t c = 0xfffd, shown = c;
        size_t n = utf8_decode(s, end, &c);
        s += n ? n : 1;
        size_t length = utf8_mark(c == '\t' || c == 0xa0 ? ' ' : c, mark);
        text_add_bytes(to, mark, length);
        for (size_t i = 0; i < length; i += utf8_decode(mark + i, mark + length, &shown))
            width += utf8_decode(mark + i, mark + length, &shown) ? text_width(shown) : 0;
    }
    return width;
}

/* What stands for C in a line: TAB, newline and backslash are escaped, and so is all that must
 * never reach a terminal. */
static void add_tsv_escape(struct text *to, uint32_t c)
{
    static const char from[] = "\t\n\\\r", letters[] = "tn\\r";
    const char *letter = c < 0x80 ? strchr(from, (int)c) : NULL;
    if (letter)
        text_add_format(to, "\\%c", letters[letter - from]);
    else
        text_add_format(to,
                        c < 0x100     ? "\\x%02x"
                        : c < 0x10000 ? "\\u%04x"
                                      : "\\U%08x",
                        (unsigned)c);
}

static void add_tsv_cell(struct text *to, const char *s)
{
    const char *run = s, *end = s + strlen(s);
    while (s < end) {
        unsigned char first = (unsigned char)*s;
        uint32_t c = first;
        size_t n = first < 0x80 ? 1 : utf8_decode(s, end, &c);
        s += n ? n : 1;
        if (!n || (c >= 0x20 && c < 0x7f ? c != '\\' : !utf8_is_unseen(c)))
            continue;
        text_add_bytes(to, run, (size_t)(s - n - run));
        add_tsv_escape(to, c);
        run = s;
    }
    text_add_bytes(to, run, (size_t)(end - run));
}

static void add_quoted(struct text *to, const char *s)
{
    if (!s[strcspn(s, "\",\r\n")] && *s != ' ' && (!*s || s[strlen(s) - 1] != ' ')) {
        text_add(to, s);
        return;
    }
    text_add_char(to, '"');
    for (; *s; s++) {
        if (*s == '"')
            text_add_char(to, '"');
        text_add_char(to, *s);
    }
    text_add_char(to, '"');
}

/* A spreadsheet computes what begins like a formula: foreign text gets an apostrophe before it, as
 * OWASP's "CSV Injection" says, which reading takes away again (csvfile.h). */
static void add_csv_cell(struct text *to, const char *s)
{
    struct text safe = {0};
    if (csvfile_is_formula(s))
        text_add_char(&safe, CSVFILE_GUARD);
    text_add_visible(&safe, s, "\n\t");
    add_quoted(to, text_string(&safe));
    text_free(&safe);
}

static void add_md_cell(struct text *to, const char *s)
{
    text_add(to, "| ");
    markdown_add(to, s);
    text_add_char(to, ' ');
}

/* ELEMENT: "th" or "td". A browser would break a date after a dash. */
static void add_html_cell(struct text *to, const char *s, const struct out_column *column,
                          const char *element)
{
    bool date = *s && !s[strspn(s, "0123456789-: ")];
    text_add_format(to, "<%s%s>", element,
                    column->type == OUT_NUMBER ? " class=\"n\""
                    : date                     ? " class=\"d\""
                                               : "");
    html_add(to, s);
    text_add_format(to, "</%s>", element);
}

/* What a cell of xlsx is, in the letter before it. */
enum { CELL_TEXT = 't', CELL_NUMBER = 'n', CELL_MOMENT = 'm', CELL_EMPTY = 'e' };

static void add_kept_cell(struct text *to, char what, const char *s)
{
    text_add_char(to, what);
    text_add(to, s);
    text_add_bytes(to, "", 1);
}

static void spill(struct out *out)
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
    int width = add_table_cell(&out->held, s);
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
        add_csv_cell(to, s ? s : "");
        return;
    case OUT_MD: add_md_cell(to, s ? s : ""); return;
    case OUT_HTML:
        text_add(to, column ? "" : "<tr>");
        add_html_cell(to, s ? s : "", &out->columns[column], "td");
        return;
    case OUT_XLSX:
        add_kept_cell(to, !s ? CELL_EMPTY : raw ? CELL_NUMBER : CELL_TEXT, s ? s : "");
        return;
    case OUT_TABLE: add_padded_cell(out, column, s ? s : "-"); return;
    default:
        if (column)
            text_add_char(to, '\t');
        if (s && *s)
            add_tsv_cell(to, s);
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
    add_kept_cell(&out->held, CELL_MOMENT, digits);
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
    spill(out);
}

bool out_is_json(const struct out *out)
{
    return out->format == OUT_JSON;
}

/* What stands before a value: a comma, and the name of a member. */
static void start_value(struct out *out, const char *name)
{
    struct level *level = &out->levels[out->depth - 1];
    if (level->any)
        text_add_char(&out->held, ',');
    level->any = true;
    if (level->is_list)
        return;
    json_add_string(&out->held, name);
    text_add_char(&out->held, ':');
}

static void begin_level(struct out *out, struct level level)
{
    if (out->depth == MOST_LEVELS)
        die("internal fault: a record of more than %d levels", MOST_LEVELS);
    out->levels[out->depth++] = level;
    if (out_is_json(out))
        text_add_char(&out->held, level.is_list ? '[' : '{');
}

static void end_level(struct out *out)
{
    bool is_list = out->levels[--out->depth].is_list;
    if (out_is_json(out))
        text_add_char(&out->held, is_list ? ']' : '}');
}

static void add_member_row(struct out *out, const char *name, const char *title, const char *value,
                           const char *shown)
{
    out_text(out, out->id);
    out_code(out, name, title);
    out_code(out, value, shown);
    out_row(out);
}

/* A member; those of an object in a list have no row. RAW is written without quotes in json. */
static void add_member(struct out *out, const char *name, const char *title, const char *value,
                       const char *shown, bool raw)
{
    if (!value)
        return;
    if (!out_is_json(out)) {
        if (out->depth == 1)
            add_member_row(out, name, title, value, shown);
        return;
    }
    start_value(out, name);
    if (raw)
        text_add(&out->held, value);
    else
        json_add_string(&out->held, value);
}

void out_begin_record(struct out *out, const char *id, bool number)
{
    out->id = id;
    begin_level(out, (struct level){.is_list = false});
    if (out_is_json(out))
        add_member(out, out->columns[0].name, NULL, id, NULL, number);
}

void out_end_record(struct out *out)
{
    end_level(out);
    if (out_is_json(out))
        text_add_char(&out->held, '\n');
    spill(out);
}

void out_member(struct out *out, const char *name, const char *title, const char *value,
                const char *shown)
{
    add_member(out, name, title, value, shown, false);
}

void out_member_number(struct out *out, const char *name, const char *title, int64_t number,
                       const char *shown)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)number);
    add_member(out, name, title, digits, shown, true);
}

void out_member_json(struct out *out, const char *name, const char *title, const char *json,
                     const char *shown)
{
    add_member(out, name, title, json, shown, true);
}

void out_begin_list(struct out *out, const char *name, const char *one, const char *title)
{
    if (out_is_json(out))
        start_value(out, name);
    begin_level(out, (struct level){.is_list = true, .one = one, .title = title});
}

void out_end_list(struct out *out)
{
    end_level(out);
}

void out_item(struct out *out, const char *value, const char *shown)
{
    const struct level *list = &out->levels[out->depth - 1];
    if (out_is_json(out)) {
        start_value(out, NULL);
        json_add_string(&out->held, value);
    } else {
        add_member_row(out, list->one, list->title, value, shown);
    }
}

void out_begin_item(struct out *out, const char *line, const char *shown)
{
    if (out_is_json(out))
        start_value(out, NULL);
    else
        out_item(out, line, shown);
    begin_level(out, (struct level){.is_list = false});
}

void out_end_item(struct out *out)
{
    end_level(out);
}

/* Calls TAKE with each held byte run, oldest first. */
static void each_block(struct out *out, void (*take)(struct out *, const char *, size_t))
{
    if (out->spilled) {
        char block[64 * 1024];
        size_t got;
        if (fflush(out->spilled) != 0)
            die("cannot write to a temporary file: %s", strerror(errno));
        rewind(out->spilled);
        while ((got = fread(block, 1, sizeof block, out->spilled)) > 0)
            take(out, block, got);
        if (ferror(out->spilled))
            die("cannot read a temporary file: %s", strerror(errno));
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
        add_html_cell(to, out->columns[i].title, &out->columns[i], "th");
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
    return out->format == OUT_TABLE || out->format == OUT_XLSX;
}

static void put_header(struct out *out)
{
    struct text header = {0};
    if (!out->header || out->format == OUT_JSON || waits(out))
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
    forget(out);
}

void out_flush(struct out *out)
{
    if (waits(out))
        return;
    progress_erase();
    put_header(out);
    each_block(out, put_block);
    forget(out);
    if (fflush(stdout) != 0)
        die_writing();
}

static int shown_width(const char *s)
{
    struct text scratch = {0};
    int width = add_table_cell(&scratch, s);
    text_free(&scratch);
    return width;
}

/* Prints one cell of a table, padded; the last column is not. */
static void put_padded(const struct out *out, int column, const char *s)
{
    int padding = out->widths[column] - shown_width(s);
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
    case CELL_NUMBER: book_number(out->book, cell + 1); break;
    case CELL_MOMENT: book_moment(out->book, strtoll(cell + 1, NULL, 10)); break;
    default: book_text(out->book, *cell == CELL_EMPTY ? NULL : cell + 1);
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
        int width = shown_width(out->columns[i].title);
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
    if (out->format == OUT_TABLE)
        put_table(out);
    else if (out->format == OUT_XLSX)
        put_book(out);
    else
        out_flush(out);
    put_footer(out);
    forget(out);
    text_free(&out->held);
    text_free(&out->partial);
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
