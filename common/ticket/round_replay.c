#include "ticket/round_replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

static struct told_round *find(struct told_rounds *rounds, int64_t number)
{
    for (size_t i = 0; i < rounds->count; i++)
        if (rounds->list[i].round == number)
            return &rounds->list[i];
    return NULL;
}

static void take_answer(struct told_rounds *rounds, const struct ticket *t, const struct json *data)
{
    struct told_round *told = find(rounds, t->round);
    if (!told) {
        rounds->list = mem_grow(rounds->list, rounds->count, sizeof *rounds->list);
        told = &rounds->list[rounds->count++];
    }
    *told = (struct told_round){.round = t->round,
                                .lead = t->lead,
                                .started_at = t->started_at,
                                .limit_days = t->limit_days,
                                .due_at = t->due_at,
                                .answered_at = t->answered_at,
                                .gross_days = json_number(data, "gross"),
                                .net_days = json_number(data, "net"),
                                .calendar_id = t->calendar_id,
                                .counted = json_has(data, "gross")};
}

/* A kind or a receipt that was corrected counts the rounds again; what follows says how. */
static void take_correction(struct told_rounds *rounds, const struct json *data)
{
    for (size_t i = 0; i < rounds->count; i++)
        if (json_has(data, "is_kind") || json_has(data, "is_received"))
            rounds->list[i].recounted = true;
}

static void take_recount(struct told_rounds *rounds, const struct json *data)
{
    for (int i = 0; i < json_count(data, "rounds"); i++) {
        const struct json *said = json_object_at(data, "rounds", i);
        struct told_round *told = said ? find(rounds, json_number(said, "round")) : NULL;
        if (!told)
            continue;
        told->started_at = json_number(said, "started");
        told->limit_days = json_number(said, "limit");
        told->due_at = json_number(said, "due");
        told->gross_days = json_number(said, "gross");
        told->net_days = json_number(said, "net");
        told->calendar_id = json_number(said, "calendar");
        told->counted = true;
    }
    for (size_t i = 0; i < rounds->count; i++)
        rounds->list[i].recounted = false;
}

void round_follow(struct told_rounds *rounds, const struct ticket *ticket, const char *type,
                  const struct json *data)
{
    if (data && !strcmp(type, "answered"))
        take_answer(rounds, ticket, data);
    else if (data && !strcmp(type, "rounds-recounted"))
        take_recount(rounds, data);
    else if (data && !strcmp(type, "corrected"))
        take_correction(rounds, data);
}

static void compare_row(const struct comparison *c, struct db_query *q,
                        const struct told_round *told)
{
    compare_number(c, "lead", db_number(q, 1), told->lead);
    compare_number(c, "answered_at", db_number(q, 2), told->answered_at);
    if (told->recounted)
        return;
    compare_number(c, "started_at", db_number(q, 3), told->started_at);
    compare_number(c, "limit_days", db_number(q, 4), told->limit_days);
    compare_number(c, "due_at", db_number(q, 5), told->due_at);
    compare_number(c, "calendar_id", db_number(q, 6), told->calendar_id);
    if (!told->counted)
        return;
    compare_number(c, "gross_days", db_number(q, 7), told->gross_days);
    compare_number(c, "net_days", db_number(q, 8), told->net_days);
}

void round_compare(struct told_rounds *rounds, struct db *db, const struct comparison *comparison)
{
    struct comparison c = *comparison;
    struct text name = {0};
    int64_t rows = 0;
    struct db_query *q =
        db_query(db, "SELECT round, lead, answered_at, started_at, limit_days, due_at, calendar_id,"
                     " gross_days, net_days FROM round WHERE ticket_id = ?1 ORDER BY round");
    db_bind(q, 1, c.id);
    for (; db_step(q); rows++) {
        const struct told_round *told = find(rounds, db_number(q, 0));
        text_clear(&name);
        text_add_format(&name, "round %lld", (long long)db_number(q, 0));
        c.record = name.data;
        if (told)
            compare_row(&c, q, told);
    }
    compare_number(comparison, "number of answered rounds", rows, (int64_t)rounds->count);
    text_free(&name);
    free(rounds->list);
}
