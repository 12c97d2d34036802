/* sourcefile: reads sources.yaml (qifu-config(5)): the places where policies are looked for, each
 * to be looked through on every working day (qifu-rules(7)). */
#ifndef QIFU_POLICY_SOURCE_FILE_H
#define QIFU_POLICY_SOURCE_FILE_H

#include "base/mem.h"
#include "center/config.h"

struct source {
    const char *code, *name, *group;
    const char *address, *person, *org; /* NULL where absent; org: code of an organisation */
    int line;
};

struct sources {
    struct arena arena;
    struct source *list; /* in the file's order */
    int count;
};

/* Reads sources.yaml of CONFIG's directory. Codes and names are all different. Dies after reporting
 * every fault as file:line. */
struct sources sourcefile_load(struct config *config);
void sourcefile_free(struct sources *sources);

/* The source called WORD by code or name, or NULL; the known word that is nearest, or NULL. */
const struct source *sourcefile_find(const struct sources *sources, const char *word);
const char *sourcefile_nearest(const struct sources *sources, const char *word);

/* The group called WORD by code or by the office's name, as its code, or NULL; the nearest; the
 * office's name of a code. */
const char *sourcefile_group(const char *word);
const char *sourcefile_nearest_group(const char *word);
const char *sourcefile_list_groups(char *list, size_t size); /* for fault_unknown */
const char *sourcefile_group_name(const char *code);

#endif
