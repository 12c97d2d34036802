#include "center/config_files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/file.h"
#include "base/text.h"

struct config_file config_files_digest(struct arena *arena, const char *directory, const char *name)
{
    struct config_file file = {.name = arena_string(arena, name)};
    const char *path = arena_format(arena, "%s/%s", directory, name), *fault;
    FILE *in = file_open(path, &fault);
    if (!in)
        die("%s: %s", path, fault);
    struct text bytes = {0};
    char part[16384];
    for (size_t length; (length = fread(part, 1, sizeof part, in)) > 0;)
        text_add_bytes(&bytes, part, length);
    if (ferror(in))
        die("%s: cannot be read", path);
    fclose(in);
    uint8_t digest[DIGEST_SIZE];
    digest_sm3(NULL, text_string(&bytes), bytes.length, digest);
    digest_print(digest, file.digest);
    text_free(&bytes);
    return file;
}

static bool is_read(const char *name)
{
    const char *dot = strrchr(name, '.');
    return *name != '.' && dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".csv"));
}

/* A folder that is being listed. */
struct listing {
    struct arena *arena;
    const char *directory;
    struct config_files files;
};

/* Adds the files of FOLDER ("" or one that ends in a slash); each of its folders goes to ENTER,
 * where that is not NULL. A folder that is not there has none. */
static void list(struct listing *l, const char *folder,
                 void (*enter)(struct listing *, const char *))
{
    DIR *dir = opendir(arena_format(l->arena, "%s/%s", l->directory, folder));
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        const char *name = arena_format(l->arena, "%s%s", folder, entry->d_name);
        if (enter && *entry->d_name != '.')
            enter(l, arena_format(l->arena, "%s/", name));
        else if (!enter && is_read(entry->d_name)) {
            l->files.list = mem_grow(l->files.list, l->files.count, sizeof *l->files.list);
            l->files.list[l->files.count++] = config_files_digest(l->arena, l->directory, name);
        }
    }
    if (dir)
        closedir(dir);
}

static void list_files(struct listing *l, const char *folder)
{
    list(l, folder, NULL);
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct config_file *)a)->name, ((const struct config_file *)b)->name);
}

static struct config_files sorted(struct listing *l)
{
    if (l->files.count)
        qsort(l->files.list, l->files.count, sizeof *l->files.list, compare);
    return l->files;
}

struct config_files config_files_read(struct arena *arena, const char *directory)
{
    struct listing l = {.arena = arena, .directory = directory};
    list_files(&l, "");
    list_files(&l, "assess/");
    list_files(&l, "registers/");
    list(&l, "calendars/", list_files);
    return sorted(&l);
}

struct config_files config_files_below(struct arena *arena, const char *directory,
                                       const char *folder)
{
    struct listing l = {.arena = arena, .directory = directory};
    list_files(&l, folder);
    return sorted(&l);
}

struct config_files config_files_calendars(struct arena *arena, const char *directory)
{
    struct listing l = {.arena = arena, .directory = directory};
    list(&l, "calendars/", list_files);
    return sorted(&l);
}

const struct config_file *config_files_find(const struct config_files *files, const char *name)
{
    struct config_file key = {.name = name};
    return files->count ? bsearch(&key, files->list, files->count, sizeof *files->list, compare)
                        : NULL;
}

void config_files_hold(const struct config_files *taken, const char *directory,
                       const struct config_file *file)
{
    const struct config_file *known = config_files_find(taken, file->name);
    if (!known || strcmp(known->digest, file->digest) != 0)
        die("%s/%s: not the file that the center was configured with; center-init takes it over",
            directory, file->name);
}
