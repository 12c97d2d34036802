/* firm: what the center has had to do with an enterprise (一企一档), behind what is known of it:
 * its requests with their ratings, grants, entries of registers that name it, contacts of the last
 * days.
 */
#ifndef QIFU_REGISTER_FIRM_H
#define QIFU_REGISTER_FIRM_H

#include "enterprise/show.h"

/* Adds them as items of FIELDS. */
void firm_add(struct enterprisefields *fields, int64_t id, const char *code, const char *name);

#endif
