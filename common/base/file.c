#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/encoding.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/tongue.h"

static const char *fault_of(const struct stat *status)
{
    if (S_ISREG(status->st_mode))
        return NULL;
    return S_ISDIR(status->st_mode)    ? tongue("this is a folder, not a file")
           : S_ISFIFO(status->st_mode) ? tongue("this is a fifo, not a file")
           : S_ISSOCK(status->st_mode) ? tongue("this is a socket, not a file")
                                       : tongue("this is a device, not a file");
}

const char *file_fault(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? fault_of(&status) : NULL;
}

static bool is_handed_over(const char *path)
{
    return !strcmp(path, "/dev/stdin") || !strncmp(path, "/dev/fd/", 8);
}

FILE *file_open(const char *path, const char **fault)
{
    struct stat status;
    FILE *stream = is_handed_over(path) ? fopen(path, "rb") : NULL;
    if (stream)
        return stream;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &status) != 0)
        *fault = tongue_error(errno);
    else if (!(*fault = fault_of(&status)))
        return fdopen(fd, "rb");
    if (fd >= 0)
        close(fd);
    return NULL;
}

static struct text read_bytes(const char *path, const char *name)
{
    struct text bytes = {0};
    char block[65536];
    size_t got;
    FILE *file = strcmp(path, "-") != 0 ? fopen(path, "rb") : stdin;
    if (!file)
        die("%s: %s", name, tongue_error(errno));
    text_add(&bytes, "");
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        text_add_bytes(&bytes, block, got);
    if (ferror(file))
        die("%s: cannot read: %s", name, tongue_error(errno));
    if (file != stdin)
        fclose(file);
    return bytes;
}

/* Line ends of any kind become newlines, in place. */
static void plain_newlines(char *s)
{
    char *to = s;
    for (const char *from = s; *from; from++)
        if (*from != '\r')
            *to++ = *from;
        else if (from[1] != '\n')
            *to++ = '\n';
    *to = '\0';
}

char *textfile_read(const char *path)
{
    const char *name = strcmp(path, "-") != 0 ? path : "standard input";
    struct text bytes = read_bytes(path, name), converted = {0};
    size_t bad;
    if (strlen(bytes.data) != bytes.length)
        die("%s: no text in UTF-8 or GB18030", name);
    if (text_valid_utf8(bytes.data, bytes.length) != bytes.length) {
        struct encoding *encoding = encoding_open("gb18030");
        text_add(&converted, "");
        if (!encoding || !encoding_to_utf8(encoding, &converted, bytes.data, bytes.length, &bad))
            die("%s: no text in UTF-8 or GB18030", name);
        encoding_close(encoding);
    }
    char *whole = converted.data ? converted.data : bytes.data;
    plain_newlines(whole);
    char *trimmed = mem_string(text_trim(whole));
    if (!*trimmed)
        die("%s: the file is empty", name);
    text_free(&bytes);
    text_free(&converted);
    return trimmed;
}
