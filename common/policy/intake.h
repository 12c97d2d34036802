/* policyread: makes a policy of the values that a file or a row of a table gives, and checks them
 * against qifu-rules(7), the taxonomy, the organisations and the language of criteria. */
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
    bool draft;          /* only the title and an id are required */
    struct arena *arena; /* of the texts */
    /* Called for each fault, with the number of the field, or -1. A fault in criteria has two more
     * lines, with a caret. */
    void (*fault)(void *context, int field, const char *message);
    void *context;
};

/* A policy to be saved. */
struct policy_input {
    struct policy policy; /* state, version and id are not set; the clocks' due moments are */
    int pinned;           /* 1, 0, or -1 where it is not said */
    int64_t *supersedes;  /* ids */
    int supersedes_count;
    const char *content; /* all values, as a JSON object; equal values give equal objects */
};

/* Reads VALUES (by field; trimmed; NULL if absent) into INPUT, whose texts are in the arena of
 * READ. Returns false after reporting every fault. */
bool policyread(const struct policyread *read, char *const *values, struct policy_input *input);

/* The ids of the policies that WORDS names, in ARENA. Stores their number, and in *UNKNOWN the
 * first word that names no policy, or NULL. */
int64_t *policyread_names(struct db *db, struct arena *arena, const char *words, int *count,
                          const char **unknown);

#endif
