#include "cli/bulk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csvfile.h"
#include "base/die.h"
#include "base/encoding.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/progress.h"
#include "base/tongue.h"
#include "cli/columns.h"
#include "cli/rejects.h"
#include "cli/source.h"

enum {
    LONGEST_LINE = 4 * 1024 * 1024,
    AHEAD = 500 /* rows that are read before the first of them is taken */
};

enum reading { READ_END, READ_GOOD, READ_BAD };

/* A row that was read ahead; FAULT says what is wrong with it, or is NULL. */
struct ahead {
    struct bulk_row row;
    const char *raw, *fault;
    size_t raw_length;
    bool is_object;
};

struct bulk {
    struct bulk_source source;
    struct db *db;
    const char *name; /* of the file, in messages */
    FILE *file;
    struct headers *headers;
    const char *const *fields;
    int field_count;

    struct csvfile *csv;
    struct columns columns;

    struct text line; /* of JSON lines */
    bool too_long;    /* and it was cut */
    long line_number;
    struct arena line_values;

    struct bulk_row row;
    char **values; /* of the row that is read */
    const char *raw;
    size_t raw_length;
    struct text extra;
    struct ahead *ahead; /* AHEAD places; NULL: each row is taken when it is read */
    int ahead_first, ahead_count;
    struct arena ahead_texts;
    struct rejects *rejects; /* NULL: bad rows go nowhere */
    long rows, bad;
    uint64_t size;
    bool is_object;    /* the present line of JSON lines */
    const char **keys; /* its keys that gave the values, by field */
};

static void find_own_columns(struct bulk *bulk)
{
    struct columns *c = &bulk->columns;
    for (size_t i = 0; i < c->count && bulk->source.knows; i++)
        if (c->fields[i] == COLUMN_EXTRA && bulk->source.knows(bulk->source.context, c->names[i]))
            c->fields[i] = COLUMN_OWN;
}

static const char *column_meaning(const struct bulk *bulk, int field)
{
    if (field >= 0)
        return bulk->fields[field];
    if (field == COLUMN_IGNORED)
        return tongue("passed over");
    return field == COLUMN_OWN  ? tongue("read by its own name")
           : bulk->source.extra ? tongue("extra")
                                : tongue("not read");
}

/* What was found out about the table, for the operator. */
static void note_columns(struct bulk *bulk)
{
    const struct columns *c = &bulk->columns;
    struct text note = {0};
    bulk->row.line = c->line;
    if (c->above.length) {
        text_add_format(&note, tongue("the header stands here; above it is passed over: %s"),
                        c->above.data);
        bulk_note(bulk, note.data);
        text_clear(&note);
    }
    for (size_t i = 0; i < c->count && bulk->source.dry_run; i++) {
        text_clear(&note);
        text_add_format(&note, "%s -> %s", c->names[i], column_meaning(bulk, c->fields[i]));
        bulk_note(bulk, note.data);
    }
    text_clear(&note);
    columns_unknown(c, bulk->headers, tongue("no field is called "), &note);
    if (note.length) {
        text_add(&note, bulk->source.extra ? tongue(": kept as extra") : tongue(": not read"));
        bulk_note(bulk, note.data);
    }
    text_free(&note);
}

struct bulk *bulk_open(const struct bulk_source *source, struct db *db, struct headers *headers,
                       const char *const *fields, const struct column_need *needed)
{
    struct bulk *bulk = mem_zero(1, sizeof *bulk);
    bulk->source = *source;
    bulk->db = db;
    bulk->headers = headers;
    bulk->fields = fields;
    while (fields[bulk->field_count])
        bulk->field_count++;
    bulk->values = mem_zero((size_t)bulk->field_count, sizeof *bulk->values);
    if (source->ahead)
        bulk->ahead = mem_zero(AHEAD, sizeof *bulk->ahead);
    bulk->keys = mem_zero((size_t)bulk->field_count, sizeof *bulk->keys);
    bulk->file = source_open(source->path, &bulk->name, &bulk->size);
    if (!source->is_jsonl) {
        bulk->csv = csvfile_open(bulk->file, bulk->name, source->encoding);
        bulk->columns = columns_find(bulk->csv, bulk->name, headers, fields, needed);
        find_own_columns(bulk);
    }
    if (source->rejects && !source->dry_run)
        bulk->rejects = rejects_plan(source->rejects, db_path(db));
    if (!source->quiet)
        note_columns(bulk);
    return bulk;
}

static uint64_t position(const struct bulk *bulk)
{
    return bulk->csv ? csvfile_position(bulk->csv) : (uint64_t)ftell(bulk->file);
}

/* How many rows there are is told by how far the file was read. */
static void show_progress(const struct bulk *bulk)
{
    if (bulk->rows % 256 != 0 || !progress_wanted())
        return;
    double done = (double)position(bulk), rows = (double)bulk->rows;
    double total = done > 0 ? rows * (double)bulk->size / done : 0;
    progress_step(bulk->rows, total > rows ? (int64_t)total : 0, "rows");
}

static void clear_row(struct bulk *bulk, long line)
{
    bulk->row = (struct bulk_row){.line = line, .values = bulk->values};
    memset(bulk->values, 0, (size_t)bulk->field_count * sizeof *bulk->values);
    text_clear(&bulk->extra);
}

static void add_extra(struct bulk *bulk, const char *key, const char *value)
{
    if (!bulk->extra.length)
        json_start(&bulk->extra);
    json_add_text(&bulk->extra, key, value);
}

static void end_extra(struct bulk *bulk)
{
    if (!bulk->extra.length)
        return;
    json_end(&bulk->extra);
    bulk->row.extra = bulk->extra.data;
}

/* False where every cell is empty. */
static bool take_fields(struct bulk *bulk, struct csv_record *record)
{
    bool found = false;
    for (size_t i = 0; i < record->count; i++) {
        char *value = text_trim(record->fields[i]);
        if (!*value || bulk->columns.fields[i] == COLUMN_IGNORED)
            continue;
        found = true;
        if (bulk->columns.fields[i] >= 0)
            bulk->row.values[bulk->columns.fields[i]] = value;
        else
            add_extra(bulk, bulk->columns.names[i], value);
    }
    end_extra(bulk);
    return found;
}

static enum reading read_csv(struct bulk *bulk, struct fault *fault)
{
    struct csv_record record;
    enum csv_result result;
    while ((result = csvfile_next(bulk->csv, &record)) != CSVFILE_END) {
        clear_row(bulk, record.line);
        bulk->raw = record.raw;
        bulk->raw_length = record.raw_length;
        if (result == CSVFILE_BROKEN)
            fault_add(fault, "%s", csvfile_fault(bulk->csv));
        else if (record.count != bulk->columns.count)
            fault_add(fault, "%zu columns, the header has %zu", record.count, bulk->columns.count);
        else if (!take_fields(bulk, &record))
            continue;
        return *fault->text ? READ_BAD : READ_GOOD;
    }
    return READ_END;
}

static void take_member(void *context, const char *key, const char *value)
{
    struct bulk *bulk = context;
    int field = headers_find(bulk->headers, key);
    if (!value || !strcmp(key, columns_reason))
        return;
    char *trimmed = text_trim(arena_string(&bulk->line_values, value));
    if (!*trimmed)
        return;
    const char *other = field >= 0 ? bulk->keys[field] : NULL;
    if (field < 0 ||
        (other && headers_rank(bulk->headers, other) <= headers_rank(bulk->headers, key))) {
        add_extra(bulk, key, trimmed);
        return;
    }
    if (other)
        add_extra(bulk, other, bulk->row.values[field]);
    bulk->row.values[field] = trimmed;
    bulk->keys[field] = arena_string(&bulk->line_values, key);
}

/* Reads the present line; false with a fault where it is not one object. */
static bool read_line(struct bulk *bulk, struct fault *fault)
{
    if (memchr(bulk->raw, '\0', bulk->raw_length)) {
        fault_add(fault, "a NUL byte");
        return false;
    }
    arena_free(&bulk->line_values);
    memset(bulk->keys, 0, (size_t)bulk->field_count * sizeof *bulk->keys);
    bulk->is_object = json_read_object(bulk->raw, take_member, bulk, fault);
    end_extra(bulk);
    return bulk->is_object;
}

/* Reads the next line without its end, at most LONGEST_LINE of it; false at the end. */
static bool take_line(struct bulk *bulk)
{
    struct text *line = &bulk->line;
    int c = EOF;
    text_clear(line);
    text_add(line, "");
    bulk->too_long = false;
    while ((c = getc_unlocked(bulk->file)) != EOF && c != '\n')
        if (line->length < LONGEST_LINE)
            text_add_char(line, (char)c);
        else
            bulk->too_long = true;
    if (ferror(bulk->file))
        die("%s: cannot read: %s", bulk->name, tongue_error(errno));
    while (line->length && line->data[line->length - 1] == '\r')
        line->data[--line->length] = '\0';
    return c != EOF || line->length;
}

static enum reading read_json(struct bulk *bulk, struct fault *fault)
{
    while (take_line(bulk)) {
        const char *line = bulk->line.data, *end = line + bulk->line.length;
        if (!bulk->line_number++ && !strncmp(line, "\xef\xbb\xbf", 3))
            line += 3;
        line += strspn(line, " \t");
        if (line == end)
            continue;
        clear_row(bulk, bulk->line_number);
        bulk->raw = line;
        bulk->raw_length = (size_t)(end - line);
        bulk->is_object = false;
        if (bulk->too_long)
            fault_add(fault, "a line longer than 4 MiB");
        else if (read_line(bulk, fault))
            return READ_GOOD;
        return READ_BAD;
    }
    return READ_END;
}

static enum reading read_row(struct bulk *bulk, struct fault *fault)
{
    fault_clear(fault);
    return bulk->csv ? read_csv(bulk, fault) : read_json(bulk, fault);
}

/* ---- rows that are told of before they come */

static const char *keep_text(struct bulk *bulk, const char *text)
{
    return text ? arena_string(&bulk->ahead_texts, text) : NULL;
}

/* Keeps the present row. */
static void keep_row(struct bulk *bulk, struct ahead *a)
{
    struct arena *texts = &bulk->ahead_texts;
    *a = (struct ahead){.row.line = bulk->row.line,
                        .row.extra = keep_text(bulk, bulk->row.extra),
                        .row.values = arena_zero(texts, (size_t)bulk->field_count * sizeof(char *)),
                        .raw = arena_bytes(texts, bulk->raw, bulk->raw_length),
                        .raw_length = bulk->raw_length,
                        .is_object = bulk->is_object};
    for (int i = 0; i < bulk->field_count; i++)
        if (bulk->row.values[i])
            a->row.values[i] = arena_string(texts, bulk->row.values[i]);
}

static void read_ahead(struct bulk *bulk)
{
    struct fault fault;
    arena_free(&bulk->ahead_texts);
    bulk->ahead_first = bulk->ahead_count = 0;
    for (enum reading was; bulk->ahead_count < AHEAD; bulk->ahead_count++) {
        struct ahead *a = &bulk->ahead[bulk->ahead_count];
        if ((was = read_row(bulk, &fault)) == READ_END)
            return;
        keep_row(bulk, a);
        if (was == READ_BAD)
            a->fault = keep_text(bulk, fault.text);
        else
            bulk->source.ahead(bulk->source.context, &a->row);
    }
}

static enum reading take_row(struct bulk *bulk, struct fault *fault)
{
    if (!bulk->ahead)
        return read_row(bulk, fault);
    if (bulk->ahead_first == bulk->ahead_count)
        read_ahead(bulk);
    if (bulk->ahead_first == bulk->ahead_count)
        return READ_END;
    const struct ahead *a = &bulk->ahead[bulk->ahead_first++];
    bulk->row = a->row;
    bulk->raw = a->raw;
    bulk->raw_length = a->raw_length;
    bulk->is_object = a->is_object;
    fault_clear(fault);
    if (a->fault)
        fault_add(fault, "%s", a->fault);
    return a->fault ? READ_BAD : READ_GOOD;
}

bool bulk_next(struct bulk *bulk, struct bulk_row *row)
{
    struct fault fault;
    enum reading was;
    while ((was = take_row(bulk, &fault)) == READ_BAD)
        bulk_reject(bulk, fault.text);
    bulk->rows += was == READ_GOOD;
    show_progress(bulk);
    *row = bulk->row;
    return was == READ_GOOD;
}

/* The bad row as it stands in the file, behind a first column with the reason (in the file's own
 * encoding), so that the file can be mended and imported again. */
static void write_csv_reject(struct bulk *bulk, const char *reason)
{
    struct text encoded = {0};
    FILE *file = rejects_file(bulk->rejects);
    if (bulk->bad == 1) {
        fputs(csvfile_is_marked(bulk->csv) ? "\xef\xbb\xbf" : "", file);
        fprintf(file, "%s%c", columns_reason, bulk->columns.delimiter);
        fwrite(bulk->columns.raw.data, 1, bulk->columns.raw.length, file);
        fputs("\r\n", file);
    }
    encoding_from_utf8(csvfile_encoding(bulk->csv), &encoded, reason);
    csvfile_write_field(file, text_string(&encoded), encoded.length);
    fputc(bulk->columns.delimiter, file);
    fwrite(bulk->raw, 1, bulk->raw_length, file);
    fputs("\r\n", file);
    text_free(&encoded);
}

/* The object as it stands in the file, behind a first member with the reason. A line that is no
 * JSON at all cannot take a member more: it stands in a text of its own. */
static void write_json_reject(struct bulk *bulk, const char *reason)
{
    struct text line = {0};
    const char *members = bulk->raw + 1 + strspn(bulk->raw + 1, " \t");
    json_start(&line);
    json_add_text(&line, columns_reason, reason);
    if (!bulk->is_object)
        json_add_text(&line, "row", bulk->raw);
    else if (*members != '}')
        text_add_char(&line, ',');
    if (bulk->is_object)
        text_add(&line, members);
    else
        json_end(&line);
    fprintf(rejects_file(bulk->rejects), "%s\n", line.data);
    text_free(&line);
}

void bulk_reject(struct bulk *bulk, const char *reason)
{
    bulk->bad++;
    bulk_note(bulk, reason);
    if (!bulk->rejects)
        return;
    if (bulk->csv)
        write_csv_reject(bulk, reason);
    else
        write_json_reject(bulk, reason);
}

/* A note quotes what others wrote, and the operator's terminal reads it. */
void bulk_note(struct bulk *bulk, const char *note)
{
    struct text safe = {0};
    text_add_visible(&safe, note, "\n"); /* a caret may follow */
    warn("%s:%ld: %s", bulk->name, bulk->row.line, text_string(&safe));
    text_free(&safe);
}

/* The length of the separator at the start of S, or 0. */
static size_t separator(const char *s)
{
    static const char *const separators[] = {" ",  "\t", "\r", "\n", "　",
                                             "、", "，", ",",  "；", ";"};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
        if (!strncmp(s, separators[i], strlen(separators[i])))
            return strlen(separators[i]);
    return 0;
}

const char *const *bulk_words(struct arena *arena, const char *cell)
{
    if (cell && *cell == '[')
        return json_read_list(arena, cell);
    size_t count = 0, room = cell ? strlen(cell) / 2 + 2 : 1;
    const char **words = arena_zero(arena, room * sizeof *words);
    for (const char *s = cell ? cell : "", *end; *s; s = end) {
        size_t skip = separator(s);
        for (end = s + skip; !skip && *end && !separator(end);)
            end++;
        if (!skip)
            words[count++] = arena_bytes(arena, s, (size_t)(end - s));
    }
    return words;
}

long bulk_bad(const struct bulk *bulk)
{
    return bulk->bad;
}

static void free_bulk(struct bulk *bulk)
{
    csvfile_close(bulk->csv);
    columns_free(&bulk->columns);
    text_free(&bulk->line);
    free(bulk->values);
    free(bulk->ahead);
    arena_free(&bulk->ahead_texts);
    free(bulk->keys);
    text_free(&bulk->extra);
    arena_free(&bulk->line_values);
    rejects_free(bulk->rejects);
    fclose(bulk->file);
    free(bulk);
}

long bulk_end(struct bulk *bulk, struct out *out)
{
    long bad = bulk->bad;
    bool refused = bad && !bulk->source.rejects;
    if (refused || bulk->source.dry_run) {
        db_rollback(bulk->db);
    } else {
        if (bulk->rejects)
            rejects_keep(bulk->rejects);
        db_commit(bulk->db);
    }
    if (refused) {
        out_drop(out);
        warn("%ld bad row%s: nothing was done; --rejects FILE does the rest", bad,
             bad == 1 ? "" : "s");
    }
    free_bulk(bulk);
    return bad;
}
