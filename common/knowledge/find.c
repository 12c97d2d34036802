#include "knowledge/find.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "catalogue/grams.h"

/* What the question has found so far. */
struct finding {
    struct gram_set pairs; /* of the question, each once */
    double *scores;        /* by entry */
    int64_t last;          /* the highest number of an entry */
};

static void add_pair(void *context, const char *pair, size_t length)
{
    struct finding *f = context;
    gram_set_add(&f->pairs, pair, length);
}

/* What it says that an entry has a pair which COUNT of ALL have: the less, the more have it. */
static double rarity(int64_t count, int64_t all)
{
    return log(1 + ((double)(all - count) + 0.5) / ((double)count + 0.5));
}

/* True where a pair has a character of asking and of pointing: 怎么, 我们的, 有吗. It says how
 * somebody talks, not what about. */
static bool only_asks(const char *pair)
{
    static const char *const characters[] = {"的", "了", "吗", "呢", "吧", "么", "怎", "哪", "谁",
                                             "我", "你", "您", "们", "请", "啊", "这", "那", NULL};
    for (int i = 0; characters[i]; i++)
        if (strstr(pair, characters[i]))
            return true;
    return false;
}

static void score_pair(struct finding *f, struct db *db, const char *pair, int64_t all)
{
    struct db_query *q = db_query(db, "SELECT count(*) FROM kb_pair WHERE pair = ?1");
    db_bind_text(q, 1, pair);
    int64_t count = db_first(q);
    if (!count)
        return;
    double worth = rarity(count, all) * (only_asks(pair) ? 0.2 : 1);
    q = db_query(db, "SELECT entry_id, weight FROM kb_pair WHERE pair = ?1");
    db_bind_text(q, 1, pair);
    while (db_step(q))
        if (db_number(q, 0) <= f->last)
            f->scores[db_number(q, 0)] += worth * (double)db_number(q, 1) / 1000;
}

/* Puts a hit in its place among the COUNT best; of equals the older entry comes first. */
static int place(struct kb_hit *hits, int count, int most, struct kb_hit hit)
{
    int at = count < most ? count++ : most - 1;
    for (; at > 0 && hits[at - 1].score < hit.score; at--)
        hits[at] = hits[at - 1];
    hits[at] = hit;
    return count;
}

static bool holds(struct db *db, int64_t id, int day)
{
    struct db_query *q = db_query(db, "SELECT count(*) FROM kb_entry WHERE id = ?1"
                                      " AND (?2 IS NULL OR until_day IS NULL OR until_day >= ?2)");
    db_bind(q, 1, id);
    if (day != KB_NO_DAY)
        db_bind(q, 2, day);
    return db_first(q);
}

static int best(const struct finding *f, struct db *db, int holding, struct kb_hit *hits, int most)
{
    int count = 0;
    for (int64_t id = 1; id <= f->last; id++) {
        bool better = count < most || f->scores[id] > hits[count - 1].score;
        if (f->scores[id] > 0 && better && holds(db, id, holding))
            count = place(hits, count, most, (struct kb_hit){id, f->scores[id]});
    }
    return count;
}

int kbfind_best(struct db *db, const char *question, int holding, struct kb_hit *hits, int most)
{
    struct finding f = {.last = db_count(db, "SELECT coalesce(max(id), 0) FROM kb_entry")};
    int64_t all = db_count(db, "SELECT count(*) FROM kb_entry");
    kb_each_pair(question, add_pair, &f);
    f.scores = mem_zero((size_t)f.last + 1, sizeof *f.scores);
    for (size_t i = 0; i < f.pairs.count; i++)
        score_pair(&f, db, f.pairs.texts[i], all);
    int count = f.pairs.count ? best(&f, db, holding, hits, most) : -1;
    gram_set_free(&f.pairs);
    free(f.scores);
    return count;
}
