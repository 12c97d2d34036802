/* input: the bytes of a file of evidence, which came by mail or on a stick. */
#ifndef QIFU_EVIDENCE_INPUT_H
#define QIFU_EVIDENCE_INPUT_H

#include <stdbool.h>

#include "base/fault.h"

/* The text of the file at PATH ("-" is standard input), whose lines end as Unix has it; NULL with a
 * FAULT, which names the file, where it cannot be read, has a NUL or more than 64 MiB. The caller
 * frees. */
char *input_read(const char *path, struct fault *fault);

/* Whether there is such a file. */
bool input_is_there(const char *path);

#endif
