/* examples: of each program one of its page, for -h. */
#ifndef QIFU_CLI_EXAMPLES_H
#define QIFU_CLI_EXAMPLES_H

/* Ended by a program that is NULL. */
struct example {
    const char *program, *line;
};
extern const struct example cli_examples[]; /* made of man/ by examples.awk */

#endif
