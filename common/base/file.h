/* textfile: a whole text out of a file, as an office's editors write it. */
#ifndef QIFU_BASE_FILE_H
#define QIFU_BASE_FILE_H

#include <stdio.h>

/* Why the thing at PATH is no plain file ("this is a fifo, not a file"), or NULL where it is one or
 * cannot be looked at. Nothing is opened, so nothing is waited for. */
const char *file_fault(const char *path);

/* Opens the plain file at PATH for reading, without ever waiting for a writer; NULL with a *FAULT,
 * which lives until the next call, where it cannot. Names below /dev/fd and /dev/stdin are streams
 * that somebody hands over on purpose, and may be pipes. */
FILE *file_open(const char *path, const char **fault);

/* The text of the file at PATH ("-" is standard input) in UTF-8, from UTF-8 or GB18030, with plain
 * newlines and without blanks at its ends. Dies, naming the file, where it cannot be read, is no
 * text or is empty. The caller frees. */
char *textfile_read(const char *path);

#endif
