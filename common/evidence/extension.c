#include "evidence/extension.h"

#include <string.h>

static const char start[] = "old ";

void extension_add_path(struct text *to, const struct merkle_path *path)
{
    for (int i = 0; i < path->count; i++)
        head_add_digest(to, path->digests[i]);
    text_add_char(to, '\n');
}

void extension_add(struct text *to, int64_t old, const struct merkle_path *path)
{
    text_add_format(to, "%s%lld\n", start, (long long)old);
    extension_add_path(to, path);
}

bool extension_is(const char *text)
{
    return !strncmp(text, start, sizeof start - 1);
}

const char *extension_path(struct merkle_path *path, const char *text, struct fault *fault)
{
    const char *end;
    for (path->count = 0; (end = strchr(text, '\n')) && end != text; text = end + 1)
        if (path->count == MERKLE_DEPTH ||
            !head_digest(text, (size_t)(end - text), path->digests[path->count++])) {
            fault_add(fault, "line %d of the path is no digest", path->count + 1);
            return NULL;
        }
    if (end)
        return end + 1;
    fault_add(fault, "no empty line behind the path");
    return NULL;
}

bool extension_read(struct extension *extension, struct arena *arena, const char *text,
                    struct fault *fault)
{
    const char *end = text;
    extension->old = extension_is(text) ? head_number(text + sizeof start - 1, &end) : -1;
    if (extension->old < 0 || *end != '\n')
        return fault_add(fault, "the first line does not say where it starts");
    const char *rest = extension_path(&extension->path, end + 1, fault);
    return rest && head_read(&extension->head, arena, rest, fault);
}
