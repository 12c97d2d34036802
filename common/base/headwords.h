/* headwords: the encoded words of a mail's header (RFC 2047) as GMime reads them rightly: it stops
 * at the padding of the first of several in base64, so neighbours of one charset become one, which
 * also mends characters that were cut in two; and what is called GB2312 or GBK is GB18030, which
 * all of it is part of. Pure. */
#ifndef QIFU_BASE_HEADWORDS_H
#define QIFU_BASE_HEADWORDS_H

#include "base/text.h"

/* Appends VALUE, unfolded, with its words mended. */
void headwords_mend(struct text *to, const char *value);

#endif
