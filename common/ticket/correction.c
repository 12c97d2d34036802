#include "ticket/correction.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

/* In the order in which events say them. */
static const int corrected[CORRECTION_FIELDS] = {
    TICKET_CHANNEL, TICKET_KIND,    TICKET_KIND_BY, TICKET_TITLE,   TICKET_ENTERPRISE,
    TICKET_USCC,    TICKET_CONTACT, TICKET_PHONE,   TICKET_REGION,  TICKET_CATEGORY,
    TICKET_POLICY,  TICKET_ENTRY,   TICKET_LIAISON, TICKET_RECEIVED};
enum { KIND = 1, KIND_BY = 2, RECEIVED = CORRECTION_FIELDS - 1, NUMBER_SIZE = 24 };

static const struct field *field_of(int number)
{
    return ticket_field(corrected[number]);
}

const char *correction_name(int field)
{
    return field_of(field)->name;
}

const char *correction_word(int field)
{
    switch (corrected[field]) {
    case TICKET_USCC: return "信用代码";
    case TICKET_RECEIVED: return "受理时间";
    default: return field_of(field)->word;
    }
}

int correction_of_key(const char *key, bool *is)
{
    *is = !strncmp(key, "is_", 3);
    if (!*is && strncmp(key, "was_", 4) != 0)
        return -1;
    for (int i = 0; i < CORRECTION_FIELDS; i++)
        if (!strcmp(correction_name(i), key + (*is ? 3 : 4)))
            return i;
    return -1;
}

/* The value of a field as events write it; NUMBER holds it where it is one. */
static const char *value_of(const struct ticket *ticket, int field, char number[static NUMBER_SIZE])
{
    const char *text = field_text(field_of(field), ticket);
    if (field_of(field)->type == FIELD_TEXT)
        return text ? text : "";
    snprintf(number, NUMBER_SIZE, "%lld", (long long)field_number(field_of(field), ticket));
    return number;
}

static void add_value(struct text *data, const char *which, int field, const char *value)
{
    char key[32];
    snprintf(key, sizeof key, "%s_%s", which, correction_name(field));
    if (field_of(field)->type != FIELD_TEXT)
        json_add_raw(data, key, value);
    else
        json_add_text(data, key, value);
}

int correction_add(struct text *data, const struct ticket *before, const struct ticket *after)
{
    int count = 0;
    for (int i = 0; i < CORRECTION_FIELDS; i++) {
        char left[NUMBER_SIZE], right[NUMBER_SIZE];
        const char *was = value_of(before, i, left), *is = value_of(after, i, right);
        if (!strcmp(was, is))
            continue;
        add_value(data, "was", i, was);
        add_value(data, "is", i, is);
        count++;
    }
    return count;
}

void correction_store(struct db *db, struct ticket *ticket, const struct ticket *after)
{
    const struct ticket before = *ticket;
    for (int i = 0; i < CORRECTION_FIELDS; i++)
        if (field_of(i)->type == FIELD_TEXT)
            *field_text_at(field_of(i), ticket) = field_text(field_of(i), after);
    fields_update(db, &ticket_table, ticket->id, &before, ticket);
}

/* ---- back to the first entry */

struct undoing {
    struct ticket *ticket;
    struct db *db;
    struct arena *arena;
};

static void take_was(void *context, const char *key, const char *value)
{
    struct undoing *u = context;
    bool is;
    int field = correction_of_key(key, &is);
    if (field >= 0 && !is && value)
        field_set(&ticket_table, field_of(field), u->ticket, u->db, u->arena, value);
}

void correction_undo(struct db *db, struct ticket *ticket, int64_t since, struct arena *arena)
{
    struct undoing undoing = {ticket, db, arena};
    struct fault fault = {""};
    struct db_query *q = db_query(db, "SELECT data FROM event WHERE ticket_id = ?1"
                                      " AND type = 'corrected' AND id > ?2 ORDER BY id DESC");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, since);
    while (db_step(q))
        json_read_object(db_text(q, 0), take_was, &undoing, &fault);
}

/* ---- the replay */

static void take_said(void *context, const char *key, const char *value)
{
    struct correction_chain *chain = context;
    bool is;
    int field = correction_of_key(key, &is);
    if (field < 0 || !value)
        return;
    if (!is && chain->is[field] && strcmp(chain->is[field], value) != 0) {
        struct text what = {0};
        text_add_format(&what, "%s before a correction", correction_name(field));
        compare_text(chain->comparison, what.data, value, chain->is[field]);
        text_free(&what);
    }
    chain->is[field] = arena_string(chain->arena, value);
}

static void take_received(void *context, const char *key, const char *value)
{
    struct correction_chain *chain = context;
    if (value && !strcmp(key, "kind"))
        chain->is[KIND] = arena_string(chain->arena, value);
    else if (value && !strcmp(key, "by"))
        chain->is[KIND_BY] = arena_string(chain->arena, value);
}

void correction_follow(struct correction_chain *chain, const char *type, int64_t at,
                       const char *data)
{
    struct fault fault = {""};
    if (!strcmp(type, "received")) {
        chain->is[RECEIVED] = arena_format(chain->arena, "%lld", (long long)at);
        json_read_object(data, take_received, chain, &fault);
    } else if (!strcmp(type, "corrected")) {
        json_read_object(data, take_said, chain, &fault);
    }
}

void correction_make(const struct correction_chain *chain, struct ticket *ticket)
{
    for (int i = 0; i < CORRECTION_FIELDS; i++)
        if (chain->is[i] && field_of(i)->type == FIELD_TEXT)
            *field_text_at(field_of(i), ticket) = *chain->is[i] ? chain->is[i] : NULL;
}
