#include "base/mem.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"

enum { ARENA_BLOCK = 32 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

static void *present(void *memory)
{
    if (!memory)
        die("out of memory");
    return memory;
}

void *mem_alloc(size_t size)
{
    return present(malloc(size ? size : 1));
}

void *mem_zero(size_t count, size_t size)
{
    return present(calloc(count ? count : 1, size ? size : 1));
}

void *mem_resize(void *old, size_t size)
{
    return present(realloc(old, size ? size : 1));
}

char *mem_string(const char *string)
{
    size_t size = strlen(string) + 1;
    return memcpy(mem_alloc(size), string, size);
}

void *mem_grow(void *array, size_t count, size_t element_size)
{
    if (count & (count - 1))
        return array;
    return mem_resize(array, (count ? 2 * count : 1) * element_size);
}

void *arena_zero(struct arena *arena, size_t size)
{
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct arena_block *block = arena->blocks;
    if (!block || block->size - block->used < size) {
        size_t room = size > ARENA_BLOCK ? size : ARENA_BLOCK;
        block = mem_alloc(sizeof *block + room);
        *block = (struct arena_block){.next = arena->blocks, .size = room};
        arena->blocks = block;
    }
    void *memory = block->bytes + block->used;
    block->used += size;
    return memset(memory, 0, size);
}

char *arena_bytes(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = arena_zero(arena, length + 1);
    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

char *arena_string(struct arena *arena, const char *string)
{
    return arena_bytes(arena, string, strlen(string));
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        die("cannot format a text");
    char *copy = arena_zero(arena, (size_t)length + 1);
    vsnprintf(copy, (size_t)length + 1, format, again);
    va_end(again);
    return copy;
}

void arena_free(struct arena *arena)
{
    for (struct arena_block *next, *block = arena->blocks; block; block = next) {
        next = block->next;
        free(block);
    }
    arena->blocks = NULL;
}
