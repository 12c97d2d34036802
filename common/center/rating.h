/* rating: how an enterprise rates an answer, or a policy's fulfilment (好差评): five levels, of
 * which the upper three count as satisfied (qifu-rules(7)). */
#ifndef QIFU_CENTER_RATING_H
#define QIFU_CENTER_RATING_H

#include "base/fault.h"
#include "cli/args.h"

enum { RATING_LOWEST = 1, RATING_CONTENT = 3, RATING_HIGHEST = 5 };

/* The rating that WORD means, by number or by the office's word, or 0. */
int rating_parse(const char *word);

/* The office's word for a rating; NULL where it is none. */
const char *rating_name(int rating);

/* Says in FAULT that WORD is none, with the nearest word or all. */
void rating_unknown(const char *word, struct fault *fault);

/* The rating that the present option's value means; dies with the nearest word where it is none. */
int rating_option(const struct args *args);

#endif
