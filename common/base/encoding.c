#include "base/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/tongue.h"

struct encoding {
    char name[32];
    iconv_t in, out; /* (iconv_t)-1 for UTF-8 */
};

static const iconv_t none = (iconv_t)-1;

static bool is_utf8(const char *name)
{
    return !strcasecmp(name, "utf-8") || !strcasecmp(name, "utf8");
}

struct encoding *encoding_open(const char *name)
{
    struct encoding *encoding = mem_zero(1, sizeof *encoding);
    encoding->in = encoding->out = none;
    snprintf(encoding->name, sizeof encoding->name, "%s", is_utf8(name) ? "utf-8" : name);
    if (is_utf8(name))
        return encoding;
    if (strncasecmp(name, "utf-16", 6) != 0 && strncasecmp(name, "ucs", 3) != 0 &&
        strncasecmp(name, "utf-32", 6) != 0) {
        encoding->in = iconv_open("UTF-8", name);
        encoding->out = iconv_open(name, "UTF-8");
    }
    if (encoding->in != none && encoding->out != none)
        return encoding;
    encoding_close(encoding);
    return NULL;
}

void encoding_close(struct encoding *encoding)
{
    if (!encoding)
        return;
    if (encoding->in != none)
        iconv_close(encoding->in);
    if (encoding->out != none)
        iconv_close(encoding->out);
    free(encoding);
}

const char *encoding_name(const struct encoding *encoding)
{
    return encoding->name;
}

/* Runs all of BYTES through CONVERTER; stops at a bad sequence and returns its offset, or
 * LENGTH when everything went through. */
static size_t convert(iconv_t converter, struct text *out, const char *bytes, size_t length)
{
    char buffer[4096];
    char *in = (char *)(uintptr_t)bytes; /* iconv does not write to its input */
    size_t left = length;
    iconv(converter, NULL, NULL, NULL, NULL);
    while (left) {
        char *to = buffer;
        size_t room = sizeof buffer;
        size_t result = iconv(converter, &in, &left, &to, &room);
        int error = errno;
        text_add_bytes(out, buffer, (size_t)(to - buffer));
        if (result == (size_t)-1 && error != E2BIG)
            break;
    }
    return length - left;
}

bool encoding_to_utf8(struct encoding *encoding, struct text *out, const char *bytes, size_t length,
                      size_t *bad)
{
    size_t good;
    if (encoding->in == none) {
        good = text_valid_utf8(bytes, length);
        text_add_bytes(out, bytes, good);
    } else {
        good = convert(encoding->in, out, bytes, length);
    }
    *bad = good;
    return good == length;
}

void encoding_from_utf8(struct encoding *encoding, struct text *out, const char *s)
{
    size_t length = strlen(s);
    if (encoding->out == none) {
        text_add_bytes(out, s, length);
        return;
    }
    for (size_t done = 0; done < length;) {
        done += convert(encoding->out, out, s + done, length - done);
        if (done < length) {
            text_add_char(out, '?');
            for (done++; done < length && ((unsigned char)s[done] & 0xc0) == 0x80;)
                done++;
        }
    }
}

/* The three bytes of nearly every Chinese character, without the corners of utf8_decode. */
static bool is_plain_chinese(const char *p, const char *end)
{
    const unsigned char *u = (const unsigned char *)p;
    return end - p >= 3 && u[0] >= 0xe1 && u[0] <= 0xec && (u[1] & 0xc0) == 0x80 &&
           (u[2] & 0xc0) == 0x80;
}

/* Counts UTF-8's three-byte sequences (Chinese) and the bytes that cannot be UTF-8. The few
 * bytes of a sequence cut by the block's end are returned for the next block. */
static size_t survey(const char *bytes, size_t length, bool last, uint64_t *chinese,
                     uint64_t *broken)
{
    const char *p = bytes, *end = bytes + length;
    while (p < end) {
        uint32_t c;
        if ((unsigned char)*p < 0x80) {
            p++;
            continue;
        }
        if (is_plain_chinese(p, end)) {
            ++*chinese;
            p += 3;
            continue;
        }
        size_t n = utf8_decode(p, end, &c);
        if (!n && !last && end - p < 4)
            break;
        *chinese += n == 3;
        *broken += !n;
        p += n ? n : 1;
    }
    return (size_t)(end - p);
}

const char *encoding_detect(FILE *file, bool *sound)
{
    enum { BLOCK = 256 * 1024, FEW = 10 };
    char *block = mem_alloc(BLOCK);
    uint64_t chinese = 0, broken = 0;
    size_t kept = 0, got;
    bool start = true, utf16 = false;
    rewind(file);
    while ((got = fread(block + kept, 1, BLOCK - kept, file)) > 0 && !utf16) {
        size_t length = kept + got;
        utf16 =
            start && length > 1 && (!memcmp(block, "\xff\xfe", 2) || !memcmp(block, "\xfe\xff", 2));
        start = false;
        kept = survey(block, length, false, &chinese, &broken);
        memmove(block, block + length - kept, kept);
    }
    survey(block, kept, true, &chinese, &broken);
    free(block);
    if (ferror(file))
        die("cannot read the input: %s", tongue_error(errno));
    rewind(file);
    *sound = !broken && !utf16;
    if (utf16)
        return NULL;
    return broken && chinese < FEW * broken ? "gb18030" : "utf-8";
}
