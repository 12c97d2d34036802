#include "cli/headers.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/yamlfile.h"

struct header {
    const char *word, *folded;
    int field;
};

/* The place of a word in the list, or -1. */
static int find_folded(const struct headers *headers, const char *folded)
{
    for (int i = 0; i < headers->count; i++)
        if (!strcmp(headers->list[i].folded, folded))
            return i;
    return -1;
}

bool headers_add(struct headers *headers, const char *word, int field, int *meant)
{
    text_fold(&headers->folded, word);
    int known = find_folded(headers, text_string(&headers->folded));
    if (known >= 0) {
        *meant = headers->list[known].field;
        return *meant == field;
    }
    headers->list = mem_grow(headers->list, (size_t)headers->count, sizeof *headers->list);
    headers->list[headers->count++] =
        (struct header){arena_string(&headers->arena, word),
                        arena_string(&headers->arena, text_string(&headers->folded)), field};
    return true;
}

void headers_join(struct headers *headers, const struct headers *more, int count)
{
    int meant;
    for (int i = 0; i < more->count; i++)
        if (more->list[i].field < count)
            headers_add(headers, more->list[i].word, more->list[i].field, &meant);
}

static void add(struct headers *headers, const char *word, int field, const struct node *node,
                const char *const *fields, int *faults)
{
    int meant;
    if (!headers_add(headers, word, field, &meant))
        node_fault(node, faults, "\"%s\" already means %s", word, fields[meant]);
}

struct headers headers_load(const char *path, const char *record, const char *const *fields)
{
    struct headers headers = {0};
    struct arena tree = {0};
    int faults = 0;
    const struct node *root = yamlfile_read(&tree, path);
    if (!root)
        exit(EXIT_BAD);
    const struct node *map = node_get(root, record);
    if (!map)
        node_fault(root, &faults, "\"%s\" is missing", record);
    else if (node_is(map, NODE_MAP, &faults))
        node_allow(map, &faults, fields);
    for (int field = 0; fields[field]; field++) {
        const struct node *node = map ? node_get(map, fields[field]) : NULL;
        const char *const *words = node_texts(&tree, node, NULL, &faults);
        add(&headers, fields[field], field, node ? node : root, fields, &faults);
        for (; *words; words++)
            add(&headers, *words, field, node, fields, &faults);
    }
    arena_free(&tree);
    if (faults)
        exit(EXIT_BAD);
    return headers;
}

void headers_free(struct headers *headers)
{
    free(headers->list);
    text_free(&headers->folded);
    arena_free(&headers->arena);
}

int headers_find(struct headers *headers, const char *header)
{
    int rank = headers_rank(headers, header);
    return rank < 0 ? -1 : headers->list[rank].field;
}

int headers_rank(struct headers *headers, const char *header)
{
    text_fold(&headers->folded, header);
    return find_folded(headers, text_string(&headers->folded));
}

const char *headers_nearest(const struct headers *headers, const char *header)
{
    const char **words = mem_zero((size_t)headers->count + 1, sizeof *words);
    for (int i = 0; i < headers->count; i++)
        words[i] = headers->list[i].word;
    const char *nearest = text_nearest(header, words, (size_t)headers->count);
    free(words);
    return nearest;
}
