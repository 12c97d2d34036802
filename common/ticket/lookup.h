/* lookup: the word by which who filed a request looks it up: on the receipt, in the link of
 * notices. */
#ifndef QIFU_TICKET_LOOKUP_H
#define QIFU_TICKET_LOOKUP_H

#include "center/token.h"
#include "ticket/ticket.h"

enum { LOOKUP_WORD_SIZE = TOKEN_TEXT_SIZE + TOKEN_TEXT_SIZE / 4 };

/* Writes the word that goes with TICKET, in groups of four, to TEXT; returns TEXT. It holds for
 * some time after the receipt. */
char *lookup_word(const uint8_t key[static DIGEST_SIZE], const struct ticket *ticket,
                  char text[static LOOKUP_WORD_SIZE]);

/* True where WORD (may be NULL) is that of the ticket with this NUMBER, and holds at NOW. */
bool lookup_holds(const uint8_t key[static DIGEST_SIZE], int64_t number, const char *word,
                  int64_t now);

#endif
