/* policy-list: policies that match filters, those to apply for first, by days left; or the web page
 * of them, the policy column (政策专栏). */
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "center/program.h"
#include "policy/page.h"
#include "policy/policy.h"
#include "policy/taxonomy.h"

enum {
    KEY_CLASS = ARGS_LONG,
    KEY_ISSUER,
    KEY_LEVEL,
    KEY_KIND,
    KEY_STATE,
    KEY_ALL,
    KEY_TEXT,
    KEY_TOPIC,
    KEY_AS_OF
};

static const struct args_option options[] = {
    {KEY_CLASS, "class", "CLASS", "only this class or subclass of taxonomy.yaml"},
    {KEY_ISSUER, "issuer", "TEXT", "an organisation, or words of the issuer's name"},
    {KEY_LEVEL, "level", "LEVEL", "national, province, city or county"},
    {KEY_KIND, "kind", "KIND", "application or general"},
    {KEY_STATE, "state", "STATE", "draft, published, expired, superseded or withdrawn"},
    {KEY_ALL, "all", NULL, "in every state, not only those that are valid"},
    {KEY_TOPIC, "topic", "TOPIC", "of this special column (专题)"},
    {KEY_TEXT, "text", "TEXT", "these words in title, summary or document number"},
    {KEY_AS_OF, "as-of", "DATE", "valid and days left on this day, else today"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-F FORMAT] [option ...]", NULL};
static const struct args_program program = {
    .name = "policy-list",
    .title = "惠企政策",
    .synopsis = synopsis,
    .purpose = "List the valid policies that match every filter, by days left, pinned first.",
    .options = options,
    .lists = true,
};

static const struct out_column columns[] = {
    {"code", "编号", OUT_TEXT},         {"title", "标题", OUT_TEXT},
    {"level", "级别", OUT_TEXT},        {"kind", "类型", OUT_TEXT},
    {"class", "分类", OUT_TEXT},        {"issuer", "发文机关", OUT_TEXT},
    {"valid_to", "有效期止", OUT_TEXT}, {"days_left", "剩余天数", OUT_NUMBER},
    {"pinned", "置顶", OUT_TEXT},       {"state", "状态", OUT_TEXT}};

struct listing {
    struct program p;
    struct taxonomy taxonomy;
    struct arena arena;
    struct policy_filter filter;
    struct wanted issuers; /* as they were written */
    struct wanted states;
    bool all;
};

static const char *need_level(const struct args *args)
{
    char list[256];
    const char *level = policy_word(POLICY_LEVEL, args->value);
    if (!level)
        args_unknown(args, "level", policy_nearest_word(POLICY_LEVEL, args->value),
                     policy_list_words(POLICY_LEVEL, list, sizeof list));
    return level;
}

static const char *need_kind(const struct args *args)
{
    char list[256];
    const char *kind = policy_word(POLICY_KIND, args->value);
    if (!kind)
        args_unknown(args, "kind", policy_nearest_word(POLICY_KIND, args->value),
                     policy_list_words(POLICY_KIND, list, sizeof list));
    return kind;
}

static const char *need_state(const struct args *args)
{
    char list[256];
    const char *state = policy_word(POLICY_STATE, args->value);
    if (!state)
        args_unknown(args, "state", policy_nearest_word(POLICY_STATE, args->value),
                     policy_list_words(POLICY_STATE, list, sizeof list));
    return state;
}

static void take_class(struct listing *l)
{
    const struct taxonomy_entry *entry = taxonomy_find(&l->taxonomy, l->p.args.value);
    if (!entry)
        args_unknown(&l->p.args, "class", taxonomy_nearest(&l->taxonomy, l->p.args.value),
                     "; taxonomy.yaml lists them");
    const char *const *codes = taxonomy_below(&l->taxonomy, &l->arena, entry->term.code);
    for (; *codes; codes++)
        wanted_add(&l->filter.classes, *codes);
}

static void take_option(struct listing *l, int key)
{
    struct args *args = &l->p.args;
    switch (key) {
    case KEY_CLASS: take_class(l); break;
    case KEY_ISSUER: wanted_add(&l->issuers, args->value); break;
    case KEY_LEVEL: wanted_add(&l->filter.levels, need_level(args)); break;
    case KEY_KIND: wanted_add(&l->filter.kinds, need_kind(args)); break;
    case KEY_STATE: wanted_add(&l->states, need_state(args)); break;
    case KEY_ALL: l->all = true; break;
    case KEY_TOPIC: l->filter.topic = args->value; break;
    case KEY_TEXT: l->filter.text = args->value; break;
    case KEY_AS_OF: l->filter.day = args_day(args); break;
    }
}

static void print_policy(const struct listing *l, const struct policy *p)
{
    struct out *out = l->p.out;
    char date[DAY_TEXT_SIZE];
    const char *state = policy_state_on(p, l->filter.day);
    bool ends = p->valid_to != POLICY_NO_DAY;
    out_text(out, p->code);
    out_text(out, p->title);
    out_code(out, p->level, policy_word_name(POLICY_LEVEL, p->level));
    out_code(out, p->kind, policy_word_name(POLICY_KIND, p->kind));
    out_code(out, p->class, taxonomy_name(&l->taxonomy, p->class));
    out_text(out, p->issuer);
    out_text(out, ends ? day_print(p->valid_to, date) : NULL);
    if (ends)
        out_number(out, p->valid_to - l->filter.day);
    else
        out_text(out, NULL);
    out_code(out, p->pinned ? "pinned" : NULL, "置顶");
    out_code(out, state, policy_word_name(POLICY_STATE, state));
    out_row(out);
}

/* Those to apply for, then the others; of each the order stays. Drops those that are not in the
 * state asked for. Returns how many are left. */
static int arrange(const struct listing *l, const struct policy *from, int count, struct policy *to)
{
    int used = 0;
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < count; i++) {
            bool applies = from[i].kind && !strcmp(from[i].kind, "application");
            bool is_meant = wanted_allows(&l->states, policy_state_on(&from[i], l->filter.day));
            if (applies == (round == 0) && is_meant)
                to[used++] = from[i];
        }
    return used;
}

/* What the filters let through, as it is printed; stores how many. */
static struct policy *find(struct listing *l, int *count)
{
    struct db *db = l->p.center.db;
    for (int i = 0; i < l->issuers.count; i++) {
        int64_t org = org_find(db, l->issuers.list[i]);
        if (org)
            wanted_add(&l->filter.orgs, org_code(&l->p.orgs, org));
        else
            wanted_add(&l->filter.issuers, l->issuers.list[i]);
    }
    l->filter.live = !l->all && !l->states.count;
    struct policy *found = policy_list(db, &l->filter, &l->arena, count);
    struct policy *policies = arena_zero(&l->arena, ((size_t)*count + 1) * sizeof *policies);
    *count = arrange(l, found, *count, policies);
    return policies;
}

/* The rows, or the page, which is printed when the database is closed. */
static void print_all(struct listing *l, const struct policy *policies, int count)
{
    const struct policypage page = {.center = center_title(&l->p.center),
                                    .taxonomy = &l->taxonomy,
                                    .day = l->filter.day,
                                    .policies = policies,
                                    .count = count};
    bool html = l->p.args.format == OUT_HTML;
    program_close(&l->p);
    if (html)
        policypage_print(&page);
    for (int i = 0; !html && i < count; i++)
        print_policy(l, &policies[i]);
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    int count;
    l.taxonomy = taxonomy_load(l.p.config);
    l.filter.day = POLICY_NO_DAY;
    for (int key; (key = args_next(&l.p.args));)
        take_option(&l, key);
    if (l.p.args.operand_count)
        args_usage(&l.p.args, "no operand is expected; policy-show shows a policy");
    if (l.filter.day == POLICY_NO_DAY)
        l.filter.day = clock_day(clock_now());

    program_open(&l.p, NULL, 0);
    if (l.p.args.format != OUT_HTML)
        program_print(&l.p, OUT_COLUMNS(columns));
    const struct policy *policies = find(&l, &count);
    print_all(&l, policies, count);
    taxonomy_free(&l.taxonomy);
    arena_free(&l.arena);
    return program_end(&l.p, count ? EXIT_DONE : EXIT_NO);
}
