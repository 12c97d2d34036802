/* What came of an accountability: handed over, its result, published; the persons. */
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "supervision/accountability_private.h"

const char *const accountability_liabilities[] = {"直接责任", "主体责任", "监督责任", "领导责任",
                                                  NULL};

static void refuse_blank(struct fault *fault, const char *what, const char *text)
{
    if (text && text_is_blank(text))
        fault_add(fault, "the %s is blank", what);
}

static void check_person(const struct accountability *a, const struct accountable *p,
                         struct fault *fault)
{
    refuse_blank(fault, "name", p->name);
    refuse_blank(fault, "post", p->post);
    refuse_blank(fault, "person's result", p->result);
    if (p->name && !accountability_person(a, p->name) && (!p->post || !p->liability))
        fault_add(fault, "a person needs a post and a liability");
}

/* Nothing comes before what it follows from. */
static void check_moment(const struct accountability *a, const struct accountability_step *step,
                         int64_t now, struct fault *fault)
{
    char at[CLOCK_TEXT_SIZE];
    int64_t last = a->opened_at;
    last = a->handed_at > last && !step->handed_to ? a->handed_at : last;
    last = a->result_at > last && step->published && !step->result ? a->result_at : last;
    if (step->at > now)
        fault_add(fault, "%s lies in the future", clock_print(step->at, at));
    if (step->at < last)
        fault_add(fault, "that is before %s, what it follows from", clock_print(last, at));
}

static bool check_step(const struct accountability *a, const struct accountability_step *step,
                       int64_t now, struct fault *fault)
{
    fault_clear(fault);
    if (a->ended_at)
        fault_add(fault, "it ended with its order, which was revoked");
    if (step->handed_to && a->result_at)
        fault_add(fault, "it has a result already: nothing is handed over any more");
    if (step->result && a->published_at)
        fault_add(fault, "its result is published already");
    if (step->published && a->published_at)
        fault_add(fault, "it is published already");
    if (step->published && !step->result && !a->result_at)
        fault_add(fault, "there is no result to publish");
    refuse_blank(fault, "result", step->result);
    refuse_blank(fault, "name of whom it is handed to", step->handed_to);
    check_person(a, &step->person, fault);
    check_moment(a, step, now, fault);
    return !*fault->text;
}

static void enter_text(struct center *center, struct accountability *a, struct arena *arena,
                       const char *type, const char *key, const char *value, int64_t at)
{
    struct text data = accountability_begin(a);
    json_add_text(&data, key, value);
    accountability_record(center, a, arena, type, at, &data);
}

static void store_person(struct db *db, int64_t number, const struct accountable *p)
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

static void enter_person(struct center *center, struct accountability *a, struct arena *arena,
                         const struct accountable *p, int64_t at)
{
    struct text data = accountability_begin(a);
    json_add_text(&data, "person", p->name);
    json_add_text(&data, "post", p->post);
    json_add_text(&data, "liability", p->liability);
    json_add_text(&data, "result", p->result);
    accountability_record(center, a, arena, "accountability-person", at, &data);
    store_person(center->db, a->number, accountability_person(a, p->name));
}

enum accountability_result accountability_enter(struct center *center, int64_t number,
                                                const struct accountability_step *step,
                                                struct fault *fault)
{
    struct arena arena = {0};
    struct accountability a;
    bool good = accountability_get(center->db, number, &arena, &a);
    if (!good)
        fault_add(fault, "no such accountability");
    else
        good = check_step(&a, step, center->now, fault);
    if (good && step->handed_to)
        enter_text(center, &a, &arena, "accountability-handed", "handed_to", step->handed_to,
                   step->at);
    if (good && step->person.name)
        enter_person(center, &a, &arena, &step->person, step->at);
    if (good && step->result)
        enter_text(center, &a, &arena, "accountability-result", "result", step->result, step->at);
    if (good && step->published)
        enter_text(center, &a, &arena, "accountability-published", NULL, NULL, step->at);
    arena_free(&arena);
    return good ? ACCOUNTABILITY_DONE : ACCOUNTABILITY_REFUSED;
}
