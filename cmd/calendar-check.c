/* calendar-check: looks for faults in calendar files before they are put to use. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/mem.h"
#include "base/tongue.h"
#include "calendar/file.h"
#include "cli/args.h"

static const char *const synopsis[] = {"FILE ...", NULL};
static const struct args_program program = {
    .name = "calendar-check",
    .title = "日历核对",
    .synopsis = synopsis,
    .purpose = "Look for faults in working-day calendar files; silent where there are none.",
};

/* A file that cannot be read is a failure (2), not a fault that was found in it (1). */
static bool is_readable(const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        errno = EISDIR;
    else if (access(path, R_OK) == 0)
        return true;
    warn("%s: %s", path, tongue_error(errno));
    return false;
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    args_next(&args);
    if (!args.operand_count)
        args_usage(&args, "name the files to check");

    char **paths = mem_zero((size_t)args.operand_count, sizeof *paths);
    int count = 0;
    for (int i = 0; i < args.operand_count; i++)
        if (is_readable(args.operands[i]))
            paths[count++] = args.operands[i];
    int today = args.quiet ? CALENDAR_NO_DAY : clock_day(clock_now());
    int faults = count ? calendarfile_check(paths, count, today) : 0;
    int status = count < args.operand_count ? EXIT_BAD : faults ? EXIT_NO : EXIT_DONE;
    free(paths);
    args_free(&args);
    out_finish();
    return status;
}
