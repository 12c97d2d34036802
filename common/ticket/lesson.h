/* lesson: what the log knows of where tickets belonged, for a model to learn from
 * (catalogue/training.h): what a conference has ruled, what a lead has given back and the center
 * has sent on, and what whoever got it has answered. */
#ifndef QIFU_TICKET_LESSON_H
#define QIFU_TICKET_LESSON_H

#include "catalogue/training.h"
#include "ticket/dispatcher.h"

/* A lesson as a row of a file gives it. */
enum lesson_field {
    LESSON_TITLE,
    LESSON_BODY,
    LESSON_UNIT,
    LESSON_ENTERPRISE,
    LESSON_REGION,
    LESSON_FIELDS
};
extern const char *const lesson_fields[LESSON_FIELDS + 1];

/* Lessons in the order in which they came; owns their texts. Zeroed is empty. */
struct lessons {
    struct lesson *list;
    size_t count;
    struct arena arena;
};

/* Adds one: TICKET's text, which belongs to the organisation with the code UNIT, and what CITY's
 * catalogue says of it. Who sent it is told by the firm's name, credit code, telephone or contact,
 * the first that is known; else nobody sent another one. */
void lessons_add(struct lessons *lessons, struct dispatcher *city, const struct ticket *ticket,
                 const char *unit);

/* Adds those of the log, the newest TRAINING_MOST. What is confidential, an errand, or ended
 * without an answer is none. What a county has is the county's. */
void lessons_read(struct lessons *lessons, struct dispatcher *city);
void lessons_free(struct lessons *lessons);

#endif
