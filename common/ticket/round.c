#include "ticket/round.h"

#include "base/clock.h"
#include "base/json.h"
#include "ticket/clock.h"
#include "ticket/limit.h"

struct round_days round_count(struct center *center, const struct ticket *ticket,
                              int64_t answered_at)
{
    const struct calendar *calendar = center_calendar(center);
    struct ticketclock clock;
    int day = clock_day(answered_at);
    ticketclock_read(center, ticket, &clock);
    return (struct round_days){calendar_count(calendar, clock.running.start_day, day),
                               running_count(calendar, &clock.running, day)};
}

void round_store(struct center *center, const struct ticket *t, int64_t answered_at,
                 struct round_days days)
{
    struct db_query *q =
        db_query(center->db, "INSERT INTO round (ticket_id, round, lead, started_at, due_at,"
                             " answered_at, gross_days, net_days, calendar_id, limit_days)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
                             " ON CONFLICT (ticket_id, round) DO UPDATE SET"
                             " started_at = excluded.started_at, due_at = excluded.due_at,"
                             " gross_days = excluded.gross_days, net_days = excluded.net_days,"
                             " calendar_id = excluded.calendar_id,"
                             " limit_days = excluded.limit_days");
    db_bind(q, 1, t->id);
    db_bind(q, 2, t->round);
    if (t->lead)
        db_bind(q, 3, t->lead);
    db_bind(q, 4, t->started_at);
    db_bind(q, 5, t->due_at);
    db_bind(q, 6, answered_at);
    db_bind(q, 7, days.gross);
    db_bind(q, 8, days.net);
    db_bind(q, 9, t->calendar_id);
    db_bind(q, 10, t->limit_days);
    db_run(q);
}

static void add_round(struct text *list, const struct ticket *round, struct round_days days)
{
    text_add_char(list, list->length ? ',' : '[');
    json_start(list);
    json_add_number(list, "round", round->round);
    json_add_number(list, "started", round->started_at);
    json_add_number(list, "limit", round->limit_days);
    json_add_number(list, "due", round->due_at);
    json_add_number(list, "gross", days.gross);
    json_add_number(list, "net", days.net);
    json_add_number(list, "calendar", round->calendar_id);
    json_end(list);
}

bool round_judge(struct center *center, struct ticket *round, struct text *list)
{
    struct ticketclock clock;
    struct deadline deadline;
    ticketclock_read(center, round, &clock);
    if (!running_deadline(center_calendar(center), &center->config->rule, &clock.running,
                          &deadline))
        return false;
    round->due_at = deadline.due_at;
    round->calendar_id = center_calendar_version(center);
    struct round_days days = round_count(center, round, round->answered_at);
    round_store(center, round, round->answered_at, days);
    add_round(list, round, days);
    return true;
}

void round_again(struct center *center, const struct ticket *ticket, struct text *list)
{
    for (int i = 1; i <= ticket->round; i++) {
        struct ticket round;
        if (!ticketclock_round(center->db, ticket, i, &round))
            continue;
        if (i == 1)
            round.started_at = ticket->received_at;
        round.limit_days = limit_compute(center, ticket, i);
        round_judge(center, &round, list);
    }
}
