/* policyread: what a file or a table says of a policy, read into a policy and checked against
 * qifu-rules(7), the taxonomy, the organisations and the language of criteria. */
#ifndef QIFU_POLICY_INTAKE_H
#define QIFU_POLICY_INTAKE_H

#include "criteria/criteria.h"
#include "policy/policy.h"
#include "policy/taxonomy.h"

/* What reading needs, for many policies. */
struct policyread {
    struct center *center;
    const struct taxonomy *taxonomy;
    const struct profile *profile;
    bool draft;          /* required fields may be absent, save the title and an id */
    struct arena *arena; /* of the texts */
    /* Takes each fault; FIELD is that which is wrong, or -1. The message of a fault in criteria has
     * two lines more, with a caret. */
    void (*fault)(void *context, int field, const char *message);
    void *context;
};

/* A policy to be saved. */
struct policy_input {
    struct policy policy; /* state, version and id are not set; the clocks' due moments are */
    int pinned;           /* 1, 0, or -1 where it is not said */
    int64_t *supersedes;  /* ids */
    int supersedes_count;
    const char *content; /* all that was said, as a JSON object; the same for the same */
};

/* Reads VALUES (by field; trimmed; NULL where absent). False after reporting every fault. */
bool policyread(const struct policyread *read, char *const *values, struct policy_input *input);

/* The ids of the policies that WORDS names, in ARENA; the first that is unknown is stored in
 * *UNKNOWN (else NULL). */
int64_t *policyread_names(struct db *db, struct arena *arena, const char *words, int *count,
                          const char **unknown);

#endif
