/* qifu: all programs by subject, with a line each; the desk's morning on one screen; the words for
 * what the machine formats print as codes. */
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "center/center.h"
#include "center/config.h"
#include "center/log.h"
#include "cli/args.h"
#include "policy/source.h"
#include "policy/source_file.h"
#include "report/figures.h"
#include "ticket/act.h"
#include "ticket/counts.h"
#include "ticket/ticket.h"

static const struct args_option options[] = {{0, NULL, NULL, NULL}};
static const char *const synopsis[] = {"[-H] [-F FORMAT]", "[-H] [-F FORMAT] status",
                                       "[-H] [-F FORMAT] words", NULL};
static const struct args_program program = {
    .name = "qifu",
    .synopsis = synopsis,
    .purpose =
        "List the programs by subject; show what waits for the desk; or say what codes mean.",
    .options = options,
};

/* A program, and what it does in the words of its page. One without a name starts a subject. */
static const struct entry {
    const char *name, *purpose;
} entries[] = {
    {NULL, "诉求"},
    {"ticket-new", "take in requests of enterprises"},
    {"ticket-route", "dispatch tickets to those who answer for them"},
    {"ticket-list", "list tickets"},
    {"ticket-show", "show tickets whole, with their history"},
    {"ticket-accept", "sign tickets in"},
    {"ticket-answer", "answer tickets, or settle them"},
    {"ticket-return", "give tickets back to the center"},
    {"ticket-confer", "settle in conference who answers for tickets"},
    {"ticket-extend", "give tickets more working days"},
    {"ticket-suspend", "let the clock of tickets stand still"},
    {"ticket-resume", "let the clock of suspended tickets run again"},
    {"ticket-merge", "join repeats to the first ticket"},
    {"ticket-note", "write remarks on tickets, or mark them confidential"},
    {"ticket-rate", "enter the ratings of answers"},
    {"ticket-follow", "follow up bad ratings"},
    {"ticket-close", "close tickets that cannot be solved, or that nobody rated"},
    {NULL, "督办"},
    {"sla-check", "show the clock of open tickets"},
    {"escalate", "fire the levels that overdue tickets have reached"},
    {"supervision-list", "list the orders of supervision that are owed a reply"},
    {"supervision-accept", "acknowledge orders of supervision"},
    {"supervision-reply", "reply to orders of supervision"},
    {"supervision-dossier", "print a ticket's complete file"},
    {NULL, "政策"},
    {"policy-add", "add policies or their next versions"},
    {"policy-list", "list policies by days left, or print them as a web page"},
    {"policy-show", "show policies whole"},
    {"policy-publish", "publish drafts of policies"},
    {"policy-interpret", "note that policies have been interpreted"},
    {"policy-pin", "let policies stand above the others"},
    {"policy-withdraw", "withdraw policies"},
    {"policy-record", "record what comes of policies: views, feedback, money"},
    {"policy-check", "look for what is wrong with policies"},
    {"policy-source", "the sources of policies, and the last look at each"},
    {"policy-match", "match policies with enterprises, both ways"},
    {"policy-push", "send policies to whom they concern"},
    {NULL, "意见"},
    {"survey-add", "take in answers to questionnaires on policies"},
    {"survey-list", "count answers to questionnaires on policies"},
    {"survey-supervise", "open supervision by what surveys say"},
    {"consult-open", "send a draft of a policy out for opinions"},
    {"consult-answer", "enter opinions on a draft"},
    {"consult-decide", "adopt or decline opinions on drafts"},
    {"consult-list", "list drafts that are out for opinions, and the opinions"},
    {"consult-report", "report what became of the opinions on a draft"},
    {NULL, "企业"},
    {"enterprise-add", "add enterprises, or what is known of them"},
    {"enterprise-list", "list enterprises"},
    {"enterprise-show", "show all that is known of an enterprise"},
    {"association-add", "add or change trade associations"},
    {"association-list", "list trade associations and their members"},
    {"liaison-add", "add liaisons and pair them with enterprises"},
    {"liaison-list", "list liaisons, and enterprises that nobody serves"},
    {NULL, "中心"},
    {"qifu", "list the programs, show the desk's morning, or the words of codes"},
    {"center-init", "create a center's database and load its configuration"},
    {"center-check", "verify a center's database"},
    {"org-add", "add or change organisations"},
    {"org-list", "list organisations"},
    {"report-monthly", "print the monthly bulletin"},
    {"workday", "add, count, look up and list working days"},
    {"calendar-check", "look for faults in working-day calendar files"},
};
enum { ENTRIES = sizeof entries / sizeof *entries };

static const struct out_column program_columns[] = {
    {"program", "程序", OUT_TEXT}, {"subject", "类别", OUT_TEXT}, {"purpose", "用途", OUT_TEXT}};
static const struct out_column status_columns[] = {
    {"what", "事项", OUT_TEXT}, {"count", "数量", OUT_NUMBER}, {"command", "查看", OUT_TEXT}};

static const struct out_column word_columns[] = {
    {"of", "类别", OUT_TEXT}, {"code", "代码", OUT_TEXT}, {"word", "名称", OUT_TEXT}};

static void list_programs(const struct args *args)
{
    struct out *out = out_open(program_columns, 3, args->format, args->header);
    const char *subject = NULL;
    for (int i = 0; i < ENTRIES; i++) {
        if (!entries[i].name) {
            subject = entries[i].purpose;
            continue;
        }
        out_text(out, entries[i].name);
        out_text(out, subject);
        out_text(out, entries[i].purpose);
        out_row(out);
    }
    out_close(out);
}

/* ---- the desk's morning ---- */

static void line(struct out *out, const char *code, const char *name, int64_t count,
                 const char *command)
{
    out_code(out, code, name);
    out_number(out, count);
    out_text(out, command);
    out_row(out);
}

/* What is due, what is late, and how many stand at each level. */
static void count_clocks(struct out *out, const struct center *center)
{
    struct text code = {0}, name = {0}, command = {0};
    int64_t midnight = clock_moment(clock_day(center->now) + 1, 0);
    line(out, "due-today", "今日到期", counts_due(center->db, center->now, midnight - 1),
         "sla-check --due-within 0");
    line(out, "late", "已超期", counts_late(center->db, center->now), "sla-check --overdue");
    for (int i = 0; i < center->config->level_count; i++) {
        const struct term *level = &center->config->levels[i].term;
        text_clear(&code);
        text_clear(&name);
        text_clear(&command);
        text_add_format(&code, "level-%s", level->code);
        text_add_format(&name, "未办结·%s", level->name);
        text_add_format(&command, "ticket-list --open --level %s", level->code);
        line(out, code.data, name.data, counts_level(center->db, level->code), command.data);
    }
    text_free(&code);
    text_free(&name);
    text_free(&command);
}

/* Sources of policies that nobody looked through on the present day. */
static int64_t sources_missing(struct center *center)
{
    struct sources sources = sourcefile_load(center->config);
    int today = clock_day(center->now);
    int64_t missing = 0;
    for (int i = 0; i < sources.count; i++)
        if (source_last_look(center->db, sources.list[i].code, today) != today)
            missing++;
    sourcefile_free(&sources);
    return missing;
}

/* Working days until the last that a notice covers: from then on deadlines are provisional. */
static void count_calendar(struct out *out, const struct center *center)
{
    const struct calendar *calendar = center_calendar(center);
    int today = clock_day(center->now);
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    struct text command = {0};
    text_add_format(&command, "workday count %s %s", day_print(today, from),
                    day_print(calendar->horizon, to));
    line(out, "calendar", "日历剩余工作日", calendar_count(calendar, today, calendar->horizon),
         command.data);
    text_free(&command);
}

/* Frees CONFIG. */
static void show_status(struct args *args, struct config *config)
{
    struct center center = center_open(args_database(args), config, args_user(), clock_now());
    struct out *out = out_open(status_columns, 3, args->format, args->header);
    line(out, "pool", "待派发", counts_pool(center.db), "ticket-list --state received");
    count_clocks(out, &center);
    line(out, "waiting", "待中心批复", counts_waiting(center.db), "ticket-list --waiting");
    line(out, "orders", "督办未回复", counts_owed(center.db), "supervision-list");
    line(out, "follow-up", "差评待回访", counts_to_follow(center.db), "ticket-follow");
    line(out, "sources", "今日未检索来源", sources_missing(&center), "policy-source --missing");
    count_calendar(out, &center);
    if (center.demo)
        line(out, "demo", "演示中心，时钟可设", 1, NULL);
    center_close(&center);
    out_close(out);
    config_free(config);
}

/* ---- the words ---- */

static void word(struct out *out, const char *of, const char *of_word, const char *code,
                 const char *said)
{
    out_code(out, of, of_word);
    out_text(out, code);
    out_text(out, said);
    out_row(out);
}

/* Frees CONFIG. */
static void list_words(struct args *args, struct config *config)
{
    struct out *out = out_open(word_columns, 3, args->format, args->header);
    const char *code;
    for (int i = 0; (code = event_type(i)); i++)
        word(out, "event", "事件", code, event_word(code));
    for (int i = 0; (code = ticket_state_code(i)); i++)
        word(out, "state", "状态", code, ticket_state_name(code));
    for (int i = 0; i < ACT_KINDS; i++)
        word(out, "act", "事项", act_name((enum act_kind)i), act_word((enum act_kind)i));
    for (int i = 0; i < config->kind_count; i++)
        word(out, "kind", "诉求类型", config->kinds[i].term.code, config->kinds[i].term.name);
    for (int i = 0; i < config->level_count; i++)
        word(out, "level", "级别", config->levels[i].term.code, config->levels[i].term.name);
    for (int i = 0; i < report_figure_count(config); i++) {
        struct report_figure figure = report_figure(config, i);
        word(out, "figure", "指标", figure.code, figure.name);
    }
    out_close(out);
    config_free(config);
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    const char *command = args.operand_count ? args.operands[0] : NULL;
    bool words = command && !strcmp(command, "words");
    struct config *config = NULL;
    if (command && !words && strcmp(command, "status") != 0)
        args_usage(&args, "unknown command \"%s\" (status, words, or none)", command);
    if (args.operand_count > 1)
        args_usage(&args, "no operand is expected behind %s", command);
    if (command)
        config = config_load(args_config(&args));
    while (args_next(&args))
        continue;
    if (words)
        list_words(&args, config);
    else if (command)
        show_status(&args, config);
    else
        list_programs(&args);
    args_free(&args);
    out_finish();
    return EXIT_DONE;
}
