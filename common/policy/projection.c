#include "policy/projection.h"

#include <string.h>

#include "base/fault.h"
#include "base/json.h"
#include "center/log.h"

/* The fields that events set, in the order in which the log has them. */
static const int projected[] = {POLICY_VERSION,       POLICY_STATE,       POLICY_ORG,
                                POLICY_PINNED,        POLICY_COLLECTED,   POLICY_PUBLISHED,
                                POLICY_INTERPRETED,   POLICY_COLLECT_DUE, POLICY_PUBLISH_DUE,
                                POLICY_INTERPRET_DUE, POLICY_ENDED,       POLICY_ENDED_REASON,
                                POLICY_SUPERSEDED_BY};
enum { FIELDS = sizeof projected / sizeof *projected, SET_BY_VERSION = 10 };

/* What a type of event does besides what its data says: a field is set to its moment, to a word (a
 * text or a number), or cleared (neither). */
static const struct {
    const char *type;
    enum policy_field field;
    bool is_moment;
    const char *word;
} effects[] = {{"policy-published", POLICY_STATE, false, "published"},
               {"policy-published", POLICY_PUBLISHED, true, NULL},
               {"policy-published", POLICY_ENDED, false, NULL},
               {"policy-published", POLICY_ENDED_REASON, false, NULL},
               {"policy-interpreted", POLICY_INTERPRETED, true, NULL},
               {"policy-superseded", POLICY_STATE, false, "superseded"},
               {"policy-superseded", POLICY_ENDED, true, NULL},
               {"policy-superseded", POLICY_PINNED, false, NULL},
               {"policy-withdrawn", POLICY_STATE, false, "withdrawn"},
               {"policy-withdrawn", POLICY_ENDED, true, NULL},
               {"policy-withdrawn", POLICY_PINNED, false, NULL},
               {"policy-pinned", POLICY_PINNED, false, "1"},
               {"policy-unpinned", POLICY_PINNED, false, NULL}};

struct reading {
    const char *type;
    struct policy *policy;
    struct db *db;
    struct arena *arena;
};

static void set(struct reading *r, const struct field *field, const char *value)
{
    field_set(&policy_table, field, r->policy, r->db, r->arena, value);
}

/* Who acts is "by" too, but where another policy ends this one. */
static bool tells(const struct reading *r, int field, const char *key)
{
    return !strcmp(policy_field(field)->member, key) &&
           (field != POLICY_SUPERSEDED_BY || !strcmp(r->type, "policy-superseded") ||
            !strcmp(r->type, "policy-stated"));
}

static void take_member(void *context, const char *key, const char *value)
{
    for (int i = 0; i < FIELDS; i++)
        if (tells(context, projected[i], key))
            set(context, policy_field(projected[i]), value);
}

void policy_apply(struct policy *policy, struct db *db, struct arena *arena, const char *type,
                  int64_t at, const char *data)
{
    struct reading reading = {type, policy, db, arena};
    struct fault fault = {""};
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++) {
        if (strcmp(effects[i].type, type) != 0)
            continue;
        const struct field *field = policy_field((int)effects[i].field);
        if (effects[i].is_moment)
            *field_number_at(field, policy) = at;
        else
            set(&reading, field, effects[i].word);
    }
    json_read_object(data, take_member, &reading, &fault);
}

void policy_add_projected(struct text *data, struct db *db, const struct policy *policy)
{
    for (int i = 1; i < SET_BY_VERSION; i++)
        field_add(data, &policy_table, policy_field(projected[i]), policy, db);
}

void policy_record_only(struct center *center, const char *type, struct policy *policy,
                        struct arena *arena, int64_t at, const struct text *data)
{
    struct text whole = {0};
    json_start(&whole);
    json_add_text(&whole, "policy", policy->code);
    json_add_number(&whole, "version", policy->version);
    json_add_text(&whole, "title", policy->title);
    if (data && data->length > 1)
        text_add_format(&whole, ",%s", data->data + 1);
    json_end(&whole);
    event_add(center,
              &(struct event){.type = type, .at = at, .actor = center->user, .data = whole.data});
    policy_apply(policy, center->db, arena, type, at, whole.data);
    text_free(&whole);
}

void policy_record(struct center *center, const char *type, struct policy *policy,
                   struct arena *arena, int64_t at, const struct text *data)
{
    const struct policy before = *policy;
    policy_record_only(center, type, policy, arena, at, data);
    fields_update(center->db, &policy_table, policy->id, &before, policy);
}
