#include "base/base64.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_add(struct text *to, const void *bytes, size_t length)
{
    const uint8_t *from = bytes;
    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        uint32_t group = (uint32_t)from[i] << 16 | (left > 1 ? (uint32_t)from[i + 1] << 8 : 0) |
                         (left > 2 ? from[i + 2] : 0);
        text_add_char(to, digits[group >> 18]);
        text_add_char(to, digits[group >> 12 & 63]);
        text_add_char(to, left > 1 ? digits[group >> 6 & 63] : '=');
        text_add_char(to, left > 2 ? digits[group & 63] : '=');
    }
}

static int digit(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+'             ? 62
           : c == '/'             ? 63
                                  : -1;
}

/* The bytes of four characters, of which PADS at the end are padding; -1 where they are none. */
static int32_t read_group(const char *four, size_t pads)
{
    int32_t group = 0;
    for (size_t i = 0; i < 4; i++) {
        int value = i < 4 - pads ? digit(four[i]) : 0;
        if (value < 0)
            return -1;
        group = group * 64 + value;
    }
    return group & ((1 << 8 * pads) - 1) ? -1 : group;
}

long base64_read(const char *text, size_t length, uint8_t *bytes, size_t size)
{
    size_t count = 0;
    if (length % 4)
        return -1;
    for (size_t i = 0; i < length; i += 4) {
        bool last = i + 4 == length;
        size_t pads = !last || text[i + 3] != '=' ? 0 : text[i + 2] != '=' ? 1 : 2;
        int32_t group = read_group(text + i, pads);
        if (group < 0 || 3 - pads > size - count)
            return -1;
        for (size_t k = 0; k < 3 - pads; k++)
            bytes[count++] = (uint8_t)(group >> (16 - 8 * k));
    }
    return (long)count;
}
