/* convener: who may order a conference, rule and name a lead (center.yaml: conveners). */
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

/* Finds them; dies if one is not an organisation. Free with conveners_free. */
struct conveners conveners_new(struct center *center);
void conveners_free(struct conveners *conveners);

bool conveners_have(const struct conveners *conveners, int64_t org);

/* Appends their names, divided by commas. */
void conveners_name(const struct conveners *conveners, struct db *db, struct text *names);

#endif
