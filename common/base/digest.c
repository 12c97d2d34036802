#include "base/digest.h"

#include <nettle/hmac.h>
#include <nettle/sha2.h>
#include <nettle/sm3.h>

_Static_assert(DIGEST_SIZE == SM3_DIGEST_SIZE, "SM3 gives 32 bytes");
_Static_assert(DIGEST_SIZE == SHA256_DIGEST_SIZE, "SHA-256 gives 32 bytes");

void digest_sm3(const uint8_t *before, const void *bytes, size_t length,
                uint8_t digest[static DIGEST_SIZE])
{
    struct sm3_ctx context;
    sm3_init(&context);
    if (before)
        sm3_update(&context, DIGEST_SIZE, before);
    sm3_update(&context, length, bytes);
    sm3_digest(&context, DIGEST_SIZE, digest);
}

void digest_sha256(const void *bytes, size_t length, uint8_t digest[static DIGEST_SIZE])
{
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, length, bytes);
    sha256_digest(&context, DIGEST_SIZE, digest);
}

void digest_hmac(const uint8_t key[static DIGEST_SIZE], const void *bytes, size_t length,
                 uint8_t digest[static DIGEST_SIZE])
{
    struct hmac_sm3_ctx context;
    hmac_sm3_set_key(&context, DIGEST_SIZE, key);
    hmac_sm3_update(&context, length, bytes);
    hmac_sm3_digest(&context, DIGEST_SIZE, digest);
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
