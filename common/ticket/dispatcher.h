/* dispatcher: the dispatch catalogue (派单目录), with the rulings of conferences before it. Where
 * it sends a ticket, and why. */
#ifndef QIFU_TICKET_DISPATCHER_H
#define QIFU_TICKET_DISPATCHER_H

#include "catalogue/weighing.h"
#include "ticket/route.h"

/* The dispatch catalogue of the city's center, or of a county's, with its organisations found. */
struct dispatcher {
    struct center *center;
    int64_t pool; /* the county's center; 0: the city's */
    struct rule_set catalogue;
    struct weighing weighing;
    struct route *routes; /* of each rule */
};

/* Those of all centers, the city's first; made once per run. */
struct dispatchers {
    struct dispatcher *list;
    int count;
};

/* Reads catalogue.yaml of the configuration, and each county's own file; one that has none has its
 * rulings alone. Dies, with file:line, where a rule names an unknown organisation, kind or channel,
 * or an organisation that its center may not send to. */
struct dispatchers dispatchers_new(struct center *center);
/* The same with catalogues that were read before, because no file is read inside a transaction.
 * They are the dispatchers' from then on, and so is the array. */
struct dispatchers dispatchers_of(struct center *center, struct rule_set *catalogues);
/* The catalogues of all centers, the city's first; dies where a file has faults. */
struct rule_set *dispatchers_read(struct config *config);
void dispatchers_free(struct dispatchers *dispatchers);

/* The one of the county's center POOL; the city's for 0, and for what is a center no more. */
struct dispatcher *dispatchers_at(const struct dispatchers *dispatchers, int64_t pool);

/* Why a ticket is sent where it is, or waits. */
struct reasons {
    struct text why; /* what speaks for each candidate, with its weight; or what is lacking */
    int64_t candidates[WEIGHING_CANDIDATES]; /* who might lead, the most likely first */
    int count;
};

/* Where the catalogue sends TICKET; no lead where it waits for a person. REASONS (zeroed, or NULL)
 * are filled in; their text is the caller's. */
struct route dispatcher_decide(struct dispatcher *dispatcher, const struct ticket *ticket,
                               struct reasons *reasons);

#endif
