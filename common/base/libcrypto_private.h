/* The functions of OpenSSL 3's libcrypto that its door calls, as they are there; t/lint/libcrypto.c
 * holds the types to its headers. */
#ifndef QIFU_BASE_LIBCRYPTO_PRIVATE_H
#define QIFU_BASE_LIBCRYPTO_PRIVATE_H

#include <stddef.h>

/* What libcrypto calls EVP_PKEY, EVP_PKEY_CTX, EVP_MD, EVP_MD_CTX, PKCS8_PRIV_KEY_INFO,
 * OSSL_LIB_CTX and ENGINE. */
struct libcrypto_key;
struct evp_key_context;
struct evp_digest;
struct evp_digest_context;
struct pkcs8_key;
struct ossl_context;
struct ossl_engine;

/* Name, result, parameters. */
#define LIBCRYPTO_FUNCTIONS(F)                                                                     \
    F(EVP_PKEY_CTX_new_from_name, struct evp_key_context *,                                        \
      (struct ossl_context *, const char *, const char *))                                         \
    F(EVP_PKEY_CTX_free, void, (struct evp_key_context *))                                         \
    F(EVP_PKEY_keygen_init, int, (struct evp_key_context *))                                       \
    F(EVP_PKEY_generate, int, (struct evp_key_context *, struct libcrypto_key **))                 \
    F(EVP_PKEY_CTX_set1_id, int, (struct evp_key_context *, const void *, int))                    \
    F(EVP_PKEY_free, void, (struct libcrypto_key *))                                               \
    F(EVP_MD_CTX_new, struct evp_digest_context *, (void))                                         \
    F(EVP_MD_CTX_free, void, (struct evp_digest_context *))                                        \
    F(EVP_sm3, const struct evp_digest *, (void))                                                  \
    F(EVP_DigestSignInit, int,                                                                     \
      (struct evp_digest_context *, struct evp_key_context **, const struct evp_digest *,          \
       struct ossl_engine *, struct libcrypto_key *))                                              \
    F(EVP_DigestSign, int,                                                                         \
      (struct evp_digest_context *, unsigned char *, size_t *, const unsigned char *, size_t))     \
    F(EVP_DigestVerifyInit, int,                                                                   \
      (struct evp_digest_context *, struct evp_key_context **, const struct evp_digest *,          \
       struct ossl_engine *, struct libcrypto_key *))                                              \
    F(EVP_DigestVerify, int,                                                                       \
      (struct evp_digest_context *, const unsigned char *, size_t, const unsigned char *, size_t)) \
    F(EVP_PKEY2PKCS8, struct pkcs8_key *, (const struct libcrypto_key *))                          \
    F(i2d_PKCS8_PRIV_KEY_INFO, int, (const struct pkcs8_key *, unsigned char **))                  \
    F(PKCS8_PRIV_KEY_INFO_free, void, (struct pkcs8_key *))                                        \
    F(d2i_AutoPrivateKey, struct libcrypto_key *,                                                  \
      (struct libcrypto_key **, const unsigned char **, long))                                     \
    F(d2i_PUBKEY, struct libcrypto_key *, (struct libcrypto_key **, const unsigned char **, long)) \
    F(i2d_PUBKEY, int, (const struct libcrypto_key *, unsigned char **))

#define LIBCRYPTO_MEMBER(name, result, parameters) result(*name) parameters;
struct libcrypto {
    LIBCRYPTO_FUNCTIONS(LIBCRYPTO_MEMBER)
};

#endif
