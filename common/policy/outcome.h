/* policyevent: the outcomes of policies: views, feedback, applications, what was refused and
 * granted. Functions that write need a write transaction. */
#ifndef QIFU_POLICY_OUTCOME_H
#define QIFU_POLICY_OUTCOME_H

#include "policy/policy.h"

enum policyevent_type {
    POLICYEVENT_VIEWED,
    POLICYEVENT_FEEDBACK,
    POLICYEVENT_APPLIED,
    POLICYEVENT_REFUSED,
    POLICYEVENT_GRANTED
};

struct policyevent {
    enum policyevent_type type;
    int64_t policy, at;
    int64_t enterprise; /* 0: not known */
    int64_t count;      /* views, 1 otherwise */
    int score;          /* of feedback, 1 to 5; 0: none */
    int64_t amount;     /* applied for or granted, in millionths of a yuan; 0: none */
    const char *text;   /* may be NULL */
};

/* The rows of outcomes, made by their events (projected.h). */
extern const struct projected outcome_projected;

/* Stores an outcome of the policy called CODE, and logs its event. BY is the code of the
 * organisation that entered it, or NULL. */
void policyevent_add(struct center *center, const char *code, const struct policyevent *event,
                     const char *by);

/* True if an equal outcome is stored in a row up to number LAST. */
bool policyevent_known(struct db *db, const struct policyevent *event, int64_t last);
int64_t policyevent_last(struct db *db);

/* The outcomes of a policy so far, added up; AMOUNT is what was granted, in millionths of a yuan.
 */
struct policyevent_sums {
    int64_t views, feedbacks, score_sum, scores, applications, refusals, grants, amount;
};
struct policyevent_sums policyevent_sum(struct db *db, int64_t policy);

/* Calls TAKE for each grant to ENTERPRISE, in order: the policy's code and title, the amount in
 * millionths of a yuan (0: not said), and when; texts live during the call. */
void policyevent_grants(struct db *db, int64_t enterprise,
                        void (*take)(void *context, const char *code, const char *title,
                                     int64_t amount, int64_t at),
                        void *context);

#endif
