#include "ticket/announced.h"

#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/json.h"
#include "center/told.h"
#include "ticket/clock.h"
#include "ticket/record.h"
#include "ticket/round.h"
#include "ticket/route.h"

bool announced_since(struct center *center, int64_t calendar_version, int64_t moment)
{
    char day[DAY_TEXT_SIZE];
    if (!moment || calendar_version == center_calendar_version(center))
        return false;
    struct db_query *q = db_query(center->db, "SELECT horizon FROM calendar_version WHERE id = ?1");
    db_bind(q, 1, calendar_version);
    db_ahead(q); /* for the next moments too */
    bool since = db_step(q) && strcmp(db_text(q, 0), day_print(clock_day(moment), day)) < 0;
    db_reset(q);
    return since;
}

int64_t announced_sign_in(struct center *center, const struct ticket *ticket)
{
    return announced_since(center, ticket->calendar_id, ticket->accept_due_at)
               ? route_sign_in_due(center, ticket->dispatched_at)
               : ticket->accept_due_at;
}

static void store_part(struct db *db, int64_t ticket, int64_t route, int64_t due_at,
                       int64_t accept_due_at)
{
    struct db_query *q =
        db_query(db, "UPDATE route SET due_at = ?2, accept_due_at = ?3 WHERE id = ?1");
    db_bind(q, 1, route);
    db_bind(q, 2, due_at);
    db_bind(q, 3, accept_due_at);
    db_run(q);
    struct text *row = told_start(db, ticket, "route", route);
    json_add_number(row, "due", due_at);
    json_add_number(row, "sign_in", accept_due_at);
    told_end(row);
}

static struct db_query *ask_parts(struct db *db, int64_t ticket, int round)
{
    struct db_query *q = db_query(db, "SELECT id, at, limit_days, due_at, accept_due_at FROM route"
                                      " WHERE ticket_id = ?1 AND round = ?2 ORDER BY id");
    db_bind(q, 1, ticket);
    db_bind(q, 2, round);
    return q;
}

void announced_ahead(struct db *db, const struct ticket *ticket)
{
    ticketclock_rounds_ahead(db, ticket);
    for (int round = 1; round <= ticket->round; round++)
        db_ahead(ask_parts(db, ticket->id, round));
}

/* All parts of the round, those that ended too; true where one is due at another moment. */
static bool reckon_parts(struct center *center, const struct ticket *round)
{
    bool differs = false;
    struct db_query *q = ask_parts(center->db, round->id, round->round);
    while (db_step(q)) {
        int64_t at = db_number(q, 1), due_at = db_number(q, 3), accept_due_at = db_number(q, 4);
        int64_t due = due_at, accept_due = accept_due_at;
        if (announced_since(center, round->calendar_id, due_at))
            due = party_due(center, round, at, (int)db_number(q, 2));
        if (announced_since(center, round->calendar_id, accept_due_at))
            accept_due = route_sign_in_due(center, at);
        if (due == due_at && accept_due == accept_due_at)
            continue;
        store_part(center->db, round->id, db_number(q, 0), due, accept_due);
        differs = true;
    }
    return differs;
}

/* True where the answered round rested on such days. */
static bool reckon_round(struct center *center, struct ticket *round, struct text *list)
{
    if (!announced_since(center, round->calendar_id, round->due_at) &&
        !announced_since(center, round->calendar_id, round->answered_at))
        return false;
    return round_judge(center, round, list);
}

/* A ticket that was answered or closed; one that is open is the caller's. */
static void reckon_deadline(struct center *center, struct ticket *ticket, struct arena *arena)
{
    struct text data = {0};
    if ((!ticket->answered_at && !ticket->closed_at) ||
        (!announced_since(center, ticket->calendar_id, ticket->due_at) &&
         !announced_since(center, ticket->calendar_id, ticket->accept_due_at)))
        return;
    int64_t sign_in = announced_sign_in(center, ticket);
    json_start(&data);
    if (sign_in != ticket->accept_due_at)
        json_add_number(&data, "accept_due", sign_in);
    if (ticketclock_write(center, ticket, &data))
        record_event(center, ticket, arena, "recomputed", center->now, &data);
    text_free(&data);
}

void announced_apply(struct center *center, struct ticket *ticket, struct arena *arena,
                     bool rounds[static ANNOUNCED_MOST_ROUNDS])
{
    struct text list = {0}, data = {0};
    for (int i = 1; i <= ticket->round && i < ANNOUNCED_MOST_ROUNDS; i++) {
        struct ticket round;
        bool answered = ticketclock_round(center->db, ticket, i, &round);
        if (!answered && i < ticket->round)
            continue;
        rounds[i] = reckon_parts(center, answered ? &round : ticket);
        rounds[i] |= answered && reckon_round(center, &round, &list);
    }
    if (list.length) {
        json_start(&data);
        json_add_raw(&data, "rounds", json_list_end(&list));
        record_event(center, ticket, arena, "rounds-recounted", center->now, &data);
    }
    text_free(&list);
    text_free(&data);
    reckon_deadline(center, ticket, arena);
}
