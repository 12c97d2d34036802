#include "center/log_form.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

static void add_line(struct text *out, const char *line)
{
    text_add(out, line);
    text_add_char(out, '\n');
}

static void add_digest(struct text *out, const uint8_t digest[static DIGEST_SIZE])
{
    char text[DIGEST_TEXT_SIZE];
    text_add(out, digest_print(digest, text));
}

/* JSON has no raw line ends, and the other texts are ours. */
void log_form_fields(struct text *out, const struct event *event)
{
    const int64_t numbers[] = {event->id, event->ticket_id, event->at, event->recorded_at};
    for (int i = 0; i < 4; i++) {
        text_add_number(out, numbers[i]);
        text_add_char(out, '\n');
    }
    add_line(out, event->type);
    add_line(out, event->actor);
}

bool log_form_next(const char **at, struct log_member *member)
{
    const char *s = *at + (**at == '{');
    while (*s == '"' || *s == ',') {
        const char *key = s += *s == ',', *value = json_behind_string(s);
        member->key = seal_key(key + 1, (size_t)(value - key) - 2);
        member->value = value += *value == ':';
        *at = s = json_behind(value);
        member->length = (size_t)(s - value);
        if (member->key >= 0 && member->length)
            return true;
    }
    return false;
}

/* The data as they stand, but for the values of sealed members: a ~ and their seal. */
static bool add_data(struct text *out, const char *data, struct seals *seals)
{
    struct log_member member;
    const char *from = data; /* not yet written */
    for (const char *at = data; log_form_next(&at, &member); from = at) {
        uint8_t seal[DIGEST_SIZE];
        seal_of(seals, member.key, member.value, member.length, seal);
        text_add_bytes(out, from, (size_t)(member.value - from));
        text_add_char(out, '~');
        add_digest(out, seal);
    }
    add_line(out, from);
    return from != data;
}

bool log_form_write(struct text *out, const struct event *event, struct log_form *form)
{
    text_clear(out);
    if (!form) {
        log_form_fields(out, event);
        add_line(out, event->data);
        return false;
    }
    add_line(out, "2");
    log_form_fields(out, event);
    if (form->has_previous)
        add_digest(out, form->previous);
    text_add_char(out, '\n');
    return add_data(out, event->data, &form->seals);
}

/* A field that is open, with its length, so that no two contents give the same bytes. */
static void add_open(struct text *out, const char *value)
{
    if (!value) {
        add_line(out, "-");
        return;
    }
    text_add_number(out, (int64_t)strlen(value));
    text_add_char(out, ':');
    add_line(out, value);
}

static void add_sealed(struct text *out, struct seals *seals, int key, const char *value)
{
    const struct seal_kept *kept = seal_kept_of(seals, key);
    uint8_t seal[DIGEST_SIZE];
    if (!value && !(kept && kept->is_erased)) {
        add_line(out, "-");
        return;
    }
    seal_of(seals, key, value, value ? strlen(value) : 0, seal);
    text_add_char(out, '~');
    text_add_bytes(out, (const char *)seal, DIGEST_SIZE);
    text_add_char(out, '\n');
}

void log_form_content(struct text *out, const struct log_content *content, struct seals *seals,
                      char digest[static DIGEST_TEXT_SIZE])
{
    uint8_t whole[DIGEST_SIZE];
    text_clear(out);
    for (int i = 0; i < LOG_OPEN_FIELDS; i++)
        add_open(out, content->open[i]);
    for (int i = 0; i < SEAL_FIELDS; i++)
        add_sealed(out, seals, i, content->sealed[i]);
    digest_sm3(NULL, out->data, out->length, whole);
    digest_print(whole, digest);
}
