/* notice-send: makes the notices of what has happened, and sends those that are due (通知). */
#include "base/die.h"
#include "base/tongue.h"
#include "center/permit.h"
#include "center/program.h"
#include "center/role.h"
#include "notice/making.h"
#include "notice/outbox.h"

enum { KEY_AGAIN = ARGS_LONG, KEY_DROP, KEY_REASON, KEY_BY, KEY_AT };

/* So many failures one after the other, and a channel is left alone until the next run. */
enum { MOST_FAILURES = 3 };

static const struct args_option options[] = {
    {KEY_AGAIN, "again", NULL, "let these go out again: they were given up, or perhaps sent"},
    {KEY_DROP, "drop", NULL, "do not send these"},
    {KEY_REASON, "reason", "TEXT", "with --drop: why"},
    {KEY_BY, "by", "ORG", "organisation that acts (else the center)"},
    {KEY_AT, "at", "TIME", "when it was done (else now)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq]", "[-nq] --again | --drop --reason TEXT ID ... | -",
                                       NULL};
static const struct args_program program = {
    .name = "notice-send",
    .title = "发送通知",
    .synopsis = synopsis,
    .purpose = "Make the notices of what has happened, and send those that are due.",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER},        {"notices", "通知", OUT_NUMBER},
    {"channel", "通知方式", OUT_TEXT}, {"to", "对象", OUT_TEXT},
    {"result", "结果", OUT_TEXT},      {"why", "原因", OUT_TEXT},
    {"subject", "标题", OUT_TEXT}};

struct sending {
    struct program p;
    struct templates *templates;
    bool again, drops;
    struct notice_step step;
};

static void print(struct sending *s, const struct outbox_message *m, const char *result,
                  const char *word, const char *why)
{
    struct out *out = s->p.out;
    struct arena arena = {0};
    const struct owner_kind *owner = owner_kind_coded(m->address.owner);
    out_number(out, m->ids[0]);
    out_number(out, m->count);
    out_code(out, m->channel->term.code, m->channel->term.name);
    out_text(out, owner ? owner->name_of(s->p.center.db, m->address.owner_id, &arena) : NULL);
    out_code(out, result, word);
    out_text(out, why);
    out_text(out, text_string(&m->subject));
    out_row(out);
    arena_free(&arena);
}

/* Batch by batch, so that nobody waits long for the database. */
static void make(struct sending *s)
{
    bool more = true;
    while (more) {
        if (!s->p.args.dry_run)
            program_begin(&s->p);
        more = making_of_events(&s->p.center);
        if (!more) {
            making_of_reminders(&s->p.center);
            outbox_doubt(&s->p.center);
        }
        if (!s->p.args.dry_run)
            program_commit(&s->p);
    }
}

/* What came of a message is noted in the transaction that takes the next one. */
static bool note(struct sending *s, struct outbox_message *m, const struct command_result *result,
                 int *failures)
{
    static const char *const codes[] = {"sent", "later", "failed"};
    static const char *const words[] = {"已发", "稍后再发", "未送达"};
    const char *why;
    enum outbox_end end = outbox_note(&s->p.center, m, result, &why);
    print(s, m, codes[end], words[end], why);
    if (end == OUTBOX_GIVEN_UP)
        warn("notice %lld: given up: %s", (long long)m->ids[0], why);
    s->p.bad += end == OUTBOX_GIVEN_UP;
    *failures = end == OUTBOX_SENT ? 0 : *failures + 1;
    outbox_free(m);
    return *failures < MOST_FAILURES;
}

/* The next message of CHANNEL; false where none is due. With -n what would be sent is printed. */
static bool take(struct sending *s, const struct notice_channel *channel, struct outbox_message *m)
{
    enum outbox_found found;
    while ((found = outbox_take(&s->p.center, &s->p.orgs, s->templates, channel, m)) !=
               OUTBOX_NOTHING &&
           (found == OUTBOX_PASSED || s->p.args.dry_run)) {
        if (found == OUTBOX_PASSED)
            continue;
        print(s, m, "due", "待发", NULL);
        outbox_free(m);
    }
    return found == OUTBOX_TAKEN;
}

static void send_all(struct sending *s, const struct notice_channel *channel)
{
    struct outbox_message m;
    struct command_result result;
    int failures = 0;
    bool goes_on = true, taken = false;
    do {
        program_begin(&s->p);
        if (taken)
            goes_on = note(s, &m, &result, &failures);
        taken = goes_on && take(s, channel, &m);
        program_commit(&s->p);
        if (taken)
            result = outbox_send(&s->p.center, s->templates, &m);
    } while (taken);
    out_flush(s->p.out);
}

/* One transaction, undone at its end. */
static void try_all(struct sending *s)
{
    struct outbox_message m;
    program_begin(&s->p);
    make(s);
    for (int i = 0; i < s->p.config->notices.channel_count; i++)
        take(s, &s->p.config->notices.channels[i], &m);
    program_commit(&s->p);
}

/* ---- what a person decides ---- */

static void settle_one(struct sending *s, const struct notice_row *notice)
{
    struct fault fault = {""};
    s->step.state = notice->state;
    s->step.ids = &notice->id;
    s->step.count = 1;
    if (s->again)
        s->step.next_at = s->p.center.now;
    if (notice_do(&s->p.center, s->again ? NOTICE_AGAIN : NOTICE_DROP, &s->step, &fault) ==
        GATE_DONE)
        return;
    warn("%lld: %s", (long long)notice->id, fault.text);
    s->p.bad++;
}

static void settle(struct sending *s)
{
    struct args_ids ids = args_ids(&s->p.args, 0);
    for (long long id; args_next_id(&ids, &id);) {
        struct notice_row notice;
        program_begin(&s->p);
        if (notice_load(s->p.center.db, id, &notice))
            settle_one(s, &notice);
        else {
            warn("%lld: no such notice", id);
            s->p.bad++;
        }
        program_commit(&s->p);
    }
    s->p.bad += args_ids_end(&ids);
}

static void read_options(struct sending *s, const char **by)
{
    struct args *args = &s->p.args;
    for (int key; (key = args_next(args));)
        switch (key) {
        case KEY_AGAIN: s->again = true; break;
        case KEY_DROP: s->drops = true; break;
        case KEY_REASON: s->step.why = args->value; break;
        case KEY_BY: *by = args->value; break;
        case KEY_AT: s->step.who.at = args_moment(args); break;
        }
    if (s->again && s->drops)
        args_usage(args, "one of --again and --drop");
    if ((s->again || s->drops) != (args->operand_count > 0))
        args_usage(args,
                   s->again || s->drops ? "which notices?" : N_("ids go with --again or --drop"));
    if (s->drops != (s->step.why != NULL))
        args_usage(args, s->drops ? "why? --reason" : N_("--reason goes with --drop"));
    if ((*by || s->step.who.at) && !s->again && !s->drops)
        args_usage(args, "--by and --at go with --again or --drop");
}

int main(int argc, char **argv)
{
    struct sending s = {.p = program_start(&program, argc, argv)};
    const char *by = NULL;
    read_options(&s, &by);
    program_open(&s.p, OUT_COLUMNS(columns));
    s.step.who.by = permit_by(&s.p.center, by);
    permit_need(&s.p.center, "send notices", ROLE_OPERATOR, true);
    s.templates = templates_load(s.p.config);
    if (s.again || s.drops)
        settle(&s);
    else if (s.p.args.dry_run)
        try_all(&s);
    else {
        make(&s);
        for (int i = 0; i < s.p.config->notices.channel_count; i++)
            send_all(&s, &s.p.config->notices.channels[i]);
    }
    templates_free(s.templates);
    return program_end(&s.p, EXIT_DONE);
}
