/* ticket: one request of an enterprise: adding it, reading it. */
#ifndef QIFU_TICKET_TICKET_H
#define QIFU_TICKET_TICKET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/text.h"
#include "catalogue/weighing.h"
#include "center/center.h"
#include "ticket/field.h"

/* A ticket as it is stored. Texts belong to whoever filled it in. */
struct ticket {
    int64_t id;
    const char *source, *ref, *channel, *kind, *kind_by, *title, *body;
    const char *enterprise, *uscc, *contact, *phone, *region, *category, *extra;
    int64_t received_at;
    int64_t policy, entry, liaison; /* ids of what it asks about or came from; 0: of none */
    bool errand;                    /* of the center: no request of an enterprise */
    int until_day; /* the first round's limit is counted to this day; 0: the kind's limit */

    /* The projection of the ticket's events (projection.h). Moments: 0 is not yet. */
    const char *state;
    bool confidential;
    int round;
    int64_t started_at; /* when the round's clock started */
    int limit_days;     /* working days of the round, extension included */
    int64_t center;     /* the county's center whose it is; 0: the city's (county.h) */
    int64_t pooled_at;  /* since when it waits for dispatch; 0: it was dispatched */
    int64_t lead;       /* organisation, 0: none */
    int64_t dispatched_at, accept_due_at, accepted_at;
    int64_t suspended_at, suspended_until;
    int64_t answered_at, first_answered_at;
    int rating; /* 0: none */
    int64_t rated_at;
    const char *outcome; /* of the follow-up, NULL: none */
    int64_t closed_at;
    const char *closed_as; /* NULL: not closed */
    int returns;
    int64_t merged_into; /* 0: not merged */
    int callers;
    int64_t due_at;
    bool provisional;
    int64_t calendar_id;
    const char *level;     /* highest fired in this round, NULL: none */
    int64_t next_level_at; /* 0: none is to come */
};

/* How intakes are judged; shared by all rows of an import. */
struct intake {
    struct center *center;
    struct rule_set kind_rules;
    bool kind_rules_loaded;
    struct weighing weighing;
    int64_t calendar_id;
    const char *source, *channel; /* where a row names none; NULL: the configuration's */
    bool filed; /* with the center of COUNTY (NULL: the city's), not that of their channel */
    const struct county *county;
    bool confidential; /* the tickets that follow are */
    bool from_file;    /* rows, which must have a number and a receipt of their own */
    bool without_ref;  /* but these need no number */
    int64_t received;  /* where a row has none; 0: rows must, one from options is now */

    /* private, of the present ticket */
    const struct county *at; /* whose center it is filed with; NULL: the city's */
    struct text title, ref, kind_by, data;
    bool given[TICKET_FIELD_COUNT];
};

/* The intake reads the kind rules only when a message without a kind comes. */
struct intake intake_new(struct center *center);
void intake_free(struct intake *intake);

/* Dies where the kind rules name a kind that the configuration does not know. */
void intake_check_rules(struct intake *intake);

/* Such a row will come: whether its number is known is asked (db_ahead). */
void intake_ahead(struct intake *intake, char *const *values, const char *extra);

/* Makes a ticket of VALUES (by enum ticket_field, NULL where absent) and EXTRA: finds codes, kind
 * and deadline. Its texts live as long as VALUES, and until the next call. Where something is
 * wrong returns false and writes all that is to FAULT; a NOTE is something odd
 * that does not stop the ticket, else "". A row without a number gets a fingerprint of its values
 * for one, so that the same row is never taken in twice. */
bool intake_ticket(struct intake *intake, char *const *values, const char *extra,
                   struct ticket *ticket, struct fault *fault, struct fault *note);

enum ticket_added {
    TICKET_ADDED,
    TICKET_KNOWN, /* it is there, and says the same */
    TICKET_OTHER  /* its number is there with other content */
};

/* Adds the ticket that was just taken in, and its event, inside a write transaction; fills in its
 * id, or that of the existing ticket if source and ref are known. The content that is compared is
 * what the row gives for the ticket's fields, without extra. OTHER comes with a FAULT. */
enum ticket_added ticket_add(struct intake *intake, struct ticket *ticket, struct fault *fault);

/* Reads the ticket with this id into ARENA; NULL where there is none. */
struct ticket *ticket_get(struct db *db, int64_t id, struct arena *arena);

/* The id of the ticket with this source and ref, or 0. */
int64_t ticket_find(struct db *db, const char *source, const char *ref);
/* The tickets with these ids, in ARENA, in a list to be freed; NULL for one that is not there. */
struct ticket **ticket_get_all(struct db *db, const int64_t *ids, int count, struct arena *arena);
/* How many IDS, from the first on, are all different: what can be done at once. */
int ticket_distinct(const int64_t *ids, int count);
/* These two will be asked (db_ahead). */
void ticket_find_ahead(struct db *db, const char *source, const char *ref);
void ticket_get_ahead(struct db *db, int64_t id);

/* What a rule is asked about; FACTS, owned by the caller, must outlive the subject's use. */
struct ticket_facts {
    const struct ticket *ticket;
    struct arena arena;
};
struct rule_subject ticket_subject(const struct ticket *ticket, struct ticket_facts *facts);
void ticket_facts_free(struct ticket_facts *facts);

/* The names of who sent it, ended by NULL, as they are known: they are no sign of whose matter it
 * is. */
enum { TICKET_SENDER_NAMES = 4 };
void ticket_name_sender(const struct ticket *ticket, const char *names[TICKET_SENDER_NAMES + 1]);

/* Which tickets a list shows; zeroed asks for all. Of the words of one field any will do. */
struct ticket_filter {
    struct wanted states, kinds, channels, regions, sources, levels;
    struct wanted refs;                /* the source's own numbers */
    struct wanted enterprises;         /* parts of names, or credit codes */
    const char *firm_code, *firm_name; /* of one: its code, or where there is none its whole name */
    int64_t association;               /* of its members; 0: any */
    struct wanted contacts;            /* parts of names */
    struct wanted phones;              /* digits, the last ones or all */
    struct wanted closed_as;           /* codes */
    int problem_after;                 /* not closed, after as many redos and returns; 0: any */
    const char *text;
    struct wanted orgs;                 /* codes: lead or assist */
    struct wanted centers;              /* codes of counties' centers; "": the city's */
    const char *interpreter;            /* of the policy that it asks about */
    int64_t origins[TICKET_ORIGINS];    /* what it asks about or came from; 0: any */
    int64_t due_from, due_to;           /* moments; 0: open */
    int64_t received_from, received_to; /* moments; 0: open */
    int64_t id_from, id_to;             /* 0: open */
    int64_t accept_due_to;              /* should have been signed in by then, and is not; 0: any */
    bool open_only;                     /* neither answered nor closed */
    bool whole_text;  /* TEXT is looked for also in what is masked or confidential */
    const char *sort; /* id, due, received; NULL: id */
    bool reverse;
    int64_t limit; /* 0: no limit */
    bool whole;    /* with body and extra */
};

/* Of a ticket t: it is not closed, and its redos and granted returns are at least (疑难工单). */
#define TICKET_IS_PROBLEM "t.closed_at IS NULL AND t.round - 1 + t.returns >="

/* How many there are. */
int64_t ticket_count(struct db *db);

/* Calls TAKE for each ticket of the database itself, whatever stands aside (db_shadow); ordered by
 * id. Texts live during the call. */
void ticket_each_stored(struct db *db, void (*take)(void *, const struct ticket *), void *context);

/* Calls TAKE for each ticket that FILTER lets through. The ticket has no body and no extra unless
 * they are asked for; its
 * texts live during the call. */
void ticket_each(struct db *db, const struct ticket_filter *filter,
                 void (*take)(void *, const struct ticket *), void *context);

/* Ids of at most LIMIT answered tickets above AFTER that have waited for a rating for longer than
 * the configuration allows; returns how many. */
int ticket_unrated(struct center *center, int64_t after, int64_t *ids, int limit);

/* Logs, inside a write transaction, that PROGRAM looked for TEXT in what is masked or confidential,
 * and MATCHED tickets have it. */
void ticket_log_search(struct center *center, const char *program, const char *text,
                       int64_t matched);

/* The same, in a transaction of its own, where FILTER looks for a person, before anything is found.
 */
void ticket_log_lookup(struct center *center, const char *program,
                       const struct ticket_filter *filter);

/* The code of the state called WORD (code or Chinese), or NULL; the state's name in Chinese; the
 * nearest state to WORD. */
const char *ticket_state(const char *word);
const char *ticket_state_name(const char *code);
const char *ticket_state_code(int number); /* from 0, in the loop's order; NULL past the last */
const char *ticket_nearest_state(const char *word);
/* A list of all states for fault_unknown, in LIST of SIZE bytes. */
const char *ticket_list_states(char *list, size_t size);

/* Calls TAKE for the tickets with ids from FIRST to LAST: only id, due_at and kind are filled in.
 */
void ticket_each_new(struct db *db, int64_t first, int64_t last,
                     void (*take)(void *, const struct ticket *), void *context);

/* True where NAME is something that lists sort by. */
bool ticket_can_sort(const char *name);

#endif
