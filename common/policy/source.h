/* source: the days on which the sources of policies were looked through (qifu-rules(7)). A source
 * is known by its code in sources.yaml. */
#ifndef QIFU_POLICY_SOURCE_H
#define QIFU_POLICY_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "center/center.h"

enum { SOURCE_NEVER = INT32_MIN };

/* The rows of looks, made by their events (projected.h). */
extern const struct projected source_projected;

/* The last day up to DAY on which source CODE was looked through, or SOURCE_NEVER. */
int source_last_look(struct db *db, const char *code, int day);

/* True where any source ever was. */
bool source_any_look(struct db *db);

/* Records, inside a write transaction, that the COUNT sources CODES were looked through on the
 * center's present day, once per source and day; NEW[i] says whether it was new. Writes one event
 * for all that were. */
void source_look(struct center *center, const char *const *codes, int count, bool *new);

/* How the working days of a month, those that are over, were used. Rest days do not count. */
struct source_month {
    int days;   /* working days from FIRST to LAST */
    int missed; /* of these without a look */
};

/* Of source CODE, from FIRST to LAST; days from the center's present one on are left out. */
struct source_month source_month(const struct center *center, const char *code, int first,
                                 int last);

#endif
