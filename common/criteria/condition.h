/* condition: one fact, and the ranges of its values that meet a policy's condition. Days may go
 * with the day asked for. Pure. */
#ifndef QIFU_CRITERIA_CONDITION_H
#define QIFU_CRITERIA_CONDITION_H

#include "base/mem.h"
#include "criteria/profile.h"

/* A bound of a range: a value, or a day relative to the one asked for. */
struct bound {
    int64_t value; /* plus so many days where relative */
    bool relative; /* to today */
    int months;    /* relative: so many calendar months later, the day clamped to the month */
    int past;      /* 1: the first value after it; -1: the last before it; 0: itself */
};

struct condition {
    int fact;
    struct condition_range {
        struct bound low, high;
    } * ranges; /* rising, apart from each other */
    int range_count;
    const char *text;  /* as written, in one line */
    const char *basis; /* clause, or NULL */
    int number;        /* from 0, in the order of the text */
};

struct bound bound_fixed(int64_t value);
/* The next value after a bound, and the last one before it. */
struct bound bound_after(struct bound bound);
struct bound bound_before(struct bound bound);

/* Adds a range behind the others, in ARENA. */
void condition_add(struct arena *arena, struct condition *condition, struct bound low,
                   struct bound high);
/* Sorts fixed ranges and joins those that touch. */
void condition_join(struct condition *condition);
/* Makes the condition its opposite, among all values that can be known. */
void condition_negate(struct arena *arena, struct condition *condition);

/* The ranges that meet CONDITION on the day TODAY, rising; at most MOST are stored; returns how
 * many. Empty ranges are left out. */
int condition_ranges(const struct condition *condition, int today, struct fact_range *ranges,
                     int most);
enum { CONDITION_MOST_RANGES = 64 };

/* The value of BOUND on the day TODAY; where it is relative it never goes back as days go by. */
int64_t bound_on(struct bound bound, int today);

#endif
