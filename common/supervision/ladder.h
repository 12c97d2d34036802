/* ladder: who supervises at each level: the city's offices, or those of the county whose bureau is
 * judged (center/county.h). */
#ifndef QIFU_SUPERVISION_LADDER_H
#define QIFU_SUPERVISION_LADDER_H

#include <stdint.h>

#include "center/center.h"

/* The ladder with its supervisors found; made once per run, it lives as long as the configuration.
 */
struct ladder {
    struct center *center;
    int64_t *supervisors; /* organisation of each level */
    int64_t center_org;
};

/* Dies where a supervisor of the configuration is no organisation, of the city or of a county. */
struct ladder ladder_new(struct center *center);

/* Who supervises ORG at a level (its index): in the place of the city's center the center of the
 * county whose bureau it is, in another's place whom that county names. */
int64_t ladder_supervisor(const struct ladder *ladder, int64_t org, int level);
/* The document that is issued then. */
const char *ladder_document(const struct ladder *ladder, int64_t org, int level);
/* The center to which ORG belongs; a county's own center belongs to the city's. */
int64_t ladder_center(const struct ladder *ladder, int64_t org);

#endif
