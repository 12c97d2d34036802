/* token: short words that only this center can have made, for a purpose and until a moment: on the
 * receipt of a request, in a form. A word is 24 letters and digits: the moment, and of the HMAC of
 * purpose and moment (SM3) as many bits as forging it by asking would never find. */
#ifndef QIFU_CENTER_TOKEN_H
#define QIFU_CENTER_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/mem.h"

enum { TOKEN_TEXT_SIZE = 25, TOKEN_NONCE_SIZE = 17 };

/* The folder of what pages and mails of the center at DATABASE have and its database has not:
 * $QIFU_WEB, else one beside it; in ARENA. Dies where a server has the database, and nothing says
 * where. */
const char *token_folder(const char *database, struct arena *arena);

/* Reads the key in FOLDER into KEY. Where there is none yet it makes one, of mode 0600, as it does
 * the folder, of mode 0700; of many who do so at once all have the same one. Dies where it cannot
 * be read or made, or where others than its owner may read it. */
void token_key_read(const char *folder, uint8_t key[static DIGEST_SIZE]);

/* Writes to TEXT the word for PURPOSE until UNTIL, a moment before 2106; returns TEXT. */
char *token_write(const uint8_t key[static DIGEST_SIZE], const char *purpose, int64_t until,
                  char text[static TOKEN_TEXT_SIZE]);

/* True where WORD (may be NULL) is the one for PURPOSE, and its moment has not passed at NOW. What
 * people mistake is taken for what was meant: small letters, O, I, L, blanks and hyphens. The time
 * that it takes does not tell how near a guess is. */
bool token_holds(const uint8_t key[static DIGEST_SIZE], const char *purpose, const char *word,
                 int64_t now);

/* Writes a random word to TEXT; returns TEXT. */
char *token_nonce(char text[static TOKEN_NONCE_SIZE]);

#endif
