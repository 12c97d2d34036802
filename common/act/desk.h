/* desk: what all programs that act on tickets share: how tickets are named (operands, "-", a CSV
 * file), who acts for which organisation, when, and what is printed. A program names its act, its
 * options and what its option values mean; the desk does the rest.
 */
#ifndef QIFU_ACT_DESK_H
#define QIFU_ACT_DESK_H

#include "act/apply.h"
#include "center/program.h"
#include "cli/bulk.h"

/* The fields of a row of their files, ended by NULL. */
extern const char *const act_fields[];

enum { ORDER_MOST = 1000000000 }; /* the highest number of an order that an option takes */

/* Keys of the options that the desk reads itself. */
enum {
    DESK_BY = 512,
    DESK_AT,
    DESK_CSV,
    DESK_ENCODING,
    DESK_REJECTS,
    DESK_SOURCE,
    DESK_TEXT,
    DESK_REASON,
    DESK_BASIS,
    DESK_APPROVE,
    DESK_REJECT,
    DESK_OWN /* a program's own keys start here */
};

/* Rows of a program's option table. */
#define DESK_WHO                                                                                   \
    {DESK_BY, "by", "ORG", "organisation that acts (else the one it falls to)"},                   \
    {                                                                                              \
        DESK_AT, "at", "TIME", "when it was done (else now)"                                       \
    }
#define DESK_FILE                                                                                  \
    {DESK_CSV, "csv", "FILE", "do it for every row of a CSV file (- is standard input)"},          \
        {DESK_SOURCE, "source", "NAME", "source of the rows' own numbers"},                        \
        {DESK_ENCODING, "encoding", "NAME", "encoding of the CSV (else found out)"},               \
    {                                                                                              \
        DESK_REJECTS, "rejects", "FILE", "write bad rows there and do the rest"                    \
    }

#define DESK_DECIDE                                                                                \
    {DESK_APPROVE, "approve", NULL, "the center grants what was asked"},                           \
        {DESK_REJECT, "refuse", NULL, "the center refuses what was asked"},                        \
    {                                                                                              \
        DESK_REJECT, "reject", NULL, NULL                                                          \
    }

/* The act of a program; GRANT and REFUSE where the center decides on it, else the same. */
struct desk_acts {
    enum act_kind act, grant, refuse;
};

struct desk {
    struct program p;
    struct acting acting;
    struct act act; /* as the options say */
    const char *by; /* of --by */
    struct bulk_source file;
    const char *source; /* of --source */
    bool names_orders;  /* operands are numbers of orders of supervision, not ids of tickets */
    bool sweeps;        /* skips tickets that another process has handled meanwhile */
    struct desk_acts acts;
    /* what only the program knows of an act, such as the names of figures; false with a fault where
     * it is wrong; NULL: nothing */
    bool (*knows)(struct desk *desk, struct act *act, struct fault *fault);
    long provisional; /* deadlines of those printed */
    int decided;      /* how often --approve and --reject were given */
    long known;       /* acts that were entered before */
};

/* Starts, as program_start. */
struct desk desk_start(const struct args_program *program, int argc, char **argv);
/* The next option that is the program's own, or 0; the desk's are taken on the way. */
int desk_next(struct desk *desk);
/* Opens the center and what acts need; finds --by. The output has COUNT columns, or for NULL those
 * that acts print. */
void desk_open(struct desk *desk, const struct out_column *columns, int count);
/* Does the act to all tickets that the command line names, or to those of the CSV; prints each. */
void desk_run(struct desk *desk);
/* Does the act to these tickets in one transaction; the refused ones are reported and skipped. */
void desk_batch(struct desk *desk, const int64_t *ids, int count);
/* Closes, prints and frees, as program_end; returns the exit status. */
int desk_finish(struct desk *desk, int status);

/* The whole of a program that does one act: reads the command line, hands the program's own options
 * to TAKE (may be NULL), does the act to all tickets named and returns the exit status. */
int desk_main(const struct args_program *program, struct desk_acts acts,
              void (*take)(struct desk *desk, int key), int argc, char **argv);
/* The same of a desk that was started. */
int desk_do(struct desk *desk, struct desk_acts acts, void (*take)(struct desk *desk, int key));

#endif
