#include "mask.h"

#include <string.h>

enum { MOBILE = 11, IDENTITY = 18 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_at(const char *s)
{
    size_t count = 0;
    while (is_digit(s[count]))
        count++;
    return count;
}

static int two(const char *s)
{
    return (s[0] - '0') * 10 + (s[1] - '0');
}

/* GB 11643: six digits of the place, a date of birth, three digits, a check character. */
static bool is_identity(const char *s, size_t digits)
{
    if (digits != IDENTITY &&
        !(digits == IDENTITY - 1 && (s[IDENTITY - 1] == 'X' || s[IDENTITY - 1] == 'x')))
        return false;
    int century = two(s + 6), month = two(s + 10), day = two(s + 12);
    return (century == 19 || century == 20) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* A mobile number, with or without 86 in front of it, which *SKIP counts. */
static bool is_mobile(const char *s, size_t digits, size_t *skip)
{
    *skip = digits == MOBILE + 2 && !strncmp(s, "86", 2) ? 2 : 0;
    return digits - *skip == MOBILE && s[*skip] == '1' && s[*skip + 1] >= '3';
}

static void add_masked(struct text *out, const char *s, size_t length, size_t head, size_t tail)
{
    text_add_bytes(out, s, head);
    for (size_t i = head; i < length - tail; i++)
        text_add_char(out, '*');
    text_add_bytes(out, s + length - tail, tail);
}

void mask_text(struct text *out, const char *s)
{
    while (*s) {
        size_t plain = strcspn(s, "0123456789"), skip;
        text_add_bytes(out, s, plain);
        s += plain;
        size_t digits = digits_at(s);
        if (is_identity(s, digits)) {
            add_masked(out, s, IDENTITY, 6, 4);
            s += IDENTITY;
        } else if (is_mobile(s, digits, &skip)) {
            text_add_bytes(out, s, skip);
            add_masked(out, s + skip, MOBILE, 3, 4);
            s += digits;
        } else {
            text_add_bytes(out, s, digits);
            s += digits;
        }
    }
}

void mask_name(struct text *out, const char *name)
{
    uint32_t first;
    const char *end = name + strlen(name);
    size_t length = text_decode(name, end, &first);
    text_add_bytes(out, name, length);
    for (const char *s = name + length; s < end;) {
        uint32_t c;
        size_t n = text_decode(s, end, &c);
        text_add_char(out, '*');
        s += n ? n : 1;
    }
}

void mask_phone(struct text *out, const char *phone)
{
    size_t length = strlen(phone);
    if (length >= MOBILE)
        add_masked(out, phone, length, length - 8, 4);
    else if (length > 4)
        add_masked(out, phone, length, 0, 4);
    else
        add_masked(out, phone, length, 0, 0);
}
