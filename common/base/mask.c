#include "base/mask.h"

#include <stdbool.h>
#include <string.h>

#include "base/json.h"
#include "base/uscc.h"

enum {
    MOBILE = 11,
    IDENTITY = 18,
    OLD_IDENTITY = 15,
    TAIL = 4,
    DIGITS = 24,
    GROUPS = 8,
    WHOLE = 7
};

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

/* What people put between the digits of one number: blanks, hyphens, brackets (also full-width
 * ones) and what cannot be seen; or, only in groups of 3, 4 and 4, a mark that elsewhere divides
 * numbers or is part of one (138.1234). Returns 0 for neither. */
static uint32_t gap_at(const char *s, size_t *length, bool *divides)
{
    static const uint32_t joining[] = {' ',    '-',    '(',    ')',    0xa0,   0x2212,
                                       0x3000, 0xff08, 0xff09, 0xff0d, 0x30fc, 0xff0b};
    static const uint32_t dividing[] = {'.',    '/',    ',',    '_',    '~',    0xb7,  0x3001,
                                        0x3002, 0xff0c, 0xff0e, 0xff0f, 0xff5e, 0x2022};
    uint32_t c = 0;
    if (!(*length = utf8_decode(s, s + strnlen(s, 4), &c)))
        return 0;
    *divides = false;
    if ((c >= 0x2010 && c <= 0x2015) || (utf8_is_unseen(c) && !strchr("\t\n\r", *s)))
        return c;
    for (size_t i = 0; i < sizeof joining / sizeof *joining; i++)
        if (c == joining[i])
            return c;
    *divides = true;
    for (size_t i = 0; i < sizeof dividing / sizeof *dividing; i++)
        if (c == dividing[i])
            return c;
    return 0;
}

/* Digits as they stand in a text, in groups that gaps divide. */
struct number {
    int digits[DIGITS];
    size_t starts[DIGITS]; /* bytes from the number's start */
    int count;
    int groups[GROUPS];    /* digits in each */
    size_t ends[GROUPS];   /* where each ends */
    uint32_t gaps[GROUPS]; /* the dividing mark before each, 0: a gap that joins */
    int group_count;
};

/* Bytes of the gap at S, of three marks at most, one where it divides; 0: no digit follows. */
static size_t read_gap(const char *s, uint32_t *mark)
{
    enum { MARKS = 3 };
    size_t length = 0, n;
    bool divides = false;
    *mark = 0;
    for (int i = 0; i < MARKS && !*mark; i++) {
        uint32_t c = gap_at(s + length, &n, &divides);
        if (!c || (divides && i))
            break;
        *mark = divides ? c : 0;
        length += n;
    }
    return digit_at(s + length, &n) >= 0 ? length : 0;
}

static size_t read_group(struct number *number, const char *s, size_t at)
{
    size_t n;
    int digits = 0;
    for (int digit; (digit = digit_at(s + at, &n)) >= 0; at += n, digits++)
        if (number->count < DIGITS) {
            number->digits[number->count] = digit;
            number->starts[number->count++] = at;
        }
    number->groups[number->group_count] = digits;
    number->ends[number->group_count++] = at;
    return at;
}

/* The digits at S and those that may belong to them. */
static struct number number_at(const char *s)
{
    struct number number = {.count = 0};
    size_t at = read_group(&number, s, 0);
    while (number.group_count < GROUPS && number.count < DIGITS) {
        size_t gap = read_gap(s + at, &number.gaps[number.group_count]);
        if (!gap)
            break;
        at = read_group(&number, s, at + gap);
    }
    return number;
}

/* True where the first COUNT groups are joined by gaps that no other number has inside. */
static bool is_joined(const struct number *number, int count)
{
    for (int i = 1; i < count; i++)
        if (number->gaps[i])
            return false;
    return true;
}

/* The ways in which the 11 digits of a mobile number are grouped. */
static bool is_grouped(const struct number *number, int count, int skip)
{
    static const int ways[][4] = {{11},      {3, 8},    {7, 4},    {4, 7},
                                  {3, 4, 4}, {4, 3, 4}, {4, 4, 3}, {3, 3, 5}};
    bool joined = is_joined(number, count);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        int group = 0;
        while (group < count && number->groups[group] - (group ? 0 : skip) == ways[i][group])
            group++;
        bool divided = ways[i][1] == 4 && ways[i][2] == 4 && number->gaps[1] == number->gaps[2];
        if (group == count && !ways[i][count] && (joined || divided))
            return true;
    }
    return false;
}

/* The place of a mobile number in the first COUNT groups: at the start, or behind 0, 86 or 0086;
 * -1 where they are none. */
static int find_mobile(const struct number *number, int count)
{
    static const int prefix[][4] = {{0}, {0}, {8, 6}, {0, 0, 8, 6}};
    static const int lengths[] = {0, 1, 2, 4};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        int skip = lengths[i];
        const int *d = number->digits;
        if (number->groups[0] > skip && !memcmp(d, prefix[i], (size_t)skip * sizeof *d) &&
            d[skip] == 1 && d[skip + 1] >= 3 && is_grouped(number, count, skip))
            return skip;
    }
    return -1;
}

/* X, x and the full-width ones, at the end of an identity number: its bytes, or 0. */
static size_t letter_x_at(const char *s)
{
    if (*s == 'X' || *s == 'x')
        return 1;
    return !strncmp(s, "\xef\xbc\xb8", 3) || !strncmp(s, "\xef\xbd\x98", 3) ? 3 : 0;
}

/* Some codes of enterprises look like identity numbers; the check characters tell. */
static bool is_enterprise(const int *digits, char last)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    char code[IDENTITY + 1] = "";
    int sum = 0;
    for (int i = 0; i < IDENTITY - 1; i++) {
        code[i] = (char)('0' + digits[i]);
        sum += weights[i] * digits[i];
    }
    code[IDENTITY - 1] = last;
    return uscc_check(code) == USCC_GOOD && "10X98765432"[sum % 11] != last;
}

static bool is_date(const int *d)
{
    int month = d[0] * 10 + d[1], day = d[2] * 10 + d[3];
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* GB 11643: six digits of the place, a date of birth, three digits, a check character, which is
 * not asked to fit: a mistyped number is a person's too. COUNT digits; bytes of an X behind them.
 */
static bool is_identity(const struct number *number, int count, size_t x)
{
    const int *d = number->digits;
    if (count != IDENTITY && !(count == IDENTITY - 1 && x))
        return false;
    int century = d[6] * 10 + d[7];
    if (number->groups[0] < 3)
        return false;
    char last = count == IDENTITY ? (char)('0' + d[IDENTITY - 1]) : 'X';
    return (century == 19 || century == 20) && is_date(d + 10) && !is_enterprise(d, last);
}

static bool is_latin(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* The number that a person had until 1999: no century, no check character. */
static bool is_old_identity(const struct number *number, int count, const char *s, bool behind)
{
    const int *d = number->digits;
    return count == OLD_IDENTITY && number->groups[0] >= 6 && d[0] >= 1 && d[0] <= 8 &&
           is_date(d + 8) && !behind && !is_latin(*s);
}

/* What to hide of a number: digits from FROM up to TO; it ends at END. */
struct hidden {
    int from, to;
    size_t end;
};

/* Looks for a personal number that is the first groups of NUMBER; BEHIND says that a letter stands
 * before it. `to` stays 0 where there is none. */
static struct hidden find_personal(const struct number *number, const char *s, bool behind)
{
    int total = 0;
    for (int i = 0; i < number->group_count && total <= IDENTITY; i++) {
        size_t end = number->ends[i], x = letter_x_at(s + end);
        total += number->groups[i];
        int mobile = find_mobile(number, i + 1);
        if (mobile >= 0)
            return (struct hidden){mobile + 3, mobile + MOBILE - TAIL, end};
        if (!is_joined(number, i + 1))
            continue;
        if (is_identity(number, total, x))
            return (struct hidden){6, IDENTITY - TAIL, total == IDENTITY ? end : end + x};
        if (is_old_identity(number, total, s + end, behind))
            return (struct hidden){6, OLD_IDENTITY - 3, end};
    }
    return (struct hidden){.to = 0};
}

static void add_hidden(struct text *out, const char *s, const struct number *number,
                       struct hidden hidden)
{
    size_t at = 0, n;
    for (int i = hidden.from; i < hidden.to; i++) {
        text_add_bytes(out, s + at, number->starts[i] - at);
        text_add_char(out, '*');
        digit_at(s + number->starts[i], &n);
        at = number->starts[i] + n;
    }
    text_add_bytes(out, s + at, hidden.end - at);
}

void mask_text(struct text *out, const char *s)
{
    const char *plain = s; /* not added yet */
    for (size_t n; *s;) {
        if (digit_at(s, &n) < 0) {
            s++;
            continue;
        }
        struct number number = number_at(s);
        struct hidden hidden = find_personal(&number, s, s > plain && is_latin(s[-1]));
        if (hidden.to) {
            text_add_bytes(out, plain, (size_t)(s - plain));
            add_hidden(out, s, &number, hidden);
            plain = s + hidden.end;
        }
        s += hidden.to ? hidden.end : number.ends[0];
    }
    text_add_bytes(out, plain, (size_t)(s - plain));
}

/* A star for each character. */
static void add_stars(struct text *out, const char *s)
{
    for (const char *end = s + strlen(s); s < end;) {
        uint32_t c;
        size_t n = utf8_decode(s, end, &c);
        text_add_char(out, '*');
        s += n ? n : 1;
    }
}

bool mask_is_erased(const char *s, size_t length)
{
    const size_t open = strlen(MASK_ERASED_OPEN), end = strlen(MASK_ERASED_CLOSE);
    if (length < open + end || memcmp(s, MASK_ERASED_OPEN, open) != 0)
        return false;
    size_t digits = strspn(s + open, "0123456789");
    return open + digits + end == length && !memcmp(s + open + digits, MASK_ERASED_CLOSE, end);
}

void mask_name(struct text *out, const char *name)
{
    if (mask_is_erased(name, strlen(name))) {
        text_add(out, name);
        return;
    }
    uint32_t first;
    size_t length = utf8_decode(name, name + strlen(name), &first);
    text_add_bytes(out, name, length);
    add_stars(out, name + length);
}

/* How many digits the telephone number at S has, and in *LENGTH its bytes: digits, and the marks
 * that people put between them. */
static int phone_at(const char *s, size_t *length)
{
    int count = 0;
    size_t n;
    bool divides = false;
    *length = 0;
    while (s[*length]) {
        bool digit = digit_at(s + *length, &n) >= 0;
        if (!digit && !strchr("+.", s[*length]) && (!gap_at(s + *length, &n, &divides) || divides))
            break;
        *length += n;
        count += digit;
    }
    return count;
}

/* Of the usual 11 to 13 digits the four before the last four are hidden; else all but the last
 * four. */
static void add_phone(struct text *out, const char *s, size_t length, int count)
{
    int from = count >= MOBILE && count <= MOBILE + 2 ? count - 2 * TAIL : 0, digit = 0;
    for (size_t i = 0, n; i < length; i += n) {
        bool is_digit = digit_at(s + i, &n) >= 0;
        n = is_digit ? n : 1;
        if (is_digit && digit >= from && digit < count - TAIL)
            text_add_char(out, '*');
        else
            text_add_bytes(out, s + i, n);
        digit += is_digit;
    }
}

void mask_phone(struct text *out, const char *phone)
{
    int longest = 0, all = 0;
    size_t length;
    if (mask_is_erased(phone, strlen(phone))) {
        text_add(out, phone);
        return;
    }
    for (const char *s = phone; *s; s += length ? length : 1) {
        int count = phone_at(s, &length);
        longest = count > longest ? count : longest;
        all += count;
    }
    if (all <= TAIL)
        add_stars(out, phone);
    else if (longest < WHOLE) /* pieces of one number, whatever stands between them */
        add_phone(out, phone, strlen(phone), all);
    for (const char *s = phone; longest >= WHOLE && *s;) {
        int count = phone_at(s, &length);
        add_phone(out, s, length, count);
        s += length;
        if (*s && !length)
            text_add_char(out, *s++);
    }
}

void mask_address(struct text *out, const char *address)
{
    enum { LAST = 4 };
    const char *host = strchr(address, '@'), *end = address + strlen(address);
    uint32_t first;
    if (mask_is_erased(address, strlen(address)))
        text_add(out, address);
    else if (host) {
        text_add_bytes(out, address, host > address ? utf8_decode(address, host, &first) : 0);
        text_add_format(out, "***%s", host);
    } else {
        const char *last = end - address > 2 * LAST ? end - LAST : end;
        while (last < end && (*last & 0xC0) == 0x80)
            last++;
        text_add_format(out, "****%s", last);
    }
}

static void mask_member(struct text *out, const char *key, const char *value)
{
    static const struct {
        const char *key;
        void (*mask)(struct text *, const char *);
    } known[] = {
        {"was_contact", mask_name},    {"is_contact", mask_name}, {"was_phone", mask_phone},
        {"is_phone", mask_phone},      {"person", mask_name},     {"telephone", mask_phone},
        {"destination", mask_address}, {"private", mask_json},    {"texts", mask_json},
        {"content", text_add}}; /* a digest, whatever digits it has */
    for (size_t i = 0; key && i < sizeof known / sizeof *known; i++)
        if (!strcmp(known[i].key, key)) {
            known[i].mask(out, value);
            return;
        }
    mask_text(out, value);
}

void mask_json(struct text *out, const char *json)
{
    json_change_strings(out, json, mask_member);
}
