#include "cli/rejects.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/tongue.h"

struct rejects {
    const char *path;
    char *folder; /* of the path, absolute, without links */
    FILE *rows;   /* until they are kept; NULL where there are none */
};

static const char *kept; /* the path of the file that was made, until all is over */

static void remove_kept(void)
{
    unlink(kept);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The folder of PATH, absolute and without links; dies where it is not there. */
static char *find_folder(const char *path)
{
    struct text folder = {0};
    text_add_bytes(&folder, path, (size_t)(base_name(path) - path));
    text_add(&folder, ".");
    char *found = realpath(folder.data, NULL);
    if (!found || access(found, W_OK | X_OK) != 0)
        die("%s: %s", path, tongue_error(errno));
    text_free(&folder);
    return found;
}

/* True where the path is one that SQLite uses for DATABASE, there or not. */
static bool belongs_to(const struct rejects *rejects, const char *database)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char *real = realpath(database, NULL);
    struct text mine = {0};
    bool found = false;
    text_add_format(&mine, "%s/%s", rejects->folder, base_name(rejects->path));
    for (size_t i = 0; real && i < sizeof ends / sizeof *ends; i++)
        found |=
            !strncmp(mine.data, real, strlen(real)) && !strcmp(mine.data + strlen(real), ends[i]);
    free(real);
    text_free(&mine);
    return found;
}

static _Noreturn void die_taken(const char *path)
{
    die("%s: is there already, and --rejects writes over nothing; name a file that is not there",
        path);
}

struct rejects *rejects_plan(const char *path, const char *database)
{
    struct stat status;
    struct rejects *rejects = mem_zero(1, sizeof *rejects);
    rejects->path = path;
    rejects->folder = find_folder(path);
    if (belongs_to(rejects, database))
        die("%s: this belongs to the database; name another file for --rejects", path);
    if (lstat(path, &status) == 0)
        die_taken(path);
    return rejects;
}

FILE *rejects_file(struct rejects *rejects)
{
    if (!rejects->rows && !(rejects->rows = tmpfile()))
        die("cannot make a temporary file: %s", tongue_error(errno));
    return rejects->rows;
}

/* Puts the file's name on disk too. */
static bool sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL); /* some file systems cannot */
    if (fd >= 0)
        close(fd);
    return done;
}

static bool copy(FILE *from, int to)
{
    char block[64 * 1024];
    size_t got;
    if (fflush(from) != 0 || ferror(from))
        return false;
    rewind(from);
    while ((got = fread(block, 1, sizeof block, from)) > 0)
        for (size_t done = 0; done < got;) {
            ssize_t n = write(to, block + done, got - done);
            if (n < 0)
                return false;
            done += (size_t)n;
        }
    return !ferror(from);
}

void rejects_keep(struct rejects *rejects)
{
    if (!rejects->rows)
        return;
    int fd = open(rejects->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST)
        die_taken(rejects->path);
    if (fd < 0)
        die("%s: %s", rejects->path, tongue_error(errno));
    kept = rejects->path;
    die_set_cleanup(remove_kept);
    bool written = copy(rejects->rows, fd) && fsync(fd) == 0;
    if (close(fd) != 0 || !written || !sync_folder(rejects->folder))
        die("%s: cannot write: %s", rejects->path, tongue_error(errno));
}

void rejects_free(struct rejects *rejects)
{
    if (!rejects)
        return;
    if (kept) {
        die_set_cleanup(NULL);
        kept = NULL;
    }
    if (rejects->rows)
        fclose(rejects->rows);
    free(rejects->folder);
    free(rejects);
}
