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

/* Building a list: json_list_add adds a text or a number, json_list_end ends it and returns its
 * text, NULL where none was added (for json_add_raw). */
void json_list_add(struct text *list, const char *word);
void json_list_add_number(struct text *list, int64_t number);
const char *json_list_end(struct text *list);

/* Appends JSON, which json_add_string wrote, with each of its strings (keys too) as CHANGE makes
 * it; everything else as it stands. KEY is that of the member in which a string stands, NULL for a
 * key itself. */
typedef void json_change(struct text *out, const char *key, const char *value);
void json_change_strings(struct text *out, const char *json, json_change *change);

/* In JSON that the functions above wrote: what stands behind the string at whose quote STRING is,
 * and behind any value, where there is the comma or the bracket that ends it, or the end. */
const char *json_behind_string(const char *string);
const char *json_behind(const char *value);

/* Reads LINE, one JSON object, and calls MEMBER for each member in order: texts as they are,
 * numbers and true/false as they are written, null as NULL, anything else as JSON text. Returns
 * false and writes the reason to FAULT where LINE is not one object or has a
 * key twice. */
typedef void json_member(void *context, const char *key, const char *value);
bool json_read_object(const char *line, json_member *member, void *context, struct fault *fault);
/* The same of an object that the functions above wrote, such as an event's data: no tree is made of
 * it, and it is not looked at for faults. */
void json_each_written(const char *object, json_member *member, void *context);

/* A JSON object in memory, whose members are asked for by name. NULL where TEXT is none. Free with
 * json_free; what it hands out lives as long. */
struct json;
struct json *json_read(const char *text);
void json_free(struct json *object);
/* A member as it is: NULL where it is absent or no text; 0 where it is no whole number or true. */
const char *json_text(const struct json *object, const char *key);
int64_t json_number(const struct json *object, const char *key);
bool json_has(const struct json *object, const char *key);
/* A number in millionths; false where it is none, or too large. */
bool json_decimal(const struct json *object, const char *key, int64_t *millionths);
/* A list: how many it has (0 where there is none), and its texts, numbers and objects by place. */
int json_count(const struct json *object, const char *key);
const char *json_text_at(const struct json *object, const char *key, int place);
int64_t json_number_at(const struct json *object, const char *key, int place);
const struct json *json_object_at(const struct json *object, const char *key, int place);

/* The texts of a JSON list, ended by NULL, in ARENA; other values as they are written. */
const char *const *json_read_list(struct arena *arena, const char *json);

#endif
