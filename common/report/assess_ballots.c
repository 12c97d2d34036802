#include <string.h>

#include "ballot/count.h"
#include "report/assess_private.h"

struct report_figure assess_figure(struct config *config, const struct assess_item *item)
{
    if (item->figure >= 0)
        return report_figure(config, item->figure);
    return (struct report_figure){.code = "ballots",
                                  .name = "万企评机关",
                                  .subject = REPORT_ENTERPRISES,
                                  .ids = REPORT_ENTERPRISES,
                                  .shape = REPORT_MEAN};
}

static bool is_of(const struct assess_item *item, const char *group)
{
    const char *const *of = item->ballots;
    while (of && *of && strcmp(*of, group) != 0)
        of++;
    return !of || *of;
}

/* Adds what firms voted in a wave; units that are apart have no points (ballots.yaml). */
static void add_wave(struct center *center, const struct assessment *a, int item, const char *wave,
                     struct assess_scores *scores)
{
    struct ballot_poll poll;
    if (!ballot_poll_load(center->db, wave, &poll))
        return;
    struct ballot_ranks ranks = ballot_rank_all(center->db, &poll);
    for (int i = 0; i < ranks.count; i++) {
        const struct ballot_rank *rank = &ranks.list[i];
        if (rank->apart || !is_of(&a->items[item], rank->unit->group))
            continue;
        scores->units = mem_grow(scores->units, (size_t)scores->unit_count, sizeof *scores->units);
        scores->units[scores->unit_count++] =
            (struct assess_unit){.item = item,
                                 .org = org_find(center->db, rank->unit->org),
                                 .sum = rank->sum,
                                 .votes = rank->votes,
                                 .wave = arena_string(&scores->arena, wave),
                                 .unit = arena_string(&scores->arena, rank->unit->code)};
    }
    ballot_ranks_free(&ranks);
    ballot_poll_free(&poll);
}

void assess_count_ballots(struct center *center, const struct assessment *a,
                          const struct report_period *period, struct assess_scores *scores)
{
    const char *const *ended =
        ballot_waves_ended(center->db, &scores->arena, period->first, period->last);
    for (int i = 0; i < a->item_count; i++) {
        const char *const one[] = {a->items[i].wave, NULL};
        for (const char *const *wave = *one ? one : ended; a->items[i].figure < 0 && *wave; wave++)
            add_wave(center, a, i, *wave, scores);
    }
}

struct assess_part assess_ballots_of(const struct assess_scores *scores, int item, int64_t org)
{
    struct assess_part part = {0};
    for (int i = 0; i < scores->unit_count; i++) {
        const struct assess_unit *unit = &scores->units[i];
        if (unit->item == item && unit->org == org) {
            part.value += unit->sum;
            part.of += unit->votes;
        }
    }
    return part;
}
