#include "cli/source.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/die.h"
#include "base/tongue.h"

enum { MOST_COPIED = 64 * 1024 * 1024 };

/* How files start that are taken for tables. */
struct magic {
    const char *start;
    size_t length;
    const char *what;
};

#define MAGIC(start, what)                                                                         \
    {                                                                                              \
        start, sizeof start - 1, what                                                              \
    }

static const struct magic magics[] = {
    MAGIC("PK\3\4", N_("a workbook (.xlsx) or another packed file: open it and save it as CSV")),
    MAGIC("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
          N_("a workbook (.xls) or another old Office file: open it and save it as CSV")),
    MAGIC("%PDF-", N_("a PDF, not a table: ask for the CSV")),
    MAGIC("<!DOCTYPE", N_("a web page (some systems call it .xls): open it and save it as CSV")),
    MAGIC("<html", N_("a web page (some systems call it .xls): open it and save it as CSV")),
    MAGIC("<table", N_("a web page (some systems call it .xls): open it and save it as CSV")),
    MAGIC("<?xml", N_("XML, not a table: open it and save it as CSV")),
    MAGIC("{\\rtf", N_("a text document, not a table: save its table as CSV")),
    MAGIC("\x89PNG", N_("a picture, not a table")),
    MAGIC("\xff\xd8\xff", N_("a picture, not a table")),
    MAGIC("\x1f\x8b", N_("a packed file: unpack it first")),
    MAGIC("Rar!", N_("a packed file: unpack it first")),
    MAGIC("7z\xbc\xaf", N_("a packed file: unpack it first")),
    MAGIC("SQLite format 3", N_("a database, not a table")),
};

static void refuse_what_is_no_table(FILE *file, const char *name)
{
    char start[64];
    size_t got = fread(start, 1, sizeof start - 1, file), skip = 0;
    start[got] = '\0';
    if (!strncmp(start, "\xef\xbb\xbf", 3))
        skip = 3;
    skip += strspn(start + skip, " \t\r\n");
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (got - skip >= magics[i].length &&
            (magics[i].start[0] == '<'
                 ? !strncasecmp(start + skip, magics[i].start, magics[i].length)
                 : !memcmp(start + skip, magics[i].start, magics[i].length)))
            die("%s: this is %s", name, tongue(magics[i].what));
    rewind(file);
}

static FILE *copy(FILE *from, const char *name)
{
    char block[64 * 1024];
    size_t got;
    FILE *to = tmpfile();
    if (!to)
        die("cannot make a temporary file: %s", tongue_error(errno));
    while ((got = fread(block, 1, sizeof block, from)) > 0)
        if (fwrite(block, 1, got, to) != got)
            die("cannot write to a temporary file: %s", tongue_error(errno));
    if (ferror(from))
        die("%s: cannot read: %s", name, tongue_error(errno));
    if (fflush(to) != 0)
        die("cannot write to a temporary file: %s", tongue_error(errno));
    rewind(to);
    return to;
}

FILE *source_open(const char *path, const char **name, uint64_t *size)
{
    struct stat status;
    bool is_stdin = !strcmp(path, "-");
    *name = is_stdin ? "standard input" : path;
    FILE *file = is_stdin ? stdin : fopen(path, "rb");
    if (!file || fstat(fileno(file), &status) != 0)
        die("%s: %s", *name, tongue_error(errno));
    if (S_ISDIR(status.st_mode))
        die("%s: this is a directory", *name);
    if (!S_ISREG(status.st_mode) || is_stdin || status.st_size <= MOST_COPIED) {
        FILE *copied = copy(file, *name);
        if (!is_stdin)
            fclose(file);
        file = copied;
        if (fstat(fileno(file), &status) != 0)
            die("%s: %s", *name, tongue_error(errno));
    }
    *size = (uint64_t)status.st_size;
    refuse_what_is_no_table(file, *name);
    return file;
}
