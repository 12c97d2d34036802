/* matchlist: pairs of policies and enterprises, as policy-match prints them. */
#ifndef QIFU_MATCH_LIST_H
#define QIFU_MATCH_LIST_H

#include "center/program.h"
#include "match/match.h"

/* What a line begins with: its id is what the reader asks for. */
enum matchlist_view {
    MATCHLIST_POLICIES,    /* of an enterprise: the policy first, the enterprise last */
    MATCHLIST_ENTERPRISES, /* of a policy: the enterprise first, the policy last */
    MATCHLIST_PAIRS,       /* both, and no titles and names */
    MATCHLIST_COUNTS       /* a line a policy: how many enterprises */
};

struct matchlist {
    enum matchlist_view view;
    struct out *out;
    struct center *center;
    const struct profile *profile;
    bool near; /* also those one condition short, or short only of time */
    bool sure; /* not the unknown */
    long printed;
    struct arena arena; /* private, as the next: names of members, once they were asked for */
    struct matchlist_name *names;
};

/* Opens the output of P, which has the columns of LIST's view, as LIST's. */
void matchlist_open(struct matchlist *list, struct program *p);

/* Prints the lines of policy NUMBER of MATCHING. */
void matchlist_print(struct matchlist *list, struct matching *matching, int number);

/* True where MEMBER would have a line. */
bool matchlist_shows(struct matchlist *list, struct matching *matching, int number, int member);

/* Forgets the members, before another matching is printed. */
void matchlist_reset(struct matchlist *list);

#endif
