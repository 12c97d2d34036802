/* consult: draft policies sent out for opinions (征求意见): a ticket to each addressee, the
 * opinions that come back, whether the drafter adopts them and why, and who was told
 * (qifu-rules(7)).
 */
#ifndef QIFU_OPINION_CONSULTATION_H
#define QIFU_OPINION_CONSULTATION_H

#include <stdbool.h>
#include <stdint.h>

#include "act/apply.h"
#include "base/fault.h"

/* The fields that a table of opinions may bring, ended by NULL. */
extern const char *const opinion_fields[];
enum opinion_field { OPINION_CONSULTATION, OPINION_BY, OPINION_TEXT, OPINION_AT };

/* Their rows and those of opinions, made by their events (projected.h). */
extern const struct projected consultation_projected;

struct consultation {
    int64_t id;
    const char *title, *draft;
    int64_t org; /* who drafts it */
    int64_t opened_at;
    int until; /* day */
    /* how many; filled in by consult_load and consult_each */
    int64_t addressees, answered, opinions, adopted, declined;
};

/* The consultation called WORD by its id, or by its title where only one has it; 0: none. The same,
 * dying where there is none. */
int64_t consult_find(struct db *db, const char *word);
int64_t consult_need(struct db *db, const char *word);
/* Reads consultation ID, texts in ARENA; false where there is none. */
bool consult_load(struct db *db, int64_t id, struct arena *arena,
                  struct consultation *consultation);
/* Calls TAKE for each, the newest first. It has no draft; texts live during the call. */
void consult_each(struct db *db,
                  void (*take)(void *context, const struct consultation *consultation),
                  void *context);

/* Opens CONSULTATION, or goes on with the one of this drafter and title: stores its id, and opens a
 * ticket for each of COUNT addressees that has none yet, due at the end of the last day; calls TAKE
 * for these. False with a FAULT where the one that is there has another draft or
 * last day. Inside a write transaction, as all below that change something. */
bool consult_open(struct center *center, struct consultation *consultation, const int64_t *orgs,
                  int count, void (*take)(void *context, int64_t ticket, int64_t org),
                  void *context, struct fault *fault);

struct opinion {
    int64_t id, consultation, org;
    int64_t at;
    const char *text, *reason;       /* reason: NULL where it is not decided */
    int adopted;                     /* 1, 0, or -1: not decided */
    int64_t decided_at, reported_at; /* 0: not yet */
};

/* The acts on opinions, for the gate and for who prints them. */
extern const struct gate_record opinion_record;

/* Records an opinion of an addressee, stores its id, and answers the addressee's ticket with it
 * where that still waits. */
enum gate_result consult_give(struct acting *acting, struct opinion *opinion, bool at_given,
                              struct fault *fault);

/* What the drafter decides on an opinion. */
struct decision {
    bool adopted;
    const char *reason;
    int64_t by, at; /* by: 0 where nobody was named, the drafter */
};

/* Adopts or declines opinion ID; another decision than before is told to its giver anew. Fills in
 * OPINION, texts in ARENA and those of DECISION. */
enum gate_result consult_decide(struct center *center, int64_t id, const struct decision *decision,
                                struct arena *arena, struct opinion *opinion, struct fault *fault);

/* Calls TAKE for each opinion on consultation ID, in order. Texts live during the call. */
void consult_opinions(struct db *db, int64_t id,
                      void (*take)(void *context, const struct opinion *opinion), void *context);

/* One addressee. */
struct consultee {
    int64_t org, ticket, answered_at; /* 0: not yet */
    int64_t opinions;
};
void consult_addressees(struct db *db, int64_t id,
                        void (*take)(void *context, const struct consultee *consultee),
                        void *context);

/* Calls TAKE for each decided opinion whose giver was not told, or was told before where AGAIN.
 * Unless AGAIN or DRY_RUN notes that they are told now. */
void consult_feedback(struct center *center, int64_t id, bool again, bool dry_run,
                      void (*take)(void *context, const struct opinion *opinion), void *context);

#endif
