/* dispatcher: the dispatch catalogue (派单目录), with the rulings of conferences before it. Where
 * it sends a ticket, and why. */
#ifndef QIFU_TICKET_DISPATCHER_H
#define QIFU_TICKET_DISPATCHER_H

#include "catalogue/rule.h"
#include "ticket/route.h"

/* The dispatch catalogue with its organisations found; made once per run. */
struct dispatcher {
    struct center *center;
    struct rule_set catalogue;
    struct rule_reading reading;
    struct route *routes; /* of each rule */
};

/* Reads catalogue.yaml of the configuration. Dies, with file:line, where a rule names an unknown
 * organisation, kind or channel. */
struct dispatcher dispatcher_new(struct center *center);
/* The same with a catalogue that was read before, because no file is read inside a transaction. It
 * is the dispatcher's from then on. */
struct dispatcher dispatcher_of(struct center *center, struct rule_set catalogue);
void dispatcher_free(struct dispatcher *dispatcher);

/* Where the catalogue sends TICKET. Where WHY is not NULL the reason is appended to it: the words
 * and values that decided, or the rule that came closest and what it lacks. */
struct route dispatcher_decide(struct dispatcher *dispatcher, const struct ticket *ticket,
                               struct text *why);

#endif
