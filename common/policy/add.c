#include "policy/add.h"

#include <string.h>

#include "base/clock.h"
#include "base/tongue.h"
#include "center/org.h"
#include "policy/act.h"
#include "policy/version.h"

/* A policy that is coming in. */
struct adding {
    struct center *center;
    struct policy_input *input;
    struct policy old;
    bool is_known; /* there is one with its code: OLD */
    bool draft;
    const char *content; /* of OLD's version */
    const struct gate_who *who;
    int64_t at;
    struct arena arena;
    struct fault *fault;
};

static int act_of(const struct adding *a)
{
    return a->is_known ? POLICYACT_CHANGED : POLICYACT_ADDED;
}

static bool is_same(void *context)
{
    const struct adding *a = context;
    return a->content && !strcmp(a->content, a->input->content);
}

/* An organisation takes in what is its own, and was; a pin is not its to set. */
static bool may(void *context)
{
    struct adding *a = context;
    const struct policy *p = &a->input->policy;
    int64_t by = a->who->by;
    bool pins = a->input->pinned >= 0 && a->input->pinned != (a->is_known && a->old.pinned);
    return policyact_may(a->center, p, act_of(a), by, a->fault) &&
           (!a->is_known || policyact_may(a->center, &a->old, act_of(a), by, a->fault)) &&
           (!pins || policyact_may(a->center, p, POLICYACT_PINNED, by, a->fault));
}

static bool step(void *context)
{
    struct adding *a = context;
    const char *by = a->who->by ? org_find_code(a->center->db, a->who->by, &a->arena) : NULL;
    policy_save(a->center, a->input, a->is_known ? &a->old : NULL, a->draft, &a->arena,
                &(struct policy_doing){.at = a->at, .by = by});
    return true;
}

static void take_version(void *context, int version, int64_t at, const char *content)
{
    (void)version;
    (void)content;
    *(int64_t *)context = at;
}

/* What a moment that is given must not lie before: the version that is there, or the issue. */
static int64_t began(struct adding *a)
{
    int64_t at = 0;
    int issued = a->input->policy.issued;
    if (a->who->at && a->is_known)
        policy_each_version(a->center->db, a->old.id, take_version, &at);
    else if (a->who->at && issued != POLICY_NO_DAY)
        at = clock_moment(issued, 0);
    return at;
}

static enum gate_result pass(struct adding *a)
{
    const struct gate gate = {.record = &policyact_record,
                              .act = act_of(a),
                              .state = a->is_known ? a->old.state : "new",
                              .at = a->at,
                              .by = &a->who->by,
                              .began = began(a),
                              .began_as = a->is_known ? N_("its last version came in")
                                                      : N_("it was issued"),
                              .fault = a->fault,
                              .context = a,
                              .known = is_same,
                              .may = may,
                              .step = step,
                              .is_sure = true};
    return gate_pass(a->center, &gate);
}

/* The same again; a draft that is none any more is published. */
static enum policy_result take_same(struct adding *a)
{
    struct policy *p = &a->input->policy;
    const struct policyact act = {.type = POLICYACT_PUBLISHED,
                                  .by = a->who->by,
                                  .event.at = p->published_at ? p->published_at : a->at};
    p->id = a->old.id;
    p->version = a->old.version;
    if (a->draft || strcmp(a->old.state, "draft") != 0)
        return POLICY_SAME;
    return policyact_do(a->center, &a->old, &a->arena, &act, 0, a->fault);
}

static enum policy_result take(struct adding *a)
{
    if (a->is_known && a->draft && a->old.published_at) {
        fault_add(a->fault, "%s is published already: it cannot be a draft again", a->old.code);
        return POLICY_REFUSED;
    }
    switch (pass(a)) {
    case GATE_DONE: return a->is_known ? POLICY_CHANGED : POLICY_ADDED;
    case GATE_KNOWN: return take_same(a);
    default: return POLICY_REFUSED;
    }
}

enum policy_result policyadd(struct center *center, struct policy_input *input, bool draft,
                             const struct gate_who *who, struct fault *fault)
{
    struct db *db = center->db;
    struct adding a = {.center = center,
                       .input = input,
                       .draft = draft,
                       .who = who,
                       .at = who->at ? who->at : center->now,
                       .fault = fault};
    struct db_query *q = db_query(db, "SELECT id FROM policy WHERE code = ?1");
    db_bind_text(q, 1, input->policy.code);
    int64_t id = db_first(q);
    a.is_known = id && policy_load(db, id, &a.arena, &a.old);
    if (a.is_known)
        a.content = policy_version_content(db, id, a.old.version, &a.arena);
    enum policy_result result = take(&a);
    arena_free(&a.arena);
    return result;
}
