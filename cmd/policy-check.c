/* policy-check: what is wrong with the stock of policies: elements that are missing, addresses that
 * lead nowhere, criteria that say nothing or contradict others, clocks that were missed, and
 * sources that nobody looked through today. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "calendar/calendar.h"
#include "center/center.h"
#include "center/config.h"
#include "center/org.h"
#include "cli/args.h"
#include "criteria/profile_file.h"
#include "policy/check.h"
#include "policy/source.h"
#include "policy/source_file.h"
#include "report/figures.h"

enum { KEY_ONLY = ARGS_LONG, KEY_BY_ORG, KEY_AS_OF };

static const struct args_option options[] = {
    {KEY_ONLY, "only", "FINDING[,FINDING...]", "only these findings"},
    {KEY_BY_ORG, "by-org", NULL, "count late policies by organisation"},
    {KEY_AS_OF, "as-of", "DATE", "what is expired, late and impossible on this day (else now)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[--only FINDING[,FINDING...]] [--as-of DATE] [POLICY ... | -]", "--by-org [--as-of DATE]",
    NULL};
static const struct args_program program = {
    .name = "policy-check",
    .synopsis = synopsis,
    .purpose = "Look for what is wrong with policies: all of them, or those named.",
    .options = options,
};

static const struct out_column columns[] = {{"policy", "编号", OUT_TEXT},
                                            {"finding", "问题", OUT_TEXT},
                                            {"message", "说明", OUT_TEXT},
                                            {"org", "单位", OUT_TEXT}};
static const struct out_column org_columns[] = {{"org", "单位", OUT_TEXT},
                                                {"collected_late", "归集超期", OUT_NUMBER},
                                                {"collected_due", "归集到期", OUT_NUMBER},
                                                {"published_late", "发布超期", OUT_NUMBER},
                                                {"published_due", "发布到期", OUT_NUMBER},
                                                {"interpreted_late", "解读超期", OUT_NUMBER},
                                                {"interpreted_due", "解读到期", OUT_NUMBER}};

struct run {
    struct args *args;
    struct config *config;
    struct center center;
    struct org_table orgs;
    struct arena arena;
    struct out *out;
    struct policycheck check;
    struct policypairs pairs;
    bool by_org, only;
    long found, bad;
};

/* ---- options ---- */

/* The findings that the option names, by codes or by the office's words. */
static void take_only(struct run *r)
{
    char *list = arena_string(&r->arena, r->args->value);
    for (char *word = list, *next; word; word = next) {
        next = strchr(word, ',');
        if (next)
            *next++ = '\0';
        enum policy_finding finding = policycheck_find(word);
        if (finding == FINDING_COUNT) {
            r->args->value = word;
            args_unknown(r->args, "finding", policycheck_nearest(word), NULL);
        }
        r->check.wanted[finding] = true;
    }
    r->only = true;
}

static void take_options(struct run *r)
{
    bool dated = false;
    for (int key; (key = args_next(r->args));)
        switch (key) {
        case KEY_ONLY: take_only(r); break;
        case KEY_BY_ORG: r->by_org = true; break;
        case KEY_AS_OF:
            r->check.day = args_day(r->args);
            dated = true;
            break;
        }
    if (r->by_org && (r->only || r->args->operand_count))
        args_usage(r->args, "--by-org goes without --only and policies");
    r->check.moment = dated ? clock_moment(r->check.day + 1, 0) - 1 : clock_now();
    if (!dated)
        r->check.day = clock_day(clock_now());
    for (int i = 0; !r->only && i < FINDING_COUNT; i++)
        r->check.wanted[i] = true;
}

/* ---- findings ---- */

static void print_finding(struct run *r, const char *id, enum policy_finding finding,
                          const char *message, const char *org, const char *org_words)
{
    out_text(r->out, id);
    out_code(r->out, policycheck_code(finding), policycheck_name(finding));
    out_text(r->out, message);
    out_code(r->out, org, org_words);
    out_row(r->out);
    r->found++;
}

static void take_finding(void *context, const struct policy *policy, enum policy_finding finding,
                         const char *message)
{
    struct run *r = context;
    print_finding(r, policy->code, finding, message, org_code(&r->orgs, policy->org),
                  org_name(&r->orgs, policy->org));
}

/* Sources are to be looked through on every working day. */
static void check_sources(struct run *r)
{
    char date[DAY_TEXT_SIZE];
    int day = r->check.day;
    if (!r->check.wanted[FINDING_SOURCE] || !calendar_in_range(day) ||
        !calendar_is_working(center_calendar(&r->center), day))
        return;
    struct sources sources = sourcefile_load(r->config);
    for (int i = 0; i < sources.count; i++) {
        const struct source *source = &sources.list[i];
        int last = source_last_look(r->center.db, source->code, day);
        int64_t org = source->org ? org_find(r->center.db, source->org) : 0;
        struct text message = {0};
        text_add_format(&message, "%s (%s) was not looked through on %s", source->name,
                        source->person ? source->person : "nobody is in charge",
                        day_print(day, date));
        if (last != SOURCE_NEVER)
            text_add_format(&message, ", last on %s", day_print(last, date));
        if (last != day)
            print_finding(r, source->code, FINDING_SOURCE, message.data, source->org,
                          org_name(&r->orgs, org));
        text_free(&message);
    }
    sourcefile_free(&sources);
}

static const struct policy *find_policy(const struct run *r, const char *word)
{
    const struct policy *policy = policypairs_find(&r->pairs, word);
    if (policy)
        return policy;
    policy_warn_unknown(r->center.db, word);
    return NULL;
}

static void check_policies(struct run *r, const struct policy *policies, int count)
{
    struct args_ids ids = args_ids(r->args, 0);
    for (const char *word; (word = args_next_word(&ids));) {
        const struct policy *policy = find_policy(r, word);
        if (policy)
            policycheck_run(&r->check, policy);
        r->bad += !policy;
    }
    r->bad += args_ids_end(&ids);
    for (int i = 0; !r->args->operand_count && i < count; i++)
        policycheck_run(&r->check, &policies[i]);
    if (!r->args->operand_count)
        check_sources(r);
}

static void check_all(struct run *r)
{
    struct policy_filter all = {.live = false};
    struct profile profile = profilefile_load(r->config);
    struct taxonomy taxonomy = taxonomy_load(r->config);
    int count;
    const struct policy *policies = policy_list(r->center.db, &all, &r->arena, &count);
    r->out = out_open(columns, 4, r->args->format, r->args->header);
    r->pairs = policypairs_new(policies, count);
    r->check.pairs = &r->pairs;
    r->check.profile = &profile;
    r->check.taxonomy = &taxonomy;
    r->check.later = !r->args->operand_count;
    r->check.take = take_finding;
    r->check.context = r;
    check_policies(r, policies, count);
    policypairs_free(&r->pairs);
    taxonomy_free(&taxonomy);
    profile_free(&profile);
}

/* ---- by organisation ---- */

/* The figures of a row, as the bulletin has them: late and due by each clock. */
static const char *const late_figures[] = {"policy-collect-late",   "policy-collect-due",
                                           "policy-publish-late",   "policy-publish-due",
                                           "policy-interpret-late", "policy-interpret-due"};
enum { LATE_FIGURES = sizeof late_figures / sizeof *late_figures };

/* An organisation's counts; 0 is the policies of which it is not known. */
struct late_row {
    int64_t org, counts[LATE_FIGURES];
};
struct late_rows {
    struct late_row *rows; /* by the organisation's id */
    size_t count;
    int figure;
};

static void add_late(void *context, int64_t org, int64_t count)
{
    struct late_rows *l = context;
    size_t i = 0;
    while (i < l->count && l->rows[i].org < org)
        i++;
    if (i == l->count || l->rows[i].org != org) {
        l->rows = mem_grow(l->rows, l->count, sizeof *l->rows);
        memmove(l->rows + i + 1, l->rows + i, (l->count++ - i) * sizeof *l->rows);
        l->rows[i] = (struct late_row){.org = org};
    }
    l->rows[i].counts[l->figure] = count;
}

static void print_org(struct run *r, const struct late_row *row)
{
    out_code(r->out, org_code(&r->orgs, row->org), org_name(&r->orgs, row->org));
    for (int i = 0; i < LATE_FIGURES; i++) {
        out_number(r->out, row->counts[i]);
        r->found += i % 2 == 0 && row->counts[i] > 0;
    }
    out_row(r->out);
}

static void count_late(struct run *r)
{
    const struct report_month ever = {.start = INT64_MIN, .end = INT64_MAX, .now = r->check.moment};
    struct late_rows late = {0};
    r->out = out_open(org_columns, 1 + LATE_FIGURES, r->args->format, r->args->header);
    for (late.figure = 0; late.figure < LATE_FIGURES; late.figure++)
        report_each_org(&r->center, &ever, report_find_figure(r->config, late_figures[late.figure]),
                        add_late, &late);
    for (size_t i = 0; i < late.count; i++)
        print_org(r, &late.rows[i]);
    free(late.rows);
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct run r = {.args = &args, .config = config_load(args_config(&args))};
    take_options(&r);

    r.center = center_open(args_database(&args), r.config, args_user(), clock_now());
    r.orgs = org_table_load(r.center.db);
    if (r.by_org)
        count_late(&r);
    else
        check_all(&r);

    center_close(&r.center);
    out_close(r.out);
    org_table_free(&r.orgs);
    arena_free(&r.arena);
    config_free(r.config);
    args_free(&args);
    out_finish();
    return r.bad ? EXIT_BAD : r.found ? EXIT_NO : EXIT_DONE;
}
