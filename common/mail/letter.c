#include "mail/letter.h"

#include <string.h>
#include <strings.h>

#include "base/encoding.h"
#include "base/htmltext.h"
#include "base/text.h"
#include "mail/quote.h"

/* ---- what it says ---- */

/* Appends BYTES in UTF-8, from the encoding that they are said to be in, else from whichever fits;
 * what fits none becomes U+FFFD. */
static void add_decoded(struct text *to, const char *bytes, size_t length, const char *charset)
{
    bool is_older = charset && (!strncmp(charset, "gb2312", 6) || !strcmp(charset, "gbk"));
    const char *names[] = {is_older ? "gb18030" : charset, "utf-8", "gb18030"};
    struct text text = {0};
    for (int i = 0; i < 3; i++) {
        size_t bad;
        struct encoding *encoding = names[i] ? encoding_open(names[i]) : NULL;
        text_clear(&text);
        bool good = encoding && encoding_to_utf8(encoding, &text, bytes, length, &bad);
        if (encoding)
            encoding_close(encoding);
        if (good && text_valid_utf8(text_string(&text), text.length) == text.length) {
            text_add_bytes(to, text_string(&text), text.length);
            text_free(&text);
            return;
        }
    }
    text_free(&text);
    for (size_t valid; (valid = text_valid_utf8(bytes, length)) < length;
         bytes += valid + 1, length -= valid + 1) {
        text_add_bytes(to, bytes, valid);
        text_add_code_point(to, 0xFFFD);
    }
    text_add_bytes(to, bytes, length);
}

/* Lines that end with a blank go on in the next one (RFC 3676). */
static void join_flowed(struct text *to, const char *text, bool drops_blank)
{
    while (*text) {
        size_t length = strcspn(text, "\n"), shown = length;
        while (shown && text[shown - 1] == '\r')
            shown--;
        bool flows =
            shown && text[shown - 1] == ' ' && *text != '>' && strncmp(text, "-- ", 3) != 0;
        text_add_bytes(to, text, shown - (flows && drops_blank));
        text += length + (text[length] == '\n');
        if (!flows)
            text_add_char(to, '\n');
    }
}

/* Texts have no NUL. */
static void drop_nuls(struct text *text)
{
    for (size_t i = 0; i < text->length; i++)
        if (!text->data[i])
            text->data[i] = ' ';
}

static void add_text(struct text *to, const struct gmime_part *part)
{
    struct text decoded = {0}, plain = {0};
    add_decoded(&decoded, part->bytes, part->length, part->charset);
    drop_nuls(&decoded);
    if (!strcmp(part->type, "text/html"))
        htmltext_add(&plain, text_string(&decoded));
    else if (part->format && !strcmp(part->format, "flowed"))
        join_flowed(&plain, text_string(&decoded), part->delsp && !strcmp(part->delsp, "yes"));
    else
        text_add(&plain, text_string(&decoded));
    quote_strip(to, text_string(&plain));
    text_free(&decoded);
    text_free(&plain);
}

/* Foxmail ends a mail with its writer's mailbox, on a line of its own. */
static void drop_mailbox(char *text, const char *from)
{
    char *line = strrchr(text, '\n');
    if (from && line && !strcasecmp(line + 1, from)) {
        *line = '\0';
        text_trim(text);
    }
}

static bool is_body(const struct gmime_part *part, const char *type)
{
    return !part->attached && !strcmp(part->type, type) && !(part->name && *part->name);
}

/* The first part of TYPE that says anything. */
static const char *find_text(const struct letter *letter, const char *type, struct arena *arena)
{
    struct text text = {0};
    for (int i = 0; i < letter->mail.count && !text.length; i++)
        if (is_body(&letter->mail.parts[i], type))
            add_text(&text, &letter->mail.parts[i]);
    char *kept = text_trim(arena_string(arena, text_string(&text)));
    drop_mailbox(kept, letter->from);
    text_free(&text);
    return kept;
}

static const char *list_files(const struct letter *letter, struct arena *arena)
{
    struct text list = {0};
    for (int i = 0; i < letter->mail.count; i++) {
        const struct gmime_part *part = &letter->mail.parts[i];
        const char *name = part->name && *part->name ? part->name : NULL;
        if (!name && !strcmp(part->type, "application/ms-tnef"))
            name = "winmail.dat";
        if (!name || is_body(part, "text/plain"))
            continue;
        text_add(&list, list.length ? "、" : "");
        text_add_visible(&list, name, "");
    }
    const char *kept = arena_string(arena, text_string(&list));
    text_free(&list);
    return kept;
}

/* ---- which it is ---- */

static void name_letter(struct letter *letter)
{
    uint8_t digest[DIGEST_SIZE];
    const char *id = letter->read ? letter->mail.headers[GMIME_MESSAGE_ID] : NULL;
    if (id && *id)
        digest_sm3(NULL, id, strlen(id), digest);
    else
        digest_sm3(NULL, letter->bytes, letter->length, digest);
    digest_print(digest, letter->digest);
}

static const char *small(const char *s, struct arena *arena)
{
    char *kept = arena_string(arena, s);
    for (char *c = kept; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return kept;
}

struct letter letter_read(const char *bytes, size_t length, struct arena *arena)
{
    struct letter letter = {
        .bytes = bytes, .length = length, .subject = "", .text = "", .files = ""};
    letter.read = gmime_read(bytes, length, arena, &letter.mail);
    name_letter(&letter);
    if (!letter.read)
        return letter;
    const char *subject = letter.mail.headers[GMIME_SUBJECT], *from = letter.mail.from;
    letter.from = from && *from ? small(from, arena) : NULL;
    letter.subject = subject ? subject : "";
    letter.text = find_text(&letter, "text/plain", arena);
    if (!*letter.text)
        letter.text = find_text(&letter, "text/html", arena);
    letter.files = list_files(&letter, arena);
    return letter;
}

/* ---- how it came ---- */

static bool is_one_of(const char *value, const char *const *words)
{
    for (; value && *words; words++)
        if (!strncasecmp(value, *words, strlen(*words)))
            return true;
    return false;
}

static bool is_bounce(const struct letter *letter)
{
    static const char *const daemons[] = {"mailer-daemon@", "postmaster@", NULL};
    const char *path = letter->mail.headers[GMIME_RETURN_PATH];
    return (path && !strcmp(path, "<>")) || !strcmp(letter->mail.type, "multipart/report") ||
           is_one_of(letter->from, daemons);
}

static bool is_automatic(const struct letter *letter)
{
    static const char *const precedences[] = {"bulk", "junk", "list", "auto_reply", NULL};
    static const char *const subjects[] = {"自动回复",      "自动答复",   "Automatic reply",
                                           "Auto reply",    "Auto-reply", "Autoreply",
                                           "Out of Office", NULL};
    const char *const *headers = letter->mail.headers;
    const char *submitted = headers[GMIME_AUTO_SUBMITTED];
    return (submitted && strncasecmp(submitted, "no", 2) != 0) || headers[GMIME_AUTO_REPLY] ||
           headers[GMIME_AUTO_RESPOND] || is_one_of(headers[GMIME_PRECEDENCE], precedences) ||
           is_one_of(letter->subject, subjects);
}

/* True where it is from the center's own mailbox, or one of its notices. */
static bool is_own(const struct letter *letter, const char *sender)
{
    const char *id = letter->mail.headers[GMIME_MESSAGE_ID];
    const char *open = sender ? strrchr(sender, '<') : NULL, *box = open ? open + 1 : sender;
    size_t length = box ? strcspn(box, "> ") : 0;
    return letter->mail.headers[GMIME_LOOP] || (id && !strncmp(id, "<notice.", 8)) ||
           (length && letter->from && strlen(letter->from) == length &&
            !strncasecmp(letter->from, box, length));
}

const char *letter_sort(const struct letter *letter, const char *sender)
{
    if (is_own(letter, sender))
        return "loop";
    if (is_bounce(letter))
        return "bounce";
    if (letter->mail.headers[GMIME_LIST_ID])
        return "list";
    return is_automatic(letter) ? "auto" : NULL;
}
