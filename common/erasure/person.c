#include "erasure/person.h"

#include <string.h>

#include "base/utf8.h"

enum { LEAST_DIGITS = 5 };

/* The digit at S, in either width, and how long it is there; -1: there is none. */
static int digit_at(const char *s, size_t *length)
{
    uint32_t c = 0;
    *length = utf8_decode(s, s + strlen(s), &c);
    return c >= '0' && c <= '9'         ? (int)(c - '0')
           : c >= 0xff10 && c <= 0xff19 ? (int)(c - 0xff10)
                                        : -1;
}

static bool is_between(const char *s, size_t length)
{
    static const char *const marks[] = {" ",  "-", "(",  ")",      "（",
                                        "）", "—", "－", "\u00a0", "\u3000"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strlen(marks[i]) == length && !memcmp(marks[i], s, length))
            return true;
    return false;
}

/* The next digit of a number from *S on; -1: something else comes, or the end. */
static int next_digit(const char **s)
{
    size_t length;
    int digit = -1;
    while (**s && (digit = digit_at(*s, &length)) < 0 && is_between(*s, length))
        *s += length;
    if (digit >= 0)
        *s += length;
    return digit;
}

static bool begins_here(const char *text, const char *number)
{
    for (int wanted; (wanted = next_digit(&number)) >= 0;)
        if (next_digit(&text) != wanted)
            return false;
    return true;
}

static bool has_number(const char *text, const char *number)
{
    size_t length;
    for (; *text; text += length ? length : 1)
        if (digit_at(text, &length) >= 0 && begins_here(text, number))
            return true;
    return false;
}

bool person_check_name(const char *name, struct fault *fault)
{
    uint32_t c;
    size_t length = strlen(name), first = *name ? utf8_decode(name, name + length, &c) : 0;
    if (text_valid_utf8(name, length) != length || text_is_blank(name))
        return fault_add(fault, "not a name: \"%s\"", name);
    if (first == length)
        return fault_add(fault, "\"%s\" is too short to tell a person by", name);
    if (strpbrk(name, "\"\\"))
        return fault_add(fault, "a name has no quotes and no backslashes: %s", name);
    return true;
}

bool person_check_number(const char *number, struct fault *fault)
{
    int digits = 0;
    const char *s = number;
    while (next_digit(&s) >= 0)
        digits++;
    if (*s)
        return fault_add(fault, "not a number: \"%s\"", number);
    if (digits < LEAST_DIGITS)
        return fault_add(fault, "\"%s\" is too short to tell a person by", number);
    return true;
}

bool person_is_named(const struct person *person)
{
    return person->names.count || person->numbers.count;
}

bool person_stands_in(const struct person *person, const char *text)
{
    for (int i = 0; i < person->names.count; i++)
        if (strstr(text, person->names.list[i]))
            return true;
    for (int i = 0; i < person->numbers.count; i++)
        if (has_number(text, person->numbers.list[i]))
            return true;
    return false;
}
