/* form: the fields of a form or of a query, as browsers send them:
 * application/x-www-form-urlencoded (the URL standard of WHATWG), with hard limits. Pure. */
#ifndef QIFU_WEB_FORM_H
#define QIFU_WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

enum { FORM_MOST = 64 };

/* Owns its texts; zeroed is one without fields. */
struct form {
    struct arena arena;
    int count;
    struct form_field {
        const char *name, *value; /* UTF-8; line ends are newlines, no blanks at the ends */
    } fields[FORM_MOST];
};

/* Reads the LENGTH bytes. False where they have more than FORM_MOST fields, one of them twice, an
 * escape that is none, a NUL, or are no UTF-8: FORM has no fields then, and *WHY says which, in a
 * sentence for who sent it. */
bool form_read(struct form *form, const char *bytes, size_t length, const char **why);
void form_free(struct form *form);

/* The value of the field called NAME; NULL where there is none, or it is blank. */
const char *form_value(const struct form *form, const char *name);

/* The same as a whole number above 0; else 0. */
long long form_number(const struct form *form, const char *name);

#endif
