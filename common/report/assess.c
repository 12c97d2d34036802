#include "report/assess.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "center/permit.h"
#include "report/assess_private.h"
#include "report/query_private.h"

/* One computation. */
struct assessing {
    struct center *center;
    const struct org_table *orgs;
    const struct assessment *a;
    const struct report *report;
    struct assess_scores *scores;
    const struct report *items; /* of each item that appeals take from, without what they take; else
                                   it has no lines */
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
        const struct report_figure f = assess_figure(s->center->config, item);
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

/* The line of ORG, or NULL. */
static const struct report_line *line_of(const struct report *report, int64_t org)
{
    for (int i = 0; i < report->line_count; i++)
        if (report->lines[i].cut == 0 && report->lines[i].of[0].org == org)
            return &report->lines[i];
    return NULL;
}

/* What ORG, which has LINE (NULL: none), has of the Ith item. */
static struct assess_part part_of(const struct assessing *s, int64_t org,
                                  const struct report_line *line, int i)
{
    if (s->a->items[i].figure < 0)
        return assess_ballots_of(s->scores, i, org);
    const struct report_figure f = report_figure(s->center->config, s->a->items[i].figure);
    const struct report *report = s->items[i].line_count ? &s->items[i] : s->report;
    if (report != s->report)
        line = line_of(report, org);
    if (!line)
        return (struct assess_part){0};
    int64_t of = f.of >= 0 ? report_value(report, line, 0, f.of) : 0;
    return (struct assess_part){.value = report_value(report, line, 0, s->a->items[i].figure),
                                .of = of};
}

static void add_score(const struct assessing *s, int64_t org, const struct report_line *line)
{
    struct assess_score score = {.org = org};
    score.group = org_of(s->orgs, org)->peer_group;
    if (!org || !s->a->groups[group_order(s->a, score.group)])
        return;
    score.parts = arena_zero(&s->scores->arena, (size_t)s->a->item_count * sizeof *score.parts);
    for (int i = 0; i < s->a->item_count; i++)
        score.parts[i] = part_of(s, org, line, i);
    score.code = org_code(s->orgs, org);
    score.order = group_order(s->a, score.group);
    if (s->a->minimum_figure >= 0 && line)
        score.volume = report_value(s->report, line, 0, s->a->minimum_figure);
    score.apart = score.volume < s->a->minimum;
    give_points(s, &score);
    s->scores->list = mem_grow(s->scores->list, (size_t)s->scores->count, sizeof *s->scores->list);
    s->scores->list[s->scores->count++] = score;
}

/* Who has figures, then who has nothing but ballots. */
static void add_scores(const struct assessing *s)
{
    for (int i = 0; i < s->report->line_count; i++)
        if (s->report->lines[i].cut == 0)
            add_score(s, s->report->lines[i].of[0].org, &s->report->lines[i]);
    for (int i = 0; i < s->scores->unit_count; i++)
        if (!assess_find(s->scores, s->scores->units[i].org))
            add_score(s, s->scores->units[i].org, NULL);
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

static bool has_appeal(const struct assess_scores *scores, int item, int64_t appeal)
{
    for (int i = 0; i < scores->appeal_count; i++)
        if (scores->appeals[i].item == item && scores->appeals[i].appeal == appeal)
            return true;
    return false;
}

/* Adds the appeals of which FIGURE, an item's or what it is of, has a row. True where one of them
 * takes something out. */
static bool add_appeals(const struct assessing *s, const struct report_period *period, int item,
                        int figure)
{
    struct assess_scores *scores = s->scores;
    const int own = s->a->items[item].figure;
    bool takes = false;
    struct db_query *q =
        query_appealed(s->center, period, figure, report_figure(s->center->config, own).code);
    while (db_step(q)) {
        const struct assess_appeal appeal = {item, db_number(q, 0), db_number(q, 1),
                                             db_number(q, 2),
                                             db_is_null(q, 3) ? -1 : (int)db_number(q, 3)};
        takes = takes || (s->a->items[item].appeals && appeal.granted > 0);
        if (has_appeal(scores, item, appeal.appeal) || !permit_sees(s->center, appeal.ticket))
            continue;
        scores->appeals =
            mem_grow(scores->appeals, (size_t)scores->appeal_count, sizeof *scores->appeals);
        scores->appeals[scores->appeal_count++] = appeal;
    }
    return takes;
}

/* What is counted for an item: its figure and what that is of, or for all of them. */
static struct report count_item(const struct assessing *s, struct report_plan *plan, int item)
{
    const struct report_figure f = report_figure(s->center->config, s->a->items[item].figure);
    bool *wanted = arena_zero(&s->scores->arena,
                              (size_t)report_figure_count(s->center->config) * sizeof *wanted);
    wanted[s->a->items[item].figure] = true;
    if (f.of >= 0)
        wanted[f.of] = true;
    plan->wanted = wanted;
    plan->appealed = f.code;
    return report_compute(s->center, s->orgs, plan);
}

/* The figures of the items that granted appeals take from. */
static void count_items(const struct assessing *s, const struct report_plan *plan,
                        struct report *reports, struct report_plan *plans)
{
    for (int i = 0; i < s->a->item_count; i++) {
        const struct report_figure f = assess_figure(s->center->config, &s->a->items[i]);
        if (f.subject != REPORT_TICKETS)
            continue;
        bool takes = add_appeals(s, &plan->period, i, s->a->items[i].figure);
        takes = (f.of >= 0 && add_appeals(s, &plan->period, i, f.of)) || takes;
        plans[i] = *plan;
        if (takes)
            reports[i] = count_item(s, &plans[i], i);
    }
}

struct assess_scores assess_compute(struct center *center, const struct org_table *orgs,
                                    const struct assessment *a, const struct report_period *period)
{
    static const struct report_cut cuts[] = {{{REPORT_ORG, REPORT_TOTAL}}};
    const struct county_choice all = {false, NULL};
    const struct report_plan plan = {
        .whose = &all, .period = *period, .cuts = cuts, .cut_count = 1, .alone = true};
    struct assess_scores scores = {0};
    size_t count = (size_t)a->item_count + 1;
    struct report report = report_compute(center, orgs, &plan);
    struct report *items = arena_zero(&scores.arena, count * sizeof *items);
    const struct assessing s = {center, orgs, a, &report, &scores, items};
    count_items(&s, &plan, items, arena_zero(&scores.arena, count * sizeof(struct report_plan)));
    assess_count_ballots(center, a, period, &scores);
    add_scores(&s);
    if (scores.count)
        qsort(scores.list, (size_t)scores.count, sizeof *scores.list, compare);
    give_ranks(&scores);
    for (int i = 0; i < a->item_count; i++)
        report_free(&items[i]);
    report_free(&report);
    return scores;
}

void assess_scores_free(struct assess_scores *scores)
{
    free(scores->list);
    free(scores->appeals);
    free(scores->units);
    arena_free(&scores->arena);
}

const struct assess_score *assess_find(const struct assess_scores *scores, int64_t org)
{
    for (int i = 0; i < scores->count; i++)
        if (scores->list[i].org == org)
            return &scores->list[i];
    return NULL;
}
