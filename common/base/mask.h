/* mask: personal data made unreadable for everyday output. Pure. Mobile numbers keep their first
 * three and last four digits (138****1234), identity numbers their first six and last four (old
 * ones of 15 digits three), names their first character. The views of the database hold what these
 * functions give (schema.sql, shown and event_shown). */
#ifndef QIFU_BASE_MASK_H
#define QIFU_BASE_MASK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* What stands where a text was erased by law. In a second one that is to be told from the first, a
 * number stands before the bracket. Masking leaves both as they are. */
#define MASK_ERASED_OPEN  "（已依法删除"
#define MASK_ERASED_CLOSE "）"
#define MASK_ERASED       MASK_ERASED_OPEN MASK_ERASED_CLOSE
/* True where the LENGTH bytes S are such a mark. */
bool mask_is_erased(const char *s, size_t length);

/* Appends S with the mobile and identity numbers in it masked, in all the ways in which people
 * write them: in groups, with a country's prefix, in full-width digits. */
void mask_text(struct text *out, const char *s);
/* Appends the JSON text with what stands in its strings masked; a contact or a telephone that was
 * corrected (was_phone, is_phone) as one, and who is held to account (person) as a name, a
 * destination as an address. Its numbers are ours. */
void mask_json(struct text *out, const char *json);
/* Appends a person's name, masked. */
void mask_name(struct text *out, const char *name);
/* Appends an address of mail, of which the first character and the host stay (z***@example.org), or
 * of a messenger, of which the last four do. */
void mask_address(struct text *out, const char *address);
/* Appends a telephone number of any form, masked. */
void mask_phone(struct text *out, const char *phone);

#endif
