#include "report/assess.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"

/* One computation. */
struct assessing {
    struct center *center;
    const struct org_table *orgs;
    const struct assessment *a;
    const struct report *report;
    struct assess_scores *scores;
};

/* PART of WHOLE, half up, as on paper: what is printed is what is ranked. */
static int64_t rounded(int64_t part, int64_t whole)
{
    return (2 * part + whole) / (2 * whole);
}

/* What the figure of an item comes to, as a fraction; false where there is nothing to count. */
static bool number_of(const struct report_figure *f, const struct assess_part *part, int64_t *above,
                      int64_t *below)
{
    *above = f->shape == REPORT_MONEY ? part->value / DECIMAL_ONE : part->value;
    *below = f->shape == REPORT_MEDIAN                            ? 2
             : f->shape == REPORT_RATE || f->shape == REPORT_MEAN ? part->of
                                                                  : 1;
    return f->of < 0 || part->of;
}

/* The points of an item by where its figure lies between floor and target. */
static int64_t share_of(const struct assess_item *item, int64_t above, int64_t below)
{
    int64_t gone = above * DECIMAL_ONE - item->floor * below;
    int64_t way = (item->target - item->floor) * below;
    if (way < 0) {
        gone = -gone;
        way = -way;
    }
    return gone <= 0     ? 0
           : gone >= way ? item->points
                         : rounded(item->points * (gone / 100), way / 100);
}

static int64_t each_of(const struct assess_item *item, const struct assess_part *part)
{
    int64_t points = part->value * item->each;
    int64_t most = item->each < 0 ? -item->points : item->points;
    return item->each < 0 ? (points < most ? most : points) : (points > most ? most : points);
}

/* Items that are apart give what the others give of theirs: the rest is scaled up. */
static int64_t items_points(const struct assessing *s, struct assess_score *score)
{
    int64_t sum = 0, whole = 0, counted = 0;
    for (int i = 0; i < s->a->item_count; i++) {
        const struct assess_item *item = &s->a->items[i];
        const struct report_figure f = report_figure(s->center->config, item->figure);
        struct assess_part *part = &score->parts[i];
        if (item->each)
            continue;
        int64_t above, below;
        bool any = number_of(&f, part, &above, &below);
        whole += item->points;
        part->apart = !any && item->nothing == ASSESS_APART;
        if (part->apart)
            continue;
        counted += item->points;
        part->points = any                            ? share_of(item, above, below)
                       : item->nothing == ASSESS_FULL ? item->points
                                                      : 0;
        sum += part->points;
    }
    return counted ? rounded(sum * whole, counted) : 0;
}

/* By hand, in a period that the assessed one is, or has in it. */
static int64_t given_points(const struct assessing *s, int64_t org)
{
    const struct report_period *period = &s->report->plan->period;
    int64_t sum = 0;
    for (int i = 0; i < s->a->given_count; i++) {
        const struct assess_given *given = &s->a->given[i];
        if (given->org == org && given->period.first >= period->first &&
            given->period.last <= period->last)
            sum += given->points;
    }
    return sum;
}

static void give_points(const struct assessing *s, struct assess_score *score)
{
    score->points = items_points(s, score);
    for (int i = 0; i < s->a->item_count; i++)
        if (s->a->items[i].each) {
            score->parts[i].points = each_of(&s->a->items[i], &score->parts[i]);
            score->points += score->parts[i].points;
        }
    score->given = given_points(s, score->org);
    score->points += score->given;
    score->points = score->points < s->a->least  ? s->a->least
                    : score->points > s->a->most ? s->a->most
                                                 : score->points;
}

/* The order of the groups, as the file names them. */
static int group_order(const struct assessment *a, const char *group)
{
    int order = 0;
    while (a->groups[order] && strcmp(a->groups[order], group) != 0)
        order++;
    return order;
}

static void add_score(const struct assessing *s, const struct report_line *line)
{
    const struct report *r = s->report;
    const int now = r->at[REPORT_NOW];
    struct assess_score score = {.org = line->of[0].org};
    score.group = org_of(s->orgs, score.org)->peer_group;
    if (!score.org || !s->a->groups[group_order(s->a, score.group)])
        return;
    score.parts = arena_zero(&s->scores->arena, (size_t)s->a->item_count * sizeof *score.parts);
    for (int i = 0; i < s->a->item_count; i++) {
        const struct report_figure f = report_figure(s->center->config, s->a->items[i].figure);
        score.parts[i].value = report_value(r, line, now, s->a->items[i].figure);
        score.parts[i].of = f.of >= 0 ? report_value(r, line, now, f.of) : 0;
    }
    score.code = org_code(s->orgs, score.org);
    score.order = group_order(s->a, score.group);
    if (s->a->minimum_figure >= 0)
        score.volume = report_value(r, line, now, s->a->minimum_figure);
    score.apart = score.volume < s->a->minimum;
    give_points(s, &score);
    s->scores->list = mem_grow(s->scores->list, (size_t)s->scores->count, sizeof *s->scores->list);
    s->scores->list[s->scores->count++] = score;
}

static int compare(const void *left, const void *right)
{
    const struct assess_score *a = left, *b = right;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    if (a->apart != b->apart)
        return a->apart ? 1 : -1;
    if (a->points != b->points)
        return a->points > b->points ? -1 : 1;
    return strcmp(a->code, b->code);
}

/* Who has as many points has the same rank; the next one's counts all before it. */
static void give_ranks(struct assess_scores *scores)
{
    for (int i = 0, first = 0; i < scores->count; i++) {
        struct assess_score *score = &scores->list[i];
        const struct assess_score *before = i ? score - 1 : NULL;
        if (!before || before->order != score->order)
            first = i;
        score->rank = score->apart                                   ? 0
                      : i > first && before->points == score->points ? before->rank
                                                                     : i - first + 1;
    }
}

struct assess_scores assess_compute(struct center *center, const struct org_table *orgs,
                                    const struct assessment *a, const struct report_period *period)
{
    static const struct report_cut cuts[] = {{{REPORT_ORG, REPORT_TOTAL}}};
    const struct county_choice all = {false, NULL};
    const struct report_plan plan = {
        .whose = &all, .period = *period, .cuts = cuts, .cut_count = 1};
    struct assess_scores scores = {0};
    struct report report = report_compute(center, orgs, &plan);
    const struct assessing s = {center, orgs, a, &report, &scores};
    for (int i = 0; i < report.line_count; i++)
        if (report.lines[i].cut == 0)
            add_score(&s, &report.lines[i]);
    if (scores.count)
        qsort(scores.list, (size_t)scores.count, sizeof *scores.list, compare);
    give_ranks(&scores);
    report_free(&report);
    return scores;
}

void assess_scores_free(struct assess_scores *scores)
{
    free(scores->list);
    arena_free(&scores->arena);
}

const struct assess_score *assess_find(const struct assess_scores *scores, int64_t org)
{
    for (int i = 0; i < scores->count; i++)
        if (scores->list[i].org == org)
            return &scores->list[i];
    return NULL;
}
