#include "ticket/round_replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

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
                                .calendar_id = t->calendar_id};
}

/* How the rounds were counted again; or how they stood, as an upgrade has told. */
static void take_recount(struct told_rounds *rounds, const struct json *data, const char *list,
                         const char *number)
{
    for (int i = 0; i < json_count(data, list); i++) {
        const struct json *said = json_object_at(data, list, i);
        struct told_round *told = said ? find(rounds, json_number(said, number)) : NULL;
        if (!told)
            continue;
        told->started_at = json_number(said, "started");
        told->limit_days = json_number(said, "limit");
        told->due_at = json_number(said, "due");
        told->gross_days = json_number(said, "gross");
        told->net_days = json_number(said, "net");
        told->calendar_id = json_number(said, "calendar");
    }
}

void round_follow(struct told_rounds *rounds, const struct ticket *ticket, const char *type,
                  const struct json *data)
{
    if (data && !strcmp(type, "answered"))
        take_answer(rounds, ticket, data);
    else if (data && !strcmp(type, "rounds-recounted"))
        take_recount(rounds, data, "rounds", "round");
    else if (data && !strcmp(type, "rows-stated"))
        take_recount(rounds, data, "rows", "judged");
}

static void make(struct db *db, int64_t ticket, const struct told_round *told)
{
    struct db_query *q =
        db_query(db, "INSERT INTO round (ticket_id, round, lead, started_at, limit_days, due_at,"
                     " answered_at, gross_days, net_days, calendar_id)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    db_bind(q, 1, ticket);
    db_bind(q, 2, told->round);
    db_bind_some(q, 3, told->lead);
    db_bind(q, 4, told->started_at);
    db_bind(q, 5, told->limit_days);
    db_bind(q, 6, told->due_at);
    db_bind(q, 7, told->answered_at);
    db_bind(q, 8, told->gross_days);
    db_bind(q, 9, told->net_days);
    db_bind(q, 10, told->calendar_id);
    db_run(q);
}

void round_make(struct told_rounds *rounds, struct db *db, int64_t ticket)
{
    for (size_t i = 0; i < rounds->count; i++)
        make(db, ticket, &rounds->list[i]);
    free(rounds->list);
}
