/* org: organisations that answer for tickets or supervise them. */
#ifndef QIFU_CENTER_ORG_H
#define QIFU_CENTER_ORG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "center/center.h"

/* The fields that a table of organisations may bring, ended by NULL. */
extern const char *const org_fields[];

/* Their rows, made by their events (projected.h). */
extern const struct projected org_projected;

struct org {
    int64_t id;
    const char *code, *name, *peer_group;
    const char *contact, *phone;    /* may be NULL */
    const char *const *short_names; /* ended by NULL */
};

enum org_result { ORG_ADDED, ORG_CHANGED, ORG_SAME, ORG_REFUSED };

/* Adds ORG, or changes the one with its code (a contact or phone that is NULL stays as it is; short
 * names are added). Writes an event where something changed. ORG_REFUSED where a name belongs to
 * another organisation: FAULT says which. */
enum org_result org_save(struct center *center, const struct org *org, struct fault *fault);

/* The organisation called WORD by code, name or short name, or 0. */
int64_t org_find(struct db *db, const char *word);

/* The same, for an option's argument: dies with the nearest name where there is none. */
int64_t org_need(struct db *db, const char *word);

/* The known name or code that is nearest to WORD, or NULL. The caller frees. */
char *org_nearest(struct db *db, const char *word);
/* Says in FAULT that WORD is not an organisation, with the nearest one; returns its text. */
const char *org_unknown(struct db *db, const char *word, struct fault *fault);

/* The code of organisation ID, in ARENA, or NULL. */
const char *org_find_code(struct db *db, int64_t id, struct arena *arena);

/* All organisations in memory, for printing, by id. */
struct org_table {
    struct arena arena;
    struct org *orgs;
    int64_t count;
    struct org_strays *strays; /* private: ids that were asked for and that no organisation has */
};

struct org_table org_table_load(struct db *db);
void org_table_free(struct org_table *table);
/* The organisation with an id, whatever the id; never NULL: where there is none, one called
 * "organisation N" with no group, for a database that was damaged. */
const struct org *org_of(const struct org_table *table, int64_t id);
/* Code and name; NULL for id 0. */
const char *org_code(const struct org_table *table, int64_t id);
const char *org_name(const struct org_table *table, int64_t id);

#endif
