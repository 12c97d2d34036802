/* kept: the files of mails that wait for a person, in a folder beside the database: each as it
 * came, named by its digest. */
#ifndef QIFU_MAIL_KEPT_H
#define QIFU_MAIL_KEPT_H

#include "base/mem.h"
#include "mail/letter.h"

/* The folder of the center at DATABASE: $QIFU_MAIL, else one beside it; in ARENA, as the next. Dies
 * where a server has the database, and nothing says where. */
const char *kept_folder(const char *database, struct arena *arena);
/* The path of the file of the mail with this digest. */
const char *kept_path(const char *folder, const char *digest, struct arena *arena);

/* Writes LETTER's file, whole and for good, before anybody knows of it, and for its owner alone;
 * one that is there stays. Makes the folder. Dies where that fails. */
void kept_write(const char *folder, const struct letter *letter);
/* Takes it away again. */
void kept_drop(const char *folder, const char *digest);

#endif
