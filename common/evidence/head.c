#include "evidence/head.h"

#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/clock.h"

static const char time_line[] = "time ";

void head_add_digest(struct text *to, const uint8_t digest[DIGEST_SIZE])
{
    base64_add(to, digest, DIGEST_SIZE);
    text_add_char(to, '\n');
}

bool head_digest(const char *text, size_t length, uint8_t digest[DIGEST_SIZE])
{
    return base64_read(text, length, digest, DIGEST_SIZE) == DIGEST_SIZE;
}

int64_t head_number(const char *text, const char **end)
{
    int64_t number = 0;
    size_t digits = strspn(text, "0123456789");
    if (!digits || digits > 18 || (*text == '0' && digits > 1))
        return -1;
    for (size_t i = 0; i < digits; i++)
        number = number * 10 + (text[i] - '0');
    *end = text + digits;
    return number;
}

void head_add(struct text *to, const struct head *head)
{
    char moment[CLOCK_TEXT_SIZE];
    text_add_format(to, "%s\n%lld\n", head->origin, (long long)head->size);
    head_add_digest(to, head->root);
    text_add_format(to, "%s%s\n", time_line, clock_print(head->time, moment));
}

/* A line behind the three: those of others are nobody's. */
static bool read_more(struct head *head, const char *line, size_t length, struct fault *fault)
{
    char moment[CLOCK_TEXT_SIZE];
    size_t before = sizeof time_line - 1;
    if (!length)
        return fault_add(fault, "an empty line in the head");
    if (length < before || strncmp(line, time_line, before) != 0)
        return true;
    if (length - before >= sizeof moment)
        return fault_add(fault, "the head's time is none");
    memcpy(moment, line + before, length - before);
    moment[length - before] = '\0';
    snprintf(head->zone, sizeof head->zone, "%s",
             moment + (length > before + 6 ? length - before - 6 : 0));
    return clock_parse(moment, &head->time, NULL) || fault_add(fault, "the head's time is none");
}

static bool read_line(struct head *head, int number, const char *line, size_t length,
                      struct arena *arena, struct fault *fault)
{
    const char *end = line;
    switch (number) {
    case 0:
        head->origin = arena_bytes(arena, line, length);
        return length || fault_add(fault, "the head names no log");
    case 1:
        head->size = head_number(line, &end);
        return (head->size >= 0 && end == line + length) ||
               fault_add(fault, "the head's size is no number");
    case 2:
        return head_digest(line, length, head->root) ||
               fault_add(fault, "the head's root is no digest");
    default: return read_more(head, line, length, fault);
    }
}

bool head_read(struct head *head, struct arena *arena, const char *bytes, struct fault *fault)
{
    int lines = 0;
    *head = (struct head){.origin = ""};
    if (!note_read(&head->note, arena, bytes, fault))
        return false;
    for (const char *line = head->note.text, *end; *line; line = end + 1) {
        end = strchr(line, '\n');
        if (!read_line(head, lines++, line, (size_t)(end - line), arena, fault))
            return false;
    }
    return lines >= 3 || fault_add(fault, "a head has three lines at least");
}
