#include "center/seal_kept.h"

#include "base/mem.h"

struct seal_kept seal_kept_read(struct db_query *q)
{
    struct seal_kept kept = {
        .event_id = db_number(q, 0), .key = (int)db_number(q, 1), .is_erased = !db_is_null(q, 2)};
    if (kept.is_erased)
        db_bytes(q, 2, kept.bytes, DIGEST_SIZE);
    else
        db_bytes(q, 3, kept.bytes, SEED_SIZE);
    return kept;
}

struct seal_kept *seal_kept_of_event(struct db *db, struct seals *seals, int64_t event_id)
{
    struct seal_kept *list = NULL;
    struct db_query *q = db_query(
        db, "SELECT event_id, key, seal, salt FROM erasure WHERE event_id = ?1 ORDER BY key");
    db_bind(q, 1, event_id);
    for (seals->kept_count = 0; db_step(q); seals->kept_count++) {
        list = mem_grow(list, seals->kept_count, sizeof *list);
        list[seals->kept_count] = seal_kept_read(q);
    }
    seals->kept = list;
    return list;
}
