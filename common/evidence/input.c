#include "evidence/input.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "base/tongue.h"

enum { MOST_BYTES = 64 * 1024 * 1024 };

static FILE *open_file(const char *path, struct fault *fault)
{
    const char *why = NULL;
    FILE *file = strcmp(path, "-") != 0 ? file_open(path, &why) : stdin;
    if (!file)
        fault_add(fault, "%s: %s", path, why);
    return file;
}

/* What mail and other systems make of a line's end is made good. */
static void take_bytes(struct text *text, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] == '\n' && text->length && text->data[text->length - 1] == '\r')
            text->length--;
        text_add_char(text, bytes[i]);
    }
}

char *input_read(const char *path, struct fault *fault)
{
    struct text text = {0};
    char block[65536];
    FILE *file = open_file(path, fault);
    if (!file)
        return NULL;
    text_add(&text, "");
    for (size_t got; text.length <= MOST_BYTES && (got = fread(block, 1, sizeof block, file)) > 0;)
        take_bytes(&text, block, got);
    bool good = !ferror(file) || fault_add(fault, "%s: %s", path, tongue_error(errno));
    if (text.length > MOST_BYTES)
        good = fault_add(fault, "%s: more than %d MiB", path, MOST_BYTES >> 20);
    else if (strlen(text.data) != text.length)
        good = fault_add(fault, "%s: this is no text", path);
    if (file != stdin)
        fclose(file);
    if (good)
        return text.data;
    text_free(&text);
    return NULL;
}

bool input_is_there(const char *path)
{
    return access(path, F_OK) == 0;
}
