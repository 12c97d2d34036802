/* appeal_replay: the appeals on a ticket: the rows of appeal once more, from the ticket's events.
 */
#ifndef QIFU_TICKET_APPEAL_REPLAY_H
#define QIFU_TICKET_APPEAL_REPLAY_H

#include "base/json.h"
#include "base/mem.h"
#include "center/retold.h"

/* An appeal as the events give it. */
struct told_appeal {
    struct retold head;
    const char *figures, *reason, *basis, *decided_for;
    int64_t org, asked_at, decided_at;
    bool granted;
};

/* Those that the events seen so far have told; zeroed at the start, but for the arena, in which
 * their texts live, and the size of a row. */
struct told_appeals {
    struct arena *arena;
    struct retold_list list;
};

/* Takes an event, DATA being what it says (NULL: no JSON). */
void appeal_follow(struct told_appeals *appeals, struct db *db, const char *type, int64_t at,
                   const struct json *data);

/* Makes the rows of TICKET, and frees what APPEALS holds outside the arena. */
void appeal_make(struct told_appeals *appeals, struct db *db, int64_t ticket);

#endif
