#include "base/headwords.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/base64.h"

/* =?CHARSET?ENCODING?TEXT?= */
struct word {
    const char *charset, *text, *end;
    size_t charset_length, length;
    bool is_base64;
};

static bool read_word(const char *s, struct word *word)
{
    if (strncmp(s, "=?", 2) != 0)
        return false;
    word->charset = s + 2;
    word->charset_length = strcspn(word->charset, "?* \t");
    const char *mark = word->charset + strcspn(word->charset, "? \t"); /* behind a language */
    if (*mark != '?' || !mark[1] || !strchr("BbQq", mark[1]) || mark[2] != '?')
        return false;
    word->is_base64 = mark[1] == 'B' || mark[1] == 'b';
    word->text = mark + 3;
    word->length = strcspn(word->text, "?");
    word->end = word->text + word->length + 2;
    return !strncmp(word->text + word->length, "?=", 2);
}

static bool is_alike(const struct word *a, const struct word *b)
{
    return b->is_base64 && a->charset_length == b->charset_length &&
           !strncasecmp(a->charset, b->charset, a->charset_length);
}

static void add_charset(struct text *to, const struct word *word)
{
    static const char *const parts[] = {"gb2312", "gbk", "gb_2312-80"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (word->charset_length == strlen(parts[i]) &&
            !strncasecmp(word->charset, parts[i], word->charset_length)) {
            text_add(to, "=?gb18030?");
            return;
        }
    text_add(to, "=?");
    text_add_bytes(to, word->charset, word->charset_length);
    text_add_char(to, '?');
}

/* Appends what the base64 of WORD says; characters that are none of it are passed over. */
static void add_bytes(struct text *bytes, const struct word *word)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned kept = 0, bits = 0;
    for (size_t i = 0; i < word->length && word->text[i] != '='; i++) {
        const char *digit = strchr(digits, word->text[i]);
        if (!digit)
            continue;
        kept = (kept << 6 | (unsigned)(digit - digits)) & 0xffff;
        bits += 6;
        if (bits >= 8)
            text_add_char(bytes, (char)(kept >> (bits -= 8) & 0xff));
    }
}

/* Appends WORD and those like it that follow, as one; what stands behind them. */
static const char *join(struct text *to, const struct word *word)
{
    struct text bytes = {0};
    struct word next = *word;
    const char *end;
    do {
        add_bytes(&bytes, &next);
        end = next.end;
    } while (read_word(end + strspn(end, " \t\r\n"), &next) && is_alike(word, &next));
    add_charset(to, word);
    text_add(to, "B?");
    base64_add(to, text_string(&bytes), bytes.length);
    text_add(to, "?=");
    text_free(&bytes);
    return end;
}

void headwords_mend(struct text *to, const char *value)
{
    struct word word;
    while (*value) {
        if (!read_word(value, &word)) {
            text_add_char(to, *value++);
            continue;
        }
        if (word.is_base64) {
            value = join(to, &word);
            continue;
        }
        add_charset(to, &word);
        text_add(to, "Q?");
        text_add_bytes(to, word.text, word.length);
        text_add(to, "?=");
        value = word.end;
    }
}
