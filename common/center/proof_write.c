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

static int lines_of(const struct text *bytes)
{
    int lines = 0;
    for (size_t i = 0; i < bytes->length; i++)
        lines += bytes->data[i] == '\n';
    return lines;
}

void proof_add_event(struct text *to, const uint8_t before[DIGEST_SIZE], const struct text *bytes)
{
    text_add(to, PROOF_EVENT);
    base64_add(to, before, DIGEST_SIZE);
    text_add_format(to, " %d\n%s", lines_of(bytes), bytes->data);
}

/* A seal, or what is absent, which stands at BYTES; returns what follows its newline. */
static const char *add_seal(struct text *to, const char *bytes)
{
    char digest[DIGEST_TEXT_SIZE];
    if (*bytes == '-') {
        text_add(to, "-\n");
        return bytes + 2;
    }
    text_add_format(to, "~%s\n", digest_print((const uint8_t *)bytes + 1, digest));
    return bytes + 1 + DIGEST_SIZE + 1;
}

/* The same of an open field, which has its length before it. */
static const char *add_field(struct text *to, const char *bytes)
{
    const char *end;
    struct text value = {0};
    int64_t length = head_number(bytes, &end);
    if (length < 0)
        return add_seal(to, bytes);
    text_add_bytes(&value, end + 1, (size_t)length);
    json_add_string(to, text_string(&value));
    text_add_char(to, '\n');
    text_free(&value);
    return end + 1 + length + 1;
}

void proof_add_content(struct text *to, const struct text *bytes)
{
    const char *at = bytes->data;
    text_add_format(to, "%s\n", PROOF_CONTENT);
    for (int i = 0; i < LOG_OPEN_FIELDS; i++)
        at = add_field(to, at);
    for (int i = 0; i < SEAL_FIELDS; i++)
        at = add_seal(to, at);
}

static void add_hex(struct text *to, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        text_add_format(to, "%02x", bytes[i]);
}

void proof_add_opened(struct text *to, int key, const uint8_t salt[SEED_SIZE], const char *json,
                      size_t length)
{
    text_add_format(to, "%s%s ", PROOF_OPEN, seal_name(key));
    add_hex(to, salt, SEED_SIZE);
    text_add_char(to, ' ');
    text_add_bytes(to, json, length);
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
