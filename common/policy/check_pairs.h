/* policypairs: faults between two policies: the same policy entered twice, a link to a policy that
 * does not exist, thresholds that contradict each other (政策打架) or that demand more than the
 * policy that they implement (层层加码; task 153 of the 2023 plan). */
#ifndef QIFU_POLICY_CHECK_PAIRS_H
#define QIFU_POLICY_CHECK_PAIRS_H

#include "base/text.h"
#include "criteria/criteria.h"
#include "policy/policy.h"

/* The stock of policies by what they are found by. */
struct policypairs {
    const struct policy *policies; /* not owned */
    int count;
    struct policy_key {
        const char *key;
        int policy; /* index; keys that are equal stand by the policies' ids */
    } * by_code, *by_document, *by_title;
    int document_count;
    struct arena arena;
};

/* POLICIES must outlive it. Free with policypairs_free. */
struct policypairs policypairs_new(const struct policy *policies, int count);
void policypairs_free(struct policypairs *pairs);

/* The policy called WORD, a code or the document number of one policy alone, or NULL. */
const struct policy *policypairs_find(const struct policypairs *pairs, const char *word);

/* True if the policy is a draft or published: only such a policy can be mended. */
bool policypairs_is_open(const struct policy *policy);

/* What is found between a policy and OTHER; the message lives during the call. */
enum pair_finding { PAIR_DUPLICATE, PAIR_CONTRADICTS, PAIR_STRICTER, PAIR_UNJUDGED };
typedef void pair_take(void *context, enum pair_finding finding, const char *message);

/* Compares POLICY, an open policy of the stock, with the other open policies, as of DAY. CRITERIA
 * are the policy's own, or NULL. Calls TAKE for each finding. A duplicate, or a contradiction
 * within one document and class, is reported for both policies; with LATER only for the one that
 * was entered later. A policy that contradicts the policy that it implements, or is stricter, is
 * reported itself. */
void policypairs_compare(const struct policypairs *pairs, const struct profile *profile,
                         const struct policy *policy, struct criteria *criteria, int day,
                         bool later, pair_take *take, void *context);

#endif
