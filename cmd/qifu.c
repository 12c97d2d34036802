/* qifu: all programs by subject, with a line each; the desk's morning on one screen; the words for
 * what the machine formats print as codes. */
#include <stdio.h>
#include <string.h>

#include "act/act.h"
#include "base/die.h"
#include "calendar/ledger.h"
#include "center/log.h"
#include "center/program.h"
#include "opinion/opinion.h"
#include "policy/act.h"
#include "report/figures.h"
#include "report/status.h"
#include "supervision/owed.h"
#include "ticket/ticket.h"

enum { KEY_CENTER = ARGS_LONG };
static const struct args_option options[] = {
    {KEY_CENTER, "center", "ORG", "with status: of a county's center, or of the city's own"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-H] [-F FORMAT]", "[-H] [-F FORMAT] status [--center ORG]",
                                       "[-H] [-F FORMAT] words", "[-H] [-F FORMAT] acts", NULL};
static const struct args_program program = {
    .name = "qifu",
    .title = "企服",
    .synopsis = synopsis,
    .purpose = "List the programs by subject, what waits for the desk, what codes mean, the acts.",
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
    {"ticket-assist", "let organisations assist with tickets, or release them"},
    {"ticket-accept", "sign tickets in"},
    {"ticket-answer", "answer tickets, or settle them"},
    {"ticket-return", "give tickets back to the center"},
    {"ticket-confer", "settle in conference who answers for tickets"},
    {"ruling-list", "list what conferences have ruled"},
    {"ruling-retire", "take rulings of conferences out of the dispatch catalogue"},
    {"ticket-extend", "give tickets more working days"},
    {"ticket-suspend", "let the clock of tickets stand still"},
    {"ticket-resume", "let the clock of suspended tickets run again"},
    {"ticket-merge", "join repeats to the first ticket"},
    {"ticket-correct", "put right what was entered wrongly"},
    {"ticket-decline", "decline requests that are not for the center"},
    {"ticket-refer", "refer tickets to another system, or take them back"},
    {"ticket-withdraw", "close tickets that their enterprise takes back"},
    {"ticket-void", "make tickets void that should not be there"},
    {"ticket-note", "write remarks on tickets, or mark them confidential"},
    {"ticket-rate", "enter the ratings of answers"},
    {"ticket-follow", "follow up bad ratings"},
    {"ticket-close", "close tickets that cannot be solved, or that nobody rated"},
    {NULL, "督办"},
    {"sla-check", "show the clock of open tickets"},
    {"escalate", "fire the levels that overdue tickets have reached"},
    {"supervision-order", "order supervision by hand"},
    {"supervision-list", "list orders of supervision"},
    {"supervision-accept", "acknowledge orders of supervision"},
    {"supervision-reply", "reply to orders of supervision"},
    {"supervision-revoke", "decide on late entries, and so on the levels that they revoke"},
    {"supervision-refuse", "refuse replies that settle nothing"},
    {"accountability-list", "list procedures of accountability"},
    {"accountability-record", "record what comes of accountability"},
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
    {"qifu", "list the programs, the desk's morning, the words of codes, or the acts"},
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

static const struct out_column word_columns[] = {
    {"of", "类别", OUT_TEXT}, {"code", "代码", OUT_TEXT}, {"word", "名称", OUT_TEXT}};

static void list_programs(struct out *out)
{
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
}

static void word(struct out *out, const char *of, const char *of_word, const char *code,
                 const char *said)
{
    out_code(out, of, of_word);
    out_text(out, code);
    out_text(out, said);
    out_row(out);
}

static void list_limits(struct out *out, const struct config *config)
{
    char digits[12];
    for (int i = 0; config_limit_key(i); i++) {
        snprintf(digits, sizeof digits, "%d", config_limit(config, i));
        word(out, "limit", "限额", config_limit_key(i), digits);
    }
}

/* The records whose acts pass the gate. */
static const struct gate_record *const records[] = {&act_record, &policyact_record, &opinion_record,
                                                    NULL};

static const struct out_column act_columns[] = {
    {"record", "对象", OUT_TEXT}, {"state", "状态", OUT_TEXT},   {"act", "事项", OUT_TEXT},
    {"by", "由", OUT_TEXT},       {"program", "程序", OUT_TEXT}, {"word", "用语", OUT_TEXT}};

/* One record for each act that a state allows. */
static void list_acts(struct out *out, const struct gate_record *record)
{
    for (int state = 0; record->states[state]; state++)
        for (int i = 0; record->acts[i].name; i++) {
            const struct gate_act *act = &record->acts[i];
            if (!gate_allows(record, i, record->states[state]))
                continue;
            out_code(out, record->code, record->word);
            out_code(out, record->states[state], record->name(record->states[state]));
            out_code(out, act->name, act->word);
            out_code(out, gate_by_name(act->by), gate_by_word(act->by));
            out_text(out, act->program);
            out_text(out, act->word);
            out_row(out);
        }
}

static void list_words(struct out *out, struct config *config)
{
    const char *code;
    for (int i = 0; (code = event_type(i)); i++)
        word(out, "event", "事件", code, event_word(code));
    for (int i = 0; (code = ticket_state_code(i)); i++)
        word(out, "state", "状态", code, ticket_state_name(code));
    for (int i = 0; records[i]; i++)
        for (const struct gate_act *act = records[i]->acts; act->name; act++)
            word(out, "act", "事项", act->name, act->word);
    for (int i = 0; i < config->kind_count; i++)
        word(out, "kind", "诉求类型", config->kinds[i].term.code, config->kinds[i].term.name);
    for (int i = 0; i < config->level_count; i++)
        word(out, "level", "级别", config->levels[i].term.code, config->levels[i].term.name);
    word(out, "level", "级别", config_order, config_order_name);
    for (enum owed_state s = OWED_WAITING; s <= OWED_REVOKED; s++)
        word(out, "order", "督办状态", owed_state_code(s), owed_state_name(s));
    for (int i = 0; i < report_figure_count(config); i++) {
        struct report_figure figure = report_figure(config, i);
        word(out, "figure", "指标", figure.code, figure.name);
    }
    for (enum ledger_reason r = LEDGER_RECEIPT; r <= LEDGER_ROLLED; r++)
        word(out, "day", "日期", ledger_reason_code(r), ledger_reason_name(r));
    list_limits(out, config);
}

/* CENTER: of status, whose; NULL: everybody's. */
static void run(struct program *p, const char *command, const char *center)
{
    if (!command) {
        program_print(p, OUT_COLUMNS(program_columns));
        list_programs(p->out);
    } else if (!strcmp(command, "status")) {
        program_open(p, OUT_COLUMNS(status_columns));
        const struct county_choice whose = county_choose(&p->center, center);
        status_print(&p->center, &whose, p->out);
    } else if (!strcmp(command, "words")) {
        program_print(p, OUT_COLUMNS(word_columns));
        list_words(p->out, p->config);
    } else {
        program_print(p, OUT_COLUMNS(act_columns));
        for (int i = 0; records[i]; i++)
            list_acts(p->out, records[i]);
    }
}

/* Without a command no configuration is needed, and for words and acts no center. */
int main(int argc, char **argv)
{
    static const char *const commands[] = {"status", "words", "acts"};
    struct program p = {.args = args_start(&program, argc, argv)};
    const char *command = p.args.operand_count ? p.args.operands[0] : NULL;
    int known = 0;
    while (command && known < 3 && strcmp(command, commands[known]) != 0)
        known++;
    if (known == 3)
        args_usage(&p.args, "unknown command \"%s\" (status, words, acts, or none)", command);
    if (p.args.operand_count > 1)
        args_usage(&p.args, "no operand is expected behind %s", command);
    if (command)
        p.config = config_load(args_config(&p.args));
    const char *center = NULL;
    while (args_next(&p.args))
        center = p.args.value;
    if (center && (!command || strcmp(command, "status") != 0))
        args_usage(&p.args, "--center goes with status");
    run(&p, command, center);
    return program_end(&p, EXIT_DONE);
}
