/* model: the second voice of dispatch: a linear model over the runs of characters in title and text
 * (grams.h), learned (training.h) from what people decided. It gives a text a score for each unit;
 * evidence.h weighs that beside the catalogue. Pure; model_file reads and writes it.
 *
 * All numbers are whole and a root is exact, so the same file gives the same scores on every
 * machine. */
#ifndef QIFU_CATALOGUE_MODEL_H
#define QIFU_CATALOGUE_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "catalogue/grams.h"

enum {
    MODEL_ONE = 1000,   /* weights and scores are in thousandths */
    MODEL_RARITY = 100, /* and how rare a gram is in hundredths */
    MODEL_TITLE = 2,    /* a gram of the title counts so many times */
    MODEL_DIGEST_SIZE = 17
};

/* A unit that the model knows. */
struct model_unit {
    const char *code;
    int examples, bias;
};

/* What a gram says for one unit. */
struct model_weight {
    int unit, weight;
};

/* Of tickets for whose first unit catalogue and model together say MARGIN or more than for the
 * second (and less than the next row's) so many in a thousand were right, of texts that the model
 * had not learned from. */
struct model_trust {
    int margin, right;
};

/* Owns all; zeroed is empty. */
struct model {
    char digest[MODEL_DIGEST_SIZE]; /* of its file: the first 16 figures */
    int examples;                   /* that it was learned from */
    struct model_unit *units;
    struct gram_set grams;
    int *rarities;                /* of each gram */
    struct model_weight *weights; /* those of gram G from first[G] to first[G + 1] */
    size_t *first;
    struct model_trust *trusts; /* by margin, the least first */
    size_t weight_count, trust_count;
    int unit_count;
    struct arena arena;
};

void model_free(struct model *model);

/* The number of the unit with a code, or -1. */
int model_unit_of(const struct model *model, const char *code);

/* A text on its way through a model; zeroed but for the model, which stays the caller's; reused
 * from text to text. */
struct model_reading {
    const struct model *model;
    uint8_t *times; /* of each gram: as it counts in the text */
    uint32_t *found;
    size_t found_count;
    int64_t *sums;
    int *scores;   /* of each unit, the higher the likelier */
    double length; /* of the text */
    uint8_t place;
    struct text scratch;
};

void model_reading_free(struct model_reading *reading);

/* Scores a text. WITHOUT are the names of who sent it (ended by NULL, or NULL): they are no sign.
 * False where the model knows no gram of it, and has nothing to say. */
bool model_score(struct model_reading *reading, const char *title, const char *body,
                 const char *const *without);

/* So many in a thousand are right at such a margin. */
int model_trust_at(const struct model *model, int margin);

/* Appends the grams that speak most for UNIT in the text that was scored last, with what each adds
 * to its score: "公积金 312, 缴费 80". */
void model_explain(const struct model_reading *reading, int unit, struct text *why);

#endif
