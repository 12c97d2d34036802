#include "center/fields.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "center/org_known.h"

static const void *place(const struct field *field, const void *record)
{
    return (const char *)record + field->offset;
}

int64_t field_number(const struct field *field, const void *record)
{
    const void *at = place(field, record);
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_UNKEPT: return 0;
    case FIELD_NUMBER:
    case FIELD_SOME:
    case FIELD_DAY: return *(const int *)at;
    case FIELD_FLAG: return *(const bool *)at;
    default: return *(const int64_t *)at;
    }
}

const char *field_text(const struct field *field, const void *record)
{
    return field->type == FIELD_TEXT ? *(const char *const *)place(field, record) : NULL;
}

bool field_is_set(const struct field *field, const void *record)
{
    switch (field->type) {
    case FIELD_TEXT: return field_text(field, record) != NULL;
    case FIELD_NUMBER:
    case FIELD_FLAG: return true;
    case FIELD_DAY: return field_number(field, record) != FIELD_NO_DAY;
    default: return field_number(field, record) != 0;
    }
}

bool field_is_same(const struct field *field, const void *a, const void *b)
{
    const char *left = field_text(field, a), *right = field_text(field, b);
    return field_number(field, a) == field_number(field, b) &&
           (left && right ? !strcmp(left, right) : left == right);
}

const char **field_text_at(const struct field *field, void *record)
{
    return (const char **)(void *)((char *)record + field->offset);
}

int *field_day_at(const struct field *field, void *record)
{
    return (int *)(void *)((char *)record + field->offset);
}

int64_t *field_number_at(const struct field *field, void *record)
{
    return (int64_t *)(void *)((char *)record + field->offset);
}

static void set_number(const struct field *field, void *record, int64_t number)
{
    void *at = (char *)record + field->offset;
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_UNKEPT: break;
    case FIELD_NUMBER:
    case FIELD_SOME:
    case FIELD_DAY: *(int *)at = (int)number; break;
    case FIELD_FLAG: *(bool *)at = number != 0; break;
    default: *(int64_t *)at = number;
    }
}

/* By its code alone, which is what the log says: a word may be another's name. */
static int64_t find_coded(struct db *db, const char *table, const char *code)
{
    struct text sql = {0};
    int64_t known = strcmp(table, "org") ? 0 : orgknown_coded(db, code);
    if (known)
        return known;
    text_add_format(&sql, "SELECT id FROM %s WHERE code = ?1", table);
    struct db_query *q = db_query_built(db, sql.data);
    text_free(&sql);
    db_bind_text(q, 1, code);
    return db_first(q);
}

void field_set(const struct fields *fields, const struct field *field, void *record, struct db *db,
               struct arena *arena, const char *value)
{
    bool given = value && *value;
    if (field->type == FIELD_TEXT)
        *field_text_at(field, record) = given ? arena_string(arena, value) : NULL;
    else if (!given)
        set_number(field, record, field->type == FIELD_DAY ? FIELD_NO_DAY : 0);
    else
        set_number(field, record,
                   field->type == FIELD_ORG    ? find_coded(db, "org", value)
                   : field->type == FIELD_PEER ? find_coded(db, fields->table, value)
                                               : strtoll(value, NULL, 10));
}

static void add_code(struct text *data, const char *member, struct db *db, const char *table,
                     int64_t id)
{
    struct text sql = {0};
    const char *known = strcmp(table, "org") ? NULL : orgknown_code(db, id);
    if (known) {
        json_add_text(data, member, known);
        return;
    }
    text_add_format(&sql, "SELECT code FROM %s WHERE id = ?1", table);
    struct db_query *q = db_query_built(db, sql.data);
    text_free(&sql);
    db_bind(q, 1, id);
    json_add_text(data, member, db_step(q) ? db_text(q, 0) : "");
    db_reset(q);
}

void field_add(struct text *data, const struct fields *fields, const struct field *field,
               const void *record, struct db *db)
{
    int64_t number = field_number(field, record);
    if (field->type == FIELD_TEXT)
        json_add_text(data, field->member, field_text(field, record));
    else if (field->type == FIELD_ORG || field->type == FIELD_PEER)
        add_code(data, field->member, db, field->type == FIELD_ORG ? "org" : fields->table, number);
    else
        json_add_number(data, field->member, number);
}

static bool has_column(const struct field *field, unsigned without)
{
    return field->column && !(field->flags & without);
}

void fields_add_columns(struct text *sql, const struct fields *fields, const char *prefix,
                        unsigned without)
{
    const char *comma = "";
    for (int i = 0; i < fields->count; i++)
        if (has_column(&fields->list[i], without)) {
            text_add_format(sql, "%s%s%s", comma, prefix, fields->list[i].column);
            comma = ", ";
        }
}

static void read_field(struct db_query *q, int column, const struct field *field, void *record)
{
    if (field->type == FIELD_TEXT)
        *field_text_at(field, record) = db_text(q, column);
    else if (field->type == FIELD_DAY && db_is_null(q, column))
        set_number(field, record, FIELD_NO_DAY);
    else
        set_number(field, record, db_number(q, column));
}

void fields_read(struct db_query *q, int first, const struct fields *fields, unsigned without,
                 void *record)
{
    for (int i = 0; i < fields->count; i++)
        if (has_column(&fields->list[i], without))
            read_field(q, first++, &fields->list[i], record);
}

void fields_keep(const struct fields *fields, void *record, struct arena *arena)
{
    for (int i = 0; i < fields->count; i++) {
        const char *text = field_text(&fields->list[i], record);
        if (text)
            *field_text_at(&fields->list[i], record) = arena_string(arena, text);
    }
}

/* What is not bound is NULL. */
static void bind(struct db_query *q, int index, const struct field *field, const void *record)
{
    if (field->type == FIELD_TEXT)
        db_bind_text(q, index, field_text(field, record));
    else if (field_is_set(field, record))
        db_bind(q, index, field_number(field, record));
}

/* Parameter I + 1 is field I, also where some have no column; the one after the last is the id,
 * where it is GIVEN. */
static void add_insert(struct text *sql, const struct fields *fields, bool given)
{
    const char *comma = "";
    text_add_format(sql, "INSERT INTO %s (%s", fields->table, given ? "id, " : "");
    fields_add_columns(sql, fields, "", 0);
    text_add(sql, ") VALUES (");
    if (given) {
        text_add_format(sql, "?%d", fields->count + 1);
        comma = ", ";
    }
    for (int i = 0; i < fields->count; i++)
        if (fields->list[i].column) {
            text_add_format(sql, "%s?%d", comma, i + 1);
            comma = ", ";
        }
    text_add(sql, ")");
}

static void add_conflict(struct text *sql, const struct fields *fields)
{
    text_add_format(sql, " ON CONFLICT (%s) DO ", fields->key);
}

static void add_replace(struct text *sql, const struct fields *fields)
{
    const char *comma = "UPDATE SET ";
    for (int i = 0; i < fields->count; i++) {
        const char *column = fields->list[i].column;
        if (column && strcmp(column, fields->key) != 0) {
            text_add_format(sql, "%s%s = excluded.%s", comma, column, column);
            comma = ", ";
        }
    }
}

static void bind_all(struct db_query *q, const struct fields *fields, const void *record)
{
    for (int i = 0; i < fields->count; i++)
        if (fields->list[i].column)
            bind(q, i + 1, &fields->list[i], record);
}

int64_t fields_insert(struct db *db, const struct fields *fields, const void *record)
{
    struct db_query *q = db_query_kept(db, &fields->list);
    if (!q) {
        struct text sql = {0};
        add_insert(&sql, fields, false);
        add_conflict(&sql, fields);
        text_add(&sql, "NOTHING RETURNING id");
        q = db_query_keep(db, &fields->list, sql.data);
        text_free(&sql);
    }
    bind_all(q, fields, record);
    return db_first(q);
}

void fields_place(struct db *db, const struct fields *fields, int64_t id, const void *record)
{
    struct db_query *q = db_query_kept(db, &fields->table);
    if (!q) {
        struct text sql = {0};
        add_insert(&sql, fields, true);
        q = db_query_keep(db, &fields->table, sql.data);
        text_free(&sql);
    }
    bind_all(q, fields, record);
    db_bind(q, fields->count + 1, id);
    db_run(q);
}

int64_t fields_append(struct db *db, const struct fields *fields, const void *record)
{
    int64_t id = db_next_id(db, fields->table);
    fields_place(db, fields, id, record);
    return id;
}

void fields_replace(struct db *db, const struct fields *fields, const void *record)
{
    struct db_query *q = db_query_kept(db, &fields->key);
    if (!q) {
        struct text sql = {0};
        add_insert(&sql, fields, false);
        add_conflict(&sql, fields);
        add_replace(&sql, fields);
        q = db_query_keep(db, &fields->key, sql.data);
        text_free(&sql);
    }
    bind_all(q, fields, record);
    db_run(q);
}

/* The text is made anew for each record: no format is read for it. */
static void add_setting(struct text *sql, const char *column, int parameter)
{
    text_add(sql, sql->length ? ", " : " SET ");
    text_add(sql, column);
    text_add(sql, " = ?");
    text_add_number(sql, parameter);
}

void fields_update(struct db *db, const struct fields *fields, int64_t id, const void *before,
                   const void *after)
{
    struct text sql = {0};
    for (int i = 0; i < fields->count; i++)
        if (fields->list[i].column && !field_is_same(&fields->list[i], before, after))
            add_setting(&sql, fields->list[i].column, i + 2);
    if (sql.length) {
        struct text whole = {0};
        text_add_format(&whole, "UPDATE %s%s WHERE id = ?1", fields->table, sql.data);
        struct db_query *q = db_query_built(db, whole.data);
        text_free(&whole);
        db_bind(q, 1, id);
        for (int i = 0; i < fields->count; i++)
            if (fields->list[i].column && !field_is_same(&fields->list[i], before, after))
                bind(q, i + 2, &fields->list[i], after);
        db_run(q);
    }
    text_free(&sql);
}
