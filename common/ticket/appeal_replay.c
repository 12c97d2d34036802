#include "ticket/appeal_replay.h"

#include <string.h>

#include "center/org.h"

static const struct retold_member members[] = {{NULL, RETOLD_NUMBER, 0}};

static const char *keep(struct told_appeals *t, const struct json *data, const char *key)
{
    const char *text = json_text(data, key);
    return text ? arena_string(t->arena, text) : NULL;
}

static int64_t org_in(struct db *db, const struct json *data, const char *key)
{
    const char *code = json_text(data, key);
    return code ? org_find(db, code) : 0;
}

static void ask(struct told_appeals *t, struct db *db, int64_t at, const struct json *data)
{
    struct told_appeal *a = retold_add(&t->list);
    a->org = org_in(db, data, "by");
    a->figures = keep(t, data, "figures");
    a->reason = keep(t, data, "reason");
    a->basis = keep(t, data, "basis");
    a->asked_at = at;
}

/* Decides the one of the organisation that the event names, of those that wait. */
static void decide(struct told_appeals *t, struct db *db, int64_t at, bool granted,
                   const struct json *data)
{
    int64_t org = org_in(db, data, "org");
    for (size_t i = 0; i < t->list.count; i++) {
        struct told_appeal *a = retold_at(&t->list, i);
        if (!a->head.made || a->decided_at || a->org != org)
            continue;
        a->granted = granted;
        a->decided_at = at;
        a->decided_for = keep(t, data, "reason");
        return;
    }
}

void appeal_follow(struct told_appeals *t, struct db *db, const char *type, int64_t at,
                   const struct json *data)
{
    bool granted = !strcmp(type, "appeal-granted");
    if (!data)
        return;
    retold_apply(&t->list, db, t->arena, "appeal", members, data);
    if (!strcmp(type, "appealed"))
        ask(t, db, at, data);
    else if (granted || !strcmp(type, "appeal-refused"))
        decide(t, db, at, granted, data);
}

static void make(struct db *db, int64_t ticket, const struct told_appeal *a)
{
    struct db_query *q =
        db_query(db, "INSERT INTO appeal (id, ticket_id, org_id, figures, asked_at, reason, basis,"
                     " decided_at, granted, decided_for)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    db_bind_some(q, 1, a->head.id);
    db_bind(q, 2, ticket);
    db_bind(q, 3, a->org);
    db_bind_text(q, 4, a->figures);
    db_bind(q, 5, a->asked_at);
    db_bind_text(q, 6, a->reason);
    db_bind_text(q, 7, a->basis);
    db_bind_some(q, 8, a->decided_at);
    if (a->decided_at)
        db_bind(q, 9, a->granted);
    db_bind_text(q, 10, a->decided_for);
    db_run(q);
}

void appeal_make(struct told_appeals *t, struct db *db, int64_t ticket)
{
    for (size_t i = 0; i < t->list.count; i++) {
        const struct told_appeal *a = retold_at(&t->list, i);
        if (a->head.made)
            make(db, ticket, a);
    }
    retold_free(&t->list);
}
