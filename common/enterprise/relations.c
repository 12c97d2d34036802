#include "enterprise/relations.h"

void enterpriseties_each(struct db *db, int64_t id,
                         void (*take)(void *context, enum tie kind, const char *code,
                                      const char *name, int64_t since),
                         void *context)
{
    struct db_query *q =
        db_query(db, "SELECT 0 AS kind, org.code AS code, org.name, 0 FROM association_member m"
                     " JOIN org ON org.id = m.org_id WHERE m.enterprise_id = ?1"
                     " UNION ALL"
                     " SELECT 1, CAST(l.id AS TEXT), l.name || '（' || org.name || '）', e.from_at"
                     " FROM liaison_enterprise e JOIN liaison l ON l.id = e.liaison_id"
                     " JOIN org ON org.id = l.org_id WHERE e.enterprise_id = ?1"
                     " UNION ALL"
                     /* a look for each policy: no index has pushes by enterprise */
                     " SELECT 2, p.code, p.title, s.at FROM policy p CROSS JOIN push s"
                     " WHERE s.policy_id = p.id AND s.enterprise_id = ?1"
                     " ORDER BY 1, 4, 2");
    db_bind(q, 1, id);
    while (db_step(q))
        take(context, (enum tie)db_number(q, 0), db_text(q, 1), db_text(q, 2), db_number(q, 3));
}
