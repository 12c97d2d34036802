/* policy_projection: a policy's state, dates and pin are what its events say. The acts and
 * center-check use the same function, so that they cannot differ. */
#ifndef QIFU_POLICY_PROJECTION_H
#define QIFU_POLICY_PROJECTION_H

#include "policy/policy.h"

struct text;

/* Applies an event to POLICY, texts in ARENA. A member of DATA that is called like a field sets it
 * (0 and "" clear it); what the type does besides stands in one table. */
void policy_apply(struct policy *policy, struct db *db, struct arena *arena, const char *type,
                  int64_t at, const char *data);

/* Appends the members that set all that a new version sets. */
void policy_add_projected(struct text *data, struct db *db, const struct policy *policy);

/* Writes an event on POLICY, applies it, and stores the columns that it changed. DATA (NULL: none)
 * was started by json_start and has further members. Inside a write transaction. */
void policy_record(struct center *center, const char *type, struct policy *policy,
                   struct arena *arena, int64_t at, const struct text *data);
/* The same for a policy whose row the caller writes whole. */
void policy_record_only(struct center *center, const char *type, struct policy *policy,
                        struct arena *arena, int64_t at, const struct text *data);

#endif
