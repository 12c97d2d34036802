/* duty-check: who owes what how often (履职要求): what was kept, is soon due, or was missed. */
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "center/permit.h"
#include "center/program.h"
#include "criteria/profile_file.h"
#include "register/duty.h"

enum { KEY_DUTY = ARGS_LONG, KEY_WHO, KEY_STATE, KEY_FROM, KEY_TO, KEY_TAG, KEY_MISSING };

static const struct args_option options[] = {
    {KEY_DUTY, "duty", "DUTY", "of this duty alone"},
    {KEY_WHO, "who", "WHO", "of this organisation, or whoever owes it, alone"},
    {KEY_STATE, "state", "STATE", "kept, open, soon, missed or exceeded"},
    {KEY_FROM, "from", "DATE", "periods from this day on (else from the one before the present)"},
    {KEY_TO, "to", "DATE", "the periods with this day or earlier ones (else the present)"},
    {KEY_TAG, "tag", "TAG", "of enterprises with this tag alone"},
    {KEY_MISSING, "enterprises", NULL, "the enterprises themselves, with which it was not kept"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[option ...]", "--enterprises [option ...]", NULL};
static const struct args_program program = {
    .name = "duty-check",
    .title = "履职情况",
    .synopsis = synopsis,
    .purpose = "List what is owed regularly (履职要求), and whether it was kept.",
    .options = options,
    .lists = true,
};

static const struct out_column columns[] = {
    {"duty", "履职要求", OUT_TEXT}, {"who", "责任主体", OUT_TEXT}, {"period", "期间", OUT_TEXT},
    {"state", "状态", OUT_TEXT},    {"need", "应", OUT_NUMBER},    {"have", "已", OUT_NUMBER},
    {"share", "比率", OUT_TEXT},    {"last", "截止", OUT_TEXT},    {"left", "余天", OUT_NUMBER}};
static const struct out_column firm_columns[] = {{"code", "统一社会信用代码", OUT_TEXT},
                                                 {"name", "企业名称", OUT_TEXT},
                                                 {"duty", "履职要求", OUT_TEXT},
                                                 {"who", "责任主体", OUT_TEXT},
                                                 {"period", "期间", OUT_TEXT}};

struct checking {
    struct program p;
    struct duty_asked asked;
    const char *duty, *who, *tag;
    bool states[DUTY_STATES], any_state, firms;
    int from, to; /* NO_DAY: not said */
    const struct duty_line *line;
    long count;
};
enum { NO_DAY = INT32_MIN };

static void print_share(const struct checking *c, const struct duty_line *line)
{
    struct text share = {0};
    int64_t thousandths = line->need ? line->have * 1000 / line->need : 0;
    text_add_format(&share, "%lld.%lld%%", (long long)thousandths / 10,
                    (long long)thousandths % 10);
    out_text(c->p.out, line->need && !line->duty->most ? share.data : NULL);
    text_free(&share);
}

static void print_line(struct checking *c, const struct duty_line *line)
{
    struct out *out = c->p.out;
    char last[DAY_TEXT_SIZE];
    int left = line->last - clock_day(c->p.center.now);
    bool late = line->state == DUTY_MISSED || line->state == DUTY_EXCEEDED;
    if (late)
        out_mark(out);
    out_code(out, line->duty->term.code, line->duty->term.name);
    out_code(out, line->who, line->who_name);
    out_text(out, line->period);
    out_code(out, duty_state_code(line->state), duty_state_name(line->state));
    out_number(out, line->need);
    out_number(out, line->have);
    print_share(c, line);
    out_text(out, day_print(line->last, last));
    if (left >= 0)
        out_number(out, left);
    else
        out_text(out, NULL);
    out_row(out);
}

static void print_firm(void *context, const char *code, const char *name)
{
    struct checking *c = context;
    struct out *out = c->p.out;
    c->count++;
    out_text(out, code);
    out_text(out, name);
    out_code(out, c->line->duty->term.code, c->line->duty->term.name);
    out_code(out, c->line->who, c->line->who_name);
    out_text(out, c->line->period);
    out_row(out);
}

static void take_line(void *context, const struct duty_line *line)
{
    struct checking *c = context;
    if (c->who && strcmp(c->who, line->who) != 0 && strcmp(c->who, line->who_name) != 0)
        return;
    if (c->any_state && !c->states[line->state])
        return;
    if (!permit_reads_for(&c->p.center, line->who))
        return;
    c->line = line;
    if (c->firms && line->duty->enterprise != REGISTRY_NONE) {
        duty_missing(&c->asked, line, print_firm, c);
    } else if (!c->firms) {
        c->count++;
        print_line(c, line);
    }
}

/* The period before the present one, and that. */
static void ask(struct checking *c, const struct duty *duty)
{
    int next, today = clock_day(c->p.center.now);
    int present = duty_period(duty->every, today, &next);
    c->asked.duty = duty;
    c->asked.from = c->from != NO_DAY ? c->from : present - 1;
    c->asked.to = c->to != NO_DAY ? c->to : today;
    if (!c->tag || duty->enterprise != REGISTRY_NONE)
        duty_check(&c->asked, take_line, c);
}

static void take_state(struct checking *c)
{
    char list[256] = "";
    enum duty_state state = duty_state(c->p.args.value);
    for (int i = 0; i < DUTY_STATES; i++)
        text_choice(list, sizeof list, duty_state_code((enum duty_state)i),
                    duty_state_name((enum duty_state)i));
    if (state == DUTY_STATES)
        args_unknown(&c->p.args, "state", NULL, list);
    c->states[state] = c->any_state = true;
}

static void take_option(struct checking *c, int key)
{
    const struct args *args = &c->p.args;
    switch (key) {
    case KEY_DUTY: c->duty = args->value; break;
    case KEY_WHO: c->who = args->value; break;
    case KEY_STATE: take_state(c); break;
    case KEY_FROM: c->from = args_day(args); break;
    case KEY_TO: c->to = args_day(args); break;
    case KEY_TAG: c->tag = args->value; break;
    case KEY_MISSING: c->firms = true; break;
    }
}

/* The tag of the profile that --tag names. */
static void find_tag(struct checking *c, struct profile *profile)
{
    if (!c->tag)
        return;
    *profile = profilefile_load(c->p.config);
    int tag = profile_tag(profile, c->tag);
    if (tag < 0)
        die("unknown tag \"%s\"; profile.yaml lists them", c->tag);
    c->asked.tag = profile->facts[tag].code;
}

/* The code of an organisation; a choice's own word stays. */
static void find_who(struct checking *c)
{
    int64_t org = c->who ? org_find(c->p.center.db, c->who) : 0;
    if (org)
        c->who = org_code(&c->p.orgs, org);
}

static const struct duty *need_duty(const struct checking *c, const struct duty_set *set)
{
    const struct duty *found = c->duty ? duty_find(set, c->duty) : NULL;
    char list[1024] = "";
    struct fault fault = {""};
    for (int i = 0; i < set->count; i++)
        text_choice(list, sizeof list, set->list[i].term.code, set->list[i].term.name);
    if (c->duty && !found)
        die("%s", fault_unknown(&fault, "duty", c->duty, NULL, list));
    return found;
}

int main(int argc, char **argv)
{
    struct checking c = {.p = program_start(&program, argc, argv), .from = NO_DAY, .to = NO_DAY};
    struct profile profile = {.fact_count = 0};
    for (int key; (key = args_next(&c.p.args));)
        take_option(&c, key);
    if (c.p.args.operand_count)
        args_usage(&c.p.args, "no operand is expected");
    if (c.from != NO_DAY && c.to != NO_DAY && c.to < c.from)
        args_usage(&c.p.args, "--to lies before --from");
    struct duty_set set = duty_load(c.p.config);
    const struct duty *only = need_duty(&c, &set);
    program_open(&c.p, c.firms ? firm_columns : columns,
                 c.firms ? (int)(sizeof firm_columns / sizeof *firm_columns)
                         : (int)(sizeof columns / sizeof *columns));
    c.asked.center = &c.p.center;
    c.asked.orgs = &c.p.orgs;
    find_tag(&c, &profile);
    find_who(&c);
    for (int i = 0; i < set.count; i++)
        if (!only || only == &set.list[i])
            ask(&c, &set.list[i]);
    if (c.tag)
        profilefile_free(&profile);
    int status = program_end(&c.p, c.count ? EXIT_DONE : EXIT_NO);
    duty_free(&set);
    return status;
}
