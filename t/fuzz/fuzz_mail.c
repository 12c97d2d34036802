/* fuzz_mail: what anybody may send: mails, and in them headers, pages and replies. What must hold:
 * all that is read of a mail is UTF-8 without quotations, and reading it again gives the same; a
 * header's words that were mended stay as they are; a reply is one act. */
#include <stdlib.h>
#include <string.h>

#include "base/headwords.h"
#include "base/htmltext.h"
#include "base/text.h"
#include "harness.h"
#include "mail/letter.h"
#include "mail/quote.h"
#include "mail/reply.h"

void harness_begin(void)
{
}

static void must_be_text(const char *s, const char *what)
{
    harness_must(s && text_valid_utf8(s, strlen(s)) == strlen(s), what);
}

static void check_letter(const struct letter *letter)
{
    must_be_text(letter->subject, "a subject is UTF-8");
    must_be_text(letter->text, "a text is UTF-8");
    must_be_text(letter->files, "names of files are UTF-8");
    harness_must(strlen(letter->digest) == DIGEST_TEXT_SIZE - 1, "a mail has a digest");
    harness_must(*letter->text != '>' && !strstr(letter->text, "\n>"), "nothing is quoted");
    for (int i = 0; letter->read && i < GMIME_HEADERS; i++)
        if (letter->mail.headers[i])
            must_be_text(letter->mail.headers[i], "a header is UTF-8");
    if (letter->read)
        letter_sort(letter, "center <desk@center.example>");
}

static void check_reply(const char *text, struct arena *arena)
{
    struct act act;
    const char *became = reply_read(text, arena, &act);
    harness_must(became && (act.kind != ACT_NOTE || !strcmp(became, "question")),
                 "what is no act is a question");
    harness_must(act.days >= 0 && act.days <= 1000, "days are few");
}

static void check_parts(const char *s)
{
    struct text once = {0}, twice = {0}, page = {0}, own = {0};
    headwords_mend(&once, s);
    headwords_mend(&twice, text_string(&once));
    harness_must(!strcmp(text_string(&once), text_string(&twice)), "what is mended stays");
    if (text_valid_utf8(s, strlen(s)) == strlen(s)) {
        htmltext_add(&page, s);
        must_be_text(text_string(&page), "a page's text is UTF-8");
        quote_strip(&own, s);
        must_be_text(text_string(&own), "what is one's own is UTF-8");
    }
    text_free(&once);
    text_free(&twice);
    text_free(&page);
    text_free(&own);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    char *s = harness_string(bytes, size);
    const struct letter letter = letter_read((const char *)bytes, size, &arena);
    const struct letter again = letter_read((const char *)bytes, size, &arena);
    check_letter(&letter);
    check_reply(letter.text, &arena);
    harness_must(!strcmp(letter.digest, again.digest) && !strcmp(letter.text, again.text) &&
                     !strcmp(letter.files, again.files),
                 "a mail that is read again is the same");
    check_parts(s);
    free(s);
    arena_free(&arena);
    return 0;
}
