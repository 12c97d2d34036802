/* All registers of a configuration. */
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/text.h"
#include "register/registry_private.h"

static const char folder[] = "registers/", ending[] = ".yaml";

static struct registry *read_one(struct config *config, const char *name, int *faults)
{
    const char *file = name + sizeof folder - 1;
    size_t length = strlen(file) - (sizeof ending - 1);
    const char *code = arena_bytes(&config->arena, file, length);
    return registry_read(config, code, config_path(config, name), faults);
}

const struct registry_set *registry_all(struct config *config)
{
    if (config->registers)
        return config->registers;
    struct config_files files = config_files_below(&config->arena, config->directory, folder);
    struct registry_set *set = arena_zero(&config->arena, sizeof *set);
    set->list = arena_zero(&config->arena, files.count * sizeof *set->list);
    int faults = 0;
    for (size_t i = 0; i < files.count; i++)
        if (strlen(files.list[i].name) > sizeof ending - 1 &&
            !strcmp(files.list[i].name + strlen(files.list[i].name) - (sizeof ending - 1), ending))
            set->list[set->count++] = read_one(config, files.list[i].name, &faults);
    free(files.list);
    if (faults)
        exit(EXIT_BAD);
    for (int i = 0; i < set->count; i++)
        set->figure_count += set->list[i]->figure_count;
    config->registers = set;
    return set;
}

const struct registry_figure *registry_figure(const struct registry_set *set, int n)
{
    int i = 0;
    for (; n >= set->list[i]->figure_count; i++)
        n -= set->list[i]->figure_count;
    return &set->list[i]->figures[n];
}

const struct registry *registry_find(struct config *config, const char *word)
{
    const struct registry_set *all = registry_all(config);
    for (int i = 0; i < all->count; i++)
        if (text_same(all->list[i]->code, word) || text_same(all->list[i]->name, word))
            return all->list[i];
    return NULL;
}

const char *registry_unknown(struct config *config, const char *word, struct fault *fault)
{
    char list[1024] = "";
    const struct registry_set *all = registry_all(config);
    for (int i = 0; i < all->count; i++)
        text_choice(list, sizeof list, all->list[i]->code, all->list[i]->name);
    return fault_unknown(fault, "register", word, NULL, list);
}

const struct registry *registry_need(struct config *config, const char *word)
{
    struct fault fault = {""};
    const struct registry *found = registry_find(config, word);
    if (!found)
        die("%s", registry_unknown(config, word, &fault));
    return found;
}
