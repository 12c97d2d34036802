/* enterprise_projection: an enterprise, its facts and its tags follow from its events. An event
 * lists changes, and each is applied by itself: enterprise_save applies them while it notes them,
 * center-check when it reads them again. */
#ifndef QIFU_ENTERPRISE_PROJECTION_H
#define QIFU_ENTERPRISE_PROJECTION_H

#include <stdint.h>

#include "center/fields.h"
#include "center/projected.h"

extern const struct projected enterprise_projected;

/* One change. It does not depend on the profile, which may be edited later. */
struct enterprise_change {
    enum enterprise_change_kind { CHANGE_FIELD, CHANGE_FACT, CHANGE_TAG } kind;
    const char *name; /* of the fact, the tag or the field */
    int from, until;  /* days; until: of a tag, ENTERPRISE_NO_DAY where no end is known */
    const char *code; /* of a fact; NULL: it is NUMBER, in millionths; of a field its value */
    int64_t number;
    bool held; /* of a tag */
    const char *level;
};

/* The id that the next enterprise gets. */
int64_t enterprise_next_id(struct db *db);
/* The enterprise CODE, called NAME, begins to be known, as number ID. */
void enterprise_begin(struct db *db, int64_t id, const char *code, const char *name);
/* Applies CHANGE to enterprise ID. */
void enterprise_apply(struct db *db, int64_t id, const struct enterprise_change *change);
/* Brings the columns of the standard facts to what was known last, after facts were changed of
 * which the latest holds from day FACTS_FROM. */
void enterprise_project(struct db *db, int64_t id, int facts_from);

/* True where a fact is one of the standard ones, which have columns. */
bool enterprise_is_standard(const char *fact);

/* The member of an event, beside the list of changes, that says what FIELD has become, which is
 * personal: sealed, and masked in the views. */
const char *enterprise_member(const struct field *field);

#endif
