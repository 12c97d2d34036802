#include "center/token.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/db.h"
#include "base/die.h"
#include "base/random.h"
#include "base/text.h"
#include "base/tongue.h"

enum { BYTES = 15, MOMENT = 4, LETTERS = BYTES * 8 / 5, NONCE_BYTES = 10 };

/* Base 32 without letters that look like others (Crockford's). */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* ---- the key ---- */

const char *token_folder(const char *database, struct arena *arena)
{
    const char *folder = getenv("QIFU_WEB");
    if (folder && *folder)
        return folder;
    if (db_is_served(database))
        die("QIFU_WEB names no folder for the key of the pages, which a server's database needs");
    return arena_format(arena, "%s.web", database);
}

/* Reads the key; false where there is none. */
static bool read_key(const char *path, uint8_t key[static DIGEST_SIZE])
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return false;
    if (fd < 0 || fstat(fd, &status) != 0)
        die("%s: %s", path, tongue_error(errno));
    if (status.st_mode & (S_IRWXG | S_IRWXO))
        die("%s: others may read this key: chmod 600", path);
    if (status.st_size != DIGEST_SIZE || read(fd, key, DIGEST_SIZE) != DIGEST_SIZE)
        die("%s: this is no key of %d bytes", path, DIGEST_SIZE);
    close(fd);
    return true;
}

/* It is written whole under a name of its own first: who links it first has made it. */
static void make_key(const char *path)
{
    uint8_t key[DIGEST_SIZE];
    struct text own = {0};
    text_add_format(&own, "%s.%ld", path, (long)getpid());
    random_fill(key, sizeof key);
    unlink(own.data);
    int fd = open(own.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0 || write(fd, key, sizeof key) != (ssize_t)sizeof key || fsync(fd) != 0 ||
        close(fd) != 0 || (link(own.data, path) != 0 && errno != EEXIST))
        die("%s: cannot make this key: %s", path, tongue_error(errno));
    unlink(own.data);
    text_free(&own);
}

void token_key_read(const char *folder, uint8_t key[static DIGEST_SIZE])
{
    struct text path = {0};
    text_add_format(&path, "%s/key", folder);
    if (!read_key(path.data, key)) {
        if (mkdir(folder, S_IRWXU) != 0 && errno != EEXIST)
            die("%s: cannot make this folder: %s", folder, tongue_error(errno));
        make_key(path.data);
        if (!read_key(path.data, key))
            die("%s: the key is gone", path.data);
    }
    text_free(&path);
}

/* ---- words ---- */

static void spell(const uint8_t *bytes, size_t length, char *text)
{
    unsigned kept = 0, bits = 0;
    for (size_t i = 0; i < length; i++) {
        kept = (kept << 8 | bytes[i]) & 0xfff;
        for (bits += 8; bits >= 5; bits -= 5)
            *text++ = alphabet[kept >> (bits - 5) & 31];
    }
    *text = '\0';
}

/* The number of a letter, as it was meant; -1: it is none. */
static int letter(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';
    const char *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

/* False where WORD is none of LETTERS letters. */
static bool unspell(const char *word, uint8_t bytes[static BYTES])
{
    unsigned kept = 0, bits = 0;
    size_t letters = 0, count = 0;
    for (; *word; word++) {
        int number = letter(*word);
        if (*word == '-' || *word == ' ')
            continue;
        if (number < 0 || letters++ == LETTERS)
            return false;
        kept = (kept << 5 | (unsigned)number) & 0xfff;
        bits += 5;
        if (bits >= 8)
            bytes[count++] = (uint8_t)(kept >> (bits -= 8));
    }
    return letters == LETTERS;
}

/* The bytes of the word for PURPOSE until UNTIL. */
static void compute(const uint8_t *key, const char *purpose, int64_t until,
                    uint8_t bytes[static BYTES])
{
    uint8_t digest[DIGEST_SIZE];
    struct text said = {0};
    for (int i = 0; i < MOMENT; i++)
        bytes[i] = (uint8_t)((uint64_t)until >> 8 * (MOMENT - 1 - i));
    text_add_bytes(&said, (const char *)bytes, MOMENT);
    text_add(&said, purpose);
    digest_hmac(key, said.data, said.length, digest);
    memcpy(bytes + MOMENT, digest, BYTES - MOMENT);
    text_free(&said);
}

char *token_write(const uint8_t key[static DIGEST_SIZE], const char *purpose, int64_t until,
                  char text[static TOKEN_TEXT_SIZE])
{
    uint8_t bytes[BYTES];
    compute(key, purpose, until, bytes);
    spell(bytes, BYTES, text);
    return text;
}

bool token_holds(const uint8_t key[static DIGEST_SIZE], const char *purpose, const char *word,
                 int64_t now)
{
    uint8_t given[BYTES] = {0}, right[BYTES], differs = 0;
    int64_t until = 0;
    bool spelt = word && unspell(word, given);
    for (int i = 0; i < MOMENT; i++)
        until = until << 8 | given[i];
    compute(key, purpose, until, right);
    for (int i = 0; i < BYTES; i++)
        differs |= given[i] ^ right[i];
    return spelt && !differs && until >= now;
}

char *token_nonce(char text[static TOKEN_NONCE_SIZE])
{
    uint8_t bytes[NONCE_BYTES];
    random_fill(bytes, sizeof bytes);
    spell(bytes, sizeof bytes, text);
    return text;
}
