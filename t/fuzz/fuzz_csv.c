/* fuzz_csv: CSV files in every encoding, read by csvfile and by bulk with its rejects. The first
 * byte of the input says how it is read; the rest is the file. What must hold: a field that is
 * written is read again as it was, and the rows that were refused stand in the rejects as they
 * were. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csvfile.h"
#include "base/text.h"
#include "cli/bulk.h"
#include "cli/columns.h"
#include "harness.h"

static const char *const encodings[] = {NULL, "utf-8", "gb18030", "gbk", "gb2312"};
enum { ENCODINGS = sizeof encodings / sizeof *encodings };
static const char *const fields[] = {"title", "body", "ref", NULL};
static const struct out_column columns[] = {{"id", "编号", OUT_NUMBER}};
static const struct column_need needed[] = {{0, NULL}, {-1, NULL}};
static const char header_rules[] = "ticket:\n  title: [标题, 诉求标题]\n  body: [内容]\n"
                                   "  ref: [编号, 工单编号]\n";

struct job {
    const char *path, *headers, *rejects, *encoding;
    struct text fields;            /* all that were read, each ended by a NUL */
    bool broken;                   /* some record was */
    uint64_t refused, refused_now; /* what the refused rows say */
    long rows;
};

void harness_begin(void)
{
}

static void add_field(struct text *to, const char *field)
{
    text_add(to, field);
    text_add_char(to, '\0');
}

/* Reads the file record by record, and keeps its fields. */
static void read_records(void *context)
{
    struct job *job = context;
    struct csv_record record;
    enum csv_result result;
    FILE *file = fopen(job->path, "rb");
    struct csvfile *csv = csvfile_open(file, "fuzzed", job->encoding);
    long line = 0;
    while ((result = csvfile_next(csv, &record)) != CSVFILE_END) {
        harness_must(record.line > line, "records stand on rising lines");
        line = record.line;
        harness_must(result == CSVFILE_RECORD || *csvfile_fault(csv),
                     "a broken record has a fault");
        job->broken = job->broken || result == CSVFILE_BROKEN;
        for (size_t i = 0; result == CSVFILE_RECORD && i < record.count; i++) {
            harness_must(text_valid_utf8(record.fields[i], strlen(record.fields[i])) ==
                             strlen(record.fields[i]),
                         "fields are UTF-8");
            add_field(&job->fields, record.fields[i]);
        }
    }
    csvfile_close(csv);
    fclose(file);
}

/* Writes what was read as a file of one column; returns its path. */
static const char *write_fields(const struct job *job)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&bytes, &size);
    const char *end = job->fields.data + job->fields.length;
    for (const char *field = job->fields.data; field < end; field += strlen(field) + 1) {
        csvfile_write_field(file, field, strlen(field));
        fputs("\r\n", file);
    }
    fclose(file);
    const char *path = harness_file("written.csv", bytes, size);
    free(bytes);
    return path;
}

static void read_again(void *context)
{
    struct job *first = context, again = {.encoding = "utf-8", .path = first->path};
    read_records(&again);
    harness_must(!again.broken, "what was written can be read");
    harness_must(again.fields.length == first->fields.length &&
                     !memcmp(again.fields.data, first->fields.data, again.fields.length),
                 "a field that was written is read as it was");
    text_free(&again.fields);
}

/* Reads all rows, refuses every second, and keeps what these say. */
static void read_rows(void *context)
{
    struct job *job = context;
    struct bulk_source source = {.path = job->path,
                                 .encoding = job->encoding,
                                 .rejects = job->rejects,
                                 .extra = true,
                                 .quiet = true};
    struct headers headers = headers_load(job->headers, "ticket", fields);
    struct out *out = out_open(columns, 1, OUT_TSV, false);
    struct bulk *bulk = bulk_open(&source, NULL, &headers, fields, needed);
    struct bulk_row row;
    job->refused_now = TEXT_HASH_START;
    for (job->rows = 0; bulk_next(bulk, &row); job->rows++) {
        if (job->rejects && job->rows % 2)
            continue;
        for (int i = 0; fields[i]; i++)
            job->refused_now = text_hash(job->refused_now, row.values[i] ? row.values[i] : "\1",
                                         row.values[i] ? strlen(row.values[i]) + 1 : 1);
        if (job->rejects)
            bulk_reject(bulk, "every second, \"refused\"");
    }
    job->broken = bulk_bad(bulk) > (job->rejects ? (job->rows + 1) / 2 : 0);
    bulk_end(bulk, out);
    out_close(out);
    headers_free(&headers);
}

/* The rejects are a file like the first one, and say the same. Rows that cannot be read stand there
 * too, and a stray quote of one may meet one of the next: then nothing is compared. */
static void check_rejects(struct job *job)
{
    bool broken = job->broken;
    job->refused = job->refused_now;
    job->path = job->rejects;
    job->rejects = NULL;
    bool read = harness_try(read_rows, job);
    if (!broken)
        harness_must(read && !job->broken && job->refused == job->refused_now,
                     "rejects read again say what was refused");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char rejects[512];
    if (size < 1)
        return 0;
    struct job job = {.encoding = encodings[bytes[0] % ENCODINGS],
                      .path = harness_file("in.csv", bytes + 1, size - 1),
                      .headers =
                          harness_file("headers.yaml", header_rules, sizeof header_rules - 1)};
    const char *path = job.path;
    if (harness_try(read_records, &job) && job.fields.length) {
        job.path = write_fields(&job);
        /* An empty first field is an empty line, which is none. */
        harness_must(harness_try(read_again, &job), "what was written can be read again");
    }
    text_free(&job.fields);
    snprintf(rejects, sizeof rejects, "%s.rejects", path);
    unlink(rejects);
    job.path = path;
    job.rejects = rejects;
    if (harness_try(read_rows, &job) && job.rows > 0 && job.encoding)
        check_rejects(&job);
    return 0;
}
