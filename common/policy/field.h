/* policy_field: the fields of a policy, as one table. It drives reading a file or a row of one,
 * what a version says, storing, showing, and what events set: a new field is a row of it, a member
 * of struct policy, a column of the schema, and a line of policy-add(1). */
#ifndef QIFU_POLICY_FIELD_H
#define QIFU_POLICY_FIELD_H

#include "center/fields.h"

struct policy;

/* The fields of a policy: those that a file or a table of policies may bring, in the order in which
 * a version says them; then the center's own. What each is stands in one table, policy_table. */
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
    POLICY_TOPICS, /* divided by blanks, commas or 、 */
    POLICY_FAIR_REVIEW,
    POLICY_LEGAL_REVIEW,
    POLICY_TRANSITION_TO,
    POLICY_EVALUATE,
    POLICY_COLLECTED, /* moments: when these were done; else now */
    POLICY_PUBLISHED,
    POLICY_INTERPRETED,
    POLICY_PINNED,
    POLICY_FIELD_COUNT,
    POLICY_VERSION = POLICY_FIELD_COUNT,
    POLICY_STATE,
    POLICY_COLLECT_DUE,
    POLICY_PUBLISH_DUE,
    POLICY_INTERPRET_DUE,
    POLICY_ENDED,
    POLICY_ENDED_REASON,
    POLICY_SUPERSEDED_BY
};

/* What a field means (struct field), in the order in which a file's are read. */
enum policy_means {
    POLICY_IS_LINE, /* a text in one line */
    POLICY_IS_TEXT,
    POLICY_IS_CODE, /* the policy's own */
    POLICY_IS_WORD, /* one of policy_word's */
    POLICY_IS_CLASS,
    POLICY_IS_ORG,
    POLICY_IS_DAY,
    POLICY_IS_MOMENT,
    POLICY_IS_FLAG,
    POLICY_IS_NAMES, /* codes of other policies */
    POLICY_IS_OWN    /* the center's: nothing that is read */
};

/* Flags of a field. */
enum {
    POLICY_REQUIRED = 1,          /* by qifu-rules(7) */
    POLICY_REQUIRED_TO_APPLY = 2, /* of a policy for which one applies */
    POLICY_SHOWN_FIRST = 4        /* what document it is, before what it says */
};

extern const struct fields policy_table;
const struct field *policy_field(int field);
/* The names of those that a file may bring, ended by NULL. */
const char *const *policy_fields(void);

/* The fields that qifu-rules(7) requires and POLICY lacks, from AFTER on (start with -1); -1 at the
 * end. */
int policy_next_missing(const struct policy *policy, int after);
/* Appends all of them: "summary (摘要), phone (解读人电话)". False where nothing is missing. */
bool policy_add_missing(const struct policy *policy, struct text *out);

/* Of a level, a kind or a state, which FIELD says (POLICY_LEVEL ...): the code called WORD (国家级,
 * 国家 ...) or NULL; the nearest of their names, or NULL; all of them for fault_unknown, in LIST of
 * SIZE bytes; the name of a code, itself where it is unknown, NULL for NULL. */
const char *policy_word(int field, const char *word);
const char *policy_nearest_word(int field, const char *word);
const char *policy_list_words(int field, char *list, size_t size);
const char *policy_word_name(int field, const char *code);

#endif
