/* holder: who holds the receipt of a request: its number, the word that goes with it, and the last
 * digits of the telephone that was left. */
#ifndef QIFU_WEB_HOLDER_H
#define QIFU_WEB_HOLDER_H

#include "ticket/ticket.h"
#include "web/web.h"

/* The word that goes with TICKET, in groups of four; it holds for some time after the receipt. In
 * the configuration's arena, as the next. */
const char *holder_word(struct web *web, const struct ticket *ticket);
/* Where TICKET is looked up: an address with number and word, and without anything of a person. */
const char *holder_address(struct web *web, const struct ticket *ticket);

/* The ticket called NUMBER, for who knows its WORD and the last four DIGITS of its telephone; else
 * NULL. A number that there is not, a wrong word and wrong digits are one and the same to who asks.
 * Attempts are counted, by address, and of who knows the word by ticket: where there were too many
 * the page is refused. */
struct ticket *holder_find(struct web *web, int64_t number, const char *word, const char *digits);

/* A word that says that WORD and digits of ticket NUMBER were right within the hour, and whether
 * one does: with it the digits need not be asked again. */
const char *holder_pass(struct web *web, int64_t number);
struct ticket *holder_again(struct web *web, int64_t number, const char *pass);

#endif
