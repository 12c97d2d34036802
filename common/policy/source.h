/* source: the days on which the sources of policies were looked through (qifu-rules(7)). A source
 * is known by its code in sources.yaml. */
#ifndef QIFU_POLICY_SOURCE_H
#define QIFU_POLICY_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "center/center.h"
#include "center/gate.h"
#include "policy/source_file.h"

enum { SOURCE_NEVER = INT32_MIN };

/* The rows of looks, made by their events (projected.h). */
extern const struct projected source_projected;

/* The last day up to DAY on which source CODE was looked through, or SOURCE_NEVER. */
int source_last_look(struct db *db, const char *code, int day);

/* True where any source ever was. */
bool source_any_look(struct db *db);

/* What can be done to a source, for the gate and for who prints it. */
extern const struct gate_record source_record;

/* Called with what came of one look; FAULT says why where it was refused. */
typedef void source_take(void *context, const struct source *source, enum gate_result result,
                         const struct fault *fault);

/* Records, inside a write transaction, that the COUNT SOURCES, all different, were looked through
 * by WHO and when, once per source and day; calls TAKE for each. Writes one event for all that were
 * new. */
void source_look(struct center *center, const struct source *const *sources, int count,
                 const struct gate_who *who, source_take *take, void *context);

/* How the working days of a month, those that are over, were used. Rest days do not count. */
struct source_month {
    int days;   /* working days from FIRST to LAST */
    int missed; /* of these without a look */
};

/* Of source CODE, from FIRST to LAST; days from the center's present one on are left out. */
struct source_month source_month(const struct center *center, const char *code, int first,
                                 int last);

#endif
