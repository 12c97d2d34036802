/* web: the frame of a program that serves pages (qifu-web(7)), on that of all programs:
 *
 *     struct web web = web_start(&program, argc, argv);
 *     web_open(&web);                   // or web_sign_in
 *     ...                               // fills in web.page
 *     return web_end(&web);
 *
 * A program that is run by hand prints the page of a GET. Where a web server runs it, the server's
 * words are no options, and whatever ends the program is told to the browser as a page, too. */
#ifndef QIFU_WEB_WEB_H
#define QIFU_WEB_WEB_H

#include "center/program.h"
#include "center/token.h"
#include "web/attempts.h"
#include "web/page.h"
#include "web/request.h"

/* Owns all it holds, and stays where it is from web_open on. */
struct web {
    struct program p;
    struct request request;
    struct page page;
    const char *folder; /* $QIFU_WEB, else beside the database */
    uint8_t key[DIGEST_SIZE];
    struct attempts attempts;
};

/* Starts, as program_start. A request that is refused ends here. */
struct web web_start(const struct args_program *about, int argc, char **argv);

/* Opens the center, as program_open: for a page that anybody may ask for. */
void web_open(struct web *web);
/* The same for the one for whom the web server vouches, who acts then. A page that nobody is signed
 * in for is refused; where the server's user may not pass names on (qifu-members(7)) it dies. */
void web_sign_in(struct web *web);

/* Closes, prints the page, frees; returns the exit status: EXIT_NO where the page refuses. */
int web_end(struct web *web);

/* Ends here with a page that only says WHY, under this status of HTTP. */
_Noreturn void web_refuse(struct web *web, int status, const char *why);

/* The address of this program, and of the one called NAME beside it; in the configuration's arena.
 */
const char *web_address(struct web *web);
const char *web_beside(struct web *web, const char *name);

/* A hidden field that shows that a form is this program's own, for the one who is signed in, and of
 * those the one called OF; and whether the form that was posted has it, else the page is refused.
 */
void web_add_seal(struct web *web, const char *of);
void web_need_seal(struct web *web, const char *of);

/* Counts an attempt of WHO (NULL: of the address that asks); where it is one too many the page is
 * refused. */
void web_need_attempt(struct web *web, const struct attempts_rule *rule, const char *who);

/* The value that was posted for FIELD; NULL: none. */
const char *web_given(struct web *web, const struct page_field *field);
/* Adds an error for each of COUNT fields that is required and was not given, or is too long. */
void web_check(struct web *web, const struct page_field *fields, int count);

/* Adds an error that says in Chinese what an act or the intake refused with. */
void web_add_refusal(struct web *web, const char *fault);

#endif
