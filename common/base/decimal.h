/* decimal: exact numbers of criteria and facts, in millionths, with the units that offices write:
 * 2000万, 1.5亿, 3.5%, 12,000. Pure. */
#ifndef QIFU_BASE_DECIMAL_H
#define QIFU_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DECIMAL_ONE = 1000000, DECIMAL_TEXT_SIZE = 32 };
/* Numbers lie between -DECIMAL_MOST and DECIMAL_MOST. */
#define DECIMAL_MOST INT64_C(9000000000000000000)

/* Reads a number with its unit (万, 亿, 千, 百万, 千万, %, ‰) at the start of S and stores it.
 * Returns how many bytes it takes, 0 where there is none or it is too large or too fine. A comma
 * stands only between groups of three digits. */
size_t decimal_scan(const char *s, int64_t *number);

/* Reads exactly one number; words of money or count behind it (元, 人, 万元, 人民币) are passed
 * over. */
bool decimal_parse(const char *s, int64_t *number);

/* Writes the number as people read it (2000万, 1.5亿, 3.5%) to BUFFER and returns it. UNIT is that
 * of the fact: "%" writes a share, another one is appended; NULL is none. */
char *decimal_print(int64_t number, const char *unit, char buffer[static DECIMAL_TEXT_SIZE]);

/* Writes it plainly (20000000, 0.035) to BUFFER and returns it. */
char *decimal_plain(int64_t number, char buffer[static DECIMAL_TEXT_SIZE]);

#endif
