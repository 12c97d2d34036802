/* org_field: the fields of an organisation, as one table. It drives reading a row, storing,
 * loading, what the log tells and the replay: a new field is a row of it, a member of struct org, a
 * column of the schema, an option and a line of org-add(1). */
#ifndef QIFU_CENTER_ORG_FIELD_H
#define QIFU_CENTER_ORG_FIELD_H

#include "center/fields.h"

/* Those that a table of organisations may bring; then the center's own. */
enum org_field {
    ORG_CODE,
    ORG_NAME,
    ORG_SHORT, /* short names, which have rows of their own */
    ORG_GROUP,
    ORG_CONTACT,
    ORG_PHONE,
    ORG_BY, /* who enters it, and when it was */
    ORG_AT,
    ORG_FIELD_COUNT,
    ORG_ID = ORG_FIELD_COUNT
};

/* A flag of a field: an entry without it is refused. */
enum { ORG_REQUIRED = 1 };

extern const struct fields org_columns;
const struct field *org_field(int field);
/* The names of those that a table may bring, ended by NULL. */
const char *const *org_fields(void);

#endif
