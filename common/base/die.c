#include "base/die.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
static bool continues(const unsigned char *s)
{
    return *s == '\n' && !strncmp((const char *)s + 1, "    ", 4);
}

/* Messages quote foreign text: control characters must not reach the terminal. What does not fit
 * the line is cut. */
static void say(const char *format, va_list arguments)
{
    char line[2048];
    vsnprintf(line, sizeof line, format, arguments);
    for (unsigned char *s = (unsigned char *)line; *s; s++)
        if (*s == 0xc2 && s[1] >= 0x80 && s[1] < 0xa0) { /* U+0080 to U+009F, two bytes */
            s[0] = s[1] = '?';
            s++;
        } else if ((*s < 0x20 && !continues(s)) || *s == 0x7f)
            *s = '?';
    fprintf(stderr, "%s: %s\n", program, line);
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
