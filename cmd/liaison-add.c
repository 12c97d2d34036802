/* liaison-add: adds liaisons and pairs them with enterprises, one from options or many from a file;
 * ends pairs. */
#include <stdio.h>
#include <stdlib.h>

#include "base/fault.h"
#include "base/phone.h"
#include "base/tongue.h"
#include "center/add.h"
#include "center/org.h"
#include "enterprise/enterprise.h"
#include "enterprise/liaison.h"

enum row_field { NAME, ORG, PHONE, ENTERPRISES, BY, AT };
enum { KEY_ENTERPRISE = ADDING_OWN, KEY_UNPAIR };

static const struct args_option options[] = {
    {ADDING_FIELD + NAME, "name", "NAME", "its name"},
    {ADDING_FIELD + ORG, "org", "ORG", "organisation that it is of"},
    {ADDING_FIELD + PHONE, "phone", "NUMBER", "telephone of its office"},
    {KEY_ENTERPRISE, "enterprise", "CODE", "pair it with this enterprise; may be repeated"},
    {KEY_UNPAIR, "unpair", "CODE", "end the pair with this enterprise; may be repeated"},
    ADDING_WHO(BY, AT),
    ADDING_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --name NAME --org ORG [--phone NUMBER] [--enterprise CODE] [--unpair CODE]",
    "[-nq] [option ...] --csv FILE | --jsonl FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "liaison-add",
    .title = "助企员登记",
    .synopsis = synopsis,
    .purpose = "Add liaisons, pair them with enterprises, end pairs.",
    .options = options,
};

static const struct out_column columns[] = {{"id", "编号", OUT_NUMBER},
                                            {"name", "助企员", OUT_TEXT},
                                            {"org", "单位", OUT_TEXT},
                                            {"enterprises", "结对企业", OUT_NUMBER},
                                            {"result", "结果", OUT_TEXT}};

struct run {
    struct adding adding;
    struct text paired, unpaired; /* given by options, divided by commas */
};

/* The ids of the enterprises that LIST names, in the arena; a fault for each that is
 * unknown. */
static void find_enterprises(struct adding *a, const char *list, int64_t **ids, int *count,
                             struct fault *fault)
{
    const char *const *words = bulk_words(&a->arena, list);
    *count = 0;
    while (words[*count])
        ++*count;
    *ids = arena_zero(&a->arena, (size_t)(*count + 1) * sizeof **ids);
    for (int i = 0; i < *count; i++)
        if (!((*ids)[i] = enterprise_find(a->p.center.db, words[i])))
            fault_unknown(fault, "enterprise", words[i], NULL, "; enterprise-add adds it");
}

static void print(struct run *r, const struct liaison *liaison, const char *result)
{
    struct out *out = r->adding.p.out;
    out_number(out, liaison->id);
    out_text(out, liaison->name);
    out_code(out, org_code(&r->adding.p.orgs, liaison->org),
             org_name(&r->adding.p.orgs, liaison->org));
    out_number(out, liaison_count(r->adding.p.center.db, liaison->id));
    out_text(out, result);
    out_row(out);
}

/* Nobody is added only to end pairs that nobody has. */
static void check_known(const struct run *r, const struct liaison *liaison, struct fault *fault)
{
    if (r->unpaired.length && !liaison_find(r->adding.p.center.db, liaison->name, liaison->org))
        fault_add(fault, "no liaison \"%s\" of this organisation; liaison-list shows them",
                  liaison->name);
}

static bool add_liaison(void *context, char *const *values, long line, struct fault *fault)
{
    struct run *r = context;
    struct adding *a = &r->adding;
    struct liaison liaison = {.name = values[NAME], .phone = values[PHONE]};
    struct gate_who who;
    int64_t *paired, *unpaired;
    int paired_count, unpaired_count;
    const char *paired_list = line ? values[ENTERPRISES] : r->paired.data;
    for (int i = NAME; i <= ORG; i++)
        if (!values[i])
            fault_add(fault, "no %s", liaison_fields[i]);
    if (values[ORG] && !(liaison.org = org_find(a->p.center.db, values[ORG])))
        org_unknown(a->p.center.db, values[ORG], fault);
    if (liaison.name && liaison.org)
        check_known(r, &liaison, fault);
    phone_check(liaison.phone, fault);
    find_enterprises(a, paired_list, &paired, &paired_count, fault);
    find_enterprises(a, r->unpaired.data, &unpaired, &unpaired_count, fault);
    if (!adding_who(a, values, &who, fault))
        return false;
    bool added;
    enum gate_result saved = liaison_save(&a->p.center, &liaison, &who, &added, fault);
    if (saved == GATE_REFUSED)
        return false;
    enum gate_result ended =
        liaison_unpair(&a->p.center, &liaison, unpaired, unpaired_count, &who, fault);
    enum gate_result made = liaison_pair(&a->p.center, &liaison, paired, paired_count, &who, fault);
    bool changed = saved == GATE_DONE || ended == GATE_DONE || made == GATE_DONE;
    print(r, &liaison, added ? "added" : changed ? "changed" : "same");
    return !*fault->text;
}

static void take_option(struct run *r, int key)
{
    struct text *list = key == KEY_UNPAIR ? &r->unpaired : &r->paired;
    char *value = adding_value(&r->adding, key == KEY_UNPAIR ? "unpair" : "enterprise");
    if (!value)
        args_usage(&r->adding.p.args, "an empty code");
    text_add(list, value);
    text_add_char(list, ',');
}

int main(int argc, char **argv)
{
    static const int needed[] = {NAME, ORG, -1};
    static const struct adding_kind kind = {"liaison", N_("liaison"), liaison_fields, needed, NAME,
                                            false,     NULL};
    struct run r = {.adding = adding_start(&kind, &program, argc, argv)};
    for (int key; (key = adding_next(&r.adding));)
        take_option(&r, key);
    if (r.adding.source.path && (r.paired.length || r.unpaired.length))
        args_usage(&r.adding.p.args,
                   "--enterprise and --unpair go with one liaison, not with a file");
    program_open(&r.adding.p, OUT_COLUMNS(columns));
    adding_run(&r.adding, add_liaison, NULL, &r);
    text_free(&r.paired);
    text_free(&r.unpaired);
    return adding_finish(&r.adding);
}
