#include "evidence/signer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/base64.h"
#include "evidence/input.h"

enum { STAMP_SIZE = 8, LINE = 64 };

static const char for_log[] = "qifu-key/v1 log ", for_witness[] = "qifu-key/v1 witness ";
static const char begins[] = "-----BEGIN PRIVATE KEY-----\n";
static const char ends[] = "-----END PRIVATE KEY-----\n";

struct signer signer_make(const char *name, enum libcrypto_kind kind, bool witness)
{
    struct signer signer = {.key = {.name = name, .kind = kind, .witness = witness},
                            .secret = libcrypto_make(kind)};
    libcrypto_public(signer.secret, signer.key.bytes);
    key_set_id(&signer.key);
    return signer;
}

void signer_add(struct text *to, const struct signer *signer)
{
    uint8_t bytes[LIBCRYPTO_MOST_PRIVATE];
    struct text all = {0};
    base64_add(&all, bytes, libcrypto_write(signer->secret, bytes));
    text_add_format(to, "%s%s\n%s", signer->key.witness ? for_witness : for_log, signer->key.name,
                    begins);
    for (size_t at = 0; at < all.length; at += LINE)
        text_add_format(to, "%.*s\n", LINE, all.data + at);
    text_add(to, ends);
    memset(all.data, 0, all.length);
    text_free(&all);
}

/* What the first line says, and where the next begins; NULL where it says nothing of the kind. */
static char *read_purpose(struct key *key, struct arena *arena, char *text)
{
    char *end = strchr(text, '\n');
    key->witness = !strncmp(text, for_witness, sizeof for_witness - 1);
    if (!end || (!key->witness && strncmp(text, for_log, sizeof for_log - 1) != 0))
        return NULL;
    char *name = text + (key->witness ? sizeof for_witness : sizeof for_log) - 1;
    key->name = arena_bytes(arena, name, (size_t)(end - name));
    return note_is_name(key->name) ? end + 1 : NULL;
}

static struct libcrypto_key *read_secret(struct key *key, char *from)
{
    uint8_t bytes[LIBCRYPTO_MOST_PRIVATE];
    struct text all = {0};
    char *start = strstr(from, begins), *end = start ? strstr(start, ends) : NULL;
    if (!end)
        return NULL;
    for (char *at = start + sizeof begins - 1; at < end; at++)
        if (*at != '\n')
            text_add_char(&all, *at);
    long count = base64_read(text_string(&all), all.length, bytes, sizeof bytes);
    text_free(&all);
    return count > 0 ? libcrypto_read(bytes, (size_t)count, &key->kind) : NULL;
}

static bool is_private(const char *path, struct fault *fault)
{
    struct stat status;
    if (stat(path, &status) == 0 && status.st_mode & (S_IRWXG | S_IRWXO))
        return fault_add(fault, "%s: others may use this private key: chmod 600", path);
    return true;
}

bool signer_read(struct signer *signer, struct arena *arena, const char *path, struct fault *fault)
{
    *signer = (struct signer){.secret = NULL};
    char *text = is_private(path, fault) ? input_read(path, fault) : NULL;
    if (!text)
        return false;
    char *next = read_purpose(&signer->key, arena, text);
    if (next)
        signer->secret = read_secret(&signer->key, next);
    memset(text, 0, strlen(text));
    free(text);
    if (!signer->secret)
        return fault_add(fault, "%s: no private key of log-key", path);
    libcrypto_public(signer->secret, signer->key.bytes);
    key_set_id(&signer->key);
    return true;
}

void signer_free(struct signer *signer)
{
    libcrypto_free(signer->secret);
    signer->secret = NULL;
}

void signer_sign(struct text *to, const struct signer *signer, int64_t at, const char *text,
                 size_t length)
{
    uint8_t bytes[STAMP_SIZE + LIBCRYPTO_MOST_SIGNATURE];
    size_t before = signer->key.witness ? STAMP_SIZE : 0;
    struct text signed_text = {0};
    if (signer->key.witness)
        key_add_cosigned(&signed_text, at, text, length);
    else
        text_add_bytes(&signed_text, text, length);
    for (size_t i = 0; i < before; i++)
        bytes[i] = (uint8_t)((uint64_t)at >> (56 - 8 * i));
    struct note_signature line = {.name = signer->key.name, .bytes = bytes};
    memcpy(line.id, signer->key.id, NOTE_ID_SIZE);
    line.length = before + libcrypto_sign(signer->secret, signer->key.kind, signed_text.data,
                                          signed_text.length, bytes + before);
    note_add_signature(to, &line);
    text_free(&signed_text);
}
