/* cut: by what the figures of a report are told apart: organisation, kind, region ..., two of them
 * crossed at most. */
#ifndef QIFU_REPORT_CUT_H
#define QIFU_REPORT_CUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "center/org.h"
#include "report/figures.h"

/* Figures of counties that are centers of their own stand in the city's too. */
enum report_scope {
    REPORT_TOTAL,
    REPORT_ORG,
    REPORT_KIND,
    REPORT_CHANNEL,
    REPORT_COUNTY,
    REPORT_GROUP,
    REPORT_SOURCE,
    REPORT_REGION,
    REPORT_CATEGORY,
    REPORT_RULE,
    REPORT_TOPIC,    /* of tickets and of policies */
    REPORT_POLICY,   /* that a request asks about */
    REPORT_REGISTER, /* from which it came */
    REPORT_CLASS,    /* from here on of policies alone */
    REPORT_POLICY_KIND,
    REPORT_LEVEL,
    REPORT_SCOPES
};

enum { REPORT_CROSSED = 2 };
/* What figures are told apart by: one scope, or two crossed; the second is REPORT_TOTAL then. */
struct report_cut {
    enum report_scope by[REPORT_CROSSED];
};

/* Its code (org), and what a column of it is called (单位). */
const char *report_scope_code(enum report_scope scope);
const char *report_scope_title(enum report_scope scope);

/* True where figures of SUBJECT are told apart by CUT: policies have no kind and no channel. */
bool report_has(const struct report_cut *cut, enum report_subject subject);

/* Reads "org", or "org,kind"; false with a FAULT where it is none. */
bool report_parse_cut(const char *word, struct report_cut *cut, struct fault *fault);

/* One of those that a scope tells apart. */
struct report_value {
    int64_t org;      /* REPORT_ORG: 0 is the pool, or policies of which it is not known;
                         REPORT_COUNTY: its center; else 0 */
    const char *code; /* of the other scopes; NULL: none was given */
};
bool report_same_value(struct report_value a, struct report_value b);

/* What the names of the values come from. */
struct report_names {
    struct config *config;
    const struct org_table *orgs;
    struct arena arena;
    const char *const *groups; /* each code followed by its name; NULL until it is needed */
    struct taxonomy *taxonomy; /* the same */
    struct topics *topics;     /* the same */
};
struct report_names report_names(struct config *config, const struct org_table *orgs);
void report_names_free(struct report_names *names);
/* Its code (NULL where it has none) and the office's word for it. */
const char *report_value_code(const struct report_names *names, enum report_scope scope,
                              struct report_value value);
const char *report_value_name(struct report_names *names, enum report_scope scope,
                              struct report_value value);

/* What SQL gives of a row of SUBJECT for SCOPE; NULL where C makes it of the row's organisation. */
const char *report_scope_sql(enum report_scope scope, enum report_subject subject);

#endif
