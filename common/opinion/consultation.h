/* consult: draft policies sent out for opinions (征求意见): a ticket to each addressee
 * (qifu-rules(7)). What comes back is opinion.h's. */
#ifndef QIFU_OPINION_CONSULTATION_H
#define QIFU_OPINION_CONSULTATION_H

#include <stdbool.h>
#include <stdint.h>

#include "act/apply.h"
#include "base/fault.h"
#include "center/gate.h"

/* Their rows, made by their events (projected.h). */
extern const struct projected consultation_projected;

struct consultation {
    int64_t id;
    const char *title, *draft;
    int64_t org; /* who drafts it */
    int64_t opened_at;
    int until; /* day */
    /* filled in by consult_load and consult_each: since when it is open to enterprises and the
     * public (0: it is not), and why for less than is usual (NULL: not said) */
    int64_t public_at;
    const char *urgent;
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

/* What can be done to a consultation, for the gate and for who prints it. */
extern const struct gate_record consultation_record;

/* Whom a draft goes to. */
struct consult_call {
    const int64_t *orgs;
    int count;
    const int64_t *firms; /* enterprises by name */
    int firm_count;
    bool to_public;     /* and all enterprises */
    const char *urgent; /* why for less than is usual; NULL: not said */
};

/* Opens CONSULTATION by WHO and when, or goes on with the one of this drafter and title: stores its
 * id, and opens a ticket for each organisation of CALL that has none yet, due at the end of the
 * last day; asks its enterprises, and opens it to the public. Calls TAKE for those who are new,
 * with FIRM for an enterprise, with neither for the public. False with a FAULT where the one that
 * is there has another draft or last day, or the gate refuses. Inside a write transaction, as all
 * below that change something. */
bool consult_open(struct center *center, struct consultation *consultation,
                  const struct consult_call *call, const struct gate_who *who,
                  void (*take)(void *context, int64_t ticket, int64_t org, int64_t firm),
                  void *context, struct fault *fault);

/* The ticket that asks ORG for opinions on a consultation, or 0. */
int64_t consult_ticket(struct db *db, int64_t consultation, int64_t org);

/* Whether a consultation asks the enterprise FIRM (0: the public), or is open to all. */
bool consult_is_open_to(struct db *db, int64_t consultation, int64_t firm);

/* One addressee; FIRM is the name of an enterprise, which has neither ORG nor TICKET, or NULL. */
struct consultee {
    int64_t org, ticket, answered_at; /* 0: not yet */
    const char *firm;
    int64_t opinions;
};
void consult_addressees(struct db *db, int64_t id,
                        void (*take)(void *context, const struct consultee *consultee),
                        void *context);

#endif
