#include "policy/source_file.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/tongue.h"
#include "base/url.h"
#include "base/yamlfile.h"

static const char *const file_keys[] = {"sources", NULL};
static const char *const source_keys[] = {"source", "name", "group", "address",
                                          "person", "org",  NULL};

/* Codes and the office's names in turn. */
static const char *const groups[] = {"national", "国家",       "province", "省级", "city",
                                     "市级",     "department", "部门",     "news", "新闻"};
enum { GROUP_WORDS = sizeof groups / sizeof *groups };

const char *sourcefile_group(const char *word)
{
    for (int i = 0; i < GROUP_WORDS; i++)
        if (text_same(groups[i], word))
            return groups[i - i % 2];
    return NULL;
}

const char *sourcefile_nearest_group(const char *word)
{
    return text_nearest(word, groups, GROUP_WORDS);
}

const char *sourcefile_list_groups(char *list, size_t size)
{
    return text_choices(list, size, groups, GROUP_WORDS);
}

const char *sourcefile_group_name(const char *code)
{
    for (int i = 0; i < GROUP_WORDS; i += 2)
        if (text_same(groups[i], code))
            return groups[i + 1];
    return code;
}

const struct source *sourcefile_find(const struct sources *sources, const char *word)
{
    for (int i = 0; i < sources->count; i++)
        if (text_same(sources->list[i].code, word) || text_same(sources->list[i].name, word))
            return &sources->list[i];
    return NULL;
}

const char *sourcefile_nearest(const struct sources *sources, const char *word)
{
    const char **words = NULL;
    size_t count = 0;
    for (int i = 0; i < sources->count; i++) {
        words = mem_grow(words, count, sizeof *words);
        words[count++] = sources->list[i].code;
        words = mem_grow(words, count, sizeof *words);
        words[count++] = sources->list[i].name;
    }
    const char *nearest = text_nearest(word, words, count);
    free(words);
    return nearest;
}

/* Every word leads to one source. */
static void refuse_taken(const struct sources *sources, const struct node *node, const char *word,
                         int *faults)
{
    const struct source *other = *word ? sourcefile_find(sources, word) : NULL;
    if (other)
        node_fault(node, faults, "\"%s\" is the source of line %d already", word, other->line);
}

static void check_values(const struct node *node, struct source *source, int *faults)
{
    const char *group = *source->group ? sourcefile_group(source->group) : source->group;
    struct fault what = {""};
    char list[256];
    if (!group)
        node_fault(node, faults, "%s",
                   fault_unknown(&what, "group", source->group,
                                 sourcefile_nearest_group(source->group),
                                 sourcefile_list_groups(list, sizeof list)));
    else
        source->group = group;
    const char *fault = source->address ? address_fault(source->address) : NULL;
    if (fault)
        node_fault(node, faults, "address \"%s\": %s", source->address, tongue(fault));
}

static void read_source(struct sources *sources, const struct node *node, int *faults)
{
    node_allow(node, faults, source_keys);
    struct source source = {.code = node_need(node, "source", faults),
                            .name = node_need(node, "name", faults),
                            .group = node_need(node, "group", faults),
                            .address = node_text(node, "address", NULL, faults),
                            .person = node_text(node, "person", NULL, faults),
                            .org = node_text(node, "org", NULL, faults),
                            .line = node->line};
    refuse_taken(sources, node, source.code, faults);
    if (!text_same(source.code, source.name))
        refuse_taken(sources, node, source.name, faults);
    check_values(node, &source, faults);
    sources->list[sources->count++] = source;
}

struct sources sourcefile_load(struct config *config)
{
    struct sources sources = {.list = NULL};
    int faults = 0;
    const struct node *root = yamlfile_read(&sources.arena, config_path(config, "sources.yaml"));
    if (!root || !node_is(root, NODE_MAP, &faults))
        exit(EXIT_BAD);
    node_allow(root, &faults, file_keys);
    const struct node *list = node_get(root, file_keys[0]);
    if (!list)
        node_fault(root, &faults, "\"%s\" is missing", file_keys[0]);
    else if (node_is(list, NODE_LIST, &faults)) {
        sources.list = arena_zero(&sources.arena, ((size_t)list->count + 1) * sizeof *sources.list);
        for (const struct node *node = list->first; node; node = node->next)
            if (node_is(node, NODE_MAP, &faults))
                read_source(&sources, node, &faults);
    }
    if (faults)
        exit(EXIT_BAD);
    return sources;
}

void sourcefile_free(struct sources *sources)
{
    arena_free(&sources->arena);
    *sources = (struct sources){.list = NULL};
}
