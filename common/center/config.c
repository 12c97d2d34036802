#include "center/config.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/text.h"
#include "base/tongue.h"
#include "center/config_private.h"

static const char *const center_keys[] = {"center",
                                          "center_org",
                                          "timezone",
                                          "calendar",
                                          "day_end",
                                          "rest_day_receipt",
                                          "party_clock",
                                          "unanswered",
                                          "trusted_sources",
                                          "conveners",
                                          "remind_before",
                                          "default_kind",
                                          "default_channel",
                                          "default_source",
                                          "kinds",
                                          "channels",
                                          "regions",
                                          "ladder",
                                          "limits",
                                          "decline_reasons",
                                          "refer_to",
                                          "order",
                                          "policies",
                                          "survey",
                                          "repeats",
                                          "counties",
                                          "log_key",
                                          "name_passers",
                                          "notices",
                                          "retention",
                                          NULL};
static const char *const limit_keys[] = {"accept_days",
                                         "return_days",
                                         "extension_days",
                                         "extensions",
                                         "suspension_days",
                                         "suspensions",
                                         "rating_days",
                                         "late_rating_days",
                                         "dispatch_days",
                                         "follow_days",
                                         "late_entry_days",
                                         "problem_after",
                                         "decline_days",
                                         "contacts",
                                         "return_reasons",
                                         "suspension_reasons",
                                         NULL};
static const char *const decline_keys[] = {"reason", "way", NULL};
static const char *const referral_keys[] = {"system", "name", "also", "urgent", NULL};
static const char *const order_keys[] = {"document", "reply_days", "supervisors", NULL};
static const char *const policy_keys[] = {"collect_days", "publish_days",  "interpret_days",
                                          "consult_days", "reviewed_from", NULL};
static const char *const survey_keys[] = {"complaints", "days", "kind", NULL};
static const char *const duplicate_keys[] = {"alike", "no_key", NULL};
static const char *const kind_keys[] = {
    "kind",          "name",   "also",    "days",  "unit", "extension_days",
    "dispatch_days", "ladder", "errands", "about", NULL};
static const char *const channel_keys[] = {"channel", "name", "also", NULL};
static const char *const region_keys[] = {"region", "name", "also", NULL};
static const char *const level_keys[] = {"level",      "name",           "also",       "ladder",
                                         "judges",     "after",          "supervisor", "document",
                                         "reply_days", "accountability", NULL};
/* "17:30" as the last second before it, "24:00" as the day's last second. */
static void read_day_end(struct config *config, const struct node *root, int *faults)
{
    const char *text = node_text(root, "day_end", "24:00", faults);
    bool good = strlen(text) == 5 && text[2] == ':' && strspn(text, "0123456789") == 2 &&
                strspn(text + 3, "0123456789") == 2;
    int minutes = good ? (text[0] - '0') * 600 + (text[1] - '0') * 60 + atoi(text + 3) : -1;
    if (minutes < 1 || minutes > 24 * 60 || atoi(text + 3) > 59)
        node_fault(node_get(root, "day_end"), faults,
                   "\"day_end\" must be a time such as \"24:00\" or \"17:30\"");
    config->rule.day_end = minutes == 24 * 60 ? SECONDS_PER_DAY - 1 : minutes * 60;
}

/* One of two words, the first where there is none; true for the second. */
static bool read_choice(const struct node *root, const char *key, const char *usual,
                        const char *other, int *faults)
{
    const char *word = node_text(root, key, usual, faults);
    bool is_other = !strcmp(word, other);
    if (!is_other && strcmp(word, usual) != 0)
        node_fault(node_get(root, key), faults, "\"%s\" must be %s or %s", key, usual, other);
    return is_other;
}

/* The center alone where none are named. */
static void read_conveners(struct config *config, const struct node *root, int *faults)
{
    const struct node *list = node_get(root, "conveners");
    const char **alone = arena_zero(&config->arena, 2 * sizeof *alone);
    alone[0] = config->center_org;
    config->conveners = node_texts(&config->arena, list, NULL, faults);
    if (!config->conveners[0])
        config->conveners = alone;
}

static void read_choices(struct config *config, const struct node *root, int *faults)
{
    config->center = node_need(root, "center", faults);
    config->center_org = node_text(root, "center_org", "center", faults);
    config->calendar = node_need(root, "calendar", faults);
    config->remind_before = node_number(root, "remind_before", 0, 365, 1, faults);
    config->default_source = node_text(root, "default_source", "center", faults);
    const char *zone = node_text(root, "timezone", "Asia/Shanghai", faults);
    if (!clock_set_zone(zone))
        node_fault(node_get(root, "timezone"), faults,
                   "unknown time zone \"%s\" (a name such as Asia/Shanghai, or +08:00)", zone);
    config->rule.receipt_rolls =
        read_choice(root, "rest_day_receipt", "counts-as-is", "next-working-day", faults);
    config->party_clock_is_tickets =
        read_choice(root, "party_clock", "from-dispatch", "ticket", faults);
    config->unanswered_raises = !read_choice(root, "unanswered", "next-level", "nothing", faults);
    const char *log_key = node_text(root, "log_key", NULL, faults);
    if (log_key)
        config->log_key = *log_key == '/' ? log_key : config_path(config, log_key);
    config->trusted_sources =
        node_texts(&config->arena, node_get(root, "trusted_sources"), NULL, faults);
    config->name_passers = node_texts(&config->arena, node_get(root, "name_passers"), NULL, faults);
    read_conveners(config, root, faults);
    read_day_end(config, root, faults);
}

static struct term read_term(struct config *config, const struct node *item, const char *code_key,
                             int *faults)
{
    struct term term = {.code = node_need(item, code_key, faults)};
    term.name = node_text(item, "name", term.code, faults);
    term.also = node_texts(&config->arena, node_get(item, "also"), NULL, faults);
    return term;
}

static struct term *read_terms(struct config *config, const struct node *root, const char *key,
                               const char *const *keys, int *count, int *faults)
{
    const struct node *list = node_items(root, key, keys, false, faults);
    struct term *terms =
        arena_zero(&config->arena, (size_t)(list ? list->count : 0) * sizeof *terms);
    for (const struct node *item = list ? list->first : NULL; item; item = item->next)
        terms[(*count)++] = read_term(config, item, keys[0], faults);
    return terms;
}

static void read_kinds(struct config *config, const struct node *root, int *faults)
{
    const struct node *list = node_items(root, "kinds", kind_keys, true, faults);
    size_t count = list ? (size_t)list->count : 0;
    config->kinds = arena_zero(&config->arena, count * sizeof *config->kinds);
    for (const struct node *item = list ? list->first : NULL; item; item = item->next) {
        struct kind *kind = &config->kinds[config->kind_count++];
        kind->term = read_term(config, item, "kind", faults);
        kind->days = node_number(item, "days", 0, 1000, -1, faults);
        if (!node_get(item, "days"))
            node_fault(item, faults, "\"days\" is missing");
        kind->natural = read_choice(item, "unit", "working", "natural", faults);
        kind->extension_days = node_number(item, "extension_days", 0, 1000, -1, faults);
        kind->dispatch_days = node_number(item, "dispatch_days", 0, 1000, -1, faults);
        kind->ladder = node_text(item, "ladder", config_usual_ladder, faults);
        kind->errands = read_choice(item, "errands", "spared", "judged", faults);
        kind->about = node_text(item, "about", NULL, faults);
    }
}

/* The clocks that a level judges, as bits; the lead's where none are named. */
static unsigned read_judges(struct config *config, const struct node *item, int *faults)
{
    const struct node *list = node_get(item, "judges");
    const char *const *words = node_texts(&config->arena, list, NULL, faults);
    unsigned judges = 0;
    for (; *words; words++) {
        int role = 0;
        while (role < CLOCK_ROLES && strcmp(config_role((enum clock_role)role), *words) != 0)
            role++;
        if (role < CLOCK_ROLES)
            judges |= 1U << role;
        else
            node_fault(list, faults, "\"judges\" names lead, assist or dispatch, not \"%s\"",
                       *words);
    }
    return judges || list ? judges : 1U << CLOCK_LEAD;
}

/* Within one ladder the levels of a clock begin one after the other. */
static void check_order(const struct config *config, const struct level *level,
                        const struct node *item, int *faults)
{
    for (const struct level *other = config->levels; other < level; other++)
        if (!strcmp(other->ladder, level->ladder) && (other->judges & level->judges) &&
            level->after <= other->after) {
            node_fault(item, faults, "a level must begin after the one before it");
            return;
        }
}

/* A ladder that a kind names has levels. */
static void check_ladders(const struct config *config, const struct node *root, int *faults)
{
    const struct node *item = node_get(root, "kinds")->first;
    for (int k = 0; k < config->kind_count; k++, item = item->next) {
        const char *ladder = config->kinds[k].ladder;
        bool found = !strcmp(ladder, "none") || !strcmp(ladder, config_usual_ladder);
        for (int i = 0; i < config->level_count; i++)
            found = found || !strcmp(config->levels[i].ladder, ladder);
        if (!found)
            node_fault(node_get(item, "ladder"), faults, "no level belongs to ladder \"%s\"",
                       ladder);
    }
}

static void read_ladder(struct config *config, const struct node *root, int *faults)
{
    const struct node *list = node_items(root, "ladder", level_keys, true, faults);
    size_t count = list ? (size_t)list->count : 0;
    config->levels = arena_zero(&config->arena, count * sizeof *config->levels);
    for (const struct node *item = list ? list->first : NULL; item; item = item->next) {
        struct level *level = &config->levels[config->level_count];
        level->term = read_term(config, item, "level", faults);
        if (!strcmp(level->term.code, config_order))
            node_fault(node_get(item, "level"), faults, "\"%s\" is an order by hand, no level",
                       config_order);
        level->after = node_number(item, "after", 0, 1000, 0, faults);
        level->supervisor = node_need(item, "supervisor", faults);
        level->document = node_text(item, "document", "", faults);
        level->reply_days = node_number(item, "reply_days", 0, 1000, 0, faults);
        level->accountability = node_yes(item, "accountability", false, faults);
        level->ladder = node_text(item, "ladder", config_usual_ladder, faults);
        level->judges = read_judges(config, item, faults);
        check_order(config, level, item, faults);
        config->level_count++;
    }
    if (node_get(root, "kinds") && node_get(root, "kinds")->type == NODE_LIST)
        check_ladders(config, root, faults);
}

/* The map of KEYS that stands at NAME, an empty one where it is absent. */
static const struct node *optional_map(const struct node *root, const char *name,
                                       const char *const *keys, int *faults)
{
    static const struct node nothing = {.type = NODE_MAP, .file = "", .text = ""};
    const struct node *map = node_get(root, name);
    if (!map || !node_is(map, NODE_MAP, faults))
        return &nothing;
    node_allow(map, faults, keys);
    return map;
}

/* The numbers among the limits: from LEAST to MOST, OTHERWISE where center.yaml says nothing. */
static const struct limit_number {
    const char *key;
    size_t at;
    int least, most, otherwise;
} limit_numbers[] = {
    {"accept_days", offsetof(struct limits, accept_days), 0, 1000, 1},
    {"return_days", offsetof(struct limits, return_days), 0, 1000, 2},
    {"extension_days", offsetof(struct limits, extension_days), 0, 1000, 10},
    {"extensions", offsetof(struct limits, extensions), 0, 100, 1},
    {"suspension_days", offsetof(struct limits, suspension_days), 1, 1000, 30},
    {"suspensions", offsetof(struct limits, suspensions), 0, 16, 2},
    {"rating_days", offsetof(struct limits, rating_days), 0, 1000, 5},
    {"late_rating_days", offsetof(struct limits, late_rating_days), 0, 1000, 15},
    {"dispatch_days", offsetof(struct limits, dispatch_days), 0, 1000, 0},
    {"follow_days", offsetof(struct limits, follow_days), 0, 1000, 3},
    {"late_entry_days", offsetof(struct limits, late_entry_days), 0, 1000, 1},
    {"problem_after", offsetof(struct limits, problem_after), 1, 1000, 2},
    {"decline_days", offsetof(struct limits, decline_days), 0, 1000, 1},
    {"contacts", offsetof(struct limits, contacts), 0, 1000, 0},
};
enum { LIMIT_NUMBERS = sizeof limit_numbers / sizeof *limit_numbers };

static int *limit_at(struct limits *limits, int i)
{
    return (int *)(void *)((char *)limits + limit_numbers[i].at);
}

const char *config_limit_key(int i)
{
    return i < LIMIT_NUMBERS ? limit_numbers[i].key : NULL;
}

int config_limit(const struct config *config, int i)
{
    struct limits limits = config->limits;
    return *limit_at(&limits, i);
}

static void read_limits(struct config *config, const struct node *root, int *faults)
{
    struct limits *limits = &config->limits;
    const struct node *map = optional_map(root, "limits", limit_keys, faults);
    for (int i = 0; i < LIMIT_NUMBERS; i++) {
        const struct limit_number *n = &limit_numbers[i];
        *limit_at(limits, i) = node_number(map, n->key, n->least, n->most, n->otherwise, faults);
    }
    limits->return_reasons =
        node_texts(&config->arena, node_get(map, "return_reasons"), NULL, faults);
    limits->suspension_reasons =
        node_texts(&config->arena, node_get(map, "suspension_reasons"), NULL, faults);
}

static void read_decline_reasons(struct config *config, const struct node *root, int *faults)
{
    const struct node *list = node_items(root, "decline_reasons", decline_keys, false, faults);
    size_t count = list ? (size_t)list->count : 0;
    config->decline_reasons = arena_zero(&config->arena, count * sizeof *config->decline_reasons);
    for (const struct node *item = list ? list->first : NULL; item; item = item->next) {
        struct decline_reason *reason = &config->decline_reasons[config->decline_reason_count++];
        reason->reason = node_need(item, "reason", faults);
        reason->way = node_need(item, "way", faults);
    }
}

static void read_referrals(struct config *config, const struct node *root, int *faults)
{
    const struct node *list = node_items(root, "refer_to", referral_keys, false, faults);
    size_t count = list ? (size_t)list->count : 0;
    config->referrals = arena_zero(&config->arena, count * sizeof *config->referrals);
    for (const struct node *item = list ? list->first : NULL; item; item = item->next) {
        struct referral *referral = &config->referrals[config->referral_count++];
        referral->term = read_term(config, item, "system", faults);
        referral->urgent = node_yes(item, "urgent", false, faults);
    }
}

static void check_defaults(struct config *config, const struct node *root, int *faults)
{
    config->default_kind = node_need(root, "default_kind", faults);
    config->default_channel = node_need(root, "default_channel", faults);
    if (*config->default_kind && !config_kind(config, config->default_kind))
        node_fault(node_get(root, "default_kind"), faults, "no such kind: \"%s\"",
                   config->default_kind);
    if (*config->default_channel && !config_channel(config, config->default_channel))
        node_fault(node_get(root, "default_channel"), faults, "no such channel: \"%s\"",
                   config->default_channel);
}

static void read_order(struct config *config, const struct node *root, int *faults)
{
    const struct node *map = optional_map(root, "order", order_keys, faults);
    config->order.document = node_text(map, "document", "督办单", faults);
    config->order.reply_days = node_number(map, "reply_days", 0, 1000, 2, faults);
    config->order.supervisors =
        node_texts(&config->arena, node_get(map, "supervisors"), NULL, faults);
}

static void read_policies(struct config *config, const struct node *root, int *faults)
{
    const struct node *map = optional_map(root, "policies", policy_keys, faults);
    config->policies.collect_days = node_number(map, "collect_days", 0, 1000, 1, faults);
    config->policies.publish_days = node_number(map, "publish_days", 0, 1000, 3, faults);
    config->policies.interpret_days = node_number(map, "interpret_days", 0, 1000, 5, faults);
    config->policies.consult_days = node_number(map, "consult_days", 0, 1000, 30, faults);
    const char *from = map ? node_text(map, "reviewed_from", "", faults) : "";
    if (*from && !day_parse(from, &config->policies.reviewed_from))
        node_fault(node_get(map, "reviewed_from"), faults, "not a date (2026-01-01): \"%s\"", from);
}

static void read_survey(struct config *config, const struct node *root, int *faults)
{
    const struct node *map = optional_map(root, "survey", survey_keys, faults);
    const char *word = node_text(map, "kind", NULL, faults);
    const struct kind *kind = config_kind(config, word ? word : "complaint");
    config->survey.complaints = node_number(map, "complaints", 1, 1000000, 5, faults);
    config->survey.days = node_number(map, "days", 1, 10000, 30, faults);
    config->survey.kind = kind ? kind->term.code : config->default_kind;
    if (word && !kind)
        node_fault(node_get(map, "kind"), faults, "no such kind: \"%s\"", word);
}

static void read_repeats(struct config *config, const struct node *root, int *faults)
{
    static const char *const words[] = {"无",     "没有", "匿名", "不详", "不明",     "未知",
                                        "未提供", "个人", "市民", "同上", "不愿透露", NULL};
    const struct node *map = optional_map(root, "repeats", duplicate_keys, faults);
    const struct node *list = node_get(map, "no_key");
    config->repeats.alike = node_number(map, "alike", 1, 100, 60, faults);
    config->repeats.no_key = list ? node_texts(&config->arena, list, NULL, faults) : words;
}

struct config *config_load(const char *directory)
{
    struct config *config = mem_zero(1, sizeof *config);
    int faults = 0;
    config->directory = arena_string(&config->arena, directory);
    const char *path = config_path(config, "center.yaml");
    if (access(path, R_OK) != 0)
        die("%s: %s; name the configuration's directory with -C or QIFU_CONFIG", path,
            tongue_error(errno));
    const struct node *root = yamlfile_read(&config->arena, path);
    if (!root)
        exit(EXIT_BAD);
    if (node_is(root, NODE_MAP, &faults)) {
        node_allow(root, &faults, center_keys);
        read_choices(config, root, &faults);
        read_kinds(config, root, &faults);
        config->channels =
            read_terms(config, root, "channels", channel_keys, &config->channel_count, &faults);
        config->regions =
            read_terms(config, root, "regions", region_keys, &config->region_count, &faults);
        read_ladder(config, root, &faults);
        read_limits(config, root, &faults);
        read_decline_reasons(config, root, &faults);
        read_referrals(config, root, &faults);
        read_order(config, root, &faults);
        read_policies(config, root, &faults);
        check_defaults(config, root, &faults);
        read_survey(config, root, &faults);
        read_repeats(config, root, &faults);
        config_read_counties(config, root, &faults);
        config_read_notices(config, root, &faults);
        config_read_retention(config, root, &faults);
    }
    if (faults)
        exit(EXIT_BAD);
    return config;
}

void config_free(struct config *config)
{
    free(config->taken.list);
    struct arena arena = config->arena;
    free(config);
    arena_free(&arena);
}

void config_bind(struct config *config, const struct config_files *files)
{
    config->taken = *files;
}

/* Folders are looked at file by file. */
static bool is_file(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && !strchr(dot, '/');
}

static void check_taken(struct config *config, const char *name)
{
    struct config_file file = config_files_digest(&config->arena, config->directory, name);
    config_files_hold(&config->taken, config->directory, &file);
}

const char *config_path(struct config *config, const char *path)
{
    if (config->taken.count && is_file(path))
        check_taken(config, path);
    return arena_format(&config->arena, "%s/%s", config->directory, path);
}
