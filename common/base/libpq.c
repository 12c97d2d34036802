#include "base/libpq.h"

#include "base/library.h"

const struct libpq *libpq(void)
{
    static const char *const names[] = {"libpq.so.5", NULL};
    static struct libpq functions;
    static void *library;
    if (library)
        return &functions;
    library = library_load(names, "a database of PostgreSQL needs its client library", "libpq5");
#define LIBPQ_FIND(name, result, parameters)                                                       \
    library_find(library, "libpq5", #name, &functions.name);
#define LIBPQ_LOOK(name, result, parameters) library_look(library, #name, &functions.name);
    LIBPQ_FUNCTIONS(LIBPQ_FIND)
    LIBPQ_LATER_FUNCTIONS(LIBPQ_LOOK)
    return &functions;
}
