#include "base/decimal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct unit {
    const char *word;
    int64_t millionths; /* of one */
} units[] = {
    {"千万", INT64_C(10000000) * DECIMAL_ONE},
    {"百万", INT64_C(1000000) * DECIMAL_ONE},
    {"万", INT64_C(10000) * DECIMAL_ONE},
    {"亿", INT64_C(100000000) * DECIMAL_ONE},
    {"千", INT64_C(1000) * DECIMAL_ONE},
    {"%", DECIMAL_ONE / 100},
    {"％", DECIMAL_ONE / 100},
    {"‰", DECIMAL_ONE / 1000},
};
enum { UNITS = sizeof units / sizeof *units };

/* The unit at the start of S, or NULL. */
static const struct unit *find_unit(const char *s)
{
    for (int i = 0; i < UNITS; i++)
        if (!strncmp(s, units[i].word, strlen(units[i].word)))
            return &units[i];
    return NULL;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A comma between digits divides them in groups of three. */
static bool is_group_comma(const char *s)
{
    return *s == ',' && is_digit(s[1]) && is_digit(s[2]) && is_digit(s[3]) && !is_digit(s[4]);
}

/* The digits at S as a whole number and the count of those behind the point; the end, or NULL
 * where they are too many or none. */
static const char *scan_digits(const char *s, int64_t *digits, int *fraction)
{
    bool point = false, any = false;
    *digits = 0;
    *fraction = 0;
    for (;; s++) {
        if (*s == '.' && !point && any && is_digit(s[1])) {
            point = true;
        } else if (!point && any && is_group_comma(s)) {
            continue;
        } else if (is_digit(*s)) {
            if (*digits > (DECIMAL_MOST - 9) / 10)
                return NULL;
            *digits = *digits * 10 + (*s - '0');
            *fraction += point;
            any = true;
        } else {
            return any ? s : NULL;
        }
    }
}

/* DIGITS with FRACTION of them behind the point, times SCALE millionths; false where that is no
 * whole number of millionths or too large. */
static bool scale_digits(int64_t digits, int fraction, int64_t scale, int64_t *number)
{
    while (fraction > 0 && digits % 10 == 0) {
        digits /= 10;
        fraction--;
    }
    for (; fraction > 0; fraction--) {
        if (scale % 10)
            return false;
        scale /= 10;
    }
    if (digits && scale > DECIMAL_MOST / digits)
        return false;
    *number = digits * scale;
    return true;
}

size_t decimal_scan(const char *s, int64_t *number)
{
    int64_t digits;
    int fraction;
    bool negative = *s == '-';
    const char *end = scan_digits(s + negative, &digits, &fraction);
    if (!end)
        return 0;
    int64_t scale = DECIMAL_ONE;
    const struct unit *unit = find_unit(end);
    if (unit) {
        scale = unit->millionths;
        end += strlen(unit->word);
        /* 5万亿 */
        if (!strcmp(unit->word, "万") && !strncmp(end, "亿", strlen("亿"))) {
            scale *= 100000000;
            end += strlen("亿");
        }
    }
    if (!scale_digits(digits, fraction, scale, number))
        return 0;
    if (negative)
        *number = -*number;
    return (size_t)(end - s);
}

bool decimal_parse(const char *s, int64_t *number)
{
    static const char *const words[] = {"人民币", "元", "人", "名", "项", "件", "个", "家", "户"};
    size_t length = decimal_scan(s, number);
    if (!length)
        return false;
    s += length;
    for (size_t i = 0; i < sizeof words / sizeof *words && *s; i++)
        if (!strcmp(s, words[i]))
            return true;
    return !*s;
}

char *decimal_plain(int64_t number, char buffer[static DECIMAL_TEXT_SIZE])
{
    uint64_t size = number < 0 ? -(uint64_t)number : (uint64_t)number;
    int used = snprintf(buffer, DECIMAL_TEXT_SIZE, "%s%" PRIu64 ".%06" PRIu64,
                        number < 0 ? "-" : "", size / DECIMAL_ONE, size % DECIMAL_ONE);
    while (buffer[used - 1] == '0')
        buffer[--used] = '\0';
    if (buffer[used - 1] == '.')
        buffer[--used] = '\0';
    return buffer;
}

char *decimal_print(int64_t number, const char *unit, char buffer[static DECIMAL_TEXT_SIZE])
{
    const int64_t wan = 10000, yi = 100000000, least = DECIMAL_ONE / 100;
    int64_t size = number < 0 ? -number : number;
    const char *word = "";
    char plain[DECIMAL_TEXT_SIZE];
    bool share = unit && !strcmp(unit, "%");
    if (share)
        unit = NULL;
    if (share && size < DECIMAL_MOST / 100) { /* a larger one is written as a number */
        number *= 100;
        word = "%";
    } else if (size >= yi * DECIMAL_ONE && size % (yi * least) == 0) {
        number /= yi;
        word = "亿";
    } else if (size >= wan * DECIMAL_ONE && size % (wan * least) == 0) {
        number /= wan;
        word = "万";
    }
    /* No number has more than 27 bytes, its word and its unit at most 6 in all. */
    snprintf(buffer, DECIMAL_TEXT_SIZE, "%.21s%.3s%.6s", decimal_plain(number, plain), word,
             unit ? unit : "");
    return buffer;
}
