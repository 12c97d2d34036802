#include "center/logtree.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/text.h"

/* Digests are read by tiles: 256 beside each other, of a level that is a multiple of 8. */
enum { STEP = 8, WIDTH = 1 << STEP, TILES = 7 };

struct tile {
    int64_t place; /* of the tile; -1: none was read */
    bool there[WIDTH];
    uint8_t digests[WIDTH][DIGEST_SIZE];
};

/* A subtree that is to be kept. */
struct fresh {
    int level;
    int64_t place;
    uint8_t digest[DIGEST_SIZE];
};

struct logtree {
    struct merkle_tree merkle;
    struct db *db;
    bool doubts;
    int64_t missing;          /* an event that is not there, 0: none was missed */
    struct tile tiles[TILES]; /* one of each level */
    struct fresh *fresh;
    size_t fresh_count;
};

static void take_row(struct tile *tile, int64_t at, struct db_query *q)
{
    tile->there[at] = true;
    db_bytes(q, 1, tile->digests[at], DIGEST_SIZE);
}

static void read_events(struct logtree *tree, struct tile *tile)
{
    struct db_query *q =
        db_query(tree->db, "SELECT id, hash FROM event WHERE id > ?1 AND id <= ?2 ORDER BY id");
    int64_t first = tile->place * WIDTH;
    db_bind(q, 1, first);
    db_bind(q, 2, first + WIDTH);
    while (db_step(q)) {
        int64_t at = db_number(q, 0) - 1 - first;
        take_row(tile, at, q);
        merkle_leaf(tree->merkle.hash, tile->digests[at], tile->digests[at]);
    }
}

static void read_nodes(struct logtree *tree, struct tile *tile, int level)
{
    struct db_query *q =
        db_query(tree->db, "SELECT place, hash FROM log_node"
                           " WHERE level = ?1 AND place >= ?2 AND place < ?3 ORDER BY place");
    int64_t first = tile->place * WIDTH;
    db_bind(q, 1, level);
    db_bind(q, 2, first);
    db_bind(q, 3, first + WIDTH);
    while (db_step(q))
        take_row(tile, db_number(q, 0) - first, q);
}

/* The digest that stands in the tile of LEVEL, or NULL. */
static const uint8_t *kept(struct logtree *tree, int level, int64_t place)
{
    struct tile *tile = &tree->tiles[level / STEP];
    if (level && tree->doubts)
        return NULL;
    if (tile->place != place / WIDTH) {
        memset(tile->there, 0, sizeof tile->there);
        tile->place = place / WIDTH;
        if (level)
            read_nodes(tree, tile, level);
        else
            read_events(tree, tile);
    }
    return tile->there[place % WIDTH] ? tile->digests[place % WIDTH] : NULL;
}

static void node(void *context, int level, int64_t place, uint8_t digest[DIGEST_SIZE])
{
    struct logtree *tree = context;
    uint8_t right[DIGEST_SIZE];
    const uint8_t *found =
        level % STEP == 0 && level / STEP < TILES ? kept(tree, level, place) : NULL;
    if (found) {
        memcpy(digest, found, DIGEST_SIZE);
        return;
    }
    if (!level) {
        tree->missing = tree->missing ? tree->missing : place + 1;
        memset(digest, 0, DIGEST_SIZE);
        return;
    }
    node(context, level - 1, 2 * place, digest);
    node(context, level - 1, 2 * place + 1, right);
    merkle_join(tree->merkle.hash, digest, right, digest);
}

static void forget_tiles(struct logtree *tree)
{
    for (int i = 0; i < TILES; i++)
        tree->tiles[i].place = -1;
}

struct logtree *logtree_open(struct db *db)
{
    struct logtree *tree = mem_zero(1, sizeof *tree);
    tree->merkle = (struct merkle_tree){merkle_sm3, node, tree};
    tree->db = db;
    forget_tiles(tree);
    return tree;
}

void logtree_free(struct logtree *tree)
{
    free(tree->fresh);
    free(tree);
}

void logtree_doubt(struct logtree *tree)
{
    tree->doubts = true;
    forget_tiles(tree);
}

const struct merkle_tree *logtree_merkle(const struct logtree *tree)
{
    return &tree->merkle;
}

void logtree_need_all(const struct logtree *tree)
{
    if (tree->missing)
        die("%s: event %lld is missing from the log", db_path(tree->db), (long long)tree->missing);
}

int64_t logtree_size(struct db *db)
{
    return db_count(db, "SELECT coalesce(max(id), 0) FROM event");
}

/* How many subtrees of LEVEL are kept, and made to be kept, from the first on. */
static int64_t first_missing(const struct logtree *tree, int level)
{
    struct db_query *q =
        db_query(tree->db, "SELECT coalesce(max(place), -1) + 1 FROM log_node WHERE level = ?1");
    db_bind(q, 1, level);
    int64_t next = tree->doubts ? 0 : db_first(q);
    for (size_t i = 0; i < tree->fresh_count; i++)
        if (tree->fresh[i].level == level)
            next = tree->fresh[i].place + 1;
    return next;
}

static void make_fresh(struct logtree *tree, int level, int64_t place)
{
    tree->fresh = mem_grow(tree->fresh, tree->fresh_count, sizeof *tree->fresh);
    struct fresh *fresh = &tree->fresh[tree->fresh_count++];
    fresh->level = level;
    fresh->place = place;
    node(tree, level, place, fresh->digest);
}

bool logtree_next(struct logtree *tree, int64_t size, int most)
{
    tree->fresh_count = 0;
    for (int level = STEP; level / STEP < TILES; level += STEP)
        for (int64_t place = first_missing(tree, level); place < size >> level; place++) {
            if (!tree->doubts && tree->fresh_count == (size_t)most)
                return true;
            make_fresh(tree, level, place);
            progress_step(place << level, size, "events");
        }
    return tree->fresh_count > 0;
}

void logtree_keep(struct logtree *tree)
{
    for (size_t i = 0; i < tree->fresh_count; i++) {
        const struct fresh *fresh = &tree->fresh[i];
        struct db_query *q =
            db_query(tree->db, "INSERT INTO log_node (level, place, hash) VALUES (?1, ?2, ?3)"
                               " ON CONFLICT (level, place) DO UPDATE SET hash = excluded.hash");
        db_bind(q, 1, fresh->level);
        db_bind(q, 2, fresh->place);
        db_bind_bytes(q, 3, fresh->digest, DIGEST_SIZE);
        db_run(q);
    }
    forget_tiles(tree);
}

/* What is kept at LEVEL, beside what is below it. */
static void check_level(struct logtree *tree, int level, int64_t size, compare_report *report,
                        void *context)
{
    uint8_t digest[DIGEST_SIZE], right[DIGEST_SIZE];
    int64_t count = first_missing(tree, level);
    for (int64_t place = 0; place < count; place++) {
        const uint8_t *found = kept(tree, level, place);
        struct text what = {0};
        if (place >= size >> level) {
            report(context, 0, "the log's tree has digests of events that are not there");
            return;
        }
        node(tree, level - 1, 2 * place, digest);
        node(tree, level - 1, 2 * place + 1, right);
        merkle_join(tree->merkle.hash, digest, right, digest);
        progress_step((place + 1) << level, size, "events");
        text_add_format(&what, "the log's tree has another digest of the %lld events from here",
                        1LL << level);
        if (found && memcmp(found, digest, DIGEST_SIZE) != 0)
            report(context, (place << level) + 1, what.data);
        text_free(&what);
    }
}

void logtree_check(struct db *db, compare_report *report, void *context)
{
    struct logtree *tree = logtree_open(db);
    int64_t size = logtree_size(db);
    for (int level = STEP; level / STEP < TILES; level += STEP)
        check_level(tree, level, size, report, context);
    if (tree->missing)
        report(context, tree->missing, "this event is missing from the log");
    logtree_free(tree);
}
