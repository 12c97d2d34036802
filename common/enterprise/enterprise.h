/* enterprise: enterprises and what is known of them, with the days from which it holds. */
#ifndef QIFU_ENTERPRISE_ENTERPRISE_H
#define QIFU_ENTERPRISE_ENTERPRISE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "center/center.h"
#include "center/gate.h"
#include "enterprise/field.h"

/* A value of a fact, or a tag, from a day on. */
struct enterprise_fact {
    int fact;
    struct fact_range value; /* of a tag: {0, 0} is not held */
    int from, until;         /* days; until: of a tag, its last day, or ENTERPRISE_NO_DAY */
    bool undated;            /* of a tag to be saved: entered without dates, so that dates that are
                                known already stay */
};
enum { ENTERPRISE_NO_DAY = INT32_MAX };

struct enterprise {
    int64_t id; /* 0: not in the database */
    const char *code, *name;
    const char *contact, *phone, *extra; /* may be NULL */
    const char *reason; /* to be saved: why a code whose check character is wrong was accepted */
    struct enterprise_fact *facts; /* to be saved */
    int fact_count;
};

/* What can be done to one, for the gate and for who prints it. */
extern const struct gate_record enterprise_record;

enum enterprise_result {
    ENTERPRISE_ADDED,
    ENTERPRISE_CHANGED,
    ENTERPRISE_SAME,
    ENTERPRISE_REFUSED
};

/* Adds ENTERPRISE, or changes the enterprise with its code, inside a write transaction. NULL
 * members stay as they are; facts are added with their days, and a fact of the same day is
 * corrected. A tag entered with dates or a level also applies to undated entries within those
 * dates: they end when it ends. Logs one event if anything changed, with the former values; of
 * personal data only that they changed. WHO says who does it and when. Returns ENTERPRISE_REFUSED,
 * with FAULT, if the gate refuses; then nothing was stored. */
enum enterprise_result enterprise_save(struct center *center, const struct profile *profile,
                                       const struct enterprise *enterprise,
                                       const struct gate_who *who, struct fault *fault);

/* The enterprise with this code, or with exactly this name, or 0. */
int64_t enterprise_find(struct db *db, const char *word);
/* The same, for an option's argument: dies where there is none. */
int64_t enterprise_need(struct db *db, const char *word);
/* Adds to FAULT that no enterprise is called WORD, and how to find one; returns its text. */
const char *enterprise_unknown(const char *word, struct fault *fault);

/* Code, name, contact, phone and extra of enterprise ID, in ARENA; false where there is none. */
bool enterprise_load(struct db *db, int64_t id, struct arena *arena, struct enterprise *enterprise);

/* The code of enterprise ID, in ARENA; NULL where there is none. */
const char *enterprise_code(struct db *db, int64_t id, struct arena *arena);

/* Calls TAKE for each enterprise whose code or name contains TEXT, whatever the case (NULL: for
 * all), in the order of their ids. Texts live during the call. */
void enterprise_each(struct db *db, const char *text,
                     void (*take)(void *context, int64_t id, const char *code, const char *name),
                     void *context);

/* The value of a tag: held or not, at a level (code or NULL: not known which). */
struct fact_range enterprise_tag_value(bool held, const char *level);

/* All facts and tags of enterprise ID, sorted by fact and day, in ARENA; returns how many. */
int enterprise_history(struct db *db, const struct profile *profile, int64_t id,
                       struct arena *arena, struct enterprise_fact **facts);

#endif
