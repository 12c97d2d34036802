/* noticekind: which event makes which notice for whom, as one table: a new notice is a row of it, a
 * template of share/notices, and a line of qifu-notices(7). */
#ifndef QIFU_NOTICE_KIND_H
#define QIFU_NOTICE_KIND_H

#include <stdbool.h>

/* Who is told. Named means that the event's data name them. */
enum {
    TOLD_LEAD = 1 << 0,        /* the ticket's lead */
    TOLD_PARTIES = 1 << 1,     /* lead and assists, named */
    TOLD_ASSISTS = 1 << 2,     /* assists, named */
    TOLD_JUDGED = 1 << 3,      /* org, named; else the lead */
    TOLD_SUPERVISOR = 1 << 4,  /* named */
    TOLD_ORDERED = 1 << 5,     /* to, named: one, or a list */
    TOLD_OF_ORDER = 1 << 6,    /* whom the order is about that is named */
    TOLD_ASKER = 1 << 7,       /* who asked what is decided here */
    TOLD_CENTER = 1 << 8,      /* whose the ticket is: the city's, or the county's */
    TOLD_ENTERPRISE = 1 << 9,  /* whose the ticket is */
    TOLD_LIAISON = 1 << 10,    /* who serves that enterprise */
    TOLD_RECIPIENTS = 1 << 11, /* of a delivery */
};

/* What else has to be so. */
enum notice_when {
    NOTICE_ALWAYS,
    NOTICE_BAD_RATING, /* 2 or 1 */
    NOTICE_DECLINED,   /* closed so */
    NOTICE_BY_CLOCK    /* no event makes it, but a deadline that is near */
};

struct notice_kind {
    const char *code, *word;
    const char *events; /* types, divided by blanks */
    unsigned told;
    enum notice_when when;
    bool urgent; /* goes out at any hour, and in no digest */
};

/* By number from 0 on; NULL behind the last. */
const struct notice_kind *noticekind_at(int number);
/* The one called WORD by code or word; NULL: none. */
const struct notice_kind *noticekind_find(const char *word);
/* True where events of this TYPE make it. */
bool noticekind_is_made_by(const struct notice_kind *kind, const char *type);

#endif
