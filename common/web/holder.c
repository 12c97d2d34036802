#include "web/holder.h"

#include <string.h>

#include "ticket/lookup.h"

enum { PASS_SECONDS = 3600, DIGITS = 4 };

static const struct attempts_rule by_address = {"look", 20, 900}, by_ticket = {"digits", 5, 3600};

static const char *purpose(struct web *web, const char *what, int64_t number)
{
    return arena_format(&web->p.config->arena, "%s:%lld", what, (long long)number);
}

const char *holder_word(struct web *web, const struct ticket *ticket)
{
    char word[LOOKUP_WORD_SIZE];
    return arena_string(&web->p.config->arena, lookup_word(web->key, ticket, word));
}

const char *holder_address(struct web *web, const struct ticket *ticket)
{
    return arena_format(&web->p.config->arena, "%s?n=%lld&t=%s", web_beside(web, "web-track"),
                        (long long)ticket->id, holder_word(web, ticket));
}

/* True where the last digits of PHONE are these. */
static bool ends_with(const char *phone, const char *digits)
{
    char last[DIGITS + 1] = "";
    struct text folded = {0};
    text_fold(&folded, phone);
    for (const char *s = text_string(&folded); *s; s++)
        if (*s >= '0' && *s <= '9') {
            memmove(last, last + 1, DIGITS - 1);
            last[DIGITS - 1] = *s;
        }
    text_free(&folded);
    return last[0] && !strcmp(last, digits);
}

struct ticket *holder_find(struct web *web, int64_t number, const char *word, const char *digits)
{
    char address[ATTEMPTS_ADDRESS_SIZE];
    attempts_address(web->request.address, address);
    web_need_attempt(web, &by_address, NULL);
    if (!lookup_holds(web->key, number, word, web->p.center.now))
        return NULL;
    const char *who = purpose(web, "ticket", number);
    web_need_attempt(web, &by_ticket, who);
    struct ticket *ticket = ticket_get(web->p.center.db, number, &web->p.config->arena);
    if (!ticket || !ticket->phone || !digits || !ends_with(ticket->phone, digits))
        return NULL;
    attempts_give_back(&web->attempts, &by_address, address);
    attempts_give_back(&web->attempts, &by_ticket, who);
    return ticket;
}

const char *holder_pass(struct web *web, int64_t number)
{
    char pass[TOKEN_TEXT_SIZE];
    token_write(web->key, purpose(web, "pass", number), web->p.center.now + PASS_SECONDS, pass);
    return arena_string(&web->p.config->arena, pass);
}

struct ticket *holder_again(struct web *web, int64_t number, const char *pass)
{
    return token_holds(web->key, purpose(web, "pass", number), pass, web->p.center.now)
               ? ticket_get(web->p.center.db, number, &web->p.config->arena)
               : NULL;
}
