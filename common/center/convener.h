/* convener: who may order a conference, rule and name a lead (center.yaml: conveners), of the city
 * and of each county that is a center of its own. */
#ifndef QIFU_CENTER_CONVENER_H
#define QIFU_CENTER_CONVENER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "center/center.h"

struct conveners {
    int64_t *orgs;
    int count;
};

/* Finds those of COUNTY, or of the city where it is NULL; dies if one is not an organisation.
 * Free with conveners_free. */
struct conveners conveners_new(struct center *center, const struct county *county);
void conveners_free(struct conveners *conveners);

bool conveners_have(const struct conveners *conveners, int64_t org);

/* True where ORG may convene for COUNTY, which the city's center may too; NULL: for the city. */
bool convener_may(struct center *center, const struct county *county, int64_t org);

/* Appends their names, divided by commas. */
void conveners_name(const struct conveners *conveners, struct db *db, struct text *names);

#endif
