/* story: a ticket's history in the office's words: what an event says, as a sentence and not as the
 * JSON that programs read. */
#ifndef QIFU_TICKET_STORY_H
#define QIFU_TICKET_STORY_H

#include "base/text.h"
#include "center/center.h"
#include "center/log.h"
#include "center/org.h"
#include "ticket/ticket.h"

enum { STORY_MINUTE_SIZE = 20 };

/* MOMENT to the minute, 2020-05-27 09:00, in TEXT; returns TEXT. */
const char *story_minute(int64_t moment, char text[static STORY_MINUTE_SIZE]);

struct story {
    const struct config *config;
    const struct org_table *orgs;
    const struct ticket *ticket;
};

/* Appends EVENT as a sentence: who did what, what was said, the facts that it settles, and when it
 * was entered if that is more than a day later. DATA is the event's data as they may be shown; if
 * it is NULL, or not a JSON object, they are withheld, and only the event's word is told. Of DATA
 * only what the replay alone needs is left out. A type of event has its sentence in
 * story_sentences.c. */
void story_tell(struct text *to, const struct story *story, const struct event *event,
                const char *data);

/* Appends the members of a JSON object, "name: value; name: value". */
void story_add_members(struct text *to, const char *json);

/* The office's words for codes that a ticket and its events have, or the code itself. */
const char *story_closed_as(const char *code);
/* The code of the way of being closed that is called WORD, code or office's word; NULL: none. A
 * list of all, for fault_unknown, in LIST of SIZE bytes. */
const char *story_find_closed_as(const char *word);
const char *story_list_closed_as(char *list, size_t size);
const char *story_outcome(const char *code);
const char *story_rating(int rating); /* NULL where it is none */
/* Who settled the kind: 来件写明, 默认, or the rule, in TO. */
const char *story_kind_by(struct text *to, const char *kind_by);

/* By what it was dispatched: the ruling, or the rule of the catalogue, in TO. */
const char *story_rule(struct text *to, const char *rule);

#endif
