#include "evidence/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/digest.h"
#include "evidence/input.h"

enum { MOST_TYPE = 32, STAMP_SIZE = 8 };

/* What a key is for stands before its bytes. 1 and 4 are C2SP's numbers for Ed25519; SM2 has none,
 * and 255 says that a name follows. */
static const struct type {
    enum libcrypto_kind kind;
    bool witness;
    const char *name;
} types[] = {{LIBCRYPTO_ED25519, false, "\x01"},
             {LIBCRYPTO_ED25519, true, "\x04"},
             {LIBCRYPTO_SM2, false, "\xffqifu/sm2-sm3"},
             {LIBCRYPTO_SM2, true, "\xffqifu/sm2-sm3-cosignature"}};
enum { TYPES = sizeof types / sizeof *types };

static const char *type_of(const struct key *key)
{
    int i = 0;
    while (types[i].kind != key->kind || types[i].witness != key->witness)
        i++;
    return types[i].name;
}

static void add_typed(struct text *to, const struct key *key)
{
    text_add(to, type_of(key));
    text_add_bytes(to, (const char *)key->bytes, libcrypto_public_size(key->kind));
}

void key_set_id(struct key *key)
{
    uint8_t digest[DIGEST_SIZE];
    struct text named = {0};
    text_add_format(&named, "%s\n", key->name);
    add_typed(&named, key);
    digest_sha256(named.data, named.length, digest);
    memcpy(key->id, digest, NOTE_ID_SIZE);
    text_free(&named);
}

void key_add(struct text *to, const struct key *key)
{
    struct text typed = {0};
    text_add_format(to, "%s+%02x%02x%02x%02x+", key->name, key->id[0], key->id[1], key->id[2],
                    key->id[3]);
    add_typed(&typed, key);
    base64_add(to, typed.data, typed.length);
    text_free(&typed);
}

/* Finds the type of LENGTH bytes, and takes what follows it. */
static bool take_typed(struct key *key, const uint8_t *bytes, size_t length)
{
    for (int i = 0; i < TYPES; i++) {
        size_t before = strlen(types[i].name), size = libcrypto_public_size(types[i].kind);
        if (length != before + size || memcmp(bytes, types[i].name, before) != 0)
            continue;
        key->kind = types[i].kind;
        key->witness = types[i].witness;
        memcpy(key->bytes, bytes + before, size);
        return true;
    }
    return false;
}

static bool read_key(struct key *key, struct arena *arena, const char *text, struct fault *fault)
{
    uint8_t bytes[MOST_TYPE + LIBCRYPTO_MOST_PUBLIC];
    char id[2 * NOTE_ID_SIZE + 1];
    const char *plus = strchr(text, '+'), *second = plus ? strchr(plus + 1, '+') : NULL;
    long count = second ? base64_read(second + 1, strlen(second + 1), bytes, sizeof bytes) : -1;
    *key = (struct key){.name = plus ? arena_bytes(arena, text, (size_t)(plus - text)) : ""};
    if (count < 0 || !note_is_name(key->name) || !take_typed(key, bytes, (size_t)count))
        return fault_add(fault, "no public key: %s", text);
    key_set_id(key);
    snprintf(id, sizeof id, "%02x%02x%02x%02x", key->id[0], key->id[1], key->id[2], key->id[3]);
    if (second - plus - 1 != 2 * NOTE_ID_SIZE || strncmp(plus + 1, id, 2 * NOTE_ID_SIZE) != 0)
        return fault_add(fault, "the id of this public key is not its own: %s", text);
    return true;
}

static bool take_one(struct keys *keys, struct arena *arena, const char *text, struct fault *fault)
{
    struct key key;
    if (!read_key(&key, arena, text, fault))
        return false;
    keys->list = mem_grow(keys->list, (size_t)keys->count, sizeof *keys->list);
    keys->list[keys->count++] = key;
    return true;
}

static bool take_lines(struct keys *keys, struct arena *arena, const char *path, char *text,
                       struct fault *fault)
{
    int before = keys->count;
    struct fault why = {""};
    for (char *line = text, *end; line; line = end) {
        end = strchr(line, '\n');
        if (end)
            *end++ = '\0';
        line = text_trim(line);
        if (*line && *line != '#' && !take_one(keys, arena, line, &why))
            return fault_add(fault, "%s: %s", path, why.text);
    }
    return keys->count > before || fault_add(fault, "%s: no public key", path);
}

bool keys_take(struct keys *keys, struct arena *arena, const char *word, struct fault *fault)
{
    struct fault none = {""};
    if (take_one(keys, arena, word, &none))
        return true;
    if (strchr(word, '+') && !input_is_there(word))
        return fault_add(fault, "%s", none.text);
    char *text = input_read(word, fault);
    bool good = text && take_lines(keys, arena, word, text, fault);
    free(text);
    return good;
}

void keys_free(struct keys *keys)
{
    free(keys->list);
    *keys = (struct keys){NULL, 0};
}

void key_add_cosigned(struct text *to, int64_t at, const char *text, size_t length)
{
    text_add_format(to, "cosignature/v1\ntime %lld\n", (long long)at);
    text_add_bytes(to, text, length);
}

/* A witness's signature has its moment before it, the highest byte first. */
static bool holds_at(const struct key *key, const struct note *note,
                     const struct note_signature *signature, int64_t *at)
{
    struct text cosigned = {0};
    uint64_t moment = 0;
    if (signature->length <= STAMP_SIZE || signature->bytes[0] || signature->bytes[1] ||
        signature->bytes[2])
        return false; /* or of the year 36,000 */
    for (int i = 0; i < STAMP_SIZE; i++)
        moment = moment << 8 | signature->bytes[i];
    *at = (int64_t)moment;
    key_add_cosigned(&cosigned, *at, note->text, note->length);
    bool good = libcrypto_verify(key->kind, key->bytes, cosigned.data, cosigned.length,
                                 signature->bytes + STAMP_SIZE, signature->length - STAMP_SIZE);
    text_free(&cosigned);
    return good;
}

enum key_verdict key_judge(const struct key *key, const struct note *note, int64_t *at)
{
    enum key_verdict verdict = KEY_ABSENT;
    int64_t moment = 0;
    for (int i = 0; i < note->count; i++) {
        const struct note_signature *signature = &note->signatures[i];
        if (strcmp(signature->name, key->name) != 0 ||
            memcmp(signature->id, key->id, NOTE_ID_SIZE) != 0)
            continue;
        bool good = key->witness ? holds_at(key, note, signature, &moment)
                                 : libcrypto_verify(key->kind, key->bytes, note->text, note->length,
                                                    signature->bytes, signature->length);
        if (!good)
            return KEY_BROKEN;
        verdict = KEY_HOLDS;
    }
    if (at)
        *at = moment;
    return verdict;
}
