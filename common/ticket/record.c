#include "ticket/record.h"

#include "base/json.h"
#include "center/log.h"
#include "ticket/judgment.h"
#include "ticket/projection.h"

void record_event(struct center *center, struct ticket *ticket, struct arena *arena,
                  const char *type, int64_t at, struct text *data)
{
    const struct ticket before = *ticket;
    struct text whole = {0};
    text_add(&whole, data->data);
    json_end(&whole);
    projection_apply(ticket, center->db, arena, type, at, whole.data);
    text_free(&whole);
    int64_t next = judgment_next_of(center, &before, ticket);
    if (next != ticket->next_level_at)
        json_add_number(data, "next", next);
    ticket->next_level_at = next;
    json_end(data);
    event_add(center, &(struct event){.ticket_id = ticket->id,
                                      .type = type,
                                      .at = at,
                                      .actor = center->user,
                                      .data = data->data});
    projection_store(center->db, &before, ticket);
}
