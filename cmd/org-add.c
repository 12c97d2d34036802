/* org-add: adds or changes organisations, one from options or many from a CSV file. */
#include <stdio.h>

#include "base/fault.h"
#include "base/phone.h"
#include "center/add.h"
#include "center/org_file.h"
#include "center/org_save.h"

enum row_field { CODE, NAME, SHORT, GROUP, CONTACT, PHONE, BY, AT };

static const struct args_option options[] = {
    {ADDING_FIELD + CODE, "code", "CODE", "short code, the same for ever"},
    {ADDING_FIELD + NAME, "name", "NAME", "full name"},
    {ADDING_FIELD + SHORT, "short", "NAMES", "short names, divided by blanks or 、"},
    {ADDING_FIELD + GROUP, "group", "GROUP", "peer group of organisations.yaml"},
    {ADDING_FIELD + CONTACT, "contact", "NAME", "person to talk to"},
    {ADDING_FIELD + PHONE, "phone", "NUMBER", "telephone"},
    ADDING_WHO(BY, AT),
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

static const int needed[] = {CODE, NAME, GROUP, -1};

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
            fault_add(fault, "no %s", org_fields[*field]);
    const char *group = values[GROUP] ? orgfile_group(r->groups, values[GROUP]) : NULL;
    if (values[GROUP] && !group)
        orgfile_unknown_group(r->groups, values[GROUP], fault);
    phone_check(values[PHONE], fault);
    if (!adding_who(&r->adding, values, &who, fault))
        return false;
    struct org org = {.code = values[CODE],
                      .name = values[NAME],
                      .peer_group = group,
                      .contact = values[CONTACT],
                      .phone = values[PHONE],
                      .short_names = bulk_words(&r->adding.arena, values[SHORT])};
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
    static const struct adding_kind kind = {"org", "organisation", org_fields, needed,
                                            CODE,  false,          NULL};
    struct run r = {.adding = adding_start(&kind, &program, argc, argv)};
    adding_next(&r.adding);
    program_open(&r.adding.p, OUT_COLUMNS(columns));
    r.groups =
        orgfile_groups(&r.adding.arena, config_path(r.adding.p.config, "organisations.yaml"));
    adding_run(&r.adding, add_org, NULL, &r);
    return adding_finish(&r.adding);
}
