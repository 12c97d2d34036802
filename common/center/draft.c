#include "center/draft.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/tongue.h"

/* What goes when the process ends, however it ends. */
static struct text draft;
static char *scratch; /* the folder of draft_try */

static void drop(void)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    size_t length = draft.length;
    for (int i = 0; length && i < 4; i++) {
        draft.length = length;
        text_add(&draft, suffixes[i]);
        unlink(draft.data);
    }
    text_free(&draft);
    if (scratch)
        rmdir(scratch);
    free(scratch);
    scratch = NULL;
}

static void make_folders(const char *path, bool named)
{
    char *folder = mem_string(path), *last = strrchr(folder, '/');
    for (char *p = folder + 1; last && (p = strchr(p, '/')); *p++ = '/') {
        *p = '\0';
        if (named && p != last && access(folder, F_OK) != 0 && errno == ENOENT)
            die("%s: there is no folder %s; make it, or correct the name", path, folder);
        if (mkdir(folder, 0770) != 0 && errno != EEXIST)
            die("%s: cannot make the folder: %s", folder, tongue_error(errno));
    }
    if (last)
        last[1] = '\0';
    /* The draft's name would only confuse where the folder is at fault. */
    if (access(last ? folder : ".", W_OK | X_OK) != 0)
        die("%s: cannot create: %s", path, tongue_error(errno));
    free(folder);
}

bool draft_make(const char *path, bool named, void (*fill)(void *context, const char *draft),
                void *context)
{
    make_folders(path, named);
    text_add_format(&draft, "%s.new-%ld", path, (long)getpid());
    atexit(drop);
    fill(context, draft.data);
    bool made = link(draft.data, path) == 0;
    if (!made && errno != EEXIST)
        die("%s: cannot create: %s", path, tongue_error(errno));
    drop();
    return made;
}

void draft_try(void (*fill)(void *context, const char *draft), void *context)
{
    const char *folder = getenv("TMPDIR");
    struct text name = {0};
    text_add_format(&name, "%s/center-XXXXXX", folder && *folder ? folder : "/tmp");
    if (!mkdtemp(name.data))
        die("%s: cannot make a folder: %s", name.data, tongue_error(errno));
    scratch = mem_string(name.data);
    text_add_format(&draft, "%s/center.db", scratch);
    text_free(&name);
    atexit(drop);
    fill(context, draft.data);
    drop();
}
