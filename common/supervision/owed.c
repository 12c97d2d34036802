#include "supervision/owed.h"

#include <string.h>

#define COLUMNS                                                                                    \
    "SELECT s.id, t.id, t.title, t.confidential, s.role, s.level, s.document, s.reason, s.reply,"  \
    " s.supervisor, s.org_id, s.level_at, s.reply_due_at, s.acknowledged_at, s.replied_at,"        \
    " s.refused_at, s.revoked_at, s.accountability, s.provisional"                                 \
    " FROM supervision s JOIN ticket t ON t.id = s.ticket_id "
#define BY_REPLY_DUE " ORDER BY s.reply_due_at, s.id"

static struct owed read_row(struct db_query *q)
{
    return (struct owed){.number = db_number(q, 0),
                         .ticket = {.id = db_number(q, 1),
                                    .title = db_text(q, 2),
                                    .confidential = db_number(q, 3) != 0},
                         .role = db_text(q, 4),
                         .level = db_text(q, 5),
                         .document = db_text(q, 6),
                         .reason = db_text(q, 7),
                         .reply = db_text(q, 8),
                         .supervisor = db_number(q, 9),
                         .lead = db_number(q, 10),
                         .level_at = db_number(q, 11),
                         .reply_due_at = db_number(q, 12),
                         .acknowledged_at = db_number(q, 13),
                         .replied_at = db_number(q, 14),
                         .refused_at = db_number(q, 15),
                         .revoked_at = db_number(q, 16),
                         .accountability = db_number(q, 17) != 0,
                         .provisional = db_number(q, 18) != 0};
}

static void take_rows(struct db_query *q, owed_take *take, void *context)
{
    while (db_step(q)) {
        const struct owed owed = read_row(q);
        take(context, &owed);
    }
}

void owed_each(struct db *db, enum owed_which which, owed_take *take, void *context)
{
    static const char *const texts[] = {
        [OWED_WITHOUT_REPLY] =
            COLUMNS "WHERE s.replied_at IS NULL AND s.revoked_at IS NULL" BY_REPLY_DUE,
        [OWED_WITH_REPLY] =
            COLUMNS "WHERE s.replied_at IS NOT NULL AND s.revoked_at IS NULL" BY_REPLY_DUE,
        [OWED_ALL] = COLUMNS BY_REPLY_DUE};
    take_rows(db_query(db, texts[which]), take, context);
}

void owed_of_ticket(struct db *db, int64_t ticket_id, owed_take *take, void *context)
{
    struct db_query *q = db_query(db, COLUMNS "WHERE s.ticket_id = ?1 ORDER BY s.id");
    db_bind(q, 1, ticket_id);
    take_rows(q, take, context);
}

bool owed_get(struct db *db, int64_t number, struct arena *arena, struct owed *owed)
{
    struct db_query *q = db_query(db, COLUMNS "WHERE s.id = ?1");
    db_bind(q, 1, number);
    bool found = db_step(q);
    if (found) {
        *owed = read_row(q);
        const char **const texts[] = {&owed->ticket.title, &owed->role,   &owed->level,
                                      &owed->document,     &owed->reason, &owed->reply};
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            if (*texts[i])
                *texts[i] = arena_string(arena, *texts[i]);
    }
    db_reset(q);
    return found;
}

enum owed_state owed_state(const struct owed *owed, int64_t now)
{
    if (owed->revoked_at)
        return OWED_REVOKED;
    if (owed->replied_at)
        return owed->replied_at > owed->reply_due_at ? OWED_REPLIED_LATE : OWED_REPLIED;
    return now > owed->reply_due_at ? OWED_LATE : OWED_WAITING;
}

static const char *const states[][2] = {[OWED_WAITING] = {"waiting", "待回复"},
                                        [OWED_LATE] = {"late", "逾期未复"},
                                        [OWED_REPLIED] = {"replied", "已回复"},
                                        [OWED_REPLIED_LATE] = {"replied-late", "逾期回复"},
                                        [OWED_REVOKED] = {"revoked", "撤销"}};

const char *owed_state_code(enum owed_state state)
{
    return states[state][0];
}

const char *owed_state_name(enum owed_state state)
{
    return states[state][1];
}

const char *owed_role_name(const char *role)
{
    for (enum clock_role clock = 0; clock < CLOCK_ROLES; clock++)
        if (!strcmp(role, config_role(clock)))
            return config_role_name(clock);
    return config_order_name;
}
