#include "catalogue/ruling.h"

#include <string.h>

#include "base/json.h"
#include "base/tongue.h"
#include "center/convener.h"
#include "center/county.h"
#include "center/log.h"
#include "center/org.h"

#define COLUMNS                                                                                    \
    "SELECT id, ticket_id, at, lead, assists, words, category, basis, once, retired_at,"           \
    " retired_for, center FROM ruling"

static struct ruling read_row(struct db_query *q)
{
    return (struct ruling){.id = db_number(q, 0),
                           .ticket_id = db_number(q, 1),
                           .at = db_number(q, 2),
                           .lead = db_number(q, 3),
                           .assists = db_text(q, 4),
                           .words = db_text(q, 5),
                           .category = db_text(q, 6),
                           .basis = db_text(q, 7),
                           .once = db_number(q, 8) != 0,
                           .retired_at = db_number(q, 9),
                           .retired_for = db_text(q, 10),
                           .center = db_number(q, 11)};
}

void ruling_each(struct db *db, bool all, void (*take)(void *, const struct ruling *),
                 void *context)
{
    struct db_query *q =
        db_query(db, COLUMNS " WHERE ?1 <> 0 OR retired_at IS NULL ORDER BY id DESC");
    db_bind(q, 1, all);
    while (db_step(q)) {
        struct ruling ruling = read_row(q);
        take(context, &ruling);
    }
}

static const char *keep(struct arena *arena, const char *text)
{
    return text ? arena_string(arena, text) : NULL;
}

bool ruling_get(struct db *db, int64_t id, struct arena *arena, struct ruling *ruling)
{
    struct db_query *q = db_query(db, COLUMNS " WHERE id = ?1");
    db_bind(q, 1, id);
    bool found = db_step(q);
    if (found) {
        *ruling = read_row(q);
        ruling->assists = keep(arena, ruling->assists);
        ruling->words = keep(arena, ruling->words);
        ruling->category = keep(arena, ruling->category);
        ruling->basis = keep(arena, ruling->basis);
        ruling->retired_for = keep(arena, ruling->retired_for);
    }
    db_reset(q);
    return found;
}

/* ---- retiring ---- */

/* The states of a ruling: it is in the catalogue, holds for its case alone, or was retired. */
static const char *const states[] = {"catalogued", "once", "retired", NULL};
enum { CATALOGUED = 1 };

static const struct gate_act acts[] = {{"retire a ruling", "ruling-retire", "停用裁定", CATALOGUED,
                                        GATE_BY_CONVENER, "ruling-retired"},
                                       {NULL, NULL, NULL, 0, GATE_BY_CONVENER, NULL}};

static const char *state_name(const char *state)
{
    return !strcmp(state, states[0]) ? "在目录" : !strcmp(state, states[1]) ? "仅限本件" : "已停用";
}

const struct gate_record ruling_record = {"ruling", "会商裁定", states, state_name, acts};

/* A ruling that is being retired. */
struct retiring {
    struct center *center;
    const struct ruling *ruling;
    int64_t by, at;
    const char *reason;
    struct fault *fault;
};

static bool is_retired(void *context)
{
    const struct retiring *r = context;
    return r->ruling->retired_at && !strcmp(r->ruling->retired_for, r->reason);
}

/* The conveners of the center in whose catalogue it is. */
static bool may_retire(void *context)
{
    const struct retiring *r = context;
    const struct county *county = county_at(r->center, r->ruling->center);
    if (convener_may(r->center, county, r->by))
        return true;
    struct conveners own = conveners_new(r->center, county);
    struct text names = {0};
    conveners_name(&own, r->center->db, &names);
    fault_add(r->fault, "%s: only a convener may: %s", gate_called(&acts[0]), text_string(&names));
    text_free(&names);
    conveners_free(&own);
    return false;
}

static bool retire(void *context)
{
    const struct retiring *r = context;
    struct text data = {0};
    struct db_query *q = db_query(
        r->center->db, "UPDATE ruling SET retired_at = ?2, retired_for = ?3 WHERE id = ?1");
    db_bind(q, 1, r->ruling->id);
    db_bind(q, 2, r->at);
    db_bind_text(q, 3, r->reason);
    db_run(q);
    json_start(&data);
    org_add_code(&data, "by", r->center->db, r->by);
    json_add_text(&data, "reason", r->reason);
    json_add_number(&data, "ruling", r->ruling->id);
    event_log(r->center, r->ruling->ticket_id, acts[0].event, r->at, &data);
    return true;
}

static enum gate_result pass(struct retiring *r)
{
    const struct ruling *ruling = r->ruling;
    const struct gate gate = {.record = &ruling_record,
                              .state = ruling->once         ? "once"
                                       : ruling->retired_at ? "retired"
                                                            : "catalogued",
                              .at = r->at,
                              .by = &r->by,
                              .began = ruling->at,
                              .began_as = N_("it was ruled"),
                              .fault = r->fault,
                              .context = r,
                              .known = is_retired,
                              .may = may_retire,
                              .step = retire,
                              .is_sure = true};
    return gate_pass(r->center, &gate);
}

enum gate_result ruling_retire(struct center *center, int64_t id, const struct gate_who *who,
                               const char *reason, struct fault *fault)
{
    struct arena arena = {0};
    struct ruling ruling;
    enum gate_result result = GATE_REFUSED;
    if (ruling_get(center->db, id, &arena, &ruling)) {
        int64_t own = county_org(center, county_at(center, ruling.center));
        result = pass(&(struct retiring){.center = center,
                                         .ruling = &ruling,
                                         .by = who->by ? who->by : own,
                                         .at = who->at ? who->at : center->now,
                                         .reason = reason,
                                         .fault = fault});
    } else {
        fault_add(fault, "no such ruling; ruling-list --all shows them");
    }
    arena_free(&arena);
    return result;
}
