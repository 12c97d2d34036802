/* appeal_replay: the appeals on a ticket, from its events, beside the rows, for center-check. */
#ifndef QIFU_TICKET_APPEAL_REPLAY_H
#define QIFU_TICKET_APPEAL_REPLAY_H

#include "base/db.h"
#include "base/json.h"
#include "base/mem.h"
#include "center/compare.h"

/* An appeal as the events give it. */
struct told_appeal {
    const char *org, *figures, *reason, *basis, *decided_for;
    int64_t asked_at, decided_at;
    int granted; /* -1: not decided */
};

/* Those that the events seen so far have told; zeroed at the start, but for the arena, in which
 * their texts live. */
struct told_appeals {
    struct arena *arena;
    struct told_appeal *list;
    size_t count;
};

/* Takes an event, DATA being what it says (NULL: no JSON). */
void appeal_follow(struct told_appeals *appeals, const char *type, int64_t at,
                   const struct json *data);

/* Reports what is stored otherwise, and frees what APPEALS holds outside the arena. */
void appeal_compare(struct told_appeals *appeals, struct db *db,
                    const struct comparison *comparison);

#endif
