#include "knowledge/check.h"

#include <string.h>

#include "base/day.h"

static const char *const words[][2] = {{"expired", "已过有效期"},
                                       {"ownerless", "无责任单位"},
                                       {"policy-withdrawn", "依据的政策已撤下"},
                                       {"policy-superseded", "依据的政策已被替代"},
                                       {"policy-expired", "依据的政策已过有效期"}};
enum { WORDS = sizeof words / sizeof *words };

static const char *word_of(const char *finding)
{
    for (int i = 0; i < WORDS; i++)
        if (!strcmp(words[i][0], finding))
            return words[i][1];
    return finding;
}

#define ENTRY "SELECT e.id, e.org_id, e.code, e.title, "
#define RESTS "JOIN policy p ON p.id = e.policy_id "

void kbcheck_each(struct db *db, int day, void (*take)(void *, const struct kb_finding *),
                  void *context)
{
    char written[DAY_TEXT_SIZE];
    struct db_query *q = db_query(
        db, ENTRY "'expired' AS finding, e.until_day AS day, NULL AS about FROM kb_entry e"
                  " WHERE e.until_day < ?1 UNION ALL " ENTRY
                  "'ownerless', NULL, NULL FROM kb_entry e WHERE e.org_id IS NULL UNION ALL " ENTRY
                  "'policy-' || p.state, NULL, p.code FROM kb_entry e " RESTS
                  "WHERE p.state IN ('withdrawn', 'superseded') UNION ALL " ENTRY
                  "'policy-expired', NULL, p.code FROM kb_entry e " RESTS
                  "WHERE p.state NOT IN ('withdrawn', 'superseded') AND p.valid_to < ?1"
                  " ORDER BY 1, 5");
    db_bind(q, 1, day);
    while (db_step(q)) {
        const struct kb_finding finding = {
            .id = db_number(q, 0),
            .org = db_number(q, 1),
            .code = db_text(q, 2),
            .title = db_text(q, 3),
            .finding = db_text(q, 4),
            .word = word_of(db_text(q, 4)),
            .about = db_is_null(q, 5) ? db_text(q, 6) : day_print((int)db_number(q, 5), written)};
        take(context, &finding);
    }
}
