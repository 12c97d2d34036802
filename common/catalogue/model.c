#include "catalogue/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void model_free(struct model *model)
{
    free(model->units);
    gram_set_free(&model->grams);
    free(model->rarities);
    free(model->weights);
    free(model->first);
    free(model->trusts);
    arena_free(&model->arena);
    *model = (struct model){.examples = 0};
}

int model_unit_of(const struct model *model, const char *code)
{
    for (int i = 0; i < model->unit_count; i++)
        if (!strcmp(model->units[i].code, code))
            return i;
    return -1;
}

void model_reading_free(struct model_reading *r)
{
    free(r->times);
    free(r->found);
    free(r->sums);
    free(r->scores);
    text_free(&r->scratch);
    *r = (struct model_reading){.model = NULL};
}

/* ---- scoring ---- */

static void prepare(struct model_reading *r)
{
    if (!r->times) {
        r->times = mem_zero(r->model->grams.count + 1, 1);
        r->found = mem_zero(r->model->grams.count + 1, sizeof *r->found);
        r->sums = mem_zero((size_t)r->model->unit_count + 1, sizeof *r->sums);
        r->scores = mem_zero((size_t)r->model->unit_count + 1, sizeof *r->scores);
    }
    for (size_t i = 0; i < r->found_count; i++)
        r->times[r->found[i]] = 0;
    r->found_count = 0;
    memset(r->sums, 0, (size_t)r->model->unit_count * sizeof *r->sums);
}

/* A gram counts once, by the better of its places. */
static void take_gram(void *context, const char *gram, size_t length)
{
    struct model_reading *r = context;
    long number = gram_set_find(&r->model->grams, gram, length);
    if (number < 0)
        return;
    if (!r->times[number])
        r->found[r->found_count++] = (uint32_t)number;
    if (r->times[number] < r->place)
        r->times[number] = r->place;
}

static void add_up(struct model_reading *r)
{
    const struct model *m = r->model;
    int64_t squares = 0;
    for (size_t i = 0; i < r->found_count; i++) {
        uint32_t gram = r->found[i];
        int64_t value = (int64_t)m->rarities[gram] * r->times[gram];
        squares += value * value;
        for (size_t w = m->first[gram]; w < m->first[gram + 1]; w++)
            r->sums[m->weights[w].unit] += value * m->weights[w].weight;
    }
    r->length = sqrt((double)squares);
}

bool model_score(struct model_reading *r, const char *title, const char *body,
                 const char *const *without)
{
    prepare(r);
    r->place = MODEL_TITLE;
    grams_each(title, without, &r->scratch, take_gram, r);
    r->place = 1;
    grams_each(body, without, &r->scratch, take_gram, r);
    add_up(r);
    for (int unit = 0; unit < r->model->unit_count && r->found_count; unit++)
        r->scores[unit] = r->model->units[unit].bias + (int)((double)r->sums[unit] / r->length);
    return r->found_count > 0;
}

int model_trust_at(const struct model *m, int margin)
{
    int right = 0;
    for (size_t i = 0; i < m->trust_count && m->trusts[i].margin <= margin; i++)
        right = m->trusts[i].right;
    return right;
}

/* ---- why ---- */

enum { EXPLAINED = 5 };

struct said {
    const char *gram;
    int points;
};

static int points_of(const struct model_reading *r, uint32_t gram, int unit)
{
    const struct model *m = r->model;
    for (size_t w = m->first[gram]; w < m->first[gram + 1]; w++)
        if (m->weights[w].unit == unit)
            return (
                int)((double)((int64_t)m->rarities[gram] * r->times[gram] * m->weights[w].weight) /
                     r->length);
    return 0;
}

/* The gram that says most of those behind BEFORE, the one that was printed last. */
static struct said next_said(const struct model_reading *r, int unit, const struct said *before)
{
    struct said best = {NULL, 0};
    for (size_t i = 0; i < r->found_count; i++) {
        const char *gram = r->model->grams.texts[r->found[i]];
        int points = points_of(r, r->found[i], unit);
        bool behind = !before->gram || points < before->points ||
                      (points == before->points && strcmp(gram, before->gram) > 0);
        if (behind && (points > best.points ||
                       (best.gram && points == best.points && strcmp(gram, best.gram) < 0)))
            best = (struct said){gram, points};
    }
    return best;
}

void model_explain(const struct model_reading *r, int unit, struct text *why)
{
    struct said said = {NULL, 0};
    for (int i = 0; i < EXPLAINED && r->found_count; i++) {
        said = next_said(r, unit, &said);
        if (!said.gram)
            return;
        text_add_format(why, "%s%s %d", i ? ", " : "", said.gram, said.points);
    }
}
