#include "base/mark.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/text.h"
#include "base/tongue.h"

int64_t mark_read(const char *path)
{
    int64_t number = 0;
    char end = '\n', more;
    FILE *in = fopen(path, "r");
    if (!in && errno == ENOENT)
        return 0;
    if (!in)
        die("%s: %s", path, tongue_error(errno));
    int count = fscanf(in, "%" SCNd64 "%c%c", &number, &end, &more);
    fclose(in);
    if (count < 1 || count > 2 || end != '\n' || number < 0)
        die("%s: not a mark: it holds no number alone", path);
    return number;
}

void mark_write(const char *path, int64_t number)
{
    struct text name = {0};
    text_add_format(&name, "%s.new", path);
    FILE *out = fopen(name.data, "w");
    if (!out)
        die("%s: %s", name.data, tongue_error(errno));
    bool written =
        fprintf(out, "%" PRId64 "\n", number) > 0 && fflush(out) == 0 && fsync(fileno(out)) == 0;
    if (fclose(out) != 0 || !written || rename(name.data, path) != 0)
        die("%s: %s", path, tongue_error(errno));
    text_free(&name);
}
