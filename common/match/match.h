/* match: policies and the enterprises that they fit, both ways (qifu-rules(7)). */
#ifndef QIFU_MATCH_MATCH_H
#define QIFU_MATCH_MATCH_H

#include "criteria/population.h"
#include "enterprise/enterprise.h"
#include "policy/policy.h"

/* Policies with their criteria, and all enterprises with the facts that these need, as of one day.
 */
struct matching {
    const struct policy *policies; /* not owned */
    struct criteria **criteria;    /* of each policy; NULL: it has none */
    int policy_count;
    struct population population;
    int64_t *ids; /* of the enterprises: member i of the population is ids[i] */
    struct evaluator *evaluator;
    struct db *db;
    struct db_query *names; /* private, as the next: stands on the enterprise with this id */
    int64_t named;
};

/* Dies where criteria in the database cannot be parsed (the profile has lost a fact), naming the
 * policy. POLICIES must outlive it. */
struct matching matching_new(struct center *center, const struct profile *profile,
                             const struct policy *policies, int count, int day);
/* The same for only enterprise ID, with everything that is known about it. */
struct matching matching_of_one(struct center *center, const struct profile *profile,
                                const struct policy *policies, int count, int64_t id, int day);
void matching_free(struct matching *matching);

/* The answers of all enterprises for a policy that has criteria, until the next call. */
const struct answers *matching_answers(struct matching *matching, int policy);

/* The code and the name of a member, valid until the next call; NULL where it is not there any
 * more. It costs little where members are asked for in rising order. One matching at a time. */
void matching_name(struct matching *matching, int member, const char **code, const char **name);

/* The first day after DAY, and not before START, on which CRITERIA is met by enterprise ID with
 * nothing but time passing (certificates that begin, ages that are reached), or ENTERPRISE_NO_DAY.
 */
int match_eligible_from(struct db *db, const struct profile *profile,
                        const struct criteria *criteria, int64_t id, int day, int start);

#endif
