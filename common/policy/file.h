/* policyfile: reads a policy from a YAML file (policy-add(1)). The file holds one map. Its keys are
 * the fields, or synonyms from headers.yaml. */
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

/* Reads the file PATH into FILE; its texts are in ARENA. FIELDS (ended by NULL) are the record's
 * fields, HEADERS their synonyms, PROFILE the names that criteria may use. Returns false after
 * reporting every fault as file:line. The texts of a list are joined by line ends; `criteria` may
 * be a list of texts or of {if: TEXT, basis: TEXT}, all of which must hold. */
bool policyfile_read(struct arena *arena, const char *path, struct headers *headers,
                     const char *const *fields, const struct profile *profile,
                     struct policyfile *file);

/* Reports a fault of FIELD (-1: of the whole file) as file:line. A MESSAGE about criteria may have
 * several lines. */
void policyfile_fault(const struct policyfile *file, int field, const char *message);

#endif
