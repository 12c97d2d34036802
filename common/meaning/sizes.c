#include "meaning/sizes.h"

#include <string.h>

/* What a firm of a sector has: its cells. */
struct standing {
    int industry, measure[2], size;
};

/* The first cell that stands in both sets of FACT, or -1. */
static int common_cell(const struct space_fact *f, const uint64_t *box, const uint64_t *set)
{
    for (int i = 0; i < f->words; i++) {
        uint64_t common = box[f->first + i] & set[i];
        if (common)
            return i * 64 + __builtin_ctzll(common);
    }
    return -1;
}

/* The cell of the size that is class CLASS (from 0; 4: none) where BOX has it, or -1. */
static int size_cell(const struct space *space, const uint64_t *box, int class)
{
    const struct space_fact *f = space_fact(space, FACT_OF_SIZE);
    int cell = class < 4 ? class : f->cell_count - 1;
    return space_has(box + f->first, cell) ? cell : -1;
}

/* Of one measure, for each class the first cell of BOX that gives it, or -1. Where the sector has
 * no such measure only the highest class can be, which lowers nothing. */
static void find_classes(const struct space_sector *sector, int slot, const uint64_t *box,
                         int found[static 4])
{
    for (int class = 0; class < 4; class ++)
        found[class] = slot < sector->measures
                           ? common_cell(sector->measure[slot], box, sector->class[slot][class])
                       : class == 3 ? 0
                                    : -1;
}

static bool stand(const struct space *space, const struct space_sector *sector, const uint64_t *box,
                  struct standing *standing)
{
    int classes[2][4];
    standing->industry = common_cell(space_fact(space, FACT_OF_INDUSTRY), box, sector->industries);
    if (standing->industry < 0)
        return false;
    if (!sector->measures)
        return (standing->size = size_cell(space, box, 4)) >= 0;
    find_classes(sector, 0, box, classes[0]);
    find_classes(sector, 1, box, classes[1]);
    for (int i = 0; i < 16; i++) {
        int a = i / 4, b = i % 4;
        standing->measure[0] = classes[0][a];
        standing->measure[1] = classes[1][b];
        standing->size = size_cell(space, box, a < b ? a : b);
        if (classes[0][a] >= 0 && classes[1][b] >= 0 && standing->size >= 0)
            return true;
    }
    return false;
}

bool sizes_possible(const struct space *space, const uint64_t *box)
{
    struct standing standing;
    for (int i = 0; i < space->sector_count; i++)
        if (stand(space, &space->sectors[i], box, &standing))
            return true;
    return !space->sector_count;
}

void sizes_settle(const struct space *space, const uint64_t *box, int *cells)
{
    struct standing standing;
    const struct space_sector *sector = space->sectors;
    if (!space->sector_count)
        return;
    while (!stand(space, sector, box, &standing))
        sector++;
    cells[space->places[FACT_OF_INDUSTRY]] = standing.industry;
    cells[space->places[FACT_OF_SIZE]] = standing.size;
    for (int i = 0; i < sector->measures; i++)
        cells[space->places[sector->measure[i]->fact]] = standing.measure[i];
}
