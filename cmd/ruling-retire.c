/* ruling-retire: takes rulings of conferences out of the dispatch catalogue (停用裁定). */
#include <string.h>

#include "base/die.h"
#include "base/text.h"
#include "catalogue/ruling_list.h"
#include "center/convener.h"
#include "center/county.h"
#include "center/program.h"

enum { KEY_REASON = ARGS_LONG, KEY_BY, KEY_AT, BATCH = 200 };

static const struct args_option options[] = {
    {KEY_REASON, "reason", "TEXT", "why they no longer hold"},
    {KEY_BY, "by", "ORG", "the convener that acts (else the center)"},
    {KEY_AT, "at", "TIME", "when it was done (else now)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] --reason TEXT [--by ORG] [--at TIME] RULING ... | -",
                                       NULL};
static const struct args_program program = {
    .name = "ruling-retire",
    .title = "裁定废止",
    .synopsis = synopsis,
    .purpose = "Take rulings of conferences out of the dispatch catalogue, for a reason.",
    .options = options,
};

struct retiring {
    struct program p;
    const char *reason, *by_name;
    int64_t by, at; /* at 0: now */
};

static void read_options(struct retiring *r)
{
    struct args *args = &r->p.args;
    for (int key; (key = args_next(args));) {
        if (text_valid_utf8(args->value, strlen(args->value)) != strlen(args->value))
            args_usage(args, "an option's value is not UTF-8");
        if (key == KEY_REASON)
            r->reason = args->value;
        else if (key == KEY_BY)
            r->by_name = args->value;
        else
            r->at = args_moment(args);
    }
    if (!r->reason || text_is_blank(r->reason))
        args_usage(args, r->reason ? "the reason is blank" : "--reason is missing");
    if (!args->operand_count)
        args_usage(args, "name the rulings");
}

/* The convener of --by, of the city or of a county; dies where it is none. */
static void find_actor(struct retiring *r)
{
    struct center *center = &r->p.center;
    r->by = r->by_name ? org_need(center->db, r->by_name) : 0;
    bool may = !r->by_name || convener_may(center, NULL, r->by);
    for (int i = 0; i < r->p.config->county_count; i++)
        may = may || convener_may(center, &r->p.config->counties[i], r->by);
    if (may)
        return;
    struct conveners conveners = conveners_new(center, NULL);
    struct text names = {0};
    conveners_name(&conveners, center->db, &names);
    die("only a convener may: %s", text_string(&names));
}

/* Who retires RULING: whom --by names, else the center in whose catalogue it is; 0, with a fault,
 * where they convene for another. */
static int64_t actor_of(struct retiring *r, const struct ruling *ruling, struct fault *fault)
{
    struct center *center = &r->p.center;
    const struct county *county = county_at(center, ruling->center);
    if (!r->by)
        return county_org(center, county);
    if (convener_may(center, county, r->by))
        return r->by;
    fault_add(fault, "it is in another center's catalogue, whose conveners may");
    return 0;
}

static void retire(struct retiring *r, int64_t id)
{
    struct center *center = &r->p.center;
    struct arena arena = {0};
    struct fault fault = {""};
    struct ruling ruling = {0};
    ruling_get(center->db, id, &arena, &ruling);
    int64_t by = actor_of(r, &ruling, &fault);
    if (by && ruling_retire(center, id, by, r->at ? r->at : center->now, r->reason, &fault) &&
        ruling_get(center->db, id, &arena, &ruling)) {
        rulinglist_print(r->p.out, &r->p.orgs, &ruling);
    } else {
        warn("%lld: %s", (long long)id, fault.text);
        r->p.bad++;
    }
    arena_free(&arena);
}

int main(int argc, char **argv)
{
    struct retiring r = {.p = program_start(&program, argc, argv)};
    read_options(&r);
    program_open(&r.p, rulinglist_columns, RULINGLIST_COLUMNS);
    find_actor(&r);
    struct args_ids loop = args_ids(&r.p.args, 0);
    int64_t ids[BATCH];
    for (int count; (count = args_next_ids(&loop, ids, BATCH));) {
        program_begin(&r.p);
        for (int i = 0; i < count; i++)
            retire(&r, ids[i]);
        program_commit(&r.p);
        out_flush(r.p.out);
    }
    r.p.bad += args_ids_end(&loop);
    return program_end(&r.p, EXIT_DONE);
}
