/* field: what a field of a ticket's intake may hold; for the intake and for its corrections. */
#ifndef QIFU_TICKET_FIELD_H
#define QIFU_TICKET_FIELD_H

#include "base/fault.h"
#include "base/text.h"
#include "center/config.h"
#include "ticket/ticket.h"

/* S as a title is written: one line, line ends and runs of blanks being one blank; in OUT. */
const char *field_one_line(struct text *out, const char *s);

/* False, with a fault, where VALUE is longer than FIELD may be. */
bool field_check_length(enum ticket_field field, const char *value, struct fault *fault);

/* Adds a fault where CODE is no credit code; one that is kept although its check character is wrong
 * is a NOTE. */
void field_check_uscc(const char *code, struct fault *fault, struct fault *note);

/* What WORD means; NULL, with the words that there are in FAULT, where it means nothing. */
const struct term *field_channel(const struct config *config, const char *word,
                                 struct fault *fault);
const struct term *field_region(const struct config *config, const char *word, struct fault *fault);
const struct kind *field_kind(const struct config *config, const char *word, struct fault *fault);

#endif
