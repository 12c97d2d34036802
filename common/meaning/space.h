/* space: what enterprises differ by, as far as some criteria can tell. Of each fact that these ask
 * for the values are cut wherever a condition begins or ends, so that no condition tells the values
 * of one cell apart; a set of enterprises is a set of cells of each fact (a box), as bits, and
 * criteria are forms over cells. How facts hang together (the axioms of profile.yaml, the standard
 * of sizes) belongs to it. Pure.
 *
 * Enterprises are complete: each fact has one value. Only a firm of an industry that the standard
 * of sizes does not cover has no size; no condition on the size is met by it, and no negated one.
 */
#ifndef QIFU_MEANING_SPACE_H
#define QIFU_MEANING_SPACE_H

#include "criteria/criteria.h"
#include "criteria/population.h"

struct space_fact {
    int fact; /* its number in the profile */
    int cell_count;
    struct fact_range *cells; /* rising */
    int64_t *values;          /* of each cell a value that an enterprise can have */
    int first, words;         /* where its bits stand in a box */
};

/* A part of criteria. Those of the criteria's ANY and AT_LEAST are AT_LEAST, and so is ALL. */
struct form {
    bool is_condition;
    int needed, members; /* so many of so many must be met */
    const struct space_fact *fact;
    const uint64_t *met; /* of a condition: cells of its fact that meet it */
    struct form *first, *next;
};

/* The firms that one line of the standard of sizes covers, or (MEASURES 0) none of them. */
struct space_sector {
    const uint64_t *industries;
    int measures;
    const struct space_fact *measure[2];
    const uint64_t *class[2][4]; /* the cells of a measure that give this class */
};

struct space {
    const struct profile *profile; /* not owned */
    int day;
    struct arena arena;
    struct space_fact *facts;
    int fact_count;
    int *places; /* of each fact of the profile: its index in `facts`, or -1 */
    int words;   /* of a box */
    const struct form **axioms;
    int axiom_count;
    struct space_sector *sectors; /* where the size is among the facts */
    int sector_count;
    bool too_large; /* more than SPACE_MOST_BITS would be needed: nothing is decided */
};
#define SPACE_MOST_BITS (INT64_C(1) << 28)

/* The space of COUNT criteria (NULL: left out) on DAY. They and the profile must outlive it. Free
 * with space_free. */
struct space *space_new(const struct profile *profile, int day, struct criteria *const *criteria,
                        int count);
void space_free(struct space *space);

/* The form of NODE, a part of one of the criteria, of the same shape. Conditions on the facts that
 * ASIDE (by number of the fact; NULL: none) marks are taken as met. Owned by the space. NULL where
 * the space is too large. */
const struct form *space_form(struct space *space, const struct criteria_node *node,
                              const bool *aside);

/* The bits of FACT in BOX. */
static inline uint64_t *space_bits(const struct space_fact *fact, uint64_t *box)
{
    return box + fact->first;
}

static inline bool space_has(const uint64_t *bits, int cell)
{
    return bits[cell / 64] >> (cell % 64) & 1;
}

/* The fact with this number in the profile, or NULL. */
const struct space_fact *space_fact(const struct space *space, int fact);

/* Writes a box of all cells to BOX; leaves of a fact's cells in it only CELL. */
void space_fill(const struct space *space, uint64_t *box);
void space_keep(const struct space_fact *fact, uint64_t *box, int cell);

#endif
