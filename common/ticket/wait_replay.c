#include "ticket/wait_replay.h"

#include <string.h>

#include "center/org.h"
#include "ticket/claim.h"

static const struct retold_member request_members[] = {
    {"act", RETOLD_TEXT, offsetof(struct told_request, act)},
    {"round", RETOLD_NUMBER, offsetof(struct told_request, round)},
    {"org", RETOLD_ORG, offsetof(struct told_request, org)},
    {"asked", RETOLD_NUMBER, offsetof(struct told_request, asked_at)},
    {"decided", RETOLD_NUMBER, offsetof(struct told_request, decided_at)},
    {"answer", RETOLD_NUMBER, offsetof(struct told_request, answer)},
    {NULL, RETOLD_NUMBER, 0}};
static const struct retold_member pause_members[] = {{NULL, RETOLD_NUMBER, 0}};

enum { WAITS, REFUSED, GRANTED };

/* What events do to requests: they ask, or decide. */
static const struct effect {
    const char *type, *act;
    int answer; /* WAITS: it asks */
} effects[] = {
    {"return-asked", "return", WAITS},
    {"returned", "return", GRANTED},
    {"return-refused", "return", REFUSED},
    {"extension-asked", "extension", WAITS},
    {"extended", "extension", GRANTED},
    {"extension-refused", "extension", REFUSED},
    {"suspension-asked", "suspension", WAITS},
    {"suspended", "suspension", GRANTED},
    {"suspension-refused", "suspension", REFUSED},
    {"close-asked", "close", WAITS},
    {"close-refused", "close", REFUSED},
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
    const char *by = json_text(data, "by");
    struct told_request *r = retold_add(&w->requests);
    r->act = act;
    r->reason = keep(w, json_text(data, "reason"));
    r->basis = keep(w, json_text(data, "basis"));
    r->round = ticket->round;
    r->org = by ? org_find(db, by) : 0;
    r->asked_at = at;
    r->days = json_number(data, "days");
}

/* Those of late entries are told of as rows alone, and decided apart. */
static bool is_claim(const struct told_request *r)
{
    return r->act && !strcmp(r->act, "revocation");
}

/* Decides the open request of ACT, the one asked first. */
static const struct told_request *decide(struct told_waits *w, const char *act, int64_t at,
                                         int64_t answer)
{
    for (size_t i = 0; i < w->requests.count; i++) {
        struct told_request *r = retold_at(&w->requests, i);
        if (!r->head.made || r->answer || strcmp(r->act, act) != 0)
            continue;
        r->answer = answer;
        r->decided_at = at;
        return r;
    }
    return NULL;
}

static void decide_claim(struct told_waits *w, struct db *db, int64_t at, bool granted,
                         const struct json *data)
{
    const char *code = json_text(data, "org");
    int64_t org = code ? org_find(db, code) : 0;
    for (size_t i = 0; i < w->requests.count; i++) {
        struct told_request *r = retold_at(&w->requests, i);
        if (!is_claim(r) || r->answer || r->org != org ||
            r->round != json_number(data, "late_round") ||
            r->asked_at != json_number(data, "entered"))
            continue;
        r->answer = granted ? GRANTED : REFUSED;
        r->decided_at = at;
    }
}

/* What was asked and not decided falls away. */
static void drop(struct told_waits *w, int64_t at)
{
    for (size_t i = 0; i < w->requests.count; i++) {
        struct told_request *r = retold_at(&w->requests, i);
        if (!r->head.made || r->answer || is_claim(r))
            continue;
        r->answer = REFUSED;
        r->decided_at = r->asked_at > at ? r->asked_at : at;
    }
}

static void pause_clock(struct told_waits *w, const struct ticket *ticket, int64_t at,
                        const struct told_request *granted, const struct json *data)
{
    struct told_pause *p = retold_add(&w->pauses);
    p->round = ticket->round;
    p->from = at;
    p->until = json_number(data, "until");
    p->reason = granted ? granted->reason : NULL;
}

static void resume(struct told_waits *w, const struct ticket *ticket, int64_t at)
{
    for (size_t i = 0; i < w->pauses.count; i++) {
        struct told_pause *p = retold_at(&w->pauses, i);
        if (p->from == ticket->suspended_at && at < ticket->suspended_until)
            p->until = at;
    }
}

/* An answer, or an end without one, ends a pause that still lasts. */
static void end_pauses(struct told_waits *w, int64_t at)
{
    for (size_t i = 0; i < w->pauses.count; i++) {
        struct told_pause *p = retold_at(&w->pauses, i);
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
    if (effect->answer == WAITS) {
        ask(w, db, ticket, effect->act, at, data);
        return;
    }
    const struct told_request *decided = decide(w, effect->act, at, effect->answer);
    if (effect->answer == GRANTED && !strcmp(effect->act, "suspension"))
        pause_clock(w, ticket, at, decided, data);
}

/* What was told of a late entry is all of it. */
static void make_claims(struct told_waits *w)
{
    for (size_t i = 0; i < w->requests.count; i++) {
        struct told_request *r = retold_at(&w->requests, i);
        if (!r->head.made && is_claim(r)) {
            r->head.made = true;
            r->reason = CLAIM_REASON;
        }
    }
}

void wait_follow(struct told_waits *w, struct db *db, const struct ticket *ticket, const char *type,
                 int64_t at, const struct json *data)
{
    static const char late[] = "late-entry-";
    const struct effect *effect = find_effect(type);
    const struct event_kind *kind = event_find(type);
    bool closes = !strcmp(type, "closed"), drops = kind && kind->does & EVENT_ENDS_REQUESTS;
    /* a county's center that dispatches has no longer asked to hand back */
    drops = drops || (ticket->center && !strcmp(type, "dispatched"));
    retold_apply(&w->requests, db, w->arena, "request", request_members, data);
    retold_apply(&w->pauses, db, w->arena, "suspension", pause_members, data);
    make_claims(w);
    if (data && !strncmp(type, late, sizeof late - 1))
        decide_claim(w, db, at, !strcmp(type + sizeof late - 1, "granted"), data);
    if (effect && data)
        take_effect(w, db, ticket, effect, at, data);
    if (closes && data && is_explained(data))
        decide(w, "close", at, GRANTED);
    if (!strcmp(type, "resumed"))
        resume(w, ticket, at);
    if (closes || !strcmp(type, "answered"))
        end_pauses(w, at);
    if (drops)
        drop(w, at);
}

static void make_request(struct db *db, int64_t ticket, const struct told_request *r)
{
    struct db_query *q =
        db_query(db, "INSERT INTO request (id, ticket_id, round, act, org_id, asked_at, reason,"
                     " basis, days, decided_at, granted)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    db_bind_some(q, 1, r->head.id);
    db_bind(q, 2, ticket);
    db_bind(q, 3, r->round);
    db_bind_text(q, 4, r->act);
    db_bind_some(q, 5, r->org);
    db_bind(q, 6, r->asked_at);
    db_bind_text(q, 7, r->reason ? r->reason : "");
    db_bind_text(q, 8, r->basis ? r->basis : "");
    db_bind_some(q, 9, r->days);
    db_bind_some(q, 10, r->decided_at);
    if (r->answer)
        db_bind(q, 11, r->answer == GRANTED);
    db_run(q);
}

static void make_pause(struct db *db, int64_t ticket, const struct told_pause *p)
{
    struct db_query *q =
        db_query(db, "INSERT INTO suspension (id, ticket_id, round, from_at, until_at, reason)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    db_bind_some(q, 1, p->head.id);
    db_bind(q, 2, ticket);
    db_bind(q, 3, p->round);
    db_bind(q, 4, p->from);
    db_bind(q, 5, p->until);
    db_bind_text(q, 6, p->reason ? p->reason : "");
    db_run(q);
}

void wait_make(struct told_waits *w, struct db *db, int64_t ticket)
{
    for (size_t i = 0; i < w->requests.count; i++) {
        const struct told_request *r = retold_at(&w->requests, i);
        if (r->head.made)
            make_request(db, ticket, r);
    }
    for (size_t i = 0; i < w->pauses.count; i++) {
        const struct told_pause *p = retold_at(&w->pauses, i);
        if (p->head.made)
            make_pause(db, ticket, p);
    }
    retold_free(&w->requests);
    retold_free(&w->pauses);
}
