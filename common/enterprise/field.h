/* enterprise_field: the fields of an enterprise, as one table. It drives reading a row, storing,
 * loading, showing, what the log learns and the replay: a new field is a row of it, a member of
 * struct enterprise, a column of the schema, an option and a line of enterprise-add(1). What is
 * known of an enterprise with the days from which it holds is no field but a fact (profile.yaml).
 */
#ifndef QIFU_ENTERPRISE_FIELD_H
#define QIFU_ENTERPRISE_FIELD_H

#include "center/fields.h"
#include "criteria/profile.h"

/* Those that a table of enterprises may bring besides further facts of the profile; then the
 * center's own. */
enum enterprise_field {
    ENTERPRISE_CODE,
    ENTERPRISE_NAME,
    ENTERPRISE_REGION, /* the standard facts, in the order of their numbers */
    ENTERPRISE_FOUNDED = ENTERPRISE_REGION + FACT_OF_FOUNDED,
    ENTERPRISE_TAGS,
    ENTERPRISE_CONTACT,
    ENTERPRISE_PHONE,
    ENTERPRISE_ASOF, /* the day from which the facts hold */
    ENTERPRISE_BY,   /* who enters it, and when it was entered */
    ENTERPRISE_AT,
    ENTERPRISE_FIELD_COUNT,
    ENTERPRISE_EXTRA = ENTERPRISE_FIELD_COUNT
};

/* What a field means (struct field): how it is read, and masked where it is shown. */
enum enterprise_means {
    ENTERPRISE_IS_TEXT,
    ENTERPRISE_IS_PERSON,
    ENTERPRISE_IS_PHONE,
    ENTERPRISE_IS_EXTRA, /* a JSON object of what no field takes */
    ENTERPRISE_IS_KEY,
    ENTERPRISE_IS_UNKEPT /* a fact, tags, or what holds for the row alone */
};

/* A field that no event's member sets is personal: of such the log learns only that it changed. */
extern const struct fields enterprise_table;
const struct field *enterprise_field(int field);
/* The names of those that a table may bring, ended by NULL. */
const char *const *enterprise_fields(void);

#endif
