/* enterpriseintake: reads a row, or the options of enterprise-add, into an enterprise with its
 * facts and tags. */
#ifndef QIFU_ENTERPRISE_INTAKE_H
#define QIFU_ENTERPRISE_INTAKE_H

#include "enterprise/enterprise.h"

struct enterpriseintake {
    struct center *center;
    const struct profile *profile;
    int day;            /* from which facts hold where a row does not say */
    const char *accept; /* why a code with a wrong check character is accepted; NULL: it is not */
    bool strict;        /* refuse unknown and repeated facts, instead of keeping them as extra */

    /* private */
    struct enterprise_fact *facts;
    int count, from; /* from: the day of the present row */
    struct text code, word, extra;
    struct fault *fault, *note;
};

struct enterpriseintake enterpriseintake_new(struct center *center, const struct profile *profile);
void enterpriseintake_free(struct enterpriseintake *intake);

/* True where a column called WORD is read as a fact. */
bool enterpriseintake_knows(struct enterpriseintake *intake, const char *word);

/* Reads VALUES (by enum enterprise_field, which it may write to) and EXTRA, a JSON object or NULL,
 * into ENTERPRISE, whose texts live until the next call as far as they are not those of VALUES.
 * Members of EXTRA that are named like a fact are facts, also with a unit behind the name
 * (研发费用（万元）); the others stay extra. Reads the database. False with a FAULT, all that
 * is wrong with it, or with a NOTE (else empty) that says what was accepted. */
bool enterpriseintake_read(struct enterpriseintake *intake, char *const *values, const char *extra,
                           struct enterprise *enterprise, struct fault *fault, struct fault *note);

#endif
