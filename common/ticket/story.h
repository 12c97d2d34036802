/* story: a ticket's history in the office's words: what an event says, as a sentence and not as the
 * JSON that programs read. */
#ifndef QIFU_TICKET_STORY_H
#define QIFU_TICKET_STORY_H

#include "base/text.h"
#include "center/center.h"
#include "center/log.h"
#include "center/org.h"

enum { STORY_MINUTE_SIZE = 20 };

/* MOMENT to the minute, 2020-05-27 09:00, in TEXT; returns TEXT. */
const char *story_minute(int64_t moment, char text[static STORY_MINUTE_SIZE]);

/* Appends what EVENT says besides its type: who, what was said, and the facts, each with the
 * office's word for it. DATA is the event's data as they may be shown; what is no JSON object
 * (withheld texts) is appended as it is. Nothing of DATA is left out but what only the replay
 * needs. */
void story_add(struct text *to, const struct config *config, const struct org_table *orgs,
               const struct event *event, const char *data);

/* Appends the members of a JSON object, "name: value; name: value". */
void story_add_members(struct text *to, const char *json);

/* The office's words for codes that a ticket and its events have, or the code itself. */
const char *story_closed_as(const char *code);
const char *story_outcome(const char *code);
/* Who settled the kind: 来件写明, 默认, or the rule, in TO. */
const char *story_kind_by(struct text *to, const char *kind_by);

#endif
