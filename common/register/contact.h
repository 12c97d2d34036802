/* contact: when the center and its departments have turned to an enterprise: by policies that were
 * pushed, by questionnaires, by entries of registers that say so (visits, inspections). Firms are
 * to be left in peace (无事不扰): center.yaml may say how often a month is enough. */
#ifndef QIFU_REGISTER_CONTACT_H
#define QIFU_REGISTER_CONTACT_H

#include "center/center.h"

/* How often each enterprise was contacted. */
struct contacts {
    int64_t *enterprises; /* ids, rising */
    int *counts;
    int count;
};

/* Those from day FIRST to day LAST. Free with contacts_free. */
struct contacts contacts_load(struct center *center, int first, int last);
/* Those of the month in which the moment AT lies; 0: now. */
struct contacts contacts_of_month(struct center *center, int64_t at);
void contacts_free(struct contacts *contacts);
/* How often ENTERPRISE was. */
int contacts_of(const struct contacts *contacts, int64_t enterprise);

/* One contact; texts live during the call. */
struct contact {
    const char *how, *how_name; /* push 推送, survey 问卷, or a register's code and name */
    int64_t at;
};
/* Calls TAKE for each contact of ENTERPRISE in these days, in order. */
void contacts_each(struct center *center, int64_t enterprise, int first, int last,
                   void (*take)(void *context, const struct contact *contact), void *context);

#endif
