/* Holds the types of common/base/gmime_private.h to those of GMime 3 and GLib, where these are
 * installed (t/lint/run compiles this, and nothing links it). */
#include <gmime/gmime.h>

#define gmime_instance    _GTypeInstance
#define gmime_object      _GMimeObject
#define gmime_message     _GMimeMessage
#define gmime_leaf        _GMimePart
#define gmime_stream      _GMimeStream
#define gmime_memory      _GMimeStreamMem
#define gmime_mailbox     _InternetAddressMailbox
#define gmime_bytes       _GByteArray
#define gmime_parser      _GMimeParser
#define gmime_options     _GMimeParserOptions
#define gmime_iterator    _GMimePartIter
#define gmime_type        _GMimeContentType
#define gmime_wrapper     _GMimeDataWrapper
#define gmime_list        _InternetAddressList
#define gmime_address     _InternetAddress
#define gmime_header_list _GMimeHeaderList
#define gmime_header_line _GMimeHeader
#undef g_object_unref
#undef g_free
#include "base/gmime_private.h"

_Static_assert(offsetof(struct gmime_array, data) == offsetof(GByteArray, data), "the bytes");
_Static_assert(offsetof(struct gmime_array, length) == offsetof(GByteArray, len), "their number");

#define SAME_TYPE(name, result, parameters)                                                        \
    _Static_assert(__builtin_types_compatible_p(__typeof__(&name), result(*) parameters),          \
                   #name " is of another type");
GMIME_FUNCTIONS(SAME_TYPE)
