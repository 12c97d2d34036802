/* digest: the door to Nettle: SM3 (GB/T 32905-2016), the hash that Chinese public bodies are to
 * use, and that `openssl dgst -sm3` recomputes anywhere; and SHA-256, where others' formats have
 * it. Nettle is small, kept up (GnuTLS stands on it) and costs nothing at the start of a program,
 * unlike OpenSSL's providers. */
#ifndef QIFU_BASE_DIGEST_H
#define QIFU_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum { DIGEST_SIZE = 32, DIGEST_TEXT_SIZE = 2 * DIGEST_SIZE + 1 };

/* The SM3 digest of the DIGEST_SIZE bytes BEFORE (may be NULL) followed by BYTES. DIGEST may be
 * BEFORE itself. */
void digest_sm3(const uint8_t *before, const void *bytes, size_t length,
                uint8_t digest[static DIGEST_SIZE]);

/* The SHA-256 digest of BYTES. */
void digest_sha256(const void *bytes, size_t length, uint8_t digest[static DIGEST_SIZE]);

/* The HMAC (RFC 2104) of BYTES by SM3, under a key of DIGEST_SIZE bytes. */
void digest_hmac(const uint8_t key[static DIGEST_SIZE], const void *bytes, size_t length,
                 uint8_t digest[static DIGEST_SIZE]);

/* Writes the digest in hexadecimal to BUFFER and returns it. */
char *digest_print(const uint8_t digest[static DIGEST_SIZE], char buffer[static DIGEST_TEXT_SIZE]);

#endif
