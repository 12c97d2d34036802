#include "center/loghead.h"

#include <string.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/day.h"
#include "base/json.h"
#include "base/tongue.h"
#include "center/log.h"

/* The events of heads, in the words of their index. */
#define HEADS "type IN ('head-signed', 'head-cosigned')"

static bool read_event(struct db_query *q, int column, struct head *head, struct arena *arena,
                       struct fault *fault)
{
    struct json *data = json_read(db_text(q, column));
    const char *note = data ? json_text(data, "head") : NULL;
    struct fault why = {""};
    bool good = note && head_read(head, arena, note, &why);
    json_free(data);
    return good || fault_add(fault, "the log keeps a head that is none%s%s", *why.text ? ": " : "",
                             why.text);
}

static bool read_last(struct db_query *q, struct head *head, struct arena *arena,
                      struct fault *fault)
{
    bool good = db_step(q) && read_event(q, 0, head, arena, fault);
    db_reset(q);
    return good;
}

bool loghead_last(struct db *db, struct head *head, struct arena *arena, struct fault *fault)
{
    return read_last(db_query(db, "SELECT data FROM event WHERE " HEADS " AND type = 'head-signed'"
                                  " ORDER BY id DESC LIMIT 1"),
                     head, arena, fault);
}

bool loghead_last_cosigned(struct db *db, struct head *head, struct arena *arena,
                           struct fault *fault)
{
    return read_last(db_query(db,
                              "SELECT data FROM event WHERE " HEADS " AND type = 'head-cosigned'"
                              " ORDER BY id DESC LIMIT 1"),
                     head, arena, fault);
}

void loghead_keep(struct center *center, const struct head *head, const char *note, bool cosigned)
{
    struct text data = {0}, root = {0};
    base64_add(&root, head->root, DIGEST_SIZE);
    json_start(&data);
    json_add_number(&data, "size", head->size);
    json_add_text(&data, "root", root.data);
    json_add_text(&data, "head", note);
    event_log(center, 0, cosigned ? "head-cosigned" : "head-signed", 0, &data);
    text_free(&root);
}

bool loghead_is_ours(struct db *db, const struct head *head)
{
    struct db_query *q = db_query(db, "SELECT data FROM event WHERE " HEADS
                                      " AND type = 'head-signed' ORDER BY id DESC");
    bool found = false;
    while (!found && db_step(q)) {
        struct arena arena = {0};
        struct fault fault = {""};
        struct head own;
        found = read_event(q, 0, &own, &arena, &fault) && note_extends(&head->note, &own.note);
        arena_free(&arena);
    }
    db_reset(q);
    return found;
}

bool loghead_holds(const struct logtree *tree, const struct head *head)
{
    uint8_t root[DIGEST_SIZE];
    merkle_root(logtree_merkle(tree), head->size, root);
    return !memcmp(root, head->root, DIGEST_SIZE);
}

bool loghead_to_prove(struct db *db, const struct logtree *tree, bool cosigned, struct head *head,
                      struct arena *arena, struct fault *fault)
{
    if (!(cosigned ? loghead_last_cosigned(db, head, arena, fault)
                   : loghead_last(db, head, arena, fault)))
        return *fault->text
                   ? false
                   : fault_add(fault, cosigned ? "no head was cosigned yet (log-head --take)"
                                               : N_("no head was signed yet (log-head)"));
    return loghead_holds(tree, head) ||
           fault_add(fault, "the last head, of %lld events, is not one of this log",
                     (long long)head->size);
}

/* A head in the log has fewer events than stand before it. */
static const char *judge(const struct logtree *tree, int64_t id, const struct head *head)
{
    return head->size >= id ? "this head has more events than the log had"
           : !loghead_holds(tree, head)
               ? "the events before this head are not those that were signed"
               : NULL;
}

void loghead_check(struct db *db, compare_report *report, void *context)
{
    logtree_check(db, report, context);
    struct logtree *tree = logtree_open(db);
    struct db_query *q = db_query(db, "SELECT id, data FROM event WHERE " HEADS " ORDER BY id");
    while (db_step(q)) {
        struct arena arena = {0};
        struct fault fault = {""};
        struct head head;
        int64_t id = db_number(q, 0);
        const char *what =
            read_event(q, 1, &head, &arena, &fault) ? judge(tree, id, &head) : fault.text;
        if (what)
            report(context, id, what);
        arena_free(&arena);
    }
    logtree_free(tree);
}

/* Whether the day from one moment to another, on which there was a log, ended without a head. */
static bool went_unsigned(struct db *db, int64_t from, int64_t to)
{
    struct db_query *q =
        db_query(db, "SELECT count(*) FROM event WHERE id = 1 AND recorded_at < ?2 AND NOT EXISTS"
                     " (SELECT 1 FROM event WHERE " HEADS " AND type = 'head-signed'"
                     "  AND recorded_at >= ?1 AND recorded_at < ?2)");
    db_bind(q, 1, from);
    db_bind(q, 2, to);
    return db_first(q) > 0;
}

void loghead_check_day(const struct center *center, compare_report *report, void *context)
{
    char day[DAY_TEXT_SIZE];
    int today = clock_day(center->now);
    if (!center->config->log_key)
        return;
    struct text what = {0};
    text_add_format(&what, "nobody signed the log's head on %s (log-head)",
                    day_print(today - 1, day));
    if (went_unsigned(center->db, clock_moment(today - 1, 0), clock_moment(today, 0)))
        report(context, 0, what.data);
    text_free(&what);
}
