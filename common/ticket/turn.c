#include "ticket/turn.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "center/county.h"
#include "center/log.h"
#include "center/org.h"

bool turn_of_party(struct center *center, const struct ticket *ticket, int64_t at, int limit_days,
                   struct turn *turn)
{
    const struct pause *pauses = turn->running.pauses;
    struct ticket own = *ticket;
    struct ticketclock clock;
    own.limit_days = limit_days;
    if (!center->config->party_clock_is_tickets)
        own.started_at = at;
    ticketclock_read(center, &own, &clock);
    bool good = running_deadline(center_calendar(center), &center->config->rule, &clock.running,
                                 &turn->deadline);
    turn->from = at;
    turn->running = clock.running;
    turn->running.pauses = pauses; /* those of the turn stay where they are */
    if (!pauses)
        turn->running.pause_count = 0;
    return good;
}

bool turn_of_pool(struct center *center, const char *kind, int64_t pool, int64_t at,
                  struct turn *turn)
{
    const struct calendar *calendar = center_calendar(center);
    struct deadline_rule rule = center->config->rule;
    /* What comes in after the close of business, or on a rest day, comes in on the next working
     * day. */
    rule.receipt_rolls = true;
    turn->role = CLOCK_DISPATCH;
    turn->org = pool;
    turn->from = at;
    turn->running.limit = config_dispatch_days(center->config, kind, county_at(center, pool));
    return deadline_start(calendar, &rule, at, &turn->running.start_day) &&
           running_deadline(calendar, &rule, &turn->running, &turn->deadline);
}

/* The next place in the list, empty but for the pauses; NULL where there is none. */
static struct turn *next_turn(struct turns *turns, int pauses)
{
    if (turns->count == TURNS_MOST)
        return NULL;
    struct turn *turn = &turns->list[turns->count];
    *turn = (struct turn){.running = {.pauses = turns->pauses, .pause_count = pauses}};
    return turn;
}

/* The last of what ends a party's clock, or the first: 0 is never. */
static int64_t earlier(int64_t a, int64_t b)
{
    return !a || (b && b < a) ? b : a;
}

/* SQL of a ticket and its round. */
static struct db_query *ask(struct db *db, const char *sql, const struct ticket *ticket)
{
    struct db_query *q = db_query(db, sql);
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    return q;
}

static const char PARTIES[] =
    "SELECT org_id, role = 'assist', at, ended_at, answered_at, entered_at,"
    " coalesce(late_granted, 0), limit_days, excused IS NOT NULL,"
    " EXISTS (SELECT 1 FROM association a WHERE a.org_id = route.org_id)"
    " FROM route WHERE ticket_id = ?1 AND round = ?2 ORDER BY id";

static void read_parties(struct center *center, const struct ticket *ticket, struct turns *turns,
                         int pauses)
{
    struct db_query *q = ask(center->db, PARTIES, ticket);
    while (db_step(q)) {
        struct turn *turn = next_turn(turns, pauses);
        if (!turn)
            continue;
        /* What was entered too late counts from its entry, until the center has said otherwise. */
        int64_t answered = db_number(q, 5) && !db_number(q, 6) ? db_number(q, 5) : db_number(q, 4);
        turn->org = db_number(q, 0);
        turn->role = db_number(q, 1) ? CLOCK_ASSIST : CLOCK_LEAD;
        turn->until = earlier(earlier(db_number(q, 3), answered), ticket->closed_at);
        turn->excused = db_number(q, 8) != 0;
        turn->association = db_number(q, 9) != 0;
        turns->count += turn_of_party(center, ticket, db_number(q, 2), (int)db_number(q, 7), turn);
    }
}

struct pooling {
    struct center *center;
    const char *kind;
    struct turns *turns;
    int64_t received; /* as corrected */
    int64_t since;    /* it waits since then; 0: it does not */
    int64_t pool;     /* whose: a county's center, 0 the city's */
    int round, wanted;
    bool held;
};

static void end_pooling(struct pooling *p, int64_t at, bool excused)
{
    struct turn *turn = p->since && p->round == p->wanted ? next_turn(p->turns, 0) : NULL;
    if (turn && turn_of_pool(p->center, p->kind, p->pool, p->since, turn)) {
        turn->until = at;
        turn->excused = excused;
        p->turns->count++;
    }
    p->since = 0;
}

static void take_pool(void *context, const char *key, const char *value)
{
    struct pooling *p = context;
    if (!strcmp(key, "center"))
        p->pool = value && *value ? org_find(p->center->db, value) : 0;
}

static bool puts_into_pool(const char *type)
{
    return !strcmp(type, "received") || !strcmp(type, "returned") ||
           !strcmp(type, "referred-back") || !strcmp(type, "handed-down");
}

/* What puts a ticket into a pool, and what takes it out, as the projection has it. A county that
 * gave it back and was right owes nothing. */
static void take_event(void *context, const struct event *event)
{
    struct pooling *p = context;
    const char *type = event->type;
    bool dispatched = !strcmp(type, "dispatched"), returned = !strcmp(type, "returned");
    if (dispatched || returned || !strcmp(type, "handed-down") ||
        !strcmp(type, "conference-opened") || !strcmp(type, "answered") || !strcmp(type, "closed"))
        end_pooling(p, event->at, returned);
    if (strstr(event->data, "\"center\""))
        json_each_written(event->data, take_pool, p);
    if (dispatched)
        p->held = true;
    if (puts_into_pool(type)) {
        p->since = !strcmp(type, "received") ? p->received : event->at;
        p->held = false;
    }
    if (!strcmp(type, "redo")) {
        p->round++;
        p->since = p->held ? 0 : event->at;
    }
}

/* What ended the wait of a ticket that waits no more. */
static int64_t pool_end(const struct ticket *t)
{
    return t->dispatched_at                  ? t->dispatched_at
           : t->answered_at                  ? t->answered_at
           : !strcmp(t->state, "conference") ? t->pooled_at
                                             : t->closed_at;
}

static void read_pool(struct center *center, const struct ticket *ticket, bool whole,
                      struct turns *turns)
{
    bool waits = ticket->pooled_at && !strcmp(ticket->state, "received");
    struct pooling pooling = {.center = center,
                              .kind = ticket->kind,
                              .received = ticket->received_at,
                              .turns = turns,
                              .round = 1,
                              .wanted = ticket->round};
    if (whole)
        event_each(center->db, ticket->id, take_event, &pooling);
    if (waits) {
        pooling.round = ticket->round;
        pooling.since = ticket->pooled_at;
        pooling.pool = ticket->center;
    }
    end_pooling(&pooling, waits ? 0 : pool_end(ticket), false);
    /* What is declined in time was not to be dispatched. */
    bool declined = ticket->closed_as && !strcmp(ticket->closed_as, "declined");
    if (declined && turns->count)
        turns->list[turns->count - 1].excused = true;
    int64_t city = turns->count ? county_org(center, NULL) : 0;
    for (int i = 0; i < turns->count; i++)
        turns->list[i].org = turns->list[i].org ? turns->list[i].org : city;
}

static const char GRANTED[] = "SELECT decided_at, days FROM request WHERE ticket_id = ?1"
                              " AND round = ?2 AND act = 'extension' AND granted = 1"
                              " ORDER BY decided_at, id";

static void read_granted(struct db *db, const struct ticket *ticket, struct turns *turns)
{
    struct db_query *q = ask(db, GRANTED, ticket);
    turns->granted_count = 0;
    while (db_step(q))
        if (turns->granted_count < TURNS_MOST_GRANTED)
            turns->granted[turns->granted_count++] =
                (struct granted){db_number(q, 0), (int)db_number(q, 1)};
}

void turns_ahead(struct center *center, const struct ticket *ticket, bool whole)
{
    db_ahead(ask(center->db, GRANTED, ticket));
    ticketclock_ahead(center, ticket);
    if (whole)
        event_each_ahead(center->db, ticket->id);
    db_ahead(ask(center->db, PARTIES, ticket));
}

void turns_read(struct center *center, const struct ticket *ticket, bool whole, struct turns *turns)
{
    turns->count = 0;
    if (db_looks_ahead(center->db))
        turns_ahead(center, ticket, whole);
    read_granted(center->db, ticket, turns);
    int pauses = ticketclock_pauses(center, ticket, turns->pauses);
    read_pool(center, ticket, whole, turns);
    read_parties(center, ticket, turns, pauses);
}

const struct turn *turns_last(const struct turns *turns, enum clock_role role, int64_t org)
{
    const struct turn *found = NULL;
    for (int i = 0; i < turns->count; i++)
        if (turns->list[i].role == role && turns->list[i].org == org)
            found = &turns->list[i];
    return found;
}

int64_t turn_level_at(const struct center *center, const struct turns *turns,
                      const struct turn *turn, const struct level *level)
{
    const struct calendar *calendar = center_calendar(center);
    const struct deadline_rule *rule = &center->config->rule;
    struct running clock = turn->running;
    int count = turn->role == CLOCK_LEAD ? turns->granted_count : 0;
    for (int i = 0; i < count; i++)
        clock.limit -= turns->granted[i].days;
    int64_t at = running_level_at(calendar, rule, &clock, level->after);
    for (int i = 0; i < count && at > turns->granted[i].at; i++) {
        clock.limit += turns->granted[i].days;
        at = running_level_at(calendar, rule, &clock, level->after);
    }
    return at;
}
