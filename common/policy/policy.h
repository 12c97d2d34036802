/* policy: policies in their versions: collected, published and interpreted by the 135 clock,
 * replaced and withdrawn (qifu-rules(7)). */
#ifndef QIFU_POLICY_POLICY_H
#define QIFU_POLICY_POLICY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/mem.h"
#include "center/center.h"

/* The fields that a file or a table of policies may bring, ended by NULL. */
extern const char *const policy_fields[];
enum policy_field {
    POLICY_CODE, /* "id": short code, the same for ever; else the document number */
    POLICY_TITLE,
    POLICY_DOCUMENT,
    POLICY_ISSUER,
    POLICY_ORG, /* whose policy it is; else the issuer, where that is a known organisation */
    POLICY_LEVEL,
    POLICY_KIND,
    POLICY_CLASS,
    POLICY_SUMMARY,
    POLICY_INTERPRETER,
    POLICY_PHONE,
    POLICY_ISSUED,
    POLICY_VALID_FROM,
    POLICY_VALID_TO,
    POLICY_APPLY,
    POLICY_APPLICANTS,
    POLICY_CONDITIONS,
    POLICY_MATERIALS,
    POLICY_PROCEDURE,
    POLICY_PROMISED,
    POLICY_CRITERIA,
    POLICY_IMPLEMENTS,
    POLICY_SUPERSEDES, /* codes, divided by blanks or 、 */
    POLICY_SOURCE,
    POLICY_INTERPRETATION,
    POLICY_COLLECTED, /* moments: when these were done; else now */
    POLICY_PUBLISHED,
    POLICY_INTERPRETED,
    POLICY_PINNED,
    POLICY_FIELD_COUNT
};

enum { POLICY_NO_DAY = INT32_MIN };

/* One policy in its present version. Texts are NULL where they are absent. */
struct policy {
    int64_t id;
    int version;
    const char *code, *state, *title, *document, *issuer, *level, *kind, *class;
    int64_t org; /* 0: none known */
    const char *summary, *interpreter, *phone, *apply, *applicants, *conditions, *materials,
        *procedure, *promised, *criteria, *implements, *source, *interpretation;
    int issued, valid_from, valid_to; /* days; POLICY_NO_DAY: none */
    bool pinned;
    int64_t collected_at, published_at, interpreted_at;       /* moments; 0: not yet */
    int64_t collect_due_at, publish_due_at, interpret_due_at; /* 0: no issue date */
    int64_t ended_at, superseded_by;
    const char *ended_reason;
};

/* The policy called WORD, a code or the document number of one policy alone, or 0; the same, dying
 * with the nearest. */
int64_t policy_find(struct db *db, const char *word);
int64_t policy_need(struct db *db, const char *word);
/* Warns that WORD is no policy, with the nearest: for one of several operands. */
void policy_warn_unknown(struct db *db, const char *word);
/* Says in FAULT why WORD is no policy; returns its text. */
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
    const char *text;                     /* stands in title, summary or document */
};

/* All policies that FILTER lets through, the pinned first, then by days left (those without an end
 * last), then by code; texts in ARENA. Stores how many there are. */
struct policy *policy_list(struct db *db, const struct policy_filter *filter, struct arena *arena,
                           int *count);

/* Its state as people see it on DAY: "expired" where it is published and its last day has passed.
 */
const char *policy_state_on(const struct policy *policy, int day);

/* The field FIELD as the policy has it, NULL where it is absent. Of days, moments, the organisation
 * and what it supersedes: NULL always. */
const char *policy_text(const struct policy *policy, enum policy_field field);
/* The office's word for a field: 摘要. */
const char *policy_field_name(enum policy_field field);
/* The fields that qifu-rules(7) requires and POLICY lacks, from AFTER on (start with -1); -1 at the
 * end. */
int policy_next_missing(const struct policy *policy, int after);
/* Appends all of them: "summary (摘要), phone (解读人电话)". False where nothing is missing. */
struct text;
bool policy_add_missing(const struct policy *policy, struct text *out);

/* The code of a level, a kind, a state by its code or name (国家级, 国家 ...), or NULL; and the
 * nearest of their names, or NULL. */
const char *policy_level(const char *word);
const char *policy_kind(const char *word);
const char *policy_state(const char *word);
const char *policy_nearest_level(const char *word);
const char *policy_nearest_kind(const char *word);
const char *policy_nearest_state(const char *word);
/* Lists of all of them for fault_unknown, in LIST of SIZE bytes. */
const char *policy_list_levels(char *list, size_t size);
const char *policy_list_kinds(char *list, size_t size);
const char *policy_list_states(char *list, size_t size);

/* 国家级, 申报类, 已发布 ... for codes; the code itself where it is unknown, NULL for NULL. */
const char *policy_level_name(const char *code);
const char *policy_kind_name(const char *code);
const char *policy_state_name(const char *code);

/* True where S is an http or https address by its form: a host, no blanks, quotes or brackets. */
bool policy_is_address(const char *s);

#endif
