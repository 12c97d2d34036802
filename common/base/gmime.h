/* gmime: the door to GMime 3, which reads mails (RFC 5322, 2045 to 2047, 2231) as mail programs
 * write them. It is loaded where a mail is read; the programs are built without it. */
#ifndef QIFU_BASE_GMIME_H
#define QIFU_BASE_GMIME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

/* A part of a mail that has no parts. Texts and bytes are in the arena; what is absent is NULL. */
struct gmime_part {
    const char *type; /* text/plain, in small letters */
    const char *charset, *format, *delsp;
    const char *name; /* of the file that it is */
    bool attached;    /* as a file beside the mail, or of another mail in it */
    const char *bytes;
    size_t length; /* of the bytes, decoded, which end with a NUL that does not count */
};

/* A mail that is read; headers by their numbers. */
enum gmime_header {
    GMIME_SUBJECT,
    GMIME_TO,
    GMIME_CC,
    GMIME_DELIVERED_TO,
    GMIME_ORIGINAL_TO,
    GMIME_MESSAGE_ID,
    GMIME_IN_REPLY_TO,
    GMIME_REFERENCES,
    GMIME_RETURN_PATH,
    GMIME_AUTO_SUBMITTED,
    GMIME_PRECEDENCE,
    GMIME_AUTO_REPLY,
    GMIME_AUTO_RESPOND,
    GMIME_LIST_ID,
    GMIME_LOOP,
    GMIME_HEADERS
};
struct gmime_mail {
    const char *type;             /* of the whole: multipart/report */
    const char *from, *from_name; /* the one mailbox that it is from */
    const char *headers[GMIME_HEADERS];
    struct gmime_part *parts;
    int count;
};

/* Reads the LENGTH bytes of a mail, with all it points to in ARENA; false where they are none: they
 * have no header. What is in no known encoding is given as it can be. Dies where there is no GMime.
 */
bool gmime_read(const char *bytes, size_t length, struct arena *arena, struct gmime_mail *mail);

#endif
