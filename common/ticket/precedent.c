#include "ticket/precedent.h"

#include <stdlib.h>

/* A text as it is compared: title and body. */
static struct shape shape_of_ticket(const char *title, const char *body)
{
    struct text whole = {0};
    text_add(&whole, title);
    text_add(&whole, " ");
    text_add(&whole, body ? body : "");
    struct shape shape = shape_of(text_string(&whole));
    text_free(&whole);
    return shape;
}

void precedents_read(struct precedents *p, struct db *db)
{
    struct db_query *q =
        db_query(db, "SELECT t.id, 'ruled', o.code, t.title, t.body FROM ruling r"
                     " JOIN ticket t ON t.id = r.ticket_id JOIN org o ON o.id = r.lead"
                     " WHERE r.retired_at IS NULL AND t.confidential = 0"
                     " UNION ALL SELECT t.id, 'returned', o.code, t.title, t.body FROM request r"
                     " JOIN ticket t ON t.id = r.ticket_id JOIN org o ON o.id = t.lead"
                     " WHERE r.act = 'return' AND r.granted = 1 AND r.org_id <> t.lead"
                     " AND t.confidential = 0 AND NOT EXISTS (SELECT 1 FROM ruling x"
                     " WHERE x.ticket_id = t.id AND x.retired_at IS NULL) ORDER BY 1");
    while (db_step(q)) {
        p->list = mem_grow(p->list, p->count, sizeof *p->list);
        p->list[p->count++] =
            (struct precedent){.ticket_id = db_number(q, 0),
                               .how = arena_string(&p->arena, db_text(q, 1)),
                               .lead = arena_string(&p->arena, db_text(q, 2)),
                               .shape = shape_of_ticket(db_text(q, 3), db_text(q, 4))};
    }
}

void precedents_free(struct precedents *p)
{
    for (size_t i = 0; i < p->count; i++)
        shape_free(&p->list[i].shape);
    free(p->list);
    arena_free(&p->arena);
    *p = (struct precedents){.count = 0};
}

/* A precedent, and how like it is. */
struct near {
    const struct precedent *precedent;
    int percent;
};

/* Puts ONE among the COUNT nearest; of equals the earlier stays before. Returns how many they are.
 */
static int place(struct near *nearest, int count, struct near one)
{
    int at = count < PRECEDENT_MOST ? count : PRECEDENT_MOST - 1;
    if (count == PRECEDENT_MOST && nearest[at].percent >= one.percent)
        return count;
    for (; at && nearest[at - 1].percent < one.percent; at--)
        nearest[at] = nearest[at - 1];
    nearest[at] = one;
    return count < PRECEDENT_MOST ? count + 1 : count;
}

void precedents_explain(const struct precedents *p, const struct ticket *ticket, struct text *why)
{
    struct near nearest[PRECEDENT_MOST];
    struct shape shape = shape_of_ticket(ticket->title, ticket->body);
    int count = 0;
    for (size_t i = 0; i < p->count; i++) {
        int percent = p->list[i].ticket_id == ticket->id
                          ? 0
                          : shape_alike(&p->list[i].shape, &shape, PRECEDENT_LEAST);
        if (percent)
            count = place(nearest, count, (struct near){&p->list[i], percent});
    }
    for (int i = 0; i < count; i++)
        text_add_format(why, "%s%lld %s %s %d %%", i ? ", " : "; like ",
                        (long long)nearest[i].precedent->ticket_id, nearest[i].precedent->how,
                        nearest[i].precedent->lead, nearest[i].percent);
    shape_free(&shape);
}
