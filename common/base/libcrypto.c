#include "base/libcrypto.h"

#include <string.h>

#include "base/die.h"
#include "base/libcrypto_private.h"
#include "base/library.h"

#ifdef QIFU_LINKED_LIBCRYPTO
#define LIBCRYPTO_DECLARE(name, result, parameters) extern result name parameters;
LIBCRYPTO_FUNCTIONS(LIBCRYPTO_DECLARE)

static const struct libcrypto *library(void)
{
#define LIBCRYPTO_LINK(name, result, parameters) .name = name,
    static const struct libcrypto functions = {LIBCRYPTO_FUNCTIONS(LIBCRYPTO_LINK)};
    return &functions;
}
#else
static const struct libcrypto *library(void)
{
    static const char *const names[] = {"libcrypto.so.3", NULL};
    static struct libcrypto functions;
    static void *loaded;
    if (loaded)
        return &functions;
    loaded = library_load(names, "signatures need OpenSSL's library", "libssl3");
#define LIBCRYPTO_FIND(name, result, parameters)                                                   \
    library_find(loaded, "libssl3", #name, &functions.name);
    LIBCRYPTO_FUNCTIONS(LIBCRYPTO_FIND)
    return &functions;
}
#endif

/* What of a public key in DER (SubjectPublicKeyInfo) stands before its bytes: the algorithm, and
 * its curve. */
static const uint8_t ed25519_head[] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                       0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
static const uint8_t sm2_head[] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
                                   0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x81, 0x1c,
                                   0xcf, 0x55, 0x01, 0x82, 0x2d, 0x03, 0x42, 0x00};
enum { MOST_DER = 256 };

static const struct kind {
    const char *name;
    const uint8_t *head;
    size_t head_size, size;
} kinds[] = {[LIBCRYPTO_ED25519] = {"ED25519", ed25519_head, sizeof ed25519_head, 32},
             [LIBCRYPTO_SM2] = {"SM2", sm2_head, sizeof sm2_head, 65}};

size_t libcrypto_public_size(enum libcrypto_kind kind)
{
    return kinds[kind].size;
}

struct libcrypto_key *libcrypto_make(enum libcrypto_kind kind)
{
    const struct libcrypto *l = library();
    struct libcrypto_key *key = NULL;
    struct evp_key_context *context = l->EVP_PKEY_CTX_new_from_name(NULL, kinds[kind].name, NULL);
    if (!context || l->EVP_PKEY_keygen_init(context) != 1 ||
        l->EVP_PKEY_generate(context, &key) != 1)
        die("OpenSSL's library cannot make a key of %s", kinds[kind].name);
    l->EVP_PKEY_CTX_free(context);
    return key;
}

/* The public key of KEY in DER; 0 where it has none of so few bytes. */
static size_t public_der(const struct libcrypto_key *key, uint8_t der[MOST_DER])
{
    const struct libcrypto *l = library();
    unsigned char *end = der;
    int length = l->i2d_PUBKEY(key, NULL);
    return length > 0 && length <= MOST_DER ? (size_t)l->i2d_PUBKEY(key, &end) : 0;
}

/* The kind whose public keys look so, or LIBCRYPTO_KINDS. */
static enum libcrypto_kind kind_of(const uint8_t *der, size_t length)
{
    int kind = 0;
    while (kind < LIBCRYPTO_KINDS && (length != kinds[kind].head_size + kinds[kind].size ||
                                      memcmp(der, kinds[kind].head, kinds[kind].head_size) != 0))
        kind++;
    return (enum libcrypto_kind)kind;
}

struct libcrypto_key *libcrypto_read(const uint8_t *bytes, size_t length, enum libcrypto_kind *kind)
{
    const struct libcrypto *l = library();
    uint8_t der[MOST_DER] = {0};
    struct libcrypto_key *key = NULL;
    *kind = LIBCRYPTO_KINDS;
    if (l->d2i_AutoPrivateKey(&key, &bytes, (long)length))
        *kind = kind_of(der, public_der(key, der));
    if (*kind != LIBCRYPTO_KINDS)
        return key;
    l->EVP_PKEY_free(key);
    return NULL;
}

size_t libcrypto_write(const struct libcrypto_key *key, uint8_t bytes[LIBCRYPTO_MOST_PRIVATE])
{
    const struct libcrypto *l = library();
    unsigned char *end = bytes;
    struct pkcs8_key *wrapped = l->EVP_PKEY2PKCS8(key);
    int length = wrapped ? l->i2d_PKCS8_PRIV_KEY_INFO(wrapped, NULL) : 0;
    if (length < 1 || length > LIBCRYPTO_MOST_PRIVATE)
        die("OpenSSL's library cannot write a private key");
    length = l->i2d_PKCS8_PRIV_KEY_INFO(wrapped, &end);
    l->PKCS8_PRIV_KEY_INFO_free(wrapped);
    return (size_t)length;
}

void libcrypto_public(const struct libcrypto_key *key, uint8_t bytes[LIBCRYPTO_MOST_PUBLIC])
{
    uint8_t der[MOST_DER] = {0};
    enum libcrypto_kind kind = kind_of(der, public_der(key, der));
    if (kind == LIBCRYPTO_KINDS)
        die("OpenSSL's library cannot write a public key");
    memcpy(bytes, der + kinds[kind].head_size, kinds[kind].size);
}

void libcrypto_free(struct libcrypto_key *key)
{
    if (key)
        library()->EVP_PKEY_free(key);
}

/* With SM2 the digest is SM3 and the signer has a name; Ed25519 has its own digest. */
static bool set_signer(const struct libcrypto *l, enum libcrypto_kind kind,
                       struct evp_key_context *context)
{
    return kind != LIBCRYPTO_SM2 || l->EVP_PKEY_CTX_set1_id(context, LIBCRYPTO_SM2_SIGNER,
                                                            (int)strlen(LIBCRYPTO_SM2_SIGNER)) == 1;
}

size_t libcrypto_sign(const struct libcrypto_key *key, enum libcrypto_kind kind, const void *bytes,
                      size_t length, uint8_t signature[LIBCRYPTO_MOST_SIGNATURE])
{
    const struct libcrypto *l = library();
    struct evp_digest_context *context = l->EVP_MD_CTX_new();
    struct evp_key_context *of_key = NULL;
    size_t size = LIBCRYPTO_MOST_SIGNATURE;
    const struct evp_digest *digest = kind == LIBCRYPTO_SM2 ? l->EVP_sm3() : NULL;
    if (!context ||
        l->EVP_DigestSignInit(context, &of_key, digest, NULL, (struct libcrypto_key *)key) != 1 ||
        !set_signer(l, kind, of_key) ||
        l->EVP_DigestSign(context, signature, &size, bytes, length) != 1)
        die("OpenSSL's library cannot sign by %s", kinds[kind].name);
    l->EVP_MD_CTX_free(context);
    return size;
}

bool libcrypto_verify(enum libcrypto_kind kind, const uint8_t *public_key, const void *bytes,
                      size_t length, const uint8_t *signature, size_t signature_length)
{
    const struct libcrypto *l = library();
    uint8_t der[MOST_DER] = {0};
    memcpy(der, kinds[kind].head, kinds[kind].head_size);
    memcpy(der + kinds[kind].head_size, public_key, kinds[kind].size);
    const unsigned char *end = der;
    struct libcrypto_key *key =
        l->d2i_PUBKEY(NULL, &end, (long)(kinds[kind].head_size + kinds[kind].size));
    struct evp_digest_context *context = l->EVP_MD_CTX_new();
    struct evp_key_context *of_key = NULL;
    const struct evp_digest *digest = kind == LIBCRYPTO_SM2 ? l->EVP_sm3() : NULL;
    bool good = key && context &&
                l->EVP_DigestVerifyInit(context, &of_key, digest, NULL, key) == 1 &&
                set_signer(l, kind, of_key) &&
                l->EVP_DigestVerify(context, signature, signature_length, bytes, length) == 1;
    l->EVP_MD_CTX_free(context);
    l->EVP_PKEY_free(key);
    return good;
}
