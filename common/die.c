#include "die.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

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

static void say(const char *format, va_list arguments)
{
    flockfile(stderr);
    fprintf(stderr, "%s: ", program);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    funlockfile(stderr);
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
