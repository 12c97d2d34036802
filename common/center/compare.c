#include "center/compare.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static void differ(const struct comparison *c, const char *what, const char *stored,
                   const char *replayed)
{
    struct text sentence = {0};
    const char *record = c->record ? c->record : "";
    text_add_format(&sentence, "%s%s%s is %s, its events give %s", record, *record ? ": " : "",
                    what, stored, replayed);
    c->report(c->context, c->id, sentence.data);
    text_free(&sentence);
}

void compare_number(const struct comparison *c, const char *what, int64_t stored, int64_t replayed)
{
    char left[24], right[24];
    if (stored == replayed)
        return;
    snprintf(left, sizeof left, "%lld", (long long)stored);
    snprintf(right, sizeof right, "%lld", (long long)replayed);
    differ(c, what, left, right);
}

void compare_text(const struct comparison *c, const char *what, const char *stored,
                  const char *replayed)
{
    if (strcmp(stored ? stored : "", replayed ? replayed : "") != 0)
        differ(c, what, stored ? stored : "nothing", replayed ? replayed : "nothing");
}
