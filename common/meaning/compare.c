#include "meaning/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "criteria/describe.h"

static const char *const relations[RELATION_COUNT][2] = {
    [RELATION_EQUIVALENT] = {"equivalent", "等同"}, [RELATION_NEVER] = {"never", "无人符合"},
    [RELATION_ALWAYS] = {"always", "人人符合"},     [RELATION_IMPLIES] = {"implies", "较严"},
    [RELATION_IMPLIED] = {"implied", "较宽"},       [RELATION_DISJOINT] = {"disjoint", "互斥"},
    [RELATION_OVERLAPS] = {"overlaps", "交叉"},     [RELATION_UNDECIDED] = {"undecided", "未判定"}};

const char *relation_code(enum relation relation)
{
    return relations[relation][0];
}

const char *relation_name(enum relation relation)
{
    return relations[relation][1];
}

enum relation relation_find(const char *word)
{
    int i = 0;
    while (i < RELATION_COUNT && !text_same(relations[i][0], word) &&
           !text_same(relations[i][1], word))
        i++;
    return (enum relation)i;
}

const char *relation_nearest(const char *word)
{
    return text_nearest(word, (const char *const *)relations, 2 * (size_t)RELATION_COUNT);
}

/* ---- preparing ---- */

static enum possible can_be(struct comparing *c, const struct posed *posed)
{
    long left = c->most;
    return search_both(c->search, posed, NULL, &left, NULL);
}

static void prepare(struct comparing *c, int i, const bool *aside)
{
    struct meant *meant = &c->meant[i];
    const struct form *form = space_form(c->space, c->criteria[i]->root, aside);
    meant->met = search_pose(c->search, form, false, &c->arena);
    meant->unmet = search_pose(c->search, form, true, &c->arena);
    meant->can_be_met = can_be(c, &meant->met);
    meant->can_be_unmet = can_be(c, &meant->unmet);
}

struct comparing *comparing_new(const struct profile *profile, int day,
                                struct criteria *const *criteria, int count, const bool *aside,
                                long most)
{
    struct comparing *c = mem_zero(1, sizeof *c);
    *c = (struct comparing){.criteria = criteria, .count = count, .aside = aside, .most = most};
    c->space = space_new(profile, day, criteria, count);
    c->search = search_new(c->space);
    c->meant = arena_zero(&c->arena, ((size_t)count + 1) * sizeof *c->meant);
    c->box = arena_zero(&c->arena, ((size_t)c->space->words + 1) * sizeof *c->box);
    c->shown = arena_zero(&c->arena, (size_t)profile->fact_count * sizeof *c->shown);
    c->one = population_new(profile, 1, day);
    for (int i = 0; i < c->space->fact_count; i++)
        population_column(&c->one, profile, c->space->facts[i].fact);
    for (int i = 0; i < QUADRANTS; i++)
        c->result.cells[i] =
            arena_zero(&c->arena, ((size_t)c->space->fact_count + 1) * sizeof(int));
    for (int i = 0; i < count && !c->space->too_large; i++)
        if (criteria[i])
            prepare(c, i, aside);
    return c;
}

void comparing_free(struct comparing *c)
{
    if (!c)
        return;
    population_free(&c->one);
    search_free(c->search);
    space_free(c->space);
    arena_free(&c->arena);
    free(c);
}

/* ---- comparing ---- */

static enum relation relate(const struct meant *a, const struct meant *b,
                            const enum possible can[static QUADRANTS])
{
    static const enum possible no = POSSIBLE_NO;
    if (can[QUADRANT_FIRST] == no && can[QUADRANT_SECOND] == no)
        return RELATION_EQUIVALENT;
    if (a->can_be_met == no || b->can_be_met == no)
        return RELATION_NEVER;
    if (a->can_be_unmet == no || b->can_be_unmet == no)
        return RELATION_ALWAYS;
    if (can[QUADRANT_BOTH] == no)
        return RELATION_DISJOINT;
    for (int i = 0; i < QUADRANTS; i++)
        if (can[i] == POSSIBLE_UNDECIDED)
            return RELATION_UNDECIDED;
    return can[QUADRANT_FIRST] == no    ? RELATION_IMPLIES
           : can[QUADRANT_SECOND] == no ? RELATION_IMPLIED
                                        : RELATION_OVERLAPS;
}

const struct comparison *comparing_pair(struct comparing *c, int first, int second)
{
    struct comparison *result = &c->result;
    const struct meant *a = &c->meant[first], *b = &c->meant[second];
    const struct posed *const asked[QUADRANTS][2] = {[QUADRANT_BOTH] = {&a->met, &b->met},
                                                     [QUADRANT_FIRST] = {&a->met, &b->unmet},
                                                     [QUADRANT_SECOND] = {&b->met, &a->unmet}};
    for (int i = 0; i < QUADRANTS; i++) {
        long left = c->most;
        result->can[i] = c->space->too_large
                             ? POSSIBLE_UNDECIDED
                             : search_both(c->search, asked[i][0], asked[i][1], &left, c->box);
        if (result->can[i] == POSSIBLE_YES)
            search_settle(c->space, c->box, result->cells[i]);
    }
    result->relation = c->space->too_large ? RELATION_UNDECIDED : relate(a, b, result->can);
    return result;
}

void comparing_cells(struct comparing *c, int i, const struct space_fact *fact, bool *can)
{
    struct posed posed = c->meant[i].met;
    const uint64_t *all = posed.box;
    size_t bytes = (size_t)c->space->words * sizeof *all;
    posed.box = all ? mem_alloc(bytes) : NULL;
    for (int cell = 0; cell < fact->cell_count; cell++) {
        long left = c->most;
        if (all) {
            memcpy(posed.box, all, bytes);
            space_keep(fact, posed.box, cell);
        }
        can[cell] = search_both(c->search, &posed, NULL, &left, NULL) != POSSIBLE_NO;
    }
    free(posed.box);
}

/* ---- enterprises that show it ---- */

/* One enterprise of CELLS; its size is computed, as everybody's is. */
static void put_values(struct comparing *c, const int *cells)
{
    const struct space *space = c->space;
    for (int i = 0; i < space->fact_count; i++) {
        const struct space_fact *f = &space->facts[i];
        int64_t value = f->values[cells[i]];
        c->one.columns[f->fact][0] = (struct fact_range){value, value};
    }
    if (space->sector_count)
        population_compute_sizes(&c->one, space->profile);
}

bool comparing_is_borne_out(struct comparing *c, int a, int b, enum quadrant quadrant)
{
    put_values(c, c->result.cells[quadrant]);
    bool first = population_answer(&c->one, c->criteria[a], 0) == ANSWER_YES;
    bool second = population_answer(&c->one, c->criteria[b], 0) == ANSWER_YES;
    return first == (quadrant != QUADRANT_SECOND) && second == (quadrant != QUADRANT_FIRST);
}

static void show_facts(struct comparing *c, const struct criteria *criteria)
{
    for (int i = 0; i < criteria->condition_count; i++) {
        int fact = criteria->conditions[i]->fact;
        c->shown[fact] = !c->aside || !c->aside[fact];
    }
}

/* Where any level of a title will do, none is named. */
static void describe_fact(struct comparing *c, const struct space_fact *f, int cell,
                          struct text *out)
{
    const struct profile *profile = c->space->profile;
    const struct fact_name *fact = &profile->facts[f->fact];
    struct fact_range value = c->one.columns[f->fact][0];
    struct fact_range held = {1, PROFILE_LEVELS};
    if (fact->type == FACT_TAG && f->cells[cell].low <= held.low &&
        f->cells[cell].high >= held.high)
        value = held;
    text_add_format(out, "%s%s ", out->length ? "，" : "", fact->name);
    if (value.low == INT64_MIN)
        text_add(out, "不划型");
    else
        have_add(out, profile, f->fact, value, c->space->day);
}

void comparing_describe(struct comparing *c, int a, int b, enum quadrant quadrant, struct text *out)
{
    const struct space *space = c->space;
    const int *cells = c->result.cells[quadrant];
    put_values(c, cells);
    memset(c->shown, 0, (size_t)space->profile->fact_count * sizeof *c->shown);
    show_facts(c, c->criteria[a]);
    show_facts(c, c->criteria[b]);
    for (int fact = FACT_OF_INDUSTRY; c->shown[FACT_OF_SIZE] && fact <= FACT_OF_ASSETS; fact++)
        c->shown[fact] = true;
    for (int i = 0; i < space->fact_count; i++)
        if (c->shown[space->facts[i].fact])
            describe_fact(c, &space->facts[i], cells[i], out);
}
