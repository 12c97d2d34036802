#include "ballot/panel.h"

#include <stdlib.h>
#include <string.h>

static const char *const voters[][2] = {
    {"stayed", "两次均参评"}, {"came", "新增"}, {"left", "退出"}};

const char *panel_voter_code(enum panel_voter voter)
{
    return voters[voter][0];
}

const char *panel_voter_word(enum panel_voter voter)
{
    return voters[voter][1];
}

/* A mark of a ballot that counts. */
struct panel_mark {
    const char *voter, *unit; /* codes */
    int score;
};

struct panel_side {
    struct arena arena;
    const struct ballot_poll *poll;
    struct panel_mark *marks; /* by voter, then unit */
    size_t count;
};

static void take_ballot(void *context, const struct ballot *ballot)
{
    struct panel_side *side = context;
    const char *voter = ballot->flaw ? NULL : arena_string(&side->arena, ballot->voter);
    for (int i = 0; i < ballot->count && voter; i++) {
        side->marks = mem_grow(side->marks, side->count, sizeof *side->marks);
        side->marks[side->count++] = (struct panel_mark){
            voter, side->poll->units[ballot->marks[i].unit].code, ballot->marks[i].score};
    }
}

static int compare(const void *left, const void *right)
{
    const struct panel_mark *a = left, *b = right;
    int voter = strcmp(a->voter, b->voter);
    return voter ? voter : strcmp(a->unit, b->unit);
}

static void read_side(struct db *db, const struct ballot_poll *poll, struct panel_side *side)
{
    side->poll = poll;
    ballot_each(db, poll, take_ballot, side);
    if (side->count)
        qsort(side->marks, side->count, sizeof *side->marks, compare);
}

static void add_pair(struct panel *panel, const struct panel_mark *before,
                     const struct panel_mark *now)
{
    int i = 0;
    while (i < panel->unit_count && strcmp(panel->units[i].unit->code, now->unit) != 0)
        i++;
    struct panel_unit *unit = &panel->units[i];
    if (i == panel->unit_count || !before->score || !now->score)
        return;
    unit->both++;
    unit->better += now->score > before->score;
    unit->worse += now->score < before->score;
    unit->before += panel->sides[0].poll->rules.points[before->score];
    unit->now += panel->sides[1].poll->rules.points[now->score];
}

static void join(struct panel *panel)
{
    const struct panel_side *a = &panel->sides[0], *b = &panel->sides[1];
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        int order = compare(&a->marks[i], &b->marks[j]);
        if (!order)
            add_pair(panel, &a->marks[i], &b->marks[j]);
        i += order <= 0;
        j += order >= 0;
    }
}

struct panel panel_compare(struct db *db, const struct ballot_poll *before,
                           const struct ballot_poll *now)
{
    struct panel panel = {.sides = mem_zero(2, sizeof *panel.sides),
                          .units = mem_zero((size_t)now->unit_count + 1, sizeof *panel.units),
                          .unit_count = now->unit_count};
    read_side(db, before, &panel.sides[0]);
    read_side(db, now, &panel.sides[1]);
    for (int i = 0; i < now->unit_count; i++)
        panel.units[i].unit = &now->units[i];
    join(&panel);
    for (int i = 0; i < panel.unit_count; i++) {
        struct panel_unit *unit = &panel.units[i];
        if (!unit->both)
            continue;
        unit->before = (2 * unit->before * 100 + unit->both) / (2 * unit->both);
        unit->now = (2 * unit->now * 100 + unit->both) / (2 * unit->both);
    }
    return panel;
}

void panel_free(struct panel *panel)
{
    for (int i = 0; i < 2; i++) {
        free(panel->sides[i].marks);
        arena_free(&panel->sides[i].arena);
    }
    free(panel->sides);
    free(panel->units);
    *panel = (struct panel){.sides = NULL};
}

/* The first mark of the voter after that of mark I. */
static size_t next_voter(const struct panel_side *side, size_t i)
{
    const char *voter = side->marks[i].voter;
    while (i < side->count && !strcmp(side->marks[i].voter, voter))
        i++;
    return i;
}

void panel_each_voter(const struct panel *panel,
                      void (*take)(void *, const char *, enum panel_voter), void *context)
{
    const struct panel_side *a = &panel->sides[0], *b = &panel->sides[1];
    for (size_t i = 0, j = 0; i < a->count || j < b->count;) {
        int order = i == a->count   ? 1
                    : j == b->count ? -1
                                    : strcmp(a->marks[i].voter, b->marks[j].voter);
        take(context, order > 0 ? b->marks[j].voter : a->marks[i].voter,
             order < 0   ? PANEL_LEFT
             : order > 0 ? PANEL_CAME
                         : PANEL_STAYED);
        i = order <= 0 ? next_voter(a, i) : i;
        j = order >= 0 ? next_voter(b, j) : j;
    }
}
