#include "ticket/lookup.h"

#include <stdio.h>

#include "base/clock.h"

enum { DAYS = 400, GROUP = 4, PURPOSE_SIZE = 32 };

static const char *write_purpose(int64_t number, char text[static PURPOSE_SIZE])
{
    snprintf(text, PURPOSE_SIZE, "ticket:%lld", (long long)number);
    return text;
}

char *lookup_word(const uint8_t key[static DIGEST_SIZE], const struct ticket *ticket,
                  char text[static LOOKUP_WORD_SIZE])
{
    char word[TOKEN_TEXT_SIZE], purpose[PURPOSE_SIZE], *to = text;
    token_write(key, write_purpose(ticket->id, purpose),
                ticket->received_at + (int64_t)DAYS * SECONDS_PER_DAY, word);
    for (int i = 0; word[i]; i++) {
        if (i && i % GROUP == 0)
            *to++ = '-';
        *to++ = word[i];
    }
    *to = '\0';
    return text;
}

bool lookup_holds(const uint8_t key[static DIGEST_SIZE], int64_t number, const char *word,
                  int64_t now)
{
    char purpose[PURPOSE_SIZE];
    return token_holds(key, write_purpose(number, purpose), word, now);
}
