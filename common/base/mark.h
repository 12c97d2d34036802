/* mark: a number in a file of its own, up to which somebody has read; replaced whole or not at all.
 */
#ifndef QIFU_BASE_MARK_H
#define QIFU_BASE_MARK_H

#include <stdint.h>

/* The number in the file at PATH, 0 where there is no such file; dies where it holds none. */
int64_t mark_read(const char *path);
/* Puts NUMBER in its place; dies where it cannot. */
void mark_write(const char *path, int64_t number);

#endif
