/* org: organisations that answer for tickets or supervise them. */
#ifndef QIFU_CENTER_ORG_H
#define QIFU_CENTER_ORG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/text.h"
#include "center/center.h"

struct org {
    int64_t id;
    const char *code, *name, *peer_group;
    const char *contact, *phone;    /* may be NULL */
    const char *const *short_names; /* ended by NULL */
};

/* The organisation called WORD by code, name or short name, or 0. */
int64_t org_find(struct db *db, const char *word);

/* The same, for an option's argument: dies with the nearest name where there is none. */
int64_t org_need(struct db *db, const char *word);

/* The known name or code that is nearest to WORD, or NULL. The caller frees. */
char *org_nearest(struct db *db, const char *word);
/* Says in FAULT that WORD is not an organisation, with the nearest one; returns its text. */
const char *org_unknown(struct db *db, const char *word, struct fault *fault);

/* The code of organisation ID, or NULL; in ARENA, or in the table of orgknown_set. */
const char *org_find_code(struct db *db, int64_t id, struct arena *arena);
/* The same as a member of JSON, called KEY; none where there is no such organisation. */
void org_add_code(struct text *data, const char *key, struct db *db, int64_t id);

/* True where ID is the city's center: it also acts where nobody is named (0). */
bool org_is_center(const struct center *center, int64_t id);

/* All organisations in memory, for printing, by id. */
struct org_table {
    struct arena arena;
    struct org *orgs;
    int64_t count;
    struct org_strays *strays; /* private: ids that were asked for and that no organisation has */
};

struct org_table org_table_load(struct db *db);
/* It will be loaded (db_ahead). */
void org_table_ahead(struct db *db);
void org_table_free(struct org_table *table);
/* Appends the names, or the codes, of COUNT of them, divided by blanks. */
void org_add_list(struct text *list, const struct org_table *table, const int64_t *ids, int count,
                  bool names);
/* The organisation with an id, whatever the id; never NULL: where there is none, one called
 * "organisation N" with no group, for a database that was damaged. */
const struct org *org_of(const struct org_table *table, int64_t id);
/* Code and name; NULL for id 0. */
const char *org_code(const struct org_table *table, int64_t id);
const char *org_name(const struct org_table *table, int64_t id);
/* The name of the one with this code, or NULL. */
const char *org_name_of(const struct org_table *table, const char *code);

#endif
