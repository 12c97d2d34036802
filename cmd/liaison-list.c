/* liaison-list: liaisons and the enterprises that they are paired with; who has too few, and which
 * enterprises have nobody. */
#include "base/clock.h"
#include "base/die.h"
#include "base/fault.h"
#include "center/program.h"
#include "criteria/profile_file.h"
#include "enterprise/enterprise.h"
#include "enterprise/liaison.h"

enum {
    KEY_ORG = ARGS_LONG,
    KEY_FEWER,
    KEY_ENTERPRISE,
    KEY_PAIRS,
    KEY_UNPAIRED,
    KEY_TAG,
    KEY_REGION
};

static const struct args_option options[] = {
    {KEY_ORG, "org", "ORG", "only liaisons of this organisation"},
    {KEY_FEWER, "fewer", "N", "only those with fewer than N enterprises"},
    {KEY_ENTERPRISE, "enterprise", "CODE", "only those that serve this enterprise"},
    {KEY_PAIRS, "pairs", NULL, "list the pairs, one a line"},
    {KEY_UNPAIRED, "unpaired", NULL, "list the enterprises that nobody serves"},
    {KEY_TAG, "tag", "TAG", "with --unpaired: only those that hold this title"},
    {KEY_REGION, "region", "REGION", "with --unpaired: only those of this region"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[--pairs] [--org ORG] [--fewer N] [--enterprise CODE] [ID ... | -]",
    "--unpaired [--tag TAG] [--region REGION]", NULL};
static const struct args_program program = {
    .name = "liaison-list",
    .title = "助企员名单",
    .synopsis = synopsis,
    .purpose = "List liaisons and their pairs, or the enterprises that nobody serves.",
    .options = options,
    .lists = true,
};

static const struct out_column columns[] = {{"id", "编号", OUT_NUMBER},
                                            {"name", "助企员", OUT_TEXT},
                                            {"org", "单位", OUT_TEXT},
                                            {"phone", "电话", OUT_TEXT},
                                            {"enterprises", "结对企业", OUT_NUMBER},
                                            {"since", "结对时间", OUT_TEXT}};
static const struct out_column pair_columns[] = {
    {"id", "编号", OUT_NUMBER},       {"name", "助企员", OUT_TEXT},
    {"org", "单位", OUT_TEXT},        {"code", "统一社会信用代码", OUT_TEXT},
    {"enterprise", "企业", OUT_TEXT}, {"since", "结对时间", OUT_TEXT}};
static const struct out_column unpaired_columns[] = {{"code", "统一社会信用代码", OUT_TEXT},
                                                     {"name", "企业名称", OUT_TEXT},
                                                     {"region", "地区", OUT_TEXT}};

struct listing {
    struct program p;
    struct liaison_filter filter;
    struct unpaired_filter unpaired;
    struct wanted of; /* organisations, as they were written, then their codes */
    const char *enterprise, *tag, *region;
    bool lists_pairs, lists_unpaired;
    long found;
};

static void print_who(struct listing *l, int64_t id, const char *name, int64_t org)
{
    out_number(l->p.out, id);
    out_text(l->p.out, name);
    out_code(l->p.out, org_code(&l->p.orgs, org), org_name(&l->p.orgs, org));
}

static void print_liaison(void *context, const struct liaison *liaison)
{
    struct listing *l = context;
    if (!wanted_allows(&l->of, org_code(&l->p.orgs, liaison->org)))
        return;
    print_who(l, liaison->id, liaison->name, liaison->org);
    out_text(l->p.out, liaison->phone);
    out_number(l->p.out, liaison->enterprises);
    out_moment(l->p.out, liaison->since);
    out_row(l->p.out);
    l->found++;
}

static void print_pair(void *context, const struct liaison_pair *pair)
{
    struct listing *l = context;
    if (!wanted_allows(&l->of, org_code(&l->p.orgs, pair->org)))
        return;
    print_who(l, pair->id, pair->name, pair->org);
    out_text(l->p.out, pair->code);
    out_text(l->p.out, pair->enterprise);
    out_moment(l->p.out, pair->since);
    out_row(l->p.out);
    l->found++;
}

static void print_enterprise(void *context, const char *code, const char *name, const char *region)
{
    struct listing *l = context;
    out_text(l->p.out, code);
    out_text(l->p.out, name);
    out_code(l->p.out, region, config_region_name(l->p.config, region));
    out_row(l->p.out);
    l->found++;
}

static void list(struct listing *l)
{
    if (l->lists_pairs)
        liaison_pairs(l->p.center.db, &l->filter, print_pair, l);
    else
        liaison_each(l->p.center.db, &l->filter, print_liaison, l);
}

static void list_liaisons(struct listing *l)
{
    struct args_ids ids = args_ids(&l->p.args, 0);
    program_print(&l->p, l->lists_pairs ? pair_columns : columns, 6);
    for (int i = 0; i < l->of.count; i++)
        l->of.list[i] = org_code(&l->p.orgs, org_need(l->p.center.db, l->of.list[i]));
    l->filter.enterprise = l->enterprise ? enterprise_need(l->p.center.db, l->enterprise) : 0;
    if (!l->p.args.operand_count)
        list(l);
    for (long long id; args_next_id(&ids, &id);) {
        l->filter.id = id;
        list(l);
        if (liaison_exists(l->p.center.db, id))
            continue;
        warn("%lld: no such liaison", id);
        l->p.bad++;
    }
    l->p.bad += args_ids_end(&ids);
}

static void list_unpaired(struct listing *l)
{
    struct fault fault = {""};
    struct fact_range region;
    struct profile profile = profilefile_load(l->p.config);
    l->unpaired.day = clock_day(l->p.center.now);
    if (l->tag) {
        int tag = profile_tag(&profile, l->tag);
        if (tag < 0)
            die("%s", fault_unknown(&fault, "tag", l->tag, profile_nearest_tag(&profile, l->tag),
                                    "; profile.yaml lists them"));
        l->unpaired.tag = profile.facts[tag].code;
    }
    if (l->region) {
        if (!profile_value(&profile, FACT_OF_REGION, l->region, &region, &fault))
            die("%s", fault.text);
        l->unpaired.in_region = true;
        l->unpaired.region_first = region.low;
        l->unpaired.region_last = region.high;
    }
    program_print(&l->p, OUT_COLUMNS(unpaired_columns));
    liaison_unpaired(l->p.center.db, &l->unpaired, print_enterprise, l);
    profilefile_free(&profile);
}

/* The value of an option that can be given once. */
static const char *once(const struct listing *l, const char *before, const char *option)
{
    if (before)
        args_usage(&l->p.args, "%s once", option);
    return l->p.args.value;
}

static void take_option(struct listing *l, int key)
{
    switch (key) {
    case KEY_ORG: wanted_add(&l->of, l->p.args.value); break;
    case KEY_FEWER: l->filter.fewer = args_number(&l->p.args, 1, 1000000000); break;
    case KEY_ENTERPRISE: l->enterprise = once(l, l->enterprise, "--enterprise"); break;
    case KEY_PAIRS: l->lists_pairs = true; break;
    case KEY_UNPAIRED: l->lists_unpaired = true; break;
    case KEY_TAG: l->tag = once(l, l->tag, "--tag"); break;
    case KEY_REGION: l->region = once(l, l->region, "--region"); break;
    }
}

static void check(const struct listing *l)
{
    bool of_liaisons = l->of.count || l->filter.fewer || l->enterprise || l->lists_pairs ||
                       l->p.args.operand_count;
    if (l->lists_unpaired && of_liaisons)
        args_usage(&l->p.args, "--unpaired goes only with --tag and --region");
    if (!l->lists_unpaired && (l->tag || l->region))
        args_usage(&l->p.args, "--tag and --region go with --unpaired");
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    for (int key; (key = args_next(&l.p.args));)
        take_option(&l, key);
    check(&l);

    program_open(&l.p, NULL, 0);
    if (l.lists_unpaired)
        list_unpaired(&l);
    else
        list_liaisons(&l);
    return program_end(&l.p, l.found ? EXIT_DONE : EXIT_NO);
}
