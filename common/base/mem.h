/* mem: memory or death: nobody checks for NULL; and arenas, which are freed at once. */
#ifndef QIFU_BASE_MEM_H
#define QIFU_BASE_MEM_H

#include <stddef.h>

/* Like their namesakes, but they die instead of returning NULL. The caller frees. */
void *mem_alloc(size_t size);
void *mem_zero(size_t count, size_t size);
void *mem_resize(void *old, size_t size);
char *mem_string(const char *string);

/* Makes room for one more element in a growing array of COUNT elements: returns ARRAY, moved
 * when COUNT is a power of two (or 0), which is when it is full. */
void *mem_grow(void *array, size_t count, size_t element_size);

/* An arena owns all that was allocated from it; arena_free frees everything. */
struct arena {
    struct arena_block *blocks;
};

void *arena_zero(struct arena *arena, size_t size);
char *arena_string(struct arena *arena, const char *string);
char *arena_bytes(struct arena *arena, const char *bytes, size_t length);
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void arena_free(struct arena *arena);

#endif
