/* json: writing JSON by hand, reading it by jansson (its only door). */
#ifndef QIFU_BASE_JSON_H
#define QIFU_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/mem.h"
#include "base/text.h"

/* Appends S, which is UTF-8, as a JSON string with its quotes; control characters and the others
 * that utf8_is_unseen names are escaped. */
void json_add_string(struct text *out, const char *s);

/* Building one object: json_start starts it, each json_add_* adds a member, json_end ends it.
 * A NULL text is left out. */
void json_start(struct text *out);
void json_add_text(struct text *out, const char *key, const char *value);
void json_add_number(struct text *out, const char *key, int64_t value);
void json_add_raw(struct text *out, const char *key, const char *json); /* NULL is left out */
void json_end(struct text *out);

/* Appends JSON, which json_add_string wrote, with each of its strings (keys too) as CHANGE makes
 * it; everything else as it stands. KEY is that of the member in which a string stands, NULL for a
 * key itself. */
typedef void json_change(struct text *out, const char *key, const char *value);
void json_change_strings(struct text *out, const char *json, json_change *change);

/* Reads LINE, one JSON object, and calls MEMBER for each member in order: texts as they are,
 * numbers and true/false as they are written, null as NULL, anything else as JSON text. Returns
 * false and writes the reason to FAULT where LINE is not one object or has a
 * key twice. */
typedef void json_member(void *context, const char *key, const char *value);
bool json_read_object(const char *line, json_member *member, void *context, struct fault *fault);

/* The texts of a JSON list, ended by NULL, in ARENA; other values as they are written. */
const char *const *json_read_list(struct arena *arena, const char *json);

#endif
