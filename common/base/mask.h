/* mask: personal data made unreadable for everyday output. Pure. Mobile numbers keep their first
 * three and last four digits (138****1234), identity numbers their first six and last four, names
 * their first character. */
#ifndef QIFU_BASE_MASK_H
#define QIFU_BASE_MASK_H

#include "base/text.h"

/* Appends S with the mobile and identity numbers in it masked. */
void mask_text(struct text *out, const char *s);
/* Appends a person's name, masked. */
void mask_name(struct text *out, const char *name);
/* Appends a telephone number of any form, masked. */
void mask_phone(struct text *out, const char *phone);

#endif
