#define _GNU_SOURCE /* mmap */
#include "base/tongue.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A catalogue as msgfmt writes it: numbers of four bytes, the lowest first; two tables of lengths
 * and offsets, the first sorted by text. */
enum { MAGIC = 0, COUNT = 8, ENGLISH = 12, CHINESE = 16, HEADER_SIZE = 28, ENTRY_SIZE = 8 };

static struct {
    bool looked;
    const unsigned char *bytes; /* NULL: there is none */
    size_t size;
    uint32_t count;
} catalogue;

/* ---- who reads ---- */

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

/* True where NAME, of a locale, is LANGUAGE, in whatever country and encoding. */
static bool is_language(const char *name, const char *language)
{
    size_t length = strlen(language);
    return !strncmp(name, language, length) && !isalpha((unsigned char)name[length]);
}

static bool is_chinese_wanted(void)
{
    const char *locale = variable("LC_ALL"), *list;
    if (!locale && !(locale = variable("LC_MESSAGES")) && !(locale = variable("LANG")))
        return false;
    if (!strcmp(locale, "C") || !strcmp(locale, "POSIX"))
        return false;
    for (list = variable("LANGUAGE"); list && *list; list += *list == ':') {
        if (is_language(list, "zh"))
            return true;
        if (is_language(list, "en"))
            return false;
        list += strcspn(list, ":");
    }
    return !list && is_language(locale, "zh");
}

/* ---- the catalogue ---- */

/* The number at OFFSET, which lies inside. */
static uint32_t number(size_t offset)
{
    const unsigned char *b = catalogue.bytes + offset;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* The text of ENTRY in TABLE; NULL where it does not lie whole in the file. */
static const char *entry(int table, uint32_t i)
{
    size_t at = (size_t)number((size_t)table) + (size_t)i * ENTRY_SIZE;
    if (at + ENTRY_SIZE > catalogue.size)
        return NULL;
    size_t length = number(at), offset = number(at + 4);
    if (offset + length >= catalogue.size || catalogue.bytes[offset + length])
        return NULL;
    return (const char *)catalogue.bytes + offset;
}

/* Takes nothing from memory that is allocated: a message may be due because there is none. */
static void read_catalogue(const char *path)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size >= HEADER_SIZE) {
        catalogue.size = (size_t)status.st_size;
        void *bytes = mmap(NULL, catalogue.size, PROT_READ, MAP_PRIVATE, fd, 0);
        catalogue.bytes = bytes == MAP_FAILED ? NULL : bytes;
    }
    close(fd);
    if (catalogue.bytes && number(MAGIC) == UINT32_C(0x950412de))
        catalogue.count = number(COUNT);
}

static void find_catalogue(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 64);
    if (length <= 0)
        return;
    path[length] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(path, '/');
        if (slash)
            *slash = '\0';
    }
    strcat(path, "/share/locale/zh_CN/LC_MESSAGES/qifu.mo");
    read_catalogue(path);
}

/* The number of texts: 0 where English is spoken. */
static uint32_t count_texts(void)
{
    if (!catalogue.looked && is_chinese_wanted())
        find_catalogue();
    catalogue.looked = true;
    return catalogue.count;
}

void tongue_english(void)
{
    catalogue.looked = true;
    catalogue.count = 0;
}

const char *tongue_error(int error)
{
    switch (error) {
    case ENOENT: return tongue("No such file or directory");
    case EACCES: return tongue("Permission denied");
    case EPERM: return tongue("Operation not permitted");
    case EEXIST: return tongue("File exists");
    case ENOTDIR: return tongue("Not a directory");
    case EISDIR: return tongue("Is a directory");
    case ENOSPC: return tongue("No space left on device");
    case EDQUOT: return tongue("Disk quota exceeded");
    case EROFS: return tongue("Read-only file system");
    case EIO: return tongue("Input/output error");
    case EPIPE: return tongue("Broken pipe");
    case ENOMEM: return tongue("Cannot allocate memory");
    default: return strerror(error);
    }
}

const char *tongue_word(const char *english, const char *chinese)
{
    return count_texts() ? chinese : english;
}

const char *tongue(const char *english)
{
    uint32_t low = 0, high = *english ? count_texts() : 0; /* "" is the catalogue's own header */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const char *there = entry(ENGLISH, middle), *chinese = entry(CHINESE, middle);
        int order = there && chinese ? strcmp(english, there) : 0;
        if (order == 0)
            return there && chinese ? chinese : english;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return english;
}
