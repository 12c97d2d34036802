/* fuzz_json: one JSON object read, written and read again; and the input as a file of JSON lines,
 * every second one refused. What must hold: the same members come back, and so do refused lines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/json.h"
#include "cli/bulk.h"
#include "cli/columns.h"
#include "harness.h"

static const char *const fields[] = {"title", "body", NULL};
static const struct out_column columns[] = {{"id", "编号", OUT_NUMBER}};
static const struct column_need needed[] = {{-1, NULL}};
static const char header_rules[] = "ticket:\n  title: [标题]\n  body: [内容]\n";

struct members {
    struct text all;    /* keys and values, each ended by a NUL */
    struct text object; /* written anew */
};

struct job {
    const char *path, *headers, *rejects;
    uint64_t hash; /* of what the refused lines say */
    long rows, bad;
};

void harness_begin(void)
{
}

static void take(void *context, const char *key, const char *value)
{
    struct members *members = context;
    if (!value)
        return;
    text_add(&members->all, key);
    text_add_char(&members->all, '\0');
    text_add(&members->all, value);
    text_add_char(&members->all, '\0');
    json_add_text(&members->object, key, value);
}

static void check_object(const char *line)
{
    struct fault fault = {""};
    struct members first = {0}, again = {0};
    struct arena arena = {0};
    json_start(&first.object);
    bool good = json_read_object(line, take, &first, &fault);
    json_end(&first.object);
    harness_must(good || *fault.text, "what is no object has a fault");
    if (good) {
        json_start(&again.object);
        harness_must(json_read_object(first.object.data, take, &again, &fault),
                     "an object that was written can be read");
        harness_must(
            again.all.length == first.all.length &&
                (!again.all.length || !memcmp(again.all.data, first.all.data, again.all.length)),
            "an object that was written is read as it was");
    }
    json_read_list(&arena, line);
    arena_free(&arena);
    text_free(&first.all);
    text_free(&first.object);
    text_free(&again.all);
    text_free(&again.object);
}

static void hash_row(struct job *job, const struct bulk_row *row)
{
    for (int i = 0; fields[i]; i++)
        job->hash = text_hash(job->hash, row->values[i] ? row->values[i] : "\1",
                              row->values[i] ? strlen(row->values[i]) + 1 : 1);
    const char *extra = row->extra ? row->extra : "";
    job->hash = text_hash(job->hash, extra, strlen(extra) + 1);
}

static void read_lines(void *context)
{
    struct job *job = context;
    struct bulk_source source = {
        .path = job->path, .is_jsonl = true, .rejects = job->rejects, .extra = true, .quiet = true};
    struct headers headers = headers_load(job->headers, "ticket", fields);
    struct out *out = out_open(columns, 1, OUT_TSV, false);
    struct bulk *bulk = bulk_open(&source, NULL, &headers, fields, needed);
    struct bulk_row row;
    job->hash = TEXT_HASH_START;
    for (job->rows = 0; bulk_next(bulk, &row); job->rows++) {
        if (job->rejects && job->rows % 2)
            continue;
        hash_row(job, &row);
        if (job->rejects)
            bulk_reject(bulk, "every second, \"refused\"");
    }
    job->bad = bulk_bad(bulk) - (job->rejects ? (job->rows + 1) / 2 : 0);
    bulk_end(bulk, out);
    out_close(out);
    headers_free(&headers);
}

static void check_rejects(struct job *job)
{
    uint64_t hash = job->hash;
    if (job->bad) /* such a line stands there as a text, which is an object */
        return;
    job->path = job->rejects;
    job->rejects = NULL;
    harness_must(harness_try(read_lines, job) && !job->bad && job->hash == hash,
                 "rejects read again say what was refused");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char rejects[512], *line = harness_string(bytes, size);
    check_object(line);
    free(line);
    struct job job = {.path = harness_file("in.jsonl", bytes, size),
                      .headers =
                          harness_file("headers.yaml", header_rules, sizeof header_rules - 1)};
    snprintf(rejects, sizeof rejects, "%s.rejects", job.path);
    unlink(rejects);
    job.rejects = rejects;
    if (harness_try(read_lines, &job) && job.rows > 0)
        check_rejects(&job);
    return 0;
}
