/* proof: the proof of one ticket out of the database, for center/proof.h. */
#ifndef QIFU_TICKET_PROOF_H
#define QIFU_TICKET_PROOF_H

#include "center/logtree.h"
#include "center/proof.h"
#include "ticket/ticket.h"

/* What is asked for. */
struct ticketproof {
    const struct logtree *tree;
    const struct head *head; /* up to which, one of this log */
    bool opened;             /* with the texts behind the seals */
    bool receipt;            /* only what tells of the receipt, and in words before it */
};

/* Appends the proof of TICKET to TO. False with a FAULT where the head does not reach its events,
 * or what is stored is not what the log tells. */
bool ticketproof_add(struct text *to, struct db *db, const struct ticket *ticket,
                     const struct ticketproof *wanted, struct fault *fault);

/* The program's end of it: prints the proof of the ticket called WORD. Texts are opened where
 * UNMASK says so, which is logged; a confidential ticket is proved only so. False with a FAULT. */
bool ticketproof_of(struct text *to, struct center *center, const char *word,
                    const struct ticketproof *wanted, struct fault *fault);

#endif
