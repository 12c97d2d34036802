/* adding: the frame of programs that add records, one from options or many from a file: the
 * options, the transaction, all or nothing, the rejects (HACKING). */
#ifndef QIFU_CENTER_ADD_H
#define QIFU_CENTER_ADD_H

#include "base/fault.h"
#include "center/gate.h"
#include "center/program.h"
#include "cli/bulk.h"

enum {
    ADDING_FIELD = ARGS_LONG, /* the option of field N has the key ADDING_FIELD + N */
    ADDING_MOST_FIELDS = 32,
    ADDING_CSV = ADDING_FIELD + ADDING_MOST_FIELDS,
    ADDING_JSONL,
    ADDING_ENCODING,
    ADDING_REJECTS,
    ADDING_OWN /* keys of other options start here */
};

/* The options of a file, which stand behind those of the fields. */
#define ADDING_FILE                                                                                \
    {ADDING_CSV, "csv", "FILE", "take every row of a CSV file (- is standard input)"},             \
        {ADDING_JSONL, "jsonl", "FILE", "take every line of a JSON lines file"},                   \
        {ADDING_ENCODING, "encoding", "NAME", "encoding of the CSV (else found out)"},             \
    {                                                                                              \
        ADDING_REJECTS, "rejects", "FILE", "write bad rows there and take the rest"                \
    }

/* The options of who does it and when, of records whose fields BY and AT are called by and at; they
 * go beside a file too. */
#define ADDING_WHO(BY, AT)                                                                         \
    {ADDING_FIELD + (BY), "by", "ORG", "organisation that acts (else the center)"},                \
    {                                                                                              \
        ADDING_FIELD + (AT), "at", "TIME", "when it was done (else now)"                           \
    }

/* What is added; constant. */
struct adding_kind {
    const char *record;        /* in headers.yaml */
    const char *noun;          /* in messages: organisation */
    const char *const *fields; /* ended by NULL */
    const int *needed;         /* fields that options must give, ended by -1 */
    int column;                /* field that a CSV must have a column for, or -1 */
    bool extra;                /* what no field takes is kept */
    const int *beside_file;    /* fields whose options go with a file too, ended by -1; or NULL */
};

struct adding {
    const struct adding_kind *kind;
    struct program p;   /* the program opens it before adding_run */
    struct arena arena; /* lives until adding_finish */
    struct bulk_source source;
    struct column_need needed[4]; /* columns of a CSV; the kind's, until the program changes it */
    struct bulk *bulk;            /* the file while it is read, else NULL */
    bool (*knows)(void *context, const char *column);         /* as of bulk_source; or NULL */
    void (*ahead)(void *context, const struct bulk_row *row); /* the same; where it helps */
    int operands;            /* how many the program itself takes, at most; 0 unless it says so */
    struct headers *headers; /* of a file's columns, the program's; NULL: headers.yaml has them */
    const char *extra;       /* of the present row: a JSON object of what no field takes, or NULL */
    char *values[ADDING_MOST_FIELDS]; /* given by options: trimmed, NULL where absent or blank */
    int by, at;                       /* the fields called so, or -1 */
    bool operand; /* set by a program whose first field is an operand, not an option */
    int joined;   /* likewise a field whose option may be repeated, not the first; 0: none */
    struct gate_who given; /* by the options, for rows that do not say */
};

/* Starts a program that adds KIND, as program_start. */
struct adding adding_start(const struct adding_kind *kind, const struct args_program *program,
                           int argc, char **argv);

/* The same for a program that was started already, since what it adds follows from its operands. */
struct adding adding_of(const struct adding_kind *kind, struct program program);

/* Takes the options of fields and files; returns the key of the next other one, or 0 at the end,
 * where it has made sure that the options go together and none is missing. */
int adding_next(struct adding *adding);

/* The value of the present option as in a file: no blanks around it, NULL where nothing is left. */
char *adding_value(struct adding *adding, const char *option);

/* Saves and prints the record of VALUES, by field; LINE is 0 for options. False where it is
 * refused, with the reason in FAULT. */
typedef bool adding_take(void *context, char *const *values, long line, struct fault *fault);

/* Who does it and when, by VALUES or by the options. False, with a FAULT for each, where the
 * organisation is unknown or the moment is none. */
bool adding_who(const struct adding *adding, char *const *values, struct gate_who *who,
                struct fault *fault);

/* A note of TAKE on the present row that does not refuse it; none with -q. */
void adding_note(const struct adding *adding, const char *note);

/* Runs TAKE for the options, or for each row of the file, and then FINISH (NULL: nothing more), all
 * in one transaction. A file with a bad row is not kept at all, unless there are rejects. Options
 * that are refused make it die. */
void adding_run(struct adding *adding, adding_take *take, void (*finish)(void *context),
                void *context);

/* Closes the database, prints, frees, as program_end; returns the program's status. */
int adding_finish(struct adding *adding);

#endif
