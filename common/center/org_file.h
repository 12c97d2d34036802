/* orgfile: reads organisations.yaml (qifu-config(5)). */
#ifndef QIFU_CENTER_ORG_FILE_H
#define QIFU_CENTER_ORG_FILE_H

#include "base/fault.h"
#include "base/mem.h"
#include "center/org.h"

/* An organisation and the line on which it stands. */
struct orgfile_entry {
    struct org org;
    int line;
};

/* Reads the organisations at PATH into ARENA and stores their number in *COUNT. Each has a code
 * of its own and belongs to one of the file's groups. Dies after reporting every fault as
 * file:line. */
struct orgfile_entry *orgfile_read(struct arena *arena, const char *path, int *count);

/* The peer groups of the file at PATH: codes and names in turn, ended by NULL. */
const char *const *orgfile_groups(struct arena *arena, const char *path);
/* The code of the one of GROUPS called WORD, or NULL. */
const char *orgfile_group(const char *const *groups, const char *word);
/* Says in FAULT that WORD is none of GROUPS, with the nearest or all. */
const char *orgfile_unknown_group(const char *const *groups, const char *word, struct fault *fault);

#endif
