#include "orgfile.h"

#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "yamlfile.h"

static const char *const file_keys[] = {"groups", "organisations", NULL};
static const char *const org_keys[] = {"code", "name", "short", "group", "contact", "phone", NULL};

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

static struct org read_org(struct arena *arena, const struct node *node, const struct node *groups,
                           int *faults)
{
    node_allow(node, faults, org_keys);
    struct org org = {.code = node_need(node, "code", faults),
                      .name = node_need(node, "name", faults),
                      .peer_group = node_need(node, "group", faults),
                      .contact = node_text(node, "contact", NULL, faults),
                      .phone = node_text(node, "phone", NULL, faults)};
    org.short_names = node_texts(arena, node_get(node, "short"), NULL, faults);
    if (groups && *org.peer_group && !node_get(groups, org.peer_group))
        node_fault(node, faults, "no such group: \"%s\"", org.peer_group);
    return org;
}

struct org *orgfile_read(struct arena *arena, const char *path, int *count)
{
    int faults = 0;
    const struct node *root = read_root(arena, path, &faults);
    const struct node *list = node_get(root, "organisations"), *groups = node_get(root, "groups");
    struct org *orgs = NULL;
    *count = 0;
    if (!list || !groups)
        node_fault(root, &faults, "\"%s\" is missing", list ? "groups" : "organisations");
    else if (node_is(list, NODE_LIST, &faults) && node_is(groups, NODE_MAP, &faults)) {
        orgs = arena_zero(arena, (size_t)list->count * sizeof *orgs);
        for (const struct node *node = list->first; node; node = node->next)
            if (node_is(node, NODE_MAP, &faults))
                orgs[(*count)++] = read_org(arena, node, groups, &faults);
    }
    if (faults)
        exit(EXIT_BAD);
    return orgs;
}

const char *const *orgfile_groups(struct arena *arena, const char *path)
{
    int faults = 0;
    const struct node *groups = node_get(read_root(arena, path, &faults), "groups");
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
