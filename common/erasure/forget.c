#include "erasure/forget.h"

void forget_note(struct db *db)
{
    db_run(db_query(db, "INSERT INTO setting (name, value) VALUES ('to_forget', '1')"
                        " ON CONFLICT (name) DO NOTHING"));
}

bool forget_erased(struct center *center)
{
    struct db *db = center->db;
    if (!db_count(db, "SELECT count(*) FROM setting WHERE name = 'to_forget'"))
        return true;
    if (!db_forget(db))
        return false;
    center_begin(center, false);
    db_run(db_query(db, "DELETE FROM setting WHERE name = 'to_forget'"));
    db_commit(db);
    return true;
}
