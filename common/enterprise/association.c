#include "enterprise/association.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/text.h"
#include "center/projected.h"

const char *const association_fields[] = {"code",    "name",    "short", "contact", "phone",
                                          "classes", "members", "by",    "at",      NULL};

enum association_act { ASSOCIATION_ADD, ASSOCIATION_CHANGE };

static const struct gate_act acts[] = {
    [ASSOCIATION_ADD] = {"add an association", "association-add", "登记商协会", GATE_NEW,
                         GATE_BY_CENTER, "association-added"},
    [ASSOCIATION_CHANGE] = {"change an association", "association-add", "变更商协会",
                            GATE_REGISTERED, GATE_BY_OWNER, "association-changed"},
    {NULL, NULL, NULL, 0, GATE_BY_CENTER, NULL}};

const struct gate_record association_record = {"association", "商协会", gate_registers,
                                               gate_register_name, acts};

const char association_group[] = "association";

/* False, with a fault, where the code is that of an organisation of another group. */
static bool group_fits(struct db *db, const char *code, struct fault *fault)
{
    struct db_query *q =
        db_query(db, "SELECT peer_group FROM org WHERE code = ?1 AND peer_group <> ?2");
    db_bind_text(q, 1, code);
    db_bind_text(q, 2, association_group);
    bool fits = !db_step(q);
    if (!fits)
        fault_add(fault, "organisation %s is not an association: its group is %s", code,
                  db_text(q, 0));
    db_reset(q);
    return fits;
}

static bool is_association(struct db *db, int64_t id)
{
    struct db_query *q = db_query(db, "SELECT 1 FROM association WHERE org_id = ?1");
    db_bind(q, 1, id);
    return db_first(q) != 0;
}

static bool has_class(struct db *db, int64_t id, const char *class)
{
    struct db_query *q =
        db_query(db, "SELECT 1 FROM association_class WHERE org_id = ?1 AND class = ?2");
    db_bind(q, 1, id);
    db_bind_text(q, 2, class);
    bool found = db_step(q);
    db_reset(q);
    return found;
}

static bool classes_differ(struct db *db, int64_t id, const char *const *classes)
{
    struct db_query *q = db_query(db, "SELECT count(*) FROM association_class WHERE org_id = ?1");
    db_bind(q, 1, id);
    int64_t there = db_first(q);
    for (; *classes; classes++, there--)
        if (!has_class(db, id, *classes))
            return true;
    return there != 0;
}

static int compare_ids(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* A change of members: who joined and who left, as lists of codes. */
struct change {
    struct db *db;
    int64_t id;
    struct text joined, left;
};

static void list_member(struct change *change, int64_t enterprise, struct text *list)
{
    struct db_query *q = db_query(change->db, "SELECT code FROM enterprise WHERE id = ?1");
    db_bind(q, 1, enterprise);
    if (db_step(q))
        json_list_add(list, db_text(q, 0));
    db_reset(q);
}

static bool is_member(const struct change *change, int64_t enterprise)
{
    struct db_query *q = db_query(change->db, "SELECT 1 FROM association_member WHERE org_id = ?1"
                                              " AND enterprise_id = ?2");
    db_bind(q, 1, change->id);
    db_bind(q, 2, enterprise);
    return db_first(q) != 0;
}

/* Those leave who are not among COUNT MEMBERS, which are sorted. */
static void list_leavers(struct change *change, const int64_t *members, int count)
{
    struct db_query *q =
        db_query(change->db, "SELECT m.enterprise_id, e.code FROM association_member m"
                             " JOIN enterprise e ON e.id = m.enterprise_id WHERE m.org_id = ?1"
                             " ORDER BY m.enterprise_id");
    db_bind(q, 1, change->id);
    while (db_step(q)) {
        int64_t present = db_number(q, 0);
        if (!count || !bsearch(&present, members, (size_t)count, sizeof *members, compare_ids))
            json_list_add(&change->left, db_text(q, 1));
    }
}

/* Those join who are new; each once. */
static void list_joiners(struct change *change, const int64_t *members, const int64_t *sorted,
                         int count)
{
    bool *seen = mem_zero((size_t)count + 1, sizeof *seen);
    for (int i = 0; i < count; i++) {
        const int64_t *place =
            bsearch(&members[i], sorted, (size_t)count, sizeof *sorted, compare_ids);
        if (!seen[place - sorted] && !is_member(change, members[i]))
            list_member(change, members[i], &change->joined);
        seen[place - sorted] = true;
    }
    free(seen);
}

static void list_members(struct change *change, const int64_t *members, int count)
{
    size_t size = (size_t)count * sizeof *members;
    int64_t *sorted = mem_alloc(size);
    if (count) {
        memcpy(sorted, members, size);
        qsort(sorted, (size_t)count, sizeof *sorted, compare_ids);
    }
    list_leavers(change, sorted, count);
    list_joiners(change, members, sorted, count);
    free(sorted);
}

/* ---- what events make of associations ---- */

static void apply_classes(struct db *db, int64_t id, const struct json *data)
{
    struct db_query *q = db_query(db, "DELETE FROM association_class WHERE org_id = ?1");
    db_bind(q, 1, id);
    db_run(q);
    for (int i = 0; i < json_count(data, "classes"); i++) {
        q = db_query(db, "INSERT INTO association_class (org_id, class) VALUES (?1, ?2)"
                         " ON CONFLICT DO NOTHING");
        db_bind(q, 1, id);
        db_bind_text(q, 2, json_text_at(data, "classes", i));
        db_run(q);
    }
}

/* Q takes the association and the code of one of LIST after the other. */
static void apply_members(struct db_query *q, int64_t id, const struct json *data, const char *list)
{
    for (int i = 0; i < json_count(data, list); i++) {
        db_bind(q, 1, id);
        db_bind_text(q, 2, json_text_at(data, list, i));
        db_run(q);
    }
}

static void apply(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q = db_query(db, "SELECT id FROM org WHERE code = ?1");
    (void)event;
    db_bind_text(q, 1, json_text(data, "code"));
    int64_t id = db_first(q);
    q = db_query(db, "INSERT INTO association (org_id) VALUES (?1) ON CONFLICT DO NOTHING");
    db_bind(q, 1, id);
    db_run(q);
    if (json_has(data, "classes"))
        apply_classes(db, id, data);
    apply_members(db_query(db, "INSERT INTO association_member (org_id, enterprise_id)"
                               " SELECT ?1, id FROM enterprise WHERE code = ?2"
                               " ON CONFLICT DO NOTHING"),
                  id, data, "joined");
    apply_members(db_query(db, "DELETE FROM association_member WHERE org_id = ?1 AND"
                               " enterprise_id = (SELECT id FROM enterprise WHERE code = ?2)"),
                  id, data, "left");
}

#define CODE "(SELECT code FROM org WHERE id = m.org_id)"

const struct projected association_projected = {
    .check = "associations",
    .tables = (const struct projected_table[]){{"association", "m.org_id", CODE, NULL},
                                               {"association_class", "m.org_id",
                                                CODE " || ' class ' || m.class", NULL},
                                               {"association_member", "m.org_id",
                                                CODE " || ' member ' || coalesce((SELECT code FROM"
                                                     " enterprise WHERE id = m.enterprise_id),"
                                                     " CAST(m.enterprise_id AS TEXT))",
                                                NULL},
                                               {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){
        {"association-added", apply}, {"association-changed", apply}, {NULL, NULL}}};

/* ---- setting ---- */

/* Lists that are being put in their place. */
struct setting {
    struct center *center;
    const struct association_lists *lists;
    const struct gate_who *who;
    bool is_there;                       /* as an association */
    const char *classes, *joined, *left; /* what changes, as JSON; NULL: nothing */
    struct fault *fault;
};

static bool is_known(void *context)
{
    const struct setting *s = context;
    return s->is_there && !s->classes && !s->joined && !s->left;
}

static bool may(void *context)
{
    const struct setting *s = context;
    int64_t by = s->who->by;
    if (org_is_center(s->center, by) || (s->is_there && by == s->lists->id))
        return true;
    return fault_add(s->fault,
                     s->is_there ? "%s: it is not that organisation's" : "%s: only the center may",
                     gate_called(&acts[s->is_there]));
}

static bool step(void *context)
{
    const struct setting *s = context;
    struct text data = {0};
    json_start(&data);
    org_add_code(&data, "code", s->center->db, s->lists->id);
    json_add_raw(&data, "classes", s->classes);
    json_add_raw(&data, "joined", s->joined);
    json_add_raw(&data, "left", s->left);
    org_add_code(&data, "by", s->center->db, s->who->by);
    projected_log(s->center, &association_projected, acts[s->is_there].event, s->who->at, &data);
    return true;
}

static struct gate gate_of(struct setting *s)
{
    return (struct gate){.record = &association_record,
                         .act = s->is_there ? ASSOCIATION_CHANGE : ASSOCIATION_ADD,
                         .state = gate_register(s->is_there),
                         .at = s->who->at,
                         .by = &s->who->by,
                         .fault = s->fault,
                         .context = s,
                         .may = may,
                         .is_sure = true};
}

enum org_result association_save(struct center *center, const struct org *org,
                                 const struct gate_who *who, int64_t *id, struct fault *fault)
{
    struct db *db = center->db;
    struct org grouped = *org;
    grouped.peer_group = association_group;
    if (!group_fits(db, org->code, fault))
        return ORG_REFUSED;
    enum org_result result = org_save(center, &grouped, who, fault);
    if (result == ORG_REFUSED)
        return result;
    *id = org_find(db, org->code);
    const struct association_lists lists = {.id = *id};
    struct setting s = {.center = center, .lists = &lists, .who = who, .fault = fault};
    s.is_there = is_association(db, *id);
    const struct gate gate = gate_of(&s);
    if (gate_pass(center, &gate) == GATE_REFUSED)
        return ORG_REFUSED;
    return s.is_there ? result : ORG_ADDED;
}

bool association_set(struct center *center, const struct association_lists *lists,
                     const struct gate_who *who)
{
    struct change change = {.db = center->db, .id = lists->id};
    struct text classes = {0};
    struct fault fault = {""};
    struct setting s = {.center = center, .lists = lists, .who = who, .fault = &fault};
    bool differs = lists->classes && classes_differ(change.db, lists->id, lists->classes);
    for (const char *const *class = lists->classes; differs && *class; class ++)
        json_list_add(&classes, *class);
    if (lists->members)
        list_members(&change, lists->members, lists->member_count);
    s.is_there = is_association(center->db, lists->id);
    s.classes = differs ? classes.length ? json_list_end(&classes) : "[]" : NULL;
    s.joined = json_list_end(&change.joined);
    s.left = json_list_end(&change.left);
    struct gate gate = gate_of(&s);
    gate.known = is_known;
    gate.step = step;
    if (gate_pass(center, &gate) == GATE_REFUSED)
        die("internal fault: %s", fault.text);
    text_free(&classes);
    text_free(&change.joined);
    text_free(&change.left);
    return s.classes || s.joined || s.left;
}

int64_t association_find(struct db *db, const char *word)
{
    int64_t id = org_find(db, word);
    return is_association(db, id) ? id : 0;
}

static const char *const *read_classes(struct db *db, int64_t id, struct arena *arena)
{
    const char **classes = NULL;
    size_t count = 0;
    struct db_query *q =
        db_query(db, "SELECT class FROM association_class WHERE org_id = ?1 ORDER BY class");
    db_bind(q, 1, id);
    while (db_step(q)) {
        classes = mem_grow(classes, count, sizeof *classes);
        classes[count++] = arena_string(arena, db_text(q, 0));
    }
    const char **ended = arena_zero(arena, (count + 1) * sizeof *ended);
    if (count)
        memcpy(ended, classes, count * sizeof *ended);
    free(classes);
    return ended;
}

static bool prefers_any(const char *const *preferred, const char *const *classes)
{
    for (; *preferred; preferred++)
        for (const char *const *wanted = classes; *wanted; wanted++)
            if (!strcmp(*preferred, *wanted))
                return true;
    return false;
}

void association_each(struct db *db, int64_t id, const char *const *classes, association_take *take,
                      void *context)
{
    struct db_query *q =
        db_query(db, "SELECT o.id, o.code, o.name, o.contact, o.phone,"
                     " (SELECT count(*) FROM association_member m WHERE m.org_id = o.id)"
                     " FROM association a JOIN org o ON o.id = a.org_id"
                     " WHERE ?1 = 0 OR a.org_id = ?1 ORDER BY o.code");
    db_bind(q, 1, id);
    while (db_step(q)) {
        struct arena arena = {0};
        struct association a = {.id = db_number(q, 0),
                                .code = db_text(q, 1),
                                .name = db_text(q, 2),
                                .contact = db_text(q, 3),
                                .phone = db_text(q, 4),
                                .members = db_number(q, 5)};
        a.classes = read_classes(db, a.id, &arena);
        if (!classes || prefers_any(a.classes, classes))
            take(context, &a);
        arena_free(&arena);
    }
}

void association_members(struct db *db, int64_t id,
                         void (*take)(void *context, const char *code, const char *name,
                                      const char *region),
                         void *context)
{
    struct db_query *q = db_query(db, "SELECT e.code, e.name, e.region FROM association_member m"
                                      " JOIN enterprise e ON e.id = m.enterprise_id"
                                      " WHERE m.org_id = ?1 ORDER BY e.code");
    db_bind(q, 1, id);
    while (db_step(q))
        take(context, db_text(q, 0), db_text(q, 1), db_text(q, 2));
}
