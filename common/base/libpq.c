#include "base/libpq.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

#include "base/die.h"

/* A pointer to data becomes one to a function, as POSIX has it of dlsym. */
static void find(void *library, const char *name, bool needed, void *function)
{
    void *found = dlsym(library, name);
    if (!found && needed)
        die("PostgreSQL's client library has no %s: install libpq 5", name);
    memcpy(function, &found, sizeof found);
}

const struct libpq *libpq(void)
{
    static struct libpq functions;
    static void *library;
    if (library)
        return &functions;
    library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (!library)
        die("a database of PostgreSQL needs its client library (Debian's package libpq5): %s",
            dlerror());
#define LIBPQ_FIND(name, result, parameters) find(library, #name, true, &functions.name);
#define LIBPQ_LOOK(name, result, parameters) find(library, #name, false, &functions.name);
    LIBPQ_FUNCTIONS(LIBPQ_FIND)
    LIBPQ_LATER_FUNCTIONS(LIBPQ_LOOK)
    return &functions;
}
