/* kbproposal: answers that were rated well are proposals for entries of the knowledge base, until a
 * person adopts them (kb_save, with the ticket) or declines them. None becomes an entry unread. */
#ifndef QIFU_KNOWLEDGE_PROPOSAL_H
#define QIFU_KNOWLEDGE_PROPOSAL_H

#include "knowledge/kb.h"

struct kb_proposal {
    int64_t ticket, org; /* who answered */
    const char *title, *answer;
    const char *enterprise, *uscc, *contact; /* the ticket's; NULL: not said */
    int rating;
    int64_t rated_at;
};

/* Calls TAKE for each that was rated from FROM to TO (0: whenever), the latest first. Texts live
 * during the call. */
void kbproposal_each(struct db *db, int64_t from, int64_t to,
                     void (*take)(void *context, const struct kb_proposal *proposal),
                     void *context);

/* Appends what TEXT says that is the ticket's alone, divided by blanks, and returns whether there
 * is any: number (of a telephone, an identity), enterprise, contact; or the office's WORDS. */
bool kbproposal_add_personal(struct text *to, const struct kb_proposal *proposal, const char *text,
                             bool words);

/* Puts into VALUES (by enum kb_field), which name a ticket, the title and the answer that they do
 * not say, from the ticket, in ARENA. False with a FAULT where it is no proposal, or where title or
 * answer say what is the ticket's alone. Does nothing where they name none. */
bool kbproposal_fill(struct db *db, const char **values, struct arena *arena, struct fault *fault);

/* Declines the answer of TICKET, for REASON, and fills in PROPOSAL, texts in ARENA. Inside a write
 * transaction. */
enum gate_result kbproposal_decline(struct center *center, int64_t ticket,
                                    const struct gate_who *who, const char *reason,
                                    struct arena *arena, struct kb_proposal *proposal,
                                    struct fault *fault);

#endif
