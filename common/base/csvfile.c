#include "base/csvfile.h"

#include <csv.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/encoding.h"
#include "base/fault.h"
#include "base/mem.h"
#include "base/tongue.h"

enum { BLOCK = 256 * 1024, LONGEST_RECORD = 4 * 1024 * 1024 };

struct csvfile {
    FILE *file;
    const char *name;
    struct encoding *encoding;
    bool sound; /* all of it is known to be UTF-8 */
    struct csv_parser parser;
    char delimiter;

    char *block; /* what was read and not yet fed */
    size_t start, end;
    bool at_end;
    bool marked; /* by a byte order mark */
    uint64_t position;
    long next_line; /* the line that starts at block + start */

    struct text raw;   /* the lines of the record being read */
    struct text again; /* lines to be read once more after a broken record */
    size_t again_start;
    size_t fresh;       /* how many bytes of raw did not come from there */
    struct text values; /* its fields, one after the other, each terminated */
    size_t *offsets;
    char **fields;
    size_t count, room;
    bool row_done;
    struct fault fault; /* of the present record */
};

static void start_parser(struct csvfile *csv)
{
    if (csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
        die("cannot start the CSV parser");
    csv_set_delim(&csv->parser, (unsigned char)csv->delimiter);
}

struct csvfile *csvfile_open(FILE *file, const char *name, const char *encoding)
{
    struct csvfile *csv = mem_zero(1, sizeof *csv);
    if (!encoding && !(encoding = encoding_detect(file, &csv->sound)))
        die("%s: this is UTF-16: save it as CSV in UTF-8 or GB18030", name);
    csv->encoding = encoding_open(encoding);
    if (!csv->encoding)
        die("unknown encoding \"%s\" (utf-8 and gb18030 are the usual ones)", encoding);
    csv->file = file;
    csv->name = name;
    csv->block = mem_alloc(BLOCK);
    csv->delimiter = ',';
    csv->next_line = 1;
    rewind(file);
    start_parser(csv);
    return csv;
}

void csvfile_restart(struct csvfile *csv, char delimiter)
{
    csv_free(&csv->parser);
    csv->delimiter = delimiter;
    start_parser(csv);
    rewind(csv->file);
    csv->start = csv->end = 0;
    csv->at_end = csv->marked = false;
    csv->position = 0;
    csv->next_line = 1;
    text_clear(&csv->again);
    csv->again_start = 0;
}

void csvfile_close(struct csvfile *csv)
{
    if (!csv)
        return;
    csv_free(&csv->parser);
    encoding_close(csv->encoding);
    text_free(&csv->raw);
    text_free(&csv->again);
    text_free(&csv->values);
    free(csv->offsets);
    free(csv->fields);
    free(csv->block);
    free(csv);
}

const char *csvfile_fault(const struct csvfile *csv)
{
    return csv->fault.text;
}

struct encoding *csvfile_encoding(struct csvfile *csv)
{
    return csv->encoding;
}

bool csvfile_is_marked(const struct csvfile *csv)
{
    return csv->marked;
}

uint64_t csvfile_position(const struct csvfile *csv)
{
    return csv->position;
}

void csvfile_write_field(FILE *file, const char *s, size_t length)
{
    if (csv_fwrite(file, s, length) != 0)
        die("cannot write: %s", tongue_error(errno));
}

/* libcsv's callbacks cannot stop the parse: they note what they find. */
static void on_field(void *bytes, size_t length, void *context)
{
    struct csvfile *csv = context;
    size_t bad, start = csv->values.length;
    if (csv->count == csv->room) {
        csv->room = csv->room ? 2 * csv->room : 32;
        csv->offsets = mem_resize(csv->offsets, csv->room * sizeof *csv->offsets);
        csv->fields = mem_resize(csv->fields, csv->room * sizeof *csv->fields);
    }
    csv->offsets[csv->count++] = start;
    bool good = true;
    if (csv->sound)
        text_add_bytes(&csv->values, bytes, length);
    else
        good = encoding_to_utf8(csv->encoding, &csv->values, bytes, length, &bad);
    if (!good && !*csv->fault.text)
        fault_add(&csv->fault, "column %zu: byte %zu (0x%02x) is not %s", csv->count, bad + 1,
                  ((unsigned char *)bytes)[bad], encoding_name(csv->encoding));
    else if (good && memchr(bytes, '\0', length) && !*csv->fault.text)
        fault_add(&csv->fault, "column %zu: a NUL byte", csv->count);
    text_add_bytes(&csv->values, "", 1);
}

static void on_row(int end, void *context)
{
    struct csvfile *csv = context;
    (void)end;
    csv->row_done = true;
}

/* Refills the block, keeping what is not fed yet at its front. */
static void refill(struct csvfile *csv)
{
    size_t kept = csv->end - csv->start;
    memmove(csv->block, csv->block + csv->start, kept);
    csv->start = 0;
    csv->end = kept;
    size_t got = fread(csv->block + kept, 1, BLOCK - kept, csv->file);
    if (got == 0 && ferror(csv->file))
        die("%s: cannot read: %s", csv->name, tongue_error(errno));
    csv->at_end = got == 0;
    csv->end += got;
    csv->position += got;
}

/* The first line end at P, LF or CR, or NULL. Looks at a little at a time: files with CR alone have
 * no LF to look for. */
static const char *find_end(const char *p, size_t length)
{
    enum { STEP = 512 };
    for (const char *end = p + length; p < end;) {
        size_t n = end - p < STEP ? (size_t)(end - p) : STEP;
        const char *lf = memchr(p, '\n', n);
        const char *cr = memchr(p, '\r', lf ? (size_t)(lf - p) : n);
        if (cr || lf)
            return cr ? cr : lf;
        p += n;
    }
    return NULL;
}

/* Length of the line at P with its end (LF, CR LF or CR), or 0 where the end is not in sight. */
static size_t line_length(const char *p, size_t length, bool at_end)
{
    const char *end = find_end(p, length);
    if (!end)
        return at_end ? length : 0;
    if (*end == '\n')
        return (size_t)(end - p) + 1;
    if (end + 1 < p + length)
        return (size_t)(end - p) + (end[1] == '\n' ? 2 : 1);
    return at_end ? length : 0;
}

/* Takes the next line (or a part of a line longer than the block) off the input; its bytes are
 * valid until the next call. FRESH are those that are read for the first time. False at the end. */
static bool take_line(struct csvfile *csv, const char **line, size_t *length, size_t *fresh)
{
    if (csv->again_start < csv->again.length) {
        *line = csv->again.data + csv->again_start;
        *length = line_length(*line, csv->again.length - csv->again_start, true);
        csv->again_start += *length;
        *fresh = 0;
        return true;
    }
    size_t n;
    while (!(n = line_length(csv->block + csv->start, csv->end - csv->start, csv->at_end)) &&
           !csv->at_end) {
        if (csv->end - csv->start == BLOCK) {
            n = BLOCK;
            break;
        }
        refill(csv);
    }
    if (!n)
        return false;
    *line = csv->block + csv->start;
    *length = *fresh = n;
    csv->start += n;
    return true;
}

static bool ends_line(const char *line, size_t length)
{
    return length && (line[length - 1] == '\n' || line[length - 1] == '\r');
}

static bool is_blank(const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!strchr(" \t\r\n", line[i]) || !line[i])
            return false;
    return true;
}

/* Gives up the record whose lines are in raw: it is reported with its first line alone, and the
 * other lines are read again. */
static enum csv_result give_up(struct csvfile *csv, struct csv_record *record, const char *why)
{
    size_t first = line_length(csv->raw.data, csv->raw.length, true);
    size_t rest = csv->raw.length - first;
    if (!csv->fresh) {
        csv->again_start -= rest; /* they stand there still */
    } else {
        text_clear(&csv->again);
        text_add_bytes(&csv->again, csv->raw.data + first, rest);
        csv->again_start = 0;
    }
    csv->next_line = record->line + 1;
    csv->raw.length = first;
    fault_clear(&csv->fault);
    fault_add(&csv->fault, "%s", why);
    csv_free(&csv->parser);
    start_parser(csv);
    return CSVFILE_BROKEN;
}

bool csvfile_is_formula(const char *s)
{
    static const char *const starts[] = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
    s += strspn(s, (const char[]){CSVFILE_GUARD, 0});
    if (*s == '-' && s[1] && !s[1 + strspn(s + 1, "0123456789.")])
        return false;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (!strncmp(s, starts[i], strlen(starts[i])))
            return true;
    return false;
}

static char *unguarded(char *field)
{
    return *field == CSVFILE_GUARD && csvfile_is_formula(field) ? field + 1 : field;
}

static void finish_record(struct csvfile *csv, struct csv_record *record)
{
    for (size_t i = 0; i < csv->count; i++)
        csv->fields[i] = unguarded(csv->values.data + csv->offsets[i]);
    record->fields = csv->fields;
    record->count = csv->count;
}

static void finish_raw(struct csvfile *csv, struct csv_record *record)
{
    size_t length = csv->raw.length;
    while (length && (csv->raw.data[length - 1] == '\n' || csv->raw.data[length - 1] == '\r'))
        length--;
    record->raw = csv->raw.data;
    record->raw_length = length;
}

static void skip_byte_order_mark(struct csvfile *csv)
{
    if (csv->position)
        return;
    refill(csv);
    csv->marked = csv->end >= 3 && !memcmp(csv->block, "\xef\xbb\xbf", 3);
    if (csv->marked)
        csv->start = 3;
}

/* Feeds lines until a record is complete or cannot be. */
static enum csv_result feed(struct csvfile *csv, struct csv_record *record)
{
    const char *line;
    size_t length, fresh;
    bool begun = false;
    while (take_line(csv, &line, &length, &fresh)) {
        if (!begun && is_blank(line, length)) {
            csv->next_line += ends_line(line, length);
            continue;
        }
        if (!begun)
            record->line = csv->next_line;
        begun = true;
        csv->next_line += ends_line(line, length);
        text_add_bytes(&csv->raw, line, length);
        csv->fresh += fresh;
        if (csv_parse(&csv->parser, line, length, on_field, on_row, csv) != length)
            return give_up(csv, record, "a stray quote, or one that is not closed");
        if (csv->row_done)
            return CSVFILE_RECORD;
        if (csv->raw.length > LONGEST_RECORD)
            return give_up(csv, record, "a record longer than 4 MiB: is a quote not closed?");
    }
    if (!begun)
        return CSVFILE_END;
    if (csv_fini(&csv->parser, on_field, on_row, csv) != 0)
        return give_up(csv, record, "a quote that is not closed");
    return csv->row_done ? CSVFILE_RECORD : CSVFILE_END;
}

enum csv_result csvfile_next(struct csvfile *csv, struct csv_record *record)
{
    skip_byte_order_mark(csv);
    text_clear(&csv->raw);
    csv->fresh = 0;
    text_clear(&csv->values);
    csv->count = 0;
    csv->row_done = false;
    fault_clear(&csv->fault);
    *record = (struct csv_record){.line = csv->next_line};
    enum csv_result result = feed(csv, record);
    if (result == CSVFILE_RECORD) {
        finish_record(csv, record);
        if (*csv->fault.text)
            result = CSVFILE_BROKEN;
    }
    if (result != CSVFILE_END)
        finish_raw(csv, record);
    return result;
}
