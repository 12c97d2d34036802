#include "notice/owner.h"

#include <stdlib.h>
#include <string.h>

#include "enterprise/enterprise.h"
#include "enterprise/liaison.h"

/* The text that SQL gives for this id, in ARENA. */
static const char *ask(struct db *db, const char *sql, int64_t id, struct arena *arena)
{
    struct db_query *q = db_query(db, sql);
    db_bind(q, 1, id);
    const char *text = db_step(q) && db_text(q, 0) ? arena_string(arena, db_text(q, 0)) : NULL;
    db_reset(q);
    return text;
}

static const char *org_called(struct db *db, int64_t id, struct arena *arena)
{
    return ask(db, "SELECT name FROM org WHERE id = ?1", id, arena);
}

static const char *enterprise_coded(struct db *db, int64_t id, struct arena *arena)
{
    return ask(db, "SELECT code FROM enterprise WHERE id = ?1", id, arena);
}

static const char *enterprise_called(struct db *db, int64_t id, struct arena *arena)
{
    return ask(db, "SELECT name FROM enterprise WHERE id = ?1", id, arena);
}

/* Liaisons are called by their numbers: a name alone may be several. */
static int64_t liaison_numbered(struct db *db, const char *word)
{
    char *end;
    int64_t id = strtoll(word, &end, 10);
    return !*end && liaison_exists(db, id) ? id : 0;
}

static const char *liaison_coded(struct db *db, int64_t id, struct arena *arena)
{
    (void)db;
    return arena_format(arena, "%lld", (long long)id);
}

static const char *liaison_called(struct db *db, int64_t id, struct arena *arena)
{
    return ask(db, "SELECT name FROM liaison WHERE id = ?1", id, arena);
}

static const struct owner_kind kinds[OWNER_KINDS] = {
    [OWNER_ORG] = {"org", "单位", org_find, org_find_code, org_called, "; org-list shows them"},
    [OWNER_ENTERPRISE] = {"enterprise", "企业", enterprise_find, enterprise_coded,
                          enterprise_called, "; enterprise-add adds it"},
    [OWNER_LIAISON] = {"liaison", "助企员", liaison_numbered, liaison_coded, liaison_called,
                       "; liaison-list shows their numbers"},
};

const struct owner_kind *owner_kind(int number)
{
    return &kinds[number];
}

const struct owner_kind *owner_kind_coded(const char *code)
{
    for (int i = 0; i < OWNER_KINDS; i++)
        if (code && !strcmp(kinds[i].code, code))
            return &kinds[i];
    return NULL;
}

bool owner_find(struct db *db, const struct owner_kind *kind, const char *word, struct owner *owner,
                struct fault *fault)
{
    *owner = (struct owner){kind, kind->find(db, word)};
    if (!owner->id && kind == &kinds[OWNER_ORG])
        org_unknown(db, word, fault);
    else if (!owner->id)
        fault_unknown(fault, kind->code, word, NULL, kind->otherwise);
    return owner->id != 0;
}
