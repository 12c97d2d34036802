/* The log's chain of digests, computed again from its start. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/progress.h"
#include "center/log.h"
#include "center/log_form.h"
#include "center/seal_kept.h"

/* Events of which something was erased, in the order of the log. */
struct erasures {
    struct seal_kept *list;
    size_t count, next;
};

static struct erasures read_erasures(struct db *db)
{
    struct erasures e = {.list = NULL};
    struct db_query *q =
        db_query(db, "SELECT event_id, key, seal, salt FROM erasure ORDER BY event_id, key");
    for (; db_step(q); e.count++) {
        e.list = mem_grow(e.list, e.count, sizeof *e.list);
        e.list[e.count] = seal_kept_read(q);
    }
    return e;
}

/* What was kept of the event ID, which comes behind those that were asked for. */
static void find_kept(struct erasures *e, int64_t id, struct seals *seals)
{
    while (e->next < e->count && e->list[e->next].event_id < id)
        e->next++;
    seals->kept = e->list + e->next;
    seals->kept_count = 0;
    while (e->next + seals->kept_count < e->count && seals->kept[seals->kept_count].event_id == id)
        seals->kept_count++;
}

static const char CHAIN[] =
    "SELECT e.id, e.ticket_id, e.type, e.at, e.recorded_at, e.actor, e.data, e.hash, e.seed,"
    " CASE WHEN e.seed IS NOT NULL THEN"
    " (SELECT b.hash FROM event b WHERE b.ticket_id = e.ticket_id AND b.id < e.id"
    " ORDER BY b.id DESC LIMIT 1) END"
    " FROM event e ORDER BY e.id";

/* The bytes of the row's event, which is of either form. */
static void write_form(struct text *out, struct db_query *q, struct erasures *erasures)
{
    const struct event event = event_read(q);
    struct log_form form = {.has_previous = !db_is_null(q, 9)};
    if (db_is_null(q, 8)) {
        log_form_write(out, &event, NULL);
        return;
    }
    db_bytes(q, 8, form.seals.seed, SEED_SIZE);
    db_bytes(q, 9, form.previous, DIGEST_SIZE);
    find_kept(erasures, event.id, &form.seals);
    log_form_write(out, &event, &form);
}

int64_t event_verify(struct db *db, const char *since, bool *found, char *head)
{
    uint8_t digest[DIGEST_SIZE] = {0}, stored[DIGEST_SIZE];
    struct erasures erasures = read_erasures(db);
    struct text bytes = {0};
    int64_t wrong = 0, expected = 1;
    *found = false;
    int64_t total = db_count(db, "SELECT coalesce(max(id), 0) FROM event");
    struct db_query *q = db_query_stream(db, CHAIN);
    while (!wrong && db_step(q)) {
        int64_t id = db_number(q, 0);
        progress_step(id, total, "events");
        write_form(&bytes, q, &erasures);
        digest_sm3(digest, bytes.data, bytes.length, digest);
        db_bytes(q, 7, stored, sizeof stored);
        if (id != expected++ || memcmp(digest, stored, sizeof digest) != 0)
            wrong = id;
        if (since && !wrong)
            *found = *found || !strcmp(digest_print(digest, head), since);
    }
    db_reset(q);
    digest_print(digest, head);
    text_free(&bytes);
    free(erasures.list);
    return wrong;
}
