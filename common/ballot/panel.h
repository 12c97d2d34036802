/* panel: the same voters in two waves (企业样本): what those who voted in both moved, and who came
 * and who left. Ballots that do not count are in neither. */
#ifndef QIFU_BALLOT_PANEL_H
#define QIFU_BALLOT_PANEL_H

#include "ballot/count.h"

/* What those who voted on a unit in both waves say of it then and now. */
struct panel_unit {
    const struct ballot_unit *unit; /* of the later poll */
    int64_t both, better, worse;    /* voters: of both waves; who rate it higher, lower now */
    int64_t before, now;            /* their mean points, in hundredths; each by its wave's rules */
};

enum panel_voter { PANEL_STAYED, PANEL_CAME, PANEL_LEFT };
const char *panel_voter_code(enum panel_voter voter);
const char *panel_voter_word(enum panel_voter voter);

struct panel {
    struct panel_side *sides; /* private: the two waves */
    struct panel_unit *units; /* in the poll's order */
    int unit_count;
};

/* Compares the wave that NOW is with that of BEFORE; both must outlive it. Free with panel_free. */
struct panel panel_compare(struct db *db, const struct ballot_poll *before,
                           const struct ballot_poll *now);
void panel_free(struct panel *panel);

/* Calls TAKE for each voter of the two waves, in the order of their names. */
void panel_each_voter(const struct panel *panel,
                      void (*take)(void *context, const char *voter, enum panel_voter is),
                      void *context);

#endif
