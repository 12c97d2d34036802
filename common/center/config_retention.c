/* How long what is kept, of center.yaml. */
#include <string.h>

#include "base/text.h"
#include "center/config_private.h"

static const char *const keys[] = {"retention", "name",   "of",   "fields", "after",
                                   "years",     "months", "days", "law",    NULL};

/* Of whose texts, after which moment, and which of their fields. */
static const struct {
    const char *code, *moments[10], *fields[14];
} records[] = {
    {"ticket",
     {"closed", "satisfied", "explained", "invalid", "not-rated", "declined", "referred", "void",
      "withdrawn"},
     {"title", "body", "enterprise", "uscc", "contact", "phone", "extra", "text", "reason",
      "result", "person", "others"}},
    {"register", {"ended"}, {"text", "others"}},
    {"survey", {"entered"}, {"text"}},
    {"feedback", {"entered"}, {"text"}},
    {"search", {"entered"}, {"text"}},
};
enum { RECORDS = sizeof records / sizeof *records };

static const struct {
    const char *key;
    int most;
} units[] = {{"years", 100}, {"months", 1200}, {"days", 36500}};
enum { UNITS = sizeof units / sizeof *units };

static bool is_among(const char *const *list, const char *word)
{
    for (; *list; list++)
        if (!strcmp(*list, word))
            return true;
    return false;
}

/* A fault where WORD, at KEY of ITEM, is not in LIST, ended by NULL. */
static void check_word(const struct node *item, const char *key, const char *word,
                       const char *const *list, int *faults)
{
    struct text all = {0};
    if (!*word || is_among(list, word))
        return;
    for (const char *const *one = list; *one; one++)
        text_add_format(&all, "%s%s", one == list ? "" : ", ", *one);
    node_fault(node_get(item, key), faults, "no such thing: \"%s\" (%s)", word, all.data);
    text_free(&all);
}

/* The number of the record of whose texts ITEM speaks; -1 with a fault. */
static int read_record(struct retention *retention, const struct node *item, int *faults)
{
    const char *codes[RECORDS + 1] = {NULL};
    retention->record = node_need(item, "of", faults);
    for (int i = 0; i < RECORDS; i++)
        codes[i] = records[i].code;
    check_word(item, "of", retention->record, codes, faults);
    for (int i = 0; i < RECORDS; i++)
        if (!strcmp(codes[i], retention->record))
            return i;
    return -1;
}

static void read_fields(struct config *config, struct retention *retention, const struct node *item,
                        int record, int *faults)
{
    const struct node *list = node_get(item, "fields");
    int count;
    retention->fields = node_texts(&config->arena, list, &count, faults);
    if (!count)
        node_fault(list ? list : item, faults, "\"fields\" names none");
    for (int i = 0; i < count && record >= 0; i++)
        check_word(item, "fields", retention->fields[i], records[record].fields, faults);
}

static void read_period(struct retention *retention, const struct node *item, int *faults)
{
    int said = 0;
    for (int i = 0; i < UNITS; i++) {
        if (!node_get(item, units[i].key))
            continue;
        retention->unit = units[i].key;
        retention->period = node_number(item, units[i].key, 1, units[i].most, 1, faults);
        said++;
    }
    if (said != 1)
        node_fault(item, faults, "how long? one of \"years\", \"months\" and \"days\"");
}

static void read_one(struct config *config, struct retention *retention, const struct node *item,
                     int *faults)
{
    retention->code = node_need(item, "retention", faults);
    retention->name = node_text(item, "name", retention->code, faults);
    retention->law = node_need(item, "law", faults);
    retention->after = node_need(item, "after", faults);
    int record = read_record(retention, item, faults);
    if (record >= 0)
        check_word(item, "after", retention->after, records[record].moments, faults);
    read_fields(config, retention, item, record, faults);
    read_period(retention, item, faults);
}

void config_read_retention(struct config *config, const struct node *root, int *faults)
{
    const struct node *list = node_items(root, "retention", keys, false, faults);
    size_t count = list ? (size_t)list->count : 0;
    config->retentions = arena_zero(&config->arena, count * sizeof *config->retentions);
    for (const struct node *item = list ? list->first : NULL; item; item = item->next)
        read_one(config, &config->retentions[config->retention_count++], item, faults);
}
