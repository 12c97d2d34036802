/* command: hands a text to another program on its standard input, and waits for it, not for ever.
 */
#ifndef QIFU_BASE_COMMAND_H
#define QIFU_BASE_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

enum { COMMAND_SAID_SIZE = 200 };

/* What came of it. */
struct command_result {
    bool ran, timed_out;          /* not RAN: there is no such program, or it cannot start */
    int status;                   /* that it ended with; -1: it was killed */
    char said[COMMAND_SAID_SIZE]; /* the start of what it printed, on one line */
};

/* Runs COMMAND (its words, ended by NULL; no shell reads them) with NAME=VALUE in its environment,
 * writes LENGTH bytes of INPUT to it, and kills it, and what it started, after TIMEOUT seconds.
 * Dies where this machine starts no process. */
struct command_result command_run(const char *const *command, const char *name, const char *value,
                                  const char *input, size_t length, int timeout);

#endif
