#include "knowledge/kb.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "catalogue/grams.h"
#include "center/org.h"
#include "cli/args.h"
#include "policy/policy.h"

const char *const kb_fields[] = {"code",   "title",  "text", "org", "until",
                                 "policy", "ticket", "at",   "by",  NULL};

static const struct gate_act acts[] = {
    [KB_ADD] = {"add knowledge", "kb-add", "登记知识", GATE_NEW, GATE_BY_OWNER, "knowledge-added"},
    [KB_CHANGE] = {"change knowledge", "kb-add", "更新知识", GATE_REGISTERED, GATE_BY_OWNER,
                   "knowledge-changed"},
    [KB_DECLINE] = {"decline an answer", "kb-propose", "不采纳答复", GATE_NEW, GATE_BY_CENTER,
                    "knowledge-declined"},
    {NULL, NULL, NULL, 0, GATE_BY_CENTER, NULL}};

const struct gate_record kb_record = {"knowledge", "知识", gate_registers, gate_register_name,
                                      acts};

/* ---- the index ---- */

struct pairs {
    void (*take)(void *, const char *, size_t);
    void *context;
};

/* A run of two characters, not of three. */
static void take_gram(void *context, const char *gram, size_t length)
{
    const struct pairs *pairs = context;
    int characters = 0;
    for (size_t i = 0; i < length; i++)
        characters += ((unsigned char)gram[i] & 0xc0) != 0x80;
    if (characters == 2)
        pairs->take(pairs->context, gram, length);
}

void kb_each_pair(const char *text, void (*take)(void *, const char *, size_t), void *context)
{
    struct text scratch = {0};
    grams_each(text, NULL, &scratch, take_gram, &(struct pairs){take, context});
    text_free(&scratch);
}

/* The pairs of an entry, each with how often it stands there. */
struct indexing {
    struct gram_set set;
    int *often;
    int weight; /* of the present text: what stands in a title counts thrice */
    int length; /* all pairs of the text */
};

static void count_pair(void *context, const char *pair, size_t length)
{
    struct indexing *x = context;
    size_t before = x->set.count, number = gram_set_add(&x->set, pair, length);
    if (number == before) {
        x->often = mem_grow(x->often, before, sizeof *x->often);
        x->often[number] = 0;
    }
    x->often[number] += x->weight;
    x->length++;
}

/* How much a pair that stands somewhere OFTEN says of a text of so many pairs, in thousandths: more
 * says more, ever less so; in a long text each says less (Okapi BM25, k = 1.2, b = 0.5, beside
 * texts of 60 pairs). */
static int64_t weigh(int often, int length)
{
    return 2200LL * often * 120 / (120 * often + 72 + 72 * length / 60);
}

static void index_entry(struct db *db, int64_t id, const char *title, const char *text)
{
    struct indexing x = {.weight = 3};
    kb_each_pair(title, count_pair, &x);
    x.weight = 1;
    kb_each_pair(text, count_pair, &x);
    struct db_query *q = db_query(db, "DELETE FROM kb_pair WHERE entry_id = ?1");
    db_bind(q, 1, id);
    db_run(q);
    q = db_query(db, "INSERT INTO kb_pair (pair, entry_id, weight) VALUES (?1, ?2, ?3)");
    for (size_t i = 0; i < x.set.count; i++) {
        db_bind_text(q, 1, x.set.texts[i]);
        db_bind(q, 2, id);
        db_bind(q, 3, weigh(x.often[i], x.length));
        db_run(q);
    }
    gram_set_free(&x.set);
    free(x.often);
}

/* ---- what events make of entries ---- */

/* What became of the answer of a ticket: the entry that DATA names, or the reason why not. */
static void apply_proposal(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q =
        db_query(db, "INSERT INTO kb_proposal (ticket_id, entry_id, reason, at)"
                     " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (ticket_id) DO NOTHING");
    if (!json_has(data, "ticket"))
        return;
    db_bind(q, 1, json_number(data, "ticket"));
    if (json_has(data, "entry"))
        db_bind(q, 2, json_number(data, "entry"));
    db_bind_text(q, 3, json_text(data, "reason"));
    db_bind(q, 4, event->at);
    db_run(q);
}

static void apply_entered(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q = db_query(
        db, "INSERT INTO kb_entry (id, code, title, text, org_id, until_day, policy_id, at)"
            " VALUES (?1, ?2, ?3, ?4, (SELECT id FROM org WHERE code = ?5), ?6,"
            " (SELECT id FROM policy WHERE code = ?7), ?8) ON CONFLICT (id) DO UPDATE SET"
            " title = excluded.title, text = excluded.text, org_id = excluded.org_id,"
            " until_day = excluded.until_day, policy_id = excluded.policy_id, at = excluded.at");
    static const char *const texts[] = {"code", "title", "text", "org"};
    int until;
    db_bind(q, 1, json_number(data, "entry"));
    for (int i = 0; i < 4; i++)
        db_bind_text(q, 2 + i, json_text(data, texts[i]));
    if (json_has(data, "until") && day_parse(json_text(data, "until"), &until))
        db_bind(q, 6, until);
    db_bind_text(q, 7, json_text(data, "policy"));
    db_bind(q, 8, event->at);
    db_run(q);
    index_entry(db, json_number(data, "entry"), json_text(data, "title"), json_text(data, "text"));
    apply_proposal(db, event, data);
}

const struct projected kb_projected = {
    .check = "knowledge",
    .tables = (const struct projected_table[]){{"kb_entry", "m.id", "m.code", NULL},
                                               {"kb_pair", "m.entry_id", "m.pair", NULL},
                                               {"kb_proposal", "m.ticket_id",
                                                "'answer of ticket ' || m.ticket_id", NULL},
                                               {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){{"knowledge-added", apply_entered},
                                                 {"knowledge-changed", apply_entered},
                                                 {"knowledge-declined", apply_proposal},
                                                 {NULL, NULL}}};

/* ---- reading and saving ---- */

bool kb_read(struct db *db, const char *const *values, struct kb_entry *entry, struct fault *fault)
{
    *entry = (struct kb_entry){.code = values[KB_CODE],
                               .title = values[KB_TITLE],
                               .text = values[KB_TEXT],
                               .until = KB_NO_DAY};
    for (int i = KB_CODE; i <= KB_TEXT; i++)
        if (!values[i])
            fault_add(fault, "no %s", kb_fields[i]);
    if (values[KB_ORG] && !(entry->org = org_find(db, values[KB_ORG])))
        org_unknown(db, values[KB_ORG], fault);
    if (values[KB_UNTIL] && !clock_parse_day(values[KB_UNTIL], &entry->until, NULL))
        fault_add(fault, "until: %s: \"%s\"", clock_fault(values[KB_UNTIL]), values[KB_UNTIL]);
    if (values[KB_POLICY] && !(entry->policy = policy_find(db, values[KB_POLICY])))
        policy_unknown(db, values[KB_POLICY], fault);
    entry->ticket = values[KB_TICKET] ? args_id(values[KB_TICKET]) : 0;
    return !*fault->text;
}

#define COLUMNS "id, code, title, text, org_id, until_day, policy_id FROM kb_entry WHERE "

static bool load(struct db_query *q, struct arena *arena, struct kb_entry *entry)
{
    if (!db_step(q))
        return false;
    *entry = (struct kb_entry){.id = db_number(q, 0),
                               .code = arena_string(arena, db_text(q, 1)),
                               .title = arena_string(arena, db_text(q, 2)),
                               .text = arena_string(arena, db_text(q, 3)),
                               .org = db_number(q, 4),
                               .until = db_is_null(q, 5) ? KB_NO_DAY : (int)db_number(q, 5),
                               .policy = db_number(q, 6)};
    db_reset(q);
    return true;
}

bool kb_is_from(struct db *db, const char *code, int64_t ticket)
{
    struct db_query *q =
        db_query(db, "SELECT 1 FROM kb_proposal p JOIN kb_entry e"
                     " ON e.id = p.entry_id WHERE p.ticket_id = ?1 AND e.code = ?2");
    db_bind(q, 1, ticket);
    db_bind_text(q, 2, code);
    return db_first(q) != 0;
}

bool kb_load(struct db *db, int64_t id, struct arena *arena, struct kb_entry *entry)
{
    struct db_query *q = db_query(db, "SELECT " COLUMNS "id = ?1");
    db_bind(q, 1, id);
    return load(q, arena, entry);
}

/* An entry that is being saved. */
struct saving {
    struct center *center;
    struct kb_entry *entry;
    struct kb_entry before; /* id 0: none has its code */
    int64_t by, at;
    struct fault *fault;
};

static bool is_known(void *context)
{
    const struct saving *s = context;
    const struct kb_entry *a = &s->before, *b = s->entry;
    return a->id && !strcmp(a->title, b->title) && !strcmp(a->text, b->text) && a->org == b->org &&
           a->until == b->until && a->policy == b->policy &&
           (!b->ticket || kb_is_from(s->center->db, b->code, b->ticket));
}

static bool may(void *context)
{
    const struct saving *s = context;
    bool was = !s->before.id || s->before.org == s->by;
    return org_is_center(s->center, s->by) || (was && s->entry->org == s->by) ||
           fault_add(s->fault, "entry %s is not that organisation's", s->entry->code);
}

static bool step(void *context)
{
    const struct saving *s = context;
    const struct kb_entry *e = s->entry;
    struct db *db = s->center->db;
    char until[DAY_TEXT_SIZE];
    struct arena arena = {0};
    struct policy policy;
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "entry", e->id);
    json_add_text(&data, "code", e->code);
    json_add_text(&data, "title", e->title);
    json_add_text(&data, "text", e->text);
    org_add_code(&data, "org", db, e->org);
    json_add_text(&data, "until", e->until == KB_NO_DAY ? NULL : day_print(e->until, until));
    if (e->policy && policy_load(db, e->policy, &arena, &policy))
        json_add_text(&data, "policy", policy.code);
    if (e->ticket)
        json_add_number(&data, "ticket", e->ticket);
    org_add_code(&data, "by", db, s->by);
    projected_log(s->center, &kb_projected, acts[s->before.id ? KB_CHANGE : KB_ADD].event, s->at,
                  &data);
    arena_free(&arena);
    return true;
}

static enum kb_result pass(struct saving *s)
{
    const struct gate gate = {.record = &kb_record,
                              .act = s->before.id ? KB_CHANGE : KB_ADD,
                              .state = gate_register(s->before.id),
                              .at = s->at,
                              .by = &s->by,
                              .fault = s->fault,
                              .context = s,
                              .known = is_known,
                              .may = may,
                              .step = step,
                              .is_sure = true};
    switch (gate_pass(s->center, &gate)) {
    case GATE_DONE: return s->before.id ? KB_CHANGED : KB_ADDED;
    case GATE_KNOWN: return KB_SAME;
    default: return KB_REFUSED;
    }
}

enum kb_result kb_save(struct center *center, struct kb_entry *entry, const struct gate_who *who,
                       struct fault *fault)
{
    struct arena arena = {0};
    struct saving s = {.center = center,
                       .entry = entry,
                       .by = who->by,
                       .at = who->at ? who->at : center->now,
                       .fault = fault};
    struct db_query *q = db_query(center->db, "SELECT " COLUMNS "code = ?1");
    db_bind_text(q, 1, entry->code);
    load(q, &arena, &s.before);
    entry->id = s.before.id ? s.before.id : db_next_id(center->db, "kb_entry");
    enum kb_result result = pass(&s);
    arena_free(&arena);
    return result;
}
