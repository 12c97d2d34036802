/* fields: the fields of a record as one table, from which its row is read, written and compared and
 * its events are understood. What a record's own code adds to a field stands in the same row. */
#ifndef QIFU_CENTER_FIELDS_H
#define QIFU_CENTER_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/db.h"
#include "base/mem.h"
#include "base/text.h"

enum field_type {
    FIELD_TEXT,   /* const char *, NULL: none */
    FIELD_NUMBER, /* int, 0 is a value */
    FIELD_SOME,   /* int, 0: none */
    FIELD_FLAG,   /* bool */
    FIELD_DAY,    /* int, FIELD_NO_DAY: none */
    FIELD_MOMENT, /* int64_t, 0: none, as with those that follow */
    FIELD_ID,
    FIELD_ORG,   /* the id of an organisation; an event says its code */
    FIELD_PEER,  /* the id of another record of the same table; an event says its code */
    FIELD_UNKEPT /* nothing in the record: a file may say it */
};

enum { FIELD_NO_DAY = INT32_MIN };

struct field {
    const char *name;   /* for programs: of a file's columns and keys, of what is printed */
    const char *word;   /* the office's */
    const char *column; /* of the table; NULL: it is not stored */
    const char *member; /* of an event's data, which sets it; NULL: no event does */
    enum field_type type;
    size_t offset;  /* in the record */
    int means;      /* of the record's own numbers: how it is read and shown */
    unsigned flags; /* the record's own */
};

/* A record's table, the column or columns by which a row is known, and the fields. The id is one of
 * them where events tell it. */
struct fields {
    const char *table, *key;
    const struct field *list;
    int count;
};

/* What RECORD has: a number (0 for a text), or a text (NULL for a number); false where it has none.
 */
int64_t field_number(const struct field *field, const void *record);
const char *field_text(const struct field *field, const void *record);
bool field_is_set(const struct field *field, const void *record);

/* True where A and B have the same. */
bool field_is_same(const struct field *field, const void *a, const void *b);

/* Where a text, a day, a number of int64_t stands in RECORD. */
const char **field_text_at(const struct field *field, void *record);
int *field_day_at(const struct field *field, void *record);
int64_t *field_number_at(const struct field *field, void *record);

/* Sets it to VALUE, as an event's data say it; NULL and "" clear it. Texts go to ARENA. */
void field_set(const struct fields *fields, const struct field *field, void *record, struct db *db,
               struct arena *arena, const char *value);
/* Appends the member of an event's data that sets it. */
void field_add(struct text *data, const struct fields *fields, const struct field *field,
               const void *record, struct db *db);

/* Appends "PREFIXa, PREFIXb ..." for all columns of the fields without any of the flags WITHOUT. */
void fields_add_columns(struct text *sql, const struct fields *fields, const char *prefix,
                        unsigned without);
/* Reads these columns, which start with FIRST, into RECORD, whose texts are the row's until the
 * next step; fields_keep copies them to ARENA. */
void fields_read(struct db_query *q, int first, const struct fields *fields, unsigned without,
                 void *record);
void fields_keep(const struct fields *fields, void *record, struct arena *arena);

/* Inserts RECORD. If its key exists, fields_insert leaves that row unchanged and returns 0, else
 * the new row's id; fields_replace overwrites all columns. */
int64_t fields_insert(struct db *db, const struct fields *fields, const void *record);
/* Inserts RECORD under this ID. */
void fields_place(struct db *db, const struct fields *fields, int64_t id, const void *record);
/* Inserts RECORD, whose key does not exist; returns its id, for which nobody waits. */
int64_t fields_append(struct db *db, const struct fields *fields, const void *record);
void fields_replace(struct db *db, const struct fields *fields, const void *record);
/* Stores the columns in which AFTER differs from BEFORE in the row with this id. Each column that
 * is named costs its indexes and foreign keys. */
void fields_update(struct db *db, const struct fields *fields, int64_t id, const void *before,
                   const void *after);

#endif
