#include "center/org_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/text.h"
#include "base/yamlfile.h"
#include "center/org_field.h"

static const char *const file_keys[] = {"groups", "organisations", NULL};

/* The keys of an entry: the fields, but for who enters it and when. */
static const char *const *entry_keys(void)
{
    static const char *keys[ORG_FIELD_COUNT + 1];
    size_t count = 0;
    for (int i = 0; i < ORG_FIELD_COUNT; i++)
        if (i == ORG_SHORT || org_field(i)->member)
            keys[count++] = org_field(i)->name;
    return keys;
}

static const struct node *read_root(struct arena *arena, const char *path, int *faults)
{
    const struct node *root = yamlfile_read(arena, path);
    if (!root)
        exit(EXIT_BAD);
    if (!node_is(root, NODE_MAP, faults))
        exit(EXIT_BAD);
    node_allow(root, faults, file_keys);
    return root;
}

/* Both parts of the file; a fault for each that is missing. */
static void need_parts(const struct node *root, int *faults)
{
    for (int i = 0; file_keys[i]; i++)
        if (!node_get(root, file_keys[i]))
            node_fault(root, faults, "\"%s\" is missing", file_keys[i]);
}

static struct org read_org(struct arena *arena, const struct node *node, const struct node *groups,
                           int *faults)
{
    struct org org = {.id = 0};
    node_allow(node, faults, entry_keys());
    for (int i = 0; i < ORG_FIELD_COUNT; i++) {
        const struct field *field = org_field(i);
        if (field->flags & ORG_REQUIRED)
            *field_text_at(field, &org) = node_need(node, field->name, faults);
        else if (field->member)
            *field_text_at(field, &org) = node_text(node, field->name, NULL, faults);
    }
    org.short_names = node_texts(arena, node_get(node, "short"), NULL, faults);
    if (groups && *org.peer_group && !node_get(groups, org.peer_group))
        node_fault(node, faults, "no such group: \"%s\"", org.peer_group);
    return org;
}

/* A second entry would change the first one, on every run. */
static void refuse_second(const struct orgfile_entry *entries, int count, const struct node *node,
                          const struct org *org, int *faults)
{
    for (int i = 0; i < count; i++)
        if (*org->code && !strcmp(entries[i].org.code, org->code))
            node_fault(node, faults, "organisation \"%s\" is already on line %d", org->code,
                       entries[i].line);
}

struct orgfile_entry *orgfile_read(struct arena *arena, const char *path, int *count)
{
    int faults = 0;
    const struct node *root = read_root(arena, path, &faults);
    const struct node *list = node_get(root, "organisations"), *groups = node_get(root, "groups");
    struct orgfile_entry *entries = NULL;
    *count = 0;
    need_parts(root, &faults);
    if (node_is(list, NODE_LIST, &faults) && node_is(groups, NODE_MAP, &faults)) {
        entries = arena_zero(arena, (size_t)list->count * sizeof *entries);
        for (const struct node *node = list->first; node; node = node->next)
            if (node_is(node, NODE_MAP, &faults)) {
                struct org org = read_org(arena, node, groups, &faults);
                refuse_second(entries, *count, node, &org, &faults);
                entries[(*count)++] = (struct orgfile_entry){org, node->line};
            }
    }
    if (faults)
        exit(EXIT_BAD);
    return entries;
}

const char *const *orgfile_groups(struct arena *arena, const char *path)
{
    int faults = 0;
    const struct node *root = read_root(arena, path, &faults);
    const struct node *groups = node_get(root, "groups");
    need_parts(root, &faults);
    if (!node_is(groups, NODE_MAP, &faults) || faults)
        exit(EXIT_BAD);
    const char **words = arena_zero(arena, (size_t)(2 * groups->count + 1) * sizeof *words);
    size_t used = 0;
    for (const struct node *node = groups->first; node; node = node->next) {
        words[used++] = node->key;
        words[used++] = node->text;
    }
    return words;
}

const char *orgfile_group(const char *const *groups, const char *word)
{
    for (; *groups; groups += 2)
        if (text_same(groups[0], word) || text_same(groups[1], word))
            return groups[0];
    return NULL;
}

const char *orgfile_unknown_group(const char *const *groups, const char *word, struct fault *fault)
{
    char list[512];
    size_t count = 0;
    while (groups[count])
        count++;
    return fault_unknown(fault, "group", word, text_nearest(word, groups, count),
                         count <= 24 ? text_choices(list, sizeof list, groups, count)
                                     : "; organisations.yaml lists them");
}
