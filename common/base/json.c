#include "base/json.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/die.h"
#include "base/mem.h"

static void add_escape(struct text *out, uint32_t c)
{
    if (c == '\n')
        text_add(out, "\\n");
    else if (c == '\t')
        text_add(out, "\\t");
    else if (c == '"' || c == '\\')
        text_add_format(out, "\\%c", (char)c);
    else if (c < 0x10000)
        text_add_format(out, "\\u%04x", (unsigned)c);
    else
        text_add_format(out, "\\u%04x\\u%04x", 0xd800 + (unsigned)((c - 0x10000) >> 10),
                        0xdc00 + (unsigned)(c & 0x3ff));
}

void json_add_string(struct text *out, const char *s)
{
    const char *run = s, *end = s + strlen(s);
    text_add_char(out, '"');
    while (s < end) {
        unsigned char first = (unsigned char)*s;
        uint32_t c = first;
        size_t n = first < 0x80 ? 1 : utf8_decode(s, end, &c);
        s += n ? n : 1;
        if (!n || (c >= 0x20 && c < 0x7f ? c != '"' && c != '\\' : !utf8_is_unseen(c)))
            continue;
        text_add_bytes(out, run, (size_t)(s - n - run));
        add_escape(out, c);
        run = s;
    }
    text_add_bytes(out, run, (size_t)(end - run));
    text_add_char(out, '"');
}

/* The four hexadecimal digits at S, 0 where they are none. */
static uint32_t hexadecimal(const char *s)
{
    char digits[5] = "";
    memcpy(digits, s, strnlen(s, 4));
    return strspn(digits, "0123456789abcdefABCDEF") == 4 ? (uint32_t)strtoul(digits, NULL, 16) : 0;
}

/* Appends what the escape at S, behind its backslash, stands for; returns its bytes. */
static size_t add_unescaped(struct text *out, const char *s)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    const char *plain = strchr(from, *s);
    if (*s != 'u') {
        text_add_char(out, plain && *s ? to[plain - from] : *s);
        return *s ? 1 : 0;
    }
    uint32_t c = hexadecimal(s + 1);
    if (!c)
        return 1;
    if (c < 0xd800 || c > 0xdbff || s[5] != '\\' || s[6] != 'u') {
        text_add_code_point(out, c);
        return 5;
    }
    text_add_code_point(out, 0x10000 + ((c - 0xd800) << 10 | (hexadecimal(s + 7) & 0x3ff)));
    return 11;
}

/* Reads the string behind whose quote S stands into PLAIN; returns what follows it. */
static const char *read_string(struct text *plain, const char *s)
{
    text_clear(plain);
    while (*s && *s != '"') {
        size_t run = strcspn(s, "\"\\");
        text_add_bytes(plain, s, run);
        s += run;
        if (*s == '\\')
            s += 1 + add_unescaped(plain, s + 1);
    }
    return s + (*s == '"');
}

void json_change_strings(struct text *out, const char *json, json_change *change)
{
    struct text plain = {0}, changed = {0}, key = {0};
    for (const char *s = json; *s;) {
        size_t outside = strcspn(s, "\"");
        text_add_bytes(out, s, outside);
        s += outside;
        if (!*s)
            break;
        s = read_string(&plain, s + 1);
        bool is_key = *s == ':';
        if (is_key) {
            text_clear(&key);
            text_add(&key, text_string(&plain));
        }
        text_clear(&changed);
        change(&changed, is_key ? NULL : text_string(&key), text_string(&plain));
        json_add_string(out, text_string(&changed));
    }
    text_free(&plain);
    text_free(&changed);
    text_free(&key);
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

void json_list_add(struct text *list, const char *word)
{
    text_add_char(list, list->length ? ',' : '[');
    json_add_string(list, word);
}

void json_list_add_number(struct text *list, int64_t number)
{
    text_add_char(list, list->length ? ',' : '[');
    text_add_number(list, number);
}

const char *json_list_end(struct text *list)
{
    if (!list->length)
        return NULL;
    text_add_char(list, ']');
    return list->data;
}

const char *json_behind_string(const char *s)
{
    for (s++; *s && *s != '"'; s++)
        if (*s == '\\' && s[1])
            s++;
    return *s ? s + 1 : s;
}

const char *json_behind(const char *s)
{
    for (int depth = 0; *s;) {
        if (*s == '"') {
            s = json_behind_string(s);
            continue;
        }
        if (!depth && (*s == ',' || *s == '}' || *s == ']'))
            break;
        depth += (*s == '{' || *s == '[') - (*s == '}' || *s == ']');
        s++;
    }
    return s;
}

void json_each_written(const char *object, json_member *member, void *context)
{
    struct text key = {0}, value = {0};
    const char *s = object + (*object == '{');
    while (*s == '"') {
        s = read_string(&key, s + 1);
        const char *from = s + (*s == ':'), *end = json_behind(from);
        text_clear(&value);
        if (*from == '"')
            read_string(&value, from + 1);
        else
            text_add_bytes(&value, from, (size_t)(end - from));
        bool is_null = *from == 'n';
        member(context, text_string(&key), is_null ? NULL : text_string(&value));
        s = end + (*end == ',');
    }
    text_free(&key);
    text_free(&value);
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

bool json_read_object(const char *line, json_member *member, void *context, struct fault *fault)
{
    json_error_t error;
    json_t *object = json_loads(line, JSON_REJECT_DUPLICATES, &error);
    if (!object) {
        fault_add(fault, "not JSON: column %d: %s", error.column, error.text);
        return false;
    }
    if (!json_is_object(object)) {
        fault_add(fault, "not a JSON object");
        json_decref(object);
        return false;
    }
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) pass_member(member, context, key, value);
    json_decref(object);
    return true;
}

struct json *json_read(const char *text)
{
    json_t *object = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(object))
        return (struct json *)object;
    json_decref(object);
    return NULL;
}

void json_free(struct json *object)
{
    json_decref((json_t *)object);
}

static json_t *member(const struct json *object, const char *key)
{
    return json_object_get((const json_t *)object, key);
}

static int64_t number_of(const json_t *value)
{
    return json_is_true(value) ? 1 : json_integer_value(value);
}

const char *json_text(const struct json *object, const char *key)
{
    return json_string_value(member(object, key));
}

int64_t json_number(const struct json *object, const char *key)
{
    return number_of(member(object, key));
}

bool json_has(const struct json *object, const char *key)
{
    return member(object, key) != NULL;
}

bool json_decimal(const struct json *object, const char *key, int64_t *millionths)
{
    char written[400]; /* the largest double has 309 digits */
    const json_t *value = member(object, key);
    if (json_is_integer(value))
        snprintf(written, sizeof written, "%lld", (long long)json_integer_value(value));
    else if (json_is_real(value))
        snprintf(written, sizeof written, "%.6f", json_real_value(value));
    else
        return false;
    return decimal_parse(written, millionths);
}

int json_count(const struct json *object, const char *key)
{
    return (int)json_array_size(member(object, key));
}

const char *json_text_at(const struct json *object, const char *key, int place)
{
    return json_string_value(json_array_get(member(object, key), (size_t)place));
}

int64_t json_number_at(const struct json *object, const char *key, int place)
{
    return number_of(json_array_get(member(object, key), (size_t)place));
}

const struct json *json_object_at(const struct json *object, const char *key, int place)
{
    json_t *item = json_array_get(member(object, key), (size_t)place);
    return json_is_object(item) ? (const struct json *)item : NULL;
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
