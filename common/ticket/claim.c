#include "ticket/claim.h"

#include "center/org.h"
#include "center/told.h"
#include "ticket/turn.h"

/* The turn that the part belongs to; NULL where it owes nothing. */
static const struct turn *turn_of(const struct turns *turns, int64_t org)
{
    for (int i = 0; i < turns->count; i++) {
        const struct turn *turn = &turns->list[i];
        if (turn->role != CLOCK_DISPATCH && turn->org == org && !turn->excused)
            return turn;
    }
    return NULL;
}

static bool decides(struct center *center, const struct ticket *ticket, int64_t org, int64_t at,
                    int64_t entered_at)
{
    struct turns turns;
    turns_read(center, ticket, false, &turns);
    const struct turn *turn = turn_of(&turns, org);
    bool answers = turn && turn->role == CLOCK_LEAD && at <= ticket->due_at;
    return turn && (turn->deadline.due_at < entered_at || (answers && ticket->due_at < entered_at));
}

void claim_ask(struct center *center, const struct ticket *ticket, int64_t org, int64_t at,
               int64_t entered_at)
{
    if (!decides(center, ticket, org, at, entered_at))
        return;
    int64_t id = db_next_id(center->db, "request");
    struct db_query *q =
        db_query(center->db,
                 "INSERT INTO request (ticket_id, round, act, org_id, asked_at, reason,"
                 " basis, id) VALUES (?1, ?2, 'revocation', ?3, ?4, '" CLAIM_REASON "', '', ?5)");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    db_bind(q, 3, org);
    db_bind(q, 4, entered_at);
    db_bind(q, 5, id);
    db_run(q);
    struct text *row = told_start(center->db, ticket->id, "request", id);
    json_add_text(row, "act", "revocation");
    json_add_number(row, "round", ticket->round);
    org_add_code(row, "org", center->db, org);
    json_add_number(row, "asked", entered_at);
    told_end(row);
}

static struct db_query *ask_late(struct db *db, const struct ticket *ticket)
{
    struct db_query *q = db_query(
        db, "SELECT round, org_id, answered_at, entered_at FROM route p WHERE ticket_id = ?1"
            " AND entered_at IS NOT NULL AND late_granted IS NULL AND NOT EXISTS (SELECT 1"
            " FROM request r WHERE r.ticket_id = p.ticket_id AND r.round = p.round AND"
            " r.org_id = p.org_id AND r.act = 'revocation' AND r.asked_at = p.entered_at)"
            " ORDER BY id");
    db_bind(q, 1, ticket->id);
    return q;
}

void claim_ahead(struct db *db, const struct ticket *ticket)
{
    db_ahead(ask_late(db, ticket));
}

void claim_ask_again(struct center *center, const struct ticket *ticket)
{
    struct db_query *q = ask_late(center->db, ticket);
    while (db_step(q)) {
        struct ticket round = *ticket;
        if (db_number(q, 0) != ticket->round &&
            !ticketclock_round(center->db, ticket, (int)db_number(q, 0), &round))
            continue;
        claim_ask(center, &round, db_number(q, 1), db_number(q, 2), db_number(q, 3));
    }
}
