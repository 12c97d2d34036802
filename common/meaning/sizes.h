/* sizes: which boxes the standard of sizes leaves possible: the class follows from the industry and
 * from one or two measures, the lower of two. Pure. */
#ifndef QIFU_MEANING_SIZES_H
#define QIFU_MEANING_SIZES_H

#include "meaning/space.h"

/* True where some enterprise of BOX has the size that follows from its other facts. */
bool sizes_possible(const struct space *space, const uint64_t *box);

/* Chooses the cells of the industry, the measures and the size of one such enterprise of BOX, where
 * the size is among the space's facts. CELLS, by the space's facts, holds what is chosen already.
 */
void sizes_settle(const struct space *space, const uint64_t *box, int *cells);

#endif
