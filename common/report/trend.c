#include "report/trend.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* What came in, without the center's errands and what is void. */
#define REQUESTS                                                                                   \
    " FROM ticket t WHERE t.received_at BETWEEN ?1 AND ?2 AND t.errand = 0"                        \
    " AND t.closed_as IS DISTINCT FROM 'void'"
/* Whom a request is of: the credit code, or the name. */
#define FIRM "coalesce(t.uscc, t.enterprise)"

/* Matter, second key, ticket, in the order of the keys. */
static const struct {
    const char *code, *name, *sql;
} kinds[TREND_KINDS] = {
    [TREND_COMMON] = {"common", "共性问题",
                      "SELECT t.category, t.region, t.id" REQUESTS
                      " AND t.category IS NOT NULL ORDER BY 1, 2 NULLS FIRST, 3"},
    [TREND_REPEAT] = {"repeat", "重复诉求",
                      "SELECT t.category, " FIRM ", t.id" REQUESTS " AND " FIRM " IS NOT NULL"
                      " AND t.confidential = 0"
                      " ORDER BY 1 NULLS FIRST, 2, 3"},
    [TREND_UNHAPPY] = {"unhappy", "重办后仍不满意",
                       "SELECT NULL, o.code, t.id FROM event e JOIN ticket t ON t.id = e.ticket_id"
                       " LEFT JOIN org o ON o.id = t.lead WHERE e.type IN ('rated', 'redo')"
                       " AND e.type = 'rated'"
                       " AND e.at BETWEEN ?1 AND ?2 AND t.errand = 0"
                       " AND t.closed_as IS DISTINCT FROM 'void'"
                       " AND CAST(json_extract(e.data, '$.rating') AS BIGINT) <= 2"
                       " AND EXISTS (SELECT 1 FROM event r WHERE r.ticket_id = e.ticket_id"
                       " AND r.type = 'redo' AND r.id < e.id) ORDER BY 2 NULLS FIRST, 3"},
    [TREND_PEAK] = {"peak", "季节高峰",
                    "SELECT t.category, NULL, t.id" REQUESTS " AND t.category IS NOT NULL"
                    " ORDER BY 1, 3"},
};

const char *trend_code(enum trend_kind kind)
{
    return kinds[kind].code;
}

const char *trend_name(enum trend_kind kind)
{
    return kinds[kind].name;
}

/* A group of tickets with the same keys. */
struct group {
    const char *matter, *second; /* NULL: not given */
    int64_t *ids;
    int64_t count;
};

struct groups {
    struct arena arena;
    struct group *list;
    size_t count;
};

static bool same(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

static const char *keep(struct groups *groups, const char *text)
{
    return text ? arena_string(&groups->arena, text) : NULL;
}

static struct groups load(struct center *center, enum trend_kind kind,
                          const struct report_period *period)
{
    struct groups groups = {0};
    struct db_query *q = db_query(center->db, kinds[kind].sql);
    db_bind(q, 1, period->start);
    db_bind(q, 2, period->end);
    while (db_step(q)) {
        struct group *last = groups.count ? &groups.list[groups.count - 1] : NULL;
        if (!last || !same(last->matter, db_text(q, 0)) || !same(last->second, db_text(q, 1))) {
            groups.list = mem_grow(groups.list, groups.count, sizeof *groups.list);
            last = &groups.list[groups.count++];
            *last = (struct group){.matter = keep(&groups, db_text(q, 0)),
                                   .second = keep(&groups, db_text(q, 1))};
        }
        last->ids = mem_grow(last->ids, (size_t)last->count, sizeof *last->ids);
        last->ids[last->count++] = db_number(q, 2);
    }
    return groups;
}

static void groups_free(struct groups *groups)
{
    for (size_t i = 0; i < groups->count; i++)
        free(groups->list[i].ids);
    free(groups->list);
    arena_free(&groups->arena);
}

static int64_t count_of(const struct groups *groups, const struct group *group)
{
    for (size_t i = 0; i < groups->count; i++)
        if (same(groups->list[i].matter, group->matter) &&
            same(groups->list[i].second, group->second))
            return groups->list[i].count;
    return 0;
}

/* The most first; the same order within them. */
static int compare(const void *left, const void *right)
{
    const struct group *a = left, *b = right;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return a->ids[0] < b->ids[0] ? -1 : a->ids[0] > b->ids[0];
}

/* A year ago the days ahead were a peak where they had more than twice what as many days had before
 * them. */
static bool is_peak(const struct groups *before, const struct group *group)
{
    return group->count > 2 * count_of(before, group);
}

/* The days that follow PERIOD, as many, a year ago. */
static struct report_period days_ahead(const struct report_period *period)
{
    struct report_period next = report_earlier(period, -1);
    return report_year_before(&next);
}

void trend_each(struct center *center, enum trend_kind kind, const struct report_period *period,
                int least, void (*take)(void *context, const struct trend *trend), void *context)
{
    const struct report_period ahead = days_ahead(period), year = report_year_before(period);
    struct groups found = load(center, kind, kind == TREND_PEAK ? &ahead : period);
    struct groups before = load(center, kind, &year);
    if (found.count)
        qsort(found.list, found.count, sizeof *found.list, compare);
    for (size_t i = 0; i < found.count; i++) {
        const struct group *g = &found.list[i];
        if (g->count < least || (kind == TREND_PEAK && !is_peak(&before, g)))
            continue;
        const struct trend trend = {.kind = kind,
                                    .matter = g->matter,
                                    .region = kind == TREND_COMMON ? g->second : NULL,
                                    .firm = kind == TREND_REPEAT ? g->second : NULL,
                                    .org = kind == TREND_UNHAPPY ? g->second : NULL,
                                    .count = g->count,
                                    .year_before = count_of(&before, g),
                                    .ids = g->ids};
        take(context, &trend);
    }
    groups_free(&found);
    groups_free(&before);
}
