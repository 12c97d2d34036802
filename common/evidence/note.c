#include "evidence/note.h"

#include <string.h>

#include "base/base64.h"

/* An em dash and a blank. */
static const char mark[] = "\xe2\x80\x94 ";

enum { MOST_BYTES = 8192 }; /* of a signature; those of after the quantum computer have 5,000 */

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

bool note_is_name(const char *name)
{
    size_t length = strlen(name);
    const char *end = name + length;
    uint32_t c;
    for (const char *at = name; at < end;) {
        size_t bytes = utf8_decode(at, end, &c);
        if (!bytes || is_blank(c) || c == '+' || utf8_is_unseen(c))
            return false;
        at += bytes;
    }
    return length && length <= NOTE_MOST_NAME;
}

/* Reads a signature's line, which ends at END; false where it is none. */
static bool read_signature(struct note_signature *signature, struct arena *arena, const char *line,
                           const char *end)
{
    uint8_t bytes[MOST_BYTES];
    size_t before = sizeof mark - 1;
    if ((size_t)(end - line) < before || strncmp(line, mark, before) != 0)
        return false;
    const char *name = line + before, *blank = memchr(name, ' ', (size_t)(end - name));
    if (!blank)
        return false;
    signature->name = arena_bytes(arena, name, (size_t)(blank - name));
    long count = base64_read(blank + 1, (size_t)(end - blank - 1), bytes, sizeof bytes);
    if (!note_is_name(signature->name) || count <= NOTE_ID_SIZE)
        return false;
    signature->length = (size_t)count - NOTE_ID_SIZE;
    memcpy(signature->id, bytes, NOTE_ID_SIZE);
    signature->bytes =
        (const uint8_t *)arena_bytes(arena, (const char *)bytes + NOTE_ID_SIZE, signature->length);
    return true;
}

static bool read_signatures(struct note *note, struct arena *arena, const char *lines,
                            struct fault *fault)
{
    note->signatures = arena_zero(arena, NOTE_MOST_SIGNATURES * sizeof *note->signatures);
    for (const char *end; *lines; lines = end + 1) {
        end = strchr(lines, '\n');
        if (!end)
            return fault_add(fault, "the last line is cut off");
        if (note->count == NOTE_MOST_SIGNATURES)
            return fault_add(fault, "more than %d signatures", NOTE_MOST_SIGNATURES);
        if (!read_signature(&note->signatures[note->count++], arena, lines, end))
            return fault_add(fault, "signature %d is none", note->count);
    }
    return note->count || fault_add(fault, "no signature");
}

/* The last empty line of BYTES, from the newline before it; NULL where there is none. */
static const char *last_empty_line(const char *bytes)
{
    const char *found = NULL;
    for (const char *at = bytes; (at = strstr(at, "\n\n")); at++)
        found = at;
    return found;
}

bool note_read(struct note *note, struct arena *arena, const char *bytes, struct fault *fault)
{
    const char *split = last_empty_line(bytes);
    *note = (struct note){NULL, 0, NULL, 0};
    if (text_valid_utf8(bytes, strlen(bytes)) != strlen(bytes))
        return fault_add(fault, "this is not UTF-8");
    for (const char *at = bytes; *at; at++)
        if ((unsigned char)*at < ' ' && *at != '\n')
            return fault_add(fault, "a control character");
    if (!split)
        return fault_add(fault, "no empty line before the signatures");
    note->length = (size_t)(split + 1 - bytes);
    note->text = arena_bytes(arena, bytes, note->length);
    return read_signatures(note, arena, split + 2, fault);
}

void note_add_signature(struct text *to, const struct note_signature *signature)
{
    struct text bytes = {0};
    text_add_bytes(&bytes, (const char *)signature->id, NOTE_ID_SIZE);
    text_add_bytes(&bytes, (const char *)signature->bytes, signature->length);
    text_add_format(to, "%s%s ", mark, signature->name);
    base64_add(to, bytes.data, bytes.length);
    text_add_char(to, '\n');
    text_free(&bytes);
}

void note_add(struct text *to, const struct note *note)
{
    text_add_format(to, "%s\n", note->text);
    for (int i = 0; i < note->count; i++)
        note_add_signature(to, &note->signatures[i]);
}

static bool has(const struct note *note, const struct note_signature *signature)
{
    for (int i = 0; i < note->count; i++) {
        const struct note_signature *one = &note->signatures[i];
        if (!strcmp(one->name, signature->name) && !memcmp(one->id, signature->id, NOTE_ID_SIZE) &&
            one->length == signature->length && !memcmp(one->bytes, signature->bytes, one->length))
            return true;
    }
    return false;
}

bool note_extends(const struct note *more, const struct note *note)
{
    bool all = !strcmp(more->text, note->text);
    for (int i = 0; i < note->count; i++)
        all = all && has(more, &note->signatures[i]);
    return all;
}
