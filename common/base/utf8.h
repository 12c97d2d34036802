/* utf8: characters as numbers and as bytes, and which of them people cannot see. Pure: nothing is
 * allocated, so that the message of a failure may use it. */
#ifndef QIFU_BASE_UTF8_H
#define QIFU_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes the UTF-8 sequence at S (END is one past the last byte): stores the code point and
 * returns its length, or returns 0 where the bytes are not valid UTF-8 (RFC 3629). */
size_t utf8_decode(const char *s, const char *end, uint32_t *code_point);

/* Writes the code point in UTF-8 to BYTES; returns how many they are. */
size_t utf8_encode(uint32_t code_point, char bytes[4]);

/* True for what a terminal or a page acts on, or shows as nothing: control characters (newline and
 * TAB too), overrides of the direction, characters without width, line and paragraph separators,
 * tags, and what Unicode has not assigned to characters. */
bool utf8_is_unseen(uint32_t code_point);

/* Writes to MARK what stands for such a code point where people read: a picture of the control
 * character (␛, ⏎ for newline), or <U+202E>; for others the code point itself. Returns its bytes.
 */
enum { UTF8_MARK_SIZE = 16 };
size_t utf8_mark(uint32_t code_point, char mark[UTF8_MARK_SIZE]);

#endif
