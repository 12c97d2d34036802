#include "base/mask.h"

#include <string.h>

#include "base/uscc.h"

enum { MOBILE = 11, IDENTITY = 18, RUN_MOST = 20, SHOWN_TAIL = 4 };

/* The value of the digit at S, ASCII or full-width, and how many bytes it has; -1 where S is at
 * something else. */
static int digit_at(const char *s, size_t *length)
{
    const unsigned char *u = (const unsigned char *)s;
    *length = *u == 0xef ? 3 : 1;
    if (*u >= '0' && *u <= '9')
        return *u - '0';
    return *u == 0xef && u[1] == 0xbc && u[2] >= 0x90 && u[2] <= 0x99 ? u[2] - 0x90 : -1;
}

/* Neighbouring digits: their values, where each starts, and how many there are; the bytes of all.
 */
struct run {
    int digits[RUN_MOST];
    size_t starts[RUN_MOST];
    int count;
    size_t length;
};

static struct run run_at(const char *s)
{
    struct run run = {.count = 0};
    size_t length;
    for (int digit; (digit = digit_at(s + run.length, &length)) >= 0; run.length += length) {
        if (run.count < RUN_MOST) {
            run.digits[run.count] = digit;
            run.starts[run.count] = run.length;
        }
        run.count++;
    }
    return run;
}

/* Some codes of enterprises look like identity numbers; the check characters tell. */
static bool is_enterprise(const struct run *run, char last)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    char code[IDENTITY + 1] = "";
    int sum = 0;
    for (int i = 0; i < IDENTITY - 1; i++) {
        code[i] = (char)('0' + run->digits[i]);
        sum += weights[i] * run->digits[i];
    }
    code[IDENTITY - 1] = last;
    return uscc_check(code) == USCC_GOOD && "10X98765432"[sum % 11] != last;
}

/* GB 11643: six digits of the place, a date of birth, three digits, a check character, which is
 * not asked to fit: a mistyped number is a person's too. */
static bool is_identity(const char *s, const struct run *run)
{
    const int *d = run->digits;
    char last = s[run->length];
    if (run->count == IDENTITY)
        last = (char)('0' + d[IDENTITY - 1]);
    else if (run->count != IDENTITY - 1 || (last != 'X' && last != 'x'))
        return false;
    int century = d[6] * 10 + d[7], month = d[10] * 10 + d[11], day = d[12] * 10 + d[13];
    return (century == 19 || century == 20) && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
           !is_enterprise(run, last);
}

/* The place of a mobile number in the run, after 86 or at its start; -1 where it is none. */
static int find_mobile(const struct run *run)
{
    int skip = run->count == MOBILE + 2 && run->digits[0] == 8 && run->digits[1] == 6 ? 2 : 0;
    return run->count - skip == MOBILE && run->digits[skip] == 1 && run->digits[skip + 1] >= 3
               ? skip
               : -1;
}

/* The bytes of a mobile number in groups (138 1234 5678, 138-1234-5678), of which FIRST is the
 * first; 0 where it is none. */
static size_t grouped_mobile(const char *s, const struct run *first)
{
    size_t length = first->length;
    if (first->count != 3 || first->digits[0] != 1 || first->digits[1] < 3)
        return 0;
    for (int group = 0; group < 2; group++) {
        if (s[length] != ' ' && s[length] != '-')
            return 0;
        struct run run = run_at(s + length + 1);
        if (run.count != 4)
            return 0;
        length += 1 + run.length;
    }
    return length;
}

/* Adds the run with the digits from HEAD up to TAIL hidden. */
static void add_hidden(struct text *out, const char *s, const struct run *run, int head, int tail)
{
    text_add_bytes(out, s, run->starts[head]);
    for (int i = head; i < tail; i++)
        text_add_char(out, '*');
    if (tail < run->count)
        text_add_bytes(out, s + run->starts[tail], run->length - run->starts[tail]);
}

void mask_text(struct text *out, const char *s)
{
    while (*s) {
        struct run run = run_at(s);
        int mobile = find_mobile(&run);
        size_t grouped = grouped_mobile(s, &run);
        if (!run.count) {
            text_add_char(out, *s++);
            continue;
        }
        if (is_identity(s, &run))
            add_hidden(out, s, &run, 6, IDENTITY - SHOWN_TAIL);
        else if (mobile >= 0)
            add_hidden(out, s, &run, mobile + 3, mobile + MOBILE - SHOWN_TAIL);
        else
            text_add_bytes(out, s, run.length);
        s += run.length;
        if (grouped) { /* the separator stays, the middle goes */
            struct run middle = run_at(s + 1);
            text_add_char(out, *s);
            text_add(out, "****");
            text_add_bytes(out, s + 1 + middle.length, grouped - run.length - 1 - middle.length);
            s += grouped - run.length;
        }
    }
}

/* A star for each character. */
static void add_stars(struct text *out, const char *s)
{
    for (const char *end = s + strlen(s); s < end;) {
        uint32_t c;
        size_t n = text_decode(s, end, &c);
        text_add_char(out, '*');
        s += n ? n : 1;
    }
}

void mask_name(struct text *out, const char *name)
{
    uint32_t first;
    size_t length = text_decode(name, name + strlen(name), &first);
    text_add_bytes(out, name, length);
    add_stars(out, name + length);
}

/* How many digits the number at S has, and in *LENGTH its bytes: digits, and the marks that people
 * put between them. */
static int number_at(const char *s, size_t *length)
{
    int count = 0;
    size_t n;
    *length = 0;
    while (s[*length]) {
        bool digit = digit_at(s + *length, &n) >= 0;
        if (!digit && !strchr("-+() .", s[*length]))
            break;
        *length += digit ? n : 1;
        count += digit;
    }
    return count;
}

/* Of the usual 11 to 13 digits the four before the last four are hidden; else all but the last
 * four. */
static void add_number(struct text *out, const char *s, size_t length, int count)
{
    int from = count >= MOBILE && count <= MOBILE + 2 ? count - 2 * SHOWN_TAIL : 0, digit = 0;
    for (size_t i = 0, n; i < length; i += n) {
        bool is_digit = digit_at(s + i, &n) >= 0;
        n = is_digit ? n : 1;
        if (is_digit && digit >= from && digit < count - SHOWN_TAIL)
            text_add_char(out, '*');
        else
            text_add_bytes(out, s + i, n);
        digit += is_digit;
    }
}

void mask_phone(struct text *out, const char *phone)
{
    int shown = 0;
    size_t length;
    for (const char *s = phone; *s; s += length ? length : 1) {
        int count = number_at(s, &length);
        shown = count > shown ? count : shown;
    }
    if (shown <= SHOWN_TAIL) {
        add_stars(out, phone);
        return;
    }
    for (const char *s = phone; *s;) {
        int count = number_at(s, &length);
        add_number(out, s, length, count);
        s += length;
        if (*s && !length)
            text_add_char(out, *s++);
    }
}
