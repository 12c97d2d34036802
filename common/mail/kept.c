#include "mail/kept.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/db.h"
#include "base/die.h"
#include "base/tongue.h"

const char *kept_folder(const char *database, struct arena *arena)
{
    const char *folder = getenv("QIFU_MAIL");
    if (folder && *folder)
        return folder;
    if (db_is_served(database))
        die("QIFU_MAIL names no folder for mails that wait, which a server's database needs");
    return arena_format(arena, "%s.mail", database);
}

const char *kept_path(const char *folder, const char *digest, struct arena *arena)
{
    return arena_format(arena, "%s/%s.eml", folder, digest);
}

static bool write_whole(int fd, const char *bytes, size_t length)
{
    while (length) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno != EINTR)
            return false;
        bytes += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
    return fsync(fd) == 0;
}

/* The name itself is on the disk. */
static bool sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

void kept_write(const char *folder, const struct letter *letter)
{
    struct arena arena = {0};
    const char *path = kept_path(folder, letter->digest, &arena);
    const char *own = arena_format(&arena, "%s.%ld", path, (long)getpid());
    if (mkdir(folder, S_IRWXU) != 0 && errno != EEXIST)
        die("%s: cannot make this folder: %s", folder, tongue_error(errno));
    unlink(own);
    int fd = open(own, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    bool good = fd >= 0 && write_whole(fd, letter->bytes, letter->length);
    int why = errno;
    if (fd >= 0)
        close(fd);
    if (good && link(own, path) != 0 && errno != EEXIST) {
        good = false;
        why = errno;
    }
    unlink(own);
    if (!good || !sync_folder(folder))
        die("%s: cannot keep this mail: %s", path, tongue_error(why));
    arena_free(&arena);
}

void kept_drop(const char *folder, const char *digest)
{
    struct arena arena = {0};
    const char *path = kept_path(folder, digest, &arena);
    if (unlink(path) != 0 && errno != ENOENT)
        warn("%s: cannot take this file away: %s", path, tongue_error(errno));
    arena_free(&arena);
}
