/* entry_private: entries as rows, one for each value. */
#ifndef QIFU_REGISTER_ENTRY_PRIVATE_H
#define QIFU_REGISTER_ENTRY_PRIVATE_H

#include "register/entry.h"

/* Of an entry e and its values v, by the fields and places of these. */
#define ENTRY_COLUMNS                                                                              \
    "e.id, e.register, e.key, e.state, e.ended, e.org_id, e.added_at, e.moved_at, e.due_at,"       \
    " e.ticket_id, v.field, v.text, v.number"

/* The entry of a row, without its values; the value of a row, into its entry. */
void entry_read_row(struct db_query *q, const struct registry *registry, struct arena *arena,
                    struct entry *entry);
void entry_read_value(struct db_query *q, struct arena *arena, struct entry *entry);

#endif
