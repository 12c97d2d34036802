/* files: the configuration as a whole. What later programs rely on is looked at once, when a center
 * is made or brought up to date: a fault is told at the desk, not at night. */
#ifndef QIFU_SETUP_FILES_H
#define QIFU_SETUP_FILES_H

#include <stdbool.h>

/* Reads every file of the configuration in DIRECTORY and reports every fault of every file. Where
 * center.yaml has faults, the files that need it are left. Returns 0, or an exit status. *LOADS
 * says whether those files are whole that a database is made from. */
int setup_check_files(const char *directory, bool *loads);

#endif
