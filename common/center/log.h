/* event: the append-only log. Every change writes one in its own transaction. Each event carries
 * the SM3 digest of the digest before it and of its own bytes (log_form.h), so that none can be
 * changed, removed or moved without all that follow telling. */
#ifndef QIFU_CENTER_LOG_H
#define QIFU_CENTER_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "center/center.h"

struct text;

/* Of which record an event is. */
enum event_record {
    RECORD_CENTER,
    RECORD_ORG,
    RECORD_MEMBER,
    RECORD_TICKET,
    RECORD_ENTERPRISE,
    RECORD_ASSOCIATION,
    RECORD_LIAISON,
    RECORD_NOTICE,
    RECORD_MAIL,
    RECORD_POLICY,
    RECORD_SOURCE,
    RECORD_SURVEY,
    RECORD_BALLOT,
    RECORD_KNOWLEDGE,
    RECORD_CONSULTATION,
    RECORD_ENTRY
};

/* What a type of event does. */
enum {
    EVENT_ENDS_REQUESTS = 1, /* what was asked of the center and not decided falls away */
    EVENT_MARKED = 2         /* the ledger of a deadline has it (sla-check --explain) */
};

/* A type of event: a row of the one table of them. */
struct event_kind {
    const char *code, *word; /* dispatched, 派发 */
    enum event_record record;
    int does;
};

/* The id in a replay of what an upgrade has to say, and nobody has written into the log yet. */
#define EVENT_TO_COME INT64_MAX

struct event {
    int64_t id;        /* given by event_add */
    int64_t ticket_id; /* 0: about the center itself */
    const char *type;  /* received, dispatched, ... (qifu-log(7)) */
    int64_t at;
    int64_t recorded_at; /* given by event_add */
    const char *actor;
    const char *data; /* a JSON object */
    /* of event_seed: with which what DATA tells by a digest was sealed; NULL: nothing was */
    const uint8_t *seed;
};

/* Appends EVENT, inside a write transaction (center_begin). It is entered at the transaction's
 * moment or, where the clock was set back since, at that of the event before it: the log's own time
 * never goes back. How many seconds a machine's clock was behind is noted in the event's data, as
 * "clock_behind". */
void event_add(struct center *center, const struct event *event);

/* Logs what rows have told (told.h) and no event has taken up: of the struct center CENTER. */
void event_add_rest(void *center);

/* The seed of the next event's seals (seal.h), of SEED_SIZE bytes: random, but in a demo, where
 * nobody's data are, so that the same acts give the same log. Inside a write transaction. */
void event_seed(struct center *center, uint8_t *seed);

/* Ends the JSON object DATA, adds the event of the ticket (0: of the center), by the one who runs
 * the program, and frees DATA. AT 0 is now. */
void event_log(struct center *center, int64_t ticket_id, const char *type, int64_t at,
               struct text *data);

/* Dies where who acts may not see them (permit.h). Logs that PROGRAM shows personal data
 * (查看个人信息), inside a write transaction: those of the ticket (0: of none). KEY and VALUE say
 * more, where they are not NULL. */
void event_add_unmasked(struct center *center, int64_t ticket_id, const char *program,
                        const char *key, const char *value);

/* event_each, event_add will be called for the ticket (db_ahead). */
void event_each_ahead(struct db *db, int64_t ticket_id);
void event_add_ahead(struct center *center, int64_t ticket_id);

/* The event of a row that begins with id, ticket_id, type, at, recorded_at, actor, data. */
struct event event_read(struct db_query *q);

/* Calls TAKE for each event of a ticket, in order. The event's texts live during the call. */
void event_each(struct db *db, int64_t ticket_id, void (*take)(void *, const struct event *),
                void *context);

/* The same in the order in which they happened. */
void event_each_by_time(struct db *db, int64_t ticket_id,
                        void (*take)(void *, const struct event *), void *context);

/* The type called CODE, or NULL. */
const struct event_kind *event_find(const char *code);
/* The office's word for a type of event (受理, 派发, ...), or the type itself. */
const char *event_word(const char *type);
/* The types of events, by number from 0 on; NULL behind the last. */
const char *event_type(int number);

/* The digest of the first event, in hexadecimal: it tells one center from another. "" where there
 * is none. */
void event_first_digest(struct db *db, char digest[static DIGEST_TEXT_SIZE]);

/* Recomputes the chain from its start. Returns 0 where it is whole, else the id of the first event
 * that does not follow from the one before (one past the last where the end was cut off cannot be
 * seen here: hand over HEAD and ask for it later). HEAD (of DIGEST_TEXT_SIZE) is the last digest
 * in hexadecimal. Where SINCE is not NULL, *FOUND says whether that digest is one of the chain's.
 */
int64_t event_verify(struct db *db, const char *since, bool *found, char *head);

#endif
