/* permit: what the one who runs the program may do and for whom, by membership (qifu-members(7)).
 * Where nobody is a member nothing is refused here. */
#ifndef QIFU_CENTER_PERMIT_H
#define QIFU_CENTER_PERMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "center/center.h"

/* What an act needs. */
struct permit {
    const char *act; /* its name, for the refusal */
    int64_t by;      /* for whom it is done; 0: the city's center */
    unsigned roles;  /* one of them, for that organisation */
    bool entered;    /* the operator of its center may enter it for the organisation, too */
};

/* True where it may be done. What an operator enters for another organisation is marked in the
 * center's `entered_by`. False with a FAULT that says who may. */
bool permit_allows(struct center *center, const struct permit *permit, struct fault *fault);

/* Dies where the one who runs the program has none of ROLES for the city's center, or a county's
 * where COUNTIES say so: what programs do that is no act on a record. */
void permit_need(struct center *center, const char *act, unsigned roles, bool counties);

/* True where USER, who asked for what is to be granted, is not the one who grants it, or nobody is
 * a member. */
bool permit_grants(const struct center *center, const char *user);

/* ---- reading ---- */

/* Finds out what the one who runs the program may read, once the organisations are there: all
 * whoever takes in, approves, supervises for the city or audits; a county's desk what is its
 * center's; a handler what is its organisations', of tickets those that they have or had, or are
 * ordered on; who is none of these what is everybody's. */
void permit_find_reading(struct center *center);

/* What of a table who reads for some organisations alone sees, in words, by number from 0 on; NULL
 * behind the last. What is in no such table is everybody's. */
struct permit_reading {
    const char *table, *word;
    const char *theirs, *everybodys; /* NULL: nothing */
};
const struct permit_reading *permit_reading(int number);

/* Hides the rest from whatever is read until permit_widen, BUT_TICKETS all but tickets; nothing
 * where there is none. */
void permit_narrow(struct center *center, bool but_tickets);
void permit_widen(struct center *center);

/* True where the ticket with this id is one of them. */
bool permit_sees(struct center *center, int64_t ticket);

/* True where what is the organisation's with this code is. */
bool permit_reads_for(struct center *center, const char *org);

/* Dies where personal data of TICKET (0: of no ticket) are not to be seen: nobody's by who only
 * administers, a confidential ticket's only by its parties, its center, who supervises it, and
 * auditors. */
void permit_need_unmask(struct center *center, int64_t ticket);

/* Dies where masked and confidential texts of whatever can be read are not to be searched. */
void permit_need_search(struct center *center);

/* The organisation that an option --by names: WORD's, or for NULL the one that a member acts for
 * where it is one alone and not the city's center; else 0, whose act it is. Dies where there is no
 * such organisation. */
int64_t permit_by(struct center *center, const char *word);

#endif
