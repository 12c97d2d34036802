/* orgknown: the organisations that a program has in memory answer for the database, which is asked
 * for what is not among them. */
#ifndef QIFU_CENTER_ORG_KNOWN_H
#define QIFU_CENTER_ORG_KNOWN_H

#include "center/org.h"

/* From now on what follows looks into TABLE, which was loaded from DB and outlives it. It ends when
 * this process changes an organisation, which forgets them. */
void orgknown_set(struct db *db, const struct org_table *table);
void orgknown_forget(struct db *db);

/* The organisation called WORD by code, name or short name, or that has just this CODE; 0 where it
 * is not known. */
int64_t orgknown_find(struct db *db, const char *word);
int64_t orgknown_coded(struct db *db, const char *code);
/* The code of organisation ID, in the table; NULL where it is not known. */
const char *orgknown_code(struct db *db, int64_t id);

/* The row with this id in a table that is sorted by orgknown_by_id, or NULL: ids are looked for,
 * not trusted. */
struct org *orgknown_row(const struct org_table *table, int64_t id);
int orgknown_by_id(const void *a, const void *b);

#endif
