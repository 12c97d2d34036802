#include "center/membership.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "center/role.h"

bool membership_is_name(const char *name)
{
    const char *end = name + strlen(name);
    for (const char *at = name; at < end;) {
        uint32_t c;
        size_t bytes = utf8_decode(at, end, &c);
        if (!bytes || utf8_is_unseen(c))
            return false;
        at += bytes;
    }
    return *name && end - name <= MEMBERSHIP_LONGEST_NAME;
}

/* The row of organisation 0 is there where anybody is a member. */
static struct db_query *ask(struct db *db, const char *name)
{
    struct db_query *q =
        db_query(db, "SELECT org_id, roles FROM member WHERE name = ?1 AND until IS NULL UNION ALL"
                     " SELECT 0, '' WHERE EXISTS (SELECT 1 FROM member WHERE until IS NULL)");
    db_bind_text(q, 1, name);
    return q;
}

void membership_ahead(struct db *db, const char *name)
{
    db_ahead(ask(db, name));
}

struct membership membership_load(struct db *db, const char *name)
{
    struct membership self = {.count = 0};
    struct db_query *q = ask(db, name);
    while (db_step(q)) {
        if (!db_number(q, 0)) {
            self.ruled = true;
            continue;
        }
        self.of = mem_grow(self.of, (size_t)self.count, sizeof *self.of);
        self.of[self.count++] = (struct membership_of){db_number(q, 0), role_set(db_text(q, 1))};
    }
    return self;
}

void membership_free(struct membership *self)
{
    free(self->of);
    *self = (struct membership){.count = 0};
}

unsigned membership_roles(const struct membership *self)
{
    unsigned roles = 0;
    for (int i = 0; i < self->count; i++)
        roles |= self->of[i].roles;
    return roles;
}
