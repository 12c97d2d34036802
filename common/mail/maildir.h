/* maildir: a folder in which a mail system leaves mails, a file each: those in new/ are not read
 * yet, those in cur/ are. */
#ifndef QIFU_MAIL_MAILDIR_H
#define QIFU_MAIL_MAILDIR_H

#include <stdbool.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/text.h"

/* No mail that is read is longer. */
enum { MAILDIR_MOST_BYTES = 64 * 1024 * 1024 };

/* The names in FOLDER's new/, in order, ended by NULL; all in ARENA. NULL with errno where it
 * cannot be read. */
const char *const *maildir_list(const char *folder, struct arena *arena);

/* Appends all bytes of FILE; false where it cannot be read, or is too long (errno EFBIG). */
bool maildir_read(FILE *file, struct text *bytes);
/* The same of the mail NAME in FOLDER's new/. */
bool maildir_read_new(const char *folder, const char *name, struct text *bytes);

/* The mail NAME in FOLDER's new/ was read; false with errno where it cannot be moved. */
bool maildir_seen(const char *folder, const char *name);

#endif
