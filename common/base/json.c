#include "base/json.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/mem.h"

void json_add_string(struct text *out, const char *s)
{
    text_add_char(out, '"');
    for (const char *run = s;; s++) {
        unsigned char c = (unsigned char)*s;
        bool c1 = c == 0xc2 && (unsigned char)s[1] >= 0x80 && (unsigned char)s[1] < 0xa0;
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f && !c1)
            continue;
        text_add_bytes(out, run, (size_t)(s - run));
        s += c1;
        run = s + 1;
        if (!c)
            break;
        if (c == '"' || c == '\\')
            text_add_format(out, "\\%c", c);
        else if (c == '\n')
            text_add(out, "\\n");
        else if (c == '\t')
            text_add(out, "\\t");
        else
            text_add_format(out, "\\u%04x", c1 ? (unsigned char)*s : c);
    }
    text_add_char(out, '"');
}

void json_start(struct text *out)
{
    text_add_char(out, '{');
}

static void add_key(struct text *out, const char *key)
{
    if (out->data[out->length - 1] != '{')
        text_add_char(out, ',');
    json_add_string(out, key);
    text_add_char(out, ':');
}

void json_add_text(struct text *out, const char *key, const char *value)
{
    if (!value)
        return;
    add_key(out, key);
    json_add_string(out, value);
}

void json_add_number(struct text *out, const char *key, int64_t value)
{
    add_key(out, key);
    text_add_number(out, value);
}

void json_add_raw(struct text *out, const char *key, const char *json)
{
    if (!json)
        return;
    add_key(out, key);
    text_add(out, json);
}

void json_end(struct text *out)
{
    text_add_char(out, '}');
}

static void pass_member(json_member *member, void *context, const char *key, json_t *value)
{
    if (json_is_null(value)) {
        member(context, key, NULL);
    } else if (json_is_string(value)) {
        member(context, key, json_string_value(value));
    } else {
        char *written = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(15));
        if (!written)
            die("out of memory");
        member(context, key, written);
        free(written);
    }
}

bool json_read_object(const char *line, json_member *member, void *context, char *fault,
                      size_t size)
{
    json_error_t error;
    json_t *object = json_loads(line, JSON_REJECT_DUPLICATES, &error);
    if (!object) {
        snprintf(fault, size, "not JSON: column %d: %s", error.column, error.text);
        return false;
    }
    if (!json_is_object(object)) {
        snprintf(fault, size, "not a JSON object");
        json_decref(object);
        return false;
    }
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) pass_member(member, context, key, value);
    json_decref(object);
    return true;
}

const char *const *json_read_list(struct arena *arena, const char *json)
{
    json_t *list = json_loads(json, 0, NULL);
    size_t count = json_array_size(list);
    const char **texts = arena_zero(arena, (count + 1) * sizeof *texts);
    for (size_t i = 0, used = 0; i < count; i++) {
        const json_t *value = json_array_get(list, i);
        char *other = json_is_string(value) ? NULL : json_dumps(value, JSON_ENCODE_ANY);
        texts[used++] = arena_string(arena, other ? other : json_string_value(value));
        free(other);
    }
    json_decref(list);
    return texts;
}
