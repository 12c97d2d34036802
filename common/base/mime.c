#include "base/mime.h"

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/day.h"

/* An encoded word has 45 bytes: 60 characters, and 12 around them; the one behind a header's name
 * fewer. A line of a body has 57. */
enum { WORD_BYTES = 45, FIRST_BYTES = 36, LINE_BYTES = 57 };

/* Words that follow each other are one text (RFC 2047, section 6.2); each holds whole characters
 * (section 5). */
static void add_words(struct text *mail, const char *words)
{
    const char *between = "";
    size_t most = FIRST_BYTES;
    for (size_t left = strlen(words), some; left; words += some, left -= some, most = WORD_BYTES) {
        some = text_cut(words, left < most ? left : most);
        some = some ? some : 1;
        text_add_format(mail, "%s=?UTF-8?B?", between);
        base64_add(mail, words, some);
        text_add(mail, "?=");
        between = "\n ";
    }
}

void mime_add_header(struct text *mail, const char *name, const char *words)
{
    text_add_format(mail, "%s: ", name);
    add_words(mail, words);
    text_add_char(mail, '\n');
}

void mime_add_mailbox(struct text *mail, const char *name, const char *who, const char *mailbox)
{
    text_add_format(mail, "%s: ", name);
    if (who && *who)
        add_words(mail, who);
    text_add_format(mail, who && *who ? "\n <%s>\n" : "%s\n", mailbox);
}

void mime_add_date(struct text *mail, int64_t moment)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char iso[CLOCK_TEXT_SIZE]; /* 2026-03-02T09:00:00+08:00 */
    clock_print(moment, iso);
    text_add_format(mail, "Date: %s, %.2s %s %.4s %.8s %.3s%.2s\n",
                    days[day_weekday(clock_day(moment))], iso + 8, months[atoi(iso + 5) - 1], iso,
                    iso + 11, iso + 19, iso + 23);
}

void mime_add_part(struct text *mail, const char *type, const char *body)
{
    text_add_format(mail,
                    "Content-Type: %s; charset=UTF-8\n"
                    "Content-Transfer-Encoding: base64\n\n",
                    type);
    for (size_t left = strlen(body), some; left; body += some, left -= some) {
        some = left < LINE_BYTES ? left : LINE_BYTES;
        base64_add(mail, body, some);
        text_add_char(mail, '\n');
    }
    text_add_char(mail, '\n');
}
