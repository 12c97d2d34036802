/* A proof is written. */
#include <string.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/json.h"
#include "center/proof.h"
#include "center/proof_private.h"

void proof_begin(struct text *to)
{
    text_add(to, PROOF_START);
}

/* The salt of KEY's text; false where the text was erased. */
static bool salt_of(struct seals *seals, int key, uint8_t salt[SEED_SIZE])
{
    const struct seal_kept *kept = seal_kept_of(seals, key);
    if (kept)
        memcpy(salt, kept->bytes, SEED_SIZE);
    else
        seal_salt(seals, key, salt);
    return !kept || !kept->is_erased;
}

/* The salt of the LENGTH bytes TEXT, for who puts the text behind it; or their seal. Returns which.
 */
static bool add_salt(struct text *to, struct seals *seals, int key, const char *text, size_t length,
                     bool opened)
{
    uint8_t salt[SEED_SIZE], seal[DIGEST_SIZE];
    if (opened && text && salt_of(seals, key, salt)) {
        text_add_char(to, PROOF_OPENED);
        base64_add(to, salt, SEED_SIZE);
        return true;
    }
    seal_of(seals, key, text, length, seal);
    text_add_char(to, PROOF_CLOSED);
    base64_add(to, seal, DIGEST_SIZE);
    return false;
}

static void add_field(struct text *to, const char *value)
{
    if (value)
        json_add_string(to, value);
    else
        text_add_char(to, '-');
    text_add_char(to, '\n');
}

static void add_sealed(struct text *to, struct seals *seals, int key, const char *value,
                       bool opened)
{
    const struct seal_kept *kept = seal_kept_of(seals, key);
    if (!value && !(kept && kept->is_erased))
        text_add_char(to, '-');
    else if (add_salt(to, seals, key, value, value ? strlen(value) : 0, opened))
        json_add_string(to, value);
    text_add_char(to, '\n');
}

void proof_add_content(struct text *to, const struct log_content *content, struct seals *seals,
                       bool opened)
{
    text_add_format(to, "%s\n", PROOF_CONTENT);
    for (int i = 0; i < LOG_OPEN_FIELDS; i++)
        add_field(to, content->open[i]);
    for (int i = 0; i < SEAL_FIELDS; i++)
        add_sealed(to, seals, i, content->sealed[i], opened);
}

/* Where DATA name what was received by its digest; NULL: they do not. Quotes in a text are written
 * \", so no text can hold this. */
static const char *find_content(const char *data)
{
    return strstr(data, PROOF_CONTENT_NAMED);
}

bool proof_has_content(const char *data)
{
    return find_content(data);
}

/* What of the data is open, from FROM to END; CONTENT, if it is there, without the digest. */
static void add_open(struct text *to, const char *from, const char *end, const char *content)
{
    if (content && content >= from && content < end) {
        text_add_bytes(to, from, (size_t)(content - from));
        text_add(to, PROOF_CONTENT_SHOWN);
        from = content + strlen(PROOF_CONTENT_NAMED);
        from += strcspn(from, "\"");
        from += *from == '"';
    }
    text_add_bytes(to, from, (size_t)(end - from));
}

/* The data as they stand, but for texts behind seals and the digest of what was received. */
static void add_data(struct text *to, const char *data, struct seals *seals, bool opened)
{
    struct log_member member;
    const char *from = data, *content = find_content(data);
    for (const char *at = data; log_form_next(&at, &member); from = at) {
        add_open(to, from, member.value, content);
        if (add_salt(to, seals, member.key, member.value, member.length, opened))
            text_add_bytes(to, member.value, member.length);
    }
    add_open(to, from, from + strlen(from), content);
}

void proof_add_event(struct text *to, const uint8_t *before, const struct event *event,
                     struct seals *seals, bool opened)
{
    text_add(to, seals ? PROOF_EVENT : PROOF_EVENT_FIRST);
    if (before)
        base64_add(to, before, DIGEST_SIZE);
    else
        text_add(to, PROOF_SHOWN);
    text_add_char(to, '\n');
    log_form_fields(to, event);
    if (seals)
        add_data(to, event->data, seals, opened);
    else
        text_add(to, event->data);
    text_add_char(to, '\n');
}

void proof_add_path(struct text *to, int64_t event_id, const struct merkle_path *path)
{
    text_add_format(to, "%s%lld\n", PROOF_INDEX, (long long)event_id - 1);
    for (int i = 0; i < path->count; i++)
        head_add_digest(to, path->digests[i]);
}

void proof_add_receipt(struct text *to, const struct proof *proof)
{
    char moment[CLOCK_TEXT_SIZE];
    text_add_format(to, "# 受理回执\n# 受理编号 %lld\n# 受理时间 %s\n", (long long)proof->ticket_id,
                    clock_print(proof->received_at, moment));
    if (proof->due_at)
        text_add_format(to, "# 答复期限 %s\n", clock_print(proof->due_at, moment));
    text_add_format(to, "# 日志封签 %s\n", clock_print(proof->head.time, moment));
}
