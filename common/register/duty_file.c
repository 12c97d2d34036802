/* duties.yaml: what it must say, with every fault as file:line. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/die.h"
#include "base/yamlfile.h"
#include "center/org_file.h"
#include "criteria/profile_file.h"
#include "register/duty.h"

static const char *const file_keys[] = {"duties", NULL};
static const char *const duty_keys[] = {"duty", "name",  "also",  "basis", "who", "register",
                                        "by",   "at",    "where", "each",  "tag", "times",
                                        "most", "every", "since", "soon",  NULL};
static const char *const who_keys[] = {"group", "org", "choice", NULL};

static const char file_name[] = "duties.yaml";

struct reading {
    struct config *config;
    struct duty_set *set;
    const char *const *groups;
    struct profile profile;
    bool has_profile;
    int faults;
};

/* A field of the duty's register at KEY, of this type; REGISTRY_NONE where it is not NEEDED. */
static int read_field(struct reading *r, const struct node *map, const struct registry *registry,
                      const char *key, int type, bool needed)
{
    const char *word =
        needed ? node_need(map, key, &r->faults) : node_text(map, key, "", &r->faults);
    int field = registry && *word ? registry_field(registry, word) : REGISTRY_NONE;
    struct fault fault = {""};
    if (registry && *word && field == REGISTRY_NONE) {
        registry_unknown_field(registry, word, &fault);
        node_fault(node_get(map, key), &r->faults, "%s", fault.text);
    } else if (field != REGISTRY_NONE && type >= 0 && (int)registry->fields[field].type != type) {
        node_fault(node_get(map, key), &r->faults, "\"%s\" is of another type", word);
    }
    return field;
}

static const struct registry *read_register(struct reading *r, const struct node *map)
{
    const char *word = node_need(map, "register", &r->faults);
    const struct registry *found = *word ? registry_find(r->config, word) : NULL;
    if (*word && !found)
        node_fault(node_get(map, "register"), &r->faults, "unknown register \"%s\"", word);
    return found;
}

static void check_groups(struct reading *r, const struct node *who, const struct duty *duty)
{
    struct fault fault = {""};
    for (const char *const *group = duty->groups; *group; group++)
        if (!orgfile_group(r->groups, *group))
            node_fault(node_get(who, "group"), &r->faults, "%s",
                       orgfile_unknown_group(r->groups, *group, &fault));
}

static void check_choices(struct reading *r, const struct node *who, const struct duty *duty)
{
    for (const char *const *word = duty->choices; *word && duty->registry; word++)
        if (duty->by == REGISTRY_NONE || !registry_choice(&duty->registry->fields[duty->by], *word))
            node_fault(node_get(who, "choice"), &r->faults,
                       "\"%s\" is no choice of the field that \"by\" names", *word);
}

static void read_who(struct reading *r, const struct node *map, struct duty *duty)
{
    static const char *const none[] = {NULL};
    const struct node *who = node_get(map, "who");
    duty->groups = duty->orgs = duty->choices = none;
    if (!who)
        node_fault(map, &r->faults, "\"who\" is missing: who owes it");
    if (!who || !node_is(who, NODE_MAP, &r->faults))
        return;
    node_allow(who, &r->faults, who_keys);
    duty->groups = node_texts(&r->set->arena, node_get(who, "group"), NULL, &r->faults);
    duty->orgs = node_texts(&r->set->arena, node_get(who, "org"), NULL, &r->faults);
    duty->choices = node_texts(&r->set->arena, node_get(who, "choice"), NULL, &r->faults);
    check_groups(r, who, duty);
    check_choices(r, who, duty);
}

static void read_where(struct reading *r, const struct node *map, struct duty *duty)
{
    const struct node *where = node_get(map, "where");
    duty->where = REGISTRY_NONE;
    if (!where || !duty->registry || !node_is(where, NODE_MAP, &r->faults))
        return;
    const struct node *node = where->first;
    int field = node ? registry_field(duty->registry, node->key) : REGISTRY_NONE;
    const struct term *choice =
        field == REGISTRY_NONE ? NULL : registry_choice(&duty->registry->fields[field], node->text);
    if (where->count != 1 || !choice)
        node_fault(where, &r->faults, "\"where\" is one field that is a choice, and which");
    duty->where = field;
    duty->is = choice ? choice->code : "";
}

static enum duty_every read_every(struct reading *r, const struct node *map)
{
    static const struct {
        const char *word;
        enum duty_every every;
    } known[] = {{"month", DUTY_MONTH},
                 {"quarter", DUTY_QUARTER},
                 {"half", DUTY_HALF},
                 {"year", DUTY_YEAR},
                 {"standing", DUTY_STANDING}};
    const char *word = node_need(map, "every", &r->faults);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(known[i].word, word))
            return known[i].every;
    if (*word)
        node_fault(node_get(map, "every"), &r->faults,
                   "\"every\" must be month, quarter, half, year or standing");
    return DUTY_YEAR;
}

static const char *read_tag(struct reading *r, const struct node *map)
{
    const char *word = node_text(map, "tag", NULL, &r->faults);
    if (!word)
        return NULL;
    if (!r->has_profile)
        r->profile = profilefile_load(r->config);
    r->has_profile = true;
    int tag = profile_tag(&r->profile, word);
    if (tag < 0)
        node_fault(node_get(map, "tag"), &r->faults, "unknown tag \"%s\"", word);
    return tag < 0 ? "" : arena_string(&r->set->arena, r->profile.facts[tag].code);
}

static void read_duty(struct reading *r, const struct node *map)
{
    struct duty *duty = &r->set->list[r->set->count++];
    const char *since = node_need(map, "since", &r->faults);
    duty->term.code = node_need(map, "duty", &r->faults);
    duty->term.name = node_text(map, "name", duty->term.code, &r->faults);
    duty->term.also = node_texts(&r->set->arena, node_get(map, "also"), NULL, &r->faults);
    duty->basis = node_text(map, "basis", NULL, &r->faults);
    duty->registry = read_register(r, map);
    duty->by = read_field(r, map, duty->registry, "by", -1, false);
    duty->at = read_field(r, map, duty->registry, "at", REGISTRY_DATE, true);
    duty->enterprise = read_field(r, map, duty->registry, "each", REGISTRY_ENTERPRISE, false);
    duty->tag = read_tag(r, map);
    duty->every = read_every(r, map);
    duty->times = node_number(map, "times", 0, 1000000, 1, &r->faults);
    duty->most = node_yes(map, "most", false, &r->faults);
    duty->soon = node_number(map, "soon", 0, 366, 10, &r->faults);
    if (*since && !day_parse(since, &duty->since))
        node_fault(node_get(map, "since"), &r->faults, "not a date: \"%s\"", since);
    read_who(r, map, duty);
    read_where(r, map, duty);
    if (duty->tag && duty->enterprise == REGISTRY_NONE)
        node_fault(node_get(map, "tag"), &r->faults, "\"tag\" goes with \"each\"");
}

static void read_all(struct reading *r, const struct node *root)
{
    node_allow(root, &r->faults, file_keys);
    const struct node *list = node_items(root, "duties", duty_keys, true, &r->faults);
    if (!list)
        return;
    r->groups = orgfile_groups(&r->set->arena, config_path(r->config, "organisations.yaml"));
    r->set->list = arena_zero(&r->set->arena, (size_t)list->count * sizeof *r->set->list);
    for (const struct node *map = list->first; map; map = map->next)
        read_duty(r, map);
}

struct duty_set duty_load(struct config *config)
{
    struct duty_set set = {.list = NULL};
    struct reading r = {.config = config, .set = &set};
    const char *path = config_path(config, file_name);
    if (access(path, F_OK) != 0)
        return set;
    const struct node *root = yamlfile_read(&set.arena, path);
    if (root && node_is(root, NODE_MAP, &r.faults))
        read_all(&r, root);
    if (!root || r.faults)
        exit(EXIT_BAD);
    if (r.has_profile)
        profilefile_free(&r.profile);
    return set;
}

void duty_free(struct duty_set *set)
{
    arena_free(&set->arena);
}
