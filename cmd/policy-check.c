/* policy-check: what is wrong with the stock of policies: elements that are missing, addresses that
 * lead nowhere, criteria that say nothing or contradict others, clocks that were missed, and
 * sources that nobody looked through today. */
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "calendar/calendar.h"
#include "center/program.h"
#include "criteria/profile_file.h"
#include "opinion/consultation.h"
#include "policy/check.h"
#include "policy/source.h"
#include "policy/source_file.h"
#include "report/late.h"

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
    .title = "政策核查",
    .synopsis = synopsis,
    .purpose = "Look for what is wrong with policies: all of them, or those named.",
    .options = options,
};

static const struct out_column columns[] = {{"policy", "编号", OUT_TEXT},
                                            {"finding", "问题", OUT_TEXT},
                                            {"message", "说明", OUT_TEXT},
                                            {"org", "单位", OUT_TEXT}};
struct run {
    struct program p;
    struct arena arena;
    struct policycheck check;
    struct policypairs pairs;
    bool by_org, only;
    long found;
};

/* The findings that the option names, by codes or by the office's words. */
static void take_only(struct run *r)
{
    char *list = arena_string(&r->arena, r->p.args.value);
    for (char *word = list, *next; word; word = next) {
        next = strchr(word, ',');
        if (next)
            *next++ = '\0';
        enum policy_finding finding = policycheck_find(word);
        if (finding == FINDING_COUNT) {
            r->p.args.value = word;
            args_unknown(&r->p.args, "finding", policycheck_nearest(word), NULL);
        }
        r->check.wanted[finding] = true;
    }
    r->only = true;
}

static void take_options(struct run *r)
{
    bool dated = false;
    for (int key; (key = args_next(&r->p.args));)
        switch (key) {
        case KEY_ONLY: take_only(r); break;
        case KEY_BY_ORG: r->by_org = true; break;
        case KEY_AS_OF:
            r->check.day = args_day(&r->p.args);
            dated = true;
            break;
        }
    if (r->by_org && (r->only || r->p.args.operand_count))
        args_usage(&r->p.args, "--by-org goes without --only and policies");
    r->check.moment = dated ? clock_moment(r->check.day + 1, 0) - 1 : clock_now();
    r->check.reviewed_from = r->p.config->policies.reviewed_from;
    if (!dated)
        r->check.day = clock_day(clock_now());
    for (int i = 0; !r->only && i < FINDING_COUNT; i++)
        r->check.wanted[i] = true;
}

static void print_finding(struct run *r, const char *id, enum policy_finding finding,
                          const char *message, const char *org, const char *org_words)
{
    out_text(r->p.out, id);
    out_code(r->p.out, policycheck_code(finding), policycheck_name(finding));
    out_text(r->p.out, message);
    out_code(r->p.out, org, org_words);
    out_row(r->p.out);
    r->found++;
}

static void take_finding(void *context, const struct policy *policy, enum policy_finding finding,
                         const char *message)
{
    struct run *r = context;
    print_finding(r, policy->code, finding, message, org_code(&r->p.orgs, policy->org),
                  org_name(&r->p.orgs, policy->org));
}

/* Sources are to be looked through on every working day. */
static void check_sources(struct run *r)
{
    char date[DAY_TEXT_SIZE];
    int day = r->check.day;
    if (!r->check.wanted[FINDING_SOURCE] || !calendar_in_range(day) ||
        !calendar_is_working(center_calendar(&r->p.center), day))
        return;
    struct sources sources = sourcefile_load(r->p.config);
    for (int i = 0; i < sources.count; i++) {
        const struct source *source = &sources.list[i];
        int last = source_last_look(r->p.center.db, source->code, day);
        int64_t org = source->org ? org_find(r->p.center.db, source->org) : 0;
        struct text message = {0};
        text_add_format(&message, "%s (%s) was not looked through on %s", source->name,
                        source->person ? source->person : "nobody is in charge",
                        day_print(day, date));
        if (last != SOURCE_NEVER)
            text_add_format(&message, ", last on %s", day_print(last, date));
        if (last != day)
            print_finding(r, source->code, FINDING_SOURCE, message.data, source->org,
                          org_name(&r->p.orgs, org));
        text_free(&message);
    }
    sourcefile_free(&sources);
}

/* Drafts that were open to the public for fewer days than is usual, and nobody said why. */
static void check_draft(void *context, const struct consultation *c)
{
    struct run *r = context;
    struct text id = {0}, message = {0};
    char date[DAY_TEXT_SIZE];
    int least = r->p.config->policies.consult_days;
    int days = c->until - clock_day(c->public_at);
    if (!c->public_at || c->public_at > r->check.moment || c->urgent || days >= least)
        return;
    text_add_number(&id, c->id);
    text_add_format(&message,
                    "the draft %s is open to the public for %d day%s, until %s; %d are"
                    " the least, but for a reason (consult-open --urgent)",
                    c->title, days, days == 1 ? "" : "s", day_print(c->until, date), least);
    print_finding(r, id.data, FINDING_SHORT_TERM, message.data, org_code(&r->p.orgs, c->org),
                  org_name(&r->p.orgs, c->org));
    text_free(&id);
    text_free(&message);
}

static const struct policy *find_policy(const struct run *r, const char *word)
{
    const struct policy *policy = policypairs_find(&r->pairs, word);
    if (policy)
        return policy;
    policy_warn_unknown(r->p.center.db, word);
    return NULL;
}

static void check_policies(struct run *r, const struct policy *policies, int count)
{
    struct args_ids ids = args_ids(&r->p.args, 0);
    for (const char *word; (word = args_next_word(&ids));) {
        const struct policy *policy = find_policy(r, word);
        if (policy)
            policycheck_run(&r->check, policy);
        r->p.bad += !policy;
    }
    r->p.bad += args_ids_end(&ids);
    for (int i = 0; !r->p.args.operand_count && i < count; i++)
        policycheck_run(&r->check, &policies[i]);
    if (r->p.args.operand_count)
        return;
    if (r->check.wanted[FINDING_SHORT_TERM])
        consult_each(r->p.center.db, check_draft, r);
    check_sources(r);
}

static void check_all(struct run *r)
{
    struct policy_filter all = {.live = false};
    struct profile profile = profilefile_load(r->p.config);
    struct taxonomy taxonomy = taxonomy_load(r->p.config);
    int count;
    const struct policy *policies = policy_list(r->p.center.db, &all, &r->arena, &count);
    program_print(&r->p, OUT_COLUMNS(columns));
    r->pairs = policypairs_new(policies, count);
    r->check.pairs = &r->pairs;
    r->check.profile = &profile;
    r->check.taxonomy = &taxonomy;
    r->check.later = !r->p.args.operand_count;
    r->check.take = take_finding;
    r->check.context = r;
    check_policies(r, policies, count);
    policypairs_free(&r->pairs);
    taxonomy_free(&taxonomy);
    profilefile_free(&profile);
}

int main(int argc, char **argv)
{
    struct run r = {.p = program_start(&program, argc, argv)};
    take_options(&r);
    program_open(&r.p, NULL, 0);
    if (r.by_org)
        r.found = late_print(&r.p, r.check.moment);
    else
        check_all(&r);
    arena_free(&r.arena);
    return program_end(&r.p, r.found ? EXIT_NO : EXIT_DONE);
}
