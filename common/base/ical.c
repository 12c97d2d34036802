#include "base/ical.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/day.h"

enum { LINE_OCTETS = 75 };

/* A line goes on behind a blank, which counts. */
void ical_add(struct text *to, const char *name, const char *value)
{
    struct text line = {0};
    text_add_format(&line, "%s:%s", name, value);
    const char *rest = line.data;
    for (size_t most = LINE_OCTETS, some; strlen(rest) > most;
         rest += some, most = LINE_OCTETS - 1) {
        some = text_cut(rest, most);
        text_add_bytes(to, rest, some);
        text_add(to, "\r\n ");
    }
    text_add_format(to, "%s\r\n", rest);
    text_free(&line);
}

void ical_add_text(struct text *to, const char *name, const char *text)
{
    struct text visible = {0}, escaped = {0};
    if (!text || !*text)
        return;
    text_add_visible(&visible, text, "\n");
    for (const char *s = visible.data; *s; s++) {
        if (strchr("\\;,\n", *s))
            text_add_char(&escaped, '\\');
        text_add_char(&escaped, *s == '\n' ? 'n' : *s);
    }
    ical_add(to, name, escaped.data);
    text_free(&visible);
    text_free(&escaped);
}

void ical_add_moment(struct text *to, const char *name, int64_t moment)
{
    char text[32];
    struct tm utc;
    time_t seconds = (time_t)moment;
    strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", gmtime_r(&seconds, &utc));
    ical_add(to, name, text);
}

void ical_add_day(struct text *to, const char *name, int day)
{
    char iso[DAY_TEXT_SIZE], text[16], whole[64];
    day_print(day, iso);
    snprintf(text, sizeof text, "%.4s%.2s%.2s", iso, iso + 5, iso + 8);
    snprintf(whole, sizeof whole, "%s;VALUE=DATE", name);
    ical_add(to, whole, text);
}
