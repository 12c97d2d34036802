#include "meaning/search.h"

#include <stdlib.h>
#include <string.h>

#include "meaning/sizes.h"

/* What is restored where a supposition leads nowhere. */
struct level {
    uint64_t *box;
    struct goal *goals;
    int count, room;
};

struct search {
    const struct space *space;
    uint64_t *box;
    struct goal *goals; /* open */
    int count, room;
    struct level *levels; /* by depth; kept between searches */
    int depth, level_count;
    long *left, unlimited;
    bool changed; /* the box became smaller, or there is a new goal */
};

struct search *search_new(const struct space *space)
{
    struct search *s = mem_zero(1, sizeof *s);
    *s = (struct search){.space = space, .unlimited = INT32_MAX};
    s->box = mem_zero((size_t)space->words + 1, sizeof *s->box);
    return s;
}

void search_free(struct search *s)
{
    if (!s)
        return;
    for (int i = 0; i < s->level_count; i++) {
        free(s->levels[i].box);
        free(s->levels[i].goals);
    }
    free(s->levels);
    free(s->goals);
    free(s->box);
    free(s);
}

/* ---- looking ---- */

/* How many members of FORM must be met, or (NEGATED) not be met. */
static int needed(const struct form *form, bool negated)
{
    return negated ? form->members - form->needed + 1 : form->needed;
}

static enum answer look_at_condition(struct search *s, const struct form *form, bool negated)
{
    const uint64_t *bits = space_bits(form->fact, s->box);
    uint64_t in = 0, out = 0;
    --*s->left;
    for (int i = 0; i < form->fact->words; i++) {
        in |= bits[i] & form->met[i];
        out |= bits[i] & ~form->met[i];
    }
    if (negated) {
        uint64_t swap = in;
        in = out;
        out = swap;
    }
    return !out ? ANSWER_YES : !in ? ANSWER_NO : ANSWER_UNKNOWN;
}

/* Whether all of the box reach a goal, none, or (unknown) that is not seen. */
static enum answer look(struct search *s, const struct form *form, bool negated)
{
    if (form->is_condition)
        return look_at_condition(s, form, negated);
    int yes = 0, open = 0, rest = form->members, need = needed(form, negated);
    if (yes >= need)
        return ANSWER_YES;
    for (const struct form *member = form->first; member; member = member->next) {
        enum answer answer = look(s, member, negated);
        yes += answer == ANSWER_YES;
        open += answer == ANSWER_UNKNOWN;
        rest--;
        if (yes >= need)
            return ANSWER_YES;
        if (yes + open + rest < need)
            return ANSWER_NO;
    }
    return yes + open < need ? ANSWER_NO : ANSWER_UNKNOWN;
}

/* ---- narrowing ---- */

static bool narrow(struct search *s, const struct form *form, bool negated)
{
    uint64_t *bits = space_bits(form->fact, s->box), any = 0;
    --*s->left;
    for (int i = 0; i < form->fact->words; i++) {
        uint64_t kept = bits[i] & (negated ? ~form->met[i] : form->met[i]);
        s->changed |= kept != bits[i];
        bits[i] = kept;
        any |= kept;
    }
    return any != 0;
}

static void open_goal(struct search *s, const struct form *form, bool negated)
{
    if (s->count == s->room) {
        s->room = s->room ? 2 * s->room : 64;
        s->goals = mem_resize(s->goals, (size_t)s->room * sizeof *s->goals);
    }
    s->goals[s->count++] = (struct goal){form, negated};
    s->changed = true;
}

/* Takes it that a goal is reached; false where nobody is left. */
static bool suppose(struct search *s, const struct form *form, bool negated)
{
    if (form->is_condition)
        return narrow(s, form, negated);
    int need = needed(form, negated);
    if (need > form->members)
        return false;
    if (need > 0 && need < form->members)
        open_goal(s, form, negated);
    for (const struct form *member = form->first; member && need == form->members;
         member = member->next)
        if (!suppose(s, member, negated))
            return false;
    return true;
}

/* All members of an open goal that can still be met must be: NEED of them. */
static bool suppose_rest(struct search *s, const struct goal *goal, int need)
{
    int met = 0;
    for (const struct form *member = goal->form->first; member; member = member->next) {
        enum answer answer = look(s, member, goal->negated);
        if (answer == ANSWER_UNKNOWN && !suppose(s, member, goal->negated))
            return false;
        met += answer != ANSWER_NO; /* what was supposed before may exclude it */
    }
    return met >= need;
}

/* Follows one open goal: false where nobody can reach it. It is closed where all do, or where what
 * it asks for was supposed. */
static bool follow(struct search *s, int at)
{
    const struct goal goal = s->goals[at];
    int yes = 0, open = 0, need = needed(goal.form, goal.negated);
    for (const struct form *member = goal.form->first; member && yes < need;
         member = member->next) {
        enum answer answer = look(s, member, goal.negated);
        yes += answer == ANSWER_YES;
        open += answer == ANSWER_UNKNOWN;
    }
    if (yes < need && yes + open != need)
        return yes + open > need;
    s->goals[at] = s->goals[--s->count];
    return yes >= need || suppose_rest(s, &goal, need);
}

/* Follows all open goals until nothing more comes of it. */
static bool follow_all(struct search *s)
{
    do {
        s->changed = false;
        for (int i = s->count - 1; i >= 0 && *s->left > 0; i--)
            if (i < s->count && !follow(s, i))
                return false;
    } while (s->changed && *s->left > 0);
    return sizes_possible(s->space, s->box);
}

/* ---- supposing ---- */

static void keep_level(struct search *s)
{
    if (s->depth == s->level_count) {
        s->levels = mem_grow(s->levels, (size_t)s->level_count, sizeof *s->levels);
        s->levels[s->level_count++] =
            (struct level){.box = mem_alloc(((size_t)s->space->words + 1) * sizeof *s->box)};
    }
    struct level *level = &s->levels[s->depth++];
    if (level->room < s->count) {
        level->room = s->count;
        level->goals = mem_resize(level->goals, (size_t)s->count * sizeof *level->goals);
    }
    level->count = s->count;
    memcpy(level->box, s->box, (size_t)s->space->words * sizeof *s->box);
    memcpy(level->goals, s->goals, (size_t)s->count * sizeof *s->goals);
}

static void restore_level(struct search *s)
{
    const struct level *level = &s->levels[--s->depth];
    s->count = level->count;
    memcpy(s->box, level->box, (size_t)s->space->words * sizeof *s->box);
    memcpy(s->goals, level->goals, (size_t)s->count * sizeof *s->goals);
}

/* A member of an open goal of which it is not seen whether it is met. */
static const struct form *find_open(struct search *s, bool *negated)
{
    const struct goal *goal = &s->goals[s->count - 1];
    *negated = goal->negated;
    const struct form *member = goal->form->first;
    while (look(s, member, goal->negated) != ANSWER_UNKNOWN)
        member = member->next;
    return member;
}

static enum possible solve(struct search *s)
{
    bool negated;
    while (follow_all(s)) {
        if (*s->left <= 0)
            return POSSIBLE_UNDECIDED;
        if (!s->count)
            return POSSIBLE_YES;
        const struct form *member = find_open(s, &negated);
        keep_level(s);
        enum possible result = suppose(s, member, negated) ? solve(s) : POSSIBLE_NO;
        if (result != POSSIBLE_NO) {
            s->depth--;
            return result;
        }
        restore_level(s);
        if (!suppose(s, member, !negated))
            return POSSIBLE_NO;
    }
    return *s->left <= 0 ? POSSIBLE_UNDECIDED : POSSIBLE_NO;
}

/* ---- what is asked from outside ---- */

struct posed search_pose(struct search *s, const struct form *form, bool negated,
                         struct arena *arena)
{
    struct posed posed = {.box = NULL};
    size_t bytes = ((size_t)s->space->words + 1) * sizeof *s->box;
    s->left = &s->unlimited;
    s->count = 0;
    space_fill(s->space, s->box);
    if (!suppose(s, form, negated))
        return posed;
    posed.box = arena_zero(arena, bytes);
    memcpy(posed.box, s->box, bytes);
    posed.count = s->count;
    posed.goals = arena_zero(arena, ((size_t)s->count + 1) * sizeof *posed.goals);
    if (s->count)
        memcpy(posed.goals, s->goals, (size_t)s->count * sizeof *posed.goals);
    return posed;
}

static void open_goals(struct search *s, const struct posed *posed)
{
    for (int i = 0; i < posed->count; i++)
        open_goal(s, posed->goals[i].form, posed->goals[i].negated);
}

/* False where the boxes have no enterprise in common. */
static bool meet(struct search *s, const struct posed *a, const struct posed *b)
{
    const struct space *space = s->space;
    for (int i = 0; i < space->fact_count; i++) {
        const struct space_fact *f = &space->facts[i];
        uint64_t any = 0;
        for (int j = f->first; j < f->first + f->words; j++)
            any |= s->box[j] = b ? a->box[j] & b->box[j] : a->box[j];
        if (!any)
            return false;
    }
    return true;
}

static bool suppose_axioms(struct search *s)
{
    for (int i = 0; i < s->space->axiom_count; i++)
        if (!suppose(s, s->space->axioms[i], false))
            return false;
    return true;
}

enum possible search_both(struct search *s, const struct posed *a, const struct posed *b,
                          long *left, uint64_t *box)
{
    s->left = left;
    s->count = s->depth = 0;
    if (*left <= 0)
        return POSSIBLE_UNDECIDED;
    if (!a->box || (b && !b->box) || !meet(s, a, b) || !suppose_axioms(s))
        return POSSIBLE_NO;
    open_goals(s, a);
    if (b)
        open_goals(s, b);
    enum possible result = solve(s);
    if (result == POSSIBLE_YES && box)
        memcpy(box, s->box, (size_t)s->space->words * sizeof *box);
    return result;
}

enum possible search_alone(struct search *s, struct goal goal, long *left)
{
    s->left = left;
    s->count = s->depth = 0;
    if (*left <= 0)
        return POSSIBLE_UNDECIDED;
    space_fill(s->space, s->box);
    if (!suppose_axioms(s) || !suppose(s, goal.form, goal.negated))
        return POSSIBLE_NO;
    return solve(s);
}

static int first_cell(const struct space_fact *f, const uint64_t *bits)
{
    for (int i = 0; i < f->words; i++)
        if (bits[i])
            return i * 64 + __builtin_ctzll(bits[i]);
    return -1;
}

void search_settle(const struct space *space, const uint64_t *box, int *cells)
{
    for (int i = 0; i < space->fact_count; i++)
        cells[i] = first_cell(&space->facts[i], box + space->facts[i].first);
    sizes_settle(space, box, cells);
}
