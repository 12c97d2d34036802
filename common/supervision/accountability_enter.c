/* What came of an accountability: handed over, its result, published; the persons. */
#include <string.h>

#include "base/json.h"
#include "base/tongue.h"
#include "center/org.h"
#include "center/told.h"
#include "supervision/accountability_private.h"

enum entering_act { ENTER_HANDED, ENTER_PERSON, ENTER_RESULT, ENTER_PUBLISHED };

/* The states, as bits, in their order. */
enum {
    OPENED = 1,
    HANDED = 2,
    DECIDED = 4,
    PUBLISHED = 8,
    UNDECIDED = OPENED | HANDED,
    GOING_ON = UNDECIDED | DECIDED
};
static const char *const states[] = {"opened", "handed", "decided", "published", "ended", NULL};

static const struct gate_act acts[] = {
    [ENTER_HANDED] = {"hand over", "accountability-record", "移交问责", UNDECIDED,
                      GATE_BY_SUPERVISOR, "accountability-handed"},
    [ENTER_PERSON] = {"name a person", "accountability-record", "问责到人", GOING_ON | PUBLISHED,
                      GATE_BY_SUPERVISOR, "accountability-person"},
    [ENTER_RESULT] = {"enter the result", "accountability-record", "问责结果", GOING_ON,
                      GATE_BY_SUPERVISOR, "accountability-result"},
    [ENTER_PUBLISHED] = {"publish the result", "accountability-record", "公开问责", DECIDED,
                         GATE_BY_SUPERVISOR, "accountability-published"},
    {NULL, NULL, NULL, 0, GATE_BY_CENTER, NULL}};

static const char *state_name(const char *state)
{
    static const char *const names[] = {"已启动", "已移交", "已处理", "已公开", "已终止"};
    for (int i = 0; states[i]; i++)
        if (!strcmp(states[i], state))
            return names[i];
    return state;
}

const struct gate_record accountability_record = {"accountability", "问责", states, state_name,
                                                  acts};

static const char *state_of(const struct accountability *a)
{
    return a->ended_at       ? "ended"
           : a->published_at ? "published"
           : a->result_at    ? "decided"
           : a->handed_at    ? "handed"
                             : "opened";
}

static void refuse_blank(struct fault *fault, const char *what, const char *text)
{
    if (text && text_is_blank(text))
        fault_add(fault, "the %s is blank", tongue(what));
}

static bool check_texts(const struct accountability *a, const struct accountability_step *step,
                        struct fault *fault)
{
    const struct accountable *p = &step->person;
    refuse_blank(fault, "result", step->result);
    refuse_blank(fault, "name of whom it is handed to", step->handed_to);
    refuse_blank(fault, "name", p->name);
    refuse_blank(fault, "post", p->post);
    refuse_blank(fault, "person's result", p->result);
    if (p->name && !accountability_person(a, p->name) && (!p->post || !p->liability))
        fault_add(fault, "a person needs a post and a liability");
    return !*fault->text;
}

void accountability_store_person(struct db *db, int64_t number, const struct accountable *p)
{
    struct db_query *q = db_query(
        db,
        "INSERT INTO accountability_person (accountability_id, name, post, liability,"
        " result) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (accountability_id, name) DO UPDATE SET"
        " post = excluded.post, liability = excluded.liability,"
        " result = excluded.result");
    db_bind(q, 1, number);
    db_bind_text(q, 2, p->name);
    db_bind_text(q, 3, p->post);
    db_bind_text(q, 4, p->liability);
    db_bind_text(q, 5, p->result);
    db_run(q);
}

/* One thing that is being entered. */
struct entering {
    struct center *center;
    struct accountability *a;
    struct arena *arena;
    const struct accountability_step *step;
    enum entering_act act;
    int64_t at;
    struct fault *fault;
};

/* The supervisors of the ladder and those who may order; and to whom it was handed over. */
static bool supervises(const struct center *center, const struct accountability *a, int64_t org)
{
    const struct config *config = center->config;
    bool found = a->handed_to && org_find(center->db, a->handed_to) == org;
    for (int i = 0; i < config->level_count && !found; i++)
        found = org_find(center->db, config->levels[i].supervisor) == org;
    for (const char *const *code = config->order.supervisors; *code && !found; code++)
        found = org_find(center->db, *code) == org;
    return found;
}

static bool may(void *context)
{
    const struct entering *e = context;
    int64_t by = e->step->by;
    return org_is_center(e->center, by) || supervises(e->center, e->a, by) ||
           fault_add(e->fault, "%s: that organisation does not supervise",
                     gate_called(&acts[e->act]));
}

static void add_person(struct text *data, const struct accountable *p)
{
    json_add_text(data, "person", p->name);
    json_add_text(data, "post", p->post);
    json_add_text(data, "liability", p->liability);
    json_add_text(data, "result", p->result);
}

static bool step(void *context)
{
    const struct entering *e = context;
    const struct accountable *person = &e->step->person;
    struct text data = accountability_begin(e->a);
    org_add_code(&data, "by", e->center->db, e->step->by);
    if (e->act == ENTER_HANDED)
        json_add_text(&data, "handed_to", e->step->handed_to);
    else if (e->act == ENTER_PERSON)
        add_person(&data, person);
    else if (e->act == ENTER_RESULT)
        json_add_text(&data, "result", e->step->result);
    accountability_add(e->center, e->a, e->arena, acts[e->act].event, e->at, &data);
    if (e->act == ENTER_PERSON)
        accountability_store_person(e->center->db, e->a->number,
                                    accountability_person(e->a, person->name));
    return true;
}

/* Nothing comes before what it follows from. */
static void set_beginning(struct gate *gate, enum entering_act act, const struct accountability *a)
{
    gate->began = a->opened_at;
    gate->began_as = N_("it was opened");
    if (act != ENTER_HANDED && a->handed_at > gate->began) {
        gate->began = a->handed_at;
        gate->began_as = N_("it was handed over");
    }
    if (act == ENTER_PUBLISHED && a->result_at > gate->began) {
        gate->began = a->result_at;
        gate->began_as = N_("it was decided");
    }
}

static bool enter(struct entering *e, enum entering_act act)
{
    struct gate gate = {.record = &accountability_record,
                        .act = (int)act,
                        .state = state_of(e->a),
                        .at = e->at,
                        .by = &e->step->by,
                        .fault = e->fault,
                        .context = e,
                        .may = may,
                        .step = step,
                        .is_sure = true};
    e->act = act;
    set_beginning(&gate, act, e->a);
    return gate_pass(e->center, &gate) != GATE_REFUSED;
}

enum accountability_result accountability_enter(struct center *center, int64_t number,
                                                const struct accountability_step *said,
                                                struct fault *fault)
{
    struct arena arena = {0};
    struct accountability a;
    struct entering e = {center, &a, &arena, said, ENTER_HANDED, said->at ? said->at : center->now,
                         fault};
    fault_clear(fault);
    if (!accountability_get(center->db, number, &arena, &a))
        fault_add(fault, "no such accountability");
    struct told_part part = told_begin(center->db);
    bool good = !*fault->text && check_texts(&a, said, fault) &&
                (!said->handed_to || enter(&e, ENTER_HANDED)) &&
                (!said->person.name || enter(&e, ENTER_PERSON)) &&
                (!said->result || enter(&e, ENTER_RESULT)) &&
                (!said->published || enter(&e, ENTER_PUBLISHED));
    told_close(center->db, &part, good);
    arena_free(&arena);
    return good ? ACCOUNTABILITY_DONE : ACCOUNTABILITY_REFUSED;
}
