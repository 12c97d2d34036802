/* policy-push: sends policies to the enterprises and associations that they concern (推送): prints
 * the delivery list that a mailer or a messenger takes, once for each policy and recipient. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/log.h"
#include "center/permit.h"
#include "center/program.h"
#include "criteria/profile_file.h"
#include "match/print.h"
#include "policy/policy.h"
#include "register/contact.h"

enum {
    KEY_AS_OF = ARGS_LONG,
    KEY_ONLY,
    KEY_LIMIT,
    KEY_BY,
    KEY_PACKAGE,
    KEY_AT, /* the last of those that order a delivery */
    KEY_SENT,
    KEY_SINCE,
    KEY_UNMASK
};

static const struct args_option options[] = {
    {KEY_AS_OF, "as-of", "DATE", "match with what holds on this day (else today)"},
    {KEY_ONLY, "only", "WHOM", "enterprises (those that match), or associations and their members"},
    {KEY_LIMIT, "limit", "N", "at most N deliveries; the rest with the next run"},
    {KEY_PACKAGE, "package", NULL, "one message to each enterprise, of all policies that fit it"},
    {KEY_SENT, "sent", NULL, "print again what was sent before, and send nothing"},
    {KEY_SINCE, "since", "TIME", "with --sent: only what was sent then or later"},
    {KEY_UNMASK, "unmask", NULL, "with contacts and telephones, for a mailer; the log notes it"},
    {KEY_BY, "by", "ORG", "whose policies they are, or the center (else the center)"},
    {KEY_AT, "at", "TIME", "when it was done (else now)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] [option ...] [POLICY ... | -]",
                                       "--sent [--since TIME] [--unmask] [POLICY ... | -]", NULL};
static const struct args_program program = {
    .name = "policy-push",
    .title = "政策推送",
    .synopsis = synopsis,
    .purpose = "Send live policies to whom they concern, once each; print the delivery list.",
    .options = options,
};

struct pushing {
    struct program p;
    struct arena arena;
    struct push_order order;
    bool sent, unmask;
    const char *by;
    int64_t since;
    struct policy *policies;
    int count;
    int64_t found; /* deliveries printed */
    struct contacts contacts;
};

static void print_delivery(void *context, const struct push_delivery *d)
{
    struct pushing *s = context;
    pushprint_row(s->p.out, d, s->unmask);
    s->found++;
}

static int count_contacts(void *context, int64_t enterprise)
{
    return contacts_of(&((const struct pushing *)context)->contacts, enterprise);
}

static void leave_out(void *context, const char *code)
{
    const struct pushing *s = context;
    if (!s->p.args.quiet)
        warn("%s: contacted %d times this month: left out until the next", code, s->order.most);
}

/* What the firms have had in the month of the push. */
static void load_contacts(struct pushing *s)
{
    s->order.most = s->p.config->limits.contacts;
    s->order.contacts = count_contacts;
    s->order.left_out = leave_out;
    if (s->order.most)
        s->contacts = contacts_of_month(&s->p.center, s->order.who.at);
}

static void take_whom(struct pushing *s)
{
    static const char *const words[] = {"enterprises", "associations", "企业", "协会"};
    const char *word = s->p.args.value;
    s->order.enterprises = text_same(word, words[0]) || text_same(word, words[2]);
    s->order.associations = text_same(word, words[1]) || text_same(word, words[3]);
    if (!s->order.enterprises && !s->order.associations)
        args_unknown(&s->p.args, "kind of recipient", text_nearest(word, words, 4),
                     " (enterprises 企业, associations 协会)");
}

static void read_options(struct pushing *s)
{
    struct args *args = &s->p.args;
    bool orders = false;
    s->order = (struct push_order){
        .day = POLICY_NO_DAY, .enterprises = true, .associations = true, .dry_run = args->dry_run};
    for (int key; (key = args_next(args));) {
        orders = orders || key <= KEY_AT;
        switch (key) {
        case KEY_AS_OF: s->order.day = args_day(args); break;
        case KEY_ONLY: take_whom(s); break;
        case KEY_LIMIT: s->order.limit = args_number(args, 1, 1000000000); break;
        case KEY_PACKAGE: s->order.package = true; break;
        case KEY_BY: s->by = args->value; break;
        case KEY_AT: s->order.who.at = args_moment(args); break;
        case KEY_SENT: s->sent = true; break;
        case KEY_UNMASK: s->unmask = true; break;
        case KEY_SINCE: s->since = args_moment(args); break;
        }
    }
    if (s->order.day == POLICY_NO_DAY)
        s->order.day = clock_day(clock_now());
    if (s->since && !s->sent)
        args_usage(args, "--since goes with --sent");
    if (orders && s->sent)
        args_usage(args,
                   "--as-of, --only, --limit, --package, --by and --at do not go with --sent");
    if (s->unmask && args->dry_run)
        args_usage(args, "the log notes who sees telephones with --unmask, and -n writes nothing");
}

/* Adds POLICY, which is in the arena, once. */
static void list_policy(struct pushing *s, const struct policy *policy)
{
    for (int i = 0; i < s->count; i++)
        if (s->policies[i].id == policy->id)
            return;
    s->policies = mem_grow(s->policies, (size_t)s->count, sizeof *s->policies);
    s->policies[s->count++] = *policy;
}

/* Adds the policy called WORD; one that is not live is not sent, and says so. */
static void add_policy(struct pushing *s, const char *word)
{
    int64_t id = policy_find(s->p.center.db, word);
    struct policy policy;
    if (!id || !policy_load(s->p.center.db, id, &s->arena, &policy)) {
        policy_warn_unknown(s->p.center.db, word);
        s->p.bad++;
        return;
    }
    const char *state = policy_state_on(&policy, s->order.day);
    if (!s->sent && !text_same(state, "published")) {
        warn("%s: it is %s: not pushed", policy.code, state);
        s->p.bad++;
    } else
        list_policy(s, &policy);
}

/* The words that name policies, read before the transaction begins: a pipe may be slow. */
static const char **read_words(struct pushing *s, int *count)
{
    struct args_ids loop = args_ids(&s->p.args, 0);
    const char **words = NULL;
    *count = 0;
    for (const char *word; (word = args_next_word(&loop));) {
        words = mem_grow(words, (size_t)*count, sizeof *words);
        words[(*count)++] = arena_string(&s->arena, word);
    }
    s->p.bad += args_ids_end(&loop);
    return words;
}

static void find_policies(struct pushing *s, const char *const *words, int count)
{
    struct policy_filter filter = {.live = !s->sent, .day = s->order.day};
    for (int i = 0; i < count; i++)
        add_policy(s, words[i]);
    if (s->p.args.operand_count)
        return;
    int found;
    const struct policy *list = policy_list(s->p.center.db, &filter, &s->arena, &found);
    for (int i = 0; i < found; i++)
        list_policy(s, &list[i]);
}

/* Whose telephones are seen is noted before they are printed. */
static void note_unmasked(struct pushing *s)
{
    char count[24];
    snprintf(count, sizeof count, "%lld", (long long)s->found);
    if (s->unmask && s->found)
        event_add_unmasked(&s->p.center, 0, program.name, "deliveries", count);
}

static void report_refused(void *context, const struct policy *policy, const struct fault *fault)
{
    struct pushing *s = context;
    warn("%s: %s", policy->code, fault->text);
    s->p.bad++;
}

static void send(struct pushing *s, const char *const *words, int count)
{
    struct profile profile = profilefile_load(s->p.config);
    struct taxonomy taxonomy = taxonomy_load(s->p.config);
    program_begin(&s->p);
    find_policies(s, words, count);
    load_contacts(s);
    if (s->count)
        push_send(&s->p.center, &profile, &taxonomy, s->policies, s->count, &s->order,
                  print_delivery, report_refused, s);
    note_unmasked(s);
    program_commit(&s->p);
    contacts_free(&s->contacts);
    taxonomy_free(&taxonomy);
    profilefile_free(&profile);
}

static void print_sent(struct pushing *s, const char *const *words, int count)
{
    if (s->unmask)
        center_begin(&s->p.center, false);
    find_policies(s, words, count);
    for (int i = 0; i < s->count; i++)
        push_sent(s->p.center.db, &s->policies[i], s->since, print_delivery, s);
    note_unmasked(s);
    if (s->unmask)
        db_commit(s->p.center.db);
}

int main(int argc, char **argv)
{
    struct pushing s = {.p = program_start(&program, argc, argv)};
    int count;
    read_options(&s);
    program_open(&s.p, OUT_COLUMNS(pushprint_columns));
    s.order.who.by = permit_by(&s.p.center, s.by);
    const char **words = read_words(&s, &count);
    if (s.sent)
        print_sent(&s, words, count);
    else
        send(&s, words, count);
    free(words);
    free(s.policies);
    arena_free(&s.arena);
    return program_end(&s.p, s.sent && !s.found ? EXIT_NO : EXIT_DONE);
}
