#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

#include "base/die.h"
#include "base/tongue.h"

void *library_try(const char *const *names)
{
    void *library = NULL;
    for (; *names && !library; names++)
        library = dlopen(*names, RTLD_NOW | RTLD_LOCAL);
    return library;
}

void *library_load(const char *const *names, const char *needs, const char *package)
{
    void *library = library_try(names);
    if (!library)
        die("%s (Debian's package %s): %s", tongue(needs), package, dlerror());
    return library;
}

/* A pointer to data becomes one to a function, as POSIX has it of dlsym. */
bool library_look(void *library, const char *name, void *function)
{
    void *found = dlsym(library, name);
    memcpy(function, &found, sizeof found);
    return found;
}

void library_find(void *library, const char *package, const char *name, void *function)
{
    if (!library_look(library, name, function))
        die("%s has no %s: install another version", package, name);
}
