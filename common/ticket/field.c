#include "ticket/field.h"

#include <string.h>

#include "base/uscc.h"

enum { LONGEST_BODY = 1024 * 1024, LONGEST_VALUE = 300 }; /* bytes; characters */

const char *field_one_line(struct text *out, const char *s)
{
    bool blank = false;
    text_clear(out);
    text_add(out, "");
    for (; *s; s++) {
        if (strchr(" \t\r\n", *s)) {
            blank = true;
            continue;
        }
        if (blank && out->length)
            text_add_char(out, ' ');
        blank = false;
        text_add_char(out, *s);
    }
    return out->data;
}

static size_t count_characters(const char *s)
{
    size_t count = 0;
    for (; *s; s++)
        count += ((unsigned char)*s & 0xc0) != 0x80;
    return count;
}

bool field_check_length(enum ticket_field field, const char *value, struct fault *fault)
{
    if (strlen(value) <= LONGEST_VALUE)
        return true;
    if (field == TICKET_BODY)
        return strlen(value) <= LONGEST_BODY ||
               fault_add(fault, "%s longer than 1 MiB", ticket_fields[field]);
    return count_characters(value) <= LONGEST_VALUE ||
           fault_add(fault, "%s longer than 300 characters", ticket_fields[field]);
}

void field_check_uscc(const char *code, struct fault *fault, struct fault *note)
{
    enum uscc_result result = code ? uscc_check(code) : USCC_GOOD;
    if (result == USCC_WRONG_CHECK)
        fault_add(note, "credit code %s is kept, but %s", code, uscc_fault(result));
    else if (result != USCC_GOOD)
        fault_add(fault, "credit code \"%s\": %s", code, uscc_fault(result));
}

const struct term *field_channel(const struct config *config, const char *word, struct fault *fault)
{
    char list[CONFIG_LIST_SIZE];
    const struct term *channel = config_channel(config, word);
    if (!channel)
        fault_unknown(fault, "channel", word, config_nearest_channel(config, word),
                      config_list_channels(config, list, sizeof list));
    return channel;
}

const struct term *field_region(const struct config *config, const char *word, struct fault *fault)
{
    char list[CONFIG_LIST_SIZE];
    const struct term *region = config_region(config, word);
    if (!region)
        fault_unknown(fault, "region", word, config_nearest_region(config, word),
                      config_list_regions(config, list, sizeof list));
    return region;
}

const struct kind *field_kind(const struct config *config, const char *word, struct fault *fault)
{
    char list[CONFIG_LIST_SIZE];
    const struct kind *kind = config_kind(config, word);
    if (!kind)
        fault_unknown(fault, "kind", word, config_nearest_kind(config, word),
                      config_list_kinds(config, list, sizeof list));
    return kind;
}
