/* phone: what can be a telephone number, as people and spreadsheets write them. Pure. */
#ifndef QIFU_BASE_PHONE_H
#define QIFU_BASE_PHONE_H

#include "base/fault.h"

/* Adds a fault where PHONE can be none; NULL is none at all, and no fault. Taken are digits with
 * blanks, hyphens and brackets, +86, an extension (转, 分机, ext), several numbers, masked ones
 * (138****1234), and words without any digit (无, 不详). Refused are Latin letters, fewer than five
 * digits, and 1.39E+10. */
void phone_check(const char *phone, struct fault *fault);

#endif
