/* mime: the parts of a mail (RFC 5322, 2045, 2047), of texts in UTF-8. All foreign text is written
 * in base64, so that none of it is ever taken for the mail's own lines. Pure. */
#ifndef QIFU_BASE_MIME_H
#define QIFU_BASE_MIME_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Appends the header NAME with WORDS behind it, as encoded words of at most 75 characters. */
void mime_add_header(struct text *mail, const char *name, const char *words);
/* The same of a person and its mailbox, which address_check let pass; WHO may be NULL. */
void mime_add_mailbox(struct text *mail, const char *name, const char *who, const char *mailbox);
/* Appends "Date: ..." of a moment, in the center's zone. */
void mime_add_date(struct text *mail, int64_t moment);
/* Appends the head and the body of a part of TYPE (text/plain), between blank lines. */
void mime_add_part(struct text *mail, const char *type, const char *body);

#endif
