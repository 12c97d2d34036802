/* letter: a mail, as far as the center reads it: from whom, which it is, what it says, what is with
 * it.
 */
#ifndef QIFU_MAIL_LETTER_H
#define QIFU_MAIL_LETTER_H

#include "base/digest.h"
#include "base/gmime.h"

struct letter {
    bool read;                     /* else it is no mail, and only what follows is known of it */
    char digest[DIGEST_TEXT_SIZE]; /* of its Message-ID, where it has one, else of all of it */
    const char *bytes;
    size_t length;

    struct gmime_mail mail;
    const char *from;           /* the mailbox, in small letters; NULL: none, or several */
    const char *subject, *text; /* the writer's own; "" where there is none */
    const char *files;          /* the names of what is attached, divided by 、; "" for nothing */
};

/* Reads the LENGTH bytes of a mail, which must outlive the letter; the rest is in ARENA. */
struct letter letter_read(const char *bytes, size_t length, struct arena *arena);

/* How a mail came that no person has just written, or that is this center's own: auto, bounce,
 * list, loop; NULL where a person may have written it. RFC 3834 and what programs do besides. */
const char *letter_sort(const struct letter *letter, const char *sender);

#endif
