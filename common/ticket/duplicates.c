#include "ticket/duplicates.h"

#include "base/similarity.h"
#include "base/text.h"

#define OPEN(t) #t ".answered_at IS NULL AND " #t ".closed_at IS NULL"
#define PAIRS(column, extra)                                                                       \
    "SELECT b.id, a.id, '" #column "', b.title, b.body, a.title, a.body, b.confidential"           \
    " FROM ticket a JOIN ticket b ON b." #column " = a." #column                                   \
    " AND b.id > a.id WHERE " OPEN(a) " AND " OPEN(b) extra

void repeat_each(struct db *db, int percent, void (*take)(void *, const struct repeat *),
                 void *context)
{
    /* Each pair once: by the code where both have one, else by the name, else by the telephone. */
    struct db_query *q = db_query(
        db, PAIRS(uscc, "") " UNION ALL " PAIRS(
                enterprise,
                " AND (a.uscc IS NULL OR b.uscc IS "
                "NULL)") " UNION ALL " PAIRS(phone, " AND (a.uscc IS NOT b.uscc OR a.uscc IS NULL)"
                                                    " AND (a.enterprise IS NOT b.enterprise OR "
                                                    "a.enterprise IS NULL)") " ORDER BY 1, "
                                                                             "2");
    struct text later = {0}, earlier = {0};
    while (db_step(q)) {
        text_clear(&later);
        text_clear(&earlier);
        text_add(&later, db_text(q, 3));
        text_add(&later, db_text(q, 4));
        text_add(&earlier, db_text(q, 5));
        text_add(&earlier, db_text(q, 6));
        /* A repeat is often told in other detail under the same title. */
        int titles = similarity_percent(db_text(q, 3), db_text(q, 5));
        int whole = similarity_percent(text_string(&later), text_string(&earlier));
        int alike = titles > whole ? titles : whole;
        if (alike >= percent)
            take(context,
                 &(struct repeat){db_number(q, 0),
                                  db_number(q, 1),
                                  alike,
                                  db_text(q, 2),
                                  {.title = db_text(q, 3), .confidential = db_number(q, 7) != 0}});
    }
    text_free(&later);
    text_free(&earlier);
}
