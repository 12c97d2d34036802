/* sector: what an association's column (商协会服务专栏) has: policies sent to it, drafts that ask
 * for its opinion, its own requests and those of its members, entries of registers that name it. */
#ifndef QIFU_REGISTER_SECTOR_H
#define QIFU_REGISTER_SECTOR_H

#include "center/center.h"

/* One thing of it; texts live during the call, NULL where there is none. Moments: 0 is none. */
struct sector_item {
    const char *part, *part_name; /* deliveries, drafts, own, members, entries */
    const char *item;             /* its code or number */
    const char *value;
    int64_t from, until;
    const char *state, *state_name;
    const char *said; /* what was said last of an entry, such as why a need was declined */
};

/* Calls TAKE for each, part by part, of the association ID, which has this CODE and NAME. */
void sector_each(struct center *center, int64_t id, const char *code, const char *name,
                 void (*take)(void *context, const struct sector_item *item), void *context);

#endif
