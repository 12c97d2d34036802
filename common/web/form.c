#include "web/form.h"

#include <string.h>

#include "base/text.h"
#include "cli/args.h"

static int digit(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)((at - digits) % 16) : -1;
}

/* Decodes LENGTH bytes at S to the end of TO; false where an escape is none, or is a NUL. */
static bool decode(struct text *to, const char *s, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        int high, low;
        if (s[i] != '%') {
            text_add_char(to, s[i] == '+' ? ' ' : s[i]);
            continue;
        }
        if (length - i < 3 || (high = digit(s[i + 1])) < 0 || (low = digit(s[i + 2])) < 0 ||
            high + low == 0)
            return false;
        text_add_char(to, (char)(high * 16 + low));
        i += 2;
    }
    return true;
}

/* Line ends of forms become newlines, in place. */
static void mend_lines(char *s)
{
    char *to = s;
    for (; *s; s++)
        if (*s != '\r')
            *to++ = *s;
        else if (s[1] != '\n')
            *to++ = '\n';
    *to = '\0';
}

/* One side of a field, in the form's arena; NULL, with *WHY, where it is no text. */
static char *read_side(struct form *form, const char *s, size_t length, const char **why)
{
    struct text side = {0};
    char *kept = NULL;
    text_add(&side, "");
    if (!decode(&side, s, length))
        *why = "提交的内容编码有误";
    else if (text_valid_utf8(side.data, side.length) != side.length)
        *why = "提交的内容不是 UTF-8 文字";
    else {
        mend_lines(side.data);
        kept = text_trim(arena_string(&form->arena, side.data));
    }
    text_free(&side);
    return kept;
}

static const struct form_field *find(const struct form *form, const char *name)
{
    for (int i = 0; i < form->count; i++)
        if (!strcmp(form->fields[i].name, name))
            return &form->fields[i];
    return NULL;
}

static bool read_field(struct form *form, const char *s, size_t length, const char **why)
{
    const char *equals = memchr(s, '=', length);
    size_t name_length = equals ? (size_t)(equals - s) : length;
    size_t used = name_length + (equals != NULL);
    struct form_field field = {read_side(form, s, name_length, why),
                               read_side(form, s + used, length - used, why)};
    if (!field.name || !field.value)
        return false;
    if (form->count == FORM_MOST || find(form, field.name)) {
        *why = form->count == FORM_MOST ? "提交的项目过多" : "同一项目提交了两次";
        return false;
    }
    form->fields[form->count++] = field;
    return true;
}

bool form_read(struct form *form, const char *bytes, size_t length, const char **why)
{
    *form = (struct form){.count = 0};
    *why = NULL;
    if (memchr(bytes, '\0', length)) {
        *why = "提交的内容编码有误";
        return false;
    }
    while (length) {
        const char *end = memchr(bytes, '&', length);
        size_t field = end ? (size_t)(end - bytes) : length;
        if (field && !read_field(form, bytes, field, why)) {
            form_free(form);
            return false;
        }
        field += end != NULL;
        bytes += field;
        length -= field;
    }
    return true;
}

void form_free(struct form *form)
{
    arena_free(&form->arena);
    *form = (struct form){.count = 0};
}

const char *form_value(const struct form *form, const char *name)
{
    const struct form_field *field = find(form, name);
    return field && *field->value ? field->value : NULL;
}

long long form_number(const struct form *form, const char *name)
{
    const char *value = form_value(form, name);
    return value ? args_id(value) : 0;
}
