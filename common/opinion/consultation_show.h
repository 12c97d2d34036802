/* consultpage: drafts sent out for opinions (征求意见) as they are listed and printed: the
 * consultations, the opinions on one, the report on paper, the list back to those who gave them. */
#ifndef QIFU_OPINION_CONSULTATION_SHOW_H
#define QIFU_OPINION_CONSULTATION_SHOW_H

#include "center/org.h"
#include "cli/args.h"
#include "cli/out.h"
#include "opinion/consultation.h"

enum { CONSULTPAGE_LIST = 12, CONSULTPAGE_OPINIONS = 8, CONSULTPAGE_FEEDBACK = 10 };
extern const struct out_column consultpage_list[CONSULTPAGE_LIST];
extern const struct out_column consultpage_opinions[CONSULTPAGE_OPINIONS];
extern const struct out_column consultpage_feedback[CONSULTPAGE_FEEDBACK];

struct consultpage {
    struct center *center;
    const struct org_table *orgs;
    struct out *out;                         /* of the columns of what is printed */
    const struct consultation *consultation; /* of feedback */
    bool unmask;                             /* contacts and telephones as they are */
    long count;                              /* of what was printed */
};

/* Adds a consultation: the TAKE of consult_each, whose context is the PAGE. */
void consultpage_add(void *page, const struct consultation *consultation);

/* Adds the opinions on each consultation that the operands name; returns how many are unknown. */
long consultpage_show(struct consultpage *page, struct args *args);

/* Adds what became of the opinions on PAGE's consultation to be told to those who gave them,
 * contact and telephone masked unless PAGE says otherwise, which is logged, and unless AGAIN or
 * DRY_RUN records that WHO tells them, and when, in a transaction. Dies where WHO may not. */
void consultpage_feed_back(struct consultpage *page, const struct gate_who *who, bool again,
                           bool dry_run);

/* Prints the report on CONSULTATION, which has its draft: what was asked, who answered, each
 * opinion with what became of it. Telephone and identity numbers in the texts are masked. */
void consultpage_report(struct center *center, const struct org_table *orgs,
                        const struct consultation *consultation, enum out_format format);

#endif
