/* draft: a new database appears whole or not at all. It is filled under another name beside its
 * own, and linked to that when it is done; on any fault nothing stays. */
#ifndef QIFU_CENTER_DRAFT_H
#define QIFU_CENTER_DRAFT_H

#include <stdbool.h>

/* Makes the file PATH by FILL(CONTEXT, name of the draft). NAMED says that somebody typed the name:
 * then only its last folder is made, because a slip of the pen would make a second center
 * somewhere. True where the file was made, false where another process came first. Dies where it
 * cannot be made. */
bool draft_make(const char *path, bool named, void (*fill)(void *context, const char *draft),
                void *context);

/* Calls FILL with a name in a folder of its own, and takes both away again. */
void draft_try(void (*fill)(void *context, const char *draft), void *context);

#endif
