/* org-add: adds or changes organisations, one from options or many from a CSV file. */
#include <stdio.h>

#include "base/fault.h"
#include "base/phone.h"
#include "base/tongue.h"
#include "center/add.h"
#include "center/org_field.h"
#include "center/org_file.h"
#include "center/org_save.h"

static const struct args_option options[] = {
    {ADDING_FIELD + ORG_CODE, "code", "CODE", "short code, the same for ever"},
    {ADDING_FIELD + ORG_NAME, "name", "NAME", "full name"},
    {ADDING_FIELD + ORG_SHORT, "short", "NAMES", "short names, divided by blanks or 、"},
    {ADDING_FIELD + ORG_GROUP, "group", "GROUP", "peer group of organisations.yaml"},
    {ADDING_FIELD + ORG_CONTACT, "contact", "NAME", "person to talk to"},
    {ADDING_FIELD + ORG_PHONE, "phone", "NUMBER", "telephone"},
    ADDING_WHO(ORG_BY, ORG_AT),
    ADDING_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --code CODE --name NAME --group GROUP [option ...]",
    "[-nq] [option ...] --csv FILE | --jsonl FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "org-add",
    .title = "单位登记",
    .synopsis = synopsis,
    .purpose = "Add organisations, or change those with the same code.",
    .options = options,
};

static const struct out_column columns[] = {
    {"code", "代码", OUT_TEXT}, {"name", "名称", OUT_TEXT}, {"result", "结果", OUT_TEXT}};

static const int needed[] = {ORG_CODE, ORG_NAME, ORG_GROUP, -1};

struct run {
    struct adding adding;
    const char *const *groups; /* codes and names in turn */
};

/* Saves the organisation of VALUES and prints it; false with a fault where it is refused. */
static bool add_org(void *context, char *const *values, long line, struct fault *fault)
{
    struct run *r = context;
    struct out *out = r->adding.p.out;
    static const char *const results[] = {"added", "changed", "same"};
    struct gate_who who;
    (void)line;
    for (const int *field = needed; *field >= 0; field++)
        if (!values[*field])
            fault_add(fault, "no %s", org_field(*field)->name);
    const char *group = values[ORG_GROUP] ? orgfile_group(r->groups, values[ORG_GROUP]) : NULL;
    if (values[ORG_GROUP] && !group)
        orgfile_unknown_group(r->groups, values[ORG_GROUP], fault);
    phone_check(values[ORG_PHONE], fault);
    if (!adding_who(&r->adding, values, &who, fault))
        return false;
    struct org org = {.short_names = bulk_words(&r->adding.arena, values[ORG_SHORT])};
    for (int i = 0; i < ORG_FIELD_COUNT; i++)
        if (org_field(i)->member)
            *field_text_at(org_field(i), &org) = values[i];
    org.peer_group = group;
    enum org_result result = org_save(&r->adding.p.center, &org, &who, fault);
    if (result == ORG_REFUSED)
        return false;
    out_text(out, org.code);
    out_text(out, org.name);
    out_text(out, results[result]);
    out_row(out);
    return true;
}

int main(int argc, char **argv)
{
    const struct adding_kind kind = {
        "org", N_("organisation"), org_fields(), needed, ORG_CODE, false, NULL};
    struct run r = {.adding = adding_start(&kind, &program, argc, argv)};
    adding_next(&r.adding);
    program_open(&r.adding.p, OUT_COLUMNS(columns));
    r.groups =
        orgfile_groups(&r.adding.arena, config_path(r.adding.p.config, "organisations.yaml"));
    adding_run(&r.adding, add_org, NULL, &r);
    return adding_finish(&r.adding);
}
