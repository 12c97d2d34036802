#include "ticket/outcome.h"

#include <string.h>

#include "base/json.h"

/* The lead of now, if it is another one. */
#define WENT "CASE WHEN t.lead <> r.org_id THEN n.code END"

static enum outcome_what judge(bool excused, bool moved, bool answered)
{
    if (moved || (excused && !answered))
        return OUTCOME_WRONG;
    return answered ? OUTCOME_RIGHT : OUTCOME_OPEN;
}

void outcome_each(struct db *db, int64_t start, int64_t end,
                  void (*take)(void *, const struct outcome *), void *context)
{
    struct db_query *q = db_query(
        db, "SELECT o.code, r.rule, r.excused IS NOT NULL, " WENT ", t.answered_at IS NOT NULL,"
            " (SELECT e.data FROM event e WHERE e.ticket_id = r.ticket_id"
            " AND e.type = 'dispatched' ORDER BY e.id LIMIT 1)"
            " FROM route r JOIN ticket t ON t.id = r.ticket_id JOIN org o ON o.id = r.org_id"
            " LEFT JOIN org n ON n.id = t.lead"
            " WHERE r.org_id IN (SELECT id FROM org) AND r.at BETWEEN ?1 AND ?2"
            " AND r.role = 'lead' AND r.round = 1 AND t.errand = 0 AND t.center IS NULL"
            " AND (t.closed_as IS NULL OR t.closed_as NOT IN"
            " ('merged', 'declined', 'referred', 'withdrawn', 'void'))"
            " AND NOT EXISTS (SELECT 1 FROM route x WHERE x.ticket_id = r.ticket_id"
            " AND x.role = 'lead' AND x.id < r.id) ORDER BY r.id");
    db_bind(q, 1, start);
    db_bind(q, 2, end);
    while (db_step(q)) {
        struct json *data = db_text(q, 5) ? json_read(db_text(q, 5)) : NULL;
        struct outcome outcome = {
            .lead = db_text(q, 0), .rule = db_text(q, 1), .went = db_text(q, 3)};
        outcome.what = judge(db_number(q, 2) != 0, outcome.went != NULL, db_number(q, 4) != 0);
        outcome.model = data ? json_text(data, "model") : NULL;
        outcome.sure = outcome.model ? (int)json_number(data, "sure") : 0;
        take(context, &outcome);
        json_free(data);
    }
}
