#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/mem.h"
#include "ticket/correction.h"
#include "ticket/story.h"
#include "ticket/story_private.h"

/* A member of the data, and whether the sentence has told it. */
struct said {
    const char *key, *value;
    bool told;
};
enum { MOST_SAID = 64 };

struct teller {
    const struct story *story;
    const struct event *event;
    struct arena arena;
    struct said said[MOST_SAID];
    int count;
    struct text *to;
};

static struct said *find_said(struct teller *t, const char *key)
{
    for (int i = 0; i < t->count; i++)
        if (!strcmp(t->said[i].key, key))
            return &t->said[i];
    return NULL;
}

static void add_list(struct teller *t, struct text *to, const char *key, const char *json)
{
    const char *const *list = json_read_list(&t->arena, json);
    for (size_t i = 0; list && list[i]; i++) {
        const char *name = org_name_of(t->story->orgs, list[i]);
        text_add_format(to, "%s%s", i ? "、" : "", name ? name : story_word(key, list[i]));
    }
}

/* Members whose value is a level. */
static bool is_level(const char *key)
{
    static const char *const keys[] = {"level", "reached", "revoked", "moved", "confirmed"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (!strcmp(keys[i], key))
            return true;
    return false;
}

static const char *word_of_member(const struct teller *t, const char *key, const char *value)
{
    const struct config *config = t->story->config;
    if (!strcmp(key, "kind"))
        return config_kind_name(config, value);
    if (!strcmp(key, "channel"))
        return config_channel_name(config, value);
    if (!strcmp(key, "region"))
        return config_region_name(config, value);
    if (is_level(key) || (!strcmp(key, "supervision") && strcmp(value, "all") != 0))
        return config_level_name(config, value);
    return story_word(key, value);
}

/* Days of the limit of the kind that the event names, or else of the ticket's. */
static void add_days(struct teller *t, struct text *to, const char *days)
{
    const struct said *said = find_said(t, "kind");
    const struct kind *kind =
        config_kind(t->story->config, said && said->value ? said->value : t->story->ticket->kind);
    text_add_format(to, "%s 个%s", days, kind && kind->natural ? "自然日" : "工作日");
}

static void add_value(struct teller *t, struct text *to, const char *key, enum telling telling,
                      const char *value)
{
    char minute[STORY_MINUTE_SIZE];
    struct text by = {0};
    const char *name;
    switch (telling) {
    case TELL_QUOTED: text_add_format(to, "“%s”", value); break;
    case TELL_LIST: add_list(t, to, key, value); break;
    case TELL_WORD: text_add(to, word_of_member(t, key, value)); break;
    case TELL_DAYS: add_days(t, to, value); break;
    case TELL_KIND_BY: text_add(to, story_kind_by(&by, value)); break;
    case TELL_EVENT: text_add(to, event_word(value)); break;
    case TELL_RULE: text_add(to, story_rule(&by, value)); break;
    case TELL_MOMENT: text_add(to, story_minute(strtoll(value, NULL, 10), minute)); break;
    case TELL_NAME:
    case TELL_ORG:
        name = org_name_of(t->story->orgs, value);
        text_add(to, name ? name : config_referral_name(t->story->config, value));
        break;
    case TELL_NOT: break;
    default: text_add(to, value);
    }
    text_free(&by);
}

/* ---- the sentence */

/* A place in a sentence: {key}, {key:kindby}, {key|what stands there where the event has none}. */
struct place {
    char key[32];
    bool kind_by;
    const char *fallback;
    int fallback_length;
};

/* Reads the place that starts behind "{"; returns what follows its "}". */
static const char *read_place(const char *s, struct place *place)
{
    size_t length = strcspn(s, ":|}");
    *place = (struct place){.fallback = ""};
    memcpy(place->key, s, length);
    s += length;
    place->kind_by = *s == ':';
    s += strcspn(s, "|}");
    if (*s == '|') {
        place->fallback = ++s;
        place->fallback_length = (int)strcspn(s, "}");
        s += place->fallback_length;
    }
    return s + 1;
}

/* Appends the place's value; false where there is none. */
static bool add_place(struct teller *t, struct text *to, const struct place *place)
{
    size_t before = to->length;
    struct said *said = find_said(t, place->key);
    const struct member *member = story_member(place->key);
    if (!strcmp(place->key, "actor"))
        text_add(to, t->event->actor);
    else if (said && said->value)
        add_value(t, to, place->key,
                  place->kind_by ? TELL_KIND_BY
                  : member       ? member->telling
                                 : TELL_TEXT,
                  said->value);
    if (said)
        said->told = true;
    if (to->length == before)
        text_add_bytes(to, place->fallback, (size_t)place->fallback_length);
    return to->length > before;
}

static bool add_pattern(struct teller *t, struct text *to, const char *s, const char *end);

/* A part that stands only where all its places have something; else they are not told yet. */
static void add_part(struct teller *t, struct text *to, const char *s, const char *end)
{
    struct text part = {0};
    struct said before[MOST_SAID];
    memcpy(before, t->said, sizeof before);
    if (add_pattern(t, &part, s, end))
        text_add(to, text_string(&part));
    else
        memcpy(t->said, before, sizeof before);
    text_free(&part);
}

/* Appends the pattern up to END; false where one of its places stays empty. */
static bool add_pattern(struct teller *t, struct text *to, const char *s, const char *end)
{
    bool full = true;
    while (s < end) {
        size_t run = strcspn(s, "{[");
        if (run > (size_t)(end - s))
            run = (size_t)(end - s);
        text_add_bytes(to, s, run);
        s += run;
        if (s < end && *s == '{') {
            struct place place;
            s = read_place(s + 1, &place);
            full = add_place(t, to, &place) && full;
        } else if (s < end) {
            const char *close = strchr(s, ']');
            add_part(t, to, s + 1, close);
            s = close + 1;
        }
    }
    return full;
}

/* ---- what the sentence has no place for */

/* Appends a member with its label, where it says anything. */
static void add_labelled(struct teller *t, struct text *to, const struct said *said)
{
    static const char colon[] = "：";
    const struct member *member = story_member(said->key);
    const char *label = member ? member->label : said->key;
    size_t length = strlen(label), tail = strlen(colon);
    struct text value = {0};
    if (said->value)
        add_value(t, &value, said->key, member ? member->telling : TELL_TEXT, said->value);
    if (value.length) {
        bool glued = !*label || (length >= tail && !strcmp(label + length - tail, colon));
        text_add_format(to, "%s%s%s%s", to->length ? "；" : "", label,
                        glued    ? ""
                        : member ? " "
                                 : colon,
                        value.data);
    }
    text_free(&value);
}

static void add_corrected_value(struct teller *t, struct text *to, const char *name,
                                const char *value)
{
    if (!value || !*value || !strcmp(value, "0"))
        text_add(to, "（空）");
    else
        add_value(t, to, name, !strcmp(name, "received") ? TELL_MOMENT : TELL_WORD, value);
}

/* "类型 其他 → 投诉": of a field that was corrected, what was and what is. Who settled the kind
 * goes without saying. */
static void add_correction(struct teller *t, struct text *to, struct said *said, int field)
{
    const char *name = correction_name(field);
    char key[64];
    snprintf(key, sizeof key, "is_%s", name);
    struct said *is = find_said(t, key);
    said->told = true;
    if (is)
        is->told = true;
    if (!strcmp(name, "kind_by"))
        return;
    text_add_format(to, "%s%s ", to->length ? "；" : "", correction_word(field));
    add_corrected_value(t, to, name, said->value);
    text_add(to, " → ");
    add_corrected_value(t, to, name, is ? is->value : NULL);
}

/* Codes whose names the event has too are told by these. */
static void leave_named(struct teller *t)
{
    struct said *codes = find_said(t, "figures");
    if (codes && find_said(t, "figure_names"))
        codes->told = true;
}

static void add_rest(struct teller *t, struct text *rest)
{
    leave_named(t);
    for (int i = 0; i < t->count; i++) {
        bool is = true;
        int field = correction_of_key(t->said[i].key, &is);
        if (!t->said[i].told && field >= 0 && !is)
            add_correction(t, rest, &t->said[i], field);
        if (!t->said[i].told)
            add_labelled(t, rest, &t->said[i]);
    }
}

static void add_in_brackets(struct text *to, const struct text *rest)
{
    if (rest->length)
        text_add_format(to, "（%s）", rest->data);
}

/* When it was entered, where that is more than a day later. */
static void add_entered(struct teller *t, const char *word)
{
    char minute[STORY_MINUTE_SIZE];
    if (t->event->recorded_at - t->event->at > SECONDS_PER_DAY)
        text_add_format(t->to, "（%.10s %s）", story_minute(t->event->recorded_at, minute),
                        word ? word : "补录");
}

static void end_sentence(struct text *to)
{
    static const char quote[] = "”";
    size_t length = strlen(quote);
    if (to->length < length || strcmp(to->data + to->length - length, quote) != 0)
        text_add(to, "。");
}

/* The sentence of the event's type, and of how it closes the ticket where that has one of its own.
 */
static const struct sentence *find_sentence(struct teller *t)
{
    const struct said *as = find_said(t, "closed_as");
    for (const struct sentence *s = story_sentences; s->type; s++)
        if (!strcmp(s->type, t->event->type) &&
            (!s->closed_as || (as && as->value && !strcmp(s->closed_as, as->value))))
            return s;
    return NULL;
}

static void tell_sentence(struct teller *t, const struct sentence *sentence)
{
    struct text rest = {0};
    struct said *as = find_said(t, "closed_as"), *text = find_said(t, "text");
    if (as && sentence->closed_as)
        as->told = true;
    add_pattern(t, t->to, sentence->pattern, sentence->pattern + strlen(sentence->pattern));
    if (text && text->value && !text->told)
        text_add_format(t->to, "：“%s”", text->value);
    if (text)
        text->told = true;
    add_rest(t, &rest);
    add_in_brackets(t->to, &rest);
    add_entered(t, sentence->late);
    end_sentence(t->to);
    text_free(&rest);
}

/* Of a type without a sentence: its word, and all that its data say. */
static void tell_plainly(struct teller *t)
{
    struct text rest = {0};
    add_rest(t, &rest);
    text_add_format(t->to, "%s%s%s", event_word(t->event->type), rest.length ? "：" : "",
                    text_string(&rest));
    add_entered(t, NULL);
    text_free(&rest);
}

static void take_said(void *context, const char *key, const char *value)
{
    struct teller *t = context;
    if (t->count == MOST_SAID)
        return;
    t->said[t->count++] = (struct said){arena_string(&t->arena, key),
                                        value ? arena_string(&t->arena, value) : NULL, false};
}

void story_tell(struct text *to, const struct story *story, const struct event *event,
                const char *data)
{
    struct fault fault = {""};
    struct teller t = {.story = story, .event = event, .to = to};
    if (!data || *data != '{' || !json_read_object(data, take_said, &t, &fault)) {
        text_add_format(to, "%s%s%s", event_word(event->type), data ? "：" : "", data ? data : "");
    } else {
        const struct sentence *sentence = find_sentence(&t);
        if (sentence)
            tell_sentence(&t, sentence);
        else
            tell_plainly(&t);
    }
    arena_free(&t.arena);
}
