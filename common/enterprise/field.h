/* enterprise_field: the fields of an enterprise that a row of a table may bring. */
#ifndef QIFU_ENTERPRISE_FIELD_H
#define QIFU_ENTERPRISE_FIELD_H

#include "criteria/profile.h"

/* The fields that a table of enterprises may bring besides the facts of the profile, ended by NULL.
 */
extern const char *const enterprise_fields[];
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
    ENTERPRISE_FIELD_COUNT
};

#endif
