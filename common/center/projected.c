#include "center/projected.h"

#include <string.h>

void projected_apply(struct db *db, const struct projected *record, const struct event *event)
{
    const struct projected_effect *effect = record->effects;
    while (effect->type && strcmp(effect->type, event->type) != 0)
        effect++;
    struct json *data = effect->type ? json_read(event->data) : NULL;
    if (data)
        effect->apply(db, event, data);
    json_free(data);
}

void projected_log(struct center *center, const struct projected *record, const char *type,
                   int64_t at, struct text *data)
{
    json_end(data);
    const struct event event = {
        .type = type, .at = at ? at : center->now, .actor = center->user, .data = data->data};
    event_add(center, &event);
    projected_apply(center->db, record, &event);
    text_free(data);
}
