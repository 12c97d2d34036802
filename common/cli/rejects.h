/* rejects: the file that bad rows go to (--rejects). It is made when all is known, and never in the
 * place of something: no file, link or side file of the database is ever written over. */
#ifndef QIFU_CLI_REJECTS_H
#define QIFU_CLI_REJECTS_H

#include <stdio.h>

struct rejects;

/* Plans a file at PATH, which must not be there yet. DATABASE is the path of the database, whose
 * side files come and go: their names are refused too. Dies where PATH cannot be. */
struct rejects *rejects_plan(const char *path, const char *database);

/* Where to write bad rows: a temporary file without a name. */
FILE *rejects_file(struct rejects *rejects);

/* Makes the file at its path from what was written, if anything was; it is on disk when this
 * returns. Until rejects_free a program that dies takes it away again, because it then has not
 * kept the good rows either. */
void rejects_keep(struct rejects *rejects);

/* Frees; NULL is allowed. The file that was made stays. */
void rejects_free(struct rejects *rejects);

#endif
