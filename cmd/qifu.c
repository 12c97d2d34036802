/* qifu: all programs by subject, with a line each; the desk's morning on one screen; the words for
 * what the machine formats print as codes. */
#include <string.h>

#include "base/die.h"
#include "center/program.h"
#include "report/status.h"
#include "report/vocabulary.h"

enum { KEY_CENTER = ARGS_LONG };
static const struct args_option options[] = {
    {KEY_CENTER, "center", "ORG", "with status: of a county's center, or of the city's own"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-H] [-F FORMAT]",         "[-H] [-F FORMAT] status [--center ORG]",
    "[-H] [-F FORMAT] words",   "[-H] [-F FORMAT] acts",
    "[-H] [-F FORMAT] reading", NULL};
static const struct args_program program = {
    .name = "qifu",
    .title = "企服",
    .synopsis = synopsis,
    .purpose = "List the programs by subject, what waits for the desk, what codes mean, who may.",
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
    {"route-check", "check how right dispatch was"},
    {"route-learn", "learn where tickets belong, as a second voice of dispatch"},
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
    {"record-erase", "erase personal data by law"},
    {"record-retain", "erase what was kept as long as center.yaml says"},
    {"ticket-rate", "enter the ratings of answers"},
    {"ticket-follow", "follow up bad ratings"},
    {"ticket-receipt", "print a receipt that proves itself"},
    {"ticket-export", "tell a source what became of its tickets"},
    {"ticket-close", "close tickets that cannot be solved, or that nobody rated"},
    {NULL, "督办"},
    {"sla-check", "show the clock of open tickets"},
    {"ticket-calendar", "print deadlines as a calendar"},
    {"escalate", "fire the levels that overdue tickets have reached"},
    {"supervision-order", "order supervision by hand"},
    {"supervision-list", "list orders of supervision"},
    {"supervision-accept", "acknowledge orders of supervision"},
    {"supervision-reply", "reply to orders of supervision"},
    {"supervision-revoke", "decide on late entries, and so on the levels that they revoke"},
    {"supervision-refuse", "refuse replies that settle nothing"},
    {"ticket-appeal", "appeal against a ticket's counting in figures, or decide on it"},
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
    {"ballot-add", "take in what enterprises vote on departments, offices and stations"},
    {"ballot-rank", "rank what enterprises voted on in a wave"},
    {"ballot-panel", "compare what the same voters said in two waves"},
    {"kb-add", "add entries to the knowledge base"},
    {"kb-find", "find the entries of the knowledge base that answer a question"},
    {"kb-check", "look for entries of the knowledge base that should not be answered with"},
    {"consult-open", "send a draft of a policy out for opinions"},
    {"consult-answer", "enter opinions on a draft"},
    {"consult-decide", "adopt or decline opinions on drafts"},
    {"consult-list", "list drafts that are out for opinions, and the opinions"},
    {"consult-report", "report what became of the opinions on a draft"},
    {NULL, "企业"},
    {"enterprise-add", "add enterprises, or what is known of them"},
    {"enterprise-list", "list enterprises"},
    {"enterprise-show", "show all that is known of an enterprise"},
    {"enterprise-watch", "list enterprises that a liaison should see, and why"},
    {"association-add", "add or change trade associations"},
    {"association-list", "list trade associations and their members"},
    {"liaison-add", "add liaisons and pair them with enterprises"},
    {"liaison-list", "list liaisons, and enterprises that nobody serves"},
    {NULL, "台账"},
    {"register-add", "add entries to a register"},
    {"register-act", "act on entries of a register"},
    {"register-list", "list registers, and the entries of one"},
    {"register-show", "show entries of registers whole"},
    {"duty-check", "list what is owed regularly, and whether it was kept"},
    {"register-wall", "print a register by who answers, what is late in red"},
    {NULL, "通知"},
    {"address-add", "add addresses for notices, or change what is wanted there"},
    {"address-list", "list the addresses to which notices go"},
    {"notice-send", "send the notices that are due"},
    {"notice-list", "list notices"},
    {NULL, "网页"},
    {"web-file", "the page on which enterprises file requests"},
    {"web-track", "the page on which enterprises look up and rate"},
    {"web-desk", "the pages of those who handle tickets"},
    {"web-center", "the pages of the center's desk"},
    {NULL, "中心"},
    {"qifu", "list the programs, the desk's morning, the words of codes, or the acts"},
    {"center-init", "create a center's database and load its configuration"},
    {"center-check", "verify a center's database"},
    {"center-move", "copy a center to another database, and prove it the same"},
    {"center-rebuild", "make a center anew from its log, and name what is stored otherwise"},
    {"log-key", "make the key of a log, or of a witness"},
    {"log-head", "sign the head of the log"},
    {"log-cosign", "cosign heads of a log, as a witness"},
    {"log-prove", "prove to outsiders what stands in the log"},
    {"log-verify", "verify heads, extensions and proofs by public keys alone"},
    {"org-add", "add or change organisations"},
    {"org-list", "list organisations"},
    {"member-add", "add members: who may act, for whom and as what"},
    {"member-list", "list members"},
    {"member-remove", "remove members"},
    {"report-monthly", "print the monthly bulletin"},
    {"report-province", "add the figures of a month over many centers"},
    {"report-period", "print the figures of any period"},
    {"assess-score", "print scores and ranks of organisations by an assessment"},
    {"trend-list", "list what recurs in a period, with its tickets"},
    {"workday", "add, count, look up and list working days"},
    {"calendar-check", "look for faults in working-day calendar files"},
};
enum { ENTRIES = sizeof entries / sizeof *entries };

static const struct out_column program_columns[] = {
    {"program", "程序", OUT_TEXT}, {"subject", "类别", OUT_TEXT}, {"purpose", "用途", OUT_TEXT}};

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
        program_print(p, OUT_COLUMNS(vocabulary_words));
        vocabulary_print_words(p->out, p->config);
    } else if (!strcmp(command, "acts")) {
        program_print(p, OUT_COLUMNS(vocabulary_acts));
        vocabulary_print_acts(p->out);
    } else {
        program_print(p, OUT_COLUMNS(vocabulary_reading));
        vocabulary_print_reading(p->out);
    }
}

/* Without a command no configuration is needed, and no center but for status. */
int main(int argc, char **argv)
{
    static const char *const commands[] = {"status", "words", "acts", "reading"};
    struct program p = {.args = args_start(&program, argc, argv)};
    const char *command = p.args.operand_count ? p.args.operands[0] : NULL;
    int known = 0;
    while (command && known < 4 && strcmp(command, commands[known]) != 0)
        known++;
    if (known == 4)
        args_usage(&p.args, "unknown command \"%s\" (status, words, acts, reading, or none)",
                   command);
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
