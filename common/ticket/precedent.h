/* precedent: tickets of which people have decided where they belong, by a ruling (会商裁定) or
 * after a return (退单), and which of them a ticket is like. */
#ifndef QIFU_TICKET_PRECEDENT_H
#define QIFU_TICKET_PRECEDENT_H

#include "base/similarity.h"
#include "ticket/ticket.h"

/* Owns all; zeroed is empty. */
struct precedents {
    struct precedent {
        int64_t ticket_id;
        const char *how, *lead; /* ruled or returned; code */
        struct shape shape;
    } * list;
    size_t count;
    struct arena arena;
};

/* Reads those of DB; none of a confidential ticket. */
void precedents_read(struct precedents *precedents, struct db *db);
void precedents_free(struct precedents *precedents);

/* Appends the three that are most like TICKET, and not itself, by at least PRECEDENT_LEAST percent:
 * "; like 12 ruled tax 61 %, 9 returned justice 40 %"; nothing where there is none. */
enum { PRECEDENT_LEAST = 20, PRECEDENT_MOST = 3 };
void precedents_explain(const struct precedents *precedents, const struct ticket *ticket,
                        struct text *why);

#endif
