/* liaison-add: adds liaisons and pairs them with enterprises, one from options or many from a file;
 * ends pairs. */
#include <stdio.h>
#include <stdlib.h>

#include "center/add.h"
#include "center/org.h"
#include "enterprise/enterprise.h"
#include "enterprise/liaison.h"

enum field { NAME, ORG, PHONE, ENTERPRISES };
enum { KEY_ENTERPRISE = ADDING_OWN, KEY_UNPAIR };

static const struct args_option options[] = {
    {ADDING_FIELD + NAME, "name", "NAME", "its name"},
    {ADDING_FIELD + ORG, "org", "ORG", "organisation that it is of"},
    {ADDING_FIELD + PHONE, "phone", "NUMBER", "telephone of its office"},
    {KEY_ENTERPRISE, "enterprise", "CODE", "pair it with this enterprise; may be repeated"},
    {KEY_UNPAIR, "unpair", "CODE", "end the pair with this enterprise; may be repeated"},
    ADDING_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --name NAME --org ORG [--phone NUMBER] [--enterprise CODE] [--unpair CODE]",
    "[-nq] --csv FILE | --jsonl FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "liaison-add",
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
    struct org_table orgs;
    struct text paired, unpaired; /* given by options, divided by commas */
};

/* The ids of the enterprises that LIST names, in the arena; false with a fault where one is
 * unknown. */
static bool find_enterprises(struct adding *a, const char *list, int64_t **ids, int *count,
                             char *fault, size_t size)
{
    const char *const *words = bulk_words(&a->arena, list);
    *count = 0;
    while (words[*count])
        ++*count;
    *ids = arena_zero(&a->arena, (size_t)(*count + 1) * sizeof **ids);
    for (int i = 0; i < *count; i++)
        if (!((*ids)[i] = enterprise_find(a->center.db, words[i]))) {
            text_unknown(fault, size, "enterprise", words[i], NULL, "; enterprise-add adds it");
            return false;
        }
    return true;
}

static bool find_org(struct db *db, const char *word, int64_t *org, char *fault, size_t size)
{
    *org = org_find(db, word);
    if (*org)
        return true;
    org_unknown(db, word, fault, size);
    return false;
}

static void print(struct run *r, const struct liaison *liaison, const char *result)
{
    struct out *out = r->adding.out;
    out_number(out, liaison->id);
    out_text(out, liaison->name);
    out_code(out, org_code(&r->orgs, liaison->org), org_name(&r->orgs, liaison->org));
    out_number(out, liaison_count(r->adding.center.db, liaison->id));
    out_text(out, result);
    out_row(out);
}

/* Nobody is added only to end pairs that nobody has. */
static bool is_known(const struct run *r, const struct liaison *liaison, char *fault, size_t size)
{
    if (!r->unpaired.length || liaison_find(r->adding.center.db, liaison->name, liaison->org))
        return true;
    snprintf(fault, size, "no liaison \"%s\" of this organisation; liaison-list shows them",
             liaison->name);
    return false;
}

static bool add_liaison(void *context, char *const *values, long line, char *fault, size_t size)
{
    struct run *r = context;
    struct adding *a = &r->adding;
    struct liaison liaison = {.name = values[NAME], .phone = values[PHONE]};
    int64_t *paired, *unpaired;
    int paired_count, unpaired_count;
    const char *paired_list = line ? values[ENTERPRISES] : r->paired.data;
    for (int i = NAME; i <= ORG; i++)
        if (!values[i]) {
            snprintf(fault, size, "no %s", liaison_fields[i]);
            return false;
        }
    if (!find_org(a->center.db, values[ORG], &liaison.org, fault, size) ||
        !is_known(r, &liaison, fault, size) ||
        !find_enterprises(a, paired_list, &paired, &paired_count, fault, size) ||
        !find_enterprises(a, r->unpaired.data, &unpaired, &unpaired_count, fault, size))
        return false;
    bool added, changed = liaison_save(&a->center, &liaison, &added);
    changed |= liaison_unpair(&a->center, &liaison, unpaired, unpaired_count);
    changed |= liaison_pair(&a->center, &liaison, paired, paired_count);
    print(r, &liaison, added ? "added" : changed ? "changed" : "same");
    return true;
}

static void take_option(struct run *r, int key)
{
    struct text *list = key == KEY_UNPAIR ? &r->unpaired : &r->paired;
    char *value = adding_value(&r->adding, key == KEY_UNPAIR ? "unpair" : "enterprise");
    if (!value)
        args_usage(r->adding.args, "an empty code");
    text_add(list, value);
    text_add_char(list, ',');
}

int main(int argc, char **argv)
{
    static const int needed[] = {NAME, ORG, -1};
    static const struct adding_kind kind = {"liaison", "liaison", liaison_fields, needed, NAME,
                                            false,     NULL};
    struct args args = args_start(&program, argc, argv);
    struct run r = {.adding = adding_start(&kind, &args)};
    for (int key; (key = adding_next(&r.adding));)
        take_option(&r, key);
    if (r.adding.source.path && (r.paired.length || r.unpaired.length))
        args_usage(&args, "--enterprise and --unpair go with one liaison, not with a file");
    adding_open(&r.adding, columns, 5);
    r.orgs = org_table_load(r.adding.center.db);
    int status = adding_run(&r.adding, add_liaison, NULL, &r);
    org_table_free(&r.orgs);
    adding_finish(&r.adding);
    text_free(&r.paired);
    text_free(&r.unpaired);
    return status;
}
