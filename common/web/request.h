/* request: what a web server asks a CGI program for (RFC 3875): its variables and, of a POST, the
 * form on standard input. */
#ifndef QIFU_WEB_REQUEST_H
#define QIFU_WEB_REQUEST_H

#include <stdbool.h>

#include "web/form.h"

enum { REQUEST_MOST_BYTES = 256 * 1024 };

/* Texts are the environment's, or the forms'. */
struct request {
    bool served;         /* a web server asks; else the program was called by hand, as for a GET */
    bool posts;          /* POST: something may change */
    bool bare;           /* HEAD: the page itself is not wanted */
    const char *script;  /* where the program is reached, as links to itself begin; "" by hand */
    const char *user;    /* whom the server vouches for; NULL: nobody */
    const char *address; /* from where; "" where the server does not say */
    struct form query, form;
    int status;      /* of HTTP, where it is refused; else 0 */
    const char *why; /* it is refused, in a sentence for who sent it */
};

/* True where a web server asks. */
bool request_is_served(void);

/* Reads it. A body that is too long, of no known length, shorter than it says or no form is not
 * taken, which STATUS says; no more of it is read than REQUEST_MOST_BYTES. */
struct request request_read(void);
void request_free(struct request *request);

#endif
