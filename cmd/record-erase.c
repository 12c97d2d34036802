/* record-erase: erases personal data by law (删除个人信息). */
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "center/log.h"
#include "center/permit.h"
#include "center/personal.h"
#include "center/program.h"
#include "center/seal.h"
#include "erasure/erase.h"
#include "erasure/forget.h"

enum {
    KEY_FIELD = ARGS_LONG,
    KEY_NAME,
    KEY_PHONE,
    KEY_LAW,
    KEY_REASON,
    KEY_BY,
    KEY_AT,
    BATCH = 200
};

static const struct args_option options[] = {
    {KEY_NAME, "name", "NAME", "erase every text in which this name stands; may be repeated"},
    {KEY_PHONE, "phone", "NUMBER", "the same of a telephone or another number"},
    {KEY_FIELD, "field", "FIELD", "only this field; may be repeated"},
    {KEY_LAW, "law", "TEXT", "the law by which it is erased"},
    {KEY_REASON, "reason", "TEXT", "why: who asked for it"},
    {KEY_BY, "by", "ORG", "who erases (else the center)"},
    {KEY_AT, "at", "TIME", "when it was done (else now)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --law TEXT --reason TEXT --name NAME | --phone NUMBER ... [ID ...]",
    "[-nq] --law TEXT --reason TEXT --field FIELD ... ID ... | -", NULL};
static const struct args_program program = {
    .name = "record-erase",
    .title = "删除个人信息",
    .synopsis = synopsis,
    .purpose = "Erase personal data by law; what was proved with them stays proved.",
    .options = options,
};

static const struct out_column columns[] = {{"ticket", "工单", OUT_NUMBER},
                                            {"record", "对象", OUT_TEXT},
                                            {"id", "编号", OUT_NUMBER},
                                            {"field", "内容", OUT_TEXT}};

struct erasing {
    struct program p;
    struct erase_order order;
    const char *by;
    struct erase_run run;
    bool any;
};

static void add_field(struct args *args, struct wanted *fields)
{
    struct text list = {0};
    if (personal_is_field(args->value)) {
        wanted_add(fields, args->value);
        return;
    }
    for (int i = 0; personal_field(i); i++)
        text_add_format(&list, "%s%s", i ? ", " : "", personal_field(i));
    args_usage(args, "unknown field \"%s\" (%s)", args->value, list.data);
}

static void take_option(struct erasing *e, int key)
{
    struct args *args = &e->p.args;
    struct fault fault = {""};
    if (text_valid_utf8(args->value, strlen(args->value)) != strlen(args->value))
        args_usage(args, "an option's value is not UTF-8");
    switch (key) {
    case KEY_FIELD: add_field(args, &e->order.fields); break;
    case KEY_LAW: e->order.law = args->value; break;
    case KEY_REASON: e->order.reason = args->value; break;
    case KEY_BY: e->by = args->value; break;
    case KEY_AT: e->order.who.at = args_moment(args); break;
    case KEY_NAME:
        if (!person_check_name(args->value, &fault))
            args_usage(args, "%s", fault.text);
        wanted_add(&e->order.person.names, args->value);
        break;
    case KEY_PHONE:
        if (!person_check_number(args->value, &fault))
            args_usage(args, "%s", fault.text);
        wanted_add(&e->order.person.numbers, args->value);
        break;
    }
}

static void read_options(struct erasing *e)
{
    struct args *args = &e->p.args;
    for (int key; (key = args_next(args));)
        take_option(e, key);
    if (!e->order.law || text_is_blank(e->order.law))
        args_usage(args, "by which law? --law");
    if (!e->order.reason || text_is_blank(e->order.reason))
        args_usage(args, "why? --reason");
    if (!person_is_named(&e->order.person) && !args->operand_count)
        args_usage(args, "of whom? --name and --phone, or tickets");
    if (!person_is_named(&e->order.person) && !e->order.fields.count)
        args_usage(args, "what of these tickets? --field, or --name and --phone");
}

static void print(void *context, int64_t ticket, const char *record, int64_t id, const char *field)
{
    struct erasing *e = context;
    if (ticket)
        out_number(e->p.out, ticket);
    else
        out_text(e->p.out, NULL);
    out_text(e->p.out, record);
    out_number(e->p.out, id);
    out_text(e->p.out, field);
    out_row(e->p.out);
}

static void refuse(const char *what)
{
    warn("%s", what);
}

static void erase_one(struct erasing *e, int64_t id)
{
    struct fault fault = {""};
    if (erase_ticket(&e->run, id, &e->any, &fault))
        return;
    warn("%lld: %s", (long long)id, fault.text);
    e->p.bad++;
}

/* What an upgrade has left to say is said first: only then has every ticket's content a digest. */
static void begin(struct erasing *e)
{
    uint8_t seed[SEED_SIZE];
    struct fault fault = {""};
    program_begin(&e->p);
    event_seed(&e->p.center, seed);
    if (!erase_may(&e->run, &fault))
        die("%s", fault.text);
}

static void erase_named(struct erasing *e)
{
    struct args_ids loop = args_ids(&e->p.args, 0);
    int64_t ids[BATCH];
    for (int count; (count = args_next_ids(&loop, ids, BATCH));) {
        begin(e);
        for (int i = 0; i < count; i++)
            erase_one(e, ids[i]);
        program_commit(&e->p);
        out_flush(e->p.out);
    }
    e->p.bad += args_ids_end(&loop);
}

static void erase_everywhere(struct erasing *e)
{
    size_t count;
    begin(e);
    int64_t *ids = erase_find(&e->run, &count);
    for (size_t i = 0; i < count; i++)
        erase_one(e, ids[i]);
    e->p.bad += erase_center(&e->run, &e->any);
    program_commit(&e->p);
    free(ids);
}

int main(int argc, char **argv)
{
    struct erasing e = {.p = program_start(&program, argc, argv)};
    read_options(&e);
    program_open(&e.p, OUT_COLUMNS(columns));
    e.order.who.by = permit_by(&e.p.center, e.by);
    e.run = (struct erase_run){&e.p.center, &e.order, print, &e, refuse};
    if (e.p.args.operand_count)
        erase_named(&e);
    else
        erase_everywhere(&e);
    if (!e.p.args.dry_run && !forget_erased(&e.p.center)) {
        warn("%s: another program reads the database, and what it reads may be in the side file: "
             "run this again",
             db_path(e.p.center.db));
        e.p.bad++;
    }
    return program_end(&e.p, e.any ? EXIT_DONE : EXIT_NO);
}
