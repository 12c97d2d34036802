/* base64: bytes as text (RFC 4648, section 4), padded and without line ends. */
#ifndef QIFU_BASE_BASE64_H
#define QIFU_BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

void base64_add(struct text *to, const void *bytes, size_t length);

/* Reads the LENGTH characters at TEXT into BYTES, which has room for SIZE. Returns how many bytes
 * they are, or -1 where they do not fit, or are not the one way to write these bytes. */
long base64_read(const char *text, size_t length, uint8_t *bytes, size_t size);

#endif
