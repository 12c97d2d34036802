/* person: whether a text is about a person: whether one of the names or numbers stands in it. Pure.
 */
#ifndef QIFU_ERASURE_PERSON_H
#define QIFU_ERASURE_PERSON_H

#include "base/fault.h"
#include "base/text.h"

struct person {
    struct wanted names, numbers; /* not owned */
};

/* Adds a fault where the text is too little to tell a person by: a name of one character or with
 * quotes or backslashes, a number of less than five digits. */
bool person_check_name(const char *name, struct fault *fault);
bool person_check_number(const char *number, struct fault *fault);

bool person_is_named(const struct person *person);

/* A name stands in the TEXT as it is; of a number its digits, in half or full width, whatever
 * blanks, hyphens and brackets stand between them. */
bool person_stands_in(const struct person *person, const char *text);

#endif
