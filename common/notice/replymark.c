#include "notice/replymark.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "center/token.h"

/* So long a reply is one; requests live for months. */
enum { DAYS = 400, LETTERS = TOKEN_TEXT_SIZE - 1, MOST_DIGITS = 15 };

static const char begin[] = "QF-";

bool replymark_is_used(const struct center *center, const struct notice_row *notice,
                       enum notice_form form)
{
    return center->config->notices.replies && form == NOTICE_MAIL && notice->ticket;
}

static void read_key(const struct center *center, uint8_t key[static DIGEST_SIZE])
{
    struct arena arena = {0};
    token_key_read(token_folder(db_path(center->db), &arena), key);
    arena_free(&arena);
}

static void write_purpose(const struct notice_row *notice, char purpose[static REPLYMARK_SIZE])
{
    snprintf(purpose, REPLYMARK_SIZE, "reply:%lld:%lld", (long long)notice->id,
             (long long)notice->address);
}

char *replymark_write(const struct center *center, const struct notice_row *notice,
                      char buffer[static REPLYMARK_SIZE])
{
    uint8_t key[DIGEST_SIZE];
    char purpose[REPLYMARK_SIZE], word[TOKEN_TEXT_SIZE];
    read_key(center, key);
    write_purpose(notice, purpose);
    token_write(key, purpose, notice->made_at + (int64_t)DAYS * SECONDS_PER_DAY, word);
    snprintf(buffer, REPLYMARK_SIZE, "%s%lld-%s", begin, (long long)notice->id, word);
    return buffer;
}

void replymark_add_address(struct text *to, const struct center *center, const char *mark)
{
    static const char place[] = "{mark}";
    const char *replies = center->config->notices.replies, *at = strstr(replies, place);
    text_add_bytes(to, replies, at ? (size_t)(at - replies) : strlen(replies));
    if (at)
        text_add_format(to, "%s%s", mark, at + strlen(place));
}

static bool read_notice(struct db *db, int64_t id, struct notice_row *notice)
{
    struct db_query *q = db_query(db, "SELECT n.address_id, e.ticket_id FROM notice n JOIN event e"
                                      " ON e.id = n.event_id WHERE n.id = ?1");
    if (!notice_load(db, id, notice))
        return false;
    db_bind(q, 1, id);
    if (db_step(q)) {
        notice->address = db_number(q, 0);
        notice->ticket = db_number(q, 1);
    }
    db_reset(q);
    return notice->ticket != 0;
}

/* True where what follows "QF-" is a notice's number, and its word. */
static bool is_mark(const struct center *center, const uint8_t *key, const char *text,
                    struct notice_row *notice)
{
    char word[TOKEN_TEXT_SIZE] = "", purpose[REPLYMARK_SIZE];
    size_t digits = strspn(text, "0123456789");
    if (!digits || digits > MOST_DIGITS || text[digits] != '-' ||
        strlen(text + digits + 1) < LETTERS ||
        !read_notice(center->db, strtoll(text, NULL, 10), notice))
        return false;
    memcpy(word, text + digits + 1, LETTERS);
    write_purpose(notice, purpose);
    return token_holds(key, purpose, word, center->now);
}

bool replymark_find(const struct center *center, const char *text, struct notice_row *notice)
{
    uint8_t key[DIGEST_SIZE];
    bool has_key = false;
    for (; text && *text; text++) {
        if (strncasecmp(text, begin, strlen(begin)) != 0)
            continue;
        if (!has_key)
            read_key(center, key);
        has_key = true;
        if (is_mark(center, key, text + strlen(begin), notice))
            return true;
    }
    return false;
}
