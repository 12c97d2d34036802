/* source: a file of many records, opened for reading: standard input, a pipe and small files are
 * copied first, and a file that is not a table is refused by name. */
#ifndef QIFU_CLI_SOURCE_H
#define QIFU_CLI_SOURCE_H

#include <stdint.h>
#include <stdio.h>

/* Opens PATH ("-" is standard input), at its start; *NAME is what messages call it, *SIZE its
 * bytes. What cannot be read twice, or is small, is copied to a temporary file, so that nobody who
 * writes slowly keeps the database locked. Dies where it cannot be read, or is a workbook, a PDF or
 * the like. The caller closes it. */
FILE *source_open(const char *path, const char **name, uint64_t *size);

#endif
