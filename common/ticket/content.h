/* content: what was received of a ticket, under the digest that its first event names (content). */
#ifndef QIFU_TICKET_CONTENT_H
#define QIFU_TICKET_CONTENT_H

#include "base/text.h"
#include "center/compare.h"
#include "center/log_form.h"
#include "ticket/ticket.h"

/* What TICKET says; its texts stay the ticket's. */
struct log_content content_of(const struct ticket *ticket);

/* Appends the digest of what TICKET says to an event's data; SCRATCH is overwritten. */
void content_add(struct text *data, const struct ticket *ticket, struct seals *seals,
                 struct text *scratch);

/* What was received of STORED, without the corrections since the event that told it; in ARENA, or
 * STORED's own. */
struct log_content content_then(struct db *db, const struct ticket *stored, int64_t event_id,
                                struct arena *arena);

/* The first event of a ticket that names a digest, for the replay. Zeroed: none does. */
struct told_content {
    int64_t event_id;
    char digest[DIGEST_TEXT_SIZE];
    struct seals seals;
    bool is_corrected; /* since then */
};

/* Takes the next event, the row Q of which begins with type, at, data, id, seed. */
void content_follow(struct told_content *told, struct db_query *q);

/* Reports where what is stored, without the corrections since then, has another digest. */
void content_compare(const struct told_content *told, struct db *db, const struct ticket *stored,
                     const struct comparison *comparison);

#endif
