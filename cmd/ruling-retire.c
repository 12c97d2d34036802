/* ruling-retire: takes rulings of conferences out of the dispatch catalogue (停用裁定). */
#include <string.h>

#include "base/die.h"
#include "base/text.h"
#include "base/tongue.h"
#include "catalogue/ruling_list.h"
#include "center/permit.h"
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
    const char *reason, *by;
    struct gate_who who;
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
            r->by = args->value;
        else
            r->who.at = args_moment(args);
    }
    if (!r->reason || text_is_blank(r->reason))
        args_usage(args, r->reason ? "the reason is blank" : N_("--reason is missing"));
    if (!args->operand_count)
        args_usage(args, "name the rulings");
}

static void retire(struct retiring *r, int64_t id)
{
    struct center *center = &r->p.center;
    struct arena arena = {0};
    struct fault fault = {""};
    struct ruling ruling;
    if (ruling_retire(center, id, &r->who, r->reason, &fault) != GATE_REFUSED &&
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
    r.who.by = permit_by(&r.p.center, r.by);
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
