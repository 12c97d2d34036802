/* forget: gives the place of what was erased back, so that the bytes are nowhere in the database.
 */
#ifndef QIFU_ERASURE_FORGET_H
#define QIFU_ERASURE_FORGET_H

#include <stdbool.h>

#include "center/center.h"

/* Notes, in the transaction that erases, that this is to be done: a run that is killed behind it
 * leaves the note. */
void forget_note(struct db *db);

/* Does it where it was noted (db_forget), which takes as long as the whole database is large, and
 * takes the note away. False where another program keeps it from being whole. Outside a
 * transaction. */
bool forget_erased(struct center *center);

#endif
