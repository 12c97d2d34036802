/* out: records on standard output, one a line, in the formats of qifu(7).
 *
 * A program describes its columns once and adds cells row by row; the printers (table, tsv, csv,
 * json, Markdown, html, xlsx) do the rest. Rows are collected (in memory, then in a temporary file)
 * and reach standard output only in out_flush, so that a program can finish reading, or commit,
 * before it prints.
 */
#ifndef QIFU_CLI_OUT_H
#define QIFU_CLI_OUT_H

#include <stdbool.h>
#include <stdint.h>

/* All formats there are; out.c has their names. Of OUT_PLAIN, a document as text, out prints
 * tables. */
enum out_format {
    OUT_DEFAULT,
    OUT_PLAIN,
    OUT_TABLE,
    OUT_TSV,
    OUT_CSV,
    OUT_JSON,
    OUT_MD,
    OUT_HTML,
    OUT_XLSX,
    OUT_FORMATS
};
/* Sets of them: those in which every list can be printed, and every document. */
enum {
    OUT_OF_LISTS = 1 << OUT_TABLE | 1 << OUT_TSV | 1 << OUT_CSV | 1 << OUT_JSON | 1 << OUT_MD |
                   1 << OUT_HTML | 1 << OUT_XLSX,
    OUT_OF_DOCUMENTS = 1 << OUT_PLAIN | 1 << OUT_MD | 1 << OUT_HTML | 1 << OUT_XLSX
};

enum out_type { OUT_TEXT, OUT_NUMBER };

struct out_column {
    const char *name;  /* in tsv and json */
    const char *title; /* in all others, in Chinese */
    enum out_type type;
};

/* An array of columns and its length, as two arguments. */
#define OUT_COLUMNS(columns) (columns), (int)(sizeof(columns) / sizeof *(columns))

struct out;
struct text;
struct fault;

/* The format of this name, OUT_DEFAULT where it is none. */
enum out_format out_format(const char *name);
/* Appends the names of the formats in SET: "table, tsv or json". */
void out_add_formats(struct text *to, unsigned set);

/* Starts the output of COUNT columns, which must outlive it. OUT_DEFAULT is a table on a
 * terminal and tsv elsewhere. HEADER adds a line of names to tsv. */
struct out *out_open(const struct out_column *columns, int count, enum out_format format,
                     bool header);
/* Of html and xlsx: what the page or workbook is called, and whose it is (may be NULL); both must
 * outlive OUT. Without a title it is no page but a table of one. */
void out_set_title(struct out *out, const char *title, const char *center);
/* What is asked of a list's rows; a zeroed wish: nothing. */
struct out_wish {
    const char *columns; /* names or titles, divided by commas, in the order to print them */
    const char *sort;    /* a column */
    bool reverse;        /* the greatest first; without `sort` the last */
    int limit;           /* rows at most; 0: all */
};
/* Prints by WISH, which must be said before the first cell. False with a FAULT where OUT has no
 * such column. Rows to be sorted stay in memory until out_close. */
bool out_set_view(struct out *out, const struct out_wish *wish, struct fault *fault);
/* True for people at a terminal: rows in the order in which they read them. */
bool out_is_table(const struct out *out);
/* True where the office's words are printed (a table, csv, Markdown, html), false where codes are.
 */
bool out_in_words(const struct out *out);

/* The next cell. NULL is an empty cell: "-" in tables and tsv, null in json, else nothing. */
void out_text(struct out *out, const char *text);
void out_number(struct out *out, int64_t number);
/* A number as it is written in JSON (3.5), or NULL. */
void out_digits(struct out *out, const char *digits);
/* The moment in ISO 8601, as a spreadsheet reads it in csv; 0, which is "not yet", is an empty
 * cell. */
void out_moment(struct out *out, int64_t moment);
/* The same with what is to be known of it, in words alone: 2027-01-08 23:59（暂定）; MARK NULL:
 * nothing.
 */
void out_moment_marked(struct out *out, int64_t moment, const char *mark);
/* Personal data, as MASK makes them unreadable (base/mask); as they are where MASK is NULL. */
void out_private(struct out *out, void (*mask)(struct text *, const char *), const char *value);
/* A code: what is in words prints NAME (where it is not NULL), the others CODE; a NULL code is an
 * empty cell in both. */
void out_code(struct out *out, const char *code, const char *name);
/* The row that begins is to be seen at once, in red where the format has colours: what is late. */
void out_mark(struct out *out);
/* Ends the row; dies where cells are missing. */
void out_row(struct out *out);

/* A record that is more than a row, described once: in json one object, with members, lists and
 * objects in these; elsewhere a row for each, of three columns: the record's id, the name (title in
 * words) of the member, its value (SHOWN in words, where it is not NULL). Values that are NULL are
 * left out. The id, the first member, is a number or a text that must live until the record's end.
 */
void out_begin_record(struct out *out, const char *id, bool number);
void out_end_record(struct out *out);
void out_member(struct out *out, const char *name, const char *title, const char *value,
                const char *shown);
void out_member_number(struct out *out, const char *name, const char *title, int64_t number,
                       const char *shown);
/* The same of JSON that is written already: an object stays one. */
void out_member_json(struct out *out, const char *name, const char *title, const char *json,
                     const char *shown);
/* A list, which is a member: rows call each of its elements ONE, TITLE. */
void out_begin_list(struct out *out, const char *name, const char *one, const char *title);
void out_end_list(struct out *out);
/* An element: a text; or an object, whose members follow. Of an object the row says LINE, SHOWN in
 * words, in the place of its members. */
void out_item(struct out *out, const char *value, const char *shown);
void out_begin_item(struct out *out, const char *line, const char *shown);
void out_end_item(struct out *out);
/* True where a record is an object, and has what rows leave out, and the other way round. */
bool out_is_json(const struct out *out);

/* Drops the rows that were added since the last out_flush (their transaction was undone). */
void out_drop(struct out *out);
/* Writes what was collected to standard output, except in a table, which waits for out_close. */
void out_flush(struct out *out);
/* Writes everything and frees OUT. Call out_finish after the last write of all. */
void out_close(struct out *out);

/* What is markup already: nothing of it is made visible. */
void out_print_raw(const struct text *text);

/* Free text (an explanation, a bulletin) to standard output, through the same checks. Control
 * characters other than newline and tab are made visible. */
void out_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Flushes standard output and dies where that fails: a full disk is exit status 2, a closed pipe
 * a quiet death by SIGPIPE even where the parent ignores the signal. Every main ends with it. */
void out_finish(void);

#endif
