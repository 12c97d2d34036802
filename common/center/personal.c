#include "center/personal.h"

#include <string.h>

#include "center/seal.h"

/* The members of events, by what a person calls them. */
static const struct {
    const char *field, *members[12];
} fields[] = {
    {"title", {"title", "was_title", "is_title"}},
    {"body", {"body"}},
    {"enterprise", {"enterprise", "was_enterprise", "is_enterprise"}},
    {"uscc", {"uscc", "was_uscc", "is_uscc"}},
    {"contact", {"contact", "was_contact", "is_contact"}},
    {"phone", {"phone", "was_phone", "is_phone"}},
    {"extra", {"extra"}},
    {"address", {"destination"}},
    {"text", {"text", "texts"}},
    {"reason", {"reason"}},
    {"result", {"result"}},
    {"person", {"person", "post", "liability", "name"}},
    {"others", {"participants", "way", "handed_to", "without", "private"}},
};
enum { FIELDS = sizeof fields / sizeof *fields };

const char *personal_field(int number)
{
    return number < FIELDS ? fields[number].field : NULL;
}

bool personal_is_field(const char *word)
{
    for (int i = 0; i < FIELDS; i++)
        if (!strcmp(fields[i].field, word))
            return true;
    return false;
}

const char *personal_field_of(int key)
{
    for (int i = 0; i < FIELDS; i++)
        for (const char *const *member = fields[i].members; *member; member++)
            if (!strcmp(*member, seal_name(key)))
                return fields[i].field;
    return NULL;
}
