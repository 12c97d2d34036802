#include "register/option.h"

#include <string.h>

#include "base/die.h"

int option_split(const struct args *args, const struct registry *registry, char *word, char **value)
{
    struct fault fault = {""};
    char *end = word ? strchr(word, '=') : NULL;
    if (!end)
        args_usage(args, "write NAME=VALUE, not \"%s\"", word ? word : "");
    *end = '\0';
    *value = text_trim(end + 1);
    int field = registry_field(registry, text_trim(word));
    if (field != REGISTRY_NONE)
        return field;
    registry_unknown_field(registry, word, &fault);
    die("%s", fault.text);
}

void option_field(struct adding *adding, const struct registry *registry, int first)
{
    char *value;
    int field = option_split(&adding->p.args, registry, adding_value(adding, "field"), &value);
    adding->values[first + field] = value;
}
