/* policy-consult: drafts of policies sent out for opinions (征求意见): opened, answered, each
 * opinion adopted or not with a reason, reported back. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/file.h"
#include "base/text.h"
#include "center/center.h"
#include "center/config.h"
#include "cli/args.h"
#include "opinion/consultation_act.h"
#include "opinion/consultation_show.h"

enum mode { LIST, OPEN, OPINION, ADOPT, DECLINE, REPORT, FEEDBACK, MODES };
enum {
    KEY_MODE = ARGS_LONG, /* KEY_MODE + enum mode */
    KEY_OPTION = KEY_MODE + MODES,
    KEY_TITLE = KEY_OPTION,
    KEY_DRAFT,
    KEY_FROM,
    KEY_UNTIL,
    KEY_TO,
    KEY_ASSOCIATION,
    KEY_BY,
    KEY_TEXT,
    KEY_AT,
    KEY_CSV,
    KEY_ENCODING,
    KEY_REJECTS,
    KEY_REASON,
    KEY_AGAIN,
    KEY_END,
    KEY_FORMAT = 'F',
    OPTIONS = KEY_END - KEY_OPTION,
    MOST_ADDRESSEES = 1000
};

static const struct args_option options[] = {
    {KEY_MODE + OPEN, "open", NULL, "send a draft out: a ticket to each addressee"},
    {KEY_TITLE, "title", "TEXT", "with --open: title of the draft"},
    {KEY_DRAFT, "draft", "FILE", "with --open: its text (- is standard input)"},
    {KEY_FROM, "from", "ORG", "with --open: who drafts it"},
    {KEY_UNTIL, "until", "DATE", "with --open: last day for opinions"},
    {KEY_TO, "to", "ORG", "with --open: an addressee; may be repeated"},
    {KEY_ASSOCIATION, "association", "CODE", "with --open: one that is an association"},
    {KEY_MODE + OPINION, "opinion", NULL, "enter opinions"},
    {KEY_BY, "by", "ORG", "with --opinion: who gives it"},
    {KEY_TEXT, "text", "TEXT", "with --opinion: what it says"},
    {KEY_AT, "at", "TIME", "with --opinion: when it was given (else now)"},
    {KEY_CSV, "csv", "FILE", "with --opinion: every row of a CSV file (- is standard input)"},
    {KEY_ENCODING, "encoding", "NAME", "encoding of the CSV (else found out)"},
    {KEY_REJECTS, "rejects", "FILE", "write bad rows there and take the rest"},
    {KEY_MODE + ADOPT, "adopt", NULL, "adopt opinions"},
    {KEY_MODE + DECLINE, "decline", NULL, "decline opinions"},
    {KEY_REASON, "reason", "TEXT", "with --adopt and --decline: why"},
    {KEY_MODE + REPORT, "report", NULL, "print the report on paper"},
    {KEY_MODE + FEEDBACK, "feedback", NULL,
     "list what became of opinions, for those who gave them"},
    {KEY_AGAIN, "again", NULL, "with --feedback: what was listed before"},
    {KEY_FORMAT, "format", "FORMAT", "table, tsv, csv or json; of a report text or md"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[CONSULTATION ... | -]",
    "[-nq] --open --title TEXT --draft FILE --from ORG --until DATE --to ORG ...",
    "[-nq] --opinion --by ORG --text TEXT CONSULTATION",
    "[-nq] --opinion --csv FILE [--rejects FILE]",
    "[-nq] --adopt | --decline --reason TEXT OPINION ... | -",
    "--report [-F md] CONSULTATION",
    "[-n] --feedback [--again] CONSULTATION",
    NULL};
static const struct args_program program = {
    .name = "policy-consult",
    .synopsis = synopsis,
    .purpose = "Send a draft out for opinions, enter and decide them, report back.",
    .options = options,
};

/* What each option goes with, and what is needed there. */
static const struct {
    const char *name, *with;
    unsigned modes, needed; /* bits by enum mode */
} rules[OPTIONS] = {
    {"title", "--open", 1 << OPEN, 1 << OPEN},
    {"draft", "--open", 1 << OPEN, 1 << OPEN},
    {"from", "--open", 1 << OPEN, 1 << OPEN},
    {"until", "--open", 1 << OPEN, 1 << OPEN},
    {"to", "--open", 1 << OPEN, 0},
    {"association", "--open", 1 << OPEN, 0},
    {"by", "--opinion", 1 << OPINION, 1 << OPINION},
    {"text", "--opinion", 1 << OPINION, 1 << OPINION},
    {"at", "--opinion", 1 << OPINION, 0},
    {"csv", "--opinion", 1 << OPINION, 0},
    {"encoding", "--csv", 1 << OPINION, 0},
    {"rejects", "--csv", 1 << OPINION, 0},
    {"reason", "--adopt and --decline", 1 << ADOPT | 1 << DECLINE, 1 << ADOPT | 1 << DECLINE},
    {"again", "--feedback", 1 << FEEDBACK, 0},
};

struct consulting {
    struct args *args;
    struct config *config;
    struct center center;
    struct org_table orgs;
    struct out *out;
    enum mode mode;
    const char *values[OPTIONS]; /* NULL: not given */
    struct consultact_to to[MOST_ADDRESSEES];
    int to_count, until; /* day */
    int64_t at;
    const char *format;
    bool markdown;
    long bad, found;
};

static const char *value(const struct consulting *c, int key)
{
    return c->values[key - KEY_OPTION];
}

static void take_mode(struct consulting *c, enum mode mode)
{
    if (c->mode != LIST && c->mode != mode)
        args_usage(c->args,
                   "one of --open, --opinion, --adopt, --decline, --report and --feedback");
    c->mode = mode;
}

static void take_addressee(struct consulting *c, bool is_association)
{
    if (c->to_count == MOST_ADDRESSEES)
        args_usage(c->args, "more than %d addressees", MOST_ADDRESSEES);
    c->to[c->to_count++] = (struct consultact_to){c->args->value, is_association};
}

static void take_option(struct consulting *c, int key)
{
    struct args *args = c->args;
    if (text_valid_utf8(args->value, strlen(args->value)) != strlen(args->value))
        args_usage(args, "an option's value is not UTF-8");
    switch (key) {
    case KEY_FORMAT: c->format = args->value; return;
    case KEY_TO:
    case KEY_ASSOCIATION: take_addressee(c, key == KEY_ASSOCIATION); break;
    case KEY_UNTIL: c->until = args_day(args); break;
    case KEY_AT: c->at = args_moment(args); break;
    }
    if (key < KEY_OPTION)
        take_mode(c, (enum mode)(key - KEY_MODE));
    else
        c->values[key - KEY_OPTION] = *args->value || key == KEY_AGAIN ? args->value : NULL;
}

static void check_format(struct consulting *c)
{
    struct args *args = c->args;
    c->markdown = c->format && !strcmp(c->format, "md");
    bool good = !c->format || (c->mode == REPORT ? c->markdown || !strcmp(c->format, "text")
                                                 : out_parse_format(c->format, &args->format));
    if (!good)
        args_usage(args, "unknown format \"%s\" (table, tsv, csv or json; of a report text or md)",
                   c->format);
}

static void check_operands(const struct consulting *c)
{
    const struct args *args = c->args;
    int count = args->operand_count;
    bool file = value(c, KEY_CSV) != NULL;
    if ((c->mode == OPEN || file) && count)
        args_usage(args, "no operand is expected");
    if ((c->mode == REPORT || c->mode == FEEDBACK || (c->mode == OPINION && !file)) && count != 1)
        args_usage(args, "name one consultation");
    if ((c->mode == ADOPT || c->mode == DECLINE) && !count)
        args_usage(args, "name the opinions");
    if (c->mode == OPEN && !c->to_count)
        args_usage(args, "--to is missing (or --association)");
    if (!file && (value(c, KEY_ENCODING) || value(c, KEY_REJECTS)))
        args_usage(args, "--encoding and --rejects go with --csv");
    if (file && (value(c, KEY_BY) || value(c, KEY_TEXT) || value(c, KEY_AT)))
        args_usage(args, "--by, --text and --at go with one opinion, not with a file");
}

static void check_options(struct consulting *c)
{
    for (int i = 0; i < OPTIONS; i++) {
        if (c->values[i] && !(rules[i].modes >> c->mode & 1))
            args_usage(c->args, "--%s goes with %s", rules[i].name, rules[i].with);
        if (!c->values[i] && rules[i].needed >> c->mode & 1 && !value(c, KEY_CSV))
            args_usage(c->args, "--%s is missing", rules[i].name);
    }
    check_operands(c);
    check_format(c);
}

static int64_t need_consultation(struct consulting *c)
{
    int64_t id = consult_find(c->center.db, c->args->operands[0]);
    if (!id)
        die("%s: no such consultation", c->args->operands[0]);
    return id;
}

static void open_one(struct consulting *c, struct consultact *act)
{
    if (c->until < clock_day(c->center.now))
        die("--until lies in the past");
    char *draft = textfile_read(value(c, KEY_DRAFT));
    struct consultation consultation = {.title = value(c, KEY_TITLE),
                                        .draft = draft,
                                        .org = org_need(c->center.db, value(c, KEY_FROM)),
                                        .until = c->until};
    consultact_open(act, &consultation, c->to, c->to_count);
    free(draft);
}

static void run_act(struct consulting *c)
{
    struct consultact act = {
        .args = c->args, .center = &c->center, .orgs = &c->orgs, .out = c->out};
    const struct bulk_source file = {.path = value(c, KEY_CSV),
                                     .encoding = value(c, KEY_ENCODING),
                                     .rejects = value(c, KEY_REJECTS),
                                     .quiet = c->args->quiet,
                                     .dry_run = c->args->dry_run};
    if (c->mode == OPEN) {
        open_one(c, &act);
    } else if (c->mode != OPINION) {
        consultact_decide(&act, c->mode == ADOPT, value(c, KEY_REASON));
    } else if (file.path) {
        consultact_file(&act, &file);
    } else {
        struct opinion opinion = {.consultation = need_consultation(c),
                                  .org = org_need(c->center.db, value(c, KEY_BY)),
                                  .at = c->at,
                                  .text = value(c, KEY_TEXT)};
        consultact_give(&act, &opinion, value(c, KEY_AT) != NULL);
    }
    c->bad = act.bad;
}

static void run_query(struct consulting *c)
{
    struct arena arena = {0};
    struct consultation consultation;
    struct consultpage page = {
        .center = &c->center, .orgs = &c->orgs, .out = c->out, .consultation = &consultation};
    if (c->mode == LIST && !c->args->operand_count)
        consult_each(c->center.db, consultpage_add, &page);
    else if (c->mode == LIST)
        c->bad = consultpage_show(&page, c->args);
    else
        consult_load(c->center.db, need_consultation(c), &arena, &consultation);
    if (c->mode == REPORT)
        consultpage_report(&c->center, &c->orgs, &consultation, c->markdown);
    else if (c->mode == FEEDBACK)
        consultpage_feed_back(&page, value(c, KEY_AGAIN), c->args->dry_run);
    c->found = page.count + (c->mode == REPORT);
    arena_free(&arena);
}

static struct out *open_output(const struct consulting *c)
{
    const struct args *args = c->args;
    if (c->mode == OPEN)
        return out_open(consultact_tickets, CONSULTACT_TICKETS, args->format, args->header);
    if (c->mode == FEEDBACK)
        return out_open(consultpage_feedback, CONSULTPAGE_FEEDBACK, args->format, args->header);
    if (c->mode != LIST)
        return out_open(consultact_columns, CONSULTACT_COLUMNS, args->format, args->header);
    return args->operand_count
               ? out_open(consultpage_opinions, CONSULTPAGE_OPINIONS, args->format, args->header)
               : out_open(consultpage_list, CONSULTPAGE_LIST, args->format, args->header);
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct consulting c = {.args = &args, .config = config_load(args_config(&args))};
    for (int key; (key = args_next(&args));)
        take_option(&c, key);
    check_options(&c);
    c.center = center_open(args_database(&args), c.config, args_user(), clock_now());
    c.orgs = org_table_load(c.center.db);
    c.out = open_output(&c);
    bool query = c.mode == LIST || c.mode == REPORT || c.mode == FEEDBACK;
    if (query)
        run_query(&c);
    else
        run_act(&c);
    center_close(&c.center);
    out_close(c.out);
    org_table_free(&c.orgs);
    config_free(c.config);
    args_free(&args);
    out_finish();
    return c.bad ? EXIT_BAD : query && !c.found ? EXIT_NO : EXIT_DONE;
}
