/* qrencode: the door to libqrencode, which makes QR codes (ISO/IEC 18004): loaded where it is used,
 * and no need where it is not installed. */
#ifndef QIFU_BASE_QRENCODE_H
#define QIFU_BASE_QRENCODE_H

#include <stdbool.h>

#include "base/text.h"

/* The library's own: a square of modules, row by row; the lowest bit of each says whether it is
 * dark. */
struct qrencode {
    int version, width;
    unsigned char *data;
};
enum { QRENCODE_MEDIUM = 1 }; /* how much may be spoilt: 15 % */

/* What is called of it: name, result, parameters. */
#define QRENCODE_FUNCTIONS(F)                                                                      \
    F(QRcode_encodeString8bit, struct qrencode *, (const char *string, int version, int level))    \
    F(QRcode_free, void, (struct qrencode * code))

/* Appends TEXT as a drawing in SVG, called LABEL for those who do not see it. False, with nothing
 * appended, where the library is not installed or the text too long. */
bool qrencode_add(struct text *svg, const char *text, const char *label);

#endif
