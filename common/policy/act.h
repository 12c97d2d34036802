/* policyact: the acts on policies: which values each type needs and allows, reading them from
 * options or from a row of a table, and doing the act inside a write transaction. */
#ifndef QIFU_POLICY_ACT_H
#define QIFU_POLICY_ACT_H

#include "base/fault.h"
#include "center/gate.h"
#include "policy/outcome.h"
#include "policy/save.h"

enum policyact_type {
    POLICYACT_PUBLISHED,
    POLICYACT_INTERPRETED,
    POLICYACT_WITHDRAWN,
    POLICYACT_PINNED,
    POLICYACT_UNPINNED,
    POLICYACT_VIEWED,
    POLICYACT_FEEDBACK,
    POLICYACT_APPLIED,
    POLICYACT_REFUSED,
    POLICYACT_GRANTED,
    POLICYACT_TYPES,
    POLICYACT_PUSHED = POLICYACT_TYPES, /* which match/push.c does, and no row of a file says */
    POLICYACT_ADDED,                    /* which policy/add.c does, as the next */
    POLICYACT_CHANGED
};

struct policyact {
    int type;                 /* -1: not said */
    int64_t by;               /* the organisation that acts; 0: not said, the center */
    const char *reason;       /* of a withdrawal */
    struct policyevent event; /* AT is of every type; COUNT 0: not said */
    bool at_given;
};

/* The acts on policies by their types, for the gate and for who prints them. */
extern const struct gate_record policyact_record;

/* The fields of a row, ended by NULL. */
extern const char *const policyact_fields[];
enum policyact_field {
    POLICYACT_POLICY,
    POLICYACT_TYPE,
    POLICYACT_COUNT,
    POLICYACT_ENTERPRISE,
    POLICYACT_SCORE,
    POLICYACT_AMOUNT,
    POLICYACT_TEXT,
    POLICYACT_AT,
    POLICYACT_BY
};

/* The types that a program deals with, from FIRST to LAST; USUAL where none is said (-1: one must
 * be said). */
struct policy_acts {
    enum policyact_type first, last;
    int usual;
};

/* published, 发布 ...; one of ACTS by its code or name, or -1; the nearest to a word, or NULL. */
const char *policyact_code(int type);
const char *policyact_name(int type);
int policyact_find(const char *word, struct policy_acts acts);
const char *policyact_nearest(const char *word, struct policy_acts acts);
/* A list of them for fault_unknown, in LIST of SIZE bytes. */
const char *policyact_list(struct policy_acts acts, char *list, size_t size);

/* What is wrong with ACT as it stands, or NULL. */
const char *policyact_wrong(const struct policyact *act);

/* Reads a row into ACT, which holds the values of the options; values of the row take precedence.
 * Returns false with all faults in FAULT. */
bool policyact_read(const struct center *center, char *const *values, struct policy_acts acts,
                    struct policyact *act, struct fault *fault);

/* True where organisation BY (0: nobody was named) may do a type of act to POLICY; else a FAULT. */
bool policyact_may(struct center *center, const struct policy *policy, int type, int64_t by,
                   struct fault *fault);

/* Applies ACT to POLICY. An outcome equal to one recorded as event LAST or before is not recorded
 * again (LAST 0: do not look). Returns POLICY_REFUSED, with FAULT, if the gate refuses. */
enum policy_result policyact_do(struct center *center, struct policy *policy, struct arena *arena,
                                const struct policyact *act, int64_t last, struct fault *fault);

#endif
