/* random: bytes that nobody can guess, from the kernel. */
#ifndef QIFU_BASE_RANDOM_H
#define QIFU_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* Fills BYTES; dies where the kernel gives none. */
void random_fill(uint8_t *bytes, size_t size);

#endif
