/* opinion: opinions on a draft: who gave them, whether the drafter adopted them and why, and
 * whether their givers were told (qifu-rules(7)). */
#ifndef QIFU_OPINION_OPINION_H
#define QIFU_OPINION_OPINION_H

#include <stdbool.h>
#include <stdint.h>

#include "act/apply.h"
#include "base/fault.h"
#include "center/org.h"
#include "center/projected.h"

/* The fields that a table of opinions may bring, ended by NULL. */
extern const char *const opinion_fields[];
enum opinion_field {
    OPINION_CONSULTATION,
    OPINION_BY,
    OPINION_ENTERPRISE,
    OPINION_TEXT,
    OPINION_AT
};

/* Their rows, made by their events. */
extern const struct projected opinion_projected;

struct opinion {
    int64_t id, consultation;
    int64_t org, firm; /* who gave it; neither: the public */
    int64_t at;
    const char *text, *reason;       /* reason: NULL where it is not decided */
    int adopted;                     /* 1, 0, or -1: not decided */
    int64_t decided_at, reported_at; /* 0: not yet */
    /* of an enterprise, where the opinion was read; else NULL */
    const char *firm_code, *firm_name, *contact, *phone;
};

/* Who gave it, by code and by name; of the public "public". */
const char *opinion_giver(const struct opinion *opinion, const struct org_table *orgs);
const char *opinion_giver_name(const struct opinion *opinion, const struct org_table *orgs);
/* True where WORD means the public. */
bool opinion_is_public(const char *word);

/* The acts on opinions, for the gate and for who prints them. */
extern const struct gate_record opinion_record;

/* Records an opinion of an addressee, of an enterprise or the public where the draft is open to
 * them, stores its id, and answers the addressee's ticket with it
 * where that still waits. */
enum gate_result opinion_give(struct acting *acting, struct opinion *opinion, bool at_given,
                              struct fault *fault);

/* What the drafter decides on an opinion. */
struct decision {
    bool adopted;
    const char *reason;
    int64_t by, at; /* by: 0 where nobody was named, the drafter */
};

/* Adopts or declines opinion ID. If the decision differs from the one before, its giver has to be
 * told again. Fills in OPINION, whose texts are in ARENA or are those of DECISION. */
enum gate_result opinion_decide(struct center *center, int64_t id, const struct decision *decision,
                                struct arena *arena, struct opinion *opinion, struct fault *fault);

/* Calls TAKE for each opinion on consultation ID, in order. Texts live during the call. */
void opinion_each(struct db *db, int64_t id,
                  void (*take)(void *context, const struct opinion *opinion), void *context);

/* Calls TAKE for each decided opinion whose giver was not told, or was told before where AGAIN.
 * Unless AGAIN or DRY_RUN notes that WHO tells them, and when. False with a FAULT where WHO may
 * not; then nothing was noted. */
bool opinion_feedback(struct center *center, int64_t id, const struct gate_who *who, bool again,
                      bool dry_run, void (*take)(void *context, const struct opinion *opinion),
                      void *context, struct fault *fault);

#endif
