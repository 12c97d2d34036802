/* owed: orders of supervision (督办), of a level or by hand: those that wait for a reply, those
 * that have one, a ticket's own. What was revoked is owed by nobody, and stays readable. */
#ifndef QIFU_SUPERVISION_OWED_H
#define QIFU_SUPERVISION_OWED_H

#include "ticket/ticket.h"

struct owed {
    int64_t number;       /* of the order */
    struct ticket ticket; /* id, title and confidentiality only */
    const char *role;     /* lead, assist, dispatch, order (by hand) */
    const char *level, *document;
    const char *reason;       /* of an order by hand */
    const char *reply;        /* NULL where there is none */
    int64_t supervisor, lead; /* who orders, and who owes the reply */
    int64_t level_at, reply_due_at, acknowledged_at, replied_at; /* 0: not yet */
    int64_t refused_at, revoked_at;                              /* 0: it was not */
    bool accountability, provisional;
};
typedef void owed_take(void *context, const struct owed *owed);

enum owed_state { OWED_WAITING, OWED_LATE, OWED_REPLIED, OWED_REPLIED_LATE, OWED_REVOKED };

/* How an order stands at NOW; the state's code and the office's word. */
enum owed_state owed_state(const struct owed *owed, int64_t now);
const char *owed_state_code(enum owed_state state);
const char *owed_state_name(enum owed_state state);
/* The code's word for whose clock it is, or that it was ordered by hand. */
const char *owed_role_name(const char *role);

enum owed_which {
    OWED_WITHOUT_REPLY, /* that wait for a reply */
    OWED_WITH_REPLY,
    OWED_ALL /* the revoked ones too */
};

/* Calls TAKE for each order, the one whose reply is due first first. Texts live during the call. */
void owed_each(struct db *db, enum owed_which which, owed_take *take, void *context);

/* The same for each order on a ticket, the revoked ones too, in the order of their numbers. */
void owed_of_ticket(struct db *db, int64_t ticket_id, owed_take *take, void *context);

/* Reads the order NUMBER, its texts into ARENA; false where there is none. */
bool owed_get(struct db *db, int64_t number, struct arena *arena, struct owed *owed);

#endif
