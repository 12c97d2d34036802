/* dispatcher: the dispatch catalogue (派单目录), with the rulings of conferences before it and the
 * model that is in force (adoption.h) beside it. Where they send a ticket, and why. Where there is
 * a model it adds to what the catalogue weighs: a ticket goes to the unit that is first by both, if
 * the catalogue names it and such tickets go right often enough (evidence.h); else it waits. */
#ifndef QIFU_TICKET_DISPATCHER_H
#define QIFU_TICKET_DISPATCHER_H

#include "catalogue/evidence.h"
#include "catalogue/weighing.h"
#include "ticket/route.h"

/* The dispatch catalogue of the city's center, or of a county's, with its organisations found. */
struct dispatcher {
    struct center *center;
    int64_t pool; /* the county's center; 0: the city's */
    struct rule_set catalogue;
    struct weighing weighing;
    struct route *routes;      /* of each rule */
    const struct model *model; /* NULL: none is in force */
    struct model_reading reading;
    int *model_units; /* the number of each rule's lead in the model, -1: it is not there */
};

/* Those of all centers, the city's first; made once per run. */
struct dispatchers {
    struct dispatcher *list;
    int count;
    struct model *model;
};

/* Reads catalogue.yaml of the configuration, and each county's own file; one that has none has its
 * rulings alone; and the model in force, or where it is not NULL the one in the file MODEL. Dies,
 * with file:line, where a rule names an unknown organisation, kind or channel, or an organisation
 * that its center may not send to. */
struct dispatchers dispatchers_new(struct center *center, const char *model);
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

/* What the catalogue alone weighs in a text, without rulings and without a model: whom it names,
 * the heaviest first, and whether it would send it there. */
struct advised {
    int64_t leads[WEIGHING_CANDIDATES];
    int points[WEIGHING_CANDIDATES];
    int count;
    bool decided;
};
void dispatcher_advise(struct dispatcher *dispatcher, const struct rule_subject *subject,
                       struct advised *advised);

#endif
