/* consultact: what programs do to drafts that are out for opinions: send them out, enter opinions,
 * decide on them. Each function makes its own transaction and prints to the output of the program
 * P, which was opened with the columns below. */
#ifndef QIFU_OPINION_CONSULTATION_ACT_H
#define QIFU_OPINION_CONSULTATION_ACT_H

#include "center/program.h"
#include "cli/bulk.h"
#include "opinion/consultation.h"
#include "opinion/opinion.h"

enum { CONSULTACT_TICKETS = 2, CONSULTACT_COLUMNS = 4 };
extern const struct out_column consultact_tickets[CONSULTACT_TICKETS]; /* of consultact_open */
extern const struct out_column consultact_columns[CONSULTACT_COLUMNS]; /* of the others */

/* An addressee by name, and what it must be. */
enum consultact_kind { CONSULTACT_ORG, CONSULTACT_ASSOCIATION, CONSULTACT_FIRM };
struct consultact_to {
    const char *word;
    enum consultact_kind kind;
};

/* Sends CONSULTATION out to COUNT addressees, by WHO and when, and as the rest of CALL says; dies
 * where one is unknown or it is refused. */
void consultact_open(struct program *p, struct consultation *consultation,
                     const struct consultact_to *to, int count, struct consult_call call,
                     const struct gate_who *who);
/* Enters one opinion; dies where it is refused. */
void consultact_give(struct program *p, struct opinion *opinion, bool at_given);
/* Enters an opinion for every row, all or nothing unless the bad rows have somewhere to go. */
void consultact_file(struct program *p, const struct bulk_source *source);
/* The fields of a file of decisions, ended by NULL. */
extern const char *const decision_fields[];

/* Decides the opinions that the operands name; AT 0 is now. */
void consultact_decide(struct program *p, const struct decision *decision);
/* Decides one for every row, which stands above DECISION; without VERDICT_GIVEN each says its own.
 */
void consultact_decide_file(struct program *p, const struct bulk_source *source,
                            const struct decision *decision, bool verdict_given);

#endif
