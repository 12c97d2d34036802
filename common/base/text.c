#include "base/text.h"

#include <locale.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/die.h"
#include "base/mem.h"

static void grow(struct text *text, size_t needed)
{
    size_t size = text->size ? text->size : 64;
    while (size < needed)
        size *= 2;
    text->data = mem_resize(text->data, size);
    text->size = size;
}

static inline void reserve(struct text *text, size_t more)
{
    size_t needed = text->length + more + 1;
    if (needed > text->size)
        grow(text, needed);
}

void text_clear(struct text *text)
{
    text->length = 0;
    if (text->data)
        text->data[0] = '\0';
}

void text_free(struct text *text)
{
    free(text->data);
    *text = (struct text){0};
}

void text_add_bytes(struct text *text, const char *bytes, size_t length)
{
    reserve(text, length);
    if (length)
        memcpy(text->data + text->length, bytes, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void text_add(struct text *text, const char *string)
{
    text_add_bytes(text, string, strlen(string));
}

void text_add_char(struct text *text, char c)
{
    reserve(text, 1);
    text->data[text->length++] = c;
    text->data[text->length] = '\0';
}

void text_add_number(struct text *text, int64_t number)
{
    char digits[24], *p = digits + sizeof digits;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    do
        *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        *--p = '-';
    text_add_bytes(text, p, (size_t)(digits + sizeof digits - p));
}

void text_add_format(struct text *text, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        die("cannot format a text");
    reserve(text, (size_t)length);
    vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
    va_end(again);
    text->length += (size_t)length;
}

const char *text_string(const struct text *text)
{
    return text->data ? text->data : "";
}

void text_add_code_point(struct text *text, uint32_t c)
{
    char bytes[4];
    size_t length = utf8_encode(c, bytes);
    text_add_bytes(text, bytes, length);
}

size_t text_valid_utf8(const char *s, size_t length)
{
    const char *p = s, *end = s + length;
    while (p < end) {
        uint32_t c;
        size_t n = (unsigned char)*p < 0x80 ? 1 : utf8_decode(p, end, &c);
        if (!n)
            break;
        p += n;
    }
    return (size_t)(p - s);
}

size_t text_characters(const char *s)
{
    size_t count = 0;
    for (; *s; s++)
        count += ((unsigned char)*s & 0xc0) != 0x80;
    return count;
}

size_t text_cut(const char *s, size_t most)
{
    size_t length = strlen(s);
    if (length <= most)
        return length;
    while (most && ((unsigned char)s[most] & 0xc0) == 0x80)
        most--;
    return most;
}

int text_width(uint32_t code_point)
{
    /* Widths only: LC_CTYPE never reaches numbers or dates. C.UTF-8 ships with the C library,
     * so that the result does not depend on the operator's locale. */
    static bool ready;
    if (!ready) {
        if (!setlocale(LC_CTYPE, "C.UTF-8"))
            setlocale(LC_CTYPE, "");
        ready = true;
    }
    int width = wcwidth((wchar_t)code_point);
    return width < 0 ? 1 : width;
}

void text_add_visible(struct text *to, const char *s, const char *kept)
{
    char mark[UTF8_MARK_SIZE];
    for (const char *end = s + strlen(s); s < end;) {
        uint32_t c = 0xfffd;
        size_t n = utf8_decode(s, end, &c);
        s += n ? n : 1;
        if (c < 0x80 && strchr(kept, (int)c))
            text_add_char(to, (char)c);
        else
            text_add_bytes(to, mark, utf8_mark(c, mark));
    }
}

static size_t blank_at(const char *s)
{
    unsigned char c = (unsigned char)*s;
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    if (c == 0xc2 && (unsigned char)s[1] == 0xa0)
        return 2;
    if (!strncmp(s, "\xe3\x80\x80", 3) || !strncmp(s, "\xef\xbb\xbf", 3))
        return 3;
    return 0;
}

/* The length of the blank that ends at END, which lies after START; 0 where none does. */
static size_t blank_before(const char *start, const char *end)
{
    for (size_t n = 1; n <= 3 && n <= (size_t)(end - start); n++)
        if (((unsigned char)end[-(ptrdiff_t)n] & 0xc0) != 0x80)
            return blank_at(end - n) == n ? n : 0;
    return 0;
}

char *text_trim(char *s)
{
    char *end = s + strlen(s);
    for (size_t n; (n = blank_before(s, end));)
        end -= n;
    *end = '\0';
    for (size_t n; (n = blank_at(s));)
        s += n;
    return s;
}

bool text_is_blank(const char *s)
{
    for (size_t n; (n = blank_at(s));)
        s += n;
    return !*s;
}

void text_fold(struct text *out, const char *s)
{
    const char *end = s + strlen(s);
    text_clear(out);
    while (s < end) {
        uint32_t c;
        size_t n = blank_at(s);
        if (n) {
            s += n;
            continue;
        }
        n = utf8_decode(s, end, &c);
        if (!n) {
            text_add_char(out, *s++);
            continue;
        }
        s += n;
        if (c >= 0xff01 && c <= 0xff5e)
            c -= 0xfee0;
        if (c >= 'A' && c <= 'Z')
            c += 'a' - 'A';
        if (c != '_')
            text_add_code_point(out, c);
    }
}

bool text_same(const char *a, const char *b)
{
    struct text left = {0}, right = {0};
    text_fold(&left, a);
    text_fold(&right, b);
    bool same = !strcmp(text_string(&left), text_string(&right));
    text_free(&left);
    text_free(&right);
    return same;
}

bool text_contains(const char *s, const char *part)
{
    struct text whole = {0}, wanted = {0};
    text_fold(&whole, s);
    text_fold(&wanted, part);
    bool contains = strstr(text_string(&whole), text_string(&wanted)) != NULL;
    text_free(&whole);
    text_free(&wanted);
    return contains;
}

enum { NEAREST_LONGEST = 48 };

static size_t decode_all(const char *s, uint32_t *out, size_t most)
{
    const char *end = s + strlen(s);
    size_t count = 0;
    while (s < end && count < most) {
        size_t n = utf8_decode(s, end, &out[count]);
        if (!n)
            break;
        s += n;
        count++;
    }
    return count;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance between two arrays of code points. */
static size_t distance(const uint32_t *a, size_t la, const uint32_t *b, size_t lb)
{
    size_t row[NEAREST_LONGEST + 1];
    for (size_t j = 0; j <= lb; j++)
        row[j] = j;
    for (size_t i = 1; i <= la; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t change = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(change, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[lb];
}

static size_t common_start(const uint32_t *a, size_t la, const uint32_t *b, size_t lb)
{
    size_t length = 0;
    while (length < la && length < lb && a[length] == b[length])
        length++;
    return length;
}

const char *text_nearest(const char *word, const char *const *words, size_t count)
{
    uint32_t a[NEAREST_LONGEST], b[NEAREST_LONGEST];
    size_t la = decode_all(word, a, NEAREST_LONGEST), best = la > 1 ? la / 2 + 1 : 1;
    const char *nearest = NULL;
    size_t start = 0; /* of those that are equally near the one that begins alike */
    for (size_t i = 0; i < count; i++) {
        size_t lb = decode_all(words[i], b, NEAREST_LONGEST), d = distance(a, la, b, lb);
        size_t alike = common_start(a, la, b, lb);
        if (d < lb && (d < best || (nearest && d == best && alike > start))) {
            best = d;
            start = alike;
            nearest = words[i];
        }
    }
    return nearest;
}

void text_choice(char *list, size_t size, const char *code, const char *name)
{
    size_t used = strlen(list);
    if (used) /* the bracket opens again */
        used--;
    snprintf(list + used, size - used, "%s%s%s%s)", used ? ", " : " (", code, name ? " " : "",
             name ? name : "");
}

const char *text_choices(char *list, size_t size, const char *const *pairs, size_t count)
{
    *list = '\0';
    for (size_t i = 0; i + 1 < count; i += 2)
        text_choice(list, size, pairs[i], pairs[i + 1]);
    return list;
}

void wanted_add(struct wanted *wanted, const char *word)
{
    if (wanted->count == WANTED_MOST)
        die("an option is repeated more than %d times", WANTED_MOST);
    wanted->list[wanted->count++] = word;
}

bool wanted_allows(const struct wanted *wanted, const char *word)
{
    for (int i = 0; i < wanted->count; i++)
        if (word && !strcmp(wanted->list[i], word))
            return true;
    return !wanted->count;
}

uint64_t text_hash(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ p[i]) * UINT64_C(1099511628211);
    return hash;
}
