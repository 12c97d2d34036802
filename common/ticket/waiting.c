#include "ticket/waiting.h"

#include <string.h>

#include "center/log.h"

void waiting_each(struct db *db, const struct wanted *codes, int64_t pool,
                  void (*take)(void *, const struct waiting *), void *context)
{
    struct db_query *q =
        db_query(db, "SELECT r.act, r.org_id, r.asked_at, r.days, r.reason, t.id, t.title,"
                     " t.confidential, t.due_at, o.code FROM " WAITING " r"
                     " JOIN ticket t ON t.id = r.ticket_id LEFT JOIN org o ON o.id = r.org_id"
                     " WHERE ?1 < 0 OR " WAITING_AT " = ?1"
                     " ORDER BY r.asked_at, r.act = 'appeal', r.id");
    db_bind(q, 1, pool);
    while (db_step(q)) {
        if (!wanted_allows(codes, db_text(q, 9)))
            continue;
        struct waiting waiting = {.act = db_text(q, 0),
                                  .org = db_number(q, 1),
                                  .asked_at = db_number(q, 2),
                                  .days = (int)db_number(q, 3),
                                  .reason = db_text(q, 4),
                                  .ticket = {.id = db_number(q, 5),
                                             .title = db_text(q, 6),
                                             .confidential = db_number(q, 7) != 0,
                                             .due_at = db_number(q, 8)}};
        take(context, &waiting);
    }
}

const char *waiting_word(const char *act)
{
    if (!strcmp(act, "revocation"))
        return "补录";
    return event_word(!strcmp(act, "return")       ? "return-asked"
                      : !strcmp(act, "extension")  ? "extension-asked"
                      : !strcmp(act, "suspension") ? "suspension-asked"
                      : !strcmp(act, "appeal")     ? "appealed"
                                                   : "close-asked");
}
