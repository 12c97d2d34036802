/* membership: for which organisations the one who runs the program acts, and as what, in memory
 * (qifu-members(7)). permit.h says what follows. */
#ifndef QIFU_CENTER_MEMBERSHIP_H
#define QIFU_CENTER_MEMBERSHIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/db.h"

struct membership {
    bool ruled; /* somebody is a member; where nobody is, all that the database allows is */
    int count;
    struct membership_of {
        int64_t org;
        unsigned roles; /* role.h */
    } * of;
};

/* Whether NAME can be somebody's: 1 to this many bytes of UTF-8, and nothing in it that is not
 * seen. An event has the name on a line of its own (log_form.h). */
enum { MEMBERSHIP_LONGEST_NAME = 63 };
bool membership_is_name(const char *name);

/* What NAME is. Free with membership_free. */
struct membership membership_load(struct db *db, const char *name);
/* It will be loaded (db_ahead). */
void membership_ahead(struct db *db, const char *name);
void membership_free(struct membership *self);

/* The roles that it has, for whichever organisation. */
unsigned membership_roles(const struct membership *self);

#endif
