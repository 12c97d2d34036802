/* fault: why something was refused, in words for the operator: one sentence, or several divided by
 * "; ". A function that can refuse takes one; it returns false, or NULL, and says why in it. */
#ifndef QIFU_BASE_FAULT_H
#define QIFU_BASE_FAULT_H

#include <stdarg.h>
#include <stdbool.h>

enum { FAULT_SIZE = 2048 }; /* what does not fit is cut, between characters */

struct fault {
    char text[FAULT_SIZE]; /* "": none */
};

void fault_clear(struct fault *fault);
/* Says this, behind what FAULT says already. Always false, which is what a function that refuses
 * returns. */
bool fault_add(struct fault *fault, const char *format, ...) __attribute__((format(printf, 2, 3)));

bool fault_add_list(struct fault *fault, const char *format, va_list arguments);

/* Adds `unknown WHAT "WORD"`, with NEAR, the nearest known word, or if that is NULL with OTHERWISE,
 * which lists the known ones; both may be NULL. Returns the whole text. */
const char *fault_unknown(struct fault *fault, const char *what, const char *word, const char *near,
                          const char *otherwise);

#endif
