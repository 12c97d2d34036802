/* workday: arithmetic on working days. Reads the calendar and nothing else: no database. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/tongue.h"
#include "calendar/answers.h"
#include "calendar/file.h"
#include "center/config.h"
#include "cli/args.h"

enum key { KEY_NATURAL = ARGS_LONG, KEY_AS_KNOWN, KEY_CALENDAR };
enum { ROWS_PER_FLUSH = 4096, MOST_COMMANDS = 8 };

static const struct args_option options[] = {
    {KEY_NATURAL, "natural", NULL, "add natural days, rolled over rest days"},
    {KEY_AS_KNOWN, "as-known", "DATE", "use only the notices issued by DATE"},
    {KEY_CALENDAR, "calendar", "NAME", "use this calendar (else the configured one)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[option ...] add [--natural] DATE N",
    "[option ...] add [--natural] -",
    "[option ...] count FROM TO",
    "[option ...] count -",
    "[option ...] is DATE",
    "[option ...] list YYYY-MM",
    NULL,
};
static const struct args_program program = {
    .name = "workday",
    .title = "工作日",
    .synopsis = synopsis,
    .purpose = "Add, count, look up and list working days; - reads lines of two fields.",
    .options = options,
    .negative_operands = true,
};

/* Cuts LINE at its end and at its first two TABs; returns the second field, or NULL. */
static char *split(char *line)
{
    line[strcspn(line, "\r\n")] = '\0';
    char *second = strchr(line, '\t');
    if (!second)
        return NULL;
    *second++ = '\0';
    second[strcspn(second, "\t")] = '\0';
    return second;
}

static int answer_line(const struct workdays_command *command, struct workdays *job, char *line,
                       size_t length, struct fault *fault)
{
    bool has_nul = strlen(line) != length;
    char *second = split(line);
    if (has_nul || !second)
        return workdays_refuse(fault, "not two fields with a TAB between them:", line, "");
    return command->answer(job, line, second, fault);
}

/* Answers each line of standard input; bad ones are reported and skipped. */
static int answer_lines(const struct workdays_command *command, struct workdays *job)
{
    int status = EXIT_DONE;
    struct fault fault = {""};
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    for (long number = 1; (length = getline(&line, &size, stdin)) != -1; number++) {
        if (line[strspn(line, "\r\n")] == '\0' && (size_t)length == strlen(line))
            continue; /* an empty line */
        if (answer_line(command, job, line, (size_t)length, &fault) != EXIT_DONE) {
            warn("standard input:%ld: %s", number, fault.text);
            fault_clear(&fault);
            status = EXIT_BAD;
        }
        if (number % ROWS_PER_FLUSH == 0)
            out_flush(job->out);
    }
    if (ferror(stdin))
        die("cannot read standard input: %s", tongue_error(errno));
    free(line);
    return status;
}

/* The command named by the first operand, with as many operands as it takes. */
static const struct workdays_command *find_command(const struct args *args)
{
    const char *names[MOST_COMMANDS];
    size_t count = 0;
    if (!args->operand_count)
        args_usage(args, "a command is missing (add, count, is or list)");
    for (const struct workdays_command *command = workdays_commands; command->name; command++) {
        names[count++] = command->name;
        if (strcmp(args->operands[0], command->name) != 0)
            continue;
        bool reads = args->operand_count == 2 && !strcmp(args->operands[1], "-");
        if (args->operand_count - 1 != command->operand_count &&
            !(reads && command->operand_count == 2))
            args_usage(args, "%s takes %s", command->name, command->operands);
        return command;
    }
    struct fault fault = {""};
    args_usage(args, "%s",
               fault_unknown(&fault, "command", args->operands[0],
                             text_nearest(args->operands[0], names, count),
                             " (add, count, is or list)"));
}

static int run(const struct workdays_command *command, const struct args *args,
               struct workdays *job)
{
    struct fault fault = {""};
    if (command->operand_count == 2 && args->operand_count == 2)
        return answer_lines(command, job);
    int status = command->answer(job, args->operands[1], args->operands[2], &fault);
    if (status == EXIT_BAD)
        die("%s", fault.text);
    return status;
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    const struct workdays_command *command = find_command(&args);
    struct config *config = config_load(args_config(&args));
    struct workdays job = {0};
    const char *name = config->calendar;
    int as_known = CALENDAR_ALL_KNOWN;
    for (int key; (key = args_next(&args));) {
        if (key == KEY_NATURAL)
            job.natural = true;
        else if (key == KEY_AS_KNOWN)
            as_known = args_day(&args);
        else if (key == KEY_CALENDAR)
            name = args.value;
    }
    if (job.natural && !command->counts_natural)
        args_usage(&args, "--natural goes with add");

    struct calendarfile *file = calendarfile_load(config_path(config, "calendars"), name, as_known);
    job.calendar = &file->calendar;
    job.out = out_open(command->columns, command->column_count, args.format, args.header);
    job.plain = args.format == OUT_TSV || (args.format == OUT_DEFAULT && !out_is_table(job.out));
    if (job.plain)
        out_flush(job.out); /* the header, where -H asks for it */
    int status = run(command, &args, &job);
    out_close(job.out);
    calendarfile_free(file);
    config_free(config);
    args_free(&args);
    out_finish();
    return status;
}
