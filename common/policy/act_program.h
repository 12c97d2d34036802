/* policy_desk: what all programs that act on policies share: how policies are named (operands, "-",
 * a CSV file), when it was, and what is printed. A program names its acts and its options. */
#ifndef QIFU_POLICY_ACT_PROGRAM_H
#define QIFU_POLICY_ACT_PROGRAM_H

#include "center/program.h"
#include "cli/bulk.h"
#include "policy/act.h"

/* Keys of the options, which the desk reads itself. */
enum {
    POLICY_DESK_AT = ARGS_LONG,
    POLICY_DESK_BY,
    POLICY_DESK_CSV,
    POLICY_DESK_JSONL,
    POLICY_DESK_ENCODING,
    POLICY_DESK_REJECTS,
    POLICY_DESK_REASON,
    POLICY_DESK_UNPIN,
    POLICY_DESK_TYPE,
    POLICY_DESK_COUNT,
    POLICY_DESK_ENTERPRISE,
    POLICY_DESK_SCORE,
    POLICY_DESK_AMOUNT,
    POLICY_DESK_TEXT
};

/* Rows that every program's option table has. */
#define POLICY_DESK_OPTIONS                                                                        \
    {POLICY_DESK_BY, "by", "ORG", "organisation that acts (else the center)"},                     \
        {POLICY_DESK_AT, "at", "TIME", "when it was done (else now)"},                             \
        {POLICY_DESK_CSV, "csv", "FILE",                                                           \
         "do it for every row of a CSV file (- is standard input)"},                               \
        {POLICY_DESK_JSONL, "jsonl", "FILE", "do it for every line of a JSON lines file"},         \
        {POLICY_DESK_ENCODING, "encoding", "NAME", "encoding of the CSV (else found out)"},        \
    {                                                                                              \
        POLICY_DESK_REJECTS, "rejects", "FILE", "write bad rows there and do the rest"             \
    }

struct policy_desk {
    struct program p;
    struct policy_acts acts;
    struct policyact given;      /* by the options */
    const char *by, *enterprise; /* of --by, --enterprise */
    struct bulk_source source;
};

/* The whole of a program: reads the command line, does one of ACTS to all policies that are named
 * and returns the exit status. */
int policy_desk_main(const struct args_program *program, struct policy_acts acts, int argc,
                     char **argv);

#endif
