/* refusal: why something was refused, as who works on pages reads it: the faults of gate, acts and
 * intake in Chinese. */
#ifndef QIFU_WEB_REFUSAL_H
#define QIFU_WEB_REFUSAL_H

#include "base/text.h"

/* Appends FAULT in Chinese; what no sentence is known for as it is, after a word that says so. */
void refusal_say(struct text *to, const char *fault);

#endif
