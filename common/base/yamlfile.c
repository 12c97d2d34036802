#include "base/yamlfile.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/die.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/text.h"
#include "base/tongue.h"

enum { DEEPEST = 32, LARGEST = 16 * 1024 * 1024 };

struct reading {
    struct text bytes; /* the file's */
    yaml_parser_t parser;
    yaml_event_t event;
    struct arena *arena;
    const char *file;
};

/* A message may quote the file, and the operator's terminal reads it. */
static void warn_at(const char *file, size_t line, const char *what)
{
    struct text safe = {0};
    text_add_visible(&safe, tongue(what), "");
    warn("%s:%zu: %s", file, line, text_string(&safe));
    text_free(&safe);
}

static bool refuse(const struct reading *r, size_t line, const char *what)
{
    warn_at(r->file, line + 1, what);
    return false;
}

static bool refuse_here(const struct reading *r, const char *what)
{
    return refuse(r, r->event.start_mark.line, what);
}

/* The line, from 0, on which the byte at OFFSET stands. */
static size_t line_of(const struct reading *r, size_t offset)
{
    size_t line = 0;
    for (size_t i = 0; i < offset && i < r->bytes.length; i++)
        line += r->bytes.data[i] == '\n';
    return line;
}

/* Advances to the next event; false after a message on a syntax error. */
static bool advance(struct reading *r)
{
    yaml_event_delete(&r->event);
    if (yaml_parser_parse(&r->parser, &r->event))
        return true;
    memset(&r->event, 0, sizeof r->event);
    const yaml_parser_t *p = &r->parser;
    char what[256];
    if (p->error == YAML_READER_ERROR) /* it knows no line */
        return refuse(r, line_of(r, p->problem_offset), p->problem);
    snprintf(what, sizeof what, "%s%s%s", p->problem ? p->problem : "not YAML",
             p->context ? " " : "", p->context ? p->context : "");
    return refuse(r, p->problem_mark.line ? p->problem_mark.line : p->context_mark.line, what);
}

static struct node *new_node(struct reading *r, enum node_type type)
{
    struct node *node = arena_zero(r->arena, sizeof *node);
    node->type = type;
    node->file = r->file;
    node->line = (int)r->event.start_mark.line + 1;
    node->text = "";
    return node;
}

static struct node *read_node(struct reading *r, int depth);

static struct node *read_scalar(struct reading *r)
{
    struct node *node = new_node(r, NODE_TEXT);
    const char *value = (const char *)r->event.data.scalar.value;
    size_t length = r->event.data.scalar.length;
    if (memchr(value, '\0', length)) {
        refuse_here(r, "a NUL character in a text");
        return NULL;
    }
    node->text = arena_bytes(r->arena, value, length);
    return node;
}

static void append(struct node *parent, struct node ***tail, struct node *child)
{
    **tail = child;
    *tail = &child->next;
    parent->count++;
}

static struct node *read_list(struct reading *r, int depth)
{
    struct node *list = new_node(r, NODE_LIST), **tail = &list->first;
    while (advance(r)) {
        if (r->event.type == YAML_SEQUENCE_END_EVENT)
            return list;
        struct node *item = read_node(r, depth + 1);
        if (!item)
            return NULL;
        append(list, &tail, item);
    }
    return NULL;
}

/* The keys of one map, by open addressing; at most half of the places are taken. */
struct keys {
    const char **places;
    size_t size, count;
};

static const char **find_key(const struct keys *keys, const char *key)
{
    size_t place = text_hash(TEXT_HASH_START, key, strlen(key)) & (keys->size - 1);
    while (keys->places[place] && strcmp(keys->places[place], key) != 0)
        place = (place + 1) & (keys->size - 1);
    return &keys->places[place];
}

static void grow_keys(struct keys *keys)
{
    struct keys old = *keys;
    keys->size = old.size ? 2 * old.size : 16;
    keys->places = mem_zero(keys->size, sizeof *keys->places);
    for (size_t i = 0; i < old.size; i++)
        if (old.places[i])
            *find_key(keys, old.places[i]) = old.places[i];
    free(old.places);
}

/* False where the map has KEY already. */
static bool add_key(struct keys *keys, const char *key)
{
    if (2 * keys->count >= keys->size)
        grow_keys(keys);
    const char **place = find_key(keys, key);
    if (*place)
        return false;
    *place = key;
    keys->count++;
    return true;
}

/* The present event as the next key of a map; NULL after a message where it cannot be one. */
static struct node *read_key(struct reading *r, struct keys *keys)
{
    if (r->event.type != YAML_SCALAR_EVENT) {
        refuse_here(r, "a key must be a plain text");
        return NULL;
    }
    struct node *key = read_scalar(r);
    if (!key || add_key(keys, key->text))
        return key;
    char what[256];
    snprintf(what, sizeof what, tongue("duplicate key \"%s\""), key->text);
    refuse_here(r, what);
    return NULL;
}

/* False after a message. */
static bool read_members(struct reading *r, int depth, struct node *map, struct keys *keys)
{
    struct node **tail = &map->first;
    while (advance(r)) {
        if (r->event.type == YAML_MAPPING_END_EVENT)
            return true;
        struct node *key = read_key(r, keys);
        struct node *value = key && advance(r) ? read_node(r, depth + 1) : NULL;
        if (!value)
            return false;
        value->key = key->text;
        value->line = key->line;
        append(map, &tail, value);
    }
    return false;
}

static struct node *read_map(struct reading *r, int depth)
{
    struct node *map = new_node(r, NODE_MAP);
    struct keys keys = {.size = 0};
    bool good = read_members(r, depth, map, &keys);
    free(keys.places);
    return good ? map : NULL;
}

static bool has_anchor(const yaml_event_t *event)
{
    return (event->type == YAML_SCALAR_EVENT && event->data.scalar.anchor) ||
           (event->type == YAML_SEQUENCE_START_EVENT && event->data.sequence_start.anchor) ||
           (event->type == YAML_MAPPING_START_EVENT && event->data.mapping_start.anchor);
}

/* Turns the present event, and those that belong to it, into a node. */
static struct node *read_node(struct reading *r, int depth)
{
    if (depth > DEEPEST) {
        refuse_here(r, "nested too deeply");
        return NULL;
    }
    if (r->event.type == YAML_ALIAS_EVENT || has_anchor(&r->event)) {
        refuse_here(r, "anchors and aliases are not used here: write the value out");
        return NULL;
    }
    switch (r->event.type) {
    case YAML_SCALAR_EVENT: return read_scalar(r);
    case YAML_SEQUENCE_START_EVENT: return read_list(r, depth);
    case YAML_MAPPING_START_EVENT: return read_map(r, depth);
    default: refuse_here(r, "a value is missing"); return NULL;
    }
}

static struct node *read_document(struct reading *r)
{
    if (!advance(r) || !advance(r)) /* stream start; document start */
        return NULL;
    if (r->event.type == YAML_STREAM_END_EVENT) {
        refuse(r, 0, N_("the file is empty"));
        return NULL;
    }
    struct node *root = advance(r) ? read_node(r, 0) : NULL;
    if (!root || !advance(r) || !advance(r)) /* document end; stream end */
        return NULL;
    if (r->event.type != YAML_STREAM_END_EVENT) {
        refuse_here(r, "a second document: one file holds one");
        return NULL;
    }
    return root;
}

/* Reads the whole file; false after a message where it cannot, or where it is not UTF-8. */
static bool read_bytes(struct reading *r, const char *path)
{
    char block[64 * 1024];
    const char *why;
    FILE *file = file_open(path, &why);
    if (!file) {
        warn("%s: %s", path, why);
        return false;
    }
    for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;) {
        text_add_bytes(&r->bytes, block, got);
        if (r->bytes.length > LARGEST)
            break;
    }
    bool failed = ferror(file) != 0;
    int reason = errno;
    fclose(file);
    if (failed || r->bytes.length > LARGEST) {
        warn("%s: %s", path, failed ? tongue_error(reason) : tongue("larger than 16 MiB"));
        return false;
    }
    size_t good = text_valid_utf8(text_string(&r->bytes), r->bytes.length);
    return good == r->bytes.length ||
           refuse(r, line_of(r, good), N_("not UTF-8: save the file in that encoding"));
}

struct node *yamlfile_read(struct arena *arena, const char *path)
{
    struct reading r = {.arena = arena, .file = arena_string(arena, path)};
    struct node *root = NULL;
    if (read_bytes(&r, path)) {
        if (!yaml_parser_initialize(&r.parser))
            die("out of memory");
        yaml_parser_set_input_string(&r.parser, (const unsigned char *)text_string(&r.bytes),
                                     r.bytes.length);
        root = read_document(&r);
        yaml_event_delete(&r.event);
        yaml_parser_delete(&r.parser);
    }
    text_free(&r.bytes);
    return root;
}

void node_fault(const struct node *node, int *faults, const char *format, ...)
{
    char what[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, tongue(format), arguments);
    va_end(arguments);
    warn_at(node->file, (size_t)node->line, what);
    ++*faults;
}

struct node *node_get(const struct node *map, const char *key)
{
    for (struct node *child = map->first; map->type == NODE_MAP && child; child = child->next)
        if (!strcmp(child->key, key))
            return child;
    return NULL;
}

bool node_is(const struct node *node, enum node_type type, int *faults)
{
    static const char *const names[] = {N_("a text"), N_("a list"), N_("a map of keys and values")};
    if (!node)
        return false;
    if (node->type == type)
        return true;
    if (node->key)
        node_fault(node, faults, "\"%s\" must be %s", node->key, tongue(names[type]));
    else
        node_fault(node, faults, "%s is expected here", tongue(names[type]));
    return false;
}

/* " (a, b or c)", of all KEYS: what there is, where none is near. */
static void list_keys(struct text *list, const char *const *keys, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_add_format(list, "%s%s", i == 0 ? " (" : i + 1 < count ? ", " : " or ", keys[i]);
    text_add(list, ")");
}

static bool is_among(const char *key, const char *const *keys)
{
    while (*keys && strcmp(key, *keys) != 0)
        keys++;
    return *keys;
}

static void refuse_key(const struct node *child, int *faults, const char *const *keys)
{
    struct text list = {0};
    struct fault fault = {""};
    size_t count = 0;
    while (keys[count])
        count++;
    list_keys(&list, keys, count);
    node_fault(
        child, faults, "%s",
        fault_unknown(&fault, "key", child->key, text_nearest(child->key, keys, count), list.data));
    text_free(&list);
}

void node_allow(const struct node *map, int *faults, const char *const *keys)
{
    for (const struct node *child = map->first; child; child = child->next)
        if (!is_among(child->key, keys))
            refuse_key(child, faults, keys);
}

const char *node_text(const struct node *map, const char *key, const char *otherwise, int *faults)
{
    const struct node *node = node_get(map, key);
    if (!node)
        return otherwise;
    return node_is(node, NODE_TEXT, faults) ? node->text : otherwise;
}

const char *node_need(const struct node *map, const char *key, int *faults)
{
    const char *text = node_text(map, key, NULL, faults);
    if (text && *text)
        return text;
    if (text || !node_get(map, key))
        node_fault(map, faults, "\"%s\" is missing", key);
    return "";
}

int node_number(const struct node *map, const char *key, int least, int most, int otherwise,
                int *faults)
{
    const char *text = node_text(map, key, NULL, faults);
    if (!text)
        return otherwise;
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (!*text || *end || errno || value < least || value > most) {
        node_fault(node_get(map, key), faults, "\"%s\" must be a whole number from %d to %d", key,
                   least, most);
        return otherwise;
    }
    return (int)value;
}

bool node_yes(const struct node *map, const char *key, bool otherwise, int *faults)
{
    const char *text = node_text(map, key, NULL, faults);
    if (!text)
        return otherwise;
    if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
        node_fault(node_get(map, key), faults, "\"%s\" must be true or false", key);
    return !strcmp(text, "true");
}

const char *const *node_texts(struct arena *arena, const struct node *node, int *count, int *faults)
{
    size_t room = node && node->type == NODE_LIST ? (size_t)node->count : 1;
    const char **texts = arena_zero(arena, (room + 1) * sizeof *texts);
    size_t used = 0;
    if (node && node->type == NODE_TEXT)
        texts[used++] = node->text;
    else if (node && node_is(node, NODE_LIST, faults))
        for (const struct node *item = node->first; item; item = item->next)
            if (node_is(item, NODE_TEXT, faults))
                texts[used++] = item->text;
    if (count)
        *count = (int)used;
    return texts;
}

void node_alone(const struct node *list, const struct node *item, const char *key, int *faults)
{
    const struct node *code = node_get(item, key);
    for (const struct node *other = list->first; code && other != item; other = other->next) {
        const struct node *same = node_get(other, key);
        if (same && !strcmp(same->text, code->text))
            node_fault(code, faults, "%s \"%s\" is already on line %d", key, code->text,
                       same->line);
    }
}

const struct node *node_items(const struct node *root, const char *key, const char *const *keys,
                              bool needed, int *faults)
{
    const struct node *list = node_get(root, key);
    if (!list && needed)
        node_fault(root, faults, "\"%s\" is missing", key);
    if (!node_is(list, NODE_LIST, faults))
        return NULL;
    for (const struct node *item = list->first; item; item = item->next)
        if (node_is(item, NODE_MAP, faults)) {
            node_allow(item, faults, keys);
            node_alone(list, item, keys[0], faults);
        }
    return list;
}
