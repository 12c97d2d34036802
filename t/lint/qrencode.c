/* Holds the types of common/base/qrencode.h to those of qrencode.h, where that is installed
 * (t/lint/run compiles this, and nothing links it). */
#include <qrencode.h>
#include <stddef.h>

#include "base/qrencode.h"

#define SAME_PLACE(member)                                                                         \
    _Static_assert(offsetof(struct qrencode, member) == offsetof(QRcode, member), #member);
SAME_PLACE(version)
SAME_PLACE(width)
SAME_PLACE(data)
_Static_assert(sizeof(struct qrencode) == sizeof(QRcode), "a code");
_Static_assert((int)QRENCODE_MEDIUM == (int)QR_ECLEVEL_M, "a level");
_Static_assert(sizeof(QRecLevel) == sizeof(int), "a level is passed as a number");
_Static_assert(__builtin_types_compatible_p(__typeof__(&QRcode_encodeString8bit),
                                            QRcode *(*)(const char *, int, QRecLevel)),
               "QRcode_encodeString8bit is of another type");
_Static_assert(__builtin_types_compatible_p(__typeof__(&QRcode_free), void (*)(QRcode *)),
               "QRcode_free is of another type");
