#include "ticket/clock.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"

static const char EVER[] = "SELECT EXISTS (SELECT 1 FROM suspension)";

static bool has_suspensions(struct center *center)
{
    if (center->has_suspensions < 0)
        center->has_suspensions = (int)db_count(center->db, EVER);
    return center->has_suspensions;
}

static struct db_query *ask_pauses(struct db *db, const struct ticket *ticket)
{
    struct db_query *q = db_query(db, "SELECT from_at, until_at FROM suspension WHERE"
                                      " ticket_id = ?1 AND round = ?2 ORDER BY from_at");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    return q;
}

void ticketclock_ahead(struct center *center, const struct ticket *ticket)
{
    if (center->has_suspensions < 0)
        db_ahead(db_query(center->db, EVER));
    if (center->has_suspensions)
        db_ahead(ask_pauses(center->db, ticket));
}

int ticketclock_pauses(struct center *center, const struct ticket *ticket, struct pause *pauses)
{
    int count = 0;
    if (!has_suspensions(center))
        return 0;
    struct db_query *q = ask_pauses(center->db, ticket);
    while (count < TICKETCLOCK_MOST_PAUSES && db_step(q)) {
        int64_t from = db_number(q, 0);
        int day = clock_day(from);
        pauses[count++] = (struct pause){day, clock_day(db_number(q, 1)),
                                         from > clock_moment(day, center->config->rule.day_end)};
    }
    db_reset(q);
    return count;
}

void ticketclock_read(struct center *center, const struct ticket *ticket, struct ticketclock *clock)
{
    const struct kind *kind = config_kind(center->config, ticket->kind);
    bool until_a_day = ticket->until_day && ticket->round == 1;
    clock->running = (struct running){.limit = ticket->limit_days,
                                      .natural = kind && kind->natural && !until_a_day,
                                      .pauses = clock->pauses};
    deadline_start(center_calendar(center), &center->config->rule, ticket->started_at,
                   &clock->running.start_day);
    clock->running.pause_count = ticketclock_pauses(center, ticket, clock->pauses);
}

static struct db_query *ask_round(struct db *db, const struct ticket *ticket, int number)
{
    struct db_query *q =
        db_query(db, "SELECT started_at, limit_days, due_at, answered_at,"
                     " calendar_id FROM round WHERE ticket_id = ?1 AND round = ?2");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, number);
    return q;
}

void ticketclock_rounds_ahead(struct db *db, const struct ticket *ticket)
{
    for (int number = 1; number <= ticket->round; number++)
        db_ahead(ask_round(db, ticket, number));
}

bool ticketclock_round(struct db *db, const struct ticket *ticket, int number, struct ticket *round)
{
    struct db_query *q = ask_round(db, ticket, number);
    bool found = db_step(q);
    *round = *ticket;
    round->round = number;
    round->started_at = db_number(q, 0);
    round->limit_days = (int)db_number(q, 1);
    round->due_at = db_number(q, 2);
    round->answered_at = db_number(q, 3);
    round->calendar_id = db_number(q, 4);
    db_reset(q);
    return found;
}

int ticketclock_errand_days(struct center *center, const struct ticket *ticket)
{
    const struct calendar *calendar = center_calendar(center);
    struct deadline first = {.start_day = clock_day(ticket->received_at)};
    if (!ticket->until_day || ticket->round > 1)
        return 0;
    deadline_compute(calendar, &center->config->rule, ticket->received_at, 1, &first);
    int days = calendar_count(calendar, first.start_day, ticket->until_day);
    return days > 0 ? days : 1;
}

int ticketclock_overdue(struct center *center, const struct ticket *ticket, int64_t now)
{
    struct ticketclock clock;
    ticketclock_read(center, ticket, &clock);
    return running_overdue(center_calendar(center), &center->config->rule, &clock.running, now);
}

int ticketclock_level_index(const struct config *config, const char *code)
{
    for (int i = 0; code && i < config->level_count; i++)
        if (!strcmp(config->levels[i].term.code, code))
            return i;
    return -1;
}

bool ticketclock_write(struct center *center, const struct ticket *ticket, struct text *data)
{
    struct ticketclock clock;
    struct deadline deadline;
    ticketclock_read(center, ticket, &clock);
    if (!running_deadline(center_calendar(center), &center->config->rule, &clock.running,
                          &deadline))
        return false;
    json_add_number(data, "due", deadline.due_at);
    json_add_number(data, "provisional", deadline.provisional);
    json_add_number(data, "calendar", center_calendar_version(center));
    return true;
}
