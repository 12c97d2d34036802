#include "base/die.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static const char *program = "qifu";
static void (*at_death)(void);

void die_set_program(const char *name)
{
    program = name;
}

void die_set_cleanup(void (*cleanup)(void))
{
    at_death = cleanup;
}

/* A line end stays where an indented line follows: one that shows a place (criteria.h). */
static bool continues(const char *s)
{
    return *s == '\n' && !strncmp(s + 1, "    ", 4);
}

/* Messages quote foreign text, and a terminal reads them: what it would act on, or not show, is
 * marked. What does not fit the line is cut. Nothing is allocated: memory may have run out. */
static void say(const char *format, va_list arguments)
{
    char line[2048], mark[UTF8_MARK_SIZE];
    vsnprintf(line, sizeof line, format, arguments);
    fprintf(stderr, "%s: ", program);
    for (const char *s = line, *end = s + strlen(s); s < end;) {
        uint32_t c = 0xfffd;
        size_t n = utf8_decode(s, end, &c), length = utf8_mark(c, mark);
        if (continues(s))
            fputc('\n', stderr);
        else
            fwrite(mark, 1, length, stderr);
        s += n ? n : 1;
    }
    fputc('\n', stderr);
}

static _Noreturn void leave(int status)
{
    void (*cleanup)(void) = at_death;
    at_death = NULL;
    if (cleanup)
        cleanup();
    exit(status);
}

void die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    leave(EXIT_BAD);
}

void die_status(int status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    leave(status);
}

void warn(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
}
