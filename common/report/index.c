#include "report/index_private.h"

#include <stdlib.h>

#include "base/text.h"

/* Open addressing; at most half of the slots are taken. */
struct report_index {
    int *slots; /* numbers of lines, -1 */
    size_t size;
};

static void set_size(struct report_index *index, size_t size)
{
    index->size = size;
    index->slots = mem_resize(index->slots, size * sizeof *index->slots);
    for (size_t i = 0; i < size; i++)
        index->slots[i] = -1;
}

void index_open(struct report *report)
{
    report->index = mem_zero(1, sizeof *report->index);
    set_size(report->index, 64);
}

void index_close(struct report *report)
{
    free(report->index->slots);
    free(report->index);
    report->index = NULL;
}

static bool same_line(const struct report_line *a, const struct report_line *b)
{
    for (int i = 0; i < REPORT_CROSSED; i++)
        if (!report_same_value(a->of[i], b->of[i]))
            return false;
    return a->cut == b->cut;
}

static int *find_slot(struct report *report, const struct report_line *key)
{
    struct report_index *index = report->index;
    uint64_t hash = text_hash(TEXT_HASH_START, &key->cut, sizeof key->cut);
    for (int i = 0; i < REPORT_CROSSED; i++) {
        hash = text_hash(hash, &key->of[i].org, sizeof key->of[i].org);
        for (const char *c = key->of[i].code; c && *c; c++)
            hash = text_hash(hash, c, 1);
    }
    size_t at = hash & (index->size - 1);
    while (index->slots[at] >= 0 && !same_line(&report->lines[index->slots[at]], key))
        at = (at + 1) & (index->size - 1);
    return &index->slots[at];
}

int *index_slot(struct report *report, const struct report_line *key)
{
    struct report_index *index = report->index;
    if ((size_t)report->line_count * 2 >= index->size) {
        set_size(index, 2 * index->size);
        for (int i = 0; i < report->line_count; i++)
            *find_slot(report, &report->lines[i]) = i;
    }
    return find_slot(report, key);
}
