/* program: the frame of every program that works on a center: start, options, open, work, end.
 *
 *     struct program p = program_start(&program, argc, argv);
 *     for (int key; (key = args_next(&p.args));)
 *         ...
 *     program_open(&p, OUT_COLUMNS(columns));
 *     ...
 *     return program_end(&p, found ? EXIT_DONE : EXIT_NO);
 *
 * There is one order of closing: the database first, then what is printed, then memory, then the
 * last look at standard output. A reader who is slow to take the output so holds up nobody. A
 * program that prints text of its own does it between program_close and program_end. */
#ifndef QIFU_CENTER_PROGRAM_H
#define QIFU_CENTER_PROGRAM_H

#include "center/center.h"
#include "center/org.h"
#include "cli/args.h"
#include "cli/out.h"

/* Owns all it holds, and stays where it is from program_open on: others point into it. */
struct program {
    struct args args;
    struct config *config;
    struct center center;  /* from program_open on, and so are the next two */
    struct org_table orgs; /* the center's organisations, until program_end */
    struct out *out;       /* NULL where the program prints no records */
    bool counts;           /* set before program_open: it prints figures of all tickets, and asks
                              permit_sees before it names one */
    bool counts_tickets;   /* the same, but of tickets alone */
    bool damaged;          /* set before program_open: ORGS stays empty, for it may be unreadable */
    long bad;              /* how many were reported and skipped: the status is EXIT_BAD then */
};

/* Starts: reads the common options and the configuration, which sets the time zone. Dies as
 * args_start and config_load do. The program's own options follow, by args_next. */
struct program program_start(const struct args_program *about, int argc, char **argv);

/* Opens the database, loads the organisations and opens the output of COUNT columns, which must
 * outlive it; COLUMNS is NULL for no output, or if program_print opens it. Dies without a center.
 */
void program_open(struct program *program, const struct out_column *columns, int count);

/* Opens the output of COUNT columns, once, for a program that does so before or after it opens the
 * database. */
void program_print(struct program *program, const struct out_column *columns, int count);

/* Begins a write transaction, as center_begin, in which every ticket is there (permit.h): what acts
 * asks permit_sees of those that are named; ends it: commits, or with -n takes it all back. */
void program_begin(struct program *program);
void program_commit(struct program *program);

/* Closes the database, where it is open. What was loaded from it stays. */
void program_close(struct program *program);

/* Closes the database, prints the records, frees. Dies where standard output cannot be written.
 * Returns EXIT_BAD where something was bad, else STATUS. */
int program_end(struct program *program, int status);

#endif
