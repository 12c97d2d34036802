#define _GNU_SOURCE /* getopt_long */
#include "cli/args.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/caller.h"
#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/text.h"
#include "base/tongue.h"
#include "cli/pages.h"

enum { KEY_NOW = 1000, KEY_COLUMNS, KEY_SORT, KEY_REVERSE, KEY_LIMIT, NEGATIVE_MARK = 1 };

static const struct args_option common_options[] = {
    {'d', "database", "FILE", "the center's database (else $QIFU_DB)"},
    {'C', "config", "DIR", "the configuration (else $QIFU_CONFIG)"},
    {KEY_NOW, "now", "TIME", "take TIME for the present moment (else $QIFU_NOW)"},
    {'F', "format", "FORMAT", NULL}, /* its help is the program's formats */
    {'H', "header", NULL, "start tsv with a line of column names"},
    {'n', "dry-run", NULL, "say what would be done, change nothing"},
    {'q', "quiet", NULL, "no notes on standard error"},
    {'h', "help", NULL, "print this and exit"},
    {'V', "version", NULL, "print the version and exit"},
    {0, NULL, NULL, NULL},
};
static const struct args_option list_options[] = {
    {KEY_COLUMNS, "columns", "NAME,...", "these columns alone, in this order"},
    {KEY_SORT, "sort", "COLUMN", "sort by this column"},
    {KEY_REVERSE, "reverse", NULL, "the other way round"},
    {KEY_LIMIT, "limit", "N", "at most N rows"},
    {0, NULL, NULL, NULL},
};

struct args_getopt {
    char letters[128];
    struct option *longs;
    char **argv;
    int argc;
    char *database; /* a composed default */
};

static size_t count_options(const struct args_option *options)
{
    size_t count = 0;
    while (options && options[count].key)
        count++;
    return count;
}

static void add_options(struct args_getopt *g, size_t *used, const struct args_option *options)
{
    for (size_t i = 0; i < count_options(options); i++) {
        const struct args_option *o = &options[i];
        g->longs[(*used)++] =
            (struct option){o->name, o->argument ? required_argument : no_argument, NULL, o->key};
        if (o->key < ARGS_LONG) {
            size_t length = strlen(g->letters);
            snprintf(g->letters + length, sizeof g->letters - length, "%c%s", o->key,
                     o->argument ? ":" : "");
        }
    }
}

/* A number such as -5 is an operand of some programs; getopt must not see its dash. */
static char *mask_negative(char *argument)
{
    if (argument[0] != '-' || !argument[1] || argument[strspn(argument + 1, "0123456789") + 1])
        return argument;
    argument[0] = NEGATIVE_MARK;
    return argument;
}

/* With a closed standard descriptor the next file opened would take its number, and a message
 * would be written into the database. Descriptor 1 is left unwritable on purpose, so that
 * output to a closed stdout fails as it should. */
static void open_standard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", fd ? O_RDONLY : O_RDWR) != fd)
            exit(EXIT_BAD);
}

void args_free(struct args *args)
{
    free(args->getopt->longs);
    free(args->getopt->argv);
    free(args->getopt->database);
    free(args->getopt);
}

/* True for an option of the program itself, which may take the place of a common one. */
static bool has_option(const struct args_program *program, int key)
{
    for (const struct args_option *o = program->options; o && o->key; o++)
        if (o->key == key)
            return true;
    return false;
}

static unsigned formats_of(const struct args_program *program)
{
    return program->formats ? program->formats : OUT_OF_LISTS;
}

static bool has_format(const struct args_program *program, enum out_format format)
{
    return format != OUT_DEFAULT && formats_of(program) >> format & 1U;
}

static void print_option(const struct args_option *o, const char *help)
{
    char left[64];
    if (!help)
        return;
    snprintf(left, sizeof left, "%c%c%s --%s%s%s", o->key < ARGS_LONG ? '-' : ' ',
             o->key < ARGS_LONG ? o->key : ' ', o->key < ARGS_LONG ? "," : " ", o->name,
             o->argument ? " " : "", o->argument ? o->argument : "");
    out_print("  %-28s %s\n", left, tongue(help));
}

static void print_example(const char *program)
{
    const struct page *page = page_find(program);
    if (page && page->example)
        out_print(tongue("\nfor example (more in man %s):\n    %s\n"), program, page->example);
}

static _Noreturn void print_help(const struct args_program *program)
{
    struct text formats = {0};
    for (int i = 0; program->synopsis[i]; i++)
        out_print("%s %s%s%s\n", i ? "      " : tongue("usage:"), program->name,
                  *program->synopsis[i] ? " " : "", program->synopsis[i]);
    out_print("%s\n", tongue(program->purpose));
    print_example(program->name);
    if (program->options && program->options->key)
        out_print("\n");
    for (const struct args_option *o = program->options; o && o->key; o++)
        print_option(o, o->help);
    out_add_formats(&formats, formats_of(program));
    if (program->lists)
        out_print("%s", tongue("\ncommon to all lists (see qifu(7)):\n"));
    for (const struct args_option *o = program->lists ? list_options : NULL; o && o->key; o++)
        print_option(o, o->help);
    out_print("%s", tongue("\ncommon to all programs (see qifu(7)):\n"));
    for (const struct args_option *o = common_options; o->key; o++)
        if (!has_option(program, o->key))
            print_option(o, o->help ? o->help : formats.data);
    out_finish();
    exit(EXIT_DONE);
}

/* What people write for an option, and what it is called here; the first that the program has is
 * meant. */
static const char *const other_names[][2] = {
    {"type", "kind"},
    {"status", "state"},
    {"date", "at"},
    {"date", "received-from"},
    {"date", "as-of"},
    {"time", "at"},
    {"time", "received-from"},
    {"from", "received-from"},
    {"from", "since"},
    {"since", "received-from"},
    {"after", "received-from"},
    {"to", "received-to"},
    {"until", "received-to"},
    {"before", "received-to"},
    {"tel", "phone"},
    {"telephone", "phone"},
    {"mobile", "phone"},
    {"name", "enterprise"},
    {"company", "enterprise"},
    {"firm", "enterprise"},
    {"uscc", "enterprise"},
    {"code", "enterprise"},
    {"number", "ref"},
    {"department", "org"},
    {"dept", "org"},
    {"organisation", "org"},
    {"organization", "org"},
    {"lead", "org"},
    {"org", "by"},
    {"org", "to"},
    {"department", "by"},
    {"department", "to"},
    {"dept", "by"},
    {"organisation", "by"},
    {"organisation", "to"},
    {"organization", "by"},
    {"organization", "to"},
    {"who", "by"},
    {"message", "text"},
    {"comment", "text"},
    {"body", "text"},
    {"search", "text"},
    {"why", "reason"},
    {"result", "outcome"},
    {"rating", "score"},
    {"file", "csv"},
    {"district", "region"},
    {"area", "region"},
    {"order", "sort"},
    {"max", "limit"},
    {"count", "limit"},
    {"fields", "columns"},
    {"select", "columns"},
    {"output", "format"},
    {"reject", "refuse"},
    {"decline", "refuse"},
    {"deny", "refuse"},
    {"grant", "approve"},
};

/* The format that NAME, written as an option, means; NULL where it means none. */
static const char *meant_format(const struct args_program *program, const char *name)
{
    static const char *const others[][2] = {
        {"excel", "xlsx"}, {"xls", "xlsx"}, {"markdown", "md"}, {"ndjson", "json"}};
    const char *format = name;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!strcmp(name, others[i][0]))
            format = others[i][1];
    return has_format(program, out_format(format)) ? format : NULL;
}

/* The option that NAME means, or NULL. */
static const char *other_name(const struct option *longs, const char *name)
{
    for (size_t i = 0; i < sizeof other_names / sizeof *other_names; i++)
        for (const struct option *o = longs; o->name && !strcmp(other_names[i][0], name); o++)
            if (!strcmp(o->name, other_names[i][1]))
                return o->name;
    return NULL;
}

/* Dies where NAME is the start of several options. */
static void report_ambiguous(const struct args *args, const char *name)
{
    char list[512] = "";
    int count = 0;
    for (const struct option *o = args->getopt->longs; o->name; o++)
        if (*name && !strncmp(o->name, name, strlen(name))) {
            char shown[64];
            snprintf(shown, sizeof shown, "--%s", o->name);
            text_choice(list, sizeof list, shown, NULL);
            count++;
        }
    if (count > 1)
        args_usage(args, "ambiguous option \"--%s\"%s", name, list);
}

/* Dies where NAME, behind DASHES, is a format. */
static void report_format(const struct args *args, const char *dashes, const char *name)
{
    const char *format = meant_format(args->program, name);
    if (format)
        args_usage(args, "unknown option \"%s%s\" (write -F %s)", dashes, name, format);
}

static void report_wrong_long(const struct args *args, const char *word)
{
    char name[64];
    const char *names[64], *near;
    size_t count = 0;
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word + 2, "="), word + 2);
    report_ambiguous(args, name);
    report_format(args, "--", name);
    for (struct option *o = args->getopt->longs; o->name && count < 64; o++)
        names[count++] = o->name;
    if (!(near = other_name(args->getopt->longs, name)))
        near = text_nearest(name, names, count);
    if (near)
        args_usage(args, "unknown option \"--%s\" (did you mean --%s?)", name, near);
    args_usage(args, "unknown option \"--%s\"", name);
}

/* Dies where WORD is a long option, or a format, behind one dash. */
static void report_one_dash(const struct args *args, const char *word)
{
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word + 1, "="), word + 1);
    for (const struct option *o = args->getopt->longs; o->name; o++)
        if (!strcmp(o->name, name))
            args_usage(args, "unknown option \"-%s\" (write --%s)", name, name);
    report_format(args, "-", name);
}

static void report_wrong_option(const struct args *args)
{
    struct args_getopt *g = args->getopt;
    const char *word = optind > 0 && g->argv[optind - 1] ? g->argv[optind - 1] : "";
    const char *here = g->argv[optind]; /* getopt is not behind a word of several letters yet */
    if (!strncmp(word, "--", 2))
        report_wrong_long(args, word);
    if (here && *here == '-' && here[1] == optopt && here[2])
        report_one_dash(args, here);
    args_usage(args, "unknown option \"-%c\"", optopt);
}

static void report_missing(const struct args *args)
{
    for (struct option *o = args->getopt->longs; o->name; o++)
        if (o->val == optopt)
            args_usage(args, "option --%s needs an argument", o->name);
    args_usage(args, "an option needs an argument");
}

void args_need_format(const struct args *args, unsigned set)
{
    struct text names = {0};
    if (!args->format_word || set & 1U << args->format)
        return;
    out_add_formats(&names, set);
    args_usage(args,
               args->format ? "format \"%s\" does not fit here (%s)"
                            : N_("unknown format \"%s\" (%s)"),
               args->format_word, names.data);
}

/* Whoever runs a program by a rule of sudo has it work on the center, and read what it is given on
 * standard input: every file that it opens by name, it opens as the database's owner. */
static void check_bound(const char *option, const char *value)
{
    if (caller_is_bound() && strcmp(value, "-") != 0)
        die("%s%s%s: who runs this by sudo names neither a center nor a file: it is given on "
            "standard"
            " input (qifu-members(7))",
            option, *option ? " " : "", value);
}

/* The same of an option that the program itself has. */
static void check_bound_option(const struct args *args, int key)
{
    char name[64];
    for (const struct args_option *o = args->program->options; o->key; o++)
        if (o->key == key && o->argument &&
            (!strcmp(o->argument, "FILE") || !strcmp(o->argument, "KEY"))) {
            snprintf(name, sizeof name, "--%s", o->name);
            check_bound(name, args->value);
        }
}

/* True where an operand of the program is a file: in its synopsis the word stands behind no option.
 */
static bool takes_files(const struct args_program *program)
{
    for (int i = 0; program->synopsis[i]; i++) {
        bool behind_option = false;
        for (const char *word = program->synopsis[i]; *word;) {
            word += strspn(word, " []|");
            if (!strncmp(word, "FILE", 4) && !behind_option)
                return true;
            behind_option = *word == '-';
            word += strcspn(word, " []|");
        }
    }
    return false;
}

/* Handles a common option. */
static void take_common(struct args *args, int key)
{
    switch (key) {
    case 'd':
        check_bound("-d", args->value);
        args->database = args->value;
        break;
    case 'C':
        check_bound("-C", args->value);
        args->config = args->value;
        break;
    case 'H': args->header = true; break;
    case 'n': args->dry_run = true; break;
    case 'q':
        args->quiet = true;
        progress_off();
        break;
    case 'h': print_help(args->program);
    case 'V':
        out_print("%s (qifu) %s\n", args->program->name, QIFU_VERSION);
        out_finish();
        exit(EXIT_DONE);
    case 'F':
        args->format = out_format(args->value);
        args->format_word = args->value;
        args_need_format(args, formats_of(args->program));
        break;
    case KEY_NOW: args->now = args->value; break;
    case KEY_COLUMNS: args->wish.columns = args->value; break;
    case KEY_SORT: args->wish.sort = args->value; break;
    case KEY_REVERSE: args->wish.reverse = true; break;
    case KEY_LIMIT: args->wish.limit = args_number(args, 1, 1000000000); break;
    default: break;
    }
}

/* The next option of getopt_long, checked; -1 at the end. */
static int next_option(struct args *args)
{
    struct args_getopt *g = args->getopt;
    char letters[sizeof g->letters + 2];
    snprintf(letters, sizeof letters, ":%s", g->letters);
    int key = getopt_long(g->argc, g->argv, letters, g->longs, NULL);
    if (key == ':')
        report_missing(args);
    if (key == '?')
        report_wrong_option(args);
    args->value = optarg ? optarg : "";
    return key;
}

static void take_all_common(struct args *args)
{
    for (int key; (key = next_option(args)) != -1;)
        if (has_option(args->program, key))
            check_bound_option(args, key);
        else
            take_common(args, key);
    args->operands = args->getopt->argv + optind;
    args->operand_count = args->getopt->argc - optind;
    args->getopt->argc = optind; /* args_next sees the options only: -5 has its dash back */
    for (int i = 0; i < args->operand_count; i++)
        if (args->operands[i][0] == NEGATIVE_MARK)
            args->operands[i][0] = '-';
    for (int i = 0; i < args->operand_count && takes_files(args->program); i++)
        check_bound("", args->operands[i]);
    optind = 0; /* glibc: start again, for args_next */
}

struct args args_start(const struct args_program *program, int argc, char **argv)
{
    open_standard_descriptors();
    die_set_program(program->name);
    struct args_getopt *g = mem_zero(1, sizeof *g);
    size_t used = 0, total = count_options(program->options) + count_options(common_options) +
                             count_options(list_options);
    g->longs = mem_zero(total + 1, sizeof *g->longs);
    add_options(g, &used, program->options);
    add_options(g, &used, common_options);
    if (program->lists)
        add_options(g, &used, list_options);
    g->argc = argc;
    g->argv = mem_zero((size_t)argc + 1, sizeof *g->argv);
    for (int i = 0; i < argc; i++)
        g->argv[i] = program->negative_operands && i ? mask_negative(argv[i]) : argv[i];
    opterr = 0;
    struct args args = {.program = program, .getopt = g, .value = ""};
    take_all_common(&args);
    return args;
}

int args_next(struct args *args)
{
    if (args->now) {
        args->value = args->now;
        clock_set_now(args_moment(args));
        args->now = NULL;
    }
    for (int key; (key = next_option(args)) != -1;)
        if (has_option(args->program, key))
            return key;
    return 0;
}

void args_usage(const struct args *args, const char *format, ...)
{
    struct text what = {0};
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, tongue(format), arguments);
    va_end(arguments);
    char *message = mem_alloc((size_t)length + 1);
    vsnprintf(message, (size_t)length + 1, tongue(format), again);
    va_end(again);
    text_add_format(&what, tongue("%s; see %s -h"), message, args->program->name);
    free(message);
    die("%s", what.data);
}

void args_unknown(const struct args *args, const char *what, const char *nearest,
                  const char *otherwise)
{
    struct fault fault = {""};
    args_usage(args, "%s", fault_unknown(&fault, what, args->value, nearest, otherwise));
}

int args_number(const struct args *args, int least, int most)
{
    char *end;
    errno = 0;
    long value = strtol(args->value, &end, 10);
    if (!*args->value || *end || errno || value < least || value > most)
        args_usage(args, "\"%s\" is not a whole number from %d to %d", args->value, least, most);
    return (int)value;
}

static int64_t parse_moment(const struct args *args, bool *date_only)
{
    int64_t moment;
    struct fault fault = {""};
    if (!clock_parse(args->value, &moment, date_only) && !clock_refuse(&fault, args->value))
        args_usage(args, "%s", fault.text);
    return moment;
}

long long args_moment(const struct args *args)
{
    return parse_moment(args, NULL);
}

long long args_moment_end(const struct args *args)
{
    bool date_only;
    int64_t moment = parse_moment(args, &date_only);
    return date_only ? clock_moment(clock_day(moment) + 1, 0) - 1 : moment;
}

int args_day(const struct args *args)
{
    int day;
    if (!day_parse(args->value, &day))
        args_usage(args, "not a date: \"%s\" (write 2020-05-27)", args->value);
    return day;
}

static const char *nonempty(const char *s)
{
    return s && *s ? s : NULL;
}

/* SQLite takes these names for something else than a file. */
static const char *check_name(const char *path)
{
    if (!*path)
        die("-d: the database's name is empty");
    if (*path == ':' || !strncmp(path, "file:", 5))
        die("%s: this names no file: a center's database is a file (write ./%s if it is called so)",
            path, path);
    return path;
}

bool args_names_database(const struct args *args)
{
    return args->database || nonempty(getenv("QIFU_DB"));
}

const char *args_database(struct args *args)
{
    const char *path = args->database ? args->database : nonempty(getenv("QIFU_DB"));
    static const char installed[] = QIFU_DATABASE; /* a package's; else empty */
    if (path || *installed)
        return check_name(path ? path : installed);
    const char *data = nonempty(getenv("XDG_DATA_HOME")), *home = nonempty(getenv("HOME"));
    if (!data && !home)
        die("no database is named: give -d FILE or set QIFU_DB");
    struct text built = {0};
    text_add_format(&built, "%s%s/qifu/center.db", data ? data : home, data ? "" : "/.local/share");
    free(args->getopt->database);
    return args->getopt->database = built.data;
}

const char *args_config(const struct args *args)
{
    const char *path = args->config ? args->config : nonempty(getenv("QIFU_CONFIG"));
    return path ? path : QIFU_CONFIGURATION;
}

bool args_has(const struct args *args, const char *name)
{
    for (const struct args_option *o = args->program->options; o && o->key; o++)
        if (!strcmp(o->name, name))
            return true;
    return false;
}
