/* library: the door to the loader of shared libraries: what only some need is loaded where it is
 * used, and the programs are built without it. */
#ifndef QIFU_BASE_LIBRARY_H
#define QIFU_BASE_LIBRARY_H

#include <stdbool.h>

/* Loads the first of NAMES (ended by NULL) that is there; dies, saying what NEEDS it and which of
 * Debian's packages has it, where none is. */
void *library_load(const char *const *names, const char *needs, const char *package);

/* The same; NULL where none is. */
void *library_try(const char *const *names);

/* Stores the address of a function of LIBRARY in *FUNCTION, a pointer to one; dies where it has
 * none. */
void library_find(void *library, const char *package, const char *name, void *function);
/* The same; stores NULL, and returns false, where it has none. */
bool library_look(void *library, const char *name, void *function);

#endif
