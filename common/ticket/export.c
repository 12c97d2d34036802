#include "ticket/export.h"

#include <stdlib.h>

#include "ticket/said.h"

/* What changes something that is exported. */
static const char changed[] =
    "SELECT t.id, max(e.id) FROM event e JOIN ticket t ON t.id = e.ticket_id WHERE e.id > ?1"
    " AND t.source = ?2 AND e.type IN ('received', 'ticket-stated', 'dispatched', 'redispatched',"
    " 'handed-down', 'accepted', 'answered', 'returned', 'conference-opened', 'extended',"
    " 'suspended', 'resumed', 'rated', 'reopened', 'followed', 'redo', 'closed', 'joined',"
    " 'corrected', 'referred-back', 'recomputed', 'marked', 'erased')"
    " GROUP BY t.id ORDER BY 2";

void export_each(struct db *db, const char *source, int64_t since,
                 void (*take)(void *context, const struct exported *exported), void *context)
{
    struct found {
        int64_t ticket, mark;
    } *list = NULL;
    size_t count = 0;
    struct db_query *q = db_query(db, changed);
    db_bind(q, 1, since);
    db_bind_text(q, 2, source);
    for (; db_step(q); count++) {
        list = mem_grow(list, count, sizeof *list);
        list[count] = (struct found){db_number(q, 0), db_number(q, 1)};
    }
    for (size_t i = 0; i < count; i++) {
        struct arena arena = {0};
        struct said said = said_read(db, list[i].ticket, &arena);
        take(context, &(struct exported){.ticket = ticket_get(db, list[i].ticket, &arena),
                                         .mark = list[i].mark,
                                         .answer = said.answer,
                                         .remark = said.remark});
        arena_free(&arena);
    }
    free(list);
}
