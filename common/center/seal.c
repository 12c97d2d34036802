#include "center/seal.h"

#include <string.h>

/* Only ever appended to: a salt follows from the number. */
static const char *const names[] = {"title",     "body",           "enterprise",    "uscc",
                                    "contact",   "phone",          "extra",         "text",
                                    "reason",    "result",         "person",        "post",
                                    "liability", "participants",   "way",           "to",
                                    "handed_to", "name",           "without",       "was_title",
                                    "is_title",  "was_enterprise", "is_enterprise", "was_uscc",
                                    "is_uscc",   "was_contact",    "is_contact",    "was_phone",
                                    "is_phone",  "private",        "texts",         "destination"};
_Static_assert(SEAL_KEYS == sizeof names / sizeof *names, "seal.h counts the keys");

int seal_key(const char *name, size_t length)
{
    for (int i = 0; i < SEAL_KEYS; i++)
        if (strlen(names[i]) == length && !memcmp(names[i], name, length))
            return i;
    return -1;
}

const char *seal_name(int key)
{
    return key < SEAL_KEYS ? names[key] : NULL;
}

/* A digest gives two salts. */
void seal_salt(struct seals *seals, int key, uint8_t salt[static SEED_SIZE])
{
    if (seals->has_pair != (key | 1)) {
        uint8_t from[SEED_SIZE + 1];
        memcpy(from, seals->seed, SEED_SIZE);
        from[SEED_SIZE] = (uint8_t)(key / 2);
        digest_sm3(NULL, from, sizeof from, seals->pair);
        seals->has_pair = key | 1;
    }
    memcpy(salt, seals->pair + key % 2 * SEED_SIZE, SEED_SIZE);
}

void seal_text(const uint8_t salt[static SEED_SIZE], int key, const char *text, size_t length,
               uint8_t seal[static DIGEST_SIZE])
{
    /* The salt, the key and zeroes, of the size that a digest before has. */
    uint8_t before[DIGEST_SIZE] = {0};
    memcpy(before, salt, SEED_SIZE);
    before[SEED_SIZE] = (uint8_t)key;
    digest_sm3(before, text, length, seal);
}

const struct seal_kept *seal_kept_of(const struct seals *seals, int key)
{
    for (size_t i = 0; i < seals->kept_count; i++)
        if (seals->kept[i].key == key)
            return &seals->kept[i];
    return NULL;
}

/* True for the mark, as it stands in a column or, with its quotes, in an event's data. */
static bool is_mark(const char *text, size_t length)
{
    static const char extra[] = SEAL_ERASED_EXTRA;
    if (!text || length < 2)
        return false;
    bool quoted = *text == '"' && text[length - 1] == '"';
    return mask_is_erased(text + quoted, length - 2 * quoted) ||
           (length == strlen(extra) && !memcmp(text, extra, length));
}

void seal_of(struct seals *seals, int key, const char *text, size_t length,
             uint8_t seal[static DIGEST_SIZE])
{
    uint8_t salt[SEED_SIZE];
    const struct seal_kept *kept = seal_kept_of(seals, key);
    if (kept && kept->is_erased) {
        memset(seal, 0, DIGEST_SIZE); /* no text has this one */
        if (is_mark(text, length))
            memcpy(seal, kept->bytes, DIGEST_SIZE);
        return;
    }
    if (kept)
        memcpy(salt, kept->bytes, SEED_SIZE);
    else
        seal_salt(seals, key, salt);
    seal_text(salt, key, text, length, seal);
}
