/* encoding: from what Chinese offices' files are written in to UTF-8, by the C library's iconv. */
#ifndef QIFU_BASE_ENCODING_H
#define QIFU_BASE_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/text.h"

struct encoding;

/* Opens a converter from NAME (utf-8, gb18030, gbk, gb2312, or another that iconv knows). NULL
 * where it is unknown, or where its commas and quotes are not ASCII's (UTF-16). */
struct encoding *encoding_open(const char *name);
void encoding_close(struct encoding *encoding);
const char *encoding_name(const struct encoding *encoding);

/* Appends BYTES in UTF-8 to OUT. On bytes that cannot be converted stores their offset in *BAD
 * and returns false. */
bool encoding_to_utf8(struct encoding *encoding, struct text *out, const char *bytes, size_t length,
                      size_t *bad);

/* Appends the UTF-8 text S in the encoding to OUT; what it lacks becomes '?'. */
void encoding_from_utf8(struct encoding *encoding, struct text *out, const char *s);

/* Which encoding the file is in, judged from all its bytes: "utf-8" or "gb18030", or NULL for
 * UTF-16, which no reader here takes. Leaves the file at its start. A UTF-8 file with some
 * broken bytes stays UTF-8, so that its broken rows are found; *SOUND says that it has none. */
const char *encoding_detect(FILE *file, bool *sound);

#endif
