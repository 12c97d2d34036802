/* consultact: what is done to drafts that are out for opinions, by programs: sent out, answered,
 * decided; each in its transaction, each printed. */
#ifndef QIFU_OPINION_CONSULTATION_ACT_H
#define QIFU_OPINION_CONSULTATION_ACT_H

#include "center/org.h"
#include "cli/args.h"
#include "cli/bulk.h"
#include "cli/out.h"
#include "opinion/consultation.h"

enum { CONSULTACT_TICKETS = 2, CONSULTACT_COLUMNS = 4 };
extern const struct out_column consultact_tickets[CONSULTACT_TICKETS]; /* of consultact_open */
extern const struct out_column consultact_columns[CONSULTACT_COLUMNS]; /* of the others */

struct consultact {
    struct args *args;
    struct config *config;
    struct center center;
    struct org_table orgs;
    struct out *out;
    long bad; /* how many were refused */
};

/* Opens the center and the output of COUNT columns; closes all, prints, and returns the status. */
struct consultact consultact_start(struct args *args, struct config *config,
                                   const struct out_column *columns, int count);
int consultact_end(struct consultact *act);

/* An addressee by name. */
struct consultact_to {
    const char *word;
    bool is_association; /* it must be one */
};

/* Sends CONSULTATION out to COUNT organisations; dies where one is unknown or it is refused. */
void consultact_open(struct consultact *act, struct consultation *consultation,
                     const struct consultact_to *to, int count);
/* Enters one opinion; dies where it is refused. */
void consultact_give(struct consultact *act, struct opinion *opinion, bool at_given);
/* Enters an opinion for every row, all or nothing unless the bad rows have somewhere to go. */
void consultact_file(struct consultact *act, const struct bulk_source *source);
/* Decides the opinions that the operands name. */
void consultact_decide(struct consultact *act, bool adopted, const char *reason);

#endif
