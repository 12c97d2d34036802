#include "ticket/correction.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

enum { RECEIVED = CORRECTION_FIELDS - 1, KIND = 1, KIND_BY = 2, NUMBER_SIZE = 24 };

static const char *const names[CORRECTION_FIELDS][2] = {
    {"channel", "渠道"},    {"kind", "类型"},     {"kind_by", "类型来自"}, {"title", "标题"},
    {"enterprise", "企业"}, {"uscc", "信用代码"}, {"contact", "联系人"},   {"phone", "电话"},
    {"region", "区域"},     {"category", "类别"}, {"received", "受理时间"}};

const char *correction_name(int field)
{
    return names[field][0];
}

const char *correction_word(int field)
{
    return names[field][1];
}

int correction_of_key(const char *key, bool *is)
{
    *is = !strncmp(key, "is_", 3);
    if (!*is && strncmp(key, "was_", 4) != 0)
        return -1;
    for (int i = 0; i < CORRECTION_FIELDS; i++)
        if (!strcmp(names[i][0], key + (*is ? 3 : 4)))
            return i;
    return -1;
}

/* Where a text of TICKET stands; NULL for the receipt, which is a number. */
static const char **text_of(struct ticket *t, int field)
{
    const char **const texts[CORRECTION_FIELDS] = {
        &t->channel, &t->kind,   &t->kind_by,  &t->title, &t->enterprise, &t->uscc, &t->contact,
        &t->phone,   &t->region, &t->category, NULL};
    return texts[field];
}

/* The value of a field as events write it; NUMBER holds it where it is one. */
static const char *value_of(const struct ticket *ticket, int field, char number[static NUMBER_SIZE])
{
    struct ticket copy = *ticket;
    const char **text = text_of(&copy, field);
    if (text)
        return *text ? *text : "";
    snprintf(number, NUMBER_SIZE, "%lld", (long long)ticket->received_at);
    return number;
}

static void set_value(struct ticket *ticket, int field, const char *value, struct arena *arena)
{
    const char **text = text_of(ticket, field);
    if (text)
        *text = *value ? arena_string(arena, value) : NULL;
    else
        ticket->received_at = strtoll(value, NULL, 10);
}

static void add_value(struct text *data, const char *which, int field, const char *value)
{
    char key[32];
    snprintf(key, sizeof key, "%s_%s", which, names[field][0]);
    if (field == RECEIVED)
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

void correction_store(struct db *db, const struct ticket *after)
{
    struct db_query *q =
        db_query(db, "UPDATE ticket SET channel = ?2, kind_by = ?3, title = ?4, enterprise = ?5,"
                     " uscc = ?6, contact = ?7, phone = ?8, region = ?9, category = ?10"
                     " WHERE id = ?1");
    const char *const texts[] = {after->channel,    after->kind_by, after->title,
                                 after->enterprise, after->uscc,    after->contact,
                                 after->phone,      after->region,  after->category};
    db_bind(q, 1, after->id);
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++)
        db_bind_text(q, i + 2, texts[i]);
    db_run(q);
}

/* ---- back to the first entry */

struct undoing {
    struct ticket *ticket;
    struct arena *arena;
};

static void take_was(void *context, const char *key, const char *value)
{
    struct undoing *u = context;
    bool is;
    int field = correction_of_key(key, &is);
    if (field >= 0 && !is && value)
        set_value(u->ticket, field, value, u->arena);
}

void correction_undo(struct db *db, struct ticket *ticket, struct arena *arena)
{
    struct undoing undoing = {ticket, arena};
    struct fault fault = {""};
    struct db_query *q = db_query(db, "SELECT data FROM event WHERE ticket_id = ?1"
                                      " AND type = 'corrected' ORDER BY id DESC");
    db_bind(q, 1, ticket->id);
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
        text_add_format(&what, "%s before a correction", names[field][0]);
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

void correction_compare(const struct correction_chain *chain, const struct ticket *stored)
{
    for (int i = 0; i < CORRECTION_FIELDS; i++) {
        char number[NUMBER_SIZE];
        /* the projection has compared kind and receipt */
        if (chain->is[i] && i != KIND && i != RECEIVED)
            compare_text(chain->comparison, names[i][0], value_of(stored, i, number), chain->is[i]);
    }
}
