#include "catalogue/evidence.h"

/* Puts STANDING among the best; of equals the first stays before. */
static void place(struct evidence *e, struct standing standing)
{
    int at = e->count < EVIDENCE_BEST ? e->count++ : EVIDENCE_BEST;
    for (; at && e->best[at - 1].total < standing.total; at--)
        if (at < EVIDENCE_BEST)
            e->best[at] = e->best[at - 1];
    if (at < EVIDENCE_BEST)
        e->best[at] = standing;
}

static int claim_of(const struct claim *claims, int count, int unit)
{
    for (int i = 0; i < count; i++)
        if (claims[i].unit == unit)
            return i;
    return -1;
}

struct evidence evidence_weigh(const int *scores, int count, const struct claim *claims,
                               int claim_count)
{
    struct evidence e = {.count = 0};
    for (int i = 0; i < claim_count; i++)
        place(&e, (struct standing){
                      claims[i].unit, i,
                      EVIDENCE_POINT * claims[i].points +
                          (claims[i].unit < 0 ? EVIDENCE_UNKNOWN : scores[claims[i].unit])});
    for (int unit = 0; unit < count; unit++)
        if (claim_of(claims, claim_count, unit) < 0)
            place(&e, (struct standing){unit, -1, scores[unit]});
    e.margin = e.count > 1 ? e.best[0].total - e.best[1].total : 0;
    return e;
}
