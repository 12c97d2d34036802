/* mutate SEED [FILE]: the bytes of FILE (or standard input), changed at a few places, on standard
 * output: bits turned, bytes put in, taken out and doubled, and words that often make trouble. The
 * same seed makes the same changes. mutate SEED -b N FILE turns N bits of the file in place, as a
 * failing disk does; the first 100 bytes stay, or it would be no database at all. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const words[] = {"\"",
                                    "\"\"",
                                    ",",
                                    "\r\n",
                                    "\n",
                                    "\t",
                                    "-",
                                    "--",
                                    "0",
                                    "-1",
                                    "1e9",
                                    "2147483648",
                                    "9223372036854775808",
                                    "%s%n",
                                    "\xff",
                                    "\xef\xbb\xbf",
                                    "\xc3\x28",
                                    "\xe2\x80\xae",
                                    "\xf0\x9f\x98\x80",
                                    "\x1b[2J",
                                    "'; --",
                                    "NULL",
                                    "[",
                                    "]",
                                    "{",
                                    "}",
                                    ": ",
                                    "\\u0000",
                                    "&a",
                                    "*a",
                                    "9999-12-31",
                                    "2020-02-30",
                                    "1970-01-01T00:00Z",
                                    "　",
                                    "00000000000000000000"};
enum { WORDS = sizeof words / sizeof *words, MOST = 1 << 20 };

static uint64_t chance;

static size_t any(size_t below)
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return below ? (size_t)(chance >> 16) % below : 0;
}

struct bytes {
    unsigned char *data;
    size_t length;
};

static void replace(struct bytes *b, size_t at, size_t gone, const void *put, size_t length)
{
    if (b->length - gone + length > MOST)
        return;
    memmove(b->data + at + length, b->data + at + gone, b->length - at - gone);
    memcpy(b->data + at, put, length);
    b->length += length - gone;
}

static void change(struct bytes *b)
{
    unsigned char part[256];
    size_t at = any(b->length + 1), left = b->length - at, size = 1 + any(sizeof part - 1);
    const char *word = words[any(WORDS)];
    if (size > left)
        size = left;
    memcpy(part, b->data + at, size);
    switch (any(6)) {
    case 0:
        if (left)
            b->data[at] ^= (unsigned char)(1 << any(8));
        break;
    case 1: replace(b, at, 0, word, strlen(word)); break;
    case 2: replace(b, at, any(9) ? any(size + 1) : left, "", 0); break;
    case 3: /* doubled, elsewhere */ replace(b, any(b->length + 1), 0, part, size); break;
    case 4: replace(b, at, any(size + 1), word, strlen(word)); break;
    default: /* many times */
        for (size_t i = any(200); i > 0; i--)
            replace(b, at, 0, part, size < 40 ? size : 40);
    }
}

static struct bytes read_all(FILE *file)
{
    struct bytes b = {.data = malloc(2 * MOST)};
    if (!b.data || !file)
        exit(2);
    b.length = fread(b.data, 1, MOST, file);
    return b;
}

static int turn_bits(const char *count, const char *path)
{
    FILE *file = fopen(path, "r+b");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        return 2;
    long size = ftell(file);
    for (int i = atoi(count); i > 0 && size > 100; i--) {
        long at = 100 + (long)any((size_t)size - 100);
        fseek(file, at, SEEK_SET);
        int byte = fgetc(file) ^ 1 << any(8);
        fseek(file, at, SEEK_SET);
        fputc(byte, file);
    }
    return fclose(file) == 0 ? 0 : 2;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    chance = strtoull(argv[1], NULL, 10) * UINT64_C(2654435761) + 88172645463325252;
    for (int i = 0; i < 8; i++)
        any(1);
    if (argc == 5 && !strcmp(argv[2], "-b"))
        return turn_bits(argv[3], argv[4]);
    struct bytes b = read_all(argc > 2 ? fopen(argv[2], "rb") : stdin);
    for (size_t i = 1 + any(6); i > 0; i--)
        change(&b);
    fwrite(b.data, 1, b.length, stdout);
    free(b.data);
    return fflush(stdout) == 0 ? 0 : 2;
}
