#include "base/fault.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/tongue.h"

void fault_clear(struct fault *fault)
{
    *fault->text = '\0';
}

bool fault_add_list(struct fault *fault, const char *format, va_list arguments)
{
    size_t used = strlen(fault->text), room = sizeof fault->text - used;
    char *to = fault->text + used;
    int length = snprintf(to, room, "%s", used ? tongue("; ") : "");
    if ((size_t)length < room)
        length += vsnprintf(to + length, room - (size_t)length, tongue(format), arguments);
    if ((size_t)length >= room)
        fault->text[text_cut(fault->text, sizeof fault->text - 2)] = '\0';
    return false;
}

bool fault_add(struct fault *fault, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fault_add_list(fault, format, arguments);
    va_end(arguments);
    return false;
}

const char *fault_unknown(struct fault *fault, const char *what, const char *word, const char *near,
                          const char *otherwise)
{
    if (near)
        fault_add(fault, "unknown %s \"%s\" (did you mean %s?)", tongue(what), word, near);
    else
        fault_add(fault, "unknown %s \"%s\"%s", tongue(what), word,
                  otherwise ? tongue(otherwise) : "");
    return fault->text;
}
