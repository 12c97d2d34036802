/* record-retain: erases what has been kept as long as the configuration says (保存期限). */
#include <string.h>

#include "base/die.h"
#include "center/log.h"
#include "center/permit.h"
#include "center/program.h"
#include "center/seal.h"
#include "erasure/forget.h"
#include "erasure/retain.h"

enum { KEY_ONLY = ARGS_LONG, KEY_BY };

static const struct args_option options[] = {
    {KEY_ONLY, "only", "CODE", "only this retention of center.yaml; may be repeated"},
    {KEY_BY, "by", "ORG", "who erases (else the center)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] [--only CODE ...]", NULL};
static const struct args_program program = {
    .name = "record-retain",
    .title = "到期删除",
    .synopsis = synopsis,
    .purpose = "Erase what has been kept as long as the configuration says; -n lists it.",
    .options = options,
};

static const struct out_column columns[] = {
    {"ticket", "工单", OUT_NUMBER}, {"record", "对象", OUT_TEXT},        {"id", "编号", OUT_NUMBER},
    {"field", "内容", OUT_TEXT},    {"retention", "保存期限", OUT_TEXT}, {"law", "依据", OUT_TEXT},
};

struct retaining {
    struct program p;
    struct wanted only;
    const char *by;
    const struct retention *current;
    bool any;
};

static void print(void *context, int64_t ticket, const char *record, int64_t id, const char *field)
{
    struct retaining *r = context;
    if (ticket)
        out_number(r->p.out, ticket);
    else
        out_text(r->p.out, NULL);
    out_text(r->p.out, record);
    out_number(r->p.out, id);
    out_text(r->p.out, field);
    out_code(r->p.out, r->current->code, r->current->name);
    out_text(r->p.out, r->current->law);
    out_row(r->p.out);
}

static void refuse(const char *what)
{
    warn("%s", what);
}

static void check_only(struct retaining *r)
{
    const struct config *config = r->p.config;
    for (int i = 0; i < r->only.count; i++) {
        bool found = false;
        for (int k = 0; k < config->retention_count; k++)
            found = found || !strcmp(config->retentions[k].code, r->only.list[i]);
        if (!found)
            args_usage(&r->p.args, "center.yaml has no retention \"%s\"", r->only.list[i]);
    }
}

/* All of it or nothing. What an upgrade has left to say is said first. */
static void carry_out(struct retaining *r)
{
    const struct config *config = r->p.config;
    struct erase_order order = {.act = ERASE_RETENTION, .who.by = permit_by(&r->p.center, r->by)};
    struct erase_run run = {&r->p.center, &order, print, r, refuse};
    struct fault fault = {""};
    uint8_t seed[SEED_SIZE];
    program_begin(&r->p);
    event_seed(&r->p.center, seed);
    if (!erase_may(&run, &fault))
        die("%s", fault.text);
    for (int i = 0; i < config->retention_count; i++) {
        r->current = &config->retentions[i];
        if (wanted_allows(&r->only, r->current->code))
            r->p.bad += retain_carry_out(&run, r->current, &r->any);
    }
    program_commit(&r->p);
}

int main(int argc, char **argv)
{
    struct retaining r = {.p = program_start(&program, argc, argv)};
    for (int key; (key = args_next(&r.p.args));)
        if (key == KEY_ONLY)
            wanted_add(&r.only, r.p.args.value);
        else
            r.by = r.p.args.value;
    check_only(&r);
    program_open(&r.p, OUT_COLUMNS(columns));
    carry_out(&r);
    if (!r.p.args.dry_run && !forget_erased(&r.p.center)) {
        warn("%s: another program reads the database, and what it reads may be in the side file: "
             "run this again",
             db_path(r.p.center.db));
        r.p.bad++;
    }
    return program_end(&r.p, r.any ? EXIT_DONE : EXIT_NO);
}
