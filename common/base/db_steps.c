#include "base/db_steps.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/* Where step NUMBER begins, or NULL. */
static const char *find_step(const char *schema, int number)
{
    char head[24];
    snprintf(head, sizeof head, "-- step %d:", number);
    return strstr(schema, head);
}

int db_steps_last(const char *schema)
{
    int last = 0;
    while (find_step(schema, last + 1))
        last++;
    return last;
}

char *db_steps_text(const char *schema, int step)
{
    const char *start = find_step(schema, step), *end = find_step(schema, step + 1);
    size_t length = end ? (size_t)(end - start) : strlen(start);
    char *text = mem_alloc(length + 1);
    memcpy(text, start, length);
    text[length] = '\0';
    return text;
}
