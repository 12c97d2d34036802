/* assignment: tickets that the center opens itself, and hands to one organisation at once (交办):
 * supervision after a questionnaire, a draft sent out for opinions. */
#ifndef QIFU_TICKET_ASSIGNMENT_H
#define QIFU_TICKET_ASSIGNMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "ticket/ticket.h"

struct assignment {
    const char *source, *ref; /* the same source and ref open one ticket */
    const char *kind;         /* code */
    int64_t at;               /* when it is opened; 0: now */
    int until;                /* the last day to answer; 0: by the kind's limit */
    const char *title, *body;
    const char *basis; /* of the dispatch */
    int64_t org;       /* to whom */
};

/* Opens the ticket and dispatches it, inside a write transaction; stores its id. False, with the id
 * of the existing ticket, if it was opened before. INTAKE is shared by a run's errands. Dies if the
 * configuration gives no way to take it in. */
bool assignment_open(struct intake *intake, const struct assignment *errand, int64_t *id);

#endif
