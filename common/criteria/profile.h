/* profile: what can be known of an enterprise (企业画像): its facts by name and type, the titles
 * that it may hold, and what their codes mean. A fact's value is kept as a range of 64-bit numbers,
 * so that "somewhere in manufacturing" and "at least 300 staff" are values like any other; what is
 * not known at all is FACT_UNKNOWN. Pure. */
#ifndef QIFU_CRITERIA_PROFILE_H
#define QIFU_CRITERIA_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/decimal.h"
#include "base/fault.h"
#include "base/mem.h"

enum fact_type {
    FACT_NUMBER,   /* in millionths (decimal.h) */
    FACT_DATE,     /* a day (day.h) */
    FACT_CHOICE,   /* one of ordered values, from 1 */
    FACT_REGION,   /* GB/T 2260: 320302 is part of 3203 */
    FACT_INDUSTRY, /* GB/T 4754-2017: I65 is part of I */
    FACT_TAG       /* 0: not held; 1 .. : held, by level; the level is not known: a range */
};

/* What a value may be: from LOW to HIGH, both included. */
struct fact_range {
    int64_t low, high;
};
#define FACT_LEAST (-DECIMAL_MOST) /* every known value lies within these */
#define FACT_MOST  DECIMAL_MOST
/* Lies outside of every range of known values on both sides: neither in it nor apart from it. */
#define FACT_UNKNOWN ((struct fact_range){INT64_MIN, INT64_MAX})

struct fact_name {
    const char *code;        /* staff; of a tag its name */
    const char *name;        /* 从业人员 */
    const char *const *also; /* ended by NULL */
    enum fact_type type;
    const char *unit;               /* 元, 人, %; NULL: none */
    const char *const *values;      /* of a choice: codes in order, ended by NULL */
    const char *const *value_names; /* the office's words for them */
    bool computed;                  /* size: follows from other facts */
    bool complete; /* of a tag: the center holds its whole register, so that who is not on it does
                      not hold it */
};

/* One node of the industries, in the order of the tree: node i holds all up to `last`. */
struct industry {
    const char *code, *name; /* C, 33, 331, 3311 */
    char section;
    int last;
};

/* One line of the standard of sizes: classes by thresholds, as the 2011 standard has them. */
struct size_rule {
    const char *name;              /* 工业 */
    struct fact_range *industries; /* of nodes */
    int industry_count;
    int measures[2];    /* numbers of facts: staff, revenue, assets; -1: none */
    int64_t from[2][3]; /* where small, medium and large begin, by measure */
};

/* A place that criteria may name: 320302 鼓楼区. */
struct place {
    const char *code, *name;
    const char *const *also;
};

/* How facts hang together (axiom.h). */
struct criteria;
struct profile_axiom {
    struct criteria *holds; /* of everybody: owned */
    const char *basis;      /* where that is said, or NULL */
    int line;               /* of profile.yaml */
};

struct profile {
    struct arena arena;
    struct fact_name *facts; /* facts and, after them, tags */
    int fact_count, tag_start;
    struct industry *industries;
    int industry_count;
    struct size_rule *sizes;
    int size_count;
    struct place *places;
    int place_count;
    struct profile_axiom *axioms;
    int axiom_count;
    struct profile_index *index; /* names to numbers; private */
};

/* Numbers of the facts that every profile begins with. */
enum {
    FACT_OF_REGION,
    FACT_OF_INDUSTRY,
    FACT_OF_STAFF,
    FACT_OF_REVENUE,
    FACT_OF_ASSETS,
    FACT_OF_FOUNDED,
    FACT_OF_SIZE,
    FACT_STANDARD_COUNT
};

/* The tags' levels in rising order: county, city, province, national; ended by NULL. */
extern const char *const profile_levels[];
extern const char *const profile_level_names[]; /* 县级 ... 国家级 */
enum { PROFILE_LEVELS = 4 };
/* The rank of a level by code or name, from 1, or 0. */
int profile_level(const char *word);

/* Called once all facts, tags, industries and places are in: makes the index. Returns the word that
 * means two things, or NULL. */
const char *profile_seal(struct profile *profile);
/* Frees all but the axioms: of a profile that was read from files see profilefile_free. */
void profile_free(struct profile *profile);

/* The number of the fact or of the tag called WORD, or -1. */
int profile_fact(const struct profile *profile, const char *word);
int profile_tag(const struct profile *profile, const char *word);
/* The nearest names, or NULL. */
const char *profile_nearest_fact(const struct profile *profile, const char *word);
const char *profile_nearest_tag(const struct profile *profile, const char *word);

/* The range that WORD means as a value of FACT: a number, a date, a choice, a code or a name of the
 * trees. False with a fault where it is none. */
bool profile_value(const struct profile *profile, int fact, const char *word,
                   struct fact_range *range, struct fault *fault);

/* The code under which a tree's or a choice's value is kept (鼓楼区 is 320302, 小型 small), in
 * BUFFER or owned by the profile; NULL for a number. */
enum { PROFILE_CODE_SIZE = 16 };
const char *profile_code(const struct profile *profile, int fact, struct fact_range range,
                         char buffer[static PROFILE_CODE_SIZE]);

/* The value that is kept under CODE; FACT_UNKNOWN where the profile has lost it. */
struct fact_range profile_kept(const struct profile *profile, int fact, const char *code);

/* Writes what RANGE means in the office's words to OUT (2000万元, 鼓楼区, C 制造业, 小型). */
struct text;
void profile_print(const struct profile *profile, int fact, struct fact_range range,
                   struct text *out);

/* The line of the standard of sizes that holds this industry, or NULL. */
const struct size_rule *profile_size_rule(const struct profile *profile,
                                          struct fact_range industry);

/* The size class of an enterprise of this industry and these measures (by number: staff, revenue,
 * assets), as a range of choices; FACT_UNKNOWN where the standard does not cover the industry or
 * nothing is known. Source: 工信部联企业〔2011〕300号. */
struct fact_range profile_size(const struct profile *profile, struct fact_range industry,
                               const struct fact_range measures[static 3]);

#endif
