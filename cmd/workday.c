/* workday: arithmetic on working days. Reads the calendar and nothing else: no database. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "calendarfile.h"
#include "clock.h"
#include "config.h"
#include "day.h"
#include "die.h"
#include "ledger.h"
#include "text.h"

enum key { KEY_NATURAL = ARGS_LONG, KEY_AS_KNOWN, KEY_CALENDAR };
enum { FAULT_SIZE = 256, ROWS_PER_FLUSH = 4096, FURTHEST = 1000000 };

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
    .synopsis = synopsis,
    .purpose = "Add, count, look up and list working days; - reads lines of two fields.",
    .options = options,
    .negative_operands = true,
};

static const struct out_column add_columns[] = {
    {"date", "日期", OUT_TEXT},
    {"provisional", "暂定", OUT_TEXT},
};
static const struct out_column count_columns[] = {
    {"days", "工作日数", OUT_NUMBER},
    {"provisional", "暂定", OUT_TEXT},
};
static const struct out_column is_columns[] = {
    {"date", "日期", OUT_TEXT},    {"working", "上班", OUT_TEXT},     {"reason", "依据", OUT_TEXT},
    {"weekday", "星期", OUT_TEXT}, {"name", "节日", OUT_TEXT},        {"notice", "通知", OUT_TEXT},
    {"number", "文号", OUT_TEXT},  {"provisional", "暂定", OUT_TEXT},
};
static const struct out_column list_columns[] = {
    {"date", "日期", OUT_TEXT},   {"weekday", "星期", OUT_TEXT},     {"day", "上班", OUT_TEXT},
    {"reason", "依据", OUT_TEXT}, {"name", "节日", OUT_TEXT},        {"notice", "通知", OUT_TEXT},
    {"number", "文号", OUT_TEXT}, {"provisional", "暂定", OUT_TEXT},
};

struct job {
    const struct calendar *calendar;
    struct out *out;
    bool natural;
    bool plain; /* tsv, where `provisional` is a field that only some lines have */
};

/* A command. Answers its one or two operands with one or more rows, or returns an exit status of
 * EXIT_BAD with the reason in FAULT. */
typedef int answer(struct job *job, const char *first, const char *second, char *fault);

struct command {
    const char *name, *operands;
    answer *answer;
    const struct out_column *columns;
    int column_count, operand_count;
};

/* Writes what is wrong with the operand S to FAULT: a short piece of it, safe for a terminal. */
static int refuse(char *fault, const char *what, const char *s, const char *advice)
{
    char piece[48];
    size_t length = 0;
    for (; length < sizeof piece - 1 && s[length]; length++)
        piece[length] = s[length];
    while (s[length] && length && ((unsigned char)s[length] & 0xc0) == 0x80)
        length--;
    piece[length] = '\0';
    for (char *p = piece; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
    snprintf(fault, FAULT_SIZE, "%s \"%s%s\"%s", what, piece, s[length] ? "..." : "", advice);
    return EXIT_BAD;
}

/* A date, or a moment, which stands for the day on which it lies in the center's zone. */
static int read_day(const char *s, int *day, char *fault)
{
    int64_t moment;
    if (!day_parse(s, day)) {
        if (!clock_parse(s, &moment, NULL))
            return refuse(fault, "not a date:", s, " (write 2020-05-27)");
        *day = clock_day(moment);
    }
    if (!calendar_in_range(*day))
        return refuse(fault, "outside the calendar's range:", s, " (1990 to 2119)");
    return EXIT_DONE;
}

/* A whole number; one that leads out of any calendar is cut to FURTHEST. */
static int read_number(const char *s, int *number, char *fault)
{
    const char *digits = s + (*s == '-' || *s == '+');
    if (!*digits || digits[strspn(digits, "0123456789")])
        return refuse(fault, "not a whole number:", s, "");
    errno = 0;
    long value = strtol(s, NULL, 10); /* saturates */
    *number = (int)(value > FURTHEST ? FURTHEST : value < -FURTHEST ? -FURTHEST : value);
    return EXIT_DONE;
}

static void put_provisional(struct job *job, bool provisional)
{
    out_code(job->out, provisional ? "provisional" : NULL, provisional ? "暂定" : NULL);
    out_row(job->out);
}

static int answer_add(struct job *job, const char *first, const char *second, char *fault)
{
    int day, n = 0, result = 0;
    char text[DAY_TEXT_SIZE];
    if (read_day(first, &day, fault) || read_number(second, &n, fault))
        return EXIT_BAD;
    if (!(job->natural ? calendar_add_natural : calendar_add)(job->calendar, day, n, &result)) {
        snprintf(fault, FAULT_SIZE,
                 "%s and %.12s%s days: outside the calendar's range (1990 to 2119)",
                 day_print(day, text), second, strlen(second) > 12 ? "..." : "");
        return EXIT_BAD;
    }
    bool provisional = calendar_is_provisional(job->calendar, day) ||
                       calendar_is_provisional(job->calendar, result);
    day_print(result, text);
    if (job->plain) {
        out_print("%s%s\n", text, provisional ? "\tprovisional" : "");
    } else {
        out_text(job->out, text);
        put_provisional(job, provisional);
    }
    return EXIT_DONE;
}

static int answer_count(struct job *job, const char *first, const char *second, char *fault)
{
    int from, to;
    if (read_day(first, &from, fault) || read_day(second, &to, fault))
        return EXIT_BAD;
    int days = calendar_count(job->calendar, from, to);
    bool provisional =
        calendar_is_provisional(job->calendar, from) || calendar_is_provisional(job->calendar, to);
    if (job->plain) {
        out_print("%d%s\n", days, provisional ? "\tprovisional" : "");
    } else {
        out_number(job->out, days);
        put_provisional(job, provisional);
    }
    return EXIT_DONE;
}

static void put_weekday(struct out *out, int day)
{
    out_code(out, day_weekday_code(day), day_weekday_name(day));
}

static void put_reason(struct out *out, const struct ledger_day *entry)
{
    out_code(out, ledger_reason_code(entry->reason), ledger_reason_name(entry->reason));
}

static void put_notice(struct job *job, const struct ledger_day *entry)
{
    out_text(job->out, entry->notice ? entry->span->name : NULL);
    out_text(job->out, entry->notice ? entry->notice->title : NULL);
    out_text(job->out, entry->notice ? entry->notice->number : NULL);
    put_provisional(job, entry->provisional);
}

/* What the calendar says of DAY by itself, not as a day of receipt. */
static struct ledger_day look_up(const struct job *job, int day)
{
    return ledger_day(job->calendar, &(struct running){.start_day = day - 1}, day);
}

static int answer_is(struct job *job, const char *first, const char *second, char *fault)
{
    int day;
    char text[DAY_TEXT_SIZE];
    (void)second;
    if (read_day(first, &day, fault))
        return EXIT_BAD;
    struct ledger_day entry = look_up(job, day);
    out_text(job->out, day_print(day, text));
    out_code(job->out, entry.counted ? "yes" : "no", entry.counted ? "是" : "否");
    put_reason(job->out, &entry);
    put_weekday(job->out, day);
    put_notice(job, &entry);
    return entry.counted ? EXIT_DONE : EXIT_NO;
}

static int answer_list(struct job *job, const char *first, const char *second, char *fault)
{
    int day, last;
    char text[DAY_TEXT_SIZE];
    (void)second;
    if (!day_parse_month(first, &day, &last))
        return refuse(fault, "not a month:", first, " (write 2020-05)");
    if (!calendar_in_range(day) || !calendar_in_range(last))
        return refuse(fault, "outside the calendar's range:", first, " (1990 to 2119)");
    for (; day <= last; day++) {
        struct ledger_day entry = look_up(job, day);
        out_text(job->out, day_print(day, text));
        put_weekday(job->out, day);
        out_code(job->out, entry.counted ? "working" : "off", entry.counted ? "上班" : "休息");
        put_reason(job->out, &entry);
        put_notice(job, &entry);
    }
    return EXIT_DONE;
}

static const struct command commands[] = {
    {"add", "DATE N, or -", answer_add, add_columns, 2, 2},
    {"count", "FROM TO, or -", answer_count, count_columns, 2, 2},
    {"is", "DATE", answer_is, is_columns, 8, 1},
    {"list", "YYYY-MM", answer_list, list_columns, 8, 1},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

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

static int answer_line(const struct command *command, struct job *job, char *line, size_t length,
                       char *fault)
{
    bool has_nul = strlen(line) != length;
    char *second = split(line);
    if (has_nul || !second)
        return refuse(fault, "not two fields with a TAB between them:", line, "");
    return command->answer(job, line, second, fault);
}

/* Answers each line of standard input; bad ones are reported and skipped. */
static int answer_lines(const struct command *command, struct job *job)
{
    int status = EXIT_DONE;
    char *line = NULL, fault[FAULT_SIZE];
    size_t size = 0;
    ssize_t length;
    for (long number = 1; (length = getline(&line, &size, stdin)) != -1; number++) {
        if (line[strspn(line, "\r\n")] == '\0' && (size_t)length == strlen(line))
            continue; /* an empty line */
        if (answer_line(command, job, line, (size_t)length, fault) != EXIT_DONE) {
            warn("standard input:%ld: %s", number, fault);
            status = EXIT_BAD;
        }
        if (number % ROWS_PER_FLUSH == 0)
            out_flush(job->out);
    }
    if (ferror(stdin))
        die("cannot read standard input: %s", strerror(errno));
    free(line);
    return status;
}

/* The command named by the first operand, with as many operands as it takes. */
static const struct command *find_command(const struct args *args)
{
    const char *names[COMMAND_COUNT];
    if (!args->operand_count)
        args_usage(args, "a command is missing (add, count, is or list)");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const struct command *command = &commands[i];
        names[i] = command->name;
        if (strcmp(args->operands[0], command->name) != 0)
            continue;
        bool reads = args->operand_count == 2 && !strcmp(args->operands[1], "-");
        if (args->operand_count - 1 != command->operand_count &&
            !(reads && command->operand_count == 2))
            args_usage(args, "%s takes %s", command->name, command->operands);
        return command;
    }
    const char *near = text_nearest(args->operands[0], names, COMMAND_COUNT);
    if (near)
        args_usage(args, "unknown command \"%s\" (did you mean %s?)", args->operands[0], near);
    args_usage(args, "unknown command \"%s\" (add, count, is or list)", args->operands[0]);
}

static int run(const struct command *command, const struct args *args, struct job *job)
{
    char fault[FAULT_SIZE];
    if (command->operand_count == 2 && args->operand_count == 2)
        return answer_lines(command, job);
    int status = command->answer(job, args->operands[1], args->operands[2], fault);
    if (status == EXIT_BAD)
        die("%s", fault);
    return status;
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    const struct command *command = find_command(&args);
    struct config *config = config_load(args_config(&args));
    struct job job = {0};
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
    if (job.natural && command->answer != answer_add)
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
