/* text: growing strings, UTF-8, and comparing what people type. No locale is consulted. */
#ifndef QIFU_BASE_TEXT_H
#define QIFU_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/utf8.h"

/* A growing string; zeroed is empty. `data` is always terminated once anything was added. */
struct text {
    char *data;
    size_t length, size;
};

void text_clear(struct text *text); /* empties, keeps the memory */
void text_free(struct text *text);
void text_add(struct text *text, const char *string);
void text_add_bytes(struct text *text, const char *bytes, size_t length);
void text_add_char(struct text *text, char c);
void text_add_number(struct text *text, int64_t number);
void text_add_format(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The string, "" where nothing was added. Owned by TEXT, valid until the next addition. */
const char *text_string(const struct text *text);

/* Appends one code point in UTF-8. */
void text_add_code_point(struct text *text, uint32_t code_point);

/* The offset of the first byte that is not valid UTF-8, or LENGTH if all are. */
size_t text_valid_utf8(const char *s, size_t length);

/* How many characters S, which is UTF-8, has. */
size_t text_characters(const char *s);

/* How many bytes of S to show where at most MOST have room: no character is cut. */
size_t text_cut(const char *s, size_t most);

/* Columns that a code point takes on a terminal: 0, 1 or 2 (Unicode East Asian Width, by the
 * C library's C.UTF-8 tables). */
int text_width(uint32_t code_point);

/* Appends S as people may read it: each such code point, save those of ASCII in KEPT, and each byte
 * that is not UTF-8 as its mark. */
void text_add_visible(struct text *to, const char *s, const char *kept);

/* Cuts blanks (ASCII blanks and line ends, U+00A0, U+3000, U+FEFF) off both ends, in place;
 * returns the new start inside S. */
char *text_trim(char *s);
/* True where S holds nothing but such blanks. */
bool text_is_blank(const char *s);

/* Writes to OUT the form in which headers and names are compared: ASCII in lower case,
 * full-width ASCII made half-width, all blanks and underscores dropped. */
void text_fold(struct text *out, const char *s);

/* True where both fold to the same. */
bool text_same(const char *a, const char *b);
/* True where PART stands somewhere in S, both folded. */
bool text_contains(const char *s, const char *part);

/* Of COUNT words the one nearest to WORD by edit distance, or NULL where none is near enough to
 * be offered as "did you mean". */
const char *text_nearest(const char *word, const char *const *words, size_t count);

/* A list of the known words, in brackets, for fault_unknown: " (red 红色, yellow 黄色)". LIST, of
 * SIZE bytes, starts as ""; each call adds one, by its code and the office's word (NULL: none). */
void text_choice(char *list, size_t size, const char *code, const char *name);
/* The same of COUNT words that stand in an array of codes, each followed by its name. */
const char *text_choices(char *list, size_t size, const char *const *pairs, size_t count);

/* Words that add up: what an option that may be repeated has given; zeroed is none. */
enum { WANTED_MOST = 128 };
struct wanted {
    const char *list[WANTED_MOST + 1]; /* ended by NULL */
    int count;
};
/* Adds WORD, which stays the caller's; dies where there are too many. */
void wanted_add(struct wanted *wanted, const char *word);
/* True where WORD (may be NULL) is one of them, or where there are none: nothing was asked for. */
bool wanted_allows(const struct wanted *wanted, const char *word);

/* FNV-1a, 64 bits, for fingerprints (not against forgery). Start with TEXT_HASH_START. */
#define TEXT_HASH_START UINT64_C(14695981039346656037)
uint64_t text_hash(uint64_t hash, const void *bytes, size_t length);

#endif
