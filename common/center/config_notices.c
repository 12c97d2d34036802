/* How notices go out, of center.yaml. */
#include <string.h>

#include "center/config_private.h"

static const char *const notice_keys[] = {"hours", "stale_days", "tries",    "sender",
                                          "link",  "replies",    "channels", NULL};
static const char *const channel_keys[] = {"channel", "name",    "also", "form",
                                           "command", "timeout", NULL};

static const char *const forms[NOTICE_FORMS] = {[NOTICE_MAIL] = "mail",
                                                [NOTICE_WECOM] = "wecom",
                                                [NOTICE_DINGTALK] = "dingtalk",
                                                [NOTICE_TEXT] = "text"};

static void read_hours(struct notice_rule *rule, const struct node *map, int *faults)
{
    const char *text = node_text(map, "hours", "08:30-17:30", faults);
    if (!hours_read(text, &rule->hours))
        node_fault(node_get(map, "hours"), faults, "\"hours\" must be such as \"08:30-17:30\"");
}

static enum notice_form read_form(const struct node *item, int *faults)
{
    const char *word = node_need(item, "form", faults);
    for (int i = 0; i < NOTICE_FORMS; i++)
        if (!strcmp(forms[i], word))
            return (enum notice_form)i;
    if (*word)
        node_fault(node_get(item, "form"), faults,
                   "\"form\" must be mail, wecom, dingtalk or text");
    return NOTICE_TEXT;
}

/* The words of a command; one that begins with "./" is a file below the configuration's directory.
 */
static const char *const *read_command(struct config *config, const struct node *item, int *faults)
{
    int count;
    const char *const *words =
        node_texts(&config->arena, node_get(item, "command"), &count, faults);
    const char **command = arena_zero(&config->arena, ((size_t)count + 1) * sizeof *command);
    if (!count)
        node_fault(item, faults, "\"command\" is missing");
    for (int i = 0; i < count; i++)
        command[i] = strncmp(words[i], "./", 2)
                         ? words[i]
                         : arena_format(&config->arena, "%s/%s", config->directory, words[i] + 2);
    return command;
}

static void read_channel(struct config *config, struct notice_channel *channel,
                         const struct node *item, int *faults)
{
    channel->term.code = node_need(item, "channel", faults);
    channel->term.name = node_text(item, "name", channel->term.code, faults);
    channel->term.also = node_texts(&config->arena, node_get(item, "also"), NULL, faults);
    channel->form = read_form(item, faults);
    channel->command = read_command(config, item, faults);
    channel->timeout = node_number(item, "timeout", 1, 600, 30, faults);
}

/* Nothing that is printed in a mail's head can end a line of it. */
static void check_line(const struct node *map, const char *key, int *faults)
{
    const char *text = node_text(map, key, "", faults);
    for (const char *s = text; *s; s++)
        if ((unsigned char)*s < ' ') {
            node_fault(node_get(map, key), faults, "\"%s\" must be one line", key);
            return;
        }
}

/* One mailbox, in which {mark} may stand. */
static void check_replies(const struct node *map, int *faults)
{
    const char *text = node_text(map, "replies", NULL, faults), *at = text ? strchr(text, '@') : "";
    if (text &&
        (!at || at == text || !at[1] || strchr(at + 1, '@') || strpbrk(text, "<>()[],;: \\\"")))
        node_fault(node_get(map, "replies"), faults,
                   "\"replies\" must be a mail address, such as desk+{mark}@example.org");
    check_line(map, "replies", faults);
}

void config_read_notices(struct config *config, const struct node *root, int *faults)
{
    static const struct node nothing = {.type = NODE_MAP, .file = "", .text = ""};
    const struct node *map = node_get(root, "notices");
    struct notice_rule *rule = &config->notices;
    if (!map || !node_is(map, NODE_MAP, faults))
        map = &nothing;
    node_allow(map, faults, notice_keys);
    read_hours(rule, map, faults);
    rule->stale_days = node_number(map, "stale_days", 1, 365, 7, faults);
    rule->tries = node_number(map, "tries", 1, 100, 8, faults);
    rule->sender = node_text(map, "sender", NULL, faults);
    rule->link = node_text(map, "link", NULL, faults);
    rule->replies = node_text(map, "replies", NULL, faults);
    check_line(map, "sender", faults);
    check_replies(map, faults);
    check_line(map, "link", faults);
    const struct node *list = node_items(map, "channels", channel_keys, false, faults);
    size_t count = list ? (size_t)list->count : 0;
    rule->channels = arena_zero(&config->arena, count * sizeof *rule->channels);
    for (const struct node *item = list ? list->first : NULL; item; item = item->next)
        read_channel(config, &rule->channels[rule->channel_count++], item, faults);
}
