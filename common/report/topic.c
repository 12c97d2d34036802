#include "report/topic.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/text.h"
#include "base/yamlfile.h"

/* What leads to a topic. */
enum by { BY_CATEGORY, BY_RULE, BY_CLASS };
static const struct {
    const char *key;
    enum by by;
} lists[] = {{"categories", BY_CATEGORY}, {"rules", BY_RULE}, {"classes", BY_CLASS}};
enum { LISTS = sizeof lists / sizeof *lists };

static const char *const file_keys[] = {"topics", NULL};
static const char *const topic_keys[] = {"topic", "name", "categories", "rules", "classes", NULL};

struct topic_lead {
    enum by by;
    const char *word; /* folded */
    int topic, line;
};

static int compare(const void *left, const void *right)
{
    const struct topic_lead *a = left, *b = right;
    return a->by != b->by ? (a->by < b->by ? -1 : 1) : strcmp(a->word, b->word);
}

static void refuse_unknown_class(const struct topics *topics, const struct node *node, int *faults)
{
    const struct taxonomy *taxonomy = &topics->taxonomy;
    if (taxonomy_class_of(taxonomy, node->text))
        return;
    const char *nearest = taxonomy_nearest(taxonomy, node->text);
    const struct taxonomy_entry *meant = nearest ? taxonomy_find(taxonomy, nearest) : NULL;
    node_fault(node, faults, "unknown class \"%s\"%s%s%s", node->text,
               meant ? " (did you mean " : "", meant ? meant->term.code : "", meant ? "?)" : "");
}

/* Adds what NODE, one of a list or the only one, leads by to the last topic. */
static void add_lead(struct topics *topics, const struct node *node, enum by by, int *faults)
{
    struct text folded = {0};
    if (!node_is(node, NODE_TEXT, faults))
        return;
    text_fold(&folded, node->text);
    struct topic_lead lead = {by, arena_string(&topics->arena, text_string(&folded)),
                              topics->count - 1, node->line};
    text_free(&folded);
    for (int i = 0; i < topics->lead_count; i++)
        if (!compare(&topics->leads[i], &lead))
            node_fault(node, faults, "\"%s\" leads to \"%s\" already (line %d)", node->text,
                       topics->list[topics->leads[i].topic].code, topics->leads[i].line);
    if (by == BY_CLASS)
        refuse_unknown_class(topics, node, faults);
    topics->leads = mem_grow(topics->leads, (size_t)topics->lead_count, sizeof lead);
    topics->leads[topics->lead_count++] = lead;
}

static void add_topic(struct topics *topics, const struct node *node, int *faults)
{
    struct topic *topic = &topics->list[topics->count];
    topic->code = node_need(node, "topic", faults);
    topic->name = node_need(node, "name", faults);
    if (*topic->name && topics_find(topics, topic->name))
        node_fault(node, faults, "\"%s\" is another topic already", topic->name);
    topics->count++;
    for (int i = 0; i < LISTS; i++) {
        const struct node *list = node_get(node, lists[i].key);
        if (list && list->type == NODE_TEXT)
            add_lead(topics, list, lists[i].by, faults);
        for (const struct node *n = list ? list->first : NULL; n; n = n->next)
            add_lead(topics, n, lists[i].by, faults);
    }
}

/* Reads the file into TOPICS, whose memory has its tree. */
static void read_file(struct topics *topics, struct config *config, int *faults)
{
    const struct node *root = yamlfile_read(&topics->arena, config_path(config, "topics.yaml"));
    if (!root || !node_is(root, NODE_MAP, faults))
        exit(EXIT_BAD);
    topics->taxonomy = taxonomy_load(config);
    node_allow(root, faults, file_keys);
    const struct node *list = node_items(root, "topics", topic_keys, true, faults);
    topics->list =
        arena_zero(&topics->arena, (list ? (size_t)list->count : 0) * sizeof *topics->list + 1);
    for (const struct node *n = list ? list->first : NULL; n; n = n->next)
        if (n->type == NODE_MAP)
            add_topic(topics, n, faults);
}

struct topics topics_load(struct config *config)
{
    struct topics topics = {.list = NULL};
    int faults = 0;
    read_file(&topics, config, &faults);
    if (faults)
        exit(EXIT_BAD);
    if (topics.lead_count)
        qsort(topics.leads, (size_t)topics.lead_count, sizeof *topics.leads, compare);
    return topics;
}

void topics_free(struct topics *topics)
{
    free(topics->leads);
    taxonomy_free(&topics->taxonomy);
    arena_free(&topics->arena);
    *topics = (struct topics){.list = NULL};
}

void topics_check(struct config *config)
{
    if (access(config_path(config, "topics.yaml"), F_OK) != 0)
        return;
    struct topics topics = topics_load(config);
    topics_free(&topics);
}

const struct topic *topics_find(const struct topics *topics, const char *word)
{
    for (int i = 0; i < topics->count; i++)
        if (text_same(topics->list[i].code, word) || text_same(topics->list[i].name, word))
            return &topics->list[i];
    return NULL;
}

static const struct topic *lead_of(const struct topics *topics, enum by by, const char *word)
{
    struct text folded = {0};
    if (!word || !topics->lead_count)
        return NULL;
    text_fold(&folded, word);
    const struct topic_lead key = {.by = by, .word = text_string(&folded)};
    const struct topic_lead *lead =
        bsearch(&key, topics->leads, (size_t)topics->lead_count, sizeof key, compare);
    text_free(&folded);
    return lead ? &topics->list[lead->topic] : NULL;
}

const struct topic *topics_of_ticket(const struct topics *topics, const char *category,
                                     const char *rule)
{
    const struct topic *topic = lead_of(topics, BY_CATEGORY, category);
    return topic ? topic : lead_of(topics, BY_RULE, rule);
}

const struct topic *topics_of_policy(const struct topics *topics, const char *class)
{
    const struct topic *topic = lead_of(topics, BY_CLASS, class);
    const struct taxonomy_entry *above = taxonomy_class_of(&topics->taxonomy, class);
    return topic || !above ? topic : lead_of(topics, BY_CLASS, above->term.code);
}
