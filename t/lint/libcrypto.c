/* Holds the types of common/base/libcrypto_private.h to those of OpenSSL's headers, where they are
 * installed (t/lint/run compiles this, and nothing links it). */
#include <openssl/evp.h>
#include <openssl/x509.h>

/* The names that the door gives to the library's types mean those here. */
#define libcrypto_key      evp_pkey_st
#define evp_key_context    evp_pkey_ctx_st
#define evp_digest         evp_md_st
#define evp_digest_context evp_md_ctx_st
#define pkcs8_key          pkcs8_priv_key_info_st
#define ossl_context       ossl_lib_ctx_st
#define ossl_engine        engine_st
#include "base/libcrypto_private.h"

#define SAME(name, result, parameters)                                                             \
    _Static_assert(__builtin_types_compatible_p(__typeof__(((struct libcrypto *)0)->name),         \
                                                __typeof__(&(name))),                              \
                   #name " is of another type");
LIBCRYPTO_FUNCTIONS(SAME)
