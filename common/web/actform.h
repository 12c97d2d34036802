/* actform: the acts that a page offers on a ticket, each by a form that folds: what is typed there
 * is what the act is told. */
#ifndef QIFU_WEB_ACTFORM_H
#define QIFU_WEB_ACTFORM_H

#include "act/act.h"
#include "web/web.h"

enum { ACTFORM_FIELDS = 3 };

/* An act and the fields of its form, which are named as what the act is told (text, reason, basis,
 * without, days, to). A reason that has configured ones is chosen among them, and an organisation
 * among all. */
struct actform {
    const char *code;
    enum act_kind kind;
    struct page_field fields[ACTFORM_FIELDS]; /* ended by one without a name */
    bool opens;                               /* it is seen unfolded */
};

/* Starts a form about TICKET that does what is called CODE. */
void actform_start(struct web *web, const struct ticket *ticket, const char *code);

/* Adds the form of each of COUNT acts that TICKET allows, for the organisation BY (0: whose act it
 * is). What was sent and not taken stands in it again; DRAFT (NULL: none) is what a text begins
 * with, or the code of the organisation that is proposed. */
void actform_add(struct web *web, const struct ticket *ticket, const struct actform *forms,
                 int count, int64_t by, const char *draft);

/* Does, for the organisation BY (0: whose act it is), what the form that was sent says, if it is
 * one of these; the page's errors say why it is not done. */
void actform_do(struct web *web, struct ticket *ticket, const struct actform *forms, int count,
                int64_t by);

#endif
