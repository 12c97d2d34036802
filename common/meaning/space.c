#include "meaning/space.h"

#include <stdlib.h>
#include <string.h>

#include "meaning/domain.h"

/* ---- which facts ---- */

struct making {
    struct space *space;
    bool *asked;    /* by number of the fact */
    int64_t **cuts; /* of each fact, unsorted: where cells begin */
    int *cut_counts;
    bool *used; /* each axiom */
    int64_t bits;
};

/* Marks what CRITERIA ask for; true where anything was not marked before. */
static bool ask(struct making *m, const struct criteria *criteria)
{
    bool more = false;
    for (int i = 0; i < criteria->condition_count; i++) {
        more |= !m->asked[criteria->conditions[i]->fact];
        m->asked[criteria->conditions[i]->fact] = true;
    }
    return more;
}

static bool touches(const struct making *m, const struct criteria *criteria)
{
    for (int i = 0; i < criteria->condition_count; i++)
        if (m->asked[criteria->conditions[i]->fact])
            return true;
    return false;
}

/* What the size follows from, and every axiom that says something of a fact that is asked for. */
static void ask_further(struct making *m)
{
    const struct profile *profile = m->space->profile;
    for (bool more = true; more;) {
        more = false;
        for (int fact = FACT_OF_INDUSTRY; m->asked[FACT_OF_SIZE] && fact <= FACT_OF_ASSETS; fact++)
            m->asked[fact] = true;
        for (int i = 0; i < profile->axiom_count; i++) {
            const struct criteria *axiom = profile->axioms[i].holds;
            if (m->used[i] || !touches(m, axiom))
                continue;
            m->used[i] = true;
            m->space->axiom_count++;
            more |= ask(m, axiom);
        }
    }
}

/* ---- cells ---- */

static void add_cut(struct making *m, int fact, int64_t value)
{
    int *count = &m->cut_counts[fact];
    m->cuts[fact] = mem_grow(m->cuts[fact], (size_t)*count, sizeof *m->cuts[fact]);
    m->cuts[fact][(*count)++] = value;
}

static void cut_range(struct making *m, int fact, struct fact_range range)
{
    add_cut(m, fact, range.low);
    add_cut(m, fact, range.high + 1);
}

static void cut_criteria(struct making *m, const struct criteria *criteria)
{
    struct fact_range ranges[CONDITION_MOST_RANGES];
    for (int i = 0; i < criteria->condition_count; i++) {
        const struct condition *c = criteria->conditions[i];
        int count = condition_ranges(c, m->space->day, ranges, CONDITION_MOST_RANGES);
        for (int j = 0; j < count; j++)
            cut_range(m, c->fact, ranges[j]);
    }
}

static void cut_sizes(struct making *m)
{
    const struct profile *profile = m->space->profile;
    for (int class = 1; class <= 4; class ++)
        add_cut(m, FACT_OF_SIZE, class);
    for (int i = 0; i < profile->size_count; i++) {
        const struct size_rule *rule = &profile->sizes[i];
        for (int j = 0; j < rule->industry_count; j++)
            cut_range(m, FACT_OF_INDUSTRY, rule->industries[j]);
        for (int j = 0; j < 2; j++)
            for (int k = 0; rule->measures[j] >= 0 && k < 3; k++)
                add_cut(m, rule->measures[j], rule->from[j][k]);
    }
}

static int compare_numbers(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void add_cell(struct making *m, struct space_fact *f, struct fact_range range)
{
    const struct space *space = m->space;
    int64_t value;
    if (range.low > range.high || !domain_pick(space->profile, f->fact, range, space->day, &value))
        return;
    f->cells[f->cell_count] = range;
    f->values[f->cell_count++] = value;
}

/* A firm has no size where the standard does not cover its industry: a cell that is the last. */
static bool is_no_size(const struct space_fact *f, int cell)
{
    return f->fact == FACT_OF_SIZE && cell == f->cell_count - 1;
}

static void make_cells(struct making *m, struct space_fact *f)
{
    int count = m->cut_counts[f->fact];
    int64_t *cuts = m->cuts[f->fact], low = FACT_LEAST;
    size_t room = (size_t)count + 2;
    f->cells = arena_zero(&m->space->arena, room * sizeof *f->cells);
    f->values = arena_zero(&m->space->arena, room * sizeof *f->values);
    if (count)
        qsort(cuts, (size_t)count, sizeof *cuts, compare_numbers);
    for (int i = 0; i < count; i++) {
        add_cell(m, f, (struct fact_range){low, cuts[i] - 1});
        low = cuts[i] > low ? cuts[i] : low;
    }
    add_cell(m, f, (struct fact_range){low, FACT_MOST});
    if (f->fact == FACT_OF_SIZE)
        f->cells[f->cell_count++] = FACT_UNKNOWN;
    f->words = (f->cell_count + 63) / 64;
    f->first = m->space->words;
    m->space->words += f->words;
}

static void make_facts(struct making *m)
{
    struct space *space = m->space;
    size_t all = (size_t)space->profile->fact_count;
    space->facts = arena_zero(&space->arena, (all + 1) * sizeof *space->facts);
    space->places = arena_zero(&space->arena, (all + 1) * sizeof *space->places);
    for (int fact = 0; fact < space->profile->fact_count; fact++) {
        space->places[fact] = m->asked[fact] ? space->fact_count : -1;
        if (!m->asked[fact])
            continue;
        space->facts[space->fact_count].fact = fact;
        make_cells(m, &space->facts[space->fact_count++]);
    }
}

/* ---- forms ---- */

static uint64_t *new_bits(struct space *space, const struct space_fact *f)
{
    return arena_zero(&space->arena, (size_t)f->words * sizeof(uint64_t));
}

static void set_bit(uint64_t *bits, int cell)
{
    bits[cell / 64] |= UINT64_C(1) << (cell % 64);
}

static const uint64_t *cells_within(struct space *space, const struct space_fact *f,
                                    const struct fact_range *ranges, int count)
{
    uint64_t *bits = new_bits(space, f);
    for (int i = 0; i < f->cell_count; i++)
        for (int j = 0; j < count && !is_no_size(f, i); j++)
            if (f->cells[i].low >= ranges[j].low && f->cells[i].high <= ranges[j].high)
                set_bit(bits, i);
    return bits;
}

static void set_condition(struct space *space, struct form *form, const struct condition *c)
{
    struct fact_range ranges[CONDITION_MOST_RANGES];
    int count = condition_ranges(c, space->day, ranges, CONDITION_MOST_RANGES);
    form->is_condition = true;
    form->fact = space_fact(space, c->fact);
    form->met = cells_within(space, form->fact, ranges, count);
}

static struct form *make_form(struct space *space, const struct criteria_node *node,
                              const bool *aside)
{
    struct form *form = arena_zero(&space->arena, sizeof *form), **end = &form->first;
    if (node->type == CRITERIA_CONDITION) {
        if (!aside || !aside[node->condition->fact]) /* else none of no members is needed */
            set_condition(space, form, node->condition);
        return form;
    }
    for (const struct criteria_node *member = node->first; member; member = member->next) {
        *end = make_form(space, member, aside);
        end = &(*end)->next;
        form->members++;
    }
    form->needed = node->type == CRITERIA_ALL   ? form->members
                   : node->type == CRITERIA_ANY ? 1
                                                : node->needed;
    return form;
}

const struct form *space_form(struct space *space, const struct criteria_node *node,
                              const bool *aside)
{
    return space->too_large ? NULL : make_form(space, node, aside);
}

static void make_axioms(struct making *m)
{
    struct space *space = m->space;
    int count = 0;
    space->axioms =
        arena_zero(&space->arena, ((size_t)space->axiom_count + 1) * sizeof *space->axioms);
    for (int i = 0; i < space->profile->axiom_count; i++)
        if (m->used[i])
            space->axioms[count++] = make_form(space, space->profile->axioms[i].holds->root, NULL);
}

/* ---- sizes ---- */

/* The class (from 0) that the cells of a measure give by thresholds. */
static void make_classes(struct space *space, struct space_sector *sector,
                         const struct size_rule *rule, int slot)
{
    const struct space_fact *f = space_fact(space, rule->measures[slot]);
    const int64_t *from = rule->from[slot];
    int at = sector->measures++;
    sector->measure[at] = f;
    for (int class = 0; class < 4; class ++) {
        struct fact_range range = {class ? from[class - 1] : FACT_LEAST,
                                   class < 3 ? from[class] - 1 : FACT_MOST};
        sector->class[at][class] = cells_within(space, f, &range, 1);
    }
}

/* The sector of RULE; of NULL: of what no rule covers. */
static void make_sector(struct space *space, const struct size_rule *rule)
{
    const struct space_fact *f = space_fact(space, FACT_OF_INDUSTRY);
    struct space_sector *sector = &space->sectors[space->sector_count++];
    uint64_t *industries = new_bits(space, f);
    for (int i = 0; i < f->cell_count; i++) {
        struct fact_range leaf = {f->values[i], f->values[i]};
        if (profile_size_rule(space->profile, leaf) == rule)
            set_bit(industries, i);
    }
    sector->industries = industries;
    for (int slot = 0; rule && slot < 2; slot++)
        if (rule->measures[slot] >= 0)
            make_classes(space, sector, rule, slot);
}

static void make_sectors(struct space *space)
{
    const struct profile *profile = space->profile;
    space->sectors =
        arena_zero(&space->arena, ((size_t)profile->size_count + 1) * sizeof *space->sectors);
    for (int i = 0; i < profile->size_count; i++)
        make_sector(space, &profile->sizes[i]);
    make_sector(space, NULL);
}

/* ---- all of it ---- */

/* What the forms of all criteria would take. */
static int64_t count_bits(const struct space *space, struct criteria *const *criteria, int count)
{
    int64_t bits = 0;
    for (int i = 0; i < count; i++)
        for (int j = 0; criteria[i] && j < criteria[i]->condition_count; j++)
            bits += 64 * (int64_t)space_fact(space, criteria[i]->conditions[j]->fact)->words;
    return bits;
}

static void make_space(struct making *m, struct criteria *const *criteria, int count)
{
    struct space *space = m->space;
    const struct profile *profile = space->profile;
    for (int i = 0; i < count; i++)
        if (criteria[i])
            ask(m, criteria[i]);
    ask_further(m);
    for (int i = 0; i < count; i++)
        if (criteria[i])
            cut_criteria(m, criteria[i]);
    for (int i = 0; i < profile->axiom_count; i++)
        if (m->used[i])
            cut_criteria(m, profile->axioms[i].holds);
    if (m->asked[FACT_OF_SIZE])
        cut_sizes(m);
    make_facts(m);
    space->too_large = count_bits(space, criteria, count) > SPACE_MOST_BITS;
    if (space->too_large)
        return;
    make_axioms(m);
    if (m->asked[FACT_OF_SIZE])
        make_sectors(space);
}

struct space *space_new(const struct profile *profile, int day, struct criteria *const *criteria,
                        int count)
{
    size_t facts = (size_t)profile->fact_count;
    struct space *space = mem_zero(1, sizeof *space);
    *space = (struct space){.profile = profile, .day = day};
    struct making m = {.space = space,
                       .asked = mem_zero(facts, sizeof *m.asked),
                       .cuts = mem_zero(facts, sizeof *m.cuts),
                       .cut_counts = mem_zero(facts, sizeof *m.cut_counts),
                       .used = mem_zero((size_t)profile->axiom_count + 1, sizeof *m.used)};
    make_space(&m, criteria, count);
    for (size_t i = 0; i < facts; i++)
        free(m.cuts[i]);
    free(m.asked);
    free(m.cuts);
    free(m.cut_counts);
    free(m.used);
    return space;
}

void space_free(struct space *space)
{
    if (space)
        arena_free(&space->arena);
    free(space);
}

const struct space_fact *space_fact(const struct space *space, int fact)
{
    return space->places[fact] < 0 ? NULL : &space->facts[space->places[fact]];
}

void space_fill(const struct space *space, uint64_t *box)
{
    for (int i = 0; i < space->fact_count; i++) {
        const struct space_fact *f = &space->facts[i];
        uint64_t *bits = space_bits(f, box);
        memset(bits, 0, (size_t)f->words * sizeof *bits);
        for (int cell = 0; cell < f->cell_count; cell++)
            set_bit(bits, cell);
    }
}

void space_keep(const struct space_fact *f, uint64_t *box, int cell)
{
    uint64_t *bits = space_bits(f, box);
    bool has = space_has(bits, cell);
    memset(bits, 0, (size_t)f->words * sizeof *bits);
    if (has)
        set_bit(bits, cell);
}
