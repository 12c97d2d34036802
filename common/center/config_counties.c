/* The counties of center.yaml that are centers of their own. */
#include <string.h>

#include "center/config_private.h"

static const char *const county_keys[] = {"center",    "bureaus",  "dispatch_days", "catalogue",
                                          "conveners", "channels", "supervisors",   NULL};

/* The county's center alone where none are named. */
static void read_conveners(struct config *config, struct county *county, const struct node *item,
                           int *faults)
{
    const char **alone = arena_zero(&config->arena, 2 * sizeof *alone);
    alone[0] = county->center;
    county->conveners = node_texts(&config->arena, node_get(item, "conveners"), NULL, faults);
    if (!county->conveners[0])
        county->conveners = alone;
}

static bool has_channel(const struct county *county, const char *code)
{
    for (const char *const *own = county->channels; *own; own++)
        if (!strcmp(*own, code))
            return true;
    return false;
}

/* What comes by a channel is filed with one center. */
static void read_channels(struct config *config, struct county *county, const struct node *item,
                          int *faults)
{
    const struct node *list = node_get(item, "channels");
    int count;
    const char *const *words = node_texts(&config->arena, list, &count, faults);
    const char **codes = arena_zero(&config->arena, ((size_t)count + 1) * sizeof *codes);
    county->channels = codes;
    for (int i = 0; i < count; i++) {
        const struct term *channel = config_channel(config, words[i]);
        if (!channel)
            node_fault(list, faults, "no such channel: \"%s\"", words[i]);
        for (const struct county *other = config->counties; channel && other < county; other++)
            if (has_channel(other, channel->code))
                node_fault(list, faults, "channel \"%s\" is %s's", channel->code, other->center);
        codes[i] = channel ? channel->code : words[i];
    }
}

const struct county *config_county_of_channel(const struct config *config, const char *channel)
{
    for (int i = 0; i < config->county_count; i++)
        if (has_channel(&config->counties[i], channel))
            return &config->counties[i];
    return NULL;
}

/* ORG, or {supervisor: ORG, document: NAME}. */
static void read_supervisor(const struct node *map, const struct node *node,
                            const char **supervisor, const char **document, int *faults)
{
    static const char *const keys[] = {"supervisor", "document", NULL};
    if (node->type != NODE_MAP) {
        *supervisor = node_need(map, node->key, faults);
        return;
    }
    node_allow(node, faults, keys);
    *supervisor = node_need(node, "supervisor", faults);
    *document = node_text(node, "document", NULL, faults);
}

/* Who supervises its bureaus at a level in the city's place. */
static void read_supervisors(struct config *config, struct county *county, const struct node *item,
                             int *faults)
{
    const struct node *map = node_get(item, "supervisors");
    const char **orgs = arena_zero(&config->arena, (size_t)config->level_count * sizeof *orgs);
    const char **documents =
        arena_zero(&config->arena, (size_t)config->level_count * sizeof *documents);
    county->supervisors = orgs;
    county->documents = documents;
    if (!map || !node_is(map, NODE_MAP, faults))
        return;
    for (const struct node *node = map->first; node; node = node->next) {
        const struct level *level = config_level(config, node->key);
        if (!level)
            node_fault(node, faults, "no such level: \"%s\"", node->key);
        else
            read_supervisor(map, node, &orgs[level - config->levels],
                            &documents[level - config->levels], faults);
    }
}

void config_read_counties(struct config *config, const struct node *root, int *faults)
{
    const struct node *list = node_items(root, "counties", county_keys, false, faults);
    size_t count = list ? (size_t)list->count : 0;
    config->counties = arena_zero(&config->arena, count * sizeof *config->counties);
    for (const struct node *item = list ? list->first : NULL; item; item = item->next) {
        struct county *county = &config->counties[config->county_count++];
        county->center = node_need(item, "center", faults);
        county->bureaus = node_need(item, "bureaus", faults);
        node_alone(list, item, "bureaus", faults);
        if (!strcmp(county->center, config->center_org))
            node_fault(item, faults, "\"%s\" is the city's center", county->center);
        county->dispatch_days = node_number(item, "dispatch_days", 0, 1000, -1, faults);
        county->catalogue = node_text(item, "catalogue", NULL, faults);
        read_conveners(config, county, item, faults);
        read_channels(config, county, item, faults);
        read_supervisors(config, county, item, faults);
    }
}
