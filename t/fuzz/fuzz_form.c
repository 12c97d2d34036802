/* fuzz_form: what browsers, and others, send: forms, and the words of receipts in them. What must
 * hold: a form that is taken is UTF-8, each of its fields is there once, and written again it is
 * read as the same; a word that nobody made is none. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "center/token.h"
#include "harness.h"
#include "web/form.h"

static uint8_t key[DIGEST_SIZE];

void harness_begin(void)
{
    memset(key, 7, sizeof key);
}

static void write_side(struct text *to, const char *s)
{
    for (; *s; s++)
        text_add_format(to, "%%%02X", (unsigned char)*s);
}

/* The form as another browser would send it. */
static void check_again(const struct form *form)
{
    struct text again = {0};
    struct form other;
    const char *why;
    for (int i = 0; i < form->count; i++) {
        text_add(&again, i ? "&" : "");
        write_side(&again, form->fields[i].name);
        text_add(&again, "=");
        write_side(&again, form->fields[i].value);
    }
    harness_must(form_read(&other, text_string(&again), again.length, &why) &&
                     other.count == form->count,
                 "a form that is written again is read");
    for (int i = 0; i < form->count; i++)
        harness_must(!strcmp(form->fields[i].name, other.fields[i].name) &&
                         !strcmp(form->fields[i].value, other.fields[i].value),
                     "a form that is written again is the same");
    form_free(&other);
    text_free(&again);
}

static void check_field(const struct form *form, int i)
{
    const char *value = form->fields[i].value;
    harness_must(text_valid_utf8(value, strlen(value)) == strlen(value), "a value is UTF-8");
    harness_must(!strchr(value, '\r'), "line ends are newlines");
    harness_must(!*value || form_value(form, form->fields[i].name) == value,
                 "a field is there once");
    harness_must(form_number(form, form->fields[i].name) >= 0, "a number is none or above 0");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct form form;
    const char *why = NULL;
    char *word = harness_string(bytes, size), right[TOKEN_TEXT_SIZE];
    bool read = form_read(&form, (const char *)bytes, size, &why);
    harness_must(read == !why, "what is not read has a reason");
    harness_must(read || !form.count, "what is not read has no fields");
    for (int i = 0; i < form.count; i++)
        check_field(&form, i);
    if (read)
        check_again(&form);
    form_free(&form);
    harness_must(!token_holds(key, "ticket:1", word, 0), "a word that nobody made is none");
    token_write(key, word, 4000000000, right);
    harness_must(token_holds(key, word, right, 4000000000) &&
                     !token_holds(key, word, right, 4000000001),
                 "a word holds until its moment");
    free(word);
    return 0;
}
