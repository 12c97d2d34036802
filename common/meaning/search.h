/* search: whether an enterprise is possible that meets some forms and does not meet others. The
 * search is exact and complete: it narrows a box of cells by what must hold, as far as that leads,
 * then supposes one condition to be met, or not. It ends after so many looks at conditions, and
 * says so. Pure. */
#ifndef QIFU_MEANING_SEARCH_H
#define QIFU_MEANING_SEARCH_H

#include "meaning/space.h"

enum possible {
    POSSIBLE_YES,
    POSSIBLE_NO,
    POSSIBLE_UNDECIDED /* given up, with no looks left */
};

/* A form that is to be met, or (NEGATED) is not. */
struct goal {
    const struct form *form;
    bool negated;
};

/* What follows at once from a goal: the cells that it leaves, and the goals that stay open. */
struct posed {
    uint64_t *box; /* NULL: nobody can reach it */
    struct goal *goals;
    int count;
};

struct search;
struct search *search_new(const struct space *space);
void search_free(struct search *search);

/* What follows from FORM, or from its opposite; kept in ARENA. FORM is of the search's space. */
struct posed search_pose(struct search *search, const struct form *form, bool negated,
                         struct arena *arena);

/* Whether one enterprise can reach both A and B (NULL: A alone), which are of this search's space.
 * *LEFT is how many looks at conditions may be spent, and how many are left then. Where it is
 * possible, BOX (if not NULL) is set to a box whose every enterprise does, but for what the size
 * follows from; search_settle chooses one. */
enum possible search_both(struct search *search, const struct posed *a, const struct posed *b,
                          long *left, uint64_t *box);

/* The same of one form that nothing was prepared for. */
enum possible search_alone(struct search *search, struct goal goal, long *left);

/* Chooses one enterprise of a BOX that search_both has set: a cell of each of the space's facts. */
void search_settle(const struct space *space, const uint64_t *box, int *cells);

#endif
