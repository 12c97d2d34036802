/* association: trade associations and chambers (行（商）协会). Each is an organisation of the peer
 * group "association", with the classes of policies that it wants and the enterprises that belong
 * to it. Policies of these classes are pushed to the association, and through it to its members
 * (qifu-rules(7)). */
#ifndef QIFU_ENTERPRISE_ASSOCIATION_H
#define QIFU_ENTERPRISE_ASSOCIATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "center/center.h"
#include "center/org_save.h"

/* The fields that a table of associations may bring, ended by NULL. */
extern const char *const association_fields[];

/* Their rows, made by their events (projected.h). */
extern const struct projected association_projected;

/* The code of the peer group that associations belong to. */
extern const char association_group[];

/* What can be done to one, for the gate and for who prints it. */
extern const struct gate_record association_record;

/* Adds the organisation that ORG is to those of the associations' peer group, or changes the one
 * with its code, as org_save does; ORG's own peer group is not looked at. Stores its id; ORG_ADDED
 * where it is no association yet, which association_set makes it. ORG_REFUSED with a FAULT where a
 * name is taken, where the organisation with this code is one of another group, or where WHO may
 * not change the association's lists. Inside a write transaction. */
enum org_result association_save(struct center *center, const struct org *org,
                                 const struct gate_who *who, int64_t *id, struct fault *fault);

/* The lists of an association. */
struct association_lists {
    int64_t id;
    const char *const *classes; /* codes of taxonomy.yaml, each once, ended by NULL; NULL: stay */
    const int64_t *members;     /* ids of enterprises; NULL: stay */
    int member_count;
};

/* Puts LISTS in the place of those that were there, and writes an event where something changed
 * or where it is no association yet. True where something changed. Inside the transaction of
 * association_save, which let WHO pass. */
bool association_set(struct center *center, const struct association_lists *lists,
                     const struct gate_who *who);

/* The association called WORD by code, name or short name, or 0. */
int64_t association_find(struct db *db, const char *word);

/* One association, for printing; texts live during the call. */
struct association {
    int64_t id; /* of the organisation */
    const char *code, *name, *contact, *phone;
    const char *const *classes; /* ended by NULL */
    int64_t members;            /* how many */
};
typedef void association_take(void *context, const struct association *association);

/* Calls TAKE for each association, by code: for that with ID alone, where it is not 0; for those
 * that prefer one of CLASSES (ended by NULL) alone, where it is not NULL. */
void association_each(struct db *db, int64_t id, const char *const *classes, association_take *take,
                      void *context);

/* Calls TAKE with code, name and region (or NULL) of each member of association ID, by code. */
void association_members(struct db *db, int64_t id,
                         void (*take)(void *context, const char *code, const char *name,
                                      const char *region),
                         void *context);

#endif
