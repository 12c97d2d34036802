#include "base/progress.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/tongue.h"

#define PATIENCE 2.0 /* seconds before the first line */
#define INTERVAL 0.5 /* between two lines; a longer silence is the end of the work */

static bool off;
static int terminal = -1;    /* its own, so that it alone does not wait */
static int shown;            /* columns of the line */
static double started, last; /* sign of life of the work; 0: none yet */
static double counted;       /* since when steps of this kind are counted */
static double written, stepped;
static const char *kind;

void progress_off(void)
{
    off = true;
}

bool progress_wanted(void)
{
    if (off || terminal >= 0)
        return !off;
    const char *name = isatty(STDERR_FILENO) ? ttyname(STDERR_FILENO) : NULL;
    terminal = name ? open(name, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1;
    off = terminal < 0;
    return !off;
}

/* What a stopped terminal does not take is left out. */
static void put(const char *line, size_t length)
{
    if (write(terminal, line, length) < 0)
        return;
}

void progress_erase(void)
{
    char blanks[160];
    if (!shown)
        return;
    int length = snprintf(blanks, sizeof blanks, "\r%*s\r", shown, "");
    put(blanks, (size_t)length);
    shown = 0;
}

static void show(const char *what, double now)
{
    static bool registered;
    char line[160];
    int length = snprintf(line, sizeof line, "\r%s: %.120s", die_program(), what);
    int blank = shown > length - 1 ? shown - (length - 1) : 0;
    if (length + blank < (int)sizeof line)
        length += snprintf(line + length, sizeof line - (size_t)length, "%*s", blank, "");
    if (!registered) {
        atexit(progress_erase);
        die_before_message(progress_erase);
    }
    registered = true;
    put(line, (size_t)length);
    shown = length - 1;
    written = now;
}

/* True where it is time for a line. */
static bool is_due(double now)
{
    if (started == 0 || now - last > PATIENCE)
        started = counted = now;
    last = now;
    return now - started >= PATIENCE && now - written >= INTERVAL;
}

void progress_step(int64_t done, int64_t total, const char *noun)
{
    char what[120];
    if (!progress_wanted())
        return;
    double now = clock_running();
    bool due = is_due(now);
    stepped = now;
    if (kind != noun)
        counted = now;
    kind = noun;
    if (!due)
        return;
    double seconds = now - counted, rate = (double)done / (seconds > 0.1 ? seconds : 0.1);
    if (total > 0 && done > 0)
        snprintf(what, sizeof what, tongue("%lld of %lld %s, %.0f a second, %.0f s left"),
                 (long long)done, (long long)total, tongue(noun), rate,
                 (double)(total > done ? total - done : 0) / rate);
    else
        snprintf(what, sizeof what, tongue("%lld %s, %.0f a second"), (long long)done, tongue(noun),
                 rate);
    show(what, now);
}

void progress_tick(void)
{
    char what[40];
    if (!progress_wanted())
        return;
    double now = clock_running();
    if (!is_due(now) || now - stepped < PATIENCE)
        return;
    snprintf(what, sizeof what, tongue("working, %.0f s"), now - started);
    show(what, now);
}
