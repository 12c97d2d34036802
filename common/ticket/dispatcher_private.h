/* dispatcher_private: what was heard of a ticket, and the reasons (dispatcher_explain.c). */
#ifndef QIFU_TICKET_DISPATCHER_PRIVATE_H
#define QIFU_TICKET_DISPATCHER_PRIVATE_H

#include "ticket/dispatcher.h"

/* What catalogue and model say together of a ticket. */
struct heard {
    bool is_heard; /* the model has something to say */
    struct evidence evidence;
    int trust;    /* so many in a thousand such tickets go right */
    bool is_sure; /* that is enough, and the catalogue names the first */
};

/* Appends what speaks for each candidate, or what is lacking. */
void dispatcher_explain(const struct dispatcher *dispatcher, const struct rule_subject *subject,
                        const struct choice *choice, const struct heard *heard, struct text *why);

#endif
