#include "ticket/wait_replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "center/org.h"

/* What events do to requests: they ask, or decide. */
static const struct effect {
    const char *type, *act;
    int granted; /* -1: it asks */
} effects[] = {
    {"return-asked", "return", -1},
    {"returned", "return", 1},
    {"return-refused", "return", 0},
    {"extension-asked", "extension", -1},
    {"extended", "extension", 1},
    {"extension-refused", "extension", 0},
    {"suspension-asked", "suspension", -1},
    {"suspended", "suspension", 1},
    {"suspension-refused", "suspension", 0},
    {"close-asked", "close", -1},
    {"close-refused", "close", 0},
};

static const struct effect *find_effect(const char *type)
{
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++)
        if (!strcmp(effects[i].type, type))
            return &effects[i];
    return NULL;
}

static const char *keep(struct told_waits *w, const char *text)
{
    return text ? arena_string(w->arena, text) : NULL;
}

static void ask(struct told_waits *w, struct db *db, const struct ticket *ticket, const char *act,
                int64_t at, const struct json *data)
{
    const char *by = json_text(data, "by"), *basis = json_text(data, "basis");
    w->requests = mem_grow(w->requests, w->request_count, sizeof *w->requests);
    w->requests[w->request_count++] =
        (struct told_request){.act = act,
                              .reason = keep(w, json_text(data, "reason")),
                              .basis = basis ? keep(w, basis) : "",
                              .round = ticket->round,
                              .org = by ? org_find(db, by) : 0,
                              .asked_at = at,
                              .days = json_number(data, "days"),
                              .granted = -1};
}

/* Decides the open request of ACT, the one asked first. */
static const struct told_request *decide(struct told_waits *w, const char *act, int64_t at,
                                         int granted)
{
    for (size_t i = 0; i < w->request_count; i++) {
        struct told_request *r = &w->requests[i];
        if (r->granted >= 0 || strcmp(r->act, act) != 0)
            continue;
        r->granted = granted;
        r->decided_at = at;
        return r;
    }
    return NULL;
}

/* What was asked and not decided falls away. */
static void drop(struct told_waits *w, int64_t at)
{
    for (size_t i = 0; i < w->request_count; i++) {
        struct told_request *r = &w->requests[i];
        if (r->granted >= 0)
            continue;
        r->granted = 0;
        r->decided_at = r->asked_at > at ? r->asked_at : at;
    }
}

static void pause_clock(struct told_waits *w, const struct ticket *ticket, int64_t at,
                        const struct told_request *granted, const struct json *data)
{
    w->pauses = mem_grow(w->pauses, w->pause_count, sizeof *w->pauses);
    w->pauses[w->pause_count++] = (struct told_pause){.round = ticket->round,
                                                      .from = at,
                                                      .until = json_number(data, "until"),
                                                      .reason = granted ? granted->reason : NULL};
}

static void resume(struct told_waits *w, const struct ticket *ticket, int64_t at)
{
    for (size_t i = 0; i < w->pause_count; i++)
        if (w->pauses[i].from == ticket->suspended_at && at < ticket->suspended_until)
            w->pauses[i].until = at;
}

/* An answer, or an end without one, ends a pause that still lasts. */
static void end_pauses(struct told_waits *w, int64_t at)
{
    for (size_t i = 0; i < w->pause_count; i++) {
        struct told_pause *p = &w->pauses[i];
        if (p->until > at && p->until > p->from)
            p->until = p->from > at ? p->from : at;
    }
}

static bool is_explained(const struct json *data)
{
    const char *as = json_text(data, "closed_as");
    return as && !strcmp(as, "explained");
}

static void take_effect(struct told_waits *w, struct db *db, const struct ticket *ticket,
                        const struct effect *effect, int64_t at, const struct json *data)
{
    if (effect->granted < 0) {
        ask(w, db, ticket, effect->act, at, data);
        return;
    }
    const struct told_request *decided = decide(w, effect->act, at, effect->granted);
    if (effect->granted && !strcmp(effect->act, "suspension"))
        pause_clock(w, ticket, at, decided, data);
}

void wait_follow(struct told_waits *w, struct db *db, const struct ticket *ticket, const char *type,
                 int64_t at, const struct json *data)
{
    const struct effect *effect = find_effect(type);
    const struct event_kind *kind = event_find(type);
    bool closes = !strcmp(type, "closed"), drops = kind && kind->does & EVENT_ENDS_REQUESTS;
    /* a county's center that dispatches has no longer asked to hand back */
    drops = drops || (ticket->center && !strcmp(type, "dispatched"));
    if (effect && data)
        take_effect(w, db, ticket, effect, at, data);
    if (closes && data && is_explained(data))
        decide(w, "close", at, 1);
    if (!strcmp(type, "resumed"))
        resume(w, ticket, at);
    if (closes || !strcmp(type, "answered"))
        end_pauses(w, at);
    if (drops)
        drop(w, at);
}

/* ---- beside the rows ---- */

/* WHAT of the row that is compared, under the head of comparison C. */
struct row {
    const struct comparison *c;
    char head[64];
};

static void number(const struct row *row, const char *what, int64_t stored, int64_t told)
{
    char text[96];
    snprintf(text, sizeof text, "%s%s", row->head, what);
    compare_number(row->c, text, stored, told);
}

static void word(const struct row *row, const char *what, const char *stored, const char *told)
{
    char text[96];
    snprintf(text, sizeof text, "%s%s", row->head, what);
    compare_text(row->c, text, stored, told);
}

static void compare_request(const struct comparison *c, struct db_query *q,
                            const struct told_request *told, size_t place)
{
    struct row row = {.c = c};
    snprintf(row.head, sizeof row.head, "request %zu: ", place + 1);
    number(&row, "round", db_number(q, 0), told->round);
    word(&row, "act", db_text(q, 1), told->act);
    if (told->org)
        number(&row, "org_id", db_number(q, 2), told->org);
    number(&row, "asked_at", db_number(q, 3), told->asked_at);
    if (told->reason)
        word(&row, "reason", db_text(q, 4), told->reason);
    word(&row, "basis", db_text(q, 5), told->basis);
    number(&row, "days", db_number(q, 6), told->days);
    number(&row, "decided_at", db_number(q, 7), told->decided_at);
    number(&row, "granted", db_is_null(q, 8) ? -1 : db_number(q, 8), told->granted);
}

static void compare_requests(const struct told_waits *w, struct db *db, const struct comparison *c)
{
    size_t count = 0;
    struct db_query *q =
        db_query(db, "SELECT round, act, org_id, asked_at, reason, basis, days, decided_at, granted"
                     " FROM request WHERE ticket_id = ?1 AND act <> 'revocation' ORDER BY id");
    db_bind(q, 1, c->id);
    for (; db_step(q); count++)
        if (count < w->request_count)
            compare_request(c, q, &w->requests[count], count);
    compare_number(c, "number of requests", (int64_t)count, (int64_t)w->request_count);
}

static void compare_pauses(const struct told_waits *w, struct db *db, const struct comparison *c)
{
    size_t count = 0;
    struct db_query *q = db_query(
        db,
        "SELECT round, from_at, until_at, reason FROM suspension WHERE ticket_id = ?1 ORDER BY id");
    db_bind(q, 1, c->id);
    for (; db_step(q); count++) {
        const struct told_pause *told = &w->pauses[count];
        struct row row = {.c = c};
        if (count >= w->pause_count)
            continue;
        snprintf(row.head, sizeof row.head, "suspension %zu: ", count + 1);
        number(&row, "round", db_number(q, 0), told->round);
        number(&row, "from_at", db_number(q, 1), told->from);
        number(&row, "until_at", db_number(q, 2), told->until);
        if (told->reason)
            word(&row, "reason", db_text(q, 3), told->reason);
    }
    compare_number(c, "number of suspensions", (int64_t)count, (int64_t)w->pause_count);
}

void wait_compare(struct told_waits *w, struct db *db, const struct comparison *c)
{
    compare_requests(w, db, c);
    compare_pauses(w, db, c);
    free(w->requests);
    free(w->pauses);
}
