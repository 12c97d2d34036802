/* role: what a member may be for its organisation (qifu-members(7)). */
#ifndef QIFU_CENTER_ROLE_H
#define QIFU_CENTER_ROLE_H

#include <stdbool.h>

#include "base/fault.h"
#include "base/text.h"

/* Roles, as a set. */
enum role {
    ROLE_OPERATOR = 1,       /* the center's desk */
    ROLE_APPROVER = 2,       /* decides for the center on what is asked of it */
    ROLE_HANDLER = 4,        /* acts for its organisation */
    ROLE_SUPERVISOR = 8,     /* orders supervision, enters accountability */
    ROLE_AUDITOR = 16,       /* reads all, acts never */
    ROLE_ADMINISTRATOR = 32, /* organisations, members, the configuration */
    ROLE_OF_CENTER = ROLE_OPERATOR | ROLE_APPROVER | ROLE_ADMINISTRATOR
};

/* The code (operator) and the office's word (经办) of the role whose bit is N, from 0 on; NULL
 * behind the last. */
const char *role_code(int n);
const char *role_word(int n);

/* Adds to SET each role that WORDS, codes or words, ended by NULL, name. False, with a FAULT, where
 * one is none. */
bool role_read(const char *const *words, unsigned *set, struct fault *fault);

/* The roles whose codes stand in LIST, divided by blanks. */
unsigned role_set(const char *list);

/* Appends the codes of SET, or its words, with BETWEEN between two. */
void role_list(struct text *list, unsigned set, bool words, const char *between);

#endif
