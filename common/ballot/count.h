/* count: which ballots of a wave count, and the ranks that follow. A ballot is what one voter says
 * of the units of one group. */
#ifndef QIFU_BALLOT_COUNT_H
#define QIFU_BALLOT_COUNT_H

#include "ballot/ballot.h"

/* Why a ballot does not count, in the order in which it is looked at. */
enum ballot_flaw {
    BALLOT_SOUND,
    BALLOT_OUTSIDE,    /* it was cast on none of the wave's days */
    BALLOT_REPEATED,   /* its voter marks a unit twice */
    BALLOT_INCOMPLETE, /* it marks too few of the group's units */
    BALLOT_ALIKE,      /* it marks all of them the same */
    BALLOT_FLAWS
};
/* Its code and the office's words. */
const char *ballot_flaw_code(enum ballot_flaw flaw);
const char *ballot_flaw_word(enum ballot_flaw flaw);

/* What a ballot says of a unit. */
struct ballot_mark {
    int64_t id;
    int unit;  /* its place in the poll */
    int score; /* 0: does not know it */
    int64_t at;
};

struct ballot {
    const char *voter;
    const char *group, *group_name;
    struct ballot_mark *marks; /* by unit */
    int count;
    enum ballot_flaw flaw;
};

/* Calls TAKE for each ballot of the wave that POLL is, by group and voter. It lives during the
 * call. */
void ballot_each(struct db *db, const struct ballot_poll *poll,
                 void (*take)(void *context, const struct ballot *ballot), void *context);

/* What a unit has of a wave. */
struct ballot_rank {
    const struct ballot_unit *unit;  /* of the poll */
    int64_t votes, unknown, unsound; /* that count; of those who do not know it; that do not */
    int64_t sum, points;             /* of all votes; their mean, in hundredths */
    int64_t ballots;                 /* that count in its group */
    bool apart;                      /* below a minimum */
    int rank, of;                    /* inside the group, of so many; ties share one; 0: apart */
    bool last;                       /* among the last (后五位) */
    bool twice;                      /* in the wave before too */
};
struct ballot_ranks {
    struct ballot_rank *list; /* by group, as the poll has them; then rank, those apart last */
    int count;
};

/* The ranks of the wave that POLL is, which must outlive them. Free with ballot_ranks_free. */
struct ballot_ranks ballot_rank_all(struct db *db, const struct ballot_poll *poll);
void ballot_ranks_free(struct ballot_ranks *ranks);
/* Marks those of RANKS that are among the last in BEFORE too. */
void ballot_rank_twice(struct ballot_ranks *ranks, const struct ballot_ranks *before);

/* Writes points, in hundredths, to BUFFER and returns it: 83.50. */
enum { BALLOT_POINTS_SIZE = 32 };
char *ballot_print_points(int64_t points, char buffer[static BALLOT_POINTS_SIZE]);

#endif
