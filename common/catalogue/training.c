/* Logistic regression for several units at once, by stochastic gradient: each text in turn moves
 * the weights of its runs towards its own unit and away from the others, by how wrong the model
 * is. The step shrinks from pass to pass, and the order of the texts is shuffled by a generator of
 * fixed seed. */
#include "catalogue/training.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"

enum {
    PASSES = 12,           /* over the lessons, for few of them */
    STEPS = 200000,        /* in all, for many */
    GRAMS_MOST = 40000,    /* that are learned, those of most texts */
    WEIGHTS_MOST = 200000, /* that are kept, the largest */
    FOLDS = 5,
    LOTS = 10000,  /* lessons, of which one fold alone is asked */
    TRUST_BIN = 25 /* at least, of verdicts, to a row of trust */
};
#define STEP    4.0  /* of the first pass */
#define SHRINKS 1e-5 /* every weight, at every step */

/* A gram of a lesson: its value is how rare it is, and how often it counts. */
struct feature {
    uint32_t gram;
    float value;
};

/* A gram before it is chosen. */
struct found {
    uint32_t texts, last; /* how many have it; the last that was seen with it, + 1 */
    uint64_t sender;      /* of the first */
    bool shared;          /* by two senders */
};

struct training {
    const struct lesson *lessons;
    size_t count;
    int *units; /* of each lesson: its number in the model, -1: not learned */
    struct gram_set all;
    struct found *found;
    long *chosen; /* of each gram of `all`: its number in the model, -1: none */
    struct model *model;
    struct feature *features; /* those of lesson L from first[L] to first[L + 1] */
    size_t *first, feature_count;
    uint32_t *order; /* of the lessons of one pass */
    /* of the lesson in hand */
    size_t lesson;
    int place;
    struct text scratch;
};

/* What is learned: weights of each gram, a row of units, and biases. */
struct learned {
    float *weights, *biases, *scores;
    double scale; /* of all weights: shrinking is one multiplication */
    int units;
};

/* ---- the units ---- */

static int compare_codes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The units with enough lessons, by code. */
static void find_units(struct training *t)
{
    const char **codes = mem_alloc((t->count + 1) * sizeof *codes);
    for (size_t i = 0; i < t->count; i++)
        codes[i] = t->lessons[i].unit;
    if (t->count)
        qsort(codes, t->count, sizeof *codes, compare_codes);
    struct model *m = t->model;
    for (size_t from = 0, end; from < t->count; from = end) {
        for (end = from + 1; end < t->count && !strcmp(codes[from], codes[end]);)
            end++;
        if (end - from < TRAINING_LEAST || m->unit_count == TRAINING_UNITS)
            continue;
        m->units = mem_grow(m->units, (size_t)m->unit_count, sizeof *m->units);
        m->units[m->unit_count++] =
            (struct model_unit){arena_string(&m->arena, codes[from]), (int)(end - from), 0};
        m->examples += (int)(end - from);
    }
    free(codes);
    for (size_t i = 0; i < t->count; i++)
        t->units[i] = model_unit_of(m, t->lessons[i].unit);
}

/* ---- the grams ---- */

static void each_gram(struct training *t, size_t lesson, grams_take *take)
{
    const struct lesson *l = &t->lessons[lesson];
    t->lesson = lesson;
    t->place = MODEL_TITLE;
    grams_each(l->title, l->without, &t->scratch, take, t);
    t->place = 1;
    grams_each(l->body, l->without, &t->scratch, take, t);
}

static void count_gram(void *context, const char *gram, size_t length)
{
    struct training *t = context;
    size_t known = t->all.count, number = gram_set_add(&t->all, gram, length);
    uint64_t sender = t->lessons[t->lesson].sender;
    if (number == known) {
        t->found = mem_grow(t->found, known, sizeof *t->found);
        t->found[number] = (struct found){.sender = sender};
    }
    struct found *found = &t->found[number];
    found->shared = found->shared || found->sender != sender;
    found->texts += found->last != t->lesson + 1;
    found->last = (uint32_t)t->lesson + 1;
}

/* A gram by how many have it, to be sorted. */
struct ranked {
    uint32_t texts, number;
    const char *gram;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->texts != y->texts)
        return x->texts > y->texts ? -1 : 1;
    return strcmp(x->gram, y->gram);
}

static void choose_gram(struct training *t, const struct ranked *ranked)
{
    struct model *m = t->model;
    size_t number = gram_set_add(&m->grams, ranked->gram, strlen(ranked->gram));
    double rarity = log((double)m->examples / ranked->texts) * MODEL_RARITY;
    m->rarities = mem_grow(m->rarities, number, sizeof *m->rarities);
    m->rarities[number] = rarity < 1 ? 1 : (int)lround(rarity);
    t->chosen[ranked->number] = (long)number;
}

/* Those that two senders use, of the most texts. */
static void choose_grams(struct training *t)
{
    struct ranked *ranked = mem_alloc((t->all.count + 1) * sizeof *ranked);
    size_t count = 0;
    t->chosen = mem_alloc((t->all.count + 1) * sizeof *t->chosen);
    for (size_t i = 0; i < t->all.count; i++) {
        t->chosen[i] = -1;
        if (t->found[i].shared)
            ranked[count++] = (struct ranked){t->found[i].texts, (uint32_t)i, t->all.texts[i]};
    }
    if (count)
        qsort(ranked, count, sizeof *ranked, compare_ranked);
    for (size_t i = 0; i < count && i < GRAMS_MOST; i++)
        choose_gram(t, &ranked[i]);
    free(ranked);
}

/* ---- the lessons as numbers ---- */

static void add_feature(void *context, const char *gram, size_t length)
{
    struct training *t = context;
    long all = gram_set_find(&t->all, gram, length);
    long number = all < 0 ? -1 : t->chosen[all];
    if (number < 0)
        return;
    float value = (float)(t->model->rarities[number] * t->place);
    if (t->found[all].last == t->lesson + 1)
        return;
    t->found[all].last = (uint32_t)t->lesson + 1;
    t->features = mem_grow(t->features, t->feature_count, sizeof *t->features);
    t->features[t->feature_count++] = (struct feature){(uint32_t)number, value};
}

/* Every text has the length 1. */
static void read_lesson(struct training *t, size_t lesson)
{
    double squares = 0;
    t->first[lesson] = t->feature_count;
    if (t->units[lesson] >= 0)
        each_gram(t, lesson, add_feature);
    for (size_t i = t->first[lesson]; i < t->feature_count; i++)
        squares += (double)t->features[i].value * (double)t->features[i].value;
    for (size_t i = t->first[lesson]; i < t->feature_count; i++)
        t->features[i].value = (float)((double)t->features[i].value / sqrt(squares));
    t->first[lesson + 1] = t->feature_count;
}

/* ---- learning ---- */

static void compute_scores(const struct training *t, struct learned *l, size_t lesson)
{
    for (int u = 0; u < l->units; u++)
        l->scores[u] = 0;
    for (size_t i = t->first[lesson]; i < t->first[lesson + 1]; i++) {
        const float *row = l->weights + (size_t)t->features[i].gram * (size_t)l->units;
        float value = t->features[i].value;
        for (int u = 0; u < l->units; u++)
            l->scores[u] += value * row[u];
    }
    for (int u = 0; u < l->units; u++)
        l->scores[u] = (float)((double)l->scores[u] * l->scale) + l->biases[u];
}

/* Scores become how wrong each is: what is said of the unit, less what is. */
static void compute_errors(struct learned *l, int unit)
{
    double most = (double)l->scores[0], sum = 0;
    for (int u = 1; u < l->units; u++)
        if ((double)l->scores[u] > most)
            most = (double)l->scores[u];
    for (int u = 0; u < l->units; u++) {
        l->scores[u] = (float)exp((double)l->scores[u] - most);
        sum += (double)l->scores[u];
    }
    for (int u = 0; u < l->units; u++)
        l->scores[u] = (float)((double)l->scores[u] / sum) - (u == unit);
}

static void learn_from(const struct training *t, struct learned *l, size_t lesson, double step)
{
    compute_scores(t, l, lesson);
    compute_errors(l, t->units[lesson]);
    l->scale *= 1 - step * SHRINKS;
    double move = step / l->scale;
    for (size_t i = t->first[lesson]; i < t->first[lesson + 1]; i++) {
        float *row = l->weights + (size_t)t->features[i].gram * (size_t)l->units;
        float by = (float)(move * (double)t->features[i].value);
        for (int u = 0; u < l->units; u++)
            row[u] -= by * l->scores[u];
    }
    for (int u = 0; u < l->units; u++)
        l->biases[u] -= (float)(step * 0.05) * l->scores[u];
}

/* Shuffles the first COUNT of the order; the generator is Knuth's (MMIX). */
static void shuffle(uint32_t *order, size_t count, uint64_t *random)
{
    for (size_t i = count; i > 1; i--) {
        *random = *random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        size_t with = (size_t)((*random >> 33) % i);
        uint32_t kept = order[i - 1];
        order[i - 1] = order[with];
        order[with] = kept;
    }
}

/* The fold of a lesson: all of a sender are in the same one. */
static int fold_of(const struct training *t, size_t lesson)
{
    return (int)(text_hash(TEXT_HASH_START, &t->lessons[lesson].sender,
                           sizeof t->lessons[lesson].sender) %
                 FOLDS);
}

/* Learns from all lessons but those of fold WITHOUT (-1: from all). */
static struct learned learn(struct training *t, int without)
{
    size_t units = (size_t)t->model->unit_count, count = 0;
    struct learned l = {.scale = 1, .units = (int)units};
    l.weights = mem_zero(t->model->grams.count * units, sizeof *l.weights);
    l.biases = mem_zero(units, sizeof *l.biases);
    l.scores = mem_zero(units, sizeof *l.scores);
    for (size_t i = 0; i < t->count; i++)
        if (t->units[i] >= 0 && fold_of(t, i) != without)
            t->order[count++] = (uint32_t)i;
    int passes = count * PASSES > STEPS ? (int)(STEPS / count) : PASSES;
    uint64_t random = 1;
    for (int pass = 0; pass < passes; pass++) {
        double step = STEP * (passes - pass) / passes;
        shuffle(t->order, count, &random);
        for (size_t i = 0; i < count; i++)
            learn_from(t, &l, t->order[i], step);
    }
    return l;
}

static void learned_free(struct learned *l)
{
    free(l->weights);
    free(l->biases);
    free(l->scores);
}

/* ---- the model ---- */

/* The size that a weight must have, in thousandths, for no more than WEIGHTS_MOST to be kept. */
static int least_weight(const struct learned *l, size_t count)
{
    enum { SIZES = 1 << 14 };
    size_t *sizes = mem_zero(SIZES, sizeof *sizes), kept = 0;
    for (size_t i = 0; i < count; i++) {
        long size = labs(lround((double)l->weights[i] * l->scale * MODEL_ONE));
        sizes[size < SIZES ? size : SIZES - 1]++;
    }
    int least = SIZES - 1;
    for (; least > 1 && kept + sizes[least] <= WEIGHTS_MOST; least--)
        kept += sizes[least];
    free(sizes);
    return least;
}

static void keep_weights(struct model *m, const struct learned *l)
{
    size_t count = m->grams.count * (size_t)l->units;
    int least = least_weight(l, count);
    m->first = mem_zero(m->grams.count + 1, sizeof *m->first);
    for (size_t i = 0; i < count; i++) {
        int weight = (int)lround((double)l->weights[i] * l->scale * MODEL_ONE);
        if (i % (size_t)l->units == 0)
            m->first[i / (size_t)l->units] = m->weight_count;
        if (abs(weight) < least)
            continue;
        m->weights = mem_grow(m->weights, m->weight_count, sizeof *m->weights);
        m->weights[m->weight_count++] = (struct model_weight){(int)(i % (size_t)l->units), weight};
    }
    m->first[m->grams.count] = m->weight_count;
    for (int u = 0; u < l->units; u++)
        m->units[u].bias = (int)lround((double)l->biases[u] * MODEL_ONE);
}

/* ---- how far it can be trusted ---- */

/* A verdict of both voices on a lesson that was not learned. */
struct asked {
    int margin;
    bool right, named; /* it is the lesson's unit; the catalogue names it */
};

static int compare_asked(const void *a, const void *b)
{
    const struct asked *x = a, *y = b;
    if (x->margin != y->margin)
        return x->margin < y->margin ? -1 : 1;
    return x->right - y->right;
}

/* What the voices said of a lesson, in turn. */
struct asking {
    const struct training *training;
    struct learned *learned;
    struct training_result *result;
    struct asked *list;
    int *scores; /* of each unit */
    size_t count;
};

static void ask_catalogue(const struct lesson *l, struct training_score *score)
{
    score->sent += l->decided;
    score->right += l->decided && !strcmp(l->advice[0].unit, l->unit);
    for (int i = 0; i < l->advice_count; i++)
        score->among_three += !strcmp(l->advice[i].unit, l->unit);
}

/* EVIDENCE names units by number, UNIT is the right one. */
static bool is_among(const struct evidence *e, int unit)
{
    for (int i = 0; i < e->count; i++)
        if (e->best[i].unit == unit)
            return true;
    return false;
}

static void ask_both(struct asking *a, const struct lesson *l, int unit)
{
    const struct model *m = a->training->model;
    struct claim claims[EVIDENCE_BEST];
    for (int i = 0; i < l->advice_count; i++)
        claims[i] = (struct claim){model_unit_of(m, l->advice[i].unit), l->advice[i].points};
    struct evidence e = evidence_weigh(a->scores, m->unit_count, claims, l->advice_count);
    a->result->both.among_three += is_among(&e, unit);
    a->list[a->count++] = (struct asked){e.margin, e.best[0].unit == unit, e.best[0].claim >= 0};
}

static void ask(struct asking *a, size_t lesson)
{
    const struct training *t = a->training;
    const struct lesson *l = &t->lessons[lesson];
    int unit = t->units[lesson];
    compute_scores(t, a->learned, lesson);
    for (int u = 0; u < a->learned->units; u++)
        a->scores[u] = (int)((double)a->learned->scores[u] * MODEL_ONE);
    struct evidence alone = evidence_weigh(a->scores, a->learned->units, NULL, 0);
    struct training_score *score = &a->result->model;
    score->sent++;
    score->right += alone.best[0].unit == unit;
    score->among_three += is_among(&alone, unit);
    ask_catalogue(l, &a->result->catalogue);
    ask_both(a, l, unit);
}

/* Rows of trust that never fall as the margin grows: neighbours that do are put together. */
struct trust_row {
    int margin;
    double asked, right;
};

static void keep_trust(struct model *m, struct asked *list, size_t count)
{
    struct trust_row *rows = mem_alloc((count / TRUST_BIN + 1) * sizeof *rows);
    size_t kept = 0;
    if (count)
        qsort(list, count, sizeof *list, compare_asked);
    for (size_t from = 0; from + TRUST_BIN <= count; from += TRUST_BIN) {
        size_t end = from + 2 * TRUST_BIN > count ? count : from + TRUST_BIN;
        struct trust_row row = {from ? list[from].margin : 0, 0, 0};
        for (size_t i = from; i < end; i++) {
            row.asked++;
            row.right += list[i].right;
        }
        for (; kept && rows[kept - 1].right * row.asked >= row.right * rows[kept - 1].asked; kept--)
            row = (struct trust_row){rows[kept - 1].margin, row.asked + rows[kept - 1].asked,
                                     row.right + rows[kept - 1].right};
        rows[kept++] = row;
    }
    m->trusts = mem_alloc((kept + 1) * sizeof *m->trusts);
    m->trust_count = kept;
    for (size_t i = 0; i < kept; i++)
        m->trusts[i] =
            (struct model_trust){rows[i].margin, (int)(1000 * rows[i].right / rows[i].asked)};
    free(rows);
}

/* Learns from four folds and asks the fifth, each in turn. */
static void prove(struct training *t, int sure, struct training_result *result)
{
    struct asking a = {.training = t, .result = result};
    a.list = mem_alloc((t->count + 1) * sizeof *a.list);
    a.scores = mem_zero((size_t)t->model->unit_count, sizeof *a.scores);
    int folds = t->model->examples > LOTS ? 1 : FOLDS;
    for (int fold = 0; fold < folds; fold++) {
        progress_step(fold, folds, "folds");
        struct learned l = learn(t, fold);
        a.learned = &l;
        for (size_t i = 0; i < t->count; i++)
            if (t->units[i] >= 0 && fold_of(t, i) == fold)
                ask(&a, i);
        learned_free(&l);
    }
    result->asked = (int)a.count;
    keep_trust(t->model, a.list, a.count);
    for (size_t i = 0; i < a.count; i++) {
        bool sent = a.list[i].named && model_trust_at(t->model, a.list[i].margin) >= sure;
        result->both.sent += sent;
        result->both.right += sent && a.list[i].right;
    }
    free(a.list);
    free(a.scores);
}

static void training_free(struct training *t)
{
    free(t->units);
    gram_set_free(&t->all);
    free(t->found);
    free(t->chosen);
    free(t->features);
    free(t->first);
    free(t->order);
    text_free(&t->scratch);
}

struct model training_run(const struct lesson *lessons, size_t count, int sure,
                          struct training_result *result)
{
    struct model model = {.examples = 0};
    struct training t = {.lessons = lessons, .count = count, .model = &model};
    t.units = mem_zero(count + 1, sizeof *t.units);
    t.first = mem_zero(count + 2, sizeof *t.first);
    t.order = mem_zero(count + 1, sizeof *t.order);
    find_units(&t);
    for (size_t i = 0; i < count; i++)
        if (t.units[i] >= 0)
            each_gram(&t, i, count_gram);
    choose_grams(&t);
    for (size_t i = 0; i < t.all.count; i++)
        t.found[i].last = 0;
    for (size_t i = 0; i < count; i++)
        read_lesson(&t, i);
    *result = (struct training_result){.learned = model.examples};
    if (model.unit_count > 1 && model.grams.count) {
        prove(&t, sure, result);
        struct learned l = learn(&t, -1);
        keep_weights(&model, &l);
        learned_free(&l);
    } else {
        model_free(&model);
    }
    training_free(&t);
    return model;
}
