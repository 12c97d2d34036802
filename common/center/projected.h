/* projected: records whose rows are what their events make of them. A subject says which tables
 * hold them, and what each of its events does to these; the programs that write and the replay of
 * center-check use the same functions, so that they cannot differ. */
#ifndef QIFU_CENTER_PROJECTED_H
#define QIFU_CENTER_PROJECTED_H

#include "base/json.h"
#include "center/compare.h"
#include "center/log.h"

/* A table that events alone write. */
struct projected_table {
    const char *name;
    const char *id, *called; /* SQL: the record's id, and how a fault calls it, of row m */
    const char *but;         /* SQL: which rows m no event tells; NULL: none */
};

/* What an event does to the tables. It finds what it is about by what DATA says, and does nothing
 * where that is not there. */
struct projected_effect {
    const char *type;
    void (*apply)(struct db *db, const struct event *event, const struct json *data);
};

struct projected {
    const char *check;                      /* its name in center-check: enterprises */
    const struct projected_table *tables;   /* ended by one without a name */
    const struct projected_effect *effects; /* ended by one without a type; or NULL, and: */
    /* Makes the rows of the tables, which are aside (db_shadow), from the whole log; reports what
     * of the log's contents is not what the log has a digest of. After the records before it. */
    void (*replay)(struct db *db, compare_report *report, void *context);
};

/* Ends the JSON object DATA, adds the event (AT 0 is now), applies it and frees DATA. Inside a
 * write transaction. */
void projected_log(struct center *center, const struct projected *record, const char *type,
                   int64_t at, struct text *data);

/* Applies EVENT; nothing happens where it is none of RECORD's. */
void projected_apply(struct db *db, const struct projected *record, const struct event *event);

#endif
