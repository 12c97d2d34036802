#include "digest.h"

#include <openssl/evp.h>
#include <stdlib.h>

#include "die.h"

/* Kept for the life of the process: fetching an algorithm costs more than a short digest. */
static EVP_MD *sm3;
static EVP_MD_CTX *context;

static void free_all(void)
{
    EVP_MD_CTX_free(context);
    EVP_MD_free(sm3);
}

static void prepare(void)
{
    if (context)
        return;
    sm3 = EVP_MD_fetch(NULL, "SM3", NULL);
    context = EVP_MD_CTX_new();
    if (!sm3 || !context)
        die("this OpenSSL has no SM3");
    atexit(free_all);
}

void digest_sm3(const uint8_t *before, const void *bytes, size_t length,
                uint8_t digest[static DIGEST_SIZE])
{
    prepare();
    if (!EVP_DigestInit_ex(context, sm3, NULL) ||
        (before && !EVP_DigestUpdate(context, before, DIGEST_SIZE)) ||
        !EVP_DigestUpdate(context, bytes, length) || !EVP_DigestFinal_ex(context, digest, NULL))
        die("cannot compute a digest");
}

char *digest_print(const uint8_t digest[static DIGEST_SIZE], char buffer[static DIGEST_TEXT_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < DIGEST_SIZE; i++) {
        buffer[2 * i] = digits[digest[i] >> 4];
        buffer[2 * i + 1] = digits[digest[i] & 15];
    }
    buffer[2 * DIGEST_SIZE] = '\0';
    return buffer;
}
