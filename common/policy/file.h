/* policyfile: reads the form that an editor writes of a policy (policy-add(1)): one YAML file, one
 * map, its keys the fields or their synonyms of headers.yaml. */
#ifndef QIFU_POLICY_FILE_H
#define QIFU_POLICY_FILE_H

#include <stdbool.h>

#include "base/mem.h"
#include "cli/headers.h"
#include "criteria/profile.h"

/* What the file says; texts live in the arena that it was read into. */
struct policyfile {
    const char *path;
    const char *const *fields;
    int line;      /* of the map */
    char **values; /* by field: trimmed, NULL where absent or empty; lists as one text */
    int *lines;    /* of the fields that are there */
};

/* Reads PATH; FIELDS (ended by NULL) are the record's, HEADERS their synonyms, and PROFILE has the
 * names that criteria use. False after
 * reporting every fault as file:line. A list of texts is joined by line ends; `criteria` may be a
 * list of texts or of {if: TEXT, basis: TEXT}, all of which must hold. */
bool policyfile_read(struct arena *arena, const char *path, struct headers *headers,
                     const char *const *fields, const struct profile *profile,
                     struct policyfile *file);

/* Reports what is wrong with FIELD (-1: the whole) as file:line. A MESSAGE on criteria may have
 * more lines than one. */
void policyfile_fault(const struct policyfile *file, int field, const char *message);

#endif
