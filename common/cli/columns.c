#include "cli/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/tongue.h"

const char columns_reason[] = "reject_reason";

enum { MOST_ABOVE = 20, MOST_COLUMNS = 1000, MOST_SHOWN = 300 };

/* The best line so far. */
struct candidate {
    char delimiter;
    int record; /* of the file, from 0 */
    long line;
    size_t known;  /* columns that mean a field */
    bool complete; /* the field that is needed first is among them */
};

static bool seen_before(const struct columns *columns, const char *name)
{
    for (size_t i = 0; i < columns->count; i++)
        if (!strcmp(columns->names[i], name))
            return true;
    return false;
}

/* A name for a column of which nothing else is known: extra keys must be unique and not empty. */
static char *column_name(const struct columns *columns, const char *header)
{
    struct text name = {0};
    text_add(&name, header);
    if (!*header || seen_before(columns, header))
        text_add_format(&name, "%scolumn %zu", *header ? " / " : "", columns->count + 1);
    return name.data;
}

/* The column that means FIELD, or the number of columns. */
static size_t find_field(const struct columns *columns, int field)
{
    size_t i = 0;
    while (i < columns->count && columns->fields[i] != field)
        i++;
    return i;
}

/* True where no column so far means FIELD, or one whose header is less exact, which gives way. */
static bool prefer(struct columns *columns, int field, const char *header, struct headers *headers)
{
    size_t other = find_field(columns, field);
    if (other == columns->count)
        return true;
    if (headers_rank(headers, columns->names[other]) <= headers_rank(headers, header))
        return false;
    columns->fields[other] = COLUMN_EXTRA;
    return true;
}

static void take_header(struct columns *columns, const struct csv_record *record,
                        struct headers *headers)
{
    columns->names = mem_zero(record->count, sizeof *columns->names);
    columns->fields = mem_zero(record->count, sizeof *columns->fields);
    for (size_t i = 0; i < record->count; i++) {
        const char *header = text_trim(record->fields[i]);
        int field = headers_find(headers, header);
        if (!strcmp(header, columns_reason))
            field = COLUMN_IGNORED;
        else if (field < 0 || !prefer(columns, field, header, headers))
            field = COLUMN_EXTRA;
        columns->names[i] = column_name(columns, header);
        columns->fields[i] = field;
        columns->count++;
    }
    columns->line = record->line;
    text_add_bytes(&columns->raw, record->raw, record->raw_length);
}

/* Appends the cells of a line that are not empty, to be shown. */
static void show_cells(struct text *out, const struct csv_record *record)
{
    size_t shown = 0;
    text_add(out, out->length ? " / " : "");
    for (size_t i = 0; i < record->count && out->length < MOST_SHOWN; i++) {
        const char *cell = text_trim(record->fields[i]);
        if (*cell)
            text_add_format(out, "%s%.*s", shown++ ? ", " : "", (int)text_cut(cell, 60), cell);
    }
}

/* Looks at the first lines with this delimiter; keeps the best in BEST. */
static void search(struct csvfile *csv, char delimiter, struct headers *headers, int needed,
                   struct candidate *best)
{
    struct csv_record record;
    enum csv_result result;
    csvfile_restart(csv, delimiter);
    for (int i = 0; i <= MOST_ABOVE && (result = csvfile_next(csv, &record)) != CSVFILE_END; i++) {
        struct candidate found = {delimiter, i, record.line, 0, false};
        for (size_t j = 0; result == CSVFILE_RECORD && j < record.count && j <= MOST_COLUMNS; j++) {
            int field = headers_find(headers, text_trim(record.fields[j]));
            found.known += field >= 0;
            found.complete |= field >= 0 && field == needed;
        }
        if (found.complete > best->complete ||
            (found.complete == best->complete && found.known > best->known))
            *best = found;
    }
}

/* Where no line is a header: the first one is what cannot be read, or is no header. */
static _Noreturn void die_without(struct csvfile *csv, const char *name, const char *const *fields,
                                  const struct column_need *needed)
{
    struct csv_record record;
    struct text shown = {0};
    csvfile_restart(csv, ',');
    enum csv_result result = csvfile_next(csv, &record);
    if (result == CSVFILE_END)
        die("%s: the file is empty", name);
    if (result == CSVFILE_BROKEN)
        die("%s:%ld: the header line cannot be read: %s", name, record.line, csvfile_fault(csv));
    show_cells(&shown, &record);
    die("%s:%ld: no column means \"%s\"; this was read as the header: %s; headers.yaml of the "
        "configuration lists what is known",
        name, record.line, fields[needed->field >= 0 ? needed->field : 0], text_string(&shown));
}

static void check_needed(const struct columns *columns, const char *name, const char *const *fields,
                         const struct column_need *needed)
{
    struct text missing = {0}, shown = {0};
    for (; needed->field >= 0; needed++)
        if (find_field(columns, needed->field) == columns->count)
            text_add_format(&missing, "%s\"%s\"%s%s%s", missing.length ? " or " : "",
                            fields[needed->field], needed->unless ? " (" : "",
                            needed->unless ? tongue(needed->unless) : "",
                            needed->unless ? ")" : "");
    for (size_t i = 0; i < columns->count && shown.length < MOST_SHOWN; i++)
        text_add_format(&shown, "%s%s", i ? ", " : "", columns->names[i]);
    if (missing.length)
        die("%s:%ld: no column means %s; this was read as the header: %s; headers.yaml of the "
            "configuration lists what is known",
            name, columns->line, missing.data, text_string(&shown));
    text_free(&missing);
    text_free(&shown);
}

struct columns columns_find(struct csvfile *csv, const char *name, struct headers *headers,
                            const char *const *fields, const struct column_need *needed)
{
    struct candidate best = {0};
    struct columns columns = {0};
    struct csv_record record;
    for (const char *delimiter = ",\t;"; *delimiter; delimiter++)
        search(csv, *delimiter, headers, needed->field, &best);
    if (!best.known)
        die_without(csv, name, fields, needed);
    csvfile_restart(csv, best.delimiter);
    for (int i = 0; i <= best.record; i++) {
        enum csv_result result = csvfile_next(csv, &record);
        if (i < best.record && result == CSVFILE_RECORD)
            show_cells(&columns.above, &record);
    }
    if (record.count > MOST_COLUMNS)
        die("%s:%ld: %zu columns; at most %d are read", name, record.line, record.count,
            MOST_COLUMNS);
    columns.delimiter = best.delimiter;
    take_header(&columns, &record, headers);
    check_needed(&columns, name, fields, needed);
    return columns;
}

void columns_free(struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        free(columns->names[i]);
    free(columns->names);
    free(columns->fields);
    text_free(&columns->raw);
    text_free(&columns->above);
}

/* Why no field takes the column, or "". */
static void add_hint(const struct columns *columns, size_t column, struct headers *headers,
                     struct text *out)
{
    const char *name = columns->names[column];
    int field = headers_find(headers, name);
    const char *near = strncmp(name, "column ", 7) != 0 ? headers_nearest(headers, name) : NULL;
    size_t read = field < 0 ? columns->count : find_field(columns, field);
    if (read < columns->count)
        text_add_format(out, tongue(" (%s is read for it)"), columns->names[read]);
    else if (near)
        text_add_format(out, tongue(" (did you mean %s?)"), near);
}

void columns_unknown(const struct columns *columns, struct headers *headers, const char *intro,
                     struct text *out)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->fields[i] == COLUMN_EXTRA) {
            text_add_format(out, "%s%s", out->length ? ", " : intro, columns->names[i]);
            add_hint(columns, i, headers, out);
        }
}
