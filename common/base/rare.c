#include "base/rare.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/similarity.h"
#include "base/utf8.h"

enum { COUNTS = 1 << 22, RUN = 3 };

struct rare_place {
    uint64_t run;
    uint32_t text;
};

static int by_number(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static int by_run(const void *a, const void *b)
{
    const struct rare_place *x = a, *y = b;
    if (x->run != y->run)
        return x->run < y->run ? -1 : 1;
    return (x->text > y->text) - (x->text < y->text);
}

static void sort_numbers(uint64_t *numbers, size_t count)
{
    if (count)
        qsort(numbers, count, sizeof *numbers, by_number);
}

/* Finds the runs of a text, as often as they stand there. */
static void find_runs(struct rare *r, const char *text)
{
    const char *starts[RUN] = {NULL};
    r->run_count = 0;
    text_clear(&r->core);
    similarity_core(&r->core, text);
    const char *s = text_string(&r->core), *end = s + strlen(s);
    uint32_t c;
    for (size_t length; s < end && (length = utf8_decode(s, end, &c)); s += length) {
        starts[0] = starts[1];
        starts[1] = starts[2];
        starts[2] = s;
        if (!starts[0])
            continue;
        r->runs = mem_grow(r->runs, r->run_count, sizeof *r->runs);
        r->runs[r->run_count++] =
            text_hash(TEXT_HASH_START, starts[0], (size_t)(s + length - starts[0]));
    }
}

static size_t slot_of(uint64_t run)
{
    return (run ^ run >> 32) & (COUNTS - 1);
}

void rare_count(struct rare *r, const char *text)
{
    if (!r->counts) {
        r->counts = mem_zero(COUNTS, sizeof *r->counts);
        r->last = mem_zero(COUNTS, sizeof *r->last);
    }
    find_runs(r, text);
    r->counted++;
    for (size_t i = 0; i < r->run_count; i++) {
        size_t slot = slot_of(r->runs[i]);
        if (r->last[slot] != r->counted && r->counts[slot] <= RARE_MOST)
            r->counts[slot]++;
        r->last[slot] = r->counted;
    }
}

/* Of the runs that were found leaves those that others have too, but few, each once, by number. */
static void leave_rare(struct rare *r)
{
    size_t rare = 0, kept = 0;
    for (size_t i = 0; i < r->run_count; i++) {
        uint8_t count = r->counts[slot_of(r->runs[i])];
        if (count >= 2 && count <= RARE_MOST)
            r->runs[rare++] = r->runs[i];
    }
    sort_numbers(r->runs, rare);
    for (size_t i = 0; i < rare; i++)
        if (!kept || r->runs[kept - 1] != r->runs[i])
            r->runs[kept++] = r->runs[i];
    r->run_count = kept;
}

/* Keeps the rarest; of equals the first by number. */
static size_t keep_rarest(const struct rare *r, uint64_t kept[RARE_KEPT])
{
    size_t count = 0;
    for (int many = 2; many <= RARE_MOST && count < RARE_KEPT; many++)
        for (size_t i = 0; i < r->run_count && count < RARE_KEPT; i++)
            if (r->counts[slot_of(r->runs[i])] == many)
                kept[count++] = r->runs[i];
    return count;
}

void rare_add(struct rare *r, const char *text)
{
    uint64_t kept[RARE_KEPT];
    find_runs(r, text);
    leave_rare(r);
    size_t count = keep_rarest(r, kept);
    for (size_t i = 0; i < count; i++) {
        r->places = mem_grow(r->places, r->place_count, sizeof *r->places);
        r->places[r->place_count++] = (struct rare_place){kept[i], (uint32_t)r->text_count};
    }
    r->text_count++;
}

/* Each two texts that have the run of places FROM to END. */
static void pair_places(struct rare *r, size_t from, size_t end)
{
    for (size_t later = from + 1; later < end; later++)
        for (size_t earlier = from; earlier < later; earlier++) {
            r->pairs = mem_grow(r->pairs, r->pair_count, sizeof *r->pairs);
            r->pairs[r->pair_count++] =
                (uint64_t)r->places[later].text << 32 | r->places[earlier].text;
        }
}

void rare_pairs(struct rare *r, void (*take)(void *, size_t earlier, size_t later, int shared),
                void *context)
{
    if (r->place_count)
        qsort(r->places, r->place_count, sizeof *r->places, by_run);
    for (size_t from = 0, end; from < r->place_count; from = end) {
        for (end = from + 1; end < r->place_count && r->places[end].run == r->places[from].run;)
            end++;
        if (end - from <= RARE_MOST)
            pair_places(r, from, end);
    }
    sort_numbers(r->pairs, r->pair_count);
    for (size_t from = 0, end; from < r->pair_count; from = end) {
        for (end = from + 1; end < r->pair_count && r->pairs[end] == r->pairs[from];)
            end++;
        if (end - from >= RARE_SHARED)
            take(context, (size_t)(r->pairs[from] & UINT32_MAX), (size_t)(r->pairs[from] >> 32),
                 (int)(end - from));
    }
}

void rare_free(struct rare *r)
{
    free(r->counts);
    free(r->last);
    free(r->places);
    free(r->pairs);
    free(r->runs);
    text_free(&r->core);
    *r = (struct rare){0};
}
