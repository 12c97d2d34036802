/* libcrypto: the door to OpenSSL's library, for one thing: signatures, by Ed25519 (RFC 8032) and by
 * SM2 with SM3 (GB/T 32918.2). It is loaded when a signature is made or verified and not before;
 * the programs are built without it. Where QIFU_LINKED_LIBCRYPTO is defined it is linked instead,
 * for a program that stands alone. */
#ifndef QIFU_BASE_LIBCRYPTO_H
#define QIFU_BASE_LIBCRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum libcrypto_kind { LIBCRYPTO_ED25519, LIBCRYPTO_SM2, LIBCRYPTO_KINDS };
enum { LIBCRYPTO_MOST_PUBLIC = 65, LIBCRYPTO_MOST_PRIVATE = 256, LIBCRYPTO_MOST_SIGNATURE = 80 };

/* Who signs by SM2 is part of what is signed: always the name that GB/T 35276 gives to who has none
 * of his own, so that others verify without being told. */
#define LIBCRYPTO_SM2_SIGNER "1234567812345678"

/* How many bytes a public key has: 32, or a point's 65 (04, x, y). */
size_t libcrypto_public_size(enum libcrypto_kind kind);

/* A private key; the caller frees it by libcrypto_free. */
struct libcrypto_key;

/* A new one. */
struct libcrypto_key *libcrypto_make(enum libcrypto_kind kind);
/* The one in these bytes (PKCS #8, DER), with its *KIND; NULL where there is none of either kind.
 */
struct libcrypto_key *libcrypto_read(const uint8_t *bytes, size_t length,
                                     enum libcrypto_kind *kind);
/* The same bytes of KEY; returns how many. */
size_t libcrypto_write(const struct libcrypto_key *key, uint8_t bytes[LIBCRYPTO_MOST_PRIVATE]);
/* Its public key, of libcrypto_public_size. */
void libcrypto_public(const struct libcrypto_key *key, uint8_t bytes[LIBCRYPTO_MOST_PUBLIC]);
void libcrypto_free(struct libcrypto_key *key);

/* Signs; returns how many bytes the signature has: 64, or as many as SM2's two numbers have in
 * DER. Dies where the library cannot. */
size_t libcrypto_sign(const struct libcrypto_key *key, enum libcrypto_kind kind, const void *bytes,
                      size_t length, uint8_t signature[LIBCRYPTO_MOST_SIGNATURE]);

/* Whether SIGNATURE is one of BYTES by the owner of this public key. */
bool libcrypto_verify(enum libcrypto_kind kind, const uint8_t *public_key, const void *bytes,
                      size_t length, const uint8_t *signature, size_t signature_length);

#endif
