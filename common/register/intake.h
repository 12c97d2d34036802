/* intake: values of an entry as a row or options say them. */
#ifndef QIFU_REGISTER_INTAKE_H
#define QIFU_REGISTER_INTAKE_H

#include "register/entry.h"

/* Reads VALUES, by the numbers of the registry's fields (NULL: not said), into ENTRY's fields,
 * which must be empty, in ARENA. False with all that is wrong in FAULT: what is unknown, or no
 * value of its type. What is required may be missing, which entry_is_whole says. */
bool entry_read(struct center *center, const struct registry *registry, char *const *values,
                struct arena *arena, struct entry *entry, struct fault *fault);
bool entry_is_whole(const struct entry *entry, struct fault *fault);

/* The key that its fields make, in ARENA; NULL where one of them has no value. */
const char *entry_key(const struct entry *entry, struct arena *arena);

#endif
