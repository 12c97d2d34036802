#include "policy/taxonomy.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/text.h"
#include "base/yamlfile.h"

static const char *const file_keys[] = {"classes", NULL};
static const char *const class_keys[] = {"class", "name", "also", "subclasses", NULL};
static const char *const subclass_keys[] = {"subclass", "name", "also", NULL};

static bool means(const struct term *term, const char *word)
{
    if (text_same(term->code, word) || text_same(term->name, word))
        return true;
    for (const char *const *also = term->also; *also; also++)
        if (text_same(*also, word))
            return true;
    return false;
}

const struct taxonomy_entry *taxonomy_find(const struct taxonomy *taxonomy, const char *word)
{
    for (int i = 0; i < taxonomy->count; i++)
        if (means(&taxonomy->entries[i].term, word))
            return &taxonomy->entries[i];
    return NULL;
}

/* Every word leads to one entry. */
static void refuse_taken(const struct taxonomy *taxonomy, const struct node *node, const char *word,
                         int *faults)
{
    const struct taxonomy_entry *other = *word ? taxonomy_find(taxonomy, word) : NULL;
    if (other)
        node_fault(node, faults, "\"%s\" means \"%s\" already (line %d)", word, other->term.code,
                   other->line);
}

static void add_entry(struct taxonomy *taxonomy, const struct node *node, const char *const *keys,
                      int class, int *faults)
{
    node_allow(node, faults, keys);
    struct term term = {.code = node_need(node, keys[0], faults),
                        .name = node_need(node, "name", faults)};
    term.also = node_texts(&taxonomy->arena, node_get(node, "also"), NULL, faults);
    refuse_taken(taxonomy, node, term.code, faults);
    refuse_taken(taxonomy, node, term.name, faults);
    for (const char *const *also = term.also; *also; also++)
        refuse_taken(taxonomy, node, *also, faults);
    taxonomy->entries[taxonomy->count++] = (struct taxonomy_entry){term, class, node->line};
}

static void read_class(struct taxonomy *taxonomy, const struct node *node, int *faults)
{
    const struct node *list = node_get(node, "subclasses");
    int class = taxonomy->count;
    add_entry(taxonomy, node, class_keys, class, faults);
    if (!node_is(list, NODE_LIST, faults))
        return;
    for (const struct node *item = list->first; item; item = item->next)
        if (node_is(item, NODE_MAP, faults))
            add_entry(taxonomy, item, subclass_keys, class, faults);
}

static size_t count_entries(const struct node *list)
{
    size_t count = 0;
    for (const struct node *item = list->first; item; item = item->next) {
        const struct node *below = node_get(item, "subclasses");
        count += 1 + (below ? (size_t)below->count : 0);
    }
    return count;
}

struct taxonomy taxonomy_load(struct config *config)
{
    struct taxonomy taxonomy = {.entries = NULL};
    int faults = 0;
    const struct node *root = yamlfile_read(&taxonomy.arena, config_path(config, "taxonomy.yaml"));
    if (!root || !node_is(root, NODE_MAP, &faults))
        exit(EXIT_BAD);
    node_allow(root, &faults, file_keys);
    const struct node *list = node_get(root, "classes");
    if (!list)
        node_fault(root, &faults, "\"classes\" is missing");
    else if (node_is(list, NODE_LIST, &faults)) {
        taxonomy.entries =
            arena_zero(&taxonomy.arena, (count_entries(list) + 1) * sizeof *taxonomy.entries);
        for (const struct node *item = list->first; item; item = item->next)
            if (node_is(item, NODE_MAP, &faults))
                read_class(&taxonomy, item, &faults);
    }
    if (faults)
        exit(EXIT_BAD);
    return taxonomy;
}

void taxonomy_free(struct taxonomy *taxonomy)
{
    arena_free(&taxonomy->arena);
    *taxonomy = (struct taxonomy){.entries = NULL};
}

const char *taxonomy_nearest(const struct taxonomy *taxonomy, const char *word)
{
    const char **words = NULL;
    size_t count = 0;
    for (int i = 0; i < taxonomy->count; i++) {
        const struct term *term = &taxonomy->entries[i].term;
        words = mem_grow(words, count, sizeof *words);
        words[count++] = term->code;
        words = mem_grow(words, count, sizeof *words);
        words[count++] = term->name;
        for (const char *const *also = term->also; *also; also++) {
            words = mem_grow(words, count, sizeof *words);
            words[count++] = *also;
        }
    }
    const char *nearest = text_nearest(word, words, count);
    free(words);
    return nearest;
}

bool taxonomy_is_class(const struct taxonomy *taxonomy, const struct taxonomy_entry *entry)
{
    return &taxonomy->entries[entry->class] == entry;
}

static const struct taxonomy_entry *find_code(const struct taxonomy *taxonomy, const char *code)
{
    for (int i = 0; code && i < taxonomy->count; i++)
        if (!strcmp(taxonomy->entries[i].term.code, code))
            return &taxonomy->entries[i];
    return NULL;
}

const struct taxonomy_entry *taxonomy_class_of(const struct taxonomy *taxonomy, const char *code)
{
    const struct taxonomy_entry *entry = find_code(taxonomy, code);
    return entry ? &taxonomy->entries[entry->class] : NULL;
}

const char *taxonomy_name(const struct taxonomy *taxonomy, const char *code)
{
    const struct taxonomy_entry *entry = find_code(taxonomy, code);
    return entry ? entry->term.name : code;
}

const char *const *taxonomy_below(const struct taxonomy *taxonomy, struct arena *arena,
                                  const char *code)
{
    const struct taxonomy_entry *entry = find_code(taxonomy, code);
    const char **codes = arena_zero(arena, ((size_t)taxonomy->count + 2) * sizeof *codes);
    size_t used = 0;
    codes[used++] = code;
    for (int i = 0; entry && taxonomy_is_class(taxonomy, entry) && i < taxonomy->count; i++)
        if (&taxonomy->entries[i] != entry && taxonomy->entries[i].class == entry->class)
            codes[used++] = taxonomy->entries[i].term.code;
    return codes;
}

const char *const *taxonomy_preferences(const struct taxonomy *taxonomy, struct arena *arena,
                                        const struct taxonomy_entry *entry)
{
    const char *code = entry->term.code;
    if (taxonomy_is_class(taxonomy, entry))
        return taxonomy_below(taxonomy, arena, code);
    const char **codes = arena_zero(arena, 3 * sizeof *codes);
    codes[0] = code;
    codes[1] = taxonomy_class_of(taxonomy, code)->term.code;
    return codes;
}
