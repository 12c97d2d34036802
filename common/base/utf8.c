#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

size_t utf8_decode(const char *s, const char *end, uint32_t *code_point)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (s >= end)
        return 0;
    unsigned char first = (unsigned char)*s;
    size_t length = first < 0x80                    ? 1
                    : first >= 0xc2 && first < 0xe0 ? 2
                    : first >= 0xe0 && first < 0xf0 ? 3
                    : first >= 0xf0 && first < 0xf5 ? 4
                                                    : 0;
    if (!length || (size_t)(end - s) < length)
        return 0;
    uint32_t value = length == 1 ? first : first & (0x7fU >> length);
    for (size_t i = 1; i < length; i++) {
        unsigned char next = (unsigned char)s[i];
        if ((next & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (next & 0x3f);
    }
    if (value < smallest[length] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
        return 0;
    *code_point = value;
    return length;
}

size_t utf8_encode(uint32_t c, char bytes[4])
{
    static const unsigned char first[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length; i-- > 1; c >>= 6)
        bytes[i] = (char)(0x80 | (c & 0x3f));
    bytes[0] = (char)(first[length] | c);
    return length;
}

bool utf8_is_unseen(uint32_t c)
{
    static const uint32_t ranges[][2] = {
        {0, 0x1f},        {0x7f, 0x9f},       {0xad, 0xad},       {0x034f, 0x034f},
        {0x061c, 0x061c}, {0x115f, 0x1160},   {0x17b4, 0x17b5},   {0x180e, 0x180e},
        {0x200b, 0x200f}, {0x2028, 0x202e},   {0x2060, 0x206f},   {0x3164, 0x3164},
        {0xfdd0, 0xfdef}, {0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xfffb},
        {0xfffe, 0xffff}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
    };
    if (c < 0x20)
        return true;
    for (size_t i = 1; i < sizeof ranges / sizeof *ranges; i++)
        if (c <= ranges[i][1])
            return c >= ranges[i][0];
    return (c & 0xfffe) == 0xfffe; /* the last two of each plane */
}

size_t utf8_mark(uint32_t c, char mark[UTF8_MARK_SIZE])
{
    char digits[UTF8_MARK_SIZE];
    if (c == '\n')
        c = 0x23ce; /* ⏎ */
    else if (c < 0x20 || c == 0x7f)
        c = c == 0x7f ? 0x2421 : 0x2400 + c; /* Unicode control pictures */
    else if (c >= 0x80 && c < 0xa0)
        c = 0xfffd;
    else if (utf8_is_unseen(c)) {
        int length = snprintf(digits, sizeof digits, "<U+%04X>", (unsigned)c);
        memcpy(mark, digits, (size_t)length);
        return (size_t)length;
    }
    return utf8_encode(c, mark);
}
