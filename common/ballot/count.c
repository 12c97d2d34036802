#include "ballot/count.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

static const char *const flaws[BALLOT_FLAWS][2] = {
    {"sound", "有效"},          {"outside", "不在评议期内"},   {"repeated", "重复投票"},
    {"incomplete", "漏评过多"}, {"alike", "全部评为同一等次"},
};

const char *ballot_flaw_code(enum ballot_flaw flaw)
{
    return flaws[flaw][0];
}

const char *ballot_flaw_word(enum ballot_flaw flaw)
{
    return flaws[flaw][1];
}

/* ---- ballots ---- */

/* The ballots of a wave, one after the other. */
struct counting {
    const struct ballot_poll *poll;
    struct ballot_mark *marks; /* of the present ballot, by unit and moment */
    int count;
    char *voter;
    const struct ballot_unit *unit; /* one of the present group */
    void (*take)(void *, const struct ballot *);
    void *context;
};

/* Drops the marks that were cast outside of the wave's days. True where there were none but those.
 */
static bool drop_outside(struct counting *c)
{
    int64_t first = clock_moment(c->poll->first, 0);
    int64_t end = clock_moment(c->poll->last, SECONDS_PER_DAY);
    int kept = 0;
    for (int i = 0; i < c->count; i++)
        if (c->marks[i].at >= first && c->marks[i].at < end)
            c->marks[kept++] = c->marks[i];
    if (!kept)
        return true; /* what it says stays readable */
    c->count = kept;
    return false;
}

/* Of two marks on one unit keeps the first or the last, as the rules say. True where neither
 * counts. */
static bool drop_repeated(struct counting *c)
{
    int kept = 0;
    for (int i = 0; i < c->count; i++) {
        bool again = kept && c->marks[kept - 1].unit == c->marks[i].unit;
        if (again && c->poll->rules.twice == BALLOT_NEITHER)
            return true;
        if (!again)
            c->marks[kept++] = c->marks[i];
        else if (c->poll->rules.twice == BALLOT_LAST)
            c->marks[kept - 1] = c->marks[i];
    }
    c->count = kept;
    return false;
}

static bool is_incomplete(const struct counting *c)
{
    int units = 0;
    for (int i = 0; i < c->poll->unit_count; i++)
        units += !strcmp(c->poll->units[i].group, c->unit->group);
    return (int64_t)c->count * 100 < (int64_t)units * c->poll->rules.complete;
}

static bool is_alike(const struct counting *c)
{
    int scored = 0, score = 0;
    for (int i = 0; i < c->count; i++) {
        if (!c->marks[i].score)
            continue;
        if (scored++ && c->marks[i].score != score)
            return false;
        score = c->marks[i].score;
    }
    return c->poll->rules.alike && scored >= c->poll->rules.alike;
}

static enum ballot_flaw judge(struct counting *c)
{
    return drop_outside(c)    ? BALLOT_OUTSIDE
           : drop_repeated(c) ? BALLOT_REPEATED
           : is_incomplete(c) ? BALLOT_INCOMPLETE
           : is_alike(c)      ? BALLOT_ALIKE
                              : BALLOT_SOUND;
}

static void end_ballot(struct counting *c)
{
    if (c->count) {
        struct ballot ballot = {.voter = c->voter,
                                .group = c->unit->group,
                                .group_name = c->unit->group_name,
                                .flaw = judge(c)};
        ballot.marks = c->marks;
        ballot.count = c->count;
        c->take(c->context, &ballot);
    }
    c->count = 0;
    free(c->voter);
    c->voter = NULL;
}

static void add_mark(struct counting *c, struct db_query *q)
{
    const struct ballot_mark mark = {db_number(q, 4), (int)db_number(q, 1), (int)db_number(q, 2),
                                     db_number(q, 3)};
    const struct ballot_unit *unit = &c->poll->units[mark.unit];
    if (!c->voter || strcmp(c->voter, db_text(q, 0)) != 0 ||
        strcmp(c->unit->group, unit->group) != 0) {
        end_ballot(c);
        c->voter = mem_string(db_text(q, 0));
        c->unit = unit;
    }
    c->marks = mem_grow(c->marks, (size_t)c->count, sizeof *c->marks);
    c->marks[c->count++] = mark;
}

void ballot_each(struct db *db, const struct ballot_poll *poll,
                 void (*take)(void *, const struct ballot *), void *context)
{
    struct counting c = {.poll = poll, .take = take, .context = context};
    struct db_query *q =
        db_query_stream(db, "SELECT v.voter, u.place, coalesce(v.score, 0), v.at, v.id"
                            " FROM ballot_vote v"
                            " JOIN ballot_unit u ON u.wave = v.wave AND u.code = v.unit"
                            " WHERE v.wave = ?1 AND u.place IS NOT NULL"
                            " ORDER BY u.group_code, v.voter, u.place, v.at, v.id");
    db_bind_text(q, 1, poll->code);
    while (db_step(q))
        add_mark(&c, q);
    end_ballot(&c);
    free(c.marks);
}

/* ---- ranks ---- */

struct ranking {
    const struct ballot_poll *poll;
    struct ballot_rank *list; /* by place in the poll */
};

static void add_ballot(void *context, const struct ballot *ballot)
{
    const struct ranking *r = context;
    for (int i = 0; i < ballot->count; i++) {
        const struct ballot_mark *mark = &ballot->marks[i];
        struct ballot_rank *rank = &r->list[mark->unit];
        if (ballot->flaw)
            rank->unsound += !i || mark[-1].unit != mark->unit;
        else if (!mark->score)
            rank->unknown++;
        else {
            rank->votes++;
            rank->sum += r->poll->rules.points[mark->score];
        }
    }
    for (int i = 0; i < r->poll->unit_count && !ballot->flaw; i++)
        r->list[i].ballots += !strcmp(r->poll->units[i].group, ballot->group);
}

/* Groups in the poll's order; inside each by points, who is apart last. */
static int compare(const void *left, const void *right)
{
    const struct ballot_rank *a = left, *b = right;
    if (strcmp(a->unit->group, b->unit->group) != 0)
        return a->unit < b->unit ? -1 : 1;
    if (a->apart != b->apart)
        return a->apart ? 1 : -1;
    if (a->points != b->points)
        return a->points > b->points ? -1 : 1;
    return strcmp(a->unit->code, b->unit->code);
}

/* Ranks of those in one group that are not apart, and who is among the last: fewer than so many
 * have less. */
static void rank_group(struct ballot_rank *group, int count, const struct ballot_rules *rules)
{
    for (int i = 0; i < count; i++) {
        bool tied = i && group[i].points == group[i - 1].points;
        group[i].rank = tied ? group[i - 1].rank : i + 1;
        group[i].of = count;
    }
    for (int i = count - 1, worse = 0; i >= 0 && count >= rules->last_of; i--) {
        if (i < count - 1 && group[i].points != group[i + 1].points)
            worse = count - 1 - i;
        group[i].last = worse < rules->last;
    }
}

static void rank_groups(struct ballot_ranks *ranks, const struct ballot_rules *rules)
{
    for (int from = 0, to; from < ranks->count; from = to) {
        const char *group = ranks->list[from].unit->group;
        int ranked = 0;
        for (to = from; to < ranks->count && !strcmp(ranks->list[to].unit->group, group); to++)
            ranked += !ranks->list[to].apart;
        rank_group(&ranks->list[from], ranked, rules);
    }
}

struct ballot_ranks ballot_rank_all(struct db *db, const struct ballot_poll *poll)
{
    const struct ballot_rules *rules = &poll->rules;
    struct ballot_ranks ranks = {mem_zero((size_t)poll->unit_count + 1, sizeof *ranks.list),
                                 poll->unit_count};
    struct ranking r = {poll, ranks.list};
    ballot_each(db, poll, add_ballot, &r);
    for (int i = 0; i < ranks.count; i++) {
        struct ballot_rank *rank = &ranks.list[i];
        rank->unit = &poll->units[i];
        if (rank->votes)
            rank->points = (2 * rank->sum * 100 + rank->votes) / (2 * rank->votes);
        rank->apart = !rank->votes || rank->votes < rules->unit_minimum ||
                      rank->ballots < rules->group_minimum;
    }
    qsort(ranks.list, (size_t)ranks.count, sizeof *ranks.list, compare);
    rank_groups(&ranks, rules);
    return ranks;
}

void ballot_ranks_free(struct ballot_ranks *ranks)
{
    free(ranks->list);
    *ranks = (struct ballot_ranks){NULL, 0};
}

void ballot_rank_twice(struct ballot_ranks *ranks, const struct ballot_ranks *before)
{
    for (int i = 0; i < ranks->count; i++)
        for (int j = 0; j < before->count && ranks->list[i].last; j++)
            ranks->list[i].twice |= before->list[j].last &&
                                    !strcmp(before->list[j].unit->code, ranks->list[i].unit->code);
}

char *ballot_print_points(int64_t points, char buffer[static BALLOT_POINTS_SIZE])
{
    int64_t size = points < 0 ? -points : points;
    snprintf(buffer, BALLOT_POINTS_SIZE, "%s%d.%02d", points < 0 ? "-" : "", (int)(size / 100),
             (int)(size % 100));
    return buffer;
}
