#include "base/die.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/tongue.h"
#include "base/utf8.h"

static const char *program = "qifu";
static void (*at_death)(void);
static void (*before_message)(void);
static void (*at_end)(int status);

/* Messages that wait, the oldest in the file. */
static struct {
    bool on;
    void (*end)(void *);
    void *context;
    FILE *spilled;
    size_t length;
    char bytes[64 * 1024];
} held;

void die_set_program(const char *name)
{
    program = name;
}

const char *die_program(void)
{
    return program;
}

void die_set_cleanup(void (*cleanup)(void))
{
    at_death = cleanup;
}

void die_set_farewell(void (*farewell)(int status))
{
    at_end = farewell;
}

void die_before_message(void (*before)(void))
{
    before_message = before;
}

static void prepare(void)
{
    if (before_message)
        before_message();
}

static void write_held(void)
{
    char block[4096];
    if (held.spilled || held.length)
        prepare();
    if (held.spilled) {
        rewind(held.spilled);
        for (size_t got; (got = fread(block, 1, sizeof block, held.spilled)) > 0;)
            fwrite(block, 1, got, stderr);
        fclose(held.spilled);
        held.spilled = NULL;
    }
    fwrite(held.bytes, 1, held.length, stderr);
    held.length = 0;
}

/* Adds to what waits. Where there is no room and no file can be made, nothing waits any more. */
static void keep(const char *bytes, size_t length)
{
    if (held.length + length > sizeof held.bytes) {
        if (!held.spilled)
            held.spilled = tmpfile();
        if (!held.spilled || fwrite(held.bytes, 1, held.length, held.spilled) != held.length)
            write_held();
        held.length = 0;
    }
    memcpy(held.bytes + held.length, bytes, length);
    held.length += length;
}

void die_release(void)
{
    held.on = false;
    write_held();
}

/* At the end of the process: whoever waits for what it holds goes on first. */
static void let_go(void)
{
    if (!held.on)
        return;
    held.on = false;
    held.end(held.context);
    write_held();
}

void die_hold(void (*end)(void *), void *context)
{
    static bool registered;
    if (!registered)
        atexit(let_go);
    registered = true;
    held.end = end;
    held.context = context;
    held.on = true;
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
    char line[2048], marked[2048 * UTF8_MARK_SIZE];
    size_t length = (size_t)snprintf(marked, 256, "%.200s: ", program);
    vsnprintf(line, sizeof line, tongue(format), arguments);
    for (const char *s = line, *end = s + strlen(s); s < end;) {
        uint32_t c = 0xfffd;
        size_t n = utf8_decode(s, end, &c);
        if (continues(s))
            marked[length++] = '\n';
        else
            length += utf8_mark(c, marked + length);
        s += n ? n : 1;
    }
    marked[length++] = '\n';
    if (held.on)
        keep(marked, length);
    else {
        prepare();
        fwrite(marked, 1, length, stderr);
    }
}

static _Noreturn void leave(int status)
{
    let_go();
    void (*cleanup)(void) = at_death;
    at_death = NULL;
    if (cleanup)
        cleanup();
    void (*farewell)(int) = at_end;
    at_end = NULL;
    if (farewell)
        farewell(status);
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
