#include "ticket/appeal_replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *keep(struct told_appeals *t, const struct json *data, const char *key)
{
    const char *text = json_text(data, key);
    return text ? arena_string(t->arena, text) : NULL;
}

/* Decides the one of the organisation that the event names, of those that wait. */
static void decide(struct told_appeals *t, const struct json *data, int64_t at, bool granted)
{
    const char *org = json_text(data, "org");
    for (size_t i = 0; i < t->count; i++) {
        struct told_appeal *a = &t->list[i];
        if (a->granted >= 0 || !org || !a->org || strcmp(a->org, org) != 0)
            continue;
        a->granted = granted;
        a->decided_at = at;
        a->decided_for = keep(t, data, "reason");
        return;
    }
}

void appeal_follow(struct told_appeals *t, const char *type, int64_t at, const struct json *data)
{
    if (!data)
        return;
    if (!strcmp(type, "appealed")) {
        t->list = mem_grow(t->list, t->count, sizeof *t->list);
        t->list[t->count++] = (struct told_appeal){.org = keep(t, data, "by"),
                                                   .figures = keep(t, data, "figures"),
                                                   .reason = keep(t, data, "reason"),
                                                   .basis = keep(t, data, "basis"),
                                                   .asked_at = at,
                                                   .granted = -1};
    } else if (!strcmp(type, "appeal-granted") || !strcmp(type, "appeal-refused")) {
        decide(t, data, at, !strcmp(type, "appeal-granted"));
    }
}

static void compare_appeal(const struct comparison *c, struct db_query *q,
                           const struct told_appeal *told, size_t place)
{
    static const char *const words[] = {"org", "figures", "reason", "basis", "decided_for"};
    static const char *const numbers[] = {"asked_at", "decided_at"};
    const char *const texts[] = {told->org, told->figures, told->reason, told->basis,
                                 told->decided_for};
    const int64_t moments[] = {told->asked_at, told->decided_at};
    char what[64];
    for (int i = 0; i < 5; i++) {
        snprintf(what, sizeof what, "appeal %zu: %s", place + 1, words[i]);
        compare_text(c, what, db_text(q, i), texts[i]);
    }
    for (int i = 0; i < 2; i++) {
        snprintf(what, sizeof what, "appeal %zu: %s", place + 1, numbers[i]);
        compare_number(c, what, db_number(q, 5 + i), moments[i]);
    }
    snprintf(what, sizeof what, "appeal %zu: granted", place + 1);
    compare_number(c, what, db_is_null(q, 7) ? -1 : db_number(q, 7), told->granted);
}

void appeal_compare(struct told_appeals *t, struct db *db, const struct comparison *c)
{
    size_t count = 0;
    struct db_query *q =
        db_query(db, "SELECT o.code, a.figures, a.reason, a.basis, a.decided_for, a.asked_at,"
                     " a.decided_at, a.granted FROM appeal a JOIN org o ON o.id = a.org_id"
                     " WHERE a.ticket_id = ?1 ORDER BY a.id");
    db_bind(q, 1, c->id);
    for (; db_step(q); count++)
        if (count < t->count)
            compare_appeal(c, q, &t->list[count], count);
    compare_number(c, "number of appeals", (int64_t)count, (int64_t)t->count);
    free(t->list);
}
