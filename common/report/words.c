#include "report/words.h"

#include <string.h>

#include "base/die.h"
#include "base/file.h"
#include "base/text.h"

/* What a heading says, or NULL where LINE is none. */
static const char *heading_of(const char *line)
{
    return line[0] == '#' && (line[1] == ' ' || !line[1]) ? line + 1 + (line[1] == ' ') : NULL;
}

/* Reads the next line of TEXT, of which *AT is the start of the rest, into LINE; false at the end.
 */
static bool next_line(const char **at, struct text *line)
{
    if (!**at)
        return false;
    size_t length = strcspn(*at, "\n");
    text_clear(line);
    text_add_bytes(line, *at, length);
    *at += length + ((*at)[length] == '\n');
    return true;
}

char *words_read(const char *path)
{
    char *text = textfile_read(path);
    struct text line = {0};
    int number = 0;
    for (const char *at = text; next_line(&at, &line);) {
        const char *heading = heading_of(text_string(&line));
        if (!number++ && !heading)
            die("%s:1: the first part has no heading: write \"# 存在问题\" above it", path);
        if (heading && text_is_blank(heading))
            die("%s:%d: the heading says nothing", path, number);
    }
    text_free(&line);
    return text;
}

/* A paragraph goes on over the line's end: Chinese without a blank. */
static void add_line(struct text *whole, const char *line)
{
    if (whole->length && (unsigned char)whole->data[whole->length - 1] < 0x80)
        text_add_char(whole, ' ');
    text_add(whole, line);
}

void words_each(const char *text, void (*heading)(void *context, const char *),
                void (*paragraph)(void *context, const char *), void *context)
{
    struct text line = {0}, whole = {0};
    for (bool more = true; more;) {
        more = next_line(&text, &line);
        const char *title = more ? heading_of(text_string(&line)) : NULL;
        if ((!more || title || text_is_blank(text_string(&line))) && whole.length) {
            paragraph(context, whole.data);
            text_clear(&whole);
        }
        if (title)
            heading(context, title);
        else if (more && !text_is_blank(text_string(&line)))
            add_line(&whole, text_string(&line));
    }
    text_free(&line);
    text_free(&whole);
}
