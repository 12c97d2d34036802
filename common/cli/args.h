/* args: the command line, by getopt_long, with the options that every program shares. */
#ifndef QIFU_CLI_ARGS_H
#define QIFU_CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "cli/out.h"

/* An option of one program. `key` is what args_next returns: a letter is also the short option. */
struct args_option {
    int key;
    const char *name;     /* the long option, without the dashes */
    const char *argument; /* what the argument is called in -h, or NULL where it takes none */
    const char *help;     /* one line in -h; NULL: an older name that -h does not show */
};

enum { ARGS_LONG = 256 }; /* keys of options that have no letter start here */

/* What a program is; constant. */
struct args_program {
    const char *name;
    const char *const *synopsis;       /* operands, a line each, ended by NULL */
    const char *purpose;               /* one line */
    const struct args_option *options; /* ended by a zero key */
    bool negative_operands;            /* -5 is an operand */
    unsigned formats;                  /* a set of out.h; 0: OUT_OF_LISTS */
    const char *title;                 /* of its html page; NULL: its name */
    bool lists;                        /* takes --columns, --sort, --reverse, --limit */
};

struct args {
    const struct args_program *program;
    const char *value; /* the argument of the option that args_next returned */
    char **operands;   /* ended by NULL */
    int operand_count;

    const char *database; /* -d, NULL where not given */
    const char *config;   /* -C, NULL where not given */
    const char *now;      /* --now, until the first args_next reads it */
    enum out_format format;
    const char *format_word; /* -F as it was given, NULL where not */
    bool header, dry_run, quiet;
    struct out_wish wish; /* where the program lists */

    struct args_getopt *getopt; /* private */
};

/* Starts: names the program for messages, makes sure that descriptors 0 to 2 are open, handles the
 * common options (-h and -V print and exit; a wrong option is EXIT_BAD) and finds the operands.
 * Times are not read yet: load the configuration, which sets the time zone, before args_next. */
struct args args_start(const struct args_program *program, int argc, char **argv);

/* The key of the next option of the program itself, or 0 at the end. */
int args_next(struct args *args);
void args_free(struct args *args);

/* Dies with EXIT_BAD, a message and a pointer to -h. */
_Noreturn void args_usage(const struct args *args, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Dies where -F names a format that is not in SET, which the message names. */
void args_need_format(const struct args *args, unsigned set);

/* Dies because the value of the present option is not a WHAT, and offers NEAREST or else
 * OTHERWISE, as fault_unknown does. */
_Noreturn void args_unknown(const struct args *args, const char *what, const char *nearest,
                            const char *otherwise);

/* The value of the present option as a whole number from LEAST to MOST, a moment, a day; dies if
 * it is none. `args_moment_end` reads a date without a time as its last second. */
int args_number(const struct args *args, int least, int most);
long long args_moment(const struct args *args);
long long args_moment_end(const struct args *args);
int args_day(const struct args *args);

/* The database file: -d, else $QIFU_DB, else $XDG_DATA_HOME/qifu/center.db, else under $HOME.
 * The configuration's directory: -C, else $QIFU_CONFIG, else the installed share/qifu. Both are
 * owned by ARGS. Dies where there is no way to name the database. */
const char *args_database(struct args *args);
/* Whether -d or $QIFU_DB name it. */
bool args_names_database(const struct args *args);
const char *args_config(const struct args *args);

/* True where the program has an option of its own with this long name. */
bool args_has(const struct args *args, const char *name);

/* The id that WORD, a whole number above 0, is; else 0. */
int64_t args_id(const char *word);

/* Finds the record that WORD, which is not a number, names: its id, or 0 with a FAULT. */
typedef int64_t args_finder(void *context, const char *word, struct fault *fault);

/* One loop over ids: the operands, or standard input for the operand "-" (the first TAB-separated
 * field of each line; a first line that is the header of -H is skipped). An operand that is neither
 * an id nor found by FIND (which may be NULL) is reported; the loop goes on and `bad` counts it. */
struct args_ids {
    struct args *args;
    args_finder *find;
    void *context; /* of FIND */
    int next;
    bool reading;
    long line, taken;
    char *buffer;
    size_t buffer_size;
    int bad;
};

struct args_ids args_ids(struct args *args, int first_operand);
bool args_next_id(struct args_ids *ids, long long *id);
/* Reads at most MOST ids at once, for a transaction; 0 at the end. */
int args_next_ids(struct args_ids *ids, int64_t *list, int most);
/* The next id of records whose ids are texts (codes of policies and enterprises), valid until the
 * next call; NULL at the end. One that is empty or no UTF-8 is reported and counted as bad. */
const char *args_next_word(struct args_ids *ids);
/* Frees the loop's memory; returns how many were bad. */
int args_ids_end(struct args_ids *ids);

#endif
