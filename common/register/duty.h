/* duty: who owes what how often (履职要求): each county a visit to every enterprise each year, the
 * mayor a meeting each month. What fulfils one is an entry of a register, by the day that a field
 * of it says (qifu-register(5)). */
#ifndef QIFU_REGISTER_DUTY_H
#define QIFU_REGISTER_DUTY_H

#include "center/center.h"
#include "center/org.h"
#include "register/registry.h"

/* So many months; or at any time as many entries that have not ended. */
enum duty_every {
    DUTY_STANDING = 0,
    DUTY_MONTH = 1,
    DUTY_QUARTER = 3,
    DUTY_HALF = 6,
    DUTY_YEAR = 12
};

struct duty {
    struct term term;
    const char *basis;               /* by what it was laid down; NULL: not said */
    const char *const *groups;       /* those who owe it: organisations of these peer groups, */
    const char *const *orgs;         /* these, codes, */
    const char *const *choices;      /* or these choices of the field BY; each ended by NULL */
    const struct registry *registry; /* whose entries fulfil it, */
    int by, at;                      /* by and on the day that these fields say; BY may be NONE */
    int where;                       /* a field that is a choice, or REGISTRY_NONE */
    const char *is;                  /* the choice */
    int enterprise;                  /* to each enterprise, which this field says; or NONE */
    const char *tag;                 /* only those that hold it; NULL: all */
    enum duty_every every;
    int times;
    bool most; /* so often at most */
    int since; /* a day */
    int soon;  /* so many days before its end a period is soon over */
};

struct duty_set {
    struct arena arena;
    struct duty *list;
    int count;
};

/* Reads duties.yaml of the configuration, where it is there. Dies with every fault as file:line.
 * Free with duty_free. */
struct duty_set duty_load(struct config *config);
void duty_free(struct duty_set *set);
/* The duty called WORD, or NULL. */
const struct duty *duty_find(const struct duty_set *set, const char *word);

enum duty_state { DUTY_KEPT, DUTY_OPEN, DUTY_SOON, DUTY_MISSED, DUTY_EXCEEDED, DUTY_STATES };
const char *duty_state_code(enum duty_state state);
const char *duty_state_name(enum duty_state state);
/* The state called WORD, or DUTY_STATES. */
enum duty_state duty_state(const char *word);

/* What somebody owes of a duty in a period; texts live during the call. */
struct duty_line {
    const struct duty *duty;
    const char *who, *who_name, *period; /* 2026-Q1 */
    int first, last;                     /* days */
    int64_t need, have;                  /* entries, or enterprises */
    enum duty_state state;
};

/* What is asked for: the periods that have a day between FROM and TO. */
struct duty_asked {
    struct center *center;
    const struct org_table *orgs;
    const struct duty *duty;
    int from, to;
    const char *tag; /* of this tag alone; NULL: of the duty's */
};
/* Calls TAKE for each who owes it, period by period. */
void duty_check(const struct duty_asked *asked,
                void (*take)(void *context, const struct duty_line *line), void *context);
/* Calls TAKE for each enterprise with which LINE, of a duty to enterprises, has not been kept: with
 * code and name. */
void duty_missing(const struct duty_asked *asked, const struct duty_line *line,
                  void (*take)(void *context, const char *code, const char *name), void *context);

/* The first day of the period in which DAY lies, and of the next one. */
int duty_period(enum duty_every every, int day, int *next);

#endif
