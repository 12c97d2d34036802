/* One ticket's levels being brought to what its judgment says: what firing them (escalation.c) and
 * changing those that have fired (settling.c) share. */
#ifndef QIFU_SUPERVISION_SETTLING_PRIVATE_H
#define QIFU_SUPERVISION_SETTLING_PRIVATE_H

#include "base/text.h"
#include "supervision/escalation.h"

struct settling {
    struct ladder *ladder;
    struct ticket *ticket;
    int round; /* that is judged, the present one or an earlier */
    struct arena *arena;
    struct judgment judgment;
    const struct turns *turns; /* of the present round, while nothing has changed them; or NULL */
    int64_t until;
    supervision_take *take;
    void *context;
};

/* The level of the configuration with this index. */
const struct level *settling_level(const struct settling *s, int level);

/* Who supervises it: while it is provisional its center itself (qifu-rules(7)). */
int64_t settling_supervisor(const struct settling *s, const struct verdict *verdict);

/* True where it opens accountability. */
bool settling_opens(const struct settling *s, const struct verdict *verdict);

/* Tells the caller of the escalation what became of a level; WHY of one that was revoked, or NULL.
 */
void settling_tell(const struct settling *s, enum level_change change,
                   const struct verdict *verdict, const char *why);

/* Starts an event's data with the level at KEY: the lead's is the ticket's, of another clock role
 * and organisation stand beside it. */
void settling_begin(const struct settling *s, struct text *data, const struct verdict *verdict,
                    const char *key);

/* Ends the data with when the next level begins, and logs the event; frees DATA. */
void settling_record(struct settling *s, const char *type, int64_t at, struct text *data);

/* What the next event of the ticket is to say of an order, besides its number: what is 0 or NULL it
 * does not. */
struct said_order {
    int64_t id, org, due_at, swept_at, reply_due_at;
    const char *document;
};
void settling_say(const struct settling *s, const struct said_order *said);

/* By when an order that is given now must be replied to. */
int64_t settling_reply_due(const struct settling *s, const struct level *level);

/* Revokes, moves or confirms the orders of the judgment that stood on BEFORE (NULL: all) and are
 * otherwise now, and their reply dates; CAUSE is the type of the event that showed it. */
void settling_orders(struct settling *s, const struct judgment *before, const char *cause);

#endif
