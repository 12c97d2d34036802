/* qifu: all programs by subject, with a line each, or those that a word finds; the desk's morning
 * on one screen; what changed; the words for what the machine formats print as codes. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/program.h"
#include "cli/pages.h"
#include "report/changes.h"
#include "report/status.h"
#include "report/vocabulary.h"

enum { KEY_CENTER = ARGS_LONG, KEY_SINCE, KEY_UNTIL };
static const struct args_option options[] = {
    {KEY_CENTER, "center", "ORG", "with status: of a county's center, or of the city's own"},
    {KEY_SINCE, "since", "TIME", "with log: entered then or later (today, yesterday)"},
    {KEY_UNTIL, "until", "TIME", "with log: entered then or earlier; a date means its end"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-H] [-F FORMAT]",
                                       "[-H] [-F FORMAT] help WORD ...",
                                       "[-H] [-F FORMAT] status [--center ORG]",
                                       "[-H] [-F FORMAT] log [--since TIME] [--until TIME]",
                                       "[-H] [-F FORMAT] words",
                                       "[-H] [-F FORMAT] acts",
                                       "[-H] [-F FORMAT] reading",
                                       NULL};
static const struct args_program program = {
    .name = "qifu",
    .title = "企服",
    .synopsis = synopsis,
    .purpose = "List the programs by subject, what waits for the desk, what changed, what codes "
               "mean, who may.",
    .options = options,
};

/* The programs by subject, in the order of the work; divided by blanks. */
static const struct subject {
    const char *name, *programs;
} subjects[] = {
    {"诉求", "ticket-new ticket-route ticket-list ticket-show ticket-assist ticket-accept "
             "ticket-answer ticket-return ticket-confer ruling-list ruling-retire "
             "route-check route-learn ticket-extend ticket-suspend ticket-resume "
             "ticket-merge ticket-correct ticket-decline ticket-refer ticket-withdraw "
             "ticket-void ticket-note record-erase record-retain ticket-rate ticket-follow "
             "ticket-receipt ticket-export ticket-close"},
    {"督办", "sla-check ticket-calendar escalate supervision-order supervision-list "
             "supervision-accept supervision-reply supervision-revoke supervision-refuse "
             "ticket-appeal accountability-list accountability-record supervision-dossier"},
    {"政策", "policy-add policy-list policy-show policy-publish policy-interpret policy-pin "
             "policy-withdraw policy-record policy-check policy-source policy-match policy-compare "
             "policy-push"},
    {"意见", "survey-add survey-list survey-supervise ballot-add ballot-rank ballot-panel "
             "kb-add kb-find kb-propose kb-check consult-open consult-answer "
             "consult-decide consult-list consult-report"},
    {"企业", "enterprise-add enterprise-list enterprise-show enterprise-watch "
             "association-add association-list association-show liaison-add liaison-list"},
    {"台账", "register-add register-act register-list register-show duty-check register-wall"},
    {"通知", "address-add address-list notice-send notice-list mail-in mail-list"},
    {"网页", "web-file web-track web-desk web-center"},
    {"中心", "qifu center-init center-check center-move center-rebuild log-key log-head "
             "log-cosign log-prove log-verify org-add org-list member-add member-list "
             "member-remove report-monthly report-province report-period assess-score "
             "trend-list workday calendar-check"},
};
enum { SUBJECTS = sizeof subjects / sizeof *subjects };

static const struct out_column program_columns[] = {
    {"program", "程序", OUT_TEXT}, {"subject", "类别", OUT_TEXT}, {"purpose", "用途", OUT_TEXT}};

/* What was asked for. */
struct request {
    struct program p;
    const char *center; /* NULL: everybody's */
    int64_t since, until;
    char **words; /* ended by NULL */
};

/* True where each of WORDS stands in what is known of the program: its name, its subject, what it
 * does, in the office's words too; and among all the TERMS of its page, where those are looked
 * through. */
static bool is_found(const struct page *page, const char *subject, char *const *words, bool terms)
{
    for (; *words; words++) {
        const char *const places[] = {page->program, subject, page->purpose, page->words,
                                      terms ? page->terms : NULL};
        bool found = vocabulary_has(page->program, *words);
        for (size_t i = 0; i < sizeof places / sizeof *places && !found; i++)
            found = places[i] && text_contains(places[i], *words);
        if (!found)
            return false;
    }
    return true;
}

/* Prints the programs that WORDS find, with what they do in the office's words too; NULL: all of
 * them. Returns how many. */
static int list_programs(struct out *out, char *const *words, bool terms)
{
    int count = 0;
    for (int i = 0; i < SUBJECTS; i++) {
        char *names = mem_string(subjects[i].programs), *rest = names;
        for (char *name; (name = strtok_r(rest, " ", &rest));) {
            const struct page *page = page_find(name);
            if (words && !is_found(page, subjects[i].name, words, terms))
                continue;
            out_text(out, name);
            out_text(out, subjects[i].name);
            out_text(out, words && page->words ? page->words : page->purpose);
            out_row(out);
            count++;
        }
        free(names);
    }
    return count;
}

static bool list_all(struct request *r)
{
    program_print(&r->p, OUT_COLUMNS(program_columns));
    return list_programs(r->p.out, NULL, false) > 0;
}

static bool help(struct request *r)
{
    if (!*r->words)
        args_usage(&r->p.args, "help needs a word: what is to be done, or a part of a name");
    program_print(&r->p, OUT_COLUMNS(program_columns));
    return list_programs(r->p.out, r->words, false) || list_programs(r->p.out, r->words, true);
}

static bool status(struct request *r)
{
    program_open(&r->p, OUT_COLUMNS(status_columns));
    const struct county_choice whose = county_choose(&r->p.center, r->center);
    status_print(&r->p.center, &whose, r->p.out);
    return true;
}

static bool log_since(struct request *r)
{
    program_open(&r->p, OUT_COLUMNS(changes_columns));
    return changes_print(&r->p.center, &r->p.orgs, r->since, r->until, r->p.out) > 0;
}

static bool words(struct request *r)
{
    program_print(&r->p, OUT_COLUMNS(vocabulary_words));
    vocabulary_print_words(r->p.out, r->p.config);
    return true;
}

static bool acts(struct request *r)
{
    program_print(&r->p, OUT_COLUMNS(vocabulary_acts));
    vocabulary_print_acts(r->p.out);
    return true;
}

static bool reading(struct request *r)
{
    program_print(&r->p, OUT_COLUMNS(vocabulary_reading));
    vocabulary_print_reading(r->p.out);
    return true;
}

/* What can be asked for: false where there is nothing to print. Without a command, and for help, no
 * configuration is needed; no center but for status and log. */
static const struct command {
    const char *name;
    bool (*run)(struct request *);
    bool configured, takes_words;
    int option, other; /* its own */
} commands[] = {
    {"help", help, false, true, 0, 0},
    {"status", status, true, false, KEY_CENTER, KEY_CENTER},
    {"log", log_since, true, false, KEY_SINCE, KEY_UNTIL},
    {"words", words, true, false, 0, 0},
    {"acts", acts, true, false, 0, 0},
    {"reading", reading, true, false, 0, 0},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static const struct command *read_command(const struct args *args)
{
    static const struct command none = {"", list_all, false, false, 0, 0};
    if (!args->operand_count)
        return &none;
    for (int i = 0; i < COMMANDS; i++)
        if (!strcmp(args->operands[0], commands[i].name)) {
            if (args->operand_count > 1 && !commands[i].takes_words)
                args_usage(args, "no operand is expected behind %s", commands[i].name);
            return &commands[i];
        }
    args_usage(args, "unknown command \"%s\" (help, status, log, words, acts, reading, or none)",
               args->operands[0]);
}

/* The moment that --since names. */
static int64_t read_since(const struct args *args)
{
    static const char *const days[][2] = {{"today", "今天"}, {"yesterday", "昨天"}};
    for (int back = 0; back < 2; back++)
        if (!strcmp(args->value, days[back][0]) || !strcmp(args->value, days[back][1]))
            return clock_moment(clock_day(clock_now()) - back, 0);
    return args_moment(args);
}

static void read_options(struct request *r, const struct command *command)
{
    struct args *args = &r->p.args;
    r->until = INT64_MAX;
    r->since = -1;
    for (int key; (key = args_next(args));) {
        if (key != command->option && key != command->other)
            args_usage(args, "%s",
                       key == KEY_CENTER ? "--center goes with status"
                                         : "--since and --until go with log");
        if (key == KEY_CENTER)
            r->center = args->value;
        else if (key == KEY_SINCE)
            r->since = read_since(args);
        else
            r->until = args_moment_end(args);
    }
    if (r->since < 0)
        r->since = clock_moment(clock_day(clock_now()), 0);
}

int main(int argc, char **argv)
{
    struct request r = {.p = {.args = args_start(&program, argc, argv)}};
    const struct command *command = read_command(&r.p.args);
    r.words = r.p.args.operands + (r.p.args.operand_count > 0);
    if (command->configured)
        r.p.config = config_load(args_config(&r.p.args));
    read_options(&r, command);
    bool any = command->run(&r);
    return program_end(&r.p, any ? EXIT_DONE : EXIT_NO);
}
