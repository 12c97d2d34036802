#include "mail/maildir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *maildir_list(const char *folder, struct arena *arena)
{
    const char **names = NULL;
    size_t count = 0;
    DIR *directory = opendir(arena_format(arena, "%s/new", folder));
    if (!directory)
        return NULL;
    for (const struct dirent *entry; (entry = readdir(directory));) {
        if (*entry->d_name == '.')
            continue;
        names = mem_grow(names, count, sizeof *names);
        names[count++] = arena_string(arena, entry->d_name);
    }
    closedir(directory);
    if (count)
        qsort(names, count, sizeof *names, by_name);
    const char **kept = arena_zero(arena, (count + 1) * sizeof *kept);
    if (count)
        memcpy(kept, names, count * sizeof *kept);
    free(names);
    return kept;
}

bool maildir_read(FILE *file, struct text *bytes)
{
    char block[65536];
    size_t got;
    text_add(bytes, "");
    errno = 0;
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        text_add_bytes(bytes, block, got);
        if (bytes->length > MAILDIR_MOST_BYTES) {
            errno = EFBIG;
            return false;
        }
    }
    return !ferror(file);
}

bool maildir_read_new(const char *folder, const char *name, struct text *bytes)
{
    struct arena arena = {0};
    int fd = open(arena_format(&arena, "%s/new/%s", folder, name),
                  O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    FILE *file = fd >= 0 ? fdopen(fd, "rb") : NULL;
    arena_free(&arena);
    if (!file)
        return false;
    bool good = maildir_read(file, bytes);
    int why = errno;
    fclose(file);
    errno = why;
    return good;
}

bool maildir_seen(const char *folder, const char *name)
{
    struct arena arena = {0};
    bool moved = rename(arena_format(&arena, "%s/new/%s", folder, name),
                        arena_format(&arena, "%s/cur/%s:2,S", folder, name)) == 0;
    int why = errno;
    arena_free(&arena);
    errno = why;
    return moved;
}
