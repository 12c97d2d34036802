/* policy-push: sends policies to the enterprises and associations that they concern (推送): prints
 * the delivery list that a mailer or a messenger takes, once for each policy and recipient. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/mask.h"
#include "base/text.h"
#include "center/center.h"
#include "center/config.h"
#include "center/log.h"
#include "cli/args.h"
#include "criteria/profile_file.h"
#include "match/push.h"
#include "policy/policy.h"

enum { KEY_AS_OF = ARGS_LONG, KEY_ONLY, KEY_LIMIT, KEY_SENT, KEY_SINCE, KEY_UNMASK };

static const struct args_option options[] = {
    {KEY_AS_OF, "as-of", "DATE", "match with what holds on this day (else today)"},
    {KEY_ONLY, "only", "WHOM", "enterprises (those that match), or associations and their members"},
    {KEY_LIMIT, "limit", "N", "at most N deliveries; the rest with the next run"},
    {KEY_SENT, "sent", NULL, "print again what was sent before, and send nothing"},
    {KEY_SINCE, "since", "TIME", "with --sent: only what was sent then or later"},
    {KEY_UNMASK, "unmask", NULL, "with contacts and telephones, for a mailer; the log notes it"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] [option ...] [POLICY ... | -]",
                                       "--sent [--since TIME] [--unmask] [POLICY ... | -]", NULL};
static const struct args_program program = {
    .name = "policy-push",
    .synopsis = synopsis,
    .purpose = "Send live policies to whom they concern, once each; print the delivery list.",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER},         {"policy", "政策", OUT_TEXT},
    {"title", "政策名称", OUT_TEXT},    {"kind", "对象", OUT_TEXT},
    {"code", "代码", OUT_TEXT},         {"name", "名称", OUT_TEXT},
    {"contact", "联系人", OUT_TEXT},    {"phone", "电话", OUT_TEXT},
    {"via", "经由协会", OUT_TEXT},      {"apply", "申报网址", OUT_TEXT},
    {"valid_to", "有效期止", OUT_TEXT}, {"summary", "摘要", OUT_TEXT}};

struct pushing {
    struct args *args;
    struct config *config;
    struct center center;
    struct arena arena;
    struct out *out;
    struct push_order order;
    bool sent, unmask;
    int64_t since;
    struct policy *policies;
    int count;
    int64_t found; /* deliveries printed */
    long bad;
};

static void print_delivery(void *context, const struct push_delivery *d)
{
    struct pushing *p = context;
    const struct policy *policy = d->policy;
    char day[DAY_TEXT_SIZE];
    if (d->id)
        out_number(p->out, d->id);
    else
        out_text(p->out, NULL);
    out_text(p->out, policy->code);
    out_text(p->out, policy->title);
    out_code(p->out, d->to_association ? "association" : "enterprise",
             d->to_association ? "协会" : "企业");
    out_text(p->out, d->code);
    out_text(p->out, d->name);
    out_private(p->out, p->unmask ? NULL : mask_name, d->contact);
    out_private(p->out, p->unmask ? NULL : mask_phone, d->phone);
    out_text(p->out, d->via);
    out_text(p->out, policy->apply);
    out_text(p->out, policy->valid_to == POLICY_NO_DAY ? NULL : day_print(policy->valid_to, day));
    out_text(p->out, policy->summary);
    out_row(p->out);
    p->found++;
}

static void take_whom(struct pushing *p)
{
    static const char *const words[] = {"enterprises", "associations", "企业", "协会"};
    const char *word = p->args->value;
    p->order.enterprises = text_same(word, words[0]) || text_same(word, words[2]);
    p->order.associations = text_same(word, words[1]) || text_same(word, words[3]);
    if (!p->order.enterprises && !p->order.associations)
        args_unknown(p->args, "kind of recipient", text_nearest(word, words, 4),
                     " (enterprises 企业, associations 协会)");
}

static void read_options(struct pushing *p)
{
    struct args *args = p->args;
    bool orders = false, since = false;
    p->order = (struct push_order){.enterprises = true, .associations = true};
    p->order.day = POLICY_NO_DAY;
    for (int key; (key = args_next(args));) {
        orders = orders || key == KEY_AS_OF || key == KEY_ONLY || key == KEY_LIMIT;
        switch (key) {
        case KEY_AS_OF: p->order.day = args_day(args); break;
        case KEY_ONLY: take_whom(p); break;
        case KEY_LIMIT: p->order.limit = args_number(args, 1, 1000000000); break;
        case KEY_SENT: p->sent = true; break;
        case KEY_UNMASK: p->unmask = true; break;
        case KEY_SINCE:
            p->since = args_moment(args);
            since = true;
            break;
        }
    }
    p->order.dry_run = args->dry_run;
    if (p->order.day == POLICY_NO_DAY)
        p->order.day = clock_day(clock_now());
    if (since && !p->sent)
        args_usage(args, "--since goes with --sent");
    if (orders && p->sent)
        args_usage(args, "--as-of, --only and --limit do not go with --sent");
    if (p->unmask && args->dry_run)
        args_usage(args, "the log notes who sees telephones with --unmask, and -n writes nothing");
}

static bool is_listed(const struct pushing *p, int64_t id)
{
    for (int i = 0; i < p->count; i++)
        if (p->policies[i].id == id)
            return true;
    return false;
}

static void report_unknown(struct pushing *p, const char *word)
{
    policy_warn_unknown(p->center.db, word);
    p->bad++;
}

/* Adds the policy called WORD; one that is not live is not sent, and says so. */
static void add_policy(struct pushing *p, const char *word)
{
    int64_t id = policy_find(p->center.db, word);
    struct policy policy;
    if (!id || !policy_load(p->center.db, id, &p->arena, &policy)) {
        report_unknown(p, word);
        return;
    }
    const char *state = policy_state_on(&policy, p->order.day);
    if (!p->sent && !text_same(state, "published")) {
        warn("%s: it is %s: not pushed", policy.code, state);
        p->bad++;
    } else if (!is_listed(p, id)) {
        p->policies = mem_grow(p->policies, (size_t)p->count, sizeof *p->policies);
        p->policies[p->count++] = policy;
    }
}

/* The words that name policies, read before the transaction begins: a pipe may be slow. */
static const char **read_words(struct pushing *p, int *count)
{
    struct args_ids loop = args_ids(p->args, 0);
    const char **words = NULL;
    *count = 0;
    for (const char *word; (word = args_next_word(&loop));) {
        words = mem_grow(words, (size_t)*count, sizeof *words);
        words[(*count)++] = arena_string(&p->arena, word);
    }
    p->bad += args_ids_end(&loop);
    return words;
}

static void find_policies(struct pushing *p, const char *const *words, int count)
{
    struct policy_filter filter = {.live = !p->sent, .day = p->order.day};
    for (int i = 0; i < count; i++)
        add_policy(p, words[i]);
    if (p->args->operand_count)
        return;
    int found;
    const struct policy *list = policy_list(p->center.db, &filter, &p->arena, &found);
    for (int i = 0; i < found; i++) {
        p->policies = mem_grow(p->policies, (size_t)p->count, sizeof *p->policies);
        p->policies[p->count++] = list[i];
    }
}

/* Whose telephones are seen is noted before they are printed. */
static void note_unmasked(struct pushing *p)
{
    char count[24];
    snprintf(count, sizeof count, "%lld", (long long)p->found);
    if (p->unmask && p->found)
        event_add_unmasked(&p->center, 0, program.name, "deliveries", count);
}

static void send(struct pushing *p, const char *const *words, int count)
{
    struct profile profile = profilefile_load(p->config);
    struct taxonomy taxonomy = taxonomy_load(p->config);
    center_begin(&p->center, p->args->dry_run);
    find_policies(p, words, count);
    if (p->count)
        push_send(&p->center, &profile, &taxonomy, p->policies, p->count, &p->order, print_delivery,
                  p);
    note_unmasked(p);
    if (p->args->dry_run)
        db_rollback(p->center.db);
    else
        db_commit(p->center.db);
    taxonomy_free(&taxonomy);
    profile_free(&profile);
}

static void print_sent(struct pushing *p, const char *const *words, int count)
{
    if (p->unmask)
        center_begin(&p->center, false);
    find_policies(p, words, count);
    for (int i = 0; i < p->count; i++)
        push_sent(p->center.db, &p->policies[i], p->since, print_delivery, p);
    note_unmasked(p);
    if (p->unmask)
        db_commit(p->center.db);
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct pushing p = {.args = &args, .config = config_load(args_config(&args))};
    int count;
    read_options(&p);

    p.center = center_open(args_database(&args), p.config, args_user(), clock_now());
    p.out = out_open(columns, 12, args.format, args.header);
    const char **words = read_words(&p, &count);
    if (p.sent)
        print_sent(&p, words, count);
    else
        send(&p, words, count);

    center_close(&p.center);
    out_close(p.out);
    free(words);
    free(p.policies);
    arena_free(&p.arena);
    config_free(p.config);
    args_free(&args);
    out_finish();
    return p.bad ? EXIT_BAD : p.sent && !p.found ? EXIT_NO : EXIT_DONE;
}
