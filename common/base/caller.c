#include "base/caller.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_SIZE = 64 };

static const char *name_of(uid_t uid, char name[static NAME_SIZE])
{
    const struct passwd *entry = *name ? NULL : getpwuid(uid);
    if (entry)
        snprintf(name, NAME_SIZE, "%s", entry->pw_name);
    else if (!*name)
        snprintf(name, NAME_SIZE, "uid %lu", (unsigned long)uid);
    return name;
}

const char *caller_name(void)
{
    static char name[NAME_SIZE];
    return name_of(getuid(), name);
}

/* False where sudo did not start this, or for the same user. */
static bool read_vouched(uid_t *uid)
{
    const char *word = getenv("SUDO_UID");
    char *end;
    errno = 0;
    unsigned long number = word ? strtoul(word, &end, 10) : 0;
    *uid = (uid_t)number;
    return word && *word >= '0' && *word <= '9' && !*end && !errno && *uid == number &&
           *uid != getuid();
}

const char *caller_vouched(void)
{
    static char name[NAME_SIZE];
    uid_t uid;
    return read_vouched(&uid) ? name_of(uid, name) : NULL;
}

bool caller_is_bound(void)
{
    uid_t uid;
    return getuid() != 0 && read_vouched(&uid);
}

bool caller_owns(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && status.st_uid == getuid();
}
