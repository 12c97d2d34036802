/* policy_version: what each version of a policy said, by the names of policy_fields. */
#ifndef QIFU_POLICY_VERSION_H
#define QIFU_POLICY_VERSION_H

#include "base/day.h"
#include "policy/policy.h"

/* The content of a version, a JSON object, in ARENA; NULL where there is none. */
const char *policy_version_content(struct db *db, int64_t id, int version, struct arena *arena);

/* Calls TAKE for each version of a policy, in order; CONTENT is a JSON object. */
void policy_each_version(struct db *db, int64_t id,
                         void (*take)(void *, int version, int64_t at, const char *content),
                         void *context);

/* What a version said, by field; NULL: nothing. */
struct policy_said {
    const char *values[POLICY_FIELD_COUNT];
};

/* Reads CONTENT, a JSON object; the texts are in ARENA. */
struct policy_said policy_version_read(const char *content, struct arena *arena);

/* Sets the texts and days of POLICY to what a version SAID, whose texts stay the caller's. */
void policy_version_set(struct policy *policy, const struct policy_said *said);

/* Sets the texts and days of POLICY, and its version, to those of the version that held on DAY: the
 * last that the center had by its end, or the first, where it had none. New texts are in ARENA. */
void policy_version_on(struct db *db, struct policy *policy, int day, struct arena *arena);

/* A text or a day of POLICY as a version says it, in DATE where it is a day; NULL for all others.
 */
const char *policy_version_value(const struct policy *policy, int field, char date[DAY_TEXT_SIZE]);

#endif
