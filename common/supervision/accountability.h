/* accountability: the procedure (问责) that a level or an order opens: opened, handed over to who
 * decides, its result, published; for the unit and for persons (一案双查). It is the projection of
 * its events. */
#ifndef QIFU_SUPERVISION_ACCOUNTABILITY_H
#define QIFU_SUPERVISION_ACCOUNTABILITY_H

#include "base/fault.h"
#include "base/mem.h"
#include "center/center.h"
#include "center/gate.h"
#include "center/projected.h"

/* One who is held to account. */
struct accountable {
    const char *name, *post, *liability;
    const char *result; /* NULL: none yet */
    struct accountable *next;
};

struct accountability {
    int64_t number;
    int64_t supervision, ticket; /* the order that opened it, and its ticket */
    int64_t org;                 /* the unit; 0: nobody (before step 5) */
    const char *level;           /* config_order: opened by hand */
    int64_t opened_at, handed_at, result_at, published_at; /* 0: not yet */
    int64_t ended_at;                                      /* with the order; 0: it goes on */
    const char *handed_to; /* an organisation's code, or whoever else */
    const char *result;
    struct accountable *persons; /* by name */
};

/* Opens the procedure of an order, once; ends it, where it is open, because the order was revoked.
 * Inside a write transaction. */
void accountability_open(struct center *center, int64_t supervision, int64_t at);
void accountability_end(struct center *center, int64_t supervision, int64_t at);

/* The words for a person's liability: the one that WORD is, or NULL; all of them, for
 * fault_unknown, in LIST of SIZE bytes. */
const char *accountability_liability(const char *word);
const char *accountability_list_liabilities(char *list, size_t size);

/* What can be done to one, for the gate and for who prints it. */
extern const struct gate_record accountability_record;

/* What is entered: members that are NULL or false say nothing. */
struct accountability_step {
    const char *handed_to, *result;
    bool published;
    struct accountable person; /* one who is there already changes: post and liability may stay */
    int64_t by, at;            /* who enters it (0: the center), when it was (0: now) */
};

/* True where it says anything of the procedure. */
bool accountability_says(const struct accountability_step *step);

/* The fields of a row, ended by NULL. */
extern const char *const accountability_fields[];
enum accountability_field {
    ACCOUNTABILITY_NUMBER,
    ACCOUNTABILITY_HANDED_TO,
    ACCOUNTABILITY_RESULT,
    ACCOUNTABILITY_PUBLISHED,
    ACCOUNTABILITY_PERSON,
    ACCOUNTABILITY_POST,
    ACCOUNTABILITY_LIABILITY,
    ACCOUNTABILITY_PERSON_RESULT,
    ACCOUNTABILITY_BY,
    ACCOUNTABILITY_AT
};

/* Reads a row into STEP, which holds what the options say: the row stands above them. Texts are the
 * row's. False with all that is wrong in FAULT. */
bool accountability_read(const struct center *center, char *const *values,
                         struct accountability_step *step, struct fault *fault);

enum accountability_result { ACCOUNTABILITY_DONE, ACCOUNTABILITY_REFUSED };

/* Enters STEP in the procedure NUMBER, with an event for each thing that it says. Refused with all
 * that is wrong in FAULT, and nothing was entered. Inside a write transaction. */
enum accountability_result accountability_enter(struct center *center, int64_t number,
                                                const struct accountability_step *step,
                                                struct fault *fault);

/* Reads the procedure NUMBER into ARENA; false where there is none. */
bool accountability_get(struct db *db, int64_t number, struct arena *arena,
                        struct accountability *accountability);

typedef void accountability_take(void *context, const struct accountability *accountability);
/* Calls TAKE for each that is neither published nor ended, or for all, the oldest first; for those
 * of one ticket. What it is handed lives during the call. */
void accountability_each(struct db *db, bool all, accountability_take *take, void *context);
void accountability_of_ticket(struct db *db, int64_t ticket, accountability_take *take,
                              void *context);

extern const struct projected accountability_projected;

#endif
