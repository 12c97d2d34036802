/* What a handler asks of the center (request.c), and the center decides: the question waits,
 * one of a kind at a time. */
#ifndef QIFU_ACT_QUESTION_PRIVATE_H
#define QIFU_ACT_QUESTION_PRIVATE_H

#include "act/step_private.h"

/* The open request of a kind, or none (id 0). */
struct question {
    int64_t id, asked_at, org;
    int days, round;
    const char *reason;
};

/* The one of kind WHAT that waits, of those the one asked first; id 0: none does. */
struct question question_find(struct act_call *call, const char *what);

/* How many of a kind were granted in this round. */
int question_count_granted(struct act_call *call, const char *what);

/* Checks what every question needs: a reason (one of REASONS where the configuration lists some),
 * a basis where NEEDS_BASIS, 1 to MOST days where that is not 0, and that none of the same
 * kind waits already. */
bool question_may_ask(struct act_call *call, const char *what, const char *const *reasons,
                      bool needs_basis, int most);

/* True where there is a question to decide, asked before it is decided; to grant, where another has
 * asked it. */
bool question_may_decide(struct act_call *call, const struct question *question);
bool question_may_grant(struct act_call *call, const struct question *question);
/* True where no event of the one who acts asked at ASKED_AT for what the act grants: one asks,
 * another one grants, be both members of the same center. */
bool question_is_anothers(struct act_call *call, int64_t asked_at);

/* Stores the decision. */
void question_decide(struct act_call *call, const struct question *question, bool granted);

/* Refuses the one that waits; the event says so. */
bool question_refuse(struct act_call *call, const char *what, const char *event);

/* Asks: what waits from now on, and the event. */
bool question_ask(struct act_call *call, const char *what, const char *event);

#endif
