/* compare: whom two criteria take, beside each other, decided for every complete enterprise
 * (space.h): the same, more, fewer, others, or some of both; each with made-up enterprises that
 * show it. Pure. */
#ifndef QIFU_MEANING_COMPARE_H
#define QIFU_MEANING_COMPARE_H

#include "meaning/search.h"

enum relation {
    RELATION_EQUIVALENT, /* they take the same enterprises */
    RELATION_NEVER,      /* one of them takes nobody */
    RELATION_ALWAYS,     /* one of them takes everybody */
    RELATION_IMPLIES,    /* who meets the first meets the second */
    RELATION_IMPLIED,    /* who meets the second meets the first */
    RELATION_DISJOINT,   /* nobody meets both */
    RELATION_OVERLAPS,
    RELATION_UNDECIDED, /* given up */
    RELATION_COUNT
};
/* implies; 包含于. */
const char *relation_code(enum relation relation);
const char *relation_name(enum relation relation);
/* The relation called WORD by either, or RELATION_COUNT. */
enum relation relation_find(const char *word);
const char *relation_nearest(const char *word);

/* Who can be: whoever meets both, the first alone, the second alone. */
enum quadrant { QUADRANT_BOTH, QUADRANT_FIRST, QUADRANT_SECOND, QUADRANTS };

struct comparison {
    enum relation relation;
    enum possible can[QUADRANTS];
    int *cells[QUADRANTS]; /* of one who is possible: a cell of each fact of the space */
};

/* Criteria that are compared with each other. */
struct comparing {
    struct space *space;
    struct search *search;
    struct arena arena;
    struct criteria *const *criteria; /* not owned; NULL: none */
    int count;
    const bool *aside; /* not owned, or NULL */
    long most;         /* looks at conditions that one question may cost */
    struct meant {
        struct posed met, unmet;
        enum possible can_be_met, can_be_unmet;
    } * meant;
    uint64_t *box;         /* scratch, as the next two */
    struct population one; /* an enterprise */
    bool *shown;           /* facts, by number */
    struct comparison result;
};

/* Prepares COUNT criteria for DAY; conditions on the facts that ASIDE marks (by number; NULL: none)
 * are taken as met. They and PROFILE must outlive it. Free with comparing_free. */
struct comparing *comparing_new(const struct profile *profile, int day,
                                struct criteria *const *criteria, int count, const bool *aside,
                                long most);
void comparing_free(struct comparing *comparing);

/* How criteria number A stand to B; valid until the next call. */
const struct comparison *comparing_pair(struct comparing *comparing, int a, int b);

/* Marks in CAN, by cell of FACT, the values that who meets criteria number I can have: those of
 * which that is not decided, too. */
void comparing_cells(struct comparing *comparing, int i, const struct space_fact *fact, bool *can);

/* True where the evaluator says of the enterprise with the CELLS of QUADRANT what the last result
 * of comparing_pair says. */
bool comparing_is_borne_out(struct comparing *comparing, int a, int b, enum quadrant quadrant);

/* Appends that enterprise in the office's words, by the facts that A and B ask for:
 * 从业人员 10人，高新技术企业 有. */
struct text;
void comparing_describe(struct comparing *comparing, int a, int b, enum quadrant quadrant,
                        struct text *out);

#endif
