/* training: a model (model.h) from texts whose unit is known. Pure: the same lessons in the same
 * order give the same model. */
#ifndef QIFU_CATALOGUE_TRAINING_H
#define QIFU_CATALOGUE_TRAINING_H

#include "catalogue/evidence.h"

enum {
    TRAINING_LEAST = 3,    /* lessons of a unit; with fewer it is not learned */
    TRAINING_MOST = 20000, /* lessons in all: who has more gives the newest */
    TRAINING_UNITS = 400
};

/* A text, its unit, and who sent it: a gram that one sender alone uses is not learned. */
struct lesson {
    const char *title, *body, *unit; /* code */
    const char *const *without;      /* names of the sender, ended by NULL; or NULL */
    uint64_t sender;                 /* the same number for the same sender */
    struct advice {                  /* what the catalogue says: the heaviest first */
        const char *unit;
        int points;
    } advice[EVIDENCE_BEST];
    int advice_count;
    bool decided; /* the catalogue would send it, to its first */
};

/* How right a voice is on lessons that were not learned. */
struct training_score {
    int sent, right, among_three;
};

struct training_result {
    int learned; /* lessons: those of the units that have enough */
    int asked;   /* of these, without having been learned */
    struct training_score catalogue, model, both;
};

/* Learns; the model's texts are copies. A model of fewer than two units is empty. Both voices
 * together send what is right in SURE of a thousand. */
struct model training_run(const struct lesson *lessons, size_t count, int sure,
                          struct training_result *result);

#endif
