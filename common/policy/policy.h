/* policy: policies and their versions. A policy is collected, published and interpreted within the
 * days of the 135 rule, and later superseded or withdrawn (qifu-rules(7)). */
#ifndef QIFU_POLICY_POLICY_H
#define QIFU_POLICY_POLICY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/mem.h"
#include "center/center.h"
#include "policy/field.h"

enum { POLICY_NO_DAY = FIELD_NO_DAY };

/* One policy in its present version. Texts are NULL where they are absent. */
struct policy {
    int64_t id;
    int version;
    const char *code, *state, *title, *document, *issuer, *level, *kind, *class;
    int64_t org; /* 0: none known */
    const char *summary, *interpreter, *phone, *apply, *applicants, *conditions, *materials,
        *procedure, *promised, *criteria, *implements, *source, *interpretation, *topics,
        *fair_review, *legal_review;
    int issued, valid_from, valid_to, transition_to, evaluate; /* days; POLICY_NO_DAY: none */
    bool pinned;
    int64_t collected_at, published_at, interpreted_at;       /* moments; 0: not yet */
    int64_t collect_due_at, publish_due_at, interpret_due_at; /* 0: no issue date */
    int64_t ended_at, superseded_by;
    const char *ended_reason;
};

/* The id of the policy called WORD: its code, or a document number that only one policy has; 0 if
 * there is none. policy_need dies then, with the nearest code. */
int64_t policy_find(struct db *db, const char *word);
int64_t policy_need(struct db *db, const char *word);
/* Warns that no policy is called WORD, with the nearest code; for one of several operands. */
void policy_warn_unknown(struct db *db, const char *word);
/* Adds to FAULT that no policy is called WORD, or that several are; returns its text. */
const char *policy_unknown(struct db *db, const char *word, struct fault *fault);
/* The known code that is nearest to WORD, or NULL. The caller frees. */
char *policy_nearest(struct db *db, const char *word);

/* Reads policy ID into POLICY, texts in ARENA. False where there is none. */
bool policy_load(struct db *db, int64_t id, struct arena *arena, struct policy *policy);

/* True where the center has any policy. */
bool policy_any(struct db *db);

/* The codes of the policies that policy ID has superseded, in ARENA, ended by NULL. */
const char *const *policy_superseded_codes(struct db *db, int64_t id, struct arena *arena);

/* Which policies are meant; zeroed: all, drafts included. */
struct policy_filter {
    bool live;                            /* published, and not expired on DAY */
    int day;                              /* of LIVE */
    bool has_criteria;                    /* only those with criteria */
    struct wanted classes, levels, kinds; /* codes */
    struct wanted orgs, issuers;          /* codes of whose policies, or parts of issuers' names */
    const char *topic;                    /* one of its topics; NULL: any */
    const char *text;                     /* stands in title, summary or document */
};

/* All policies that FILTER lets through, the pinned first, then by days left (those without an end
 * last), then by code; texts in ARENA. Stores how many there are. */
struct policy *policy_list(struct db *db, const struct policy_filter *filter, struct arena *arena,
                           int *count);

/* The state that people see on DAY: "expired" if it is published and its last day has passed. */
const char *policy_state_on(const struct policy *policy, int day);

/* True where S is an http or https address by its form: a host, no blanks, quotes or brackets. */
bool policy_is_address(const char *s);

#endif
